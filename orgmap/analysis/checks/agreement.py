"""disputed-link: lines on which the ends disagree, or that only one of them names; one finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orgmap.analysis.catalogue import DISPUTED_LINK, ENTRIES
from orgmap.analysis.checks.situation import Situation, together
from orgmap.analysis.findings import Advice, Finding, Weight
from orgmap.analysis.repairs import MOST, ranked
from orgmap.i18n import Said, text
from orgmap.model.edits import set_fields
from orgmap.model.entities import EndId, Link, LinkKind, NodeId, Status

_ONE_DISPUTED = text("finding", "{one} and {other} see their contact differently.")
_ONE_CLAIMED = text("finding", "Only one of {one} and {other} names their contact.")
_SEVERAL = text(
    "finding",
    "On {n} contact, the two people do not agree yet.",
    "On {n} contacts, the two people do not agree yet.",
)
_AMONG = text("finding", "Among them: {pairs}.")
_PAIR = text("finding", "{one} and {other}")
_DISPUTED = text(
    "finding",
    "On {n} of them the two see it differently.",
    "On {n} of them the two see it differently.",
)
_CLAIMED = text(
    "finding", "{n} of them is named by only one of the two.", "{n} of them are named by only one of the two."
)
_ALONE = text("finding", "It counts as drawn until both have been asked.")
_ALL = text("finding", "They count as drawn until both people have been asked.")
_ASK_ONE = text("finding", "What do {one} and {other} say when both are in the room?")
_ASK = text("finding", "Which of these can be settled now, with both people in the room?")
_SETTLE_TALK = text("advice", "Ask {one} and {other}. If both know the line, mark it as confirmed.")


def disputed_link(situation: Situation) -> Iterator[Finding]:
    """All lines of whatever kind that are disputed or claimed by one end, in one note. O(links)."""
    links = situation.document.links
    open_ = [links[key] for key in sorted(links) if links[key].status in (Status.DISPUTED, Status.CLAIMED)]
    if not open_:
        return
    order = sorted(open_, key=lambda link: (link.status is not Status.DISPUTED, _matter(link)))
    disputed = sum(link.status is Status.DISPUTED for link in order)
    ends = _people(situation, order)
    claim, because, question = _words(situation, order, disputed)
    yield Finding(
        code=DISPUTED_LINK,
        weight=Weight.NOTE,
        severity=min(len(situation.people & set(ends)) / max(len(situation.people), 1), 1.0),
        claim=claim,
        because=because,
        question=question,
        links=tuple(link.id for link in open_),
        advice=ranked(_settled(situation, link) for link in order[:MOST]),
        evidence={
            "disputed": tuple(k.id for k in order if k.status is Status.DISPUTED),
            "named_by_one_end": tuple(k.id for k in order if k.status is Status.CLAIMED),
        },
        lit_nodes=ends,
        lit_links=tuple(link.id for link in open_),
        source=ENTRIES[DISPUTED_LINK].source,
    )


def _matter(link: Link) -> tuple[object, ...]:
    """Talk before other kinds, more contacts first."""
    return (link.kind is not LinkKind.TALKS, -(link.per_week or 0.0), link.id)


def _people(situation: Situation, links: Sequence[Link]) -> tuple[NodeId, ...]:
    """The nodes at their ends; of a module nobody in particular."""
    nodes = situation.document.nodes
    return tuple(sorted({NodeId(e) for k in links for e in (k.source, k.target) if e in nodes}))


def _words(situation: Situation, order: Sequence[Link], disputed: int) -> tuple[Said, Said, Said]:
    one, other = map(situation.name, _ends(order[0]))
    if len(order) == 1:
        claim = _ONE_DISPUTED if disputed else _ONE_CLAIMED
        return claim(one=one, other=other), _ALONE(), _ASK_ONE(one=one, other=other)
    pairs = situation.listing(
        _PAIR(one=situation.name(a), other=situation.name(b)) for a, b in map(_ends, order[:MOST])
    )
    because = together(
        _AMONG(pairs=pairs),
        _DISPUTED(n=disputed) if disputed else None,
        _CLAIMED(n=len(order) - disputed) if disputed < len(order) else None,
        _ALL(),
    )
    return _SEVERAL(n=len(order)), because, _ASK()


def _ends(link: Link) -> tuple[EndId, EndId]:
    return link.source, link.target


def _settled(situation: Situation, link: Link) -> Advice:
    one, other = map(situation.name, _ends(link))
    change = set_fields(situation.document, [link.id], status=Status.CONFIRMED)
    return Advice(_SETTLE_TALK(one=one, other=other), change, 1.0)
