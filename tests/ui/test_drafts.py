"""Somebody just put on the map is left in peace for a minute, then spoken of without being asked."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from orgmap.analysis import worker
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import NodeId
from orgmap.ui.analyst import Analyst
from orgmap.ui.drafts import Drafts
from orgmap.ui.session import Session
from tests.words import org

STEP = verbatim("step")


class Clock:
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def _with_newcomer() -> tuple[Drafts, Clock, Document, NodeId]:
    clock = Clock()
    drafts = Drafts(clock=clock)
    document = org("a <> b")
    change, made = edits.add_node(document, "New", (0.0, 0.0))
    drafts.note(change)
    return drafts, clock, document.apply(change), made


def test_an_edit_leaves_its_people_in_peace_for_a_minute() -> None:
    drafts, clock, document, made = _with_newcomer()

    clock.now += 59.0
    before, wait = drafts.recent(), drafts.wait(document)
    clock.now += 2.0

    assert before == {made}
    assert wait == 1.0
    assert drafts.recent() == frozenset()
    assert drafts.wait(document) is None


def test_a_new_link_counts_as_an_edit_near_both_its_ends() -> None:
    drafts, clock, document, made = _with_newcomer()
    clock.now += 50.0

    change, _ = edits.add_link(document, NodeId("a"), made)
    drafts.note(change)
    clock.now += 50.0

    assert drafts.recent() == {NodeId("a"), made}
    assert drafts.wait(document.apply(change)) is None  # nobody without a line is waiting


def test_a_newcomer_is_told_of_after_the_silence_and_not_before(qtbot: QtBot) -> None:
    clock = Clock()
    session = Session()
    session.open(org("a <> b, b <> c, c <> d, d <> a"))
    analyst = Analyst(session, worker.main, drafts=Drafts(silence=0.3, clock=clock))
    analyst.start()
    qtbot.waitUntil(lambda: analyst.fresh, timeout=20_000)

    change, made = edits.add_node(session.document, "New", (0.0, 0.0))
    session.edit(STEP, change)
    qtbot.waitUntil(lambda: analyst.fresh, timeout=20_000)
    first = analyst.report
    clock.now += 1.0

    def told() -> bool:
        return analyst.report is not None and any(made in f.people for f in analyst.report.judged)

    qtbot.waitUntil(told, timeout=20_000)
    analyst.close()
    assert first is not None
    assert not any(made in f.people for f in first.judged)
