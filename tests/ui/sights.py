"""Four people in a row, and what a hand finds shown of them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import ChannelId, LinkId
from orgmap.ui.canvas.chips import Chip
from orgmap.ui.canvas.filter_rows import ValueRow
from orgmap.ui.sieve import Facet
from tests.ui.hand import LEFT, Hand
from tests.words import org

ROW = {"ana": (-300.0, 0.0), "ben": (-100.0, 0.0), "cy": (100.0, 0.0), "dov": (300.0, 0.0)}
NOTHING = verbatim("")


def four() -> Document:
    """Ana, Ben, Cy and Dov in a row, each talking with the next; the first by mail."""
    document = org(
        "ana <> ben, ben > cy, cy <> dov",
        modules={"Sales": "ana ben", "Product": "cy dov"},
        levels={"ana": 1, "ben": 2, "cy": 2, "dov": 3},
    )
    for link, channel in (("l1", "mail"), ("l2", "chat"), ("l3", "chat")):
        change = edits.set_fields(document, [LinkId(link)], channel=ChannelId(channel))
        document = document.apply(change)
    return document


def said(hand: Hand) -> list[str]:
    """What the chips say."""
    found = []
    for chip in hand.view.overlay.chips:
        label = chip if isinstance(chip, Chip) else hand.view.overlay.reasons.focus.whom
        found.append(label.text())
    return found


def seen(hand: Hand) -> set[str]:
    """The nodes, modules and links a screen reader finds."""
    items = hand.view.announcer.items
    return {*items.ids(links=False), *items.ids(links=True)}


def row(hand: Hand, facet: Facet, value: str) -> ValueRow:
    """A row of the filter card."""
    return next(r for r in hand.view.overlay.card.sections[facet].rows if r.value == value)


def press(button: QWidget) -> None:
    """Click in the middle of a button; a box at its left end."""
    QTest.mouseClick(button, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(10, button.height() // 2))


def chip(hand: Hand, key: str) -> Chip:
    """The chip of a reason."""
    found = hand.view.overlay.reasons.chip(key)
    assert found is not None
    return found
