"""By what people and modules are called in a file: spellings that mean another, and names that are near."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any
from unicodedata import normalize

from orgmap.files.spelling import ALIKE, Near, Pair, proposals
from orgmap.model.document import Document
from orgmap.model.entities import Module, Node, NodeKind

MOST_LOOKED = 300  # names that are not among the people, for which near ones are looked up
MOST_OFFERED = 3
Named = Mapping[str, list[str]]  # the ids of those who are called so
Entities = Mapping[str, dict[str, Any]]  # fields by id


class Naming:
    """What the words of one file mean. `same`: spellings that mean another name, as of `ReadOptions`."""

    def __init__(self, same: Mapping[str, str] | None = None) -> None:
        self.same = _followed(same or {})
        self.rows: set[str] = set()  # names that have a row of their own
        self._wanted = frozenset(self.same.values())
        self._having: dict[str, str] = {}  # of these names, the id of who has it
        self._forms: dict[str, str] = {}  # words with marks on letters, by their composed form
        self._near: Near | None = None
        self._looked = 0

    def meant(self, word: str) -> str:
        """The name that this word means."""
        return self.same.get(word, word)

    def first_form(self, word: str) -> str:
        """This word, or one of the same letters, their marks written in another way, that came before."""
        return word if word.isascii() else self._forms.setdefault(normalize("NFC", word), word)

    def rename(self, fields: dict[str, Any]) -> None:
        """Give somebody whose spelling means another that name; and if it is there already, that id."""
        if self.same:
            for each in ("id", "name"):
                if each in fields:
                    fields[each] = self.meant(fields[each])
            name = fields.get("name") or fields.get("id", "")
            if name in self._wanted:
                key = fields.get("id") or name
                first = self._having.setdefault(name, key)
                if first != key:
                    self.same[key] = fields["id"] = first
        key = fields.get("id") or fields.get("name", "")
        if not key.isascii():
            fields["id" if fields.get("id") else "name"] = self.first_form(key)

    def like(self, word: str, named: Named, among: Collection[str], least: float = ALIKE) -> list[str]:
        """Of `named`, whose ids are `among` these, the nearest names; the likeliest first."""
        self._looked += 1
        if self._looked > MOST_LOOKED:
            return []
        if self._near is None:
            self._near = Near(named)
        found = (name for name in self._near.like(word, least) if all(key in among for key in named[name]))
        return [name for name, _ in zip(found, range(MOST_OFFERED), strict=False)]

    def pairs(self, document: Document, links: Sequence[Mapping[str, Any]]) -> Iterator[tuple[bool, Pair]]:
        """Names of persons, and of modules (True), that may be one."""
        count: dict[str, int] = {}

        def often(name: str) -> int:
            if not count:
                ids = Counter(map(itemgetter("source"), links))
                ids.update(map(itemgetter("target"), links))
                ends: tuple[Node | Module, ...] = (*document.nodes.values(), *document.modules.values())
                for end in ends:
                    count[end.name] = count.get(end.name, 0) + ids[end.id]
            return count.get(name, 0)

        persons = [node.name for node in document.nodes.values() if node.kind is NodeKind.PERSON]
        modules = [module.name for module in document.modules.values()]
        for of_modules, listed in ((False, persons), (True, modules)):
            for pair in proposals(dict.fromkeys(listed), self.rows, often):
                yield of_modules, pair


def _followed(same: Mapping[str, str]) -> dict[str, str]:
    """Every spelling with what it means in the end; those that lead in a ring mean themselves."""
    found: dict[str, str] = {}
    for word in same:
        at, way = word, {word}
        while same.get(at, at) not in way:
            at = same[at]
            way.add(at)
        if same.get(at, at) == at and at != word:
            found[word] = at
    return found


def drop_prefix(modules: Entities) -> None:
    """Modules called T:one and T:two, with no names of their own, are called one and two."""
    named = [fields for key, fields in modules.items() if fields["name"] == key]
    prefixes = {fields["name"].partition(":")[0] if ":" in fields["name"] else "" for fields in named}
    if len(named) > 1 and len(prefixes) == 1 and "" not in prefixes and len(min(prefixes)) <= 3:
        for fields in named:
            short = fields["name"].partition(":")[2].strip()
            fields["name"] = short or fields["name"]


def tell_apart(nodes: Entities) -> None:
    """Posts of the same name get their id behind it."""
    count = Counter(fields["name"] for fields in nodes.values())
    for key, fields in nodes.items():
        if count[fields["name"]] > 1 and fields["name"] != key:
            fields["name"] = f"{fields['name']} ({key})"
