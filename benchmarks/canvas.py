"""Drawing the map: a full frame, and frames of the real canvas while it is panned, zoomed or dragged on.

The rivals draw the same in the same run: an item per person and link (`canvas_rival`), and
pyqtgraph's GraphItem, which has lines and dots only: there ours has no more.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication

from benchmarks import motion
from benchmarks.canvas_rival import ItemView
from benchmarks.timing import Case, measured, organization
from orgmap.drawing import lines, people
from orgmap.drawing.arcs import Arcs
from orgmap.drawing.camera import Camera
from orgmap.drawing.detail import Detail
from orgmap.drawing.kept import KeptPicture, Steps
from orgmap.drawing.lighting import UNLIT
from orgmap.drawing.mosaic import Mosaic
from orgmap.drawing.painter import Pens, manner, paint, painted, sheet_of
from orgmap.drawing.scene import Scene
from orgmap.drawing.sheet import Sheet
from orgmap.drawing.style import theme
from orgmap.drawing.writing import Words, reading, written
from orgmap.model.document import Document
from orgmap.model.entities import LinkKind

WIDTH, HEIGHT = 1600, 1000
SIZES = ((200, 1_400), (1_000, 7_000), (5_000, 35_000))
UNLIKE = 48  # of 255: a channel that differs by more makes a pixel a different one
STEPS = 12  # pixels and percent of a movement, from frame to frame


def run(people: int | None, links: int | None, pictures: Path | None) -> Iterator[Case]:
    """All cases for one size, or for the usual ones."""
    application = QApplication.instance() or QApplication(["benchmark", "-platform", "offscreen"])
    sizes = SIZES if people is None or links is None else ((people, links),)
    for size in sizes:
        yield from _cases(organization(*size), pictures)
    application.processEvents()


class Ours:
    """The canvas without a widget: a scene, what is kept of it, and a view of 1600 x 1000."""

    def __init__(self, document: Document, camera: Camera | None = None) -> None:
        self.theme = theme("light")
        self.scene = Scene.of(document)
        self.pens = Pens()
        self.whole = camera or Camera.fitted(self.scene.bounds.adjusted(-24, -24, 24, 24), WIDTH, HEIGHT)
        self.image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)
        self.kept = KeptPicture(self, self.theme["ground"])

    def painted(
        self, painter: QPainter, camera: Camera, around: Camera, mosaic: Mosaic | None = None
    ) -> Steps:
        """What the canvas hands to the kept picture."""
        return painted(self._sheet(painter, camera, around, mosaic))

    def words(self, painter: QPainter, around: Camera) -> list[Words]:
        """What is written."""
        return written(self._sheet(painter, around, around), np.empty(0, dtype=np.int32))

    def manner(self, painter: QPainter, camera: Camera) -> object:
        """What the whole picture depends on."""
        return manner(self._sheet(painter, camera, camera))

    def _sheet(
        self, painter: QPainter, camera: Camera, around: Camera, mosaic: Mosaic | None = None
    ) -> Sheet:
        detail, pens = Detail.AUTO, self.pens
        return sheet_of(
            painter, self.scene, self.theme, camera, UNLIT, detail, pens, None, frozenset(), around, mosaic
        )

    def full(self, detail: Detail = Detail.AUTO) -> QImage:
        """A whole frame, drawn anew."""
        painter = QPainter(self.image)
        painter.fillRect(self.image.rect(), self.theme["ground"])
        around = reading(self.whole, 1.0)
        paint(painter, self.scene, self.theme, self.whole, UNLIT, detail, pens=self.pens, reading=around)
        painter.end()
        return self.image

    def moving(self, camera: Camera) -> QImage:
        """A frame while the view moves."""
        painter = QPainter(self.image)
        self.kept.draw(painter, camera, moving=True)
        painter.end()
        return self.image


def _cases(document: Document, pictures: Path | None) -> Iterator[Case]:
    ours = Ours(document)
    painter = QPainter(ours.image)
    sheet = sheet_of(
        painter, ours.scene, ours.theme, ours.whole, UNLIT, Detail.AUTO, ours.pens, None, frozenset()
    )
    rival = ItemView(sheet)
    painter.end()
    _compare(document, ours.full(), rival.frame(), pictures)
    runs = 11 if len(document.nodes) > 2_000 else 21  # the more the quicker, for medians that hold
    name = "an item per person and link"
    yield measured("full frame", document, ours.full, rival=(name, rival.frame), runs=runs)
    yield from motion.cases(document, rival)
    yield from _lines_and_dots(document, pictures, runs)


def _lines_and_dots(document: Document, pictures: Path | None, runs: int) -> Iterator[Case]:
    """Against pyqtgraph: the same straight lines of one pen, the same dots, nothing else."""
    ours = Ours(bare(document))
    ours.scene = replace(ours.scene, arcs=_straight(ours.scene))
    graph = graph_item(ours)
    drawn = partial(ours.full, Detail.LINES)
    _compare(ours.scene.document, drawn(), graph(), pictures, "pyqtgraph")
    name = "pyqtgraph GraphItem, antialiased"
    yield measured("lines and dots", ours.scene.document, drawn, rival=(name, graph), runs=runs)
    ours.kept.draw(QPainter(ours.image), ours.whole)
    zoomed = partial(_zoomed, ours, itertools.count(1))
    yield measured("zooming frame", ours.scene.document, zoomed, rival=(name, graph), runs=runs)


def _zoomed(ours: Ours, steps: Iterator[int]) -> QImage:
    return ours.moving(ours.whole.zoomed(1 + 0.01 * STEPS * (next(steps) % 8 + 1), 700, 500))


def bare(document: Document) -> Document:
    """The people of the map, all of one size and without modules, and their links of talk."""
    nodes = {key: replace(node, modules=(), level=None) for key, node in document.nodes.items()}
    links = {key: link for key, link in document.links.items() if link.kind is LinkKind.TALKS}
    return replace(document, modules={}, nodes=nodes, links=links)


def _straight(scene: Scene) -> Arcs:
    """Lines from middle to middle, as GraphItem draws them."""
    arcs = scene.arcs
    start, end = (scene.nodes.centre[arcs.ends[:, side]] for side in (0, 1))
    none = np.zeros(len(start), dtype=bool)
    return replace(arcs, start=start, control=(start + end) / 2, end=end, curved=none)


def graph_item(ours: Ours) -> Callable[[], QImage]:
    """The same lines and dots in pyqtgraph: the pen, the colour and the size are those of `ours`."""
    import pyqtgraph  # only the benchmark's rival; slow to import

    painter = QPainter(ours.image)
    scene, whole = ours.scene, ours.whole
    sheet = sheet_of(painter, scene, ours.theme, whole, UNLIT, Detail.LINES, ours.pens, None, frozenset())
    (batch,) = lines.batched(sheet)
    (look,), _, _, _ = people.looks_of(sheet, people.seen_nodes(sheet))
    painter.end()
    pyqtgraph.setConfigOptions(antialias=True)
    view = pyqtgraph.GraphicsView(background=ours.theme["ground"])
    view.resize(WIDTH, HEIGHT)
    box = pyqtgraph.ViewBox(enableMenu=False, defaultPadding=0.0)
    view.setCentralItem(box)
    pen = QPen(batch.pen)
    pen.setCosmetic(True)
    item = pyqtgraph.GraphItem(
        pos=scene.nodes.centre,
        adj=np.ascontiguousarray(scene.arcs.ends),
        pen=pen,
        size=2 * look.radius,
        symbolPen=None,
        symbolBrush=QColor.fromRgba(look.fill),
        pxMode=True,
    )
    box.addItem(item)
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.show()
    QApplication.processEvents()
    box.setAspectLocked(True)
    box.invertY(True)
    box.setRange(whole.seen, padding=0)
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)

    def frame() -> QImage:
        painter = QPainter(image)
        view.render(painter, QRectF(image.rect()), view.rect())
        painter.end()
        return image

    return frame


def _compare(
    document: Document, ours: QImage, theirs: QImage, pictures: Path | None, rival: str = "items"
) -> None:
    """Say to standard error how alike the two pictures are; keep both if asked to."""
    one, other = (_channels(image) for image in (ours, theirs))
    unlike = float((np.abs(one - other).max(axis=2) > UNLIKE).mean())
    where = f"{len(document.nodes)} people"
    print(f"{where}: {100 * unlike:.2f} % of the pixels differ from {rival}", file=sys.stderr)
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
        ours.save(str(pictures / f"canvas-{len(document.nodes)}-orgmap-as-{rival}.png"))
        theirs.save(str(pictures / f"canvas-{len(document.nodes)}-{rival}.png"))


def _channels(image: QImage) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    flat = np.frombuffer(image.constBits(), dtype=np.uint8)
    return flat.reshape(image.height(), image.width(), 4)[..., :3].astype(np.int16)
