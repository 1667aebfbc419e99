"""The one door for edits and the one bell."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgmap.files import native
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.document import Change
from orgmap.model.entities import NodeId
from orgmap.ui.session import Session
from tests.words import org

ADD, MOVE = verbatim("Add"), verbatim("Move")


@pytest.fixture
def session() -> Session:
    made = Session()
    made.open(org("ana <> ben"))
    return made


def added(session: Session, name: str = "cy") -> Change:
    return edits.add_node(session.document, name)[0]


def test_an_edit_rings_once_with_its_change_and_undo_rings_with_the_inverse(session: Session) -> None:
    rung: list[Change] = []
    session.changed.connect(rung.append)
    change = added(session)

    session.edit(ADD, change)
    session.undo()

    assert rung == [change, change.inverse()]


def test_revision_grows_with_every_replacement(session: Session) -> None:
    seen = [session.revision]

    session.edit(ADD, added(session))
    seen.append(session.revision)
    session.undo()
    seen.append(session.revision)
    session.redo()
    seen.append(session.revision)
    session.open(org("x <> y"))
    seen.append(session.revision)

    assert seen == sorted(set(seen))


def test_an_empty_edit_rings_nothing_and_leaves_no_step(session: Session) -> None:
    rung: list[Change] = []
    session.changed.connect(rung.append)

    session.edit(ADD, Change())

    assert rung == []
    assert session.history.undo_label is None


def test_a_change_made_for_another_map_is_refused_and_nothing_is_altered(session: Session) -> None:
    foreign = edits.move(org("x <> y"), {NodeId("x"): (1.0, 2.0)})
    before = session.document

    with pytest.raises(ValueError, match="another document"):
        session.edit(MOVE, foreign)

    assert session.document is before
    assert session.history.undo_label is None
    assert not session.modified


def test_steps_of_one_gesture_are_one_step_until_it_is_sealed(session: Session) -> None:
    for x in range(5):
        session.edit(MOVE, edits.move(session.document, {NodeId("ana"): (float(x), 0.0)}), "drag-1")
    session.seal()
    session.edit(MOVE, edits.move(session.document, {NodeId("ana"): (9.0, 0.0)}), "drag-1")

    assert len(session.history.steps[0]) == 2


def test_saved_counts_only_for_what_was_saved(session: Session, tmp_path: Path) -> None:
    session.edit(ADD, added(session))
    stored = session.document
    session.edit(ADD, added(session, "dan"))

    session.saved(tmp_path / "a.orgmap", stored)
    after_the_older_state = session.modified
    session.saved(tmp_path / "a.orgmap", session.document)

    assert after_the_older_state
    assert not session.modified


def test_undo_back_to_the_saved_state_is_unmodified_and_beyond_it_is_not(
    session: Session, tmp_path: Path
) -> None:
    session.edit(ADD, added(session))
    session.saved(tmp_path / "a.orgmap", session.document)

    session.undo()
    before_it = session.modified
    session.redo()

    assert before_it
    assert not session.modified


def test_undo_after_a_map_was_read_ends_at_what_its_file_holds_and_that_counts_as_saved(
    session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "a.orgmap"
    native.save(org("x <> y, y > z"), path)
    session.edit(ADD, added(session))
    session.open(native.load(path), path)

    session.undo()  # nothing of the map before is left
    for name in ("cy", "dan"):
        session.edit(ADD, added(session, name))
    edited = session.modified
    for _ in range(5):
        session.undo()

    assert edited
    assert session.document == native.load(path)
    assert not session.modified


def test_a_map_opened_as_unsaved_is_modified_whatever_is_undone(session: Session) -> None:
    session.open(org("x <> y"), saved=False)

    session.undo()

    assert session.modified


def test_travelling_is_undo_and_redo_in_a_row(session: Session) -> None:
    before = session.document
    for name in ("cy", "dan", "eva"):
        session.edit(ADD, added(session, name))
    after = session.document

    session.travel(-3)
    back = session.document
    session.travel(3)

    assert back == before
    assert session.document == after


def test_travelling_far_rings_once_and_leaves_the_map_of_that_step() -> None:
    session = Session()
    session.open(org("ana <> ben"))
    seen = []
    for x in range(500):
        seen.append(session.document)
        session.edit(verbatim("Move"), edits.move(session.document, {NodeId("ana"): (float(x), 0.0)}))
    last = session.document
    rings: list[Change] = []
    session.changed.connect(rings.append)

    session.travel(-400)
    back = session.document
    session.travel(400)

    assert len(rings) == 2
    assert back == seen[100]
    assert session.document == last
