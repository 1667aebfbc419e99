"""The native file holds everything, and is read strictly."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from orgmap.assets import asset
from orgmap.errors import ReadError
from orgmap.files import native
from orgmap.files.migrations import CURRENT, migrated
from orgmap.files.reading import Opened
from orgmap.model.document import Document, problems
from orgmap.model.entities import LinkId, MapInfo
from orgmap.progress import Cancelled, Progress
from tests.files.documents import documents
from tests.words import TEST_ORGANIZATION, org

OLD = Path(__file__).parent / "old"
FILE = Path("plan.orgmap")
SMALL: dict[str, Any] = {
    "orgmap": 1,
    "modules": [{"id": "m", "name": "Sales"}],
    "nodes": [{"id": "a", "name": "Ana", "modules": ["m"]}, {"id": "b", "name": "Ben"}],
    "links": [{"id": "l", "source": "a", "target": "b"}],
}


def reading(plain: object) -> Opened:
    return native.read(json.dumps(plain).encode(), FILE)


def with_node(**fields: object) -> dict[str, Any]:
    return {**SMALL, "nodes": [{"id": "a", "name": "Ana", **fields}, SMALL["nodes"][1]]}


def with_link(**fields: object) -> dict[str, Any]:
    return {**SMALL, "links": [{"id": "l", "source": "a", "target": "b", **fields}]}


@settings(derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_every_document_comes_back_as_it_was_and_gives_the_same_bytes(document: Document) -> None:
    data = native.encoded(document)

    again = native.read(data, FILE)

    assert again.document == document
    assert again.document.serial == document.serial
    for name in ("channels", "modules", "nodes", "links"):
        assert list(getattr(again.document, name)) == list(getattr(document, name))
    assert again.notes == ()
    assert native.encoded(again.document) == data


@settings(derandomize=True, deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_every_file_keeps_to_the_published_schema(document: Document) -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads(asset("schema", "orgmap-1.schema.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema)

    errors = [error.message for error in validator.iter_errors(json.loads(native.encoded(document)))]

    assert errors == []


def test_the_schema_knows_every_field_and_refuses_a_wrong_type() -> None:
    from jsonschema import Draft202012Validator

    from orgmap.files import plain

    schema = json.loads(asset("schema", "orgmap-1.schema.json").read_text(encoding="utf-8"))
    parts = {"map": plain.INFO, "channel": plain.CHANNEL, "module": plain.MODULE}
    parts |= {"node": plain.NODE, "link": plain.LINK, "remark": plain.REMARK}

    assert {n: set(schema["$defs"][n]["properties"]) for n in parts} == {n: set(s) for n, s in parts.items()}
    assert not Draft202012Validator(schema).is_valid(with_node(level="high"))


def test_one_entity_stands_on_one_line() -> None:
    lines = native.encoded(org("ana > ben")).decode().splitlines()

    assert '{"id": "ana", "name": "ana"},' in lines
    assert '{"id": "l1", "source": "ana", "target": "ben"}' in lines


def test_equal_documents_give_equal_bytes_whether_numbers_are_whole_or_not() -> None:
    ana = org("ana > ben").nodes
    node = next(iter(ana.values()))
    one = Document(nodes={node.id: replace(node, hours=8.0, x=1.0, y=-0.0)})
    other = Document(nodes={node.id: replace(node, hours=8, x=1, y=0)})

    assert native.encoded(one) == native.encoded(other)


@pytest.mark.parametrize("path", sorted(OLD.glob("*.orgmap")), ids=lambda path: path.name)
def test_files_of_every_version_ever_written_open_for_ever(path: Path) -> None:
    opened = native.read(path.read_bytes(), path)

    assert opened.notes == ()
    assert problems(opened.document) == []
    assert opened.document.info.title == "Old and dear"
    assert len(opened.document.nodes) == 4
    assert native.encoded(opened.document).startswith(f'{{\n"orgmap": {CURRENT},'.encode())


def test_migrations_run_one_after_the_other_on_plain_data_and_leave_it_alone() -> None:
    def people_to_nodes(data: dict[str, Any]) -> dict[str, Any]:
        return {**{k: v for k, v in data.items() if k != "people"}, "nodes": data["people"], "orgmap": 2}

    def named(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "nodes": [{**n, "name": n["id"]} for n in data["nodes"]], "orgmap": 3}

    old = {"orgmap": 1, "people": [{"id": "ana"}]}

    new = migrated(old, 1, (people_to_nodes, named))
    middle = migrated({"orgmap": 2, "nodes": [{"id": "ana"}]}, 2, (people_to_nodes, named))

    assert new == middle == {"orgmap": 3, "nodes": [{"id": "ana", "name": "ana"}]}
    assert old == {"orgmap": 1, "people": [{"id": "ana"}]}


def test_what_a_newer_program_added_is_kept_and_written_back() -> None:
    plain = {
        **SMALL,
        "map": {"title": "T", "mood": "calm"},
        "channels": [{"id": "c", "name": "pigeon", "wings": 2}],
        "nodes": [{"id": "a", "name": "Ana", "birthday": [1, 2]}, {"id": "b", "name": "Ben"}],
        "views": [{"name": "start"}],
    }

    again = json.loads(native.encoded(reading(plain).document))

    assert again["views"] == [{"name": "start"}]
    assert again["map"]["mood"] == "calm"
    assert again["channels"][0]["wings"] == 2
    assert again["nodes"][0]["birthday"] == [1, 2]


def test_a_newer_format_is_refused_with_a_clear_word() -> None:
    with pytest.raises(
        ReadError, match=r"plan\.orgmap: This file was made with a newer orgmap.*newer program"
    ):
        reading({**SMALL, "orgmap": CURRENT + 1})


@pytest.mark.parametrize(
    ("plain", "place"),
    [
        ({**SMALL, "nodes": {}}, "$.nodes"),
        ({**SMALL, "nodes": [3]}, "$.nodes[0]"),
        ({**SMALL, "map": []}, "$.map"),
        ({**SMALL, "map": {"title": 3}}, "$.map.title"),
        ({**SMALL, "map": {"thresholds": {"a": "b"}}}, "$.map.thresholds.a"),
        ({**SMALL, "serial": "x"}, "$"),
        ({**SMALL, "orgmap": "1"}, "$.orgmap"),
        ({**SMALL, "orgmap": True}, "$.orgmap"),
        (with_node(level="high"), "$.nodes[0].level"),
        (with_node(level=1.5), "$.nodes[0].level"),
        (with_node(modules=["m", 3]), "$.nodes[0].modules[1]"),
        (with_node(newcomer=1), "$.nodes[0].newcomer"),
        (with_node(kind="ghost"), "$.nodes[0].kind"),
        (with_node(extra=[]), "$.nodes[0].extra"),
        (with_node(name=None), "$.nodes[0].name"),
        ({**SMALL, "nodes": [{"id": "a"}]}, "$.nodes[0]"),
        ({**SMALL, "modules": [{"id": "m", "name": "M", "frame": {"x": 1}}]}, "$.modules[0].frame"),
        (with_link(per_week="often"), "$.links[0].per_week"),
        (with_link(two_way="yes"), "$.links[0].two_way"),
        (with_link(status=None), "$.links[0].status"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_with_its_path(plain: dict[str, Any], place: str) -> None:
    with pytest.raises(ReadError) as caught:
        reading(plain)

    assert caught.value.place == f"plan.orgmap, {place}"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty"),
        (b" \n\t", "The file is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(1, 90)), "This is not an orgmap file"),
        (b"from,to\nana,ben\n", "This is not an orgmap file"),
        (b'{"nodes": []}', "This is not an orgmap file"),
        (b'{"orgmap": 1, "nodes": [' + b"[" * 100_000, "nested too deeply"),
        (b'{"orgmap": 1, "later": ' + b"[" * 200 + b"]" * 200 + b"}", "nested too deeply"),
        (b'{"orgmap": 1, "nodes": []}' + b"\0" * 4_096, "nothing but zeros"),
        (b"\0" * 4_096, "nothing but zeros"),
        (b'{"orgmap": 1, "nodes": [', "ends in the middle, at line 1"),
        (b'{"orgmap": 1,\n "nodes": "abc', "ends in the middle, at line 2"),
        (b'{"orgmap": 1,\n nodes: []}', "damaged at line 2, column 2"),
        (b'{"orgmap": 1, "map": {"title": "\xff"}}', "byte 32 is no text in UTF-8"),
        (b'{"orgmap": 1, "serial": ' + b"9" * 5_000 + b"}", "a number that cannot be: 99999"),
        (b'{"orgmap": 1, "later": NaN}', "a number that cannot be: NaN"),
        (b'{"orgmap": 1, "later": [-Infinity]}', "a number that cannot be: -Infinity"),
        (b'{"orgmap": 1, "later": 1e400}', "a number that cannot be: 1e400"),
    ],
)
def test_a_damaged_or_foreign_file_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(ReadError) as caught:
        native.read(data, FILE)

    assert words in str(caught.value)


def test_the_way_out_is_named_if_a_previous_version_is_there(tmp_path: Path) -> None:
    path = tmp_path / "plan.orgmap"
    native.save(org("a > b"), path)
    native.save(org("a > b, b > c"), path)
    path.write_bytes(b"")

    with pytest.raises(ReadError, match=r"The file is empty\. .* is kept in plan\.orgmap\.bak"):
        native.load(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8"])
def test_other_encodings_of_the_same_text_open(encoding: str) -> None:
    document = org("Łukasz > Ørjan")

    data = native.encoded(document).decode().replace("\n", "\r\n").encode(encoding)

    assert native.read(data, FILE).document == document


def test_without_a_previous_version_it_is_said_what_to_do_next(tmp_path: Path) -> None:
    path = tmp_path / "plan.orgmap"
    path.write_bytes(b"\x89PNG\r\n")

    with pytest.raises(
        ReadError, match=r"not an orgmap file\. Open another file, or an older copy of this one"
    ):
        native.load(path)


def test_one_map_and_its_file_can_be_empty() -> None:
    opened = native.read(b'{"orgmap": 1}', FILE)

    assert opened.document == Document()
    assert opened.placed


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        (with_link(target="zoe"), "The link l ends on zoe, which is not there"),
        (with_link(target="a"), "The link l leads from a to itself"),
        (with_link(channel="pigeon"), "names the channel pigeon"),
        (with_link(kind="needs", two_way=True), "cannot go both ways"),
        (with_link(per_week=-2), "per_week of l cannot be -2"),
        (with_node(hours=-1), "hours of Ana cannot be -1"),
        (with_node(modules=["x"]), "Ana is said to be in x"),
        (with_node(modules=["m", "m"]), "Ana is named twice in one module"),
        (with_node(x=3), "Ana had no place that can be drawn"),
        (with_node(x=1e200, y=0), "Ana had no place that can be drawn"),
        (with_node(name="A" * 5_000), "A name had"),
        (with_node(id="b"), "The id b is used a second time; this one is now"),
        (with_node(id=""), "It had no id"),
        (with_node(id="m"), "The id m is used a second time"),
        ({**SMALL, "nodes": [SMALL["nodes"][1]] * 2, "links": []}, "the same in every way"),
        ({**SMALL, "modules": [{"id": "m", "name": "M", "parent": "m"}]}, "M lie in one another"),
        ({**SMALL, "modules": [{"id": "m", "name": "M", "parent": "q"}]}, "M is said to lie in q"),
        ({**SMALL, "modules": [{"id": "m", "name": "M", "lead": "q"}]}, "M is said to be led by q"),
        (
            {**SMALL, "modules": [{"id": i, "name": i.upper(), "parent": p} for i, p in ("mn", "no", "om")]},
            "M, N, O lie in one another; M was taken out",
        ),
        (
            {
                **SMALL,
                "modules": [
                    {"id": "m", "name": "M", "frame": dict.fromkeys(("x", "y", "width", "height"), -1)}
                ],
            },
            "The frame of M cannot be drawn",
        ),
    ],
)
def test_what_breaks_the_rules_is_mended_and_noted(plain: dict[str, Any], words: str) -> None:
    opened = reading(plain)

    assert problems(opened.document) == []
    assert any(words in str(note.message) for note in opened.notes)
    assert all(note.place for note in opened.notes)


def test_a_key_that_stands_twice_is_noted_and_the_last_one_counts() -> None:
    opened = native.read(b'{"orgmap": 1, "map": {"title": "one", "title": "two"}}', FILE)

    assert opened.document.info.title == "two"
    assert [str(note.message) for note in opened.notes] == [
        "The name title stands twice in one object; the last one counts."
    ]


def test_half_characters_and_control_characters_are_replaced_so_that_saving_cannot_fail() -> None:
    data = b'{"orgmap": 1, "nodes": [{"id": "a\\ud800", "name": "x\\u0000\\ufffe\\ud83d\\ude00"}]}'

    opened = native.read(data, FILE)

    assert list(opened.document.nodes) == ["a\N{REPLACEMENT CHARACTER}"]
    assert opened.document.nodes[next(iter(opened.document.nodes))].name == "x\ufffd\ufffd\N{GRINNING FACE}"
    assert len(opened.notes) == 1
    assert native.read(native.encoded(opened.document), FILE).notes == ()


def test_a_half_character_that_came_in_another_way_does_not_stop_saving() -> None:
    document = replace(org("a > b"), info=MapInfo(title="broken \ud800 title"))

    again = native.read(native.encoded(document), FILE)

    assert again.document.info.title == "broken \ufffd title"


def test_more_than_can_be_opened_is_refused_before_building_it() -> None:
    nodes = [{"id": f"n{i}", "name": ""} for i in range(native.MOST_NODES + 1)]

    with pytest.raises(ReadError, match=r"more than 100.000 cannot be opened"):
        reading({"orgmap": 1, "nodes": nodes})


def test_reading_can_be_called_off() -> None:
    told: list[float] = []

    with pytest.raises(Cancelled):
        native.read(native.encoded(TEST_ORGANIZATION), FILE, Progress(told.append, lambda: bool(told)))

    assert told == [0.3]


def test_a_file_cut_off_anywhere_is_refused_or_whole() -> None:
    document = org("ana > ben, ben <> cy", modules={"Sales": "ana"}, title="Łódź")
    data = native.encoded(document)

    for length in range(len(data)):
        try:
            opened = native.read(data[:length], FILE)
        except ReadError:
            continue
        assert opened.document == document


def test_an_escaped_line_end_is_no_broken_character() -> None:
    opened = native.read(b'{"orgmap": 1, "map": {"notes": "one\\u000atwo\\u0009\xc2\x85"}}', FILE)

    assert opened.document.info.notes == "one\ntwo\t\x85"
    assert opened.notes == ()


def test_an_id_too_long_to_show_gives_way_wherever_it_stands() -> None:
    long = "i" * 5_000
    plain = {
        "orgmap": 1,
        "modules": [{"id": "m" * 5_000, "name": "Sales", "lead": long}],
        "nodes": [{"id": long, "name": "Ana", "modules": ["m" * 5_000]}, {"id": "b", "name": "Ben"}],
        "links": [{"id": "l", "source": long, "target": "b"}],
    }

    opened = reading(plain)

    assert problems(opened.document) == []
    assert [len(key) <= 1_000 for key in (*opened.document.nodes, *opened.document.modules)] == [True] * 3
    ana, module = next(iter(opened.document.nodes.values())), next(iter(opened.document.modules.values()))
    assert (ana.modules, module.lead) == ((module.id,), ana.id)
    assert opened.document.links[LinkId("l")].source == ana.id
    assert len(opened.notes) == 2
