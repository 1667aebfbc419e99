"""Tables that cannot be read, names that look like something else, and the look before an import."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from orgmap.errors import ReadError, UsageError
from orgmap.files import tables
from orgmap.files.columns import LINK_COLUMNS, LISTED_COLUMNS, SURVEY_COLUMNS, Column
from orgmap.files.values import plain
from orgmap.progress import Cancelled, Progress
from tests.files.rows import PLAIN, asked, notes, reading


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "links.csv: The file is empty"),
        (b"\n \n", "links.csv: The file is empty"),
        (b"from,to\n", "nothing in this table but its header"),
        (b"from,to\n,\n ,\n", "nothing in this table but its header"),
        (b"ana\nben\n", "one column only"),
        (b"from,to\nana,ana\n", None),
        (b"from,to\nana,\n", r"No row of this table could be read\. The first reason is in row 2"),
        (b"from,to\nana,b\0en\n", "links.csv:2: This is no table: line 2"),
        (b'from,to\nana,ben\n"ana,ben\ncy,dov\n', "links.csv:3: A quotation mark is opened here"),
        (b"from,to\nana," + b"x" * 200_000 + b"\n", "links.csv:2: .*field larger"),
        (
            b"from,to\nana,ben\n" + b"a," * 5_000_000 + b"\n",
            r"links.csv:3: The line has 10.000.001 characters",
        ),
        (b'from,to\n"ana"x,ben\n', "links.csv:2: The row that begins here"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_line(data: bytes, words: str | None) -> None:
    if words is None:
        assert len(reading(data).notes) == 1
        return
    with pytest.raises(ReadError, match=words):
        reading(data)


def test_names_of_script_and_formulas_are_names() -> None:
    opened = reading("from,to\n<script>alert(1)</script>,=cmd()\n'=x,'quoted'\n")

    assert list(opened.document.nodes) == ["<script>alert(1)</script>", "=cmd()", "=x", "'quoted'"]


def test_a_table_of_people_is_no_further_table_of_links(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("name,team\nana,Sales\n")

    with pytest.raises(ReadError, match=r"people\.csv: This is a table of people"):
        reading("from,to\nana,ben\n", asked(links=((people, asked()),)))


def test_an_option_nobody_knows_is_refused() -> None:
    with pytest.raises(UsageError, match="arrows cannot be backwards; it can be flow, asks"):
        asked(arrows="backwards")


def test_reading_a_table_can_be_called_off() -> None:
    told: list[float] = []
    data = ("from,to\n" + "ana,ben\n" * 20_000).encode()

    with pytest.raises(Cancelled):
        tables.read(data, Path("links.csv"), PLAIN, Progress(told.append, lambda: len(told) > 2))

    assert told == sorted(told)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "Ana tells Ben: information flows from Ana to Ben. Right?"),
        ({"arrows": "asks"}, "Ana asks Ben, so information flows from Ben to Ana. Right?"),
        ({"undirected": True}, "Ana and Ben talk with each other, both ways. Right?"),
        ({"kind": "reports"}, "Ana reports to Ben. Right?"),
        ({"kind": "member"}, "Ana belongs to the module Ben. Right?"),
    ],
)
def test_the_preview_says_the_direction_with_the_users_own_words(
    tmp_path: Path, options: dict[str, object], words: str
) -> None:
    path, people = tmp_path / "links.csv", tmp_path / "people.csv"
    path.write_text("from;to;weight\n1;;\n1;2;3\n2;1;4\n")
    people.write_text("id,name\n1,Ana\n2,Ben\n")

    preview = tables.preview(path, asked(people=people, **options))

    assert str(preview.sentence) == words
    assert preview.mapping == (("from", "source"), ("to", "target"), ("weight", "weight"))
    assert (preview.delimiter, preview.encoding, preview.header) == (";", "utf-8", True)
    assert (preview.number_of_rows, preview.rows[1], preview.weighted) == (3, ("1", "2", "3"), True)


def test_modules_in_two_spellings_are_proposed_for_merging() -> None:
    opened = reading("name,team\nana,Sales\nben,sales\n", name="people.csv")

    assert [module.name for module in opened.document.modules.values()] == ["Sales", "sales"]
    assert notes(opened) == [
        (None, "“Sales” and “sales” may be the same module, spelt in several ways; nothing was merged.")
    ]


def test_control_characters_in_a_table_are_replaced_and_noted() -> None:
    opened = reading("from,to\na\x07na,ben\n")

    assert list(opened.document.nodes) == ["a\N{REPLACEMENT CHARACTER}na", "ben"]
    assert notes(opened) == [(None, "Characters that no text can hold were replaced.")]


@pytest.mark.parametrize("columns", [LINK_COLUMNS, LISTED_COLUMNS, SURVEY_COLUMNS])
def test_every_column_name_that_is_understood_is_in_the_documentation(columns: tuple[Column, ...]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "format.md").read_text(encoding="utf-8")
    told = {plain(word) for word in re.split(r"[|,;`]", page)} | {plain(w) for w in re.findall(r"\w+", page)}
    told |= {f"{word}s" for word in told}

    assert [name for column in columns for name in column.names if name not in told] == []
