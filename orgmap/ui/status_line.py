"""The line at the foot of the window: what is under way, and what the map holds."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from orgmap.drawing.style import Theme
from orgmap.i18n import Said, say
from orgmap.ui import theme as looks
from orgmap.ui.jobs import Task
from orgmap.ui.notices import one_line
from orgmap.ui.widgets.roles import set_role

PATIENCE = 150  # milliseconds: quicker work shows nothing


class StatusLine(QFrame):
    """What is under way, with how far it is and how to stop it; on the right what the map holds.

    `passing`: it is away while nothing is under way.
    """

    stopped = Signal()  # the user called off what `show_analysis` shows

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, passing: bool = False) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self._passing = passing
        self._task: Task | None = None
        self._what = QLabel()
        self._counts = QLabel()
        for label in (self._what, self._counts):
            label.setTextFormat(Qt.TextFormat.PlainText)
            set_role(label, "quiet")
        self._bar = QProgressBar()
        self._bar.setRange(0, 100)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._cancel = QToolButton()
        self._cancel.clicked.connect(self._on_cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(8)
        row.addWidget(self._what)
        row.addWidget(self._bar)
        row.addWidget(self._cancel)
        row.addStretch(1)
        row.addWidget(self._counts)
        self.setMinimumHeight(36)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self._show_work)
        self.set_theme(theme)
        self._hide_work()

    @property
    def working(self) -> bool:
        """Is work shown?"""
        return not self._bar.isHidden()

    def show_counts(self, people: int, modules: int, links: int) -> None:
        """What the map holds."""
        self._counts.setText(
            say(
                "status",
                "{people}, {modules}, {links}",
                people=say("status", "{n} person", "{n} people", n=people),
                modules=say("status", "{n} module", "{n} modules", n=modules),
                links=say("status", "{n} link", "{n} links", n=links),
            )
        )

    def follow(self, what: Said, task: Task) -> None:
        """Show a task, if it takes longer than a moment."""
        self._task = task
        self._what.setText(one_line(str(what)))
        self._bar.setValue(0)
        task.progressed.connect(self.show_share)
        task.ended.connect(self._on_ended)
        if self.working:
            self._show_work()
        else:
            self._patience.start()

    def show_analysis(self, busy: bool, *, placing: bool = False) -> None:
        """The worker thinks, or looks for places, or is done; a file under way has the line first."""
        if self._task is not None:
            return
        if busy:
            what = say("status", "Tidying the map") if placing else say("status", "Reading the map")
            self._what.setText(what)
        if busy and not self._patience.isActive() and not self.working:
            self._bar.setValue(0)
            self._patience.start()
        elif not busy:
            self._hide_work()

    def show_share(self, share: float) -> None:
        """How far it is, 0..1."""
        self._bar.setValue(round(100 * share))

    def set_theme(self, theme: Theme) -> None:
        """Icons in the colours of the theme."""
        self._cancel.setIcon(looks.icon("x", theme["quiet"], 14))
        self._cancel.setIconSize(QSize(14, 14))

    def _show_work(self) -> None:
        self._cancel.setToolTip(say("status", "Stop"))
        self._cancel.setAccessibleName(say("status", "Stop: {what}", what=self._what.text()))
        self._bar.setAccessibleName(self._what.text())
        for widget in (self._what, self._bar):
            widget.show()
        if self._passing:
            self.show()
        self._cancel.setVisible(self._task is None or self._task.stoppable)

    def _hide_work(self) -> None:
        self._patience.stop()
        for widget in (self._what, self._bar, self._cancel):
            widget.hide()
        if self._passing:
            self.hide()

    def _on_ended(self) -> None:
        if self.sender() is self._task:
            self._task = None
            self._hide_work()

    def _on_cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
        else:
            self.stopped.emit()
        self._hide_work()
