"""Every row and cell in doubt is told with its place and what it may have meant, and can be put right."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgmap.files import disk, formats, tables
from orgmap.files.reading import Note, Opened, Spot
from orgmap.model.entities import LinkKind, NodeId, Status
from tests.files.rows import arrows, asked, notes, reading, with_people
from tests.files.workbooks import row, xlsx

DOUBTFUL = (
    "from,to,kind,status,minutes,per_week,two_way\n"
    "Ana,Ben,talks,confirmd,30,1,no\n"
    "Ben,Cy,reportz,,45,weekely,maybe\n"
    "Cy,,talks,,1,1,\n"
    "Cy,Cy,talks,,1,1,\n"
    "Ana,Cy,talks,,quarter of 1 hour,1,\n"
)


def of_row(opened: Opened, row: int) -> list[Note]:
    return [note for note in opened.notes if note.row == row]


def test_a_cell_in_doubt_is_told_with_its_column_and_what_it_may_mean() -> None:
    opened = reading(DOUBTFUL)

    (status,) = of_row(opened, 2)
    kind, often, flag = sorted(of_row(opened, 3), key=lambda note: note.column or 0)
    assert (status.column, status.cell, status.offers[0]) == (4, "confirmd", "confirmed")
    assert set(status.offers) == {status.value for status in Status}
    assert (kind.column, kind.cell, kind.offers[0]) == (3, "reportz", "reports")
    assert (often.column, often.cell, often.offers) == (6, "weekely", ("weekly", "biweekly"))
    assert (flag.column, flag.cell, flag.offers) == (7, "maybe", ("yes", "no"))
    assert [(note.column, note.left_out) for note in of_row(opened, 4)] == [(2, True)]
    assert [(note.column, note.cell, note.left_out) for note in of_row(opened, 5)] == [(2, "Cy", True)]
    assert [(note.column, note.offers) for note in of_row(opened, 6)] == [(5, ("1",))]


def test_a_corrected_cell_is_read_as_if_the_file_said_so() -> None:
    told = {(2, 4): "confirmed", (3, 3): "reports", (3, 6): "weekly", (3, 7): "", (4, 2): "Ana", (6, 5): "15"}
    corrections = {Spot("links.csv", row, column): cell for (row, column), cell in told.items()}

    opened = reading(DOUBTFUL, asked(corrections=corrections, left_out=frozenset({("links.csv", 5)})))

    assert arrows(opened.document) == ["Ana > Ben", "Cy > Ben", "Cy > Ana", "Ana > Cy"]
    first, second, _, last = opened.document.links.values()
    assert (first.status, second.kind, second.per_week) == (Status.CONFIRMED, LinkKind.REPORTS, 1.0)
    assert last.minutes == 15
    assert notes(opened) == [(5, "You left this row out.")]
    assert opened.notes[0].left_out


def test_a_corrected_cell_beyond_the_end_of_a_short_row_makes_it_whole() -> None:
    told = {Spot("links.csv", 2, 3): "2"}

    opened = reading("from,to,minutes\nana,ben\nana,cy,3\n", asked(corrections=told))

    assert [link.minutes for link in opened.document.links.values()] == [2.0, 3.0]
    assert opened.notes == ()


def test_corrections_of_another_file_or_beyond_the_table_change_nothing() -> None:
    told = {Spot("other.csv", 2, 1): "x", Spot("links.csv", 99, 1): "x", Spot("links.csv", 2, 99_999): "x"}

    assert arrows(reading("from,to\nana,ben\n", asked(corrections=told)).document) == ["ana > ben"]


def test_who_is_not_among_the_people_comes_with_names_that_are_near(tmp_path: Path) -> None:
    people = "id,name,team\n1,Ana Novak,Sales\n2,Benjamin Kos,Sales\n3,Cyril Ban,IT\n"

    opened = with_people(tmp_path, people, "from,to\nAna Novk,Benjamin Kos\nben kos,Kos\nZdenka,3\n")

    made = [(note.row, note.column, note.cell, note.offers) for note in opened.notes if note.column]
    assert made == [
        (2, 1, "Ana Novk", ("Ana Novak",)),
        (3, 1, "ben kos", ("Benjamin Kos",)),
        (3, 2, "Kos", ("Benjamin Kos",)),
        (4, 1, "Zdenka", ()),
    ]


def test_corrections_reach_the_table_of_people_and_further_tables(tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text("from,to\nBen,Anna\n", encoding="utf-8")
    told = {
        Spot("people.csv", 2, 2): "Ana",
        Spot("people.csv", 3, 3): "1",
        Spot("more.csv", 2, 2): "Ana",
    }

    people = tmp_path / "people.csv"
    people.write_text("id,name,level\n1,Anna,1\n2,Ben,one\n3,Cy,2\n", encoding="utf-8")
    further = ((tmp_path / "more.csv", asked()),)
    gone = frozenset({("people.csv", 4)})

    opened = reading(
        "from,to\nAna,Ben\n", asked(corrections=told, left_out=gone, people=people, links=further)
    )

    assert [(node.name, node.level) for node in opened.document.nodes.values()] == [("Ana", 1), ("Ben", 1)]
    assert arrows(opened.document) == ["1 > 2", "2 > 1"]
    assert notes(opened) == [(4, "You left this row out.")]


def test_a_cell_of_one_sheet_of_a_workbook_can_be_corrected(tmp_path: Path) -> None:
    people = row("name", "level") + row("Ana", "one") + row("Ben", "2")
    data = xlsx({"People": people, "Links": row("from", "to") + row("Ana", "Bne")})
    book = tmp_path / "plan.xlsx"
    doubts = [note for note in tables.read(data, book, asked()).notes if note.column]
    told = {Spot(note.place, note.row or 0, note.column or 0): "1" for note in doubts[:1]}
    told[Spot(doubts[1].place, doubts[1].row or 0, doubts[1].column or 0)] = "Ben"

    opened = tables.read(data, book, asked(corrections=told))

    assert [note.place.partition(", ")[2] for note in doubts] == ["People", "Links"]
    assert opened.document.nodes[NodeId("Ana")].level == 1
    assert arrows(opened.document) == ["Ana > Ben"]
    assert opened.notes == ()


def test_two_spellings_that_are_said_to_be_one_are_one_everywhere(tmp_path: Path) -> None:
    opened = with_people(
        tmp_path,
        "id,name,team,manager\n1,Ana Kos,Sales,\n2,Kos Ana,sales,\n3,Ben,Sales,Kos Ana\n",
        "from,to\nKos Ana,Ben\n2,3\nAna Kos,Ben\n",
        same={"Kos Ana": "Ana Kos", "sales": "Sales"},
    )

    assert {key: node.modules for key, node in opened.document.nodes.items()} == {
        "1": ("Sales",),
        "3": ("Sales",),
    }
    assert arrows(opened.document) == ["1 > 3"] * 4
    assert not any(note.spellings for note in opened.notes)


def test_spellings_that_lead_round_in_a_ring_mean_themselves() -> None:
    opened = reading("from,to\nana,ben\nben,cy\n", asked(same={"ana": "ben", "ben": "ana", "cy": "dee"}))

    assert arrows(opened.document) == ["ana > ben", "ben > dee"]


def test_the_same_letters_with_their_marks_written_in_two_ways_are_one_name_and_told() -> None:
    opened = reading("from,to\nJos\u00e9,Ben\nBen,Jose\u0301\nJose\u0301,Cy\n")

    assert list(opened.document.nodes) == ["Jos\u00e9", "Ben", "Cy"]
    assert notes(opened) == [(3, "José is written in two ways that look the same; it is one name.")]


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        *(("90", 90), ("1:30", 90), ("1h30", 90), ("1 h 30 min", 90), ("90 min", 90), ("90min", 90)),
        *(("1.5 h", 90), ("1,5 hours", 90), ("2h", 120), ("0:05", 5), ("45 minutes", 45), ("30'", 30)),
    ],
)
def test_lengths_of_time_are_read_as_minutes(cell: str, minutes: float) -> None:
    (link,) = reading(f"from;to;minutes\nana;ben;{cell}\n").document.links.values()

    assert link.minutes == minutes


@pytest.mark.parametrize("cell", ["1:75", "1:2:3", "h", "half an hour", "-5 min", "1e9 h"])
def test_what_is_no_length_of_time_is_told(cell: str) -> None:
    opened = reading(f"from;to;minutes\nana;ben;{cell}\n")

    assert [(note.row, note.column, note.cell) for note in opened.notes] == [(2, 3, cell)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("g.net", '*Vertices 3\n1 "Ana Kos"\n2 "ana kos"\n3 "Ben"\n*Arcs\n1 3\n2 3\n'),
        (
            "g.json",
            '{"nodes": [{"id": "1", "name": "Ana Kos"}, {"id": "2", "name": "ana kos"}, {"id": "3"}],'
            ' "links": [{"source": "1", "target": "3"}, {"source": "2", "target": "3"}]}',
        ),
    ],
)
def test_two_spellings_in_a_graph_can_be_said_to_be_one(name: str, data: str) -> None:
    doubtful = formats.read_bytes(data.encode(), Path(name))
    told = formats.read_bytes(data.encode(), Path(name), asked(same={"ana kos": "Ana Kos"}))

    assert [note.spellings for note in doubtful.notes if note.spellings] == [("Ana Kos", "ana kos")]
    assert len(told.document.nodes) == 2
    assert len({(link.source, link.target) for link in told.document.links.values()}) == 1


def test_files_of_one_name_in_two_folders_are_told_apart_and_corrected_each_for_itself(
    tmp_path: Path,
) -> None:
    paths = [tmp_path / folder / "talks.csv" for folder in ("north", "south")]
    for path in paths:
        path.parent.mkdir()
        path.write_text("from,to,minutes\nana,ben,many\nben,cy,few\n", encoding="utf-8")
    both = ((paths[1], asked()),)

    doubts = tables.read(paths[0].read_bytes(), paths[0], asked(links=both)).notes
    told = {Spot("north/talks.csv", 2, 3): "5"}
    opened = tables.read(
        paths[0].read_bytes(),
        paths[0],
        asked(links=both, corrections=told, left_out=frozenset({("south/talks.csv", 3)})),
    )

    places = [note.place for note in doubts if note.row is not None]
    assert places == ["north/talks.csv"] * 2 + ["south/talks.csv"] * 2
    assert [link.minutes for link in opened.document.links.values()] == [5, None, None]
    assert tables.preview(paths[0], asked(links=both, corrections=told)).rows[0][2] == "5"


def test_a_file_whose_name_nobody_shares_goes_by_it_alone() -> None:
    paths = [Path("/a/b/x.csv"), Path("/c/b/x.csv"), Path("/c/b/y.csv"), Path("/a/b/x.csv")]

    assert list(disk.shown_apart(paths).values()) == ["a/b/x.csv", "c/b/x.csv", "y.csv"]
