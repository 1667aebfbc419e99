"""Tables pasted from a mail or a note are read as if they came from a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgmap.files import formats, pasted
from orgmap.files.pasted import recognized
from orgmap.model.document import Document
from tests.files.rows import arrows

SPACED = """from         to           per week
Ana Kos      Ben Ban      daily
Ben Ban      Cy           2
Cy           Ana Kos
"""
MARKDOWN = """| **From** | To      | Per week |
|----------|:-------:|---------:|
| Ana Kos  | Ben Ban | daily    |
| Ben Ban  | `Cy`    | 2        |
| Cy       | Ana Kos |          |
"""
BARE = "From | To | Per week\n--- | --- | ---\nAna Kos | Ben Ban | daily\nBen Ban | Cy | 2\nCy | Ana Kos |\n"
FRAMED = """+---------+---------+----------+
| from    | to      | per_week |
+---------+---------+----------+
| Ana Kos | Ben Ban | daily    |
| Ben Ban | Cy      | 2        |
| Cy      | Ana Kos |          |
+---------+---------+----------+
"""
TABS = "from\tto\tper week\nAna Kos\tBen Ban\tdaily\nBen Ban\tCy\t2\nCy\tAna Kos\t\n"
PAGE = (
    "<html><body><p>Hello,</p><table><thead><tr><th>from</th><th>to</th><th>per week</th></tr></thead>"
    "<tr><td><b>Ana</b> Kos</td><td>Ben Ban</td><td>daily</td></tr>"
    "<tr><td>Ben Ban</td><td>Cy<br></td><td>2</td></tr><tr><td>Cy</td><td>Ana&nbsp;Kos</td><td></td></tr>"
    "</table><p>Best, Zoe</p></body></html>"
)


def quoted(words: str, sign: str = "> ") -> str:
    return "".join(f"{sign}{line}\n" for line in words.splitlines())


@pytest.mark.parametrize(
    ("plain", "html"),
    [
        *((words, "") for words in (SPACED, MARKDOWN, BARE, FRAMED, TABS)),
        *((quoted(words), "") for words in (SPACED, MARKDOWN, TABS)),
        (quoted(MARKDOWN, ">> "), ""),
        (quoted(quoted(SPACED)), ""),
        ("On Monday Zoe Dan wrote:\n\n" + quoted(SPACED), ""),
        (SPACED.replace("\n", "\r\n"), ""),
        ("Hello,\nfrom\nto\nAna Kos\nBen Ban\nBest, Zoe", PAGE),
    ],
)
def test_a_table_in_a_mail_is_read_with_its_columns(plain: str, html: str) -> None:
    rows = recognized(plain, html, Document())
    document = pasted.read(rows).document

    assert arrows(document) == ["Ana Kos > Ben Ban", "Ben Ban > Cy", "Cy > Ana Kos"]
    assert [link.per_week for link in document.links.values()] == [5.0, 2.0, None]
    assert rows.clear


def test_a_bar_in_a_cell_and_a_cell_that_is_empty_keep_their_place() -> None:
    rows = recognized("|name|team|title|\n|---|---|---|\n|Ana|A \\| B|Chair|\n|Ben||Clerk|\n", "", Document())

    ana, ben = pasted.read(rows).document.nodes.values()
    assert (ana.title, ben.title, ana.modules, ben.modules) == ("Chair", "Clerk", ("A | B",), ())


@pytest.mark.parametrize(
    "words",
    [
        "Ana Kos\nBen Ban",
        "Ana  Kos\nBen",
        "Hello,\n\nplease look at  this.\n\nBest, Zoe",
        "a | b",
        "> one\nI think not\nand say so",
    ],
)
def test_names_and_prose_are_no_tables(words: str) -> None:
    assert "\t" not in recognized(words, "", Document()).table


@pytest.mark.parametrize("sign", ["-", "|", "> ", "*", "a  ", "|-", "= ", ">"])
def test_a_long_run_of_signs_is_looked_at_in_one_pass(sign: str) -> None:
    recognized(f"x{sign * 200_000}x\n{sign * 1_000}", "", Document())  # by far too slow, were it quadratic


@pytest.mark.parametrize("table", [SPACED, MARKDOWN, BARE, FRAMED])
def test_a_table_between_a_greeting_and_a_name_is_read_and_shown_first(table: str) -> None:
    words = f"Hi Tom,\n\nhere is the list you asked for:\n\n{table}\nBest,\nAna\n"

    rows = recognized(words, "", Document())
    opened = pasted.read(rows)

    assert not rows.clear
    assert sorted(node.name for node in opened.document.nodes.values()) == ["Ana Kos", "Ben Ban", "Cy"]
    assert len(opened.document.links) == 3


def test_a_heading_right_above_a_table_with_bars_is_none_of_its_rows() -> None:
    rows = recognized(f"# Who talks to whom\n{MARKDOWN}", "", Document())

    assert len(pasted.read(rows).document.links) == 3


def test_a_letter_without_a_table_stays_a_letter() -> None:
    words = "Hi Tom,\n\nAna asked Ben.\nHe did not answer.\n\nBest,\nAna\n"

    assert recognized(words, "", Document()).table == words.strip()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("note.txt", SPACED),
        ("note.txt", quoted(SPACED)),
        ("note.md", MARKDOWN),
        ("note.txt", BARE),
        ("note.txt", FRAMED),
        ("note.txt", TABS),
        ("note.md", f"# Who tells whom\n\nFor the review.\n\n{MARKDOWN}\nThat is all.\n"),
    ],
)
def test_a_file_may_hold_a_table_as_mails_and_notes_have_them(tmp_path: Path, name: str, words: str) -> None:
    path = tmp_path / name
    path.write_text(words, encoding="utf-8")

    opened = formats.read(path)

    assert arrows(opened.document) == ["Ana Kos > Ben Ban", "Ben Ban > Cy", "Cy > Ana Kos"]
    assert [link.per_week for link in opened.document.links.values()] == [5.0, 2.0, None]


def test_doubts_of_a_table_amid_words_have_the_line_of_the_file_and_the_words_are_told(
    tmp_path: Path,
) -> None:
    path = tmp_path / "note.md"
    path.write_text(f"# Plan\n\nHello\n\n{MARKDOWN.replace('2        |', 'seldom   |')}", encoding="utf-8")

    told = [(note.row, str(note.message)) for note in formats.read(path).notes]

    assert told == [
        (None, "2 lines round the table were left out."),
        (8, "Per week: seldom is no number; the cell was left out."),
    ]


def test_spaces_after_commas_do_not_make_a_table_of_spaces(tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("from,    to\nAna Kos, Ben\nBen,     Cy\n", encoding="utf-8")

    assert arrows(formats.read(path).document) == ["Ana Kos > Ben", "Ben > Cy"]
