"""What differs between two maps: structure, measures, findings."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import cast

import pytest

from orgmap.analysis import comparison
from orgmap.analysis.comparison import compare
from orgmap.model.document import Document
from orgmap.model.edits import add_link, delete, move, rename, set_fields, set_two_way, turn_round
from orgmap.model.entities import EndId, Link, LinkId, ModuleId, Node, NodeId
from tests.words import TEST_ORGANIZATION, org
from tests.workshop import WORKSHOP


def renumbered(document: Document) -> Document:
    """The same organization as another program writes it: other ids, the same names, other order."""
    nodes = {key: NodeId(f"x{i}") for i, key in enumerate(sorted(document.nodes, reverse=True))}
    modules = {key: ModuleId(f"y{i}") for i, key in enumerate(sorted(document.modules, reverse=True))}

    def end(old: EndId) -> EndId:
        return nodes.get(cast(NodeId, old)) or modules[cast(ModuleId, old)]

    listed_nodes = [
        replace(n, id=nodes[n.id], modules=tuple(modules[m] for m in n.modules))
        for n in document.nodes.values()
    ]
    listed_modules = [replace(m, id=modules[m.id]) for m in document.modules.values()]
    listed_links = [
        replace(link, id=LinkId(f"k{i}"), source=end(link.source), target=end(link.target))
        for i, link in enumerate(reversed(list(document.links.values())))
    ]
    return replace(
        document,
        nodes={n.id: n for n in reversed(listed_nodes)},
        modules={m.id: m for m in listed_modules},
        links={link.id: link for link in listed_links},
    )


def test_a_map_does_not_differ_from_itself_nor_from_itself_moved_about() -> None:
    moved = WORKSHOP.apply(move(WORKSHOP, dict.fromkeys(WORKSHOP.nodes, (1.0, 2.0))))

    assert not compare(WORKSHOP, WORKSHOP)
    assert not compare(WORKSHOP, moved)
    assert list(comparison.structure(compare(WORKSHOP, moved))) == []


def test_the_same_people_under_other_ids_are_found_by_name() -> None:
    found = compare(WORKSHOP, renumbered(WORKSHOP))

    assert not found.nodes
    assert not found.module_changes
    assert not found.link_changes
    assert not found.map
    assert not found.people
    assert (found.resolved, found.new, found.changed) == ((), (), ())


def test_structure_is_told_as_added_removed_and_changed() -> None:
    after = TEST_ORGANIZATION.apply(rename(TEST_ORGANIZATION, NodeId("A"), "Ada"))
    after = after.apply(delete(after, ["z1"]))
    after = after.apply(add_link(after, NodeId("X0"), NodeId("Y0"))[0])
    after = after.apply(turn_round(after, [LinkId("l7")]))

    found = compare(TEST_ORGANIZATION, after)

    assert [(c.before.name, c.after.name, c.fields) for c in found.nodes.changed] == [("A", "Ada", ("name",))]
    assert [node.id for node in found.nodes.removed] == ["z1"]
    assert found.nodes.added == ()
    assert [(link.source, link.target) for link in found.link_changes.added] == [("X0", "Y0")]
    assert [(link.source, link.target) for link in found.link_changes.removed] == [
        ("Z0", "z1"),
        ("N", "z1"),
        ("Z0", "z1"),
    ]
    assert [(c.before.id, c.fields) for c in found.link_changes.changed] == [("l7", ("source", "target"))]


def test_links_renumbered_by_an_import_are_the_same_links() -> None:
    before = org("a > b, b <> c, c > d, d > a")
    after = org("new > a, a > b, c <> b, c > d, d > a")  # a row on top shifts every id

    found = compare(before, after)

    assert [(link.source, link.target) for link in found.link_changes.added] == [("new", "a")]
    assert found.link_changes.removed == ()
    assert [c.fields for c in found.link_changes.changed] in ([], [("source", "target")])


def test_a_line_that_was_answered_at_last_is_a_changed_line_and_a_resolved_finding() -> None:
    answered = TEST_ORGANIZATION.apply(
        set_two_way(TEST_ORGANIZATION, map(LinkId, ("l8", "l9", "l10", "l11")), True)
    )

    found = compare(TEST_ORGANIZATION, answered)

    assert "broadcast-only" in [finding.code for finding in found.resolved]
    assert "broadcast-only" not in [finding.code for finding in found.new]
    assert {c.fields for c in found.link_changes.changed} == {("two_way",)}
    assert found.map["reciprocity_arc"] == pytest.approx((12 / 17, 20 / 21))
    assert found.people[NodeId("N")]["reciprocity"] == (0.0, 1.0)


def test_what_is_resolved_one_way_is_new_the_other_way() -> None:
    answered = TEST_ORGANIZATION.apply(set_two_way(TEST_ORGANIZATION, [LinkId("l8"), LinkId("l9")], True))

    there, back = compare(TEST_ORGANIZATION, answered), compare(answered, TEST_ORGANIZATION)

    assert [f.key for f in there.resolved] == [f.key for f in back.new]
    assert [f.key for f in there.new] == [f.key for f in back.resolved]
    assert {(f.key, g.key) for f, g in there.changed} == {(g.key, f.key) for f, g in back.changed}
    assert there.map == {name: (one, other) for name, (other, one) in back.map.items()}


def test_a_finding_that_loses_some_of_its_subjects_is_changed_and_not_new() -> None:
    lines = "b <> a, c <> a, d <> a, b <> c"
    before = org(lines, people="x y z u v w"[:5])
    after = before.apply(add_link(before, NodeId("x"), NodeId("a"))[0])

    found = compare(before, after)

    isolated = [(f.people, g.people) for f, g in found.changed if f.code == "isolated"]
    assert isolated == [(("x", "y", "z"), ("y", "z"))]
    assert "isolated" not in {f.code for f in (*found.resolved, *found.new)}


def test_the_comparison_as_json_has_structure_measures_and_findings() -> None:
    after = TEST_ORGANIZATION.apply(set_fields(TEST_ORGANIZATION, ["l7"], per_week=2.0))
    after = after.apply(delete(after, ["z1"]))

    found = comparison.as_json(compare(TEST_ORGANIZATION, after), files=("a.orgmap", "b.orgmap"))

    plain = json.loads(json.dumps(found, allow_nan=False))
    assert plain["before"] == {
        "file": "a.orgmap",
        "title": "",
        "people": 9,
        "modules": 5,
        "links": 18,
    }
    assert plain["after"]["people"] == 8
    assert [node["id"] for node in plain["structure"]["nodes"]["removed"]] == ["z1"]
    assert {"id": "l7", "fields": {"per_week": {"before": None, "after": 2.0}}} in plain["structure"][
        "links"
    ]["changed"]
    assert set(plain["findings"]) == {"resolved", "new", "changed"}
    assert plain["measures"]["map"]["density"] == {"before": 0.236111111111, "after": 0.25}
    assert {"id", "name", "measures"} == set(plain["measures"]["people"][0])


def test_the_structure_in_words_names_people_and_lines() -> None:
    after = TEST_ORGANIZATION.apply(delete(TEST_ORGANIZATION, ["N"]))

    words = comparison.structure(compare(TEST_ORGANIZATION, after))

    assert [str(sentence) for sentence in words] == [
        "People and roles: 1 fewer (N)",
        "Links: 4 fewer (N to x1, N to x2, N to y1 and N to z1)",
    ]


def test_a_name_that_stands_twice_matches_nobody() -> None:
    one = Node(id=NodeId("1"), name="Ana")
    two = Node(id=NodeId("2"), name="Ana")
    other = Node(id=NodeId("3"), name="ana ")
    link = Link(id=LinkId("l"), source=one.id, target=two.id)
    before = Document(nodes={one.id: one, two.id: two}, links={link.id: link})

    found = compare(before, Document(nodes={other.id: other}))

    assert len(found.nodes.removed) == 2
    assert [node.id for node in found.nodes.added] == ["3"]
