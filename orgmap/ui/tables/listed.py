"""What a table lists, and which of its rows stand in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from time import perf_counter
from typing import Any, Protocol

from orgmap.i18n import Said, Text
from orgmap.model.document import Change, Document
from orgmap.model.rows import Writing
from orgmap.ui.tables.columns import Column, Source


class Listed(Protocol):
    """What a table lists: people, or links."""

    id: str
    title: Text
    empty: Text
    columns: tuple[Column, ...]

    def ids(self, document: Document) -> list[str]: ...
    def get(self, document: Document, key: str) -> Any: ...  # noqa: ANN401
    def name(self, document: Document, key: str) -> str: ...
    def concerned(self, change: Change, document: Document) -> set[str]: ...
    def changed(self, change: Change) -> Iterable[tuple[str, bool, bool]]: ...
    def made(self, writing: Writing, draft: dict[str, str]) -> str | None: ...
    def added(self, document: Document, keys: Sequence[str]) -> Said: ...


class RowOrder:
    """Narrows the rows of a table down and sorts them. What a row says is read once and kept."""

    def __init__(self, listed: Listed) -> None:
        self._listed = listed
        self._wanted: tuple[str, ...] = ()
        self._by: tuple[Column, bool] | None = None
        self._told: dict[str, str] = {}

    def narrow(self, typed: str) -> bool:
        """Keep the rows in which every word typed occurs; is that another choice than before?"""
        before, self._wanted = self._wanted, tuple(typed.casefold().split())
        return self._wanted != before

    def sort(self, column: Column | None, *, descending: bool) -> None:
        """Sort by a column; None is the order of the map."""
        self._by = (column, descending) if column is not None else None

    def forget(self, keys: Iterable[str] | None = None) -> None:
        """These rows say something else now; None: all of them."""
        if keys is None:
            self._told.clear()
        for key in keys or ():
            self._told.pop(key, None)

    def fits(self, source: Source, key: str) -> bool:
        """Does every word asked for occur in the row?"""
        if not self._wanted:
            return True
        told = self._told.get(key)
        if told is None:
            told = self._read(source, key)
        return all(word in told for word in self._wanted)

    def read(self, source: Source, seconds: float) -> bool:
        """Read what rows say, for so long. True when every row has been read."""
        until = perf_counter() + seconds
        for key in self._listed.ids(source.document):
            if key not in self._told:
                self._read(source, key)
                if perf_counter() > until:
                    return False
        return True

    def _read(self, source: Source, key: str) -> str:
        entity = self._listed.get(source.document, key)
        read = (c.words(source, c.value(source, entity)) for c in self._listed.columns)
        told = self._told[key] = " ".join(word for word in read if word).casefold()
        return told

    def arranged(self, source: Source) -> list[str]:
        """The ids of the rows that fit, in order; what nobody said comes last either way."""
        ids = [key for key in self._listed.ids(source.document) if self.fits(source, key)]
        if self._by is None:
            return ids
        column, descending = self._by
        by = {key: column.sorted_by(source, self._listed.get(source.document, key)) for key in ids}
        said = [key for key in ids if by[key][0] == 0]
        rest = [key for key in ids if by[key][0] != 0]
        return sorted(said, key=by.__getitem__, reverse=descending) + sorted(rest, key=by.__getitem__)
