"""Calling an analysis off at any moment: from a new edit to the worker's turning to it.

A part of `python -m benchmarks analysis`.
"""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from benchmarks.timing import Case, case, talk
from orgmap.analysis import worker
from orgmap.model.document import Document
from orgmap.model.edits import set_two_way
from orgmap.model.entities import LinkKind

MOMENTS = 25  # of a run, drawn with a seed, at which it is called off
LONGEST = 8.0  # seconds of a run of which these are drawn: all its findings, and some measures


def called_off(document: Document) -> Case:
    """Milliseconds from an edit in the midst of a run until the next run has begun."""
    with answering() as pipe:
        times = list(_times(pipe, document))
    return case("an edit calls a run off", len(document.nodes), talk(document), times)


@contextmanager
def answering() -> Iterator[Connection]:
    """The pipe to a worker process that is ready."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=worker.main, args=(theirs,))
    process.start()
    theirs.close()
    try:
        assert isinstance(ours.recv(), worker.Ready)
        yield ours
    finally:
        ours.close()
        process.join()


def _times(pipe: Connection, document: Document) -> Iterator[float]:
    draw = random.Random(1)
    links = sorted(link.id for link in document.links.values() if link.kind is LinkKind.TALKS)
    pipe.send(worker.Open(0, document))
    pipe.send(worker.Run(0))
    begun = _begun(pipe, 0)
    whole = _answered(pipe, 0) - begun
    for revision in range(1, MOMENTS + 1):
        change = set_two_way(document, [links[revision]], not document.links[links[revision]].two_way)
        document = document.apply(change)
        start = time.perf_counter()
        pipe.send(worker.Edit(revision, change))
        pipe.send(worker.Run(revision))
        begun = _begun(pipe, revision)
        if revision > 1:  # the first finds nothing under way
            yield (begun - start) * 1_000
        time.sleep(draw.uniform(0.0, 0.9) * min(whole, LONGEST))


def _begun(pipe: Connection, revision: int) -> float:
    while True:
        answer = worker.opened(pipe.recv())
        assert not isinstance(answer, worker.Failed), answer
        if isinstance(answer, worker.Started) and answer.revision == revision:
            return time.perf_counter()


def _answered(pipe: Connection, revision: int) -> float:
    while not (isinstance(answer := worker.opened(pipe.recv()), worker.Answered) and answer.complete):
        assert not isinstance(answer, worker.Failed), answer
        assert not isinstance(answer, worker.Started) or answer.revision == revision
    return time.perf_counter()
