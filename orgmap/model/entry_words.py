"""What stands after the colon of a line typed: channel, how often, how long, how sure, and so on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from orgmap.i18n import Said, names, text
from orgmap.model import rates
from orgmap.model.document import Document
from orgmap.model.entities import Channel, ChannelId, Status
from orgmap.model.matching import folded
from orgmap.model.query import listed_channels

LONGEST = 4  # words of one property, as in "every 2 weeks"

_NEAR = text("entry", "{word} is no channel. Did you mean {name}?")
_NUMBER = text("entry", "{word} of what? Say {word}m for minutes, or {word}/w for times a week.")
_UNKNOWN = text(
    "entry",
    "{word} is no channel, and not how often or how long. Say, for instance: mail, weekly, 10m.",
)
_SEVERAL = text("entry", "{word} could be {names}. Type a little more of it.")

STATUS_WORDS: Mapping[str, Status] = {
    "confirmed": Status.CONFIRMED,
    "claimed": Status.CLAIMED,
    "assumed": Status.ASSUMED,
    "disputed": Status.DISPUTED,
    "proposed": Status.PROPOSED,
}
FIXED: Mapping[str, Mapping[str, Any]] = {
    **{word: {"status": status} for word, status in STATUS_WORDS.items()},
    "formal": {"formal": True},
    "informal": {"formal": False},
    "no answer": {"no_answer_needed": True},
    "no answer needed": {"no_answer_needed": True},
}
_WITHIN = re.compile(r"within\s+(\d{1,9}(?:[.,]\d+)?|an?|one)\s*(d|days?|h|hours?|w|weeks?)", re.IGNORECASE)
_DAYS = {"h": 1 / 24, "d": 1.0, "w": 7.0}
_STEP = re.compile(r"step\s+(\d{1,6})", re.IGNORECASE)
_ANSWERS = re.compile(r"(?:needs?\s+)?(\d{1,6})\s+answers?(?:\s+needed)?", re.IGNORECASE)
_WORD = re.compile(r'"[^"]*"|[^\s,;]+')
_REST = re.compile(r"(topic|about|purpose|for|health)\s+([^,;]+)", re.IGNORECASE)
_REST_FIELDS = {
    "topic": "topic", "about": "topic", "purpose": "purpose", "for": "purpose", "health": "health",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WrongWord:
    """A part of a text that is not understood: where it begins and ends, and why."""

    start: int
    end: int
    message: Said


def channel_named(document: Document, word: str) -> ChannelId | list[Channel]:
    """The channel with this name, or the only one that begins so; else all that begin so."""
    wanted = folded(word)
    listed = listed_channels(document)
    whole = [c for c in listed if folded(c.name) == wanted or folded(c.id) == wanted]
    begun = [c for c in listed if folded(c.name).startswith(wanted)] if wanted else []
    found = whole[:1] or begun
    return found[0].id if len(found) == 1 else found


def properties(document: Document, words: str, at: int = 0) -> dict[str, Any] | WrongWord:
    """Fields of a link from "chat daily 10m"; the first part that is not understood instead.

    `at`: where `words` begins in its line. Parts may stand in any order, with or without commas.
    """
    found: dict[str, Any] = {}
    place = 0
    while (first := _WORD.search(words, place)) is not None:
        if first.group().startswith('"'):
            found["purpose"] = first.group().strip('"').strip()
            place = first.end()
            continue
        rest = _REST.match(words, first.start())
        if rest is not None:
            found[_REST_FIELDS[rest[1].casefold()]] = rest[2].strip().strip('"')
            place = rest.end()
            continue
        taken = _longest(document, words, first.start())
        if taken is None:
            return _wrong(document, first, at)
        fields, place = taken
        found.update(fields)
    return found


def peeled(document: Document, words: str) -> tuple[str, str]:
    """A last name and the properties behind it, where no colon stands: "Cy weekly 30m".

    Only whole channel names and clear words are taken from the end, and a name always stays. What
    begins with a capital letter belongs to the name, as in "Customer Report".
    """
    parts = list(_WORD.finditer(words))
    start = len(words)
    while len(parts) > 1:
        for many in range(min(LONGEST, len(parts) - 1), 0, -1):
            piece = words[parts[-many].start() : start].strip(" ,;")
            if not piece[:1].isupper() and _one(document, piece, exact=True) is not None:
                start = parts[-many].start()
                del parts[-many:]
                break
        else:
            break
    return words[:start].rstrip(" ,;"), words[start:]


def _longest(document: Document, words: str, start: int) -> tuple[dict[str, Any], int] | None:
    """The property of most words that begins here, and where it ends."""
    ends = [part.end() for part in _WORD.finditer(words, start)][:LONGEST]
    for end in reversed(ends):
        piece = words[start:end]
        if "," not in piece and ";" not in piece and (made := _one(document, piece)) is not None:
            return made, end
    return None


def _one(document: Document, piece: str, *, exact: bool = False) -> dict[str, Any] | None:
    """The fields one property sets; None if the words are none."""
    plain = folded(piece)
    if plain in FIXED:
        return dict(FIXED[plain])
    if (often := rates.per_week(piece)) is not None:
        return {"per_week": often}
    if (long := rates.minutes(piece)) is not None:
        return {"minutes": long}
    for pattern, made in _PATTERNS:
        if (match := pattern.fullmatch(piece)) is not None:
            return made(match)
    channel = channel_named(document, piece)
    if isinstance(channel, list) or (exact and folded(document.channels[channel].name) != plain):
        return None
    return {"channel": channel}


def _within(match: re.Match[str]) -> dict[str, Any]:
    many = 1.0 if match[1].isalpha() else float(match[1].replace(",", "."))
    return {"needed_within": many * _DAYS[match[2][0].casefold()]}


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], dict[str, Any]]], ...] = (
    (_WITHIN, _within),
    (_STEP, lambda match: {"step": int(match[1])}),
    (_ANSWERS, lambda match: {"answers_needed": int(match[1])}),
)


def _wrong(document: Document, part: re.Match[str], at: int) -> WrongWord:
    word = part.group()[:40]
    several = channel_named(document, word)
    if isinstance(several, list) and several:
        message = _SEVERAL(word=word, names=names(c.name for c in several))
    elif word.isdigit():
        message = _NUMBER(word=word)
    else:
        known = [*(c.name for c in listed_channels(document)), *rates.WORDS, *FIXED]
        near = get_close_matches(word.casefold(), known, n=1, cutoff=0.6)
        message = _NEAR(word=word, name=near[0]) if near else _UNKNOWN(word=word)
    return WrongWord(at + part.start(), at + part.end(), message)
