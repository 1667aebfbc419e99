"""A chart drawn with pyqtgraph, under hand and keys. Importing this module loads pyqtgraph.

Pointing at a mark, or going to it with the arrows, tells who it is and how much; a click or Enter selects.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QBrush,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QToolTip, QVBoxLayout, QWidget

from orgmap.drawing.style import Theme, mixed
from orgmap.ui.charts import pictures
from orgmap.ui.charts.chart import Chart, Kind, Mark
from orgmap.ui.charts.naming import DOT, places
from orgmap.ui.charts.ticks import numbered, ticks
from orgmap.ui.stylesheet import SMALL, TITLE
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import plain_tip

Key = Qt.Key
CHOSEN_DOT = 15  # px across
NEAR, NEAR_BAR = 14.0, 6.0  # px from a dot, and from a bar, at which the pointer is on it
MANY = 1_500  # dots from which they are drawn small
SMALL_DOT = 6
LEAP = 10  # marks that Page Up and Page Down go


class PlotView(QFrame):
    """Shows one `Chart` after the other. `chosen` rings for hands and keys."""

    chosen = Signal(object)  # frozenset of ids
    entered = Signal(str)  # what the mark under the pointer, or the keys, says; empty: none
    left = Signal()  # Esc, and no mark was in hand

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "chart")
        self._theme = theme
        self._chart: Chart | None = None
        self._ids: frozenset[str] = frozenset()
        self._at: int | None = None
        self._spans: NDArray[np.float64] = np.empty((0, 4))  # of each mark: left, foot, right, head
        self._extra: list[Any] = []  # what shows the selection
        self._ring: Any = None  # what shows the mark in hand
        self._names: dict[int, Any] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.plot = pg.PlotWidget(self, background=theme["panel"])
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setFrameShape(QFrame.Shape.NoFrame)
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.plot.setAntialiasing(True)
        self.plot.getPlotItem().setContentsMargins(4, 8, 12, 8)
        self._box: Any = self.plot.getViewBox()
        self._box.setMenuEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.addWidget(self.plot)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._write_names)
        self._soon.timeout.connect(self._mark_height)
        scene = self.plot.scene()
        scene.sigMouseMoved.connect(self._moved)
        scene.sigMouseClicked.connect(self._clicked)
        self._box.sigRangeChanged.connect(self._range_changed)
        self._box.sigResized.connect(self._range_changed)

    # -- for others ---------------------------------------------------------------------------

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Everything that can be chosen."""
        return self._chart.marks if self._chart is not None else ()

    @property
    def current(self) -> Mark | None:
        """The mark in hand."""
        return self.marks[self._at] if self._at is not None and self._at < len(self.marks) else None

    @property
    def written(self) -> list[str]:
        """The names that found a place."""
        return [self.marks[at].name for at in self._names]

    def show_chart(self, chart: Chart) -> None:
        """Draw another chart; the same kind keeps nothing of the one before but the selection."""
        self._chart, self._at = chart, None
        self._spans = np.array([_span(mark) for mark in chart.marks]).reshape(-1, 4)
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(" ".join(chart.summary))
        self._draw()

    def set_selection(self, ids: Collection[str]) -> None:
        """Mark whom these ids stand for."""
        self._ids = frozenset(ids)
        self._draw_extra()

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self._theme = theme
        self.plot.setBackground(theme["panel"])
        self._draw()

    def place_of(self, mark: Mark) -> QPoint:
        """Where a mark is, in pixels of this widget; the middle of a bar."""
        x, y = (mark.x, mark.y)
        if mark.box is not None:
            x, y = (mark.box[0] + mark.box[2]) / 2, (mark.box[1] + mark.box[3]) / 2
        spot = self.plot.mapFromScene(self._box.mapViewToScene(QPointF(x, y)))
        return QPoint(self.plot.mapTo(self, spot))

    def as_png(self) -> bytes:
        """The chart as a picture, twice as fine as on the screen."""
        self._go(None)
        return pictures.png(self.plot, self._theme["panel"])

    def as_svg(self) -> bytes:
        """The chart as a drawing of lines and letters."""
        self._go(None)
        told = self.accessibleName(), self.accessibleDescription()
        return pictures.svg(self.plot, self._theme["panel"], *told)

    def whole(self) -> None:
        """Everything in view again."""
        if self._chart is not None:
            across, up = self._chart.across, self._chart.up
            self._box.setRange(xRange=(across.least, across.most), yRange=(up.least, up.most), padding=0)

    # -- drawing ------------------------------------------------------------------------------

    def _draw(self) -> None:
        plot, chart, theme = self.plot, self._chart, self._theme
        plot.clear()
        self._extra, self._names, self._ring = [], {}, None
        if chart is None:
            return
        self._dress()
        free = chart.kind is Kind.SCATTER
        self._box.setMouseEnabled(free, free)
        across, up = chart.across, chart.up
        width, height = across.most - across.least, up.most - up.least
        self._box.setLimits(
            xMin=across.least, xMax=across.most, yMin=up.least, yMax=up.most,
            minXRange=width / 40, maxXRange=width, minYRange=height / 40, maxYRange=height,
        )  # fmt: skip
        self.whole()
        for guide in chart.guides:
            self._draw_guide(guide.name, guide.x, guide.y)
        small = chart.kind is Kind.ROBUSTNESS
        if not small:
            self._draw_marks(chart.marks)
        for curve in chart.curves:
            pen = self._pen("text", 2.0)
            if curve.dashed:
                pen.setStyle(Qt.PenStyle.DashLine)
                pen.setColor(theme["quiet"])
            item = pg.PlotDataItem(np.array(curve.xs), np.array(curve.ys), pen=pen, connect="finite")
            plot.addItem(item)
            if curve.name and not chart.signs:
                self._draw_end(curve.name, curve.xs, curve.ys, "quiet" if curve.dashed else "text")
        if small:
            self._draw_marks(chart.marks)
        self._draw_extra()
        self._soon.start()

    def _dress(self) -> None:
        """Title, axes and grid in the colours and letters of the program."""
        chart = self._chart
        assert chart is not None
        text, quiet = self._theme["text"].name(), self._theme["quiet"].name()
        scale = self.font().pixelSize() / 13 if self.font().pixelSize() > 0 else 1.0
        signs = "   ".join(f"{sign} {escape(words)}" for sign, words in chart.signs)
        title = f"<span style='font-weight:600'>{escape(chart.title)}</span>"
        if signs:
            title += f"<br><span style='color:{quiet};font-size:{round(SMALL * scale)}px'>{signs}</span>"
        self.plot.setTitle(title, color=text, size=f"{round(TITLE * scale)}px")
        for name, axis in (("bottom", chart.across), ("left", chart.up)):
            drawn = self.plot.getAxis(name)
            length = 4 if axis.ticks is None else 0
            drawn.setStyle(tickFont=self.font(), tickTextOffset=6, tickLength=length)
            drawn.setTextPen(self._theme["text" if axis.ticks is not None else "quiet"])
            drawn.setPen(self._pen("faded", 1.0))
            drawn.tickStrings = numbered
            drawn.setTicks(ticks(axis))
            style = {"color": quiet, "font-size": f"{round(SMALL * scale)}px"}
            self.plot.setLabel(name, escape(axis.label), **style)
            drawn.setSIPrefixEnableRanges(((-1.0, -1.0),))  # never: a share is no share in thousandths
            drawn.enableAutoSIPrefix(False)
            drawn.showLabel(bool(axis.label))
            drawn.setGrid(False)

    def _mark_height(self) -> None:
        """As many whole numbers up the side as have room there."""
        if self._chart is not None and self._chart.up.whole:
            room = self._box.height() / (1.5 * self.fontMetrics().height())
            self.plot.getAxis("left").setTicks(ticks(self._chart.up, int(room)))

    def _draw_marks(self, marks: Sequence[Mark]) -> None:
        bars = [mark for mark in marks if mark.box is not None]
        dots = [mark for mark in marks if mark.box is None]
        fill = mixed(self._theme["accent"], self._theme["panel"], 0.42)
        for over in (False, True):
            some = [mark.box for mark in bars if mark.over is over and mark.box is not None]
            if some:
                brush = self._hatch("act") if over else QBrush(fill)
                self.plot.addItem(_bars(some, self._pen("act" if over else "accent", 1.0), brush))
        moved = [mark for mark in dots if mark.came is not None]
        if moved:
            came = [mark.came for mark in moved if mark.came is not None]
            xs = [x for mark, spot in zip(moved, came, strict=True) for x in (spot[0], mark.x)]
            ys = [y for mark, spot in zip(moved, came, strict=True) for y in (spot[1], mark.y)]
            self.plot.addItem(pg.PlotCurveItem(xs, ys, connect="pairs", pen=self._pen("quiet", 2.0)))
            rings = {"pen": self._pen("text", 1.5), "brush": QBrush(self._theme["panel"])}
            self.plot.addItem(pg.ScatterPlotItem(*_spots(came), size=DOT, **rings))
        if dots:
            on_a_line = self._chart is not None and self._chart.kind is Kind.ROBUSTNESS
            size = SMALL_DOT if on_a_line or len(dots) > MANY else DOT
            pen = self._pen("accent", 1.0)
            spots = _spots([(mark.x, mark.y) for mark in dots])
            brush = QBrush(self._theme["accent"] if moved else fill)
            self.plot.addItem(pg.ScatterPlotItem(*spots, size=size, pen=pen, brush=brush))

    def _draw_guide(self, name: str, x: float | None, y: float | None) -> None:
        pen = self._pen("quiet", 1.0)
        pen.setStyle(Qt.PenStyle.DotLine)
        place = {"position": 0.97 if x is not None else 0.99, "color": self._theme["quiet"], "movable": False}
        place["anchors"] = [(0, 0), (0, 0)] if x is not None else [(1, 1), (1, 1)]
        line = pg.InfiniteLine(
            pos=x if x is not None else y,
            angle=90 if x is not None else 0,
            pen=pen,
            label=name,
            labelOpts=place,
        )
        line.label.setFont(self.font())
        line.setZValue(5)
        self.plot.addItem(line, ignoreBounds=True)

    def _draw_end(self, name: str, xs: Sequence[float], ys: Sequence[float], token: str) -> None:
        """The name of a curve, at its middle, above it."""
        at = len(xs) // 2
        item = pg.TextItem(name, color=self._theme[token], anchor=(0, 1))
        item.setFont(self.font())
        item.setPos(xs[at], ys[at])
        self.plot.addItem(item, ignoreBounds=True)

    def _draw_extra(self) -> None:
        """The selection."""
        for item in self._extra:
            self.plot.removeItem(item)
        self._extra = []
        bars, dots = [], []
        for mark in self.marks:
            count = sum(key in self._ids for key in mark.ids) if self._ids else 0
            if count and mark.box is not None:
                left, foot, right, head = mark.box
                part = count / len(mark.ids)
                bars.append((left, foot, right, foot + (head - foot) * part))
            elif count:
                dots.append((mark.x, mark.y))
        if bars:
            self._add(_bars(bars, self._pen("text", 2.0), self._hatch("accent")))
        if dots:
            ring = self._pen("text", 2.5)
            accent = QBrush(self._theme["accent"])
            self._add(pg.ScatterPlotItem(*_spots(dots), size=CHOSEN_DOT, pen=ring, brush=accent))

    def _draw_ring(self) -> None:
        """The mark in hand."""
        if self._ring is not None:
            self.plot.removeItem(self._ring)
        self._ring, hand = None, self.current
        if hand is None:
            return
        pen, nothing = self._pen("accent", 3.0), QBrush(Qt.BrushStyle.NoBrush)
        if hand.box is not None:
            self._ring = _bars([hand.box], pen, nothing)
        else:
            spots = _spots([(hand.x, hand.y)])
            self._ring = pg.ScatterPlotItem(*spots, size=CHOSEN_DOT + 8, pen=pen, brush=nothing)
        self._ring.setZValue(21)
        self.plot.addItem(self._ring, ignoreBounds=True)

    def _add(self, item: Any) -> None:  # noqa: ANN401 - an item of pyqtgraph
        item.setZValue(20)
        self.plot.addItem(item, ignoreBounds=True)
        self._extra.append(item)

    def _write_names(self) -> None:
        """The names of marks, where they have room; those that matter most come first."""
        for item in self._names.values():
            self.plot.removeItem(item)
        self._names = {}
        chart = self._chart
        if chart is None or not chart.marks:
            return
        rect = self._box.sceneBoundingRect()
        for at, (left, top) in places(chart, self._box, self.fontMetrics()).items():
            item = pg.TextItem(chart.marks[at].name, color=self._theme["text"], anchor=(0, 0))
            item.setFont(self.font())
            item.textItem.document().setDocumentMargin(0)
            spot = self._box.mapSceneToView(QPointF(rect.left() + left, rect.top() + top))
            item.setPos(spot.x(), spot.y())
            item.setZValue(10)
            self.plot.addItem(item, ignoreBounds=True)
            self._names[at] = item

    def _pen(self, token: str, width: float) -> QPen:
        pen = QPen(self._theme[token], width)
        pen.setCosmetic(True)
        return pen

    def _hatch(self, token: str) -> QBrush:
        """Slanting lines, so that it can be told without colour."""
        return QBrush(QColor(self._theme[token]), Qt.BrushStyle.BDiagPattern)

    # -- hand ---------------------------------------------------------------------------------

    def _at_scene(self, spot: QPointF) -> int | None:
        """The mark at a place of the scene: the bar it lies in, or the nearest dot."""
        if not self.marks or not self._box.sceneBoundingRect().contains(spot):
            return None
        point = self._box.mapSceneToView(spot)
        x, y = point.x(), point.y()
        wide, high = self._box.viewPixelSize()
        across = np.maximum(0.0, np.maximum(self._spans[:, 0] - x, x - self._spans[:, 2])) / wide
        along = np.maximum(0.0, np.maximum(self._spans[:, 1] - y, y - self._spans[:, 3])) / high
        distance = np.hypot(across, along)
        best = int(distance.argmin())
        return best if distance[best] < (NEAR_BAR if self.marks[best].box is not None else NEAR) else None

    def _moved(self, spot: QPointF) -> None:
        at = self._at_scene(spot)
        if at != self._at:
            self._go(at)
        mark = self.current
        if mark is not None:
            where = self.plot.mapToGlobal(self.plot.mapFromScene(spot))
            QToolTip.showText(where + QPoint(12, 12), plain_tip(str(mark.told())), self.plot)
        else:
            QToolTip.hideText()

    def _clicked(self, event: Any) -> None:  # noqa: ANN401 - a click of pyqtgraph
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if event.double():
            self.whole()
            return
        at = self._at_scene(event.scenePos())
        more = bool(
            event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        )
        self._go(at)
        self._choose(self.current, more=more)

    def _choose(self, mark: Mark | None, *, more: bool = False) -> None:
        """Select whom a mark stands for; with `more` besides those selected, or no longer."""
        ids = frozenset(mark.ids) if mark is not None else frozenset()
        if more:
            ids = self._ids - ids if ids and ids <= self._ids else self._ids | ids
        self.set_selection(ids)
        self.chosen.emit(ids)

    # -- keys ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Arrows go from mark to mark, Enter and Space select, Esc lets go, then leaves."""
        steps = {
            Key.Key_Right: 1, Key.Key_Down: 1, Key.Key_Left: -1, Key.Key_Up: -1,
            Key.Key_PageDown: LEAP, Key.Key_PageUp: -LEAP,
            Key.Key_Home: -len(self.marks), Key.Key_End: len(self.marks),
        }  # fmt: skip
        key = Key(event.key())
        if key in steps and self.marks:
            first = -1 if steps[key] > 0 else 0
            at = (self._at if self._at is not None else first) + steps[key]
            self._go(min(max(at, 0), len(self.marks) - 1), aloud=True)
        elif key in (Key.Key_Return, Key.Key_Enter, Key.Key_Space) and self.current is not None:
            held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            self._choose(self.current, more=bool(event.modifiers() & held))
        elif key == Key.Key_Escape and (self.current is not None or self._ids):
            self._go(None)
            self._choose(None)
        elif key == Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        """The mark in hand is let go."""
        super().focusOutEvent(event)
        self._go(None)

    def _go(self, at: int | None, *, aloud: bool = False) -> None:
        self._at = at
        self._draw_ring()
        mark = self.current
        told = str(mark.told()) if mark is not None else ""
        self.entered.emit(told)
        if aloud and told and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, told))

    def _range_changed(self, *_: object) -> None:
        self._soon.start()


def _span(mark: Mark) -> tuple[float, float, float, float]:
    """Where the pointer is on a mark: its bar, its dot, or the way it came."""
    if mark.box is not None:
        return mark.box
    came = mark.came or (mark.x, mark.y)
    return min(mark.x, came[0]), mark.y, max(mark.x, came[0]), mark.y


def _bars(boxes: Sequence[tuple[float, float, float, float]], pen: QPen, brush: QBrush) -> Any:  # noqa: ANN401
    left, foot, right, head = (np.array(side) for side in zip(*boxes, strict=True))
    return pg.BarGraphItem(x0=left, x1=right, y0=foot, y1=head, pen=pen, brush=brush)


def _spots(places: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [x for x, _ in places], [y for _, y in places]
