"""The process beside the window, over a real pipe."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import cast

import pytest

from benchmarks.timing import organization
from orgmap.analysis import worker
from orgmap.analysis.answers import Absence, Journey
from orgmap.analysis.questions import Away, AwayFindings, Fit, RouteTo
from orgmap.analysis.registry import run
from orgmap.analysis.worker import (
    Answer,
    Answered,
    Ask,
    Compared,
    Edit,
    Failed,
    Open,
    Place,
    Placed,
    Progressed,
    Ready,
    Request,
    Run,
    Started,
    Told,
    Trouble,
)
from orgmap.model.document import Change
from orgmap.model.edits import add_link, move, rename, set_two_way
from orgmap.model.entities import LinkId, NodeId
from tests.words import TEST_ORGANIZATION
from tests.workshop import WORKSHOP

PATIENCE = 60.0  # seconds until a silent worker fails the test


class Window:
    """The window's end of the pipe."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def ask(self, *requests: Request) -> None:
        for request in requests:
            self.connection.send(request)

    def hears(self) -> Answer:
        """The next answer; progress is passed over."""
        while True:
            assert self.connection.poll(PATIENCE), "the worker says nothing"
            answer = worker.opened(self.connection.recv())
            if not isinstance(answer, Progressed):
                return answer


@pytest.fixture
def window() -> Iterator[Window]:
    """A window whose worker is ready, in a thread of this process, so that it can be looked at."""
    ours, theirs = multiprocessing.Pipe()
    thread = threading.Thread(target=worker.main, args=(theirs,))
    thread.start()
    window = Window(ours)
    assert window.hears() == Ready()
    yield window
    ours.close()
    thread.join(PATIENCE)
    theirs.close()
    assert not thread.is_alive()


def test_the_worker_answers_for_the_map_it_was_given(window: Window) -> None:
    window.ask(Open(1, TEST_ORGANIZATION), Run(1, seed=3))

    assert window.hears() == Started(1)
    assert window.hears() == Answered(1, run(TEST_ORGANIZATION, seed=3))


def test_the_copy_follows_the_edits(window: Window) -> None:
    change, _ = add_link(TEST_ORGANIZATION, NodeId("x2"), NodeId("N"))
    after = TEST_ORGANIZATION.apply(change)
    back = set_two_way(after, [LinkId("l7")], True)

    window.ask(Open(1, TEST_ORGANIZATION), Edit(2, change), Edit(3, back), Run(3))

    assert [window.hears(), window.hears()] == [Started(3), Answered(3, run(after.apply(back)))]


def test_only_what_is_asked_for_is_worked_out(window: Window) -> None:
    window.ask(Open(1, TEST_ORGANIZATION), Run(1, only=("broadcast-only",), measures=False))

    window.hears()
    answered = window.hears()
    assert isinstance(answered, Answered)
    assert {finding.code for finding in answered.report.findings} == {"broadcast-only"}
    assert answered.report.map == {}


def test_a_newer_run_silences_the_older(window: Window) -> None:
    document = organization(400, 2800)
    window.ask(Open(1, document), *(Run(1, seed=seed) for seed in range(1, 30)))

    seeds: list[int] = []
    while not seeds or seeds[-1] != 29:
        answer = window.hears()
        if isinstance(answer, Answered) and answer.complete:
            seeds.append(answer.report.seed)

    assert len(seeds) < 29


def test_an_edit_calls_the_run_off_and_the_worker_goes_on(window: Window) -> None:
    document = organization(600, 4200)
    change = rename(document, NodeId("n1"), "Somebody else")
    window.ask(Open(1, document), Run(1), Edit(2, change), Run(2))

    assert window.hears() == Started(1)
    assert window.hears() == Started(2)  # and not the answer of the first
    answered = window.hears()
    assert isinstance(answered, Answered)
    assert answered.revision == 2


def test_the_findings_of_a_large_map_come_before_its_measures(window: Window) -> None:
    document = organization(worker.AT_ONCE + 1, 900)

    window.ask(Open(1, document), Run(1))

    started, first, second = (window.hears() for _ in range(3))
    whole = run(document)
    assert started == Started(1)
    assert first == Answered(1, replace(whole, map={}, people={}, modules={}, links={}), complete=False)
    assert second == Answered(1, whole)


def test_moving_somebody_about_does_not_call_the_run_off(window: Window) -> None:
    moved = move(TEST_ORGANIZATION, {NodeId("A"): (5.0, 5.0)})

    window.ask(Open(1, TEST_ORGANIZATION), Run(1), Edit(2, moved))

    assert window.hears() == Started(1)
    assert window.hears() == Answered(1, run(TEST_ORGANIZATION))


def test_a_question_about_another_revision_is_out_of_step(window: Window) -> None:
    window.ask(Open(1, TEST_ORGANIZATION), Run(7))

    failed = window.hears()
    assert isinstance(failed, Failed)
    assert (failed.revision, failed.kind) == (7, Trouble.OUT_OF_STEP)


def test_a_change_made_for_another_map_is_out_of_step_until_it_is_sent_whole(window: Window) -> None:
    stray = rename(TEST_ORGANIZATION, NodeId("A"), "Ada")
    stranger = Change(nodes={key: (after, before) for key, (before, after) in stray.nodes.items()})

    window.ask(Open(1, TEST_ORGANIZATION), Edit(2, stranger), Run(2), Open(2, TEST_ORGANIZATION), Run(2))

    refused, refused_again, started, answered = (window.hears() for _ in range(4))
    assert isinstance(refused, Failed)
    assert isinstance(refused_again, Failed)
    assert refused.kind is refused_again.kind is Trouble.OUT_OF_STEP
    assert started == Started(2)
    assert isinstance(answered, Answered)


def test_places_come_back_for_everybody(window: Window) -> None:
    window.ask(Open(1, TEST_ORGANIZATION), Place(1))
    _, everybody = window.hears(), window.hears()
    window.ask(Place(1, "force", frozenset({NodeId("A")})))
    _, one = window.hears(), window.hears()

    assert isinstance(everybody, Placed)
    assert set(everybody.positions) == set(TEST_ORGANIZATION.nodes)
    assert isinstance(one, Placed)
    assert set(one.positions) == {NodeId("A")}


def test_places_come_before_the_end_of_a_long_run_which_is_answered_after_them(window: Window) -> None:
    document = organization(1_500, 9_000)

    window.ask(Open(1, document), Run(1, measures=True))
    assert window.hears() == Started(1)
    window.ask(Place(1, "rings"))

    heard = [window.hears() for _ in range(4)]
    assert [type(answer) for answer in heard] == [Started, Placed, Started, Answered]


def test_a_style_that_is_not_there_is_said_in_words_and_a_bug_with_its_trace(window: Window) -> None:
    nonsense = cast("tuple[str, ...]", 7)
    window.ask(Open(1, TEST_ORGANIZATION), Place(1, "spiral"), Run(1, only=nonsense))

    _, wrong, _, bug = (window.hears() for _ in range(4))
    assert isinstance(wrong, Failed)
    assert (wrong.kind, wrong.said is not None) == (Trouble.INPUT, True)
    assert isinstance(bug, Failed)
    assert bug.kind is Trouble.BUG
    assert "Traceback" in bug.text


def test_a_real_worker_process_answers_and_ends_with_the_pipe() -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=worker.main, args=(theirs,))
    process.start()
    theirs.close()
    window = Window(ours)
    assert window.hears() == Ready()
    window.ask(Open(1, TEST_ORGANIZATION), Run(1))

    assert window.hears() == Started(1)
    assert window.hears() == Answered(1, run(TEST_ORGANIZATION))
    ours.close()
    process.join(PATIENCE)
    assert process.exitcode == 0


def test_a_worker_whose_window_dies_at_once_ends_quietly() -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=worker.main, args=(theirs,))
    process.start()
    theirs.close()
    ours.close()

    process.join(PATIENCE)

    assert process.exitcode == 0


def test_every_message_crosses_a_pipe() -> None:
    change, _ = add_link(TEST_ORGANIZATION, NodeId("A"), NodeId("N"))
    report = run(TEST_ORGANIZATION)
    messages: list[Request | Answer] = [
        Open(1, TEST_ORGANIZATION),
        Edit(2, change),
        Run(2),
        Place(2),
        Ready(),
        Started(2),
        Progressed(2, 0.5),
        Answered(2, report),
        Placed(2, {NodeId("A"): (0.0, 1.0)}),
        Failed(2, Trouble.BUG, "x"),
    ]

    assert [pickle.loads(pickle.dumps(message)) for message in messages] == messages


LIGHT = """
import sys
import orgmap.analysis.worker, orgmap.analysis.findings, orgmap.analysis.measure_catalogue
heavy = {"networkx", "scipy", "numpy", "rustworkx", "PySide6", "pyqtgraph"}
print(sorted(heavy & set(sys.modules)))
from multiprocessing import Pipe
ours, theirs = Pipe()
ours.send(orgmap.analysis.worker.Run(1))
import threading
thread = threading.Thread(target=orgmap.analysis.worker.main, args=(theirs,))
thread.start()
print(type(ours.recv()).__name__, type(ours.recv()).__name__)
ours.close()
thread.join()
print(sorted({"PySide6", "pyqtgraph"} & set(sys.modules)))
"""


def test_the_messages_load_nothing_heavy_and_the_worker_never_loads_qt() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True, env={**os.environ}
    )

    assert ran.stdout.splitlines() == ["[]", "Ready Failed", "[]"]


def test_while_nobody_asks_anything_the_findings_are_compared_with_chance(window: Window) -> None:
    window.ask(Open(1, WORKSHOP), Run(1))

    assert window.hears() == Started(1)
    answered = window.hears()
    told = window.hears()

    assert isinstance(answered, Answered)
    assert isinstance(told, Compared)
    assert told.revision == 1
    assert [f.key for f in told.findings] == [f.key for f in answered.report.findings]
    assert [f.rarity is not None for f in told.findings].count(True) == 1
    firm = window.hears()
    assert isinstance(firm, Compared)
    assert all(f.firmness is not None for f in firm.findings if f.judged)


def test_the_comparison_gives_way_to_what_is_asked_and_comes_after_it(window: Window) -> None:
    window.ask(Open(1, WORKSHOP), Run(1), Place(1), Edit(2, move(WORKSHOP, {NodeId("Ana"): (5.0, 5.0)})))

    heard: list[type] = []
    while heard.count(Compared) < 2:
        heard.append(type(window.hears()))

    told = [each for each in heard if each is not Started]
    assert set(told[:2]) == {Answered, Placed}
    assert told[2:] == [Compared, Compared]


def test_what_was_answered_before_the_map_changed_is_not_compared_any_more(window: Window) -> None:
    first = next(iter(WORKSHOP.links))
    window.ask(Open(1, WORKSHOP), Run(1), Edit(2, set_two_way(WORKSHOP, [LinkId(first)], False)), Run(2))

    heard: list[Answer] = []
    while sum(isinstance(each, Compared) for each in heard) < 2:
        heard.append(window.hears())

    assert [each.revision for each in heard if isinstance(each, Compared)] == [2, 2]


def test_a_question_comes_before_the_run_that_is_under_way(window: Window) -> None:
    question = RouteTo(NodeId("x1"), NodeId("z1"))

    window.ask(Open(1, organization(600, 3_000)), Run(1))
    assert window.hears() == Started(1)
    window.ask(Ask(1, RouteTo(NodeId("nobody"), NodeId("z1"))))
    heard = [window.hears() for _ in range(2)]
    assert heard == [Started(1), Told(1, RouteTo(NodeId("nobody"), NodeId("z1")), None)]
    window.ask(Open(2, TEST_ORGANIZATION), Ask(2, question))
    while not isinstance(told := window.hears(), Told):
        pass

    assert told.question == question
    assert isinstance(told.answer, Journey)
    assert told.answer.routes[0].people == ("x1", "X0", "A", "Z0", "z1")


def test_a_question_is_outdated_by_a_newer_one_of_its_type_and_by_no_other(window: Window) -> None:
    document = organization(300, 2_100)
    away = [AwayFindings(frozenset({node})) for node in list(document.nodes)[:6]]
    fit = Fit(NodeId("n1"))

    window.ask(Open(1, document), *(Ask(1, one) for one in away), Ask(1, fit))

    told: list[Told] = []
    while not told or told[-1].question != fit:
        answer = window.hears()
        if isinstance(answer, Told):
            told.append(answer)
    assert [one.question for one in told if one.question in away][-1] == away[-1]
    assert len(told) < len(away)


def test_an_edit_calls_a_question_off_but_moving_somebody_does_not(window: Window) -> None:
    asked = Away(frozenset({"A"}))
    moved = move(TEST_ORGANIZATION, {NodeId("A"): (5.0, 5.0)})
    window.ask(Open(1, TEST_ORGANIZATION), Ask(1, asked), Edit(2, moved))
    assert window.hears() == Started(1)
    answered = window.hears()

    document = organization(600, 4_200)
    long = AwayFindings(frozenset({"n1"}))
    change = rename(document, NodeId("n1"), "Somebody else")
    window.ask(Open(3, document), Ask(3, long), Edit(4, change), Ask(4, asked))
    heard = [window.hears() for _ in range(3)]

    assert isinstance(answered, Told)
    assert isinstance(answered.answer, Absence)
    assert answered.answer.lost == 28
    assert heard == [Started(3), Started(4), Told(4, asked, None)]


def test_a_question_out_of_step_says_which_it_was(window: Window) -> None:
    asked = Fit(NodeId("A"))

    window.ask(Open(1, TEST_ORGANIZATION), Ask(7, asked))

    failed = window.hears()
    assert isinstance(failed, Failed)
    assert (failed.kind, failed.question) == (Trouble.OUT_OF_STEP, asked)
