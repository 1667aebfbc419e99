"""What copy, cut and paste make of a map, without a window."""

from __future__ import annotations

from dataclasses import replace

from orgmap.model import edits, fragments
from orgmap.model.document import Document, Draft, problems
from orgmap.model.entities import Channel, ChannelId, LinkId, ModuleId, NodeId, StickyId, StickyNote
from orgmap.model.query import name_of
from tests.words import org

MAP = org("ana <> ben, ana > cy, ben <> dov", modules={"Sales": "ana ben", "Support": "cy"})


def pasted(
    document: Document, fragment: fragments.Fragment, into: ModuleId | None = None
) -> tuple[Document, list[str]]:
    change, made = fragments.put(document, fragment, into=into)
    after = document.apply(change)
    assert problems(after) == []
    assert after.apply(change.inverse()) == document
    return after, made


def lines(document: Document) -> list[str]:
    sign = {True: "<>", False: ">"}
    links = document.links.values()
    return [f"{name_of(document, k.source)} {sign[k.two_way]} {name_of(document, k.target)}" for k in links]


def names(document: Document, ids: list[str]) -> list[str]:
    return [name_of(document, NodeId(key)) for key in ids]


def homes(document: Document) -> list[tuple[str, list[str]]]:
    return [(n.name, [name_of(document, m) for m in n.modules]) for n in document.nodes.values()]


def test_people_take_the_links_among_them_along_and_no_others() -> None:
    fragment = fragments.taken(MAP, ["ana", "ben"])

    assert lines(fragment.parts) == ["ana <> ben"]
    assert fragment.chosen == ["ana", "ben", "l1"]
    assert fragment.context == {"Sales"}
    assert problems(fragment.parts) == []


def test_people_pasted_where_they_came_from_are_copies_in_the_same_module() -> None:
    after, made = pasted(MAP, fragments.taken(MAP, ["ana", "ben"]))

    assert len(after.modules) == 2
    assert [after.nodes[NodeId(key)].modules for key in made] == [("Sales",), ("Sales",)]
    assert lines(after)[-1] == "ana <> ben"
    assert after.links[list(after.links)[-1]].source == made[0]


def test_a_module_brings_its_people_and_pasting_it_makes_another() -> None:
    fragment = fragments.taken(MAP, ["Sales"])

    after, made = pasted(MAP, fragment)

    assert fragment.chosen == ["Sales", "ana", "ben", "l1"]
    assert [module.name for module in after.modules.values()] == ["Sales", "Support", "Sales"]
    assert homes(after)[4:] == [("ana", ["Sales"]), ("ben", ["Sales"])]
    assert after.nodes[NodeId(made[1])].modules == (made[0],)


def test_on_another_map_a_module_is_made_once_and_then_found_again_by_its_name() -> None:
    fragment = fragments.taken(MAP, ["ana", "cy"])
    other = org("x > y", modules={"Support": "x"})

    once, _ = pasted(other, fragment)
    twice, made = pasted(once, fragment)

    assert [module.name for module in twice.modules.values()] == ["Support", "Sales"]
    assert homes(twice)[-2:] == [("ana", ["Sales"]), ("cy", ["Support"])]
    assert names(twice, made) == ["ana", "cy"]


def test_pasting_into_a_module_makes_it_the_home_of_who_came_without_theirs() -> None:
    fragment = fragments.taken(MAP, ["ana", "dov"])

    after, made = pasted(MAP, fragment, into=ModuleId("Support"))

    assert [after.nodes[NodeId(key)].modules for key in made] == [("Support",), ("Support",)]


def test_people_pasted_away_from_their_module_do_not_stretch_it() -> None:
    change, made = fragments.put(MAP, fragments.taken(MAP, ["ana"]), leaving=[ModuleId("Sales")])

    assert MAP.apply(change).nodes[NodeId(made[0])].modules == ()


def test_a_link_copied_alone_is_one_more_line_between_the_same_two() -> None:
    fragment = fragments.taken(MAP, ["l2"])

    here, made = pasted(MAP, fragment)
    elsewhere, _ = pasted(Document(), fragment)

    assert fragment.context == {"ana", "cy", "Sales", "Support"}
    assert lines(here)[-1] == "ana > cy"
    assert len(here.nodes) == len(MAP.nodes)
    assert made == [list(here.links)[-1]]
    assert lines(elsewhere) == ["ana > cy"]


def test_channels_are_found_by_name_then_by_id_and_else_brought_along() -> None:
    radio = Channel(id=ChannelId("c7"), name="Radio")
    base = MAP.apply(Draft(MAP).put(radio).change())
    base = base.apply(edits.set_fields(base, ["l1"], channel=ChannelId("c7")))
    base = base.apply(edits.set_fields(base, ["l2"], channel=ChannelId("chat")))
    fragment = fragments.taken(base, ["ana", "ben", "cy"])
    other = org("x > y")
    chat = replace(other.channels[ChannelId("chat")], name="Teams")
    other = other.apply(Draft(other).put(chat).change())

    after, _ = pasted(other, fragment)
    again, _ = pasted(after, fragment)

    used = {after.channels[c].name for link in after.links.values() if (c := link.channel) is not None}
    assert used == {"Radio", "Teams"}
    assert len(again.channels) == len(after.channels) == len(other.channels) + 1


def test_what_was_cut_and_pasted_again_is_as_it_was() -> None:
    base = MAP.apply(edits.set_fields(MAP, ["Sales"], lead=NodeId("ana")))
    fragment = fragments.taken(base, ["ana", "Support"])
    cut = edits.delete(base, fragment.chosen)
    without = base.apply(cut)

    change, made = fragments.put(without, fragment, back=cut)

    after = without.apply(change)
    assert dict(after.nodes) == dict(base.nodes)
    assert dict(after.links) == dict(base.links)
    assert dict(after.modules) == dict(base.modules)
    assert set(made) == {"ana", "cy", "Support"}


def test_what_was_cut_is_pasted_a_second_time_as_a_copy() -> None:
    fragment = fragments.taken(MAP, ["ana"])
    cut = edits.delete(MAP, fragment.chosen)
    without = MAP.apply(cut)
    once = without.apply(fragments.put(without, fragment, back=cut)[0])

    twice, made = pasted(once, fragment)

    assert made != ["ana"]
    assert len(twice.nodes) == len(MAP.nodes) + 1


def test_sticky_notes_and_frames_move_with_the_fragment() -> None:
    note = StickyNote(id=StickyId("s1"), text="Ask Ana", x=10.0, y=20.0)
    base = replace(MAP, stickies={note.id: note})
    base = base.apply(edits.move(base, {NodeId("ana"): (1.0, 2.0)}))

    fragment = fragments.moved(fragments.taken(base, ["s1", "ana"]), {"s1": (5.0, 5.0), "ana": (5.0, 5.0)})
    after, made = pasted(base, fragment)

    assert [(n.x, n.y) for n in after.stickies.values()] == [(10.0, 20.0), (15.0, 25.0)]
    assert (after.nodes[NodeId(made[0])].x, after.nodes[NodeId(made[0])].y) == (6.0, 7.0)


def test_nested_modules_keep_their_order_and_a_lead_who_stays_behind_is_let_go() -> None:
    base = org(modules={"Out": "x", "In": "y"})
    base = base.apply(edits.nest(base, ModuleId("In"), ModuleId("Out")))
    base = base.apply(edits.set_fields(base, ["In"], lead=NodeId("x")))

    inner, _ = pasted(Document(), fragments.taken(base, ["In"]))
    outer, made = pasted(base, fragments.taken(base, ["Out"]))

    assert [(m.name, m.lead) for m in inner.modules.values()] == [("Out", None), ("In", None)]
    assert outer.modules[ModuleId(made[1])].parent == made[0]
    assert outer.modules[ModuleId(made[1])].lead == made[2]


def test_what_the_map_does_not_have_is_no_fragment() -> None:
    assert not fragments.taken(MAP, ["nobody"])
    assert fragments.taken(MAP, [LinkId("l1")])
