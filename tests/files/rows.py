"""Tables in words, and what is read from them in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from orgmap.files import tables
from orgmap.files.reading import Opened, ReadOptions
from orgmap.model.document import Document, problems

PLAIN = ReadOptions()


def asked(**options: Any) -> ReadOptions:  # noqa: ANN401 - as typed on the command line
    return ReadOptions(**options)


def reading(words: str | bytes, options: ReadOptions = PLAIN, name: str = "links.csv") -> Opened:
    data = words.encode() if isinstance(words, str) else words
    opened = tables.read(data, Path(name), options)
    assert problems(opened.document) == []
    return opened


def with_people(tmp_path: Path, people: str, links: str, **options: object) -> Opened:
    path = tmp_path / "people.csv"
    path.write_text(people, encoding="utf-8")
    return reading(links, asked(people=path, **options))


def arrows(document: Document) -> list[str]:
    return [f"{k.source} {'<>' if k.two_way else '>'} {k.target}" for k in document.links.values()]


def notes(opened: Opened) -> list[tuple[int | None, str]]:
    return [(note.row, str(note.message)) for note in opened.notes]
