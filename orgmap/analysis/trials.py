"""A map with some lines fewer or more, as matrices; and such maps drawn by chance.

See `docs/findings.md`, "How sure"; what is asked of them is in `orgmap.analysis.standing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from orgmap.analysis.distances import steps_on
from orgmap.analysis.graphs import Maps
from orgmap.model.entities import LinkId, NodeId

SHARE = 0.1  # of the lines
NO_WAY = 9_999  # steps to whom no path leads

Flags: TypeAlias = NDArray[np.bool_]
Steps: TypeAlias = NDArray[np.int16]
Line: TypeAlias = tuple[int, int]
Condition: TypeAlias = Callable[["Trial"], bool]


@dataclass(eq=False)
class Trial:
    """`whole`: who tells whom, row by column, false on the diagonal.

    First the `size` persons and roles in the order of `maps.nodes`, then outside parties and sources.
    """

    whole: Flags
    size: int

    @cached_property
    def flow(self) -> Flags:
        """F: persons and roles only."""
        return self.whole[: self.size, : self.size]

    @cached_property
    def two_way(self) -> Flags:
        """T: pairs between which information can go both ways directly."""
        both: Flags = self.flow & self.flow.T
        return both

    @cached_property
    def steps(self) -> Steps:
        """Fewest steps from row to column on F, `NO_WAY` where no path leads."""
        return steps_between(self.flow)

    @cached_property
    def near(self) -> Flags:
        """Who reaches whom within two steps of F."""
        return within_two(self.flow)

    def without(self, people: Iterable[int]) -> Steps:
        """As `steps`, while some are away; their own rows and columns are `NO_WAY`."""
        flow, away = self.flow.copy(), list(people)
        flow[away] = False
        flow[:, away] = False
        return steps_between(flow)

    def group(self, person: int, away: Iterable[int] = ()) -> Flags:
        """Whom a person reaches on T while some are away, the person too."""
        graph, gone = self.two_way, list(away)
        found = np.zeros(len(graph), dtype=bool)
        found[person] = True
        new = found
        while new.any():
            new = graph[new].any(axis=0) & ~found
            new[gone] = False
            found = found | new
        return found


def steps_between(flow: Flags) -> Steps:
    """Fewest steps between everybody; `NO_WAY` is more than any."""
    found = steps_on(flow)
    return np.where(found < 0, np.int16(NO_WAY), found)


def within_two(lines: Flags) -> Flags:
    """Who reaches whom in one step or two."""
    plain = lines.astype(np.float32)
    found: Flags = lines | ((plain @ plain) > 0)
    return found


def ends_of(maps: Maps) -> list[NodeId]:
    """Whom the rows of a trial stand for: persons and roles, then everybody else by id."""
    return [*maps.nodes, *sorted(maps.document.nodes.keys() - maps.index.keys())]


class Trials:
    """The maps with lines dropped and added, drawn from one seed; and those with chosen lines so."""

    def __init__(self, maps: Maps, seed: int) -> None:
        self._chance = np.random.default_rng(seed)
        self._size = len(maps.nodes)
        self.ends = ends_of(maps)
        self.rows = place = {v: row for row, v in enumerate(self.ends)}
        self._carried = np.zeros((len(place), len(place)), dtype=np.int32)  # links on each arc
        by_link: dict[LinkId, list[Line]] = {}
        for (u, v), arc in maps.all_arcs.items():
            row = place[u], place[v]
            self._carried[row] = len(arc.links)
            for key in arc.links:
                by_link.setdefault(key, []).append(row)
        self.links = [by_link[key] for key in sorted(by_link)]
        self._whole: Flags = self._carried > 0
        one_way = self._whole & ~self._whole.T
        flow = self._whole[: self._size, : self._size]
        joined = flow | flow.T
        near = within_two(joined) & ~joined
        self.one_way = _listed(one_way)
        self._near = _listed(np.triu(near, 1))
        self._answered: set[Line] = set(self.one_way)

    @property
    def many(self) -> int:
        """How many lines are dropped, or added."""
        return max(1, round(SHARE * len(self.links)))

    @property
    def here(self) -> Trial:
        """The map itself."""
        return Trial(self._whole, self._size)

    def answers(self, line: Line) -> bool:
        """Is it, of the lines that are added, the answer on one that is drawn?"""
        return line in self._answered

    def back(self, line: Line) -> tuple[int, int, bool]:
        """A line that is added, with its ends turned round if it is an answer, and whether it is."""
        u, v = line
        return (v, u, True) if self.answers(line) else (u, v, False)

    def fewer(self) -> list[Line]:
        """Links to drop, drawn by chance, as (place among the links, 0)."""
        chosen = self._chance.choice(len(self.links), size=self.many, replace=False)
        return [(int(i), 0) for i in chosen]

    def more(self) -> list[Line]:
        """Pairs to join both ways, drawn by chance: one-way lines first, then people two steps apart."""
        one_way = self._drawn(self.one_way, self.many)
        return one_way + self._drawn(self._near, self.many - len(one_way))

    def less(self, links: Iterable[Line]) -> Trial:
        """The map without these links."""
        carried = self._carried.copy()
        for i, _ in links:
            for arc in self.links[i]:
                carried[arc] -= 1
        return Trial(carried > 0, self._size)

    def joined(self, lines: Iterable[Line]) -> Trial:
        """The map with these pairs joined both ways."""
        whole = self._whole.copy()
        for u, v in lines:
            whole[u, v] = whole[v, u] = True
        return Trial(whole, self._size)

    def _drawn(self, among: list[Line], many: int) -> list[Line]:
        many = min(many, len(among))
        if many <= 0:
            return []
        return [among[int(i)] for i in self._chance.choice(len(among), size=many, replace=False)]


def _listed(flags: Flags) -> list[Line]:
    return [(int(u), int(v)) for u, v in np.argwhere(flags)]
