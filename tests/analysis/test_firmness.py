"""A finding is firm if it stands with a tenth of the lines taken away, and with a tenth more."""

from __future__ import annotations

import numpy as np
import pytest

from orgmap.analysis.catalogue import BROADCAST_ONLY, ISOLATED, NO_WAY_BACK, SINGLE_THREAD, SOLE_CONTACT
from orgmap.analysis.checks.situation import Situation
from orgmap.analysis.findings import Finding, Firmness
from orgmap.analysis.firmness import judged
from orgmap.analysis.graphs import Maps
from orgmap.analysis.registry import run
from orgmap.analysis.standing import condition
from orgmap.analysis.trials import NO_WAY, Trial, Trials, steps_between
from orgmap.assets import asset
from orgmap.files import native
from orgmap.model.document import Document
from orgmap.progress import Cancelled, Progress
from tests.words import FEEDBACK_EXAMPLE, TEST_ORGANIZATION, org
from tests.workshop import WORKSHOP

SAMPLES = ("1-northlight-12", "2-millbrook-40", "3-alder-valley-150")


def flow(document: Document) -> Trial:
    """The map itself as a trial."""
    return Trials(Maps(document), 1).here


def told(document: Document, code: str) -> list[Finding]:
    """The findings of a code, judged."""
    findings = [f for f in run(document, measures=False).findings if f.code == code]
    return list(judged(Maps(document), findings))


def sample(name: str) -> Document:
    """A map that ships."""
    return native.load(asset("samples", f"{name}.orgmap"))


def test_steps_are_those_of_the_feedback_example() -> None:
    """boss>m1, boss>m2, m1>w1, m1>w2, m2>w3, w1>m1, w3>boss; returns from docs/findings.md."""
    maps = Maps(FEEDBACK_EXAMPLE)
    steps = flow(FEEDBACK_EXAMPLE).steps

    back = {f"{u}>{v}": int(steps[maps.index[v], maps.index[u]]) for u, v in maps.arcs}

    assert back == {
        "boss>m1": NO_WAY, "boss>m2": 2, "m1>w1": 1, "m1>w2": NO_WAY, "m2>w3": 2, "w1>m1": 1, "w3>boss": 2,
    }  # fmt: skip


def test_nobody_has_a_way_on_a_map_without_lines() -> None:
    found = steps_between(np.zeros((3, 3), dtype=bool))

    assert found.tolist() == [[0, NO_WAY, NO_WAY], [NO_WAY, 0, NO_WAY], [NO_WAY, NO_WAY, 0]]


@pytest.mark.parametrize("document", [TEST_ORGANIZATION, WORKSHOP, FEEDBACK_EXAMPLE, *map(sample, SAMPLES)])
def test_on_the_map_itself_every_condition_agrees_with_the_check_that_found_it(document: Document) -> None:
    situation, here = Situation(Maps(document)), flow(document)

    findings = [f for f in run(document, measures=False).findings if f.judged]
    known = [(f.code, holds(here)) for f in findings if (holds := condition(situation, f)) is not None]

    assert known
    assert [code for code, holds in known if not holds] == []


def test_a_condition_is_not_met_where_its_finding_is_mended() -> None:
    """Goran's audience answers: Quentin, Rosa, Sven, Tove, Lars and Dov now tell him back."""
    maps = Maps(WORKSHOP)
    found = next(f for f in run(WORKSHOP, measures=False).findings if f.code == BROADCAST_ONLY)
    holds = condition(Situation(maps), found)
    mended = flow(WORKSHOP).flow.copy()
    goran = maps.index[found.people[0]]
    mended[:, goran] |= mended[goran]

    assert holds is not None
    assert holds(flow(WORKSHOP))
    assert not holds(Trial(mended, len(mended)))


def test_whoever_hears_nobody_stands_with_fewer_lines_and_not_with_three_answers() -> None:
    """One person tells six of eight who all talk with one another: of 34 links a tenth is 3.

    Lines added make one-way ones two-way first, and there are only these six.
    """
    team = "bcdefghi"
    talk = [f"{u} <> {v}" for u in team for v in team if u < v]
    document = org(", ".join([*talk, *(f"a > {v}" for v in "bcdefg")]))

    found = told(document, BROADCAST_ONLY)

    assert [f.people for f in found] == [("a",)]
    assert found[0].firmness is Firmness.FEW_LINES
    assert found[0].evidence["stood"] == {"dropped": 200, "added": 0, "of": 200}


def test_a_person_without_any_line_is_firm_whatever_the_others_forgot() -> None:
    document = org("a <> b, b <> c, c <> d, d <> e, e <> f, f <> g, g <> a, a <> d", people="z")

    found = told(document, ISOLATED)

    assert [f.firmness for f in found] == [Firmness.FIRM]
    assert "It stands" in str(found[0].sure)


def test_the_one_line_that_would_answer_is_named() -> None:
    found = told(sample("2-millbrook-40"), NO_WAY_BACK)

    assert [f.firmness for f in found] == [Firmness.FEW_LINES]
    assert str(found[0].sure) == "It goes away if 1 answer was forgotten: Ria to Ivan. Ask there first."


def test_the_lines_it_rests_on_are_named_and_without_them_it_is_gone() -> None:
    found = told(sample("2-millbrook-40"), SOLE_CONTACT)

    assert [f.firmness for f in found] == [Firmness.FEW_LINES]
    assert str(found[0].sure) == (
        "It rests on each of these lines: Elsa – Hugo, Elsa – Ines and Elsa – Jorin."
    )


def test_on_how_many_maps_it_stood_is_in_the_evidence() -> None:
    found = told(WORKSHOP, SINGLE_THREAD)[0]

    stood = found.evidence["stood"]
    assert isinstance(stood, dict)
    assert stood["of"] == 200
    assert min(stood["dropped"], stood["added"]) < 160


def test_the_same_seed_gives_the_same_verdicts_and_nothing_moves() -> None:
    findings = run(WORKSHOP, measures=False).findings
    maps = Maps(WORKSHOP)

    once, again = (judged(maps, findings, seed=5) for _ in range(2))

    assert once == again
    assert [f.key for f in once] == [f.key for f in findings]


def test_judging_can_be_called_off() -> None:
    findings = run(WORKSHOP, measures=False).findings

    with pytest.raises(Cancelled):
        judged(Maps(WORKSHOP), findings, progress=Progress(cancelled=lambda: True))
