"""The same workshop drawn with the pointer: put, name, frame, pull, choose. No dialog is opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from orgmap.model.document import Document, problems
from orgmap.model.entities import NodeId
from orgmap.ui.canvas.gestures import Pointer, hit
from tests.desk import LEFT, Desk, seated
from tests.stories.counting import people, talk
from tests.ui.hand import Hand
from tests.workshop import WORKSHOP

Key = Qt.Key
CORNERS = {"Sales": (-480, -290), "Product": (60, -290), "Support": (-480, 40), "Factory": (60, 40)}
PLACES = ((0, 0), (140, 40), (280, 0), (70, 140), (210, 140))  # of five people in one module


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path) as made:
        made.window.resize(1700, 1000)
        made.press_card("Draw")
        made.until(lambda: not made.window.on_start_page)
        yield made


class Pointing(Hand):
    """A hand that calls people by their names."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window.canvas)
        self.desk = desk

    def called(self, name: str) -> str:
        """The id of who has this name."""
        (found,) = (node.id for node in self.document.nodes.values() if node.name == name)
        return found

    def put(self, name: str, place: tuple[int, int]) -> None:
        """Double-click on the ground, and type the name."""
        self.double_click(place)
        self.type(name)
        self.key(Key.Key_Escape)

    def frame(self, name: str, corner: tuple[int, int]) -> None:
        """Take the module tool and draw round people."""
        tool = self.desk.window.findChild(QToolButton, "tool-module")
        assert tool is not None
        QTest.mouseClick(tool, LEFT)
        x, y = corner
        self.drag((x - 60, y - 45), (x + 340, y + 200))
        self.type(name)
        self.key(Key.Key_Escape)

    def link(self, source: str, target: str) -> str:
        """Pull a link to the other, from where the rim faces it; its id."""
        before = set(self.document.links)
        one, other = self.called(source), self.called(target)
        rim = self.view.stage.scene.rim_point(NodeId(one), *self.place(other))
        self.drag(self.view.camera.to_screen(rim.x(), rim.y()).toPoint(), other)
        (made,) = set(self.document.links) - before
        return made

    def spot_on(self, link: str) -> QPoint:
        """A pixel at which the pointer is over this link and nothing else."""
        rect = self.view.stage.extent([link]).adjusted(-30, -30, 30, 30)
        for step in range(2_000):
            x = rect.left() + rect.width() * (step * 0.618 % 1.0)
            y = rect.top() + rect.height() * (step / 2_000)
            at = self.view.camera.to_screen(x, y).toPoint()
            where = self.view.camera.to_map(at.x(), at.y())
            under = hit(self.view.stage, Pointer(at.x(), at.y(), where.x(), where.y()))
            if under.id == link and self.view.childAt(at) is None:
                return at
        raise AssertionError(f"{link} cannot be pointed at")

    def fill(self, label: str, words: str) -> None:
        """Click a field of the inspector and type into it."""
        fields = self.desk.window.side.inspector.findChildren(QLineEdit)
        field = next(f for f in fields if f.isVisible() and f.accessibleName().startswith(label))
        QTest.mouseClick(field, LEFT)
        self.type(words)
        self.key(Key.Key_Return)


def drawn(desk: Desk) -> Pointing:
    """Everybody, every module and every link of the workshop."""
    hand = Pointing(desk)
    inside = people(WORKSHOP)
    for module, (x, y) in CORNERS.items():
        here = [name for name, modules in inside.items() if modules == (module,)]
        for name, (dx, dy) in zip(here, PLACES, strict=True):
            hand.put(name, (x + dx, y + dy))
        hand.frame(module, (x, y))
    for link in WORKSHOP.links.values():
        made = hand.link(str(link.source), str(link.target))
        if not link.two_way:
            hand.choose(hand.spot_on(made), "Both ways")
        if link.channel is not None:
            hand.choose(hand.spot_on(made), "Channel", WORKSHOP.channels[link.channel].name)
        if link.per_week is not None:
            hand.click(hand.spot_on(made))
            hand.fill("How often", f"{link.per_week:g}")
        if link.minutes is not None:
            hand.fill("How long", f"{link.minutes:g}")
    return hand


def test_a_workshop_is_drawn_with_the_pointer_and_without_a_dialog_and_no_step_is_lost(desk: Desk) -> None:
    desk.window.side.setCurrentWidget(desk.window.side.inspector)

    hand = drawn(desk)

    after = desk.document
    assert problems(after) == []
    assert people(after) == people(WORKSHOP)
    assert talk(after) == talk(WORKSHOP)
    assert desk.no_dialog()
    steps = hand.steps
    desk.window.session.travel(-steps)
    assert desk.document == Document()
    desk.window.session.travel(steps)
    assert desk.document == after


def test_a_link_pulled_onto_empty_ground_makes_the_other_end(desk: Desk) -> None:
    hand = Pointing(desk)
    hand.put("Ana", (-200, 0))

    hand.drag(hand.rim(hand.called("Ana")), (150, 40))
    hand.type("Ben")
    hand.key(Key.Key_Escape)

    assert hand.lines == ["Ana <> Ben"]
    assert hand.place(hand.called("Ben")) == (150, 40)
