"""Tells screen readers what becomes of the map, and lets Qt find the accessible form of a canvas."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleStateChangeEvent,
)

from orgmap.i18n import Said
from orgmap.model.document import Change
from orgmap.ui.canvas.accessible import CanvasInterface, Items, State

if TYPE_CHECKING:
    from orgmap.ui.canvas.view import CanvasView

MOST_TOLD = 20  # items whose selection is told one by one


def install() -> None:
    """Let Qt ask here for the accessible form of a canvas; once, however often it is called."""
    global _installed
    if not _installed:
        _installed = True
        QAccessible.installFactory(_made)


_installed = False


def _made(key: str, thing: QObject) -> QAccessibleInterface | None:
    """The accessible form of a canvas; None leaves every other object to Qt."""
    announcer = getattr(thing, "announcer", None) if key == "CanvasView" else None
    return announcer.interface() if isinstance(announcer, Announcer) else None


class Announcer(QObject):
    """Tells screen readers what becomes of the map, its selection and the focus on it."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self.items = Items(view)
        self._selected: frozenset[str] = frozenset()
        view.destroyed.connect(partial(Items.drop_all, self.items))
        view.stage.focus_changed.connect(self.focused)
        view.stage.selection_changed.connect(self._selection_changed)
        view.stage.scene_changed.connect(self._map_changed)

    def interface(self) -> QAccessibleInterface:
        """The accessible form of the canvas; Qt keeps and deletes it."""
        view = self.items.view
        if view is None:
            raise RuntimeError("the canvas has gone")
        self._interface = CanvasInterface(view)
        return self._interface

    def focused(self) -> None:
        """Say which item has the keyboard."""
        view = self.items.view
        if view is None or not QAccessible.isActive() or not view.hasFocus():
            return
        focused = view.stage.focused
        if focused is not None and view.stage.exists(focused):
            self._tell(self.items.item(focused), QAccessible.Event.Focus)
        else:
            QAccessible.updateAccessibility(QAccessibleEvent(view, QAccessible.Event.Focus))

    def announce(self, said: Said) -> None:
        """Say a word, politely, wherever the keyboard is."""
        view = self.items.view
        if view is not None and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(view, str(said)))

    def renamed(self) -> None:
        """Names have become others: the language changed, or findings came."""
        if QAccessible.isActive():
            for key in (*self.items.ids(links=False), *self.items.ids(links=True)):
                item = self.items.made(key)
                if item is not None:
                    self._tell(item, QAccessible.Event.NameChanged)

    def _selection_changed(self, selected: frozenset[str]) -> None:
        before, self._selected = self._selected, selected
        if not QAccessible.isActive() or not self.items.lists:
            return
        altered = before ^ selected
        if len(altered) > MOST_TOLD:
            self._tell(self.items.lists[0], QAccessible.Event.SelectionWithin)
            return
        for key in sorted(altered):
            view = self.items.view
            if view is None or not view.stage.exists(key):
                continue
            item = self.items.item(key)
            event = QAccessible.Event.SelectionAdd if key in selected else QAccessible.Event.SelectionRemove
            self._tell(item, event)
            state = State()
            state.selected = 1
            QAccessible.updateAccessibility(QAccessibleStateChangeEvent(item, state))

    def _map_changed(self, change: Change | None) -> None:
        view = self.items.view
        if view is None or not self.items.lists:
            return
        if change is None:
            for key in [*self.items.known()]:
                self.items.forget(key)
            self._reordered()
            return
        added = False
        for pairs in (change.modules, change.nodes, change.links, change.stickies):
            for key, (before, after) in pairs.items():
                added |= before is None
                if after is None:
                    self.items.forget(key)
                    added = True
                elif (item := self.items.made(key)) is not None and QAccessible.isActive():
                    self._tell(item, QAccessible.Event.NameChanged)
        if added:
            self._reordered()

    def _reordered(self) -> None:
        if QAccessible.isActive():
            for listed in self.items.lists:
                self._tell(listed, QAccessible.Event.ObjectReorder)

    def _tell(self, item: QAccessibleInterface, event: QAccessible.Event) -> None:
        QAccessible.updateAccessibility(QAccessibleEvent(item, event))
