"""The looks of the program in a test, and what every look must keep."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication, QWidget

from orgmap.drawing.style import theme
from orgmap.i18n import ENGLISH, PSEUDO, use
from orgmap.ui import theme as looks
from orgmap.ui.widgets.words import Words, WordsButton


@contextmanager
def dressed(app: QApplication, name: str = "light", scale: float = 1.0) -> Iterator[None]:
    """The program's style for the length of a test."""
    font, palette = app.font(), app.palette()
    looks.apply(app, theme(name), scale)
    try:
        yield
    finally:
        app.setStyleSheet("")
        app.setPalette(palette)
        app.setFont(font)


@contextmanager
def pseudo_language() -> Iterator[None]:
    """Say everything in the language that is no language."""
    use(PSEUDO)
    try:
        yield
    finally:
        use(ENGLISH)


def clipped(window: QWidget) -> list[str]:
    """Labels and buttons that are given less room than their words need, or that stick out."""
    found = []
    QApplication.processEvents()  # what was just added is shown and laid out with the next turn
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window) or not isinstance(widget, Words | WordsButton):
            continue
        words = widget.text() if isinstance(widget, Words) else widget.words
        if words and widget.height() < widget.heightForWidth(widget.width()):
            found.append(f"too low: {words}")
        parent = widget.parentWidget()
        if words and parent is not None and widget.geometry().right() > parent.rect().right():
            found.append(f"sticks out: {words}")
    return found
