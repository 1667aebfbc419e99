"""Is each loss that is announced the loss there is, and each loss there is announced?

Every sentence of `files/losses.py` and of the Pajek writer stands here with the fields it speaks of, written
down apart from the code that leaves them out. `told_wrongly` holds a map against them: loss after loss, what
each takes from the map has to be announced by its sentence and has to lie in the fields of it; and of each
sentence that is announced something has to be seen in the end, which is not there without it, unless another
that is announced speaks of the same fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import fields
from pathlib import Path

from orgmap.files.losses import BY_SUFFIX, Loss, left
from orgmap.files.pajek_writer import LOSSES
from orgmap.i18n import Said
from orgmap.model.document import TABLES, Document, Entity
from orgmap.model.entities import Channel, Link, MapInfo, Module, Node


def _of(kind: type[Entity], table: str, *kept: str) -> frozenset[str]:
    return frozenset(f"{table}.{each.name}" for each in fields(kind) if each.name not in kept)


def _each(*names: str, of: Sequence[str] = ("modules", "nodes", "links")) -> frozenset[str]:
    return frozenset(f"{table}.{name}" for table in of for name in names)


_INFO = frozenset({"info.title", "info.purpose", "info.notes"})
_TEXTS = _each("name", "title", "purpose", "topic", "health", "notes")
_LISTS = frozenset({"nodes.knows", "nodes.seeks"})
_EXTRA = _each("extra")
COVERED: dict[str, frozenset[str]] = {
    "The title, purpose and notes of the map are not kept.": _INFO,
    "That reporting lines count as talk is not kept.": frozenset({"info.reporting_is_talk"}),
    "That the lines come from asking people whom they hear from is not kept.": frozenset({"info.asked"}),
    "The cut-offs of findings are not kept.": frozenset({"info.thresholds"}),
    "The usual channels that this map leaves out will be back.": frozenset({"channels"}),
    "How the channels {channels} work is not kept, only the names of those in use.": _of(Channel, "channels")
    | {"channels", "links.channel"},
    "What was said of findings, dismissed or noted, is not kept.": frozenset({"remarks"}),
    "Notes stuck on the map are not kept.": frozenset({"stickies"}),
    "Pictures behind the map are not kept.": frozenset({"backdrops"}),
    "Frames of modules are not kept; they will be drawn round their people.": frozenset({"modules.frame"}),
    "What a newer orgmap added to this map is not kept.": _each("unread")
    | {"unread", "info.unread", "channels.unread"},
    "What has no name is called by its id.": _each("name", of=("channels", "modules", "nodes")),
    "Extra attributes that hold nothing are not kept.": _EXTRA,
    "Extra attributes that hold lists were written as text.": _EXTRA,
    "Extra attributes that are numbers here and texts there come back as text.": _EXTRA,
    "Numbers and yes or no in further columns come back as text.": _EXTRA,
    "Spaces at the ends of texts are not kept.": _TEXTS
    | _LISTS
    | _EXTRA
    | _INFO
    | {"info.thresholds", "channels.name", "channels.place", "channels.sign"},
    "Texts of nothing but spaces are not kept.": _TEXTS,
    "Blank, repeated and oddly spaced entries of what people know or seek are not kept.": _LISTS,
    "Texts of more than {most} characters are cut off; no cell holds more.": _TEXTS | _LISTS | _EXTRA,
    "Modules, and who is in them, are not kept.": _of(Module, "modules", "name")
    | {"modules", "nodes.modules"},
    "Modules that links end on are kept as people.": frozenset({"modules", "nodes"}),
    "Of people only names and places are kept.": _of(Node, "nodes", "name", "x", "y", "modules"),
    "Of links only ends, direction, kind and strength are kept.": _of(
        Link, "links", "source", "target", "kind", "two_way", "strength"
    ),
    "A strength of 0 or 1 comes back as none.": frozenset({"links.strength"}),
    "The channels {channels} are not kept.": frozenset({"channels"}),
    "Quotation marks and line ends in names are not kept.": frozenset({"nodes.name"}),
    "Places are kept in proportion to one another, not in size.": frozenset({"nodes.x", "nodes.y"}),
    "Lines are numbered anew.": frozenset({"links"}),
    "Ids are not kept; people go by their names.": frozenset(
        {"nodes", "nodes.name", "links.source", "links.target", "channels"}
    ),
}
"""Each sentence, and what it may touch: `table.field`; a table alone: what comes, goes or is renamed."""


def losses_of(path: Path) -> tuple[Loss, ...]:
    """The losses of the format of this file, in their order."""
    return LOSSES if path.suffix == ".net" else BY_SUFFIX.get(path.suffix, ())


def told_wrongly(document: Document, path: Path, told: Sequence[Said]) -> list[str]:
    """What is wrong with what was `told` of writing this map; each difference with the fields it is in."""
    losses = losses_of(path)
    wrong: list[str] = []
    spent: dict[str, set[str]] = {}  # the fields that each sentence stands for on this map
    before = document
    for loss in losses:
        after = loss.left(before)
        lost = set(touched(before, after))
        if lost:
            spent.setdefault(loss.text.one, set()).update(lost)
        before = after
    announced = {said.text.one for said in told}
    seen = set(touched(document, before))
    for sentence, lost in spent.items():
        if sentence not in announced:
            wrong.append(f"lost and not told: {_listed(lost)} ({sentence})")
        if other := lost - COVERED.get(sentence, frozenset()):
            wrong.append(f"lost, and not what was told: {_listed(other)} ({sentence})")
        if not any(_within(each, {*seen, *map(_table, seen)} if each in TABLES else seen) for each in lost):
            wrong.append(f"told, and there again in the end: {_listed(lost)} ({sentence})")
    for sentence in announced:
        others = announced - {sentence}
        spoken = frozenset[str]().union(*(COVERED.get(each, ()) for each in others))
        if sentence not in spent:
            wrong.append(f"told, and nothing is lost by it: {sentence}")
        elif not all(_within(each, spoken) for each in spent[sentence]) and before == left(
            document, [loss for loss in losses if loss.text.one in others]
        ):
            wrong.append(f"told, and the same is lost without it: {sentence}")
    if before != left(document, [loss for loss in losses if loss.text.one in announced]):
        wrong.append("what was told is less than what is lost")
    return wrong


def _within(field: str, covered: Set[str]) -> bool:
    """Is a field, or the whole table of it, among these?"""
    return field in covered or _table(field) in covered


def _table(field: str) -> str:
    return field.partition(".")[0]


def touched(before: Document, after: Document) -> Iterator[str]:
    """The fields in which two maps differ, as in `COVERED`; some more than once."""
    if before is after:
        return
    yield from (f"info.{name}" for name in _differing(before.info, after.info))
    if before.unread != after.unread:
        yield "unread"
    for table in TABLES:
        old, new = getattr(before, table), getattr(after, table)
        if old is new:
            continue
        renamed = len(old) == len(new) and old != new and _unnamed(old) == _unnamed(new)
        if renamed or old.keys() != new.keys():
            yield table
        if renamed:
            continue  # perhaps each goes by the id of another
        for key in old.keys() & new.keys():
            yield from (f"{table}.{name}" for name in _differing(old[key], new[key]))


def _unnamed(table: Mapping[str, Entity]) -> list[str]:
    return sorted(
        repr([getattr(each, field.name) for field in fields(each) if field.name != "id"])
        for each in table.values()
    )


def _differing(before: Entity | MapInfo, after: Entity | MapInfo) -> Iterator[str]:
    if before is after:
        return
    for each in fields(before):
        old, new = getattr(before, each.name), getattr(after, each.name)
        if old is not new and (old != new or repr(old) != repr(new)):  # 1 is not true
            yield each.name


def _listed(lost: set[str]) -> str:
    return ", ".join(sorted(lost))
