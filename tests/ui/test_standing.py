"""How the list of findings follows the map."""

from __future__ import annotations

from dataclasses import replace

from orgmap.analysis.findings import Finding, Weight
from orgmap.i18n import verbatim
from orgmap.model import remarks
from orgmap.model.document import Document
from orgmap.model.entities import NodeId
from orgmap.ui.panels.standing import (
    NEW_FOR,
    RESOLVED_FOR,
    Mark,
    Standing,
    faded,
    first,
    followed,
    read,
    remarked,
    shown,
)


def _finding(who: str, weight: Weight = Weight.LOOK) -> Finding:
    said = verbatim(who)
    return Finding(
        code="bottleneck",
        weight=weight,
        severity=0.3,
        claim=said,
        because=said,
        question=said,
        people=(NodeId(who),),
    )


def _told(rows: tuple[Standing, ...]) -> list[tuple[str, Mark]]:
    return [(row.finding.people[0], row.mark) for row in rows]


A, B, C, D = (_finding(name) for name in "ABCD")


def test_the_first_report_of_a_map_has_nothing_new() -> None:
    assert _told(first([A, B])) == [("A", Mark.PLAIN), ("B", Mark.PLAIN)]


def test_while_one_reads_nothing_moves_and_the_new_comes_last() -> None:
    rows = first([A, B])

    after = followed(rows, [C, B, A], 0.0, reading=True)

    assert _told(after) == [("A", Mark.PLAIN), ("B", Mark.PLAIN), ("C", Mark.NEW)]


def test_while_nobody_reads_the_order_is_that_of_the_report() -> None:
    rows = first([A, B])

    after = followed(rows, [C, B, A], 0.0, reading=False)

    assert _told(after) == [("C", Mark.NEW), ("B", Mark.PLAIN), ("A", Mark.PLAIN)]


def test_a_resolved_finding_stays_where_it_was_for_a_moment() -> None:
    rows = first([A, B, C])

    after = followed(rows, [A, C], 10.0, reading=False)
    later = followed(after, [A, C], 10.0 + RESOLVED_FOR, reading=False)

    assert _told(after) == [("A", Mark.PLAIN), ("B", Mark.RESOLVED), ("C", Mark.PLAIN)]
    assert _told(later) == [("A", Mark.PLAIN), ("C", Mark.PLAIN)]


def test_a_finding_that_comes_back_is_as_it_was() -> None:
    gone = followed(first([A, B]), [A], 0.0, reading=True)

    back = followed(gone, [A, B], 1.0, reading=True)

    assert _told(back) == [("A", Mark.PLAIN), ("B", Mark.PLAIN)]


def test_a_new_finding_is_new_until_it_is_read_or_old() -> None:
    rows = followed(first([A]), [A, B], 0.0, reading=False)

    after_a_while = followed(rows, [A, B], NEW_FOR - 1, reading=False)
    much_later = followed(rows, [A, B], NEW_FOR, reading=False)

    assert after_a_while[1].mark is Mark.NEW
    assert much_later[1].mark is Mark.PLAIN
    assert read(rows, rows[1].key)[1].mark is Mark.PLAIN


def test_seven_are_shown_and_what_is_new_or_chosen_besides() -> None:
    rows = first([_finding(f"p{number}") for number in range(10)])
    rows = followed(rows, [*(row.finding for row in rows), D], 0.0, reading=True)

    names = [row.finding.people[0] for row in shown(rows, rows[8].key)]

    assert names == ["p0", "p1", "p2", "p3", "p4", "p5", "p6", "p8", "D"]


def test_two_findings_with_one_key_are_two_rows() -> None:
    rows = first([A, A])

    assert len({row.key for row in rows}) == 2


def test_a_finding_that_loses_a_subject_is_the_same_one_changed() -> None:
    four = replace(A, people=(NodeId("A"), NodeId("B"), NodeId("C")))
    three = replace(A, people=(NodeId("A"), NodeId("C")))
    rows = first([four, D])

    after = followed(rows, [three, D], 0.0, reading=True)
    back = followed(after, [four, D], 1.0, reading=True)

    assert [row.key for row in back] == [row.key for row in after] == [row.key for row in rows]
    assert [row.mark for row in (*after, *back)] == [Mark.PLAIN] * 4
    assert after[0].finding == three


def test_every_row_has_a_key_of_its_own_whatever_came_and_went() -> None:
    both = replace(A, people=(NodeId("A"), NodeId("B")))
    rows = followed(first([A]), [both], 0.0, reading=True)

    rows = followed(rows, [B, A], 1.0, reading=True)

    assert len(rows) == 2
    assert len({row.key for row in rows}) == 2


def test_what_is_known_and_comes_back_is_not_new() -> None:
    gone = followed(first([A, B]), [A], 0.0, reading=True)
    gone = followed(gone, [A], RESOLVED_FOR, reading=True)

    back = followed(gone, [A, B, C], 20.0, reading=True, known={B.subject})

    assert _told(back) == [("A", Mark.PLAIN), ("B", Mark.PLAIN), ("C", Mark.NEW)]


def test_a_resolved_finding_stays_while_a_hand_is_on_it() -> None:
    rows = first([A, B])
    gone = followed(rows, [A], 0.0, reading=True, held=rows[1].key)

    later = followed(gone, [A], 10 * RESOLVED_FOR, reading=True, held=rows[1].key)
    let_go = faded(later, 10 * RESOLVED_FOR)

    assert _told(later) == [("A", Mark.PLAIN), ("B", Mark.RESOLVED)]
    assert faded(later, 10 * RESOLVED_FOR, rows[1].key) == later
    assert _told(let_go) == [("A", Mark.PLAIN)]


def test_the_room_says_something_of_a_row_and_what_is_left_aside_is_not_new() -> None:
    document = Document().apply(remarks.dismiss(Document(), B.subject, "known"))
    rows = followed(first([A]), [A, B], 0.0, reading=False)

    after = remarked(rows, document)

    assert [(row.aside, row.mark) for row in after] == [(False, Mark.PLAIN), (True, Mark.PLAIN)]
    assert [row.aside for row in remarked(after, Document())] == [False, False]


def test_a_resolved_row_takes_no_remark_from_the_finding_that_stands() -> None:
    both = replace(A, people=(NodeId("A"), NodeId("B")))
    rows = followed(first([A, D]), [D, both], 0.0, reading=True)
    document = Document().apply(remarks.set_note(Document(), both.subject, "ask"))

    noted = [row.finding for row in remarked(rows, document) if row.remark is not None]

    assert noted == [both]


def test_what_is_told_with_another_waits_as_long_as_that_is_there() -> None:
    with_a = replace(B, told_with=A.subject)
    rows = first([A, with_a, C])

    assert [row.finding for row in shown(rows, None)] == [A, C]
    assert [row.finding for row in shown(rows, rows[1].key)] == [A, with_a, C]
    assert [row.finding for row in shown(rows[1:], None)] == [with_a, C]


def test_what_the_room_noted_on_never_waits_behind_another() -> None:
    with_a = replace(B, told_with=A.subject)
    noted = Document().apply(remarks.set_note(Document(), with_a.subject, "Ask in May."))

    rows = remarked(first([A, with_a]), noted)

    assert [row.finding for row in shown(rows, None)] == [A, with_a]
