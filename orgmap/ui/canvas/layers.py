"""The pictures the canvas is put together from: the map at rest, and what is held above it."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from orgmap.drawing.camera import Camera
from orgmap.drawing.frames import CORNER
from orgmap.drawing.kept import KeptPicture
from orgmap.drawing.lighting import UNLIT, Lighting
from orgmap.drawing.painter import Pens, paint, paint_marks
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import Theme
from orgmap.model.document import Document
from orgmap.model.entities import Link, LinkId, NodeId
from orgmap.ui.canvas.stage import Lifted, Stage
from orgmap.ui.canvas.verbs import moved

QUICK = 0.012  # seconds; a map drawn faster is drawn anew while the view moves
SLOW = 0.05  # seconds; from there on a drag does not draw the map anew when it begins
MANY = 300  # nodes held from which they are carried as a picture, without the lines to others
COPY_OPACITY = 0.75


class Ground:
    """The map itself, kept as a picture without what is held above it; marks are laid over it.

    So to select, to point and to walk from node to node costs the marks alone, however large the
    map is. The marks of links lie under their lines and belong to the picture.
    """

    def __init__(self, stage: Stage, theme: Theme) -> None:
        self._stage = stage
        self._theme = theme
        self._kept = KeptPicture(self._render, theme["ground"])
        self._letters = 1.0
        self._pens = Pens()
        self._drawn: tuple[Lighting, frozenset[str]] = (UNLIT, frozenset())
        self._took = 0.0

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self._pens = Pens(self._letters)
        self._kept.set_ground(theme["ground"])

    def set_letters(self, letters: float) -> None:
        """Write the names larger, 1.0 to 2.0."""
        if letters != self._letters:
            self._letters = letters
            self._pens = Pens(letters)
            self._kept.invalidate()

    def invalidate(self) -> None:
        """The map is another: draw it anew."""
        self._kept.invalidate()

    def paint(self, painter: QPainter, *, moving: bool, ratio: float) -> None:
        """Fill the view; drawn anew only if something differs. `moving`: the camera is under way."""
        stage = self._stage
        marks = stage.lighting
        gone = self._lifted()
        ghost = bool(gone) and self._took > SLOW
        links = marks.selected & stage.document.links.keys()
        link = marks.focused if marks.focused in stage.document.links else None
        drawn = (
            marks.pointing(selected=frozenset(links), hovered=None, focused=link),
            frozenset[str]() if ghost else gone,
        )
        if drawn != self._drawn:
            self._drawn = drawn
            self._kept.invalidate()
        self._kept.draw(painter, stage.camera, moving=moving and self._took > QUICK, ratio=ratio)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if ghost:
            self._veil(painter, gone)
        hovered = marks.hovered if stage.lifted is None else None
        focused = None if marks.focused in gone or link is not None else marks.focused
        marks = marks.pointing(selected=marks.selected - gone - links, hovered=hovered, focused=focused)
        paint_marks(painter, stage.scene, self._theme, stage.camera, marks, pens=self._pens)

    def _lifted(self) -> frozenset[str]:
        lifted = self._stage.lifted
        if lifted is None or lifted.copies:
            return frozenset()
        return frozenset[str]((*lifted.nodes, *lifted.modules))

    def _veil(self, painter: QPainter, gone: frozenset[str]) -> None:
        """What is held pales where it was: drawing a large map without it would keep one waiting."""
        stage = self._stage
        pale = QColor(self._theme["ground"])
        pale.setAlphaF(0.7)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pale)
        for key in gone if len(gone) <= MANY else ():
            rect = stage.scene.rect_of([key])
            corner = stage.camera.to_screen(rect.x(), rect.y())
            painter.drawRoundedRect(QRectF(corner, rect.size() * stage.camera.scale), 8, 8)

    def _render(self, painter: QPainter, camera: Camera) -> None:
        begun = perf_counter()
        lighting, without = self._drawn
        paint(painter, self._stage.scene, self._theme, camera, lighting, pens=self._pens, without=without)
        self._took = perf_counter() - begun


class Held:
    """What a drag holds above the map: drawn from a small document of its own, however large the map."""

    def __init__(self, stage: Stage, theme: Theme) -> None:
        self._stage = stage
        self._theme = theme
        self._part: Document | None = None
        self._of: tuple[object, ...] = ()
        self._picture: QPixmap | None = None
        self._at = Camera()
        self._pens = Pens()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self._of = ()

    def set_letters(self, letters: float) -> None:
        """Write the names larger, 1.0 to 2.0."""
        self._pens = Pens(letters)
        self._of = ()

    def paint(self, painter: QPainter, ratio: float) -> None:
        """Draw what is held where it is held now; nothing if nothing is."""
        lifted = self._stage.lifted
        if lifted is None:
            self._part, self._picture, self._of = None, None, ()
            return
        whom = (lifted.nodes, lifted.modules, self._stage.document, self._stage.camera.scale)
        if whom != self._of:
            self._of = whom
            self._picture = None
            self._part = _part(self._stage.document, lifted.nodes, len(lifted.nodes) <= MANY)
        painter.save()
        if lifted.copies:
            painter.setOpacity(COPY_OPACITY)
        if lifted.joining is not None:
            light_frame(painter, self._stage, self._theme["accent"], lifted.joining)
        if len(lifted.nodes) <= MANY:
            self._few(painter, lifted)
        else:
            self._many(painter, lifted, ratio)
        painter.restore()

    def _few(self, painter: QPainter, lifted: Lifted) -> None:
        part = self._part
        if part is None:
            return
        moved_part = part.apply(moved(part, lifted.nodes, lifted.modules, lifted.dx, lifted.dy))
        lighting = UNLIT.pointing(selected=self._stage.selection, hovered=None, focused=None)
        camera, only = self._stage.camera, frozenset[str]((*lifted.nodes, *lifted.modules))
        paint(painter, Scene.of(moved_part), self._theme, camera, lighting, pens=self._pens, only=only)

    def _many(self, painter: QPainter, lifted: Lifted, ratio: float) -> None:
        camera = self._stage.camera
        if self._picture is None and self._part is not None:
            self._picture = QPixmap(round(camera.width * ratio), round(camera.height * ratio))
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            self._at = camera
            inner = QPainter(self._picture)
            only = frozenset[str]((*lifted.nodes, *lifted.modules))
            paint(inner, Scene.of(self._part), self._theme, camera, UNLIT, pens=self._pens, only=only)
            inner.end()
        if self._picture is not None:
            moved = camera.to_screen(self._at.x + lifted.dx, self._at.y + lifted.dy)
            painter.drawPixmap(moved - QPointF(camera.width / 2, camera.height / 2), self._picture)


def light_frame(painter: QPainter, stage: Stage, colour: QColor, module: str) -> None:
    """A frame in the light of the accent: an outline of 3 px and a breath of colour."""
    rect = stage.scene.rect_of([module])
    if rect.isEmpty():
        return
    camera = stage.camera
    place = QRectF(camera.to_screen(rect.x(), rect.y()), rect.size() * camera.scale)
    fill = QColor(colour)
    fill.setAlphaF(0.10)
    corner = min(CORNER * camera.scale, place.height() / 2)
    painter.setPen(QPen(colour, 3.0))
    painter.setBrush(fill)
    painter.drawRoundedRect(place, corner, corner)


def _part(document: Document, nodes: frozenset[NodeId], with_others: bool) -> Document:
    """The held nodes with their lines; `with_others`: and those at the other ends."""
    links: dict[LinkId, Link] = {}
    wanted: set[str] = set(nodes)
    for key, link in document.links.items():
        ends = (link.source in nodes, link.target in nodes)
        known = link.source in document.nodes and link.target in document.nodes
        if known and (all(ends) or (with_others and any(ends))):
            links[key] = link
            wanted |= {link.source, link.target}
    found = {key: node for key, node in document.nodes.items() if key in wanted}
    return replace(document, nodes=found, links=links)
