"""One map, never altered, only replaced; what differs can be taken back, joined and found again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orgmap.model import edits
from orgmap.model.document import Change, Document, difference, problems
from orgmap.model.entities import Link, LinkId, LinkKind, MapInfo, ModuleId, Node, NodeId
from tests.words import TEST_ORGANIZATION, org


def test_a_change_makes_another_document_and_leaves_the_first_alone() -> None:
    before = org("ana <> ben")

    change = edits.rename(before, NodeId("ana"), "Anna")
    after = before.apply(change)

    assert before.nodes[NodeId("ana")].name == "ana"
    assert after.nodes[NodeId("ana")].name == "Anna"


def test_the_inverse_takes_a_change_back() -> None:
    change = edits.delete(TEST_ORGANIZATION, ["A", "X"])

    after = TEST_ORGANIZATION.apply(change)

    assert after != TEST_ORGANIZATION
    assert after.apply(change.inverse()) == TEST_ORGANIZATION


def test_two_changes_in_a_row_are_one_change() -> None:
    first, made = edits.add_node(TEST_ORGANIZATION, "Zoe", (10.0, 20.0))
    middle = TEST_ORGANIZATION.apply(first)
    second = edits.rename(middle, made, "Zora")

    both = first.then(second)

    assert TEST_ORGANIZATION.apply(both) == middle.apply(second)
    assert both.nodes[made][0] is None


def test_what_ends_where_it_began_is_no_change() -> None:
    away = edits.move(TEST_ORGANIZATION, {NodeId("A"): (5.0, 5.0)})

    there_and_back = away.then(away.inverse())

    assert not there_and_back
    assert TEST_ORGANIZATION.apply(there_and_back) == TEST_ORGANIZATION


def test_the_difference_of_two_documents_turns_one_into_the_other() -> None:
    after = TEST_ORGANIZATION.apply(edits.delete(TEST_ORGANIZATION, ["X0"]))
    after = after.apply(edits.set_info(after, MapInfo(title="Later")))

    change = difference(TEST_ORGANIZATION, after)

    assert TEST_ORGANIZATION.apply(change) == after
    assert not difference(after, after)


def test_a_change_made_for_another_document_is_refused() -> None:
    change = edits.rename(TEST_ORGANIZATION, NodeId("A"), "Anna")
    elsewhere = TEST_ORGANIZATION.apply(edits.rename(TEST_ORGANIZATION, NodeId("A"), "Alma"))

    with pytest.raises(ValueError, match="another document"):
        elsewhere.apply(change)


def test_no_id_is_given_twice_even_after_a_deletion() -> None:
    start = Document()
    first, one = edits.add_node(start, "Ana")
    there = start.apply(first)
    gone = there.apply(edits.delete(there, [one]))

    _, two = edits.add_node(gone, "Ben")

    assert two != one


def test_places_and_looks_are_nothing_an_analysis_could_see() -> None:
    moved = edits.move(TEST_ORGANIZATION, {NodeId("A"): (5.0, 5.0)})
    folded = edits.set_fields(TEST_ORGANIZATION, ["X"], collapsed=True)
    levelled = edits.set_fields(TEST_ORGANIZATION, ["A"], level=3)

    assert not moved.structural()
    assert not folded.structural()
    assert levelled.structural()
    assert edits.delete(TEST_ORGANIZATION, ["l1"]).structural()


def _broken() -> list[tuple[Document, str]]:
    good = org("a > b", modules={"M": "a", "K": ""})
    a, link = good.nodes[NodeId("a")], good.links[LinkId("l1")]
    module, other = good.modules[ModuleId("M")], good.modules[ModuleId("K")]
    return [
        (replace(good, nodes={NodeId("a"): a}), "no end b"),
        (replace(good, nodes={**good.nodes, NodeId("x"): Node(id=NodeId("y"), name="")}), "another id"),
        (replace(good, nodes={**good.nodes, NodeId("l1"): Node(id=NodeId("l1"), name="")}), "used twice"),
        (replace(good, nodes={**good.nodes, a.id: replace(a, modules=(ModuleId("?"),))}), "no module"),
        (replace(good, nodes={**good.nodes, a.id: replace(a, x=1.0)}), "half a place"),
        (replace(good, links={link.id: replace(link, target=NodeId("a"))}), "to itself"),
        (replace(good, links={link.id: replace(link, kind=LinkKind.NEEDS, two_way=True)}), "only talks"),
        (
            replace(
                good,
                modules={
                    module.id: replace(module, parent=other.id),
                    other.id: replace(other, parent=module.id),
                },
            ),
            "inside itself",
        ),
    ]


@pytest.mark.parametrize(("document", "word"), _broken())
def test_each_broken_rule_is_named(document: Document, word: str) -> None:
    found = problems(document)

    assert any(word in line for line in found)


def test_an_empty_change_is_false_and_changes_nothing() -> None:
    assert not Change()
    assert TEST_ORGANIZATION.apply(Change()) == TEST_ORGANIZATION


def test_a_link_is_a_plain_value() -> None:
    one = Link(id=LinkId("l"), source=NodeId("a"), target=NodeId("b"))

    assert one == replace(one)
    assert hash(one) == hash(replace(one))
