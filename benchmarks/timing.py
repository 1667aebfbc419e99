"""What every benchmark stands on: a seeded organization, and the record of a timing."""

from __future__ import annotations

import gc
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from orgmap.model.document import Document
from orgmap.model.entities import Link, LinkId, LinkKind, MapInfo, Module, ModuleId, Node, NodeId

INSIDE = 0.75  # share of the talk that stays in a module, as in the surveys of docs/findings-seen.md
TWO_WAY = 0.4  # share of the links that go both ways
SPACING = 120.0  # map units between neighbours on the grid of a generated organization


@dataclass(frozen=True, slots=True)
class Case:
    """One line of output; times in milliseconds, memory in megabytes.

    `ratio` is the rival's median by ours: larger is better.
    """

    name: str
    people: int
    links: int
    median_ms: float
    p95_ms: float
    runs: int
    peak_rss_mb: float | None
    rival: str | None = None
    rival_median_ms: float | None = None
    ratio: float | None = None
    cpu_ms: float | None = None  # the median of the processor time of this process alone

    def record(self) -> dict[str, object]:
        """The case as JSON has it; the rival's keys only where there is one."""
        return {
            key: value for key, value in asdict(self).items() if value is not None or key == "peak_rss_mb"
        }


def organization(people: int, links: int, seed: int = 1, modules: int | None = None) -> Document:
    """A map of `people` people in `modules` modules (one for each 12, if not said) with `links` links.

    Three quarters of the links stay inside a module, two fifths go both ways; no two have the same
    ends. Everybody but the leads reports to the lead of the module; these reporting lines come on
    top of `links`. Everybody has a place on a grid by module. Same arguments, same map.
    """
    draw = random.Random(seed)
    teams = max(1, modules if modules is not None else people // 12)
    made = {
        ModuleId(f"m{i}"): Module(id=ModuleId(f"m{i}"), name=f"Team {i + 1}", lead=_person(i))
        for i in range(min(teams, people))
    }
    nodes = {n.id: n for n in _people(people, teams)}
    pairs: dict[tuple[int, int], bool] = {}
    possible = people * (people - 1) // 2
    while len(pairs) < min(links, possible):
        u = draw.randrange(people)
        inside = draw.random() < INSIDE
        v = draw.randrange(u % teams, people, teams) if inside else draw.randrange(people)
        crowded = len(pairs) > 0.8 * possible
        if crowded:
            v = draw.randrange(people)
        if u != v and (u, v) not in pairs and (v, u) not in pairs:
            pairs[u, v] = draw.random() < TWO_WAY
    drawn = [
        Link(id=LinkId(f"l{i}"), source=_person(u), target=_person(v), two_way=both)
        for i, ((u, v), both) in enumerate(pairs.items())
    ]
    drawn += [
        Link(id=LinkId(f"r{i}"), source=_person(i % teams), target=_person(i), kind=LinkKind.REPORTS)
        for i in range(teams, people)
    ]
    return Document(
        info=MapInfo(title=f"{people} people, {links} links"),
        modules=made,
        nodes=nodes,
        links={link.id: link for link in drawn},
        serial=max(people, len(pairs), teams) + 1,  # the first number no id has
    )


def measured(
    name: str,
    document: Document,
    ours: Callable[[], object],
    *,
    rival: tuple[str, Callable[[], object]] | None = None,
    runs: int = 5,
    warm: bool = True,
) -> Case:
    """Time `ours` `runs` times, turn by turn with the rival's `(name, call)`; see `Case`.

    `warm`: call each once before, outside the clock. The peak of memory is that of the timed runs.
    """
    return measured_counts(name, len(document.nodes), talk(document), ours, rival=rival, runs=runs, warm=warm)


def talk(document: Document) -> int:
    """How many links of talk the map has: the number `organization` was asked for."""
    return sum(1 for link in document.links.values() if link.kind is LinkKind.TALKS)


def measured_counts(
    name: str,
    people: int,
    links: int,
    ours: Callable[[], object],
    *,
    rival: tuple[str, Callable[[], object]] | None = None,
    runs: int = 5,
    warm: bool = True,
) -> Case:
    """As `measured`, where there is no document to count."""
    if warm:
        ours()
        if rival is not None:
            rival[1]()
    own: list[float] = []
    other: list[float] = []
    _forget_peak()
    gc.collect()
    gc.freeze()  # what was there before is not looked through between the runs
    try:
        for _ in range(runs):
            own.append(_timed(ours))
            if rival is not None:
                other.append(_timed(rival[1]))
    finally:
        gc.unfreeze()
    return case(name, people, links, own, rival=None if rival is None else (rival[0], other))


def case(
    name: str,
    people: int,
    links: int,
    times: list[float],
    *,
    rival: tuple[str, list[float]] | None = None,
    cpu: list[float] | None = None,
) -> Case:
    """The record of `times` in milliseconds, taken elsewhere (in another process, frame by frame)."""
    median = statistics.median(times)
    slow = sorted(times)[max(0, round(0.95 * len(times)) - 1)] if len(times) > 1 else times[0]
    named, theirs = (None, None) if rival is None else (rival[0], statistics.median(rival[1]))
    return Case(
        name=name,
        people=people,
        links=links,
        median_ms=round(median, 3),
        p95_ms=round(max(slow, median), 3),
        runs=len(times),
        peak_rss_mb=peak_rss_mb(),
        rival=named,
        rival_median_ms=None if theirs is None else round(theirs, 3),
        ratio=None if theirs is None else round(theirs / max(median, 1e-6), 2),
        cpu_ms=None if cpu is None else round(statistics.median(cpu), 3),
    )


def peak_rss_mb() -> float | None:
    """The most memory this process held since the last case began; None where nobody tells."""
    try:
        for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return round(int(line.split()[1]) / 1024, 1)
    except OSError:
        pass
    if sys.platform == "win32":
        return None
    import resource  # not on Windows

    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 1)


def _timed(call: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1_000


def _forget_peak() -> None:
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return  # only Linux can; elsewhere the peak is that of the whole run


def _person(number: int) -> NodeId:
    return NodeId(f"n{number}")


def _people(people: int, teams: int) -> Iterator[Node]:
    wide = max(1, round((people / max(teams, 1)) ** 0.5))
    across = max(1, round(teams**0.5))
    for i in range(people):
        team, rank = i % teams, i // teams
        x = ((team % across) * (wide + 1) + rank % wide) * SPACING
        y = ((team // across) * (wide + 2) + rank // wide) * SPACING
        module, level = ModuleId(f"m{team}"), 1 if i == 0 else 2 if rank == 0 else 3
        yield Node(id=_person(i), name=f"Person {i + 1}", modules=(module,), level=level, x=x, y=y)
