"""The same file a second time: what was said of its rows is said again, and can be said otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.ui.dialogs.importing.doubts import State
from orgmap.ui.dialogs.importing.outcome import sentence
from orgmap.ui.dialogs.importing.summary_window import SummaryWindow
from orgmap.ui.dialogs.importing.wizard import ImportWizard
from tests.desk import Desk, seated
from tests.ui import puppet
from tests.ui.hand import laid
from tests.words import org

MAP = laid(org("eva <> fay"), {"eva": (-80.0, 0.0), "fay": (80.0, 0.0)})
DOUBTFUL = "from,to,per_week\nAna Kos,Ben,2\nAna Kos,Cy,seldom\nana  kos,Dan,1\nCy,Dan,often\n"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, puppet.obedient, MAP) as made:
        yield made


def wizard_on(desk: Desk, words: str) -> ImportWizard:
    """The wizard over a table of these words that goes into the open map, when it was read."""
    path = desk.window.settings.path.with_name("team.csv")
    path.write_text(words, encoding="utf-8")
    desk.window.open_path(path)
    wizard = desk.dialog("import")
    assert isinstance(wizard, ImportWizard)
    desk.until(lambda: wizard.outcome is not None and not wizard.waiting)
    choice = wizard.findChild(QRadioButton, "into-open")
    assert choice is not None
    QTest.keyClick(choice, Qt.Key.Key_Space)
    settled(desk, wizard)
    return wizard


def settled(desk: Desk, wizard: ImportWizard) -> None:
    desk.until(lambda: not wizard.waiting)


def told(wizard: ImportWizard) -> list[State]:
    doubts = wizard.doubt_page.doubts
    return [doubts.state(doubt) for doubt in doubts.entries]


def answer(desk: Desk, wizard: ImportWizard) -> None:
    """One name, a cell written anew, and a row left out."""
    desk.press("Look at 3 doubts", wizard)
    for words in ("One name: Ana Kos", "Leave this row out", "Leave this row out"):
        desk.press(words, wizard)
        settled(desk, wizard)


def import_it(desk: Desk, wizard: ImportWizard) -> None:
    desk.press("Import", wizard)
    desk.until(lambda: "team.csv" in desk.notice)
    desk.back()


def test_the_same_file_again_changes_nothing_with_the_answers_of_last_time(desk: Desk) -> None:
    first = wizard_on(desk, DOUBTFUL)
    answer(desk, first)
    import_it(desk, first)
    after = desk.document
    before = told(first)

    second = wizard_on(desk, DOUBTFUL)
    again = told(second)
    said = " ".join(desk.words(second))
    desk.press("Import", second)
    desk.until(lambda: "already" in desk.notice)

    assert before == again == [State.ONE, State.LEFT_OUT, State.LEFT_OUT]
    assert "Answered as last time for this file" in said
    assert desk.document == after
    assert {node.name for node in after.nodes.values()} == {"eva", "fay", "Ana Kos", "Ben", "Dan"}


def test_the_answers_of_last_time_can_be_changed_and_dropped(desk: Desk) -> None:
    first = wizard_on(desk, DOUBTFUL)
    answer(desk, first)
    import_it(desk, first)

    second = wizard_on(desk, DOUBTFUL)
    desk.press("Look at 3 answers", second)
    second.doubt_page.view.choose(1)
    desk.press("Read this row after all", second)
    settled(desk, second)
    changed = told(second)
    desk.press("Back", second)
    desk.press("Start afresh", second)
    settled(desk, second)

    assert changed == [State.ONE, State.OPEN, State.LEFT_OUT]
    assert told(second) == [State.OPEN] * 3


def test_of_another_file_by_that_name_only_who_is_who_is_remembered(desk: Desk) -> None:
    first = wizard_on(desk, DOUBTFUL)
    answer(desk, first)
    import_it(desk, first)

    second = wizard_on(desk, DOUBTFUL.replace("Dan,1", "Dan,3"))

    assert told(second) == [State.ONE, State.OPEN, State.OPEN]


def test_two_names_stay_two_the_next_time(desk: Desk) -> None:
    first = wizard_on(desk, DOUBTFUL)
    desk.press("Look at 3 doubts", first)
    desk.press("Two different names", first)
    settled(desk, first)
    import_it(desk, first)

    second = wizard_on(desk, DOUBTFUL)

    assert told(second) == [State.TWO, State.OPEN, State.OPEN]


def test_a_wizard_that_is_open_follows_the_map(desk: Desk) -> None:
    wizard = wizard_on(desk, "from,to\neva,fay\nfay,Gil\n")
    before = wizard.outcome

    change, _ = edits.add_node(desk.document, "Gil", (0.0, 120.0))
    desk.window.session.edit(verbatim("Add"), change)
    settled(desk, wizard)
    added = wizard.outcome
    desk.window.session.open(Document())
    settled(desk, wizard)
    alone = wizard.outcome
    choice = wizard.findChild(QRadioButton, "into-open")

    assert [None if each is None else str(sentence(each)) for each in (before, added, alone)] == [
        "1 person and 2 links are added, 2 people are there already.",
        "2 links are added, 3 people are there already.",
        "A new map of 3 people and 2 links.",
    ]
    assert choice is not None
    assert not choice.isVisible()
    wizard.reject()


def test_the_last_import_can_be_looked_up_as_long_as_the_map_is_open(desk: Desk) -> None:
    desk.window.actions_table["last_import"].trigger()
    before = desk.notice
    import_it(desk, wizard_on(desk, "from,to\neva,Gil\n"))
    change, _ = edits.add_node(desk.document, "Hal", (0.0, 120.0))
    desk.window.session.edit(verbatim("Add"), change)

    desk.window.actions_table["last_import"].trigger()
    summary = desk.window.findChild(SummaryWindow)
    assert summary is not None
    words = " ".join(desk.words(summary))
    summary.close()
    desk.window.session.open(MAP)
    desk.window.actions_table["last_import"].trigger()

    assert before == desk.notice == "Nothing was imported into this map since it was opened."
    assert "1 person and 1 link are added" in words
