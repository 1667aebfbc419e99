"""Every verb a user has."""

from __future__ import annotations

import pytest

from orgmap.errors import EditError
from orgmap.model import edits
from orgmap.model.document import Document, problems
from orgmap.model.entities import ChannelId, Frame, LinkId, LinkKind, ModuleId, NodeId, NodeKind
from orgmap.model.fragments import copies
from orgmap.model.frames import frames
from tests.words import TEST_ORGANIZATION, org


def node(word: str) -> NodeId:
    return NodeId(word)


def test_a_person_is_put_where_one_points() -> None:
    change, made = edits.add_node(Document(), "Ana", (3.0, 4.0))

    after = Document().apply(change)

    assert (after.nodes[made].name, after.nodes[made].x, after.nodes[made].y) == ("Ana", 3.0, 4.0)
    assert after.nodes[made].kind is NodeKind.PERSON


def test_a_link_drawn_by_hand_goes_both_ways_unless_one_says_otherwise() -> None:
    document = org(people="a b")
    drawn, one = edits.add_link(document, node("a"), node("b"))
    told, other = edits.add_link(document, node("a"), node("b"), two_way=False)

    assert document.apply(drawn).links[one].two_way
    assert not document.apply(told).links[other].two_way


def test_nobody_can_be_linked_to_themselves() -> None:
    with pytest.raises(EditError, match="cannot be linked to itself"):
        edits.add_link(org(people="a"), node("a"), node("a"))


def test_a_link_needs_both_ends() -> None:
    with pytest.raises(EditError, match="no longer on the map"):
        edits.add_link(org(people="a"), node("a"), node("gone"))


def test_deleting_a_person_takes_the_links_along() -> None:
    after = TEST_ORGANIZATION.apply(edits.delete(TEST_ORGANIZATION, ["X0"]))

    assert problems(after) == []
    assert not any("X0" in (link.source, link.target) for link in after.links.values())


def test_deleting_a_module_leaves_its_people_and_lifts_what_lies_inside() -> None:
    document = org(modules={"Out": "a", "In": "b"})
    document = document.apply(edits.nest(document, ModuleId("In"), ModuleId("Out")))

    after = document.apply(edits.delete(document, ["Out"]))

    assert problems(after) == []
    assert after.nodes[node("a")].modules == ()
    assert after.modules[ModuleId("In")].parent is None


def test_deleting_nested_modules_together_leaves_no_trace() -> None:
    document = org(modules={"Out": "", "In": "b", "Core": "c"})
    document = document.apply(edits.nest(document, ModuleId("In"), ModuleId("Out")))
    document = document.apply(edits.nest(document, ModuleId("Core"), ModuleId("In")))

    after = document.apply(edits.delete(document, ["Out", "In"]))

    assert problems(after) == []
    assert after.modules[ModuleId("Core")].parent is None


def test_deleting_the_lead_leaves_the_module_without_one() -> None:
    document = org(modules={"M": "a b"})
    document = document.apply(edits.set_fields(document, ["M"], lead=node("a")))

    after = document.apply(edits.delete(document, ["a"]))

    assert after.modules[ModuleId("M")].lead is None


def test_a_module_cannot_lie_inside_itself() -> None:
    document = org(modules={"Out": "a", "In": "b"})
    document = document.apply(edits.nest(document, ModuleId("In"), ModuleId("Out")))

    with pytest.raises(EditError, match="cannot lie inside itself"):
        edits.nest(document, ModuleId("Out"), ModuleId("In"))


def test_joining_a_module_makes_it_the_home_and_keeps_other_memberships() -> None:
    document = org(modules={"Sales": "a", "Choir": "a b", "Shop": "c"})

    after = document.apply(edits.join(document, [node("a")], ModuleId("Shop")))

    assert after.nodes[node("a")].modules == ("Shop", "Choir")
    left = after.apply(edits.join(after, [node("a")], None))
    assert left.nodes[node("a")].modules == ("Choir",)


def test_a_module_round_people_becomes_their_home() -> None:
    document = org("a <> b")

    change, made = edits.add_module(document, "Team", [node("a"), node("b")])

    after = document.apply(change)
    assert after.nodes[node("a")].modules == (made,)
    assert problems(after) == []


def test_moving_a_frame_takes_everybody_inside_along() -> None:
    document = org(modules={"Out": "a", "In": "b"}, people="c")
    document = document.apply(edits.nest(document, ModuleId("In"), ModuleId("Out")))
    document = document.apply(edits.move(document, {node(n): (0.0, 0.0) for n in "abc"}))
    empty, made = edits.add_module(
        document, "Empty", frame=Frame(x=0, y=0, width=10, height=10), parent=ModuleId("In")
    )
    document = document.apply(empty)

    after = document.apply(edits.shift(document, {"Out": (5.0, 7.0), "In": (90.0, 0.0), "b": (90.0, 0.0)}))

    assert [(after.nodes[node(n)].x, after.nodes[node(n)].y) for n in "abc"] == [(5, 7), (5, 7), (0, 0)]
    frame = after.modules[made].frame
    assert frame is not None
    assert (frame.x, frame.y) == (5.0, 7.0)


def test_a_second_module_leaves_the_home_and_is_taken_again() -> None:
    document = org(modules={"Home": "a", "Other": "b"})

    both = document.apply(edits.also_in(document, [node("a")], ModuleId("Other")))
    twice = both.apply(edits.also_in(both, [node("a")], ModuleId("Other")))
    out = both.apply(edits.take_out(both, [node("a")], ModuleId("Home")))

    assert both.nodes[node("a")].modules == ("Home", "Other")
    assert twice == both
    assert out.nodes[node("a")].modules == ("Other",)


def test_a_link_takes_another_end_but_never_both_the_same() -> None:
    document = org("a > b", people="c", modules={"Sales": ""})
    link = LinkId("l1")

    after = document.apply(edits.reattach(document, link, target=node("c")))
    module = document.apply(edits.reattach(document, link, source=ModuleId("Sales")))

    assert (after.links[link].source, after.links[link].target) == ("a", "c")
    assert module.links[link].source == "Sales"
    with pytest.raises(EditError):
        edits.reattach(document, link, source=node("b"))
    with pytest.raises(EditError):
        edits.reattach(document, link, source=node("nobody"))


def test_turning_a_link_round_swaps_its_ends() -> None:
    document = org("a > b")

    after = document.apply(edits.turn_round(document, [LinkId("l1")]))

    assert (after.links[LinkId("l1")].source, after.links[LinkId("l1")].target) == ("b", "a")


def test_only_talk_goes_both_ways() -> None:
    document = org("a ^ b, a > c")

    after = document.apply(edits.set_two_way(document, [LinkId("l1"), LinkId("l2")], True))
    turned = after.apply(edits.set_fields(after, ["l2"], kind=LinkKind.REPORTS))

    assert [link.two_way for link in after.links.values()] == [False, True]
    assert not turned.links[LinkId("l2")].two_way
    assert problems(turned) == []


def test_fields_are_set_on_whatever_has_them() -> None:
    document = org("a > b")

    after = document.apply(edits.set_fields(document, ["a", "l1"], notes="hm", level=2))

    assert after.nodes[node("a")].level == 2
    assert after.links[LinkId("l1")].notes == "hm"


def test_a_copy_keeps_the_links_among_the_copied() -> None:
    document = org("a <> b, b > c")
    document = document.apply(edits.move(document, {node("a"): (0.0, 0.0)}))

    change, made = copies(document, ["a", "b"], (10.0, 10.0))

    after = document.apply(change)
    assert len(made) == 2
    assert len(after.links) == 3
    assert after.nodes[node(made[0])].x == 10.0
    assert problems(after) == []


def test_a_removed_channel_leaves_its_links() -> None:
    document = org("a > b")
    document = document.apply(edits.set_fields(document, ["l1"], channel=ChannelId("mail")))

    after = document.apply(edits.delete_channel(document, ChannelId("mail")))

    assert after.links[LinkId("l1")].channel is None
    assert problems(after) == []


def test_several_are_linked_with_several_in_one_change_and_nobody_with_themselves() -> None:
    document = org(people="a b c")

    change, made = edits.link_each(document, [node("a"), node("b")], [node("b"), node("c"), node("b")])

    after = document.apply(change)
    assert [(link.source, link.target) for link in after.links.values()] == [
        ("a", "b"),
        ("a", "c"),
        ("b", "c"),
    ]
    assert list(after.links) == made
    assert all(link.two_way for link in after.links.values())
    assert after.apply(change.inverse()) == document


def test_nobody_is_linked_with_somebody_who_has_gone() -> None:
    with pytest.raises(EditError):
        edits.link_each(org(people="a"), [node("a")], [node("gone")])


def test_nobody_named_yet_gets_a_name_nobody_has() -> None:
    document = org(people="a")
    change, made = edits.add_node(document, edits.unnamed(document))
    document = document.apply(change)

    assert edits.unnamed(document) != document.nodes[made].name


def test_a_layout_lets_drawn_frames_close_round_their_people_and_leaves_empty_ones() -> None:
    document = org(modules={"Shop": "ana", "Yard": "ben"})
    drawn = Frame(x=-300, y=-200, width=600, height=400)
    for key in ("Shop", "Yard"):
        document = document.apply(edits.set_fields(document, [key], frame=drawn))
    change, made = edits.add_module(document, "Empty", frame=drawn)
    document = document.apply(change)
    document = document.apply(edits.move(document, {NodeId("ana"): (0.0, 0.0), NodeId("ben"): (900.0, 0.0)}))
    assert frames(document)[ModuleId("Shop")] == drawn
    assert frames(document)[ModuleId("Yard")] != drawn  # ben stands outside

    after = document.apply(edits.lay_out(document, {NodeId("ana"): (20.0, 0.0)}))

    assert after.modules[ModuleId("Shop")].frame is None
    assert after.modules[made].frame == drawn
    assert frames(after)[ModuleId("Shop")].width < 300
    part = document.apply(edits.lay_out(document, {NodeId("ana"): (20.0, 0.0)}, [NodeId("ana")]))
    assert part.modules[ModuleId("Yard")].frame == drawn
