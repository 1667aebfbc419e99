"""The rows of the filter card: a value to tick, a kind of line to draw in full, pale or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from orgmap.drawing.looks import Presence
from orgmap.i18n import Text, say, text
from orgmap.model.entities import LinkKind
from orgmap.ui.reasons import Offer
from orgmap.ui.sieve import Facet, Filter
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import Words, in_entry

MOST = 60  # rows of one section; who has more finds them by typing
LETTERS = 26  # of a name in a row
INDENT = 16  # pixels for each level of nesting
LEAST = 24  # pixels: a target

_HOW: dict[Presence, Text] = {
    Presence.FULL: text("filter", "full"),
    Presence.FADED: text("filter", "faded"),
    Presence.HIDDEN: text("filter", "hidden"),
}
_LINES: dict[LinkKind, Text] = {
    LinkKind.TALKS: text("filter", "Talk"),
    LinkKind.REPORTS: text("filter", "Formal"),
    LinkKind.NEEDS: text("filter", "Needs"),
}


class ValueRow(QWidget):
    """One value: a tick, how many have it, and "only"."""

    ticked = Signal(object, bool)  # itself, on
    only = Signal(object)  # itself

    def __init__(self, facet: Facet, offer: Offer) -> None:
        super().__init__()
        self.facet = facet
        self.value = offer.value
        self.box = QCheckBox()
        self.box.clicked.connect(self._clicked)
        self._count = Words(role="quiet")
        self.alone = QPushButton()
        self.alone.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.alone.setCheckable(True)
        self.alone.setMinimumHeight(LEAST)
        set_role(self.alone, "small-quiet")
        self.alone.clicked.connect(self._alone)
        row = QHBoxLayout(self)
        row.setContentsMargins(offer.depth * INDENT, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.box, 1)
        row.addWidget(self._count)
        row.addWidget(self.alone)

    def show_offer(self, offer: Offer, *, on: bool, alone: bool) -> None:
        """What it is called, how many there are, and whether it is shown now."""
        self.box.setText(in_entry(offer.name, LETTERS))
        self.box.setChecked(on)
        self.box.setAccessibleName(say("filter", "{name}, {n}", name=offer.name, n=offer.count))
        self._count.setText(say("filter", "{n}", n=offer.count))
        self.alone.setText(say("filter", "only"))
        self.alone.setAccessibleName(say("filter", "Only {name}", name=offer.name))
        self.alone.setChecked(alone)

    def _clicked(self, on: bool) -> None:
        self.ticked.emit(self, on)

    def _alone(self) -> None:
        self.only.emit(self)


class SectionRows(QWidget):
    """The values of one facet under a heading. Away when there is nothing to choose between."""

    ticked = Signal(object, bool)  # ValueRow, on
    only = Signal(object)  # ValueRow

    def __init__(self, facet: Facet) -> None:
        super().__init__()
        self.facet = facet
        self.offers: Sequence[Offer] = ()
        self.rows: list[ValueRow] = []
        self.heading = Words(role="section")
        self.heading.setContentsMargins(0, 8, 0, 2)
        self.more = Words(role="quiet")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self.heading)
        self._column.addWidget(self.more)

    def set_title(self, words: str) -> None:
        """What the values are."""
        self.heading.setText(words)

    def show_offers(self, offers: Sequence[Offer], seen: frozenset[str] | None, one: Filter | None) -> None:
        """Show these; rows stay where they are while their values do."""
        same = [(o.value, o.depth) for o in offers] == [(o.value, o.depth) for o in self.offers]
        self.offers = offers
        if not same:
            self._rebuild()
        only = one is not None and one.only
        for row, offer in zip(self.rows, offers, strict=False):
            on = seen is None or (offer.value in seen) == only
            row.show_offer(offer, on=on, alone=one is not None and only and one.values == {offer.value})
        rest = len(offers) - len(self.rows)
        self.more.setVisible(rest > 0)
        self.more.setText(say("filter", "{n} more: type above", "{n} more: type above", n=rest))
        self.setVisible(len(offers) > 1 or one is not None)

    def _rebuild(self) -> None:
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for offer in self.offers[:MOST]:
            row = ValueRow(self.facet, offer)
            row.ticked.connect(self.ticked)
            row.only.connect(self.only)
            self._column.insertWidget(self._column.count() - 1, row)
            self.rows.append(row)


class LineRow(QWidget):
    """One kind of line: full, faded or hidden."""

    chosen = Signal(object, object)  # LinkKind, Presence

    def __init__(self, kind: LinkKind) -> None:
        super().__init__()
        self._kind = kind
        self.label = Words(role="body")
        self.group = QButtonGroup(self)
        self.buttons: dict[Presence, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.label, 1)
        for how in Presence:
            button = QPushButton()
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setMinimumHeight(LEAST)
            set_role(button, "small-quiet")
            self.group.addButton(button)
            self.buttons[how] = button
            row.addWidget(button)
        self.group.buttonClicked.connect(self._clicked)
        self._count = 0

    def relabel(self) -> None:
        """Say everything in the language in use."""
        name = str(_LINES[self._kind]())
        self.label.setText(say("filter", "{name} {n}", name=name, n=self._count))
        for how, button in self.buttons.items():
            button.setText(str(_HOW[how]()))
            button.setAccessibleName(say("filter", "{name}: {how}", name=name, how=_HOW[how]()))

    def show_state(self, how: Presence, count: int) -> None:
        """How they are drawn now, and how many there are."""
        self._count = count
        self.buttons[how].setChecked(True)
        self.relabel()

    def _clicked(self, pressed: QPushButton) -> None:
        for how, button in self.buttons.items():
            if button is pressed:
                self.chosen.emit(self._kind, how)
