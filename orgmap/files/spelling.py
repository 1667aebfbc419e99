"""Names that are perhaps the same person, spelt in two ways. Proposed, never merged.

A wrong proposal costs more than a missing one: names that two people may well have, as Jan and Jana, Ana
and Anja, or Martin Thomas and Thomas Martin, are none.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import pairwise

MOST_ALIKE, ALIKE = 100, 0.6  # names looked at for one part of a word; how like they have to be
RARE = 2  # rows; a slip of the pen does not stand in more
LONG, SHORT = 6, 4  # letters of a word in which one may be wrong; shorter ones only if the other is usual
SHORT_FOR = 0.95  # how like a name is the one it stands for with its first letters
USUAL = 3  # times as often as the other

_SPACE = re.compile(r"[\s._-]+")
_WHOLE = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_NUMBER, _LETTER = re.compile(r"\d|(?:^| )[ivx]{1,4}$"), re.compile(r"(?:^| )\w(?: |$)")
_TWICE = re.compile(r"(.)\1")
_UMLAUT = re.compile(r"(?<=[aou])e")

Often = Callable[[str], int]  # in how many rows a name stands
Pair = tuple[str, str]


def folded(name: str) -> str:
    """What is left of a name without case, accents, spaces and dots."""
    if name.isascii():
        return _SPACE.sub(" ", name).strip().casefold()
    parts = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(c for c in parts if not unicodedata.combining(c)).translate(_WHOLE)
    return _SPACE.sub(" ", bare).strip()


def proposals(names: Iterable[str], rows: Collection[str], often: Often) -> list[Pair]:
    """Pairs of names that may be one, the one met more often first; each name is doubted once.

    `rows`: names that have a row of their own in a table of people; two of these are one only if nothing
    but case, accents, signs or the order round a comma differ. O(n) for n names.
    """
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(straight(name), []).append(name)
    found: dict[str, str] = {}

    def propose(one: str, other: str) -> None:
        more, less = (one, other) if often(one) >= often(other) else (other, one)
        if less not in found and found.get(more) != less:
            found[less] = more

    for group in groups.values():
        if len(group) > 1:
            most = max(group, key=often)
            for name in group:
                if name != most:
                    propose(most, name)
    single = {words: group[0] for words, group in groups.items() if " " in words or not words.isascii()}
    single = {words: name for words, name in single.items() if not _NUMBER.search(words)}
    for one, other in (*_umlauts(single), *_initials(single), *_slips(single, often)):
        if one not in rows or other not in rows:
            propose(one, other)
    return [(more, less) for less, more in found.items()]


def straight(name: str) -> str:
    """As `folded`, with "Kos, Ana" as "ana kos"."""
    last, comma, first = name.partition(",")
    return folded(f"{first} {last}") if comma and first.strip() and "," not in first else folded(name)


def _umlauts(names: dict[str, str]) -> Iterator[Pair]:
    """Müller and Mueller."""
    marked = [(words, name) for words, name in names.items() if not name.isascii()]
    if marked:
        written = {_UMLAUT.sub("", words): name for words, name in names.items() if name.isascii()}
        for words, name in marked:
            if words in written:
                yield name, written[words]


def _initials(names: dict[str, str]) -> Iterator[Pair]:
    """Ana Kos as A. Kos, Ana K. or Ana M. Kos, where nobody else could be meant."""
    short: dict[tuple[str, ...], list[str]] = {}
    for words, name in names.items():
        parts = words.split(" ") if _LETTER.search(words) else ()
        if len(parts) < 2:
            continue
        first, *middle, last = parts
        if len(first) == 1 < len(last):
            short.setdefault(("first", first, *middle, last), []).append(name)
        elif len(last) == 1 < len(first):
            short.setdefault(("last", first, *middle, last), []).append(name)
        elif any(len(part) == 1 for part in middle):
            short.setdefault(("middle", first, *(p for p in middle if len(p) > 1), last), []).append(name)
    if not short:
        return
    full: dict[tuple[str, ...], list[str]] = {key: [] for key in short}
    for words, name in names.items():
        parts = words.split(" ")
        if len(parts) < 2 or any(len(part) == 1 for part in parts):
            continue
        first, *middle, last = parts
        keys = (("first", first[0], *middle, last), ("last", first, *middle, last[0]), ("middle", *parts))
        for key in keys:
            if key in full:
                full[key].append(name)
    for key, named in short.items():
        if len(named) == 1 == len(full[key]):
            yield full[key][0], named[0]


def _slips(names: dict[str, str], often: Often) -> Iterator[Pair]:
    """One letter wrong in the last word, or two letters changed about or one doubled in the first."""
    rare = {name for name in names.values() if often(name) <= RARE}
    if not rare:
        return
    by_first: dict[str, list[tuple[str, str]]] = {}
    by_rest: dict[str, list[tuple[str, str]]] = {}
    for words, name in names.items():
        first, space, last = words.rpartition(" ")
        if space and len(last) >= SHORT - 1:
            by_first.setdefault(first, []).append((last, name))
        first, _, rest = words.partition(" ")
        if space and len(first) >= SHORT - 1:
            by_rest.setdefault(rest, []).append((first, name))
    for bucket in by_first.values():
        if len(bucket) > 1 and any(name in rare for _, name in bucket):
            yield from _near(bucket, _without_one, _one_wrong, often)
    for bucket in by_rest.values():
        if len(bucket) > 1 and any(name in rare for _, name in bucket):
            yield from _near(bucket, _keys_of_first, _changed_about, often)


def _near(
    bucket: list[tuple[str, str]],
    keys: Callable[[str], Iterator[str]],
    alike: Callable[[str, str], bool],
    often: Often,
) -> Iterator[Pair]:
    """Pairs of names whose word, the first of each pair in `bucket`, is alike."""
    seen: dict[str, list[tuple[str, str]]] = {}
    for word, name in bucket:
        done: set[str] = set()
        for key in keys(word):
            for other, known in seen.get(key, ())[:MOST_ALIKE]:
                if known not in done and alike(word, other):
                    done.add(known)
                    less, more = sorted((often(name), often(known)))
                    length = max(len(word), len(other))
                    if less <= RARE and (length >= LONG or (length >= SHORT and more >= USUAL * less)):
                        yield known, name
        for key in keys(word):
            seen.setdefault(key, []).append((word, name))


def _without_one(word: str) -> Iterator[str]:
    """The word, and the word without one of its letters: words that differ by one share one."""
    yield word
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]


def _one_wrong(one: str, other: str) -> bool:
    """Is one letter wrong, too many or missing, but not the first; or are two changed about?"""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or one[0] != other[0]:
        return False
    if len(short) < len(long):
        return any(long[:at] + long[at + 1 :] == short for at in range(1, len(long)))
    differing = [at for at in range(len(one)) if one[at] != other[at]]
    return (len(differing) == 1 and len(one) >= LONG) or _changed_about(one, other)


def _keys_of_first(word: str) -> Iterator[str]:
    yield _TWICE.sub(r"\1", word)
    yield word[0] + "".join(sorted(word[1:]))


def _changed_about(one: str, other: str) -> bool:
    """Do two neighbouring letters change places, or is one doubled?"""
    if _TWICE.sub(r"\1", one) == _TWICE.sub(r"\1", other):
        return True
    differing = [at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(differing) != 2 or len(one) <= SHORT:
        return False
    (first, second), *_ = pairwise(differing)
    return second == first + 1 and one[first] == other[second] and one[second] == other[first]


class Near:
    """Finds the names that a word may be a misspelling of; far more loosely than `proposals`."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_part: dict[str, list[str]] = {}
        for name in names:
            for part in set(_parts(name)):
                self._by_part.setdefault(part, []).append(name)
            self._by_part.setdefault(_begins(straight(name).split()), []).append(name)

    def like(self, word: str, least: float = ALIKE) -> list[str]:
        """Names that share a part with this word, or whose parts begin alike; the likeliest first."""
        small, short = straight(word), _shortened(word)
        found: dict[str, float] = {}
        for part in dict.fromkeys((*_parts(word), _begins(short))):
            for name in self._by_part.get(part, ())[:MOST_ALIKE]:
                if name not in found:
                    own = straight(name)
                    whole = set(small.split()) < set(own.split()) or set(own.split()) < set(small.split())
                    found[name] = 0.9 if whole else difflib.SequenceMatcher(None, small, own).ratio()
                    if _stands_for(short, own.split()):
                        found[name] = SHORT_FOR
        return sorted((name for name in found if found[name] >= least), key=lambda name: -found[name])


def _shortened(word: str) -> list[str]:
    """The words of a name, of which some may be single letters; AK is two of them."""
    letters = word if word.isalpha() and word.isupper() and len(word) in (2, 3) else ""
    return [letter.casefold() for letter in letters] or straight(word).split()


def _begins(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words) + "="


def _stands_for(short: list[str], words: list[str]) -> bool:
    """Is it the name with single letters in place of some words, as B. Lee or A.K.?"""
    if len(short) != len(words) or len(short) < 2 or all(len(part) > 1 for part in short):
        return False
    return all(
        word.startswith(part) if len(part) == 1 else word == part
        for part, word in zip(short, words, strict=True)
    )


def _parts(name: str) -> Iterator[str]:
    """By which a name is found again: its words, and how they begin and end."""
    for word in folded(name).replace(",", " ").split():
        yield word
        if len(word) <= SHORT:
            yield f"{word[0]}--"
        if len(word) > 2:
            yield f"{word[:2]}-"
            yield f"-{word[-2:]}"
