"""What is held above the map while it is dragged, as a layer of its own."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from orgmap.drawing.camera import Camera
from orgmap.drawing.lighting import UNLIT
from orgmap.drawing.painter import Pens, paint
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import Theme
from orgmap.model.document import Document
from orgmap.model.edits import shift
from orgmap.model.entities import Link, LinkId, NodeId
from orgmap.ui.canvas.lifted import Lifted
from orgmap.ui.canvas.signs import light_frame, pale_frame
from orgmap.ui.canvas.stage import Stage

MANY = 300  # nodes held from which they are carried as a picture, without the lines to others
COPY_OPACITY = 0.75


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
        whom = (lifted.ids, self._stage.document, self._stage.camera.scale)
        if whom != self._of:
            self._of = whom
            self._picture = None
            self._part = _part(self._stage.document, lifted.nodes, len(lifted.nodes) <= MANY)
        painter.save()
        if lifted.copies:
            painter.setOpacity(COPY_OPACITY)
        if lifted.leaving is not None:
            pale_frame(painter, self._stage, self._theme, lifted.leaving)
        if lifted.joining is not None:
            light_frame(painter, self._stage, self._theme, lifted.joining)
        if len(lifted.nodes) <= MANY:
            self._few(painter, lifted)
        else:
            self._many(painter, lifted, ratio)
        painter.restore()

    def _few(self, painter: QPainter, lifted: Lifted) -> None:
        part = self._part
        if part is None:
            return
        moved_part = part.apply(shift(part, dict.fromkeys(lifted.ids, (lifted.dx, lifted.dy))))
        lighting = UNLIT.pointing(selected=self._stage.selection, hovered=None, focused=None)
        camera, only = self._stage.camera, lifted.ids
        paint(painter, Scene.of(moved_part), self._theme, camera, lighting, pens=self._pens, only=only)

    def _many(self, painter: QPainter, lifted: Lifted, ratio: float) -> None:
        camera = self._stage.camera
        if self._picture is None and self._part is not None:
            self._picture = QPixmap(round(camera.width * ratio), round(camera.height * ratio))
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            self._at = camera
            inner = QPainter(self._picture)
            part = Scene.of(self._part)
            paint(inner, part, self._theme, camera, UNLIT, pens=self._pens, only=lifted.ids)
            inner.end()
        if self._picture is not None:
            moved = camera.to_screen(self._at.x + lifted.dx, self._at.y + lifted.dy)
            painter.drawPixmap(moved - QPointF(camera.width / 2, camera.height / 2), self._picture)


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
