"""Marks on the rim of people, and the patterns of frames."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from PySide6.QtGui import QColor, QImage

from orgmap.drawing.badges import ANGLES, module_initial
from orgmap.drawing.lighting import UNLIT
from orgmap.drawing.style import theme
from orgmap.model.document import Document
from orgmap.model.entities import ModuleId
from tests.drawing.maps import at, close, drawn, placed, with_fields
from tests.words import org

pytestmark = pytest.mark.usefixtures("qapp")
LIGHT = theme("light")
RADIUS = 17.0


def _ana(fields: Mapping[str, object]) -> Document:
    """Ana alone in Sales, beside Support."""
    document = org(modules={"Sales": "ana", "Support": "ben"})
    return with_fields(placed(document, ana=(0, 0), ben=(300, 0)), {"ana": fields} if fields else {})


def _inked(image: QImage, angle: float, colour: QColor, reach: int = 4) -> int:
    """How many pixels about a point outside the rim have this colour."""
    x = math.cos(math.radians(angle)) * (RADIUS + 3)
    y = math.sin(math.radians(angle)) * (RADIUS + 3)
    around = [(x + dx, y + dy) for dx in range(-reach, reach + 1) for dy in range(-reach, reach + 1)]
    outside = [spot for spot in around if math.hypot(*spot) > RADIUS + 1]
    return sum(close(at(image, *spot), colour, 40) for spot in outside)


@pytest.mark.parametrize(
    ("fields", "mark"),
    [({"decides": True}, "decides"), ({"holds_purpose": True}, "purpose"), ({"newcomer": True}, "newcomer")],
)
def test_what_somebody_is_shows_on_the_rim(fields: Mapping[str, object], mark: str) -> None:
    line = LIGHT.modules[0].line

    plain, marked = drawn(_ana({})), drawn(_ana(fields))

    assert _inked(plain, ANGLES[mark], line) == 0
    assert _inked(marked, ANGLES[mark], line) >= 3
    others = [angle for other, angle in ANGLES.items() if other != mark]
    assert all(_inked(marked, angle, line) == 0 for angle in others)


def test_who_leads_a_module_bears_a_star() -> None:
    document = with_fields(_ana({}), {"Sales": {"lead": "ana"}})

    assert _inked(drawn(document), ANGLES["leads"], LIGHT.modules[0].line) >= 3


def test_a_second_module_is_a_round_in_its_colour_with_its_letter() -> None:
    image = drawn(_ana({"modules": (ModuleId("Sales"), ModuleId("Support"))}))

    assert _inked(image, 40.0, LIGHT.modules[1].line) >= 3
    assert module_initial("Support") == "S"
    assert module_initial("Module B") == "B"


def test_far_away_nobody_bears_a_mark() -> None:
    document = _ana({"decides": True})

    near, far = drawn(document), drawn(document, scale=0.3)

    assert _inked(near, ANGLES["decides"], LIGHT.modules[0].line) >= 3
    x, y = (round(3 * v) for v in (0.707, -0.707))
    assert not any(close(at(far, 5 + x + dx, -5 + y), LIGHT.modules[0].line) for dx in range(3))


def test_a_pin_is_seen_only_on_what_is_selected_or_pointed_at() -> None:
    document = _ana({"pinned": True})
    around = [(-RADIUS - 9 + dx, dy) for dx in range(-4, 5) for dy in range(-6, 7)]

    quiet = drawn(document)
    selected = drawn(document, UNLIT.pointing(selected=frozenset(("ana",)), hovered=None, focused=None))
    pointed = drawn(document, UNLIT.pointing(selected=frozenset(), hovered="ana", focused=None))
    pins = [
        sum(close(at(image, *spot), LIGHT["accent"], 30) for spot in around)
        for image in (quiet, selected, pointed)
    ]

    assert pins[0] == 0
    assert pins[1] >= 10
    assert pins[2] >= 10


@pytest.mark.parametrize(
    ("name", "colour", "patterned"), [("light", 2, False), ("light", 12, True), ("print", 2, True)]
)
def test_a_pattern_tells_modules_apart_where_colours_do_not(name: str, colour: int, patterned: bool) -> None:
    document = org(modules={"Sales": "ana ben"})
    document = with_fields(placed(document, ana=(0, 0), ben=(200, 120)), {"Sales": {"colour": colour}})
    colours = theme(name)

    image = drawn(document, name=name)

    fill = colours.module(colour).fill
    inside = [at(image, x, 60) for x in range(60, 150)]
    assert any(not close(pixel, fill, 8) for pixel in inside) == patterned
