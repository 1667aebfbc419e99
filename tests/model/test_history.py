"""Undo and redo of everything, and whether the file still has what is here."""

from __future__ import annotations

from orgmap.i18n import Said, verbatim
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import NodeId
from orgmap.model.history import MOST, History
from tests.words import org


class Desk:
    """A document with its history, as a session holds them."""

    def __init__(self) -> None:
        self.document = org("ana <> ben")
        self.history = History()

    def move(self, x: float, merge: str | None = None) -> None:
        change = edits.move(self.document, {NodeId("ana"): (x, 0.0)})
        self.history.push(_label("Move"), change, merge)
        self.document = self.document.apply(change)

    def undo(self) -> None:
        change = self.history.undo()
        assert change is not None
        self.document = self.document.apply(change)

    def redo(self) -> None:
        change = self.history.redo()
        assert change is not None
        self.document = self.document.apply(change)


def _label(word: str) -> Said:
    return verbatim(word)


def _x(document: Document) -> float | None:
    return document.nodes[NodeId("ana")].x


def test_undo_takes_back_and_redo_does_again() -> None:
    desk = Desk()
    desk.move(1.0)
    desk.move(2.0)

    desk.undo()
    back = _x(desk.document)
    desk.redo()

    assert back == 1.0
    assert _x(desk.document) == 2.0


def test_the_steps_of_one_drag_are_one_step() -> None:
    desk = Desk()
    for x in range(1, 51):
        desk.move(float(x), "drag-1")

    desk.undo()

    assert _x(desk.document) is None
    assert desk.history.undo_label is None


def test_two_drags_are_two_steps() -> None:
    desk = Desk()
    desk.move(1.0, "drag-1")
    desk.move(2.0, "drag-2")

    desk.undo()

    assert _x(desk.document) == 1.0


def test_a_drag_back_to_where_it_began_leaves_nothing() -> None:
    desk = Desk()
    desk.move(1.0)
    desk.move(2.0, "drag-1")
    desk.move(1.0, "drag-1")

    assert len(desk.history.steps[0]) == 1


def test_a_sealed_step_takes_in_nothing_more() -> None:
    desk = Desk()
    desk.move(1.0, "nudge")
    desk.history.seal()
    desk.move(2.0, "nudge")

    assert len(desk.history.steps[0]) == 2


def test_saved_is_remembered_through_undo_and_redo() -> None:
    desk = Desk()
    desk.move(1.0)
    desk.history.mark_clean()
    desk.move(2.0)

    dirty = desk.history.clean
    desk.undo()

    assert not dirty
    assert desk.history.clean


def test_a_saved_state_that_can_no_longer_be_reached_is_never_clean_again() -> None:
    desk = Desk()
    desk.move(1.0)
    desk.history.mark_clean()
    desk.undo()
    desk.move(5.0)

    after_edit = desk.history.clean
    desk.undo()

    assert not after_edit
    assert not desk.history.clean


def test_an_edit_after_undo_ends_redo() -> None:
    desk = Desk()
    desk.move(1.0)
    desk.undo()
    desk.move(2.0)

    assert desk.history.redo() is None


def test_a_merged_step_does_not_swallow_what_was_saved() -> None:
    desk = Desk()
    desk.move(1.0, "drag-1")
    desk.history.mark_clean()
    desk.move(2.0, "drag-1")

    desk.undo()

    assert desk.history.clean
    assert _x(desk.document) == 1.0


def test_very_old_steps_are_forgotten_and_saved_is_still_right() -> None:
    desk = Desk()
    for x in range(MOST + 5):
        desk.move(float(x))
    desk.history.mark_clean()
    desk.move(-1.0)
    desk.undo()

    assert len(desk.history.steps[0]) == MOST - 1
    assert desk.history.clean


def test_travelling_is_one_change_and_the_steps_stay_where_they_were() -> None:
    desk = Desk()
    for x in range(1, 8):
        desk.move(float(x))
    at_the_end = desk.document

    back = desk.history.travel(-5)
    assert back is not None
    desk.document = desk.document.apply(back)
    there = _x(desk.document), [len(part) for part in desk.history.steps]
    forth = desk.history.travel(99)
    assert forth is not None
    desk.document = desk.document.apply(forth)

    assert there == (2.0, [2, 5])
    assert desk.document == at_the_end
    assert desk.history.travel(1) is None


def test_the_saved_place_is_known_by_the_number_of_steps_to_it() -> None:
    desk = Desk()
    opened = desk.history.saved_at
    desk.move(1.0)
    desk.history.mark_clean()
    desk.move(2.0)
    desk.undo()
    desk.undo()

    assert opened == 0
    assert desk.history.saved_at == 1
    desk.move(9.0)
    assert desk.history.saved_at is None
