"""out-of-sight: too little of the rest gets through to a person, or to a module."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orgmap.analysis.checks.sight_facts import sight
from orgmap.analysis.checks.situation import Situation
from orgmap.analysis.findings import Finding, Weight
from orgmap.analysis.graphs import Maps
from orgmap.analysis.registry import run
from orgmap.model.document import Document, problems
from orgmap.model.entities import ModuleId, NodeId
from tests.words import TEST_ORGANIZATION, org

TEAMS = {"A": "a1 a2 a3", "B": "b1 b2 b3", "C": "c1 c2 c3", "D": "d1 d2 d3"}
MET = """a1 <> a2 <> a3 <> a1, b1 <> b2 <> b3 <> b1, c1 <> c2 <> c3 <> c1, d1 <> d2 <> d3 <> d1,
         a1 <> b1, b1 <> c1, c1 <> a1, a2 <> b2, b2 <> c2, c2 <> a2"""  # A, B and C see each other


def found(document: Document) -> list[Finding]:
    return list(run(document, measures=False, only=["out-of-sight"]).judged)


def noted(document: Document) -> list[str]:
    return [str(f.because) for f in run(document, measures=False, only=["out-of-sight"]).not_judged]


def seen(document: Document, name: str, *, own: bool = False) -> set[str]:
    """The modules that somebody hears from within two steps, on request their own too."""
    situation = Situation(Maps(document))
    table = sight(situation)
    row = situation.maps.index[NodeId(name)]
    flags = table.heard[row] if own else table.heard[row] & table.others[row]
    return {str(m) for m, flag in zip(table.modules, flags, strict=True) if flag}


@pytest.mark.parametrize(
    ("name", "modules"),
    [
        ("A", "X Y Z"),
        ("X0", "News Top X Y Z"),
        ("Y0", "News Top X Y Z"),
        ("Z0", "News Top X Y Z"),
        ("x1", "News Top X"),
        ("x2", "News Top X"),
        ("N", ""),
    ],
)
def test_in_the_test_organization_each_sees_what_findings_md_says(name: str, modules: str) -> None:
    assert seen(TEST_ORGANIZATION, name, own=True) == set(modules.split())


def test_the_own_module_does_not_count() -> None:
    assert seen(TEST_ORGANIZATION, "x1") == {"News", "Top"}
    assert seen(TEST_ORGANIZATION, "X0") == {"News", "Top", "Y", "Z"}


def test_in_the_test_organization_only_n_sees_nothing_and_that_is_told_as_broadcast_only() -> None:
    assert found(TEST_ORGANIZATION) == []
    assert [f.people for f in run(TEST_ORGANIZATION, only=["broadcast-only"]).judged] == [("N",)]


def test_a_module_half_of_whose_people_see_little_is_one_finding() -> None:
    document = org(MET + ", a3 <> d1, a2 <> d2", modules={**TEAMS, "E": "e1 e2"}, people="e1 e2")
    document = _linked(document, "e1 <> d3, e2 <> d3")

    (finding,) = [f for f in found(document) if f.modules]

    assert (finding.modules, finding.people, finding.weight) == (("E",), (), Weight.LOOK)
    assert str(finding.claim) == "Little news from other modules reaches E."
    assert "news comes from 1 of 4 other modules." in str(finding.because)
    assert "No news comes from A, B and C." in str(finding.because)
    assert finding.evidence["modules_heard"] == {"e1": 1, "e2": 1}


def test_single_people_who_see_little_are_one_finding() -> None:
    lines = MET + ", a1 <> d1, b1 <> d2, c1 <> d1, d3 <> d4"

    (finding,) = found(org(lines, modules={**TEAMS, "D": "d1 d2 d3 d4"}))

    assert finding.people == ("d4",)
    assert str(finding.claim) == "Little news from other modules reaches d4."
    assert (
        str(finding.because) == "Directly or through one other person, no news comes from any other module."
    )
    assert str(finding.question) == "What would d4 like to know from the other modules?"


def test_a_module_and_single_people_elsewhere_are_one_finding() -> None:
    lines = MET + ", a3 <> d1, a2 <> d2, b3 <> b4, e1 <> d3, e2 <> d3"

    (finding,) = found(org(lines, modules={**TEAMS, "B": "b1 b2 b3 b4", "E": "e1 e2"}))

    assert (finding.modules, finding.people) == (("E",), ("b4",))
    assert str(finding.because).endswith("The same is true of b4.")


def test_half_of_the_others_is_enough() -> None:
    lines = "a1 <> a2 <> a3 <> a1, b1 <> b2 <> b3 <> b1, c1 <> c2 <> c3 <> c1, a1 <> b1, b1 <> c1, c1 <> a1"

    assert seen(org(lines, modules=TEAMS), "a3") == {"B", "C"}
    assert found(org(lines, modules={k: v for k, v in TEAMS.items() if k != "D"})) == []


def test_the_share_and_the_steps_are_the_maps_own() -> None:
    lines = "a1 <> a2 <> a3 <> a1, b1 <> b2 <> b3 <> b1, c1 <> c2 <> c3 <> c1, a1 <> b1, b1 <> c1, c1 <> a1"
    teams = {k: v for k, v in TEAMS.items() if k != "D"}

    strict = found(org(lines, modules=teams, thresholds={"out-of-sight.steps": 1}))

    assert [f.modules for f in strict] == [("A", "B", "C")]
    assert "Directly, no news comes from" in str(strict[0].because)


def test_more_than_three_modules_are_one_note() -> None:
    teams = {t: f"{t}1 {t}2 {t}3" for t in "abcdefghijkm"}
    inside = ", ".join(f"{t}1 <> {t}2 <> {t}3 <> {t}1" for t in teams)
    rings = ", ".join(" <> ".join(f"{t}{place}" for t in "abcdefghijkma") for place in (1, 2))

    (finding,) = found(org(f"{inside}, {rings}", modules=teams))

    assert (len(finding.modules), finding.weight) == (12, Weight.NOTE)
    assert str(finding.claim).startswith("Little news from other modules reaches 12 of the modules")


def test_somebody_told_to_be_apart_or_to_hang_on_one_person_is_not_told_again() -> None:
    apart = org(MET + ", a3 <> d1, b3 <> d2", modules=TEAMS, people="lone")
    hanging = org(MET + ", a3 <> d1, b3 <> d2, d3 <> x, d3 <> y, d3 <> z", modules=TEAMS)

    assert [f.people for f in run(apart, measures=False, only=["isolated"]).judged] == [("lone",)]
    assert run(hanging, measures=False, only=["sole-contact"]).judged != ()
    assert not {NodeId(v) for v in ("lone", "x", "y", "z")} & {
        v for document in (apart, hanging) for f in found(document) for v in f.people
    }


def test_who_named_nobody_in_a_survey_is_not_said_to_see_little() -> None:
    document = org(MET + ", a3 <> d1, b3 <> d2, x > d3", modules={**TEAMS, "D": "d1 d2 d3 x"}, asked=True)

    assert found(document) == []


def test_modules_beside_the_own_count_in_detail_and_those_farther_off_as_a_whole() -> None:
    document = org("a1 <> b1", modules={"A": "a1", "B": "b1", "C": "c1", "D": "d1"}, people="top")
    modules = dict(document.modules)
    for name, parent in (("A", "C"), ("B", "C")):
        modules[ModuleId(name)] = replace(modules[ModuleId(name)], parent=ModuleId(parent))
    nested = replace(document, modules=modules)

    counts = {name: _others(nested, name) for name in ("a1", "d1", "top")}

    assert counts == {"a1": {"B", "D"}, "d1": {"C"}, "top": {"C", "D"}}


def test_fewer_than_three_modules_are_not_judged() -> None:
    assert noted(org("a <> b <> c <> d", modules={"A": "a b", "B": "c d"})) == [
        "The map shows fewer than three modules with people in them."
    ]


def test_an_advice_lets_as_many_see_enough_as_it_says() -> None:
    document = org(MET + ", a3 <> d1, a2 <> d2", modules={**TEAMS, "E": "e1 e2 e3"})
    document = _linked(document, "e1 <> e2, e2 <> e3, e3 <> d3, e1 <> d2, e1 <> d3")
    (finding,) = [f for f in found(document) if f.modules]
    before = {v for f in found(document) for v in _few(f)}

    assert finding.advice
    for advice in finding.advice:
        after = document.apply(advice.change)
        left = {v for f in found(after) for v in _few(f)}
        lines = len(after.links) - len(document.links)
        assert problems(after) == []
        assert advice.gain == pytest.approx(len(set(_few(finding)) - left) / lines), str(advice.text)
        assert len(before - left) >= 1
    assert [a.gain for a in finding.advice] == sorted((a.gain for a in finding.advice), reverse=True)


def _others(document: Document, name: str) -> set[str]:
    situation = Situation(Maps(document))
    table = sight(situation)
    flags = table.others[situation.maps.index[NodeId(name)]]
    return {str(m) for m, flag in zip(table.modules, flags, strict=True) if flag}


def _few(finding: Finding) -> tuple[str, ...]:
    heard = finding.evidence["modules_heard"]
    assert isinstance(heard, dict)
    return tuple(heard)


def _linked(document: Document, lines: str) -> Document:
    more = org(lines)
    links = {f"x{key}": replace(link, id=type(key)(f"x{key}")) for key, link in more.links.items()}
    return replace(document, links={**document.links, **{link.id: link for link in links.values()}})


def test_modules_that_no_line_joins_are_told_once_and_not_missed_by_the_largest_again() -> None:
    teams = org(
        "a1 <> a2, a2 <> a3, a3 <> a4, b1 <> b2, b2 <> b3, c1 <> c2, c2 <> c3",
        modules={"A": "a1 a2 a3 a4", "B": "b1 b2 b3", "C": "c1 c2 c3"},
    )

    report = run(teams, measures=False)

    assert {f.modules for f in report.judged if f.code == "isolated"} == {("B",), ("C",)}
    assert not [f for f in report.judged if f.code == "out-of-sight"]


def test_where_all_hang_on_one_person_none_of_equal_parts_is_told_alone() -> None:
    drawn = org(
        "ceo <> vp, vp <> m1, vp <> m2, vp <> m3, m1 <> w1, m2 <> w2, m3 <> w3",
        modules={"S": "ceo vp", "A": "m1 w1", "B": "m2 w2", "C": "m3 w3"},
    )

    report = run(drawn, measures=False)

    assert {v for f in report.judged if f.code == "bottleneck" for v in f.people} == {"vp"}
    assert not [f for f in report.judged if f.code == "out-of-sight"]
