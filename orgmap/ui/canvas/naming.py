"""Typing names on the map: new people one after the other, and renaming in place.

Putting a node and naming it is one step of undo; a new one that stays unnamed is taken away
again, as if it had not been.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from orgmap.drawing.style import Theme
from orgmap.i18n import Said, say, text
from orgmap.model import edits
from orgmap.model.document import Change, Document
from orgmap.model.entities import EndId, Module, ModuleId, Node, NodeId
from orgmap.model.frames import NAME_DROP, TAB
from orgmap.model.query import home
from orgmap.ui.canvas.editor import Ended, NameField
from orgmap.ui.canvas.places import Place, Way
from orgmap.ui.canvas.stage import Stage

ADD = text("undo", "Add {name}")
RENAME = text("undo", "Rename {name}")
_HIDDEN = text("canvas", "Names are hidden. Show them before you change one.")


@dataclass(frozen=True, slots=True)
class _Task:
    """What is being named. `added`: the change that put it there, None for an old one."""

    end: EndId
    added: Change | None
    merge: str
    came_from: str | None


class Naming(QObject):
    """One field, at work or hidden."""

    started = Signal(object)  # EndId

    def __init__(self, stage: Stage, host: QWidget, theme: Theme) -> None:
        super().__init__(host)
        self._stage = stage
        self._host = host
        self._numbers = count(1)
        self._task: _Task | None = None
        self.field = NameField(host, theme)
        self.field.ended.connect(self._typed)
        stage.scene_changed.connect(self._map_changed)
        stage.camera_changed.connect(self.follow)
        stage.locked_changed.connect(self.leave)
        stage.session.names_changed.connect(self.leave)

    @property
    def active(self) -> bool:
        """Is a name being typed?"""
        return self._task is not None

    @property
    def end(self) -> EndId | None:
        """Whose name is being typed."""
        return self._task.end if self._task is not None else None

    def new_node(self, at: Place, module: ModuleId | None = None, linked_to: Iterable[EndId] = ()) -> None:
        """Put a person at a place, linked to these, and ask for the name at once."""
        self.leave()
        if self._stage.refuses():
            return
        document = self._stage.document
        change, made = edits.add_node(document, edits.unnamed(document), at, module=module)
        sources = list(linked_to)
        linked, _ = edits.link_each(document.apply(change), sources, [made])
        self._put(change.then(linked), made, came_from=self._stage.focused or next(iter(sources), None))

    def new_module(self, change: Change, made: ModuleId) -> None:
        """Put a module that `change` makes, and ask for its name at once."""
        self.leave()
        if not self._stage.refuses():
            self._put(change, made, came_from=self._stage.focused)

    def rename(self, end: EndId, typed: str = "") -> None:
        """Open the field on a node or module; `typed` replaces what it is called."""
        self.leave()
        found = self._stage.document.end(end)
        if found is None or self._place(end) is None:
            return
        if self._stage.refuses():
            return
        if self._stage.session.names_hidden:
            self._stage.refused.emit(_HIDDEN())
            return
        self._stage.reveal(end)
        self._open(_Task(end, None, self._key(), None), typed or found.name, typed=bool(typed))

    def leave(self) -> None:
        """End typing as if the focus went elsewhere: what was typed is kept."""
        if self._task is not None:
            self._typed(Ended.LEFT)

    def dismiss(self) -> None:
        """End typing as Esc does."""
        if self._task is not None:
            self._typed(Ended.ESCAPE)

    def follow(self) -> None:
        """Keep the field on what is named while the map moves below it."""
        place = self._place(self._task.end) if self._task is not None else None
        if place is not None:
            self.field.go(place)

    def _put(self, change: Change, made: EndId, came_from: str | None) -> None:
        task = _Task(made, change, self._key(), came_from)
        added = self._stage.document.apply(change).end(made)
        self._stage.session.edit(ADD(name=added.name if added is not None else ""), change, task.merge)
        self._stage.select([made], focus=made)
        self._stage.reveal(made)
        self._open(task, "", typed=False)

    def _open(self, task: _Task, words: str, *, typed: bool) -> None:
        found = self._stage.document.end(task.end)
        place = self._place(task.end)
        if found is None or place is None:
            return
        self._task = task
        spoken = say("canvas", "Name of the module") if isinstance(found, Module) else say("canvas", "Name")
        self.field.open(words, found.name, spoken, place, all_selected=not typed)
        self.started.emit(task.end)

    def _typed(self, how: Ended) -> None:
        task = self._task
        if task is None:
            return
        self._task = None
        words = " ".join(self.field.text().split())
        self.field.hide()
        stays = self._settle(task, words, how)
        if how is Ended.LEFT:
            return
        self._host.setFocus()
        node = self._stage.document.nodes.get(NodeId(task.end)) if stays else None
        if node is None or node.x is None or node.y is None:
            return
        start = (node.x, node.y)
        if how is Ended.ENTER and task.added is not None:
            self.new_node(self._stage.beside(start, home(node)), home(node))
        elif how is Ended.TAB:
            place = self._stage.beside(start, home(node), Way.RIGHT)
            self.new_node(place, home(node), linked_to=[node.id])

    def _settle(self, task: _Task, words: str, how: Ended) -> bool:
        """Keep the name, or take the new one away. False if it is gone or nothing was typed."""
        found = self._stage.document.end(task.end)
        if found is None:
            return False
        if task.added is None:
            if words and words != found.name and how is not Ended.ESCAPE:
                self._edit(RENAME(name=found.name), edits.rename(self._stage.document, task.end, words))
            return bool(words)
        if words:
            self._edit(ADD(name=words), edits.rename(self._stage.document, task.end, words), task.merge)
            return True
        if how is Ended.LEFT:
            return True
        came_from = task.came_from
        self._edit(ADD(name=found.name), _taken_back(self._stage.document, task), task.merge)
        self._stage.select([came_from] if came_from is not None else [])
        return False

    def _edit(self, label: Said, change: Change, merge: str | None = None) -> None:
        self._stage.session.edit(label, change, merge)

    def _map_changed(self) -> None:
        task = self._task
        if task is None:
            return
        if self._stage.document.end(task.end) is None:  # taken away by undo, or another map
            self._task = None
            self.field.hide()
            self._host.setFocus()
        else:
            self.follow()

    def _place(self, end: EndId) -> QPoint | None:
        found = self._stage.document.end(end)
        camera = self._stage.camera
        if isinstance(found, Node):
            centre = self._stage.scene.centre(end)
            if centre is None:
                return None
            return camera.to_screen(centre.x(), centre.y() + NAME_DROP).toPoint()
        frame = self._stage.frame(found.id) if found is not None else None
        if frame is None:
            return None
        at = camera.to_screen(frame.left() + min(frame.width() / 2, 90.0), frame.top() + TAB / 2)
        return at.toPoint()

    def _key(self) -> str:
        return f"name-{id(self)}-{next(self._numbers)}"


def _taken_back(document: Document, task: _Task) -> Change:
    """The change that makes it as if the new one had not been."""
    added = task.added or Change()
    same = all(document.nodes.get(key) == after for key, (_, after) in added.nodes.items()) and all(
        document.modules.get(key) == after for key, (_, after) in added.modules.items()
    )
    return added.inverse() if same else edits.delete(document, [task.end])
