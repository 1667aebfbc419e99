"""The context menu: what can be done with what lies under the pointer, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from orgmap.drawing.plain import middle_cut, shown
from orgmap.i18n import say
from orgmap.model.entities import EndId, LinkKind, NodeKind
from orgmap.model.query import home, name_of
from orgmap.ui.canvas.gestures import Hit, Pointer
from orgmap.ui.canvas.keys import Keys
from orgmap.ui.canvas.linking import Linking
from orgmap.ui.canvas.naming import Naming
from orgmap.ui.canvas.places import Way
from orgmap.ui.canvas.selecting import Selecting
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.canvas.tools import put_person
from orgmap.ui.canvas.verbs import Verbs
from orgmap.ui.canvas.words import KINDS, LINK_KINDS

Command = Callable[[], None]
LONGEST = 28  # letters of a name in an entry


def in_entry(name: str) -> str:
    """A name as an entry of a menu shows it: shortened, and `&` no mnemonic."""
    return middle_cut(shown(name), LONGEST).replace("&", "&&")


class ContextMenu(QObject):
    """Opens menus over one canvas. One is open at a time; it goes when it closes."""

    clipboard_asked = Signal(str, object)  # "cut", "copy" or "paste"; the map point to paste at, or None

    def __init__(
        self,
        stage: Stage,
        naming: Naming,
        verbs: Verbs,
        selecting: Selecting,
        linking: Linking,
        keys: Keys,
        host: QWidget,
    ) -> None:
        super().__init__(host)
        self._stage = stage
        self._naming = naming
        self._verbs = verbs
        self._selecting = selecting
        self._linking = linking
        self._keys = keys
        self._host = host
        self._commands: dict[QAction, Command] = {}

    def open(self, under: Hit, at: Pointer, where: QPoint) -> QMenu:
        """Show the menu for `under`, which is selected first if it was not; `where`: global pixel."""
        if under.id is not None and under.part != "inside" and under.id not in self._stage.selection:
            self._stage.select([under.id], focus=under.id)
        menu = QMenu(self._host)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.triggered.connect(self._chosen)
        menu.setToolTipsVisible(False)
        self._commands = {}
        match under.part:
            case "node" | "rim":
                self._of_nodes(menu)
            case "link":
                self._of_links(menu)
            case "tab" | "border":
                self._of_modules(menu, at)
            case _:
                self._of_ground(menu, at)
        menu.popup(where)
        return menu

    def _of_nodes(self, menu: QMenu) -> None:
        stage, verbs, document = self._stage, self._verbs, self._stage.document
        nodes = stage.selected_nodes
        one = document.nodes[nodes[0]] if len(nodes) == 1 else None
        if one is not None:
            self._add(menu, say("menu", "Rename"), verbs.rename, "F2")
        self._add(menu, say("menu", "Link from here…"), self._keys.link, "L")
        if one is not None:
            command = partial(verbs.linked_person, Way.RIGHT)
            self._add(menu, say("menu", "New linked person"), command, "Ctrl+Right")
        if len(verbs.links) > 0:
            self._add(menu, say("menu", "Turn the links among them round"), verbs.turn_round, "R")
        menu.addSeparator()
        kinds = self._submenu(menu, say("menu", "Kind"))
        shared = {document.nodes[key].kind for key in nodes}
        for kind in NodeKind:
            self._check(kinds, str(KINDS[kind]()), partial(verbs.node_kind, kind), shared == {kind})
        self._add(menu, say("menu", "Module round it"), verbs.module, "M")
        homes = {home(document.nodes[key]) for key in nodes} - {None}
        for module in document.modules:
            if module in homes:
                words = say("menu", "Take out of {module}", module=in_entry(name_of(document, module)))
                self._add(menu, words, partial(verbs.take_out, module))
        menu.addSeparator()
        self._clipboard(menu)
        self._add(menu, say("menu", "Duplicate"), verbs.duplicate, "Ctrl+D")
        menu.addSeparator()
        self._add(menu, say("menu", "Show whole"), self._keys.fit_selection, "Shift+F")
        self._add(menu, say("menu", "Delete"), verbs.delete, "Del")

    def _of_links(self, menu: QMenu) -> None:
        verbs, document = self._verbs, self._stage.document
        links = [document.links[key] for key in verbs.links]
        self._add(menu, say("menu", "Turn round"), verbs.turn_round, "R")
        talks = [link for link in links if link.kind is LinkKind.TALKS]
        if talks:
            both = all(link.two_way for link in talks)
            self._check(menu, say("menu", "Both ways"), verbs.both_ways, both, "B")
        menu.addSeparator()
        kinds = self._submenu(menu, say("menu", "Kind"))
        shared = {link.kind for link in links}
        for kind in LinkKind:
            self._check(kinds, str(LINK_KINDS[kind]()), partial(verbs.link_kind, kind), shared == {kind})
        channels = self._submenu(menu, say("menu", "Channel"))
        carried = {link.channel for link in links}
        self._check(channels, say("menu", "not said"), partial(verbs.channel, None), carried == {None})
        for key, channel in document.channels.items():
            command = partial(verbs.channel, key)
            self._check(channels, in_entry(channel.name), command, carried == {key})
        menu.addSeparator()
        if len(links) == 1:
            for end in (links[0].source, links[0].target):
                entry = say("menu", "Go to {name}", name=in_entry(name_of(document, end)))
                self._add(menu, entry, partial(self._go, end))
            menu.addSeparator()
        self._clipboard(menu)
        menu.addSeparator()
        self._add(menu, say("menu", "Delete"), verbs.delete, "Del")

    def _of_modules(self, menu: QMenu, at: Pointer) -> None:
        stage, verbs, document = self._stage, self._verbs, self._stage.document
        modules = [document.modules[key] for key in stage.selected_modules]
        if len(modules) == 1:
            self._add(menu, say("menu", "Rename"), verbs.rename, "F2")
            self._add(menu, say("menu", "New person in it"), verbs.person, "N")
        self._add(menu, say("menu", "Link from here…"), self._keys.link, "L")
        self._add(menu, say("menu", "Select its people"), self._selecting.people)
        menu.addSeparator()
        if any(not module.collapsed for module in modules):
            self._add(menu, say("menu", "Collapse"), partial(verbs.collapse, True))
        if any(module.collapsed for module in modules):
            self._add(menu, say("menu", "Expand"), partial(verbs.collapse, False))
        self._add(menu, say("menu", "Show whole"), self._keys.fit_selection, "Shift+F")
        menu.addSeparator()
        self._clipboard(menu)
        paste = partial(self.clipboard_asked.emit, "paste", at.at)
        self._add(menu, say("menu", "Paste into it"), paste).setEnabled(_something())
        menu.addSeparator()
        self._add(menu, say("menu", "Delete, its people stay"), verbs.delete, "Del")

    def _of_ground(self, menu: QMenu, at: Pointer) -> None:
        stage, verbs = self._stage, self._verbs
        put = partial(put_person, stage, self._naming, at)
        self._add(menu, say("menu", "New person here"), put)
        self._add(menu, say("menu", "New module"), verbs.module, "M")
        menu.addSeparator()
        paste = partial(self.clipboard_asked.emit, "paste", at.at)
        self._add(menu, say("menu", "Paste here"), paste, "Ctrl+V").setEnabled(_something())
        if stage.document.nodes or stage.document.modules:
            menu.addSeparator()
            self._add(menu, say("menu", "Select all"), self._selecting.everything, "Ctrl+A")
            self._add(menu, say("menu", "Show the whole map"), stage.fit, "F")

    def _clipboard(self, menu: QMenu) -> None:
        for name, words, keys in (
            ("cut", say("menu", "Cut"), "Ctrl+X"),
            ("copy", say("menu", "Copy"), "Ctrl+C"),
        ):
            self._add(menu, words, partial(self.clipboard_asked.emit, name, None), keys)

    def _go(self, end: EndId) -> None:
        self._stage.select([end], focus=end)
        self._stage.reveal(end)

    def _add(self, menu: QMenu, words: str, command: Command, keys: str = "") -> QAction:
        """An entry; the key is shown beside it, the canvas itself listens for it."""
        action = menu.addAction(f"{words}\t{keys}" if keys else words)
        self._commands[action] = command
        return action

    def _submenu(self, menu: QMenu, words: str) -> QMenu:
        made = QMenu(words, menu)
        menu.addMenu(made)
        return made

    def _check(self, menu: QMenu, words: str, command: Command, on: bool, keys: str = "") -> None:
        action = self._add(menu, words, command, keys)
        action.setCheckable(True)
        action.setChecked(on)

    def _chosen(self, action: QAction) -> None:
        command = self._commands.get(action)
        self._commands = {}
        if command is not None:
            command()


def _something() -> bool:
    """Is there anything on the clipboard?"""
    held = QGuiApplication.clipboard().mimeData()
    return held is not None and bool(held.formats())
