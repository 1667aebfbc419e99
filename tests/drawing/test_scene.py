"""A scene knows where everything is, and keeps up with edits."""

from __future__ import annotations

import random
from dataclasses import fields, replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from orgmap.drawing.arcs import FAN, GAP
from orgmap.drawing.columns import RADIUS
from orgmap.drawing.scene import Scene, frames
from orgmap.model import edits
from orgmap.model.document import Change, Document, Draft
from orgmap.model.entities import (
    ChannelId,
    Dash,
    Frame,
    LinkId,
    LinkKind,
    ModuleId,
    NodeId,
    NodeKind,
    Status,
)
from orgmap.model.frames import frames as frames_of_model
from tests.drawing.maps import placed, two_teams, with_fields
from tests.words import TEST_ORGANIZATION, org


def test_a_node_is_hit_inside_its_rim_and_within_the_tolerance() -> None:
    scene = Scene.of(two_teams())

    assert scene.node_at(RADIUS - 1, 0) == "ana"
    assert scene.node_at(RADIUS + 3, 0) is None
    assert scene.node_at(RADIUS + 3, 0, tolerance=4) == "ana"


def test_of_two_nodes_the_one_drawn_last_is_hit() -> None:
    scene = Scene.of(placed(org(people="ana ben"), ana=(0, 0), ben=(10, 0)))

    assert scene.node_at(5, 0) == "ben"


@pytest.mark.parametrize(
    ("kind", "corner_hit"), [(NodeKind.PERSON, False), (NodeKind.OUTSIDE, False), (NodeKind.SOURCE, True)]
)
def test_a_node_is_hit_in_its_own_shape(kind: NodeKind, corner_hit: bool) -> None:
    document = with_fields(placed(org(people="ana"), ana=(0, 0)), {"ana": {"kind": kind}})

    hit = Scene.of(document).node_at(0.85 * RADIUS, 0.85 * RADIUS)

    assert (hit == "ana") is corner_hit


def test_the_rim_is_where_a_link_is_pulled_out() -> None:
    scene = Scene.of(two_teams())

    assert scene.rim_at(RADIUS, 0) == "ana"
    assert scene.rim_at(0, 0) is None
    rim = scene.rim_point(NodeId("ana"), 300, 0)
    assert [rim.x(), rim.y()] == pytest.approx([RADIUS, 0])


def test_a_link_is_hit_near_its_line_only() -> None:
    scene = Scene.of(two_teams())

    assert scene.link_at(200, 3) == "l2"
    assert scene.link_at(200, 30) is None
    assert scene.link_at(450, 0) is None


def test_lines_end_a_gap_before_the_rims() -> None:
    scene = Scene.of(two_teams())
    row = scene.links.index[LinkId("l2")]

    assert scene.arcs.start[row] == pytest.approx([RADIUS + GAP, 0])
    assert scene.arcs.end[row] == pytest.approx([400 - RADIUS - GAP, 0])


def test_parallel_links_are_drawn_apart() -> None:
    document = placed(org("ana > ben, ben > ana, ana > ben"), ana=(0, 0), ben=(300, 0))

    middles = sorted(float(y) for y in Scene.of(document).arcs.at(0.5)[:, 1])

    assert middles == pytest.approx([-FAN, 0, FAN], abs=3)


def test_a_line_that_would_pass_through_a_node_bows_round_it() -> None:
    document = placed(org("ana > ben", people="cy"), ana=(0, 0), ben=(500, 0), cy=(250, 4))

    scene = Scene.of(document)

    middle = scene.arcs.at(0.5)[0]
    assert abs(middle[1] - 4) > RADIUS


@pytest.mark.parametrize(("ana", "cy"), [(0, 600), (600, 0)])
def test_a_line_bows_above_a_node_sooner_than_through_its_name(ana: float, cy: float) -> None:
    document = placed(org("ana > cy", people="ben"), ana=(ana, 0), ben=(300, 4), cy=(cy, 0))

    scene = Scene.of(document)
    below = placed(document, ben=(300, -14))

    assert scene.arcs.at(0.5)[0, 1] < -RADIUS
    middle = float(Scene.of(below).arcs.at(0.5)[0, 1])
    assert middle < -14 - RADIUS or middle > -14 + 39  # above the sign, or below the name


def test_a_line_does_not_bow_from_one_node_into_another() -> None:
    document = placed(org("ana > di", people="ben cy"), ana=(0, 0), ben=(300, 2), cy=(300, -36), di=(600, 0))

    middle = float(Scene.of(document).arcs.at(0.5)[0, 1])

    assert middle > 2 + RADIUS or middle < -36 - RADIUS


def test_nodes_without_a_place_and_their_links_are_left_out() -> None:
    document = placed(org("ana > ben, ben > cy"), ana=(0, 0), ben=(100, 0))

    scene = Scene.of(document)

    assert scene.visible.tolist() == [True, True, False]
    assert scene.arcs.shown.tolist() == [True, False]
    assert scene.centre("cy") is None


def test_frames_are_those_of_the_model() -> None:
    base = two_teams()
    change, east = edits.add_module(base, "East, with a name much longer than its people need")
    document = base.apply(change)
    document = document.apply(edits.nest(document, ModuleId("Sales"), east))
    change, _ = edits.add_module(document, "Empty", frame=Frame(x=900, y=0, width=200, height=120))
    document = document.apply(change)

    expected = frames_of_model(document)
    found = frames(document)

    assert found.keys() == expected.keys()
    for key, frame in expected.items():
        rect = found[key]
        assert (rect.x(), rect.y(), rect.width(), rect.height()) == pytest.approx(
            (frame.x, frame.y, frame.width, frame.height)
        )


def test_the_innermost_module_is_hit_and_which_part_of_it() -> None:
    base = two_teams()
    change, east = edits.add_module(base, "East")
    document = base.apply(change)
    document = document.apply(edits.nest(document, ModuleId("Sales"), east))
    scene = Scene.of(document)
    inner, outer = (frames(document)[ModuleId(m)] for m in ("Sales", east))

    assert scene.module_at(0, 75) == "Sales"
    assert scene.module_part_at(inner.left() + 60, inner.top() + 15) == ("Sales", "tab")
    assert scene.module_part_at(inner.left(), inner.center().y()) == ("Sales", "border")
    assert scene.module_part_at(outer.left() + 8, outer.center().y()) == (east, "inside")
    assert scene.module_at(5000, 5000) is None


def test_a_rubber_band_finds_the_nodes_whose_middle_it_holds() -> None:
    scene = Scene.of(two_teams())

    assert scene.nodes_in(QRectF(-50, -50, 100, 300)) == ["ana", "ben"]
    assert scene.nodes_in(QRectF(50, 250, -100, -300)) == ["ana", "ben"]


def test_a_collapsed_module_stands_for_its_people_and_their_links() -> None:
    document = with_fields(two_teams(), {"Support": {"collapsed": True}})

    scene = Scene.of(document)

    assert not scene.visible[scene.nodes.index[NodeId("cy")]]
    shown = [key for key, on in zip(scene.links.ids, scene.arcs.shown, strict=True) if on]
    assert shown == ["l1", "l2"]
    assert scene.arcs.ends[1].tolist() == [0, -2]
    assert int(scene.held[1]) == 2
    assert scene.centre("ana") is not None


def test_links_that_a_collapsed_module_makes_equal_are_drawn_once() -> None:
    document = org("ana > cy, ana > di", modules={"Sales": "ana", "Support": "cy di"})
    document = placed(document, ana=(0, 0), cy=(400, 0), di=(400, 150))

    scene = Scene.of(with_fields(document, {"Support": {"collapsed": True}}))

    assert scene.arcs.shown.tolist() == [True, False]


def test_links_can_end_on_modules() -> None:
    base = two_teams()
    change, made = edits.add_link(base, ModuleId("Sales"), ModuleId("Support"))

    scene = Scene.of(base.apply(change))

    row = scene.links.index[made]
    sales, support = (frames(base)[ModuleId(m)] for m in ("Sales", "Support"))
    assert scene.arcs.shown[row]
    assert scene.arcs.start[row][0] == pytest.approx(sales.right() + GAP, abs=0.5)
    assert scene.arcs.end[row][0] == pytest.approx(support.left() - GAP, abs=0.5)


def test_the_bounds_hold_every_frame() -> None:
    document = two_teams()

    bounds = Scene.of(document).bounds

    assert all(bounds.contains(rect) for rect in frames(document).values())


def test_an_empty_map_has_an_empty_scene() -> None:
    scene = Scene.of(Document())

    assert scene.empty
    assert scene.bounds.isEmpty()
    assert scene.node_at(0, 0) is None
    assert scene.link_at(0, 0) is None


def _same(one: Scene, other: Scene) -> None:
    for part in ("nodes", "links", "frames", "arcs"):
        mine, theirs = getattr(one, part), getattr(other, part)
        for each in fields(mine):
            a, b = getattr(mine, each.name), getattr(theirs, each.name)
            if isinstance(a, np.ndarray):
                np.testing.assert_array_equal(a, b, err_msg=f"{part}.{each.name}")
            else:
                assert a == b, f"{part}.{each.name}"
    np.testing.assert_array_equal(one.visible, other.visible)
    np.testing.assert_array_equal(one.link_hue, other.link_hue)
    assert one.bounds == other.bounds


def _edit(document: Document, draw: random.Random) -> Change:
    """Any edit a user could make, chosen by chance."""
    nodes, links, modules = list(document.nodes), list(document.links), list(document.modules)
    place = (draw.uniform(0, 900), draw.uniform(0, 600))
    match draw.randrange(11):
        case 0:
            return edits.add_node(document, "New", place, module=draw.choice([None, *modules]))[0]
        case 1 if len(nodes) > 1:
            return edits.add_link(document, *draw.sample(nodes, 2))[0]
        case 2 if nodes:
            return edits.delete(document, draw.sample(nodes, 1))
        case 3 if links:
            return edits.delete(document, draw.sample(links, 1))
        case 4 if nodes:
            return edits.move(document, {draw.choice(nodes): place})
        case 5 if nodes and modules:
            return edits.join(document, draw.sample(nodes, 1), draw.choice([None, *modules]))
        case 6 if links:
            return edits.turn_round(document, draw.sample(links, 1))
        case 7 if nodes:
            return edits.rename(document, draw.choice(nodes), "Another")
        case 8 if modules:
            module = draw.choice(modules)
            return edits.set_fields(document, [module], collapsed=not document.modules[module].collapsed)
        case 9 if links:
            status = draw.choice(list(Status))
            return edits.set_fields(document, [draw.choice(links)], status=status, per_week=3.0)
        case 10:
            return edits.add_module(document, "Team", draw.sample(nodes, min(2, len(nodes))))[0]
    return Change()


@pytest.mark.parametrize("seed", range(12))
def test_an_updated_scene_is_the_same_as_a_new_one(seed: int) -> None:
    draw = random.Random(seed)
    document = TEST_ORGANIZATION
    places = {key: (draw.uniform(0, 900), draw.uniform(0, 600)) for key in document.nodes}
    document = document.apply(edits.move(document, places))
    scene = Scene.of(document)
    undone: list[Change] = []

    for _ in range(25):
        change = _edit(document, draw)
        if undone and draw.random() < 0.25:
            change = undone.pop().inverse()
        else:
            undone.append(change)
        document = document.apply(change)
        scene = scene.updated(document, change)
        _same(scene, Scene.of(document))


def test_a_change_of_a_channel_reaches_its_links() -> None:
    base = with_fields(two_teams(), {"l1": {"channel": ChannelId("mail")}})
    change = Draft(base).put(replace(base.channels[ChannelId("mail")], dash=Dash.DOT)).change()

    scene = Scene.of(base).updated(base.apply(change), change)

    _same(scene, Scene.of(base.apply(change)))


def test_the_old_scene_is_not_touched_by_an_update() -> None:
    base = two_teams()
    scene = Scene.of(base)
    change = edits.move(base, {NodeId("ana"): (77.0, 88.0)})

    scene.updated(base.apply(change), change)

    _same(scene, Scene.of(base))


def test_kinds_of_links_are_kept_in_their_rows() -> None:
    document = org("ana ^ ben, ben needs cy")

    kinds = Scene.of(document).links.kind.tolist()

    assert kinds == [list(LinkKind).index(LinkKind.REPORTS), list(LinkKind).index(LinkKind.NEEDS)]
