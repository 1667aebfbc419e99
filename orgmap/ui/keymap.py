"""The keys a person gave commands instead of the usual ones: kept, read with a check, and judged."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import Enum, auto

from PySide6.QtGui import QKeySequence

from orgmap.ui.actions import ENTRIES, Actions, usual_keys
from orgmap.ui.settings import Settings
from orgmap.ui.shortcuts import is_single, portable

CUSTOM = "keys/custom"
MOST = 4  # keys of one command
RESERVED = frozenset(  # what the canvas, fields and menus need themselves
    ("Esc", "Tab", "Shift+Tab", "Shift+Backtab", "Return", "Enter", "Space", "Alt+Return", "Alt+Enter", "F10",
     "Shift+F10", "Menu", "Home", "End", "PgUp", "PgDown",
     *(f"{held}{arrow}" for held in ("", "Shift+", "Alt+", "Alt+Shift+", "Ctrl+")
       for arrow in ("Left", "Right", "Up", "Down")))
)  # fmt: skip
_CANVAS = frozenset(entry.id for entry in ENTRIES if entry.canvas)

Keys = dict[str, list[QKeySequence]]


class Fault(Enum):
    """Why keys cannot be given to a command."""

    NONE = auto()
    RESERVED = auto()  # something needs them that is no command
    SINGLE = auto()  # a letter alone would be typed into fields
    TAKEN = auto()  # another command has them


def custom_keys(settings: Settings) -> Keys:
    """What was changed, by command; anything in the settings that makes no sense is left out."""
    try:
        found = json.loads(settings.text(CUSTOM, "{}"))
    except (ValueError, RecursionError):
        return {}
    known = {entry.id for entry in ENTRIES}
    made: Keys = {}
    for action_id, named in found.items() if isinstance(found, dict) else ():
        if action_id in known and isinstance(named, list):
            keys = [QKeySequence(name) for name in named[:MOST] if isinstance(name, str)]
            made[action_id] = [key for key in keys if key.count() == 1 and portable(key) not in RESERVED]
    return made


def keep(settings: Settings, custom: Mapping[str, Sequence[QKeySequence]]) -> None:
    """Remember what differs from the usual keys."""
    usual = usual_keys()
    differing = {key: list(map(portable, keys)) for key, keys in custom.items() if list(keys) != usual[key]}
    if differing:
        settings.put(CUSTOM, json.dumps(differing))
    else:
        settings.forget(CUSTOM)


def judged(actions: Actions, action_id: str, key: QKeySequence) -> tuple[Fault, str]:
    """Can this command have this key? If another has it, its id comes along."""
    name = portable(key)
    if key.isEmpty() or name in RESERVED:
        return Fault.RESERVED, ""
    if is_single(key) and action_id not in _CANVAS:
        return Fault.SINGLE, ""
    for other, keys in actions.keys().items():
        if other != action_id and key in keys:
            return Fault.TAKEN, other
    return Fault.NONE, ""
