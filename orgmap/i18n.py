"""Texts that can be translated: written in English in the code, said in the language in use.

`text("menu", "Open")` makes a catalogue entry; called with values it becomes a `Said`, which is
rendered only by `str()`. Findings carry `Said` values across processes, so a change of language
changes them too. `say(...)` is both steps at once, for widgets. Translations are gettext files
(`resources/i18n/<code>/LC_MESSAGES/orgmap.mo`), so a translator needs an editor for those and
nothing else. The language in use is the one thing in the program that is process-wide, as the
language of a process is.
"""

from __future__ import annotations

import gettext
import math
import struct
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from orgmap.assets import asset

ENGLISH = "en"
PSEUDO = "pseudo"  # every text accented and in brackets: what is not was never translatable

_ACCENTED = str.maketrans("aceinorsuyzACEINORSUYZ", "áçéíñóŕšúýžÁÇÉÍÑÓŔŠÚÝŽ")


@dataclass(frozen=True, slots=True)
class Text:
    """One entry of the catalogue. With `many`, the value `n` chooses between the two forms."""

    context: str
    one: str
    many: str | None = None

    def __call__(self, **values: Value) -> Said:
        """This text with its placeholders filled."""
        return Said(self, tuple(values.items()))


@dataclass(frozen=True, slots=True)
class Names:
    """A list of the user's own words, joined as the language joins: "Ana, Ben and Cy".

    More than `most` are cut: "Ana, Ben, Cy and 4 more".
    """

    names: tuple[str, ...]
    most: int = 6


@dataclass(frozen=True, slots=True)
class Said:
    """A text and its values. Immutable, comparable, picklable; `str()` says it."""

    text: Text
    values: tuple[tuple[str, Value], ...] = ()

    def __str__(self) -> str:
        return _language.said(self)


Value = str | int | float | Names | Said


def text(context: str, one: str, many: str | None = None) -> Text:
    """A catalogue entry. Placeholders in braces; user data only ever comes in as values."""
    return Text(context, one, many)


def say(context: str, one: str, many: str | None = None, **values: Value) -> str:
    """The text in the language in use, now."""
    return str(Said(Text(context, one, many), tuple(values.items())))


def verbatim(words: str) -> Said:
    """The user's own words where a `Said` is wanted; never translated."""
    return Said(_VERBATIM, (("words", words),))


def names(words: Iterable[str], most: int = 6) -> Names:
    """A list of the user's words as one value."""
    return Names(tuple(words), most)


def unturned(words: str) -> str:
    """The user's words without signs that turn what stands after them round."""
    if words.isascii():
        return words
    even = words.count(APART[0]) == words.count(APART[1])
    return "".join(sign for sign in words if sign not in TURNING and (even or sign not in APART))


def _apart(words: str) -> str:
    """The user's words as a part of a sentence: Hebrew or Arabic ones keep the rest of it in its order."""
    words = unturned(words)
    if words.isascii() or not any(unicodedata.bidirectional(sign) in _LEFTWARDS for sign in words):
        return words
    return (
        words if words.startswith(APART[0]) and words.endswith(APART[1]) else f"{APART[0]}{words}{APART[1]}"
    )


class _Ready(str):
    """Words that are set apart already."""

    __slots__ = ()


_VERBATIM = Text("", "{words}")
_AND = text("list", "{first} and {last}")
_MORE = text("list", "{first} and {n} more", "{first} and {n} more")
_COMMA = text("list", "{first}, {next}")

TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067")  # as Unicode's UAX 9
APART = "\u2068\u2069"  # what lies between the two is ordered by itself
_LEFTWARDS = frozenset(("R", "AL", "AN"))

_TINY = 1e-6  # written out to here; what is nearer to 0 is only said to be so


def _catalogue(code: str) -> gettext.NullTranslations:
    """The words of a language; none, so that English is said, where they are missing or damaged."""
    try:
        with asset("i18n", code, "LC_MESSAGES", "orgmap.mo").open("rb") as stream:
            return gettext.GNUTranslations(stream)
    except (OSError, ValueError, LookupError, struct.error):  # no catalogue, or bytes that are none
        return gettext.NullTranslations()


class Language:
    """One language: how it says a text and writes a number."""

    def __init__(self, code: str = ENGLISH) -> None:
        self.code = code
        self._catalogue = gettext.NullTranslations() if code in (ENGLISH, PSEUDO) else _catalogue(code)

    def said(self, said: Said) -> str:
        """The text with its values, as this language says it; English if a translation is broken."""
        values = {key: self._value(value) for key, value in said.values}
        count = next((value for key, value in said.values if key == "n"), None)
        template = self._template(said.text, count)
        try:
            return template.format(**values)
        except (KeyError, IndexError, ValueError):
            many = said.text.many is not None and count != 1
            return (said.text.many or "" if many else said.text.one).format(**values)

    def _template(self, entry: Text, count: Value | None) -> str:
        if entry is _VERBATIM or not entry.context:
            return entry.one
        if entry.many is not None:
            number = count if isinstance(count, int) else 2
            found = self._catalogue.npgettext(entry.context, entry.one, entry.many, number)
        else:
            found = self._catalogue.pgettext(entry.context, entry.one)
        return _pseudo(found) if self.code == PSEUDO and entry.context != "list" else found

    def _value(self, value: Value) -> str:
        if isinstance(value, Names):
            return self._listing(value)
        if isinstance(value, Said):
            return self.said(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return value if isinstance(value, _Ready) else _apart(str(value))
        return self.number(value)

    def _listing(self, value: Names) -> str:
        shown = value.names if len(value.names) <= value.most else value.names[: value.most]
        if not shown:
            return ""
        rest = len(value.names) - len(shown)
        joined: str = _Ready(_apart(shown[0]))
        for word in shown[1:] if rest else shown[1:-1]:
            joined = _Ready(self.said(_COMMA(first=joined, next=word)))
        if rest:
            return self.said(_MORE(first=joined, n=rest))
        return self.said(_AND(first=joined, last=shown[-1])) if len(shown) > 1 else joined

    def number(self, value: float, places: int | None = None) -> str:
        """At most two significant decimals, never with an exponent, thousands set apart by a thin space.

        `places`: exactly so many decimals instead, as on an axis.
        """
        if not math.isfinite(value):
            return str(value)
        size = abs(value)
        if places is not None:
            written = f"{value:,.{places}f}"
        elif size == int(size):
            written = f"{int(value):,}"
        elif size < _TINY:
            written = f"<{_TINY:.6f}" if value > 0 else f">-{_TINY:.6f}"
        else:
            places = 2 if size >= 0.1 else 1 - math.floor(math.log10(size))
            written = f"{value:,.{places}f}".rstrip("0").rstrip(".")
        return written.replace(",", "\N{NARROW NO-BREAK SPACE}")


def _pseudo(template: str) -> str:
    """Accents outside the placeholders, brackets round the whole."""
    pieces = template.replace("{", "\0{").replace("}", "}\0").split("\0")
    accented = [p if p.startswith("{") else p.translate(_ACCENTED) for p in pieces]
    return f"⟦{''.join(accented)}⟧"


_language = Language()


def use(code: str) -> None:
    """Say everything from now on in the language `code`; English where it has no words."""
    global _language
    _language = Language(code)


def language() -> Language:
    """The language in use."""
    return _language
