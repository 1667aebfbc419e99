"""Between the frozen values of the model and plain data as JSON has it, field by field.

A shape says for every field of an entity how its value is read. Reading is strict: a value of the
wrong type raises `Wrong` with the path below the entity. Fields that are not in the shape are kept
in `unread`; fields that have their default are not written.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from enum import StrEnum
from typing import Any, TypeVar

from orgmap.i18n import Said, text
from orgmap.model.entities import (
    Backdrop,
    Channel,
    Dash,
    Extra,
    Frame,
    Link,
    LinkKind,
    MapInfo,
    Module,
    Node,
    NodeKind,
    Remark,
    Status,
    StickyNote,
)

Read = Callable[[Any], Any]
Shape = Mapping[str, Read]
T = TypeVar("T")
MOST_DEPTH = 60  # levels of lists and objects in an extra value
MOST_DIGITS = 18  # of an integer, its sign included
MOST_NUMBER = 2**53  # beyond it not every program reads the same integer

_WRONG = text("files", "Here should be {wanted}, and there is {found}.")
_ONE_OF = text("files", "Here should be one of {allowed}, and there is {found}.")
_MISSING = text("files", "{field} is missing.")
_DEEP = text("files", "This is nested too deeply.")
_LARGE = text("files", "The number is too large.")
_WANTED = {
    "text": text("json", "a text"),
    "number": text("json", "a number"),
    "whole": text("json", "a whole number"),
    "flag": text("json", "true or false"),
    "list": text("json", "a list"),
    "object": text("json", "an object"),
}
_FOUND = {str: "text", bool: "flag", int: "whole", float: "number", list: "list", dict: "object"}
_NOTHING = text("json", "nothing")


class Wrong(Exception):  # noqa: N818 - becomes a ReadError with the place of the entity
    """A value that cannot be. `path`: where, below the entity."""

    def __init__(self, message: Said, path: str = "") -> None:
        super().__init__(message, path)
        self.message = message
        self.path = path

    @classmethod
    def kind(cls, wanted: str, value: object, path: str = "") -> Wrong:
        """The value is of another type than `wanted`, a key of the table above."""
        found = _FOUND.get(type(value))
        return cls(_WRONG(wanted=_WANTED[wanted](), found=(_WANTED[found] if found else _NOTHING)()), path)


def text_of(value: Any) -> str:  # noqa: ANN401 - JSON
    """A text."""
    if not isinstance(value, str):
        raise Wrong.kind("text", value)
    return value


def flag(value: Any) -> bool:  # noqa: ANN401
    """True or false."""
    if not isinstance(value, bool):
        raise Wrong.kind("flag", value)
    return value


def whole(value: Any) -> int:  # noqa: ANN401
    """An integer of at most 2**53 either way."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise Wrong.kind("whole", value)
    if abs(value) > MOST_NUMBER:
        raise Wrong(_LARGE())
    return value


def number(value: Any) -> float:  # noqa: ANN401
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Wrong.kind("number", value)
    if not math.isfinite(value) or abs(value) > 1e300:
        raise Wrong(_LARGE())
    return float(value)


def optional(read: Read) -> Read:
    """What `read` reads, or null."""
    return lambda value: None if value is None else read(value)


def one_of(kind: type[StrEnum]) -> Read:
    """A member of an enumeration, by its value."""
    members = {member.value: member for member in kind}

    def read(value: Any) -> StrEnum:  # noqa: ANN401
        found = members.get(text_of(value))
        if found is None:
            raise Wrong(_ONE_OF(allowed=", ".join(members), found=value[:40]))
        return found

    return read


def texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401
    """A list of texts."""
    if not isinstance(value, list):
        raise Wrong.kind("list", value)
    for index, item in enumerate(value):
        if not isinstance(item, str):
            raise Wrong.kind("text", item, f"[{index}]")
    return tuple(value)


def mapping(value: Any) -> dict[str, Any]:  # noqa: ANN401
    """An object of whatever JSON can hold."""
    if not isinstance(value, dict):
        raise Wrong.kind("object", value)
    return {key: json_value(item) for key, item in value.items()}


def numbers(value: Any) -> dict[str, float]:  # noqa: ANN401
    """An object of numbers."""
    if not isinstance(value, dict):
        raise Wrong.kind("object", value)
    return {key: _below(f".{key}", number, item) for key, item in value.items()}


def json_value(value: Any, depth: int = 0) -> Any:  # noqa: ANN401
    """Any JSON value, raises Wrong if too deep.

    Numbers that are not finite turn to null, those longer than a file of ours may hold to text.
    """
    if depth > MOST_DEPTH:
        raise Wrong(_DEEP())
    if isinstance(value, int) and len(str(value)) > MOST_DIGITS:
        return str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): json_value(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [json_value(item, depth + 1) for item in value]
    return value


def frame(value: Any) -> Frame:  # noqa: ANN401
    """An object with x, y, width and height."""
    if not isinstance(value, dict):
        raise Wrong.kind("object", value)
    for name in _FRAME:
        if name not in value:
            raise Wrong(_MISSING(field=name))
    return Frame(**{name: _below(f".{name}", number, value[name]) for name in _FRAME})


def _below(path: str, read: Read, value: Any) -> Any:  # noqa: ANN401
    try:
        return read(value)
    except Wrong as wrong:
        raise Wrong(wrong.message, path + wrong.path) from None


_FRAME = tuple(field.name for field in fields(Frame))

INFO: Shape = {
    "title": text_of,
    "purpose": text_of,
    "notes": text_of,
    "reporting_is_talk": flag,
    "asked": flag,
    "thresholds": numbers,
}
CHANNEL: Shape = {
    "id": text_of,
    "name": text_of,
    "delay": number,
    "answers": flag,
    "at_once": flag,
    "formal": flag,
    "place": text_of,
    "dash": one_of(Dash),
    "sign": text_of,
    "rank": whole,
}
MODULE: Shape = {
    "id": text_of,
    "name": text_of,
    "parent": optional(text_of),
    "lead": optional(text_of),
    "purpose": text_of,
    "colour": optional(whole),
    "collapsed": flag,
    "frame": optional(frame),
    "notes": text_of,
    "extra": mapping,
}
NODE: Shape = {
    "id": text_of,
    "name": text_of,
    "kind": one_of(NodeKind),
    "modules": texts,
    "level": optional(whole),
    "title": text_of,
    "knows": texts,
    "seeks": texts,
    "newcomer": flag,
    "decides": flag,
    "holds_purpose": flag,
    "vacant": flag,
    "hours": optional(number),
    "notes": text_of,
    "x": optional(number),
    "y": optional(number),
    "pinned": flag,
    "extra": mapping,
}
LINK: Shape = {
    "id": text_of,
    "source": text_of,
    "target": text_of,
    "kind": one_of(LinkKind),
    "two_way": flag,
    "channel": optional(text_of),
    "per_week": optional(number),
    "minutes": optional(number),
    "formal": optional(flag),
    "status": one_of(Status),
    "purpose": text_of,
    "topic": text_of,
    "health": text_of,
    "step": optional(whole),
    "needed_within": optional(number),
    "answers_needed": optional(whole),
    "no_answer_needed": flag,
    "strength": optional(number),
    "notes": text_of,
    "extra": mapping,
}

STICKY: Shape = {
    "id": text_of,
    "text": text_of,
    "x": number,
    "y": number,
    "width": number,
    "height": number,
    "colour": whole,
}
BACKDROP: Shape = {
    "id": text_of,
    "data": text_of,
    "x": number,
    "y": number,
    "width": number,
    "height": number,
    "strength": number,
    "locked": flag,
}
REMARK: Shape = {
    "id": text_of,
    "code": text_of,
    "about": texts,
    "dismissed": flag,
    "reason": text_of,
    "note": text_of,
}


def _defaults(kind: type[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in fields(kind):
        if each.default is not MISSING:
            found[each.name] = each.default
        elif each.default_factory is not MISSING:
            found[each.name] = each.default_factory()
    return found


_DEFAULTS: dict[type, dict[str, Any]] = {
    kind: _defaults(kind) for kind in (MapInfo, Channel, Module, Node, Link, StickyNote, Backdrop, Remark)
}


def entity(kind: type[T], shape: Shape, raw: Any) -> T:  # noqa: ANN401
    """The frozen value of a plain object. Raises Wrong."""
    if not isinstance(raw, dict):
        raise Wrong.kind("object", raw)
    values: dict[str, Any] = {}
    unread: dict[str, Any] = {}
    for key, value in raw.items():
        read = shape.get(key)
        if read is None:
            unread[key] = _below(f".{key}", json_value, value)
            continue
        try:
            values[key] = read(value)
        except Wrong as wrong:
            raise Wrong(wrong.message, f".{key}{wrong.path}") from None
    if unread:
        values["unread"] = unread
    try:
        return kind(**values)
    except TypeError:
        missing = next(n for n in shape if n not in values and n not in _DEFAULTS.get(kind, {}))
        raise Wrong(_MISSING(field=missing)) from None


def record(value: Any, shape: Shape) -> dict[str, Any]:  # noqa: ANN401 - one of the kinds above
    """The plain object of a frozen value, its fields in the order of the shape."""
    defaults = _DEFAULTS[type(value)]
    plain: dict[str, Any] = {}
    for name in shape:
        found = getattr(value, name)
        if name in defaults and found == defaults[name]:
            continue
        if isinstance(found, Frame):
            plain[name] = {part: _short(getattr(found, part)) for part in _FRAME}
        elif isinstance(found, Mapping | tuple | list):
            plain[name] = json_value(found)
        elif isinstance(found, float):
            if math.isfinite(found):
                plain[name] = _short(found)
        else:
            plain[name] = found
    unread: Extra = value.unread
    plain.update((key, json_value(item)) for key, item in unread.items() if key not in shape)
    return plain


def _short(value: float) -> float:
    """2 for 2.0, so that equal documents give equal bytes."""
    return int(value) if float(value).is_integer() and abs(value) <= MOST_NUMBER else value
