"""over-response: a call that reaches far more people than answers are needed."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from orgmap.analysis.catalogue import OVER_RESPONSE
from orgmap.analysis.findings import Finding, Weight
from orgmap.analysis.registry import run
from orgmap.model.document import Document
from orgmap.model.entities import LinkId, MapInfo, NodeId, NodeKind
from tests.words import org

CREW = [f"p{i:02}" for i in range(30)]
TALK = ", ".join(f"{one} <> {other}" for one, other in pairwise(CREW))


def call(reached: int, needed: int | None, *, sign: str = ">", **modules: str) -> Document:
    """Somebody who asks so many of thirty, in order, and needs so many answers."""
    lines = ", ".join(f"boss {sign} {v}" for v in CREW[:reached])
    drawn = org(f"{lines}, boss <> p00, {TALK}", modules=modules)
    return said(drawn, *list(drawn.links)[:reached], answers_needed=needed, purpose="help on Friday")


def said(document: Document, *links: LinkId, **fields: Any) -> Document:  # noqa: ANN401 - fields of Link
    changed = {key: replace(document.links[key], **fields) for key in links}
    return replace(document, links={**document.links, **changed})


def found(document: Document) -> list[Finding]:
    return list(run(document, only=[OVER_RESPONSE], measures=False).findings)


def one(document: Document) -> Finding:
    (finding,) = found(document)
    return finding


def test_reaches_so_many_and_needs_so_few() -> None:
    finding = one(call(14, 4))

    # docs/findings.md, over-response: "Reaches 70, needs 10"
    assert finding.people == ("boss",)
    assert str(finding.claim) == "A call of boss reaches 14 people, and 4 answers are needed."
    assert str(finding.because).startswith("Reaches 14, needs 4. If all of them answer, 10 answers are read")
    assert finding.evidence["reached"] == tuple(CREW[:14])
    assert finding.severity == pytest.approx(10 / 30)


def test_three_times_as_many_is_not_yet_too_many() -> None:
    assert found(call(12, 4)) == []
    assert one(call(13, 4)).people == ("boss",)


def test_ten_people_too_many_are_one_to_act_on() -> None:
    assert one(call(13, 4)).weight is Weight.LOOK  # nine too many
    assert one(call(14, 4)).weight is Weight.ACT
    assert found(call(25, 10)) == []  # fifteen too many, and not three times as many


def test_the_cut_offs_are_those_of_the_map() -> None:
    generous = replace(call(14, 4), info=MapInfo(thresholds={"over-response.times": 4.0}))

    assert found(generous) == []


def test_calls_of_one_sender_with_other_purposes_are_other_calls() -> None:
    document = call(14, 4)
    keys = list(document.links)[:14]

    assert found(said(document, *keys[:7], purpose="help on Monday")) == []
    assert one(said(document, *keys[:7], purpose=" Help on FRIDAY ")).evidence["answers_needed"] == 4


def test_each_call_of_one_sender_is_a_finding_of_its_own() -> None:
    document = call(28, 4)

    first, second = found(said(document, *list(document.links)[:14], purpose="help on Monday"))

    assert first.people == second.people == ("boss",)
    assert first.key != second.key


def test_somebody_reached_by_two_lines_is_asked_once() -> None:
    document = call(12, 4)
    twice = {
        f"{key}b": replace(link, id=LinkId(f"{key}b")) for key, link in list(document.links.items())[:12]
    }
    document = replace(document, links={**document.links, **{LinkId(k): v for k, v in twice.items()}})

    assert found(document) == []


def test_a_line_to_a_module_reaches_everybody_in_it_or_its_lead() -> None:
    drawn = org(f"boss > Crew, boss <> p00, {TALK}", modules={"Crew": " ".join(CREW)})
    key = next(iter(drawn.links))
    asked = said(drawn, key, answers_needed=4)
    module = next(iter(asked.modules.values()))
    led = replace(asked, modules={module.id: replace(module, lead=NodeId("p00"))})

    finding = one(asked)
    assert finding.evidence["reached"] == tuple(CREW)
    assert "counts as talk with everybody in it" in str(finding.because)
    assert found(led) == []


def test_a_module_that_calls_is_told_as_a_module() -> None:
    lines = ", ".join(f"Office > {v}" for v in CREW[:14])
    drawn = org(f"{lines}, {TALK}, ada <> ben, ben <> p00", modules={"Office": "ada ben"})

    finding = one(said(drawn, *list(drawn.links)[:14], answers_needed=4))

    assert (finding.people, finding.modules) == ((), ("Office",))


def test_customers_and_vacant_posts_are_not_counted() -> None:
    document = call(14, 4)
    outside = replace(document.nodes[NodeId("p12")], kind=NodeKind.OUTSIDE)
    vacant = replace(document.nodes[NodeId("p13")], kind=NodeKind.ROLE, vacant=True)

    assert found(replace(document, nodes={**document.nodes, outside.id: outside, vacant.id: vacant})) == []


def test_lines_that_want_no_answer_are_no_call() -> None:
    document = call(14, 4)
    quiet = said(document, *list(document.links)[:14], no_answer_needed=True)

    note = one(quiet)
    assert not note.judged


def test_a_map_that_says_of_no_line_how_many_answers_it_needs_is_not_judged() -> None:
    note = one(call(14, None))

    assert not note.judged
    assert str(note.because) == "The map does not say how many answers a call needs."


def test_more_than_four_calls_are_summed_up_from_the_fourth_on() -> None:
    lines = [f"{boss} > {v}" for boss in CREW[20:26] for v in CREW[:14]]
    drawn = org(f"{', '.join(lines)}, {TALK}")

    findings = found(said(drawn, *list(drawn.links)[: len(lines)], answers_needed=4))

    assert sorted(len(f.people) for f in findings) == [1, 1, 1, 3]
    (many,) = [f for f in findings if len(f.people) == 3]
    assert str(many.claim).startswith("3 more calls reach far more people than they need: p23, p24 and p25.")


def test_asking_the_nearest_keeps_twice_as_many_as_answers_are_needed() -> None:
    document = call(14, 4)

    first = one(document).advice[0]

    assert str(first.text) == "Ask only the 8 nearest of them: 6 people fewer are asked."
    assert first.gain == 6
    after = document.apply(first.change)
    assert found(after) == []
    asked = {link.target for link in after.links.values() if link.answers_needed}
    assert asked == set(CREW[:8])  # p00 talks with the boss, the others follow one by one
    assert len(after.links) == len(document.links) - 6  # one-way lines of the call go


def test_lines_of_talk_stay_when_somebody_is_asked_no_more() -> None:
    document = call(14, 4, sign="<>")

    after = document.apply(one(document).advice[0].change)

    assert len(after.links) == len(document.links)
    assert found(after) == []


def test_one_module_or_one_person_of_each_may_be_enough() -> None:
    document = call(
        14, 4, Own="boss p00 p01 p02 p03", Next="p04 p05 p06 p07", Far="p08 p09 p10", Last="p11 p12 p13"
    )

    texts = {str(a.text): a.gain for a in one(document).advice}

    assert texts["Ask only those of Own: 10 people fewer are asked."] == 10
    led = [words for words in texts if words.startswith("Ask one person for each module")]
    assert len(led) == 1
    assert texts[led[0]] == 10


def test_a_call_to_a_whole_module_is_led_to_some_of_it() -> None:
    drawn = org(f"boss > Crew, boss <> p00, {TALK}", modules={"Crew": " ".join(CREW)})
    asked = said(drawn, next(iter(drawn.links)), answers_needed=4)

    first = one(asked).advice[0]

    after = asked.apply(first.change)
    assert {link.target for link in after.links.values() if link.answers_needed} == set(CREW[:8])
    assert first.gain == pytest.approx(22 / 7)  # people fewer, for each of seven lines
