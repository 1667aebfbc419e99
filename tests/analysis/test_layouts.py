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
from orgmap.errors import UsageError
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import ModuleId, NodeId
from orgmap.model.frames import frames, node_box
from orgmap.progress import Cancelled, Progress
from tests.words import TEST_ORGANIZATION, org


def placed(document: Document, places: layouts.Places) -> Document:
    return document.apply(edits.move(document, places))


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


def test_frames_that_do_not_nest_do_not_overlap() -> None:
    document = organization(60, 200, 3, 6)

    result = placed(document, layouts.place(document))

    for a, b in combinations(frames(result).values(), 2):
        apart = a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + a.height <= b.y or b.y + b.height <= a.y
        assert apart


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


def test_a_free_spot_is_free_and_near() -> None:
    document = org(people="a")
    document = document.apply(edits.move(document, {NodeId("a"): (0.0, 0.0)}))

    x, y = layouts.free_spot(document, (0.0, 0.0))

    assert 0 < max(abs(x), abs(y)) < 120


def test_rough_places_leave_room_for_everybody() -> None:
    document = organization(300, 900, 1)

    assert overlaps(placed(document, layouts.rough(document))) == []


def test_an_unknown_layout_is_told_what_there_is() -> None:
    with pytest.raises(UsageError, match="modules and force"):
        layouts.place(TEST_ORGANIZATION, "spiral")


def test_a_layout_can_be_called_off() -> None:
    with pytest.raises(Cancelled):
        layouts.place(TEST_ORGANIZATION, progress=Progress(cancelled=lambda: True))


def test_a_path_is_drawn_as_a_path() -> None:
    """On a path of four the wanted distances can all be had, so the stress is all but nothing."""
    pairs = np.array([(0, 1), (1, 2), (2, 3)], dtype=np.intp)

    at = stress.laid_out(4, pairs, length=100.0)

    ends = float(np.hypot(*(at[0] - at[3])))
    assert ends == pytest.approx(300.0, rel=0.02)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=20), st.booleans())
def test_any_small_map_can_be_laid_out(pairs: list[tuple[int, int]], framed: bool) -> None:
    lines = ", ".join(f"p{a} <> p{b}" for a, b in pairs if a != b)
    people = " ".join(f"p{i}" for i in range(9))
    document = org(lines, people=people, modules={"M": "p0 p1 p2", "K": "p3"} if framed else None)

    for style in layouts.STYLES:
        assert overlaps(placed(document, layouts.place(document, style))) == []
