"""What chance may change of a finding: its class and words, never whom it is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orgmap.analysis.catalogue import BOTTLENECK
from orgmap.analysis.findings import Finding, Weight
from orgmap.analysis.graphs import Maps
from orgmap.analysis.registry import run
from orgmap.analysis.sureness import can_compare, compared
from orgmap.model.document import Document
from tests.words import TEST_ORGANIZATION, org
from tests.workshop import WORKSHOP


def bottlenecks(document: Document, *, chance: bool) -> list[Finding]:
    """The bottlenecks among people."""
    report = run(document, chance=chance, measures=False, only=[BOTTLENECK])
    return [f for f in report.findings if f.code == BOTTLENECK and f.people]


def halves() -> Document:
    """Two teams of six in which everybody talks with everybody, and Xenia between them."""
    teams = (tuple("abcdef"), tuple("ghijkl"))
    inside = [f"{u} <> {v}" for team in teams for u in team for v in team if u < v]
    return org(", ".join([*inside, "a <> xenia", "xenia <> g", "b <> xenia", "xenia <> h"]))


def star() -> Document:
    """Nine people who all talk with one, and with nobody else but a neighbour."""
    return org(", ".join([f"hub <> p{i}" for i in range(8)] + [f"p{i} <> p{i + 1}" for i in range(0, 8, 2)]))


def test_whoever_alone_joins_two_teams_is_told_to_act_on_because_chance_would_not_do_that() -> None:
    plain, told = (bottlenecks(halves(), chance=chance)[0] for chance in (False, True))

    assert told.people == plain.people == ("xenia",)
    assert told.rarity is not None
    assert told.rarity.rare
    assert told.weight is Weight.ACT
    assert told.because == plain.because
    assert "drawn at random" in str(told.sure)


def test_whoever_just_has_the_most_lines_is_one_to_look_at() -> None:
    plain, told = (bottlenecks(star(), chance=chance)[0] for chance in (False, True))

    assert told.people == plain.people == ("hub",)
    assert told.rarity is not None
    assert not told.rarity.rare
    assert told.weight is Weight.LOOK
    assert "It comes with having so many lines" in str(told.sure)


def test_nothing_but_class_words_and_rarity_changes_and_nothing_moves() -> None:
    findings = run(TEST_ORGANIZATION, measures=False).findings

    told = compared(Maps(TEST_ORGANIZATION), findings)

    assert len(told) == len(findings)
    for before, after in zip(findings, told, strict=True):
        assert replace(after, weight=before.weight, sure=None, rarity=None) == before
        assert (after.rarity is not None) == (before.code == BOTTLENECK and bool(before.people))


def test_below_eight_people_nothing_is_compared() -> None:
    small = org("a <> b, b <> c, c <> d, d <> e, e <> f, f <> g")

    assert not can_compare(Maps(small), run(small, measures=False).findings)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_seed_gives_the_same_words(seed: int) -> None:
    findings = run(WORKSHOP, measures=False).findings
    maps = Maps(WORKSHOP)

    assert compared(maps, findings, seed=seed) == compared(maps, findings, seed=seed)


def test_the_four_leads_of_the_workshop_stay_one_finding_to_look_at() -> None:
    told = bottlenecks(WORKSHOP, chance=True)

    assert [f.weight for f in told] == [Weight.LOOK]
    assert told[0].people == ("Ana", "Farah", "Kim", "Pia")
