"""What a first row is taken for: a header or a row, links, people or modules; and that it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgmap.files.reading import Arrows
from orgmap.model.entities import LinkKind
from tests.files.rows import arrows, asked, notes, reading, with_people


@pytest.mark.parametrize(
    ("table", "ends"),
    [
        ("who,whom,channel\nAna,Ben,chat\nBen,Cy,chat\n", ["Ana > Ben", "Ben > Cy"]),
        ("who;tells;weight\nAna;Ben;strong\nBen;Cy;2\n", ["Ana > Ben", "Ben > Cy"]),
        ("employee,talks to\nAna,Ben\nBen,Cy\n", ["Ana > Ben", "Ben > Cy"]),
        ("Person,Speaks to,Department\nAna,Ben,Oven\nBen,Cy,Oven\n", ["Ana > Ben", "Ben > Cy"]),
        ("Colleague,Who\nAna,Ben\nBen,Cy\n", ["Ben > Ana", "Cy > Ben"]),
        ("Name,Informs\nAna,Ben\nBen,Cy\n", ["Ana > Ben", "Ben > Cy"]),
    ],
)
def test_everyday_words_for_the_two_ends_are_a_header(table: str, ends: list[str]) -> None:
    opened = reading(table)

    assert arrows(opened.document) == ends
    assert sorted(opened.document.nodes) == ["Ana", "Ben", "Cy"]


def test_a_column_called_asks_turns_the_arrows_and_says_so_unless_the_way_is_given() -> None:
    table = "Name,Asks\nAna,Ben\nBen,Cy\n"

    followed = reading(table)
    told = reading(table, asked(arrows=Arrows.FLOW))

    assert arrows(followed.document) == ["Ben > Ana", "Cy > Ben"]
    assert followed.document.info.asked
    assert notes(followed) == [
        (
            None,
            "Asks holds whom one asks, so information flows from there to the first. If not, say which way"
            " the arrows go.",
        )
    ]
    assert (arrows(told.document), told.notes) == (["Ana > Ben", "Ben > Cy"], ())


def test_one_known_word_makes_the_first_row_a_header_and_that_is_noted() -> None:
    opened = reading("Anfang,Ziel,Channel\nAna,Ben,chat\nBen,Cy,chat\n")

    assert arrows(opened.document) == ["Ana > Ben", "Ben > Cy"]
    assert [link.channel for link in opened.document.links.values()] == ["chat", "chat"]
    assert notes(opened) == [
        (
            None,
            "The first row was taken for the names of the columns: Anfang, Ziel and Channel. If it is a row"
            " like the others, say that there is no header.",
        ),
        (None, "The columns do not say which is from and which is to: Anfang is from, Ziel is to."),
    ]


@pytest.mark.parametrize(
    "table", ["Boss,Manager\nManager,Clerk\n", "An,Binh\nBinh,Chi\n", "Ana,Ben,mutual\nBen,Cy,directed\n"]
)
def test_a_first_row_of_people_is_no_header_though_a_word_of_it_may_name_a_column(table: str) -> None:
    opened = reading(table)

    assert len(opened.document.nodes) == 3
    assert len(opened.document.links) == 2


def test_a_team_in_the_second_column_makes_a_table_of_people() -> None:
    opened = reading("Mitarbeiter,Team\nAna,Oven\nBen,Shop\n")

    assert {node.name: node.modules for node in opened.document.nodes.values()} == {
        "Ana": ("Oven",),
        "Ben": ("Shop",),
    }


def test_a_table_of_modules_needs_no_column_of_kinds() -> None:
    opened = reading(
        "name,parent,purpose,lead,needs\nBakery,,Bread,,\nOven,Bakery,Heat,Ana,Shop\nShop,Bakery,Sell,Ben,\n"
    )

    document = opened.document
    assert [(m.name, m.parent, m.purpose, m.lead) for m in document.modules.values()] == [
        ("Bakery", None, "Bread", None),
        ("Oven", "Bakery", "Heat", "Ana"),
        ("Shop", "Bakery", "Sell", "Ben"),
    ]
    assert list(document.nodes) == ["Ana", "Ben"]
    assert [(k.source, k.target, k.kind) for k in document.links.values()] == [
        ("Oven", "Shop", LinkKind.NEEDS)
    ]
    assert notes(opened)[0] == (
        None,
        "No column says what kind the rows are, and parent is said of modules: every row was read as a"
        " module.",
    )


def test_modules_in_one_another_without_kinds_are_broken_at_a_named_place() -> None:
    opened = reading("name,parent\nA,B\nB,A\n")

    assert list(opened.document.nodes) == []
    assert [(m.name, m.parent) for m in opened.document.modules.values()] == [("A", None), ("B", "A")]
    assert notes(opened)[1:] == [(None, "A, B lie in one another; A was taken out to the top.")]


def test_a_table_of_modules_beside_the_links_makes_them_modules(tmp_path: Path) -> None:
    opened = with_people(tmp_path, "Team,Lead\nOven,Ana\nShop,Ben\n", "from,to\nAna,Ben\nOven,Shop\n")

    document = opened.document
    assert {m.name: m.lead for m in document.modules.values()} == {"Oven": "Ana", "Shop": "Ben"}
    assert arrows(document) == ["Ana > Ben", "Oven > Shop"]


@pytest.mark.parametrize(
    "table",
    [
        "name,lead,level\nAna,Ben,2\nBen,,1\n",
        "name,lead\nAna,Ben\nBen,\n",
        "employee,lead\nAna,Cy\nBen,Cy\n",
        "name,kind,needs\nAna,person,Ben\nBen,person,\n",
    ],
)
def test_rows_that_are_people_stay_people_though_they_have_leads_or_needs(table: str) -> None:
    opened = reading(table)

    assert list(opened.document.modules) == []
    assert {"Ana", "Ben"} <= set(opened.document.nodes)


MAY_NAME = "The first row may name the columns"


def test_a_first_row_unlike_the_rows_of_people_and_groups_below_is_doubted() -> None:
    opened = reading("Navn;Avdeling\nKari;Salg\nPer;Salg\nIda;Drift\nOla;Drift\n")

    assert any(words.startswith(MAY_NAME) for _, words in notes(opened))


@pytest.mark.parametrize(
    "table",
    [
        "Ana,Ben\nBen,Cy\nCy,Ana\nDan,Ana\n",  # everybody on both sides
        "Ana,Ben\nCy,Ben\nDan,Eve\nFay,Gil\n",  # hardly anybody twice
        "Ana,Sales\nBen,Sales\nCy,Sales\nDan,IT\nEve,IT\n",  # the first row like the others
    ],
)
def test_links_without_a_header_are_not_doubted(table: str) -> None:
    opened = reading(table)

    assert not any(words.startswith(MAY_NAME) for _, words in notes(opened))


@pytest.mark.parametrize(
    "header", ["name,asks who", "name,asked", "who,asks whom", "asks who,asked", "asker,asked"]
)
def test_whom_one_asks_is_where_the_information_comes_from(header: str) -> None:
    opened = reading(f"{header}\nAna,Ben\nCy,Ana\n")

    assert arrows(opened.document) == ["Ben > Ana", "Ana > Cy"]
    assert any("holds whom one asks" in words for _, words in notes(opened))


def test_how_often_and_levels_are_known_by_their_german_names(tmp_path: Path) -> None:
    opened = with_people(tmp_path, "Name,Ebene\nAna,1\nBen,2\n", "von,an,pro Woche\nAna,Ben,3\n")

    assert [link.per_week for link in opened.document.links.values()] == [3.0]
    assert [node.level for node in opened.document.nodes.values()] == [1, 2]


def test_the_columns_that_are_kept_as_they_are_are_told() -> None:
    opened = reading("from,to,colour,empty,extra:kind\nAna,Ben,red,,x\n")

    assert opened.kept == (("links.csv", ("colour",)),)
    assert reading("from,to\nAna,Ben\n").kept == ()
