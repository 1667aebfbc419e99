"""Tidying: one step of undo, nobody's later move overwritten, nothing left half-way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import NodeId
from orgmap.ui.analyst import Analyst
from orgmap.ui.arranging import Arranger
from orgmap.ui.session import Session
from tests.ui import puppet
from tests.words import org

ANA, BEN, CY = NodeId("ana"), NodeId("ben"), NodeId("cy")
HOME = (7.0, 7.0)  # where the puppet sends everybody
MOVE = verbatim("Move")


@pytest.fixture
def session() -> Session:
    made = Session()
    document = org("ana <> ben <> cy")
    spread = {ANA: (0.0, 0.0), BEN: (100.0, 0.0), CY: (0.0, 100.0)}
    made.open(document.apply(edits.move(document, spread)))
    return made


@pytest.fixture
def arranger(session: Session) -> Iterator[Arranger]:
    analyst = Analyst(session, puppet.obedient)
    analyst.start()
    yield Arranger(session, analyst)
    analyst.close()


def place(document: Document, node: NodeId) -> tuple[float | None, float | None]:
    return document.nodes[node].x, document.nodes[node].y


def test_everybody_glides_there_and_one_undo_takes_it_back(
    qtbot: QtBot, session: Session, arranger: Arranger
) -> None:
    before = session.document
    seen: set[tuple[float | None, float | None]] = set()
    session.changed.connect(lambda _: seen.add(place(session.document, BEN)))

    with qtbot.waitSignal(arranger.settled, timeout=20_000):
        arranger.tidy("force")
    after = [place(session.document, node) for node in (ANA, BEN, CY)]
    session.undo()

    assert after == [HOME] * 3
    assert len(seen) > 2
    assert session.document == before
    assert session.history.undo_label is None


def test_with_reduced_motion_everybody_is_there_at_once(
    qtbot: QtBot, session: Session, arranger: Arranger
) -> None:
    arranger.reduced = True
    rung: list[object] = []
    session.changed.connect(rung.append)

    with qtbot.waitSignal(arranger.settled, timeout=20_000):
        arranger.tidy()

    assert len(rung) == 1


def test_the_selection_alone_can_be_tidied(qtbot: QtBot, session: Session, arranger: Arranger) -> None:
    with qtbot.waitSignal(arranger.settled, timeout=20_000):
        arranger.tidy("modules", [BEN])

    assert place(session.document, BEN) == HOME
    assert place(session.document, CY) == (0.0, 100.0)


def test_who_was_moved_since_stays_and_who_was_deleted_is_no_trouble(
    qtbot: QtBot, session: Session, arranger: Arranger
) -> None:
    with qtbot.waitSignal(arranger.settled, timeout=20_000):
        arranger.tidy()
        session.edit(MOVE, edits.move(session.document, {ANA: (50.0, 50.0)}))
        session.edit(verbatim("Delete"), edits.delete(session.document, [CY]))

    assert place(session.document, ANA) == (50.0, 50.0)
    assert place(session.document, BEN) == HOME


def test_an_edit_while_people_glide_brings_the_rest_home(
    qtbot: QtBot, session: Session, arranger: Arranger
) -> None:
    arranger.tidy()
    qtbot.waitUntil(lambda: arranger.gliding, timeout=20_000)

    with qtbot.waitSignal(arranger.settled):
        session.edit(MOVE, edits.move(session.document, {ANA: (50.0, 50.0)}))

    assert place(session.document, ANA) == (50.0, 50.0)
    assert place(session.document, BEN) == HOME
    assert not arranger.gliding


def test_undo_while_people_glide_calls_it_off(qtbot: QtBot, session: Session, arranger: Arranger) -> None:
    before = session.document
    arranger.tidy()
    qtbot.waitUntil(lambda: session.history.undo_label is not None, timeout=20_000)

    session.undo()

    assert not arranger.gliding
    assert session.document == before


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_N])
def test_a_key_while_people_glide_brings_them_home_and_esc_does_nothing_else(
    qtbot: QtBot, session: Session, arranger: Arranger, key: Qt.Key
) -> None:
    before = session.document
    pressed: list[int] = []

    class Ear(QWidget):
        def keyPressEvent(self, event: QKeyEvent) -> None:
            pressed.append(event.key())

    ear = Ear()
    qtbot.addWidget(ear)
    arranger.watch(ear)
    arranger.tidy()
    qtbot.waitUntil(lambda: arranger.gliding, timeout=20_000)

    QTest.keyPress(ear, key)

    assert not arranger.gliding
    assert [place(session.document, node) for node in (ANA, BEN, CY)] == [HOME] * 3
    assert pressed == ([] if key == Qt.Key.Key_Escape else [key])
    session.undo()
    assert session.document == before


def test_a_press_of_the_mouse_while_people_glide_brings_them_home_and_is_heard(
    qtbot: QtBot, session: Session, arranger: Arranger
) -> None:
    ear = QPushButton()
    qtbot.addWidget(ear)
    arranger.watch(ear)
    arranger.tidy()
    qtbot.waitUntil(lambda: arranger.gliding, timeout=20_000)

    QTest.mousePress(ear, Qt.MouseButton.LeftButton)

    assert not arranger.gliding
    assert ear.isDown()
    assert place(session.document, BEN) == HOME


def test_another_map_opened_meanwhile_is_left_alone(
    qtbot: QtBot, session: Session, arranger: Arranger
) -> None:
    arranger.tidy()
    qtbot.waitUntil(lambda: arranger.gliding, timeout=20_000)

    other = org("x <> y")
    session.open(other)

    assert session.document is other
    assert not arranger.gliding
