"""A colour out of those of the theme: a row of swatches, each with a name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from orgmap.drawing.style import ModuleColour
from orgmap.ui.widgets.fields import MIXED, Field
from orgmap.ui.widgets.flow import FlowLayout

SIZE = 26  # px
Swatch = tuple[int | None, str]  # the value and its name


class SwatchField(Field):
    """One of a few colours; clicking commits. The value None, if offered, is "as it comes"."""

    def __init__(self, label: str, swatches: Sequence[Swatch], parent: QWidget | None = None) -> None:
        box = QWidget()
        self._buttons = [_Swatch(value, f"{label}: {name}", name, box) for value, name in swatches]
        super().__init__(box, label, parent)
        flow = FlowLayout(box, gap=4)
        for button in self._buttons:
            flow.addWidget(button)
            button.clicked.connect(self._clicked)

    def set_colours(self, colours: Sequence[ModuleColour], accent: QColor) -> None:
        """The colours of the theme, in the order of the values."""
        for button in self._buttons:
            hue = button.value
            button.colour = colours[hue % len(colours)] if hue is not None else None
            button.accent = accent
            button.update()

    def display(self, value: object) -> None:
        """Tick the colour; none while the selected things differ."""
        for button in self._buttons:
            button.setChecked(value is not MIXED and button.value == self._counted(value))

    def value(self) -> object:
        """The colour ticked."""
        return next((button.value for button in self._buttons if button.isChecked()), None)

    def _counted(self, value: object) -> int | None:
        hues = [button.value for button in self._buttons if button.value is not None]
        return value % len(hues) if isinstance(value, int) and hues else None

    def _clicked(self) -> None:
        chosen = self.sender()
        for button in self._buttons:
            button.setChecked(button is chosen)
        self.touch()
        self.commit()


class _Swatch(QAbstractButton):
    """One colour as a dot; a ring and a tick while it is chosen."""

    def __init__(self, value: int | None, spoken: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.value = value
        self.colour: ModuleColour | None = None
        self.accent = QColor("#000000")
        self.setCheckable(True)
        self.setAccessibleName(spoken)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """A target one can hit."""
        return QSize(SIZE, SIZE)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter does what a click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """The dot with its rim; the ring of what is chosen or has the keyboard."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        rim = self.colour.line if self.colour is not None else self.palette().color(self.foregroundRole())
        painter.setPen(QPen(rim, 1.6))
        painter.setBrush(self.colour.fill if self.colour is not None else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, 8.0, 8.0)
        if self.colour is None:  # as it comes: no colour of its own
            painter.drawLine(middle + QPointF(-5.5, 5.5), middle + QPointF(5.5, -5.5))
        if self.isChecked():
            painter.setBrush(rim)
            painter.drawEllipse(middle, 3.5, 3.5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.accent, 2.0))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        painter.end()
