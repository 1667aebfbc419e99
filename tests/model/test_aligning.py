"""Things brought in line and set at even distances."""

from __future__ import annotations

from itertools import pairwise

import pytest

from orgmap.model import edits, scenery
from orgmap.model.aligning import Side, align, distribute
from orgmap.model.document import Document
from orgmap.model.entities import ModuleId, NodeId, StickyId
from orgmap.model.frames import frames, node_box
from tests.words import org

PLACES = {"a": (0.0, 10.0), "b": (100.0, 40.0), "c": (300.0, 0.0)}


def placed(document: Document, places: dict[str, tuple[float, float]]) -> Document:
    return document.apply(edits.move(document, {NodeId(key): place for key, place in places.items()}))


def spots(document: Document, names: str) -> list[tuple[float | None, float | None]]:
    return [(document.nodes[NodeId(n)].x, document.nodes[NodeId(n)].y) for n in names]


@pytest.mark.parametrize(
    ("side", "found"),
    [
        (Side.LEFT, [(0, 10), (0, 40), (0, 0)]),
        (Side.CENTRE, [(150, 10), (150, 40), (150, 0)]),
        (Side.RIGHT, [(300, 10), (300, 40), (300, 0)]),
        (Side.TOP, [(0, 0), (100, 0), (300, 0)]),
        (Side.MIDDLE, [(0, 20), (100, 20), (300, 20)]),
        (Side.BOTTOM, [(0, 40), (100, 40), (300, 40)]),
    ],
)
def test_people_come_in_line_at_the_outermost_or_the_middle(
    side: Side, found: list[tuple[float, float]]
) -> None:
    document = placed(org(people="a b c"), PLACES)

    after = document.apply(align(document, ["a", "b", "c"], side))

    assert spots(after, "abc") == found


def test_one_thing_alone_is_in_line_already() -> None:
    document = placed(org(people="a b c"), PLACES)

    assert not align(document, ["a"], Side.LEFT)
    assert not distribute(document, ["a"], across=True)


def test_even_gaps_leave_the_outer_two_where_they_are() -> None:
    document = placed(org(people="a b c"), PLACES)

    across = document.apply(distribute(document, ["c", "a", "b"], across=True))
    down = document.apply(distribute(document, ["a", "b", "c"], across=False))

    assert spots(across, "abc") == [(0, 10), (150, 40), (300, 0)]
    assert spots(down, "abc") == [(0, 20), (100, 40), (300, 0)]


def test_where_there_is_no_room_nothing_overlaps_and_the_middle_stays() -> None:
    document = org(people="a b c d")
    long = "A rather long name"
    document = document.apply(edits.set_fields(document, ["a", "b", "c", "d"], name=long))
    document = placed(document, {key: (x, 0.0) for key, x in zip("abcd", (0, 1, 2, 9), strict=True)})

    across = document.apply(distribute(document, "abcd", across=True))
    xs = sorted(node.x or 0.0 for node in across.nodes.values())

    half = node_box(across.nodes[NodeId("a")])[2]
    assert all(right - left >= 2 * half for left, right in pairwise(xs))
    assert sum(xs) / 4 == pytest.approx(4.5)


def test_even_gaps_downwards_leave_room_for_names() -> None:
    document = placed(org(people="a b c"), {"a": (0, 0), "b": (0, 5), "c": (0, 9)})

    after = document.apply(distribute(document, "abc", across=False))
    ys = sorted(node.y or 0.0 for node in after.nodes.values())

    _, top, _, bottom = node_box(after.nodes[NodeId("a")])
    assert all(lower + top >= upper + bottom for upper, lower in pairwise(ys))


def test_a_module_is_aligned_as_a_whole_and_its_people_once() -> None:
    document = placed(org(people="c", modules={"M": "a b"}), PLACES)
    before = frames(document)[ModuleId("M")]

    after = document.apply(align(document, ["M", "a", "c"], Side.LEFT))

    assert frames(after)[ModuleId("M")] == before
    assert spots(after, "ab") == spots(document, "ab")
    assert after.nodes[NodeId("c")].x == pytest.approx(before.x + 17.0)


def test_notes_stand_in_line_with_people() -> None:
    document = placed(org(people="a"), {"a": (0.0, 0.0)})
    put, note = scenery.add_sticky(document, (500.0, 200.0))
    document = document.apply(put)

    after = document.apply(align(document, ["a", note], Side.LEFT))

    assert after.stickies[StickyId(note)].x == -17.0


def test_those_without_a_place_are_left_out() -> None:
    document = org(people="a b")
    document = placed(document, {"a": (0.0, 0.0)})

    assert not align(document, ["a", "b"], Side.TOP)
