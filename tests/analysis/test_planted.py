"""Defects planted in organizations drawn by chance: what `checks.planted` asks at length."""

from __future__ import annotations

import pytest

from checks.defects import PLANTERS
from checks.healthy import LARGEST, SMALLEST, healthy
from checks.planted import blamed, planted
from orgmap.analysis.catalogue import ENTRIES
from orgmap.analysis.registry import CODES


def test_there_is_a_planter_for_every_kind_of_finding() -> None:
    assert set(PLANTERS) == set(ENTRIES)


@pytest.mark.parametrize("code", CODES)
def test_a_planted_defect_is_found_first_or_second_of_its_kind(code: str) -> None:
    misses = [miss for seed in (3, 14, 15) if (miss := planted(code, seed)) is not None]

    assert misses == []


@pytest.mark.parametrize("seed", range(40, 46))
def test_a_healthy_organization_is_told_to_act_on_nothing(seed: int) -> None:
    assert list(blamed(seed)) == []


def test_the_organizations_are_of_every_size_and_always_the_same() -> None:
    sizes = [len(healthy(seed).nodes) for seed in range(60)]

    assert min(sizes) < SMALLEST + 20
    assert max(sizes) > LARGEST - 20
    assert healthy(7).document == healthy(7).document
