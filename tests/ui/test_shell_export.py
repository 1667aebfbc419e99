"""What leaves the window as a picture, as data, on paper."""

from __future__ import annotations

import multiprocessing
import shutil
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from orgmap.crash import crash_folder
from orgmap.drawing.content import content_of
from orgmap.drawing.looks import WHOLE, Looks, Sight
from orgmap.drawing.paper import Page, Turn
from orgmap.drawing.picture import picture_bytes
from orgmap.errors import OrgmapError, UsageError
from orgmap.files import formats, native, pictures
from orgmap.model.document import Document
from orgmap.progress import SILENT, Cancelled, Progress
from orgmap.ui import beside
from orgmap.ui.dialogs.export import ExportDialog
from orgmap.ui.orders import HTML, PDF, PNG, SVG, Order, Paper, Part
from orgmap.ui.printing import print_on
from orgmap.ui.settings import Settings
from tests.desk import CTRL, SHIFT, Desk, seated
from tests.drawing.printed import words_of
from tests.ui import puppet
from tests.ui.dressed import dressed
from tests.ui.hand import laid
from tests.words import org

MAP = laid(org("ana <> ben", title="Plan"), {"ana": (-90.0, 0.0), "ben": (90.0, 0.0)})


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, puppet.obedient, MAP) as made:
        yield made


def opened(desk: Desk, kind: str = PNG) -> ExportDialog:
    """The export dialog at this kind."""
    desk.key(Qt.Key.Key_E, CTRL | SHIFT)
    dialog = desk.dialog("export")
    assert isinstance(dialog, ExportDialog)
    desk.until(dialog.isActiveWindow)
    dialog.kind_box.setCurrentIndex(dialog.kind_box.findData(kind))
    return dialog


def exported(desk: Desk, dialog: ExportDialog, target: Path) -> None:
    """Go on, choose the file, and wait until it is told."""
    desk.press("Export", dialog)
    desk.choose_file(target)
    desk.until(lambda: desk.notice)


def test_the_next_export_begins_in_the_folder_of_the_last_if_it_is_still_there(
    desk: Desk, tmp_path: Path
) -> None:
    def offered() -> str:
        desk.press("Export", opened(desk))
        desk.until(lambda: desk.window.findChild(QFileDialog))
        dialog = desk.window.findChild(QFileDialog)
        assert dialog is not None
        folder = dialog.directory().absolutePath()
        dialog.reject()
        desk.until(lambda: desk.window.findChild(QFileDialog) is None)
        desk.back()
        return folder

    folder = tmp_path / "for the board"
    folder.mkdir()
    before = offered()

    exported(desk, opened(desk), folder / "away.png")
    again = offered()
    shutil.rmtree(folder)
    gone = offered()

    assert (before, again, gone) == (str(tmp_path), str(folder), str(tmp_path))
    assert Settings(desk.window.settings.path).text("export/folder") == str(folder)


@pytest.mark.parametrize("kind", [PNG, SVG, PDF, HTML, ".xlsx"])
def test_what_is_chosen_is_written_beside_the_interface_and_told(
    desk: Desk, tmp_path: Path, kind: str
) -> None:
    target = tmp_path / f"away{kind}"

    exported(desk, opened(desk, kind), target)

    assert target.stat().st_size > 500
    assert f"away{kind}" in desk.notice
    assert not desk.window.session.modified


def test_it_is_chosen_by_the_keyboard_alone(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "keys.svg"

    desk.key(Qt.Key.Key_E, CTRL | SHIFT)
    dialog = desk.dialog("export")
    desk.until(dialog.isActiveWindow)
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Return)
    desk.choose_file(target)
    desk.until(lambda: desk.notice)

    assert target.read_bytes().startswith(b"<?xml")


def test_data_can_be_read_back(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "out.graphml"

    exported(desk, opened(desk, ".graphml"), target)

    back = formats.read(target).document
    assert [node.name for node in back.nodes.values()] == ["ana", "ben"]


def test_a_table_beside_that_nobody_named_is_replaced_only_when_asked(desk: Desk, tmp_path: Path) -> None:
    people = tmp_path / "plan-people.csv"
    people.write_text("mine")

    desk.press("Export", opened(desk, ".csv"))
    desk.choose_file(tmp_path / "plan.csv")
    question = desk.dialog("replace_second")
    before = people.read_text()
    desk.press("Replace it", question)
    desk.until((tmp_path / "plan.csv").exists)

    assert before == "mine"
    assert "ana" in people.read_text()


def test_what_a_format_cannot_hold_is_named_before_it_is_written(desk: Desk) -> None:
    dialog = opened(desk, ".net")

    desk.until(lambda: "What is lost" in dialog.words.text())

    for loss in formats.losses(MAP, Path("map.net")):
        assert str(loss) in dialog.words.text()
    dialog.reject()


def test_a_look_at_it_says_how_large_it_will_be(desk: Desk) -> None:
    dialog = opened(desk, PDF)
    dialog.paper.size_box.setFocus()
    for _ in range(3):  # as large as the map, A5, A4, A3
        desk.key(Qt.Key.Key_Down)

    desk.until(lambda: "mm" in dialog.measured.text() and "420" in dialog.measured.text())
    dialog.paper.across_box.setFocus()
    dialog.paper.across_box.selectAll()
    desk.type("2")

    desk.until(lambda: dialog.measured.text().startswith("2 sheets"))
    assert dialog.paper.across_box.hasFocus()
    assert not dialog.glimpse.pixmap().isNull()
    dialog.reject()


def test_margins_that_leave_no_room_are_told_at_once(desk: Desk) -> None:
    dialog = opened(desk, PDF)
    dialog.paper.show_paper(Paper(size="A5", margin=70.0), printer=False)
    dialog.paper.changed.emit()

    assert "leave no room" in dialog.problem.text()
    assert not dialog._go.isEnabled()
    dialog.reject()


def test_the_last_choice_for_a_kind_is_there_again(desk: Desk, tmp_path: Path) -> None:
    dialog = opened(desk, PNG)
    dialog.width_box.setValue(900)
    dialog.theme_box.setCurrentIndex(dialog.theme_box.findData("dark"))
    dialog.theme_box.activated.emit(0)
    dialog.without_names.setChecked(True)
    exported(desk, dialog, tmp_path / "one.png")

    again = opened(desk, PNG)

    assert again.order == Order(kind=PNG, width=900, theme="dark")
    assert QImage(str(tmp_path / "one.png")).width() == 900
    again.reject()


def test_only_what_is_selected_can_be_sent(desk: Desk, tmp_path: Path) -> None:
    desk.window.canvas.set_selection(["ana"])
    dialog = opened(desk, SVG)
    dialog.part_box.setCurrentIndex(dialog.part_box.findData(Part.SELECTION.value))
    dialog.part_box.activated.emit(0)

    exported(desk, dialog, tmp_path / "ana.svg")

    drawn = (tmp_path / "ana.svg").read_text()
    assert ">ana</text>" in drawn
    assert ">ben</text>" not in drawn


def test_the_evidence_of_a_finding_is_on_the_picture(desk: Desk, tmp_path: Path) -> None:
    desk.window.canvas.stage.seek(["ana"])

    exported(desk, opened(desk, SVG), tmp_path / "lit.svg")

    assert "what was found" in (tmp_path / "lit.svg").read_text()


def test_a_picture_goes_on_the_clipboard(desk: Desk) -> None:
    desk.window.actions_table["copy_picture"].trigger()
    desk.until(lambda: "clipboard" in desk.notice)

    assert QGuiApplication.clipboard().image().width() == 1_600
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize("kind", [PNG, SVG, PDF, HTML, ".csv", ".xlsx", ".graphml"])
def test_a_folder_that_is_gone_is_told_and_leaves_nothing_behind(
    desk: Desk, tmp_path: Path, kind: str
) -> None:
    desk.window.room.exporter.write(tmp_path / "gone" / f"away{kind}", Order(kind=kind, theme="light"), WHOLE)
    desk.until(lambda: desk.notice)

    assert "gone" in desk.notice
    assert not (tmp_path / "gone").exists()


def test_a_picture_of_a_map_without_a_title_is_proposed_by_the_name_of_its_file(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "Two sites.orgmap"
    native.save(laid(org("ana <> ben"), {"ana": (0, 0), "ben": (90, 0)}), path)

    with seated(qtbot, tmp_path, puppet.obedient) as desk:
        desk.open(path)
        desk.press("Export", opened(desk))
        desk.until(lambda: desk.window.findChild(QFileDialog) is not None)
        dialog = desk.window.findChild(QFileDialog)
        assert dialog is not None
        proposed = Path(dialog.selectedFiles()[0]).name
        dialog.reject()

    assert proposed == "Two sites.png"


def test_a_large_map_is_drawn_in_a_process_beside_and_looks_the_same(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "QUICK", 1)
    order = Order(kind=PDF, theme="dark")

    desk.window.room.exporter.write(tmp_path / "large.pdf", order, WHOLE)
    desk.until(lambda: desk.notice)

    assert (tmp_path / "large.pdf").read_bytes() == picture_bytes(MAP, "pdf", theme="dark")


def test_a_process_beside_that_is_called_off_is_gone_and_leaves_no_file(tmp_path: Path) -> None:
    draw = partial(pictures.drawn, MAP, tmp_path / "never.png", theme="light")
    looked = iter([False, False])

    with pytest.raises(Cancelled):
        beside.drawn_beside(draw, Progress(None, partial(next, looked, True)))

    assert multiprocessing.active_children() == []
    assert list(tmp_path.iterdir()) == []


def test_a_mistake_beside_is_told_as_one_and_leaves_a_report(tmp_path: Path) -> None:
    draw = partial(pictures.drawn, cast("Document", None), tmp_path / "never.png")

    with pytest.raises(OrgmapError, match="a mistake of its own"):
        beside.drawn_beside(draw, SILENT)

    assert "in drawn" in next(crash_folder().glob("crash-*.txt")).read_text("utf-8")


def test_what_cannot_be_drawn_beside_is_told_in_words(tmp_path: Path) -> None:
    draw = partial(pictures.drawn, MAP, tmp_path / "never.png", width=60_000)

    with pytest.raises(UsageError, match="cannot be made"):
        beside.drawn_beside(draw, SILENT)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the dialog is the system's own")
def test_what_is_printed_to_a_file_is_told_by_its_name(desk: Desk, tmp_path: Path) -> None:
    def answer() -> None:
        asked = QApplication.activeModalWidget()
        if not isinstance(asked, QPrintDialog):
            return
        clock.stop()
        waited.append(desk.window.room.exporter.busy)
        printers, file = asked.findChild(QComboBox, "printers"), asked.findChild(QLineEdit, "filename")
        assert isinstance(printers, QComboBox)
        assert isinstance(file, QLineEdit)
        printers.setCurrentIndex(printers.count() - 1)  # into a file
        file.setText(str(tmp_path / "wall.pdf"))
        asked.accept()

    waited: list[bool] = []
    clock = QTimer()
    clock.timeout.connect(answer)
    clock.start(20)
    desk.key(Qt.Key.Key_P, CTRL)
    desk.press("Print", desk.dialog("export"))

    desk.until(lambda: desk.notice)
    assert waited == [False]  # nothing is under way while somebody chooses a printer
    assert desk.notice == "wall.pdf was written."
    assert (tmp_path / "wall.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("kind", "rest"),
    [
        (".orgmap", "This format holds all the rest of the map."),
        (".net", "What is lost:"),
        (HTML, "any browser"),
    ],
)
def test_a_file_without_names_is_not_said_to_hold_all(desk: Desk, kind: str, rest: str) -> None:
    dialog = opened(desk, kind)
    desk.until(dialog.words.text)
    assert "left out" not in dialog.words.text()

    dialog.without_names.click()
    desk.until(lambda: dialog.words.text().startswith("Names, notes and all other texts are left out"))

    assert rest in dialog.words.text()
    assert "holds all of the map" not in dialog.words.text()
    dialog.reject()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_at_twice_the_text_the_dialog_is_moved_up_and_down_but_never_sideways(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, theme: str
) -> None:
    with dressed(qapp, theme, 2.0), seated(qtbot, tmp_path, puppet.obedient, MAP) as desk:
        dialog = opened(desk, PDF)
        areas = [area for area in dialog.findChildren(QScrollArea) if area.isVisible()]
        qapp.processEvents()

        assert [area.horizontalScrollBar().maximum() for area in areas] == [0] * len(areas)
        assert max(area.verticalScrollBar().maximum() for area in areas) > 0
        dialog.reject()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("across", [1, 2])
def test_a_printer_gets_every_sheet_on_the_paper_it_has(tmp_path: Path, across: int) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    printer.setFullPage(True)
    page = Page(width=210, height=297, turn=Turn.LANDSCAPE, across=across)
    painter = QPainter(printer)

    count = print_on(painter, printer, content_of(MAP, "print", WHOLE), page, SILENT)
    painter.end()

    pages = words_of((tmp_path / "paper.pdf").read_bytes())
    assert count == len(pages) == (1 if across == 1 else 3)
    assert {"ana", "ben"} <= {word for page in pages for word in page}


@pytest.mark.usefixtures("qapp")
def test_an_order_without_names_has_no_title_either() -> None:
    bare = content_of(MAP, "print", Sight(Looks(names=False)))

    assert bare.heading.title == ""
