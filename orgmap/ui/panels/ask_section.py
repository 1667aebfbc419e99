"""Part of an answer: sentences, and rows that select what they name. As widgets and as text to copy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from orgmap.drawing.style import Theme
from orgmap.i18n import Said, say
from orgmap.model.document import Document
from orgmap.model.entities import EndId, NodeId, NodeKind
from orgmap.model.query import name_of
from orgmap.ui.panels.listing import Item, Listing
from orgmap.ui.widgets.words import Words

ICONS = {NodeKind.SOURCE: "table"}  # all others stand for somebody


@dataclass(frozen=True, slots=True)
class Section:
    """`key` stays the same from answer to answer; without a title the sentences come first of all."""

    key: str
    title: str = ""
    lines: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()

    def __bool__(self) -> bool:
        """Does it say anything?"""
        return bool(self.lines or self.items)


def section(key: str, title: str, lines: Iterable[Said], items: Iterable[Item] = ()) -> Section:
    """A section from sentences and rows."""
    return Section(key, title, tuple(map(str, lines)), tuple(items))


def item(
    document: Document, end: EndId, aside: str = "", *, icon: str = "", also: Iterable[str] = ()
) -> Item:
    """A row that names a node or module and selects it, and `also` what lies on the way to it."""
    words = name_of(document, end)
    if not icon:
        node = document.nodes.get(NodeId(end))
        icon = "panel-top" if node is None else ICONS.get(node.kind, "user-round")
    return Item(frozenset((end, *also)), icon, words, aside)


def as_text(heading: str, sections: Sequence[Section]) -> str:
    """All of it as plain text, to be pasted into a letter."""
    parts = [heading]
    for part in sections:
        lines = [part.title] if part.title else []
        lines += part.lines
        lines += [
            say("ask copied", "- {words}: {aside}", words=row.words, aside=row.aside)
            if row.aside
            else say("ask copied", "- {words}", words=row.words)
            for row in part.items
        ]
        parts.append("\n".join(lines))
    return "\n\n".join(part for part in parts if part) + "\n"


class SectionView(QWidget):
    """One section on the screen; what it says again stays as it is."""

    selection_asked = Signal(object)  # frozenset of ids

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._heading = Words(role="section")
        self._lines: list[Words] = []
        self.listing = Listing("")
        self.listing.selection_asked.connect(self.selection_asked)
        self._said = QVBoxLayout()
        self._said.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._heading)
        column.addLayout(self._said)
        column.addWidget(self.listing)

    def show_section(self, theme: Theme, shown: Section) -> None:
        """Say this."""
        self._heading.setText(shown.title)
        self._heading.setVisible(bool(shown.title))
        while len(self._lines) < len(shown.lines):
            made = Words(role="claim" if not self._lines and not shown.title else "body")
            self._lines.append(made)
            self._said.addWidget(made)
        for place, words in enumerate(self._lines):
            words.setVisible(place < len(shown.lines))
            words.setText(shown.lines[place] if place < len(shown.lines) else "")
        self.listing.show_items(theme, shown.items)
