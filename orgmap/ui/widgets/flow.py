"""A layout that sets widgets side by side and breaks the row where they no longer fit."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Left to right, then down, as words on a page; a widget wider than the row gets the row.

    `even`: all get the same width, at least this many px, and fill the row together; 0: each its own.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8, even: int = 0) -> None:
        super().__init__(parent)
        self._gap = gap
        self._even = even
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def set_even(self, even: int) -> None:
        """Let all be at least so wide, px."""
        if even != self._even:
            self._even = even
            self.invalidate()

    def addItem(self, item: QLayoutItem, /) -> None:
        """Append an item."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int, /) -> QLayoutItem | None:
        """The item at `index`, or None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int, /) -> QLayoutItem | None:
        """Remove and return the item at `index`, or None past the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It wants no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Fewer fit in a narrower row."""
        return True

    def heightForWidth(self, width: int, /) -> int:
        """The height of all rows at `width`."""
        return self._arranged(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect, /) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arranged(rect, move=True)

    def sizeHint(self) -> QSize:
        """All in one row."""
        width = sum(item.sizeHint().width() for item in self._items)
        width += self._gap * max(0, len(self._items) - 1)
        height = max((item.sizeHint().height() for item in self._items), default=0)
        return QSize(width, height)

    def minimumSize(self) -> QSize:
        """The widest minimum of one item."""
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arranged(self, rect: QRect, *, move: bool) -> int:
        x, y, tallest = rect.x(), rect.y(), 0
        cell = self._cell(rect.width())
        for item in self._items:
            if item.isEmpty():
                continue
            width = cell or min(item.sizeHint().width(), rect.width())
            if x > rect.x() and x + width > rect.x() + rect.width():
                x, y, tallest = rect.x(), y + tallest + self._gap, 0
            height = item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, height)))
            x += width + self._gap
            tallest = max(tallest, height)
        return y + tallest - rect.y()

    def _cell(self, width: int) -> int:
        """The width of each item if all are to be even, else 0."""
        if not self._even or not self._items:
            return 0
        columns = (width + self._gap) // (self._even + self._gap)
        columns = max(1, min(columns, len(self._items)))
        return (width - (columns - 1) * self._gap) // columns
