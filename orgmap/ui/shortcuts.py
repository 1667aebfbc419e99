"""The keys of an action: the platform's own where it has them, and those everybody expects besides.

Qt's standard keys are empty for some actions on some platforms (Quit, Preferences, Full Screen),
and name only one of the two redos; so every action also names its keys itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence


def key_sequences(
    named: Sequence[str], standard: QKeySequence.StandardKey | None = None
) -> list[QKeySequence]:
    """All keys of an action, the one shown in menus first; each once.

    `named` are portable, such as "Ctrl+Shift+S". On macOS Qt turns Ctrl into Command.
    """
    bindings = QKeySequence.keyBindings(standard) if standard is not None else []
    found: list[QKeySequence] = []
    for keys in [*(QKeySequence(name) for name in named), *bindings]:
        if not keys.isEmpty() and keys not in found:
            found.append(keys)
    return found


def shown(keys: Sequence[QKeySequence]) -> str:
    """The keys as the platform writes them, "Ctrl+Shift+Z, Ctrl+Y"."""
    return ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in keys)


def is_single(key: QKeySequence) -> bool:
    """Is it one letter, digit or sign, at most with Shift, which a person may want switched off?"""
    return len(portable(key).removeprefix("Shift+")) == 1


def portable(key: QKeySequence) -> str:
    """The keys as every platform names them, "Ctrl+Shift+Z"."""
    return key.toString(QKeySequence.SequenceFormat.PortableText)


def pressed(event: QKeyEvent) -> Iterator[QKeySequence]:
    """What the keys just pressed say. A sign that needs Shift, as `?`, is also itself without it."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key(event.key())
    yield QKeySequence(QKeyCombination(held, key))
    sign = event.text()
    shift = Qt.KeyboardModifier.ShiftModifier
    if held & shift and len(sign) == 1 and sign.isprintable() and not sign.isalnum() and sign != " ":
        yield QKeySequence(QKeyCombination(held & ~shift, key))
