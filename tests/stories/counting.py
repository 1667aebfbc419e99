"""A hand whose presses are counted, and what two maps must have in common to say the same."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from orgmap.model.document import Document
from orgmap.model.query import name_of

KEYS = {"\t": Qt.Key.Key_Tab, "\n": Qt.Key.Key_Return, "\x1b": Qt.Key.Key_Escape}

Said = tuple[frozenset[str] | tuple[str, str], bool, str, str, float | None, float | None]


class CountingHand:
    """Presses keys in whatever has the keyboard of `window`. A shifted character is one press."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.presses = 0

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, alone or with others held."""
        QTest.keyClick(QApplication.focusWidget() or self._window, key, held)
        self.presses += 1

    def type(self, letters: str) -> None:
        """Letters one after the other; a tabulator is Tab, a line break Enter, an escape Esc."""
        for letter in letters:
            if letter in KEYS:
                self.key(KEYS[letter])
            else:
                QTest.keyClicks(QApplication.focusWidget() or self._window, letter)
                self.presses += 1


def people(document: Document) -> dict[str, tuple[str, ...]]:
    """Who is on a map, and in which modules."""
    return {
        node.name: tuple(document.modules[module].name for module in node.modules)
        for node in document.nodes.values()
    }


def talk(document: Document) -> Counter[Said]:
    """What the links of a map say: between whom, which way, and how. Two-way talk has no first end."""
    said: Counter[Said] = Counter()
    for link in document.links.values():
        ends = name_of(document, link.source), name_of(document, link.target)
        channel = document.channels[link.channel].name if link.channel is not None else ""
        between = frozenset(ends) if link.two_way else ends
        said[between, link.two_way, str(link.kind), channel, link.per_week, link.minutes] += 1
    return said
