"""Screens that come and go, another language and other looks in the middle of work (rows 78 and 97)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from orgmap.drawing.style import theme
from orgmap.i18n import ENGLISH, PSEUDO, use
from orgmap.model.document import Document
from orgmap.ui.app import Program
from orgmap.ui.dialogs.importing.wizard import ImportWizard
from orgmap.ui.main_window import MainWindow
from orgmap.ui.settings import Settings, ThemeChoice
from tests.desk import Desk
from tests.ui import puppet
from tests.ui.hand import Key, laid
from tests.words import org

MAP = laid(org("ana <> ben", title="Plan"), {"ana": (-80.0, 0.0), "ben": (80.0, 0.0)})
ROWS = "who,whom\nAna,Ben\nBen,Cy\n"


@pytest.mark.parametrize(
    "place",
    [QRect(9_000, 9_000, 700, 500), QRect(-4_000, 20, 700, 500), QRect(5, 5, 1, 1)],
    ids=["far away", "on a screen that is gone", "of one pixel"],
)
def test_a_window_that_stood_where_no_screen_is_comes_back_in_sight(
    qtbot: QtBot, tmp_path: Path, place: QRect
) -> None:
    settings, elsewhere = Settings(tmp_path / "settings.ini"), QWidget()
    qtbot.addWidget(elsewhere)
    elsewhere.setGeometry(place)
    settings.put_data("window/geometry", elsewhere.saveGeometry())

    window = MainWindow(settings, theme("light"), puppet.obedient)
    qtbot.addWidget(window)
    window.show()

    seen = QApplication.primaryScreen().availableGeometry().intersected(window.geometry())
    assert (seen.width(), seen.height()) >= (120, 120)
    assert window.width() >= window.minimumWidth()
    assert window.height() >= window.minimumHeight()


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    """A program with one map; its language and looks are put back."""
    before = qapp.font(), qapp.palette()
    settings = Settings(tmp_path / "settings.ini")
    settings.reduced_motion = True
    made = Program(qapp, settings)
    made.open_window().session.open(MAP)
    yield made
    for window in made.windows:
        for dialog in window.findChildren(QDialog):
            dialog.reject()
        window.session.open(Document())
        window.close()
        window.deleteLater()
    use(ENGLISH)
    made.turn()
    made.deleteLater()
    qapp.setStyleSheet("")
    qapp.setFont(before[0])
    qapp.setPalette(before[1])


@pytest.fixture
def desk(program: Program, qtbot: QtBot) -> Desk:
    made = Desk(program.windows[0], qtbot)
    made.window.activateWindow()
    made.until(made.window.isActiveWindow)
    return made


def menus(desk: Desk) -> list[str]:
    return [action.text() for action in desk.window.menuBar().actions()]


def in_pseudo(words: list[str]) -> bool:
    return all("⟦" in each for each in words)


def test_a_name_that_is_typed_survives_another_language_and_other_looks(program: Program, desk: Desk) -> None:
    desk.window.canvas.setFocus()
    desk.window.canvas.set_selection(["ana"])
    desk.window.actions_table["rename"].trigger()
    field = desk.window.canvas.naming.field
    field.selectAll()
    QTest.keyClicks(field, "Anna")

    program.settings.language = PSEUDO
    program.settings.theme = ThemeChoice.DARK
    told, typed = menus(desk), field.text()
    QTest.keyClick(field, Key.Key_Return)

    assert in_pseudo(told)
    assert typed == "Anna"
    assert desk.document.nodes[next(iter(MAP.nodes))].name == "Anna"
    assert desk.window.theme is theme("dark")


def test_findings_that_are_awaited_come_in_the_language_that_was_chosen_meanwhile(
    program: Program, desk: Desk
) -> None:
    desk.window.begin()
    program.settings.language = PSEUDO
    program.settings.theme = ThemeChoice.CONTRAST
    desk.until_judged()

    assert in_pseudo([word for word in desk.words(desk.window.side) if word])


@pytest.mark.parametrize("asked", ["import", "export"])
def test_what_is_asked_is_answered_before_the_language_changes_and_nothing_is_lost(
    program: Program, desk: Desk, tmp_path: Path, asked: str
) -> None:
    if asked == "import":
        (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
        desk.window.open_path(tmp_path / "rows.csv")
    else:
        desk.window.actions_table["export"].trigger()
    dialog = desk.dialog(asked)
    if isinstance(dialog, ImportWizard):
        desk.until(lambda: dialog.look is not None)
        answers = dialog.options

    program.settings.theme = ThemeChoice.DARK
    program.settings.language = PSEUDO
    meanwhile = menus(desk)
    kept = not isinstance(dialog, ImportWizard) or dialog.options == answers
    shown = dialog.isVisible()
    dialog.reject()

    assert shown
    assert kept
    assert not any("⟦" in each for each in meanwhile)
    assert in_pseudo(menus(desk))
    assert desk.document == MAP


def test_the_choice_of_the_language_is_at_once_in_that_language(program: Program, desk: Desk) -> None:
    desk.window.actions_table["preferences"].trigger()
    desk.dialog("preferences")

    program.settings.language = PSEUDO
    desk.until(lambda: "⟦" in desk.dialog("preferences").windowTitle())

    assert in_pseudo(menus(desk))
