"""Cut-offs to move: a slider and a number for each, and the way back to the default.

What is moved holds at once: the map keeps it, the analysis follows. One pull of a slider is one step
of undo, however many edits it makes on its way.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QDoubleSpinBox,
    QHBoxLayout,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QVBoxLayout,
    QWidget,
)

from orgmap.analysis.catalogue import CUTOFFS, Cutoff, Unit, cutoff
from orgmap.i18n import Said, Text, say, text
from orgmap.model import edits
from orgmap.model.document import Change
from orgmap.ui.session import Session
from orgmap.ui.widgets.words import Words, WordsButton

PAUSE = 40  # ms between two edits while a slider is pulled

_EDIT = text("undo", "Cut-off: {what}")
_HIGHEST = {Unit.SHARE: 1.0, Unit.STEPS: 10.0, Unit.CHANNELS: 10.0, Unit.TIMES: 10.0}
_SHARE, _COUNT = text("list", "{value} %"), text("list", "{value}")
_UNITS: dict[Unit, Text] = {
    Unit.SHARE: text("cut-off unit", "percent"),
    Unit.PEOPLE: text("cut-off unit", "people"),
    Unit.PAIRS: text("cut-off unit", "pairs"),
    Unit.LINES: text("cut-off unit", "lines"),
    Unit.STEPS: text("cut-off unit", "steps"),
    Unit.CHANNELS: text("cut-off unit", "channels"),
    Unit.TIMES: text("cut-off unit", "times"),
}


class Cutoffs(QWidget):
    """The cut-offs of one code, bound to the map that is open."""

    released = Signal()  # the hand and the keyboard have left them

    def __init__(self, session: Session, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.rows = [CutoffRow(name) for name in names]
        for row in self.rows:
            column.addWidget(row)
            row.moved.connect(self._moved)
            row.left.connect(self._left)
        session.changed.connect(self._on_changed)
        session.opened.connect(self.refresh)
        self.refresh()

    @property
    def held(self) -> bool:
        """Is a hand on one of them, or the keyboard in one?"""
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        return inside or any(row.slider.isSliderDown() for row in self.rows)

    def grip(self) -> QWidget | None:
        """The row that is held."""
        focus = QApplication.focusWidget()
        for row in self.rows:
            if row.slider.isSliderDown() or (focus is not None and row.isAncestorOf(focus)):
                return row
        return None

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [stop for row in self.rows for stop in (row.number, row.slider, row.default)]

    def refresh(self) -> None:
        """Show what holds on the map; a slider under a hand is left alone."""
        document = self._session.document
        for row in self.rows:
            row.show_value(cutoff(document, row.name))

    def retell(self) -> None:
        """Say everything in the language in use."""
        for row in self.rows:
            row.retell()
        self.refresh()

    def _on_changed(self, change: Change) -> None:
        if change.info is not None:
            self.refresh()

    def _moved(self, name: str, value: object) -> None:
        own = value if isinstance(value, float) and value != CUTOFFS[name].value else None
        change = edits.set_cutoff(self._session.document, name, own)
        self._session.edit(_EDIT(what=CUTOFFS[name].words()), change, merge=f"cut-off {name}")

    def _left(self) -> None:
        self._session.seal()
        if not self.held:
            self.released.emit()


class CutoffRow(QWidget):
    """One cut-off: what it counts, the number, a slider, and where it lies by default."""

    moved = Signal(str, object)  # name, float
    left = Signal()  # what comes next is another step

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._cutoff = CUTOFFS[name]
        self._showing = False
        self._scale = _steps(self._cutoff)
        low, high = _range(self._cutoff)
        self._words = Words(role="small")
        self.number = QDoubleSpinBox()
        self.number.setDecimals(1 if self._cutoff.unit is Unit.TIMES else 0)
        self.number.setSingleStep(0.1 if self._cutoff.unit is Unit.TIMES else 1)
        factor = 100 if self._cutoff.unit is Unit.SHARE else 1
        self.number.setRange(low * factor, high * factor if self._cutoff.unit is Unit.SHARE else 9_999)
        self.number.setKeyboardTracking(False)
        self.slider = _Slider(round(self._cutoff.value * self._scale))
        self.slider.setRange(round(low * self._scale), round(high * self._scale))
        self.slider.setPageStep(max(1, round((high - low) * self._scale / 10)))
        self.default = WordsButton(role="small-quiet")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._words, 1)
        head.addWidget(self.number)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.slider, 1)
        foot.addWidget(self.default)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addLayout(foot)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._tell)
        self.slider.valueChanged.connect(self._slid)
        self.slider.sliderReleased.connect(self._done)
        self.number.valueChanged.connect(self._typed)
        self.default.clicked.connect(self._reset)
        for part in (self.slider, self.number):
            part.installEventFilter(self)
            part.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._wanted: float | None = None
        self.retell()

    def show_value(self, value: float) -> None:
        """Show what holds; what a hand is about to say is not overwritten."""
        if self._wanted is None:
            self._display(value)

    def retell(self) -> None:
        """Words in the language in use."""
        words = str(self._cutoff.words())
        unit = str(_UNITS[self._cutoff.unit]())
        self._words.setText(words[:1].upper() + words[1:])
        suffix = " %" if self._cutoff.unit is Unit.SHARE else ""
        self.number.setSuffix(suffix)
        self.number.setAccessibleName(words)
        self.number.setAccessibleDescription(unit)
        self.slider.setAccessibleName(words)
        value = value_words(self._cutoff, self._cutoff.value)
        self.default.set_words(say("cut-off", "Default {value}", value=value))
        self.default.setAccessibleName(
            say("cut-off", "Back to the default {value}: {what}", value=value, what=words)
        )
        self.default.setToolTip(say("cut-off", "Back to the default"))

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """The wheel scrolls the page; leaving ends the step; Enter in the number is no "next"."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._done)
        pressed = event.type() == QEvent.Type.KeyPress and watched is self.number
        enter = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if pressed and enter:
            self.number.interpretText()
            return True
        return super().eventFilter(watched, event)

    def _slid(self, at: int) -> None:
        if not self._showing:
            self._want(at / self._scale)

    def _typed(self, value: float) -> None:
        if not self._showing:
            self._want(value / 100 if self._cutoff.unit is Unit.SHARE else value)

    def _reset(self) -> None:
        self._want(self._cutoff.value)
        self._done()

    def _want(self, value: float) -> None:
        default = self._cutoff.value
        self._wanted = default if round(value * self._scale) == round(default * self._scale) else value
        self._display(self._wanted)
        if not self._pause.isActive():
            self._pause.start()

    def _tell(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.moved.emit(self.name, float(wanted))

    def _done(self) -> None:
        self._pause.stop()
        self._tell()
        self.left.emit()

    def _display(self, value: float) -> None:
        self._showing = True
        self.slider.setValue(round(value * self._scale))
        self.number.setValue(value * 100 if self._cutoff.unit is Unit.SHARE else value)
        self.default.setEnabled(value != self._cutoff.value)
        self._showing = False


class _Slider(QSlider):
    """A slider with a small mark where the default lies."""

    def __init__(self, default: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._default = default

    def sizeHint(self) -> QSize:
        """As tall as its handle, which grows with the letters, and a target that a finger can hit."""
        return QSize(super().sizeHint().width(), max(24, round(1.5 * self.fontMetrics().height())))

    def minimumSizeHint(self) -> QSize:
        """Short if need be, never low."""
        return QSize(48, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent, /) -> None:
        """The slider of the style sheet, and the mark."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        style, control = self.style(), QStyle.ComplexControl.CC_Slider
        groove = style.subControlRect(control, option, QStyle.SubControl.SC_SliderGroove, self)
        handle = style.subControlRect(control, option, QStyle.SubControl.SC_SliderHandle, self)
        span = groove.width() - handle.width()
        at = QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), self._default, span)
        x = groove.x() + handle.width() // 2 + at
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawLine(x, self.height() // 2 - 7, x, self.height() // 2 + 6)
        painter.end()
        super().paintEvent(event)


def value_words(cut: Cutoff, value: float) -> Said:
    """A cut-off as a person reads it: "25 %", "3"."""
    return _SHARE(value=round(value * 100)) if cut.unit is Unit.SHARE else _COUNT(value=round(value, 1))


def _steps(cut: Cutoff) -> int:
    """How many places of the slider one unit has."""
    return {Unit.SHARE: 100, Unit.TIMES: 10}.get(cut.unit, 1)


def _range(cut: Cutoff) -> tuple[float, float]:
    """The lowest and highest value of the slider; a number can be typed higher where things are counted."""
    low = 0.0 if cut.unit is Unit.SHARE or cut.value <= 1 else 1.0
    return low, _HIGHEST.get(cut.unit, max(20.0, cut.value * 5))
