"""out-of-sight: too little of the rest gets through to somebody, or to a module, to see where work fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from orgmap.analysis.catalogue import ENTRIES, OUT_OF_SIGHT
from orgmap.analysis.checks.isolated import unfinished
from orgmap.analysis.checks.sight_facts import few_seen, sight
from orgmap.analysis.checks.sight_repairs import advices
from orgmap.analysis.checks.situation import Situation, together
from orgmap.analysis.findings import Finding, Weight
from orgmap.i18n import text
from orgmap.model.entities import ModuleId, NodeId
from orgmap.model.query import above

LEAST_MODULES = 3  # own one included; of two, one can only be seen or not
MOST_ALONE = 3  # modules told one by one; where there are more, they are one finding

_PEOPLE = text(
    "finding",
    "Too little of the rest gets through to {names} to show where the work fits.",
)
_MODULE = text("finding", "Too little of the rest gets through to {module} to show where its work fits.")
_SUM = text(
    "finding",
    "In {n} module, too little of the rest gets through to show where the work fits.",
    "In {n} modules, too little of the rest gets through to show where the work fits.",
)
_ONE_WHY = text(
    "finding",
    "Within {steps} steps, word comes from {seen} of {n} other module.",
    "Within {steps} steps, word comes from {seen} of {n} other modules.",
)
_NONE_WHY = text(
    "finding",
    "Within {steps} steps, word comes from none of the other modules.",
)
_SEVERAL_WHY = text("finding", "Within {steps} steps, word comes from fewer than half of the other modules.")
_OF_MODULE = text(
    "finding",
    "So it is for {n} person there.",
    "So it is for {n} people there.",
)
_UNSEEN = text("finding", "No word comes from {modules}.")
_AMONG = text("finding", "Among them: {modules}.")
_ASK = text("finding", "What of the rest would help them in their work?")
_ASK_ONE = text("finding", "What of the rest would help {name} at work?")
_FEW_MODULES = text("finding", "Fewer than three modules with people in them are drawn.")
_FEW_MODULES_ASK = text("finding", "Who works together every day, and what would you call that group?")


def out_of_sight(situation: Situation) -> Iterator[Finding]:
    """Modules where it is so for half of the people, then everybody else for whom it is so, together."""
    missing = situation.untold or situation.one_way or unfinished(situation)
    if missing is None and len(sight(situation).modules) < LEAST_MODULES:
        missing = _FEW_MODULES(), _FEW_MODULES_ASK()
    if missing is not None:
        yield situation.not_judged(OUT_OF_SIGHT, missing)
        return
    few = few_seen(situation)
    modules = _modules(situation)
    told = {v for m in modules for v in situation.maps.members[m]}
    if len(modules) > MOST_ALONE:
        yield _finding(situation, [v for v in few if v in told], modules)
    else:
        for module in modules:
            members = situation.maps.members[module]
            yield _finding(situation, [v for v in members if v in few], [module])
    rest = [v for v in few if v not in told]
    if rest:
        yield _finding(situation, rest, [])


def _modules(situation: Situation) -> list[ModuleId]:
    """Modules of two people or more for half of whom it is so; of nested ones the outermost, by id."""
    few, people = few_seen(situation), situation.people
    found: dict[ModuleId, set[NodeId]] = {}
    for module, members in sorted(situation.maps.members.items()):
        own = set(people.intersection(members))
        if 2 <= len(own) < len(people) and 2 * len(own & few.keys()) >= len(own):
            found[module] = own
    return [m for m in found if not any(a.id in found for a in above(situation.document, m) if a.id != m)]


def _finding(situation: Situation, concerned: Sequence[NodeId], modules: Sequence[ModuleId]) -> Finding:
    table, few = sight(situation), few_seen(situation)
    n, steps = len(concerned), int(situation.cut("out-of-sight.steps"))
    rows = [situation.maps.index[v] for v in concerned]
    others = {int(k) for k in table.all[rows]}
    seen = {few[v] for v in concerned}
    if seen == {0}:
        because = _NONE_WHY(steps=steps)
    elif len(seen) == 1 and len(others) == 1:
        because = _ONE_WHY(steps=steps, seen=min(seen), n=min(others))
    else:
        because = _SEVERAL_WHY(steps=steps)
    missed = np.all(table.others[rows] & ~table.heard[rows], axis=0)
    unseen = tuple(m for m, gone in zip(table.modules, missed.tolist(), strict=True) if gone)
    more = _UNSEEN(modules=situation.names(unseen, 3)) if unseen and seen != {0} else None
    question = _ASK()
    if not modules:
        claim = _PEOPLE(names=situation.names(concerned))
        question = _ASK_ONE(name=situation.name(concerned[0])) if n == 1 else _ASK()
    elif len(modules) == 1:
        claim = _MODULE(module=situation.name(modules[0]))
        because = together(because, _OF_MODULE(n=n))
    else:
        claim = _SUM(n=len(modules))
        more = _AMONG(modules=situation.names(modules, 3))
    most = 2 * len(modules) > len(table.modules)
    return Finding(
        code=OUT_OF_SIGHT,
        weight=Weight.NOTE if most and len(modules) > MOST_ALONE else Weight.LOOK,
        severity=n / max(len(situation.people), 1),
        claim=claim,
        because=together(because, more),
        question=question,
        people=() if modules else tuple(concerned),
        modules=tuple(modules),
        advice=advices(situation, concerned),
        evidence={
            "modules_heard": {str(v): few[v] for v in concerned},
            "not_heard": unseen,
            "modules_beside": max(others),
        },
        lit_nodes=tuple(concerned),
        lit_modules=(*modules, *(m for m in unseen if m not in modules)),
        source=ENTRIES[OUT_OF_SIGHT].source,
    )
