"""Other people's words are words, wherever they are shown: no markup, no mnemonic, no file that is loaded."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from orgmap.files import formats
from orgmap.model.document import Document
from tests.desk import Desk, seated
from tests.hostile import Marks, hostile
from tests.ui.plainness import Spy, faults, shown_by, visible
from tests.ui.rounds import rounds


class Harsh(Marks):
    """Hands out texts that mean something to Qt, to a browser, to a menu; ids are plain."""

    def __init__(self, spy: Path) -> None:
        super().__init__()
        self._texts = (
            "<i>x</i>",
            f'<img src="file://{spy}">',
            "a < b > c",
            "R&D",
            f'<img src="{spy}">',
            "\u202egpj\u202c.exe",
            "<br>",
            "two\nlines",
            "&lt;i&gt;",
            f'<a href="file://{spy}">link</a>',
            "zero\u200bwidth",
            "[*] star",
            "<style>*{color:red}</style>",
        )

    def __call__(self, where: str) -> str:
        """The next text; a number behind it makes it one of its kind."""
        n = len(self.of)
        word = f"i{n}" if where.endswith(".id") else f"{self._texts[n % len(self._texts)]}{n}"
        self.of[word] = where
        return word


@pytest.fixture
def spy(tmp_path: Path) -> Iterator[Spy]:
    if sys.platform != "linux":
        pytest.skip("only Linux tells who opens a file")
    made = Spy(tmp_path / "spy.pbm")
    yield made
    made.close()


def test_nothing_that_is_shown_anywhere_is_taken_for_markup_or_a_key_and_no_file_is_opened(
    qtbot: QtBot, tmp_path: Path, spy: Spy
) -> None:
    found: dict[str, str] = {}

    with seated(qtbot, tmp_path, document=hostile(Harsh(spy.path))) as desk:
        desk.until_judged()
        for place in rounds(desk, "R&D"):
            found |= {fault: place for fault in faults() if fault not in found}
            QApplication.processEvents()
        found |= dict.fromkeys(_imported(desk, tmp_path, hostile(Harsh(spy.path))), "import")
        desk.window.show_start()
        QApplication.processEvents()
        found |= dict.fromkeys(faults(), "start page")

    assert found == {}
    assert not spy.opened


def _imported(desk: Desk, folder: Path, document: Document) -> list[str]:
    """What is wrong with the import of a table full of such words, which is then called off."""
    formats.write(document, folder / "R&D [x].csv")
    desk.window.open_path(folder / "R&D [x].csv")
    desk.until(lambda: not desk.no_dialog())
    dialog = next(each for each in desk.window.findChildren(QDialog) if each.isVisible())
    desk.until(
        lambda: any(view.model().rowCount() for view in dialog.findChildren(QTableView) if view.model())
    )
    found = list(faults())
    dialog.reject()
    return found


def test_a_rich_text_a_stolen_key_and_an_opened_file_would_be_seen(qtbot: QtBot, spy: Spy) -> None:
    label = QLabel(f'<img src="{spy.path}">')
    label.setToolTip("<b>x</b>")
    label.setBuddy(QLineEdit(label))
    turned = QLabel("R&D \u202ex", label)
    turned.setBuddy(QLineEdit(label))
    qtbot.addWidget(label)

    label.show()
    qtbot.waitExposed(label)

    assert spy.opened
    told = "\n".join(faults())
    assert all(words in told for words in ("is rich", "has a rich tip", "steals a key", "turns writing"))


def test_no_word_of_the_map_is_left_in_the_window_while_names_are_hidden(
    qtbot: QtBot, tmp_path: Path
) -> None:
    marks, found = Marks(), dict[str, str]()

    with seated(qtbot, tmp_path, document=hostile(marks)) as desk:
        desk.until_judged()
        desk.window.canvas.setFocus()
        desk.key(Qt.Key.Key_H)
        for place in rounds(desk, "seek"):
            for widget in visible():
                for words in shown_by(widget):
                    seen = re.findall(rf"{marks.stem}\d*", words)
                    found |= {f"{type(widget).__name__}: {marks.of.get(m, m)}": place for m in seen}

    assert found == {}
