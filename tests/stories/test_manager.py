"""A manager and the whole program: the real worker, real clicks, a real file."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from orgmap.analysis.catalogue import OUT_OF_SIGHT
from orgmap.analysis.findings import Finding, Report
from orgmap.analysis.layouts import place
from orgmap.analysis.registry import run
from orgmap.assets import asset
from orgmap.files import native
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import Status
from orgmap.ui.analyst import Health
from orgmap.ui.panels.finding_card import FindingCard
from orgmap.ui.panels.standing import Mark
from orgmap.ui.widgets.rows import RowButton
from tests.desk import CTRL, LEFT, SHIFT, Desk, seated
from tests.workshop import WORKSHOP

Key = Qt.Key
PLACED = WORKSHOP.apply(edits.move(WORKSHOP, place(WORKSHOP)))


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, document=PLACED) as made:
        made.until_judged()
        yield made


def first_card(desk: Desk) -> FindingCard:
    cards = [c for c in desk.window.side.findings.findChildren(FindingCard) if c.isVisible()]
    return min(cards, key=lambda card: card.mapTo(desk.window, card.rect().topLeft()).y())


def lit(desk: Desk) -> Finding | None:
    return desk.window.canvas.lit


def codes(document: Document) -> list[str]:
    return [finding.code for finding in run(document).judged]


def settled(report: Report) -> list[Finding]:
    """The findings but those that spare whoever was edited a moment ago."""
    return [finding for finding in report.findings if finding.code != OUT_OF_SIGHT]


def test_a_manager_sees_what_is_wrong_tries_the_repair_takes_it_back_saves_and_reopens(
    desk: Desk, tmp_path: Path
) -> None:
    window, before = desk.window, desk.document

    # sees the findings, and clicks the first
    assert window.side.tabText(1) == f"Findings {len(codes(before))}"
    QTest.mouseClick(first_card(desk), LEFT)
    shown = lit(desk)
    assert shown is not None
    assert shown.code == "broadcast-only"
    assert [desk.document.nodes[node].name for node in shown.people] == ["Goran"]

    # tries its advice: one more line, dashed, which counts for nothing yet
    desk.press("Try", window.side.findings)
    desk.until(lambda: len(desk.document.links) == len(before.links) + 1)
    desk.until_judged()
    drawn = next(link for key, link in desk.document.links.items() if key not in before.links)
    assert drawn.status is Status.PROPOSED
    assert str(window.session.history.undo_label).startswith("Try")
    assert "broadcast-only" in codes(desk.document)

    # makes it real, and the map says so
    desk.press("Apply", window.side.findings)
    assert desk.document.links[drawn.id].status is Status.CONFIRMED
    desk.until_judged()
    assert str(window.session.history.undo_label).startswith("Apply")
    assert desk.analyst.report is not None
    assert desk.analyst.report.findings == run(desk.document).findings
    assert "broadcast-only" not in codes(desk.document)

    # takes both back: what returns was there before, so it is not new
    window.canvas.setFocus()
    desk.key(Key.Key_Z, CTRL)
    desk.key(Key.Key_Z, CTRL)
    assert desk.document == before
    desk.until_judged()
    assert Mark.NEW not in [card.row.mark for card in window.side.findings.cards]
    desk.until_judged()

    # adds somebody, saves, and reopens
    desk.key(Key.Key_N)
    desk.type("Zoe")
    desk.key(Key.Key_Escape)
    desk.key(Key.Key_S, CTRL)
    desk.until(lambda: not window.session.modified)
    saved = desk.document
    desk.key(Key.Key_W, CTRL)
    desk.until(lambda: window.on_start_page)
    desk.open(tmp_path / "map.orgmap")
    assert desk.document == saved
    assert "Zoe" in [node.name for node in desk.document.nodes.values()]


def test_the_worker_is_killed_and_the_window_does_not_care(desk: Desk) -> None:
    window = desk.window
    first = desk.analyst.pid
    assert first is not None
    healths: list[Health] = []
    desk.analyst.health_changed.connect(healths.append)

    os.kill(first, signal.SIGKILL)
    desk.click_person("Ana")
    desk.key(Key.Key_Delete)
    desk.until_judged()

    assert "Ana" not in desk.document.nodes
    assert desk.analyst.pid not in (None, first)
    assert healths == [Health.RESTARTING, Health.WELL]
    assert "started again" in desk.notice
    assert desk.analyst.report is not None
    assert settled(desk.analyst.report) == settled(run(desk.document))
    assert window.isVisible()


def test_edits_while_the_analysis_runs_never_show_a_stale_report(desk: Desk) -> None:
    shown: list[tuple[Report, Document]] = []
    desk.analyst.report_ready.connect(lambda report: shown.append((report, desk.document)))

    for name in ("Goran", "Farah", "Kim"):
        desk.click_person(name)
        desk.key(Key.Key_Delete)
    desk.key(Key.Key_Z, CTRL)
    desk.until_judged()

    assert shown
    for report, document in shown:
        assert report.findings == run(document).findings


def test_another_map_opened_while_the_analysis_runs_gets_its_own_report(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other.orgmap"
    lonely = PLACED.apply(edits.delete(PLACED, ["Goran", "Pia", "Kim"]))
    native.save(lonely, other)

    desk.click_person("Ana")
    desk.key(Key.Key_Delete)
    desk.window.session.undo()
    desk.window.open_path(other)
    desk.until(lambda: desk.window.session.path == other)
    desk.until_judged()

    assert desk.analyst.report is not None
    assert desk.analyst.report.findings == run(lonely).findings


def test_tidying_moves_everybody_in_one_step_and_undo_takes_it_back(desk: Desk) -> None:
    before = desk.document
    heard: list[bool] = []
    desk.window.room.arranger.settled.connect(lambda: heard.append(True))

    desk.key(Key.Key_T, CTRL | SHIFT)
    desk.until(lambda: heard)

    after = desk.document
    assert all(after.nodes[key] != node for key, node in before.nodes.items())
    assert len(desk.window.session.history.steps[0]) == 1
    desk.key(Key.Key_Z, CTRL)
    assert desk.document == before


def test_escape_puts_the_light_out_and_closes_the_card(desk: Desk) -> None:
    QTest.mouseClick(first_card(desk), LEFT)
    before = lit(desk)

    desk.window.canvas.setFocus()
    desk.key(Key.Key_Escape)
    desk.key(Key.Key_Escape)

    assert before is not None
    assert lit(desk) is None
    assert desk.window.side.findings.chosen is None


def test_a_person_who_is_chosen_shows_their_findings_and_a_click_leads_to_the_card(desk: Desk) -> None:
    side = desk.window.side
    side.setCurrentWidget(side.inspector)

    desk.click_person("Goran")
    rows = side.inspector.findChildren(RowButton)
    row = next(r for r in rows if r.isVisible() and "people hear from Goran" in r.accessibleName())
    QTest.mouseClick(row, LEFT)

    assert side.currentWidget() is side.findings
    shown = lit(desk)
    assert shown is not None
    assert shown.code == "broadcast-only"


def test_the_window_closes_while_the_analysis_runs_and_leaves_no_process(desk: Desk) -> None:
    desk.click_person("Ana")
    desk.key(Key.Key_Delete)
    desk.window.session.undo()
    pid = desk.analyst.pid
    assert pid is not None

    desk.window.close()

    desk.until(lambda: not desk.window.isVisible())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_from_the_start_page_a_first_map_is_drawn_by_key(qtbot: QtBot, tmp_path: Path) -> None:
    with seated(qtbot, tmp_path) as desk:
        desk.press_card("Draw")
        desk.until(lambda: not desk.window.on_start_page)

        desk.key(Key.Key_Escape)  # from the line in which one types to the map
        desk.key(Key.Key_N)
        desk.type("Ana")
        desk.key(Key.Key_Tab)
        desk.type("Ben")
        desk.key(Key.Key_Escape)

        assert [node.name for node in desk.document.nodes.values()] == ["Ana", "Ben"]
        assert len(desk.document.links) == 1
        assert desk.window.session.modified


def test_the_samples_open_and_say_something(qtbot: QtBot, tmp_path: Path) -> None:
    samples = sorted(asset("samples").glob("*.orgmap"))

    assert len(samples) == 3
    with seated(qtbot, tmp_path) as desk:
        for sample in samples:
            desk.window.open_copy(sample)
            desk.until(lambda: desk.document.nodes)
            desk.until_judged()
            assert desk.window.side.findings.count > 0
            assert desk.window.session.path is None
            desk.key(Key.Key_W, CTRL)
            desk.until(lambda: desk.window.on_start_page)
