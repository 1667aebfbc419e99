"""Lists of staff as offices keep them: names in two columns, bosses by number, other languages, a total."""

from __future__ import annotations

from orgmap.files.reading import Form, Opened, Spot
from orgmap.model.entities import LinkKind
from tests.files.rows import arrows, asked, notes, reading

HEADS = "Personalnummer;Vorname;Nachname;Abteilung;Position;Vorgesetzter\n"
STAFF = "Name,Reports to,Team\nEva Stone,,Board\nAna Novak,Eva Stone,Sales\n"


def bosses(opened: Opened) -> list[str]:
    links = opened.document.links.values()
    assert {link.kind for link in links} <= {LinkKind.REPORTS}
    nodes = {str(key): node.name for key, node in opened.document.nodes.items()}
    return [f"{nodes[str(link.source)]} leads {nodes[str(link.target)]}" for link in links]


def test_a_german_list_of_staff_is_a_table_of_people() -> None:
    opened = reading(
        "Vorname Nachname;Abteilung;Vorgesetzter\r\nJürgen Groß;Leitung;\r\nÄnne Öhl;Technik;Jürgen Groß\r\n"
    )

    assert [(node.name, node.modules) for node in opened.document.nodes.values()] == [
        ("Jürgen Groß", ("Leitung",)),
        ("Änne Öhl", ("Technik",)),
    ]
    assert bosses(opened) == ["Jürgen Groß leads Änne Öhl"]
    assert opened.notes == ()


def test_first_and_last_names_in_two_columns_are_one_name() -> None:
    opened = reading("First name,Last name,Department,Manager\nEva,Stone,Board,\nAna,Novak,Sales,Eva Stone\n")

    assert [node.name for node in opened.document.nodes.values()] == ["Eva Stone", "Ana Novak"]
    assert bosses(opened) == ["Eva Stone leads Ana Novak"]


def test_beside_a_whole_name_its_parts_are_kept_as_they_are() -> None:
    opened = reading("Name,First name,Team\nEva Stone,Eva,Board\nAna Novak,Ana,Sales\n")

    nodes = list(opened.document.nodes.values())
    assert [(node.name, dict(node.extra)) for node in nodes] == [
        ("Eva Stone", {"First name": "Eva"}),
        ("Ana Novak", {"First name": "Ana"}),
    ]


def test_where_names_stand_in_two_columns_a_boss_may_be_written_last_name_first() -> None:
    opened = reading(
        HEADS + "1;Eva;Stone;Board;Head;\n2;Ana;Novak;Sales;;Stone, Eva\n3;Ben;Ash;Sales;;Gone, Al\n"
    )

    assert bosses(opened) == ["Eva Stone leads Ana Novak", "Gone, Al leads Ben Ash"]
    assert [row for row, _ in notes(opened)] == [4]  # of him alone, who is not in the list


def test_bosses_are_known_by_their_number() -> None:
    opened = reading("Employee ID,Full name,Manager ID\n7,Ana Novak,1\n1,Eva Stone,\n")

    assert bosses(opened) == ["Eva Stone leads Ana Novak"]
    assert all(not node.extra for node in opened.document.nodes.values())


def test_a_count_at_the_end_of_a_list_is_left_out_and_said() -> None:
    for total in ("Total,,2\n", "TOTAL:,,\n", "Gesamt,,2 Personen\n\n"):
        opened = reading(STAFF + total)

        assert [node.name for node in opened.document.nodes.values()] == ["Eva Stone", "Ana Novak"]
        assert [(note.row, note.column, note.left_out) for note in opened.notes] == [(4, 1, True)]
        assert str(opened.notes[0].message).endswith("not like somebody; it was left out.")


def test_somebody_called_total_is_read_if_the_row_says_more_or_stands_among_others() -> None:
    with_team = reading(STAFF + "Total,,Sales\n")
    between = reading(STAFF + "Total,,\nBen Ash,Ana Novak,\n")
    corrected = reading(STAFF + "Total,,2\n", asked(corrections={Spot("links.csv", 4, 1): "Jo Total"}))

    for opened, name in ((with_team, "Total"), (between, "Total"), (corrected, "Jo Total")):
        assert name in [node.name for node in opened.document.nodes.values()]
        assert opened.notes == ()


def test_a_count_below_a_table_of_links_is_no_link() -> None:
    opened = reading("from,to,weight\nAna,Ben,1\nBen,Cy,2\nTotal,,3\n")

    assert sorted(opened.document.nodes) == ["Ana", "Ben", "Cy"]
    assert [note.left_out for note in opened.notes] == [True]


def test_whatever_the_columns_are_called_a_table_is_what_somebody_says_it_is() -> None:
    words = "Navn,Avdeling,Sjef\nEva,Styre,\nAna,Salg,Eva\n"

    people = reading(words, asked(form=Form.PEOPLE, mapping={"Avdeling": "modules", "Sjef": "manager"}))
    answers = reading(words, asked(form=Form.SURVEY))
    links = reading("name,team\nAna,Ben\nBen,Cy\n", asked(form=Form.LINKS))

    assert [(node.name, node.modules) for node in people.document.nodes.values()] == [
        ("Eva", ("Styre",)),
        ("Ana", ("Salg",)),
    ]
    assert bosses(people) == ["Eva leads Ana"]
    assert sorted(answers.document.nodes) == ["Ana", "Eva", "Salg", "Styre"]
    assert arrows(links.document) == ["Ana > Ben", "Ben > Cy"]


def test_told_to_be_people_the_first_row_names_the_columns_unless_it_stands_again_below() -> None:
    named = reading("Navn,Sjef\nEva,\nAna,Eva\n", asked(form=Form.PEOPLE))
    bare = reading("Eva,Eva\nAna,Eva\n", asked(form=Form.PEOPLE))

    assert sorted(named.document.nodes) == ["Ana", "Eva"]
    assert sorted(bare.document.nodes) == ["Ana", "Eva"]
