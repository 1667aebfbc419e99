"""Worker processes that misbehave on purpose; they speak the messages of `analysis.worker`.

Each report carries `people`, the number of nodes over there, and the revision as its seed.
"""

from __future__ import annotations

import os
from multiprocessing.connection import Connection

from orgmap.analysis import worker
from orgmap.analysis.findings import Report
from orgmap.model.document import Document
from orgmap.model.entities import EndId, NodeId


def obedient(connection: Connection) -> None:
    """Answers every run at once, and places everybody at (7, 7)."""
    _serve(connection)


def late(connection: Connection) -> None:
    """Answers a run of a map called "slow" only after the next message, when nobody wants it."""
    _serve(connection, late_for="slow")


def mortal(connection: Connection) -> None:
    """Dies whenever it is asked anything."""
    connection.recv()
    os._exit(9)


def forgetful(connection: Connection) -> None:
    """Loses the first edit, and says so."""
    _serve(connection, forget=True)


def clumsy(connection: Connection) -> None:
    """Has a bug in every run."""
    _serve(connection, bug=True)


def _serve(connection: Connection, late_for: str = "", forget: bool = False, bug: bool = False) -> None:
    document, at = Document(), -1
    owed: worker.Answer | None = None
    connection.send(worker.Ready())
    while True:
        try:
            request = connection.recv()
        except EOFError:
            return
        if owed is not None:
            connection.send(owed)
            owed = None
        match request:
            case worker.Ask() if bug:
                trouble = worker.Trouble.BUG
                connection.send(worker.Failed(request.revision, trouble, "oh", question=request.question))
            case worker.Ask() if document.info.title == "deadly":
                os._exit(9)
            case worker.Ask():
                connection.send(worker.Told(request.revision, request.question, len(document.nodes)))
            case worker.Open():
                document, at = request.document, request.revision
            case worker.Edit() if forget:
                forget = False
                connection.send(worker.Failed(request.revision, worker.Trouble.OUT_OF_STEP, "lost"))
            case worker.Edit():
                document, at = document.apply(request.change), request.revision
            case worker.Run() if request.revision != at:
                connection.send(worker.Failed(request.revision, worker.Trouble.OUT_OF_STEP, "behind"))
            case worker.Run() if bug:
                connection.send(worker.Failed(request.revision, worker.Trouble.BUG, "a traceback"))
            case worker.Run():
                report = Report(seed=request.revision, map={"people": len(document.nodes)})
                answer = worker.Answered(request.revision, report)
                if late_for and document.info.title == late_for:
                    owed = answer
                else:
                    connection.send(answer)
            case worker.Place():
                wanted = document.nodes if request.only is None else request.only
                positions: dict[EndId, tuple[float, float]] = {NodeId(node): (7.0, 7.0) for node in wanted}
                connection.send(worker.Placed(request.revision, positions))
