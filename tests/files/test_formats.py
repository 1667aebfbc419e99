"""One list of formats: found by content and suffix, written with every loss named."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from orgmap.errors import ReadError, UsageError, WriteError
from orgmap.files import formats, graphml, node_link, table_writer, tables
from orgmap.files.reading import ReadOptions
from orgmap.model.document import Document
from orgmap.model.entities import (
    Backdrop,
    BackdropId,
    Channel,
    ChannelId,
    Frame,
    MapInfo,
    Module,
    ModuleId,
    NodeId,
    Remark,
    RemarkId,
    StickyId,
    StickyNote,
)
from tests.files.documents import documents
from tests.words import TEST_ORGANIZATION, org

FOREIGN = (".csv", ".tsv", ".xlsx", ".graphml", ".json")


def bare(document: Document) -> Document:
    """The document without what tables and graphs cannot hold, and so without losses."""
    tables: dict[str, Any] = {
        "modules": {k: replace(m, frame=None, unread={}) for k, m in document.modules.items()},
        "nodes": {k: replace(n, unread={}) for k, n in document.nodes.items()},
        "links": {k: replace(link, unread={}) for k, link in document.links.items()},
    }
    return Document(**tables)


@pytest.mark.parametrize("suffix", FOREIGN)
def test_a_map_comes_back_from_every_foreign_format(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"plan{suffix}"
    names = {"A": "Ana <b>&\"'", "X0": "=cmd()", "x1": "-1", "x2": "'=quoted", "y1": "Łukasz, the \ttab"}
    nodes = {
        k: replace(
            n, name=names.get(k, n.name), x=float(i), y=-2.5, knows=("a;b", "c"), extra={"kind": "odd"}
        )
        for i, (k, n) in enumerate(TEST_ORGANIZATION.nodes.items())
    }
    links = {
        k: replace(link, per_week=2.5, channel=ChannelId("chat"), extra={"from": "desk", "ink": "blue"})
        for k, link in TEST_ORGANIZATION.links.items()
    }
    document = replace(TEST_ORGANIZATION, nodes=nodes, links=links)

    losses = formats.write(document, path)
    opened = formats.read(path)

    assert losses == []
    assert opened.document == document
    assert opened.placed


@settings(derandomize=True, deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_graphml_and_json_keep_the_ends_and_kinds_of_every_link_and_their_own_output_reads(
    document: Document,
) -> None:
    ends = {(k.source, k.target, k.kind, k.two_way) for k in document.links.values()}
    for module in (graphml, node_link):
        data = module.encoded(document)
        if not document.nodes and not document.modules:
            continue

        again = module.read(data, Path("plan"), ReadOptions()).document

        assert {(k.source, k.target, k.kind, k.two_way) for k in again.links.values()} == ends
        assert set(again.nodes) == set(document.nodes)
        assert set(again.modules) == set(document.modules)
        assert {k: m.parent for k, m in again.modules.items()} == {
            k: m.parent for k, m in document.modules.items()
        }


@settings(derandomize=True, deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_no_cell_of_a_written_table_can_start_a_formula(document: Document) -> None:
    import csv

    people, links = table_writer.encoded(document)

    for data in (people, links):
        for row in csv.reader(io.StringIO(data.decode(), newline="")):
            for cell in row:
                number = cell.startswith("-") and cell[1:2].isdigit()
                assert number or not cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))


@pytest.mark.parametrize("suffix", FOREIGN)
def test_every_loss_is_named(tmp_path: Path, suffix: str) -> None:
    pigeon = Channel(id=ChannelId("p"), name="pigeon", delay=3.0)
    team = Module(id=ModuleId("m"), name="M", frame=Frame(x=0, y=0, width=9, height=9))
    document = replace(
        org("a > b"),
        info=MapInfo(title="T", asked=True, reporting_is_talk=True, thresholds={"bottleneck": 0.2}),
        channels={pigeon.id: pigeon},
        modules={team.id: team},
        unread={"views": []},
        stickies={StickyId("s"): StickyNote(id=StickyId("s"), text="Why?")},
        backdrops={BackdropId("b"): Backdrop(id=BackdropId("b"), data="", width=9.0, height=9.0)},
        remarks={RemarkId("r"): Remark(id=RemarkId("r"), code="bottleneck")},
    )
    document = replace(
        document,
        nodes={k: replace(n, extra={"list": [1, 2], "size": 4}) for k, n in document.nodes.items()},
    )

    losses = [str(loss) for loss in formats.write(document, tmp_path / f"plan{suffix}")]

    wanted = [
        "Frames of modules",
        "newer orgmap",
        "Notes stuck",
        "Pictures behind",
        "was said of",
    ]
    if suffix != ".xlsx":
        wanted += ["channels pigeon", "usual channels", "cut-offs of findings"]
    if suffix != ".json":
        wanted += ["hold lists"]
    if suffix in (".csv", ".tsv"):
        wanted += ["title, purpose", "count as talk", "asking people"]
    if suffix in (".csv", ".tsv", ".xlsx"):
        wanted += ["Numbers and yes or no"]
    assert len(losses) == len(wanted)
    for words in wanted:
        assert any(words in loss for loss in losses), words


def test_the_title_and_purpose_travel_in_graphml_and_json(tmp_path: Path) -> None:
    document = org("a > b", title="Plan & <b>", purpose="to\nwin", asked=True, reporting_is_talk=True)
    for suffix in (".graphml", ".json"):
        path = tmp_path / f"plan{suffix}"

        assert formats.write(document, path) == []
        assert formats.read(path).document.info == document.info


def test_the_people_beside_a_table_of_links_are_found_and_told(tmp_path: Path) -> None:
    formats.write(TEST_ORGANIZATION, tmp_path / "plan.csv")

    opened = formats.read(tmp_path / "plan.csv")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan-people.csv", "plan.csv"]
    assert [str(note.message) for note in opened.notes] == [
        "The people were read from plan-people.csv beside it."
    ]


def test_people_with_ids_of_their_own_stand_by_name_in_the_table_of_links(tmp_path: Path) -> None:
    document = org("n1 > n2")
    nodes = {
        k: replace(n, name=name) for (k, n), name in zip(document.nodes.items(), ("Ana", "Ben"), strict=True)
    }
    path = tmp_path / "plan.csv"

    formats.write(replace(document, nodes=nodes), path)

    assert path.read_text().splitlines()[:2] == [
        "from,from_name,to,to_name,kind,two_way,status,id",
        "n1,Ana,n2,Ben,talks,no,confirmed,l1",
    ]
    assert formats.read(path).document.nodes == nodes


@pytest.mark.parametrize(
    ("name", "data", "suffix"),
    [
        ("plan.orgmap", b"", ".orgmap"),
        ("plan.orgmap.bak", b'{\n"orgmap": 1}', ".orgmap"),
        ("plan.json", b'{"orgmap": 1}', ".orgmap"),
        ("plan.json", b'{"nodes": []}', ".json"),
        ("plan.xml", b"<?xml version='1.0'?><graphml/>", ".graphml"),
        ("plan.csv", b"<graphml/>", ".graphml"),
        ("plan.csv", b"<a>,<b>\n", ".csv"),
        ("plan.TSV", b"a\tb", ".tsv"),
        ("-", b"from,to\na,b", ".csv"),
        ("-", b'{"nodes": []}', ".json"),
    ],
)
def test_the_format_goes_by_content_then_by_suffix(name: str, data: bytes, suffix: str) -> None:
    assert formats.format_of(data, Path(name)).suffix == suffix


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04rest", "The packed file is cut off or damaged"),
        (b"\xd0\xcf\x11\xe0rest", "workbook of the old kind.*Save it as XLSX, ODS or CSV"),
        (b"\x89PNG\r\n", "This is a picture"),
        (b"\x7fELF", "This is a program"),
        (b"%PDF-1.7", "This is a PDF"),
    ],
)
def test_what_is_plainly_something_else_is_called_by_its_name(data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        formats.read_bytes(data, Path("plan.csv"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("plan.ods", r"kind \.ods cannot be written; it can be \.orgmap, \.csv, .*\.pdf"),
        ("plan.orgmpa", r"Did you mean \.orgmap\?"),
        ("plan.graphm", r"Did you mean \.graphml\?"),
        ("plan", "has no ending that tells the format"),
        ("plan.txt", r"kind \.txt cannot be written"),
    ],
)
def test_a_format_that_cannot_be_written_is_refused_with_those_that_can(name: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        formats.write(org("a > b"), Path(name))


def test_a_format_that_cannot_be_read_is_refused_with_those_that_can() -> None:
    with pytest.raises(UsageError, match=r"kind \.dot cannot be read; it can be \.orgmap, \.csv"):
        formats.read_bytes(b"hello", Path("plan.dot"))


def test_the_standard_input_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(b"from,to\nana,ben\n"))
    monkeypatch.setattr(sys, "stdin", stream)

    opened = formats.read(Path("-"))

    assert list(opened.document.nodes) == ["ana", "ben"]


@pytest.mark.parametrize("suffix", [*FOREIGN, ".orgmap"])
def test_an_unwritable_place_is_told_and_nothing_is_left(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(WriteError, match=r"^The folder .*gone is not there"):
        formats.write(org("a > b"), tmp_path / "gone" / f"plan{suffix}")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["null", "[]", "3", '{"nodes": 3}', '{"nodes": [], "links": {}}'])
def test_json_that_is_no_graph_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match="This JSON is no graph"):
        formats.read_bytes(text.encode(), Path("plan.json"))


def test_json_of_other_programs_is_read_with_what_is_odd_noted() -> None:
    words = {
        "directed": False,
        "nodes": [{"id": 1, "label": "Ana", "team": ["Sales", "Board"]}, {"id": 2}, {"name": "x"}, 3],
        "links": [{"source": 1, "target": 2, "weight": 2, "ink": None}, {"source": 1}, 7],
    }

    opened = formats.read_bytes(json.dumps(words).encode(), Path("plan.json"))

    document = opened.document
    assert list(document.nodes) == ["1", "2", "3"]
    assert (document.nodes[NodeId("1")].name, document.nodes[NodeId("1")].modules) == (
        "Ana",
        ("Sales", "Board"),
    )
    (link,) = document.links.values()
    assert (link.two_way, link.strength) == (True, 2.0)
    assert len(opened.notes) == 3


def test_opening_is_gentle_to_what_comes_after_it() -> None:
    import gc

    gc.enable()
    formats.read_bytes(b"from,to\na,b\n", Path("plan.csv"))
    with pytest.raises(ReadError):
        formats.read_bytes(b"from,to\n", Path("plan.csv"))
    enabled = gc.isenabled()
    gc.disable()  # as `tests/conftest.py` has it

    assert enabled


def test_a_table_written_here_is_a_table_of_links_and_one_of_people(tmp_path: Path) -> None:
    formats.write(TEST_ORGANIZATION, tmp_path / "plan.csv")

    links = tables.preview(tmp_path / "plan.csv")
    people = tables.preview(tmp_path / "plan-people.csv")

    assert (links.form.value, people.form.value) == ("links", "people")
