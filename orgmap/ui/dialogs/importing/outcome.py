"""What an import would do to the open map, reckoned before it is done; and what it did. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from orgmap.files.merging import Joined, joined
from orgmap.files.reading import Note, Opened
from orgmap.i18n import Said, text
from orgmap.model.document import Change, Document, Entity, difference
from orgmap.model.entities import Link, LinkId, Module, ModuleId, Node, NodeId
from orgmap.model.query import counts
from orgmap.progress import SILENT, Progress
from orgmap.ui.storing import all_placed


class Into(StrEnum):
    """Where an import goes."""

    NEW = "new"
    OPEN = "open"  # joined to the map that is open
    INSTEAD = "instead"  # in place of everything on it


@dataclass(frozen=True, slots=True)
class Amount:
    """How many of each."""

    people: int = 0
    modules: int = 0
    links: int = 0

    def __bool__(self) -> bool:
        return bool(self.people or self.modules or self.links)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import makes of the map `base`: `document`, by one `change`. A new map has no base.

    `there`: what it names that was there already, by the ids of the map. `left_out`: rows that were not read,
    by place and number, those the user took out among them. `pasted`: it has no name,
    since it was on the clipboard.
    """

    path: Path
    into: Into
    document: Document
    notes: tuple[Note, ...] = ()
    left_out: frozenset[tuple[str, int]] = frozenset()
    base: Document | None = None
    change: Change = field(default_factory=Change)
    there: frozenset[str] = frozenset()
    pasted: bool = False

    @property
    def added(self) -> Amount:
        """What is new on the map."""
        if self.base is None:
            people, modules, links = counts(self.document)
            return Amount(people, modules, links)
        return _amount(self.change, _is_new)

    @property
    def changed(self) -> Amount:
        """What was there and says something else now."""
        return _amount(self.change, differs)

    @property
    def removed(self) -> Amount:
        """What goes."""
        return _amount(self.change, _goes)

    @property
    def same(self) -> Amount:
        """What the file names that was there already, and says nothing new."""
        document, there = self.document, self.there - self._changed()
        return Amount(
            sum(key in there for key in document.nodes),
            sum(key in there for key in document.modules),
            sum(key in there for key in document.links),
        )

    def _changed(self) -> set[str]:
        tables: tuple[Mapping[Any, Any], ...] = (self.change.nodes, self.change.modules, self.change.links)
        return {key for table in tables for key, pair in table.items() if differs(*pair)}

    @property
    def nothing(self) -> bool:
        """Is all of it on the map already?"""
        return self.base is not None and not self.change


_PEOPLE = text("status", "{n} person", "{n} people")
_MODULES = text("status", "{n} module", "{n} modules")
_LINKS = text("status", "{n} link", "{n} links")
_TWO = text("import", "{first} and {last}")
_THREE = text("import", "{first}, {next} and {last}")
_NEW = text("import", "A new map of {what}")
_ADDED = text("import", "{what} are added")
_ADDED_ONE = text("import", "{what} is added")
_CHANGED = text("import", "{what} change")
_CHANGED_ONE = text("import", "{what} changes")
_REMOVED = text("import", "{what} go")
_REMOVED_ONE = text("import", "{what} goes")
_THERE = text("import", "{n} person is there already", "{n} people are there already")
_OUT = text("import", "{n} row left out", "{n} rows left out")
_NOBODY = text("import", "A new map of nobody")
_NOTHING = text("import", "All of it is on the map already: nothing changes")
_AND = text("import", "{first}, {next}")
_ABOUT = text("import", "What is said of the map itself is added")
_STOP = text("import", "{sentence}.")


def reckoned(
    path: Path,
    opened: Opened,
    into: Into,
    base: Document,
    taken_out: frozenset[tuple[str, int]] = frozenset(),
    progress: Progress = SILENT,
    *,
    place: bool = False,
    same: Mapping[str, str] | None = None,
) -> Outcome:
    """In a thread: what comes of it. `place`: give everybody a place, which is slow on large maps.
    `same`: as of `ReadOptions`, names of the map among them.
    """
    notes = opened.notes
    left = frozenset((note.place, note.row) for note in notes if note.left_out and note.row is not None)
    left |= taken_out
    found = opened.document
    if into is Into.NEW:
        if not found.info.title:
            found = replace(found, info=replace(found.info, title=path.stem))
        return Outcome(path, into, all_placed(found, progress) if place else found, notes, left)
    step = joined(base, found, same)
    there = frozenset(key for key in step.ids.values() if base.has(key))
    notes = (*notes, *step.notes)
    after = base.apply(step.change) if into is Into.OPEN else instead(base, found, step)
    if place:
        after = all_placed(after, progress)
    return Outcome(path, into, after, notes, left, base, difference(base, after), there)


def instead(base: Document, imported: Document, step: Joined) -> Document:
    """The open map with the people, modules and links of the import alone. `step`: who is who.

    Whoever was on the map before keeps id and place; title, purpose, notes stuck on the map and the cut-offs
    stay.
    """
    ids: dict[str, Any] = dict(step.ids)
    nodes: dict[NodeId, Node] = {}
    for node in imported.nodes.values():
        was = base.nodes.get(ids[node.id])
        told = replace(node, id=ids[node.id], modules=tuple(ids[module] for module in node.modules))
        if was is not None and told.x is None:
            told = replace(told, x=was.x, y=was.y, pinned=was.pinned)
        nodes[told.id] = told
    modules: dict[ModuleId, Module] = {}
    for module in imported.modules.values():
        old = base.modules.get(ids[module.id])
        parent, lead = (ids[key] if key is not None else None for key in (module.parent, module.lead))
        told_of = replace(module, id=ids[module.id], parent=parent, lead=lead)
        if old is not None:
            told_of = replace(told_of, frame=told_of.frame or old.frame, collapsed=old.collapsed)
        modules[told_of.id] = told_of
    links: dict[LinkId, Link] = {}
    for link in imported.links.values():
        if link.id in ids:
            source, target = ids[link.source], ids[link.target]
            channel = ids[link.channel] if link.channel is not None else None
            made = replace(link, id=ids[link.id], source=source, target=target, channel=channel)
            links[made.id] = made
    both = base.apply(step.change)
    return replace(both, nodes=nodes, modules=modules, links=links)


def sentence(outcome: Outcome) -> Said:
    """What an import is about to do, as in "12 people and 30 links are added, 2 rows left out."."""
    parts: list[Said] = []
    added, there = outcome.added, outcome.same.people
    if outcome.base is None:
        what = _listed(added)
        parts.append(_NEW(what=what) if what is not None else _NOBODY())
    elif outcome.nothing:
        parts.append(_NOTHING())
    else:
        for amount, one, many in (
            (added, _ADDED_ONE, _ADDED),
            (outcome.changed, _CHANGED_ONE, _CHANGED),
            (outcome.removed, _REMOVED_ONE, _REMOVED),
        ):
            what = _listed(amount)
            if what is not None:
                single = amount.people + amount.modules + amount.links == 1
                parts.append((one if single else many)(what=what))
        if there:
            parts.append(_THERE(n=there))
        if not parts:
            parts.append(_ABOUT())
    if outcome.left_out:
        parts.append(_OUT(n=len(outcome.left_out) + sum(n.more for n in outcome.notes if n.left_out)))
    said = parts[0]
    for part in parts[1:]:
        said = _AND(first=said, next=part)
    return _STOP(sentence=said)


def _listed(amount: Amount) -> Said | None:
    """As in "12 people, 3 modules and 30 links"; None for nothing."""
    counted = ((_PEOPLE, amount.people), (_MODULES, amount.modules), (_LINKS, amount.links))
    said = [words(n=number) for words, number in counted if number]
    if len(said) > 2:
        return _THREE(first=said[0], next=said[1], last=said[2])
    if len(said) == 2:
        return _TWO(first=said[0], last=said[1])
    return said[0] if said else None


def _amount(change: Change, counts_so: Callable[[Entity | None, Entity | None], bool]) -> Amount:
    tables: tuple[Mapping[Any, Any], ...] = (change.nodes, change.modules, change.links)
    return Amount(*(sum(counts_so(*pair) for pair in table.values()) for table in tables))


def differs(before: Entity | None, after: Entity | None) -> bool:
    """Was it there, and says something else now? To be moved is to say nothing."""
    if before is None or after is None:
        return False
    if isinstance(before, Node) and isinstance(after, Node):
        return replace(before, x=None, y=None, pinned=False) != replace(after, x=None, y=None, pinned=False)
    if isinstance(before, Module) and isinstance(after, Module):
        return replace(before, frame=None) != replace(after, frame=None)
    return True


def _is_new(before: Entity | None, _after: Entity | None) -> bool:
    return before is None


def _goes(_before: Entity | None, after: Entity | None) -> bool:
    return after is None
