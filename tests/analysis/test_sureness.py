"""What chance may change of a finding: its class and words, never whom it is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orgmap.analysis.catalogue import BOTTLENECK, BROADCAST_ONLY
from orgmap.analysis.findings import Finding, Weight
from orgmap.analysis.graphs import Maps
from orgmap.analysis.registry import run
from orgmap.analysis.sureness import COMPARISONS, compared, expected
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
    assert "This is hardly chance" in str(told.sure)


def test_whoever_just_has_the_most_lines_is_one_to_look_at() -> None:
    plain, told = (bottlenecks(star(), chance=chance)[0] for chance in (False, True))

    assert told.people == plain.people == ("hub",)
    assert told.rarity is not None
    assert not told.rarity.rare
    assert told.weight is Weight.LOOK
    assert "It comes with so many contacts" in str(told.sure)


def test_nothing_but_class_words_and_rarity_changes_and_nothing_moves() -> None:
    findings = run(TEST_ORGANIZATION, measures=False).findings

    told = compared(Maps(TEST_ORGANIZATION), findings)

    assert len(told) == len(findings)
    for before, after in zip(findings, told, strict=True):
        same = replace(
            after, weight=before.weight, sure=before.sure, rarity=before.rarity, evidence=before.evidence
        )
        assert same == before
        if before.code == BOTTLENECK and before.people:
            assert after.rarity is not None
        elif before.code not in COMPARISONS:
            assert after is before


def test_how_often_chance_leaves_somebody_unheard_is_worked_out_from_the_lines_of_all_others() -> None:
    """The test organization: out(u) A 3, X0 3, Y0 2, Z0 2, x1 1, y1 1, z1 1, x2 0, of 8 others each."""
    (before,) = (f for f in run(TEST_ORGANIZATION, measures=False).findings if f.code == BROADCAST_ONLY)

    (told,) = compared(Maps(TEST_ORGANIZATION), [before])

    by_chance = (5 / 8) ** 2 * (6 / 8) ** 2 * (7 / 8) ** 3
    assert told.evidence["unheard_by_chance"] == pytest.approx(by_chance, abs=1e-9)
    assert str(told.sure) == (
        "On a map with so few lines, chance alone leaves about 1 person in 7 hearing from nobody."
    )
    assert (told.weight, told.rarity) == (before.weight, None)


def test_with_three_lines_each_about_one_in_twenty_is_unheard_by_chance() -> None:
    """docs/findings.md: (1 - 3/(n-1)) to the power of n-1 senders, towards exp(-3)."""
    ring = [f"p{i} > p{(i + step) % 60}" for i in range(60) for step in (1, 2, 5)]
    document = org(", ".join([*ring, "boss > p0, boss > p1, boss > p2"]))
    (before,) = (
        f
        for f in run(document, measures=False).findings
        if f.people == ("boss",) and f.code == BROADCAST_ONLY
    )

    (told,) = compared(Maps(document), [before])

    assert told.evidence["unheard_by_chance"] == pytest.approx((1 - 3 / 60) ** 60, abs=1e-9)
    assert "about 1 person in 22 " in str(told.sure)


def test_modularity_and_e_i_come_with_what_chance_gives() -> None:
    plain, compared_too = (run(WORKSHOP, chance=chance).map for chance in (False, True))

    assert plain["modularity_expected"] is None
    assert plain["ei_expected"] is not None
    assert isinstance(compared_too["modularity_expected"], float)
    assert abs(compared_too["modularity_expected"]) < 0.1 < (compared_too["modularity"] or 0.0)


def test_below_eight_people_nothing_is_compared() -> None:
    small = org("a <> b, b <> c, c <> d, d <> e, e <> f, f <> g")

    findings = run(small, measures=False).findings

    assert compared(Maps(small), findings) == findings
    assert expected(Maps(small), findings) == {}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_seed_gives_the_same_words(seed: int) -> None:
    findings = run(WORKSHOP, measures=False).findings
    maps = Maps(WORKSHOP)

    assert compared(maps, findings, seed=seed) == compared(maps, findings, seed=seed)


def test_the_four_leads_of_the_workshop_stay_one_finding_to_look_at() -> None:
    told = bottlenecks(WORKSHOP, chance=True)

    assert [f.weight for f in told] == [Weight.LOOK]
    assert told[0].people == ("Ana", "Farah", "Kim", "Pia")
