"""What comes from other programs by the clipboard, and what is sought, is text and kept within limits."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from orgmap.files import pasted
from orgmap.files.fragments import MIME
from orgmap.model.document import Document
from orgmap.model.edits import rename
from orgmap.model.entities import NodeId
from orgmap.model.search import Search
from orgmap.ui.sieve import Sieve, Unlike
from orgmap.ui.tables.page import TablePage
from tests.desk import CTRL, Desk, seated
from tests.ui import puppet
from tests.ui.hand import laid
from tests.ui.plainness import Spy
from tests.words import org

Key = Qt.Key
PATTERNS = ("(((", "a{1000000}", ".*", "[z", "\\d", "^$", "a?b", "x|y", "%s")


def odd_ones() -> Document:
    """Somebody for each pattern, whose name holds it as it is, and Ana."""
    document = org(", ".join(f"ana > n{at}" for at in range(len(PATTERNS))))
    for at, pattern in enumerate(PATTERNS):
        document = document.apply(rename(document, NodeId(f"n{at}"), f"who {pattern}"))
    return laid(document, {key: (90.0 * at, 0.0) for at, key in enumerate(document.nodes)})


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, puppet.obedient, odd_ones()) as made:
        made.window.canvas.setFocus()
        yield made
        QGuiApplication.clipboard().clear()


def test_every_search_takes_what_is_typed_as_it_stands(desk: Desk) -> None:
    window, document = desk.window, desk.document
    desk.key(Key.Key_2, CTRL)
    people = window.room.pages.table("people")
    assert isinstance(people, TablePage)
    window.actions_table["palette"].trigger()
    palette = window.room.commanding.palette

    for at, pattern in enumerate(PATTERNS):
        key = f"n{at}"
        people.model.narrow(pattern)
        palette.field.setText(pattern)

        assert Search(document).found(pattern) == [key]
        assert document.nodes.keys() - Sieve().of(document, Unlike(pattern)) == {key}
        assert [people.model.id_at(row) for row in range(people.model.rowCount() - 1)] == [key]
        assert [goal.ids for goal in palette.found if goal.ids == (key,)] == [(key,)]


def test_only_the_text_of_a_page_is_pasted_and_none_of_its_pictures_is_loaded(
    desk: Desk, tmp_path: Path
) -> None:
    spy = Spy(tmp_path / "spy.pbm") if sys.platform == "linux" else None
    rich = f'<b>Zoe</b><br><img src="file://{tmp_path}/spy.pbm"><a href="http://example.org">Yan</a>'
    held = QMimeData()
    held.setHtml(rich)
    held.setText("Zoe\nYan")
    QGuiApplication.clipboard().setMimeData(held)

    desk.key(Key.Key_V, CTRL)
    desk.until(lambda: "Zoe" in {node.name for node in desk.document.nodes.values()})
    desk.window.canvas.set_selection(["ana"])
    desk.window.side.setCurrentWidget(desk.window.side.inspector)
    notes = next(each for each in desk.window.side.findChildren(QPlainTextEdit) if each.isVisible())
    notes.setFocus()
    desk.key(Key.Key_V, CTRL)
    QApplication.processEvents()

    assert {"Zoe", "Yan"} <= {node.name for node in desk.document.nodes.values()}
    assert notes.toPlainText() == "Zoe\nYan"
    if spy is not None:
        assert not spy.opened
        spy.close()


def test_a_picture_ten_megabytes_of_text_and_bad_bytes_are_refused_and_nothing_changes(desk: Desk) -> None:
    before, clipboard = desk.document, QGuiApplication.clipboard()
    picture = QImage(40, 40, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    bad = QMimeData()
    bad.setData(MIME, b"\xff\xfe\x00{" + bytes(range(256)))

    clipboard.setImage(picture)
    desk.key(Key.Key_V, CTRL)
    clipboard.setText("x" * (pasted.MOST_CHARACTERS + 10_000_000))
    desk.key(Key.Key_V, CTRL)
    desk.until(lambda: desk.notice)
    desk.window.notices.clear()
    clipboard.setMimeData(bad)
    desk.key(Key.Key_V, CTRL)
    desk.until(lambda: desk.notice)

    assert desk.document is before
