"""Does the page draw what the program draws? Both pictures of the same maps, laid on one another."""

from __future__ import annotations

import base64
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter

from checks.chromium import Tab
from checks.page_use import Checked, fresh
from orgmap.assets import asset
from orgmap.drawing.camera import Camera
from orgmap.drawing.content import content_of
from orgmap.drawing.looks import WHOLE
from orgmap.drawing.painter import paint
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import theme
from orgmap.files import native, page
from orgmap.model.document import Document

SAMPLES = {"12": "1-northlight-12", "40": "2-millbrook-40"}
SIDE = 4  # pixels of a square that is compared; edges may be smoothed in another way
FAR = 40  # of 255: by which the mean colour of such a square may differ
MOST = 0.0005  # of the squares may, where letters are
Colours = NDArray[np.float64]


def alike(checked: Checked, tab: Tab) -> None:
    """The same lines, heads, dashes, colours and places, light and dark."""
    for name, file in SAMPLES.items():
        document = _unnamed(native.load(asset("samples", f"{file}.orgmap")))
        path = checked.folder / f"unnamed-{name}.html"
        page.write(document, path)
        for scheme in ("light", "dark"):
            fresh(checked, tab, path.stem)
            tab.prefer(color_scheme=scheme, reduced_motion="reduce")
            tab.run('document.getElementById("fit").click()')
            tab.settle(0.5)
            told = tab.run('document.getElementById("map").toDataURL()')
            theirs = QImage.fromData(base64.b64decode(told.partition(",")[2]))
            ours = _painted(document, scheme, theirs.width(), theirs.height())
            far = np.abs(_squares(ours) - _squares(theirs)).max(axis=2) > FAR
            share = float(far.mean())
            print(f"{name}, {scheme}: {share:.2%} of the picture is drawn otherwise")
            checked.holds(f"{share:.2%} of {name}, {scheme}, is drawn otherwise", share <= MOST)
            checked.see(tab, f"alike-{name}-{scheme}")
            if checked.pictures is not None:
                ours.save(str(checked.pictures / f"alike-{name}-{scheme}-program.png"))


def _unnamed(document: Document) -> Document:
    """With names of one small sign, since a browser has other fonts."""
    nodes = {key: replace(node, name=".") for key, node in document.nodes.items()}
    modules = {key: replace(module, name=".") for key, module in document.modules.items()}
    return replace(document, nodes=nodes, modules=modules)


def _painted(document: Document, scheme: str, width: int, height: int) -> QImage:
    """What the program draws in the view that the page has at first."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    colours = theme(scheme)
    image.fill(colours.colours["ground"])
    painter = QPainter(image)
    scene = content_of(document, scheme, WHOLE).scene
    paint(painter, scene, colours, _whole(scene, width, height))
    painter.end()
    return image


def _whole(scene: Scene, width: int, height: int) -> Camera:
    """As `fit` in resources/page/view.js."""
    seen = scene.bounds.adjusted(-24, -8, 24, 8)
    scale = min((width - 40) / seen.width(), (height - 68) / seen.height(), 1.5)
    return Camera(scale, seen.center().x(), seen.center().y() + 14 / scale, width, height)


def _squares(image: QImage) -> Colours:
    """The mean colours of squares, from 0 to 255."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    high, wide = image.height() // SIDE, image.width() // SIDE
    parts = flat[: high * SIDE, : wide * SIDE, :3].reshape(high, SIDE, wide, SIDE, 3)
    means: Colours = parts.mean(axis=(1, 3))
    return means
