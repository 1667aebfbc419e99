"""Chips, hint, legend, zoom: what is said on the canvas itself, and the facts it tells others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QFont, QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from orgmap.analysis.findings import Finding, Weight
from orgmap.drawing.camera import Camera
from orgmap.drawing.fonts import font
from orgmap.drawing.legend import PADDING, SIZE
from orgmap.drawing.style import theme
from orgmap.i18n import verbatim
from orgmap.model.entities import LinkId, NodeId
from orgmap.ui.actions import ENTRIES
from orgmap.ui.theme import interface_font
from tests.ui.conftest import Opened
from tests.ui.hand import LEFT, Hand, Key, laid
from tests.words import org

ROW = {"ana": (-200.0, 0.0), "ben": (0.0, 0.0), "cy": (200.0, 0.0)}
NOTHING = verbatim("")


def finding(*people: str, links: tuple[str, ...] = ()) -> Finding:
    """A finding about people and links."""
    return Finding(
        code="broadcast-only",
        weight=Weight.ACT,
        severity=0.5,
        claim=NOTHING,
        because=NOTHING,
        question=NOTHING,
        people=tuple(map(NodeId, people)),
        lit_links=tuple(map(LinkId, links)),
    )


def gone(widget: QWidget) -> bool:
    """Is the widget hidden?"""
    return widget.isHidden()


def faded(hand: Hand) -> bool:
    """Is anything lit, so that the rest is faded?"""
    return hand.view.stage.lighting.any_lit


def test_an_empty_canvas_says_what_to_do_until_somebody_is_there(hand_on: Opened) -> None:
    hand = hand_on()
    hint = hand.view.overlay.hint

    assert not hint.isHidden()
    assert hint.text() == "Double-click to add a person, or type: Ana > Ben"
    hand.double_click((0.0, 0.0))

    assert hint.isHidden()


def test_a_lit_finding_has_a_chip_that_takes_the_light_away(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    camera = hand.view.camera
    lit: list[object] = []
    hand.view.lit_changed.connect(lit.append)
    shown = finding("ana", links=("l1",))

    hand.view.light(shown)
    chip = hand.view.overlay.showing
    assert not gone(chip)
    assert chip.text().startswith("Showing: ")
    assert chip.text().endswith("×")
    assert chip.accessibleName().startswith("Stop showing: ")
    assert faded(hand)
    QTest.mouseClick(chip, LEFT)

    assert gone(chip)
    assert lit == [shown, None]
    assert not faded(hand)
    assert hand.view.camera == camera


def test_esc_takes_the_light_away(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.view.light(finding("ana"))

    hand.key(Key.Key_Escape)

    assert hand.view.lit is None


def test_evidence_out_of_view_is_offered_and_not_jumped_to(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), {**ROW, "cy": (4_000.0, 0.0)})
    camera = hand.view.camera

    hand.view.light(finding("cy"))
    chip = hand.view.overlay.elsewhere
    assert hand.view.camera == camera
    assert chip.text() == "The evidence is out of view. Go there"
    QTest.mouseClick(chip, LEFT)

    assert hand.view.camera.seen.contains(4_000.0, 0.0)
    assert gone(chip)


def test_a_map_out_of_view_says_so_and_comes_back(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)

    hand.view.set_camera(Camera(1.0, 9_000.0, 0.0))
    chip = hand.view.overlay.elsewhere
    assert chip.text() == "The map is out of view. Show it"
    QTest.mouseClick(chip, LEFT)

    assert hand.view.camera.seen.contains(hand.view.stage.extent())


def test_the_zoom_control_zooms_says_the_scale_and_has_names(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    zoom = hand.view.overlay.zoom
    scales: list[float] = []
    hand.view.zoom_changed.connect(scales.append)

    QTest.mouseClick(zoom.into, LEFT)
    assert zoom.scale.text() == "125 %"
    QTest.mouseClick(zoom.out, LEFT)
    QTest.mouseClick(zoom.out, LEFT)
    assert zoom.scale.text() == "80 %"
    QTest.mouseClick(zoom.scale, LEFT)

    assert zoom.scale.text() == "100 %"
    assert scales == [1.25, 1.0, 0.8, 1.0]
    names = [button.accessibleName() for button in (zoom.out, zoom.scale, zoom.into, zoom.all)]
    assert names == ["Zoom out", "Real size", "Zoom in", "Show the whole map"]


def test_the_legend_stands_at_the_lower_left_when_there_is_something_to_explain(hand_on: Opened) -> None:
    empty = hand_on()
    assert empty.view.overlay.legend.isHidden()

    hand = hand_on(org("ana > ben", modules={"Sales": "ana", "Product": "ben"}), ROW)
    legend, entry = hand.view.overlay.legend, hand.view.entry

    assert not legend.isHidden()
    assert legend.geometry().left() < 40
    assert legend.geometry().bottom() < entry.geometry().top() < hand.view.height() - 40
    assert not legend.geometry().intersects(hand.view.overlay.zoom.geometry())


def test_the_button_of_a_small_legend_leaves_its_title_free(hand_on: Opened) -> None:
    overlay = hand_on(org(people="ana", modules={"S": "ana"}), {"ana": (0.0, 0.0)}).view.overlay

    title = QFontMetrics(font(SIZE, QFont.Weight.Medium)).horizontalAdvance("Legend") + PADDING

    assert overlay.legend.x() + title <= overlay.fold.x()


def test_the_legend_folds_away_and_comes_back_by_its_button(hand_on: Opened, qtbot: QtBot) -> None:
    document = org("ana > ben", modules={"Sales": "ana", "Product": "ben"})
    overlay = hand_on(document, ROW).view.overlay
    card = overlay.legend.geometry()
    assert card.contains(overlay.fold.geometry())

    with qtbot.waitSignal(overlay.legend_folded) as folded:
        QTest.mouseClick(overlay.fold, LEFT)

    assert folded.args == [True]
    assert overlay.legend.isHidden()
    assert overlay.fold.text() == "Legend"
    assert overlay.fold.width() >= 24
    assert overlay.fold.height() >= 24
    assert overlay.fold.height() < card.height() / 2

    QTest.keyClick(overlay.fold, Key.Key_Space)

    assert not overlay.legend.isHidden()
    assert overlay.fold.accessibleName() == "Fold the legend away"


def test_names_and_legend_grow_with_the_size_of_text(hand_on: Opened) -> None:
    hand = hand_on(org("ana <> ben, ben > cy", modules={"Sales": "ana"}), ROW)
    canvas, legend = hand.view, hand.view.overlay.legend
    canvas.setFont(interface_font(1.0))
    before, usual = legend.size(), canvas.grab().toImage()

    canvas.setFont(interface_font(2.0))

    assert legend.height() == pytest.approx(2 * before.height(), abs=4)
    assert legend.width() == pytest.approx(2 * before.width(), abs=4)
    name = canvas.camera.to_screen(*ROW["ben"]).toPoint() + QPoint(0, 17)
    below = QRect(name.x() - 40, name.y(), 80, 40)
    assert ink(canvas.grab().toImage(), below) > 1.5 * ink(usual, below)


def ink(picture: QImage, part: QRect) -> int:
    """How many dark pixels there are in a part of a picture."""
    return sum(
        picture.pixelColor(x, y).lightness() < 128
        for x in range(part.left(), part.right())
        for y in range(part.top(), part.bottom())
    )


def test_the_zoom_control_makes_room_for_whatever_scale_it_says(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben"), ROW)
    scale = hand.view.overlay.zoom.scale
    scale.setFont(interface_font(2.0))

    for share in (0.04, 0.0057, 1.0):
        hand.view.stage.look(replace(hand.view.camera, scale=share))

        assert scale.width() >= scale.minimumSizeHint().width(), scale.text()


def test_a_whole_map_stays_clear_of_the_zoom_control_at_any_size_of_text(hand_on: Opened) -> None:
    places = {"ana": (-300.0, -900.0), "ben": (300.0, 900.0), "cy": (300.0, 0.0)}
    hand = hand_on(org("ana <> ben, ben <> cy"), places)
    canvas, zoom = hand.view, hand.view.overlay.zoom
    canvas.setFont(interface_font(2.0))
    zoom.setFont(interface_font(2.0))
    zoom.setFixedHeight(90)
    canvas.overlay.arrange()

    hand.key(Key.Key_F)

    lowest = canvas.camera.to_screen(*places["ben"]).y() + 17 * canvas.camera.scale
    assert lowest < zoom.geometry().top()


def test_a_map_shown_whole_stays_clear_of_a_legend_that_grows(hand_on: Opened) -> None:
    places = {"ana": (-400.0, -250.0), "ben": (-400.0, 250.0), "cy": (400.0, 250.0)}
    hand = hand_on(org("ana <> ben, ben > cy", modules={"Sales": "ana", "Product": "ben"}), places)
    canvas, legend = hand.view, hand.view.overlay.legend
    canvas.setFont(interface_font(1.0))
    hand.key(Key.Key_F)

    canvas.setFont(interface_font(2.0))

    covered = [key for key in places if legend.geometry().contains(hand.pixel(key))]
    assert not legend.isHidden()
    assert covered == []


def test_another_map_is_shown_whole_with_nothing_selected_or_lit(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.view.set_selection(["ana"])
    hand.view.light(finding("ana"))
    chosen: list[object] = []
    hand.view.selection_changed.connect(chosen.append)

    hand.session.open(laid(org("x > y"), {"x": (5_000.0, 5_000.0), "y": (7_000.0, 6_000.0)}))

    assert hand.selected == set()
    assert chosen == [frozenset()]
    assert hand.view.lit is None
    assert hand.view.camera.seen.contains(hand.view.stage.extent())


def test_what_is_undone_away_is_no_longer_selected_or_hovered(hand_on: Opened) -> None:
    hand = hand_on()
    hand.double_click((0.0, 0.0))
    hand.type("Ana")
    hand.key(Key.Key_Escape)
    hand.move("n1", button=Qt.MouseButton.NoButton)

    hand.session.undo()

    assert hand.selected == set()
    assert hand.view.stage.hovered is None
    assert hand.view.stage.focused is None


def test_a_tool_is_told_once_when_it_is_another(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    facts: list[object] = []
    hand.view.tool_changed.connect(facts.append)

    hand.view.set_tool("link")
    hand.view.set_tool("link")
    hand.view.set_tool("select")

    assert facts == ["link", "select"]


def test_a_theme_changes_the_ground_at_once(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    spot = hand.pixel((0.0, 200.0))
    hand.view.grab()

    hand.view.set_theme(theme("dark"))

    picture = hand.view.grab().toImage()
    assert picture.pixelColor(spot) == theme("dark")["ground"]


def test_the_pictures_of_rest_and_of_movement_end_up_the_same(hand_on: Opened, qtbot: QtBot) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.view.grab()

    hand.view.set_camera(Camera(1.5, 30.0, 20.0))
    qtbot.waitUntil(lambda: not hand.view.moving)
    after = hand.view.grab().toImage()

    fresh = hand_on(org("ana > ben > cy"), ROW)
    fresh.view.set_camera(Camera(1.5, 30.0, 20.0))
    qtbot.waitUntil(lambda: not fresh.view.moving)
    assert after == fresh.view.grab().toImage()


def test_every_command_has_an_action_of_the_same_id_and_works_from_it(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    known = {entry.id for entry in ENTRIES}
    assert set(hand.view.commands) <= known

    for name, command in hand.view.commands.items():
        action = QAction(name)
        action.setCheckable(True)
        action.triggered.connect(command)
        hand.view.set_selection(["ana"])
        action.trigger()
        hand.view.naming.leave()
        hand.view.linking.cancel()

    assert NodeId("ana") not in hand.document.nodes
    assert len(hand.document.modules) == 1
    assert hand.names == ["ben", "cy", "ana", "Person 4"]


def test_whoever_is_revealed_is_under_nothing_that_floats(hand_on: Opened) -> None:
    places = {"ana": (-200.0, 0.0), "ben": (0.0, 900.0), "cy": (200.0, 0.0), "dov": (-400.0, 1500.0)}
    hand = hand_on(org("ana > ben > cy > dov", modules={"Sales": "ana cy", "Product": "ben"}), places)
    stage = hand.view.stage

    for key in ("ana", "dov", "cy", "ben", "dov"):
        stage.look(Camera(1.0, 0.0, -2000.0, stage.camera.width, stage.camera.height))
        stage.reveal(key)
        spot = hand.pixel(key)

        assert hand.view.rect().contains(spot)
        assert not stage.covered.contains(spot)
        assert spot.y() < hand.view.entry.y()


def test_another_map_begins_with_nothing_selected_though_its_ids_are_the_same(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.click("ana")

    hand.session.open(laid(org("ana > zoe"), ROW))

    assert hand.selected == set()
    assert hand.view.stage.focused is None


def test_a_drag_under_way_selects_nothing_on_the_map_that_is_opened(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.click("ana")
    hand.press("ben")
    hand.move((40.0, 60.0))

    hand.session.open(laid(org("ana > ben"), ROW))

    assert hand.selected == set()
    assert hand.view.hands.gesture is None


def test_a_legend_that_evidence_would_push_over_people_gives_way_until_it_is_asked_for(
    hand_on: Opened,
) -> None:
    hand = hand_on(org("ana > ben, ben > cy"), ROW)
    overlay, stage = hand.view.overlay, hand.view.stage
    at = QPoint(100, hand.view.height() - 110)  # where the legend of the evidence comes to stand
    stage.look(stage.camera.panned(at.x() - hand.pixel("ana").x(), at.y() - hand.pixel("ana").y()))
    before = stage.camera

    stage.light(finding("ben"))
    gave_way = gone(overlay.legend)
    QTest.mouseClick(overlay.fold, LEFT)

    assert gave_way
    assert not gone(overlay.legend)
    assert stage.camera == before
