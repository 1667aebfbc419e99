"""Finding names by a few letters: accents and letter case aside, the best first, quick among many.

A name is found by its beginning, by the beginning of a word in it, by letters anywhere in it, or
by letters that stand in it in this order; in that order of goodness.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

START, WORD, INSIDE, SPREAD = range(4)  # how well a name fits, best first
_MOST_LETTERS = 64  # of what is typed
_FEW = 12  # fewer hits than this, and letters in order count too
_SPECIAL = str.maketrans("łøđðħıŀ", "loddhil")
_STARTS = re.compile(r"(?<![^\W_])(?=[^\W_])")
_MARK = "\x01"  # before each word of the text that is looked through


@dataclass(frozen=True, slots=True)
class Hit:
    """One name that fits: its row, and how well, START to SPREAD."""

    row: int
    fit: int


@lru_cache(maxsize=65_536)
def folded(words: str) -> str:
    """Without accents, in small letters, on one line."""
    if words.isascii():
        return " ".join(words.lower().split())
    apart = unicodedata.normalize("NFKD", words)
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(bare.casefold().translate(_SPECIAL).split())


class Names:
    """Names to be searched, in the order in which equally good ones are wanted.

    Building costs O(letters); a search looks through the text with `str.find`, and stops when it
    has enough. `spread`: how many rows from the first on are also found by letters in order.
    """

    def __init__(self, names: Iterable[str], spread: int | None = None) -> None:
        rows = [folded(name) for name in names]
        self._take(rows, [_STARTS.sub(_MARK, row) for row in rows])
        self._spread = len(rows) if spread is None else min(spread, len(rows))

    @classmethod
    def of_pairs(cls, names: Mapping[str, str], pairs: Iterable[tuple[str, str]], between: str) -> Self:
        """Names such as "Ana to Ben": pairs of keys of `names`, and what stands between them.

        They are not found by letters in order.
        """
        made = cls(())
        plain = {key: folded(name) for key, name in names.items()}
        marked = {key: _STARTS.sub(_MARK, name) for key, name in plain.items()}
        middle = f" {folded(between)} "
        listed = list(pairs)
        said = _STARTS.sub(_MARK, middle)
        made._take(
            [plain[one] + middle + plain[other] for one, other in listed],
            [marked[one] + said + marked[other] for one, other in listed],
        )
        return made

    def _take(self, rows: list[str], marked: list[str]) -> None:
        self._rows = rows
        self._spread = 0
        self._text = "\n" + "\n".join(marked) + "\n"
        self._starts: list[int] = []
        at = 1
        for line in marked:
            self._starts.append(at)
            at += len(line) + 1

    def __len__(self) -> int:
        return len(self._rows)

    def found(self, typed: str, most: int = 50, first: Sequence[int] = ()) -> list[Hit]:
        """The names that fit, the best first; rows in `first` come before others that fit as well."""
        words = folded(typed[:_MOST_LETTERS]).split()
        if not words:
            return []
        fits: dict[int, int] = {}
        for row in first:
            fit = self._fit(row, words)
            if fit is not None:
                fits[row] = fit
        driver = min(words, key=self._text.count)
        for fit, sought in ((START, "\n" + _MARK + driver), (WORD, _MARK + driver), (INSIDE, driver)):
            self._gather(sought, words, fits, most)
            if sum(held <= fit for held in fits.values()) >= most:
                break
        places = {row: place for place, row in enumerate(first)}
        order = sorted(fits, key=lambda row: (fits[row], places.get(row, len(places)), row))
        if len(order) < _FEW:
            spread = self._scattered("".join(words), fits, most)
            fits |= dict.fromkeys(spread, SPREAD)
            order += spread
        return [Hit(row, fits[row]) for row in order[:most]]

    def _gather(self, sought: str, words: Sequence[str], fits: dict[int, int], most: int) -> None:
        """Rows in which `sought` stands, those that hold every word; at most so many new ones."""
        text, starts = self._text, self._starts
        at = text.find(sought)
        new = 0
        while at >= 0 and new < most:
            row = bisect_right(starts, at + 1) - 1
            if row not in fits:
                fit = self._fit(row, words)
                if fit is not None:
                    fits[row] = fit
                    new += 1
            end = starts[row + 1] - 1 if row + 1 < len(starts) else len(text)
            at = text.find(sought, end - 1 if sought.startswith("\n") else end)

    def _fit(self, row: int, words: Sequence[str]) -> int | None:
        """How well a row fits all words: as its worst, but by its start if the first one begins it."""
        name = self._rows[row]
        worst = START
        for word in words:
            at = name.find(word)
            if at < 0:
                return None
            if at == 0:
                continue
            begins = any(name.startswith(word, found.start()) for found in _STARTS.finditer(name))
            worst = max(worst, WORD if begins else INSIDE)
        whole = name.startswith(words[0]) and worst <= WORD
        return START if whole else worst

    def _scattered(self, letters: str, but: Container[int], most: int) -> list[int]:
        """Rows in which the letters stand in this order, those first where they begin words."""
        if len(letters) < 2 or not self._spread:
            return []
        end = self._starts[self._spread] if self._spread < len(self._starts) else len(self._text)
        loose = "".join(f"[^\\n{re.escape(sign)}]*{re.escape(sign)}" for sign in letters)
        found: list[tuple[int, int]] = []
        for hit in re.compile("\n" + loose).finditer(self._text, 0, end):
            row = bisect_right(self._starts, hit.start() + 1) - 1
            if row not in but:
                words = "".join(word[:1] for word in re.findall(r"[^\W_]+", self._rows[row]))
                found.append((0 if words.startswith(letters) else len(hit.group()), row))
        return [row for _, row in sorted(found)[:most]]


def spans(name: str, typed: str) -> list[tuple[int, int]]:
    """Where in a name what was typed stands: start and length, for showing it. Empty if it cannot
    be said, as where folding makes one letter two.
    """
    plain = folded(name)
    if len(plain) != len(name):
        return []
    found: list[tuple[int, int]] = []
    for word in folded(typed).split():
        starts = [m.start() for m in _STARTS.finditer(plain) if plain.startswith(word, m.start())]
        at = starts[0] if starts else plain.find(word)
        if at >= 0:
            found.append((at, len(word)))
    if found:
        return sorted(found)
    at = 0
    for sign in folded(typed).replace(" ", ""):
        at = plain.find(sign, at)
        if at < 0:
            return []
        found.append((at, 1))
        at += 1
    return found
