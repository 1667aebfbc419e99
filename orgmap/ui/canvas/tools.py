"""Gestures: one object from the press of a button to its release. Esc cancels any of them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from orgmap.drawing.style import Theme
from orgmap.model.entities import EndId, ModuleId, NodeId
from orgmap.ui.canvas.naming import Naming
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.canvas.verbs import Verbs

SLACK = 4.0  # pixels a pressed pointer may tremble and still click
TOUCH = 6.0  # pixels round a line, rim or border that still hit it
HANDLE = 5.0  # pixels, radius of the dot from which a link is pulled
SMALLEST_SIGN = 9.0  # pixels, radius below which a node has no rim of its own to pull from


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the pointer is: pixel and map point, with the keys held."""

    x: float
    y: float
    map_x: float
    map_y: float
    shift: bool = False
    ctrl: bool = False
    alt: bool = False

    @property
    def at(self) -> tuple[float, float]:
        """The map point."""
        return self.map_x, self.map_y


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under the pointer: `part` is ground, node, rim, link, tab, border or inside."""

    part: str
    id: str | None = None


def hit(stage: Stage, at: Pointer) -> Hit:
    """The thing one would grab here: a rim, a node, a line, the edge of a module, its inside."""
    scene, scale = stage.scene, stage.camera.scale
    reach = TOUCH / scale
    node = scene.node_at(at.map_x, at.map_y, 2.0 / scale)
    if node is None or stage.camera.scale * scene.nodes.radius[scene.nodes.index[node]] >= SMALLEST_SIGN:
        rim = scene.rim_at(at.map_x, at.map_y, reach)
        if rim is not None and scale * scene.nodes.radius[scene.nodes.index[rim]] >= SMALLEST_SIGN:
            return Hit("rim", rim)
    if node is not None:
        return Hit("node", node)
    module = scene.module_part_at(at.map_x, at.map_y, reach)
    if module is not None and module[1] == "tab":
        return Hit("tab", module[0])
    link = scene.link_at(at.map_x, at.map_y, reach)
    if link is not None:
        return Hit("link", link)
    if module is not None:
        return Hit(module[1], module[0])
    return Hit("ground")


class Gesture:
    """What happens between press and release. `cursor` is shown meanwhile."""

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.start = Pointer(0.0, 0.0, 0.0, 0.0)
        self.moving = False  # has the pointer left the place where it was pressed?

    def press(self, at: Pointer) -> None:
        """A button went down."""
        self.start = at

    def move(self, at: Pointer) -> None:
        """The pointer moved, or a modifier key went down or up."""
        if not self.moving:
            self.moving = max(abs(at.x - self.start.x), abs(at.y - self.start.y)) > SLACK
        if self.moving:
            self.drag(at)

    def drag(self, at: Pointer) -> None:
        """The pointer moved far enough to be meant."""

    def release(self, at: Pointer) -> None:
        """The button went up: the gesture takes effect."""

    def cancel(self) -> None:
        """As if it had not begun."""

    def alive(self) -> bool:
        """Is what it holds still on the map? It may be undone or deleted meanwhile."""
        return True

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """What it shows above the map, in pixels of the view."""


class Pan(Gesture):
    """Moves the view."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def press(self, at: Pointer) -> None:
        """Remember what lay under the pointer."""
        super().press(at)
        self._before = self.stage.camera

    def move(self, at: Pointer) -> None:
        """Keep the map under the pointer."""
        self.stage.look(self._before.panned(at.x - self.start.x, at.y - self.start.y))

    def cancel(self) -> None:
        """Back to where one was."""
        self.stage.look(self._before)


class Band(Gesture):
    """A rubber band. With Shift what it catches is added, with Ctrl taken out."""

    def press(self, at: Pointer) -> None:
        """A click on the ground selects nothing, with Shift or Ctrl it leaves everything."""
        super().press(at)
        self._before = self.stage.selection
        self._rect = QRectF()
        if not (at.shift or at.ctrl):
            self.stage.select([])

    def drag(self, at: Pointer) -> None:
        """Select what lies inside: nodes by their middle, modules when wholly in."""
        start = QPointF(self.start.map_x, self.start.map_y)
        rect = QRectF(start, QPointF(at.map_x, at.map_y)).normalized()
        self._rect = QRectF(QPointF(self.start.x, self.start.y), QPointF(at.x, at.y)).normalized()
        scene = self.stage.scene
        caught: set[str] = set(scene.nodes_in(rect))
        caught |= {
            scene.frames.ids[row] for row in scene.frames.shown if rect.contains(scene.frames.of_row(row))
        }
        if self.start.ctrl:
            self.stage.select(self._before - caught)
        elif self.start.shift:
            self.stage.select(self._before | caught)
        else:
            self.stage.select(caught)
        self.stage.looks_changed.emit()

    def release(self, at: Pointer) -> None:
        """The selection stands already."""

    def cancel(self) -> None:
        """What was selected before is again."""
        self.stage.select(self._before)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """The rectangle."""
        _rectangle(painter, theme, self._rect)


class Click(Gesture):
    """Selects a link; Shift and Ctrl toggle."""

    def __init__(self, stage: Stage, any_id: str) -> None:
        super().__init__(stage)
        self._id = any_id

    def press(self, at: Pointer) -> None:
        """Select it."""
        super().press(at)
        self._before = self.stage.selection
        if at.shift or at.ctrl:
            self.stage.toggle(self._id)
        else:
            self.stage.select([self._id])

    def cancel(self) -> None:
        """What was selected before is again."""
        self.stage.select(self._before)


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
        self._target = self._found(at)
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
        target = self._found(at)
        if target == self.source:
            return
        if target is not None:
            self._verbs.link(self.source, target)
            return
        part = self.stage.scene.module_part_at(at.map_x, at.map_y, 0.0)
        self._naming.new_node(at.at, part[0] if part is not None else None, linked_to=[self.source])

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

    def _found(self, at: Pointer) -> EndId | None:
        under = hit(self.stage, at)
        if under.part in ("node", "rim", "tab", "border") and under.id is not None:
            return NodeId(under.id) if under.part in ("node", "rim") else ModuleId(under.id)
        return None


class Put(Gesture):
    """The person tool: a click puts a person, a drag from a node's rim still links."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, stage: Stage, naming: Naming) -> None:
        super().__init__(stage)
        self._naming = naming

    def release(self, at: Pointer) -> None:
        """Put it where the button went up."""
        put_person(self.stage, self._naming, at)


class DrawFrame(Gesture):
    """The module tool: a frame drawn round people makes a module of them."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, stage: Stage, verbs: Verbs) -> None:
        super().__init__(stage)
        self._verbs = verbs
        self._rect = QRectF()

    def drag(self, at: Pointer) -> None:
        """Show the frame, and whom it takes in."""
        self._rect = QRectF(QPointF(self.start.x, self.start.y), QPointF(at.x, at.y)).normalized()
        self.stage.select(self.stage.scene.nodes_in(self._drawn(at)))
        self.stage.looks_changed.emit()

    def release(self, at: Pointer) -> None:
        """Make the module; a click makes an empty one of usual size."""
        self._verbs.module_in(self._drawn(at))

    def cancel(self) -> None:
        """Nothing was made."""
        self.stage.select([])

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """The frame to be."""
        _rectangle(painter, theme, self._rect)

    def _drawn(self, at: Pointer) -> QRectF:
        return QRectF(QPointF(self.start.map_x, self.start.map_y), QPointF(at.map_x, at.map_y)).normalized()


def put_person(stage: Stage, naming: Naming, at: Pointer) -> None:
    """A new person under the pointer, in the module whose frame it is over, named at once."""
    part = stage.scene.module_part_at(at.map_x, at.map_y, 0.0)
    collapsed = part is not None and stage.document.modules[part[0]].collapsed
    naming.new_node(at.at, part[0] if part is not None and not collapsed else None)


def preview_link(
    painter: QPainter, stage: Stage, theme: Theme, source: str, target: str | None, at: QPointF
) -> None:
    """A line from `source` to `target`, or to the pixel `at`, as a link that is not there yet."""
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
    if target is None:
        painter.setPen(QPen(theme["accent"], 2.0))
        painter.setBrush(theme["panel"])
        painter.drawEllipse(end, 12.0, 12.0)
        painter.drawLine(end + QPointF(-5, 0), end + QPointF(5, 0))
        painter.drawLine(end + QPointF(0, -5), end + QPointF(0, 5))
    elif goal is not None:
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


def _rectangle(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    if rect.isEmpty():
        return
    fill = theme["accent"].toRgb()
    fill.setAlphaF(0.10)
    painter.setPen(QPen(theme["accent"], 1.0))
    painter.setBrush(fill)
    painter.drawRoundedRect(rect, 3, 3)
