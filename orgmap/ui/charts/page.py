"""The charts of a map: how numbers are spread, go together and change, and what they say in words.

pyqtgraph is loaded in a thread when the page is first shown, so that nobody waits for it before.
"""

from __future__ import annotations

import importlib
from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTime, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from orgmap.analysis.findings import Report
from orgmap.analysis.measure_catalogue import Scope
from orgmap.analysis.questions import Question, Withstand, Withstanding
from orgmap.drawing.style import Theme
from orgmap.i18n import say
from orgmap.model.document import Change
from orgmap.progress import Progress
from orgmap.ui.analyst import Analyst
from orgmap.ui.charts.change import Kept
from orgmap.ui.charts.chart import Chart, Kind
from orgmap.ui.charts.making import Recipe, made
from orgmap.ui.charts.measure_choice import MeasureChoice
from orgmap.ui.charts.sending import ChartSender
from orgmap.ui.copying import Copier
from orgmap.ui.jobs import Errand
from orgmap.ui.measured import has_numbers, standing_of
from orgmap.ui.session import Session
from orgmap.ui.widgets.flow import FlowLayout
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.segments import Segments, follow_the_eye
from orgmap.ui.widgets.words import Words, WordsButton

if TYPE_CHECKING:
    from orgmap.ui.charts.plot import PlotView

AT_ONCE = 1_500  # people, modules or links; the chart of more is made in a thread
NARROW = 720  # px of the page, at usual letters, below which words stand below the picture
FEWEST_ROWS, MOST_ROWS = 6, 24  # of names, one below the other
SIDE = 260  # px that words take beside it


class ChartsPage(QWidget):
    """Follows the analysis of a session while it is in view. `selection_changed` rings for hands."""

    selection_changed = Signal(object)  # frozenset of ids
    noticed = Signal(object)  # Notice
    failed = Signal(object)  # Exception: a picture could not be written
    left = Signal()  # Esc, and nothing was left here to end

    def __init__(
        self, session: Session, analyst: Analyst, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._analyst, self._theme = session, analyst, theme
        self._report: Report | None = analyst.report if has_numbers(analyst.report) else None
        self._kept: Kept | None = None
        self._kept_at = ""
        self._ids: frozenset[str] = frozenset()
        self._held: Withstanding | None = None  # what holds while people leave the map as it is
        self._awaited = False  # it has been asked for
        self._stale = True
        self.chart: Chart | None = None
        self._said: Sequence[str] = ()
        self.view: PlotView | None = None
        self.at_once = AT_ONCE
        self._loading, self._building = Errand(self), Errand(self)
        self._copier = Copier(self)
        self._sender = ChartSender(session, self)
        self._sender.noticed.connect(self.noticed)
        self._sender.failed.connect(self.failed)
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.kind = Segments([kind.value for kind in Kind])
        self.choice = MeasureChoice()
        self.keep = WordsButton("", "primary")
        self.copy, self.save = WordsButton(), WordsButton()
        self._state, self.told = Words(role="quiet"), Words(role="body")
        self.summary = Words(role="body")
        self._empty = Words(role="body-quiet")
        self._middle = QStackedWidget()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self._connect()
        self.kind.set_value(Kind.DISTRIBUTION.value)
        self.say()

    def _lay_out(self) -> None:
        choices = QWidget()
        top = FlowLayout(choices, gap=8)
        for part in (self.kind, self.copy, self.save):
            top.addWidget(part)
        self.choice.add(self.keep)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        nothing = QWidget()
        centred = QHBoxLayout(nothing)
        centred.addStretch(1)
        centred.addWidget(self._empty, 4)
        centred.addStretch(1)
        self._middle.addWidget(nothing)
        words = QWidget()
        set_role(words, "page")
        inner = QVBoxLayout(words)
        inner.setContentsMargins(0, 8, 0, 8)
        inner.setSpacing(12)
        inner.addWidget(self.summary)
        inner.addStretch(1)
        self._words = QScrollArea()
        self._words.setWidgetResizable(True)
        self._words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._words.setWidget(words)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(16)
        self._body.addWidget(self._middle, 1)
        self._body.addWidget(self._words)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(choices)
        column.addWidget(self.choice)
        column.addWidget(self._state)
        column.addLayout(self._body, 1)
        column.addWidget(self.told)

    def _connect(self) -> None:
        self.kind.chosen.connect(self._chosen)
        self.choice.chosen.connect(self._chosen)
        self.keep.clicked.connect(self.keep_as_before)
        self.copy.clicked.connect(self.copy_numbers)
        self.save.clicked.connect(self.ask_picture)
        self._soon.timeout.connect(self._show)
        self._session.changed.connect(self._map_changed)
        self._session.opened.connect(self._map_opened)
        self._session.names_changed.connect(self._later)
        self._analyst.report_ready.connect(self._reported)
        self._analyst.told.connect(self._answered)
        self._analyst.untold.connect(self._unanswered)
        self._analyst.busy_changed.connect(self._say_state)
        self._analyst.health_changed.connect(self._say_state)

    # -- for others ---------------------------------------------------------------------------

    @property
    def waiting(self) -> str:
        """What stands in the place of a chart that is not there."""
        return self._empty.text()

    def show_kind(self, kind: Kind) -> None:
        """Another chart."""
        self.kind.set_value(kind.value)
        self._chosen()

    def set_selection(self, ids: Collection[str]) -> None:
        """Mark these people, modules and links."""
        self._ids = frozenset(ids)
        if self.view is not None:
            self.view.set_selection(self._ids)

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self._theme = theme
        if self.view is not None:
            self.view.set_theme(theme)

    def say(self) -> None:
        """Every word again, in the language in use."""
        kinds = (
            (Kind.DISTRIBUTION.value, say("chart", "Spread")),
            (Kind.SCATTER.value, say("chart", "Two measures")),
            (Kind.CHANGE.value, say("chart", "Before and now")),
            (Kind.ROBUSTNESS.value, say("chart", "Robustness")),
            (Kind.HOURS.value, say("chart", "Hours")),
        )
        tips = (
            say("chart", "How the numbers of a measure are spread"),
            say("chart", "One measure against another, with names"),
            say("chart", "Whose numbers moved since they were kept"),
            say("chart", "What holds together while people leave"),
            say("chart", "Hours of contact against hours stated"),
        )
        self.kind.say(say("chart", "Chart"), kinds, tips)
        self.choice.say()
        self.keep.set_words(say("chart", "Keep as before"))
        self.keep.setToolTip(say("chart", "Compare what comes from now on with the numbers of now"))
        self.copy.set_words(say("chart", "Copy the numbers"))
        self.copy.setToolTip(say("chart", "Copy what is drawn as rows for a spreadsheet"))
        self.save.set_words(say("chart", "Save a picture…"))
        self._later()

    def changeEvent(self, event: QEvent, /) -> None:
        """A change of language or of letters."""
        if event.type() == QEvent.Type.LanguageChange:
            self.say()
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_words"):
            self._later()

    def showEvent(self, event: QShowEvent, /) -> None:
        """Load what draws, the first time; catch up with what happened while nobody looked."""
        super().showEvent(event)
        if self.view is None:
            self._empty.setText(say("chart", "The charts are being loaded."))
            self._loading.run(_load, self._loaded)
        if self._stale:
            self._show()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """In a narrow window the words stand below the picture."""
        super().resizeEvent(event)
        self._arrange()
        if self._kind in (Kind.CHANGE, Kind.HOURS):
            self._later()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # -- what is chosen -----------------------------------------------------------------------

    @property
    def _kind(self) -> Kind:
        return Kind(self.kind.value)

    @property
    def _scope(self) -> Scope:
        people_only = self._kind in (Kind.HOURS, Kind.ROBUSTNESS)
        return Scope.PEOPLE if people_only else self.choice.scope

    def choose(self, scope: Scope, first: str, second: str = "") -> None:
        """Show these measures of people, modules or links."""
        self.choice.choose(scope, first, second)
        self._chosen()

    def _chosen(self, *_: object) -> None:
        """Something else is to be seen."""
        self._show()

    # -- numbers ------------------------------------------------------------------------------

    def _reported(self, report: Report) -> None:
        if has_numbers(report) and (self._report is None or report.people is not self._report.people):
            self._report = report
            self._later()
        self._say_state()

    def _map_changed(self, change: Change) -> None:
        if change.structural():
            self._held = None
        self._later()

    def _map_opened(self) -> None:
        self._report = self._kept = self._held = None
        self._awaited = False
        self.chart = None
        self._building.stop()
        self._later()

    def keep_as_before(self) -> None:
        """The numbers of now are what later ones are compared with."""
        if self._report is not None:
            self._kept = Kept(self._report, self._session.document)
            self._kept_at = QTime.currentTime().toString("HH:mm")
            self._show()

    def _later(self, *_: object) -> None:
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def _show(self) -> None:
        self._stale = False
        kind = self._kind
        with_measure = kind in (Kind.DISTRIBUTION, Kind.SCATTER, Kind.CHANGE)
        self.choice.setVisible(with_measure)
        self.choice.ask_second(kind is Kind.SCATTER)
        self.keep.setVisible(kind is Kind.CHANGE)
        recipe = self._recipe()
        self._building.stop()
        if recipe is not None and recipe.size > self.at_once:
            self.copy.setEnabled(False)
            self.save.setEnabled(False)
            if self.chart is None:
                self._empty.setText(say("chart", "The chart is being drawn."))
            self._building.run(partial(made, recipe), self._built)
        else:
            self._built(made(recipe) if recipe is not None else None)
        self._say_state()

    def _built(self, chart: Chart | None) -> None:
        """Show a chart, or say why there is none."""
        self.chart = chart
        self._said = self._words_of(chart)
        drawn = chart is not None and chart.empty is None
        self.copy.setEnabled(drawn)
        self.save.setEnabled(drawn and self.view is not None)
        self.told.setText(self._hint() if drawn else "")
        if self.view is not None:
            if chart is not None and drawn:
                self.view.show_chart(chart)
                self.view.set_selection(self._ids)
                self._middle.setCurrentWidget(self.view)
            else:
                why = chart.empty if chart is not None else None
                self._empty.setText(str(why) if why is not None else self._waiting())
                self._middle.setCurrentIndex(0)
        self._arrange()
        self._say_state()

    def _recipe(self) -> Recipe | None:
        """The chart chosen, of the numbers there are; what it lacks is asked for."""
        if self._report is None:
            return None
        kind = self._kind
        if kind is Kind.ROBUSTNESS and self._held is None and not self._awaited:
            self._awaited = True
            self._analyst.ask(Withstand())
        return Recipe(
            kind=kind,
            document=self._session.shown,
            report=self._report,
            scope=self._scope,
            keys=self.choice.keys,
            rows=self._rows,
            kept=self._kept,
            held=self._held,
        )

    def _answered(self, question: Question, answer: object) -> None:
        if isinstance(question, Withstand) and isinstance(answer, Withstanding):
            self._held, self._awaited = answer, False
            if self._kind is Kind.ROBUSTNESS:
                self._later()

    def _unanswered(self, question: Question) -> None:
        if isinstance(question, Withstand) and self._awaited:
            self._awaited = False  # asked again when somebody comes back to it
            if self._kind is Kind.ROBUSTNESS and self._held is None:
                self._empty.setText(say("chart", "What holds while people leave could not be worked out."))

    @property
    def _rows(self) -> int:
        """How many rows of names have room."""
        row = self.fontMetrics().height() + 6
        return min(max((self._middle.height() - 5 * row) // row, FEWEST_ROWS), MOST_ROWS)

    def _words_of(self, chart: Chart | None) -> Sequence[str]:
        if chart is None or chart.empty is not None:
            return chart.summary[1:] if chart is not None else ()
        if chart.kind is Kind.CHANGE:
            return (*chart.summary, say("chart", "Before: kept at {time}.", time=self._kept_at))
        if chart.kind in (Kind.DISTRIBUTION, Kind.SCATTER):
            measures = self.choice.measures[: 1 + (chart.kind is Kind.SCATTER)]
            meant = [f"{m.name()}: {m.definition()}" for m in measures]
            return (*chart.summary, *meant)
        return chart.summary

    def _waiting(self) -> str:
        if self._kind is Kind.ROBUSTNESS and self._report is not None:
            return say("chart", "What holds while people leave is being worked out.")
        return standing_of(self._analyst, self._report)

    def _hint(self) -> str:
        return say("chart", "Point at a mark, or go there with the arrows; a click or Enter selects.")

    def _say_state(self, *_: object) -> None:
        words = standing_of(self._analyst, self._report)
        self._state.setText(words)
        self._state.setVisible(bool(words) and words != self._empty.text())
        self.keep.setEnabled(self._report is not None and not words)

    def _tell(self, words: str) -> None:
        self.told.setText(words or self._hint())

    # -- drawing ------------------------------------------------------------------------------

    def _loaded(self, _module: object) -> None:
        from orgmap.ui.charts.plot import PlotView

        self.view = PlotView(self._theme)
        self._middle.addWidget(self.view)
        self.view.chosen.connect(self._selected)
        self.view.entered.connect(self._tell)
        self.view.left.connect(self.left)
        held = self.hasFocus()
        self.setFocusProxy(self.view)
        parts = [*self.kind.buttons, self.copy, self.save, *self.choice.boxes, self.keep]
        follow_the_eye([*parts, self.view])
        self._show()
        if held:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        scale = max(1.0, self.fontMetrics().height() / 16)
        narrow = self.width() < NARROW * scale
        self.summary.setText(("\n" if narrow else "\n\n").join(self._said))
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._body.setDirection(way)
        has_words = bool(self.summary.text())
        self._words.setVisible(has_words)
        if narrow:
            self._words.setFixedWidth(max(1, self.width() - 32))
            self._words.setFixedHeight(round(self.height() * 0.18))
        else:
            self._words.setFixedWidth(round(SIDE * min(scale, 1.4)))
            self._words.setMinimumHeight(0)
            self._words.setMaximumHeight(16_777_215)

    def _selected(self, ids: frozenset[str]) -> None:
        self._ids = ids
        self.selection_changed.emit(ids)

    # -- sending ------------------------------------------------------------------------------

    def copy_numbers(self) -> None:
        """What is drawn as rows for a spreadsheet, with heads."""
        if self.chart is not None:
            block = [self.chart.heads, *self.chart.rows]
            self._copier.copy(partial(list, block), len(block) * len(self.chart.heads))

    def ask_picture(self) -> None:
        """Let the user choose the file of a picture of the chart."""
        if self.view is not None:
            self._sender.ask(self._kind.value, {".svg": self.view.as_svg, ".png": self.view.as_png})


def _load(_progress: Progress) -> object:
    """In a thread: what draws."""
    return importlib.import_module("orgmap.ui.charts.plot")
