"""Nobody on top of anybody, nothing pinned moves, and the same map gives the same places."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.timing import organization
from orgmap.analysis import layouts, stress
from orgmap.analysis.board import Board
from orgmap.analysis.crossings import crossings
from orgmap.analysis.ranks import flow_ranks, formal_ranks
from orgmap.errors import UsageError
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import Frame, ModuleId, NodeId, StickyId, StickyNote
from orgmap.model.frames import frames, node_box
from orgmap.model.query import above
from orgmap.progress import Cancelled, Progress
from tests.words import TEST_ORGANIZATION, org


def placed(document: Document, places: layouts.Places) -> Document:
    return document.apply(edits.move(document, places))


def nested(document: Document, depth: int) -> Document:
    """The same map, with every third module put into the one before it, `depth` times."""
    for number, module in enumerate(list(document.modules)):
        if depth and number % 3:
            parent = ModuleId(f"m{number - 1 if number % 3 == 1 or depth > 1 else number - 2}")
            document = document.apply(edits.nest(document, module, parent))
    return document


def frames_at_odds(document: Document) -> list[tuple[str, str]]:
    """Frames that overlap without lying in one another, and people in a frame that is not theirs."""
    found: list[tuple[str, str]] = []
    boxes = frames(document)
    around = {key: {m.id for m in above(document, key)} for key in boxes}
    for a, b in combinations(boxes, 2):
        if a in around[b] or b in around[a]:
            continue
        one, two = boxes[a], boxes[b]
        across = one.x < two.x + two.width and two.x < one.x + one.width
        if across and one.y < two.y + two.height and two.y < one.y + one.height:
            found.append((a, b))
    for node in document.nodes.values():
        own = around[node.modules[0]] if node.modules else set()
        left, top, right, bottom = node_box(node)
        assert node.x is not None
        assert node.y is not None
        for key, box in boxes.items():
            across = node.x + left < box.x + box.width and box.x < node.x + right
            if key not in own and across and node.y + top < box.y + box.height and box.y < node.y + bottom:
                found.append((node.id, key))
    return found


def overlaps(document: Document) -> list[tuple[str, str]]:
    """The pairs of nodes that lie on one another, names included."""
    boxes = []
    for node in document.nodes.values():
        assert node.x is not None
        assert node.y is not None
        left, top, right, bottom = node_box(node)
        boxes.append((node.id, node.x + left, node.y + top, node.x + right, node.y + bottom))
    return [
        (a[0], b[0])
        for a, b in combinations(boxes, 2)
        if a[1] < b[3] and b[1] < a[3] and a[2] < b[4] and b[2] < a[4]
    ]


@pytest.mark.parametrize("style", layouts.STYLES)
@pytest.mark.parametrize(("people", "links"), [(2, 1), (5, 6), (50, 150), (150, 600)])
def test_nobody_lies_on_anybody(style: str, people: int, links: int) -> None:
    document = organization(people, links, 1)

    result = placed(document, layouts.place(document, style))

    assert overlaps(result) == []


FRAMED = ("modules", "levels", "flow", "together")


@pytest.mark.parametrize("style", FRAMED)
def test_forty_people_in_four_frames_have_room_each_and_so_have_the_frames(style: str) -> None:
    document = organization(40, 150, 1, 4)

    result = placed(document, layouts.place(document, style))

    assert overlaps(result) == []
    assert frames_at_odds(result) == []


@settings(max_examples=12, deadline=None)
@given(
    people=st.integers(20, 150),
    modules=st.integers(2, 12),
    talk=st.integers(1, 5),
    depth=st.integers(0, 2),
    seed=st.integers(0, 10_000),
    style=st.sampled_from(FRAMED),
)
def test_no_frame_lies_on_another_or_holds_a_stranger(
    people: int, modules: int, talk: int, depth: int, seed: int, style: str
) -> None:
    document = nested(organization(people, talk * people, seed, modules), depth)

    result = placed(document, layouts.place(document, style))

    assert overlaps(result) == []
    assert frames_at_odds(result) == []


def test_lines_cross_less_by_module_than_in_rows() -> None:
    document = organization(60, 150, 3, 6)
    ends = Board(document).pairs

    def crossed(places: layouts.Places) -> int:
        return crossings(Board(placed(document, places)).at, ends)

    assert crossed(layouts.place(document)) < 0.75 * crossed(layouts.rough(document))


def test_levels_stand_one_below_the_other() -> None:
    document = organization(60, 200, 3, 6)

    result = placed(document, layouts.place(document, "levels")).nodes.values()

    lowest = {n: max(v.y for v in result if v.level == n and v.y is not None) for n in (1, 2)}
    highest = {n: min(v.y for v in result if v.level == n and v.y is not None) for n in (2, 3)}
    assert lowest[1] < highest[2]
    assert lowest[2] < highest[3]


def test_without_levels_the_boss_stands_above_the_reports() -> None:
    document = org("a <> b, b <> c, c <> d, top ^ a, top ^ b, a ^ c")

    places = layouts.place(document, "levels")

    heights = [places[NodeId(v)][1] for v in ("top", "a", "c")]
    assert heights == sorted(set(heights))


def test_what_is_said_flows_downwards_and_a_cycle_stands_together() -> None:
    document = org("a > b, b > c, c > b, c > d, d > e")
    board = Board(document)

    ranks = dict(zip(board.ids, flow_ranks(board).tolist(), strict=True))

    assert ranks["a"] < ranks["b"] < ranks["d"] < ranks["e"]
    assert abs(ranks["b"] - ranks["c"]) <= 1


def test_who_has_no_level_stands_below_the_boss_or_beside_those_they_talk_with() -> None:
    document = org("ana <> cy, ana ^ ben", levels={"ana": 1})
    board = Board(document)

    ranks = dict(zip(board.ids, formal_ranks(board).tolist(), strict=True))

    assert ranks == {"ana": 0, "ben": 1, "cy": 0}


def test_a_circle_is_a_circle_and_modules_stand_together_on_it() -> None:
    document = organization(40, 120, 2, 4)

    places = layouts.place(document, "circle")

    at = np.array([places[v] for v in sorted(places)])
    radius = np.hypot(*(at - (at.max(axis=0) + at.min(axis=0)) / 2).T)
    assert radius.max() / radius.min() < 1.1
    middle = at.mean(axis=0)
    round_about = sorted(places, key=lambda v: np.arctan2(*(np.array(places[v]) - middle)))
    homes = [document.nodes[NodeId(v)].modules[0] for v in round_about]
    assert sum(a != b for a, b in zip(homes, homes[1:] + homes[:1], strict=True)) == 4


def test_rings_follow_the_steps_from_the_one_in_the_middle() -> None:
    document = org("me <> a, me <> b, a <> c, b <> d, d <> e", people="alone")

    places = layouts.place(document, "rings", around=NodeId("me"))

    x, y = places[NodeId("me")]
    away = {str(v): float(np.hypot(px - x, py - y)) for v, (px, py) in places.items()}
    assert max(away["a"], away["b"]) < min(away["c"], away["d"])
    assert max(away["c"], away["d"]) < away["e"] < away["alone"]


def test_a_collapsed_module_moves_as_one() -> None:
    start = organization(30, 90, 1, 3)
    start = placed(start, layouts.place(start))
    shut = start.apply(edits.set_fields(start, ["m1"], collapsed=True))

    after = placed(shut, layouts.place(shut, "together"))

    inside = [v for v, node in shut.nodes.items() if node.modules[0] == "m1"]
    steps = {
        ((after.nodes[v].x or 0) - (shut.nodes[v].x or 0), (after.nodes[v].y or 0) - (shut.nodes[v].y or 0))
        for v in inside
    }
    assert len(steps) == 1
    assert frames_at_odds(after) == []


def test_an_empty_frame_is_given_a_place_of_its_own() -> None:
    document = organization(20, 60, 1, 2)
    change, made = edits.add_module(document, "New", frame=Frame(x=0, y=0, width=300, height=200))
    document = document.apply(change)

    places = layouts.place(document)

    assert made in places
    assert frames_at_odds(placed(document, places)) == []


@pytest.mark.parametrize("style", layouts.STYLES)
def test_nobody_is_laid_on_a_note(style: str) -> None:
    note = StickyNote(id=StickyId("s1"), x=-90.0, y=-60.0)
    document = replace(organization(30, 90, 1, 3), stickies={note.id: note})

    result = placed(document, layouts.place(document, style))

    for node in result.nodes.values():
        left, top, right, bottom = node_box(node)
        x, y = node.x or 0.0, node.y or 0.0
        beside = x + right <= note.x or x + left >= note.x + note.width
        assert beside or y + bottom <= note.y or y + top >= note.y + note.height


def test_a_nested_module_lies_inside_its_parent() -> None:
    document = org("a <> b, b <> c, c <> d", modules={"Shop": "a b", "Till": "c", "Yard": "d"})
    nested = document.apply(edits.nest(document, ModuleId("Till"), ModuleId("Shop")))

    found = frames(placed(nested, layouts.place(nested)))

    outer, inner = found[ModuleId("Shop")], found[ModuleId("Till")]
    assert outer.x < inner.x
    assert outer.y < inner.y
    assert outer.x + outer.width > inner.x + inner.width
    assert outer.y + outer.height > inner.y + inner.height


def test_the_same_map_gives_the_same_places_however_it_was_drawn() -> None:
    turned = replace(
        TEST_ORGANIZATION,
        nodes=dict(list(TEST_ORGANIZATION.nodes.items())[::-1]),
        links=dict(list(TEST_ORGANIZATION.links.items())[::-1]),
    )

    assert layouts.place(TEST_ORGANIZATION) == layouts.place(turned)


def test_pinned_people_stay_and_nobody_is_laid_on_them() -> None:
    start = placed(TEST_ORGANIZATION, layouts.place(TEST_ORGANIZATION))
    pinned = start.apply(edits.set_fields(start, ["A", "N"], pinned=True))

    places = layouts.place(pinned, "force")
    result = placed(pinned, places)

    assert not {"A", "N"} & places.keys()
    assert overlaps(result) == []


def test_tidying_a_selection_moves_nobody_else() -> None:
    start = placed(TEST_ORGANIZATION, layouts.rough(TEST_ORGANIZATION))
    chosen = [NodeId("X0"), NodeId("x1"), NodeId("x2")]

    places = layouts.place(start, only=chosen)

    assert places.keys() == set(chosen)
    assert overlaps(placed(start, places)) == []


def test_people_without_a_place_get_one_and_nobody_else_moves() -> None:
    start = placed(TEST_ORGANIZATION, layouts.place(TEST_ORGANIZATION))
    change, made = edits.add_node(start, "Newcomer", module=ModuleId("X"))
    start = start.apply(change)

    places = layouts.missing(start)

    assert places.keys() == {made}
    assert overlaps(placed(start, places)) == []


@pytest.mark.parametrize("seed", range(4))
def test_many_new_people_find_room_on_nobody_on_no_note_and_in_no_frame_of_others(seed: int) -> None:
    start = organization(40, 120, seed, 4)
    start = placed(start, layouts.place(start))
    box = frames(start)[ModuleId("m1")]
    note = StickyNote(id=StickyId("s"), x=box.x + 40, y=box.y + 60, width=120, height=90)
    start = replace(start, stickies={note.id: note})
    old = frames(start)
    for number in range(12):
        module = ModuleId(f"m{number % 4}") if number % 3 else None
        change, made = edits.add_node(start, f"Newcomer {number}", module=module)
        start = start.apply(change)
        start = start.apply(edits.add_link(start, made, NodeId(f"n{number}"))[0])

    result = placed(start, layouts.missing(start))

    assert overlaps(result) == []
    for node in result.nodes.values():
        left, top, right, bottom = node_box(node)
        x, y = node.x or 0.0, node.y or 0.0
        if node.id not in start.nodes or start.nodes[node.id].x is None:
            beside = x + right <= note.x or x + left >= note.x + note.width
            assert beside or y + bottom <= note.y or y + top >= note.y + note.height
            for key, frame in old.items():
                apart = x + right <= frame.x or x + left >= frame.x + frame.width
                apart = apart or y + bottom <= frame.y or y + top >= frame.y + frame.height
                assert apart or key in node.modules


def test_a_new_person_stands_in_the_frame_of_the_module_if_there_is_room() -> None:
    document = org("ana <> ben", modules={"Shop": "ana ben"})
    spread = {NodeId("ana"): (0.0, 0.0), NodeId("ben"): (300.0, 200.0)}
    document = document.apply(edits.move(document, spread))
    change, made = edits.add_node(document, "Cy", module=ModuleId("Shop"))
    document = document.apply(change)
    before = frames(document)

    result = placed(document, layouts.missing(document))

    assert frames(result) == before
    assert result.nodes[made].x is not None


def test_a_free_spot_is_free_and_near() -> None:
    document = org(people="a")
    document = document.apply(edits.move(document, {NodeId("a"): (0.0, 0.0)}))

    x, y = layouts.free_spot(document, (0.0, 0.0))

    assert 0 < max(abs(x), abs(y)) < 120


def test_rough_places_leave_room_for_everybody() -> None:
    document = organization(300, 900, 1)

    assert overlaps(placed(document, layouts.rough(document))) == []


def test_an_unknown_layout_is_told_what_there_is() -> None:
    with pytest.raises(UsageError, match="modules, levels"):
        layouts.place(TEST_ORGANIZATION, "spiral")


def test_a_layout_can_be_called_off() -> None:
    with pytest.raises(Cancelled):
        layouts.place(TEST_ORGANIZATION, progress=Progress(cancelled=lambda: True))


def test_a_path_is_drawn_as_a_path() -> None:
    """On a path of four the wanted distances can all be had, so the stress is all but nothing."""
    pairs = np.array([(0, 1), (1, 2), (2, 3)], dtype=np.intp)

    at = stress.shape(4, pairs)

    ends = float(np.hypot(*(at[0] - at[3])))
    assert ends == pytest.approx(3.0, rel=0.02)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=20), st.booleans())
def test_any_small_map_can_be_laid_out(pairs: list[tuple[int, int]], framed: bool) -> None:
    lines = ", ".join(f"p{a} <> p{b}" for a, b in pairs if a != b)
    people = " ".join(f"p{i}" for i in range(9))
    document = org(lines, people=people, modules={"M": "p0 p1 p2", "K": "p3"} if framed else None)

    for style in layouts.STYLES:
        assert overlaps(placed(document, layouts.place(document, style))) == []


@pytest.mark.parametrize("style", layouts.STYLES)
def test_five_hundred_people_have_room_each(style: str) -> None:
    document = organization(500, 1_500, 1)

    assert overlaps(placed(document, layouts.place(document, style))) == []
