"""What comes back for a question about some people of a map: plain values that cross processes.

Nothing heavy is imported here, so that the window may read answers. All steps are on F and all parts
on T (`docs/findings.md`, "Ground rules"); whoever puts an answer into words looks the names up.
"""

from __future__ import annotations

from dataclasses import dataclass

from orgmap.analysis.findings import Finding
from orgmap.model.entities import EndId, LinkId, ModuleId, NodeId

Pair = tuple[ModuleId, ModuleId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One way of a question and of its answer.

    `people`: whoever it passes, the asker first, the one who is asked last. `links`: for each step the
    links that carry it, the quickest first. `minutes`: what it takes, waits added up; None if nobody
    said of any line of the map how often. `back`, `links_back`, `minutes_back`: the same for the
    answer, which may take another way; None, none and None if there is no way back. `unsaid`: links
    used, there or back, whose frequency nobody said; they count with `assumed` contacts a week.
    `separate`: how many routes to the same end, or to any of the ends asked for, share nobody in
    between; at least 1. `only_over`: the first person without whom there is no route at all, None if
    there is none. `jumps`: steps (indices into `links`) between two levels that are two or more apart.
    """

    people: tuple[NodeId, ...]
    links: tuple[tuple[LinkId, ...], ...]
    minutes: int | None
    back: tuple[NodeId, ...] | None
    links_back: tuple[tuple[LinkId, ...], ...]
    minutes_back: int | None
    unsaid: tuple[LinkId, ...]
    assumed: float | None
    separate: int
    only_over: NodeId | None
    jumps: tuple[int, ...]

    @property
    def end(self) -> NodeId:
        """Who answers."""
        return self.people[-1]

    @property
    def first(self) -> NodeId:
        """Whom to ask first."""
        return self.people[1]

    @property
    def between(self) -> tuple[NodeId, ...]:
        """Who hands the question on."""
        return self.people[1:-1]

    @property
    def steps(self) -> int:
        """Lines from the asker to who answers, at least 1."""
        return len(self.people) - 1

    @property
    def hand_offs(self) -> int:
        """People in between: steps - 1."""
        return len(self.people) - 2

    @property
    def steps_back(self) -> int | None:
        """Lines the answer takes; None: it never comes back."""
        return None if self.back is None else len(self.back) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """What happens while some are away: people (those of modules, too) and lines.

    `away`: whoever is away, in order of id; `links`: every line that goes with them. Of the ordered
    `pairs` of others on F, `lost` have no way left and `lengthened` need a longer one. `cut_off`: the
    parts of T that lose the largest part of what they belonged to, largest first. `unlinked`: pairs of
    modules whose last two-way line goes. `hours`: of contact a week that fall free, each line once,
    None if no line that goes says how much; `untimed`: lines that do not say; `freed`: of these hours
    those of each who stays, the most first. `sought`: who stays and seeks a topic, the topic, where
    no answer can be had any more. `unknown`: topics that nobody who stays knows. `outside`: outside
    parties and sources that lose their last line. `work`: who stays, or modules, whose work needs theirs.
    """

    away: tuple[NodeId, ...]
    links: tuple[LinkId, ...]
    lost: int
    lengthened: int
    pairs: int
    cut_off: tuple[tuple[NodeId, ...], ...]
    unlinked: tuple[Pair, ...]
    hours: float | None
    untimed: int
    freed: tuple[tuple[NodeId, float], ...]
    sought: tuple[tuple[NodeId, str], ...]
    unknown: tuple[str, ...] = ()
    outside: tuple[NodeId, ...] = ()
    work: tuple[EndId, ...] = ()

    @property
    def noticed(self) -> bool:
        """Does anybody who stays lose a way, a contact or an answer?"""
        ways = self.lost or self.lengthened or self.cut_off or self.unlinked
        return bool(ways or self.sought or self.outside)


@dataclass(frozen=True, slots=True)
class Aftermath:
    """The findings that the map would have without those who are away, and those it would lose.

    Of the second kind only what is said of others.
    """

    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """A topic somebody seeks, and the best route to an answer; None: there is none. `holders`: who knows."""

    topic: str
    holders: tuple[NodeId, ...]
    route: Route | None


@dataclass(frozen=True, slots=True)
class Known:
    """A topic somebody knows, and who seeks it."""

    topic: str
    seekers: tuple[NodeId, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """Whoever is at the other end of a line of work. `module`: the work is that module's, not in person."""

    end: EndId
    module: ModuleId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """Where one person fits into the whole.

    `modules`: home first. `leads`: modules this person is named lead of. `bosses`, `reports`: on R,
    directly. `needed_by`: whose work needs this person's or that of their modules; `needs`: the other way
    round. `purpose`: who holds the map's purpose, or, not `purpose_marked`, those of level 1;
    this person left out, `holds_purpose` if among them. `from_purpose`, `to_purpose`: steps from the
    nearest of them, and to them; None: no way. `hears`, `heard_by`: directly on F, `both_ways` those
    of either who answer straight; `hears_two`, `heard_by_two`: at exactly two steps. `outside`: outside
    parties and sources with a line. `sees`, `unseen`: other modules from which word comes within
    `sight_steps` steps, or does not; both empty where fewer than three modules have people. `hours`: of
    contact a week, None if no line says; `capacity`: stated hours; `timed` of `lines` lines say how much
    they take.
    """

    person: NodeId
    modules: tuple[ModuleId, ...]
    leads: tuple[ModuleId, ...]
    bosses: tuple[NodeId, ...]
    reports: tuple[NodeId, ...]
    needed_by: tuple[Need, ...]
    needs: tuple[Need, ...]
    purpose: tuple[NodeId, ...]
    purpose_marked: bool
    holds_purpose: bool
    from_purpose: int | None
    to_purpose: int | None
    hears: tuple[NodeId, ...]
    heard_by: tuple[NodeId, ...]
    both_ways: tuple[NodeId, ...]
    hears_two: tuple[NodeId, ...]
    heard_by_two: tuple[NodeId, ...]
    outside: tuple[NodeId, ...]
    sees: tuple[ModuleId, ...]
    unseen: tuple[ModuleId, ...]
    sight_steps: int
    knows: tuple[Known, ...]
    seeks: tuple[Sought, ...]
    hours: float | None
    capacity: float | None
    timed: int
    lines: int
    away: Absence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """How a question gets from `start` to any of `ends` and back.

    `ends`: all that would do, the asker left out; `routes`: the best to each of the nearest, best first;
    empty: no way. `separate`: ways to any of the ends that share nobody in between, shortest first.
    `told_back`: no way there, but word from the ends reaches the asker all the same. `here`: the asker
    is one of those asked for.
    """

    start: NodeId
    ends: tuple[NodeId, ...]
    routes: tuple[Route, ...]
    separate: tuple[tuple[NodeId, ...], ...]
    told_back: bool
    here: bool
