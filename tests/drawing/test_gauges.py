"""A measure on the map: classes, tones, sizes, and what the legend says of them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from orgmap.drawing.gauges import CLASSES, Gauge, gauge, line_tone, tone
from orgmap.drawing.legend import entries
from orgmap.drawing.looks import Looks
from orgmap.drawing.people import READABLE
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import THEMES, contrast, theme
from orgmap.i18n import text
from orgmap.model import edits
from orgmap.model.entities import NodeId
from tests.drawing.maps import placed
from tests.words import org

pytestmark = pytest.mark.usefixtures("qapp")

TITLE = text("measure", "Betweenness")
NO_WAY = text("legend", "no way back")
FOUR = placed(org("a <> b, b <> c, c > d"), a=(0, 0), b=(200, 0), c=(400, 0), d=(600, 0))


def _made(*values: float) -> Gauge:
    found = gauge(TITLE, {str(k): value for k, value in enumerate(values)})
    assert found is not None
    return found


def test_few_numbers_are_a_class_each() -> None:
    found = _made(0, 2, 2, 5)

    assert found.rows(["0", "1", "2", "3"]).tolist() == [0, 1, 1, 2]
    assert [found.words(k) for k in range(found.classes)] == ["0", "2", "5"]


def test_many_numbers_fall_between_round_ones() -> None:
    found = _made(*np.linspace(0, 0.93, 40).tolist())

    assert found.edges == (0.2, 0.4, 0.6, 0.8)
    assert [found.words(k) for k in (0, 1, 4)] == ["below 0.2", "0.2 to 0.4", "0.8 and more"]


def test_what_is_counted_stands_in_one_class_only() -> None:
    people, many = _made(*range(1, 9)), _made(*range(13))

    assert [people.words(k) for k in range(people.classes)] == ["1", "2 to 3", "4 to 5", "6 to 7", "8"]
    assert [many.words(k) for k in range(many.classes)] == ["0 to 2", "3 to 5", "6 to 8", "9 to 11", "12"]
    assert all(edge == int(edge) for edge in many.edges)


@pytest.mark.parametrize("top", [1e-9, 0.007, 0.93, 1, 7, 40, 123456])
def test_there_are_never_more_classes_than_tones(top: float) -> None:
    found = _made(*(top * share / 30 for share in range(31)))

    assert 2 <= found.classes <= CLASSES
    assert set(found.rows([str(k) for k in range(31)]).tolist()) == set(range(found.classes))


def test_what_is_not_defined_has_no_class_and_what_has_no_end_the_last() -> None:
    found = gauge(TITLE, {"a": 1.0, "b": math.inf}, beyond=NO_WAY)

    assert found is not None
    assert found.rows(["a", "b", "c"]).tolist() == [0, 1, -1]
    assert found.words(1) == "no way back"


def test_nothing_with_a_number_is_no_gauge() -> None:
    assert gauge(TITLE, {}) is None
    assert gauge(TITLE, {"a": math.inf}, beyond=NO_WAY) is None


@pytest.mark.parametrize("name", THEMES)
def test_tones_grow_stronger_step_by_step_without_colour(name: str) -> None:
    dressed = theme(name)
    for made, ground in ((tone, "node"), (line_tone, "ground")):
        steps = [contrast(made(dressed, k, CLASSES), dressed[ground]) for k in range(CLASSES)]
        assert steps == sorted(steps)
        assert steps[-1] > 3


@pytest.mark.parametrize("name", THEMES)
def test_a_letter_can_be_read_on_every_tone(name: str) -> None:
    dressed = theme(name)
    for which in range(CLASSES):
        fill = tone(dressed, which, CLASSES)
        best = max(contrast(ink, fill) for ink in (dressed["text"], dressed["ground"]))
        assert best >= READABLE - 0.6, which


def test_the_larger_value_is_the_larger_sign_and_its_line_ends_at_the_rim() -> None:
    size = gauge(TITLE, {"a": 0.0, "b": 1.0, "c": 0.5})
    plain, made = Scene.of(FOUR), Scene.of(FOUR, Looks(size=size))

    radius = dict(zip(made.nodes.ids, made.nodes.radius.tolist(), strict=True))
    assert radius[NodeId("a")] < radius[NodeId("c")] < radius[NodeId("b")]
    assert radius[NodeId("d")] == radius[NodeId("a")]
    assert made.arcs.start[0, 0] == pytest.approx(
        plain.arcs.start[0, 0] - plain.nodes.radius[0] + made.nodes.radius[0]
    )


def test_sizes_survive_an_edit_and_go_with_the_measure() -> None:
    size = gauge(TITLE, {"a": 0.0, "b": 1.0})
    change = edits.move(FOUR, {NodeId("b"): (210.0, 40.0)})
    document = FOUR.apply(change)

    sized = Scene.of(FOUR, Looks(size=size)).updated(document, change)
    assert sized.nodes.radius.tolist() == Scene.of(document, Looks(size=size)).nodes.radius.tolist()
    assert sized.seen_as(Looks()).nodes.radius.tolist() == Scene.of(document).nodes.radius.tolist()


def test_the_legend_names_the_measures_and_their_classes() -> None:
    looks = Looks(
        colour=gauge(TITLE, {"a": 0.0, "b": 1.0}),
        size=gauge(text("measure", "Tells"), {"a": 1, "b": 4}),
        lines=gauge(text("measure", "Way back"), {"l1": 1, "l3": math.inf}, beyond=NO_WAY),
    )
    words = [entry.words for entry in entries(Scene.of(FOUR, looks))]

    assert words[:11] == [
        *("Colour of people: Betweenness", "0", "1", "not defined"),
        *("Colour of lines: Way back", "1", "no way back"),
        *("Size of people: Tells", "1", "2", "4"),
    ]
