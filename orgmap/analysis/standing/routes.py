"""Of questions and what gets through: does a finding stand with some lines fewer or more? See `standing`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from orgmap.analysis.checks.asking import Ask, Trouble, troubles
from orgmap.analysis.checks.sight_facts import few_seen, inside, sight
from orgmap.analysis.checks.situation import Situation
from orgmap.analysis.findings import Finding
from orgmap.analysis.standing.rows import rows_of
from orgmap.analysis.trials import NO_WAY, Condition, Flags, Steps, Trial, ends_of, steps_between
from orgmap.model.entities import NodeId, NodeKind


class Asking:
    """How questions run on the trials of one map: persons and filled roles hand on, others only end a way.

    A source can be asked over any line with it, whichever way that was drawn.
    """

    def __init__(self, situation: Situation) -> None:
        nodes, ends = situation.document.nodes, ends_of(situation.maps)
        self.row = {v: row for row, v in enumerate(ends)}
        self._passing = np.array([v in situation.people for v in ends], dtype=bool)
        self._sources = np.array([nodes[v].kind is NodeKind.SOURCE for v in ends], dtype=bool)

    def rows(self, nodes: Iterable[NodeId]) -> list[int]:
        """The rows of any nodes of the map."""
        return [self.row[v] for v in nodes if v in self.row]

    def on(self, trial: Trial, without: Sequence[int] = ()) -> Ways:
        """The ways of a trial while some are away."""
        lines = trial.whole.copy()
        lines[self._sources] |= trial.whole[:, self._sources].T
        lines[:, self._sources] |= trial.whole[self._sources].T
        lines[list(without)] = False
        lines[:, list(without)] = False
        return Ways(lines, self._passing)


@dataclass(eq=False)
class Ways:
    """Who can ask whom, straight, and who hands on."""

    lines: Flags
    passing: Flags

    @cached_property
    def steps(self) -> Steps:
        """Steps of a question from row to column."""
        return steps_between(self.lines & self.passing[:, None])

    def there(self, asker: int, ends: Sequence[int]) -> Steps:
        """Steps of a question to each of `ends`."""
        return self.steps[asker, list(ends)]

    def back(self, asker: int, ends: Sequence[int]) -> Flags:
        """Does a word of each of `ends` reach the asker, be it only as a start?"""
        reach = self.steps[:, asker] < NO_WAY
        reach[~self.passing] = False
        reach[asker] = True
        return np.asarray((self.lines[list(ends)] & reach).any(axis=1), dtype=np.bool_)


def no_answer(situation: Situation, finding: Finding) -> Condition | None:
    """No way to anybody whose answer comes back, a long one, or one over one person."""
    told = set(finding.people)
    asks = [
        ask
        for ask in troubles(situation)
        if ask.asker in told and ask.trouble is not Trouble.UNKNOWN and (ask.over is None or ask.over in told)
    ]
    asking, most = Asking(situation), situation.cut("no-answer-route.hand-offs")
    listed = [(ask, asking.row[ask.asker], asking.rows(ask.ends)) for ask in asks]

    def troubled(trial: Trial, ways: Ways, ask: Ask, asker: int, ends: list[int]) -> bool:
        others = [end for end in ends if end != asker]
        there = ways.there(asker, others)
        able = (there < NO_WAY) & ways.back(asker, others)
        if ask.trouble is Trouble.NONE:
            return not able.any()
        if not able.any():
            return False
        nearest = there[able].min()
        if ask.trouble is Trouble.LONG or ask.over is None:
            return bool(nearest - 1 > most)
        if nearest <= 1:
            return False
        left = asking.on(trial, [asking.row[ask.over]])
        known = [end for end, good in zip(others, able.tolist(), strict=True) if good]
        return bool((left.there(asker, known) == NO_WAY).all())

    def holds(trial: Trial) -> bool:
        ways = asking.on(trial)
        return any(troubled(trial, ways, *each) for each in listed)

    return holds if listed else None


def out_of_sight(situation: Situation, finding: Finding) -> Condition | None:
    """Too few of the other modules are heard within some steps: by a person, by half of a module."""
    maps, table, belongs = situation.maps, sight(situation), inside(situation) > 0
    most, least = max(situation.cut("out-of-sight.steps"), 1), situation.cut("out-of-sight.share")
    people = rows_of(maps, finding.people)
    few = set(rows_of(maps, few_seen(situation)))
    spared = [maps.index[v] for v in maps.people if maps.index[v] not in few]
    modules = [rows_of(maps, situation.people & set(maps.members[m])) for m in finding.modules]
    count = table.others.sum(axis=1)
    blind = np.zeros(len(maps.nodes), dtype=bool)  # told otherwise: never counted
    seen = table.seen
    blind[[row for row in spared if count[row] >= 2 and seen[row] < least * count[row]]] = True

    def holds(trial: Trial) -> bool:
        steps = trial.steps
        reach = ((steps > 0) & (steps <= most)).astype(np.float32)
        heard = (reach.T @ belongs.astype(np.float32)) > 0
        short = (count >= 2) & ((heard & table.others).sum(axis=1) < least * count) & ~blind
        if short[people].any():
            return True
        return any(2 * int(short[own].sum()) >= len(own) for own in modules if own)

    return holds
