"""Drawing the map: a full frame, and a frame while it is panned, zoomed or a person is dragged.

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

from benchmarks.canvas_rival import ItemView
from benchmarks.timing import Case, measured, organization
from orgmap.drawing import lines, people
from orgmap.drawing.arcs import Arcs
from orgmap.drawing.camera import Camera
from orgmap.drawing.detail import Detail
from orgmap.drawing.kept import KeptPicture
from orgmap.drawing.lighting import UNLIT
from orgmap.drawing.painter import Pens, paint, sheet_of
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import theme
from orgmap.model.document import Document
from orgmap.model.edits import move
from orgmap.model.entities import LinkKind, NodeId

WIDTH, HEIGHT = 1600, 1000
SIZES = ((200, 1_400), (1_000, 7_000), (5_000, 25_000))
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
        self.kept = KeptPicture(self.render, self.theme["ground"])

    def render(self, painter: QPainter, camera: Camera, detail: Detail = Detail.AUTO) -> None:
        """What the canvas hands to the kept picture."""
        paint(painter, self.scene, self.theme, camera, UNLIT, detail, pens=self.pens)

    def full(self, detail: Detail = Detail.AUTO) -> QImage:
        """A whole frame, drawn anew."""
        painter = QPainter(self.image)
        painter.fillRect(self.image.rect(), self.theme["ground"])
        self.render(painter, self.whole, detail)
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
    yield from _movement(document, ours, rival, runs)
    yield measured("dragging a person", document, _dragging(document), runs=runs)
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


def _movement(document: Document, ours: Ours, rival: ItemView, runs: int) -> Iterator[Case]:
    name = "an item per person and link"
    ours.kept.draw(QPainter(ours.image), ours.whole)

    def panned() -> Callable[[], object]:
        steps = itertools.count(1)
        return lambda: ours.moving(ours.whole.panned(STEPS * (next(steps) % 8), STEPS / 2))

    def rival_panned() -> Callable[[], object]:
        steps = itertools.count(1)

        def frame() -> None:
            rival.look(1.0, STEPS * (next(steps) % 8), STEPS / 2)
            rival.frame()

        return frame

    def rival_zoomed() -> Callable[[], object]:
        steps = itertools.count(1)

        def frame() -> None:
            rival.look(1 + 0.01 * STEPS * (next(steps) % 8 + 1), 0, 0)
            rival.frame()

        return frame

    zoomed = partial(_zoomed, ours, itertools.count(1))
    yield measured("panning frame", document, panned(), rival=(name, rival_panned()), runs=runs)
    yield measured("zooming frame", document, zoomed, rival=(name, rival_zoomed()), runs=runs)
    rival.look(1.0, 0.0, 0.0)


def _zoomed(ours: Ours, steps: Iterator[int]) -> QImage:
    return ours.moving(ours.whole.zoomed(1 + 0.01 * STEPS * (next(steps) % 8 + 1), 700, 500))


def _dragging(document: Document) -> Callable[[], object]:
    """One person dragged at 100 %: the edit's scene, the map kept without them, and their layer."""
    node = document.nodes[NodeId("n0")]
    at = (node.x or 0.0, node.y or 0.0)
    ours = Ours(document, Camera(1.0, at[0], at[1], WIDTH, HEIGHT))
    lifted = frozenset((str(node.id),))

    def without(painter: QPainter, camera: Camera) -> None:
        paint(painter, ours.scene, ours.theme, camera, pens=ours.pens, without=lifted)

    kept = KeptPicture(without, ours.theme["ground"])
    steps = itertools.count(1)
    now = [document]

    def frame() -> None:
        change = move(now[0], {node.id: (at[0] + 3 * (next(steps) % 20), at[1])})
        now[0] = now[0].apply(change)
        ours.scene = ours.scene.updated(now[0], change)
        painter = QPainter(ours.image)
        kept.draw(painter, ours.whole, moving=True)
        paint(painter, ours.scene, ours.theme, ours.whole, pens=ours.pens, only=lifted)
        painter.end()

    return frame


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
