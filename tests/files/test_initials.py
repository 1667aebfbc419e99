"""Answers that name somebody by first letters are in doubt, with all whom they may mean."""

from __future__ import annotations

import pytest

from orgmap.files.spelling import Near
from tests.files.rows import reading

STAFF = ["Ben Lee", "Bob Lee", "Ana Kos", "Alexandra Kowalski", "Cy Roth"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("B. Lee", ["Ben Lee", "Bob Lee"]),
        ("A.K.", ["Ana Kos", "Alexandra Kowalski"]),
        ("AK", ["Ana Kos", "Alexandra Kowalski"]),
        ("Ana K.", ["Ana Kos"]),
        ("X.Y.", []),
        ("C. Lee", []),
    ],
)
def test_first_letters_stand_for_all_whose_names_begin_so(word: str, meant: list[str]) -> None:
    assert Near(STAFF).like(word, 0.9) == meant


@pytest.mark.parametrize(
    ("word", "offers"), [("B. Lee", ("Ben Lee", "Bob Lee")), ("A.K.", ("Ana Kos", "Alexandra Kowalski"))]
)
def test_first_letters_in_an_answer_are_in_doubt_with_whom_they_may_mean(
    word: str, offers: tuple[str, ...]
) -> None:
    rows = "".join(f"{name},Cy Roth\n" for name in STAFF[:-1])

    opened = reading(f"Your name,Whom do you ask for advice?\n{rows}Cy Roth,{word}\n")

    assert [(note.row, note.cell, note.offers) for note in opened.notes if note.offers] == [(6, word, offers)]
