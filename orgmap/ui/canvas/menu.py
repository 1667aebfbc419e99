"""The context menu: what can be done with what lies under the pointer, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from orgmap.i18n import say
from orgmap.model import scenery
from orgmap.model.aligning import Side
from orgmap.model.entities import BackdropId, EndId, LinkId, LinkKind, ModuleId, Node, NodeKind
from orgmap.model.query import home, inside, listed_channels, name_of
from orgmap.ui.canvas.arranging import Arranging
from orgmap.ui.canvas.gestures import Hit, Pointer
from orgmap.ui.canvas.keys import Keys
from orgmap.ui.canvas.naming import Naming
from orgmap.ui.canvas.notes import Notes
from orgmap.ui.canvas.places import Way
from orgmap.ui.canvas.selecting import Selecting
from orgmap.ui.canvas.sight_menu import SightMenu
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.canvas.tools import put_person
from orgmap.ui.canvas.verbs import Verbs
from orgmap.ui.canvas.words import LINK_KINDS
from orgmap.ui.kinds import NODE_KINDS, NOTE_COLOURS
from orgmap.ui.widgets.words import in_entry

Command = Callable[[], None]
STRENGTHS = (0.2, 0.4, 0.6, 0.8, 1.0)


class ContextMenu(QObject):
    """Opens menus over one canvas. One is open at a time; it goes when it closes."""

    question_asked = Signal(str)  # the id of its action
    clipboard_asked = Signal(str, object)  # "cut", "copy" or "paste"; the map point to paste at, or None

    def __init__(
        self,
        stage: Stage,
        naming: Naming,
        notes: Notes,
        verbs: Verbs,
        arranging: Arranging,
        selecting: Selecting,
        keys: Keys,
        host: QWidget,
    ) -> None:
        super().__init__(host)
        self._stage = stage
        self._naming = naming
        self._notes = notes
        self._verbs = verbs
        self._arranging = arranging
        self._selecting = selecting
        self._keys = keys
        self._host = host
        self._commands: dict[QAction, Command] = {}
        self.sight: SightMenu | None = None
        stage.session.opened.connect(self._forget)

    def open(self, under: Hit, at: Pointer, where: QPoint) -> QMenu:
        """Show the menu for `under`, which is selected first if it was not; `where`: global pixel."""
        if under.id is not None and under.part != "inside" and under.id not in self._stage.selection:
            self._stage.select([under.id], focus=under.id)
        menu = QMenu(self._host)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.triggered.connect(self._chosen)
        menu.setToolTipsVisible(False)
        self._commands = {}
        if self._stage.locked:
            self._of_locked(menu, under)
        else:
            self._of(menu, under, at)
        self._questions(menu, under)
        if self.sight is not None and under.part not in ("note", "picture"):
            self.sight.add_to(menu, self._add, ground=under.id is None or under.part == "inside")
        menu.popup(where)
        return menu

    def _of(self, menu: QMenu, under: Hit, at: Pointer) -> None:
        match under.part:
            case "node" | "rim":
                self._of_nodes(menu)
            case "link" | "end":
                self._of_links(menu)
            case "tab" | "chevron" | "border":
                self._of_modules(menu, at)
            case "grip" if under.id in self._stage.document.modules:
                self._of_modules(menu, at)
            case "note" | "grip" if under.id in self._stage.document.stickies:
                self._of_notes(menu)
            case "picture" | "grip":
                self._of_pictures(menu)
            case _:
                self._of_ground(menu, at)

    def _questions(self, menu: QMenu, under: Hit) -> None:
        """What may be asked about the selection."""
        stage = self._stage
        if under.id is None or under.part == "inside" or under.part in ("note", "picture"):
            return
        people, asked = len(stage.selected_nodes), self.question_asked.emit
        menu.addSeparator()
        if people == len(stage.selection) == 1:
            self._add(menu, say("menu", "Where does this fit?"), partial(asked, "where_fits"))
        if people == len(stage.selection) == 2:
            self._add(menu, say("menu", "How does one reach the other?"), partial(asked, "route"), "Ctrl+R")
        if people or stage.selected_modules or stage.selected_links:
            self._add(menu, say("menu", "What if this were away?"), partial(asked, "what_if_away"))

    def _of_nodes(self, menu: QMenu) -> None:
        stage, verbs, document = self._stage, self._verbs, self._stage.document
        nodes = [document.nodes[key] for key in stage.selected_nodes]
        if len(nodes) == 1:
            self._add(menu, say("menu", "Rename"), verbs.rename, "F2")
        self._add(menu, say("menu", "Link from here…"), self._keys.link, "L")
        if len(nodes) == 1:
            command = partial(verbs.linked_person, Way.RIGHT)
            self._add(menu, say("menu", "New linked person"), command, "Ctrl+Right")
        if len(verbs.links) > 0:
            self._add(menu, say("menu", "Turn the links among them round"), verbs.turn_round, "R")
        menu.addSeparator()
        kinds = self._submenu(menu, say("menu", "Kind"))
        shared = {node.kind for node in nodes}
        for kind in NodeKind:
            self._check(kinds, str(NODE_KINDS[kind]()), partial(verbs.node_kind, kind), shared == {kind})
        self._add(menu, say("menu", "Module round it"), verbs.module, "M")
        self._memberships(menu, nodes)
        self._check(menu, say("menu", "Pinned"), self._arranging.pin, all(node.pinned for node in nodes), "P")
        self._in_order(menu)
        menu.addSeparator()
        self._selecting_menu(menu)
        self._clipboard(menu)
        self._add(menu, say("menu", "Duplicate"), verbs.duplicate, "Ctrl+D")
        menu.addSeparator()
        self._add(menu, say("menu", "Show whole"), self._keys.fit_selection, "Shift+F")
        self._add(menu, say("menu", "Delete"), verbs.delete, "Del")

    def _memberships(self, menu: QMenu, nodes: Sequence[Node]) -> None:
        """Home, further modules, and out of each: what dragging into frames does."""
        verbs, document = self._verbs, self._stage.document
        if not document.modules:
            return
        homes = {home(node) for node in nodes}
        into = self._submenu(menu, say("menu", "Home in"))
        also = self._submenu(menu, say("menu", "Also in"))
        for key in document.modules:
            self._check(into, self._called(key), partial(verbs.home_in, key), homes == {key})
            if homes != {key}:
                among = all(key in node.modules for node in nodes)
                self._check(also, self._called(key), partial(verbs.also_in, key), among)
        also.setEnabled(bool(also.actions()))
        for key in document.modules:
            if any(key in node.modules for node in nodes):
                words = say("menu", "Take out of {module}", module=self._called(key))
                self._add(menu, words, partial(verbs.take_out, key))

    def _in_order(self, menu: QMenu) -> None:
        """Align and distribute, where there is something to bring in line."""
        stage = self._stage
        if len(stage.selected_nodes) + len(stage.selected_modules) + len(stage.selected_notes) < 2:
            return
        made = self._submenu(menu, say("menu", "Align"))
        for side, words, keys in (
            (Side.LEFT, say("menu", "Left"), "Ctrl+Shift+Left"),
            (Side.CENTRE, say("menu", "Centre"), ""),
            (Side.RIGHT, say("menu", "Right"), "Ctrl+Shift+Right"),
            (Side.TOP, say("menu", "Top"), "Ctrl+Shift+Up"),
            (Side.MIDDLE, say("menu", "Middle"), ""),
            (Side.BOTTOM, say("menu", "Bottom"), "Ctrl+Shift+Down"),
        ):
            self._add(made, words, partial(self._arranging.align, side), keys)
        made.addSeparator()
        for across, words in (
            (True, say("menu", "Distribute across")),
            (False, say("menu", "Distribute down")),
        ):
            self._add(made, words, partial(self._arranging.distribute, across=across))

    def _selecting_menu(self, menu: QMenu) -> None:
        made, selecting = self._submenu(menu, say("menu", "Select")), self._selecting
        self._add(made, say("menu", "Neighbours too"), selecting.neighbours, "Ctrl+Shift+J")
        self._add(made, say("menu", "Links among them"), selecting.links_among)
        self._add(made, say("menu", "All alike"), selecting.alike)
        self._add(made, say("menu", "The others"), selecting.others)
        self._add(made, say("menu", "Its module"), selecting.module, "Alt+PgUp")

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
        self._check(channels, say("menu", "not said"), partial(verbs.channel, None), carried == {None}, "0")
        for number, channel in enumerate(listed_channels(self._stage.session.shown), 1):
            command = partial(verbs.channel, channel.id)
            keys = str(number) if number < 10 else ""
            self._check(channels, in_entry(channel.name), command, carried == {channel.id}, keys)
        menu.addSeparator()
        if len(links) == 1:
            self._ends(menu, links[0].id)
            self._add(menu, say("menu", "Another start…"), partial(self._keys.move_end, "source"))
            self._add(menu, say("menu", "Another end…"), partial(self._keys.move_end, "target"))
            menu.addSeparator()
        self._add(menu, say("menu", "Select all alike"), self._selecting.alike)
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
        self._add(menu, say("menu", "Select its people"), self._selecting.people, "Alt+PgDown")
        self._selecting_menu(menu)
        menu.addSeparator()
        if any(not module.collapsed for module in modules):
            self._add(menu, say("menu", "Collapse"), partial(verbs.collapse, True), "Ctrl+Shift+M")
        if any(module.collapsed for module in modules):
            self._add(menu, say("menu", "Expand"), partial(verbs.collapse, False), "Ctrl+Shift+M")
        self._add(menu, say("menu", "Module round it"), verbs.module, "M")
        self._parents(menu, [module.id for module in modules])
        self._in_order(menu)
        self._add(menu, say("menu", "Show whole"), self._keys.fit_selection, "Shift+F")
        menu.addSeparator()
        self._clipboard(menu)
        paste = partial(self.clipboard_asked.emit, "paste", at.at)
        self._add(menu, say("menu", "Paste into it"), paste).setEnabled(_something())
        self._add(menu, say("menu", "Duplicate"), verbs.duplicate, "Ctrl+D")
        menu.addSeparator()
        self._add(menu, say("menu", "Delete, its people stay"), verbs.delete, "Del")

    def _parents(self, menu: QMenu, modules: Sequence[ModuleId]) -> None:
        """Into which module to lay these: what dragging a frame into another does."""
        document = self._stage.document
        own = {inner for module in modules for inner in inside(document, module)}
        parents = {document.modules[key].parent for key in modules}
        possible = [key for key in document.modules if key not in own]
        if not possible:
            return
        made = self._submenu(menu, say("menu", "Lay into"))
        self._check(made, say("menu", "no module"), partial(self._verbs.nest, None), parents == {None})
        for key in possible:
            self._check(made, self._called(key), partial(self._verbs.nest, key), parents == {key})

    def _of_notes(self, menu: QMenu) -> None:
        stage, verbs = self._stage, self._verbs
        if len(stage.selected_notes) == 1:
            self._add(menu, say("menu", "Write"), verbs.rename, "F2")
        colours = self._submenu(menu, say("menu", "Colour"))
        worn = {stage.document.stickies[key].colour % len(NOTE_COLOURS) for key in stage.selected_notes}
        for number, name in enumerate(NOTE_COLOURS):
            self._check(colours, str(name()), partial(self._arranging.note_colour, number), worn == {number})
        sizes = self._submenu(menu, say("menu", "Size"))
        for words, (wide, high) in (
            (say("menu", "Small"), (scenery.NOTE[0] * 0.7, scenery.NOTE[1] * 0.5)),
            (say("menu", "Usual"), scenery.NOTE),
            (say("menu", "Large"), (scenery.NOTE[0] * 1.6, scenery.NOTE[1] * 1.6)),
        ):
            self._add(sizes, words, partial(self._arranging.size, wide, high))
        self._in_order(menu)
        menu.addSeparator()
        self._clipboard(menu)
        self._add(menu, say("menu", "Duplicate"), verbs.duplicate, "Ctrl+D")
        menu.addSeparator()
        self._add(menu, say("menu", "Delete"), verbs.delete, "Del")

    def _of_pictures(self, menu: QMenu) -> None:
        self._picture(menu, self._stage.selected_pictures)
        menu.addSeparator()
        self._add(menu, say("menu", "Delete"), self._verbs.delete, "Del")

    def _picture(self, menu: QMenu, pictures: Sequence[BackdropId]) -> None:
        """What is done with pictures behind the map, locked ones too."""
        found = [self._stage.document.backdrops[key] for key in pictures]
        locked = all(each.locked for each in found)
        self._check(
            menu, say("menu", "Locked"), partial(self._arranging.lock_pictures, pictures, not locked), locked
        )
        strengths = self._submenu(menu, say("menu", "Strength"))
        worn = {round(each.strength, 2) for each in found}
        for share in STRENGTHS:
            words = say("menu", "{n} %", n=round(share * 100))
            self._check(
                strengths, words, partial(self._arranging.picture_strength, pictures, share), worn == {share}
            )
        self._add(menu, say("menu", "Larger"), partial(self._arranging.magnify, pictures, 1.25))
        self._add(menu, say("menu", "Smaller"), partial(self._arranging.magnify, pictures, 0.8))
        self._add(menu, say("menu", "Fit to the map"), partial(self._arranging.fit_pictures, pictures))

    def _of_ground(self, menu: QMenu, at: Pointer) -> None:
        stage, verbs = self._stage, self._verbs
        put = partial(put_person, stage, self._naming, at)
        self._add(menu, say("menu", "New person here"), put)
        self._add(menu, say("menu", "New module"), verbs.module, "M")
        self._add(menu, say("menu", "New note here"), partial(self._notes.new, at.at))
        menu.addSeparator()
        paste = partial(self.clipboard_asked.emit, "paste", at.at)
        self._add(menu, say("menu", "Paste here"), paste, "Ctrl+V").setEnabled(_something())
        if not stage.scene.empty:
            menu.addSeparator()
            self._add(menu, say("menu", "Select all"), self._selecting.everything, "Ctrl+A")
            self._add(menu, say("menu", "Show the whole map"), stage.fit, "F")
        pictures = list(stage.scene.backdrops.rects)
        if pictures:
            menu.addSeparator()
            made = self._submenu(menu, say("menu", "Background picture"))
            self._picture(made, pictures)
            made.addSeparator()
            self._add(made, say("menu", "Take away"), partial(self._arranging.take_pictures, pictures))

    def _of_locked(self, menu: QMenu, under: Hit) -> None:
        """On a locked map one looks and goes round, no more."""
        links = self._stage.selected_links
        if under.part == "link" and len(links) == 1:
            self._ends(menu, links[0])
        elif under.id is not None and under.part != "inside":
            self._selecting_menu(menu)
            self._add(menu, say("menu", "Show whole"), self._keys.fit_selection, "Shift+F")
        self._add(menu, say("menu", "Show the whole map"), self._stage.fit, "F")
        menu.addSeparator()
        self._add(menu, say("menu", "Unlock the map"), partial(self._stage.lock, False))

    def _ends(self, menu: QMenu, link: LinkId) -> None:
        """To either end of a link."""
        found = self._stage.document.links[link]
        for end in (found.source, found.target):
            entry = say("menu", "Go to {name}", name=self._called(end))
            self._add(menu, entry, partial(self._selecting.go, end))

    def _called(self, end: EndId) -> str:
        """The name of an end as it is shown."""
        return in_entry(name_of(self._stage.session.shown, end))

    def _clipboard(self, menu: QMenu) -> None:
        for name, words, keys in (
            ("cut", say("menu", "Cut"), "Ctrl+X"),
            ("copy", say("menu", "Copy"), "Ctrl+C"),
        ):
            self._add(menu, words, partial(self.clipboard_asked.emit, name, None), keys)

    def _add(self, menu: QMenu, words: str, command: Command, keys: str = "") -> QAction:
        """An entry; its `keys`, as they are now, stand beside it, the canvas itself listens for them."""
        keys = self._keys.now(keys)
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

    def _forget(self) -> None:
        """Another map is open: what a menu still offers speaks of the last one."""
        self._commands = {}

    def _chosen(self, action: QAction) -> None:
        command = self._commands.get(action)
        self._forget()
        if command is not None:
            command()


def _something() -> bool:
    """Is there anything on the clipboard?"""
    held = QGuiApplication.clipboard().mimeData()
    return held is not None and bool(held.formats())
