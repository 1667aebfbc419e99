"""Tables of links and people become maps; every bad row is listed with its number and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgmap.errors import ReadError
from orgmap.model.entities import LinkKind, NodeId, NodeKind, Status
from tests.files.rows import arrows, asked, notes, reading, with_people


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_delimiter_encoding_and_line_end_is_found_out(sign: str, encoding: str, end: str) -> None:
    rows = [("From", "To", "Per week"), ("Łukasz", "Ørjan", "2"), ("Ørjan", "Ana", "3")]

    opened = reading((end.join(sign.join(row) for row in rows) + end).encode(encoding))

    assert arrows(opened.document) == ["Łukasz > Ørjan", "Ørjan > Ana"]
    assert [link.per_week for link in opened.document.links.values()] == [2.0, 3.0]
    assert opened.notes == ()


def test_a_first_line_that_names_the_delimiter_is_obeyed_and_counted() -> None:
    opened = reading("sep=;\nfrom;to;purpose\nana;ben;a,b,c\nana;;\n")

    assert [link.purpose for link in opened.document.links.values()] == ["a,b,c"]
    assert notes(opened) == [(4, "The row names only one end; it was left out.")]


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp1252", ("François Müller", "Zoë Gårdström")),
        ("cp1250", ("Łukasz Wiśniewski", "Zdeněk Dvořák")),
        ("shift_jis", ("山田太郎", "鈴木花子さん")),
    ],
)
def test_windows_and_japanese_encodings_are_told_by_their_letters(
    encoding: str, names: tuple[str, str]
) -> None:
    text = "from,to,purpose\n" + "".join(f"{names[0]},{names[1]},{names[1]} {i}\n" for i in range(30))

    opened = reading(text.encode(encoding))
    told = reading(text.encode(encoding), asked(encoding=encoding))

    assert set(opened.document.nodes) == set(told.document.nodes) == set(names)
    assert "The text was read as" in str(opened.notes[0].message)
    assert told.notes == ()


@pytest.mark.parametrize(
    ("encoding", "words"), [("latin-99", "no encoding called latin-99"), ("ascii", "not in ascii: byte 8")]
)
def test_an_encoding_that_is_wrong_is_refused(encoding: str, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        reading("from,to\nÄ,Ö\n", asked(encoding=encoding))


def test_all_columns_of_a_link_are_understood_whatever_their_case_and_dashes() -> None:
    opened = reading(
        "Sender,Receiver,KIND,Two-Way,Channel,Frequency,Duration,Formal,Status,Purpose,Topic,Step,"
        "Needed within,answers_needed,No Answer Needed,Health,Strength,Colour of ink\n"
        'ana,ben,talks,yes,e-mail,"1,5",30,no,disputed,prices,sales,3,2.5,10,x,good,4,blue\n'
    )

    (link,) = opened.document.links.values()
    assert (link.source, link.target, link.kind, link.two_way) == ("ana", "ben", LinkKind.TALKS, True)
    assert (link.channel, link.per_week, link.minutes, link.formal) == ("mail", 1.5, 30.0, False)
    assert (link.status, link.purpose, link.topic, link.step) == (Status.DISPUTED, "prices", "sales", 3)
    assert (link.needed_within, link.answers_needed, link.no_answer_needed) == (2.5, 10, True)
    assert (link.health, link.strength, link.extra) == ("good", 4.0, {"Colour of ink": "blue"})
    assert opened.notes == ()


def test_all_columns_of_a_person_are_understood(tmp_path: Path) -> None:
    opened = with_people(
        tmp_path,
        "ID,Full name,Team,Level,Job title,Skills,Seeks,Newcomer,Decides,Capacity,X,Y,Shoe size\n"
        "7,Ana,Sales; Board,2,Lead,prices; law,help,no,yes,6,10.5,-3,38\n8,Ben,Sales,,,,,,,,,,\n",
        "from,to\n7,8\n",
    )

    ana = opened.document.nodes[NodeId("7")]
    assert (ana.name, ana.modules, ana.level, ana.title) == ("Ana", ("Sales", "Board"), 2, "Lead")
    assert (ana.knows, ana.seeks, ana.newcomer, ana.decides) == (("prices", "law"), ("help",), False, True)
    assert (ana.hours, ana.x, ana.y, ana.extra) == (6.0, 10.5, -3.0, {"Shoe size": "38"})
    assert (opened.notes, opened.placed) == ((), False)


def test_people_may_be_named_by_id_or_by_a_name_that_only_one_has(tmp_path: Path) -> None:
    people = "id,name\n1,Ana\n2,Ben\n3,Cy\n4,Cy\n"

    opened = with_people(tmp_path, people, "from,to\nAna,2\nBen,Cy\n")

    assert arrows(opened.document) == ["1 > 2"]
    assert notes(opened) == [
        (3, "Cy is the name of several; which is meant cannot be told, so that was left out.")
    ]


def test_an_end_that_is_not_among_the_people_is_made_and_noted(tmp_path: Path) -> None:
    opened = with_people(tmp_path, "name,team\nana,Sales\n", "from,to\nana,zoe\n")

    assert list(opened.document.nodes) == ["ana", "zoe"]
    assert notes(opened) == [(2, "zoe is not among the people; a person of that name was put on the map.")]


def test_without_a_people_table_everybody_comes_from_the_links_without_a_note() -> None:
    opened = reading("from,to\nana,ben\n")

    assert (list(opened.document.nodes), opened.notes) == (["ana", "ben"], ())


def test_an_arrow_that_asks_turns_talk_round_and_nothing_else() -> None:
    words = "from,to,kind,two_way\nana,ben,,\nana,ben,talks,yes\nana,ben,reports,\nana,ben,needs,\n"

    opened = reading(words, asked(arrows="asks"))

    assert arrows(opened.document) == ["ben > ana", "ben <> ana", "ben > ana", "ana > ben"]
    assert [k.kind.value for k in opened.document.links.values()] == ["talks", "talks", "reports", "needs"]


def test_the_first_of_a_reporting_row_reports_to_the_second() -> None:
    for opened in (
        reading("from,to\nana,boss\n", asked(kind="reports")),
        reading("from,to,kind\nana,boss,Reports to\n"),
    ):
        (link,) = opened.document.links.values()
        assert (link.kind, link.source, link.target) == (LinkKind.REPORTS, "boss", "ana")


def test_a_manager_column_makes_reporting_lines(tmp_path: Path) -> None:
    people = "id,name,reports_to\n1,Ana,\n2,Ben,1\n3,Cy,Ana\n4,Dov,Zoe\n5,Eva,5\n"

    opened = with_people(tmp_path, people, "from,to\n1,2\n")

    bosses = [(k.source, k.target) for k in opened.document.links.values() if k.kind is LinkKind.REPORTS]
    assert bosses == [("1", "2"), ("1", "3"), ("Zoe", "4")]
    assert notes(opened) == [
        (5, "Zoe is not among the people; a person of that name was put on the map."),
        (6, "5 is named as their own manager; that was left out."),
    ]


def test_a_table_of_people_alone_is_recognized() -> None:
    opened = reading("Name;Department;Manager\nAna;Sales;\nBen;Sales;Ana\n")

    assert [node.modules for node in opened.document.nodes.values()] == [("Sales",), ("Sales",)]
    assert arrows(opened.document) == ["Ana > Ben"]


def test_members_and_parts_make_modules(tmp_path: Path) -> None:
    members, parts = tmp_path / "members.csv", tmp_path / "parts.csv"
    members.write_text(
        "who,team,role\nana,Sales,lead\nben,Sales,member\nben,Board,clerk\n".replace("who", "from")
    )
    members.write_text("from,to,role\nana,Sales,lead\nben,Sales,lead\nben,Board,clerk\n")
    parts.write_text("from,to\nSales,Board\nSales,Works\n")
    further = ((members, asked(kind="member")), (parts, asked(kind="part-of")))

    opened = reading("from,to\nana,ben\n", asked(links=further))

    document = opened.document
    assert {k: (m.parent, m.lead, m.extra) for k, m in document.modules.items()} == {
        "Sales": ("Board", "ana", {"leads": "ben"}),
        "Board": (None, None, {}),
        "Works": (None, None, {}),
    }
    assert [n.modules for n in document.nodes.values()] == [("Sales",), ("Sales", "Board")]
    assert document.nodes[NodeId("ben")].extra == {"role in Board": "clerk"}
    assert notes(opened) == [
        (3, "Sales has several leads; ana is kept as the lead."),
        (3, "Sales lies in Board already; Works was left out."),
    ]


def test_modules_are_rows_too_with_parent_lead_purpose_and_needs() -> None:
    opened = reading(
        "name,kind,parent,lead,purpose,depends_on\nana,person,,,,\nSales,team,Company,ana,sell,Works\n"
        "Works,department,Company,,,\nCompany,division,,,,\n"
    )

    sales, works, company = opened.document.modules.values()
    assert (sales.parent, sales.lead, sales.purpose) == ("Company", "ana", "sell")
    assert (works.parent, company.parent) == ("Company", None)
    (link,) = opened.document.links.values()
    assert (link.kind, link.source, link.target) == (LinkKind.NEEDS, "Sales", "Works")


def test_modules_that_lie_in_one_another_are_broken_at_a_named_place() -> None:
    opened = reading("name,kind,parent\na,team,b\nb,team,c\nc,team,a\n", name="modules.csv")

    assert [module.parent for module in opened.document.modules.values()] == [None, "c", "a"]
    assert "a was taken out to the top" in notes(opened)[-1][1]


def test_a_module_of_a_bare_number_is_called_after_its_column_and_leaves_the_id_to_the_person() -> None:
    opened = reading("id,Group\n1,2\n2,1\n", name="people.csv")

    assert list(opened.document.nodes) == ["1", "2"]
    assert [(m.id, m.name) for m in opened.document.modules.values()] == [
        ("Group:2", "Group 2"),
        ("Group:1", "Group 1"),
    ]


def test_a_person_called_like_a_channel_keeps_the_id() -> None:
    opened = reading("from,to,channel\nmail,chat,mail\n")

    (link,) = opened.document.links.values()
    assert (link.source, link.target) == ("mail", "chat")
    assert link.channel is not None
    assert opened.document.channels[link.channel].name == "mail"


def test_kinds_of_nodes_are_read_from_everyday_words() -> None:
    opened = reading(
        "name,type\nana,Employee\nhead,senior_post\nacme,Client\nwiki,Wiki\nx,Zebra\n", name="people.csv"
    )

    assert [node.kind for node in opened.document.nodes.values()] == [
        NodeKind.PERSON,
        NodeKind.ROLE,
        NodeKind.OUTSIDE,
        NodeKind.SOURCE,
        NodeKind.PERSON,
    ]
    assert opened.document.nodes[NodeId("head")].extra == {"type": "senior_post"}
    assert notes(opened) == [(None, "No kind of node: Zebra. Read as persons, and kept as they are.")]


def test_without_a_header_the_first_two_columns_are_the_ends() -> None:
    opened = reading("ana,ben,3\nben,cy,2\n")

    assert arrows(opened.document) == ["ana > ben", "ben > cy"]
    assert [link.strength for link in opened.document.links.values()] == [3.0, 2.0]
    assert notes(opened) == [
        (None, "No column name was recognized: the first column is from, the second to.")
    ]


def test_a_header_can_be_insisted_on_or_denied() -> None:
    with_header = reading("wer,wen\nana,ben\n", asked(header=True))
    without = reading("from,to\nana,ben\n", asked(header=False))

    assert arrows(with_header.document) == ["ana > ben"]
    assert arrows(without.document) == ["from > to", "ana > ben"]


def test_a_mapping_says_what_the_columns_are() -> None:
    words = "wie oft,wen,wer\n3,ben,ana\n"

    opened = reading(words, asked(mapping={"wer": "source", "wen": "target", "wie oft": "per_week"}))
    kept = reading("from,to,purpose\nana,ben,x\n", asked(mapping={"purpose": ""}))

    (link,) = opened.document.links.values()
    assert (link.source, link.target, link.per_week) == ("ana", "ben", 3.0)
    assert next(iter(kept.document.links.values())).extra == {"purpose": "x"}


@pytest.mark.parametrize(
    ("weight", "field"), [("strength", "strength"), ("per_week", "per_week"), ("minutes", "minutes")]
)
def test_a_weight_is_thickness_unless_one_says_otherwise(weight: str, field: str) -> None:
    opened = reading("from,to,weight\nana,ben,4\n", asked(weight=weight))

    (link,) = opened.document.links.values()
    values = {name: getattr(link, name) for name in ("strength", "per_week", "minutes")}
    assert values == {**dict.fromkeys(values), field: 4.0}


def test_undirected_rows_are_two_way() -> None:
    opened = reading("from,to,kind\nana,ben,\nana,boss,reports\n", asked(undirected=True))

    assert arrows(opened.document) == ["ana <> ben", "boss > ana"]
    assert opened.notes == ()


def test_a_matrix_of_who_talks_to_whom_is_read() -> None:
    words = ";ana;ben;cy\nana;0;1;\nben;2;0;0\ncy;;1;1\n"

    opened = reading(words)
    both = reading(";ana;ben\nana;0;1\nben;1;0\n", asked(undirected=True))

    assert arrows(opened.document) == ["ana > ben", "ben > ana", "cy > ben"]
    assert [link.strength for link in opened.document.links.values()] == [1.0, 2.0, 1.0]
    assert notes(opened) == [(4, "The row links cy to itself; it was left out.")]
    assert arrows(both.document) == ["ana <> ben"]


def test_every_bad_cell_and_row_is_listed_and_the_good_ones_are_imported() -> None:
    opened = reading(
        "from,to,per_week,two_way,status,kind\n"  # row 1
        "ana,ben,-3,,,\n"
        "ana,cy,nan,,,\n"
        "ana,dan,1e999,,,\n"
        "ana,ana,,,,\n"
        ",ben,,,,\n"
        "\n"
        "ana,eva,,perhaps,,\n"
        "ana,flo,,,sure,\n"
        "ana,ben,,,,gossip\n"
        "ana,gus\n"
        "ana,ben,1,,,,beyond\n"
        "ana,ben,2,yes,,needs\n"
    )

    assert notes(opened) == [
        (2, "per_week: -3 is below zero; the cell was left out."),
        (3, "per_week: nan is no number; the cell was left out."),
        (4, "per_week: 1e999 is too large; the cell was left out."),
        (5, "The row links ana to itself; it was left out."),
        (6, "The row names only one end; it was left out."),
        (8, "two_way: perhaps is neither yes nor no; the cell was left out."),
        (
            9,
            "status: sure is none of confirmed, claimed, assumed, disputed, proposed; the cell was left out.",
        ),
        (10, "gossip is no kind of link; read as talks, and kept as it is."),
        (11, "The row ends after 2 of 6 cells; the rest is taken as empty."),
        (12, "The row has one cell more than there are columns, which was left out: beyond."),
        (13, "Only talk goes both ways; this link points one way."),
    ]
    assert len(opened.document.links) == 9
    assert {note.place for note in opened.notes} == {"links.csv"}


def test_a_person_who_stands_twice_is_joined_in_their_modules_and_noted(tmp_path: Path) -> None:
    opened = with_people(tmp_path, "id,team\n1,Sales\n1,Board\n", "from,to\n1,2\n")

    assert opened.document.nodes[NodeId("1")].modules == ("Sales", "Board")
    assert notes(opened)[0] == (3, "1 was there already; of this second one only the modules were added.")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ana Novak", "ana novak"), ("Ana Novak", "Ana  Novak"), ("Zoë", "Zoe")],
)
def test_the_same_person_in_two_spellings_is_proposed_for_merging_and_not_merged(
    one: str, other: str
) -> None:
    opened = reading(f"from,to\n{one},Ben\nBen,{other}\n")

    assert list(opened.document.nodes) == [one, "Ben", other]
    assert notes(opened) == [
        (None, f"“{one}” and “{other}” may be the same person, spelt in several ways; nothing was merged.")
    ]


def test_rows_that_say_the_same_are_kept_and_told() -> None:
    opened = reading("from,to,channel\nAna,Ben,chat\nAna,Ben,mail\nAna,Ben,chat\nBen,Ana,chat\n")

    assert len(opened.document.links) == 4
    assert [str(note.message) for note in opened.notes] == [
        "1 row says just what an earlier row says, and is a line of its own: Ana to Ben."
    ]
