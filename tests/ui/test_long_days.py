"""Long days: hundreds of maps, thousands of people and edits leave nothing behind (rows 90 and 98)."""

from __future__ import annotations

import gc
import mmap
import sys
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from orgmap.drawing.scene import Scene
from orgmap.files import native
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.ui.session import Session
from tests.desk import Desk, seated
from tests.ui import puppet
from tests.ui.conftest import Opened
from tests.ui.hand import laid
from tests.ui.test_windows_go import settle
from tests.words import org

MAP = laid(
    org("ana > ben > cy", modules={"Sales": "ana ben"}),
    {"ana": (-90.0, 0.0), "ben": (90.0, 0.0), "cy": (0.0, 160.0)},
)
STEP = verbatim("x")
PEOPLE = 4  # who come and go in an hour
A_CROWD = 1_000
AN_HOUR = 15  # things of Python that may be left of it


def live() -> Counter[str]:
    """The objects of Qt that Python knows, by their kind."""
    settle()
    return Counter(type(each).__name__ for each in gc.get_objects() if isinstance(each, QObject))


def test_two_hundred_maps_opened_one_after_the_other_are_all_let_go(hand_on: Opened) -> None:
    hand = hand_on(MAP)
    before, maps = live(), held()

    for number in range(200):
        document = MAP.apply(edits.rename(MAP, next(iter(MAP.nodes)), f"Ana {number}"))
        hand.session.open(document)
        hand.view.set_selection(["ana"])
        hand.view.verbs.rename()
        hand.view.naming.dismiss()
    hand.session.open(Document())
    del document
    hand.view.grab()

    assert live() == before
    assert held() <= maps


def test_ten_thousand_people_made_and_deleted_leave_a_map_as_small_as_before(hand_on: Opened) -> None:
    hand = hand_on(MAP)
    session = hand.session
    before = live()

    for _ in range(5):
        document = session.document
        for number in range(2_000):
            change, _made = edits.add_node(document, f"p{number}", (number * 1.0, 0.0))
            document = document.apply(change)
        crowd = [key for key in document.nodes if key not in MAP.nodes]
        session.open(document)
        hand.view.grab()
        session.edit(STEP, edits.delete(session.document, crowd))
        hand.view.grab()

    assert len(crowd) == 2_000
    assert session.document.nodes == MAP.nodes
    assert live() == before


@pytest.mark.parametrize("hours", [8])
def test_eight_hours_of_edits_leave_no_pile_of_timers_objects_or_memory(
    qtbot: QtBot, tmp_path: Path, hours: int
) -> None:
    with seated(qtbot, tmp_path, puppet.obedient, MAP) as desk:
        for _ in range(2):  # what is built once is there
            an_hour(desk)
        before, timers = live(), active(desk)
        things = []
        for _ in range(hours):
            an_hour(desk)
            settle()
            things.append(len(gc.get_objects()))

        assert {name: n for name, n in (live() - before).items() if n > 1} == {}
        assert active(desk) <= timers + 1
        assert things[-1] - things[1] < hours * AN_HOUR


@pytest.mark.skipif(sys.platform != "linux", reason="only there is the memory in use told by a file")
def test_a_hundred_openings_of_a_thousand_people_leave_the_memory_as_large_as_ten() -> None:
    data = native.encoded(crowd())
    session = Session()

    def opened(times: int) -> int:
        for _ in range(times):
            session.open(native.read(data, Path("map.orgmap")).document)
            document = session.document
            session.edit(STEP, edits.rename(document, next(iter(document.nodes)), "Ana"))
            scene = Scene.of(session.document)
            assert len(scene.names) == A_CROWD
        gc.collect()
        return resident()

    before = opened(10)
    after = opened(90)

    assert after - before < 16 * 2**20  # bytes; 90 maps that stay hold several times that


def crowd() -> Document:
    """A thousand people on a map, each linked to another."""
    return laid(
        org(", ".join(f"p{at} > p{(at + 1) % A_CROWD}" for at in range(A_CROWD))),
        {f"p{at}": (at % 40 * 90.0, at // 40 * 90.0) for at in range(A_CROWD)},
    )


def resident() -> int:
    """The memory this process has in use, bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * mmap.PAGESIZE


def held() -> int:
    """How many maps with somebody on them there are."""
    return sum(isinstance(each, Document) and bool(each.nodes) for each in gc.get_objects())


def an_hour(desk: Desk) -> None:
    """People come, are renamed, linked and moved, and go; then all of it is taken back."""
    session, canvas = desk.window.session, desk.window.canvas
    for number in range(PEOPLE):
        change, made = edits.add_node(session.document, f"Dov {number}", (200.0, 200.0))
        session.edit(STEP, change)
        canvas.set_selection([made])
        session.edit(STEP, edits.rename(session.document, made, f"Dov the {number}th"))
        session.edit(STEP, edits.add_link(session.document, next(iter(MAP.nodes)), made)[0])
        session.edit(STEP, edits.move(session.document, {made: (number * 9.0, -100.0)}))
        session.undo()
        session.edit(STEP, edits.delete(session.document, [made]))
        QApplication.processEvents()
    while session.history.undo_label is not None:
        session.undo()
    desk.until_judged()


def active(desk: Desk) -> int:
    """Timers that run."""
    return sum(timer.isActive() for timer in desk.window.findChildren(QTimer))
