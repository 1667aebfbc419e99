"""Which lines let most people see enough of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from orgmap.analysis.checks.sight_facts import Flags, inside, sight
from orgmap.analysis.checks.situation import Situation, once
from orgmap.analysis.findings import Advice
from orgmap.analysis.paths import matrix
from orgmap.analysis.repairs import ranked, talking
from orgmap.i18n import text
from orgmap.model.entities import NodeId

LOOKED_AT = 6  # people of whom a line is tried
MOST_LINES = 3  # that one advice draws

_GAINED = text(
    "advice",
    "{n} person then hears from at least half of the other modules",
    "{n} people then hear from at least half of the other modules",
)
_GAINED_ONE = text("advice", "{name} then hears from at least half of the other modules")
_GAINED_SHARE = text(
    "advice",
    "{n} person then hears from enough of the other modules",
    "{n} people then hear from enough of the other modules",
)


def advices(situation: Situation, concerned: Sequence[NodeId]) -> tuple[Advice, ...]:
    """Talk of one of `concerned`, or of somebody they hear, with people who bring in what is missing."""
    near: dict[NodeId, int] = dict.fromkeys(concerned, 1)
    for v in concerned:
        for u in situation.into[v]:
            near[u] = near.get(u, 0) + 1
    hubs = sorted((u for u in near if u in situation.people), key=lambda u: (-near[u], u))[:LOOKED_AT]
    usual = situation.cut("out-of-sight.share") == 0.5
    made = []
    for hub in hubs:
        situation.progress.at(0.8)
        found = _lines(situation, hub, [v for v in concerned if v == hub or v in situation.out[hub]])
        if found is not None:
            others, helped = found
            gained = (_GAINED if usual else _GAINED_SHARE)(n=helped)
            if usual and len(concerned) == 1:
                gained = _GAINED_ONE(n=1, name=situation.name(concerned[0]))
            made.append(talking(situation.maps, hub, others, gained, helped))
    return ranked(made)


def _lines(situation: Situation, hub: NodeId, hearers: Sequence[NodeId]) -> tuple[list[NodeId], int] | None:
    """With whom `hub` should talk so that most of `hearers`, by the line, hear enough; and how many do.

    `hub` then hears those and whoever tells them; whoever hears `hub` hears those. Each next line is the
    one that brings most.
    """
    table, maps = sight(situation), situation.maps
    rows = [maps.index[v] for v in hearers]
    missing: Flags = table.others[rows] & ~table.heard[rows]
    own = np.array([v == hub for v in hearers], np.bool_)
    able = _able(situation, hub)
    chosen: list[int] = []
    best: tuple[list[int], int] | None = None
    for _ in range(MOST_LINES):
        ranks = _beside(situation) @ missing[own].sum(axis=0).astype(np.float32)
        ranks += inside(situation) @ missing[~own].sum(axis=0).astype(np.float32)
        ranks[~able] = 0
        x = int(ranks.argmax())
        if ranks[x] <= 0:
            break
        chosen.append(x)
        able[x] = False
        missing[own] &= _beside(situation)[x] == 0
        missing[~own] &= inside(situation)[x] == 0
        helped = int((_enough(situation, rows, missing)).sum())
        if helped and (best is None or helped * len(best[0]) > best[1] * len(chosen)):
            best = list(chosen), helped
    return None if best is None else ([maps.nodes[x] for x in best[0]], best[1])


def _enough(situation: Situation, rows: Iterable[int], missing: Flags) -> Flags:
    others = sight(situation).all[list(rows)]
    found: Flags = others - missing.sum(axis=1) >= situation.cut("out-of-sight.share") * others
    return found


def _able(situation: Situation, hub: NodeId) -> Flags:
    """With whom `hub` could begin to talk."""
    maps = situation.maps
    able = np.zeros(len(maps.nodes), np.bool_)
    able[[maps.index[v] for v in maps.people if v != hub and v not in maps.two_way.adj[hub]]] = True
    return able


@once
def _beside(situation: Situation) -> NDArray[np.float32]:
    """For each person (row) which modules they belong to, or somebody who tells them."""
    table = inside(situation)
    heard = np.asarray(matrix(situation.maps).astype(np.float32).T @ table)
    return np.asarray((heard + table) > 0, np.float32)
