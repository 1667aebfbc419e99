"""Of questions and what gets through: does a finding stand with some lines fewer or more? See `standing`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from orgmap.analysis.checks.asking import Ask, Trouble, sought, topics_of, troubles
from orgmap.analysis.checks.outside_facts import deciders
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


def expert(situation: Situation, finding: Finding) -> Condition | None:
    """Enough askers of one topic reach the most senior before anybody junior, who is little farther."""
    nodes, asking = situation.document.nodes, Asking(situation)
    least = situation.cut("expert-interrupted.askers")
    farther = situation.cut("expert-interrupted.farther")
    listed: list[tuple[int, list[int], list[int]]] = []  # the expert, those junior, the askers
    for person, key in ((v, key) for v in finding.people for key in sought(situation)):
        topic = topics_of(situation)[key]
        levels = {v: level for v in topic.holders if (level := nodes[v].level) is not None}
        if person in levels:
            top = levels[person]
            juniors = [v for v, level in levels.items() if level > top and v in situation.people]
            askers = [
                v
                for v in topic.seekers
                if v not in topic.holders and ((own := nodes[v].level) is None or own > top)
            ]
            listed.append((asking.row[person], asking.rows(juniors), asking.rows(askers)))

    def first(ways: Ways, asker: int, senior: int, juniors: list[int]) -> bool:
        ends = [senior, *juniors]
        steps = np.where(ways.back(asker, ends), ways.there(asker, ends), NO_WAY)
        nearest = steps[1:].min(initial=NO_WAY)
        return bool(steps[0] < nearest <= steps[0] + farther)

    def holds(trial: Trial) -> bool:
        ways = asking.on(trial)
        return any(
            sum(first(ways, asker, senior, juniors) for asker in askers) >= least
            for senior, juniors, askers in listed
        )

    return holds if listed else None


def front_line(situation: Situation, finding: Finding) -> Condition | None:
    """Word from outside has no way to those who decide, or a long one, or no answer."""
    listed, asking = finding.evidence.get("outside"), Asking(situation)
    outside = asking.rows(NodeId(o) for o in listed) if isinstance(listed, tuple) else []
    people, decide = asking.rows(situation.maps.people), asking.rows(deciders(situation))
    most = situation.cut("front-line-unheard.steps")

    def unheard(trial: Trial, steps: Steps, party: int) -> bool:
        front = [row for row in people if trial.whole[party, row]]
        if not front:
            return False
        there = int(steps[np.ix_(front, decide)].min())
        return there > most or bool((steps[np.ix_(decide, front)] == NO_WAY).all())

    def holds(trial: Trial) -> bool:
        steps = asking.on(trial).steps
        return any(unheard(trial, steps, party) for party in outside)

    return holds if outside and decide else None


def talked_at(situation: Situation, finding: Finding) -> Condition | None:
    """Lines run to somebody outside, and none comes back."""
    asking = Asking(situation)
    outside, people = asking.rows(finding.people), asking.rows(situation.maps.people)
    return lambda trial: any(
        trial.whole[people, party].any() and not trial.whole[party, people].any() for party in outside
    )
