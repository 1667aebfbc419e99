"""What a typed line means: a change, or what is wrong with it, or what to ask first."""

from __future__ import annotations

from dataclasses import dataclass, field

from orgmap.i18n import Said, names, text
from orgmap.model.document import Change
from orgmap.model.entities import EndId, LinkId, ModuleId, NodeId
from orgmap.model.entry_words import WrongWord

_PEOPLE = text("entry", "{n} person", "{n} people")
_MODULES = text("entry", "{n} module", "{n} modules")
_LINKS = text("entry", "{n} link", "{n} links")
_ADDS = text("entry", "Adds {names}")
_CHANGES = text("entry", "Changes {names}")
_ADDS_AND_CHANGES = text("entry", "Adds {added}, changes {changed}")
_NOTHING = text("entry", "That is on the map already")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A name nobody has, near one that somebody has. `start`, `end`: where it stands in the line."""

    start: int
    end: int
    typed: str
    meant: EndId


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


_TABLES = (("nodes", _PEOPLE), ("modules", _MODULES), ("links", _LINKS))
