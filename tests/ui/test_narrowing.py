"""What is typed to narrow a table of numbers down."""

from __future__ import annotations

import numpy as np
import pytest

from orgmap.ui.tables.narrowing import Comparison, narrowing

COLUMNS = {"in": "Hears from", "out": "Tells", "between": "Betweenness", "both": "Two-way betweenness"}


@pytest.mark.parametrize(
    ("typed", "words", "comparisons"),
    [
        ("ana sales", ("ana", "sales"), ()),
        ("betweenness > 0.2", (), (("between", ">", 0.2),)),
        ("betw>0,2", (), (("between", ">", 0.2),)),
        ("sales tells >= 5", ("sales",), (("out", ">=", 5.0),)),
        ("hears from < 3; tells = 2 ana", ("ana",), (("in", "<", 3.0), ("out", "=", 2.0))),
        ("two-way b ≤ -.5", (), (("both", "≤", -0.5),)),
        ("> 4", (), (("out", ">", 4.0),)),
    ],
)
def test_words_and_comparisons_are_read(
    typed: str, words: tuple[str, ...], comparisons: tuple[tuple[str, str, float], ...]
) -> None:
    found = narrowing(typed, COLUMNS, current="out")

    assert found.words == words
    assert found.comparisons == tuple(Comparison(*one) for one in comparisons)
    assert found.problem is None


@pytest.mark.parametrize("typed", ["wealth > 2", "tells >", "tells > x", "> 3"])
def test_what_cannot_be_read_is_said_and_hides_nobody(typed: str) -> None:
    found = narrowing(typed, COLUMNS)

    assert found.problem is not None
    assert "hears from > 2" in str(found.problem)
    assert (found.words, found.comparisons) == ((), ())


def test_equal_is_what_reads_as_equal_and_no_number_is_never_equal() -> None:
    values = np.array([0.2, 0.2049, 0.21, np.nan])

    assert Comparison("a", "=", 0.2).holds(values).tolist() == [True, True, False, False]
    assert Comparison("a", "!=", 0.2).holds(values).tolist() == [False, False, True, False]
