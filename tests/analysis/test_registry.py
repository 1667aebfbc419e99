"""One call runs every check: order, choice of codes, progress and calling off."""

from __future__ import annotations

import pickle

import pytest

from orgmap.analysis.catalogue import CUTOFFS, ENTRIES, title
from orgmap.analysis.registry import CODES, run
from orgmap.progress import Cancelled, Progress
from tests.words import TEST_ORGANIZATION, org
from tests.workshop import WORKSHOP


def test_every_code_has_a_title_a_meaning_and_a_source() -> None:
    assert set(CODES) == set(ENTRIES)
    for code in CODES:
        assert str(title(code)())
        assert str(ENTRIES[code].meaning())
        assert ENTRIES[code].source


def test_a_code_nobody_knows_yet_is_shown_as_it_is() -> None:
    assert str(title("gossip")()) == "gossip"


def test_every_cut_off_is_named_after_a_code_or_holds_for_all() -> None:
    for name in CUTOFFS:
        assert name in ("people", "shares-from") or name.split(".")[0] in ENTRIES


def test_findings_come_by_class_then_severity() -> None:
    report = run(WORKSHOP)

    order = [(f.weight.rank, -f.severity) for f in report.judged]
    assert order == sorted(order)


def test_measures_are_left_out_on_request() -> None:
    assert run(TEST_ORGANIZATION, measures=False).people == {}
    assert run(TEST_ORGANIZATION).people.keys() == TEST_ORGANIZATION.nodes.keys()


def test_an_empty_map_has_no_findings() -> None:
    assert run(org("")).findings == ()


def test_a_report_crosses_processes_whole() -> None:
    report = run(WORKSHOP)

    again = pickle.loads(pickle.dumps(report))

    assert again == report
    assert [str(f.claim) for f in again.findings] == [str(f.claim) for f in report.findings]


def test_progress_rises_to_the_end() -> None:
    told: list[float] = []

    run(WORKSHOP, progress=Progress(told.append))

    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_run_that_is_called_off_stops() -> None:
    calls = iter([False] * 5 + [True] * 1_000)

    with pytest.raises(Cancelled):
        run(WORKSHOP, progress=Progress(cancelled=lambda: next(calls)))
