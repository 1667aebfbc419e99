"""Workbooks: every sheet is known for what it is, and whatever is odd about a cell is told."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from orgmap.errors import ReadError, UsageError
from orgmap.files import formats, tables, workbook, workbook_writer
from orgmap.files.reading import Form
from orgmap.model.document import Document
from orgmap.model.entities import LinkKind, ModuleId, NodeId
from orgmap.progress import Cancelled, Progress
from tests.files.documents import documents
from tests.files.rows import arrows, asked, notes
from tests.files.workbooks import LINKS, cell, ods, ods_table, opened, row, unpacked, xlsx
from tests.words import TEST_ORGANIZATION, org

THOUSANDS = "32\N{NARROW NO-BREAK SPACE}767"


def read(data: bytes, **options: object) -> Document:
    return opened(data, options=asked(**options)).document


def book(*sheets: tuple[str, list[list[object]]]) -> bytes:
    """A workbook as another program writes it: numbers, dates and formulas in their own cells."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as made:
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets:
            sheet = made.add_worksheet(name)
            for at, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if isinstance(value, dt.date):
                        sheet.write_datetime(at, column, value, day)
                    elif isinstance(value, tuple):
                        sheet.write_formula(at, column, *value)
                    elif value is not None:
                        sheet.write(at, column, value)
    return stream.getvalue()


def test_people_links_and_modules_are_found_on_their_sheets_whatever_these_are_called() -> None:
    data = xlsx(
        {
            "Read me": row("This workbook holds our survey of May"),
            "Who": row("id", "name", "team") + row("1", "Ana", "Sales") + row("2", "Ben", "Desk"),
            "Answers": row("from", "to", "channel") + row("1", "2", "chat") + row("2", "1", "mail"),
            "Teams": row("name", "purpose") + row("Sales", "to sell") + row("Desk", "to answer"),
        }
    )

    found = opened(data)

    document = found.document
    assert [node.name for node in document.nodes.values()] == ["Ana", "Ben"]
    assert {m.name: m.purpose for m in document.modules.values()} == {"Sales": "to sell", "Desk": "to answer"}
    assert arrows(document) == ["1 > 2", "2 > 1"]
    assert notes(found) == [
        (None, "The sheet Read me is no table of links, people or modules; it was left out.")
    ]


def test_a_matrix_on_a_sheet_is_known_by_its_cells() -> None:
    data = book(("Talk", [[None, "ana", "ben"], ["ana", 0, 2], ["ben", 1, 0]]))

    document = read(data)

    assert arrows(document) == ["ana > ben", "ben > ana"]
    assert [link.strength for link in document.links.values()] == [2.0, 1.0]


def test_a_sheet_that_is_alone_is_read_as_a_csv_would_be() -> None:
    found = opened(xlsx({"Sheet1": row("ana", "ben") + row("ben", "cy")}))

    assert arrows(found.document) == ["ana > ben", "ben > cy"]
    assert "No column name was recognized" in notes(found)[0][1]


def test_sheets_can_be_chosen_and_links_of_several_sheets_are_told() -> None:
    data = xlsx({"2023": LINKS, "2024": row("from", "to") + row("ana", "dov")})

    both = opened(data)

    assert notes(both) == [(None, "Links were read from several sheets: 2023 and 2024.")]
    assert len(both.document.links) == 3
    assert arrows(read(data, sheets=("2024",))) == ["ana > dov"]
    with pytest.raises(UsageError, match=r"no sheet called 2025.*It has the sheets 2023 and 2024"):
        read(data, sheets=("2025",))


def test_hidden_sheets_are_left_out_unless_they_are_named() -> None:
    data = xlsx({"Links": LINKS, "Old": row("from", "to") + row("eva", "fay")}, hidden=("Old",))

    found = opened(data)

    assert notes(found) == [(None, "The sheet Old is hidden and was left out.")]
    assert list(found.document.nodes) == ["ana", "ben", "cy"]
    assert arrows(read(data, sheets=("Old",))) == ["eva > fay"]
    with pytest.raises(ReadError, match=r"on sheets that are hidden\. Name the sheets to be read: Links"):
        opened(xlsx({"Links": LINKS}, hidden=("Links",)))


def test_numbers_dates_and_flags_become_the_words_one_would_type() -> None:
    rows: list[list[object]] = [
        ["id", "name", "level", "hours", "newcomer", "since", "share", "code"],
        [7, "Ana", 2, 1.5, True, dt.date(2024, 3, 1), 0.25, "007"],
        ["007", "Ben", 3, 2, False, dt.datetime(2024, 3, 1, 9, 30), 12345678901, 7],
    ]

    document = read(book(("people", rows)))

    ana, ben = document.nodes[NodeId("7")], document.nodes[NodeId("007")]
    assert (ana.level, ana.hours, ana.newcomer, ben.newcomer) == (2, 1.5, True, False)
    assert ana.extra == {"since": "2024-03-01", "share": "0.25", "code": "007"}
    assert (ben.extra["share"], ben.extra["code"]) == ("12345678901", "7")


def test_formulas_give_their_saved_results_and_those_without_one_are_told() -> None:
    rows: list[list[object]] = [
        ["from", "to", "per_week"],
        ["ana", "ben", ("=2*2", None, 4)],
        ["ben", ("=A2", None, "ana"), ("=1/0", None, "#DIV/0!")],
    ]
    plain = xlsx({"a": LINKS + '<row r="4"><c r="A4"><f>B2</f></c><c r="B4"><f>B3</f></c></row>'})

    found, unworked = opened(book(("a", rows))), opened(plain)

    assert [link.per_week for link in found.document.links.values()] == [4.0, None]
    assert notes(found) == [
        (3, "One cell holds an error such as #DIV/0!, first in this row; it was taken as empty.")
    ]
    assert notes(unworked) == [
        (4, "2 formulas have no result saved with them, the first in this row; they were taken as empty.")
    ]


def test_a_cell_merged_over_rows_counts_for_each_of_them_and_a_heading_is_skipped() -> None:
    merged = (
        '<!-- a --><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + row("Who talks to whom, May", at=1)
        + row("from", "to", at=3)
        + row("ana", "ben", at=4)
        + row("", "cy", at=5)
        + '</sheetData><mergeCells count="2"><mergeCell ref="A1:F1"/><mergeCell ref="A4:A5"/></mergeCells>'
        "</worksheet>"
    )

    found = opened(xlsx({"a": merged}))

    assert arrows(found.document) == ["ana > ben", "ana > cy"]
    assert notes(found) == [
        (None, "One cell is merged over several rows; what it says counts for each of them."),
        (None, "The first row was taken for a heading."),
    ]


def test_a_table_may_stand_anywhere_on_its_sheet_and_rows_are_counted_as_the_sheet_does() -> None:
    body = '<row r="5"><c r="D5" t="str"><v>from</v></c><c r="E5" t="str"><v>to</v></c></row>'
    body += '<row r="9"><c r="D9" t="str"><v>ana</v></c><c r="E9" t="str"><v>ben</v></c></row>'
    body += '<row r="12"><c r="D12" t="str"><v>cy</v></c></row>'

    found = opened(xlsx({"a": body}))

    assert arrows(found.document) == ["ana > ben"]
    assert notes(found) == [(12, "The row names only one end; it was left out.")]
    assert found.notes[0].place == "plan.xlsx, a"


def test_a_workbook_of_libreoffice_is_read_with_all_its_repetitions() -> None:
    hidden = (
        '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/>'
    )
    data = ods(
        ods_table(
            "Links",
            cell("from") + cell("to") + cell("channel"),
            cell("ana", number_rows_spanned="2") + cell("ben") + cell("chat"),
            "<table:covered-table-cell/>" + cell("cy", number_columns_repeated="2"),
            '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error">'
            "<text:p>#DIV/0!</text:p></table:table-cell>" + cell("dov"),
        ).replace(
            "</table:table>",
            '<table:table-row table:number-rows-repeated="1048000">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>',
        )
        + ods_table("Old", cell("x") + cell("y"), style="h"),
        hidden + "</style:style>",
    )

    found = opened(data, "plan.ods")

    assert arrows(found.document) == ["ana > ben", "ana > cy"]
    assert [row for row, _ in notes(found)] == [None, None, 4, 4, None]
    assert "Old is hidden" in notes(found)[0][1]


def test_a_cell_that_looks_like_a_formula_comes_back_and_is_only_text() -> None:
    names = ("=cmd()|x", "+1", "-1", "@x", "＝1", "http://a.example", "007", "'=x", "_x0041_", "a\r\nb")
    people = org(" > ".join(f"p{i}" for i in range(len(names))))
    nodes = {
        key: replace(node, name=name) for (key, node), name in zip(people.nodes.items(), names, strict=True)
    }
    document = replace(people, nodes=nodes)

    data = workbook_writer.encoded(document)

    assert formats.losses(document, Path("plan.xlsx")) == []
    assert not any(b"<f>" in part or b"<hyperlink" in part for part in unpacked(data).values())
    assert opened(data).document == document
    assert workbook_writer.encoded(document) == data


def test_what_is_said_of_the_map_and_its_channels_has_sheets_of_its_own() -> None:
    info = replace(
        TEST_ORGANIZATION.info,
        title="Größe & <b>",
        notes="one\ntwo",
        asked=True,
        reporting_is_talk=True,
        thresholds={"bottleneck": 0.25},
    )
    channels = {k: replace(c, delay=0.1, sign="§", rank=3) for k, c in TEST_ORGANIZATION.channels.items()}
    document = replace(TEST_ORGANIZATION, info=info, channels=channels)

    data = workbook_writer.encoded(document)

    assert formats.losses(document, Path("plan.xlsx")) == []
    assert opened(data).document == document
    listed = tables.read(data, Path("plan.xlsx"), asked(sheets=("links", "people"))).document
    assert listed.info == info


def test_a_text_too_long_for_a_cell_is_cut_off_and_told() -> None:
    document = org("ana > ben")
    nodes = {k: replace(n, notes="x" * 40_000) for k, n in document.nodes.items()}

    document = replace(document, nodes=nodes)

    data = workbook_writer.encoded(document)

    assert [str(loss) for loss in formats.losses(document, Path("plan.xlsx"))] == [
        f"Texts of more than {THOUSANDS} characters are cut off; no cell holds more."
    ]
    assert {len(node.notes) for node in opened(data).document.nodes.values()} == {32_767}


@settings(derandomize=True, deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_whatever_is_written_is_read_with_every_end_kind_and_place(document: Document) -> None:
    data = workbook_writer.encoded(document)
    if not document.nodes and not document.modules:
        return

    again = opened(data).document

    assert set(again.nodes) == set(document.nodes)
    assert {k: (n.x, n.y, n.level) for k, n in again.nodes.items()} == {
        k: (n.x, n.y, n.level) for k, n in document.nodes.items()
    }
    ends = {(k.source, k.target, k.kind, k.two_way) for k in document.links.values()}
    assert {(k.source, k.target, k.kind, k.two_way) for k in again.links.values()} == ends
    assert {k: m.parent for k, m in again.modules.items()} == {
        k: m.parent for k, m in document.modules.items()
    }


def test_the_preview_shows_the_main_sheet_and_names_people_from_the_other() -> None:
    data = xlsx(
        {
            "people": row("id", "name") + row("1", "Ana") + row("2", "Ben"),
            "links": row("from", "to") + row("1", "2"),
            "lists": row("colours", "sizes") + row("red", "big"),
        }
    )
    path = Path("/nowhere/plan.xlsx")

    seen = tables.preview(path, data=data)

    assert (seen.sheet, seen.form, seen.number_of_rows) == ("links", Form.LINKS, 1)
    assert seen.sheets == (("people", Form.PEOPLE), ("links", Form.LINKS), ("lists", None))
    assert str(seen.sentence) == "Ana tells Ben: information flows from Ana to Ben. Right?"


def test_a_workbook_may_be_the_table_of_people_beside_links(tmp_path: Path) -> None:
    path = tmp_path / "staff.xlsx"
    path.write_bytes(book(("Staff", [["id", "name", "manager"], [1, "Ana", None], [2, "Ben", 1]])))

    document = tables.read(b"from,to\n1,2\n", Path("links.csv"), asked(people=path)).document

    assert [node.name for node in document.nodes.values()] == ["Ana", "Ben"]
    assert {link.kind for link in document.links.values()} == {LinkKind.REPORTS, LinkKind.TALKS}


def test_modules_of_a_sheet_lie_in_one_another_and_are_led() -> None:
    data = xlsx(
        {
            "modules": row("name", "parent", "lead") + row("Desk", "Sales", "ana") + row("Sales", "", "ben"),
            "people": row("name", "module") + row("ana", "Desk") + row("ben", "Sales"),
        }
    )

    document = read(data)

    desk = document.modules[ModuleId("Desk")]
    assert (desk.parent, desk.lead) == ("Sales", "ana")
    assert document.nodes[NodeId("ana")].modules == ("Desk",)


def test_writing_a_workbook_can_be_called_off_and_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    told: list[float] = []
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"before")

    with pytest.raises(Cancelled):
        formats.write(
            org(" > ".join(f"p{n}" for n in range(2_500))), path, Progress(told.append, lambda: len(told) > 2)
        )

    assert path.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["plan.xlsx"]


def test_reading_a_workbook_can_be_called_off() -> None:
    told: list[float] = []
    data = workbook_writer.encoded(TEST_ORGANIZATION)

    with pytest.raises(Cancelled):
        workbook.book(data, Path("plan.xlsx"), progress=Progress(told.append, lambda: len(told) > 3))

    assert told == sorted(told)
