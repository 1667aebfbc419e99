"""A camera shows the map without bending it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF

from orgmap.drawing.camera import CLOSEST, FARTHEST, Camera


def test_a_map_point_goes_to_the_screen_and_back() -> None:
    camera = Camera(1.7, 30.0, -20.0, 800.0, 600.0)

    point = camera.to_screen(12.5, 99.0)
    back = camera.to_map(point.x(), point.y())

    assert [back.x(), back.y()] == pytest.approx([12.5, 99.0])


def test_zooming_keeps_the_point_under_the_pointer() -> None:
    camera = Camera(1.0, 0.0, 0.0, 800.0, 600.0)
    before = camera.to_map(100, 50)

    after = camera.zoomed(2.0, 100, 50).to_map(100, 50)

    assert [after.x(), after.y()] == pytest.approx([before.x(), before.y()])


def test_zooming_stops_at_the_closest_and_the_farthest() -> None:
    camera = Camera(1.0, 0.0, 0.0, 800.0, 600.0)

    assert camera.zoomed(1e9, 0, 0).scale == CLOSEST
    assert camera.zoomed(1e-9, 0, 0).scale == FARTHEST


def test_fitting_shows_the_whole_of_a_rectangle() -> None:
    rect = QRectF(-500, 100, 3000, 400)

    camera = Camera.fitted(rect, 800, 600)

    assert camera.seen.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(rect)


def test_fitting_a_single_point_does_not_magnify_it_without_end() -> None:
    camera = Camera.fitted(QRectF(5, 5, 0, 0), 800, 600)

    assert camera.scale == 1.5


def test_panning_moves_the_map_with_the_hand() -> None:
    camera = Camera(2.0, 0.0, 0.0, 800.0, 600.0)
    before = camera.to_screen(10, 10)

    after = camera.panned(30, -8).to_screen(10, 10)

    assert [after.x() - before.x(), after.y() - before.y()] == pytest.approx([30, -8])
