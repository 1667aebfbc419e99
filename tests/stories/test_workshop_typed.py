"""The workshop, typed as fast as the group speaks: from the start page, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from orgmap.model.document import Document, problems
from tests.desk import CTRL, Desk, seated
from tests.stories.counting import CountingHand, people, talk
from tests.workshop import WORKSHOP

MOST_PRESSES = 450

# A tabulator is Tab, which takes the name that stands pale; each line ends with Enter.
TYPED = """\
Ana,Ben,Cleo,Dov,Edith@Sales
Farah,Goran,Hana,Ivo,Jana@Product
Kim,Lars,Mina,Nils,Olga@Support
Pia,Quentin,Rosa,Sven,Tove@Factory
A\t=B\t,C\t,D\t,E\t
B\t=C\t
F\t=G\t,H\t,I\t,J\t,A\t,P\t,K\t
G\t=H\t
I\t=J\t
K\t=L\t,M\t,N\t,O\t
L\t=M\t
P\t=Q\t,R\t,S\t,T\t
S\t=T\t
G\t>Q\t,R\t,S\t,T\t,L\t,D\t
O\t>E\t
N\t>I\t
T\t>J\t
A\t>K\t
A\t=P\t:mail weekly 15m
B\t=K\t:phone 2/w 10m
H\t=M\t:chat daily 5m
C\t>R\t:mail monthly
K\t>A\t:report weekly
I\t>S\t:ticket daily
"""
# The same as somebody writes it who leaves a space after each comma and colon.
TYPED_WITH_SPACES = TYPED.replace(",", ", ").replace(":", ": ")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path) as made:
        yield made


def begun(desk: Desk) -> CountingHand:
    """A hand at the start page, which has chosen to draw."""
    assert desk.window.on_start_page
    hand = CountingHand(desk.window)
    desk.window.start.setFocus()
    hand.type("\n")  # the first card: Draw
    desk.until(lambda: not desk.window.on_start_page)
    return hand


def field_of(desk: Desk) -> QLineEdit:
    found = desk.window.canvas.findChild(QLineEdit, "entry")
    assert found is not None
    return found


def says_the_workshop(document: Document) -> None:
    assert problems(document) == []
    assert people(document) == people(WORKSHOP)
    assert talk(document) == talk(WORKSHOP)


@pytest.mark.parametrize("typed", [TYPED, TYPED_WITH_SPACES], ids=["close", "with spaces"])
def test_a_workshop_is_typed_in_at_most_450_presses_from_the_start_page(
    desk: Desk, typed: str, record_property: Callable[[str, object], None]
) -> None:
    hand = begun(desk)
    assert field_of(desk).hasFocus()

    for line in typed.splitlines(keepends=True):
        hand.type(line)
        assert field_of(desk).text() == "", f"{line!r} was not taken"

    record_property("presses", hand.presses)
    says_the_workshop(desk.document)
    assert hand.presses <= MOST_PRESSES


def test_no_step_of_a_typed_workshop_is_lost_by_undoing_and_redoing_all(desk: Desk) -> None:
    hand = begun(desk)
    before = desk.document
    hand.type(TYPED)
    after = desk.document
    says_the_workshop(after)
    session = desk.window.session
    steps = len(session.history.steps[0])

    session.travel(-steps)
    undone = desk.document
    session.travel(steps)

    assert steps == len(TYPED.splitlines())
    assert undone == before == Document()
    assert desk.document == after


def test_what_was_typed_is_taken_back_from_the_field_itself(desk: Desk) -> None:
    hand = begun(desk)
    hand.type("Ana,Ben@Sales\nA\t=B\t\n")

    desk.key(Qt.Key.Key_Z, CTRL)
    assert (len(desk.document.nodes), len(desk.document.links)) == (2, 0)
    hand.type("Zo")
    desk.key(Qt.Key.Key_Z, CTRL)  # a line that is being typed is taken back first
    assert (len(desk.document.nodes), field_of(desk).text()) == (2, "")
    desk.key(Qt.Key.Key_Z, CTRL)

    assert desk.document == Document()
    assert field_of(desk).hasFocus()


def test_a_new_map_asked_for_over_an_unsaved_one_takes_what_is_typed_once_that_is_let_go(desk: Desk) -> None:
    hand = begun(desk)
    hand.type("Ana > Ben\n")

    desk.key(Qt.Key.Key_N, CTRL)
    desk.answer("unsaved", "Don")
    desk.until(lambda: not desk.document.nodes)
    hand.type("Cy\n")

    assert [node.name for node in desk.document.nodes.values()] == ["Cy"]
