"""What is possible on a map and seldom meant: several bosses, bosses in a ring, a person in many modules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from orgmap.files.values import brief
from orgmap.i18n import Names, Said, names, text
from orgmap.model.document import Document
from orgmap.model.entities import EndId, LinkKind
from orgmap.model.query import name_of

MANY_MODULES = 8  # of one person; more are seldom meant
SHOWN = 6

_BOSSES = text(
    "notes",
    "{n} person reports to more than one boss: {names}. All these lines are kept.",
    "{n} people report to more than one boss: {names}. All these lines are kept.",
)
_RING = text(
    "notes",
    "{names} report to one another in a ring. The lines are kept; whoever stands highest in it is not known.",
)
_MODULES = text(
    "notes",
    "{n} person is in more than {most} modules: {names}. They are kept in all of them.",
    "{n} people are in more than {most} modules: {names}. They are kept in all of them.",
)


def oddities(document: Document) -> Iterator[Said]:
    """One sentence for each. O(people + links)."""
    bosses: dict[EndId, list[EndId]] = {}
    for link in document.links.values():
        if link.kind is LinkKind.REPORTS:
            known = bosses.setdefault(link.target, [])
            if link.source not in known:
                known.append(link.source)
    several = [person for person, above in bosses.items() if len(above) > 1]
    if several:
        yield _BOSSES(n=len(several), names=_called(document, several))
    for ring in _rings(bosses):
        yield _RING(names=_called(document, ring))
    spread = [node.id for node in document.nodes.values() if len(node.modules) > MANY_MODULES]
    if spread:
        yield _MODULES(n=len(spread), most=MANY_MODULES, names=_called(document, spread))


def _rings(bosses: dict[EndId, list[EndId]]) -> Iterator[list[EndId]]:
    """One ring of bosses for each place where they go round, the one who stands first in the file first."""
    done: set[EndId] = set()
    for start in bosses:
        if start in done:
            continue
        way: dict[EndId, Iterator[EndId]] = {start: iter(bosses[start])}
        while way:
            at = next(reversed(way))
            above = next((boss for boss in way[at] if boss in way or boss not in done), None)
            if above is None:
                done.add(at)
                way.popitem()
            elif above in way:
                listed = list(way)
                yield listed[listed.index(above) :]
                done.update(listed)
                break
            else:
                way[above] = iter(bosses.get(above, ()))


def _called(document: Document, ids: Iterable[EndId]) -> Names:
    return names((brief(name_of(document, key)) for key in ids), most=SHOWN)
