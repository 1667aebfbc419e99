"""The names of a map as somebody types them: which one is meant, and which one might be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from orgmap.model.document import Document
from orgmap.model.entities import EndId, LinkId, ModuleId, NodeId
from orgmap.model.matching import folded

SHORT = 4  # letters from which a letter too many or too few, or two changed about, may be a slip
LONG = 6  # letters from which one wrong letter may be


class KnownNames:
    """People before modules, letter case, accents and spaces aside. O(entities) to make."""

    def __init__(self, document: Document) -> None:
        self._nodes: dict[str, NodeId] = {}
        self._modules: dict[str, ModuleId] = {}
        self._first: dict[str, list[NodeId]] = defaultdict(list)
        self._lengths: dict[tuple[str, int], list[str]] | None = None
        self._joined: tuple[object, dict[frozenset[EndId], list[LinkId]]] | None = None
        for node in document.nodes.values():
            if name := folded(node.name):
                self._nodes.setdefault(name, node.id)
                self._first[name.split(" ", 1)[0]].append(node.id)
        for module in document.modules.values():
            if name := folded(module.name):
                self._modules.setdefault(name, module.id)

    def node(self, name: str) -> NodeId | None:
        """The person with this name."""
        return self._nodes.get(folded(name))

    def module(self, name: str) -> ModuleId | None:
        """The module with this name."""
        return self._modules.get(folded(name))

    def end(self, name: str) -> EndId | None:
        """Who is meant by this name: a person before a module."""
        return self.node(name) or self.module(name)

    def add_node(self, name: str, node: NodeId) -> None:
        """Somebody new, so that the next line knows them."""
        self._nodes.setdefault(folded(name), node)
        self._lengths = None

    def add_module(self, name: str, module: ModuleId) -> None:
        """A new module."""
        self._modules.setdefault(folded(name), module)
        self._lengths = None

    def links(self, document: Document, one: EndId, other: EndId) -> list[LinkId]:
        """The links of `document` between two, in its order. O(links) the first time, then O(found)."""
        if self._joined is None or self._joined[0] is not document.links:
            between: dict[frozenset[EndId], list[LinkId]] = defaultdict(list)
            for link in document.links.values():
                between[frozenset((link.source, link.target))].append(link.id)
            self._joined = (document.links, between)
        return self._joined[1].get(frozenset((one, other)), [])

    def near(self, name: str, *, modules_only: bool = False) -> EndId | None:
        """The one name that this could be a slip for; None if there is none, or more than one.

        A first name that only one person has counts too. Names of one first letter are compared: a
        letter too many, too few or two changed about from four letters on, a wrong one from six.
        """
        typed = folded(name)
        found = {self._id(known, modules_only=modules_only) for known in self._alike(typed)} - {None}
        if not modules_only and " " not in typed and len(self._first.get(typed, ())) == 1:
            found.add(self._first[typed][0])
        return found.pop() if len(found) == 1 else None

    def _id(self, known: str, *, modules_only: bool) -> EndId | None:
        return (
            self._modules.get(known) if modules_only else self._nodes.get(known) or self._modules.get(known)
        )

    def _alike(self, typed: str) -> Iterator[str]:
        if not typed:
            return
        if self._lengths is None:
            self._lengths = defaultdict(list)
            for name in (*self._nodes, *self._modules):
                self._lengths[name[0], len(name)].append(name)
        for size in (len(typed) - 1, len(typed), len(typed) + 1):
            yield from (name for name in self._lengths.get((typed[0], size), ()) if _slip(typed, name))


def _slip(one: str, other: str) -> bool:
    """Is one the other with a single slip of the fingers?"""
    longer = max(len(one), len(other))
    if one == other or longer < SHORT:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    if len(a) == len(b):
        swapped = len(a) >= 2 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
        return swapped or (longer >= LONG and a[1:] == b[1:])
    return a[1:] == b if len(a) > len(b) else a == b[1:]
