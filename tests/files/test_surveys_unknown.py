"""Answers to questions, and names of who answers, under words that no list of words holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgmap.files import tables
from orgmap.files.reading import Way
from orgmap.model.entities import NodeId
from tests.files.rows import arrows, asked, notes, reading, with_people


def test_who_is_named_is_read_whatever_the_question_is_called() -> None:
    words = "respondent,{0},question,value\nAna,Cy,trust,3\nAna,Ben,trust,2\nBen,Cy,email,5\nCy,Ana,zorp,1\n"

    for header in ("alter", "answer", "whom", "contact", "somebody"):
        opened = reading(words.format(header))

        found = [(k.source, k.target, k.purpose, k.strength) for k in opened.document.links.values()]
        assert found == [
            ("Ana", "Cy", "trust", 3.0),
            ("Ana", "Ben", "trust", 2.0),
            ("Ben", "Cy", "email", 5.0),
            ("Cy", "Ana", "zorp", 1.0),
        ]
        doubted = [words for _, words in notes(opened) if "does not say which way" in words]
        assert [words.split("”")[0] for words in doubted] == ["“trust", "“email", "“zorp"]
        assert not any(node.extra for node in opened.document.nodes.values())


def test_the_way_of_an_unknown_question_can_be_said() -> None:
    words = "respondent,alter,question\nAna,Ben,zorp\nBen,Cy,zorp\n"

    opened = reading(words, asked(ways={"zorp": Way.ASKS}))

    assert arrows(opened.document) == ["Ben > Ana", "Cy > Ben"]


def test_people_of_a_list_or_of_another_question_tell_what_an_unknown_question_asks(tmp_path: Path) -> None:
    rows = "respondent,question,answer\nAna,zorp,Ben\nAna,zorp,Cy\n"

    listed = with_people(tmp_path, "name\nAna\nBen\nCy\n", rows)
    besides = reading(rows + "Ana,Whom do you ask?,Cy\n")
    path = tmp_path / "answers.csv"
    path.write_text(rows, encoding="utf-8")
    seen = tables.preview(path, asked(people=tmp_path / "people.csv"))

    assert [link.purpose for link in listed.document.links.values()] == ["zorp", "zorp"]
    assert [link.purpose for link in besides.document.links.values()].count("zorp") == 2
    assert [(each.name, each.sure, each.answers) for each in seen.questions] == [("zorp", False, 2)]


def test_answers_that_name_nobody_are_all_kept_with_what_their_rows_say() -> None:
    opened = reading(
        "respondent,question,answer,value,room\nAna,Whom do you ask?,Ben,1,a\nBen,Whom do you ask?,Ana,1,b\n"
        "Ana,Colours,red,3,c\nAna,Colours,blue,2,\nBen,Years,7,,\n"
    )

    extras = {str(node.name): dict(node.extra) for node in opened.document.nodes.values()}
    assert extras == {
        "Ana": {"Colours": "red;blue", "Colours: value": "3;2", "Colours: room": "c"},
        "Ben": {"Years": "7"},
    }
    assert len(opened.document.links) == 2


def test_ids_name_people_where_the_question_asks_for_them_or_the_column_is_called_so() -> None:
    asks = reading("respondent,question,answer\n1,Whom do you ask?,2\n2,Whom do you ask?,1\n1,Years,2\n")
    called = reading("respondent,question,alter\n1,zorp,2\n2,zorp,1\n")

    assert arrows(asks.document) == ["2 > 1", "1 > 2"]
    assert asks.document.nodes[NodeId("1")].extra == {"Years": "2"}
    assert arrows(called.document) == ["1 <> 2"]


@pytest.mark.parametrize("name", ["Wie heißen Sie?", "Jak se jmenujete?", "Ditt namn"])
@pytest.mark.parametrize("mail", ["E-Mail", "Email Address", "Respondent"])
def test_addresses_do_not_stand_for_people_whom_others_call_by_their_names(name: str, mail: str) -> None:
    rows = "ana@x.org,Ana Kos,Ben Lah;Cy Bo\nben@x.org,Ben Lah,Ana Kos\ncy@x.org,Cy Bo,Ben Lah\n"
    opened = reading(f"{mail},{name},Wen fragen Sie um Rat?\n{rows}")

    extras = {str(node.name): dict(node.extra) for node in opened.document.nodes.values()}
    assert extras == {
        "Ana Kos": {mail: "ana@x.org"},
        "Ben Lah": {mail: "ben@x.org"},
        "Cy Bo": {mail: "cy@x.org"},
    }
    assert len(opened.document.links) == 4


def test_addresses_stand_for_people_whom_others_call_by_them() -> None:
    opened = reading(
        "Site,Email,Whom do you ask?\nOslo,ana@x.org,ben@x.org\nRome,ben@x.org,cy@x.org\n"
        "Bonn,cy@x.org,ana@x.org\n"
    )

    assert sorted(opened.document.nodes) == ["ana@x.org", "ben@x.org", "cy@x.org"]
    assert len(opened.document.links) == 3
