"""Colours, sizes and icons of the whole program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QStandardItemModel
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from orgmap.assets import asset
from orgmap.drawing.style import THEMES, contrast, theme
from orgmap.ui import theme as looks
from orgmap.ui.icons import tinted
from orgmap.ui.stylesheet import shades, sheet
from tests.ui.dressed import dressed

ROOT = Path(__file__).parent.parent.parent

# What is written on what, by the names of the style sheet. 4.5 : 1 is level AA of WCAG 2.2, 1.4.3.
TEXTS = [
    (
        "text",
        ("panel", "ground", "accent_ground", "hover_ground", "pressed_ground", "chip", "chip_hover", "float"),
    ),
    ("quiet", ("panel", "ground", "accent_ground", "hover_ground")),
    ("accent", ("panel", "accent_ground", "hover_ground")),
    ("on_accent", ("accent", "accent_hover", "accent_pressed")),
    ("act", ("panel", "accent_ground", "hover_ground")),
    ("look_text", ("panel", "accent_ground", "hover_ground")),
    ("note", ("panel", "accent_ground", "hover_ground")),
    ("good", ("panel", "accent_ground", "hover_ground")),
    ("panel", ("text",)),
]
# Rims and rings that tell what a thing is or where the focus lies: 3 : 1, WCAG 2.2, 1.4.11.
SHAPES = [("rim", ("panel",)), ("accent", ("panel", "ground", "accent_ground")), ("act", ("panel",))]


@pytest.mark.parametrize("name", THEMES)
def test_every_text_stands_out_from_its_ground(name: str) -> None:
    colours = {token: QColor(value) for token, value in shades(theme(name)).items()}

    weak = [
        (text, ground, contrast(colours[text], colours[ground]))
        for text, grounds in TEXTS
        for ground in grounds
        if contrast(colours[text], colours[ground]) < 4.5
    ]

    assert weak == []


@pytest.mark.parametrize("name", THEMES)
def test_every_rim_and_ring_stands_out_from_its_ground(name: str) -> None:
    colours = {token: QColor(value) for token, value in shades(theme(name)).items()}

    weak = [
        (shape, ground, contrast(colours[shape], colours[ground]))
        for shape, grounds in SHAPES
        for ground in grounds
        if contrast(colours[shape], colours[ground]) < 3.0
    ]

    assert weak == []


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_names_no_colour_of_its_own(name: str) -> None:
    made = sheet(theme(name))

    assert "@" not in made
    assert set(re.findall(r"#[0-9a-fA-F]{6}", made)) <= set(shades(theme(name)).values())


def test_sizes_grow_with_the_text_and_hairlines_do_not() -> None:
    made = sheet(theme("light"), 2.0)

    sizes = {int(size) for size in re.findall(r"font-size: (\d+)px", made)}
    rims = {int(size) for size in re.findall(r"border: (\d+)px solid", made)}

    assert {24, 26, 28, 30} <= sizes
    assert rims <= {1, 2, 6, 10}  # the room round a scroll bar, and the dot of a radio button


def test_a_change_of_theme_dresses_what_is_already_there(qtbot: QtBot, qapp: QApplication) -> None:
    button = QPushButton("Try")
    qtbot.addWidget(button)
    button.show()

    with dressed(qapp, "light"):
        light = button.grab().toImage().pixelColor(button.width() // 2, 4)
    with dressed(qapp, "dark"):
        dark = button.grab().toImage().pixelColor(button.width() // 2, 4)

    assert light == theme("light")["panel"]
    assert dark == theme("dark")["panel"]


def test_a_list_to_choose_from_opens_with_every_choice_in_view(qtbot: QtBot, qapp: QApplication) -> None:
    with dressed(qapp, "light"):
        box = QComboBox()
        box.addItems(["By module", "By likeness", "By name"])
        qtbot.addWidget(box)
        box.show()

        box.showPopup()
        qtbot.waitUntil(box.view().isVisible)

        last = box.view().visualRect(box.model().index(2, 0))
        assert last.height() >= 24
        assert box.view().viewport().rect().contains(last)
        box.hidePopup()


def test_the_text_of_the_program_is_scaled_between_one_and_two(qapp: QApplication) -> None:
    with dressed(qapp, scale=2.0):
        double = qapp.font().pixelSize()
    with dressed(qapp, scale=9.0):
        most = qapp.font().pixelSize()
    with dressed(qapp, scale=0.1):
        least = qapp.font().pixelSize()

    assert (least, double, most) == (13, 26, 26)


@pytest.mark.usefixtures("qapp")
def test_an_icon_takes_the_colour_of_its_place() -> None:
    red = looks.picture("check", QColor("#ff0000")).toImage()

    shades_seen = {
        red.pixelColor(x, y).name()
        for x in range(red.width())
        for y in range(red.height())
        if red.pixelColor(x, y).alpha() == 255
    }

    assert shades_seen == {"#ff0000"}


def test_every_icon_has_one_stroke_and_no_colour_of_its_own() -> None:
    for path in asset("icons").glob("*.svg"):
        if path.stem != "orgmap":
            made = tinted(path.stem, QColor("#123456"))

            assert 'stroke-width="1.92"' in made, path.name  # 1.6 px of a 24 unit drawing at 20 px
            assert "currentColor" not in made, path.name


@pytest.mark.usefixtures("qapp")
def test_an_icon_that_is_missing_is_empty_and_no_error() -> None:
    assert looks.icon("no-such-icon", QColor("#000000")).isNull()
    assert looks.picture("no-such-icon", QColor("#000000")).isNull()


def test_only_icons_in_use_are_shipped() -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "orgmap").rglob("*.py"))

    idle = [path.stem for path in asset("icons").glob("*.svg") if f'"{path.stem}' not in source]

    assert idle == []


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_ring_round_a_table_with_the_keyboard_is_whole(
    qtbot: QtBot, qapp: QApplication, name: str
) -> None:
    model = QStandardItemModel(40, 2)
    with dressed(qapp, name):
        table = QTableView()
        qtbot.addWidget(table)
        table.setModel(model)
        table.verticalHeader().hide()
        table.resize(300, 200)
        table.show()
        table.setFocus()
        qtbot.waitUntil(table.hasFocus)
        table.scrollToBottom()

        image = table.grab().toImage()

    ring = theme(name)["accent"].rgb()
    middle, foot = image.width() // 2, image.height() - 1
    header = table.horizontalHeader().geometry().center().y()
    assert {image.pixel(middle, y) for y in (0, 1, foot - 1, foot)} == {ring}
    assert {image.pixel(x, header) for x in (0, 1)} == {ring}
