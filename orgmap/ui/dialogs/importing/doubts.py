"""The doubtful rows of an import and what the user said of each. No widgets.

A doubt stays in the list once it was spoken about, so that nothing moves away under the hand; what was not
touched comes and goes with what the reader says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from orgmap.files.reading import Note, ReadOptions, Spot
from orgmap.files.values import brief
from orgmap.i18n import Said, Value

Key = tuple[str, ...]
Pair = tuple[str, str]

_LIKE = ("column", "n")  # values that belong to the reason, and not to the single row
_ANY = "…"
_LAST = 10_000_000  # rows; no table has so many


class State(StrEnum):
    """What became of a doubt."""

    OPEN = "open"
    MENDED = "mended"
    LEFT_OUT = "left out"
    ONE = "one"  # two spellings, one name
    TWO = "two"  # two names


@dataclass(frozen=True, slots=True)
class Doubt:
    """One row of the list. `cell`: as the file has it; `told`: does the reader still speak of it?"""

    note: Note
    cell: str
    told: bool = True

    @property
    def spot(self) -> Spot | None:
        """The cell that can be corrected, if it is one."""
        note = self.note
        if note.spellings is not None or note.row is None or note.column is None:
            return None
        return Spot(note.place, note.row, note.column)

    @property
    def names(self) -> bool:
        """Is the cell a name that nobody has, so far as the reader knows?"""
        note = self.note
        return self.spot is not None and not note.left_out and _name_in(note) == brief(self.cell)

    @property
    def count(self) -> int:
        """How many it stands for."""
        return max(1, self.note.more)

    @property
    def reason(self) -> Said:
        """Why it is in doubt, without what is particular to it."""
        like = dict(self.note.message.values).get("like") if self.note.more else None
        return reason_of(like if isinstance(like, Said) else self.note.message)

    @property
    def row(self) -> tuple[str, int] | None:
        """The row that can be left out, if it is one."""
        return (self.note.place, self.note.row) if self.note.row is not None else None


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of the rows of a file: answers as of `ReadOptions`, and the doubts they are about."""

    entries: tuple[Doubt, ...] = ()
    corrections: Mapping[Spot, str] = field(default_factory=dict)
    left_out: frozenset[tuple[str, int]] = frozenset()
    same: Mapping[str, str] = field(default_factory=dict)
    two: frozenset[Pair] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.entries or self.corrections or self.left_out or self.same or self.two)

    def of_names(self) -> Told:
        """What holds for other rows, too: who is who."""
        about: dict[Pair, Doubt] = {}
        for doubt in self.entries:
            pair = doubt.note.spellings or (self.same.get(doubt.cell, ""), doubt.cell)
            if pair in self.two or pair[1] in self.same or pair[0] in self.same:
                note = replace(doubt.note, row=None, column=None, spellings=pair)
                about[pair] = Doubt(note, doubt.cell)
        return Told(tuple(about.values()), same=self.same, two=self.two)


@dataclass(slots=True)
class Doubts:
    """All of them, and the answers. `heard` takes in what a reader says with these answers."""

    entries: list[Doubt] = field(default_factory=list)
    corrections: dict[Spot, str] = field(default_factory=dict)
    left_out: set[tuple[str, int]] = field(default_factory=set)
    same: dict[str, str] = field(default_factory=dict)
    two: set[Pair] = field(default_factory=set)

    def applied(self, options: ReadOptions) -> ReadOptions:
        """The options with these answers."""
        return replace(
            options,
            corrections=dict(self.corrections),
            left_out=frozenset(self.left_out),
            same=dict(self.same),
        )

    def heard(self, notes: Iterable[Note]) -> None:
        """What the reader doubts now; what was answered before is kept, in its place."""
        now = {
            key_of(note): note
            for note in notes
            if note.spellings is not None or note.more or (note.row is not None and not self._taken_out(note))
        }
        known = {key_of(doubt.note): doubt for doubt in self.entries}
        found: list[Doubt] = []
        for key, note in now.items():
            before = known.get(key)
            touched = before is not None and self._touched(before)
            cell = before.cell if touched and before is not None else note.cell
            found.append(Doubt(note, cell))
        for key, doubt in known.items():
            if key not in now and self._touched(doubt):
                found.append(replace(doubt, told=False))
        places = {place: index for index, place in enumerate(dict.fromkeys(d.note.place for d in found))}
        found.sort(key=lambda doubt: _order(doubt.note, places))
        self.entries = found

    @property
    def told(self) -> Told:
        """The answers, to be given again."""
        about = tuple(doubt for doubt in self.entries if self._touched(doubt))
        left_out, two = frozenset(self.left_out), frozenset(self.two)
        return Told(about, dict(self.corrections), left_out, dict(self.same), two)

    def recall(self, told: Told) -> None:
        """Answer as was told before."""
        self.entries = list(told.entries)
        self.corrections = dict(told.corrections)
        self.left_out = set(told.left_out)
        self.same = dict(told.same)
        self.two = set(told.two)

    def state(self, doubt: Doubt) -> State:
        """What became of it."""
        if doubt.row in self.left_out:
            return State.LEFT_OUT
        pair = doubt.note.spellings
        if pair is not None:
            return State.TWO if pair in self.two else State.ONE if self._name_of(pair) else State.OPEN
        return State.OPEN if doubt.told else State.MENDED

    def cell(self, doubt: Doubt) -> str:
        """What stands in the cell, as the user wrote it or the file has it."""
        spot = doubt.spot
        if spot in self.corrections and spot is not None:
            return self.corrections[spot]
        return self.same.get(doubt.cell, doubt.cell) if doubt.names else doubt.cell

    def name(self, doubt: Doubt) -> str:
        """Which of two spellings stays; empty if nobody said so."""
        return self._name_of(doubt.note.spellings) if doubt.note.spellings is not None else ""

    @property
    def open(self) -> int:
        """How many nobody has spoken about yet."""
        return sum(doubt.count for doubt in self.entries if self.state(doubt) is State.OPEN)

    @property
    def total(self) -> int:
        """How many there are, those that are not listed one by one among them."""
        return sum(doubt.count for doubt in self.entries)

    # -- answers ------------------------------------------------------------------------------

    def correct(self, doubt: Doubt, cell: str) -> bool:
        """Another content for the cell; is that anything new?

        A name is meant wherever the file has it, since only the first row that has it is in doubt.
        """
        spot = doubt.spot
        if spot is None or cell == self.cell(doubt):
            return False
        self.corrections.pop(spot, None)
        if doubt.names:
            self.same.pop(doubt.cell, None)
        if doubt.names and cell and cell != doubt.cell:
            self.same[doubt.cell] = cell
        elif cell != doubt.cell:
            self.corrections[spot] = cell
        return True

    def leave_out(self, rows: Iterable[tuple[str, int]], *, out: bool) -> None:
        """These rows are not read, or read after all."""
        rows = set(rows)
        if out:
            self.left_out |= rows
        else:
            self.left_out -= rows  # in doubt again, until the reader has said so
            self.entries = [replace(each, told=True) if each.row in rows else each for each in self.entries]

    def decide(self, pair: Pair, name: str | None) -> None:
        """Two spellings are one `name`; with None, two different names; with "" nobody said so."""
        self.two.discard(pair)
        for word in pair:
            self.same.pop(word, None)
        if name is None:
            self.two.add(pair)
        elif name:
            self.same[pair[0] if name == pair[1] else pair[1]] = name

    def clear(self) -> None:
        """Other rows altogether: forget all that was said."""
        self.entries = []
        self.corrections.clear()
        self.left_out.clear()
        self.same.clear()
        self.two.clear()

    def alike(self, doubt: Doubt) -> list[Doubt]:
        """Others with the same content in the same column, that are open."""
        spot = doubt.spot
        if spot is None:
            return []
        return [
            other
            for other in self.entries
            if other is not doubt
            and other.spot is not None
            and (other.spot.place, other.spot.column) == (spot.place, spot.column)
            and other.cell == doubt.cell
            and other.spot not in self.corrections
            and self.state(other) is State.OPEN
        ]

    def reasons(self) -> list[tuple[Said, int]]:
        """Why rows are in doubt, without what is particular to one, and how many; the most frequent first."""
        found = Counter[Said]()
        for doubt in self.entries:
            found[doubt.reason] += doubt.count
        return found.most_common()

    def _taken_out(self, note: Note) -> bool:
        """Does it say only what the user wanted?"""
        return note.column is None and (note.place, note.row) in self.left_out

    def _touched(self, doubt: Doubt) -> bool:
        pair = doubt.note.spellings
        if pair is not None and (pair in self.two or self._name_of(pair)):
            return True
        return (
            doubt.spot in self.corrections
            or doubt.row in self.left_out
            or (doubt.names and doubt.cell in self.same)
        )

    def _name_of(self, pair: Pair) -> str:
        first, second = pair
        if self.same.get(second) == first:
            return first
        return second if self.same.get(first) == second else ""


def _name_in(note: Note) -> Value | None:
    """Whom the reader speaks of."""
    return next((value for key, value in note.message.values if key == "name"), None)


def key_of(note: Note) -> Key:
    """By which a doubt is known again when the rows were read once more."""
    if note.spellings is not None:
        return ("names", *note.spellings)
    if note.more:
        like = dict(note.message.values).get("like")
        return ("more", str(note.left_out), str(reason_of(like)) if isinstance(like, Said) else "")
    where = (note.place, str(note.row))
    if note.column is not None:
        return ("cell", *where, str(note.column))
    return ("row", *where, note.message.text.one)


def reason_of(message: Said) -> Said:
    """The sentence with … for the words of the user, and the name of the column left in."""
    return Said(message.text, tuple((key, _like(key, value)) for key, value in message.values))


def _like(key: str, value: Value) -> Value:
    if isinstance(value, Said):
        return reason_of(value)
    return value if key in _LIKE else _ANY


def _order(note: Note, places: dict[str, int]) -> tuple[int, int, int, int]:
    """Spellings first, since they concern many rows; then as the file has them."""
    return (int(note.spellings is None), places[note.place], note.row or note.more * _LAST, note.column or 0)
