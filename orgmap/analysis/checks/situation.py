"""What every check stands on: the graphs of a map, what may be said of it, and words all share."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property, wraps
from typing import TypeVar, cast

from orgmap.analysis.catalogue import ENTRIES, checked, cutoff
from orgmap.analysis.centrality import betweenness
from orgmap.analysis.findings import Finding, Weight
from orgmap.analysis.graphs import Maps
from orgmap.i18n import Names, Said, names, text
from orgmap.model.document import Document
from orgmap.model.entities import EndId, Link, LinkId, LinkKind, ModuleId, NodeId, Status
from orgmap.model.query import inside
from orgmap.progress import SILENT, Progress

Answer = TypeVar("Answer")
Neighbours = Mapping[NodeId, Mapping[NodeId, object]]  # as networkx keeps them: graph.succ, graph.adj

_NEXT = text("list", "{first} {next}")
_COMMA = text("list", "{first}; {next}")
_PEOPLE = text("finding", "{n} person", "{n} people")
_PEOPLE_OF = text("finding", "{n} of {all} people", "{n} of {all} people")
_WAYS = text("finding", "{n} way between colleagues", "{n} ways between colleagues")
_WAYS_OF = text(
    "finding",
    "{part} of the ways between colleagues ({n} of {all})",
    "{part} of the ways between colleagues ({n} of {all})",
)
_ACROSS = text(
    "finding",
    "{n} way between colleagues of different modules",
    "{n} ways between colleagues of different modules",
)
_ACROSS_OF = text(
    "finding",
    "{part} of the ways between colleagues of different modules ({n} of {all})",
    "{part} of the ways between colleagues of different modules ({n} of {all})",
)
_ALL = text("finding", "all")
_NEARLY_ALL = text("finding", "nearly all")
_NINE_IN_TEN = text("finding", "about 9 in 10")
_THREE_IN_FOUR = text("finding", "about 3 in 4")
_TWO_IN_THREE = text("finding", "about 2 in 3")
_HALF = text("finding", "about half")
_ONE_IN = text("finding", "about 1 in {many}")
_MOSTS = (
    (0.95, _NEARLY_ALL),
    (0.82, _NINE_IN_TEN),
    (0.71, _THREE_IN_FOUR),
    (0.59, _TWO_IN_THREE),
    (0.42, _HALF),
)
_DAYS = text("finding", "{n} day", "{n} days")
_NOT_JUDGED = text("finding", "Not checked: {whether}.")
_FORMAL = text("finding", "The map shows only who reports to whom.")
_FORMAL_ASK = text("finding", "Who really talks with whom, besides the chart?")
_NO_LINES = text("finding", "The map shows no talk between people yet.")
_NO_LINES_ASK = text("finding", "Who talks with whom?")
_ONE_WAY = text("finding", "Every line runs from the top down, as if drawn one-way.")
_ONE_WAY_ASK = text("finding", "Which of these lines carry an answer too?")
_FOR_LEAD = text("finding", "Talk with {module} counts as talk with its lead, {name}.")
_FOR_ALL = text("finding", "Talk with {module} counts as talk with everybody in it.")


class Situation:
    """One map as the checks see it. Cheap to make; everything costly waits until it is asked for.

    `recent`: people who were edited a moment ago; having no line yet is not held against them.
    """

    def __init__(self, maps: Maps, *, recent: Collection[NodeId] = (), progress: Progress = SILENT) -> None:
        self.maps = maps
        self.document: Document = maps.document
        self.recent = frozenset(recent)
        self.progress = progress
        self._inside: dict[ModuleId, set[ModuleId]] = {}
        self.answers: dict[object, object] = {}  # of functions that answer `once`

    def cut(self, name: str) -> float:
        """The cut-off `name` of this map."""
        return cutoff(self.document, name)

    @property
    def others(self) -> int:
        """How many people there are besides one, at least 1; the divisor of severities."""
        return max(len(self.maps.nodes) - 1, 1)

    @cached_property
    def out(self) -> Neighbours:
        """F: whom each person tells directly."""
        return _neighbours(self.maps.nodes, self.maps.arcs)

    @cached_property
    def into(self) -> Neighbours:
        """F: from whom each person hears directly."""
        return _neighbours(self.maps.nodes, ((v, u) for u, v in self.maps.arcs))

    @cached_property
    def people(self) -> frozenset[NodeId]:
        """Whom findings may be about: persons and filled roles."""
        return frozenset(self.maps.people)

    def inside(self, module: ModuleId) -> set[ModuleId]:
        """The module and everything nested in it."""
        if module not in self._inside:
            self._inside[module] = inside(self.document, module)
        return self._inside[module]

    @cached_property
    def betweenness(self) -> Mapping[NodeId, float]:
        """On F, directed, in steps, 0..1."""
        return betweenness(self.maps, progress=self.progress)

    # -- what the map does not say

    @cached_property
    def untold(self) -> tuple[Said, Said] | None:
        """What is missing before talk can be judged at all, and the question for the room."""
        arcs = self.maps.arcs
        if not arcs:
            return (_FORMAL(), _FORMAL_ASK()) if self.maps.reports.size() else (_NO_LINES(), _NO_LINES_ASK())
        if all(self._formal(link) for arc in arcs.values() for link in arc.links):
            return _FORMAL(), _FORMAL_ASK()
        return None

    @cached_property
    def one_way(self) -> tuple[Said, Said] | None:
        """A chain of command drawn one-way: every arc of F runs down R, or down the levels."""
        arcs, nodes = self.maps.arcs, self.document.nodes
        if not arcs:
            return None
        for u, v in arcs:
            over, under = nodes[u].level, nodes[v].level
            if over is not None and under is not None and over < under:
                continue
            if not self.maps.reports.has_edge(u, v) and not self._runs_down(u, v):
                return None
        return _ONE_WAY(), _ONE_WAY_ASK()

    @cached_property
    def silent(self) -> frozenset[NodeId]:
        """Who may not have answered: on a map that was asked for, those who named nobody."""
        if not self.document.info.asked:
            return frozenset()
        return frozenset(v for v in self.maps.nodes if self.out[v] and not self.into[v])

    @cached_property
    def closed(self) -> frozenset[ModuleId]:
        """Modules that are drawn as a whole: lines of talk end on them, and nobody within has one within."""
        links, modules = self.document.links.values(), self.document.modules
        whole = {
            ModuleId(end)
            for link in links
            if link.kind is LinkKind.TALKS and link.status is not Status.PROPOSED
            for end in (link.source, link.target)
            if end in modules
        }
        own = {m: set(self.maps.members[m]) for m in whole}
        return frozenset(m for m in whole if not any(self.out[v].keys() & own[m] for v in own[m]))

    def may_talk(self, one: NodeId, other: NodeId) -> bool:
        """Could a line between the two be missing only because their module is drawn as a whole?"""
        if not self.closed:
            return False
        return bool(self.closed & self.maps.modules_of(one) & self.maps.modules_of(other))

    def not_judged(self, code: str, missing: tuple[Said, Said]) -> Finding:
        """The note of a check that cannot judge: what is missing, and what to ask."""
        return Finding(
            code=code,
            weight=Weight.NOTE,
            severity=0.0,
            claim=_NOT_JUDGED(whether=checked(code)),
            because=missing[0],
            question=missing[1],
            judged=False,
            source=ENTRIES[code].source,
        )

    # -- words

    def name(self, end: EndId) -> str:
        """The name of a person or module."""
        return self.maps.name(end)

    def names(self, ends: Iterable[EndId], most: int = 6) -> Names:
        """Their names as one value, in the order given."""
        return names((self.name(e) for e in ends), most)

    @property
    def small(self) -> bool:
        """So few people that shares would mislead: sentences give counts only."""
        return len(self.maps.people) < self.cut("shares-from")

    def listing(self, sayings: Iterable[Said]) -> Said:
        """Several phrases as one: "Sales and Product, Sales and Factory"."""
        said = list(sayings)
        joined = said[0]
        for saying in said[1:]:
            joined = _COMMA(first=joined, next=saying)
        return joined

    def count(self, n: int, of: int | None = None) -> Said:
        """ "11 people", or on a map large enough for shares "11 of 40 people"."""
        return _PEOPLE(n=n) if of is None or self.small else _PEOPLE_OF(n=n, all=of)

    def ways(self, n: int, of: int) -> Said:
        """ "about 1 in 4 of the ways between colleagues (83 of 342)", on a small map how many."""
        return _WAYS(n=n) if self.small else _WAYS_OF(part=part(n, of), n=n, all=of)

    def ways_across(self, n: int, of: int) -> Said:
        """ "about half of the ways between colleagues of different modules (20 of 40)", or how many."""
        return _ACROSS(n=n) if self.small else _ACROSS_OF(part=part(n, of), n=n, all=of)

    def links_of(self, arcs: Iterable[tuple[NodeId, NodeId]]) -> tuple[LinkId, ...]:
        """The links that carry these arcs, each once, in order of id."""
        found = self.maps.arcs
        return tuple(sorted({link for arc in arcs if arc in found for link in found[arc].links}))

    def for_whom(self, links: Iterable[LinkId]) -> Said | None:
        """Says for whom a line counts that ends on a module; None if none of these does."""
        for key in links:
            link = self.document.links[key]
            for end, other in ((link.source, link.target), (link.target, link.source)):
                module = self.document.modules.get(ModuleId(end))
                if module is None:
                    continue
                if module.lead is not None and self.maps.carriers(end, other) == [module.lead]:
                    return _FOR_LEAD(module=self.name(module.id), name=self.name(module.lead))
                return _FOR_ALL(module=self.name(module.id))
        return None

    # -- inside

    def _formal(self, key: LinkId) -> bool:
        link: Link = self.document.links[key]
        return link.kind is LinkKind.REPORTS

    def _runs_down(self, u: NodeId, v: NodeId) -> bool:
        graph = self.maps.reports
        return v in steps(graph.succ, [u])


def _neighbours(nodes: Iterable[NodeId], arcs: Iterable[tuple[NodeId, NodeId]]) -> Neighbours:
    """As networkx keeps them, without its views, which cost more than the search itself."""
    found: dict[NodeId, dict[NodeId, None]] = {v: {} for v in nodes}
    for u, v in arcs:
        found[u][v] = None
    return found


def steps(
    neighbours: Neighbours,
    starts: Iterable[NodeId],
    most: int | None = None,
    without: Collection[NodeId] = (),
) -> dict[NodeId, int]:
    """Steps from the nearest of `starts` to whoever can be reached, the starts at 0. O(n + m)."""
    found = dict.fromkeys((s for s in starts if s in neighbours), 0)
    waiting = deque(found)
    while waiting:
        at = waiting.popleft()
        step = found[at] + 1
        if most is not None and step > most:
            break
        for other in neighbours[at]:
            if other not in found and other not in without:
                found[other] = step
                waiting.append(other)
    return found


def together(*sentences: Said | None) -> Said:
    """Sentences, one after the other; None is left out."""
    said = [s for s in sentences if s is not None]
    joined = said[0]
    for sentence in said[1:]:
        joined = _NEXT(first=joined, next=sentence)
    return joined


def part(n: int, of: int) -> Said:
    """A share in words, of more than none: "about 1 in 7", "nearly all"."""
    if n >= of:
        return _ALL()
    said = next((words for least, words in _MOSTS if n >= least * of), None)
    return said() if said is not None else _ONE_IN(many=round(of / max(n, 1)))


def counted(number: float) -> int | float:
    """A whole number as such: only that has a singular."""
    return int(number) if float(number).is_integer() else number


def said_days(number: float) -> Said:
    """ "1 day", "2.5 days"."""
    return _DAYS(n=counted(number))


def once(function: Callable[[Situation], Answer]) -> Callable[[Situation], Answer]:
    """Let `function` be worked out once for each situation: one check needs what another told."""

    @wraps(function)
    def answered(situation: Situation) -> Answer:
        if function not in situation.answers:
            situation.answers[function] = function(situation)
        return cast(Answer, situation.answers[function])

    return answered


Check = Callable[[Situation], Iterator[Finding]]
