"""What a format cannot hold: how it is said before writing, and what is left of the map after.

A loss is told where it would leave another map than there is, so nothing is told that is not lost; and
what a written file gives back is the map as all the losses of its format leave it. The tests and
`checks/round_trips.py` hold both against each other for every format that can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from orgmap.files.assembly import Assembly
from orgmap.files.elements import as_text, flattened, written
from orgmap.files.mending import clean
from orgmap.files.values import joined, listed
from orgmap.i18n import Said, Text, Value, names, text
from orgmap.model.document import Document
from orgmap.model.entities import (
    Channel,
    Json,
    Link,
    MapInfo,
    Module,
    Node,
    default_channels,
)

MOST_CHARACTERS = 32_767  # of a cell of a workbook, in every spreadsheet
_DESCRIBED = ("modules", "nodes", "links")
_TEXTS = ("name", "title", "purpose", "topic", "health", "notes")
_LISTS = ("knows", "seeks")

Described = Module | Node | Link
Left = Callable[[Document], Document]


def _nothing(_: Document) -> Mapping[str, Value]:
    return {}


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of loss. `left`: the map without it, the very same one if there is nothing to lose.

    `values`: what `text` names, from the map before. `suffers`: is there anything to lose; for losses
    whose `left` is dear and does not bear on those after it.
    """

    text: Text
    left: Left
    values: Callable[[Document], Mapping[str, Value]] = _nothing
    suffers: Callable[[Document], bool] | None = None


def told(document: Document, losses: Iterable[Loss]) -> list[Said]:
    """Which of these losses, one after another, there would be."""
    said: list[Said] = []
    for loss in losses:
        after = document if loss.suffers is not None else loss.left(document)
        if after is not document or (loss.suffers is not None and loss.suffers(document)):
            message = loss.text(**loss.values(document))
            said += [message] if message not in said else []
        document = after
    return said


def left(document: Document, losses: Iterable[Loss]) -> Document:
    """The map after all these losses."""
    for loss in losses:
        document = loss.left(document)
    return document


def altered(document: Document, alter: Callable[[Any], Any], *tables: str) -> Document:
    """The map with every entity of these tables as `alter` makes it; the same map if all stay."""
    changed: dict[str, Any] = {}
    for name in tables:
        table: Mapping[str, Any] = getattr(document, name)
        found = {key: new for key, value in table.items() if (new := alter(value)) is not value}
        if found:
            changed[name] = {**table, **found}
    return replace(document, **changed) if changed else document


def _without_info(*fields: str) -> Left:
    empty = {name: getattr(MapInfo(), name) for name in fields}

    def left(document: Document) -> Document:
        info = replace(document.info, **empty)
        return document if info == document.info else replace(document, info=info)

    return left


def _without(table: str) -> Left:
    def left(document: Document) -> Document:
        nothing: dict[str, Any] = {table: {}}
        return replace(document, **nothing) if getattr(document, table) else document

    return left


def _unframed(document: Document) -> Document:
    return altered(document, lambda m: m if m.frame is None else replace(m, frame=None), "modules")


def _known(document: Document) -> Document:
    """Without what a newer version added."""
    tables = ("channels", *_DESCRIBED)
    document = altered(document, lambda each: replace(each, unread={}) if each.unread else each, *tables)
    if document.info.unread:
        document = replace(document, info=replace(document.info, unread={}))
    return replace(document, unread={}) if document.unread else document


def own_channels(document: Document) -> list[Channel]:
    """Channels that are not the usual ones of their name."""
    usual = {channel.name: channel for channel in default_channels().values()}
    return [each for each in document.channels.values() if each != usual.get(each.name)]


def _channels_by_name(document: Document) -> Document:
    """Channels as a reader makes them of their names in links."""
    used = list(dict.fromkeys(k.channel for k in document.links.values() if k.channel is not None))
    to = Assembly()
    read = {key: to.channel(clean(document.channels[key].name)) for key in used}
    made = to.channels({*document.nodes, *document.modules})
    found = {key: made[word].id for key, word in read.items()}
    channels = {each.id: each for each in made.values()}
    if channels == document.channels and all(key == new for key, new in found.items()):
        return document

    def by_name(link: Link) -> Link:
        new = found[link.channel] if link.channel is not None else None
        return link if new == link.channel else replace(link, channel=new)

    return replace(altered(document, by_name, "links"), channels=channels)


def _usual_again(document: Document) -> Document:
    """With the usual channels that were taken off this map."""
    known = {each.name for each in document.channels.values()}
    back = {
        key: each
        for key, each in _channels_by_name(document).channels.items()
        if each.name not in known and key not in document.channels
    }
    return replace(document, channels={**document.channels, **back}) if back else document


def _usual_at_all(document: Document) -> Document:
    return document if document.channels else _usual_again(document)


def _named(document: Document) -> Document:
    def named(each: Node | Module | Channel) -> Node | Module | Channel:
        return each if each.name.strip() else replace(each, name=each.id)

    return altered(document, named, "channels", "modules", "nodes")


def _extras(alter: Callable[[str, Json], Iterable[tuple[str, Json]]], *tables: str) -> Left:
    def one(each: Described) -> Described:
        if not each.extra:
            return each
        extra = dict(pair for name, value in each.extra.items() for pair in alter(name, value))
        return each if _same(extra, each.extra) else replace(each, extra=extra)

    return lambda document: altered(document, one, *(tables or _DESCRIBED))


def _same(extra: Mapping[str, Json], other: Mapping[str, Json]) -> bool:
    """Equal, true and 1 told apart."""
    return extra == other and all(type(value) is type(other[name]) for name, value in extra.items())


def _told(name: str, value: Json) -> Iterable[tuple[str, Json]]:
    return () if value is None else ((name, value),)


def _flat(name: str, value: Json) -> Iterable[tuple[str, Json]]:
    return ((name, flattened(value)),)


def _worded(name: str, value: Json) -> Iterable[tuple[str, Json]]:
    return ((name, as_text(value)),)


def _unblank(document: Document) -> Document:
    def one(each: Described) -> Described:
        new = _fields(each, lambda words: words if words.strip() else "")
        return replace(each, **new) if new else each

    return altered(document, one, *_DESCRIBED)


def _fields(each: Described, alter: Callable[[str], str]) -> dict[str, Any]:
    """The texts of an entity that are other when altered."""
    found = ((field, getattr(each, field, "")) for field in _TEXTS)
    return {field: after for field, before in found if before and (after := alter(before)) != before}


def _one_type(document: Document) -> Document:
    """An extra attribute is text everywhere if it is text, or of another type, anywhere."""
    for tables in (("modules", "nodes"), ("links",)):
        kinds: dict[str, set[type]] = {}
        for each in (each for table in tables for each in getattr(document, table).values()):
            for name, value in each.extra.items():
                kinds.setdefault(name, set()).add(type(value))
        mixed = {name for name, found in kinds.items() if len(found) > 1 and found != {int, float}}
        if mixed:
            document = _extras(partial(_written, mixed), *tables)(document)
    return document


def _written(mixed: set[str], name: str, value: Json) -> Iterable[tuple[str, Json]]:
    return ((name, written(value) if name in mixed else value),)


def _texts(alter: Callable[[str], str]) -> Left:
    """Every text that stands in a cell, altered; what is empty then is gone."""

    def one(each: Described) -> Described:
        new = _fields(each, alter)
        for field in _LISTS:
            several = getattr(each, field, ())
            if several and (kept := _cells(several, alter)) != several:
                new[field] = kept
        if each.extra:
            extra = {n: alter(v) if isinstance(v, str) else v for n, v in each.extra.items()}
            extra = {alter(name): value for name, value in extra.items() if value != ""}
            if extra != each.extra:
                new["extra"] = extra
        return replace(each, **new) if new else each

    return lambda document: altered(document, one, *_DESCRIBED)


def _lists(document: Document) -> Document:
    """What stands in a cell with semicolons between, as it is read."""

    def read(node: Node) -> Node:
        new: dict[str, Any] = {}
        for field in _LISTS:
            several = getattr(node, field)
            if several and (kept := _cells(several, str)) != several:
                new[field] = kept
        return replace(node, **new) if new else node

    return altered(document, read, "nodes")


def _about(document: Document) -> Document:
    """What is said of the map and its channels, without spaces at the ends."""
    info = document.info
    fields: dict[str, Any] = {name: getattr(info, name).strip() for name in ("title", "purpose", "notes")}
    fields["thresholds"] = {name.strip(): value for name, value in info.thresholds.items()}
    if replace(info, **fields) != info:
        document = replace(document, info=replace(info, **fields))

    def stripped(each: Channel) -> Channel:
        new = replace(each, name=each.name.strip(), place=each.place.strip(), sign=each.sign.strip())
        return each if new == each else new

    return altered(document, stripped, "channels")


def _cells(several: tuple[str, ...], alter: Callable[[str], str]) -> tuple[str, ...]:
    """A list as a cell gives it back."""
    cell = alter(joined([alter(each) for each in several])).strip()
    return listed(cell) if cell else ()


INFO = Loss(
    text("loss", "The title, purpose and notes of the map are not kept."),
    _without_info("title", "purpose", "notes"),
)
TALK = Loss(
    text("loss", "That reporting lines count as talk is not kept."), _without_info("reporting_is_talk")
)
ASKED = Loss(
    text("loss", "That the lines come from asking people whom they hear from is not kept."),
    _without_info("asked"),
)
CUT_OFFS = Loss(text("loss", "The cut-offs of findings are not kept."), _without_info("thresholds"))
USUAL = Loss(text("loss", "The usual channels that this map leaves out will be back."), _usual_again)
CHANNELS = Loss(
    text("loss", "How the channels {channels} work is not kept, only the names of those in use."),
    _channels_by_name,
    lambda document: {"channels": names(each.name or each.id for each in own_channels(document))},
)
REMARKS = Loss(
    text("loss", "What was said of findings, dismissed or noted, is not kept."), _without("remarks")
)
STICKIES = Loss(text("loss", "Notes stuck on the map are not kept."), _without("stickies"))
BACKDROPS = Loss(text("loss", "Pictures behind the map are not kept."), _without("backdrops"))
FRAMES = Loss(
    text("loss", "Frames of modules are not kept; they will be drawn round their people."), _unframed
)
UNREAD = Loss(text("loss", "What a newer orgmap added to this map is not kept."), _known)
UNNAMED = Loss(text("loss", "What has no name is called by its id."), _named)
UNTOLD = Loss(text("loss", "Extra attributes that hold nothing are not kept."), _extras(_told))
FLATTENED = Loss(text("loss", "Extra attributes that hold lists were written as text."), _extras(_flat))
MIXED = Loss(
    text("loss", "Extra attributes that are numbers here and texts there come back as text."), _one_type
)
TYPES = Loss(text("loss", "Numbers and yes or no in further columns come back as text."), _extras(_worded))
SPACE = Loss(text("loss", "Spaces at the ends of texts are not kept."), _texts(str.strip))
ABOUT = Loss(SPACE.text, _about)
BLANK = Loss(text("loss", "Texts of nothing but spaces are not kept."), _unblank)
LISTS = Loss(
    text("loss", "Blank, repeated and oddly spaced entries of what people know or seek are not kept."), _lists
)
CUT = Loss(
    text("loss", "Texts of more than {most} characters are cut off; no cell holds more."),
    _texts(lambda words: words[:MOST_CHARACTERS]),
    lambda _: {"most": MOST_CHARACTERS},
)

_ONLY_NATIVE = (REMARKS, STICKIES, BACKDROPS, FRAMES, UNREAD, UNNAMED, LISTS)
OF_JSON = (*_ONLY_NATIVE, BLANK, CUT_OFFS, USUAL, CHANNELS)
OF_GRAPHML = (*OF_JSON, UNTOLD, FLATTENED, MIXED)
_OF_CELLS = (UNTOLD, FLATTENED, TYPES, SPACE)
OF_TABLES = (*_ONLY_NATIVE, INFO, TALK, ASKED, CUT_OFFS, USUAL, CHANNELS, *_OF_CELLS)
OF_WORKBOOKS = (*_ONLY_NATIVE, Loss(USUAL.text, _usual_at_all), *_OF_CELLS, ABOUT, CUT)

BY_SUFFIX: Mapping[str, tuple[Loss, ...]] = {
    ".csv": OF_TABLES,
    ".tsv": OF_TABLES,
    ".xlsx": OF_WORKBOOKS,
    ".graphml": OF_GRAPHML,
    ".json": OF_JSON,
}
