"""A kept picture moves with the view and becomes sharp at rest."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from orgmap.drawing.camera import Camera
from orgmap.drawing.kept import KeptPicture

pytestmark = pytest.mark.usefixtures("qapp")

GROUND, INK = QColor("#F6F6F3"), QColor("#2457C5")
START = Camera(1.0, 0.0, 0.0, 400.0, 300.0)


class Board:
    """Draws a square of ten map units round the origin, and counts how often."""

    def __init__(self) -> None:
        self.drawn = 0
        self.kept = KeptPicture(self.render, GROUND)

    def render(self, painter: QPainter, camera: Camera) -> None:
        self.drawn += 1
        low, high = camera.to_screen(-5, -5), camera.to_screen(5, 5)
        painter.fillRect(QRectF(low, high), INK)

    def frame(self, camera: Camera, *, moving: bool) -> QImage:
        image = QImage(400, 300, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        self.kept.draw(painter, camera, moving=moving)
        painter.end()
        return image


def test_a_frame_at_rest_is_drawn_once_and_then_kept() -> None:
    board = Board()

    board.frame(START, moving=False)
    image = board.frame(START, moving=False)

    assert board.drawn == 1
    assert image.pixelColor(200, 150) == INK
    assert image.pixelColor(10, 10) == GROUND


def test_a_small_pan_moves_what_is_kept() -> None:
    board = Board()
    board.frame(START, moving=False)

    image = board.frame(START.panned(40, -20), moving=True)

    assert board.drawn == 1
    assert image.pixelColor(240, 130) == INK
    assert image.pixelColor(200, 150) == GROUND


def test_zooming_stretches_what_is_kept_until_it_rests() -> None:
    board = Board()
    board.frame(START, moving=False)
    closer = START.zoomed(2.0, 200, 150)

    stretched = board.frame(closer, moving=True)
    assert board.drawn == 1
    assert stretched.pixelColor(208, 150) == INK

    board.frame(closer, moving=False)
    assert board.drawn == 2
    assert board.kept.sharp(closer)


def test_what_was_never_drawn_is_ground_while_moving() -> None:
    board = Board()
    board.frame(START, moving=False)

    image = board.frame(START.panned(140, 0), moving=True)

    assert board.drawn == 1
    assert image.pixelColor(2, 150) == GROUND


def test_too_far_a_movement_is_drawn_anew() -> None:
    board = Board()
    board.frame(START, moving=False)

    board.frame(START.panned(390, 0), moving=True)
    assert board.drawn == 2

    board.frame(START.zoomed(7.0, 0, 0), moving=True)
    assert board.drawn == 3


def test_what_has_changed_is_drawn_even_while_moving() -> None:
    board = Board()
    board.frame(START, moving=False)

    board.kept.invalidate()
    board.frame(START, moving=True)

    assert board.drawn == 2


def test_the_ground_can_change_with_the_theme() -> None:
    board = Board()
    board.frame(START, moving=False)

    board.kept.set_ground(QColor("#17191C"))

    assert board.frame(START, moving=False).pixelColor(10, 10) == QColor("#17191C")
