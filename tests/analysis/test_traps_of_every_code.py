"""The traps that wait for every code alike: charts, surveys, drafts, robots; see docs/findings.md.

Each code is tried on an organization in which its own defect is planted, so that there is something
to fall for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from checks.defects import PLANTERS
from checks.healthy import healthy
from orgmap.analysis.catalogue import (
    DISPUTED_LINK,
    ENTRIES,
    TALK_NOT_LISTEN_OUTSIDE,
)
from orgmap.analysis.checks.situation import Situation
from orgmap.analysis.findings import Report
from orgmap.analysis.graphs import Maps
from orgmap.analysis.registry import CODES, run
from orgmap.model.document import Document
from orgmap.model.entities import Link, LinkId, LinkKind, Node, NodeId, NodeKind
from orgmap.model.query import is_person
from tests.analysis.maps import random_map
from tests.words import org

FROM_A_CHART = {DISPUTED_LINK}  # what people say of a reporting line counts, too


def planted(code: str, seed: int = 2) -> Document:
    """A healthy organization with the defect of `code`."""
    made = healthy(seed)
    PLANTERS[code](made)
    return made.document


def with_links(document: Document, links: dict[LinkId, Link]) -> Document:
    """The same people with other lines."""
    return replace(document, links=links)


def named(report: Report) -> set[str]:
    """Whom a report is about."""
    return {v for f in report.findings for v in f.people}


def test_every_code_is_tried() -> None:
    assert set(CODES) == set(PLANTERS) == set(ENTRIES)


@pytest.mark.parametrize("code", CODES)
def test_a_chart_without_talk_names_nobody(code: str) -> None:
    document = planted(code)
    chart = {
        key: replace(link, kind=LinkKind.REPORTS, two_way=False)
        for key, link in document.links.items()
        if link.kind is not LinkKind.NEEDS
    }

    for talk in (False, True):
        info = replace(document.info, reporting_is_talk=talk)
        report = run(with_links(replace(document, info=info), chart), measures=False, only=[code])

        assert code in FROM_A_CHART or report.judged == ()
        assert named(report) == set() or code in FROM_A_CHART


@pytest.mark.parametrize("code", CODES)
def test_a_pure_reporting_tree_names_nobody(code: str) -> None:
    people = [f"p{i}" for i in range(40)]
    tree = ", ".join(f"p{(i - 1) // 3} ^ p{i}" for i in range(1, 40))
    levels = {"p0": 1} | dict.fromkeys(people[1:4], 2) | dict.fromkeys(people[4:13], 3)
    modules = {f"M{i}": " ".join(people[3 * i + 1 : 3 * i + 4]) for i in range(13)}

    report = run(org(tree, modules=modules, levels=levels), measures=False, only=[code])

    assert report.judged == ()
    assert {str(f.because) for f in report.findings} <= {"The map shows only who reports to whom."}


@pytest.mark.parametrize("code", CODES)
def test_whoever_did_not_answer_a_survey_is_not_blamed_for_lines_nobody_asked_for(code: str) -> None:
    """Those who named nobody hear, on the map, from nobody: no finding may be about that."""
    document = planted(code)
    asked = replace(document, info=replace(document.info, asked=True))
    quiet = [v.id for v in document.nodes.values() if v.kind is NodeKind.PERSON and v.level == 3][:3]
    links = {}
    for key, link in document.links.items():
        if link.kind is not LinkKind.TALKS:
            links[key] = link
        elif link.two_way and link.target in quiet and link.source not in quiet:
            links[key] = replace(link, source=link.target, target=link.source, two_way=False)
        elif link.two_way and link.source in quiet:
            links[key] = replace(link, two_way=False)
        elif link.target not in quiet:
            links[key] = link
    survey = with_links(asked, links)
    silent = Situation(Maps(survey)).silent
    answered = run(asked, measures=False, only=[code])

    report = run(survey, measures=False, only=[code])

    assert silent & set(quiet)
    assert (named(report) - named(answered)) & silent == set()


@pytest.mark.parametrize("code", CODES)
def test_somebody_drawn_a_moment_ago_is_left_in_peace(code: str) -> None:
    document = planted(code)
    home = next(iter(document.modules))
    new = Node(id=NodeId("new"), name="New", modules=(home,), level=3, newcomer=True, seeks=("anything",))
    drafted = replace(document, nodes={**document.nodes, new.id: new})

    report = run(drafted, measures=False, only=[code], recent={new.id})

    assert "new" not in named(report)


@pytest.mark.parametrize("code", CODES)
def test_a_map_of_three_people_is_silent(code: str) -> None:
    document = planted(code)
    few = {v: document.nodes[v] for v in list(document.nodes)[:3]}
    links = {key: link for key, link in document.links.items() if link.source in few and link.target in few}
    drafted = replace(document, nodes=few, links=links)

    assert run(drafted, measures=False, only=[code]).findings == ()


def odd() -> Iterator[Document]:
    """Odd maps, with robots and outsiders among the people."""
    for seed in range(60):
        yield random_map(seed)
    for code in CODES:
        document = planted(code)
        nodes = dict(document.nodes)
        for v in list(nodes)[::7]:
            nodes[v] = replace(nodes[v], kind=NodeKind.SOURCE)
        for v in list(nodes)[3::7]:
            nodes[v] = replace(nodes[v], kind=NodeKind.OUTSIDE)
        yield replace(document, nodes=nodes)


def test_robots_sources_outsiders_and_vacant_posts_are_never_whom_a_finding_is_about() -> None:
    for document in odd():
        for finding in run(document, measures=False).judged:
            kinds = {document.nodes[v].kind for v in finding.people}
            if finding.code == TALK_NOT_LISTEN_OUTSIDE:
                assert kinds == {NodeKind.OUTSIDE}
            else:
                assert all(is_person(document.nodes[v]) for v in finding.people), finding.code


def test_robots_are_not_asked_to_answer_by_any_advice() -> None:
    for document in odd():
        for finding in run(document, measures=False).judged:
            for advice in finding.advice:
                added = [after for before, after in advice.change.links.values() if before is None and after]
                ends = {end for link in added for end in (link.source, link.target)}
                kinds = {document.nodes[NodeId(end)].kind for end in ends if end in document.nodes}
                assert NodeKind.SOURCE not in kinds, (finding.code, str(advice.text))
