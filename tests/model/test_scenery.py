"""Notes and pictures, which mean nothing to the analysis."""

from __future__ import annotations

from orgmap.model import edits, scenery
from orgmap.model.document import Document, problems
from orgmap.model.entities import Frame, ModuleId, StickyId, StickyNote
from orgmap.model.fragments import copies


def test_a_note_stands_with_its_middle_where_one_points() -> None:
    change, made = scenery.add_sticky(Document(), (10.0, 20.0), "Ask Ana")

    note = Document().apply(change).stickies[made]

    assert (note.x + note.width / 2, note.y + note.height / 2) == (10.0, 20.0)
    assert note.text == "Ask Ana"


def test_notes_and_pictures_are_nothing_to_an_analysis() -> None:
    note, _ = scenery.add_sticky(Document(), (0.0, 0.0))
    picture, _ = scenery.add_backdrop(Document(), "AAAA", Frame(x=0, y=0, width=1, height=1))

    assert not note.structural()
    assert not picture.structural()


def test_copies_of_notes_are_notes_of_their_own() -> None:
    put, made = scenery.add_sticky(Document(), (0.0, 0.0), "Why?", colour=2)
    document = Document().apply(put)

    change, new = copies(document, [made], (30.0, 40.0))
    after = document.apply(change)

    first, second = after.stickies[made], after.stickies[StickyId(new[0])]
    assert (second.text, second.colour) == ("Why?", 2)
    assert (second.x - first.x, second.y - first.y) == (30.0, 40.0)
    assert problems(after) == []


def test_nothing_is_made_smaller_than_can_be_grasped() -> None:
    put, note = scenery.add_sticky(Document(), (0.0, 0.0))
    document = Document().apply(put)
    made, module = edits.add_module(document, "Empty", frame=Frame(x=0, y=0, width=200, height=120))
    document = document.apply(made)
    tiny = Frame(x=5, y=6, width=-50, height=0)

    document = document.apply(scenery.resize(document, note, tiny))
    document = document.apply(scenery.resize(document, module, tiny))

    found: StickyNote = document.stickies[note]
    frame = document.modules[ModuleId(module)].frame
    assert (found.x, found.y, found.width, found.height) == (5, 6, *scenery.LEAST_NOTE)
    assert frame == Frame(x=5, y=6, width=scenery.LEAST_FRAME[0], height=scenery.LEAST_FRAME[1])


def test_a_deleted_note_comes_back_as_it_was() -> None:
    put, note = scenery.add_sticky(Document(), (0.0, 0.0), "Keep me")
    document = Document().apply(put)

    change = edits.delete(document, [note])

    assert document.apply(change).stickies == {}
    assert document.apply(change).apply(change.inverse()) == document


def test_a_picture_covers_what_it_is_put_behind_without_being_stretched() -> None:
    wide = scenery.fitted(200.0, 100.0, Frame(x=0, y=0, width=100, height=100))

    assert wide == Frame(x=-50, y=0, width=200, height=100)
