"""What a reader was in doubt about: where it stands, and what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from orgmap.files.reading import Note
from orgmap.files.values import brief, joined
from orgmap.i18n import Said, text

_STAYS = text("notes", "{name}: “{first}” was said before and stays; “{second}” was left out.")
MOST_OF_A_KIND = 1_000  # notes that are listed one by one; a million rows may have the same fault

_MORE = text(
    "notes", "{n} more of this kind, as this one: {like}", "{n} more of this kind, as this one: {like}"
)
_NONE: Mapping[str, int] = {}


@dataclass(frozen=True, slots=True)
class Where:
    """Where something stands in a file: for the notes. `columns`: which column, from 1, fills a field."""

    row: int | None
    place: str
    columns: Mapping[str, int] = field(default_factory=lambda: _NONE, compare=False)

    def __str__(self) -> str:
        return self.place if self.row is None else f"{self.place}:{self.row}"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a cell that holds perhaps several. `field`: what its column fills."""

    word: str
    field: str = ""
    cell: Sequence[str] = ()

    @property
    def ends_a_row(self) -> bool:
        """Is it an end of a link, without which there is no row?"""
        return self.field in ("source", "target")

    def instead(self, other: str) -> str:
        """The whole cell, with another word in the place of this one."""
        if len(self.cell) < 2:
            return other
        return joined([other if each == self.word else each for each in self.cell])


def _texts(message: Said) -> Iterator[object]:
    """What a sentence says, whatever it says it of."""
    yield message.text
    for _, value in message.values:
        if isinstance(value, Said):
            yield from _texts(value)


class Doubts:
    """Gathers the notes of one file."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self._kinds: dict[tuple[object, ...], int] = {}  # how many of each
        self._beyond: dict[tuple[object, ...], Note] = {}  # the first of a kind that is not listed

    def note(
        self,
        where: Where,
        message: Said,
        field: str = "",
        cell: str = "",
        offers: Iterable[str] = (),
        *,
        spellings: tuple[str, str] | None = None,
        left_out: bool = False,
    ) -> None:
        """Remember something that was decided, mended or left out. `field`: of the cell that is in doubt;
        `left_out`: with it the whole row.
        """
        kind = (left_out, *_texts(message))
        count = self._kinds[kind] = self._kinds.get(kind, 0) + 1
        if count > MOST_OF_A_KIND:
            if kind not in self._beyond:
                self._beyond[kind] = Note(None, where.place, message, left_out=left_out)
            return
        column = where.columns.get(field)
        others = tuple(dict.fromkeys(offer for offer in offers if offer != cell))
        if column is None:
            cell, others = "", ()
        self.notes.append(Note(where.row, where.place, message, column, cell, others, spellings, left_out))

    def keep_first(self, name: str, known: object, value: object, where: Where, field: str) -> None:
        """Of somebody two different values were said: the one that was known stays."""
        if known != value:
            first, second = (
                joined(each) if isinstance(each, tuple) else str(each) for each in (known, value)
            )
            said = _STAYS(name=brief(name), first=brief(first), second=brief(second))
            self.note(where, said, field, second, (first,))

    def beyond(self) -> list[Note]:
        """A note for each kind of which there are more than are listed."""
        counted = ((note, self._kinds[kind] - MOST_OF_A_KIND) for kind, note in self._beyond.items())
        return [replace(note, message=_MORE(n=n, like=note.message), more=n) for note, n in counted]

    def doubt(
        self, where: Where, message: Said, word: Word, offers: Iterable[str], *, left_out: bool = False
    ) -> None:
        """A word that may mean another: what could stand in its cell instead."""
        cell = word.instead(word.word)
        self.note(where, message, word.field, cell, map(word.instead, offers), left_out=left_out)
