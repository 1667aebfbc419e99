"""Whether what a window shows is plain text, and whether anybody opens a file meanwhile."""

from __future__ import annotations

import ctypes
import os
import re
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtGui import Qt as TextQt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGraphicsTextItem,
    QGraphicsView,
    QGroupBox,
    QLabel,
    QMenu,
    QMessageBox,
    QTabBar,
    QTextEdit,
    QWidget,
)

Role = Qt.ItemDataRole
HARMLESS = re.compile(r"</?qt>|<br ?/?>")  # what `plain_tip` puts round and between escaped words
READ = (Role.DisplayRole, Role.ToolTipRole, Role.StatusTipRole, Role.AccessibleTextRole)
MOST_ROWS = 12
_IN_OPEN = 0x20  # of inotify


class Spy:
    """A picture beside the map, and whether anybody has opened it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._watch = self._libc.inotify_init1(os.O_NONBLOCK)
        path.write_bytes(b"P1 1 1 1\n")
        assert self._libc.inotify_add_watch(self._watch, os.fsencode(path), _IN_OPEN) >= 0

    @property
    def opened(self) -> bool:
        """Since the last time that was asked."""
        try:
            return bool(os.read(self._watch, 4096))
        except BlockingIOError:
            return False

    def close(self) -> None:
        os.close(self._watch)


def shown_by(widget: QWidget) -> Iterator[str]:
    """What can be read or heard of one widget."""
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
    if widget.isWindow():
        yield widget.windowTitle()
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QComboBox():
            yield from (widget.itemText(row) for row in range(widget.count()))
        case QTabBar():
            yield from (widget.tabText(tab) for tab in range(widget.count()))
        case QGroupBox() | QMenu():
            yield widget.title()
        case QAbstractItemView() if widget.model() is not None:
            yield from (str(words) for words in cells(widget.model()))
    for action in widget.actions():
        yield from (action.text(), action.toolTip(), action.statusTip(), action.whatsThis())


def cells(model: QAbstractItemModel) -> Iterator[object]:
    """What the first rows of a list or table say."""
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(min(model.rowCount(), MOST_ROWS)):
        for column in range(columns):
            yield from (found for role in READ if (found := model.index(row, column).data(role)) is not None)


def visible() -> Iterator[QWidget]:
    for top in QApplication.topLevelWidgets():
        if top.isVisible():
            yield from (top, *(w for w in top.findChildren(QWidget) if w.isVisible() or isinstance(w, QMenu)))


def faults() -> Iterator[str]:
    """What is wrong with the widgets in sight."""
    for widget in visible():
        name = f"{type(widget).__name__} {widget.objectName()}"
        said = list(shown_by(widget))
        yield from (f"{name} turns writing: {words!r}" for words in said if "\u202e" in words)
        yield from (
            f"{name} steals a key: {words!r}"
            for words in _mnemonics(widget)
            if "R&D" in words.replace("&&", "++")
        )
        tips = [widget.toolTip(), widget.whatsThis()]
        if not isinstance(widget, QMenu) or widget.toolTipsVisible():
            tips += [action.toolTip() for action in widget.actions()]
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            model = widget.model()
            tips += [
                str(words) for words in cells(model) if isinstance(words, str) and words.startswith("<qt>")
            ]
        yield from (f"{name} has a rich tip: {tip!r}" for tip in tips if rich(tip))
        match widget:
            case QLabel() if widget.inherits("QTipLabel"):
                if rich(widget.text()):
                    yield f"{name} is rich: {widget.text()!r}"
            case QLabel() if widget.textFormat() is not Qt.TextFormat.PlainText and TextQt.mightBeRichText(
                widget.text()
            ):
                yield f"{name} is rich: {widget.text()!r}"
            case QMessageBox() if widget.textFormat() is not Qt.TextFormat.PlainText:
                yield f"{name} may be rich"
            case QTextEdit() if widget.acceptRichText():
                yield f"{name} takes rich text"
            case QGraphicsView():
                yield from (f"{name} has {words}" for words in _marked_up(widget))


def rich(tip: str) -> bool:
    """Would a tooltip show more than words and line ends?"""
    return "<" in HARMLESS.sub("", tip) if tip.startswith("<qt>") else TextQt.mightBeRichText(tip)


def _mnemonics(widget: QWidget) -> Iterator[str]:
    match widget:
        case QAbstractButton():
            yield widget.text()
        case QLabel() if widget.buddy() is not None:
            yield widget.text()
        case QTabBar():
            yield from (widget.tabText(tab) for tab in range(widget.count()))
        case QGroupBox() | QMenu():
            yield widget.title()
    yield from (action.text() for action in widget.actions())


def _marked_up(view: QGraphicsView) -> Iterator[str]:
    """The texts of a scene in which something is slanted, underlined, a link or a picture: none of ours."""
    for item in view.scene().items() if view.scene() is not None else ():
        if isinstance(item, QGraphicsTextItem):
            block = item.document().begin()
            while block.isValid():
                pieces = block.begin()
                while not pieces.atEnd():
                    form = pieces.fragment().charFormat()
                    if form.isImageFormat() or form.isAnchor() or form.fontItalic() or form.fontUnderline():
                        yield f"markup: {item.toPlainText()!r}"
                    pieces += 1
                block = block.next()
