"""What leaves the window as a picture, as data, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from orgmap.files import formats, native
from orgmap.ui.exporting import print_on
from tests.desk import CTRL, SHIFT, Desk, seated
from tests.ui import puppet
from tests.ui.hand import laid
from tests.words import org

MAP = laid(org("ana <> ben", title="Plan"), {"ana": (-90.0, 0.0), "ben": (90.0, 0.0)})


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, puppet.obedient, MAP) as made:
        yield made


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_a_picture_is_written_beside_the_interface_and_told(desk: Desk, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"picture.{ending}"

    desk.key(Qt.Key.Key_E, CTRL | SHIFT)
    desk.choose_file(target)
    desk.until(lambda: desk.notice)

    assert target.stat().st_size > 500
    assert "picture" in desk.notice
    assert not desk.window.session.modified


def test_data_can_be_read_back(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "out.graphml"

    desk.window.actions_table["export_data"].trigger()
    desk.choose_file(target)
    desk.until(lambda: desk.notice)

    back = formats.read(target).document
    assert [node.name for node in back.nodes.values()] == ["ana", "ben"]


def test_a_folder_that_is_gone_is_told_and_leaves_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    desk.window.room.exporter._on_target(str(tmp_path / "gone" / "picture.png"))
    desk.until(lambda: desk.notice)

    assert "picture.png" in desk.notice
    assert not (tmp_path / "gone").exists()


def test_a_picture_of_a_map_without_a_title_is_proposed_by_the_name_of_its_file(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "Two sites.orgmap"
    native.save(laid(org("ana <> ben"), {"ana": (0, 0), "ben": (90, 0)}), path)

    with seated(qtbot, tmp_path, puppet.obedient) as desk:
        desk.open(path)
        desk.key(Qt.Key.Key_E, CTRL | SHIFT)
        desk.until(lambda: desk.window.findChild(QFileDialog) is not None)
        dialog = desk.window.findChild(QFileDialog)
        assert dialog is not None
        proposed = Path(dialog.selectedFiles()[0]).name
        dialog.reject()

    assert proposed == "Two sites.png"


@pytest.mark.usefixtures("qapp")
def test_on_paper_the_map_fills_the_page_and_stays_on_it() -> None:
    page = QImage(1100, 800, QImage.Format.Format_RGB32)
    page.fill(QColor("white"))

    painter = QPainter(page)
    print_on(painter, MAP, 96)
    painter.end()

    rows = [y for y in range(800) if any(page.pixelColor(x, y).lightness() < 200 for x in range(0, 1100, 3))]
    assert rows
    assert min(rows) > 0
    assert max(rows) < 800
