"""An edit: made, taken back, told to the worker, answered with what the map shows now."""

from __future__ import annotations

import multiprocessing
import pickle
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.timing import Case, case, measured, organization, talk
from orgmap.analysis import worker
from orgmap.model.document import Document, difference
from orgmap.model.edits import move, set_two_way
from orgmap.model.entities import LinkId, NodeId

SIZES = ((40, 150), (1_000, 7_000), (5_000, 35_000))
EDITS = 15  # for each timing of an answer
MOST_ANSWERED = 2_000  # people; above, an answer takes longer than a benchmark of edits should


def run(people: int | None, links: int | None, pictures: Path | None = None) -> Iterator[Case]:
    """The cases, for the usual sizes or the one asked for."""
    del pictures  # nothing is drawn
    for size in SIZES if people is None else ((people, links or 0),):
        yield from _cases(organization(*size))


def _cases(document: Document) -> Iterator[Case]:
    someone = next(iter(document.nodes), NodeId(""))
    moved = move(document, {someone: (1.0, 2.0)})
    after = document.apply(moved)
    back = moved.inverse()

    yield measured("move a person", document, lambda: document.apply(move(document, {someone: (1.0, 2.0)})))
    yield measured("undo", document, lambda: after.apply(back))
    yield measured("difference of two maps", document, lambda: difference(document, after))
    yield measured("a change as bytes", document, lambda: pickle.dumps(moved))
    yield measured(
        "the whole map as bytes and back", document, lambda: pickle.loads(pickle.dumps(document)), runs=3
    )
    if len(document.nodes) <= MOST_ANSWERED and document.links:
        yield _answers(document)


def _answers(document: Document) -> Case:
    """From the end of an edit to the report, over a real worker process."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=worker.main, args=(theirs,))
    process.start()
    theirs.close()
    try:
        times = list(_asked(ours, document))
    finally:
        ours.close()
        process.join()
    return case("answer of the worker after an edit", len(document.nodes), talk(document), times)


def _asked(pipe: Connection, document: Document) -> Iterator[float]:
    """Milliseconds from each edit to its findings."""
    pipe.send(worker.Open(0, document))
    links = [link.id for link in document.links.values() if link.kind.value == "talks"]
    for revision in range(1, EDITS + 1):
        link: LinkId = links[revision % len(links)]
        change = set_two_way(document, [link], not document.links[link].two_way)
        start = time.perf_counter()
        pipe.send(worker.Edit(revision, change))
        pipe.send(worker.Run(revision))
        document = document.apply(change)
        while not isinstance(answer := worker.opened(pipe.recv()), worker.Answered):
            assert not isinstance(answer, worker.Failed), answer
        if revision > 2:  # the first two load what an empty map did not ask for
            yield (time.perf_counter() - start) * 1_000
        while not answer.complete:
            later = worker.opened(pipe.recv())
            answer = later if isinstance(later, worker.Answered) else answer
