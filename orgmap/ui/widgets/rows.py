"""A row one can click: an icon or the sign of a finding, words, and a quiet word at the end."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QStyleOption, QWidget

from orgmap.analysis.findings import Weight
from orgmap.drawing.style import Theme
from orgmap.i18n import unturned
from orgmap.ui.icons import picture
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.signs import paint_sign
from orgmap.ui.widgets.words import plain_tip


class RowButton(QAbstractButton):
    """One line that selects something. Words that do not fit are cut in the middle, whole as tip."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        words: str,
        aside: str = "",
        *,
        spoken: str = "",
        sign: Weight | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        words, aside, spoken = unturned(words), unturned(aside), unturned(spoken)
        self._theme, self._icon, self._words, self._aside, self._sign = theme, icon, words, aside, sign
        self.setAccessibleName(spoken or (f"{words}, {aside}" if aside else words))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        set_role(self, "row")

    @property
    def words(self) -> str:
        """What the row says."""
        return self._words

    def sizeHint(self) -> QSize:
        """Its words in full."""
        metrics = self.fontMetrics()
        width = (
            44
            + self.contentsMargins().left()
            + metrics.horizontalAdvance(self._words)
            + metrics.horizontalAdvance(self._aside)
        )
        return QSize(width, max(28, metrics.height() + 12))

    def minimumSizeHint(self) -> QSize:
        """Room for the sign and a few letters."""
        return QSize(72, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Ground, sign, words, aside."""
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        if self.isDown():
            option.state |= QStyle.StateFlag.State_Sunken
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        metrics = painter.fontMetrics()
        inner = self.rect().adjusted(8, 0, -8, 0)
        size = max(14, metrics.height() - 2)
        if self._icon:
            drawn = picture(self._icon, self._theme["quiet"], size, self.devicePixelRatioF())
            painter.drawPixmap(QPoint(inner.x(), (self.height() - size) // 2), drawn)
        if self._sign is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rect = QRectF(inner.x() + 1, (self.height() - size) / 2 + 1, size - 2, size - 2)
            paint_sign(painter, rect, self._sign, self._theme[self._sign.value])
        if self._icon or self._sign is not None:
            inner.setLeft(inner.left() + size + 8)
        inner = self._paint_aside(painter, metrics, inner)
        painter.setPen(self._theme["text"])
        words = metrics.elidedText(self._words, Qt.TextElideMode.ElideMiddle, inner.width())
        if words != self._words and not self.toolTip():
            self.setToolTip(plain_tip(self._words))
        painter.drawText(inner, _ONE_LINE | Qt.AlignmentFlag.AlignLeft, words)
        painter.end()

    def _paint_aside(self, painter: QPainter, metrics: QFontMetrics, inner: QRect) -> QRect:
        if not self._aside:
            return inner
        width = min(metrics.horizontalAdvance(self._aside), inner.width() * 2 // 5)
        rect = QRect(inner.right() - width, inner.y(), width + 1, inner.height())
        painter.setPen(self._theme["quiet"])
        aside = metrics.elidedText(self._aside, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, _ONE_LINE | Qt.AlignmentFlag.AlignRight, aside)
        return inner.adjusted(0, 0, -(width + 12), 0)


_ONE_LINE = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
