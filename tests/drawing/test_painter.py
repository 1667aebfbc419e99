"""The painter puts ink where the scene says, and nowhere else."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPen
from pytestqt.qtbot import QtBot

from orgmap.analysis.findings import Weight
from orgmap.drawing.batches import draw_lines, polygons
from orgmap.drawing.camera import Camera
from orgmap.drawing.columns import RADIUS
from orgmap.drawing.detail import Detail
from orgmap.drawing.labels import placed_names
from orgmap.drawing.lighting import UNLIT, Lighting
from orgmap.drawing.lines import MANY_LINKS, Batch, batched
from orgmap.drawing.painter import Pens, paint, paint_marks, sheet_of
from orgmap.drawing.people import seen_nodes
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import THEMES, contrast, theme
from orgmap.drawing.writing import name_of, reading
from orgmap.model.document import Document
from orgmap.model.entities import LinkId, NodeId, NodeKind
from tests.drawing.maps import at, close, count, drawn, placed, two_teams, with_fields
from tests.words import org

pytestmark = pytest.mark.usefixtures("qapp")

INSIDE = RADIUS - 4  # a spot within the rim that no letter reaches
RIM = RADIUS - 0.8  # within the stroke


@pytest.mark.parametrize("name", THEMES)
def test_a_person_is_a_circle_with_a_rim_in_the_colour_of_the_module(name: str) -> None:
    colours = theme(name)

    image = drawn(two_teams(), name=name)

    assert close(at(image, 0, -INSIDE), colours["node"])
    assert close(at(image, 0, -RIM), colours.module(0).line, 40)
    assert close(at(image, 400, -RIM), colours.module(1).line, 40)


def test_frames_are_filled_and_nothing_is_drawn_outside() -> None:
    colours = theme("light")

    image = drawn(two_teams())

    assert close(at(image, -30, 60), colours.module(0).fill, 2)
    assert close(at(image, -300, -200), colours["ground"], 0)
    assert close(at(image, 200, 200), colours["ground"], 0)


def test_a_link_is_drawn_between_the_rims() -> None:
    image = drawn(two_teams())

    assert close(at(image, 200, 0), theme("light")["link"], 60)
    assert close(at(image, 200, 12), theme("light")["ground"], 2)


def test_the_head_shows_where_the_information_goes() -> None:
    document = placed(org("ana > ben"), ana=(-200, 0), ben=(200, 0))

    image = drawn(document)

    beside_target = at(image, 200 - RADIUS - 3 - 6, 1.6)
    beside_source = at(image, -200 + RADIUS + 3 + 6, 1.6)
    assert close(beside_target, theme("light")["link"], 40)
    assert close(beside_source, theme("light")["ground"], 40)


def test_a_two_way_link_has_a_head_at_both_ends() -> None:
    document = placed(org("ana <> ben"), ana=(-200, 0), ben=(200, 0))

    image = drawn(document)

    for x in (200 - RADIUS - 3 - 6, -200 + RADIUS + 3 + 6):
        assert close(at(image, x, 1.6), theme("light")["link"], 40)


def test_reporting_lines_are_two_beside_one_another() -> None:
    image = drawn(placed(org("ana ^ ben"), ana=(-200, 0), ben=(200, 0)))

    column = [at(image, 0, y).lightness() for y in range(-4, 5)]
    assert min(column[:4]) < column[4]
    assert min(column[5:]) < column[4]


def test_evidence_is_lit_in_its_class_and_the_rest_faded() -> None:
    lighting = Lighting(
        lit_nodes=frozenset((NodeId("ana"), NodeId("cy"))),
        lit_links=frozenset((LinkId("l2"),)),
        subjects=frozenset(("ana",)),
        weight=Weight.ACT,
    )

    image = drawn(two_teams(), lighting)

    colours = theme("light")
    assert close(at(image, 200, 0), colours["act"], 60)
    assert close(at(image, 0, -RIM), colours["act"], 40)
    assert close(at(image, 400, -RIM), colours.module(1).line, 40)
    assert close(at(image, 0, 150 - RIM), colours["faded"], 40)
    assert close(at(image, 0, 90), colours["faded"], 40)


def test_a_suggested_link_is_dashed_in_the_accent() -> None:
    document = placed(org(people="ana ben"), ana=(-200, 0), ben=(200, 0))
    lighting = Lighting(proposed=((NodeId("ana"), NodeId("ben"), False),))

    assert count(drawn(document), theme("light")["accent"]) == 0
    assert count(drawn(document, lighting), theme("light")["accent"]) > 100


def test_selected_hovered_and_focused_look_different() -> None:
    document = placed(org(people="ana"), ana=(0, 0))
    looks = [
        UNLIT,
        Lighting(selected=frozenset(("ana",))),
        Lighting(hovered="ana"),
        Lighting(focused="ana"),
    ]

    images = [drawn(document, lighting) for lighting in looks]

    assert all(a != b for i, a in enumerate(images) for b in images[i + 1 :])


def test_the_ring_of_the_keyboard_leaves_the_name_alone() -> None:
    document = placed(org(people="ana"), ana=(0, 0))
    plain, focused = drawn(document), drawn(document, Lighting(focused="ana"))

    name = [(x, y) for x in range(-14, 15) for y in range(23, 37)]

    assert focused != plain
    assert all(at(focused, x, y) == at(plain, x, y) for x, y in name)


def test_the_ring_of_the_keyboard_goes_round_a_name_that_stands_elsewhere_than_below() -> None:
    document = placed(
        org("ana > ben, ana > cy, ana > dan"), ana=(0, 0), ben=(-40, 150), cy=(0, 150), dan=(40, 150)
    )
    scene, camera, pens = Scene.of(document), Camera(1.0, 0.0, 50.0, 600, 500), Pens()
    plain, focused = (QImage(600, 500, QImage.Format.Format_ARGB32_Premultiplied) for _ in range(2))
    for image in (plain, focused):
        image.fill(theme("light")["ground"])
    painter = QPainter(plain)
    paint(painter, scene, theme("light"), camera, pens=pens, reading=reading(camera, 1.0))
    sheet = sheet_of(painter, scene, theme("light"), camera, UNLIT, Detail.AUTO, pens, None, frozenset())
    name = name_of(sheet, scene.nodes.index[NodeId("ana")])
    painter.end()
    painter = QPainter(focused)
    paint_marks(painter, scene, theme("light"), camera, Lighting(focused="ana"), pens=pens)
    painter.end()

    assert name is not None
    left, top, right, bottom = name
    assert (top + bottom) / 2 < 200 + RADIUS  # not below: the node's middle is at (300, 200)
    ground = theme("light")["ground"].rgba()
    inked = [(x, y) for x in range(600) for y in range(500) if focused.pixel(x, y) != ground]
    assert min(x for x, _ in inked) < left
    assert max(x for x, _ in inked) > right
    assert min(y for _, y in inked) < top
    assert not any(left + 6 < x < right - 6 and top + 6 < y < bottom - 6 for x, y in inked)


def test_the_ring_of_the_keyboard_round_a_link_leaves_its_heads_to_be_seen() -> None:
    document = placed(org("ana > ben"), ana=(-150, 0), ben=(150, 0))
    plain, focused = drawn(document), drawn(document, Lighting(focused="l1", selected=frozenset(("l1",))))

    head = [(x, y) for x in range(121, 133) for y in (-6, 6)]
    dark = [close(at(focused, x, y), theme("light")["text"], 60) for x, y in head]

    assert focused != plain
    assert not any(dark)


def test_marks_drawn_over_a_picture_are_those_drawn_with_it() -> None:
    lighting = Lighting(selected=frozenset(("ana", "Sales")), hovered="cy", focused="di")
    document = two_teams()
    image = drawn(document)

    painter = QPainter(image)
    camera = Camera(1.0, 0.0, 0.0, 1000.0, 600.0)
    paint_marks(painter, Scene.of(document), theme("light"), camera, lighting)
    painter.end()

    together = drawn(document, lighting)
    for x, y in ((RADIUS + 5, 0), (400 - RADIUS - 4, 0), (400 + RADIUS + 8, 150)):
        assert close(at(image, x, y), at(together, x, y), 20)


@pytest.mark.parametrize("kind", list(NodeKind))
def test_every_kind_of_node_has_a_shape_of_its_own(kind: NodeKind) -> None:
    document = placed(org(people="ana"), ana=(0, 0))
    person = drawn(document)

    image = drawn(with_fields(document, {"ana": {"kind": kind, "vacant": kind is NodeKind.ROLE}}))

    assert (image == person) is (kind is NodeKind.PERSON)


def test_a_layer_and_the_rest_hold_each_node_once() -> None:
    document = two_teams()
    lifted = frozenset(("ana",))
    colours = theme("light")

    rest, layer = drawn(document, without=lifted), drawn(document, only=lifted)

    assert close(at(rest, 0, -RIM), colours.module(0).fill, 20)
    assert close(at(rest, 0, 150 - RIM), colours.module(0).line, 40)
    assert close(at(layer, 0, -RIM), colours.module(0).line, 40)
    assert close(at(layer, 0, 150 - RIM), colours["ground"], 0)
    assert close(at(layer, 200, 0), colours["link"], 60)


def _names(document: Document, scale: float, detail: Detail = Detail.AUTO) -> list[str]:
    """The names that are drawn at a magnification, of modules and people."""
    scene = Scene.of(document)
    image = QImage(1000, 600, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    middle = scene.bounds.center()
    camera = Camera(scale, middle.x(), middle.y(), 1000.0, 600.0)
    sheet = sheet_of(painter, scene, theme("light"), camera, UNLIT, detail, None, None, frozenset())
    listed = placed_names(sheet, seen_nodes(sheet))
    painter.end()
    return [word for group in listed for words in group.values() for word, _, _ in words]


def test_at_real_size_everybody_is_named() -> None:
    assert sorted(_names(two_teams(), 1.0)) == ["Sales", "Support", "ana", "ben", "cy", "di"]


def test_names_that_would_cover_one_another_give_way_to_the_better_linked() -> None:
    names = [f"somebody{n}" for n in range(9)]
    document = placed(
        org(", ".join(f"{names[8]} > {name}" for name in names[:8]), people=" ".join(names)),
        **{name: (n * 24.0, 0.0) for n, name in enumerate(names)},
    )

    found = _names(document, 1.0)

    assert names[8] in found
    assert len(found) < 9


def test_a_long_name_keeps_its_beginning_and_its_end() -> None:
    base = placed(org(people="ana"), ana=(0, 0))
    document = with_fields(base, {"ana": {"name": "Annabelle-Josephine of the long-named family Xy"}})

    (word,) = _names(document, 1.0)

    assert "…" in word
    assert word.startswith("Anna")
    assert word.endswith("Xy")


def test_with_full_detail_nobody_goes_unnamed() -> None:
    document = placed(
        org(people="ana ben cy di ed flo"),
        ana=(0, 0),
        ben=(1, 1),
        cy=(2, 2),
        di=(3, 3),
        ed=(4, 4),
        flo=(5, 5),
    )

    assert len(_names(document, 1.0)) < 6
    assert len(_names(document, 1.0, Detail.FULL)) == 6


def test_names_are_drawn_as_they_are_written() -> None:
    marked_up = "<b>R&D</b>"
    document = with_fields(placed(org(people="ana"), ana=(0, 0)), {"ana": {"name": marked_up}})

    assert _names(document, 1.0) == [marked_up]


def test_the_same_map_gives_the_same_picture() -> None:
    assert drawn(two_teams()) == drawn(two_teams())


def test_many_people_are_laid_down_where_single_ones_are_drawn() -> None:
    names = [f"p{n}" for n in range(81)]
    places = {name: (-400.0 + 97.3 * (n % 9), -250.0 + 61.7 * (n // 9)) for n, name in enumerate(names)}
    many = drawn(placed(org(people=" ".join(names)), **places))

    for name in ("p0", "p40", "p80"):
        alone = drawn(placed(org(people=name), **{name: places[name]}))
        x, y = places[name]
        for dx, dy in ((RIM, 0), (-RIM, 0), (0, -RIM), (10, -10)):
            assert close(at(many, x + dx, y + dy), at(alone, x + dx, y + dy), 70)


def test_lines_handed_over_at_once_are_those_drawn_one_by_one() -> None:
    draw = np.random.default_rng(1)
    lines = draw.uniform(0, 900, (500, 4))
    pen = QPen(theme("light")["link"], 0.8)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    images = []
    for parts in (1, 500):
        image = QImage(900, 900, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(theme("light")["ground"])
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        for part in np.array_split(lines, parts):
            draw_lines(painter, part)
        painter.end()
        images.append(image)

    assert images[0] == images[1]
    assert count(images[0], theme("light")["ground"], 0) < 900 * 900


def test_polygons_become_one_path_that_holds_them_all() -> None:
    corners = np.array([[[0, 0], [4, 0], [0, 4]], [[10, 10], [14, 10], [10, 14]]], dtype=np.float64)

    path = polygons(corners)

    assert path.elementCount() == 8
    assert path.boundingRect().getRect() == (0.0, 0.0, 14.0, 14.0)


def test_an_empty_map_draws_nothing() -> None:
    image = drawn(Document())

    assert count(image, theme("light")["ground"], 0) == image.width() * image.height()


def test_a_high_density_screen_shows_the_same_places(qtbot: QtBot) -> None:
    del qtbot
    image = QImage(2000, 1200, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(2.0)
    image.fill(theme("light")["ground"])
    painter = QPainter(image)
    camera = Camera(1.0, 0.0, 0.0, 1000.0, 600.0)
    paint(painter, Scene.of(two_teams()), theme("light"), camera, pens=Pens())
    painter.end()

    assert close(image.pixelColor(1000, round(600 - 2 * RIM)), theme("light").module(0).line, 60)


def _batch(document: Document, scale: float) -> Batch:
    """The links of the map, which all have one pen, at a magnification."""
    image = QImage(1000, 600, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    camera = Camera(scale, 0.0, 0.0, 1000.0, 600.0)
    scene, colours = Scene.of(document), theme("light")
    sheet = sheet_of(painter, scene, colours, camera, UNLIT, Detail.AUTO, None, None, frozenset())
    (batch,) = batched(sheet)
    painter.end()
    return batch


def test_lines_grow_finer_and_paler_as_the_map_goes_away() -> None:
    document = placed(org("ana > ben"), ana=(-200, 0), ben=(200, 0))

    near, half, far = (_batch(document, scale).pen for scale in (1.0, 0.5, 0.25))

    assert near.color() == theme("light")["link"]
    assert near.widthF() > half.widthF() > far.widthF() > 0.4
    assert near.color().lightness() < half.color().lightness() < far.color().lightness()
    assert contrast(far.color(), theme("light")["ground"]) > 2.5


def test_lines_grow_paler_where_they_are_many_however_large_the_view() -> None:
    names = [f"p{n}" for n in range(12)]
    every = ", ".join(f"{a} <> {b}" for a in names for b in names if a < b)
    places = {name: (40.0 * math.cos(n), 40.0 * math.sin(n)) for n, name in enumerate(names)}

    few, many = placed(org("p0 <> p6"), p0=(-40, 0), p6=(40, 0)), placed(org(every), **places)

    assert _batch(many, 1.0).pen.color().lightness() > _batch(few, 1.0).pen.color().lightness()


def test_many_heads_are_laid_down_where_single_ones_are_drawn() -> None:
    colours = theme("light")
    ends = [(f"a{n}", f"b{n}") for n in range(MANY_LINKS)]
    places = {
        f"{side}{n}": (x, n * 13.7 - 270.0)
        for side, x in (("a", -300.3), ("b", 300.4))
        for n in range(MANY_LINKS)
    }
    some = ends[:40:8]

    def unnamed(pairs: list[tuple[str, str]]) -> Document:
        document = org(", ".join(f"{a} > {b}" for a, b in pairs))
        document = replace(document, nodes={k: replace(n, name="") for k, n in document.nodes.items()})
        return placed(document, **{end: places[end] for pair in pairs for end in pair})

    image, alone = drawn(unnamed(ends)), drawn(unnamed(some))

    assert len(ends) >= MANY_LINKS > len(some)
    for _, b in some:
        x, y = places[b]
        for back in (4, 5, 6):
            spot = (x - RADIUS - back, y)
            assert close(at(image, *spot), at(alone, *spot), 60)
            assert not close(at(image, *spot), colours["ground"], 40)
