"""The process beside the window: it keeps a copy of the map, and answers for it.

`ui.analyst` starts `main` in a spawned process and speaks with it over a pipe in the messages below, frozen
values. Nothing heavy is imported before `main` runs, so that the window may import them; it never loads Qt.
The copy follows the window's: `Open` sends a whole map, `Edit` what changed since, each with the
revision of the map it leads to. `Run` and `Place` name the revision they are about. Messages are
served in order, with one exception: while a `Run` is under way, the next `Open`, `Run` or `Edit` that
an analysis could see calls it off, and so does the next `Open` or `Place` with a `Place`. What was
called off is not answered. A `Place` or an `Ask` about the same map interrupts a `Run`, which begins
anew after it. While nothing is asked, the last findings are compared with chance; any request
interrupts that, and what leaves the map as it was lets it begin again afterwards. Closing the pipe
ends the process.
"""

from __future__ import annotations

import gc
import os
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, TypeVar

from orgmap.analysis.findings import Finding, Numbers, Report
from orgmap.analysis.parcels import Parcel, large, parcelled
from orgmap.analysis.stopping import Stoppable
from orgmap.errors import OrgmapError
from orgmap.i18n import Said
from orgmap.libraries import demanded
from orgmap.model.document import Change, Document
from orgmap.model.entities import EndId, NodeId
from orgmap.progress import Cancelled, Progress

if TYPE_CHECKING:
    from orgmap.analysis.graphs import Maps
    from orgmap.analysis.questions import Question

AT_ONCE = 60  # people; on larger maps the findings come first, the measures after them
TELL_EVERY = 0.05  # seconds between two tellings of how far it is: what an eye can follow


@dataclass(frozen=True, slots=True)
class Open:
    """To the worker: from now on this map, which is the window's at `revision`."""

    revision: int
    document: Document


@dataclass(frozen=True, slots=True)
class Edit:
    """To the worker: the change that led the window's map to `revision`."""

    revision: int
    change: Change


@dataclass(frozen=True, slots=True)
class Run:
    """To the worker: analyse the map of `revision`. `only`: these codes; None is all.

    `recent`: people edited a moment ago, who are not called isolated yet.
    """

    revision: int
    seed: int = 1
    only: tuple[str, ...] | None = None
    measures: bool = True
    recent: frozenset[NodeId] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """To the worker: lay the map of `revision` out. `only`: move these; None is all.

    `around`: who stands in the middle, where the style has a middle.
    """

    revision: int
    style: str = "modules"
    only: frozenset[str] | None = None
    around: NodeId | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """To the worker: a question about the map of `revision`; the newest of its kind counts."""

    revision: int
    question: Question


@dataclass(frozen=True, slots=True)
class Ready:
    """From the worker: everything heavy is imported; sent once."""


@dataclass(frozen=True, slots=True)
class Started:
    """From the worker: a run, a placing or a question for `revision` began."""

    revision: int


@dataclass(frozen=True, slots=True)
class Progressed:
    """From the worker: `share` (0..1) of the work for `revision` is done, of `question` if it is for one."""

    revision: int
    share: float
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """From the worker: what the analysis says of the map of `revision`.

    Not `complete`: the findings are there, and the measures follow in a second answer.
    """

    revision: int
    report: Report
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Parcelled:
    """`Answered` about a large map, on its way: `opened` makes one of it."""

    revision: int
    report: Parcel
    complete: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """From the worker, some time after `Answered`: its findings in the same places, compared with chance.

    `map`: measures of the map that only chance can tell. Sent a second time when it is known, too,
    which findings are firm.
    """

    revision: int
    findings: tuple[Finding, ...]
    map: Numbers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placed:
    """From the worker: places for the map of `revision`, map units; for a module, the middle of its frame."""

    revision: int
    positions: Mapping[EndId, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Told:
    """From the worker: the answer to a question about the map of `revision`."""

    revision: int
    question: Question
    answer: object


class Trouble(StrEnum):
    """Why there is no answer."""

    OUT_OF_STEP = "out of step"  # the copy is not the map that was asked about: send `Open`
    INPUT = "input"  # the map or the request makes no sense; the message is for the user
    BUG = "bug"  # anything else; `text` is the traceback, for the crash report


@dataclass(frozen=True, slots=True)
class Failed:
    """From the worker: no answer for `revision`. `said` is the message for the user, if there is one.

    `question`: which one is not answered, if it was one.
    """

    revision: int
    kind: Trouble
    text: str
    said: Said | None = None
    question: Question | None = None


Request = Open | Edit | Run | Place | Ask
Answer = Ready | Started | Progressed | Answered | Compared | Placed | Told | Failed
_Asked = TypeVar("_Asked", Run, Place, Ask)


def opened(message: Answer | Parcelled) -> Answer:
    """The answer in a message; of a large one piece by piece, for the thread that reads."""
    if isinstance(message, Parcelled):
        return Answered(message.revision, message.report.opened(), message.complete)
    return message


def main(connection: Connection) -> None:
    """Serve requests until the pipe closes. Ctrl-C is for the window, which then closes the pipe."""
    stoppable = Stoppable()
    if threading.current_thread() is threading.main_thread():
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the other cores are for the window
        gc.set_threshold(100_000, 50, 100)  # an analysis makes many values, and hardly a ring of them
    try:
        requests = _Requests(connection, stoppable.look)
        with suppress(ImportError):  # each answer will say what is missing
            _warm()
        connection.send(Ready())
        _Worker(connection, requests, stoppable).serve()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the window is gone, and nobody waits for an answer


def _warm() -> None:
    """Import what is heavy and let the engine start, so that the first answer is quick."""
    from orgmap.analysis.registry import run

    run(Document())


class _Requests:
    """What the window asked and nobody served yet.

    Read in a thread of its own, so that the window is never held up by a full pipe while this
    process is itself sending an answer.
    """

    def __init__(self, connection: Connection, heard: Callable[[], None]) -> None:
        self._connection = connection
        self._heard = heard
        self._waiting: deque[Request] = deque()
        self._arrived = threading.Condition()
        self._closed = False
        threading.Thread(target=self._listen, name="requests", daemon=True).start()

    def next(self, *, wait: bool = True) -> Request | None:
        """The oldest request, waited for, or None. Raises EOFError when the pipe is closed."""
        with self._arrived:
            if wait:
                self._arrived.wait_for(lambda: self._waiting or self._closed)
            if self._closed:
                raise EOFError
            return self._waiting.popleft() if self._waiting else None

    def any(self) -> bool:
        """Is something waiting, or is the window gone?"""
        with self._arrived:
            return self._closed or bool(self._waiting)

    def call_off(self, work: Run | Place | Ask) -> bool:
        """Is something waiting that makes `work` pointless, or is the window gone?"""
        with self._arrived:
            return self._closed or any(_outdates(request, work) for request in self._waiting)

    def put_off(self, run: Run) -> None:
        """Serve the run after the places that come first, unless something else calls it off."""
        with self._arrived:
            first = [k for k, request in enumerate(self._waiting) if _comes_first(request, run)]
            rest = (request for request in self._waiting if not _comes_first(request, run))
            if first and not any(_outdates(request, run) for request in rest):
                self._waiting.insert(first[-1] + 1, run)

    def _listen(self) -> None:
        try:
            while True:
                request = self._connection.recv()
                with self._arrived:
                    self._waiting.append(request)
                    self._arrived.notify()
                self._heard()
        except (EOFError, OSError):
            pass
        finally:
            with self._arrived:
                self._closed = True
                self._arrived.notify()
            self._heard()


def _outdates(request: Request, work: Run | Place | Ask) -> bool:
    if isinstance(request, Edit):
        return not isinstance(work, Place) and request.change.structural()
    if isinstance(request, Ask) and isinstance(work, Ask):
        return type(request.question) is type(work.question)
    return isinstance(request, Open | type(work)) or _comes_first(request, work)


def _comes_first(request: Request, work: Run | Place | Ask) -> bool:
    """Somebody waits for places or an answer with their eyes on it: the run begins anew after that."""
    return isinstance(request, Place | Ask) and isinstance(work, Run) and request.revision == work.revision


class _Worker:
    def __init__(self, connection: Connection, requests: _Requests, stoppable: Stoppable) -> None:
        self._write: Callable[[Answer | Parcelled], None] = stoppable.shielded(connection.send)
        self._requests = requests
        self._stoppable = stoppable
        self._document = Document()
        self._revision: int | None = None
        self._maps: Maps | None = None
        self._open: tuple[Run, tuple[Finding, ...]] | None = None  # answered, and not compared yet

    def serve(self) -> None:
        """Answer one request after the other; EOFError when the pipe closes."""
        while True:
            match self._requests.next(wait=self._open is None):
                case None:
                    self._compare()
                case Open(revision=revision, document=document):
                    self._document, self._revision, self._open = document, revision, None
                case Edit(revision=revision, change=change):
                    self._follow(revision, change)
                case Run() as request:
                    self._work(request, self._analysed)
                case Place() as request:
                    self._work(request, self._placed)
                case Ask() as request:
                    self._work(request, self._told)

    def _send(self, answer: Answer) -> None:
        if isinstance(answer, Answered) and large(answer.report):
            self._write(Parcelled(answer.revision, parcelled(answer.report), answer.complete))
        else:
            self._write(answer)

    def _follow(self, revision: int, change: Change) -> None:
        try:
            self._document = self._document.apply(change)
            self._revision = revision
            if change.structural():
                self._open = None
        except (ValueError, KeyError) as error:
            self._revision = None
            self._send(Failed(revision, Trouble.OUT_OF_STEP, str(error)))

    def _analysed(self, request: Run, progress: Progress) -> Answer:
        from orgmap.analysis.measures import all_measures
        from orgmap.analysis.registry import run

        maps, self._open = self._graphs(), None
        in_two = request.measures and len(maps.nodes) > AT_ONCE
        report = run(
            maps.document,
            seed=request.seed,
            progress=progress.part(0.0, 0.5) if in_two else progress,
            only=request.only,
            measures=request.measures and not in_two,
            recent=request.recent,
            maps=maps,
        )
        if in_two:
            self._send(Answered(request.revision, report, complete=False))
            whole, people, modules, links = all_measures(maps, progress.part(0.5, 1.0))
            report = replace(report, map=whole, people=people, modules=modules, links=links)
        self._open = request, report.findings
        return Answered(request.revision, report)

    def _compare(self) -> None:
        """Compare the findings last answered with chance; whatever is asked comes first."""
        from orgmap.analysis.firmness import judged
        from orgmap.analysis.sureness import compared, expected

        if self._open is None:
            return
        (request, findings), maps = self._open, self._graphs()
        try:
            with self._stoppable.unless(self._requests.any):
                progress = Progress(cancelled=self._stoppable.shielded(self._requests.any))
                known, findings = findings, compared(maps, findings, seed=request.seed, progress=progress)
                numbers: Numbers = {}
                if request.measures:
                    numbers = expected(maps, findings, seed=request.seed, progress=progress)
                if numbers or findings != known:
                    self._send(Compared(request.revision, findings, numbers))
                if findings:
                    findings = judged(maps, findings, seed=request.seed, progress=progress)
                    self._send(Compared(request.revision, findings, numbers))
        except Cancelled:
            return
        except (EOFError, BrokenPipeError, ConnectionResetError):
            raise
        except MemoryError:
            self._open = None  # left out, as where there is nothing to compare
        except Exception:  # noqa: BLE001 - as in `_work`
            self._send(Failed(request.revision, Trouble.BUG, traceback.format_exc()))
        self._open = None

    def _placed(self, request: Place, progress: Progress) -> Answer:
        from orgmap.analysis.layouts import place

        positions = place(
            self._document, request.style, only=request.only, around=request.around, progress=progress
        )
        return Placed(request.revision, positions)

    def _told(self, request: Ask, progress: Progress) -> Answer:
        from orgmap.analysis.questions import answer

        return Told(request.revision, request.question, answer(request.question, self._graphs(), progress))

    def _graphs(self) -> Maps:
        """The graphs of the map; kept, since one map is asked about more than once."""
        from orgmap.analysis.graphs import Maps

        if self._maps is None or self._maps.document is not self._document:
            self._maps = Maps(self._document)
        return self._maps

    def _work(self, request: _Asked, answer: Callable[[_Asked, Progress], Answer]) -> None:
        revision = request.revision
        question = request.question if isinstance(request, Ask) else None
        if revision != self._revision:
            self._send(Failed(revision, Trouble.OUT_OF_STEP, f"is of {self._revision}", question=question))
            return
        self._send(Started(revision))
        pointless = self._stoppable.shielded(lambda: self._requests.call_off(request))
        progress = Progress(self._telling(revision, question), pointless)
        try:
            with demanded(), self._stoppable.unless(lambda: self._requests.call_off(request)):
                progress.at(0.0)
                found = answer(request, progress)
        except Cancelled:
            if isinstance(request, Run):
                self._requests.put_off(request)
        except OrgmapError as error:
            self._send(Failed(revision, Trouble.INPUT, str(error), error.message, question))
        except (EOFError, BrokenPipeError, ConnectionResetError):
            raise  # met while telling the progress
        except Exception:  # noqa: BLE001 - the far half of ui.jobs: here errors become messages
            self._send(Failed(revision, Trouble.BUG, traceback.format_exc(), question=question))
        else:
            self._send(found)

    def _telling(self, revision: int, question: Question | None) -> Callable[[float], None]:
        told = time.monotonic()

        def tell(share: float) -> None:
            nonlocal told
            if time.monotonic() - told >= TELL_EVERY:
                told = time.monotonic()
                self._send(Progressed(revision, share, question))

        return tell
