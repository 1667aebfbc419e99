"""What the analysis says of the open map: a process beside the window is kept in step and asked.

The worker process keeps a copy of the map (`orgmap.analysis.worker`). `Analyst` keeps the copy in
step, asks after a short quiet, and lets through only what is still true of the map on the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from multiprocessing.connection import Connection
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from orgmap.analysis import worker
from orgmap.analysis.findings import Report
from orgmap.analysis.questions import Question
from orgmap.model.document import Change
from orgmap.model.entities import EndId, NodeId
from orgmap.ui.drafts import Drafts
from orgmap.ui.session import Session
from orgmap.ui.wire import Wire

QUIET = 8  # milliseconds without an edit before the worker hears of it: half a frame
BACKOFF = (0, 500, 2_000, 8_000)  # milliseconds before each new start in a row; then it stays off
# means nothing to an analysis, and may be heavy
_SCENERY: dict[str, Any] = {"stickies": {}, "backdrops": {}, "remarks": {}}


class Health(StrEnum):
    """How the worker process is."""

    OFF = "off"  # not started yet, or closed
    WELL = "well"
    RESTARTING = "restarting"
    GIVEN_UP = "given up"  # it died too often in a row; `restart` tries again


@dataclass(frozen=True, slots=True)
class Placing:
    """Where things may stand: the answer to `Analyst.place`, for the map of `revision`."""

    revision: int
    style: str
    positions: dict[EndId, tuple[float, float]]


class Analyst(QObject):
    """Follows a session and says what the analysis makes of it.

    A report is let through only if nothing that an analysis can see has changed since it was
    asked for. `report` is the last one let through for the map that is open, `fresh` whether it
    still is true. Nothing runs before `start`.
    """

    report_ready = Signal(object)  # Report
    placing_ready = Signal(object)  # Placing
    told = Signal(object, object)  # Question, and its answer about the map as it is
    untold = Signal(object)  # Question: it failed or was called off
    pondered = Signal(object, float)  # Question, and the share 0..1 that is done
    busy_changed = Signal(bool)  # or what is awaited changed, see `placing`
    progressed = Signal(float)  # share, 0..1, of what is under way
    failed = Signal(object)  # worker.Failed: the map could not be judged, or a bug over there
    health_changed = Signal(object)  # Health

    def __init__(
        self,
        session: Session,
        main: Callable[[Connection], None] = worker.main,
        parent: QObject | None = None,
        drafts: Drafts | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._main = main
        self._wire: Wire | None = None
        self._health = Health.OFF
        self._deaths = 0
        self._report: Report | None = None
        self._structure = session.revision  # of the last edit that an analysis can see
        self._judged = -1  # revision of the last report let through
        self._settled = -1  # revision of the last answer, good or bad, or of a run called off
        self._asked = -1  # revision of the run under way
        self._placing: worker.Place | None = None
        self._questions: dict[type, Question] = {}  # the newest of each kind that is not answered
        self._sent: dict[type, int] = {}  # at which revision the worker heard of them
        self._pending: Change | None = None  # edits that the worker has not heard of
        self._whole = True  # the worker needs the whole map
        self._busy = False
        self._told_placing = False
        self._quiet = QTimer(self, singleShot=True, interval=QUIET)
        self._quiet.timeout.connect(self._catch_up)
        self._drafts = drafts or Drafts()
        self._drafted = False  # the last run left somebody in peace who now would be told of
        self._ripe = QTimer(self, singleShot=True)
        self._ripe.timeout.connect(self._on_ripe)
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._begin)
        session.changed.connect(self._on_changed)
        session.opened.connect(self._on_opened)

    @property
    def report(self) -> Report | None:
        """The last answer about the map that is open."""
        return self._report

    @property
    def fresh(self) -> bool:
        """Is `report` about the map as it is now, apart from where things stand?"""
        return self._report is not None and self._judged >= self._structure

    @property
    def busy(self) -> bool:
        """Is an answer awaited?"""
        return self._busy

    @property
    def placing(self) -> bool:
        """Are places awaited?"""
        return self._placing is not None

    @property
    def health(self) -> Health:
        """How the worker process is."""
        return self._health

    @property
    def pid(self) -> int | None:
        """The process id of the worker, if there is one."""
        return self._wire.pid if self._wire is not None else None

    def start(self) -> None:
        """Start the worker and ask about the map; call it when the window stands."""
        if self._wire is None and not self._rest.isActive():
            self._deaths = 0
            self._begin()

    restart = start

    def close(self) -> None:
        """End the worker; at most a second. `start` would begin anew."""
        self._quiet.stop()
        self._ripe.stop()
        self._rest.stop()
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()
            wire.deleteLater()
        self._asked, self._placing = -1, None
        self._set_health(Health.OFF)
        self._tell_busy()

    def place(
        self, style: str = "modules", only: frozenset[str] | None = None, around: NodeId | None = None
    ) -> None:
        """Ask where things may stand; `placing_ready` answers. A newer question silences this one."""
        self._placing = worker.Place(self._session.revision, style, only, around)
        if self._wire is not None:
            self._catch_up()
            self._ask_placing()
        else:
            self.start()

    def ask(self, question: Question) -> None:
        """Ask about the map; `told` answers. A newer question of its kind silences this one.

        An edit meanwhile lets it be asked anew. Nothing comes about a map that was closed.
        """
        self._questions[type(question)] = question
        self._sent.pop(type(question), None)
        if self._wire is not None:
            self._catch_up()
        elif self._health is not Health.GIVEN_UP:
            self.start()

    def drop(self, question: Question) -> None:
        """Nobody waits for the answer any more."""
        if self._questions.get(type(question)) == question:
            del self._questions[type(question)]

    def _send_questions(self, wire: Wire) -> None:
        """Those that the worker has not heard, or that an edit called off; before a run, which is longer."""
        for kind, question in self._questions.items():
            if self._sent.get(kind, -1) < self._structure:
                self._sent[kind] = self._session.revision
                wire.send(worker.Ask(self._session.revision, question))

    def _ask_placing(self) -> None:
        if self._placing is not None and self._wire is not None:
            self._placing = replace(self._placing, revision=self._session.revision)
            self._wire.send(self._placing)
        self._tell_busy()

    def cancel(self) -> None:
        """Stop what is under way, at once; the next edit asks again."""
        self._settled = self._session.revision
        dropped, self._questions = self._questions, {}
        self.close()
        self._begin()
        for question in dropped.values():
            self.untold.emit(question)

    def _begin(self) -> None:
        self._wire = Wire(self._main, self)
        self._wire.arrived.connect(self._on_arrived)
        self._wire.ended.connect(self._on_ended)
        self._whole = True
        self._set_health(Health.WELL)
        self._catch_up()
        self._ask_placing()

    def _on_changed(self, change: Change) -> None:
        self._drafts.note(change)
        if change.structural():
            self._structure = self._session.revision
        if not self._whole:
            bare = replace(change, **_SCENERY)
            self._pending = bare if self._pending is None else self._pending.then(bare)
        if self._wire is not None:
            self._quiet.start()
            self._tell_busy()

    def _on_opened(self) -> None:
        self._drafts.clear()
        self._structure = self._session.revision
        self._report = None
        self._placing = None
        self._questions.clear()
        self._whole = True
        if self._wire is not None:
            self._quiet.start()
            self._tell_busy()

    def _catch_up(self) -> None:
        """Bring the copy into step, and ask if there is something new to ask about."""
        self._quiet.stop()
        if self._wire is None:
            return
        revision = self._session.revision
        if self._whole:
            self._wire.send(worker.Open(revision, replace(self._session.document, **_SCENERY)))
            self._whole, self._pending, self._asked = False, None, -1
            self._sent.clear()
        elif self._pending is not None:
            self._wire.send(worker.Edit(revision, self._pending))
            self._pending, self._asked = None, -1  # an edit calls off the run under way
        self._send_questions(self._wire)
        if self._asked < 0 and (self._drafted or self._settled < self._structure):
            self._asked, self._drafted = revision, False
            self._wire.send(worker.Run(revision, recent=self._drafts.recent()))
            wait = self._drafts.wait(self._session.document)
            if wait is not None:
                self._ripe.start(round(wait * 1_000) + 1)
        self._tell_busy()

    def _on_ripe(self) -> None:
        """Somebody without any line has stood on the map long enough to be spoken of."""
        self._drafted = True
        self._catch_up()

    def _on_arrived(self, answer: worker.Answer) -> None:
        match answer:
            case worker.Answered(revision=revision, report=report, complete=complete):
                self._deaths = 0
                if complete and revision == self._asked:
                    self._asked = -1
                if revision >= self._structure and revision >= self._judged:
                    self._judged = self._settled = revision
                    self._report = report
                    self.report_ready.emit(report)
                if self._drafted:
                    self._catch_up()
            case worker.Compared(revision=revision, findings=findings, map=numbers):
                if self._report is not None and revision >= self._structure and revision == self._judged:
                    whole = {**self._report.map, **numbers}
                    self._report = replace(self._report, findings=findings, map=whole)
                    self.report_ready.emit(self._report)
            case worker.Told(revision=revision, question=question):
                self._deaths = 0
                if revision >= self._structure and self._questions.get(type(question)) == question:
                    del self._questions[type(question)]
                    self.told.emit(question, answer.answer)
            case worker.Placed(revision=revision, positions=positions):
                self._deaths = 0
                asked = self._placing
                if asked is not None and asked.revision == revision:
                    self._placing = None
                    self.placing_ready.emit(Placing(revision, asked.style, dict(positions)))
            case worker.Progressed(share=share, question=question):
                if question is None:
                    self.progressed.emit(share)
                else:
                    self.pondered.emit(question, share)
            case worker.Failed():
                self._on_failed(answer)
        self._tell_busy()

    def _on_failed(self, answer: worker.Failed) -> None:
        if answer.kind is worker.Trouble.OUT_OF_STEP:
            if answer.revision == self._session.revision:
                self._whole = True
                self._quiet.start()
            return
        if answer.question is not None:
            self.drop(answer.question)
            self.untold.emit(answer.question)
        elif answer.revision == self._asked:
            self._asked = -1
            self._settled = max(self._settled, answer.revision)
        elif self._placing is not None and answer.revision == self._placing.revision:
            self._placing = None
        self.failed.emit(answer)

    def _on_ended(self) -> None:
        """The process is gone, and nobody here sent it away."""
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.deleteLater()
        self._asked, self._whole = -1, True
        if self._deaths >= len(BACKOFF):
            self._placing = None
            self._set_health(Health.GIVEN_UP)
        else:
            self._set_health(Health.RESTARTING)
            self._rest.start(BACKOFF[self._deaths])
            self._deaths += 1
        self._tell_busy()

    def _set_health(self, health: Health) -> None:
        if health is not self._health:
            self._health = health
            self.health_changed.emit(health)

    def _tell_busy(self) -> None:
        off = self._health in (Health.OFF, Health.GIVEN_UP)
        awaited = self._settled < self._structure or self._placing is not None
        busy = awaited and not off
        if (busy, self.placing) != (self._busy, self._told_placing):
            self._busy, self._told_placing = busy, self.placing
            self.busy_changed.emit(busy)
