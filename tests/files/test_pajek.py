"""Pajek networks: labels, lists, matrices, relations, places and partitions; written with losses named."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from orgmap.errors import ReadError
from orgmap.files import formats, pajek_writer
from orgmap.files.reading import Opened
from orgmap.model.document import Document, problems
from orgmap.model.entities import LinkKind, NodeId, NodeKind
from orgmap.model.query import name_of
from tests.files.documents import documents
from tests.files.rows import arrows, notes
from tests.words import TEST_ORGANIZATION, org

NETWORK = Path("plan.net")
PLAIN = """% advice, May
*Vertices 4
1 "Ana Novak" 0.0 0.25 0.5 ic Red bc Black
2 Ben 1.0 0.75 0.5
3 "Cy "the dog" Dee" box
*Arcs
1 2 3.5 l "tells" c Blue
2 3
*Edges
3 4 -1
*Arcslist
4 1 2
"""


def read(words: str | bytes, name: str = "plan.net") -> Opened:
    data = words.encode() if isinstance(words, str) else words
    found = formats.read_bytes(data, Path(name))
    assert problems(found.document) == []
    return found


def test_a_network_is_read_with_labels_lists_strengths_and_places() -> None:
    found = read(PLAIN)

    document = found.document
    assert list(document.nodes) == ["Ana Novak", "Ben", 'Cy "the dog" Dee', "4"]
    assert arrows(document) == [
        "Ana Novak > Ben",
        'Ben > Cy "the dog" Dee',
        'Cy "the dog" Dee <> 4',
        "4 > Ana Novak",
        "4 > Ben",
    ]
    first, _, third, *_ = document.links.values()
    assert (first.strength, third.strength, third.health) == (3.5, None, "negative")
    ana, ben = document.nodes[NodeId("Ana Novak")], document.nodes[NodeId("Ben")]
    assert (ana.x, ana.y) == (0, 111.803)
    assert (ben.x, ben.y) == (447.214, 335.41)
    assert notes(found) == []


def test_a_matrix_tells_from_its_rows_and_two_of_one_label_go_by_their_numbers() -> None:
    document = read('*vertices 3\n1 "Ana"\n2 "Ana"\n*matrix\n0 1 0\n0 0 2 1 0\n0\n').document

    assert [node.name for node in document.nodes.values()] == ["Ana", "Ana", "3"]
    assert arrows(document) == ["1 > 2", "2 > 3", "3 > 1"]


def test_relations_that_are_kinds_of_links_are_kinds_and_others_say_what_for() -> None:
    words = '*Vertices 2\n1 "ana"\n2 "ben"\n*Arcs :1 "reports to"\n1 2\n*Arcs :2 "lunch"\n2 1\n'

    document = read(words).document

    first, second = document.links.values()
    assert (first.kind, first.source, first.target) == (LinkKind.REPORTS, "ben", "ana")
    assert (second.kind, second.purpose) == (LinkKind.TALKS, "lunch")


def test_a_project_gives_its_first_network_and_partition() -> None:
    words = (
        '*Network advice\n*Vertices 3\n1 "ana"\n2 "ben"\n3 "cy"\n*Arcs\n1 2\n\n'
        "*Partition team\n*Vertices 3\n1\n1\n2\n\n*Vector load\n*Vertices 3\n0.5\n0.5\n1\n\n"
        "*Network other\n*Vertices 1\n1 x\n"
    )

    found = read(words, "plan.paj")

    assert [m.name for m in found.document.modules.values()] == ["group 1", "group 2"]
    assert list(found.document.nodes) == ["ana", "ben", "cy"]
    assert [(row, message) for row, message in notes(found) if row is not None] == [
        (15, "What stands below *Vector load was left out."),
        (21, "The file has several networks; only the first was read."),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_letters_are_found_in_every_encoding(encoding: str) -> None:
    words = '*Vertices 3\r\n1 "Łukasz Żółć"\r\n2 "Zoë Größe"\r\n3 "Dvořák Šárka"\r\n*Edges\r\n1 2\r\n'
    if encoding == "cp1250":
        words = words.replace("Zoë Größe", "Čeněk Ďurovič")

    document = read(words.encode(encoding)).document

    assert "Łukasz Żółć" in document.nodes
    assert arrows(document)[0].startswith("Łukasz Żółć <> ")


def test_bad_lines_are_noted_with_their_number_and_the_others_read() -> None:
    found = read("*Vertices 2\n1 a\n7 b\nx y\n*Arcs\n1 2\n1 9\n1\none two\n*Arcs\n2 1 nan\n")

    assert arrows(found.document) == ["a > 2", "2 > a"]
    assert [row for row, _ in notes(found)] == [3, 4, 7, 8, 9]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("*Vertices\n", "followed by how many"),
        ("*Vertices 0\n*Arcs\n", "no Pajek network"),
        ("hello\n", "no Pajek network"),
        ("*Vertices 99999999999999999999\n", "a map can have"),
        ("*Vertices 1\n1 " + "x" * 1_000_001, "characters"),
    ],
)
def test_what_is_no_network_is_refused(words: str, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        read(words)


def test_a_network_is_known_by_its_first_line_whatever_the_file_is_called() -> None:
    assert arrows(read(PLAIN, "plan.txt").document)[0] == "Ana Novak > Ben"


def held(document: Document) -> set[tuple[str, str, str, bool, float | None]]:
    """What a Pajek file can hold of the links, by the names of the ends."""
    name = partial(name_of, document)
    return {(name(k.source), name(k.target), k.kind, k.two_way, k.strength) for k in document.links.values()}


def test_a_map_of_names_and_lines_comes_back_equal_and_only_what_is_lost_is_told() -> None:
    document = org("ana > ben, ben <> cy, ana ^ cy, cy needs dov")

    data = pajek_writer.encoded(document)

    assert [str(loss) for loss in formats.losses(document, NETWORK)] == ["Lines are numbered anew."]
    again = read(data).document
    assert replace(again, links={}) == replace(document, links={})
    assert held(again) == held(document)


def test_every_loss_of_a_network_is_named() -> None:
    nodes = {
        k: replace(n, name=f'{n.name} "x"', level=1, x=1.0, y=2.0) for k, n in TEST_ORGANIZATION.nodes.items()
    }
    links = {k: replace(link, per_week=2.0) for k, link in TEST_ORGANIZATION.links.items()}
    document = replace(TEST_ORGANIZATION, nodes=nodes, links=links)

    losses = [str(loss) for loss in formats.losses(document, NETWORK)]

    for words in (
        "Ids",
        "Quotation marks",
        "Modules, and who",
        "Of people only",
        "Of links only",
        "in proportion",
    ):
        assert any(words in loss for loss in losses), words


@settings(derandomize=True, deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_whatever_is_written_is_read_with_as_many_people_and_lines(document: Document) -> None:
    data, losses = pajek_writer.encoded(document), formats.losses(document, NETWORK)
    linked = {end for k in document.links.values() for end in (k.source, k.target)} & set(document.modules)
    if not document.nodes and not linked:
        return

    again = read(data).document

    assert len(again.nodes) == len(document.nodes) + len(linked)
    assert sorted((k.kind, k.two_way) for k in again.links.values()) == sorted(
        (k.kind, k.two_way) for k in document.links.values()
    )
    if any(n.kind is not NodeKind.PERSON for n in document.nodes.values()):
        assert any("Of people only" in str(loss) for loss in losses)
