"""The one table of actions: menus, bars, context menus and the shortcut sheet are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QWidget

from orgmap.drawing.style import Theme
from orgmap.i18n import Said, Text, text
from orgmap.ui import theme as looks
from orgmap.ui.shortcuts import is_single, key_sequences

Standard = QKeySequence.StandardKey


class Needs(Enum):
    """What has to be there before an action makes sense."""

    NOTHING = auto()
    MAP = auto()  # a map is shown, not the start page
    PEOPLE = auto()  # at least one node
    NODES = auto()  # nodes are selected
    ONE = auto()  # exactly one thing is selected
    SELECTION = auto()  # anything is selected
    LINKS = auto()  # links are selected


@dataclass(frozen=True, slots=True)
class Entry:
    """One action. `canvas`: the canvas itself listens for its keys; menus only show them."""

    id: str
    label: Text
    keys: tuple[str, ...] = ()
    standard: Standard | None = None
    icon: str = ""
    needs: Needs = Needs.MAP
    canvas: bool = False
    checkable: bool = False
    role: QAction.MenuRole = QAction.MenuRole.NoRole


@dataclass(frozen=True, slots=True)
class Group:
    """One menu. None among the ids is a line between groups; a name with ":" is a menu in the menu."""

    title: Text
    ids: tuple[str | None, ...]


_E = Entry
_NONE = Needs.NOTHING

ENTRIES: tuple[Entry, ...] = (
    _E("new", text("action", "&New map"), ("Ctrl+N",), Standard.New, "file-plus", _NONE),
    _E("open", text("action", "&Open…"), ("Ctrl+O",), Standard.Open, "folder-open", _NONE),
    _E("import", text("action", "&Import a table…"), ("Ctrl+I",), None, "table", _NONE),
    _E("save", text("action", "&Save"), ("Ctrl+S",), Standard.Save, "save"),
    _E("save_as", text("action", "Save &as…"), ("Ctrl+Shift+S",), Standard.SaveAs),
    _E("export_picture", text("action", "Export a &picture…"), ("Ctrl+Shift+E",), None, "image"),
    _E("export_data", text("action", "Export &data…"), (), None, "upload"),
    _E("print", text("action", "Prin&t…"), ("Ctrl+P",), Standard.Print, "printer", Needs.PEOPLE),
    _E("close", text("action", "&Close map"), ("Ctrl+W",), Standard.Close),
    _E(
        "quit",
        text("action", "&Quit"),
        ("Ctrl+Q",),
        Standard.Quit,
        needs=_NONE,
        role=QAction.MenuRole.QuitRole,
    ),
    _E("undo", text("action", "&Undo"), ("Ctrl+Z",), Standard.Undo, "undo-2"),
    _E("redo", text("action", "&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), Standard.Redo, "redo-2"),
    _E("duplicate", text("action", "D&uplicate"), ("Ctrl+D",), None, "copy", Needs.NODES, canvas=True),
    _E(
        "delete",
        text("action", "&Delete"),
        ("Del", "Backspace"),
        None,
        "trash-2",
        Needs.SELECTION,
        canvas=True,
    ),
    _E("rename", text("action", "Re&name"), ("F2",), None, "pencil", Needs.ONE, canvas=True),
    _E(
        "select_all",
        text("action", "Select &all"),
        ("Ctrl+A",),
        Standard.SelectAll,
        "",
        Needs.PEOPLE,
        canvas=True,
    ),
    _E("turn_round", text("action", "&Turn the link round"), ("R",), None, "", Needs.LINKS, canvas=True),
    _E("two_way", text("action", "Both &ways, or one"), ("B",), None, "", Needs.LINKS, canvas=True),
    _E(
        "preferences",
        text("action", "Pre&ferences…"),
        ("Ctrl+,",),
        Standard.Preferences,
        "settings",
        _NONE,
        role=QAction.MenuRole.PreferencesRole,
    ),
    _E("person", text("action", "&Person"), ("N",), None, "user-round", canvas=True),
    _E("module", text("action", "&Module"), ("M",), None, "panel-top", canvas=True),
    _E("link", text("action", "&Link"), ("L",), None, "pull-link", canvas=True),
    _E("tidy", text("action", "&Tidy by module"), ("Ctrl+T",), None, "sparkles", Needs.PEOPLE),
    _E("tidy_force", text("action", "Tidy by &closeness"), ("Ctrl+Shift+T",), None, "network", Needs.PEOPLE),
    _E("zoom_in", text("action", "Zoom &in"), ("Ctrl++", "Ctrl+="), Standard.ZoomIn, "plus"),
    _E("zoom_out", text("action", "Zoom &out"), ("Ctrl+-",), Standard.ZoomOut, "minus"),
    _E("zoom_full", text("action", "Real &size"), ("Ctrl+0",), None),
    _E("fit", text("action", "&Fit everything"), ("F",), None, "maximize", Needs.PEOPLE, canvas=True),
    _E("fit_selection", text("action", "Fit the s&election"), ("Shift+F",), None, "", Needs.SELECTION, True),
    _E("theme_system", text("action", "As the &system"), needs=_NONE, checkable=True),
    _E("theme_light", text("action", "&Light"), needs=_NONE, checkable=True),
    _E("theme_dark", text("action", "&Dark"), needs=_NONE, checkable=True),
    _E("tools", text("action", "&Tool strip"), (), None, "", checkable=True),
    _E("panel", text("action", "Side &panel"), ("Ctrl+Shift+I",), None, "", checkable=True),
    _E("next_area", text("action", "Next part of the &window"), ("F6",), None),
    _E("reset_layout", text("action", "&Reset layout"), needs=_NONE),
    _E(
        "full_screen",
        text("action", "F&ull screen"),
        ("F11",),
        Standard.FullScreen,
        needs=_NONE,
        checkable=True,
    ),
    _E(
        "shortcuts",
        text("action", "&Keys and gestures"),
        ("F1", "Ctrl+?", "Ctrl+Shift+/"),
        Standard.HelpContents,
        "keyboard",
        _NONE,
    ),
    _E(
        "about",
        text("action", "&About orgmap"),
        icon="info",
        needs=_NONE,
        role=QAction.MenuRole.AboutRole,
    ),
)

MENUS: tuple[Group, ...] = (
    Group(
        text("menu", "&File"),
        (
            "new", "open", "recent:", "import", None,
            "save", "save_as", None,
            "export_picture", "export_data", "print", None,
            "close", "quit",
        ),
    ),
    Group(
        text("menu", "&Edit"),
        (
            "undo", "redo", None,
            "rename", "duplicate", "delete", None,
            "turn_round", "two_way", None,
            "select_all", None,
            "preferences",
        ),
    ),
    Group(text("menu", "&Insert"), ("person", "module", "link")),
    Group(text("menu", "&Arrange"), ("tidy", "tidy_force")),
    Group(
        text("menu", "&View"),
        (
            "zoom_in", "zoom_out", "zoom_full", "fit", "fit_selection", None,
            "theme:", None,
            "tools", "panel", "next_area", "reset_layout", None,
            "full_screen",
        ),
    ),
    Group(text("menu", "&Help"), ("shortcuts", "about")),
)  # fmt: skip

SUBMENUS = {
    "recent:": text("menu", "Open &recent"),
    "theme:": text("menu", "&Theme"),
}

_UNDO = text("action", "&Undo: {what}")
_REDO = text("action", "&Redo: {what}")
_NO_UNDO = text("action", "&Undo")
_NO_REDO = text("action", "&Redo")


class Actions(QObject):
    """The actions of one window, made from the table. Keys of `canvas` entries are only shown."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._made: dict[str, QAction] = {}
        for entry in ENTRIES:
            action = QAction(str(entry.label()), self)
            action.setObjectName(entry.id)
            action.setCheckable(entry.checkable)
            action.setMenuRole(entry.role)
            action.setShortcuts(key_sequences(entry.keys, entry.standard))
            if entry.canvas:
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            else:
                window.addAction(action)
            self._made[entry.id] = action

    def __getitem__(self, action_id: str) -> QAction:
        return self._made[action_id]

    def __iter__(self) -> Iterator[tuple[Entry, QAction]]:
        """Each entry of the table with its action."""
        return ((entry, self._made[entry.id]) for entry in ENTRIES)

    def connect_all(self, slots: dict[str, Callable[..., object]]) -> None:
        """Connect each id to its slot; every action of the table must be among them."""
        missing = self._made.keys() ^ slots.keys()
        if missing:
            raise ValueError(f"actions and slots differ: {sorted(missing)}")
        for action_id, slot in slots.items():
            self._made[action_id].triggered.connect(slot)

    def set_theme(self, theme: Theme) -> None:
        """Icons in the colours of the theme."""
        for entry, action in self:
            if entry.icon:
                action.setIcon(looks.icon(entry.icon, theme["text"], disabled=theme["faded_text"]))
            else:
                action.setIcon(QIcon())

    def set_single_keys(self, on: bool) -> None:
        """Switch keys without a modifier, such as N, on or off."""
        for entry, action in self:
            keys = key_sequences(entry.keys, entry.standard)
            action.setShortcuts([key for key in keys if on or not is_single(key)])

    def enable(self, present: Iterable[Needs]) -> None:
        """Enable what finds all it needs; undo and redo depend on the history, see `say_steps`."""
        there = {Needs.NOTHING, *present}
        for entry, action in self:
            if entry.id not in ("undo", "redo"):
                action.setEnabled(entry.needs in there)

    def say_steps(self, undo: Said | None, redo: Said | None) -> None:
        """Undo and redo say what they would do."""
        for action_id, what, known, nothing in (
            ("undo", undo, _UNDO, _NO_UNDO),
            ("redo", redo, _REDO, _NO_REDO),
        ):
            action = self._made[action_id]
            action.setText(str(known(what=doubled(str(what)))) if what is not None else str(nothing()))
            action.setEnabled(what is not None)

    def relabel(self) -> None:
        """Say every label again, in the language now in use."""
        for entry, action in self:
            action.setText(str(entry.label()))


def doubled(words: str) -> str:
    """The user's words in a label, button or menu, where a single & would become a mnemonic."""
    return " ".join(words.split()).replace("&", "&&")


def plain(label: str) -> str:
    """A label without its mnemonic and without the dots that promise a dialog."""
    return label.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")
