"""Who of an import is who on the map that is open: by id where ids can be trusted, else by name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import cast
from unicodedata import normalize

from orgmap.files.mending import MOST_NAME
from orgmap.files.spelling import USUAL, Pair, folded, proposals
from orgmap.model.document import Document
from orgmap.model.entities import EndId, Module, Node

Form = tuple[bool, str]
Key = tuple[type, str]  # of a person or a module; the id

_OURS = re.compile(r"[nml]\d+")  # an id given by this program says nothing about a foreign file


class Known:
    """Recognizes the people and modules of an import.

    Two persons taken for one cannot be told apart again, one who is there twice can be seen: in doubt
    people stay apart. Another file may have numbered other people from 1 on, so where names differ an id
    counts only if most ids that both have go with the same name, and if nobody else goes by the new name.
    `numbered_anew`: for nodes and modules, one of the import whose id is another's here, if ids were not
    trusted.
    """

    def __init__(self, document: Document, imported: Document, same: Mapping[str, str]) -> None:
        """O(people + modules) of both. `same`: names of the map that are others in the import."""
        self._open, self._new = document, imported
        self._names: dict[tuple[type, Form], list[str]] = defaultdict(list)
        self._meant: dict[tuple[type, str], list[str]] = defaultdict(list)
        for each in _named(document):
            for form in _forms(each.name):
                self._names[type(each), form].append(each.id)
            if each.name in same:
                self._meant[type(each), same[each.name]].append(each.id)
        self._new_names = Counter(
            (type(each), form) for each in _named(imported) for form in _forms(each.name)
        )
        self.numbered_anew: dict[type, Node | Module] = {}
        self._by_id = self._known_by_id()

    def same(self, entity: Node | Module) -> Node | Module | None:
        """Who on the map this one of the import is; None for somebody new."""
        kind = type(entity)
        if (kind, entity.id) in self._by_id:
            return self._at(entity.id)
        came = self._at(instead(entity.id, "m" if kind is Module else "n"))
        if came is not None and type(came) is kind and agreement(came, entity) >= 0:
            return came
        for form in _forms(entity.name):
            found = self._of_name(entity, form)
            if found is not None and (kind, found) not in self._by_id:
                return self._at(found)
        meant = self._meant.get((kind, entity.name), [])
        if len(meant) == 1 == self._new_names[kind, (True, entity.name)] and not self.named_twice(entity):
            return self._at(meant[0])
        return None

    def named_twice(self, entity: Node | Module) -> bool:
        """Of one who is not known: is there somebody of that name, who cannot be told from another?"""
        return bool(self._names.get((type(entity), (True, entity.name))))

    def _known_by_id(self) -> set[Key]:
        known: set[Key] = set()
        others: dict[type, list[Node | Module]] = defaultdict(list)
        strangers: dict[type, Node | Module] = {}
        agree: Counter[type] = Counter()
        for each in _named(self._new):
            kind, mine = type(each), self._at(each.id)
            if mine is None or type(mine) is not kind:
                continue
            if each.id in (mine.name, each.name):
                known.add((kind, each.id))  # one of them has no name, so the id says all
            elif mine.name == each.name:
                known.add((kind, each.id))
                agree[kind] += 1
            elif not _OURS.fullmatch(each.id):
                others[kind].append(each)
                agree[kind] += agreement(mine, each)
                if agreement(mine, each) < 0:
                    strangers.setdefault(kind, each)
        for kind, differing in others.items():
            if agree[kind] < 0:
                self.numbered_anew[kind] = strangers[kind]
            else:
                free = (each for each in differing if self._of_name(each, (True, each.name)) is None)
                known |= {(kind, each.id) for each in free}
        return known

    def _of_name(self, entity: Node | Module, form: Form) -> str | None:
        """The id of who is called so, if one only is, here and in the import."""
        named = self._names.get((type(entity), form), [])
        return named[0] if len(named) == 1 == self._new_names[type(entity), form] else None

    def _at(self, key: str) -> Node | Module | None:
        return self._open.end(cast(EndId, key))


def instead(key: str, prefix: str) -> str:
    """The id of who comes with an id that somebody else has here."""
    return f"{prefix}:{key}"[:MOST_NAME]


def alike(mine: Collection[str], theirs: Collection[str]) -> list[Pair]:
    """Names that may be one, of the map and of the import; see `spelling.proposals`.

    One hand wrote the import, so that a slip in it stands in many rows, and counts as one here.
    """
    own = frozenset(mine)
    found = proposals((*mine, *sorted(theirs)), own, lambda name: USUAL if name in own else 1)
    return [(a, b) if a in own else (b, a) for a, b in found if (a in own) != (b in own)]


def agreement(mine: Node | Module, theirs: Node | Module) -> int:
    """Of two of the same id: 1 if they have the same name, 0 if one may have changed it, else -1.

    Letter case, further spaces and ways to write an accent make no other name.
    """
    if _forms(mine.name)[1] == _forms(theirs.name)[1]:
        return 1
    if isinstance(mine, Node) and not set(folded(mine.name).split()).isdisjoint(folded(theirs.name).split()):
        return 0  # Ana Kos, who is Ana Novak now
    return -1


def _forms(name: str) -> tuple[Form, ...]:
    """A name as it is written, then with all aside that makes no other name."""
    return (True, name), (False, " ".join(normalize("NFC", name).split()).casefold())


def _named(document: Document) -> Iterator[Node | Module]:
    yield from document.nodes.values()
    yield from document.modules.values()
