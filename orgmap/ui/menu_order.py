"""The menus and their order: every action of the table stands in exactly one.

First what makes and keeps, then what changes, then what is seen and asked; as on every platform. Letters
behind an & are keys: none stands twice in one menu.
"""

from __future__ import annotations

from dataclasses import dataclass

from orgmap.i18n import Text, text

Ids = tuple[str | None, ...]  # None is a line between groups; a name with ":" is a menu in the menu


@dataclass(frozen=True, slots=True)
class Group:
    """One menu of the menu bar."""

    title: Text
    ids: Ids


THEMES = ("theme_system", "theme_light", "theme_dark", "theme_print", "theme_contrast")  # one is ticked

MENUS: tuple[Group, ...] = (
    Group(
        text("menu", "&File"),
        (
            "new", "new_window", "open", "recent:", "import", "last_import", None,
            "save", "save_as", "versions", None,
            "export", "copy_picture", "print", None,
            "close", "quit",
        ),
    ),
    Group(
        text("menu", "&Edit"),
        (
            "undo", "redo", "history", None,
            "cut", "copy", "paste", "duplicate", "delete", None,
            "rename", "links:", None,
            "select_all", "select:", "select_tool", None,
            "find", "palette", None,
            "thresholds", "change_keys", "preferences",
        ),
    ),
    Group(
        text("menu", "&Insert"),
        ("entry", None, "person", "module", "link", "note", None, "backdrop", "channels"),
    ),
    Group(
        text("menu", "&Arrange"),
        ("tidy", "tidy_force", "tidy:", None, "align:", "pin", "collapse", None, "snap", "lock"),
    ),
    Group(
        text("menu", "&View"),
        (
            "form:", None,
            "zoom_in", "zoom_out", "zoom_full", "fit", "fit_selection", None,
            "showing:", "focus:", "lines:", "gauges", "modules_only", "bundled", "labels", None,
            "theme:", "window:", None,
            "full_screen",
        ),
    ),
    Group(text("menu", "As&k"), ("where_fits", "route", "what_if_away")),
    Group(text("menu", "&Help"), ("shortcuts", "about")),
)  # fmt: skip

SUBMENUS = {
    "recent:": text("menu", "Open &recent"),
    "form:": text("menu", "Form of the &map"),
    "links:": text("menu", "Lin&k"),
    "select:": text("menu", "&Select"),
    "tidy:": text("menu", "&Other layouts"),
    "align:": text("menu", "&Align"),
    "showing:": text("menu", "&Hide and show"),
    "focus:": text("menu", "Fo&cus"),
    "lines:": text("menu", "Li&nes"),
    "theme:": text("menu", "&Theme"),
    "window:": text("menu", "&Window"),
}
FILLED: dict[str, Ids] = {  # menus in menus that always hold the same
    "form:": ("view_map", "view_people", "view_links", "view_matrix", "view_measures", "view_charts"),
    "links:": ("turn_round", "two_way", None, "other_end", "move_start", "move_end"),
    "select:": (
        "select_others", "select_neighbours", "select_links", "select_alike", None,
        "select_module", "select_people",
    ),
    "tidy:": ("tidy_levels", "tidy_flow", "tidy_circle", "tidy_rings", "tidy_alone"),
    "align:": (
        "align_left", "align_centre", "align_right", None,
        "align_top", "align_middle", "align_bottom", None,
        "distribute_across", "distribute_down",
    ),
    "showing:": (
        "filter", "hide_selected", "only_selected", "hide_channel", None,
        "show_all", None,
        "hide_names",
    ),
    "focus:": (
        "focus_0", "focus_1", "focus_2", "focus_3", "focus_4", "focus_5", None,
        "focus_hides",
    ),
    "lines:": (
        "talk_full", "talk_faded", "talk_hidden", None,
        "formal_full", "formal_faded", "formal_hidden", None,
        "needs_full", "needs_faded", "needs_hidden",
    ),
    "window:": ("tools", "panel", "legend", None, "next_area", "reset_layout"),
}  # fmt: skip


def menu_paths() -> dict[str, tuple[Text, ...]]:
    """The menus one opens to reach each action, in the order of the menus."""
    found: dict[str, tuple[Text, ...]] = {}
    inner = FILLED | {"theme:": THEMES}
    for group in MENUS:
        for key in filter(None, group.ids):
            if not key.endswith(":"):
                found[key] = (group.title,)
                continue
            for action_id in filter(None, inner.get(key, ())):
                found[action_id] = (group.title, SUBMENUS[key])
    return found
