"""What the room says of findings, and which finding it means."""

from __future__ import annotations

import pytest

from orgmap.drawing.hidden import nameless
from orgmap.drawing.masked import Mask
from orgmap.model import edits, remarks
from orgmap.model.document import Document, problems
from orgmap.model.entities import Remark
from tests.words import org

MAP = org("Ana <> Ben, Ben <> Cy, Cy <> Dan")
ANA, BEN = ("bottleneck", ("Ana",)), ("bottleneck", ("Ben",))
BOTH = ("bottleneck", ("Ana", "Ben"))


def _dismissed(document: Document = MAP, subject: remarks.Subject = ANA, reason: str = "holiday") -> Document:
    return document.apply(remarks.dismiss(document, subject, reason))


def _only(document: Document) -> Remark:
    (found,) = document.remarks.values()
    return found


def test_a_dismissed_finding_keeps_its_reason() -> None:
    found = _only(_dismissed(reason="  holiday "))

    assert (found.code, found.about, found.dismissed, found.reason) == (
        "bottleneck",
        ("Ana",),
        True,
        "holiday",
    )


def test_a_dismissal_taken_back_leaves_nothing() -> None:
    document = _dismissed()

    after = document.apply(remarks.take_back(document, ANA, _only(document)))

    assert after == MAP


def test_a_note_outlives_the_dismissal() -> None:
    document = _dismissed()
    document = document.apply(remarks.set_note(document, ANA, "ask in May", _only(document)))

    after = document.apply(remarks.take_back(document, ANA, _only(document)))

    assert (_only(after).note, _only(after).dismissed, _only(after).reason) == ("ask in May", False, "")


@pytest.mark.parametrize("note", ["", "  \n"])
def test_an_emptied_note_is_gone(note: str) -> None:
    document = MAP.apply(remarks.set_note(MAP, ANA, "ask in May"))

    after = document.apply(remarks.set_note(document, ANA, note, _only(document)))

    assert after.remarks == {}
    assert not remarks.set_note(MAP, ANA, note)


def test_a_remark_belongs_to_the_finding_with_the_same_subjects_wherever_it_stands() -> None:
    document = _dismissed(subject=ANA)

    assert remarks.matched(document, [BOTH, ANA]) == [None, _only(document)]


def test_a_remark_follows_a_finding_whose_subjects_change() -> None:
    document = _dismissed(subject=BOTH)

    assert remarks.matched(document, [BEN]) == [_only(document)]
    assert remarks.matched(document, [ANA, BEN]) == [_only(document), None]


def test_a_remark_of_another_code_or_of_others_is_not_meant() -> None:
    document = _dismissed(subject=ANA)

    assert remarks.matched(document, [("broadcast-only", ("Ana",)), BEN]) == [None, None]


def test_the_remark_that_shares_most_is_meant() -> None:
    document = _dismissed(_dismissed(subject=("bottleneck", ("Ana", "Dan"))), BOTH, "both")

    (found,) = remarks.matched(document, [("bottleneck", ("Ana", "Ben", "Cy"))])

    assert found is not None
    assert found.reason == "both"


def test_a_finding_about_nobody_is_known_by_its_code_alone() -> None:
    whole = ("chart-and-talk", ())
    document = _dismissed(subject=whole)

    assert remarks.matched(document, [whole]) == [_only(document)]


def test_a_remark_on_somebody_who_left_does_no_harm() -> None:
    document = _dismissed()

    after = document.apply(edits.delete(document, ["Ana"]))

    assert problems(after) == []
    assert remarks.matched(after, [BEN]) == [None]


def test_saying_it_again_changes_the_remark_there_is() -> None:
    document = _dismissed(subject=BOTH)

    after = document.apply(remarks.dismiss(document, BEN, "another", _only(document)))

    assert (_only(after).id, _only(after).about, _only(after).reason) == (
        _only(document).id,
        ("Ben",),
        "another",
    )


def test_no_analysis_hears_of_a_remark() -> None:
    assert not remarks.dismiss(MAP, ANA).structural()


def test_a_map_without_names_keeps_what_is_dismissed_and_none_of_the_words() -> None:
    document = _dismissed()
    document = document.apply(remarks.set_note(document, BEN, "a secret"))

    left, masked = nameless(document), Mask(document).document

    assert [(r.about, r.dismissed, r.reason, r.note) for r in left.remarks.values()] == [
        (("n1",), True, "", "")
    ]
    assert [(r.reason, r.note) for r in masked.remarks.values()] == [("", ""), ("", "")]
