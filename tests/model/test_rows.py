"""Writing rows and cells: names are found, made once, and nothing half done is left."""

from __future__ import annotations

import pytest

from orgmap.errors import EditError
from orgmap.model import edits
from orgmap.model.document import Document, problems
from orgmap.model.entities import LinkId, LinkKind, ModuleId, NodeId
from orgmap.model.frames import frames
from orgmap.model.query import listed_channels, named
from orgmap.model.rows import Writing
from tests.ui.hand import laid
from tests.words import org

MAP = laid(
    org("ana > ben, ben <> cy", modules={"Sales": "ana ben", "Works": "cy"}),
    {"ana": (0.0, 0.0), "ben": (120.0, 0.0), "cy": (600.0, 0.0)},
)


def written(writing: Writing, document: Document = MAP) -> Document:
    after = document.apply(writing.change())
    assert problems(after) == []
    return after


def test_a_module_nobody_has_named_before_is_made_once_and_found_again() -> None:
    writing = Writing(MAP)

    writing.set_home(NodeId("ana"), "Depot")
    writing.set_home(NodeId("ben"), " depot ")

    after = written(writing)
    assert [module.name for module in after.modules.values()] == ["Sales", "Works", "Depot"]
    assert after.nodes[NodeId("ana")].modules == after.nodes[NodeId("ben")].modules


def test_who_changes_the_module_moves_into_its_frame_and_nobody_else_moves() -> None:
    writing = Writing(MAP)

    writing.set_home(NodeId("ana"), "Works")

    after = written(writing)
    ana, frame = after.nodes[NodeId("ana")], frames(MAP)[ModuleId("Works")]
    assert ana.x is not None
    assert ana.y is not None
    assert frame.x <= ana.x <= frame.x + frame.width + 120
    assert (after.nodes[NodeId("cy")].x, after.nodes[NodeId("ben")].x) == (600.0, 120.0)
    sales, works = frames(after)[ModuleId("Sales")], frames(after)[ModuleId("Works")]
    assert sales.x + sales.width < works.x


def test_a_pinned_person_stays_where_it_is_when_its_module_changes() -> None:
    pinned = MAP.apply(edits.set_fields(MAP, ["ana"], pinned=True))
    writing = Writing(pinned)

    writing.set_home(NodeId("ana"), "Works")

    assert written(writing, pinned).nodes[NodeId("ana")].x == 0.0


def test_a_link_of_unknown_names_makes_the_people_on_free_spots() -> None:
    writing = Writing(MAP)

    key = writing.link("Dov", "Edith")
    writing.link("dov", "ana")

    after = written(writing)
    assert len(after.nodes) == 5
    link = after.links[key]
    assert (after.nodes[NodeId(link.source)].name, link.two_way) == ("Dov", False)
    places = [(n.x, n.y) for n in after.nodes.values()]
    assert len(set(places)) == 5
    assert (None, None) not in places


def test_new_people_stand_in_nobody_elses_frame() -> None:
    writing = Writing(MAP)
    for number in range(30):
        writing.person(f"new {number}")

    after = written(writing)

    rects = frames(MAP).values()
    for node in after.nodes.values():
        if not node.modules and node.x is not None and node.y is not None:
            assert not any(
                f.x <= node.x <= f.x + f.width and f.y <= node.y <= f.y + f.height for f in rects
            ), node.name


def test_a_link_to_itself_is_refused() -> None:
    writing = Writing(MAP)

    with pytest.raises(EditError, match="linked to itself"):
        writing.link("ana", "Ana ")
    with pytest.raises(EditError, match="linked to itself"):
        writing.set_end(LinkId("l1"), "target", "ana")


def test_a_name_that_two_people_bear_is_asked_about() -> None:
    twins = MAP.apply(edits.rename(MAP, NodeId("cy"), "ana"))
    writing = Writing(twins)

    with pytest.raises(EditError, match="2 things called ana"):
        writing.link("ben", "ana")


def test_the_end_a_link_has_is_kept_even_if_another_bears_its_name() -> None:
    twins = MAP.apply(edits.rename(MAP, NodeId("cy"), "ana"))
    writing = Writing(twins)

    writing.set_end(LinkId("l1"), "source", "ana")

    assert written(writing, twins) == twins


def test_a_person_without_a_name_is_refused() -> None:
    writing = Writing(MAP)

    with pytest.raises(EditError, match="needs a name"):
        writing.rename(NodeId("ana"), "  ")
    with pytest.raises(EditError, match="needs a name"):
        writing.person("")


def test_further_modules_keep_the_home_and_make_the_first_one_home_if_there_is_none() -> None:
    writing = Writing(MAP)
    free = writing.person("Dov")

    writing.set_also(NodeId("ana"), ["Works", "Sales", "Depot"])
    writing.set_also(free, ["Works"])

    after = written(writing)
    assert [after.modules[m].name for m in after.nodes[NodeId("ana")].modules] == ["Sales", "Works", "Depot"]
    assert after.nodes[free].modules == (ModuleId("Works"),)


def test_talk_that_becomes_a_formal_line_goes_one_way() -> None:
    writing = Writing(MAP)

    writing.set("l2", kind=LinkKind.REPORTS)

    assert written(writing).links[LinkId("l2")].two_way is False


def test_channels_are_added_last_numbered_and_listed_in_the_order_given() -> None:
    document = MAP
    for _ in range(2):
        change, _made = edits.add_channel(document, "radio")
        document = document.apply(change)
    order = [channel.id for channel in listed_channels(document)]
    order.reverse()

    ordered = document.apply(edits.order_channels(document, order))

    assert [c.name for c in listed_channels(ordered)][:2] == ["radio 2", "radio"]
    assert named(ordered, "radio") == []
