"""What holds together while people leave, against chance."""

from __future__ import annotations

import pytest

from orgmap.analysis.graphs import Maps
from orgmap.analysis.questions import Withstanding
from orgmap.analysis.withstanding import withstanding
from tests.words import TEST_ORGANIZATION, org


def found(maps: Maps) -> Withstanding:
    return withstanding(maps)


def test_the_hub_of_a_star_leaves_first_and_chance_takes_longer() -> None:
    star = found(Maps(org("hub <> a, hub <> b, hub <> c, hub <> d, hub <> e")))

    assert star.whole == 1
    assert star.gone[0] == "hub"
    assert star.left == pytest.approx([1 / 6] * 5 + [0])
    assert sum(star.left) / 6 == pytest.approx(0.1389, abs=5e-5)  # robustness R of a star of 6, findings.md 6
    assert star.by_chance[0] > 0.5


def test_where_everybody_talks_with_everybody_chance_does_no_better() -> None:
    lines = ", ".join(f"p{a} <> p{b}" for a in range(6) for b in range(a))
    complete = found(Maps(org(lines)))

    assert complete.left == pytest.approx(complete.by_chance)
    assert sum(complete.left) / 6 == pytest.approx(0.4167, abs=5e-5)  # K6, findings.md section 6


def test_the_same_map_gives_the_same_curves_and_an_empty_one_none() -> None:
    assert found(Maps(TEST_ORGANIZATION)) == found(Maps(TEST_ORGANIZATION))
    assert found(Maps(TEST_ORGANIZATION)).whole == pytest.approx(7 / 9)
    assert found(Maps(org(""))).left == ()
