"""The list of channels under real keys and clicks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from orgmap.drawing.style import theme
from orgmap.model.document import Document
from orgmap.model.entities import Channel, ChannelId
from orgmap.model.query import listed_channels
from orgmap.ui.dialogs.channels import ChannelsDialog
from orgmap.ui.session import Session
from tests.ui.dressed import clipped, dressed, pseudo_language
from tests.ui.pseudo import untranslated
from tests.workshop import WORKSHOP

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
Opened = Callable[..., "Shown"]


class Shown:
    """The dialog over a map."""

    def __init__(self, qtbot: QtBot, document: Document = WORKSHOP) -> None:
        self.session = Session()
        self.session.open(document)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        self.dialog = ChannelsDialog(self.session, theme("light"), self.window)
        self.dialog.show()
        qtbot.waitExposed(self.dialog)
        self.dialog.activateWindow()
        qtbot.waitUntil(self.dialog.isActiveWindow)

    def choose(self, key: str) -> None:
        listed = [channel.id for channel in listed_channels(self.session.document)]
        self.dialog.list.setCurrentRow(listed.index(ChannelId(key)))

    def channel(self, key: str) -> Channel:
        return self.session.document.channels[ChannelId(key)]

    def line(self, name: str) -> QLineEdit:
        lines = self.dialog.form.findChildren(QLineEdit)
        return next(w for w in lines if w.accessibleName().split(",")[0] == name)

    def enter(self, name: str, words: str) -> None:
        line = self.line(name)
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, words)
        QTest.keyClick(line, Key.Key_Return)

    def names(self) -> list[str]:
        return [self.dialog.list.item(row).text() for row in range(self.dialog.list.count())]

    @property
    def steps(self) -> int:
        return len(self.session.history.steps[0])


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(qtbot)


def test_every_property_of_a_channel_is_one_step_each(shown: Shown) -> None:
    shown.choose("chat")
    shown.enter("Name", "messenger")
    shown.enter("Arrives after", "0.5")
    shown.enter("Place", "everywhere")
    shown.enter("Sign", "ms")
    for box in shown.dialog.form.findChildren(QCheckBox):
        if box.text() in ("One can answer on it", "Formal"):
            QTest.mouseClick(box, LEFT, pos=QPoint(12, box.height() // 2))

    chat = shown.channel("chat")
    assert (chat.name, chat.delay, chat.place, chat.sign) == ("messenger", 0.5, "everywhere", "ms")
    assert (chat.answers, chat.formal) == (False, True)
    assert shown.steps == 6
    assert "messenger" in shown.names()


def test_an_emptied_delay_is_none(shown: Shown) -> None:
    shown.choose("mail")
    shown.enter("Arrives after", " ")

    assert shown.channel("mail").delay == 0.0


def test_a_new_channel_comes_last_with_its_name_open(shown: Shown) -> None:
    QTest.mouseClick(shown.dialog.add, LEFT)
    QTest.mouseClick(shown.dialog.add, LEFT)

    assert shown.names()[-2:] == ["new channel", "new channel 2"]
    assert shown.dialog.form.name_field.line.hasFocus()
    assert shown.steps == 2


def test_deleting_says_how_many_links_lose_it_and_they_keep_everything_else(shown: Shown) -> None:
    shown.choose("mail")
    told = shown.dialog.used.text()
    before = {k: v for k, v in shown.session.document.links.items() if v.channel == "mail"}
    QTest.mouseClick(shown.dialog.delete, LEFT)

    assert told == "Deleting it leaves 2 links without a channel; everything else on them stays."
    assert "mail" not in shown.names()
    after = shown.session.document.links
    assert {after[key].channel for key in before} == {None}
    assert all(after[key].per_week == link.per_week for key, link in before.items())

    shown.session.undo()

    assert shown.session.document == WORKSHOP
    assert "mail" in shown.names()


def test_alt_and_arrows_order_the_list(shown: Shown) -> None:
    shown.choose("chat")
    shown.dialog.list.setFocus()
    for _ in range(3):
        QTest.keyClick(shown.dialog.list, Key.Key_Up, Qt.KeyboardModifier.AltModifier)

    assert shown.names()[:3] == ["chat", "face to face", "meeting"]
    assert shown.dialog.current == "chat"
    assert shown.steps == 1

    shown.session.undo()

    assert shown.names()[0] == "face to face"


def test_the_last_channel_can_go_and_one_can_begin_anew(shown: Shown) -> None:
    while shown.names():
        shown.dialog.list.setFocus()
        QTest.keyClick(shown.dialog.list, Key.Key_Delete)
    shown.dialog.show()
    QTest.mouseClick(shown.dialog.add, LEFT)

    assert shown.names() == ["new channel"]


def test_what_is_half_typed_counts_when_the_dialog_closes(shown: Shown) -> None:
    shown.choose("chat")
    line = shown.line("Place")
    line.setFocus()
    QTest.keyClicks(line, "yard")
    shown.dialog.reject()

    assert shown.channel("chat").place == "yard"


def test_every_word_of_the_dialog_can_be_translated(qtbot: QtBot) -> None:
    with pseudo_language():
        shown = Shown(qtbot, Document(channels={}))

        assert untranslated(shown.dialog) == []


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_in_the_dialog_is_cut_off(qtbot: QtBot, qapp: QApplication, scale: float) -> None:
    with dressed(qapp, "dark", scale):
        shown = Shown(qtbot)
        shown.dialog.resize(round(760 * scale), round(540 * scale))

        assert clipped(shown.dialog) == []
