"""A manager with a table that is not quite right: every doubt is seen, mended by keys, and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from orgmap.files.reading import Note
from orgmap.i18n import text
from orgmap.model.document import Document
from orgmap.ui.dialogs.importing.doubt_model import Column, DoubtModel, Index
from orgmap.ui.dialogs.importing.doubt_view import DoubtView
from orgmap.ui.dialogs.importing.doubts import Doubts, State
from orgmap.ui.dialogs.importing.outcome import sentence
from orgmap.ui.dialogs.importing.remembered import Remembered
from orgmap.ui.dialogs.importing.wizard import Decided, ImportWizard
from orgmap.ui.widgets.words import WordsButton
from tests.words import org

LONG = 30_000  # milliseconds, on a busy machine
CLEAN = "from,to,per_week\nAna,Ben,2\nBen,Cy,1\n"
DOUBTFUL = "from,to,per_week\nAna,Ben,2\nBen,Cy,seldom\nCy,,1\nDan,Ana,seldom\n"
SPELT = "from,to\nAna Kos,Ben\nAna Kos,Cy\nana  kos,Dan\n"
ODD = text("test", "{cell} is odd")

Opener = Callable[..., ImportWizard]


@pytest.fixture
def wizard_on(qtbot: QtBot, tmp_path: Path) -> Iterator[Opener]:
    """`wizard_on("a,b\\n...", base)`: the wizard over a table of these words, when it was read."""
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1280, 720)
    host.show()

    def on(*tables: str, base: Document | None = None, remembered: Remembered | None = None) -> ImportWizard:
        paths = []
        for number, words in enumerate(tables):
            path = tmp_path / f"table{number}.csv"
            path.write_text(words, encoding="utf-8")
            paths.append(path)
        wizard = ImportWizard(paths, base or Document(), remembered or Remembered(), host)
        wizard.open()
        qtbot.waitUntil(lambda: wizard.outcome is not None, timeout=LONG)
        qtbot.waitUntil(wizard.isActiveWindow, timeout=LONG)
        return wizard

    yield on
    for wizard in host.findChildren(ImportWizard):
        wizard.reject()


def press(wizard: ImportWizard, *keys: Qt.Key) -> None:
    """Press keys in whatever has the keyboard."""
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or wizard, key)


def type_in(words: str) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, words)


def reread(qtbot: QtBot, wizard: ImportWizard) -> str:
    """The sentence at the foot, once what was answered was read."""
    qtbot.waitUntil(lambda: not wizard.waiting, timeout=LONG)
    assert wizard.outcome is not None
    return str(sentence(wizard.outcome))


def decided(wizard: ImportWizard) -> list[Decided]:
    told: list[Decided] = []
    wizard.decided.connect(told.append)
    return told


def states(wizard: ImportWizard) -> list[str]:
    model = wizard.doubt_page.view.rows
    return [str(model.index(row, Column.STATE).data()) for row in range(model.rowCount())]


def to_list(wizard: ImportWizard) -> None:
    """From the button that Enter presses back to the list, with Shift+Tab."""
    press(wizard, Qt.Key.Key_Return)
    for _ in range(20):
        if wizard.doubt_page.view.hasFocus():
            return
        QTest.keyClick(
            QApplication.focusWidget() or wizard, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier
        )
    raise AssertionError("the list of doubts cannot be reached by Tab")


def test_who_has_no_doubts_presses_enter(wizard_on: Opener) -> None:
    wizard = wizard_on(CLEAN)
    told = decided(wizard)

    press(wizard, Qt.Key.Key_Return)

    assert len(told) == 1
    assert told[0].opened is not None
    assert not wizard.isVisible()


def test_with_doubts_enter_shows_them_and_enter_again_imports(wizard_on: Opener) -> None:
    wizard = wizard_on(DOUBTFUL)
    told = decided(wizard)

    button = wizard.foot.doubts_button.text().replace("&", "")
    focused = wizard.foot.doubts_button.hasFocus()
    press(wizard, Qt.Key.Key_Return)
    seen = wizard.on_doubts
    press(wizard, Qt.Key.Key_Return)

    assert button == "Look at 3 doubts"
    assert focused
    assert seen
    assert len(told) == 1


def test_every_doubt_has_its_row_its_cell_and_its_reason(wizard_on: Opener) -> None:
    wizard = wizard_on(DOUBTFUL)

    press(wizard, Qt.Key.Key_Return)
    model = wizard.doubt_page.view.rows
    listed = [
        tuple(str(model.index(row, column).data()) for column in (Column.WHERE, Column.CELL, Column.WHY))
        for row in range(model.rowCount())
    ]

    assert listed == [
        ("3", "seldom", "per_week: seldom is no number; the cell was left out."),
        ("4", "", "The row names only one end; it was left out."),
        ("5", "seldom", "per_week: seldom is no number; the cell was left out."),
    ]


def test_a_cell_is_mended_by_keys_and_the_rows_are_read_anew(wizard_on: Opener, qtbot: QtBot) -> None:
    wizard = wizard_on(DOUBTFUL)
    told = decided(wizard)
    before = str(sentence(wizard.outcome)) if wizard.outcome is not None else ""

    to_list(wizard)
    press(wizard, Qt.Key.Key_Down, Qt.Key.Key_Return)
    type_in("Dan")
    press(wizard, Qt.Key.Key_Return)
    after = reread(qtbot, wizard)
    press(wizard, Qt.Key.Key_Escape)
    wizard.foot.import_button.click()

    assert before == "A new map of 4 people and 3 links, 1 row left out."
    assert after == "A new map of 4 people and 4 links."
    assert told[0].opened is not None
    assert len(told[0].opened.document.links) == 4


def test_a_mended_row_stays_in_its_place_and_the_next_open_one_is_chosen(
    wizard_on: Opener, qtbot: QtBot
) -> None:
    wizard = wizard_on(DOUBTFUL)

    to_list(wizard)
    press(wizard, Qt.Key.Key_Return)
    type_in("1")
    press(wizard, Qt.Key.Key_Return)
    reread(qtbot, wizard)

    assert states(wizard) == ["mended", "open", "open"]
    assert wizard.doubt_page.view.currentIndex().row() == 1


def test_what_still_makes_no_sense_is_still_in_doubt(wizard_on: Opener, qtbot: QtBot) -> None:
    wizard = wizard_on(DOUBTFUL)

    to_list(wizard)
    press(wizard, Qt.Key.Key_Return)
    type_in("now and then")
    press(wizard, Qt.Key.Key_Return)
    reread(qtbot, wizard)

    model = wizard.doubt_page.view.rows
    assert states(wizard)[0] == "open"
    assert "now and then" in str(model.index(0, Column.WHY).data())


def test_one_mended_cell_mends_all_others_that_hold_the_same(wizard_on: Opener, qtbot: QtBot) -> None:
    wizard = wizard_on(DOUBTFUL)

    to_list(wizard)
    press(wizard, Qt.Key.Key_Return)
    type_in("0.2")
    press(wizard, Qt.Key.Key_Return, Qt.Key.Key_Up)
    button = next(b for b in wizard.doubt_page.buttons() if b.words.startswith("The same in 1 other row"))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    reread(qtbot, wizard)

    assert states(wizard) == ["mended", "open", "mended"]


def test_a_row_is_left_out_and_taken_in_again_with_delete(wizard_on: Opener, qtbot: QtBot) -> None:
    wizard = wizard_on(DOUBTFUL)

    to_list(wizard)
    press(wizard, Qt.Key.Key_Delete)
    without = reread(qtbot, wizard)
    left = states(wizard)
    press(wizard, Qt.Key.Key_Up, Qt.Key.Key_Delete)
    again = reread(qtbot, wizard)

    assert left == ["left out", "open", "open"]
    assert without == "A new map of 3 people and 2 links, 2 rows left out."
    assert states(wizard) == ["open", "open", "open"]
    assert again == "A new map of 4 people and 3 links, 1 row left out."


def test_two_spellings_become_one_person_by_keys(wizard_on: Opener, qtbot: QtBot) -> None:
    wizard = wizard_on(SPELT)
    before = wizard.outcome.added.people if wizard.outcome is not None else 0

    to_list(wizard)
    press(wizard, Qt.Key.Key_Return)  # a name has no cell: on to the answers
    focused = QApplication.focusWidget()
    words = focused.words if isinstance(focused, WordsButton) else ""
    press(wizard, Qt.Key.Key_Return)
    after = reread(qtbot, wizard)

    assert before == 5
    assert words == "One name: Ana Kos"
    assert after == "A new map of 4 people and 3 links."
    assert states(wizard) == ["one name"]


def test_tab_goes_from_the_list_through_its_answers_to_the_foot(wizard_on: Opener) -> None:
    wizard = wizard_on(SPELT)
    to_list(wizard)
    answers = list(wizard.doubt_page.buttons())

    passed: list[QWidget | None] = []
    for _ in range(len(answers) + 1):
        press(wizard, Qt.Key.Key_Tab)
        passed.append(QApplication.focusWidget())

    assert passed == [*answers, wizard.foot.back]


def test_two_names_are_left_two_and_not_counted_as_open(wizard_on: Opener, qtbot: QtBot) -> None:
    wizard = wizard_on(SPELT)

    to_list(wizard)
    button = next(b for b in wizard.doubt_page.buttons() if b.words == "Two different names")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    after = reread(qtbot, wizard)

    assert states(wizard) == ["two names"]
    assert after == "A new map of 5 people and 3 links."


def test_the_reasons_are_a_filter_and_its_rows_can_be_left_out_at_once(
    wizard_on: Opener, qtbot: QtBot
) -> None:
    rows = "".join(f"Ana,P{number},seldom\n" for number in range(9))
    wizard = wizard_on(f"from,to,per_week\n{rows},Ben,1\nAna,Ben,2\n")
    page = wizard.doubt_page
    box = page.findChild(QWidget, "reasons")
    assert box is not None

    to_list(wizard)
    QTest.keyClick(box, Qt.Key.Key_Down)
    listed = page.view.rows.rowCount()
    button = next(b for b in page.findChildren(WordsButton) if b.words == "Leave out these 9 rows")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    after = reread(qtbot, wizard)

    assert listed == 9
    assert after == "A new map of 2 people and 1 link, 10 rows left out."


def test_a_name_nobody_has_is_mended_in_all_rows_at_once(wizard_on: Opener, qtbot: QtBot) -> None:
    people = "name,team\nAna Kos,Sales\nBen,Sales\nCy,Sales\n"
    wizard = wizard_on("from,to\nBen,Ana Koss\nCy,Ana Koss\n", people)
    before = wizard.outcome.added.people if wizard.outcome is not None else 0

    to_list(wizard)
    row = next(i for i, d in enumerate(wizard.doubt_page.view.rows.rows) if d.names)
    press(wizard, *[Qt.Key.Key_Down] * row)
    press(wizard, Qt.Key.Key_Return)
    type_in("Ana Kos")
    press(wizard, Qt.Key.Key_Return)
    after = reread(qtbot, wizard)

    assert before == 4
    assert after == "A new map of 3 people, 1 module and 2 links."
    assert wizard.options.same == {"Ana Koss": "Ana Kos"}


def test_other_columns_forget_what_was_said_of_single_cells(wizard_on: Opener, qtbot: QtBot) -> None:
    wizard = wizard_on(DOUBTFUL)
    to_list(wizard)
    press(wizard, Qt.Key.Key_Delete)
    reread(qtbot, wizard)

    header = next(b for b in wizard.findChildren(QWidget, "header"))
    wizard.foot.back.click()
    QTest.keyClick(header, Qt.Key.Key_Space)
    reread(qtbot, wizard)

    assert wizard.options.left_out == frozenset()


def test_what_comes_of_it_is_said_for_a_new_map_for_the_open_one_and_in_its_place(
    wizard_on: Opener, qtbot: QtBot
) -> None:
    wizard = wizard_on("from,to\nana,ben\nben,Cy\n", base=org("ana > ben, ben > zed"))
    said = []

    for name in ("into-new", "into-open", "into-instead"):
        choice = wizard.findChild(QRadioButton, name)
        assert choice is not None
        QTest.keyClick(choice, Qt.Key.Key_Space)
        said.append(reread(qtbot, wizard))

    assert said == [
        "A new map of 3 people and 2 links.",
        "1 person and 1 link are added, 2 people are there already.",
        "1 person and 1 link are added, 1 person and 1 link go, 2 people are there already.",
    ]


def test_a_table_with_the_same_columns_is_answered_as_last_time(wizard_on: Opener, qtbot: QtBot) -> None:
    remembered = Remembered()
    first = wizard_on(CLEAN, remembered=remembered)
    asks = first.findChild(QRadioButton, "direction-1")
    assert asks is not None
    QTest.keyClick(asks, Qt.Key.Key_Space)
    reread(qtbot, first)
    first.foot.import_button.click()

    second = wizard_on(CLEAN.replace("Cy", "Dan"), remembered=remembered)
    chosen = second.findChild(QRadioButton, "direction-1")
    told = [b for b in second.findChildren(WordsButton) if b.words == "Start afresh" and b.isVisible()]
    assert chosen is not None
    before = chosen.isChecked()
    QTest.mouseClick(told[0], Qt.MouseButton.LeftButton)
    reread(qtbot, second)

    assert before
    assert not chosen.isChecked()


def test_links_and_people_handed_over_together_are_one_map(wizard_on: Opener) -> None:
    people = "id,name,team\n1,Ana,Sales\n2,Ben,Sales\n"

    wizard = wizard_on(people, "from,to\n1,2\n")

    assert wizard.look is not None
    assert (wizard.look.first, wizard.look.second) == ("Ana", "Ben")
    assert wizard.outcome is not None
    assert str(sentence(wizard.outcome)) == "A new map of 2 people, 1 module and 1 link."


def test_only_the_last_of_quick_answers_lands(wizard_on: Opener, qtbot: QtBot) -> None:
    wizard = wizard_on(CLEAN)

    for number in (1, 0, 2, 1):
        choice = wizard.findChild(QRadioButton, f"direction-{number}")
        assert choice is not None
        QTest.keyClick(choice, Qt.Key.Key_Space)
    reread(qtbot, wizard)

    assert wizard.outcome is not None
    links = wizard.outcome.document.links.values()
    assert [(link.source, link.target, link.two_way) for link in links] == [
        ("Ben", "Ana", False),
        ("Cy", "Ben", False),
    ]


def test_ten_thousand_doubts_are_listed_without_asking_every_row(qtbot: QtBot) -> None:
    doubts = Doubts()
    doubts.heard([Note(row, "t.csv", ODD(cell=str(row)), 2, str(row), ("1",)) for row in range(2, 10_002)])
    host = QWidget()
    qtbot.addWidget(host)
    model = Asked(doubts, host)
    view = DoubtView(model, host)
    view.resize(700, 500)
    host.show()

    model.renew()
    view.choose(0)
    view.to_next_open()
    view.scrollToBottom()
    view.grab()

    assert doubts.open == 10_000
    assert model.rowCount() == 10_000
    assert 0 < model.rows_asked < 200


class Asked(DoubtModel):
    """Counts of how many rows it was asked for words."""

    def __init__(self, doubts: Doubts, parent: QWidget) -> None:
        super().__init__(doubts, parent)
        self._asked: set[int] = set()

    @property
    def rows_asked(self) -> int:
        """How many different rows."""
        return len(self._asked)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> object:
        """What the model says."""
        self._asked.add(index.row())
        return super().data(index, role)


def test_a_doubt_that_went_away_untouched_leaves_the_list() -> None:
    doubts = Doubts()
    doubts.heard([Note(2, "t", ODD(cell="x"), 1, "x"), Note(3, "t", ODD(cell="y"), 1, "y")])
    doubts.correct(doubts.entries[0], "z")

    doubts.heard([])

    assert [(d.note.row, doubts.state(d)) for d in doubts.entries] == [(2, State.MENDED)]
