"""Faults that stand in every row are told by the thousand, counted all, and cost no more than that."""

from __future__ import annotations

from pathlib import Path

from orgmap.files.doubts import MOST_OF_A_KIND
from orgmap.model.document import Document
from orgmap.ui.dialogs.importing.doubts import Doubts
from orgmap.ui.dialogs.importing.outcome import Into, Outcome, reckoned, sentence
from orgmap.ui.dialogs.importing.summary import Fate, lines_of
from tests.files.rows import asked, reading

ROWS = MOST_OF_A_KIND + 500
BAD = "from,to,kind\n" + "".join(f"a{at},b,talkz{at}\n" for at in range(ROWS))
GONE = "from,to\nana,ben\n" + "a,\n" * ROWS


def counted(outcome: Outcome) -> int:
    """The rows left out, as the sentence says."""
    _, words = str(sentence(outcome)).split(", ")
    return int("".join(filter(str.isdigit, words)))


def test_of_a_kind_of_fault_a_thousand_are_listed_and_the_others_counted() -> None:
    opened = reading(BAD)

    told = [note for note in opened.notes if note.row is not None]
    (more,) = (note for note in opened.notes if note.more)
    assert (len(told), more.more, len(opened.document.links)) == (MOST_OF_A_KIND, 500, ROWS)
    assert str(more.message).startswith("500 more of this kind, as this one: talkz1000 is no kind of link")


def test_rows_left_out_and_doubts_are_counted_with_those_that_are_not_listed() -> None:
    opened = reading(GONE)
    outcome = reckoned(Path("links.csv"), opened, Into.NEW, Document())
    doubts = Doubts()

    doubts.heard(opened.notes)

    assert counted(outcome) == ROWS
    assert (doubts.open, doubts.total, len(doubts.entries)) == (ROWS, ROWS, MOST_OF_A_KIND + 1)
    assert [count for _, count in doubts.reasons()] == [ROWS]
    assert doubts.entries[-1].note.more == 500
    left = [line.note for line in lines_of(outcome) if line.fate is Fate.LEFT_OUT]
    assert sum(max(1, note.more) for note in left if note is not None) == ROWS


def test_rows_that_the_user_left_out_are_told_each() -> None:
    gone = frozenset(("links.csv", row) for row in range(3, ROWS + 3))

    opened = reading(GONE, asked(left_out=gone))
    outcome = reckoned(Path("links.csv"), opened, Into.NEW, Document(), gone)

    assert counted(outcome) == ROWS
