"""Maps too small, too plain or too odd to be judged: an answer in words, never NaN (rows 88 and 93)."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from orgmap.__main__ import main
from orgmap.analysis.registry import run
from orgmap.files import formats, native
from orgmap.files.reading import ReadOptions
from orgmap.model.document import Document, problems
from tests.program import Ended
from tests.words import org

Run = Callable[..., Ended]
NO_NUMBER = re.compile(r"\b(nan|inf|infinity|none|null)\b", re.IGNORECASE)
RING = ", ".join(f"p{i} > p{(i + 1) % 12}" for i in range(12))
ODD: dict[str, Document] = {
    "nobody": org(),
    "one": org(people="ana"),
    "two apart": org(people="ana ben"),
    "two": org("ana <> ben"),
    "all apart": org(people=" ".join(f"p{i}" for i in range(12))),
    "complete": org(", ".join(f"p{i} <> p{j}" for i in range(9) for j in range(i))),
    "two islands": org("a <> b, b <> c, c <> a, x <> y, y <> z, z <> x"),
    "ring": org(RING),
    "star": org(", ".join(f"hub <> leaf{i}" for i in range(500))),
    "parallel": org("a > b, a > b, b > a, a <> b, b > c, b > c"),
    "modules and nobody": org(modules={"Sales": "", "Product": ""}),
}
TO_ONESELF = b"from,to\nana,ana\nana,ben\nben,ben\nben,cy\ncy,ana\n"


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Run:
    def ran(*words: str | Path) -> Ended:
        code = main([str(word) for word in words])
        return Ended(code, *capsys.readouterr())

    return ran


def numbers(value: object) -> Iterator[float]:
    """Every number in plain data."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from numbers(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from numbers(inner)
    elif isinstance(value, float):
        yield value


@pytest.mark.parametrize("name", ODD)
def test_the_command_line_answers_on_any_map_in_words_and_numbers_that_are_some(
    name: str, told: Run, tmp_path: Path
) -> None:
    path = tmp_path / "odd.orgmap"
    native.save(ODD[name], path)

    in_words, as_json = told("analyze", path), told("analyze", path, "--json")

    assert (in_words.code, in_words.err) == (0, "")
    assert in_words.out.splitlines()[0] == "odd.orgmap"
    few = len(ODD[name].nodes) < 4
    assert ("Findings start with 4 people." in in_words.out) is few
    assert not NO_NUMBER.search(in_words.out)
    found = json.loads(as_json.out, parse_constant=pytest.fail)
    assert all(map(math.isfinite, numbers(found)))
    assert len(found["people"]) == len(ODD[name].nodes)


@pytest.mark.parametrize("name", ["nobody", "one", "two", "two apart", "modules and nobody"])
def test_next_to_nobody_is_not_judged(name: str) -> None:
    report = run(ODD[name])

    assert report.judged == ()


def test_lines_to_oneself_in_a_table_are_told_and_the_rest_is_judged(told: Run, tmp_path: Path) -> None:
    path = tmp_path / "loops.csv"
    path.write_bytes(TO_ONESELF)

    ended = told("analyze", path)

    assert ended.code == 0
    assert [line.partition(", ")[2][:5] for line in ended.err.splitlines()] == ["row 2", "row 4"]
    assert ended.err.count("to itself") == 2
    assert not NO_NUMBER.search(ended.out)


@pytest.mark.parametrize("cell", ["0", "-1", "nan", "NaN", "inf", "-Infinity", "1e400", "1e308", "x"])
@pytest.mark.parametrize("column", ["strength", "per_week", "minutes", "needed_within"])
def test_a_weight_that_cannot_be_is_told_with_its_row_and_its_link_is_kept(
    column: str, cell: str, tmp_path: Path
) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f"from,to,{column}\nana,ben,{cell}\nben,cy,2\ncy,ana,3\ndov,ana,1\n", encoding="utf-8")

    opened = formats.read(path, ReadOptions())
    document = opened.document
    kept = [getattr(link, column) for link in document.links.values()]

    assert problems(document) == []
    assert len(kept) == 4
    assert all(value is None or (math.isfinite(value) and value >= 0) for value in kept)
    if kept[0] is None:
        assert any(note.row == 2 for note in opened.notes), opened.notes
    assert all(map(math.isfinite, numbers(run(document).people)))


@pytest.mark.parametrize("value", ["0", "-1", "1e308", "1e-320"])
def test_a_weight_that_cannot_be_in_a_map_is_mended_or_refused_and_never_judged(
    value: str, told: Run, tmp_path: Path
) -> None:
    path = tmp_path / "map.orgmap"
    native.save(org("ana <> ben, ben <> cy, cy > ana, cy <> dov"), path)
    odd = json.loads(path.read_text(encoding="utf-8"))
    for link in odd["links"]:
        link |= {"per_week": json.loads(value), "minutes": json.loads(value), "strength": json.loads(value)}
    path.write_text(json.dumps(odd), encoding="utf-8")

    ended = told("analyze", path, "--json")

    assert ended.code == (2 if value == "1e308" else 0)
    assert ("cannot be -1; it was left out" in ended.err) is (value == "-1")
    if ended.code == 0:
        assert all(map(math.isfinite, numbers(json.loads(ended.out, parse_constant=pytest.fail))))
