"""Matrices: what a 1 is depends on the others, and halves that say different things are told."""

from __future__ import annotations

import pytest

from orgmap.files.reading import Opened
from tests.files.rows import asked, notes, reading


def strengths(opened: Opened) -> list[tuple[str, str, float | None]]:
    return [(link.source, link.target, link.strength) for link in opened.document.links.values()]


@pytest.mark.parametrize(("other", "one"), [("5", 1.0), ("1", None), ("x", None)])
def test_a_one_is_a_number_where_others_are_and_else_a_mark(other: str, one: float | None) -> None:
    opened = reading(f"x,Ana,Ben\nAna,,1\nBen,{other},\n")

    assert strengths(opened)[0] == ("Ana", "Ben", one)


def test_a_one_in_a_question_of_a_survey_is_a_number_if_others_are_there() -> None:
    words = (
        "Your name,How often do you talk to? [Ana],How often do you talk to? [Ben]\nAna,,1\nBen,5,\nCy,1,3\n"
    )

    found = {(link.source, link.target): link.strength for link in reading(words).document.links.values()}

    assert 1.0 in found.values()
    assert None not in found.values()


def test_halves_that_differ_are_told_once_with_their_number_and_the_first() -> None:
    words = "x,Ana,Ben,Cy\nAna,,2,3\nBen,2,,4\nCy,5,6,\n"

    opened = reading(words, asked(undirected=True))

    assert strengths(opened) == [("Ana", "Ben", 2), ("Ana", "Cy", 3), ("Ben", "Cy", 4)]
    assert notes(opened) == [
        (
            None,
            "The two halves say differently how strong the lines of 2 pairs are, the first Ana and Cy;"
            " what stands first was taken.",
        )
    ]


def test_a_line_in_one_half_alone_is_told_unless_the_other_half_is_blank() -> None:
    both = reading("x,Ana,Ben,Cy\nAna,,1,\nBen,1,,\nCy,1,,\n", asked(undirected=True))
    half = reading("x,Ana,Ben,Cy\nAna,,1,1\nBen,0,,1\nCy,0,0,\n", asked(undirected=True))

    assert notes(both) == [
        (None, "Only one of the two halves has a line for 1 pair, Ana and Cy; it is on the map.")
    ]
    assert len(both.document.links) == 2
    assert (len(half.document.links), notes(half)) == (3, [])
