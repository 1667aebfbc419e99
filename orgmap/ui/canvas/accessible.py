"""The map for a screen reader: each node, module and link is an item with a sentence for its name.

Under the canvas stand two lists, then whatever floats above the map:

    canvas "Map: Lumen Works, 20 people, 4 modules, 40 links"
      list "People and modules"     list items "Ana, person, Sales, 4 links out, 2 in"
      list "Links"                  list items "Ana to Ben, chat, no way back"

Items are made when somebody asks for them, and kept by id, so that a large map costs nothing
while no screen reader runs.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from orgmap.drawing.looks import PLAIN
from orgmap.drawing.plain import shown
from orgmap.i18n import say
from orgmap.model.query import counts, home
from orgmap.ui.showing import unseen

if TYPE_CHECKING:
    from orgmap.ui.canvas.view import CanvasView

Role = QAccessible.Role
State = QAccessible.State
NOTHING = cast(QAccessibleInterface, None)  # Qt takes no object for "there is none"; its stubs do not say so


class Items:
    """The accessible objects of one canvas, by id; Qt's cache is told when one goes."""

    def __init__(self, view: CanvasView) -> None:
        self._view = weakref.ref(view)
        self._made: dict[str, MapItem] = {}
        self.lists: tuple[MapList, ...] = (MapList(self, links=False), MapList(self, links=True))
        self._order_of: tuple[object, object] = (None, None)
        self._order: tuple[list[str], list[str]] = ([], [])
        self._index: tuple[dict[str, int], dict[str, int]] = ({}, {})

    @property
    def view(self) -> CanvasView | None:
        """The canvas, or None when it has gone."""
        view = self._view()
        return view if view is not None and shiboken6.isValid(view) else None

    def ids(self, *, links: bool) -> list[str]:
        """The ids of the items of a list, in its order: modules with their people, then the loose."""
        self._renew()
        return self._order[links]

    def index(self, any_id: str, *, links: bool) -> int:
        """The place of an item in its list, -1 if it is not there."""
        self._renew()
        return self._index[links].get(any_id, -1)

    def item(self, any_id: str) -> MapItem:
        """The item of this id, made if nobody has asked for it before."""
        found = self._made.get(any_id)
        if found is None:
            view = self.view
            links = view is not None and any_id in view.stage.document.links
            found = self._made[any_id] = MapItem(self, any_id, links=links)
        return found

    def known(self) -> Iterable[str]:
        """The ids anybody has asked for."""
        return self._made

    def made(self, any_id: str) -> MapItem | None:
        """The item of this id if anybody has asked for it."""
        return self._made.get(any_id)

    def forget(self, any_id: str) -> None:
        """The node, module or link has gone."""
        item = self._made.pop(any_id, None)
        if item is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(item, QAccessible.Event.ObjectDestroyed))
            _dropped(item)

    def drop_all(self) -> None:
        """The canvas goes."""
        for item in (*self._made.values(), *self.lists):
            _dropped(item)
        self._made.clear()
        self.lists = ()

    def _renew(self) -> None:
        view = self.view
        if view is None:
            return
        document, looks = view.stage.document, view.stage.looks
        if self._order_of[0] is document and self._order_of[1] is looks:
            return
        self._order_of = document, looks
        inside: dict[str | None, list[str]] = {key: [key] for key in document.modules}
        for node in document.nodes.values():
            inside.setdefault(home(node), []).append(node.id)
        ends = [key for group in inside.values() for key in group]
        links: list[str] = list(document.links)
        if looks != PLAIN:  # what is hidden is not there for anybody
            ends = [key for key in ends if not unseen(document, looks, key)]
            links = [key for key in links if not unseen(document, looks, key)]
        ends += view.stage.scene.stickies.rects
        self._order = (ends, links)
        self._index = ({key: i for i, key in enumerate(ends)}, {key: i for i, key in enumerate(links)})


def _dropped(item: QAccessibleInterface) -> None:
    """Take an interface out of Qt's cache, which deletes it."""
    if shiboken6.isValid(item):
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))


class MapItem(QAccessibleInterface):
    """A node, module or link as an item of a list."""

    def __init__(self, items: Items, any_id: str, *, links: bool) -> None:
        super().__init__()
        self._items = items
        self.id = any_id
        self._links = links

    def isValid(self) -> bool:
        """Is it still on the map?"""
        view = self._items.view
        return view is not None and view.stage.shows(self.id)

    def object(self) -> QObject:
        """It is no QObject."""
        return cast(QObject, None)

    def parent(self) -> QAccessibleInterface:
        """The list it stands in."""
        return self._items.lists[self._links] if self._items.lists else NOTHING

    def child(self, _index: int) -> QAccessibleInterface:
        """It has none."""
        return NOTHING

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface:
        """It has none."""
        return NOTHING

    def childCount(self) -> int:
        """It has none."""
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        """It has none."""
        return -1

    def window(self) -> QWindow:
        """That of the canvas."""
        return _window(self._items)

    def rect(self) -> QRect:
        """Where it is on the screen, in pixels."""
        view = self._items.view
        if view is None:
            return QRect()
        rect = view.stage.extent([self.id])
        if rect.isEmpty():
            return QRect()
        corner = view.camera.to_screen(rect.x(), rect.y()).toPoint()
        size = (rect.size() * view.camera.scale).toSize()
        return QRect(view.mapToGlobal(corner), size)

    def role(self) -> QAccessible.Role:
        """An item of a list."""
        return Role.ListItem

    def state(self) -> QAccessible.State:
        """Selected, focused, in view?"""
        state = State()
        state.focusable = state.selectable = state.extSelectable = 1
        view = self._items.view
        if view is None:
            state.invalid = 1
            return state
        state.selected = int(self.id in view.selection)
        state.focused = int(view.hasFocus() and view.stage.focused == self.id)
        state.offscreen = int(not view.stage.in_view(view.stage.extent([self.id])))
        return state

    def text(self, kind: QAccessible.Text) -> str:
        """The sentence about it."""
        view = self._items.view
        return view.stage.words.of(self.id) if view is not None and kind is QAccessible.Text.Name else ""

    def setText(self, kind: QAccessible.Text, words: str) -> None:
        """Names are edited on the canvas."""


class MapList(QAccessibleInterface):
    """The list of nodes and modules, or that of links."""

    def __init__(self, items: Items, *, links: bool) -> None:
        super().__init__()
        self._items = items
        self._links = links

    def isValid(self) -> bool:
        """Is the canvas still there?"""
        return self._items.view is not None

    def object(self) -> QObject:
        """It is no QObject."""
        return cast(QObject, None)

    def parent(self) -> QAccessibleInterface:
        """The canvas."""
        view = self._items.view
        return QAccessible.queryAccessibleInterface(view) if view is not None else NOTHING

    def child(self, index: int) -> QAccessibleInterface:
        """The item at a place."""
        ids = self._items.ids(links=self._links)
        return self._items.item(ids[index]) if 0 <= index < len(ids) else NOTHING

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """The item under a pixel of the screen."""
        view = self._items.view
        if view is None:
            return NOTHING
        spot = view.mapFromGlobal(QPoint(x, y))
        place = view.camera.to_map(spot.x(), spot.y())
        scene = view.stage.scene
        if self._links:
            found: str | None = scene.link_at(place.x(), place.y())
        else:
            found = scene.sticky_at(place.x(), place.y()) or scene.node_at(place.x(), place.y())
            found = found or scene.module_at(place.x(), place.y())
        return self._items.item(found) if found is not None else NOTHING

    def childCount(self) -> int:
        """How many there are."""
        return len(self._items.ids(links=self._links))

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """The place of an item."""
        return self._items.index(child.id, links=self._links) if isinstance(child, MapItem) else -1

    def window(self) -> QWindow:
        """That of the canvas."""
        return _window(self._items)

    def rect(self) -> QRect:
        """The whole canvas."""
        view = self._items.view
        return QRect(view.mapToGlobal(QPoint(0, 0)), view.size()) if view is not None else QRect()

    def role(self) -> QAccessible.Role:
        """A list."""
        return Role.List

    def state(self) -> QAccessible.State:
        """Several of its items can be selected."""
        state = State()
        state.multiSelectable = state.extSelectable = 1
        return state

    def text(self, kind: QAccessible.Text) -> str:
        """What it lists."""
        if kind is not QAccessible.Text.Name:
            return ""
        return say("canvas", "Links") if self._links else say("canvas", "People and modules")

    def setText(self, kind: QAccessible.Text, words: str) -> None:
        """It is not named by others."""


def _window(items: Items) -> QWindow:
    view = items.view
    return view.window().windowHandle() if view is not None else cast(QWindow, None)


class CanvasInterface(QAccessibleWidget):
    """The canvas: two lists, and the widgets that float above."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view, Role.Canvas)
        self._items = view.announcer.items

    def childCount(self) -> int:
        """Two lists and the widgets that are shown."""
        return len(self._items.lists) + len(self._widgets())

    def child(self, index: int) -> QAccessibleInterface:
        """A list or a widget."""
        lists, widgets = self._items.lists, self._widgets()
        if 0 <= index < len(lists):
            return lists[index]
        index -= len(lists)
        return QAccessible.queryAccessibleInterface(widgets[index]) if 0 <= index < len(widgets) else NOTHING

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """The place of a list or widget."""
        lists = self._items.lists
        if isinstance(child, MapList):
            return lists.index(child) if child in lists else -1
        thing = child.object() if child is not None else None
        widgets: list[QObject] = [*self._widgets()]
        return len(lists) + widgets.index(thing) if thing in widgets else -1

    def focusChild(self) -> QAccessibleInterface:
        """The item the keyboard is on, or the field in which one types."""
        view = self._items.view
        if view is None:
            return NOTHING
        field = next((w for w in self._widgets() if w.hasFocus()), None)
        if field is not None:
            return QAccessible.queryAccessibleInterface(field)
        focused = view.stage.focused
        return self._items.item(focused) if focused is not None and view.hasFocus() else NOTHING

    def text(self, kind: QAccessible.Text) -> str:
        """The title of the map and how much is on it."""
        view = self._items.view
        if view is None:
            return ""
        if kind is QAccessible.Text.Name:
            return summary(view)
        if kind is QAccessible.Text.Help:
            return say("canvas", "Alt and arrows walk from person to person, Alt and Enter into the links.")
        return ""

    def _widgets(self) -> list[QWidget]:
        view = self._items.view
        if view is None:
            return []
        found = (child for child in view.children() if isinstance(child, QWidget))
        return [widget for widget in found if not widget.isHidden() and not widget.isWindow()]


def summary(view: CanvasView) -> str:
    """As in "Map: Lumen Works, 20 people, 4 modules, 40 links"."""
    document = view.stage.document
    people, modules, links = counts(document)
    parts = [
        say("canvas", "{n} person", "{n} people", n=people),
        say("canvas", "{n} module", "{n} modules", n=modules),
        say("canvas", "{n} link", "{n} links", n=links),
    ]
    title = shown(view.stage.session.shown.info.title)
    head = say("canvas", "Map: {title}", title=title) if title else say("canvas", "Map")
    return ", ".join([head, *parts])
