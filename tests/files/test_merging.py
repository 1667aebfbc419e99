"""An import into an open map is one change; the same file again is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgmap.files import formats, pasted, tables
from orgmap.files.merging import joined, merge
from orgmap.files.reading import ReadOptions
from orgmap.model import edits
from orgmap.model.document import Document, problems
from orgmap.model.entities import LinkKind, ModuleId, NodeId, StickyId, StickyNote
from tests.files.documents import documents
from tests.files.workbooks import row, xlsx
from tests.words import org

TABLE = "from,to,channel,per_week\nana,ben,chat,2\nana,ben,chat,2\nben,cy,pigeon,1\ncy,Sales,,\n"


def imported(words: str = TABLE) -> Document:
    return tables.read(words.encode(), Path("links.csv"), ReadOptions()).document


def test_an_import_into_an_empty_map_brings_everything() -> None:
    document = Document()

    merged = document.apply(merge(document, imported()))

    assert (merged.nodes, merged.links) == (imported().nodes, imported().links)
    assert problems(merged) == []


def test_the_same_file_a_second_time_changes_nothing() -> None:
    merged = Document().apply(merge(Document(), imported()))

    assert not merge(merged, imported())


def test_an_import_is_one_step_that_undo_takes_back() -> None:
    document = org("zoe > ana")
    change = merge(document, imported())

    assert document.apply(change).apply(change.inverse()) == document


def test_people_are_known_again_by_name_and_stay_where_they_are() -> None:
    drawn, ana = edits.add_node(Document(), "ana", (10.0, 20.0))
    document = Document().apply(drawn)

    merged = document.apply(merge(document, imported("name,level,x,y\nana,2,99,99\nben,3,5,5\n")))

    node = merged.nodes[ana]
    assert (node.level, node.x, node.y) == (2, 10.0, 20.0)
    assert {n.name for n in merged.nodes.values()} == {"ana", "ben"}
    assert problems(merged) == []


def test_a_name_that_two_people_have_is_not_guessed_at() -> None:
    document = org("")
    for _ in range(2):
        document = document.apply(edits.add_node(document, "ana")[0])

    merged = document.apply(merge(document, imported("from,to\nana,ben\n")))

    assert [n.name for n in merged.nodes.values()].count("ana") == 3


def test_letter_case_and_spaces_in_a_name_make_no_second_person() -> None:
    document = org("ana <> ben", modules={"Sales": "ana"})

    merged = document.apply(merge(document, imported("id,name,team\n7,ANA,sales\n8,Ben ,sales\n")))

    assert [n.name for n in merged.nodes.values()] == ["ana", "ben"]
    assert [m.name for m in merged.modules.values()] == ["Sales"]


def test_letter_case_tells_two_people_apart_who_differ_in_nothing_else() -> None:
    document = org("ana <> ben")

    merged = document.apply(merge(document, imported("from,to\nAna,ana\nana,ben\n")))

    assert sorted(n.name for n in merged.nodes.values()) == ["Ana", "ana", "ben"]


def test_an_id_given_here_says_nothing_about_a_person_of_a_foreign_file() -> None:
    document = Document().apply(edits.add_node(Document(), "Ana")[0])
    assert list(document.nodes) == ["n1"]

    merged = document.apply(merge(document, imported("id,name\nn1,Zoe\n")))

    assert sorted(n.name for n in merged.nodes.values()) == ["Ana", "Zoe"]
    assert problems(merged) == []


NUMBERED = "id,name\n1,Ana Kos\n2,Ben Lee\n3,Cy Orr\n"


@pytest.mark.parametrize(
    ("rows", "people"),
    [
        ("1,Di Poe\n2,Ed Fox\n", {"Ana Kos", "Ben Lee", "Cy Orr", "Di Poe", "Ed Fox"}),
        ("1,Ben Lee\n2,Cy Orr\n3,Ana Kos\n", {"Ana Kos", "Ben Lee", "Cy Orr"}),
        ("1,Cy Orr\n2,Di Poe\n", {"Ana Kos", "Ben Lee", "Cy Orr", "Di Poe"}),
    ],
)
def test_people_whom_another_file_numbers_from_one_on_are_not_those_of_the_same_numbers_here(
    rows: str, people: set[str]
) -> None:
    before = imported(NUMBERED)
    again = imported(f"id,name\n{rows}")

    found = joined(before, again)

    after = before.apply(found.change)
    assert {node.name for node in after.nodes.values()} == people
    assert all(after.nodes[key].name == node.name for key, node in before.nodes.items())
    assert "belong to others on this map" in str(found.notes[0].message)
    assert not merge(after, again)


def test_an_id_tells_who_is_called_otherwise_now_and_it_is_said() -> None:
    before = imported(NUMBERED)

    found = joined(before, imported("id,name\n1,Ana Novak\n2,Ben Lee\n3,Kim Ito\n"))

    after = before.apply(found.change)
    assert [node.name for node in after.nodes.values()] == ["Ana Novak", "Ben Lee", "Kim Ito"]
    assert "Cy Orr → Kim Ito" in str(found.notes[0].message)


def test_two_ids_that_change_places_move_nobody() -> None:
    before = imported(NUMBERED + "4,Di Poe\n5,Ed Fox\n")

    change = merge(before, imported("id,name\n2,Ana Kos\n1,Ben Lee\n3,Cy Orr\n4,Di Poe\n5,Ed Fox\n"))

    assert not change


def test_an_accent_written_in_another_way_makes_no_second_person() -> None:
    before = imported("name,level\nJos\u00e9 D\u00edaz,1\n")

    after = before.apply(merge(before, imported("name,level\nJose\u0301 Di\u0301az,2\n")))

    assert [node.level for node in after.nodes.values()] == [2]


def test_what_the_user_changed_after_an_import_stays() -> None:
    document = Document().apply(merge(Document(), imported("from,to\n7,8\n")))
    document = document.apply(edits.rename(document, NodeId("7"), "Ana"))
    document = document.apply(edits.set_fields(document, ["7"], decides=True))

    assert not merge(document, imported("from,to\n7,8\n"))


def test_a_later_version_of_a_file_updates_what_it_says_and_adds_what_is_new() -> None:
    document = Document().apply(merge(Document(), imported("from,to,per_week\nana,ben,2\n")))

    change = merge(document, imported("from,to,per_week\nana,ben,5\nben,cy,1\n"))

    merged = document.apply(change)
    assert [(k.source, k.target, k.per_week) for k in merged.links.values()] == [
        ("ana", "ben", 5.0),
        ("ben", "cy", 1.0),
    ]
    assert len(change.links) == 2


def test_channels_are_known_by_name_and_those_not_used_are_not_brought() -> None:
    document = Document(channels={})

    merged = document.apply(merge(document, imported()))

    assert [channel.name for channel in merged.channels.values()] == ["chat", "pigeon"]
    assert problems(merged) == []


def test_an_import_cannot_put_modules_inside_themselves() -> None:
    one = imported("name,kind,parent\na,team,\nb,team,a\n")
    other = imported("name,kind,parent\nb,team,\na,team,b\n")

    merged = one.apply(merge(one, other))

    assert problems(merged) == []
    assert merged.modules[ModuleId("b")].parent == "a"


def test_people_join_further_modules_and_keep_their_home() -> None:
    document = imported("name,team\nana,Sales\n")

    merged = document.apply(merge(document, imported("name,team\nana,Board\n")))

    assert merged.nodes[NodeId("ana")].modules == ("Sales", "Board")


def test_the_open_map_keeps_its_title() -> None:
    document = org("a > b", title="Mine")
    theirs = org("a > c", title="Theirs", purpose="win")

    merged = document.apply(merge(document, theirs))

    assert (merged.info.title, merged.info.purpose) == ("Mine", "win")


def test_a_two_way_link_drawn_the_other_way_round_is_the_same_link() -> None:
    document = org("ana <> ben, ana > cy")

    merged = document.apply(merge(document, org("ben <> ana, cy > ana")))

    assert [(k.source, k.target) for k in merged.links.values()] == [
        ("ana", "ben"),
        ("ana", "cy"),
        ("cy", "ana"),
    ]


def test_parallel_links_become_as_many_as_the_import_has() -> None:
    document = org("ana > ben")

    merged = document.apply(merge(document, org("ana > ben, ana > ben")))

    assert len(merged.links) == 2


@settings(derandomize=True, deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(documents(), documents(), st.booleans())
def test_any_map_can_be_merged_into_any_other(one: Document, other: Document, empty: bool) -> None:
    one = Document() if empty else one

    merged = one.apply(merge(one, other))

    assert problems(merged) == []
    assert one.nodes.keys() <= merged.nodes.keys()
    assert one.links.keys() <= merged.links.keys()


@pytest.mark.parametrize("kind", list(LinkKind))
def test_links_of_another_kind_are_links_of_their_own(kind: LinkKind) -> None:
    document = org("ana > ben")
    theirs = replace(document, links={k: replace(v, kind=kind) for k, v in document.links.items()})

    merged = document.apply(merge(document, theirs))

    assert len(merged.links) == (1 if kind is LinkKind.TALKS else 2)
    assert problems(merged) == []


def test_what_of_an_import_cannot_be_taken_in_is_told() -> None:
    document = Document().apply(
        merge(Document(), imported("name,kind,parent\nIT,module,Firm\nFirm,module,\n"))
    )
    foreign = imported("name,kind,parent\nIT,module,\nFirm,module,IT\n")
    sticky = StickyNote(id=StickyId("s1"), text="look here", x=0.0, y=0.0)

    step = joined(document, replace(foreign, stickies={sticky.id: sticky}))

    assert not step.change
    assert [str(note.message) for note in step.notes] == [
        "IT lies in Firm already, so Firm was not laid in it.".replace("already", "on this map already"),
        "1 note, picture or remark on a finding was left out: an import brings people, modules and links.",
    ]


SURVEY = "respondent;question;answer\nana;Whom do you ask?;ben, cy\nben;Whom do you ask?;ana\n"
WIDE = "name,team,Who do you talk to? [ana],Who do you talk to? [ben]\nana,Sales,,daily\nben,IT,weekly,\n"
KINDS: dict[str, tuple[str, bytes]] = {
    "links": ("links.csv", TABLE.encode()),
    "people": ("people.csv", b"id,name,team,manager,x,y\n1,ana,Sales,\n2,ben,Sales;IT,1,3,4\n"),
    "matrix": ("matrix.csv", b"who,ana,ben,cy\nana,,2,daily\nben,1,,x\n"),
    "long": ("long.csv", SURVEY.encode()),
    "wide": ("wide.csv", WIDE.encode()),
    "xlsx": ("book.xlsx", xlsx({"Staff": row("name", "team") + row("ana", "A"), "Links": row("from", "to")})),
    "graphml": (
        "g.graphml",
        b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed">'
        b'<node id="a"/><node id="b"/><edge source="a" target="b"/></graph></graphml>',
    ),
    "gexf": (
        "g.gexf",
        b'<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph><nodes><node id="0" label="ana"/>'
        b'<node id="1" label="ben"/></nodes><edges><edge source="0" target="1"/></edges></graph></gexf>',
    ),
    "pajek": ("g.net", b'*Vertices 3\n1 "ana"\n2 "ben"\n3 "cy"\n*Arcs\n1 2 3\n*Edges\n2 3\n'),
    "json": (
        "g.json",
        b'{"nodes": [{"id": 1, "name": "ana"}, {"id": 2}], "links": [{"source": 1, "target": 2}]}',
    ),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("empty", [True, False])
def test_the_same_file_of_any_kind_again_is_nothing_also_after_moving_and_renaming(
    kind: str, empty: bool
) -> None:
    name, data = KINDS[kind]
    found = formats.read_bytes(data, Path(name)).document
    document = Document() if empty else org("zoe > dan")
    once = document.apply(merge(document, found))
    places: dict[NodeId, tuple[float, float]] = {key: (50.0 * at, 7.0) for at, key in enumerate(once.nodes)}
    moved = once.apply(edits.move(once, places))
    for key in moved.modules:
        moved = moved.apply(edits.rename(moved, key, f"The {moved.modules[key].name}"))

    assert found.nodes
    assert not merge(once, found)
    assert not merge(moved, formats.read_bytes(data, Path(name)).document)


def test_the_same_rows_pasted_again_are_nothing() -> None:
    rows = pasted.recognized("from\tto\nana\tben\nben\tcy", "", Document())
    found = pasted.read(rows).document
    once = Document().apply(merge(Document(), found))

    assert not merge(once, pasted.read(rows).document)


def proposed(document: Document, words: str) -> list[tuple[str, str] | None]:
    return [note.spellings for note in joined(document, imported(words)).notes]


def test_a_new_name_that_is_near_one_of_the_map_is_proposed_and_not_merged() -> None:
    document = Document().apply(merge(Document(), imported("from,to\nAna Kos,Ben Zupan\nCy Roth,Ana Kos\n")))

    assert proposed(document, "from,to\nAnna Kos,Ben Zupan\n") == [("Ana Kos", "Anna Kos")]
    assert proposed(document, "from,to\nAna Novak,Benno Zupan\n") == []
    assert proposed(document, "from,to\nAna Kos,Ben Zupan\nAnna Kos,Ben Zupan\n") == []  # both in the file
    assert len(document.apply(merge(document, imported("from,to\nAnna Kos,Dee\n"))).nodes) == 5


def test_a_module_that_is_spelt_otherwise_is_proposed_too() -> None:
    document = Document().apply(merge(Document(), imported("name,team\nAna,Verkauf Süd\n")))

    assert proposed(document, "name,team\nAna,Verkauf Sued\n") == [("Verkauf Süd", "Verkauf Sued")]


def test_a_name_of_the_map_that_is_said_to_be_another_in_the_file_is_called_so() -> None:
    document = Document().apply(merge(Document(), imported("from,to\nAna Kos,Ben Zupan\n")))

    step = joined(document, imported("from,to\nAnna Kos,Ben Zupan\n"), {"Ana Kos": "Anna Kos"})

    assert [node.name for node in document.apply(step.change).nodes.values()] == ["Anna Kos", "Ben Zupan"]
    assert step.notes == ()


def test_a_name_that_several_have_on_the_map_is_told_with_the_one_that_is_added() -> None:
    document = org("")
    for _ in range(2):
        document = document.apply(edits.add_node(document, "ana")[0])

    (note,) = joined(document, imported("from,to\nana,ben\n")).notes

    assert "one more was added: ana." in str(note.message)
