"""A large report crosses in pieces and is the same afterwards."""

from __future__ import annotations

import pickle

from benchmarks.timing import organization
from orgmap.analysis import parcels, worker
from orgmap.analysis.registry import run
from tests.workshop import WORKSHOP


def test_a_large_report_is_the_same_after_it_was_taken_apart_and_put_together() -> None:
    report = run(organization(120, 700))
    assert parcels.large(report)

    sent = pickle.dumps(worker.Parcelled(4, parcels.parcelled(report), complete=True))

    assert worker.opened(pickle.loads(sent)) == worker.Answered(4, report, complete=True)
    assert list(pickle.loads(sent).report.opened().people) == list(report.people)


def test_no_piece_is_large() -> None:
    report = run(organization(450, 3_000))

    parcel = parcels.parcelled(report)

    pieces = (*parcel.people, *parcel.links, *parcel.findings)
    assert len(parcel.links) > 5
    assert max(len(piece) for piece in pieces) < 200_000


def test_a_small_report_is_one_message() -> None:
    report = run(WORKSHOP)

    assert not parcels.large(report)
    answer = worker.Answered(1, report)
    assert worker.opened(answer) is answer
