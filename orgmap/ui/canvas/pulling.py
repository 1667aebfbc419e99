"""Pulling links: out of a node or module, and the end of one to somewhere else."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from orgmap.drawing.style import Theme
from orgmap.model.entities import EndId, LinkId, ModuleId, NodeId
from orgmap.ui.canvas.gestures import ENDS, NODE, Gesture, Pointer, end_points, hit
from orgmap.ui.canvas.naming import Naming
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.canvas.tools import put_person
from orgmap.ui.canvas.verbs import Verbs

HANDLE = 5.0  # pixels, radius of the dot from which a link is pulled


class PullLink(Gesture):
    """A link pulled from a node; onto empty ground it makes the person at its other end."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, stage: Stage, naming: Naming, verbs: Verbs, source: EndId) -> None:
        super().__init__(stage)
        self._naming = naming
        self._verbs = verbs
        self.source = source
        self._at = QPointF()
        self._target: EndId | None = None

    def drag(self, at: Pointer) -> None:
        """Show where the link would end."""
        self._at = QPointF(at.x, at.y)
        self._target = end_at(self.stage, at)
        self.stage.hover(self._target or self.source)
        self.stage.looks_changed.emit()

    def release(self, at: Pointer) -> None:
        """Make the link. Without a drag it was a click on the node."""
        if not self.moving:
            if at.shift or at.ctrl:
                self.stage.toggle(self.source)
            else:
                self.stage.select([self.source], focus=self.source)
            return
        target = end_at(self.stage, at)
        if target == self.source:
            return
        if target is not None:
            self._verbs.link(self.source, target)
        else:
            put_person(self.stage, self._naming, at, [self.source])

    def cancel(self) -> None:
        """Nothing was made."""
        self.stage.hover(None)

    def alive(self) -> bool:
        """Is the node it is pulled from still there?"""
        return self.stage.exists(self.source)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """The line to be, and a ring where a new person would stand."""
        if not self.moving:
            return
        target = self._target if self._target != self.source else None
        preview_link(painter, self.stage, theme, self.source, target, self._at)


class MoveEnd(Gesture):
    """One end of a link carried to another node or module; let go over the ground it stays."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, stage: Stage, verbs: Verbs, link: LinkId, side: str) -> None:
        super().__init__(stage)
        self._verbs = verbs
        self._link = link
        self._side = side
        found = stage.document.links[link]
        self._kept: EndId = found.target if side == "source" else found.source
        self._at = QPointF()
        self._target: EndId | None = None

    def drag(self, at: Pointer) -> None:
        """Show where the link would run."""
        self._at = QPointF(at.x, at.y)
        target = end_at(self.stage, at)
        self._target = target if target != self._kept else None
        self.stage.hover(self._target)
        self.stage.looks_changed.emit()

    def release(self, at: Pointer) -> None:
        """Attach it there, if there is something to attach it to."""
        target = end_at(self.stage, at) if self.moving else None
        if target is not None and target != self._kept:
            self._verbs.reattach(self._link, self._side, target)

    def cancel(self) -> None:
        """It hangs where it hung."""
        self.stage.hover(None)

    def alive(self) -> bool:
        """Is the link still there, between the ends it had?"""
        link = self.stage.document.links.get(self._link)
        return link is not None and self._kept in (link.source, link.target)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """The line as it would run."""
        if self.moving:
            preview_link(painter, self.stage, theme, self._kept, self._target, self._at, new=False)


def end_at(stage: Stage, at: Pointer) -> EndId | None:
    """The node or module at the pointer that a link could end on."""
    under = hit(stage, at)
    if under.id is None or under.part not in ENDS:
        return None
    return NodeId(under.id) if under.part in NODE else ModuleId(under.id)


def paint_ends(painter: QPainter, stage: Stage, theme: Theme) -> None:
    """The dots by which the ends of the selected link are taken."""
    painter.setPen(QPen(theme["accent"], 1.5))
    painter.setBrush(theme["panel"])
    for spot in end_points(stage).values():
        painter.drawEllipse(spot, HANDLE, HANDLE)


def preview_link(
    painter: QPainter,
    stage: Stage,
    theme: Theme,
    source: str,
    target: str | None,
    at: QPointF,
    *,
    new: bool = True,
) -> None:
    """A line from `source` to `target`, or to the pixel `at`, as a link that is not there yet.

    `new`: a person would be put where nothing is.
    """
    begin = stage.scene.centre(source)
    if begin is None:
        return
    camera = stage.camera
    goal = stage.scene.centre(target) if target is not None else None
    end = camera.to_screen(goal.x(), goal.y()) if goal is not None else at
    toward = camera.to_map(end.x(), end.y())
    start = _edge(stage, source, toward)
    if target is not None:
        end = _edge(stage, target, begin)
    painter.setPen(QPen(theme["accent"], 2.0, Qt.PenStyle.DashLine, Qt.PenCapStyle.FlatCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawLine(start, end)
    if target is None and new:
        painter.setPen(QPen(theme["accent"], 2.0))
        painter.setBrush(theme["panel"])
        painter.drawEllipse(end, 12.0, 12.0)
        painter.drawLine(end + QPointF(-5, 0), end + QPointF(5, 0))
        painter.drawLine(end + QPointF(0, -5), end + QPointF(0, 5))
    elif goal is not None and target is not None:
        painter.setPen(QPen(theme["accent"], 2.0))
        rect = stage.scene.rect_of([target])
        if target in stage.scene.nodes.index:
            radius = float(stage.scene.nodes.radius[stage.scene.nodes.index[NodeId(target)]])
            painter.drawEllipse(camera.to_screen(goal.x(), goal.y()), *([radius * camera.scale + 5] * 2))
        else:
            corner = camera.to_screen(rect.left(), rect.top())
            painter.drawRoundedRect(QRectF(corner, rect.size() * camera.scale).adjusted(-2, -2, 2, 2), 14, 14)


def _edge(stage: Stage, end: str, toward: QPointF) -> QPointF:
    """The pixel at the rim of a node, or in the middle of a frame's nearest side."""
    if end in stage.scene.nodes.index:
        point = stage.scene.rim_point(NodeId(end), toward.x(), toward.y())
    else:
        rect = stage.scene.rect_of([end])
        x = min(max(toward.x(), rect.left()), rect.right())
        y = min(max(toward.y(), rect.top()), rect.bottom())
        point = QPointF(x, y)
    return stage.camera.to_screen(point.x(), point.y())
