"""Changes as plain data: of what is updated only the fields that differ, so that a move stays small.

A patch goes one way, from a document to the one after it; taking it back is the business of the
history. Its form is described in `docs/format.md`, "The journal".
"""

from __future__ import annotations

from typing import Any

from orgmap.files.plain import (
    BACKDROP,
    CHANNEL,
    INFO,
    LINK,
    MODULE,
    NODE,
    REMARK,
    STICKY,
    Shape,
    Wrong,
    entity,
    json_value,
    record,
    whole,
)
from orgmap.model.document import TABLES, Change, Document
from orgmap.model.entities import Backdrop, Channel, Link, MapInfo, Module, Node, Remark, StickyNote

SHAPES: dict[str, tuple[type, Shape]] = {
    "channels": (Channel, CHANNEL),
    "modules": (Module, MODULE),
    "nodes": (Node, NODE),
    "links": (Link, LINK),
    "stickies": (StickyNote, STICKY),
    "backdrops": (Backdrop, BACKDROP),
    "remarks": (Remark, REMARK),
}

Patch = dict[str, Any]


def patch(change: Change) -> Patch:
    """The change as JSON has it: by table and id null, a whole entity, or what differs in one."""
    plain: Patch = {"serial": change.serial}
    if change.info is not None:
        before, after = (record(info, INFO) for info in change.info)
        plain["map"] = _differing(before, after)
    if change.unread is not None:
        plain["unread"] = {key: json_value(value) for key, value in change.unread[1].items()}
    for table, (_, shape) in SHAPES.items():
        pairs = getattr(change, table)
        if pairs:
            plain[table] = {key: _one(old, new, shape) for key, (old, new) in pairs.items()}
    return plain


def patched(document: Document, plain: Patch) -> Document:
    """The document after a patch that was made for it. Raises Wrong, KeyError, TypeError or ValueError."""
    tables: dict[str, Any] = {}
    for table, (kind, shape) in SHAPES.items():
        known = getattr(document, table)
        tables[table] = {
            key: (known.get(key), _rebuilt(known.get(key), value, kind, shape))
            for key, value in plain.get(table, {}).items()
        }
    info = None
    if "map" in plain:
        info = (document.info, _rebuilt(document.info, plain["map"], MapInfo, INFO))
    unread = None
    if "unread" in plain:
        unread = (document.unread, dict(plain["unread"]))
    return document.apply(Change(info=info, serial=whole(plain["serial"]), unread=unread, **tables))


def _one(old: Any, new: Any, shape: Shape) -> object:  # noqa: ANN401 - two entities of one kind
    if new is None:
        return None
    if old is None:
        return {"new": record(new, shape)}
    if old.unread or new.unread:
        return _differing(record(old, shape), record(new, shape))
    fields = {name: read for name, read in shape.items() if getattr(old, name) != getattr(new, name)}
    put = record(new, fields)  # of thousands that were dragged, two fields each
    gone = [name for name in fields if name not in put]
    return {"put": put, "gone": gone} if gone else {"put": put}


def _differing(before: Patch, after: Patch) -> Patch:
    missing = object()
    put = {key: value for key, value in after.items() if before.get(key, missing) != value}
    plain: Patch = {"put": put}
    gone = [key for key in before if key not in after]
    if gone:
        plain["gone"] = gone
    return plain


def _rebuilt(known: object, plain: Patch | None, kind: type, shape: Shape) -> Any:  # noqa: ANN401
    if plain is None:
        return None
    if "new" in plain:
        return entity(kind, shape, plain["new"])
    if known is None:
        raise Wrong.kind("object", known)
    fields = record(known, shape) | plain["put"]
    for key in plain.get("gone", ()):
        fields.pop(key, None)
    return entity(kind, shape, fields)


assert tuple(SHAPES) == TABLES
