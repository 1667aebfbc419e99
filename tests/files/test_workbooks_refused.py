"""What is no sound workbook is refused in words, and what only looks large is not."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from orgmap.errors import ReadError
from orgmap.files import formats, packed
from tests.files.workbooks import LINKS, SPREADSHEET, cell, ods, ods_table, opened, row, unpacked, xlsx
from tests.files.workbooks import packed as packed_up

FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04rest", "cut off or damaged"),
        (xlsx({"a": LINKS})[:400], "cut off or damaged"),
        (packed_up({"word/document.xml": "<a/>"}), "This is a text document"),
        (packed_up({"xl/workbook.bin": "x"}), "a workbook of the binary kind"),
        (packed_up({"../x": "y", "/etc/passwd": "z"}), "a packed file without a workbook in it"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "a workbook of the old kind"),
        (
            packed_up(
                {
                    "mimetype": SPREADSHEET,
                    "META-INF/manifest.xml": "<a><encryption-data/></a>",
                    "content.xml": "\1",
                }
            ),
            "protected by a password",
        ),
        (xlsx({"a": FAR}), r"reach too far, to row 1.048.576 and column 16.384"),
        (xlsx({"a": '<row><c r="ZZZZ99999999999"><v>1</v></c></row>'}), "The workbook says ZZZZ99999999999"),
        (
            xlsx({"a": '<row r="0"><c r="A0"><v>1</v></c></row>'}),
            "The workbook says A0, which no workbook can",
        ),
        (xlsx({"a": DOCTYPE}), "has a DOCTYPE"),
        (xlsx({"a": "<row>"}), r"The XML of xl/worksheets/sheet1\.xml is broken at line 1"),
        (xlsx({"a": '<row><c t="s"><v>9</v></c></row>'}), "The workbook cannot be read"),
        (xlsx({"a": "", "b": ""}), "nothing on the sheets"),
        (xlsx({"a": row("from", "to")}), "plan.xlsx, a: There is nothing in this table but its header"),
        (
            ods(ods_table("a", cell("x", number_columns_repeated="99999999999"))),
            "The workbook says 99999999999",
        ),
        (
            packed_up(
                {**unpacked(xlsx({"a": LINKS})), "xl/sharedStrings.xml": '<sst uniqueCount="4294967296"/>'}
            ),
            "The workbook says uniqueCount 4294967296",
        ),
        (ods(ods_table("a", cell("x", number_columns_repeated="20000"))), "reach too far"),
    ],
)
def test_what_is_no_sound_workbook_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        opened(data)


def test_a_workbook_with_two_sheets_of_one_name_is_refused_because_one_would_be_read_twice() -> None:
    parts = unpacked(xlsx({"Data": row("from", "to") + row("ana", "ben"), "Else": row("cy", "di")}))
    named = parts["xl/workbook.xml"].replace(b'"Else"', b'"Data"')

    with pytest.raises(ReadError, match="Several sheets are called Data"):
        opened(packed_up({**parts, "xl/workbook.xml": named}))


def test_a_text_that_is_only_called_a_workbook_is_refused() -> None:
    with pytest.raises(ReadError, match="This is no workbook, whatever its name says"):
        formats.read_bytes(b"from,to\na,b\n", Path("plan.xlsx"))


@pytest.mark.parametrize(("byte", "times"), [(b"\0", 40_000_000), (b" ", 260_000_000)])
def test_a_packed_bomb_is_refused_by_the_size_it_claims(byte: bytes, times: int) -> None:
    parts = unpacked(xlsx({"a": LINKS}))

    data = packed_up({**parts, "xl/worksheets/sheet2.xml": byte * times})

    with pytest.raises(ReadError, match="Unpacked, the file would hold"):
        opened(data)


def test_a_packed_bomb_that_claims_to_be_small_is_refused_by_what_it_holds() -> None:
    data = packed_up({**unpacked(xlsx({"a": LINKS})), "xl/b.xml": b" " * 30_000_000})
    lie = data.replace((30_000_000).to_bytes(4, "little"), (30).to_bytes(4, "little"))

    assert lie != data
    with pytest.raises(ReadError, match=r"cut off or damaged|Unpacked, the file would hold"):
        opened(lie)


def test_a_million_empty_rows_are_no_rows() -> None:
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(4, 1_000_001))

    found = opened(xlsx({"a": LINKS + empty}))

    assert len(found.document.links) == 2


def test_only_what_was_looked_at_reaches_the_library_that_reads() -> None:
    parts = packed.parts(
        packed_up(
            {**unpacked(xlsx({"a": LINKS})), "xl/vbaProject.bin": b"macro", "xl/media/a.png": b"\x89PNG"}
        ),
        Path("plan.xlsm"),
    )

    with zipfile.ZipFile(io.BytesIO(packed.repacked(parts))) as archive:
        assert not [name for name in archive.namelist() if name.endswith((".bin", ".png"))]
