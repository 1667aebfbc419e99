"""A seeded monkey at the canvas, and canvases that leave nothing behind."""

from __future__ import annotations

import gc
import random
import weakref

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from orgmap.drawing.style import theme
from orgmap.model.document import problems
from orgmap.ui.canvas.stage import TOOLS
from orgmap.ui.canvas.view import CanvasView
from orgmap.ui.session import Session
from tests.ui.conftest import Opened
from tests.ui.hand import ALT, CTRL, NONE, SHIFT, Hand, Key, laid
from tests.words import org

GESTURES = 300
CANVASES = 30  # one that stays is seen as well as two hundred
HELD = (NONE, NONE, NONE, SHIFT, CTRL, ALT)
KEYS = (
    (Key.Key_N, NONE), (Key.Key_M, NONE), (Key.Key_L, NONE), (Key.Key_R, NONE), (Key.Key_B, NONE),
    (Key.Key_F, NONE), (Key.Key_F, SHIFT), (Key.Key_A, CTRL), (Key.Key_D, CTRL), (Key.Key_Delete, NONE),
    (Key.Key_Return, NONE), (Key.Key_Return, ALT), (Key.Key_Escape, NONE), (Key.Key_Tab, NONE),
    (Key.Key_Up, NONE), (Key.Key_Down, SHIFT), (Key.Key_Left, ALT), (Key.Key_Right, CTRL),
    (Key.Key_Right, ALT | SHIFT), (Key.Key_F2, NONE), (Key.Key_V, NONE), (Key.Key_T, NONE),
    (Key.Key_P, NONE), (Key.Key_M, CTRL | SHIFT), (Key.Key_N, CTRL | SHIFT), (Key.Key_J, CTRL),
    (Key.Key_Left, CTRL | SHIFT), (Key.Key_3, NONE), (Key.Key_0, NONE), (Key.Key_PageUp, ALT),
    (Key.Key_PageDown, ALT), (Key.Key_Space, NONE),
)  # fmt: skip


def somewhere(chance: random.Random, hand: Hand) -> QPoint:
    """A pixel, half of the time that of a node."""
    nodes = [key for key in hand.document.nodes if hand.view.stage.scene.centre(key) is not None]
    if nodes and chance.random() < 0.5:
        return hand.pixel(chance.choice(nodes)) + QPoint(chance.randint(-20, 20), chance.randint(-20, 20))
    return QPoint(chance.randint(-50, 950), chance.randint(-50, 650))


def gesture(chance: random.Random, hand: Hand) -> None:
    """One thing a monkey does."""
    match chance.randrange(12):
        case 0 | 1 | 2:
            hand.drag(somewhere(chance, hand), somewhere(chance, hand), chance.choice(HELD))
        case 3:
            hand.click(somewhere(chance, hand), chance.choice(HELD))
        case 4:
            hand.double_click(somewhere(chance, hand))
        case 5:
            hand.type(chance.choice(["Zoe", "R&D", "<b>", "x"]))
        case 6:
            hand.key(*chance.choice(KEYS))
        case 7:
            hand.view.set_tool(chance.choice(TOOLS))
        case 8:
            undo = chance.random() < 0.7
            (hand.session.undo if undo else hand.session.redo)()
        case 9 | 10:
            interrupted(chance, hand)
        case 11:
            chance.choice(list(hand.view.commands.values()))() if chance.random() < 0.5 else None
            hand.view.stage.lock(chance.random() < 0.05)


def interrupted(chance: random.Random, hand: Hand) -> None:
    """A drag in whose middle something else happens; the button may never come up again."""
    held = chance.choice(HELD)
    hand.press(somewhere(chance, hand), held)
    hand.move(somewhere(chance, hand), held)
    match chance.randrange(5):
        case 0:
            QTest.keyClick(hand.view, *chance.choice(KEYS))
        case 1:
            hand.session.undo()
        case 2:
            hand.view.verbs.delete()
        case 3:
            hand.view.hands.cancel()
        case 4:
            hand.view.stage.lock(chance.random() < 0.3)
    hand.move(somewhere(chance, hand), chance.choice(HELD))
    if chance.random() < 0.8:
        hand.release(somewhere(chance, hand))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_monkey_breaks_nothing_and_all_of_it_can_be_undone(hand_on: Opened, seed: int) -> None:
    chance = random.Random(seed)
    document = org("a > b <> c, c > d", modules={"Sales": "a b", "Product": "c"}, people="e f")
    places = {key: (i * 130.0 - 300.0, (i % 3) * 120.0 - 100.0) for i, key in enumerate("abcdef")}
    hand = hand_on(document, places)
    hand.view.stage.snapping = True
    start = hand.document

    for _ in range(GESTURES):
        gesture(chance, hand)
        assert problems(hand.session.document) == []
        if chance.random() < 0.05:
            hand.view.grab()
    hand.view.naming.dismiss()
    hand.view.notes.leave()
    hand.view.linking.cancel()
    while hand.steps:
        hand.session.undo()

    assert hand.document == start


def test_canvases_made_and_closed_leave_no_live_objects(qapp: QApplication) -> None:
    before = len(qapp.topLevelWidgets())
    kept: list[weakref.ref[QObject]] = []
    document = laid(org("a > b > c", modules={"Sales": "a b"}), {"a": (0, 0), "b": (100, 0), "c": (200, 0)})

    for _ in range(CANVASES):
        session = Session()
        view = CanvasView(session, theme("light"))
        session.open(document)
        canvas = QAccessible.queryAccessibleInterface(view)
        for listed in (canvas.child(0), canvas.child(1)):
            assert [listed.child(i).text(QAccessible.Text.Name) for i in range(listed.childCount())]
        view.set_selection(["a"])
        view.verbs.rename()
        view.naming.dismiss()
        kept += [weakref.ref(view), weakref.ref(view.stage), weakref.ref(session)]
        kept += [weakref.ref(view.naming), weakref.ref(view.overlay.zoom), weakref.ref(view.announcer)]
        del canvas, listed
        view.deleteLater()
        qapp.sendPostedEvents(view, QEvent.Type.DeferredDelete)
        del view, session
    gc.collect()

    assert [ref() for ref in kept if ref() is not None] == []
    assert len(qapp.topLevelWidgets()) <= before
