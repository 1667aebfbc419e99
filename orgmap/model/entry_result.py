"""What a typed line means: a change, or what is wrong with it, or what to ask first."""

from __future__ import annotations

from dataclasses import dataclass, field

from orgmap.i18n import Said, names, text
from orgmap.model.document import Change, Document
from orgmap.model.entities import EndId, LinkId, LinkKind, ModuleId, NodeId
from orgmap.model.entry_words import WrongWord
from orgmap.model.query import name_of

_PEOPLE = text("entry", "{n} person", "{n} people")
_MODULES = text("entry", "{n} module", "{n} modules")
_LINKS = text("entry", "{n} link", "{n} links")
_ADDS = text("entry", "Adds {names}")
_CHANGES = text("entry", "Changes {names}")
_ADDS_AND_CHANGES = text("entry", "Adds {added}, changes {changed}")
_NOTHING = text("entry", "That is on the map already")
_ADDED = text("entry", "Added {names}")
_ADDED_LINKED = text("entry", "Added {names}, with {n} link", "Added {names}, with {n} links")
_LINKED_BY = {
    (LinkKind.TALKS, False): text("entry", "Linked {source} to {target}"),
    (LinkKind.TALKS, True): text("entry", "Linked {source} and {target}, both ways"),
    (LinkKind.REPORTS, False): text("entry", "Noted that {target} reports to {source}"),
    (LinkKind.NEEDS, False): text("entry", "Noted that {source} needs {target}"),
}
_LINKED_MANY = text("entry", "Added {n} link", "Added {n} links")
_CHANGED_LINK = text("entry", "Changed the link of {source} and {target}")
_CHANGED = text("entry", "Changed {names}")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A name nobody has, near one that somebody has. `start`, `end`: where it stands in the line.

    `instead`: what may have been meant if it is several names in a row, as one types it; `meant` is
    the first of them.
    """

    start: int
    end: int
    typed: str
    meant: EndId
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a line means. With `wrong`, nothing; with `doubts`, names to ask about first.

    `nodes`, `modules`, `links`: what is new; `touched`: what is spoken of, to be selected.
    """

    line: str
    change: Change = field(default_factory=Change)
    wrong: WrongWord | None = None
    doubts: tuple[Doubt, ...] = ()
    nodes: tuple[NodeId, ...] = ()
    modules: tuple[ModuleId, ...] = ()
    links: tuple[LinkId, ...] = ()
    touched: tuple[str, ...] = ()

    def says(self) -> Said:
        """What it does to the map, in a few words."""
        added = [_PEOPLE(n=len(self.nodes))] if self.nodes else []
        added += [_MODULES(n=len(self.modules))] if self.modules else []
        added += [_LINKS(n=len(self.links))] if self.links else []
        change, new = self.change, {*self.nodes, *self.modules, *self.links}
        old = [entry(n=n) for table, entry in _TABLES if (n := len(getattr(change, table).keys() - new))]
        if added and old:
            return _ADDS_AND_CHANGES(added=names(map(str, added)), changed=names(map(str, old)))
        if added:
            return _ADDS(names=names(map(str, added)))
        return _CHANGES(names=names(map(str, old))) if old else _NOTHING()

    def done(self, document: Document) -> Said:
        """What it has done, with names from the map as it is now."""
        change = self.change
        new: list[EndId] = [*self.nodes, *self.modules]
        added = [name_of(document, end) for end in new]
        if added and self.links:
            return _ADDED_LINKED(names=names(added, most=4), n=len(self.links))
        if added:
            return _ADDED(names=names(added, most=4))
        linked = document.links.get(next(iter(self.links or change.links), LinkId("")))
        if linked is not None and len(self.links) <= 1 and len(change.links) == 1:
            said = _LINKED_BY[linked.kind, linked.two_way] if self.links else _CHANGED_LINK
            ends = (name_of(document, end) for end in (linked.source, linked.target))
            return said(**dict(zip(("source", "target"), ends, strict=True)))
        if self.links:
            return _LINKED_MANY(n=len(self.links))
        if change.nodes or change.modules:
            altered: list[EndId] = [*change.nodes, *change.modules]
            return _CHANGED(names=names((name_of(document, end) for end in altered), most=4))
        return self.says()


_TABLES = (("nodes", _PEOPLE), ("modules", _MODULES), ("links", _LINKS))
