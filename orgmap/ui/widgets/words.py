"""Labels and buttons for other people's words: plain text, wrapped even inside a long word."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from orgmap.drawing.plain import middle_cut, shown
from orgmap.i18n import unturned
from orgmap.ui.icons import picture
from orgmap.ui.widgets.roles import set_role

LONGEST = 28  # letters of a name in an entry of a menu
LONGEST_WORD = 2_000  # letters that are wrapped where it looks best
LONGEST_TIP = 2_000  # letters of a tooltip
TALLEST_TIP = 40  # lines of a tooltip; a taller one leaves the screen
_BUTTON_SIDE = 12  # px between a button's rim and its words at text scale 100 %
_BUTTON_TOP = 5
_LEADING = 1.13  # of the font's own line height
_SIGN_GAP = 6  # px between an icon and the words


class WrappedText:
    """A text laid out in a font: its lines for a width, wrapped at words, or inside one too long."""

    def __init__(self, text: str, font: QFont) -> None:
        self._layout = QTextLayout(text.replace("\n", "\N{LINE SEPARATOR}"), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)

    def arranged(self, width: float) -> QRectF:
        """Break the lines at `width` px; the rectangle they fill."""
        self._layout.beginLayout()
        y = bottom = right = 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            line.setPosition(QPointF(0.0, y))
            bottom = y + line.height()
            y += line.height() * _LEADING
            right = max(right, line.naturalTextWidth())
        self._layout.endLayout()
        return QRectF(0.0, 0.0, right, bottom)

    def draw(self, painter: QPainter, at: QPointF) -> None:
        """Draw the lines last arranged, in the painter's pen."""
        self._layout.draw(painter, at)


class Words(QLabel):
    """A label that shows its text as it is, never as markup, and never asks for a width of its own.

    `role` names its looks in the style sheet, as in "title" or "quiet".
    """

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measured = ("", "")
        self._rooms: dict[int, QRectF] = {}
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)
        if role:
            set_role(self, role)

    def setText(self, text: str, /) -> None:
        """Show other words; the same words cost nothing."""
        text = unturned(text)
        if text != self.text():
            super().setText(text)
            self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """A narrower label is taller."""
        return True

    def heightForWidth(self, width: int, /) -> int:
        """The height of the wrapped text."""
        self.ensurePolished()
        margins = self.contentsMargins()
        height = self._room(width - margins.left() - margins.right()).height()
        return int(height + 0.999) + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        """One line, if there is room."""
        self.ensurePolished()
        margins = self.contentsMargins()
        rect = self._room(100_000)
        return QSize(
            int(rect.width() + 1.999) + margins.left() + margins.right(),
            int(rect.height() + 0.999) + margins.top() + margins.bottom(),
        )

    def _room(self, width: int) -> QRectF:
        """What the words fill at this width; layouts ask for the same widths again and again."""
        key = (self.text(), self.font().key())
        if key != self._measured:
            self._measured = key
            self._rooms.clear()
        found = self._rooms.get(width)
        if found is None:
            found = self._rooms[width] = WrappedText(self.text(), self.font()).arranged(width)
        return found

    def minimumSizeHint(self) -> QSize:
        """No width of its own: it wraps."""
        self.ensurePolished()
        return QSize(0, self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Draw the wrapped text in the colour and font of the style sheet."""
        painter = QPainter(self)
        rect = self.contentsRect()
        words = WrappedText(self.text(), self.font())
        used = words.arranged(rect.width())
        top = rect.y() + max(0.0, (rect.height() - used.height()) / 2) if self._centred() else rect.y()
        painter.setPen(self.palette().color(self.foregroundRole()))
        words.draw(painter, QPointF(rect.x(), top))
        painter.end()

    def _centred(self) -> bool:
        return bool(self.alignment() & Qt.AlignmentFlag.AlignVCenter)


class WordsButton(QPushButton):
    """A push button whose words wrap when they are too long for the row. Plain text, no mnemonics.

    `role`: "primary", "" (ordinary), "quiet", or "fold" for what unfolds more below it.
    """

    def __init__(self, words: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._words = ""
        self._icon = ""
        self.set_words(words)
        if role:
            set_role(self, role)

    def set_icon(self, name: str) -> None:
        """Draw this icon before the words, in their colour."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter presses it as Space does, in a panel as in a dialog."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    @property
    def words(self) -> str:
        """What stands on the button."""
        return self._words

    def set_words(self, words: str) -> None:
        """Show other words; assistive technology reads the same ones."""
        self._words = words = unturned(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """A narrower button is taller."""
        return True

    def heightForWidth(self, width: int, /) -> int:
        """Its lines and the room round them."""
        self.ensurePolished()
        side, top = self._room()
        used = WrappedText(self._words, self.font()).arranged(width - 2 * side - self._sign_room())
        return max(int(used.height() + 0.999) + 2 * top, self.minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """One line, if there is room."""
        self.ensurePolished()
        side, top = self._room()
        used = WrappedText(self._words, self.font()).arranged(100_000)
        height = max(int(used.height() + 0.999) + 2 * top, self.minimumSizeHint().height())
        return QSize(int(used.width() + 1.999) + 2 * side + self._sign_room(), height)

    def minimumSizeHint(self) -> QSize:
        """A target that a finger can hit."""
        side, _ = self._room()
        return QSize(2 * side + 8, 26)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """The button of the style sheet with wrapped words on it."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        side, _ = self._room()
        inner = self.rect().adjusted(side, 0, -side, 0)
        colour = self.palette().color(self.foregroundRole())
        if self._icon:
            size = self._sign_room() - _SIGN_GAP
            drawn = picture(self._icon, colour, size, self.devicePixelRatioF())
            painter.drawPixmap(inner.x(), (self.height() - size) // 2, drawn)
            inner.setLeft(inner.left() + self._sign_room())
        words = WrappedText(self._words, self.font())
        used = words.arranged(inner.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        left = (
            inner.x() + max(0.0, (inner.width() - used.width()) / 2) if _one_line(used, self) else inner.x()
        )
        words.draw(painter, QPointF(left, (self.height() - used.height()) / 2))
        painter.end()

    def _sign_room(self) -> int:
        """Px that the icon takes before the words."""
        return max(14, self.fontMetrics().height() - 2) + _SIGN_GAP if self._icon else 0

    def _room(self) -> tuple[int, int]:
        """Px left and right, and above and below, growing with the text."""
        scale = max(1.0, self.fontMetrics().height() / 16)
        side = 4 if self.property("role") == "fold" else round(_BUTTON_SIDE * scale)
        return side, round(_BUTTON_TOP * scale)


def _one_line(used: QRectF, widget: QWidget) -> bool:
    return used.height() < 1.6 * widget.fontMetrics().height()


def fill(area: QPlainTextEdit, text: str) -> None:
    """Put a text into a field: Qt takes seconds to find where best to break a word without end."""
    endless = any(len(word) > LONGEST_WORD for word in text.split())
    mode = QTextOption.WrapMode
    area.setWordWrapMode(mode.WrapAnywhere if endless else mode.WrapAtWordBoundaryOrAnywhere)
    area.setPlainText(text)


def plain_tip(text: str) -> str:
    """A tooltip that shows `text` as it is, wrapped; tooltips take what looks like markup for markup."""
    text = unturned(text)
    if len(text) > LONGEST_TIP:
        text = f"{text[:LONGEST_TIP]}\u2026"
    lines = escape(text).split("\n")
    if len(lines) > TALLEST_TIP:
        lines[TALLEST_TIP:] = ["\u2026"]
    return f"<qt>{'<br>'.join(lines)}</qt>" if text else ""


def in_entry(name: str, most: int = LONGEST) -> str:
    """A name as an entry of a menu or a button shows it: one line, shortened, and `&` no mnemonic."""
    return middle_cut(shown(name), most).replace("&", "&&")
