"""What the comma in a number means is told by its column, or asked."""

from __future__ import annotations

import pytest

from orgmap.files.reading import Opened, Spot
from tests.files.rows import asked, notes, reading


def minutes(opened: Opened) -> list[float | None]:
    return [link.minutes for link in opened.document.links.values()]


def table(*cells: str) -> str:
    return "from;to;minutes\n" + "".join(f"ana;p{at};{cell}\n" for at, cell in enumerate(cells))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("12,345", "2,5"), [12.345, 2.5]),
        (("12,345", "1.234.567"), [12.345, 1234567.0]),
        (("12,345", "1.234,5"), [12.345, 1234.5]),
        (("1.234", "2,5"), [1234.0, 2.5]),
        (("12,345", "0,125"), [12.345, 0.125]),
        (("12,345", "2.5"), [12345.0, 2.5]),
        (("12,345", "1,234,567"), [12345.0, 1234567.0]),
        (("12,345", "1,234.5"), [12345.0, 1234.5]),
        (("1.234", "2"), [1.234, 2.0]),
        (("1,250 min", "2,5 h"), [1.25, 150.0]),
    ],
)
def test_a_column_tells_what_its_commas_and_points_mean(
    cells: tuple[str, ...], expected: list[float]
) -> None:
    opened = reading(table(*cells))

    assert minutes(opened) == expected
    assert notes(opened) == []


@pytest.mark.parametrize("others", [("3",), ("2,5", "1.5")])
def test_a_number_that_may_be_two_is_asked_about_once_for_its_column(others: tuple[str, ...]) -> None:
    opened = reading(table("7", "12,345", "6,789", *others))

    assert minutes(opened)[:3] == [7, 12345, 6789]
    (note,) = opened.notes
    assert (note.row, note.column, note.cell, note.offers) == (3, 3, "12,345", ("12345", "12.345"))
    assert "12,345 may be 12345 or 12.345" in str(note.message)


@pytest.mark.parametrize(("said", "expected"), [("12.345", [12.345, 6.789]), ("12345", [12345, 6789])])
def test_what_is_said_of_one_such_number_counts_for_its_column(said: str, expected: list[float]) -> None:
    told = {Spot("links.csv", 2, 3): said}

    opened = reading(table("12,345", "6,789"), asked(corrections=told))

    assert minutes(opened) == expected
    assert notes(opened) == []


def test_a_column_of_whole_numbers_has_no_decimals() -> None:
    opened = reading("name;hours;level\nAna;2,5;1,000\nBen;1,250;2\n")

    people = [(node.hours, node.level) for node in opened.document.nodes.values()]
    assert people == [(2.5, 1000), (1.25, 2)]
    assert notes(opened) == []


def test_all_cells_of_a_matrix_tell_what_a_comma_means() -> None:
    opened = reading("x;Ana;Ben;Cy\nAna;;1,250;2,5\nBen;0,5;;1,125\nCy;1;1;\n")

    strengths = [link.strength for link in opened.document.links.values()]
    assert strengths[:4] == [1.25, 2.5, 0.5, 1.125]
    assert notes(opened) == []
