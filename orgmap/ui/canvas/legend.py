"""The legend on the canvas, and the button that folds it away."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget

from orgmap.drawing.legend import brief, entries, legend_size, paint_legend
from orgmap.drawing.style import Theme
from orgmap.i18n import say
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.icons import icon
from orgmap.ui.widgets.roles import set_role

INSET = 4  # pixels from the corner of the card to the button


class Legend(QWidget):
    """The legend of the map; the pointer goes through it."""

    def __init__(self, stage: Stage, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._stage = stage
        self._theme = theme
        self._picture = QPixmap()
        self._shown: tuple[object, ...] = ()  # what is on it
        self.letters = 1.0  # how much larger than usual it is
        self.short = False  # only evidence and measures, where the rest would lie over people
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self.update()

    def wanted(self, most_wide: float) -> QSize:
        """The room it needs; empty if there is nothing to explain."""
        stage, room = self._stage, most_wide / self.letters
        size = legend_size(stage.scene, stage.lighting, room, short=self.short) * self.letters
        return QSize() if size.isEmpty() else QSize(round(size.width()) + 1, round(size.height()) + 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it as on every export; once, for it lies over a map that moves."""
        stage, ratio = self._stage, self.devicePixelRatioF()
        listed = tuple((brief if self.short else entries)(stage.scene, stage.lighting))
        shown = (listed, self._theme, self.letters, self.size(), ratio)
        if shown != self._shown:
            self._shown = shown
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            inner = QPainter(self._picture)
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            place = QRectF(0.5, 0.5, self.width() / self.letters - 1, self.height() / self.letters - 1)
            inner.scale(self.letters, self.letters)
            paint_legend(inner, stage.scene, self._theme, place, stage.lighting, short=self.short)
            inner.end()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()


class Fold(QToolButton):
    """Folds the legend away, and brings it back: in the corner of its card, or alone with its name."""

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._theme = theme
        self.folded = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(16, 16))
        self.setMinimumSize(QSize(28, 26))
        self.fold(False)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self.fold(self.folded)

    def fold(self, folded: bool) -> None:
        """Is the legend folded away?"""
        self.folded = folded
        self.dress(folded)

    def dress(self, folded: bool) -> None:
        """Look as if it were folded away, or not; say what a press would do."""
        words = say("canvas", "Legend") if folded else ""
        tip = say("canvas", "Show the legend") if folded else say("canvas", "Fold the legend away")
        set_role(self, "float" if folded else "")
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.setToolButtonStyle(beside if folded else Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setText(words)
        self.setIcon(icon("chevron-up" if folded else "chevron-down", self._theme["quiet"], 16))
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.adjustSize()

    def corner(self, card: QRect) -> QPoint:
        """Where it stands on the card of the legend."""
        return QPoint(card.right() - self.width() - INSET, card.top() + INSET)
