"""A kept picture moves with the view and becomes sharp at rest."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from orgmap.drawing.camera import Camera
from orgmap.drawing.kept import KeptPicture, Steps
from orgmap.drawing.mosaic import Mosaic
from orgmap.drawing.writing import Words

pytestmark = pytest.mark.usefixtures("qapp")

GROUND, INK = QColor("#F6F6F3"), QColor("#2457C5")
START = Camera(1.0, 0.0, 0.0, 400.0, 300.0)


class Board:
    """Draws a square of ten map units round a place, and remembers how many pixels it was asked for."""

    def __init__(self) -> None:
        self.at = (0.0, 0.0)
        self.drawn: list[float] = []
        self.kept = KeptPicture(self, GROUND)

    def painted(
        self, painter: QPainter, camera: Camera, around: Camera, mosaic: Mosaic | None = None
    ) -> Steps:
        del around
        self.drawn.append(camera.width * camera.height * (1.0 if mosaic is None else mosaic.share))
        x, y = self.at
        painter.fillRect(QRectF(camera.to_screen(x - 5, y - 5), camera.to_screen(x + 5, y + 5)), INK)
        yield
        yield

    def words(self, painter: QPainter, around: Camera) -> list[Words]:
        del painter, around
        return []

    def manner(self, painter: QPainter, camera: Camera) -> object:
        del painter
        return camera.scale

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

    assert len(board.drawn) == 1
    assert image.pixelColor(200, 150) == INK
    assert image.pixelColor(10, 10) == GROUND


def test_a_small_pan_moves_what_is_kept() -> None:
    board = Board()
    board.frame(START, moving=False)

    image = board.frame(START.panned(40, -20), moving=True)

    assert len(board.drawn) == 1
    assert image.pixelColor(240, 130) == INK
    assert image.pixelColor(200, 150) == GROUND


def test_zooming_stretches_what_is_kept_until_it_rests() -> None:
    board = Board()
    board.frame(START, moving=False)
    closer = START.zoomed(2.0, 200, 150)

    stretched = board.frame(closer, moving=True)
    assert len(board.drawn) == 1
    assert stretched.pixelColor(208, 150) == INK

    board.frame(closer, moving=False)
    assert len(board.drawn) == 2
    assert board.kept.sharp(closer)


def test_a_sharp_picture_is_drawn_a_piece_at_a_time_and_then_shown() -> None:
    board = Board()
    board.frame(START, moving=False)
    closer = START.zoomed(2.0, 200, 150)
    board.frame(closer, moving=True)

    turns = [board.kept.refine(closer, 1.0, 0.0) for _ in range(3)]

    assert turns == [False, False, True]
    assert board.kept.sharp(closer)
    assert len(board.drawn) == 2
    assert board.frame(closer, moving=False).pixelColor(208, 150) == INK
    assert len(board.drawn) == 2


def test_a_sharp_picture_of_what_is_no_longer_seen_is_begun_anew() -> None:
    board = Board()
    board.frame(START, moving=False)
    board.kept.refine(START.zoomed(2.0, 200, 150), 1.0, 0.0)
    closest = START.zoomed(4.0, 200, 150)

    turns = [board.kept.refine(closest, 1.0, 0.0) for _ in range(3)]

    assert turns == [False, False, True]
    assert board.kept.sharp(closest)


def test_only_what_comes_into_view_is_drawn_while_panning() -> None:
    board = Board()
    board.frame(START, moving=False)
    board.at = (-300.0, 0.0)

    image = board.frame(START.panned(140, 0), moving=True)

    assert image.pixelColor(40, 150) == INK
    assert sum(board.drawn[1:]) < 0.3 * board.drawn[0]
    assert board.kept.sharp(START.panned(140, 0))


def test_what_comes_into_view_while_zooming_out_is_drawn_and_never_empty() -> None:
    board = Board()
    board.frame(START, moving=False)
    board.at = (-270.0, 0.0)

    image = board.frame(START.zoomed(0.7, 200, 150), moving=True)

    assert image.pixelColor(200 - 189, 150) == INK


def test_too_far_a_movement_is_drawn_anew() -> None:
    board = Board()
    board.frame(START, moving=False)

    board.frame(START.panned(700, 0), moving=True)
    assert board.drawn[1] == board.drawn[0]

    board.frame(START.zoomed(7.0, 0, 0), moving=True)
    assert board.drawn[2] == board.drawn[0]


def test_what_has_changed_is_drawn_even_while_moving() -> None:
    board = Board()
    board.frame(START, moving=False)
    board.at = (50.0, 0.0)

    board.kept.invalidate()
    image = board.frame(START, moving=True)

    assert image.pixelColor(250, 150) == INK
    assert image.pixelColor(200, 150) == GROUND


def test_a_change_is_drawn_where_it_is_and_nowhere_else() -> None:
    board = Board()
    board.frame(START, moving=False)
    board.at = (50.0, 0.0)

    board.kept.mend(np.array([[-5.0, -5.0, 5.0, 5.0], [45.0, -5.0, 55.0, 5.0]]))
    image = board.frame(START, moving=False)

    assert image.pixelColor(250, 150) == INK
    assert image.pixelColor(200, 150) == GROUND
    assert sum(board.drawn[1:]) < 0.3 * board.drawn[0]


def test_a_change_of_nearly_everything_is_drawn_in_one_piece() -> None:
    board = Board()
    board.frame(START, moving=False)

    board.kept.mend(np.array([[-150.0, -150.0, 150.0, 150.0]]))
    board.frame(START, moving=False)

    assert len(board.drawn) == 2


def test_the_ground_can_change_with_the_theme() -> None:
    board = Board()
    board.frame(START, moving=False)

    board.kept.set_ground(QColor("#17191C"))

    assert board.frame(START, moving=False).pixelColor(10, 10) == QColor("#17191C")
