"""Large maps: what is held and marked is laid over a picture that is not drawn anew."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from orgmap.drawing.style import theme
from orgmap.ui.canvas import ground, layers
from orgmap.ui.canvas.view import CanvasView
from orgmap.ui.session import Session
from tests.ui.conftest import Opened
from tests.ui.hand import Key, laid
from tests.words import org

ROW = {"ana": (-200.0, 0.0), "ben": (0.0, 0.0), "cy": (200.0, 0.0)}


def inked(picture: QImage, middle: QPoint, reach: int = 10) -> bool:
    """Is anything but the ground drawn near a pixel?"""
    ground: QColor = theme("light")["ground"]
    spots = [QPoint(dx, dy) for dx in range(-reach, reach + 1) for dy in range(-reach, reach + 1)]
    return any(picture.pixelColor(middle + spot) != ground for spot in spots)


def test_what_is_dragged_is_seen_where_it_is_held_and_no_longer_where_it_was(
    hand_on: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ground, "SLOW", 60.0)
    hand = hand_on(org(people="ana ben cy"), ROW)
    hand.view.grab()

    hand.press("ana")
    hand.move((-200.0, 150.0))
    picture = hand.view.grab().toImage()

    assert inked(picture, hand.pixel((-200.0, 150.0)))
    assert not inked(picture, hand.pixel((-200.0, 0.0)))
    hand.key(Key.Key_Escape)
    picture = hand.view.grab().toImage()
    assert inked(picture, hand.pixel((-200.0, 0.0)))
    assert not inked(picture, hand.pixel((-200.0, 150.0)))


def test_many_dragged_on_a_map_that_is_slow_to_draw_leave_a_pale_trace(
    hand_on: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ground, "SLOW", 0.0)
    monkeypatch.setattr(ground, "FEW", 0)
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.view.grab()

    hand.press("ana")
    hand.move((-200.0, 150.0))
    picture = hand.view.grab().toImage()

    assert inked(picture, hand.pixel((-200.0, 150.0)))
    hand.release((-200.0, 150.0))
    picture = hand.view.grab().toImage()
    assert hand.place("ana") == (-200, 150)
    assert not inked(picture, hand.pixel((-225.0, 0.0)), reach=4)


def test_very_many_are_carried_as_a_picture(hand_on: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers, "MANY", 1)
    hand = hand_on(org("ana > ben > cy", modules={"Sales": "ana ben"}), ROW)
    hand.view.set_selection(["ana", "ben", "cy", "Sales"])

    hand.press("ben")
    hand.move((0.0, 120.0))
    hand.move((0.0, 150.0))
    picture = hand.view.grab().toImage()
    for key in ROW:
        x, y = ROW[key]
        assert inked(picture, hand.pixel((x, y + 150.0)))
    hand.release((0.0, 150.0))

    assert [hand.place(key) for key in ROW] == [(-200, 150), (0, 150), (200, 150)]


def test_a_map_opened_before_the_canvas_is_shown_is_shown_whole(qtbot: QtBot) -> None:
    session = Session()
    view = CanvasView(session, theme("light"))
    qtbot.addWidget(view)
    session.open(laid(org("a > b"), {"a": (0.0, 0.0), "b": (4_000.0, 2_500.0)}))

    view.resize(900, 600)
    view.show()
    qtbot.waitExposed(view)
    view.resize(700, 500)

    assert view.camera.seen.contains(view.stage.extent())


def test_resizing_keeps_the_view_somebody_chose(hand_on: Opened) -> None:
    hand = hand_on(org("ana > ben > cy"), ROW)
    hand.view.set_camera(hand.view.camera.zoomed(2.0, 100.0, 100.0))
    before = hand.view.camera

    hand.view.resize(700, 500)

    after = hand.view.camera
    assert (after.scale, after.x, after.y) == (before.scale, before.x, before.y)


def test_a_fitted_map_keeps_its_people_from_under_the_legend(qtbot: QtBot) -> None:
    people = {f"p{i}-{j}": (i * 120.0, j * 110.0) for i in range(12) for j in range(8)}
    modules = {f"m{i}": " ".join(f"p{i}-{j}" for j in range(8)) for i in range(12)}
    session = Session()
    view = CanvasView(session, theme("light"))
    qtbot.addWidget(view)
    view.resize(1200, 750)
    session.open(laid(org(modules=modules), people))
    view.show()
    qtbot.waitExposed(view)

    legend = view.overlay.legend.geometry()

    spots = [view.camera.to_screen(*place).toPoint() for place in people.values()]
    assert view.overlay.legend.isVisible()
    assert not [spot for spot in spots if legend.contains(spot) or not view.rect().contains(spot)]
