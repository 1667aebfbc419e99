"""The tools one has in hand: to pan, to select, to put persons, notes and frames."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from orgmap.drawing.style import Theme
from orgmap.model.entities import EndId, ModuleId
from orgmap.ui.canvas.gestures import SLACK, Gesture, Pointer, chevron, paint_rectangle
from orgmap.ui.canvas.naming import Naming
from orgmap.ui.canvas.notes import Notes
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.canvas.verbs import Verbs


class Pan(Gesture):
    """Moves the view. `click`: let go where it was pressed, it selects nothing."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, stage: Stage, *, click: bool = False) -> None:
        super().__init__(stage)
        self._click = click

    def press(self, at: Pointer) -> None:
        """Remember what lay under the pointer."""
        super().press(at)
        self._before = self.stage.camera

    def move(self, at: Pointer) -> None:
        """Keep the map under the pointer."""
        self.stage.look(self._before.panned(at.x - self.start.x, at.y - self.start.y))

    def release(self, at: Pointer) -> None:
        """The view stands already."""
        if self._click and max(abs(at.x - self.start.x), abs(at.y - self.start.y)) <= SLACK:
            self.stage.select([])

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
        """Select what lies inside: nodes by their middle, modules and notes when wholly in."""
        start = QPointF(self.start.map_x, self.start.map_y)
        rect = QRectF(start, QPointF(at.map_x, at.map_y)).normalized()
        self._rect = QRectF(QPointF(self.start.x, self.start.y), QPointF(at.x, at.y)).normalized()
        scene = self.stage.scene
        caught: set[str] = {*scene.nodes_in(rect), *scene.stickies.within(rect)}
        caught.update(self.stage.modules_in(rect))
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
        paint_rectangle(painter, theme, self._rect)


class Click(Gesture):
    """Selects what is not dragged, such as a link; Shift and Ctrl toggle."""

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


class Fold(Gesture):
    """Collapses a module, or expands it, by a click on its tab."""

    cursor = Qt.CursorShape.PointingHandCursor

    def __init__(self, stage: Stage, verbs: Verbs, module: ModuleId) -> None:
        super().__init__(stage)
        self._verbs = verbs
        self._module = module

    def release(self, at: Pointer) -> None:
        """Done if the pointer has not left it."""
        place = chevron(self.stage, self._module) if self.stage.exists(self._module) else None
        if place is not None and place.contains(at.x, at.y):
            self.stage.select([self._module], focus=self._module)
            self._verbs.collapse(not self.stage.document.modules[self._module].collapsed)


class Put(Gesture):
    """The person tool: a click puts a person, a drag from a node's rim still links."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, stage: Stage, naming: Naming) -> None:
        super().__init__(stage)
        self._naming = naming

    def release(self, at: Pointer) -> None:
        """Put it where the button went up."""
        put_person(self.stage, self._naming, at)


class PutNote(Gesture):
    """The note tool: a click puts a note, and its text is typed at once."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, stage: Stage, notes: Notes) -> None:
        super().__init__(stage)
        self._notes = notes

    def release(self, at: Pointer) -> None:
        """Put it where the button went up."""
        self._notes.new(at.at)


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
        drawn = self._drawn(at)
        self.stage.select([*self.stage.scene.nodes_in(drawn), *self.stage.modules_in(drawn)])
        self.stage.looks_changed.emit()

    def release(self, at: Pointer) -> None:
        """Make the module; a click makes an empty one of usual size."""
        self._verbs.module_in(self._drawn(at))

    def cancel(self) -> None:
        """Nothing was made."""
        self.stage.select([])

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """The frame to be."""
        paint_rectangle(painter, theme, self._rect)

    def _drawn(self, at: Pointer) -> QRectF:
        return QRectF(QPointF(self.start.map_x, self.start.map_y), QPointF(at.map_x, at.map_y)).normalized()


def put_person(stage: Stage, naming: Naming, at: Pointer, linked_to: Iterable[EndId] = ()) -> None:
    """A new person under the pointer, in the module whose frame it is over, linked and named at once."""
    part = stage.scene.module_part_at(at.map_x, at.map_y, 0.0)
    collapsed = part is not None and stage.document.modules[part[0]].collapsed
    naming.new_node(at.at, part[0] if part is not None and not collapsed else None, linked_to)
