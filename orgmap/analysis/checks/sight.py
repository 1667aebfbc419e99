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
from orgmap.analysis.lacking import MODULES
from orgmap.i18n import Said, text
from orgmap.model.entities import ModuleId, NodeId
from orgmap.model.query import above

LEAST_MODULES = 3  # own one included; of two, one can only be seen or not
MOST_ALONE = 3  # modules of which it is said; if more, and most of all, it is the way of the map
MOST_NAMED = 8  # people named one by one
HALF = 0.5  # the share for which sentences have a word

_PEOPLE = text(
    "finding",
    "Little news from other modules reaches {names}.",
    "Little news from other modules reaches {names}.",
)
_MODULE = text("finding", "Little news from other modules reaches {module}.")
_SUM_MANY = text(
    "finding",
    "Little news from other modules reaches {n} module.",
    "Little news from other modules reaches {n} of the modules.",
)
_SUM = text("finding", "Little news from other modules reaches {modules}.")
_DIRECTLY = text("finding", "Directly")
_THROUGH_ONE = text("finding", "Directly or through one other person")
_WITHIN = text("finding", "Directly or through {n} other person", "Directly or through {n} other people")
_ONE_WHY = text(
    "finding",
    "{within}, news comes from {seen} of {n} other module.",
    "{within}, news comes from {seen} of {n} other modules.",
)
_NONE_WHY = text("finding", "{within}, no news comes from any other module.")
_HALF_WHY = text("finding", "{within}, news comes from fewer than half of the other modules.")
_FEW_WHY = text("finding", "{within}, news comes from too few of the other modules.")
_OF_MODULE = text(
    "finding",
    "It is so for {n} person there.",
    "It is so for {n} people there.",
)
_UNSEEN = text("finding", "No news comes from {modules}.")
_THESE = text("finding", "That is so for at least half of the people in {modules}.")
_ALSO = text("finding", "The same is true of {names}.")
_ASK = text("finding", "What would they like to know from the other modules?")
_ASK_ONE = text("finding", "What would {name} like to know from the other modules?")


def out_of_sight(situation: Situation) -> Iterator[Finding]:
    """One finding: modules where it is so for half of the people, and everybody else for whom it is so."""
    missing = situation.untold or situation.one_way or unfinished(situation)
    if missing is None and len(sight(situation).modules) < LEAST_MODULES:
        missing = MODULES.missing
    if missing is not None:
        yield situation.not_judged(OUT_OF_SIGHT, missing)
        return
    if few_seen(situation):
        yield _finding(situation)


def _modules(situation: Situation) -> list[ModuleId]:
    """Modules of two people or more for half of whom it is so; of nested ones the outermost, by id."""
    few, people = few_seen(situation), situation.people
    found: dict[ModuleId, set[NodeId]] = {}
    for module, members in sorted(situation.maps.members.items()):
        own = set(people.intersection(members))
        if 2 <= len(own) < len(people) and 2 * len(own & few.keys()) >= len(own):
            found[module] = own
    return [m for m in found if not any(a.id in found for a in above(situation.document, m) if a.id != m)]


def _finding(situation: Situation) -> Finding:
    table, few, modules = sight(situation), few_seen(situation), _modules(situation)
    inside = [v for v in few if any(v in situation.maps.members[m] for m in modules)]
    rest = tuple(v for v in few if v not in inside)
    concerned = inside or list(rest)
    rows = [situation.maps.index[v] for v in concerned]
    missed = np.all(table.others[rows] & ~table.heard[rows], axis=0)
    unseen = tuple(m for m, gone in zip(table.modules, missed.tolist(), strict=True) if gone)
    most = 2 * len(modules) > len(table.modules) and len(modules) > MOST_ALONE
    claim, because = _words(situation, modules, concerned, unseen)
    also = _ALSO(names=situation.names(rest, MOST_NAMED)) if inside and rest else None
    alone = not modules and len(rest) == 1
    return Finding(
        code=OUT_OF_SIGHT,
        weight=Weight.NOTE if most else Weight.LOOK,
        severity=len(few) / max(len(situation.people), 1),
        claim=claim,
        because=together(because, also),
        question=_ASK_ONE(name=situation.name(rest[0])) if alone else _ASK(),
        people=rest,
        modules=tuple(modules),
        advice=advices(situation, list(few)),
        evidence={
            "modules_heard": {str(v): seen for v, seen in few.items()},
            "not_heard": unseen,
            "modules_beside": int(table.all[rows].max()),
        },
        lit_nodes=tuple(few),
        lit_modules=(*modules, *(m for m in unseen if m not in modules)),
        source=ENTRIES[OUT_OF_SIGHT].source,
    )


def _words(
    situation: Situation,
    modules: Sequence[ModuleId],
    concerned: Sequence[NodeId],
    unseen: tuple[ModuleId, ...],
) -> tuple[Said, Said]:
    """Claim and reason."""
    table, few = sight(situation), few_seen(situation)
    others = set(table.all[[situation.maps.index[v] for v in concerned]].tolist())
    seen = {few[v] for v in concerned}
    through = int(situation.cut("out-of-sight.steps")) - 1
    within = _DIRECTLY() if through < 1 else _THROUGH_ONE() if through == 1 else _WITHIN(n=through)
    if seen == {0}:
        because = _NONE_WHY(within=within)
    elif len(seen) == len(others) == 1:
        because = _ONE_WHY(within=within, seen=min(seen), n=min(others))
    else:
        half = situation.cut("out-of-sight.share") == HALF
        because = (_HALF_WHY if half else _FEW_WHY)(within=within)
    more = _UNSEEN(modules=situation.names(unseen, 3)) if unseen and seen != {0} else None
    if not modules:
        return _PEOPLE(n=len(concerned), names=situation.names(concerned, MOST_NAMED)), together(
            because, more
        )
    if len(modules) == 1:
        claim = _MODULE(module=situation.name(modules[0]))
        return claim, together(because, _OF_MODULE(n=len(concerned)), more)
    several = _SUM if len(modules) <= MOST_NAMED else _SUM_MANY
    claim = several(n=len(modules), modules=situation.names(modules, MOST_NAMED))
    return claim, together(because, _THESE(modules=situation.names(modules, MOST_NAMED)))
