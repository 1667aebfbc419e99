"""The pictures the canvas is put together from: the map at rest, and what is held above it."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap

from orgmap.drawing.camera import Camera
from orgmap.drawing.fonts import font
from orgmap.drawing.frames import CORNER
from orgmap.drawing.kept import KeptPicture
from orgmap.drawing.lighting import UNLIT
from orgmap.drawing.painter import paint
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import Theme
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import Link, LinkId, NodeId
from orgmap.ui.canvas.stage import Lifted, Stage

QUICK = 0.012  # seconds; a map drawn faster is drawn anew while the view moves
MANY = 300  # nodes held from which they are carried as a picture, without the lines to others
COPY_OPACITY = 0.75


class Ground:
    """The map itself, kept as a picture; without what is held above it."""

    def __init__(self, stage: Stage, theme: Theme) -> None:
        self._stage = stage
        self._theme = theme
        self._kept = KeptPicture(self._render, theme["ground"])
        self._without: frozenset[str] = frozenset()
        self._looks: object = None
        self._took = 0.0

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self._kept.set_ground(theme["ground"])

    def invalidate(self) -> None:
        """The map is another: draw it anew."""
        self._kept.invalidate()

    def paint(self, painter: QPainter, *, moving: bool, ratio: float) -> None:
        """Fill the view; drawn anew only if something differs. `moving`: the camera is under way."""
        stage = self._stage
        lifted = stage.lifted
        without = frozenset[str]()
        if lifted is not None and not lifted.copies:
            without = frozenset[str]((*lifted.nodes, *lifted.modules))
        lighting = stage.lighting
        looks = (lighting, without)
        if looks != self._looks:
            self._looks, self._without = looks, without
            self._kept.invalidate()
        self._kept.draw(painter, stage.camera, moving=moving and self._took > QUICK, ratio=ratio)

    def _render(self, painter: QPainter, camera: Camera) -> None:
        begun = perf_counter()
        stage = self._stage
        lighting = stage.lighting
        paint(painter, stage.scene, self._theme, camera, lighting, without=self._without)
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

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
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
        self._joined(painter, lifted)
        self._frames(painter, lifted)
        if len(lifted.nodes) <= MANY:
            self._few(painter, lifted)
        else:
            self._many(painter, lifted, ratio)
        painter.restore()

    def _few(self, painter: QPainter, lifted: Lifted) -> None:
        part = self._part
        if part is None:
            return
        to = {
            key: (node.x + lifted.dx, node.y + lifted.dy)
            for key, node in part.nodes.items()
            if key in lifted.nodes and node.x is not None and node.y is not None
        }
        scene = Scene.of(part.apply(edits.move(part, to)))
        lighting = UNLIT.pointing(selected=self._stage.selection, hovered=None, focused=None)
        only = frozenset[str](lifted.nodes)
        paint(painter, scene, self._theme, self._stage.camera, lighting, only=only)

    def _many(self, painter: QPainter, lifted: Lifted, ratio: float) -> None:
        camera = self._stage.camera
        if self._picture is None and self._part is not None:
            self._picture = QPixmap(round(camera.width * ratio), round(camera.height * ratio))
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            self._at = camera
            inner = QPainter(self._picture)
            only = frozenset[str](lifted.nodes)
            paint(inner, Scene.of(self._part), self._theme, camera, UNLIT, only=only)
            inner.end()
        if self._picture is not None:
            moved = camera.to_screen(self._at.x + lifted.dx, self._at.y + lifted.dy)
            painter.drawPixmap(moved - QPointF(camera.width / 2, camera.height / 2), self._picture)

    def _frames(self, painter: QPainter, lifted: Lifted) -> None:
        """The frames of modules that move, outermost first."""
        scene, camera = self._stage.scene, self._stage.camera
        for row in scene.frames.shown:
            if scene.frames.ids[row] not in lifted.modules:
                continue
            rect = scene.frames.of_row(row).translated(lifted.dx, lifted.dy)
            place = QRectF(camera.to_screen(rect.x(), rect.y()), rect.size() * camera.scale)
            colours = self._theme.module(int(scene.module_hue[row]))
            corner = min(CORNER * camera.scale, place.height() / 2)
            painter.setPen(QPen(colours.line, 1.5))
            painter.setBrush(colours.fill)
            painter.drawRoundedRect(place, corner, corner)
            if 13 * camera.scale >= 6:
                painter.setPen(colours.line)
                painter.setFont(font(13 * camera.scale, QFont.Weight.DemiBold))
                spot = place.topLeft() + QPointF(16, 24) * camera.scale
                painter.drawText(spot, scene.module_names[row])

    def _joined(self, painter: QPainter, lifted: Lifted) -> None:
        """The frame that would take them in, lit."""
        if lifted.joining is None:
            return
        light_frame(painter, self._stage, self._theme["accent"], lifted.joining)


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
