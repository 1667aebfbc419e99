"""The names of a map as somebody types them: which one is meant, and which one might be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from orgmap.model.document import Change, Document
from orgmap.model.entities import EndId, Link, LinkId, ModuleId, NodeId
from orgmap.model.matching import folded

SHORT = 4  # letters from which a letter too many or too few, or two changed about, may be a slip
LONG = 6  # letters from which one wrong letter may be
BEGUN = 2  # letters that are rather the beginning of a name than a name
_ENDINGS = frozenset("aeiouys")  # Martin and Martina, Mario and Maria, Andrea and Andreas: other people


class KnownNames:
    """Who is meant by a name, and what links whom. People before modules, letter case, accents and
    spaces aside. O(entities) to make, O(edit) to keep up with `follow`.

    `hidden`: the same map with the names it really has, where `document` shows others. One who types
    such a name whole means whom it belongs to; nothing is ever proposed from it.
    """

    def __init__(self, document: Document, hidden: Document | None = None) -> None:
        self._hidden_nodes: dict[str, NodeId] = {}
        self._hidden_modules: dict[str, ModuleId] = {}
        if hidden is not None:
            for node in hidden.nodes.values():
                self._hidden_nodes.setdefault(folded(node.name), node.id)
            for module in hidden.modules.values():
                self._hidden_modules.setdefault(folded(module.name), module.id)
        self._between: dict[frozenset[EndId], list[LinkId]] = defaultdict(list)
        for link in document.links.values():
            self._between[frozenset((link.source, link.target))].append(link.id)
        self._read(document)

    def follow(self, document: Document, change: Change) -> None:
        """`change` has led to `document`."""
        for key, (before, after) in change.links.items():
            if before is not None and after is not None and _ends(before) == _ends(after):
                continue
            if before is not None:
                self._between[_ends(before)].remove(key)
            if after is not None:
                self._between[_ends(after)].append(key)
        named = [*change.nodes.values(), *change.modules.values()]
        if any(old is not None and (new is None or new.name != old.name) for old, new in named):
            self._read(document)
            return
        for node, (old, new) in change.nodes.items():
            if old is None and new is not None:
                self._add_node(new.name, node)
        for module, (was, now) in change.modules.items():
            if was is None and now is not None:
                self._add_module(now.name, module)

    def node(self, name: str) -> NodeId | None:
        """The person with this name."""
        plain = folded(name)
        return self._nodes.get(plain) or (self._hidden_nodes.get(plain) if plain else None)

    def module(self, name: str) -> ModuleId | None:
        """The module with this name."""
        plain = folded(name)
        return self._modules.get(plain) or (self._hidden_modules.get(plain) if plain else None)

    def end(self, name: str) -> EndId | None:
        """Who is meant by this name: a person before a module."""
        return self.node(name) or self.module(name)

    def links(self, one: EndId, other: EndId) -> list[LinkId]:
        """The links between two, in the order in which they came."""
        return self._between.get(frozenset((one, other)), [])

    def near(self, name: str, *, modules_only: bool = False) -> EndId | None:
        """The one name that this could be a slip for; None if there is none, or more than one.

        A first name that only one person has counts too, and one or two letters that only one name
        begins with. Names of one first letter are compared: a letter too many, too few or two
        changed about from four letters on, a wrong one from six. Another number or another ending
        is another name.
        """
        typed = folded(name)
        alike = self._begun(typed) if len(typed) <= BEGUN else self._alike(typed)
        found = {self._id(known, modules_only=modules_only) for known in alike} - {None}
        if not modules_only and " " not in typed and len(self._first.get(typed, ())) == 1:
            found.add(self._first[typed][0])
        return found.pop() if len(found) == 1 else None

    def _read(self, document: Document) -> None:
        self._nodes: dict[str, NodeId] = {}
        self._modules: dict[str, ModuleId] = {}
        self._first: dict[str, list[NodeId]] = defaultdict(list)
        self._looks: dict[tuple[str, str], list[str]] | None = None
        for node in document.nodes.values():
            self._add_node(node.name, node.id)
        for module in document.modules.values():
            self._add_module(module.name, module.id)

    def _add_node(self, name: str, node: NodeId) -> None:
        if not (plain := folded(name)):
            return
        self._look(plain)
        self._nodes.setdefault(plain, node)
        self._first[plain.split(" ", 1)[0]].append(node)

    def _add_module(self, name: str, module: ModuleId) -> None:
        if plain := folded(name):
            self._look(plain)
            self._modules.setdefault(plain, module)

    def _look(self, plain: str) -> None:
        if self._looks is not None and plain not in self._nodes and plain not in self._modules:
            self._looks[_look(plain)].append(plain)

    def _id(self, known: str, *, modules_only: bool) -> EndId | None:
        return (
            self._modules.get(known) if modules_only else self._nodes.get(known) or self._modules.get(known)
        )

    def _begun(self, typed: str) -> Iterator[str]:
        if typed.isalpha():
            yield from (name for name in (*self._nodes, *self._modules) if name.startswith(typed))

    def _alike(self, typed: str) -> Iterator[str]:
        if not typed:
            return
        if self._looks is None:
            self._looks = defaultdict(list)
            for name in dict.fromkeys((*self._nodes, *self._modules)):
                self._looks[_look(name)].append(name)
        yield from (name for name in self._looks.get(_look(typed), ()) if _slip(typed, name))


def _ends(link: Link) -> frozenset[EndId]:
    return frozenset((link.source, link.target))


def _look(name: str) -> tuple[str, str]:
    """What two names have in common if one can be a slip for the other: first letter and digits."""
    return name[0], "".join(filter(str.isdigit, name))


def _slip(one: str, other: str) -> bool:
    """Is one the other with a single slip of the fingers?"""
    longer = max(len(one), len(other))
    if one == other or longer < SHORT or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    if len(a) <= 1 and len(b) <= 1 and {*a, *b} <= _ENDINGS and (a + b) != one[start - 1 : start]:
        return False
    if len(a) == len(b):
        swapped = len(a) >= 2 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
        return swapped or (longer >= LONG and a[1:] == b[1:])
    return a[1:] == b if len(a) > len(b) else a == b[1:]
