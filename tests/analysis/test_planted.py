"""Defects planted in organizations drawn by chance: what `checks.planted` asks at length."""

from __future__ import annotations

import pytest

from checks.defects import PLANTERS
from checks.halves import HALVES
from checks.healthy import LARGEST, SMALLEST, healthy
from checks.planted import KINDS, blamed, planted
from orgmap.analysis.catalogue import ENTRIES


def test_there_is_a_planter_for_every_kind_of_finding() -> None:
    assert set(PLANTERS) == set(ENTRIES)


def test_a_half_is_one_of_a_code_there_is() -> None:
    assert {code for code, _ in HALVES.values()} < set(ENTRIES)
    assert all(name.split(",")[0] == code for name, (code, _) in HALVES.items())


@pytest.mark.parametrize("name", KINDS)
def test_a_planted_defect_is_found_first_or_second_of_its_kind(name: str) -> None:
    misses = [miss for seed in (3, 14, 15) if (miss := planted(name, seed)) is not None]

    assert misses == []


@pytest.mark.parametrize("seed", range(40, 46))
def test_a_healthy_organization_is_told_to_act_on_nothing(seed: int) -> None:
    assert list(blamed(seed)) == []


def test_the_organizations_are_of_every_size_and_always_the_same() -> None:
    sizes = [len(healthy(seed).nodes) for seed in range(60)]

    assert min(sizes) < SMALLEST + 20
    assert max(sizes) > LARGEST - 20
    assert healthy(7).document == healthy(7).document
