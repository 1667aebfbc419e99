"""What an import leaves behind: one step to undo, a summary to read and save."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QRadioButton, QTableView
from pytestqt.qtbot import QtBot

from orgmap.ui.dialogs.importing.wizard import ImportWizard
from orgmap.ui.widgets.words import Words, WordsButton
from tests.desk import CTRL, Desk, seated
from tests.ui import puppet
from tests.ui.hand import laid
from tests.words import org

MAP = laid(org("ana <> ben"), {"ana": (-80.0, 0.0), "ben": (80.0, 0.0)})


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, puppet.obedient, MAP) as made:
        yield made


def table(folder: Path, words: str, name: str = "team.csv") -> Path:
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return path


def wizard(desk: Desk) -> ImportWizard:
    found = desk.dialog("import")
    assert isinstance(found, ImportWizard)
    desk.until(lambda: found.outcome is not None and not found.waiting)
    return found


def import_into(desk: Desk, path: Path, where: str) -> None:
    """As a person does: choose where it goes, then Enter."""
    desk.window.open_path(path)
    dialog = wizard(desk)
    choice = dialog.findChild(QRadioButton, f"into-{where}")
    assert choice is not None
    QTest.keyClick(choice, Qt.Key.Key_Space)
    desk.until(lambda: not dialog.waiting)
    desk.press("Import", dialog)
    desk.until(lambda: path.name in desk.notice)
    desk.back()


def listed(summary: QDialog) -> list[tuple[str, ...]]:
    view = summary.findChild(QTableView)
    assert view is not None
    model = view.model()
    return [
        tuple(str(model.index(row, column).data()) for column in range(4)) for row in range(model.rowCount())
    ]


def test_the_notice_says_what_came_and_takes_it_back(desk: Desk, tmp_path: Path) -> None:
    before = desk.document

    import_into(desk, table(tmp_path, "from,to\nana,Cy\n,ben\n"), "open")
    said = desk.notice
    desk.press("Undo", desk.window.notices)

    assert said.startswith(
        "team.csv was imported. 1 person and 1 link are added, 1 person is there already, 1 row left out."
    )
    assert desk.document == before
    assert desk.notice == ""


def test_the_same_file_a_second_time_changes_nothing_and_leaves_no_step(desk: Desk, tmp_path: Path) -> None:
    path = table(tmp_path, "from,to\nana,Cy\n")
    import_into(desk, path, "open")
    once, undoable = desk.document, desk.window.session.history.steps

    desk.window.notices.clear()
    import_into(desk, path, "open")

    assert desk.document is once
    assert desk.window.session.history.steps == undoable
    assert "Nothing was changed" in desk.notice


def test_in_place_of_what_is_open_is_one_step_and_keeps_who_stays_where_they_are(
    desk: Desk, tmp_path: Path
) -> None:
    before = desk.document

    import_into(desk, table(tmp_path, "from,to\nAna,Cy\n"), "instead")
    after = desk.document
    desk.window.canvas.setFocus()
    desk.key(Qt.Key.Key_Z, CTRL)

    assert [node.name for node in after.nodes.values()] == ["Ana", "Cy"]
    assert next((node.x, node.y) for node in after.nodes.values()) == (-80.0, 0.0)
    assert len(after.links) == 1
    assert desk.document == before


def test_the_summary_lists_everything_and_is_saved_without_a_formula(desk: Desk, tmp_path: Path) -> None:
    import_into(desk, table(tmp_path, "from,to\nana,=1+2\n,ben\n"), "open")
    desk.press("Show the summary", desk.window.notices)
    summary = desk.dialog("summary")
    rows = listed(summary)

    desk.press("Save as CSV", summary)
    target = tmp_path / "list.csv"
    dialog = summary.findChildren(QFileDialog)[-1]
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    assert field is not None
    field.setText(str(target))
    QTest.keyClick(field, Qt.Key.Key_Return)
    desk.until(lambda: any("was written" in words.text() for words in summary.findChildren(Words)))
    written = target.read_text(encoding="utf-8-sig").splitlines()

    assert rows == [
        ("added", "person", "=1+2", ""),
        ("added", "link", "ana to =1+2", ""),
        ("there already", "person", "ana", ""),
        ("left out", "row", "team.csv, row 3", "The row names only one end; it was left out."),
    ]
    assert written[1] == "added,person,'=1+2,"
    assert len(written) == 5


def test_names_that_are_hidden_are_hidden_in_the_summary(desk: Desk, tmp_path: Path) -> None:
    import_into(desk, table(tmp_path, "from,to\nana,Cyril\n,Zoran\n"), "open")
    desk.press("Show the summary", desk.window.notices)
    summary = desk.dialog("summary")

    desk.window.session.hide_names(True)

    words = " ".join(cell for row in listed(summary) for cell in row)
    assert "Person 1" in words
    assert not any(name in words for name in ("ana", "Cyril", "Zoran"))


def test_links_and_people_dropped_on_the_window_are_imported_together(desk: Desk, tmp_path: Path) -> None:
    people = table(tmp_path, "id,name,team\n1,Ana Novak,Sales\n2,Ben Kos,Sales\n", "who.csv")
    links = table(tmp_path, "from,to\n1,2\n", "lines.csv")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(people)), QUrl.fromLocalFile(str(links))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton

    held = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(desk.window, QDragEnterEvent(QPoint(300, 300), copy, mime, left, held))
    QApplication.sendEvent(desk.window, QDropEvent(QPointF(300, 300), copy, mime, left, held))
    dialog = wizard(desk)

    assert dialog.look is not None
    assert (dialog.look.first, dialog.look.second) == ("Ana Novak", "Ben Kos")


def test_a_wrong_file_says_so_in_place_and_another_one_can_be_chosen(desk: Desk, tmp_path: Path) -> None:
    before = desk.document
    wrong = tmp_path / "photo.csv"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    desk.window.open_path(wrong)
    dialog = desk.dialog("import")
    desk.until(
        lambda: [b for b in dialog.findChildren(WordsButton) if b.isVisible() and "another" in b.words]
    )
    said = " ".join(words.text() for words in dialog.findChildren(Words))

    desk.press("Choose another file", dialog)
    desk.choose_file(table(tmp_path, "from,to\nAna Novak,Cy\n"))

    assert "This is a picture" in said
    assert wizard(desk).look is not None
    assert desk.document is before
