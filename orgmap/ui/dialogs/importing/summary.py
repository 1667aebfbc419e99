"""What an import did, line by line: added, there already, changed, left out and why. No widgets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import fields as fields_of
from enum import StrEnum
from typing import Any

from orgmap.files.reading import Note
from orgmap.i18n import Text, names, text
from orgmap.model.document import Document, Entity
from orgmap.model.entities import Link, Module, Node
from orgmap.model.query import name_of
from orgmap.ui.dialogs.importing.outcome import Outcome, differs
from orgmap.ui.dialogs.importing.words import FIELDS


class Fate(StrEnum):
    """What became of something in the file."""

    ADDED = "added"
    THERE = "there"
    CHANGED = "changed"
    REMOVED = "removed"
    LEFT_OUT = "left out"
    NOTED = "noted"


FATES: dict[Fate, Text] = {
    Fate.ADDED: text("summary", "added"),
    Fate.THERE: text("summary", "there already"),
    Fate.CHANGED: text("summary", "changed"),
    Fate.REMOVED: text("summary", "gone"),
    Fate.LEFT_OUT: text("summary", "left out"),
    Fate.NOTED: text("summary", "noted"),
}
_PERSON = text("summary", "person")
_MODULE = text("summary", "module")
_LINK = text("summary", "link")
_ROW = text("summary", "row")
_FILE = text("summary", "file")
_MAP = text("summary", "map")
_TO = text("summary", "{source} to {target}")
_AND_BACK = text("summary", "{source} and {target}")
_SAYS = text("summary", "new: {what}")
_PLACE = text("summary", "{place}, row {row}")
_BY_HAND = text("summary", "You left this row out.")
_OWN = ("id", "x", "y", "pinned", "unread", "frame", "collapsed", "source", "target")
_CALLED = {
    "extra": text("summary", "further columns"),
    "minutes": text("column", "minutes each"),
    "strength": text("column", "weight"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: something on the map (`id`, or `gone` with what it was), or a row or file (`note`)."""

    fate: Fate
    id: str = ""
    gone: Entity | None = None
    fields: tuple[str, ...] = ()
    note: Note | None = None


def lines_of(outcome: Outcome) -> list[Line]:
    """All of it, what was added first; people and modules before links."""
    fates = list(FATES)
    return sorted([*_entities(outcome), *_rows(outcome)], key=lambda line: fates.index(line.fate))


def cells_of(line: Line, shown: Document, *, hidden: bool) -> tuple[str, str, str, str]:
    """What happened, what it is, its name, and why or what is new, as `shown` calls people.

    `hidden`: names are hidden, so nothing of the file itself is quoted.
    """
    fate = str(FATES[line.fate]())
    note = line.note
    if note is not None:
        where = _PLACE(place=note.place, row=str(note.row)) if note.row is not None else note.place
        what = str((_ROW if note.row is not None else _FILE if note.place else _MAP)())
        return fate, what, str(where), "" if hidden else str(note.message)
    entity = line.gone or _found(shown, line.id)
    why = str(_SAYS(what=names(map(_field, line.fields)))) if line.fields else ""
    if isinstance(entity, Link):
        join = _AND_BACK if entity.two_way else _TO
        ends = [name_of(shown, end) or str(end) for end in (entity.source, entity.target)]
        called = "" if line.gone and hidden else str(join(source=ends[0], target=ends[1]))
        return fate, str(_LINK()), called, why
    kind = str((_MODULE if isinstance(entity, Module) else _PERSON)())
    called = entity.name if isinstance(entity, Module | Node) and not (line.gone and hidden) else ""
    return fate, kind, called, why


def _entities(outcome: Outcome) -> Iterator[Line]:
    document, base = outcome.document, outcome.base
    for table in ("nodes", "modules", "links"):
        now = getattr(document, table)
        if base is None:
            yield from (Line(Fate.ADDED, key) for key in now)
            continue
        pairs = getattr(outcome.change, table)
        for key, (before, after) in pairs.items():
            if before is None:
                yield Line(Fate.ADDED, key)
            elif after is None:
                yield Line(Fate.REMOVED, key, gone=before)
            elif differs(before, after):
                yield Line(Fate.CHANGED, key, fields=_fields(before, after))
        for key in now:
            if key in outcome.there and not (key in pairs and differs(*pairs[key])):
                yield Line(Fate.THERE, key)


def _rows(outcome: Outcome) -> Iterator[Line]:
    told: set[tuple[str, int]] = set()
    rest: list[Line] = []
    for note in outcome.notes:
        row = (note.place, note.row) if note.row is not None else None
        if note.more and note.left_out:
            yield Line(Fate.LEFT_OUT, note=note)
        elif row in outcome.left_out and row is not None:
            if row not in told:
                told.add(row)
                yield Line(Fate.LEFT_OUT, note=note)
        else:
            rest.append(Line(Fate.NOTED, note=note))
    for place, number in sorted(outcome.left_out - told):
        yield Line(Fate.LEFT_OUT, note=Note(number, place, _BY_HAND()))
    yield from rest


def _fields(before: Entity, after: Entity) -> tuple[str, ...]:
    """What says something else now."""
    every = (each.name for each in fields_of(before) if each.name not in _OWN)
    return tuple(name for name in every if getattr(before, name) != getattr(after, name))


def _field(name: str) -> str:
    words = _CALLED.get(name) or FIELDS.get(name)
    return str(words()) if words is not None else name


def _found(document: Document, key: str) -> Entity | None:
    tables: tuple[Mapping[Any, Entity], ...] = (document.nodes, document.modules, document.links)
    return next((table[key] for table in tables if key in table), None)
