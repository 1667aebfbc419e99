"""Where what hangs on one line or one person would be told wrongly, and what comes out instead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orgmap.analysis.findings import Finding, Weight
from orgmap.analysis.registry import run
from orgmap.model.document import Document
from orgmap.model.entities import NodeKind
from tests.analysis.test_traps import of, with_node
from tests.words import org


def test_two_triangles_joined_by_one_line_hang_on_a_single_thread() -> None:
    document = org("a <> b, b <> c, c <> a, d <> e, e <> f, f <> d, c <> d")

    (finding,) = of(run(document), "single-thread")

    assert (finding.links, finding.weight) == (("l7",), Weight.ACT)
    assert finding.severity == 3 / 5
    after = run(document.apply(finding.advice[0].change))
    assert of(after, "single-thread") == []


def test_modules_that_need_each_other_should_not_hang_on_one_person() -> None:
    lines = """a <> b, b <> c, c <> a, d <> e, e <> f, f <> d, a <> d, a <> e,
               g <> a, g <> b, g <> d, g <> e, b needs d"""
    modules = {"Left": "a b c", "Right": "d e f"}

    (finding,) = of(run(org(lines, modules=modules)), "single-thread")

    assert (finding.people, finding.weight) == (("a",), Weight.ACT)
    assert "Their work needs each other." in str(finding.because)


def test_somebody_in_two_modules_links_them() -> None:
    document = org(
        "a <> b, b <> c, d <> e, e <> f, g <> b, g <> e, g <> a, g <> d",
        modules={"Left": "a b c m", "Right": "m d e f"},
    )

    (finding,) = of(run(document), "single-thread")

    assert finding.people == ("m",)
    assert str(finding.because).startswith("m belongs to both")


HINGE = org(
    "v <> a, v <> b, a <> b, v <> b1, b1 <> b2, b2 <> b3, b3 <> b1, v <> c1, c1 <> c2, c2 <> c3, c3 <> c1",
    modules={"A": "v a b", "B": "b1 b2 b3", "C": "c1 c2 c3"},
)
"""Three modules that meet only through v."""


def test_a_vacant_post_that_joins_modules_is_not_whom_it_is_about() -> None:
    filled = of(run(HINGE), "single-thread")
    vacant = of(run(with_node(HINGE, "v", kind=NodeKind.ROLE, vacant=True)), "single-thread")

    assert {v for f in filled for v in f.people} == {"v"}
    assert vacant
    assert {v for f in vacant for v in f.people} == set()


def test_the_modules_of_a_thread_stand_in_the_evidence_by_id() -> None:
    modules = {m: replace(module, name=f"Team {m}") for m, module in HINGE.modules.items()}

    told = of(run(replace(HINGE, modules=modules)), "single-thread")

    assert [f.evidence["threads"] for f in told] == [("A - B", "A - C")]


def evidence(finding: Finding, key: str) -> tuple[str, ...]:
    listed = finding.evidence[key]
    assert isinstance(listed, tuple)
    return listed


def threaded(hubs: int, needs: str = "") -> Document:
    """So many people, each of whom alone joins two further modules to their own."""
    teams, lines = {}, []
    for i in range(hubs):
        for side in "abc":
            own = [f"{side}{i}x{k}" for k in range(4)]
            teams[f"{side}{i}"] = " ".join(own)
            lines += [f"{u} <> {v}" for u in own for v in own if u < v]
        lines += [f"a{i}x0 <> b{i}x0", f"a{i}x0 <> c{i}x0", f"b{i}x1 <> b{(i + 1) % hubs}x2"]
        lines += [f"b{i}x2 <> a{(i + 1) % hubs}x1", f"b{i}x3 <> a{(i + 1) % hubs}x2"]
        lines += [f"c{i}x1 <> c{(i + 1) % hubs}x2", f"c{i}x2 <> c{(i + 2) % hubs}x3"]
        lines += [f"a{i}x0 needs b{i}x0", f"a{i}x0 needs c{i}x0"] if needs else []
    return org(", ".join(lines), modules=teams)


def test_hundreds_of_threads_to_act_on_are_not_told_one_by_one() -> None:
    needed = of(run(threaded(12, "all"), measures=False), "single-thread")

    heavy = [f for f in needed if f.weight is Weight.ACT]
    (summed,) = [f for f in heavy if len(f.modules) > 5]
    assert len(heavy) <= 13
    assert "Their work needs each other." in str(summed.because)
    told = {t for f in needed for t in evidence(f, "threads")}
    assert {f"a{i} - b{i}" for i in range(12)} <= told


@pytest.mark.parametrize("hubs", [3, 4, 5])
def test_a_fourth_person_who_joins_two_pairs_is_told_too(hubs: int) -> None:
    teams = {"Z": "z0 z1 z2"}
    lines = ["z0 <> z1 <> z2 <> z0"]
    for i in range(hubs):
        for side in "abc":
            own = [f"{side}{i}x{k}" for k in range(3)]
            teams[f"{side}{i}"] = " ".join(own)
            lines += [f"{own[0]} <> {own[1]} <> {own[2]} <> {own[0]}", f"{own[1]} <> z0", f"{own[2]} <> z1"]
        lines += [f"a{i}x0 <> b{i}x0", f"a{i}x0 <> c{i}x0"]

    told = of(run(org(", ".join(lines), modules=teams), measures=False), "single-thread")

    assert {t for f in told for t in evidence(f, "threads")} == {
        f"a{i} - {side}{i}" for i in range(hubs) for side in "bc"
    }
