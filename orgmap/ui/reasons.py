"""Why something is not seen as usual, in words: what chips, exports and the filter card say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from orgmap.analysis.measure_catalogue import MEASURES
from orgmap.drawing.hidden import called_topics
from orgmap.drawing.looks import Presence
from orgmap.drawing.plain import middle_cut, shown
from orgmap.i18n import Said, Text, Value, names, text
from orgmap.model.document import Document
from orgmap.model.entities import ChannelId, LinkId, LinkKind, ModuleId, NodeId, NodeKind, Status
from orgmap.model.query import above, children, home, name_of
from orgmap.ui.gauging import Gauged
from orgmap.ui.kinds import STATUSES
from orgmap.ui.showing import NOTHING, PRESENCES, Showing, of_kind, presence
from orgmap.ui.sieve import (
    BOTH,
    NO,
    ONE,
    YES,
    Facet,
    Filter,
    Seldom,
    Sieve,
    Unlike,
    link_values,
    node_values,
)

LETTERS = 24  # of a name on a chip
MOST = 2  # names on a chip

_KINDS: dict[str, Text] = {
    NodeKind.PERSON: text("filter", "people"),
    NodeKind.ROLE: text("filter", "roles"),
    NodeKind.OUTSIDE: text("filter", "outside parties"),
    NodeKind.SOURCE: text("filter", "sources"),
}
_LINKS: dict[str, Text] = {
    LinkKind.TALKS: text("filter", "talk"),
    LinkKind.REPORTS: text("filter", "formal lines"),
    LinkKind.NEEDS: text("filter", "needs"),
}
_WAYS: dict[str, Text] = {BOTH: text("filter", "two-way"), ONE: text("filter", "one-way")}
_NEW: dict[str, Text] = {YES: text("filter", "newcomers"), NO: text("filter", "everybody but newcomers")}
_LEVEL = text("filter", "level {number}")
_NONE: dict[Facet, Text] = {
    Facet.MODULE: text("filter", "no module"),
    Facet.LEVEL: text("filter", "no level"),
    Facet.TOPIC: text("filter", "no topic"),
    Facet.CHANNEL: text("filter", "no channel"),
}

_HIDDEN_LINKS = text("chip", "Hidden: {what} ({n} link)", "Hidden: {what} ({n} links)")
_HIDDEN_NODES = text("chip", "Hidden: {what} ({n} node)", "Hidden: {what} ({n} nodes)")
_HIDDEN_PEOPLE = text("chip", "Hidden: {what} ({n} person)", "Hidden: {what} ({n} people)")
_HIDDEN = text("chip", "Hidden: {what}")
_ONLY_LINKS = text("chip", "Only {what} ({n} link hidden)", "Only {what} ({n} links hidden)")
_ONLY_NODES = text("chip", "Only {what} ({n} node hidden)", "Only {what} ({n} nodes hidden)")
_ONLY_PEOPLE = text("chip", "Only {what} ({n} person hidden)", "Only {what} ({n} people hidden)")
_ONLY = text("chip", "Only {what}")
_NOBODY = text("filter", "nothing")
_WORDS = text("filter", "“{words}”")
_TYPED = text("filter", "what the typed words find")
_LEAST = text("filter", "talk at least {times} times a week")
_FOCUS = text("chip", "{n} step round {whom}", "{n} steps round {whom}")
_ALONE = text("chip", "Only {whom}")
_FADED = text("chip", "Faded: {what} ({n} link)", "Faded: {what} ({n} links)")
_MODULES = text("chip", "Modules only ({n} person inside)", "Modules only ({n} people inside)")
_NAMES = text("chip", "Names hidden")
_SPARED = text("chip", "Shown all the same: {what}")
_MANY = text("filter", "{n} link", "{n} links")
_BETWEEN = text("filter", "{one} to {other}")
_NOT_LINKS = text("legend", "Not shown: {what}, {n} link", "Not shown: {what}, {n} links")
_NOT_NODES = text("legend", "Not shown: {what}, {n} node", "Not shown: {what}, {n} nodes")
_NOT_PEOPLE = text("legend", "Not shown: {what}, {n} person", "Not shown: {what}, {n} people")
_NOT_SHOWN = text("legend", "Not shown: {what}")
_ALL_BUT = text("filter", "all but {what}")
_BEYOND = text("legend", "Not shown: farther than {n} step from {whom}",
               "Not shown: farther than {n} steps from {whom}")  # fmt: skip
_INSIDE = text(
    "legend", "Not shown: {n} person inside the modules", "Not shown: {n} people inside the modules"
)

_MEASURED: dict[Gauged, Text] = {
    Gauged.COLOUR: text("chip", "Colour of people: {measure}"),
    Gauged.SIZE: text("chip", "Size of people: {measure}"),
    Gauged.LINES: text("chip", "Colour of lines: {measure}"),
    Gauged.GROUNDS: text("chip", "Colour of modules: {measure}"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. `key` names it for as long as it stands; `without`: the choices with it taken away.

    `hides`: does something go, or is it only drawn in another way? `exported`: what a picture says
    of it, None if nothing is missing.
    """

    key: str
    words: Said
    without: Showing
    hides: bool = True
    exported: Said | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A value that things on the map have: what it is called, how many have it, how deep it lies."""

    value: str
    name: str
    count: int
    depth: int = 0


def reasons(document: Document, named: Document, showing: Showing, sieve: Sieve) -> list[Reason]:
    """Every reason, in the order of the chips.

    `named`: the document as it may be shown; if it is another one, names are hidden, and so is whatever
    somebody wrote or typed.
    """
    found = [_filter(document, named, showing, one, sieve) for one in showing.filters]
    if showing.words.strip():
        n = len(sieve.of(document, Unlike(showing.words)))
        typed = middle_cut(shown(showing.words.strip()), LETTERS)
        what = _WORDS(words=typed) if named is document else _TYPED()
        out = _NOT_NODES(what=_ALL_BUT(what=what), n=n)
        found.append(Reason("words", _ONLY_NODES(what=what, n=n), replace(showing, words=""), exported=out))
    if showing.least is not None:
        n = len(sieve.of(document, Seldom(showing.least)))
        what = _LEAST(times=showing.least)
        out = _NOT_LINKS(what=_ALL_BUT(what=what), n=n)
        found.append(Reason("least", _ONLY_LINKS(what=what, n=n), replace(showing, least=None), exported=out))
    if showing.picked:
        what = whom(document, named, showing.picked)
        without = replace(showing, picked=NOTHING)
        found.append(Reason("picked", _HIDDEN(what=what), without, exported=_NOT_SHOWN(what=what)))
    if showing.chosen:
        what = whom(document, named, showing.chosen)
        without = replace(showing, chosen=NOTHING)
        found.append(
            Reason("chosen", _ONLY(what=what), without, exported=_NOT_SHOWN(what=_ALL_BUT(what=what)))
        )
    focus = showing.focus
    if focus is not None:
        around = whom(document, named, focus.around)
        words = _FOCUS(n=focus.steps, whom=around) if focus.steps else _ALONE(whom=around)
        beyond = _BEYOND(n=focus.steps, whom=around) if focus.hides else None
        without = replace(showing, focus=None)
        found.append(Reason("focus", words, without, hides=focus.hides, exported=beyond))
    found += _lines(document, showing, sieve)
    if showing.modules_only:
        n = sum(1 for node in document.nodes.values() if home(node) is not None)
        without = replace(showing, modules_only=False)
        found.append(Reason("modules", _MODULES(n=n), without, exported=_INSIDE(n=n)))
    for gauged, key in showing.measured:
        measure = MEASURES[gauged.scope].get(key) if key is not None else None
        if measure is not None:
            alone: dict[str, Any] = {gauged.value: None}
            words = _MEASURED[gauged](measure=measure.name())
            found.append(Reason(f"by-{gauged.value}", words, replace(showing, **alone), hides=False))
    if not showing.names:
        found.append(Reason("names", _NAMES(), replace(showing, names=True), hides=False))
    spared = [key for key in showing.spared if document.has(key)]
    if spared:
        what = whom(document, named, spared)
        found.append(Reason("spared", _SPARED(what=what), replace(showing, spared=NOTHING), hides=False))
    return found


def _filter(document: Document, named: Document, showing: Showing, one: Filter, sieve: Sieve) -> Reason:
    n = len(sieve.of(document, one))
    listed = sorted(one.values, key=lambda value: _rank(named, one.facet, value))
    what: Value = (
        names([middle_cut(v, LETTERS) for v in _called(document, named, one.facet, listed)], MOST)
        if listed
        else _NOBODY()
    )
    people = one.facet is not Facet.KIND and all(
        node.kind in (NodeKind.PERSON, NodeKind.ROLE) for node in document.nodes.values()
    )
    if one.facet.of_links:
        words = (_ONLY_LINKS if one.only else _HIDDEN_LINKS)(what=what, n=n)
    elif people:
        words = (_ONLY_PEOPLE if one.only else _HIDDEN_PEOPLE)(what=what, n=n)
    else:
        words = (_ONLY_NODES if one.only else _HIDDEN_NODES)(what=what, n=n)
    left = _NOT_LINKS if one.facet.of_links else _NOT_PEOPLE if people else _NOT_NODES
    without = showing.filtered(one.facet, ())
    out = left(what=_ALL_BUT(what=what) if one.only else what, n=n)
    return Reason(f"filter-{one.facet.value}", words, without, exported=out)


def _lines(document: Document, showing: Showing, sieve: Sieve) -> Iterable[Reason]:
    for kind, attribute in PRESENCES.items():
        how = presence(showing, kind)
        if how is Presence.FULL:
            continue
        n = len(sieve.of(document, of_kind(kind)))
        what, hides = _LINKS[kind](), how is Presence.HIDDEN
        words = (_HIDDEN_LINKS if hides else _FADED)(what=what, n=n)
        without = showing.drawn(kind, Presence.FULL)
        yield Reason(
            attribute, words, without, hides=hides, exported=_NOT_LINKS(what=what, n=n) if hides else None
        )


def whom(document: Document, named: Document, ids: Iterable[str]) -> Said:
    """A few things by name: people and modules, or how many links."""
    wanted = set(ids)
    ends = [key for key in (*named.modules, *named.nodes) if key in wanted]
    links = [LinkId(key) for key in sorted(wanted) if key in document.links]
    called: list[str] = [middle_cut(shown(name_of(named, NodeId(key))), LETTERS) for key in ends]
    if links and not ends:
        if len(links) > 1:
            return _MANY(n=len(links))
        link = named.links[links[0]]
        one, other = (middle_cut(shown(name_of(named, end)), LETTERS) for end in (link.source, link.target))
        return _BETWEEN(one=one, other=other)
    return _WHOM(names=names(called, MOST))


_WHOM = text("filter", "{names}")


def _called(document: Document, named: Document, facet: Facet, values: Iterable[str]) -> list[str]:
    """What values of a facet are called; topics by their stand-ins while names are hidden."""
    if facet is not Facet.TOPIC or named is document:
        return [value_name(named, facet, value) for value in values]
    topics = called_topics(document)
    return [topics[value] if value in topics else value_name(named, facet, "") for value in values]


def value_name(named: Document, facet: Facet, value: str) -> str:
    """What a value of a facet is called."""
    if not value and facet in _NONE:
        return str(_NONE[facet]())
    match facet:
        case Facet.MODULE:
            return shown(name_of(named, ModuleId(value)) or value)
        case Facet.CHANNEL:
            channel = named.channels.get(ChannelId(value))
            return shown(channel.name) if channel is not None else value
        case Facet.LEVEL:
            return str(_LEVEL(number=int(value)))
        case Facet.TOPIC:
            return shown(value)
    if facet is Facet.STATUS:
        return str(STATUSES[Status(value)]())
    listed = {Facet.KIND: _KINDS, Facet.LINK: _LINKS, Facet.WAYS: _WAYS}
    return str(listed.get(facet, _NEW)[value]())


def offers(document: Document, named: Document, facet: Facet) -> list[Offer]:
    """What there is to choose from, in a fixed order, with how many have it."""
    count: Counter[str] = Counter()
    if facet.of_links:
        count.update(link_values(document, facet))
    else:
        for node in document.nodes.values():
            count.update(node_values(node, facet))
    if facet is Facet.MODULE:
        return _module_offers(document, named, count)
    listed = sorted(count, key=lambda value: _rank(named, facet, value))
    called = _called(document, named, facet, listed)
    return [Offer(value, name, count[value]) for value, name in zip(listed, called, strict=True)]


def _module_offers(document: Document, named: Document, count: Counter[str]) -> list[Offer]:
    """Modules as a tree; each counts those nested in it."""
    below, outer = children(document), {k: {m.id for m in above(document, k)} for k in document.modules}
    held: Counter[str] = Counter()
    for node in document.nodes.values():
        held.update(set[str]().union(*(outer.get(module, ()) for module in node.modules)))
    found: list[Offer] = []

    def walk(parent: ModuleId | None, depth: int) -> None:
        for key in below.get(parent, []):
            found.append(Offer(key, value_name(named, Facet.MODULE, key), held[key], depth))
            walk(key, depth + 1)

    walk(None, 0)
    if count[""] and found:
        found.append(Offer("", value_name(named, Facet.MODULE, ""), count[""]))
    return found


def _rank(named: Document, facet: Facet, value: str) -> tuple[object, ...]:
    """Where a value stands among its like."""
    orders: dict[Facet, Callable[[], Iterable[str]]] = {
        Facet.KIND: lambda: list(NodeKind),
        Facet.LINK: lambda: list(LinkKind),
        Facet.STATUS: lambda: list(Status),
        Facet.WAYS: lambda: (BOTH, ONE),
        Facet.NEWCOMER: lambda: (YES, NO),
        Facet.MODULE: lambda: named.modules,
        Facet.CHANNEL: lambda: named.channels,
    }
    if facet in orders:
        listed = list(orders[facet]())
        return (not value, listed.index(value) if value in listed else len(listed), value)
    if facet is Facet.LEVEL:
        return (not value, int(value or 0))
    return (not value, value)
