"""The one table of actions: menus, bars, context menus and the shortcut sheet are made from it.

In which menu each stands, and in what order, is in `orgmap.ui.menu_order`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QWidget

from orgmap.drawing.style import Theme
from orgmap.i18n import Said, Text, text
from orgmap.ui import theme as looks
from orgmap.ui.shortcuts import is_single, key_sequences, portable

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
    LINK = auto()  # exactly one link is selected
    THINGS = auto()  # nodes, modules or notes are selected
    SEVERAL = auto()  # at least two of those
    TEAM = auto()  # modules are selected, or people of some


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


_E = Entry
_NONE = Needs.NOTHING

ENTRIES: tuple[Entry, ...] = (
    _E("new", text("action", "&New map"), ("Ctrl+N",), Standard.New, "file-plus", _NONE),
    _E("new_window", text("action", "New &window"), ("Ctrl+Shift+N",), needs=_NONE),
    _E("open", text("action", "&Open…"), ("Ctrl+O",), Standard.Open, "folder-open", _NONE),
    _E("import", text("action", "&Import a table…"), ("Ctrl+I",), None, "table", _NONE),
    _E("last_import", text("action", "&Last import…")),
    _E("save", text("action", "&Save"), ("Ctrl+S",), Standard.Save, "save"),
    _E("save_as", text("action", "Save &as…"), ("Ctrl+Shift+S",), Standard.SaveAs),
    _E("versions", text("action", "Pre&vious versions…")),
    _E("export", text("action", "&Export…"), ("Ctrl+Shift+E",), None, "upload"),
    _E("copy_picture", text("action", "Copy as a &picture"), (), None, "image", Needs.PEOPLE),
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
    _E("history", text("action", "&History…"), ("Ctrl+Shift+H",), None, "history"),
    _E("cut", text("action", "Cu&t"), ("Ctrl+X",), Standard.Cut, "scissors", Needs.SELECTION, canvas=True),
    _E("copy", text("action", "&Copy"), ("Ctrl+C",), Standard.Copy, "copy", Needs.SELECTION, canvas=True),
    _E("paste", text("action", "&Paste"), ("Ctrl+V",), Standard.Paste, "clipboard-paste", canvas=True),
    _E("duplicate", text("action", "Dup&licate"), ("Ctrl+D",), None, "copy-plus", Needs.THINGS, canvas=True),
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
    _E("select_others", text("action", "Select the &others"), needs=Needs.THINGS, canvas=True),
    _E(
        "select_neighbours",
        text("action", "Select &neighbours too"),
        ("Ctrl+Shift+J",),
        needs=Needs.THINGS,
        canvas=True,
    ),
    _E("select_links", text("action", "Select the &links among them"), needs=Needs.THINGS, canvas=True),
    _E("select_alike", text("action", "Select all al&ike"), needs=Needs.SELECTION, canvas=True),
    _E("select_module", text("action", "Out to its &module"), ("Alt+PgUp",), needs=Needs.THINGS, canvas=True),
    _E("select_people", text("action", "In to its &people"), ("Alt+PgDown",), needs=Needs.TEAM, canvas=True),
    _E("other_end", text("action", "&Go to the other end"), ("Ctrl+J",), needs=Needs.LINK, canvas=True),
    _E("move_start", text("action", "Give the link another &start…"), needs=Needs.LINK, canvas=True),
    _E("move_end", text("action", "Give the link another &end…"), needs=Needs.LINK, canvas=True),
    _E("turn_round", text("action", "&Turn the link round"), ("R",), None, "", Needs.LINKS, canvas=True),
    _E("two_way", text("action", "Both &ways, or one"), ("B",), None, "", Needs.LINKS, canvas=True),
    _E(
        "preferences",
        text("action", "Pr&eferences…"),
        ("Ctrl+,",),
        Standard.Preferences,
        "settings",
        _NONE,
        role=QAction.MenuRole.PreferencesRole,
    ),
    _E("select_tool", text("action", "Select and mo&ve"), ("V",), None, "mouse-pointer-2", canvas=True),
    _E("person", text("action", "&Person"), ("N",), None, "user-round", canvas=True),
    _E("module", text("action", "&Module"), ("M",), None, "panel-top", canvas=True),
    _E("entry", text("action", "&Type people and links"), ("Ctrl+E",), None, "terminal"),
    _E("link", text("action", "&Link"), ("L",), None, "pull-link", canvas=True),
    _E("note", text("action", "&Note"), ("T",), None, "sticky-note", canvas=True),
    _E("backdrop", text("action", "&Background picture…"), (), None, "wallpaper"),
    _E(
        "collapse",
        text("action", "Co&llapse or expand"),
        ("Ctrl+Shift+M",),
        needs=Needs.TEAM,
        canvas=True,
    ),
    _E("pin", text("action", "&Pin"), ("P",), None, "", Needs.NODES, canvas=True, checkable=True),
    _E("snap", text("action", "&Snap to neighbours"), checkable=True),
    _E("lock", text("action", "Loc&k the map"), checkable=True),
    *(
        _E(action_id, words, (keys,) if keys else (), None, icon, Needs.SEVERAL, canvas=True)
        for action_id, words, keys, icon in (
            ("align_left", text("action", "&Left"), "Ctrl+Shift+Left", "align-left"),
            ("align_centre", text("action", "&Centre"), "", "align-centre"),
            ("align_right", text("action", "&Right"), "Ctrl+Shift+Right", "align-right"),
            ("align_top", text("action", "&Top"), "Ctrl+Shift+Up", "align-top"),
            ("align_middle", text("action", "&Middle"), "", "align-middle"),
            ("align_bottom", text("action", "&Bottom"), "Ctrl+Shift+Down", "align-bottom"),
            ("distribute_across", text("action", "Distribute &across"), "", "distribute-across"),
            ("distribute_down", text("action", "Distribute &down"), "", "distribute-down"),
        )
    ),
    _E("tidy", text("action", "&Tidy by module"), ("Ctrl+T",), None, "sparkles", Needs.PEOPLE),
    _E("tidy_force", text("action", "Tidy by &closeness"), ("Ctrl+Shift+T",), None, "network", Needs.PEOPLE),
    _E("tidy_alone", text("action", "Tidy by closeness, &frames aside"), needs=Needs.PEOPLE),
    _E("tidy_levels", text("action", "Tidy by &level"), needs=Needs.PEOPLE),
    _E("tidy_flow", text("action", "Tidy by fl&ow of talk"), needs=Needs.PEOPLE),
    _E("tidy_circle", text("action", "Tidy in a ci&rcle"), needs=Needs.PEOPLE),
    _E("tidy_rings", text("action", "Tidy in rings round the &selected person"), needs=Needs.PEOPLE),
    _E("where_fits", text("action", "Where does this &fit?"), (), None, "", Needs.PEOPLE),
    _E("route", text("action", "How does a &question get there?"), ("Ctrl+R",), None, "", Needs.PEOPLE),
    _E("what_if_away", text("action", "What if this were &away?"), (), None, "", Needs.PEOPLE),
    _E("channels", text("action", "C&hannels…"), (), None, "cable"),
    _E("thresholds", text("action", "Cut-&offs of findings…"), (), None, "list-checks"),
    _E("view_map", text("action", "&Map"), ("Ctrl+1",), None, "", checkable=True),
    _E("view_people", text("action", "&People"), ("Ctrl+2",), None, "", checkable=True),
    _E("view_links", text("action", "&Links"), ("Ctrl+3",), None, "", checkable=True),
    _E("view_matrix", text("action", "Mat&rix"), ("Ctrl+4",), None, "", checkable=True),
    _E("view_measures", text("action", "Mea&sures"), ("Ctrl+5",), None, "", checkable=True),
    _E("view_charts", text("action", "&Charts"), ("Ctrl+6",), None, "", checkable=True),
    _E("zoom_in", text("action", "Zoom &in"), ("Ctrl++", "Ctrl+="), Standard.ZoomIn, "plus"),
    _E("zoom_out", text("action", "Zoom &out"), ("Ctrl+-",), Standard.ZoomOut, "minus"),
    _E("zoom_full", text("action", "Real si&ze"), ("Ctrl+0",), None),
    _E("fit", text("action", "&Fit everything"), ("F",), None, "maximize", Needs.PEOPLE, canvas=True),
    _E("fit_selection", text("action", "Fit the s&election"), ("Shift+F",), None, "", Needs.SELECTION, True),
    _E("filter", text("action", "Fi&lter…"), ("Ctrl+Shift+F",), None, "funnel"),
    _E("gauges", text("action", "Colour b&y measure…"), ("Ctrl+Shift+G",), needs=Needs.PEOPLE),
    _E("show_all", text("action", "Show &all"), ("Ctrl+Shift+A",), None),
    _E("hide_selected", text("action", "&Hide the selection"), needs=Needs.SELECTION),
    _E("only_selected", text("action", "Show &only the selection"), needs=Needs.SELECTION),
    _E("hide_channel", text("action", "Hide links on the same &channel"), needs=Needs.LINKS),
    _E("focus_0", text("action", "Focus: &everybody"), ("0",), canvas=True),
    _E("focus_1", text("action", "Focus: &1 step"), ("1",), canvas=True),
    _E("focus_2", text("action", "Focus: &2 steps"), ("2",), canvas=True),
    _E("focus_3", text("action", "Focus: &3 steps"), ("3",), canvas=True),
    _E("focus_4", text("action", "Focus: &4 steps"), ("4",), canvas=True),
    _E("focus_5", text("action", "Focus: &5 steps"), ("5",), canvas=True),
    _E("focus_hides", text("action", "Focus: &hide the rest"), checkable=True),
    _E("talk_full", text("action", "&Talk in full"), checkable=True),
    _E("talk_faded", text("action", "Talk f&aded"), checkable=True),
    _E("talk_hidden", text("action", "Talk h&idden"), checkable=True),
    _E("formal_full", text("action", "&Formal lines in full"), checkable=True),
    _E("formal_faded", text("action", "Formal lines fa&ded"), checkable=True),
    _E("formal_hidden", text("action", "Formal lines &hidden"), checkable=True),
    _E("needs_full", text("action", "&Needs in full"), checkable=True),
    _E("needs_faded", text("action", "Needs fad&ed"), checkable=True),
    _E("needs_hidden", text("action", "Need&s hidden"), checkable=True),
    _E("modules_only", text("action", "Mo&dule picture"), ("Shift+M",), None, canvas=True, checkable=True),
    _E("bundled", text("action", "&Bundle links between the same two"), checkable=True),
    _E("labels", text("action", "L&abels on links"), checkable=True),
    _E("hide_names", text("action", "Hide &names"), ("H",), None, canvas=True, checkable=True),
    _E("theme_system", text("action", "As the &system"), needs=_NONE, checkable=True),
    _E("theme_light", text("action", "&Light"), needs=_NONE, checkable=True),
    _E("theme_dark", text("action", "&Dark"), needs=_NONE, checkable=True),
    _E("theme_print", text("action", "As &printed"), needs=_NONE, checkable=True),
    _E("theme_contrast", text("action", "High &contrast"), needs=_NONE, checkable=True),
    _E("tools", text("action", "&Tool strip"), (), None, "", checkable=True),
    _E("panel", text("action", "Side &panel"), ("Ctrl+Shift+I",), None, "", checkable=True),
    _E("legend", text("action", "Le&gend"), (), None, "", checkable=True),
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
    _E("find", text("action", "&Find on the map…"), ("Ctrl+F",), Standard.Find, "search", Needs.PEOPLE),
    _E(
        "palette",
        text("action", "Find a co&mmand or a name…"),
        ("Ctrl+K", "Ctrl+Shift+P"),
        None,
        "command",
        _NONE,
    ),
    _E("change_keys", text("action", "Chan&ge keys…"), needs=_NONE),
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

ALTERING = frozenset(  # what a locked map does not let itself be done
    (
        *("cut", "paste", "duplicate", "delete", "rename", "turn_round", "two_way", "move_start", "move_end"),
        *("person", "module", "entry", "link", "note", "backdrop", "collapse", "pin"),
        *(entry.id for entry in ENTRIES if entry.id.startswith(("tidy", "align_", "distribute_"))),
    )
)

Keymap = Mapping[str, Sequence[QKeySequence]]  # by the id of the action


def usual_keys() -> dict[str, list[QKeySequence]]:
    """The keys of every action before anybody changed them."""
    return {entry.id: key_sequences(entry.keys, entry.standard) for entry in ENTRIES}


def canvas_keys(keys: Keymap | None = None) -> dict[str, list[QKeySequence]]:
    """The keys for which the canvas itself listens; the usual ones unless told otherwise."""
    found = usual_keys() if keys is None else keys
    return {entry.id: list(found[entry.id]) for entry in ENTRIES if entry.canvas}


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
        self._held: frozenset[str] = frozenset()
        self._custom: dict[str, list[QKeySequence]] = {}
        self._single = True
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
        self._single = on
        self._put_keys()

    def set_keys(self, custom: Keymap) -> None:
        """From now on these commands have these keys; all others the usual ones."""
        self._custom = {action_id: list(keys) for action_id, keys in custom.items()}
        self._put_keys()

    def keys(self) -> dict[str, list[QKeySequence]]:
        """The keys of every action, those of single letters too while they are switched off."""
        return usual_keys() | self._custom

    def told_keys(self) -> dict[str, list[QKeySequence]]:
        """The keys as lists tell them: without those a platform has besides, as keys for media."""
        besides = {
            entry.id: set(map(portable, key_sequences((), entry.standard))).difference(
                map(portable, key_sequences(entry.keys))
            )
            for entry in ENTRIES
        }
        keys = self.keys()
        return {key: [each for each in keys[key] if portable(each) not in besides[key]] for key in keys}

    def canvas_keys(self) -> dict[str, list[QKeySequence]]:
        """The keys for which the canvas itself listens."""
        return canvas_keys(self.keys())

    def _put_keys(self) -> None:
        keys = self.keys()
        for entry, action in self:
            action.setShortcuts([key for key in keys[entry.id] if self._single or not is_single(key)])

    def enable(self, present: Iterable[Needs]) -> None:
        """Enable what finds all it needs; undo and redo depend on the history, see `say_steps`."""
        there = {Needs.NOTHING, *present}
        for entry, action in self:
            if entry.id not in ("undo", "redo"):
                action.setEnabled(entry.needs in there and entry.id not in self._held)

    def hold(self, action_ids: Iterable[str]) -> None:
        """From the next `enable` on these stay disabled, whatever is there."""
        self._held = frozenset(action_ids)

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
