"""What one writes into the tables of people and links: cells one after the other, one `Change`.

Modules and ends of links are called by their names; a name nobody bears yet becomes a new module
or a new person, and the next cell finds it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from orgmap.errors import EditError
from orgmap.i18n import text
from orgmap.model.document import Change, Document, Draft, Entity
from orgmap.model.edits import with_fields
from orgmap.model.entities import EndId, Link, LinkId, LinkKind, Module, ModuleId, Node, NodeId
from orgmap.model.spots import Spots

_SELF = text("edit", "{name} cannot be linked to itself.")
_NAMELESS = text("edit", "A person needs a name.")
_TWICE = text("edit", "There are {n} things called {name}. Give the one you mean another name first.")


class Writing:
    """Cells being written into one document. What makes no sense raises EditError and leaves no trace."""

    def __init__(self, document: Document) -> None:
        self._draft = Draft(document)
        self._document = document
        self._modules: dict[str, list[ModuleId]] = {}
        self._nodes: dict[str, list[NodeId]] = {}
        for module in document.modules.values():
            self._modules.setdefault(_folded(module.name), []).append(module.id)
        for node in document.nodes.values():
            self._nodes.setdefault(_folded(node.name), []).append(node.id)
        self._spots: Spots | None = None
        self.made: list[str] = []

    def change(self) -> Change:
        """Everything written so far."""
        return self._draft.change()

    def get(self, key: str) -> Entity | None:
        """An entity as it is after what was written."""
        return self._draft.get(key)

    def set(self, key: str, **fields: Any) -> None:  # noqa: ANN401 - the fields of the entity
        """Give an entity other values; one that has gone is left alone."""
        entity = self._draft.get(key)
        if entity is not None:
            self._draft.put(with_fields(entity, **fields))

    def rename(self, key: NodeId, name: str) -> None:
        """Call a node by another name."""
        node = self._node(key)
        if not name.strip():
            raise EditError(_NAMELESS())
        self._forget(node.name, key)
        self._draft.put(replace(node, name=name.strip()))
        self._nodes.setdefault(_folded(name), []).append(key)

    def module(self, name: str) -> ModuleId:
        """The module of this name; a new one if there is none."""
        found = self._modules.get(_folded(name))
        if found is None:
            made = ModuleId(self._draft.fresh("m"))
            self._draft.put(Module(id=made, name=name.strip()))
            self._modules[_folded(name)] = [made]
            self.made.append(made)
            return made
        return found[0]

    def set_home(self, key: NodeId, name: str) -> None:
        """Let the module of this name be the home of a node; with "" it leaves its home.

        Nobody sees the map meanwhile, so it moves into the frame: else the frame would be drawn to
        where it stands, across everybody between.
        """
        node = self._node(key)
        home = self.module(name) if name.strip() else None
        rest = tuple(m for m in node.modules[1:] if m != home)
        moved = replace(node, modules=(home, *rest) if home is not None else rest)
        if home is not None and home != next(iter(node.modules), None):
            moved = self._housed(moved, home)
        self._draft.put(moved)

    def set_also(self, key: NodeId, names: Iterable[str]) -> None:
        """Let the modules of these names be the further ones of a node; the first, if it has no home."""
        node = self._node(key)
        listed = dict.fromkeys([*node.modules[:1], *(self.module(name) for name in names)])
        self._draft.put(replace(node, modules=tuple(listed)))

    def person(self, name: str) -> NodeId:
        """A new person of this name, on a free spot of the map."""
        if not name.strip():
            raise EditError(_NAMELESS())
        made = NodeId(self._draft.fresh("n"))
        x, y = self._free_spots.take()
        self._draft.put(Node(id=made, name=name.strip(), x=x, y=y))
        self._nodes.setdefault(_folded(name), []).append(made)
        self.made.append(made)
        return made

    def end(self, name: str, known: EndId | None = None) -> EndId:
        """Who or what is called so: `known` if it is, a node, else a module, else a new person."""
        if known is not None:
            entity = self._draft.get(known)
            if isinstance(entity, Node | Module) and _folded(entity.name) == _folded(name):
                return known
        nodes, modules = self._nodes.get(_folded(name), []), self._modules.get(_folded(name), [])
        if len(nodes) > 1 or (not nodes and len(modules) > 1):
            raise EditError(_TWICE(n=len(nodes) or len(modules), name=name.strip()))
        if nodes:
            return nodes[0]
        return modules[0] if modules else self.person(name)

    def set_end(self, key: LinkId, side: str, name: str) -> None:
        """Let a link begin ("source") or end ("target") elsewhere."""
        link = self._draft.get(key)
        if not isinstance(link, Link):
            return
        end = self.end(name, getattr(link, side))
        if end == (link.target if side == "source" else link.source):
            raise EditError(_SELF(name=name.strip()))
        self._draft.put(with_fields(link, **{side: end}))

    def link(self, source: str, target: str) -> LinkId:
        """A new link between two ends called by name: one way until one says otherwise."""
        one, other = self.end(source), self.end(target)
        if one == other:
            raise EditError(_SELF(name=source.strip()))
        made = LinkId(self._draft.fresh("l"))
        self._draft.put(Link(id=made, source=one, target=other, kind=LinkKind.TALKS))
        self.made.append(made)
        return made

    @property
    def _free_spots(self) -> Spots:
        if self._spots is None:
            self._spots = Spots(self._document)
        return self._spots

    def _housed(self, node: Node, home: ModuleId) -> Node:
        if node.pinned or node.x is None or node.y is None or home not in self._document.modules:
            return node
        if self._free_spots.holds(home, (node.x, node.y)) or not self._free_spots.has_frame(home):
            return node
        x, y = self._free_spots.take(home)
        return replace(node, x=x, y=y)

    def _node(self, key: NodeId) -> Node:
        return cast(Node, self._draft.get(key))

    def _forget(self, name: str, key: NodeId) -> None:
        bearers = self._nodes.get(_folded(name), [])
        if key in bearers:
            bearers.remove(key)


def _folded(name: str) -> str:
    return name.strip().casefold()
