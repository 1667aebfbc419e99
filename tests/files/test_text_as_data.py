"""What somebody wrote goes through every format as text: no cell runs, nothing is markup, all comes back."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from orgmap.files import formats, table_writer, workbook_writer
from orgmap.files.reading import ReadOptions
from orgmap.model.document import Document
from orgmap.model.entities import Node, NodeId
from orgmap.ui import blocks
from tests.words import org

RUNS = (
    "=+-@＝＋－＠"  # OWASP's list of what begins a formula, and the full-width forms; tab and line ends below
)
FORMULAS = [f"{sign}cmd|' /C calc'!A0" for sign in RUNS] + ["+1", "-1", "'=x", "''=x", "=x,=y", '="a"']
LEADING = [f"{sign}=1+1" for sign in "\t\r\n"]
ODD = [
    "two\nlines",
    "tab\there",
    'a "quoted" one',
    "]]>",
    "<b>&amp;",
    "semi;colon",
    "back\\slash",
    "zero\u200bwidth",
    "\u202eturned",
    "None",
    "#1",
    "*Vertices 3",
    "{}",
    "nul\u2028line",
]
WRITTEN = [each.suffix for each in formats.WRITABLE if each.read is not None]


def named(names: list[str]) -> Document:
    """A ring of people with these names as ids, too."""
    document = org(", ".join(f"n{at} > n{(at + 1) % len(names)}" for at in range(len(names))))
    new: dict[str, str] = dict(zip(document.nodes, names, strict=True))
    places = {name: (90.0 * at, 60.0 * (at % 3)) for at, name in enumerate(names)}
    nodes = {NodeId(n): Node(id=NodeId(n), name=n, x=x, y=y) for n, (x, y) in places.items()}
    links = {
        key: replace(link, source=NodeId(new[link.source]), target=NodeId(new[link.target]))
        for key, link in document.links.items()
    }
    return replace(document, nodes=nodes, links=links)


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_no_cell_begins_with_what_a_spreadsheet_would_run(delimiter: str) -> None:
    people, links = table_writer.encoded(named([*FORMULAS, *LEADING]), delimiter)

    for data in (people, links):
        rows = list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter))
        assert not [cell for row in rows for cell in row if cell.startswith((*RUNS, "\t", "\r", "\n"))]
        assert any(cell.startswith("'=") for row in rows for cell in row)


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx"])
def test_what_was_kept_from_running_comes_back_as_it_was(suffix: str, tmp_path: Path) -> None:
    formats.write(named(FORMULAS), tmp_path / f"out{suffix}")

    back = formats.read(tmp_path / f"out{suffix}").document

    assert [node.name for node in back.nodes.values()] == FORMULAS
    assert len(back.links) == len(FORMULAS)


def test_a_copied_block_runs_nowhere_and_comes_back_as_it_was() -> None:
    rows = [[cell, "-0.5"] for cell in FORMULAS]

    words = blocks.as_text(rows)

    cells = [cell for row in csv.reader(io.StringIO(words, newline=""), dialect="excel-tab") for cell in row]
    assert {cell for cell in cells if cell.startswith(tuple(RUNS))} == {"-1", "-0.5"}
    assert blocks.from_text(words) == rows


def test_a_workbook_holds_texts_and_neither_formulas_nor_addresses() -> None:
    document = named(
        [*FORMULAS, "http://example.org/x", "mailto:a@b.c", "internal:Sheet2!A1", "file:///etc/x"]
    )

    data = workbook_writer.encoded(document)

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        sheets = {name: packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/")}
        about = b"".join(packed.read(name) for name in packed.namelist() if name.startswith("docProps/"))
    for sheet in sheets.values():
        tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(sheet).iter()}
        assert not tags & {"f", "hyperlink", "hyperlinks"}
    assert not [name for name in sheets if name.endswith(".rels")]
    assert b"example.org" not in about


@pytest.mark.parametrize("suffix", WRITTEN)
def test_odd_names_and_ids_are_written_and_read_again_with_every_link(suffix: str, tmp_path: Path) -> None:
    document = named(ODD)

    formats.write(document, tmp_path / f"out{suffix}")
    opened = formats.read(tmp_path / f"out{suffix}", ReadOptions())

    back = opened.document
    assert (len(back.nodes), len(back.links)) == (len(ODD), len(ODD))
    after = {key: " ".join(node.name.replace('"', "'").split()) for key, node in back.nodes.items()}
    wanted = [" ".join(name.replace('"', "'").split()) for name in ODD]
    assert list(after.values()) == wanted
    ring = [(after[NodeId(k.source)], after[NodeId(k.target)]) for k in back.links.values()]
    assert ring == list(zip(wanted, [*wanted[1:], wanted[0]], strict=True))
    assert [note for note in opened.notes if "beside it" not in str(note.message)] == []


@pytest.mark.parametrize("suffix", [".svg", ".graphml"])
@pytest.mark.usefixtures("qapp")
def test_what_is_written_as_xml_is_xml_and_holds_nobodys_markup(suffix: str, tmp_path: Path) -> None:
    harsh = ["</text><script>x()</script>", 'a" onload="x()', "<!--", "]]>", "a\x00\x07\x1b\ufffeb", "&x;"]

    formats.write(named(harsh), tmp_path / f"out{suffix}")

    data = (tmp_path / f"out{suffix}").read_bytes()
    tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(data).iter()}
    assert not tags & {"script", "iframe", "foreignObject"}
    assert not any("onload" in element.attrib for element in ET.fromstring(data).iter())
    assert not any(sign in data for sign in (b"\x00", b"\x07", b"\x1b"))
