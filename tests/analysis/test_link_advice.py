"""On any map: the advices of the checks of links apply, and lessen what they were given for."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from orgmap.analysis.findings import Finding, Report
from orgmap.analysis.registry import run
from orgmap.model.document import Document, problems
from orgmap.model.entities import ChannelId, EndId, Link, LinkId, LinkKind, MapInfo, default_channels
from tests.analysis.maps import random_map

CODES = (
    "unlinked-modules",
    "handoff-unbacked",
    "chart-and-talk",
    "disputed-link",
    "redundant-channels",
    "channel-mismatch",
)
COUNTED = {
    "unlinked-modules": "pairs",
    "handoff-unbacked": "needs",
    "chart-and-talk": "without_talk",
    "redundant-channels": "lines",
    "channel-mismatch": "lines",
}


def busy(seed: int) -> Document:
    """A random map with more needs, reporting lines, channels and purposes than others have."""
    document, draw = random_map(seed), random.Random(seed)
    ends: list[EndId] = [*document.nodes, *document.modules]
    links: dict[LinkId, Link] = {}
    for key, link in document.links.items():
        if link.kind is LinkKind.TALKS:
            within = draw.choice([None, None, 0.1, 1.0])
            link = replace(link, channel=draw.choice(sorted(default_channels())), needed_within=within)
        links[key] = link
    for number in range(draw.choice([0, 12])):
        if len(ends) < 2:
            break
        one, other = draw.sample(ends, 2)
        kind = draw.choice([LinkKind.NEEDS, LinkKind.NEEDS, LinkKind.REPORTS])
        key = LinkId(f"x{number}")
        links[key] = Link(id=key, source=one, target=other, kind=kind)
    for number, key in enumerate(draw.sample(sorted(links), min(3, len(links)))):
        for channel in ("mail", "chat", "phone"):
            made = LinkId(f"y{number}{channel}")
            if links[key].kind is LinkKind.TALKS:
                links[made] = replace(links[key], id=made, channel=ChannelId(channel))
    document = replace(document, links=links, channels=default_channels(), info=MapInfo(title="busy"))
    assert problems(document) == []
    return document


@pytest.mark.parametrize("start", range(0, 120, 20))
def test_an_advice_lessens_what_it_was_given_for(start: int) -> None:
    seen = set()
    for seed in range(start, start + 20):
        document = busy(seed)
        before = run(document, measures=False, only=CODES)
        for finding in before.judged:
            seen.add(finding.code)
            for advice in finding.advice:
                after = document.apply(advice.change)
                assert problems(after) == []
                left = run(after, measures=False, only=[finding.code])
                assert _trouble(left, finding) < _trouble(before, finding), (seed, str(advice.text))
    assert len(seen) > 3


def _trouble(report: Report, finding: Finding) -> int:
    """How much `report` still says of what the finding counts."""
    own = _counted(finding)
    return len(
        {one for found in report.judged if found.code == finding.code for one in _counted(found) & own}
    )


def _counted(finding: Finding) -> set[str]:
    counted = finding.evidence.get(COUNTED.get(finding.code, ""))
    return set(counted) if isinstance(counted, tuple) and counted else set(finding.links)
