"""Everything that reads what did not come from this process, and how each is asked.

A target reads bytes and answers with the maps it made of them. It may refuse by an `OrgmapError` or answer
with nothing; whatever else it raises, and any map that breaks the rules, is a failure (`checks.fuzz`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from checks import fuzz_seeds as seeds
from checks.fuzz_seeds import OPEN, PLAN, Wrap, folder, small, texts, words
from orgmap.files import (
    claims,
    formats,
    fragments,
    graphml,
    journal,
    native,
    node_link,
    pajek_writer,
    pasted,
    table_writer,
    tables,
    versions,
)
from orgmap.files.reading import Arrows, ReadOptions, RowKind, Spot, Way, Weight
from orgmap.model import fragments as model_fragments
from orgmap.model.document import Document
from orgmap.model.entities import ModuleId
from orgmap.model.entry import understood, understood_all

MOST_SAID = 4_000  # characters of one note or message; a person has to read it


@dataclass(frozen=True, slots=True)
class Target:
    """One reader. `read` is given the bytes, and a number that chooses among the options there are."""

    name: str
    suffix: str
    seeds: Callable[[], tuple[bytes, ...]]
    read: Callable[[bytes, int], list[Document]]
    words: tuple[bytes, ...]
    wrap: Wrap | None = None


_PLAIN = ReadOptions()
_WAYS = (
    *(_PLAIN, _PLAIN, _PLAIN, _PLAIN),
    ReadOptions(arrows=Arrows.ASKS),
    ReadOptions(undirected=True),
    ReadOptions(kind=RowKind.REPORTS),
    ReadOptions(kind=RowKind.MEMBER),
    ReadOptions(kind=RowKind.PART_OF),
    ReadOptions(kind=RowKind.NEEDS, weight=Weight.MINUTES),
    ReadOptions(weight=Weight.PER_WEEK, header=True),
    ReadOptions(header=False),
    ReadOptions(mapping={"1": "source", "2": "target", "3": "per_week"}),
    ReadOptions(mapping={"1": "name", "2": "modules", "from": "id"}, header=True),
    ReadOptions(left_out=frozenset({("plan.csv", 2), ("plan.csv", 3)}), same={"ana": "Ana", "ben": "ana"}),
    ReadOptions(corrections={Spot("plan.csv", 2, 1): "cy", Spot("plan.csv", 9, 70): "x"}),
    ReadOptions(ways={"Who do you ask for advice?": Way.ASKS}),
    ReadOptions(delimiter=";"),
    ReadOptions(encoding="cp1252"),
)
"""The ways a person can say how a file is to be read."""


def _opened(data: bytes, path: Path, options: ReadOptions) -> list[Document]:
    opened = formats.read_bytes(data, path, options)
    for note in opened.notes:
        told(str(note.message), note.place)
    return [opened.document]


def told(*said: str) -> None:
    """What is said to a person can be shown to one."""
    for each in said:
        assert len(each) < MOST_SAID, "a thing is said in too many characters"
        each.encode()


def _of_file(name: str) -> Callable[[bytes, int], list[Document]]:
    return lambda data, number: _opened(data, Path(name), _WAYS[number % len(_WAYS)])


def _of_table(name: str) -> Callable[[bytes, int], list[Document]]:
    def read(data: bytes, number: int) -> list[Document]:
        path, options = Path(name), _WAYS[number % len(_WAYS)]
        opened = _opened(data, path, options)
        told(str(tables.preview(path, options, data).sentence))
        return opened

    return read


def _pasted(data: bytes, number: int) -> list[Document]:
    try:
        words = data.decode("utf-8", "surrogatepass" if number % 2 else "strict")
    except UnicodeDecodeError:
        words = data.decode("utf-16", "replace")
    typed = pasted.sentences(words)
    found = _typed(typed) if typed is not None else []
    return found + _rows(words, "")


def _page(data: bytes, number: int) -> list[Document]:
    return _rows("plain words" if number % 2 else "", data.decode("utf-8", "replace"))


def _rows(words: str, html: str) -> list[Document]:
    opened = pasted.read(pasted.recognized(words, html, OPEN))
    for note in opened.notes:
        told(str(note.message), note.place)
    return [opened.document]


def _lines(data: bytes, number: int) -> list[Document]:
    words = data.decode("utf-8", "replace")
    first = understood(OPEN, words.partition("\n")[0])
    if first.wrong is not None:
        told(str(first.wrong.message))
    return [OPEN.apply(first.change), *_typed(words, as_typed=bool(number % 2))]


def _typed(words: str, *, as_typed: bool = True) -> list[Document]:
    total, left = understood_all(OPEN, words, doubts_as_typed=as_typed)
    for each in left:
        told(str(each.wrong.message) if each.wrong is not None else "")
    return [OPEN.apply(total.change)]


def _journal(data: bytes, number: int) -> list[Document]:
    path = folder() / "0000000001-aa.journal"
    path.write_bytes(data)
    found = journal.restored(path)
    told(str(found.at), str(found.head.at))
    if number % 4 == 0:
        journal.left_behind(folder())
    return [found.document]


def _lock(data: bytes, number: int) -> list[Document]:
    path = folder() / "locked.orgmap"
    claims.claim_file(path).write_bytes(data)
    try:
        held = claims.claim(path, anyway=number % 3 == 0)
    except claims.InUse as used:
        told(used.holder.user, used.holder.host, str(used.holder.since))
        return []
    if held is not None:
        held.release(remove=True)
    return []


def _version(data: bytes, _number: int) -> list[Document]:
    place = folder() / "read"
    versions.keep(place, PLAN, native.encoded(OPEN), OPEN, seeds.AT)
    (known,) = place.glob(f"*/*{versions.SUFFIX}")
    known.write_bytes(data)
    found = versions.kept(place, PLAN)
    known.unlink()
    known.write_bytes(data)
    for each in found:
        told(f"{each.at} {each.people} {each.links} {each.tally}")
    try:
        return [versions.load(each) for each in found]
    finally:
        known.unlink()


def _setting(data: bytes, _number: int) -> list[Document]:
    from orgmap.ui.recent import Recent
    from orgmap.ui.settings import Settings

    path = folder() / "settings.ini"
    path.write_bytes(data)
    found = Settings(path)
    told(str(found.theme), found.language, f"{found.reduced_motion} {found.single_keys} {found.wheel_zooms}")
    assert 100 <= found.text_scale <= 200, "a scale that is none"
    for recent in Recent(found).paths:
        recent.is_absolute()
    found.data("window/geometry")
    found.text_scale = 100 if found.text_scale == 200 else 200
    found.put_listing("palette/lately", ["a", "ü"])
    assert found.listing("palette/lately") == ["a", "ü"], "what was put is not there"
    path.with_name(path.name + ".bad").unlink(missing_ok=True)
    return []


def _clip(data: bytes, number: int) -> list[Document]:
    found = fragments.read(data)
    fragments.as_table(found)
    change, _ = model_fragments.put(OPEN, found, into=ModuleId("Sales") if number % 2 else None)
    return [found.parts, OPEN.apply(change)]


def _with(name: str, *made: Callable[[], bytes]) -> Callable[[], tuple[bytes, ...]]:
    return lambda: (*texts(name), *(make() for make in made))


_JSON, _TABLES = words("json"), words("tables")
TARGETS: tuple[Target, ...] = (
    Target(
        "native", ".orgmap", _with("native", lambda: native.encoded(small())), _of_file("p.orgmap"), _JSON
    ),
    Target(
        "links",
        ".csv",
        _with("links", lambda: table_writer.encoded(small())[1]),
        _of_table("plan.csv"),
        _TABLES,
    ),
    Target(
        "people",
        ".csv",
        _with("people", lambda: table_writer.encoded(small())[0]),
        _of_table("plan.csv"),
        _TABLES,
    ),
    Target("matrix", ".tsv", _with("matrix"), _of_table("plan.tsv"), _TABLES),
    Target("survey", ".csv", _with("survey"), _of_table("plan.csv"), _TABLES),
    Target("xlsx", ".xlsx", seeds.books, _of_table("plan.xlsx"), words("workbooks", "tables"), seeds.ZIP),
    Target(
        "ods", ".ods", seeds.open_documents, _of_table("plan.ods"), words("workbooks", "tables"), seeds.ZIP
    ),
    Target(
        "graphml",
        ".graphml",
        _with("graphml", lambda: graphml.encoded(small())),
        _of_file("p.graphml"),
        words("xml"),
    ),
    Target("gexf", ".gexf", _with("gexf"), _of_file("p.gexf"), words("xml")),
    Target(
        "pajek",
        ".net",
        _with("pajek", lambda: pajek_writer.encoded(small())),
        _of_file("p.net"),
        words("pajek"),
    ),
    Target("json", ".json", _with("json", lambda: node_link.encoded(small())), _of_file("p.json"), _JSON),
    Target("paste", ".txt", _with("paste"), _pasted, words("tables", "lines")),
    Target("page", ".html", _with("page"), _page, words("page", "tables")),
    Target("lines", ".txt", _with("lines"), _lines, words("lines")),
    Target("journal", ".journal", seeds.journals, _journal, _JSON, seeds.JOURNAL),
    Target("lock", ".lock", seeds.locks, _lock, _JSON),
    Target("version", ".gz", seeds.kept, _version, _JSON, seeds.VERSION),
    Target("settings", ".ini", _with("settings"), _setting, words("settings", "json")),
    Target("clip", ".json", seeds.clips, _clip, _JSON),
)
