"""Sentences that a layperson has to retell without a mistake, and whom an advice may propose."""

from __future__ import annotations

import pytest

from orgmap.analysis.checks.burdened import burdened
from orgmap.analysis.checks.situation import Situation, part
from orgmap.analysis.findings import Finding
from orgmap.analysis.firm_words import Line, doubtful, missing, unreal
from orgmap.analysis.graphs import Maps
from orgmap.analysis.registry import run
from orgmap.assets import asset
from orgmap.files import native
from orgmap.model.entities import NodeId
from tests.words import org

MAPS = Maps(org("ana > ben, cy > ben, dov > ben, ana <> cy", modules={"Sales": "ana", "Ward": "ben cy dov"}))
FINDING = next(iter(run(org("a <> b, b <> c, c <> d, d <> e, e <> a", people="z"), measures=False).judged))


def line(one: str, other: str, *, one_way: bool = True) -> Line:
    return Line(NodeId(one), NodeId(other), one_way)


def words(lines: list[Line], *, any_of: bool) -> tuple[str, str]:
    """As missing from the map, and as not real; without the end that is the same for all."""
    ends = ("only the map lacks it, this finding goes away. Ask them first.", "this finding does not hold.")
    said = str(missing(MAPS, FINDING, lines, any_of=any_of)), str(unreal(MAPS, FINDING, lines, any_of=any_of))
    assert said[0].endswith(("Ask them first.", "Ask first."))
    return said[0].removesuffix(f" and {ends[0]}"), said[1].removesuffix(f", {ends[1]}")


def test_one_answer_is_told_by_who_gives_it() -> None:
    assert words([line("ana", "ben")], any_of=False) == (
        "If ana does answer ben",
        "If ana does not really tell ben anything",
    )


def test_any_of_several_is_or_and_all_together_is_both_or_all() -> None:
    three = [line("ana", "ben"), line("cy", "ben"), line("dov", "ben")]

    assert words(three, any_of=True)[0] == "If ana, cy or dov does answer ben"
    assert words(three[:2], any_of=False)[0] == "If both ana and cy answer ben"
    assert words(three, any_of=False)[0] == "If ana, cy and dov all answer ben"


def test_talk_both_ways_is_told_from_whoever_has_a_part_in_all() -> None:
    lines = [line("ana", "cy", one_way=False), line("dov", "cy", one_way=False)]

    assert words(lines, any_of=True) == (
        "If ana or dov does talk with cy",
        "If ana or dov does not really talk with cy",
    )


def test_lines_with_nobody_in_common_are_listed() -> None:
    lines = [line("ana", "ben"), line("cy", "dov", one_way=False)]

    told, unsaid = words(lines, any_of=True)

    assert told.startswith("If even one of these is true")
    assert "ana tells ben; cy and dov talk" in told
    assert (
        unsaid
        == "If even one of these is not true, this finding does not hold: ana tells ben; cy and dov talk."
    )
    assert str(doubtful(MAPS, FINDING, lines)).startswith("Ask first whether any of these is true: ")


@pytest.mark.parametrize(
    ("n", "of", "said"),
    [
        (201, 1482, "about 1 in 7"),
        (2, 2, "all"),
        (97, 100, "nearly all"),
        (9, 10, "about 9 in 10"),
        (3, 4, "about 3 in 4"),
        (2, 3, "about 2 in 3"),
        (1, 2, "about half"),
        (1, 3, "about 1 in 3"),
    ],
)
def test_a_share_is_said_in_words(n: int, of: int, said: str) -> None:
    assert str(part(n, of)) == said


def test_whoever_carries_much_already_is_proposed_only_where_nobody_else_can_be() -> None:
    """Millbrook: much depends on Dora and Elsa, who are known best in Transport and Quality."""
    document = native.load(asset("samples", "2-millbrook-40.orgmap"))
    carrying = burdened(Situation(Maps(document)))
    assert {document.nodes[v].name for v in carrying} >= {"Dora", "Elsa"}

    (thread,) = (f for f in run(document, measures=False).judged if f.code == "single-thread")

    assert _ends(thread).isdisjoint(carrying)
    assert str(thread.advice[0].text).startswith("Let Wim (Transport) and Celia (Quality) talk")


def _ends(finding: Finding) -> set[str]:
    drawn = [after for a in finding.advice for _, after in a.change.links.values() if after is not None]
    return {end for link in drawn for end in (link.source, link.target)}
