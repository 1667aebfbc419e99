"""The real organizations beside the checkout are read as a manager would expect."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from orgmap.files import formats, tables
from orgmap.files.merging import merge
from orgmap.files.reading import Arrows, Opened, ReadOptions, RowKind
from orgmap.model.document import Document, problems
from orgmap.model.entities import LinkKind, ModuleId, NodeId, NodeKind

CHARTS = ("uk_british_library_2011", "uk_natural_england_2011", "uk_dfid_2013")


def meta(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return found


def faculty(datasets: Path) -> Opened:
    folder = datasets / "uk_faculty"
    options = ReadOptions(people=folder / "nodes.csv", arrows=Arrows.ASKS)
    return formats.read(folder / "edges_friendship.csv", options)


def workplace(datasets: Path) -> Opened:
    folder = datasets / "workplace_invs13"
    return formats.read(
        folder / "edges_contact.csv", ReadOptions(people=folder / "nodes.csv", undirected=True)
    )


def rust(datasets: Path) -> Opened:
    folder = datasets / "rust_governance"
    part_of = (folder / "edges_subteam_of.csv", ReadOptions(kind=RowKind.PART_OF))
    options = ReadOptions(people=folder / "nodes.csv", kind=RowKind.MEMBER, links=(part_of,))
    return formats.read(folder / "edges_membership.csv", options)


def chart(datasets: Path, name: str) -> Opened:
    folder = datasets / name
    options = ReadOptions(people=folder / "nodes.csv", kind=RowKind.REPORTS)
    return formats.read(folder / "edges_reports_to.csv", options)


def test_the_faculty_has_four_groups_and_its_friendships_turned_round(datasets: Path) -> None:
    opened = faculty(datasets)

    document, said = opened.document, meta(datasets / "uk_faculty")
    assert len(document.nodes) == said["n_nodes"]
    assert len(document.links) == said["layers"]["friendship"]["rows"]
    assert sorted(module.name for module in document.modules.values()) == [
        "Group 1",
        "Group 2",
        "Group 3",
        "Group 4",
    ]
    first = next(iter(document.links.values()))  # the file begins 57,52,4
    assert (first.source, first.target, first.strength, first.per_week) == ("52", "57", 4.0, None)
    assert opened.notes == ()
    assert problems(document) == []


def test_the_workplace_talks_both_ways_in_five_departments(datasets: Path) -> None:
    opened = workplace(datasets)

    document, said = opened.document, meta(datasets / "workplace_invs13")
    assert len(document.nodes) == said["n_nodes"]
    assert len(document.links) == said["layers"]["contact"]["rows"]
    assert all(link.two_way for link in document.links.values())
    assert {module.name for module in document.modules.values()} == {"DSE", "DMCT", "DISQ", "SRH", "SFLE"}
    assert opened.notes == ()


def test_the_teams_of_rust_are_nested_modules_that_share_people(datasets: Path) -> None:
    opened = rust(datasets)

    document, said = opened.document, meta(datasets / "rust_governance")
    assert len(document.nodes) + len(document.modules) == said["n_nodes"]
    assert {node.kind for node in document.nodes.values()} == {NodeKind.PERSON}
    assert sum(len(node.modules) for node in document.nodes.values()) == said["layers"]["membership"]["rows"]
    parents = [module.parent for module in document.modules.values() if module.parent is not None]
    assert len(parents) == said["layers"]["subteam_of"]["rows"]
    cargo = document.modules[ModuleId("T:cargo")]
    assert (cargo.name, cargo.parent, cargo.lead) == ("cargo", "T:devtools", "P010")
    assert cargo.extra["kind"] == "team"
    assert cargo.extra["leads"] == "P012"
    assert document.links == {}
    *leads, many = (str(note.message) for note in opened.notes)
    assert {line.split(" has ")[1].split(";")[0] for line in leads} == {"several leads"}
    assert "are in more than 8 modules" in many


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_of_posts_reports_upwards_and_has_readable_names(datasets: Path, name: str) -> None:
    opened = chart(datasets, name)

    document, said = opened.document, meta(datasets / name)
    assert len(document.nodes) == said["n_nodes"]
    assert len(document.links) == said["layers"]["reports_to"]["rows"]
    assert {link.kind for link in document.links.values()} == {LinkKind.REPORTS}
    assert {node.kind for node in document.nodes.values()} == {NodeKind.ROLE}
    named = [node.name for node in document.nodes.values()]
    assert len(set(named)) == len(named)
    assert not any(node.name == node.id for node in document.nodes.values())
    assert all(node.modules and "grade" in node.extra for node in document.nodes.values())
    assert [note.row for note in opened.notes] == [None]


def test_the_top_of_the_british_library_is_its_chief_executive(datasets: Path) -> None:
    document = chart(datasets, "uk_british_library_2011").document

    bosses = {link.source for link in document.links.values()}
    tops = [
        n.name
        for n in document.nodes.values()
        if n.id in bosses - {k.target for k in document.links.values()}
    ]
    assert tops == ["Chief Executive"]
    assert document.nodes[NodeId("S001")].extra["type"] == "senior_post"


def test_the_direction_is_asked_about_with_the_first_row_of_the_file(datasets: Path) -> None:
    path = datasets / "uk_faculty" / "edges_friendship.csv"

    sentence = tables.preview(path, ReadOptions(arrows=Arrows.ASKS)).sentence

    assert str(sentence) == "57 asks 52, so information flows from 52 to 57. Right?"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".graphml", ".json", ".orgmap"])
def test_every_data_set_comes_back_from_every_format_and_again_changes_nothing(
    datasets: Path, tmp_path: Path, suffix: str
) -> None:
    maps: list[Document] = [faculty(datasets).document, workplace(datasets).document, rust(datasets).document]
    maps += [chart(datasets, name).document for name in CHARTS]
    for index, document in enumerate(maps):
        path = tmp_path / f"{index}{suffix}"

        losses = formats.write(document, path)
        again = formats.read(path).document

        if suffix == ".csv" and document.info.asked:
            assert [str(loss) for loss in losses] == [
                "That the lines come from asking people whom they hear from is not kept."
            ]
            again = replace(again, info=document.info)
        else:
            assert losses == []
        assert again == document
        assert not merge(document, again)
