"""Finds texts that no translator could reach: run in the pseudo language, each one shows itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTableView,
    QTabWidget,
    QWidget,
)

from orgmap.ui.widgets.rows import RowButton
from orgmap.ui.widgets.words import WordsButton

_TAGS = re.compile(r"</?qt>|<br ?/?>")


def untranslated(window: QWidget, own: Iterable[str] = ()) -> list[str]:
    """What the window says outside ⟦ ⟧ that is neither a number nor one of the user's `own` words.

    The language has to be `i18n.PSEUDO` before the window is made. Hidden widgets are left out;
    menus and their actions are in. Each entry names the widget that says it.
    """
    QApplication.processEvents()  # what was just added is shown with the next turn of the event loop
    words = sorted({"orgmap", *own}, key=len, reverse=True)
    return [f"{place}: {said}" for place, said in everything_said(window) if _left_over(said, words)]


def everything_said(window: QWidget) -> Iterator[tuple[str, str]]:
    """Every text of every widget that can be seen, and of every action, with where it stands."""
    for widget in [window, *window.findChildren(QWidget)]:
        name = type(widget).__name__
        if not isinstance(widget, QMenu) and widget is not window and not widget.isVisibleTo(window):
            continue
        for text in (*_texts(widget), *_about(widget)):
            yield name, text
        for action in widget.actions():
            yield from _of_action(action)
    for action in window.findChildren(QAction):
        yield from _of_action(action)


def _about(widget: QWidget) -> tuple[str, ...]:
    return (
        widget.toolTip(),
        widget.accessibleName(),
        widget.accessibleDescription(),
        widget.statusTip(),
        widget.windowTitle() if widget.isWindow() else "",
    )


def _texts(widget: QWidget) -> Iterator[str]:
    match widget:
        case RowButton():
            yield widget.words
        case WordsButton():
            yield widget.words
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit() | QPlainTextEdit():
            yield widget.placeholderText()
        case QComboBox():
            yield widget.placeholderText()
            yield from (widget.itemText(row) for row in range(widget.count()))
        case QTabWidget():
            yield from (widget.tabText(tab) for tab in range(widget.count()))
        case QGroupBox() | QMenu():
            yield widget.title()
        case QTableView():
            model = widget.model()
            for column in range(model.columnCount()):
                yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        case QMenuBar():
            return


def _of_action(action: QAction) -> Iterator[tuple[str, str]]:
    for text in (action.text(), action.toolTip(), action.statusTip(), action.whatsThis()):
        yield f"action {action.objectName()}", text


def _left_over(said: str, own: Iterable[str]) -> bool:
    """Is a letter left when brackets and the user's words are taken away?"""
    rest = _outside(_TAGS.sub("", said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")))
    for word in own:
        rest = rest.replace(word, "")
    return any(letter.isalpha() for letter in rest)


def _outside(said: str) -> str:
    """What stands outside all brackets; they nest where a text is a value of another."""
    kept, depth = [], 0
    for letter in said:
        depth += letter == "⟦"
        if depth == 0:
            kept.append(letter)
        depth -= letter == "⟧" and depth > 0
    return "".join(kept)
