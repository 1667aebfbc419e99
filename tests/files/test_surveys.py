"""Answers of a survey become lines: who answers, whom they name, and whether both say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgmap.files import tables
from orgmap.files.reading import Form, ReadOptions, Way
from orgmap.files.survey import way_of
from orgmap.files.tables import Preview
from orgmap.model.document import Document
from orgmap.model.entities import LinkKind, NodeId, Status
from tests.files.rows import arrows, asked, notes, reading

LONG = """respondent;question;answer
Ana;Whom do you ask for advice?;Ben, Cy
Ben;Whom do you ask for advice?;Ana
Ana;Who do you talk to every week?;Ben
Ben;Who do you talk to every week?;"Ana
Cy"
Cy;Years in this company;7
Ben;Years in this company;12
"""
FORM = """Timestamp,Email Address,Your name,Which team are you in?,\
Whom do you ask? [Ana],Whom do you ask? [Ben],Whom do you ask? [Cy]
2026-01-01 10:00,ana@x.org,Ana,Sales,,Daily,Never
2026-01-01 11:00,ben@x.org,Ben,IT,Weekly,,
2026-01-02 09:00,cy@x.org,Cy,IT,Dailly,,
"""
LISTS = """Name,Department,Who do you work with? 1,Who do you work with? 2
Ana,Sales,Ben,Cy
Ben,IT,Ana,none
Cy,IT,Dee,
"""
MATRIX = "who,Ana,Ben,Cy,Dee\nAna,,daily,x,\nBen,weekly,,,2\nCy,,0,,-\n"


def look(words: str, tmp_path: Path, **options: object) -> Preview:
    path = tmp_path / "answers.csv"
    path.write_text(words, encoding="utf-8")
    return tables.preview(path, asked(**options))


def lines(document: Document) -> list[tuple[str, str, str]]:
    signs = {True: "<>", False: ">"}
    return [
        (f"{link.source} {signs[link.two_way]} {link.target}", str(link.status), link.purpose)
        for link in document.links.values()
    ]


def test_a_long_table_of_answers_is_read_question_by_question(tmp_path: Path) -> None:
    seen = look(LONG, tmp_path)
    opened = reading(LONG)

    assert seen.form is Form.SURVEY
    assert seen.mapping == (("respondent", "respondent"), ("question", "question"), ("answer", "answer"))
    assert [(each.name, each.way, each.sure, each.answers) for each in seen.questions] == [
        ("Whom do you ask for advice?", Way.ASKS, True, 3),
        ("Who do you talk to every week?", Way.BOTH, True, 3),
    ]
    assert [str(each.sentence) for each in seen.questions] == [
        "Ana asks Ben, so information flows from Ben to Ana. Right?",
        "Ana and Ben talk with each other, both ways. Right?",
    ]
    advice, talk = "Whom do you ask for advice?", "Who do you talk to every week?"
    assert lines(opened.document) == [
        ("Ben > Ana", "claimed", advice),
        ("Cy > Ana", "claimed", advice),
        ("Ana > Ben", "claimed", advice),
        ("Ana <> Ben", "confirmed", talk),
        ("Ben <> Cy", "claimed", talk),
    ]
    assert opened.document.nodes[NodeId("Cy")].extra == {"Years in this company": "7"}
    assert opened.document.info.asked


def test_the_grid_of_a_form_is_read_with_how_often_and_time_stamps_are_left_aside(tmp_path: Path) -> None:
    seen = look(FORM, tmp_path)
    opened = reading(FORM)

    assert [field for _, field in seen.mapping] == [
        *("aside", "", "respondent", "modules", "person", "person", "person"),
    ]
    assert [(each.name, each.way, each.answers) for each in seen.questions] == [
        ("Whom do you ask?", Way.ASKS, 3)
    ]
    assert lines(opened.document) == [
        ("Ben > Ana", "claimed", "Whom do you ask?"),
        ("Ana > Ben", "claimed", "Whom do you ask?"),
        ("Ana > Cy", "claimed", "Whom do you ask?"),
    ]
    assert [link.per_week for link in opened.document.links.values()] == [5.0, 1.0, None]
    ana = opened.document.nodes[NodeId("Ana")]
    assert (ana.modules, ana.extra) == (("Sales",), {"Email Address": "ana@x.org"})
    (odd,) = [note for note in opened.notes if note.column]
    assert (odd.row, odd.column, odd.cell, odd.offers[0]) == (4, 5, "Dailly", "daily")
    assert (None, "Not read, because they say nothing of people: Timestamp.") in notes(opened)


def test_numbered_columns_of_names_are_one_question(tmp_path: Path) -> None:
    seen = look(LISTS, tmp_path)
    opened = reading(LISTS)

    assert [(each.name, each.way, each.answers) for each in seen.questions] == [
        ("Who do you work with?", Way.BOTH, 4)
    ]
    assert [line[:2] for line in lines(opened.document)] == [
        ("Ana <> Ben", "confirmed"),
        ("Ana <> Cy", "claimed"),
        ("Cy <> Dee", "claimed"),
    ]
    assert [module.name for module in opened.document.modules.values()] == ["Sales", "IT"]
    told = [message for _, message in notes(opened)]
    assert "1 person is named by others and did not answer: Dee." in told


@pytest.mark.parametrize("header", ["name 1,name 2", "Colleague_1,Colleague_2", "Contact #1,Contact #2"])
def test_columns_of_names_without_a_question_ask_which_way(header: str, tmp_path: Path) -> None:
    words = f"name,{header}\nAna,Ben,Cy\nBen,Ana,\n"
    (question,) = look(words, tmp_path).questions

    assert (question.way, question.sure, question.answers) == (Way.BOTH, False, 3)
    told = reading(words, asked(ways={question.name: Way.FLOW}))
    assert arrows(told.document) == ["Ana > Ben", "Ana > Cy", "Ben > Ana"]


def test_a_matrix_need_not_be_square_and_may_hold_words() -> None:
    opened = reading(MATRIX)

    found = [(f"{k.source} > {k.target}", k.per_week, k.strength) for k in opened.document.links.values()]
    assert found == [
        ("Ana > Ben", 5.0, None),
        ("Ana > Cy", None, None),
        ("Ben > Ana", 1.0, None),
        ("Ben > Dee", None, 2.0),
    ]
    assert opened.notes == ()


def test_each_question_is_read_the_way_it_is_said_to_be() -> None:
    talk = "Who do you talk to every week?"
    ways = {"Whom do you ask for advice?": Way.SKIP, talk: Way.FLOW}

    opened = reading(LONG, asked(ways=ways))

    assert [line[0] for line in lines(opened.document)] == ["Ana > Ben", "Ben > Ana", "Ben > Cy"]
    assert "The answers to “Whom do you ask for advice?” were left out, as you said." in [
        message for _, message in notes(opened)
    ]


def test_a_mapping_makes_a_survey_of_any_table_and_a_table_of_links_of_a_survey(tmp_path: Path) -> None:
    odd = "p;q;r\nAna;Ben;3\nBen;Ana,Cy;4\n"
    told = {"p": "respondent", "q": "answer", "r": ""}

    opened = reading(odd, asked(mapping=told, arrows="asks"))
    links = reading(LISTS, asked(mapping={"Name": "source", "Who do you work with? 1": "target"}))

    assert arrows(opened.document) == ["Ben > Ana", "Ana > Ben", "Cy > Ben"]
    assert opened.document.nodes[NodeId("Ana")].extra == {"r": "3"}
    assert look(LISTS, tmp_path, mapping={"Name": "source", "Department": "target"}).form is Form.LINKS
    assert arrows(links.document) == ["Ana > Ben", "Ben > Ana", "Cy > Dee"]


def test_names_in_one_answer_are_parted_by_semicolons_lines_or_commas_and_bullets_go() -> None:
    opened = reading(
        'respondent,answer\nAna,"Kos, Ben; Ban, Cy"\nDee,"1. Ana\n2. Kos, Ben"\n'
        '"Kos, Ben","Ana, Dee"\nEva,"Kos, Ben"\n'
    )

    assert arrows(opened.document) == [
        "Ana <> Kos, Ben",
        "Ana <> Ban, Cy",
        "Dee <> Ana",
        "Dee <> Kos, Ben",
        "Eva <> Kos, Ben",
    ]


def test_who_is_named_by_a_part_of_their_name_is_a_doubt_with_the_full_name() -> None:
    words = "respondent,answer\nAna Kos,Ben\nBen Ban,Ana Koss\nCy Dim,Zdenka\n"
    opened = reading(words)

    doubts = [(note.row, note.column, note.cell, note.offers) for note in opened.notes if note.column]
    assert doubts == [(2, 2, "Ben", ("Ben Ban",)), (3, 2, "Ana Koss", ("Ana Kos",))]
    mended = reading(words, asked(same={"Ben": "Ben Ban", "Ana Koss": "Ana Kos"}))
    assert arrows(mended.document) == ["Ana Kos <> Ben Ban", "Cy Dim <> Zdenka"]
    assert [link.status for link in mended.document.links.values()] == [Status.CONFIRMED, Status.CLAIMED]


def test_whose_boss_is_asked_becomes_a_reporting_line() -> None:
    opened = reading(
        "respondent,question,answer\nAna,Who do you report to?,Ben\nAna,Who do you talk to?,Cy\n"
    )

    boss, talk = opened.document.links.values()
    assert (boss.kind, boss.source, boss.target) == (LinkKind.REPORTS, "Ben", "Ana")
    assert (talk.kind, talk.two_way) == (LinkKind.TALKS, True)


def test_a_row_without_respondent_and_who_names_themselves_are_told() -> None:
    opened = reading("respondent,answer\n,Ben\nAna,Ana; Ben; Ben\nAna,Ben\n")

    told = [(note.row, note.column, note.left_out) for note in opened.notes if note.row]
    assert told == [(2, 1, True), (3, 2, False)]
    assert arrows(opened.document) == ["Ana <> Ben"]
    assert "1 answer names somebody a second time" in str([str(note.message) for note in opened.notes])


def test_a_people_table_gives_the_answers_their_ids(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,name,team\n1,Ana,Sales\n2,Ben,IT\n", encoding="utf-8")
    people = ReadOptions(people=tmp_path / "people.csv")

    opened = reading("respondent,answer,comment\nAna,2,hi\nBen,Ana,\nBen,Bne,\n", people)

    assert lines(opened.document)[0] == ("1 <> 2", "confirmed", "")
    assert [(note.cell, note.offers) for note in opened.notes if note.column] == [("Bne", ("Ben",))]


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("Whom do you ask for advice?", Way.ASKS),
        ("Who do you go to when you need help?", Way.ASKS),
        ("Whom do you get information from?", Way.ASKS),
        ("Who tells you about changes?", Way.ASKS),
        ("Who asks you for advice?", Way.FLOW),
        ("Who comes to you with questions?", Way.FLOW),
        ("Whom do you give advice to?", Way.FLOW),
        ("Whom do you inform about changes?", Way.FLOW),
        ("Whom do you usually tell?", Way.FLOW),
        ("Who do you talk to weekly", Way.BOTH),
        ("With whom do you work closely?", Way.BOTH),
        ("Wen fragst du um Rat?", Way.ASKS),
        ("Mit wem sprichst du oft?", Way.BOTH),
        ("Name up to five colleagues", None),
    ],
)
def test_the_words_of_a_question_say_which_way_information_flows(question: str, way: Way | None) -> None:
    assert way_of(question) == way


@pytest.mark.parametrize(
    "words",
    [
        "name,level,hours\nAna,1,40\nBen,2,30\n",
        "name,team,phone 1,phone 2\nAna,Sales,12,13\nBen,IT,14,15\n",
        "name,role,comment\nAna,Chair,Who knows?\nBen,Clerk,none\n",
        "name,skill 1,skill 2\nAna,Python,Go\nBen,Go,SQL\n",
        "employee,Food [quality],Food [price]\nAna,good,bad\nBen,bad,good\n",
        "id,name,manager\n1,Ana,\n2,Ben,1\n",
    ],
)
def test_other_tables_of_people_are_no_surveys(words: str, tmp_path: Path) -> None:
    assert look(words, tmp_path).form is not Form.SURVEY


def test_everybody_across_and_down_is_on_the_map_also_whom_nobody_names() -> None:
    matrix = reading("who,ana,ben,cy\nana,,1,\nben,,,\ndan,,,\n")
    grid = reading(FORM.replace("Daily", "").replace("Never", ""))

    assert list(matrix.document.nodes) == ["ana", "ben", "dan", "cy"]
    assert list(grid.document.nodes) == ["Ana", "Ben", "Cy"]


def test_every_column_a_form_tool_writes_for_itself_is_left_aside(tmp_path: Path) -> None:
    seen = look(
        "Start time,Completion time,Username,Ana,Ben\n1.1.,1.1.,Ana,,x\n2.1.,2.1.,Ben,weekly,\n"
        "3.1.,3.1.,Cy,x,x\n",
        tmp_path,
    )

    assert [field for _, field in seen.mapping] == ["aside", "aside", "respondent", "person", "person"]


def test_where_people_write_their_last_name_first_a_comma_parts_no_name() -> None:
    words = 'Name,Whom do you ask?\n"Kos, Ana","Lee, Ben, Orr, Cy"\n"Lee, Ben","Orr, Cy"\n'

    opened = reading(words)

    assert sorted(node.name for node in opened.document.nodes.values()) == ["Kos, Ana", "Lee, Ben", "Orr, Cy"]
    assert len(opened.document.links) == 3


@pytest.mark.parametrize("answer", ["nobody", "n/a", "-", "--", "?", "I don't know", "myself", "Niemand"])
def test_an_answer_that_names_nobody_makes_no_person(answer: str) -> None:
    opened = reading(f"Name,Whom do you ask?\nAna,Ben\nBen,{answer}\n")

    assert list(opened.document.nodes) == ["Ana", "Ben"]


@pytest.mark.parametrize(
    ("cell", "fields"),
    [
        ("nie", None),
        ("jamais", None),
        ("o", None),
        ("●", {}),
        ("++", {}),
        ("täglich", {"per_week": 5.0}),
        ("chaque semaine", {"per_week": 1.0}),
        ("50%", {"strength": 0.5}),
        ('"1.234,5"', {"strength": 1234.5}),
        ("1 234", {"strength": 1234.0}),
    ],
)
@pytest.mark.parametrize("top", ["who,Ana,Ben,Cy", "Name,Whom do you meet? [Ana],[Ben],[Cy]"])
def test_a_mark_between_two_is_read_in_the_ways_people_write(
    top: str, cell: str, fields: dict[str, float] | None
) -> None:
    top = top.replace(",[", ",Whom do you meet? [")
    opened = reading(f"{top}\nAna,,{cell},\nBen,,,x\nCy,,,\n")

    found = [link for link in opened.document.links.values() if {link.source, link.target} == {"Ana", "Ben"}]
    assert len(found) == (fields is not None)
    assert all(getattr(found[0], name) == value for name, value in (fields or {}).items())
    assert not any(note.cell for note in opened.notes)


def test_a_word_in_a_matrix_that_tells_nothing_is_doubted_and_the_matrix_is_one_all_the_same() -> None:
    opened = reading("who,Ana,Ben,Cy\nAna,,dayly,x\nBen,dayly,,\nCy,1,,\n")

    assert list(opened.document.nodes) == ["Ana", "Ben", "Cy"]
    assert len(opened.document.links) == 4
    doubts = [(note.row, note.cell, note.offers) for note in opened.notes if note.cell]
    assert doubts == [(2, "dayly", ("daily",))]


@pytest.mark.parametrize(
    "heads",
    [
        "1st choice;2nd choice;3rd choice",
        "1. Wahl;2. Wahl;3. Wahl",
        "First friend;Second friend;Third friend",
    ],
)
def test_choices_numbered_in_front_are_one_question(heads: str) -> None:
    opened = reading(f"Student;{heads}\nAda;Bob;Cem;Dia\nBob;Ada;;\nCem;Ada;Bob;\nDia;Eve;;\nEve;;;\n")

    assert sorted(opened.document.nodes) == ["Ada", "Bob", "Cem", "Dia", "Eve"]
    ends = {frozenset((link.source, link.target)) for link in opened.document.links.values()}
    assert len(ends) == 5


def test_how_often_is_said_of_the_line_where_each_row_holds_one_answer() -> None:
    opened = reading("Employee,Asks for advice,How often,Since\nAna,Ben,weekly,2019\nAna,Cy,daily,2020\n")

    assert [(link.source, link.per_week, dict(link.extra)) for link in opened.document.links.values()] == [
        ("Ben", 1.0, {"Since": "2019"}),
        ("Cy", 5.0, {"Since": "2020"}),
    ]
    assert {link.purpose for link in opened.document.links.values()} == {"Asks for advice"}
    assert not any(node.extra for node in opened.document.nodes.values())


def test_who_answers_once_keeps_what_else_the_row_says() -> None:
    opened = reading("Employee,Asks for advice,How often,Room\nAna,Ben,weekly,12\nBen,Cy,daily,14\n")

    rooms = {str(node.name): dict(node.extra) for node in opened.document.nodes.values()}
    assert rooms == {"Ana": {"Room": "12"}, "Ben": {"Room": "14"}, "Cy": {}}
    assert [link.per_week for link in opened.document.links.values()] == [1.0, 5.0]


def test_what_two_rows_say_differently_of_one_person_is_noted() -> None:
    opened = reading("Name,Whom do you ask?,Level,Room\nAna,Ben,1,12\nAna,Cy,2,14\nBen,Ana,1,12\n")

    ana = opened.document.nodes[NodeId("Ana")]
    assert (ana.level, ana.extra) == (1, {"Room": "12"})
    told = [
        (note.row, note.column, note.cell, str(note.message))
        for note in opened.notes
        if "stays" in str(note.message)
    ]
    assert told == [
        (3, 3, "2", "Ana: “1” was said before and stays; “2” was left out."),
        (3, None, "", "Ana: “12” was said before and stays; “14” was left out."),
    ]


def test_two_who_name_each_other_confirm_a_line_only_if_both_tell_of_that_one() -> None:
    words = "respondent,question,answer\nAna,{0},Ben\nBen,{0},Ana\n"

    asks = reading(words.format("Whom do you ask?"))
    talk = reading(words.format("Who do you talk to?"))
    told_both = reading(words.format("Whom do you ask?"), asked(ways={"Whom do you ask?": Way.BOTH}))

    assert [line[:2] for line in lines(asks.document)] == [("Ben > Ana", "claimed"), ("Ana > Ben", "claimed")]
    assert [line[:2] for line in lines(talk.document)] == [("Ana <> Ben", "confirmed")]
    assert [line[:2] for line in lines(told_both.document)] == [("Ana <> Ben", "confirmed")]


def test_whoever_names_many_in_a_row_each_is_no_list_of_people() -> None:
    rows = [
        f"{who},{whom}"
        for who in ("Ana", "Ben")
        for whom in ("Ana", "Ben", "Cy", "Dan", "Eve")
        if who != whom
    ]
    opened = reading("Name,Whom do you ask for advice?\n" + "\n".join(rows) + "\n")

    assert len(opened.document.links) == 8
    assert not any(node.extra for node in opened.document.nodes.values())
