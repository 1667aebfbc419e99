"""A finding is firm if it stands with a tenth of the lines taken away, and with a tenth more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from checks.defects import PLANTERS
from checks.healthy import healthy
from checks.mended import Outcome, outcome
from orgmap.analysis.catalogue import (
    APEX_DEPENDENCE,
    BOTTLENECK,
    BROADCAST_ONLY,
    CHANNEL_MISMATCH,
    DISPUTED_LINK,
    ISOLATED,
    NO_WAY_BACK,
    OVER_RESPONSE,
    OVERLOAD,
    REDUNDANT_CHANNELS,
    SINGLE_THREAD,
    SOLE_CONTACT,
)
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
from tests.analysis.maps import random_map
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
    assert str(found[0].sure) == (
        "A few talks missing elsewhere on the map would hardly matter. "
        "If z does talk with anybody and only the map lacks it, this finding goes away. Ask first."
    )


def test_the_one_line_that_would_answer_is_named() -> None:
    found = told(sample("2-millbrook-40"), NO_WAY_BACK)

    assert [f.firmness for f in found] == [Firmness.FEW_LINES]
    assert str(found[0].sure) == (
        "If Ria does answer Ivan and only the map lacks it, this finding goes away. Ask them first."
    )


def test_the_lines_it_rests_on_are_named_and_without_them_it_is_gone() -> None:
    found = told(sample("2-millbrook-40"), SOLE_CONTACT)

    assert [f.firmness for f in found] == [Firmness.FEW_LINES]
    assert str(found[0].sure) == (
        "If Elsa does not really talk with Hugo, Ines or Jorin, this finding does not hold."
    )


def test_a_firm_finding_still_names_the_one_talk_that_would_end_it() -> None:
    (found,) = told(sample("1-northlight-12"), APEX_DEPENDENCE)

    assert found.firmness is Firmness.FIRM
    assert str(found.sure) == (
        "A few talks missing elsewhere on the map would hardly matter. "
        "If Mira does talk with Marta and only the map lacks it, this finding goes away. Ask them first."
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


def drawn() -> list[Document]:
    """Odd maps, and healthy organizations with a defect."""
    found = [random_map(seed) for seed in range(30)]
    for seed, planter in zip((4, 7, 11, 12), list(PLANTERS.values())[::6], strict=True):
        made = healthy(seed)
        planter(made)
        found.append(made.document)
    return found


def test_conditions_agree_with_the_checks_on_odd_maps_and_when_they_are_mended() -> None:
    """As they are, always; after an advice nearly always, since a check may tell the cause otherwise."""
    as_it_is, mended = [], []
    for document in drawn():
        maps = Maps(document)
        situation, here = Situation(maps), Trials(maps, 1).here
        report = run(document, measures=False)
        for finding in report.judged:
            holds = condition(situation, finding)
            if holds is None:
                continue
            as_it_is.append(holds(here))
            after = document.apply(finding.advice[0].change) if finding.advice else document
            if after is not document and after.nodes.keys() == document.nodes.keys():
                gone = outcome(document, report, finding) is Outcome.GONE
                mended.append(gone != holds(Trials(Maps(after), 1).here))

    assert len(as_it_is) > 60
    assert all(as_it_is)
    assert sum(mended) >= 0.95 * len(mended)


def test_a_module_that_cannot_be_answered_is_judged() -> None:
    lines = "p1 <> p2, p1 > a, p1 > b, p2 > c, p2 > d, a <> b, c <> d, b <> c, a <> c, b <> d"

    (found,) = told(org(lines, modules={"Press": "p1 p2", "Rest": "a b c d"}), BROADCAST_ONLY)

    assert found.modules == ("Press",)
    assert found.firmness is Firmness.FEW_LINES
    assert "only the map lacks" in str(found.sure)


def test_a_module_without_which_others_lose_contact_is_judged() -> None:
    lines = "a <> b, b <> c, c <> a, d <> e, e <> f, f <> d, m <> n, a <> m, b <> n, d <> m, e <> n"

    (found,) = told(org(lines, modules={"Middle": "m n", "Left": "a b c", "Right": "d e f"}), BOTTLENECK)

    assert found.modules == ("Middle",)
    assert found.firmness in (Firmness.FIRM, Firmness.FEW_LINES)
    assert "stood" in found.evidence


def test_whoever_hardly_listens_is_judged_by_contacts() -> None:
    """As in the trap: v tells ten, hears eight others; with a tenth more lines some of the ten answer."""
    hear, speak = [f"t{i}" for i in range(10)], [f"h{i}" for i in range(8)]
    lines = [*(f"v > {t}" for t in hear), *(f"{h} > v" for h in speak), *(f"{t} <> h0" for t in hear)]
    document = org(", ".join([*lines, "h0 <> o"]))
    links = {
        key: replace(link, per_week=5.0 if link.source == "v" else 0.1)
        for key, link in document.links.items()
    }

    (found,) = (f for f in told(replace(document, links=links), BROADCAST_ONLY) if f.people == ("v",))

    assert found.evidence["kind"] == "B2"
    assert found.firmness is not Firmness.NOT_JUDGED
    assert "stood" in found.evidence


def test_an_answer_that_takes_long_is_judged_by_its_way() -> None:
    (found,) = (f for f in told(sample("1-northlight-12"), NO_WAY_BACK) if f.people)

    assert found.firmness is Firmness.FEW_LINES
    assert str(found.sure) == (
        "If Ruth does answer Tomas and only the map lacks it, this finding goes away. Ask them first."
    )


def test_where_all_one_way_lines_would_be_answered_the_card_says_so_and_where_to_ask() -> None:
    (found,) = told(sample("3-alder-valley-150"), BROADCAST_ONLY)

    assert str(found.sure) == (
        "If every one-way line of the map is in truth answered, this finding goes away. "
        "Ask first: does Meike, Asta or Beata answer Wanda?"
    )


def test_a_line_of_which_each_is_needed_is_told_apart_from_several_together() -> None:
    (found,) = told(sample("2-millbrook-40"), BROADCAST_ONLY)

    assert str(found.sure) == (
        "If both Vera and Emil answer Greta and only the map lacks it, this finding goes away. "
        "Ask them first."
    )


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (DISPUTED_LINK, "this repeats what was said of these lines."),
        (REDUNDANT_CHANNELS, "this repeats what was said of these lines."),
        (OVERLOAD, "nobody knows the hours of talk that it lacks."),
        (OVER_RESPONSE, "this counts whom a call reaches."),
        (CHANNEL_MISMATCH, "they do not change how long an answer takes."),
    ],
)
def test_where_lines_do_not_tell_how_firm_it_is_the_card_says_why(code: str, reason: str) -> None:
    made = healthy(3)
    PLANTERS[code](made)

    found = told(made.document, code)

    assert found
    assert {f.firmness for f in found} == {Firmness.NOT_JUDGED}
    assert {str(f.sure) for f in found} == {f"Gaps in the map were not tried: {reason}"}


def test_a_map_of_memberships_alone_has_no_lines_to_drop() -> None:
    document = org("", modules={"Left": "a b c m", "Right": "m d e f"})

    found = told(document, SINGLE_THREAD)

    assert [f.firmness for f in found] == [Firmness.NOT_JUDGED]
