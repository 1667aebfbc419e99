"""Long work beside the interface: the copy in step, nothing stale, nothing lost, nothing blocked."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing.connection import Connection

import pytest
from pytestqt.qtbot import QtBot

from orgmap.analysis.findings import Report
from orgmap.analysis.questions import Away, Fit, RouteTo
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.entities import NodeId
from orgmap.progress import Progress
from orgmap.ui.analyst import Analyst, Health, Placing
from orgmap.ui.jobs import Task
from orgmap.ui.session import Session
from tests.ui import puppet
from tests.words import org

Start = Callable[[Callable[[Connection], None]], Analyst]
STEP = verbatim("step")


@pytest.fixture
def session() -> Session:
    made = Session()
    made.open(org("ana <> ben <> cy"))
    return made


@pytest.fixture
def start(session: Session) -> Iterator[Start]:
    running: list[Analyst] = []

    def begin(main: Callable[[Connection], None]) -> Analyst:
        analyst = Analyst(session, main)
        running.append(analyst)
        analyst.start()
        return analyst

    yield begin
    for analyst in running:
        analyst.close()


def people(analyst: Analyst) -> float | None:
    return None if analyst.report is None else analyst.report.map["people"]


def add(session: Session, name: str) -> NodeId:
    change, made = edits.add_node(session.document, name, (0.0, 0.0))
    session.edit(STEP, change)
    return made


def test_the_map_that_is_open_is_judged_without_being_asked(qtbot: QtBot, start: Start) -> None:
    analyst = start(puppet.obedient)

    qtbot.waitUntil(lambda: analyst.fresh, timeout=20_000)

    assert people(analyst) == 3


def test_the_copy_of_the_worker_follows_edits_undo_and_another_map(
    qtbot: QtBot, session: Session, start: Start
) -> None:
    analyst = start(puppet.obedient)
    qtbot.waitUntil(lambda: analyst.fresh, timeout=20_000)

    seen = []
    for act in (lambda: add(session, "dan"), lambda: add(session, "eva"), session.undo):
        act()
        qtbot.waitUntil(lambda: analyst.fresh)
        seen.append(people(analyst))
    session.open(org("x <> y"))
    qtbot.waitUntil(lambda: analyst.fresh)

    assert seen == [4, 5, 4]
    assert people(analyst) == 2


def test_edits_in_a_burst_are_judged_once(qtbot: QtBot, session: Session, start: Start) -> None:
    analyst = start(puppet.obedient)
    qtbot.waitUntil(lambda: analyst.fresh, timeout=20_000)
    reports: list[Report] = []
    analyst.report_ready.connect(reports.append)

    for number in range(50):
        add(session, f"p{number}")
    qtbot.waitUntil(lambda: analyst.fresh)

    assert [report.map["people"] for report in reports] == [53]


def test_a_move_asks_for_nothing_but_the_copy_keeps_step(
    qtbot: QtBot, session: Session, start: Start
) -> None:
    analyst = start(puppet.obedient)
    qtbot.waitUntil(lambda: analyst.fresh, timeout=20_000)
    reports: list[Report] = []
    analyst.report_ready.connect(reports.append)

    for x in range(20):
        session.edit(STEP, edits.move(session.document, {NodeId("ana"): (float(x), 1.0)}), merge="drag")
    still_fresh = analyst.fresh
    add(session, "dan")
    qtbot.waitUntil(lambda: analyst.fresh)

    assert still_fresh
    assert len(reports) == 1
    assert people(analyst) == 4


def test_an_answer_that_comes_too_late_is_never_shown(qtbot: QtBot, session: Session, start: Start) -> None:
    slow = org("ana <> ben", title="slow")
    session.open(slow)
    analyst = start(puppet.late)
    shown: list[int] = []
    analyst.report_ready.connect(lambda report: shown.append(report.seed))
    qtbot.waitUntil(lambda: analyst.pid is not None)

    held = session.revision
    session.open(org("x <> y <> z"))
    qtbot.waitUntil(lambda: analyst.fresh, timeout=20_000)

    assert held not in shown
    assert people(analyst) == 3


def test_a_copy_out_of_step_is_sent_whole_again(qtbot: QtBot, session: Session, start: Start) -> None:
    analyst = start(puppet.forgetful)
    qtbot.waitUntil(lambda: analyst.fresh, timeout=20_000)

    add(session, "dan")
    qtbot.waitUntil(lambda: analyst.fresh)

    assert people(analyst) == 4


def test_a_killed_worker_is_noticed_told_once_and_started_again(
    qtbot: QtBot, session: Session, start: Start
) -> None:
    analyst = start(puppet.obedient)
    qtbot.waitUntil(lambda: analyst.fresh, timeout=20_000)
    told: list[Health] = []
    analyst.health_changed.connect(told.append)

    first = analyst.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    add(session, "dan")
    qtbot.waitUntil(lambda: analyst.fresh, timeout=20_000)

    assert analyst.pid not in (None, first)
    assert told == [Health.RESTARTING, Health.WELL]
    assert people(analyst) == 4


def test_a_worker_that_always_dies_is_given_up_and_can_be_tried_again(
    qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orgmap.ui.analyst.BACKOFF", (0, 10))
    analyst = start(puppet.mortal)

    qtbot.waitUntil(lambda: analyst.health is Health.GIVEN_UP, timeout=20_000)

    assert not analyst.busy
    analyst.restart()
    assert analyst.health is Health.WELL


def test_a_bug_in_the_worker_is_told_and_does_not_spin(qtbot: QtBot, session: Session, start: Start) -> None:
    analyst = start(puppet.clumsy)
    told: list[object] = []
    analyst.failed.connect(told.append)

    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    qtbot.waitUntil(lambda: not analyst.busy)
    add(session, "dan")
    qtbot.waitUntil(lambda: len(told) == 2)

    assert analyst.report is None
    assert not analyst.fresh
    assert analyst.health is Health.WELL


def test_a_run_called_off_is_not_taken_for_an_answer_and_the_next_edit_asks_again(
    qtbot: QtBot, session: Session, start: Start
) -> None:
    analyst = start(puppet.late)
    qtbot.waitUntil(lambda: analyst.fresh, timeout=20_000)
    before = analyst.pid
    session.open(org("ana <> ben", title="slow"))
    qtbot.waitUntil(lambda: analyst.busy)

    analyst.cancel()
    called_off = analyst.busy, analyst.fresh
    qtbot.waitUntil(lambda: analyst.pid not in (None, before), timeout=20_000)
    session.open(org("x <> y"))
    qtbot.waitUntil(lambda: analyst.fresh, timeout=20_000)

    assert called_off == (False, False)
    assert people(analyst) == 2


def test_busy_rings_at_the_edit_and_again_at_the_answer(qtbot: QtBot, session: Session, start: Start) -> None:
    analyst = start(puppet.obedient)
    qtbot.waitUntil(lambda: analyst.fresh, timeout=20_000)
    rung: list[bool] = []
    analyst.busy_changed.connect(rung.append)

    add(session, "dan")
    qtbot.waitUntil(lambda: analyst.fresh)

    assert rung == [True, False]


def test_places_are_asked_of_the_worker_and_name_their_revision(
    qtbot: QtBot, session: Session, start: Start
) -> None:
    analyst = start(puppet.obedient)
    found: list[Placing] = []
    analyst.placing_ready.connect(found.append)

    analyst.place("force", frozenset({NodeId("ana")}))
    qtbot.waitUntil(lambda: bool(found), timeout=20_000)

    assert found == [Placing(session.revision, "force", {NodeId("ana"): (7.0, 7.0)})]


def test_a_question_is_answered_about_the_map_as_it_is(qtbot: QtBot, session: Session, start: Start) -> None:
    analyst = start(puppet.obedient)
    heard: list[tuple[object, object]] = []
    analyst.told.connect(lambda question, answer: heard.append((question, answer)))

    for end in ("ana", "ben"):
        analyst.ask(RouteTo(NodeId("ana"), NodeId(end)))
    add(session, "dan")
    qtbot.waitUntil(lambda: bool(heard), timeout=20_000)
    qtbot.waitUntil(lambda: analyst.fresh)

    assert heard == [(RouteTo(NodeId("ana"), NodeId("ben")), 4)]


def test_questions_of_several_kinds_are_answered_and_none_twice_while_things_are_moved(
    qtbot: QtBot, session: Session, start: Start
) -> None:
    analyst = start(puppet.obedient)
    heard: list[object] = []
    analyst.told.connect(lambda question, _answer: heard.append(question))
    asked = (RouteTo(NodeId("ana"), NodeId("ben")), Fit(NodeId("ana")), Away(frozenset({"ben"})))

    for question in asked:
        analyst.ask(question)
    for x in range(5):
        session.edit(STEP, edits.move(session.document, {NodeId("ana"): (float(x), 1.0)}), merge="drag")
    qtbot.waitUntil(lambda: len(heard) == len(asked), timeout=20_000)
    add(session, "dan")
    qtbot.waitUntil(lambda: analyst.fresh)

    assert heard == list(asked)


def test_a_question_outlives_the_worker(qtbot: QtBot, session: Session, start: Start) -> None:
    session.open(org("ana <> ben", title="deadly"))
    analyst = start(puppet.obedient)
    heard: list[object] = []
    analyst.told.connect(lambda question, _answer: heard.append(question))

    analyst.ask(Fit(NodeId("ana")))
    qtbot.waitUntil(lambda: analyst.health is Health.RESTARTING, timeout=20_000)
    info = replace(session.document.info, title="harmless")
    session.edit(STEP, edits.set_info(session.document, info))
    qtbot.waitUntil(lambda: bool(heard), timeout=20_000)

    assert heard == [Fit(NodeId("ana"))]


def test_a_question_that_meets_a_bug_is_told_of_and_not_asked_again(
    qtbot: QtBot, session: Session, start: Start
) -> None:
    analyst = start(puppet.clumsy)
    lost: list[object] = []
    analyst.untold.connect(lost.append)

    analyst.ask(Fit(NodeId("ana")))
    qtbot.waitUntil(lambda: bool(lost), timeout=20_000)
    add(session, "dan")
    qtbot.waitUntil(lambda: not analyst.busy, timeout=20_000)

    assert lost == [Fit(NodeId("ana"))]


def test_stopping_what_is_under_way_stops_questions_too(qtbot: QtBot, session: Session, start: Start) -> None:
    analyst = start(puppet.obedient)
    lost: list[object] = []
    heard: list[object] = []
    analyst.untold.connect(lost.append)
    analyst.told.connect(lambda question, _answer: heard.append(question))

    analyst.ask(Fit(NodeId("ana")))
    analyst.cancel()
    add(session, "dan")
    qtbot.waitUntil(lambda: analyst.fresh, timeout=20_000)

    assert lost == [Fit(NodeId("ana"))]
    assert heard == []


def test_nobody_waits_for_what_was_dropped(qtbot: QtBot, start: Start) -> None:
    analyst = start(puppet.obedient)
    heard: list[object] = []
    analyst.told.connect(lambda question, _answer: heard.append(question))

    analyst.ask(Fit(NodeId("ana")))
    analyst.drop(Fit(NodeId("ana")))
    analyst.ask(Away(frozenset({"ana"})))
    qtbot.waitUntil(lambda: analyst.fresh and bool(heard), timeout=20_000)

    assert heard == [Away(frozenset({"ana"}))]


def test_a_question_about_a_map_that_was_closed_is_dropped(
    qtbot: QtBot, session: Session, start: Start
) -> None:
    analyst = start(puppet.obedient)
    heard: list[object] = []
    analyst.told.connect(lambda _question, answer: heard.append(answer))

    analyst.ask(RouteTo(NodeId("ana"), NodeId("ben")))
    session.open(org("x <> y"))
    qtbot.waitUntil(lambda: analyst.fresh and people(analyst) == 2, timeout=20_000)

    assert heard == []


def test_closing_while_it_works_takes_less_than_two_seconds(qtbot: QtBot, session: Session) -> None:
    session.open(org("ana <> ben", title="slow"))
    analyst = Analyst(session, puppet.late)
    analyst.start()
    qtbot.waitUntil(lambda: analyst.pid is not None)
    pid = analyst.pid
    assert pid is not None

    began = time.perf_counter()
    analyst.close()

    assert time.perf_counter() - began < 2
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_closing_at_once_after_starting_leaves_no_process(session: Session) -> None:
    analyst = Analyst(session, puppet.obedient)

    analyst.start()
    analyst.close()

    assert analyst.pid is None
    assert not [t for t in threading.enumerate() if "the worker" in t.name and t.is_alive()]


def test_a_task_gives_its_result_in_the_thread_of_the_interface(qtbot: QtBot) -> None:
    threads: list[int] = []

    def work(progress: Progress) -> str:
        progress.at(0.5)
        threads.append(threading.get_ident())
        return "done"

    task = Task(work)
    task.done.connect(lambda _: threads.append(threading.get_ident()))
    with qtbot.waitSignals([task.progressed, task.done, task.ended]):
        task.start()

    assert threads[0] != threading.get_ident()
    assert threads[1] == threading.get_ident()


def test_what_a_task_raises_arrives_as_a_value(qtbot: QtBot) -> None:
    def work(_: Progress) -> None:
        raise OSError(28, "No space left on device")

    task = Task(work)
    with qtbot.waitSignal(task.failed) as told:
        task.start()

    assert told.args is not None
    assert isinstance(told.args[0], OSError)


def test_a_task_called_off_ends_without_a_result(qtbot: QtBot) -> None:
    gate = threading.Event()
    heard: list[str] = []

    def work(progress: Progress) -> str:
        gate.wait(10)
        progress.at(0.9)
        return "never"

    task = Task(work)
    task.done.connect(lambda _: heard.append("done"))
    task.failed.connect(lambda _: heard.append("failed"))
    with qtbot.waitSignal(task.ended):
        task.start()
        task.cancel()
        gate.set()

    assert heard == []
