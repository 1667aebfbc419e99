"""The colours of both themes can be told apart by everybody."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from orgmap.drawing.style import THEMES, contrast, mixed, theme
from orgmap.errors import UsageError

TEXT, SHAPE, ENHANCED = 4.5, 3.0, 7.0  # WCAG 2.2, 1.4.3, 1.4.11 and 1.4.6


def test_contrast_is_that_of_the_standard() -> None:
    black, white, grey = QColor("#000000"), QColor("#FFFFFF"), QColor("#777777")

    assert contrast(black, white) == pytest.approx(21.0)
    assert contrast(white, grey) == pytest.approx(4.48, abs=0.01)  # the known near miss of WCAG


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("token", ["text", "quiet", "accent", "act", "look", "note", "good"])
def test_words_can_be_read_on_ground_and_panel(name: str, token: str) -> None:
    colours = theme(name)

    for ground in ("ground", "panel"):
        assert contrast(colours[token], colours[ground]) >= TEXT, ground


@pytest.mark.parametrize("name", THEMES)
def test_names_can_be_read_on_every_module_faded_or_not(name: str) -> None:
    colours = theme(name)

    for module in colours.modules:
        for token in ("text", "faded_text"):
            assert contrast(colours[token], module.fill) >= TEXT
            assert contrast(colours[token], colours["node"]) >= TEXT


@pytest.mark.parametrize("name", THEMES)
def test_the_name_of_a_module_can_be_read_on_its_frame_and_beside_it(name: str) -> None:
    colours = theme(name)

    for module in colours.modules:
        assert contrast(module.line, module.fill) >= TEXT
        assert contrast(module.line, colours["ground"]) >= TEXT
        assert contrast(module.line, colours["node"]) >= TEXT


@pytest.mark.parametrize("name", THEMES)
def test_lines_rings_and_rims_stand_out_from_all_they_lie_on(name: str) -> None:
    colours = theme(name)
    below = [module.fill for module in colours.modules] + [colours["ground"], colours["node"]]

    for token in (
        "link",
        "formal",
        "needs",
        "assumed",
        "accent",
        "act",
        "look",
        "note",
        "loose",
        "hover",
        "text",
    ):
        for ground in below:
            assert contrast(colours[token], ground) >= SHAPE, (token, ground.name())


@pytest.mark.parametrize("name", THEMES)
def test_what_is_faded_recedes_behind_what_is_not(name: str) -> None:
    colours = theme(name)

    assert contrast(colours["faded"], colours["ground"]) < contrast(colours["link"], colours["ground"])


@pytest.mark.parametrize("name", THEMES)
def test_a_note_can_be_read_and_its_border_seen(name: str) -> None:
    colours = theme(name)

    assert 4 <= len(colours.notes) <= 6
    for note in colours.notes:
        assert contrast(colours["text"], note.fill) >= TEXT
        for ground in (colours["ground"], note.fill, *(module.fill for module in colours.modules)):
            assert contrast(note.line, ground) >= SHAPE, (note.line.name(), ground.name())


def test_there_are_as_many_module_colours_as_a_legend_lists() -> None:
    assert all(len(theme(name).modules) >= 8 for name in THEMES)


def test_module_colours_are_counted_round() -> None:
    colours = theme("light")

    assert colours.module(len(colours.modules)) == colours.module(0)
    assert colours.module(-1).line == colours["loose"]


def test_mixed_colours_are_opaque_and_between_the_two() -> None:
    half = mixed(QColor("#000000"), QColor("#FFFFFF"), 0.5)

    assert half.alpha() == 255
    assert half.red() == pytest.approx(128, abs=1)


@pytest.mark.parametrize("token", ["text", "quiet", "accent", "act", "look", "note", "good", "link", "loose"])
def test_high_contrast_is_that_of_level_aaa(token: str) -> None:
    colours = theme("contrast")

    grounds = [colours[name] for name in ("ground", "panel", "node")]
    grounds += [module.fill for module in colours.modules]

    assert min(contrast(colours[token], ground) for ground in grounds) >= ENHANCED
    assert min(contrast(module.line, module.fill) for module in colours.modules) >= ENHANCED
    assert colours.weight > 1.0


def test_the_print_theme_saves_ink_and_needs_no_colour() -> None:
    colours = theme("print")

    assert colours["ground"] == colours["node"] == QColor("#FFFFFF")
    assert {module.fill.name() for module in colours.modules} == {"#ffffff"}
    assert all(module.line.saturation() == 0 for module in colours.modules)
    assert contrast(colours["text"], colours["ground"]) == pytest.approx(21.0)
    assert len({colours.pattern(hue) for hue in range(10)}) == 10


@pytest.mark.parametrize("name", THEMES)
def test_no_two_of_many_modules_share_both_colour_and_pattern(name: str) -> None:
    colours = theme(name)

    seen = {(colours.module(hue).line.name(), colours.pattern(hue)) for hue in range(60)}

    assert len(seen) == 60
    assert colours.pattern(-1) == 0


def test_an_unknown_theme_is_told_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="light, dark, print and contrast"):
        theme("sepia")
