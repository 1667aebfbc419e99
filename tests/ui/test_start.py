"""The first screen under real clicks, keys and drops."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from orgmap.assets import asset
from orgmap.drawing.style import theme
from orgmap.files import native
from orgmap.model import edits
from orgmap.model.entities import NodeId
from orgmap.ui.dialogs.map_card import MapCard, WayCard
from orgmap.ui.dialogs.start import StartPage
from orgmap.ui.recent import Recent
from orgmap.ui.settings import Settings
from orgmap.ui.widgets.words import WordsButton
from tests.ui.dressed import clipped, dressed, pseudo_language
from tests.ui.pseudo import untranslated
from tests.words import org


@pytest.fixture
def recent(tmp_path: Path) -> Recent:
    """No map was opened yet."""
    return Recent(Settings(tmp_path / "settings.ini"))


def _saved(path: Path, title: str = "Lumen Works") -> Path:
    document = org("a <> b", title=title)
    places = {NodeId("a"): (0.0, 0.0), NodeId("b"): (120.0, 0.0)}
    native.save(document.apply(edits.move(document, places)), path)
    return path


def _page(qtbot: QtBot, recent: Recent) -> StartPage:
    page = StartPage(theme("light"), recent)
    qtbot.addWidget(page)
    page.resize(1200, 1000)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def _card(page: StartPage, path: Path) -> MapCard:
    return next(card for card in page.cards if card.path == path)


@pytest.mark.parametrize(("place", "signal"), [(0, "draw_chosen"), (1, "import_chosen"), (2, "open_asked")])
@pytest.mark.parametrize("by_key", [False, True])
def test_each_way_to_begin_is_one_click_or_enter(
    qtbot: QtBot, recent: Recent, place: int, signal: str, by_key: bool
) -> None:
    page = _page(qtbot, recent)
    card = page.findChildren(WayCard)[place]

    with qtbot.waitSignal(getattr(page, signal)):
        if by_key:
            QTest.keyClick(card, Qt.Key.Key_Return)
        else:
            QTest.mouseClick(card, Qt.MouseButton.LeftButton)


def test_the_focus_begins_on_draw_and_tab_reaches_every_card(qtbot: QtBot, recent: Recent) -> None:
    page = _page(qtbot, recent)
    page.setFocus()
    cards = [*page.findChildren(WayCard), *page.cards]

    reached = [QApplication.focusWidget()]
    while len(reached) < len(cards):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())

    assert reached == cards


@pytest.mark.parametrize(
    ("folder", "signal"), [("samples", "sample_chosen"), ("templates", "template_chosen")]
)
def test_every_sample_and_template_that_ships_can_be_chosen(
    qtbot: QtBot, recent: Recent, folder: str, signal: str
) -> None:
    page = _page(qtbot, recent)

    for path in sorted(asset(folder).glob("*.orgmap")):
        with qtbot.waitSignal(getattr(page, signal)) as chosen:
            QTest.mouseClick(_card(page, path), Qt.MouseButton.LeftButton)
        assert chosen.args == [path]


def test_pictures_come_after_the_page_stands(qtbot: QtBot, recent: Recent, tmp_path: Path) -> None:
    path = _saved(tmp_path / "one.orgmap")
    recent.add(path)
    page = StartPage(theme("light"), recent)
    qtbot.addWidget(page)

    first = _card(page, path).title
    page.show()
    qtbot.waitUntil(lambda: _card(page, path).title == "Lumen Works")

    assert first == "one"
    assert "2 people" in _card(page, path).accessibleName()


def test_a_recent_map_is_opened(qtbot: QtBot, recent: Recent, tmp_path: Path) -> None:
    path = _saved(tmp_path / "one.orgmap")
    recent.add(path)
    page = _page(qtbot, recent)

    with qtbot.waitSignal(page.open_chosen) as chosen:
        QTest.keyClick(_card(page, path), Qt.Key.Key_Return)

    assert chosen.args == [path]


def test_a_recent_map_that_is_gone_is_grey_and_can_be_taken_out(
    qtbot: QtBot, recent: Recent, tmp_path: Path
) -> None:
    path = tmp_path / "gone.orgmap"
    recent.add(path)
    page = _page(qtbot, recent)
    enabled = _card(page, path).isEnabled()

    out = page.findChildren(WordsButton)[0]
    QTest.mouseClick(out, Qt.MouseButton.LeftButton)

    assert not enabled
    assert out.accessibleName() == "Take gone out of the list"
    assert path not in recent.paths
    assert path not in [card.path for card in page.cards]


def test_a_file_that_cannot_be_read_says_so_and_stops_nothing(
    qtbot: QtBot, recent: Recent, tmp_path: Path
) -> None:
    broken, sound = tmp_path / "broken.orgmap", _saved(tmp_path / "sound.orgmap")
    broken.write_bytes(b"\x00\xff")
    recent.add(sound)
    recent.add(broken)

    page = _page(qtbot, recent)
    qtbot.waitUntil(lambda: _card(page, sound).title == "Lumen Works")

    assert "Cannot be read" in _card(page, broken).accessibleName()


def test_a_map_opened_meanwhile_is_there_when_the_page_is_seen_again(
    qtbot: QtBot, recent: Recent, tmp_path: Path
) -> None:
    page = _page(qtbot, recent)
    page.hide()

    recent.add(_saved(tmp_path / "one.orgmap"))
    page.show()

    assert (tmp_path / "one.orgmap") in [card.path for card in page.cards]


def test_a_file_dropped_on_the_page_is_opened(qtbot: QtBot, recent: Recent, tmp_path: Path) -> None:
    page = _page(qtbot, recent)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "links.csv"))])
    at, copy, left = QPoint(300, 300), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton

    enter = QDragEnterEvent(at, copy, mime, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, enter)
    drop = QDropEvent(at.toPointF(), copy, mime, left, Qt.KeyboardModifier.NoModifier)
    with qtbot.waitSignal(page.open_chosen) as chosen:
        QApplication.sendEvent(page, drop)

    assert enter.isAccepted()
    assert chosen.args == [tmp_path / "links.csv"]


def test_a_title_that_looks_like_markup_is_shown_as_it_is(
    qtbot: QtBot, recent: Recent, tmp_path: Path
) -> None:
    path = _saved(tmp_path / "one.orgmap", title="<b>x</b> & y")
    recent.add(path)
    page = _page(qtbot, recent)

    qtbot.waitUntil(lambda: _card(page, path).title == "<b>x</b> & y")


def test_every_text_can_be_translated(qtbot: QtBot, recent: Recent, tmp_path: Path) -> None:
    path = _saved(tmp_path / "one.orgmap")
    recent.add(path)
    recent.add(tmp_path / "gone.orgmap")
    with pseudo_language():
        page = _page(qtbot, recent)
        shipped = [card for card in page.cards if card.path.is_file()]
        qtbot.waitUntil(lambda: all("⟦" in card.accessibleName() for card in shipped))
        own = [card.title for card in page.cards]

        assert untranslated(page, [*own, tmp_path.name]) == []


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_word_is_clipped(
    qtbot: QtBot, qapp: QApplication, recent: Recent, tmp_path: Path, scale: float
) -> None:
    recent.add(_saved(tmp_path / "one.orgmap", title="Rindfleischetikettierungsüberwachungsaufgaben " * 2))
    with dressed(qapp, scale=scale):
        page = _page(qtbot, recent)

        qtbot.waitUntil(lambda: clipped(page) == [])
        page.close()
