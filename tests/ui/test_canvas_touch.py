"""Fingers on the canvas."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QInputDevice, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.conftest import Opened
from tests.ui.hand import Hand, Spot
from tests.words import org

ROW = {"ana": (-300.0, 0.0), "ben": (-100.0, 0.0)}


@pytest.fixture(scope="session")
def screen() -> QPointingDevice:
    """A touch screen; Qt keeps it as long as the program runs."""
    return QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)


class Fingers:
    """Fingers over one canvas, by number; each has to be put down before it moves."""

    def __init__(self, hand: Hand, screen: QPointingDevice) -> None:
        self._hand, self._screen = hand, screen
        self._down: dict[int, QPoint] = {}

    def put(self, **fingers: Spot) -> None:
        """Put fingers down; those that are down stay."""
        self._do("press", fingers)

    def move(self, **fingers: Spot) -> None:
        """Move fingers."""
        self._do("move", fingers)

    def lift(self, *fingers: str) -> None:
        """Lift fingers where they are."""
        self._do("release", {name: self._down[int(name[1:])] for name in fingers})

    def tap(self, spot: Spot) -> None:
        """Down and up again."""
        self.put(f0=spot)
        self.lift("f0")

    def _do(self, what: str, fingers: dict[str, Spot]) -> None:
        view, sequence = self._hand.view, QTest.touchEvent(self._hand.view, self._screen, False)
        new = {int(name[1:]): self._hand.pixel(spot) for name, spot in fingers.items()}
        for number in self._down.keys() - new.keys():
            sequence.stationary(number)
        for number, at in new.items():
            getattr(sequence, what)(number, at, view)
        sequence.commit()
        self._down |= new
        if what == "release":
            for number in new:
                del self._down[number]


def test_one_finger_works_as_the_mouse(hand_on: Opened, screen: QPointingDevice) -> None:
    hand = hand_on(org("ana > ben"), ROW)
    fingers = Fingers(hand, screen)

    fingers.tap("ana")
    assert hand.selected == {"ana"}
    fingers.put(f0="ana")
    fingers.move(f0=(-300.0, 60.0))
    fingers.move(f0=(-300.0, 120.0))
    fingers.lift("f0")

    assert hand.place("ana") == (-300, 120)
    assert hand.steps == 1


def test_two_fingers_pan_and_zoom_about_what_lies_between_them(
    hand_on: Opened, screen: QPointingDevice
) -> None:
    hand = hand_on(org("ana > ben"), ROW)
    fingers, before = Fingers(hand, screen), hand.view.camera
    left, right = QPoint(350, 300), QPoint(450, 300)
    held = before.to_map(400.0, 300.0)

    fingers.put(f0=left, f1=right)
    fingers.move(f0=QPoint(300, 340), f1=QPoint(500, 340))
    fingers.lift("f0", "f1")

    after = hand.view.camera
    assert after.scale == pytest.approx(2.0)
    at = after.to_screen(held.x(), held.y())
    assert at.x() == pytest.approx(400.0)
    assert at.y() == pytest.approx(340.0)
    assert hand.steps == 0


def test_a_second_finger_takes_back_what_the_first_began(hand_on: Opened, screen: QPointingDevice) -> None:
    hand = hand_on(org("ana > ben"), ROW)
    fingers, before = Fingers(hand, screen), hand.document

    fingers.put(f0="ana")
    fingers.move(f0=(-300.0, 100.0))
    fingers.put(f1=QPoint(500, 300))
    fingers.move(f0=QPoint(300, 300), f1=QPoint(500, 320))
    fingers.lift("f1")
    fingers.move(f0=QPoint(320, 320))
    fingers.lift("f0")

    assert hand.document == before
    assert hand.view.hands.gesture is None


def test_a_finger_held_still_opens_the_menu(hand_on: Opened, screen: QPointingDevice) -> None:
    hand = hand_on(org("ana > ben"), ROW)
    fingers = Fingers(hand, screen)

    fingers.put(f0="ana")
    hand.view.touch.wait_is_over()
    fingers.lift("f0")
    menu = QApplication.activePopupWidget()

    assert isinstance(menu, QMenu)
    assert hand.selected == {"ana"}
    menu.close()


def test_a_double_tap_on_the_ground_puts_a_person(hand_on: Opened, screen: QPointingDevice) -> None:
    hand = hand_on(org("ana > ben"), ROW)
    fingers = Fingers(hand, screen)

    fingers.tap((100.0, 100.0))
    fingers.tap((102.0, 101.0))
    hand.type("Zoe")

    assert hand.view.naming.active
    hand.view.naming.leave()
    assert hand.names == ["ana", "ben", "Zoe"]
