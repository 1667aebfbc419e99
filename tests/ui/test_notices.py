"""Errors become words that say what, where and what next; and never markup, never a storm."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from orgmap.crash import crash_folder
from orgmap.drawing.style import theme
from orgmap.errors import ReadError
from orgmap.i18n import text, verbatim
from orgmap.ui.notices import MOST, Kind, Notice, NoticeBar, Offer, notice_of, one_line
from orgmap.ui.widgets.words import Words

MESSAGE = text("test", "{name} cannot be read.")


@pytest.fixture
def bar(qtbot: QtBot) -> NoticeBar:
    made = NoticeBar(theme("light"))
    qtbot.addWidget(made)
    return made


def shown(bar: NoticeBar) -> str:
    return bar.findChildren(Words)[0].text()


def test_an_error_of_ours_says_what_where_and_what_next(bar: NoticeBar) -> None:
    error = ReadError(MESSAGE(name="a.csv"), place="a.csv, row 3", hint=verbatim("Save it again."))

    bar.tell_error(error)

    assert shown(bar) == "a.csv, row 3: a.csv cannot be read.\nSave it again."
    assert not bar.isHidden()


def test_an_error_of_the_system_names_the_file_and_the_cause(tmp_path: Path) -> None:
    notice = notice_of(OSError(28, "No space left on device", str(tmp_path / "a.orgmap")))

    assert "a.orgmap" in notice.words()
    assert "No space left on device" in notice.words()


def test_a_bug_leaves_a_report_without_names_and_says_where(bar: NoticeBar) -> None:
    try:
        raise KeyError("Ana Novak")
    except KeyError as error:
        bar.tell_error(error)

    reports = list(crash_folder().glob("*.txt"))
    assert len(reports) == 1
    assert str(reports[0]) in shown(bar)
    assert "Ana" not in reports[0].read_text() + shown(bar)


def test_what_only_confirms_does_not_move_the_window_and_what_lasts_covers_nothing(qtbot: QtBot) -> None:
    window, map_ = QWidget(), QWidget()
    bar = NoticeBar(theme("light"))
    column = QVBoxLayout(window)
    column.addWidget(bar)
    column.addWidget(map_, 1)
    qtbot.addWidget(window)
    window.resize(600, 400)
    window.show()
    before = map_.geometry()

    bar.tell(Notice(MESSAGE(name="a")))
    column.activate()
    assert bar.isVisible()
    assert map_.geometry() == before
    assert bar.geometry().bottom() == window.rect().bottom()
    window.resize(700, 500)
    column.activate()
    assert bar.geometry().bottom() == window.rect().bottom()
    assert bar.width() == window.width()

    bar.tell(Notice(MESSAGE(name="b"), Kind.PROBLEM))
    column.activate()
    assert not bar.geometry().intersects(map_.geometry())
    bar.dismiss()
    bar.dismiss()
    column.activate()

    assert bar.isHidden()
    assert map_.geometry().top() == before.top()


def test_markup_in_a_name_is_shown_as_it_is(bar: NoticeBar) -> None:
    name = '<b>x</b> a < b > c <img src="/etc/passwd"> R&D'

    bar.tell(Notice(MESSAGE(name=name)))

    assert shown(bar) == f"{name} cannot be read."
    assert bar.findChildren(Words)[0].textFormat() is Qt.TextFormat.PlainText


def test_turned_writing_line_ends_and_monsters_stay_on_their_line() -> None:
    assert one_line("a\nb\t\u202ec\0") == "a b  c "
    assert len(one_line("x" * 1_000_000)) < 700


def test_the_same_notice_twice_is_one_and_a_storm_keeps_the_last_few(bar: NoticeBar) -> None:
    for number in [*range(MOST + 5), MOST + 4]:
        bar.tell(Notice(verbatim(f"notice {number}")))

    seen = []
    while not bar.isHidden():
        seen.append(shown(bar))
        QTest.mouseClick(bar.findChildren(QToolButton)[0], Qt.MouseButton.LeftButton)
    assert seen == [f"notice {number}" for number in range(MOST + 4, 4, -1)]


def test_a_notice_replaces_the_one_with_its_key_and_is_withdrawn_by_it(bar: NoticeBar) -> None:
    bar.tell(Notice(verbatim("first"), key="worker"))
    bar.tell(Notice(verbatim("second"), key="worker"))
    second = shown(bar)
    bar.withdraw("worker")

    assert second == "second"
    assert bar.isHidden()


def test_an_offer_is_a_button_that_acts_and_closes_the_notice(bar: NoticeBar) -> None:
    done: list[str] = []
    offer = Offer(text("test", "Try again"), lambda: done.append("tried"))
    bar.tell(Notice(verbatim("It failed"), Kind.PROBLEM, offers=(offer,)))

    button = next(b for b in bar.findChildren(QPushButton) if b.text() == "Try again")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert done == ["tried"]
    assert bar.isHidden()


def test_escape_closes_the_notice(bar: NoticeBar) -> None:
    bar.tell(Notice(verbatim("read me")))

    QTest.keyClick(bar, Qt.Key.Key_Escape)

    assert bar.isHidden()
