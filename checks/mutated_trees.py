"""JSON and XML spoilt as the trees they are, so that what comes out can still be parsed."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

Json = Any
_ODD: tuple[Json, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        2**31,
        2**53,
        2**63,
        10**30,
        0.5,
        -0.0,
        1e308,
        -1e308,
        5e-324,
        float("nan"),
    ),
    *(
        float("inf"),
        "",
        " ",
        "\n",
        "\0",
        "\ud800",
        "\u202e",
        "\ufffe",
        "ana",
        "a" * 1_001,
        "=1",
        "'",
        ";",
        "a;b",
    ),
    *([], {}, [[]], [None], {"": None}, {"id": "ana"}, ["ana", "ana"], [1, "a", None]),
)
_DEEP = (2, 10, 70, 400)


def json_spoilt(data: bytes, draw: random.Random, words: Sequence[bytes]) -> bytes | None:
    """The JSON with one to three values changed, moved, doubled or lost; None if it is none."""
    lines = data.split(b"\n")
    at = draw.randrange(len(lines)) if len(lines) < 20 else 0
    try:
        tree, before, after = json.loads(data), b"", b""
    except (ValueError, RecursionError):
        try:  # a journal has an object on each line
            tree = json.loads(lines[at])
        except (ValueError, RecursionError):
            return None
        before = b"".join(line + b"\n" for line in lines[:at])
        after = b"".join(b"\n" + line for line in lines[at + 1 :])
    try:
        for _ in range(draw.choice((1, 1, 1, 2, 3))):
            tree = _json_changed(tree, draw, words)
        return before + json.dumps(tree).encode() + after
    except (ValueError, RecursionError):
        return None


def _json_changed(tree: Json, draw: random.Random, words: Sequence[bytes]) -> Json:
    places = list(_places(tree))
    if not places:
        return draw.choice(_ODD)
    holder, key = draw.choice(places)
    other, place = draw.choice(places)
    match draw.randrange(9):
        case 0:
            holder[key] = draw.choice(_ODD)
        case 1:
            word = draw.choice(words).decode("utf-8", "replace").strip('"') if words else ""
            holder[key] = word
        case 2:
            holder[key] = copy.deepcopy(other[place])
        case 3:
            holder[key], other[place] = copy.deepcopy(other[place]), copy.deepcopy(holder[key])
        case 4:
            del holder[key]
        case 5 if isinstance(holder, list):
            holder[key:key] = [copy.deepcopy(holder[key])] * draw.choice((1, 2, 20))
        case 6 if isinstance(holder, dict):
            name = draw.choice(words).decode("utf-8", "replace").strip('"') if words else "x"
            holder[name] = copy.deepcopy(other[place])
        case 7:
            for _ in range(draw.choice(_DEEP)):
                holder[key] = [holder[key]] if draw.random() < 0.5 else {"a": holder[key]}
        case _:
            value = holder[key]
            if isinstance(value, str):
                at = draw.randrange(len(value) + 1)
                holder[key] = (
                    value[:at] + draw.choice(("\0", "\ud83d", "'", ";", "\\", "\u0301", " ")) + value[at:]
                )
            elif isinstance(value, int | float):
                holder[key] = draw.choice((-value, value * 2, value + 0.5, str(value), value * 1e17))
            else:
                holder[key] = draw.choice(_ODD)
    return tree


def _places(tree: Json) -> list[tuple[Any, Any]]:
    """Every place a value can stand at: what holds it, and its key or number."""
    found: list[tuple[Any, Any]] = []
    waiting = [tree]
    while waiting and len(found) < 5_000:
        holder = waiting.pop()
        keys = (
            holder.keys()
            if isinstance(holder, dict)
            else range(len(holder))
            if isinstance(holder, list)
            else ()
        )
        for key in keys:
            found.append((holder, key))
            if isinstance(holder[key], dict | list):
                waiting.append(holder[key])
    return found


def xml_spoilt(data: bytes, draw: random.Random, words: Sequence[bytes]) -> bytes | None:
    """The XML with one to three elements changed, moved, doubled or lost; None if it is none."""
    try:
        root = ET.fromstring(data)
    except (ET.ParseError, ValueError, LookupError):
        return None
    try:
        for _ in range(draw.choice((1, 1, 1, 2, 3))):
            _xml_changed(root, draw, words)
        return bytes(ET.tostring(root, encoding="utf-8"))
    except (ValueError, RecursionError, UnicodeError):
        return None


def _xml_changed(root: ET.Element, draw: random.Random, words: Sequence[bytes]) -> None:
    elements = list(root.iter())[:5_000]
    holder, other = draw.choice(elements), draw.choice(elements)
    child = draw.choice(list(holder)) if len(holder) else None
    word = _word(draw, words)
    match draw.randrange(11):
        case 0 if child is not None:
            holder.remove(child)
        case 1 if child is not None:
            at = draw.randrange(len(holder) + 1)
            for _ in range(draw.choice((1, 2, 20))):
                holder.insert(at, copy.deepcopy(child))
        case 2 if child is not None and child is not root and other not in list(child.iter()):
            holder.remove(child)
            other.insert(draw.randrange(len(other) + 1), child)
        case 3 if child is not None and len(elements) < 500:
            other.insert(0, copy.deepcopy(child))
        case 4 if child is not None:
            outer = child
            for _ in range(draw.choice(_DEEP)):
                inner = ET.Element(child.tag, dict(child.attrib))
                outer.append(inner)
                outer = inner
        case 5 | 6 if other.attrib:
            key = draw.choice(list(other.attrib))
            values = [value for each in elements for value in each.attrib.values()]
            other.attrib[key] = draw.choice((draw.choice(values), _odd(draw), word.strip('"')))
        case 7 if other.attrib:
            other.attrib.pop(draw.choice(list(other.attrib)))
        case 8:
            donor = draw.choice(elements)
            other.attrib.update(donor.attrib)
            if "=" in word:
                name, _, value = word.partition("=")
                if name.replace(":", "").replace("-", "").replace(".", "").isalpha():
                    other.attrib[name.rpartition(":")[2]] = value.strip('"')
        case 9:
            other.text = draw.choice((_odd(draw), word, draw.choice(elements).text or ""))
        case _:
            other.tag = draw.choice(elements).tag


def _odd(draw: random.Random) -> str:
    value = draw.choice([each for each in _ODD if isinstance(each, str | int | float) and each is not True])
    words = (
        str(value).replace("\0", "\N{REPLACEMENT CHARACTER}").replace("\ufffe", " ").replace("\ud800", " ")
    )
    return draw.choice((words, "9" * 400, "1e400", "-0", "1,5", "true", "nan"))


def _word(draw: random.Random, words: Sequence[bytes]) -> str:
    return draw.choice(words).decode("utf-8", "replace") if words else ""
