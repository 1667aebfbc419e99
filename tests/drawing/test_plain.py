"""Names from files are one line of plain text."""

from __future__ import annotations

import pytest

from orgmap.drawing.plain import LONGEST, initial, middle_cut, node_sign, shown


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ana Novak", "Ana Novak"),
        ("  Ana  ", "Ana"),
        ("Ana\nNovak", "Ana Novak"),
        ("Ana\tNovak\r\n", "Ana Novak"),
        ("Ana\u2028Novak", "Ana Novak"),
        ("Ana\x00\x07\x1b", "Ana"),
        ("gpj.\u202eana", "gpj.ana"),
        ("\u2066Ana\u2069", "Ana"),
        ("\ud800Ana\ufffe", "Ana"),
        ("<b>R&D</b>", "<b>R&D</b>"),
        ("Žofie Müller", "Žofie Müller"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("", ""),
    ],
)
def test_a_name_is_shown_as_plain_text_on_one_line(name: str, expected: str) -> None:
    assert shown(name) == expected


def test_a_name_of_ten_megabytes_is_cut_in_the_middle() -> None:
    cut = shown("a" * 10_000_000 + "z")

    assert len(cut) <= LONGEST
    assert "…" in cut


def test_the_middle_is_cut_and_both_ends_stay() -> None:
    assert middle_cut("Department of Everything", 11) == "Depar…thing"


@pytest.mark.parametrize(("name", "letter"), [("ana", "A"), ("(žofie)", "Ž"), ("...", ""), ("7 of 9", "7")])
def test_the_initial_is_the_first_letter_or_digit(name: str, letter: str) -> None:
    assert initial(name) == letter


@pytest.mark.parametrize(
    ("name", "sign"),
    [("Person 3", "3"), ("Role 120", "120"), ("Person 4711", "P"), ("Ana", "A"), ("7", "7"), ("3 Ana", "3")],
)
def test_whoever_is_told_from_others_by_a_number_has_it_inside(name: str, sign: str) -> None:
    assert node_sign(name) == sign
