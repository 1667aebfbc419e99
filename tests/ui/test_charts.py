"""The charts of a map: what they say, whom they select, and that the keyboard reaches all of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from orgmap.analysis.measure_catalogue import Scope
from orgmap.analysis.questions import Withstand
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.entities import NodeId
from orgmap.ui.charts.chart import Axis, Kind
from orgmap.ui.charts.page import ChartsPage
from orgmap.ui.charts.plot import PlotView
from orgmap.ui.charts.ticks import numbered, ticks
from tests.desk import CTRL, LEFT, Desk, seated
from tests.ui.dressed import clipped, dressed, pseudo_language
from tests.words import TEST_ORGANIZATION

Key = Qt.Key


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with seated(qtbot, tmp_path, document=TEST_ORGANIZATION) as made:
        made.until(lambda: made.analyst.report is not None and bool(made.analyst.report.people))
        made.key(Key.Key_6, CTRL)
        yield made
        QGuiApplication.clipboard().clear()


def page(desk: Desk) -> ChartsPage:
    found = desk.window.room.pages.table("charts")
    assert isinstance(found, ChartsPage)
    desk.until(lambda: found.view is not None and found.chart is not None)
    return found


def plot(desk: Desk) -> PlotView:
    found = page(desk).view
    assert found is not None
    return found


def show(desk: Desk, kind: Kind, first: str = "", second: str = "") -> PlotView:
    page(desk).show_kind(kind)
    if first:
        page(desk).choose(Scope.PEOPLE, first, second)
    QApplication.processEvents()
    return plot(desk)


def at_mark(view: PlotView, key: str) -> QPoint:
    mark = next(mark for mark in view.marks if key in mark.ids)
    return QPoint(view.plot.viewport().mapFrom(view, view.place_of(mark)))


def test_the_page_draws_once_its_library_is_loaded_and_the_keyboard_is_on_it(desk: Desk) -> None:
    view = plot(desk)
    desk.until(view.hasFocus)

    assert desk.window.room.pages.page == "charts"
    assert sum(len(mark.ids) for mark in view.marks) == 9
    assert "betweenness" in view.accessibleName().casefold()
    assert "A" in view.accessibleDescription()


def test_every_bar_holds_those_whose_numbers_it_spans(desk: Desk) -> None:
    view = show(desk, Kind.DISTRIBUTION, "out_degree")
    report = desk.analyst.report
    assert report is not None

    for mark in view.marks:
        assert mark.box is not None
        assert {report.people[NodeId(key)]["out_degree"] for key in mark.ids} == {round(mark.x)}
        assert mark.box[3] == len(mark.ids)


def test_a_click_on_a_bar_selects_its_people_on_the_map(desk: Desk) -> None:
    view = show(desk, Kind.DISTRIBUTION, "out_degree")
    QTest.mouseClick(view.plot.viewport(), LEFT, pos=at_mark(view, "N"))

    assert desk.window.canvas.selection == {"N"}


def test_a_click_on_a_dot_selects_and_hovering_tells_who_and_how_much(desk: Desk) -> None:
    view = show(desk, Kind.SCATTER, "in_degree", "betweenness")
    QTest.mouseMove(view.plot.viewport(), at_mark(view, "A"))
    told = page(desk).told.text()
    QTest.mouseClick(view.plot.viewport(), LEFT, pos=at_mark(view, "A"))

    assert told == "A: Hears from 3, Betweenness 0.5."
    assert desk.window.canvas.selection == {"A"}


def test_arrows_go_from_mark_to_mark_and_enter_selects(desk: Desk) -> None:
    view = show(desk, Kind.SCATTER, "in_degree", "betweenness")
    view.setFocus()
    told = []
    for _ in range(2):
        QTest.keyClick(view, Key.Key_Right)
        told.append(page(desk).told.text())
    QTest.keyClick(view, Key.Key_Return)
    chosen = desk.window.canvas.selection
    QTest.keyClick(view, Key.Key_Escape)

    assert told == [str(mark.told()) for mark in view.marks[:2]]
    assert chosen == set(view.marks[1].ids)
    assert desk.window.canvas.selection == frozenset()


def test_an_axis_says_the_numbers_themselves_however_small(desk: Desk) -> None:
    view = show(desk, Kind.SCATTER, "betweenness", "in_degree")
    page(desk).show_kind(Kind.DISTRIBUTION)
    show(desk, Kind.SCATTER, "betweenness", "in_degree")
    axis = view.plot.getAxis("bottom")
    view.plot.getViewBox().setRange(xRange=(0.0, 0.02), padding=0)
    QApplication.processEvents()
    axis.updateAutoSIPrefix()

    assert axis.tickStrings([0.0, 0.01], axis.autoSIPrefixScale * axis.scale, 0.01) == ["0", "0.01"]


def test_what_is_selected_on_the_map_is_marked_in_the_chart(desk: Desk) -> None:
    view = show(desk, Kind.SCATTER, "in_degree", "betweenness")
    before = view.grab().toImage()
    desk.window.canvas.set_selection(["A"])
    after = view.grab().toImage()

    assert before != after


def test_names_in_the_scatter_do_not_lie_on_one_another(desk: Desk) -> None:
    view = show(desk, Kind.SCATTER, "in_degree", "betweenness")
    desk.until(lambda: view.written)
    boxes = [item.mapRectToScene(item.boundingRect()) for item in view.plot.scene().items() if _is_name(item)]

    assert "A" in view.written
    assert not any(one.intersects(other) for k, one in enumerate(boxes) for other in boxes[:k])


def _is_name(item: object) -> bool:
    return type(item).__name__ == "TextItem"


def test_nothing_has_changed_until_something_is_kept_and_changed(desk: Desk) -> None:
    show(desk, Kind.CHANGE, "betweenness")
    shown = page(desk)
    at_first = shown.chart.empty if shown.chart is not None else None
    desk.press("Keep as before", shown)
    kept = shown.summary.text()
    change, _ = edits.add_link(desk.document, NodeId("X0"), NodeId("Y0"), two_way=True)
    desk.window.session.edit(verbatim("Link"), change)
    desk.until(lambda: shown.chart is not None and shown.chart.marks)

    assert at_first is not None
    assert "kept" in str(at_first)
    assert kept == ""
    assert shown.chart is not None
    moved = {mark.ids[0]: mark for mark in shown.chart.marks}
    assert moved["A"].came == (0.5, moved["A"].y)
    assert moved["A"].x == pytest.approx(18 / 56, abs=0.02)  # X0-Y0 takes pairs off A, findings.md section 6
    assert "Most down: A" in shown.summary.text()


def test_what_holds_while_people_leave_falls_faster_with_the_busiest_first(desk: Desk) -> None:
    shown = page(desk)
    shown.show_kind(Kind.ROBUSTNESS)
    desk.until(lambda: shown.chart is not None and shown.chart.kind is Kind.ROBUSTNESS)
    chart = shown.chart
    assert chart is not None
    chance, ours = chart.curves

    assert chart.marks[0].ids == ("A",)
    assert ours.ys[:3] == (7.0, 2.0, 2.0)  # without A, three pairs talk two ways
    assert all(a <= b + 1e-9 for a, b in zip(ours.ys, chance.ys, strict=True))
    assert "7 of 9" in shown.summary.text()


def test_hours_that_nobody_said_are_asked_for_and_those_beyond_the_stated_are_named(
    desk: Desk,
) -> None:
    shown = page(desk)
    show(desk, Kind.HOURS)
    at_first = shown.chart.empty if shown.chart is not None else None
    _give_hours(desk)
    desk.until(lambda: shown.chart is not None and shown.chart.marks)
    assert shown.chart is not None
    mark = next(mark for mark in shown.chart.marks if mark.ids == ("A",))

    assert at_first is not None
    assert mark.over
    assert str(mark.told()) == "A: 5 hours a week on the links drawn, 3 more than the 2 stated."
    assert "More contact than the hours stated: A." in shown.summary.text()


def _give_hours(desk: Desk) -> None:
    session = desk.window.session
    link = next(key for key, link in desk.document.links.items() if link.source == "A")
    session.edit(verbatim("Contact"), edits.set_fields(desk.document, [link], per_week=5.0, minutes=60.0))
    session.edit(verbatim("Hours"), edits.set_fields(desk.document, ["A"], hours=2.0))


def test_a_chart_is_saved_as_a_picture_and_as_a_drawing(desk: Desk, tmp_path: Path) -> None:
    show(desk, Kind.SCATTER, "in_degree", "betweenness")
    for name in ("chart.png", "chart.svg"):
        desk.press("Save a picture", page(desk))
        desk.choose_file(tmp_path / name)
        desk.until((tmp_path / name).exists)
    picture = QImage(str(tmp_path / "chart.png"))
    drawn = ET.parse(tmp_path / "chart.svg").getroot()
    words = " ".join(drawn.itertext())

    assert picture.width() == 2 * plot(desk).plot.width()
    assert len({picture.pixel(x, y) for x in range(0, picture.width(), 9) for y in range(0, 400, 9)}) > 3
    assert "Betweenness against Hears from" in words
    assert not [element for element in drawn.iter() if element.tag.endswith("image")]


def test_its_numbers_are_copied_in_full(desk: Desk) -> None:
    show(desk, Kind.SCATTER, "in_degree", "betweenness")
    desk.press("Copy the numbers", page(desk))
    rows = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]

    assert rows[0] == ["Name", "Hears from", "Betweenness"]
    assert len(rows) == 10
    assert float(next(row[2] for row in rows if row[0] == "X0")) == pytest.approx(16.333333333333332 / 56)


def test_hidden_names_are_hidden_in_charts_too(desk: Desk) -> None:
    show(desk, Kind.SCATTER, "in_degree", "betweenness")
    desk.window.session.hide_names(True)
    desk.until(lambda: all(mark.name != "X0" for mark in plot(desk).marks))

    assert not any("X0" in str(mark.told()) for mark in plot(desk).marks)
    assert "X0" not in plot(desk).accessibleDescription()


def test_pyqtgraph_stays_away_until_a_chart_is_wanted() -> None:
    import subprocess
    import sys

    code = "import sys, orgmap.ui.map_room; print('pyqtgraph' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "False"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_cut_off_in_large_letters_or_long_words(
    desk: Desk, scale: float, qapp: QApplication
) -> None:
    shown = page(desk)
    with dressed(qapp, "dark", scale), pseudo_language():
        shown.say()
        desk.until(lambda: not shown.chart or shown.chart.title.startswith("⟦"))

        desk.until(lambda: clipped(shown) == [])  # one bar within another takes some turns to settle


def test_labels_choose_in_order_and_none_covers_a_dot_or_leaves_the_ground() -> None:
    from orgmap.ui.charts.labels import placed

    anchors = np.array([(10.0, 10.0), (14.0, 12.0), (195.0, 50.0), (100.0, 98.0)])
    found = placed(anchors, [(40.0, 12.0)] * 4, [2, 0, 1, 3], (200.0, 100.0))

    boxes = {at: (left, top, left + 40, top + 12) for at, (left, top) in found.items()}
    assert set(boxes) >= {2, 0, 3}
    for at, box in boxes.items():
        assert box[0] >= 0
        assert box[1] >= 0
        assert box[2] <= 200
        assert box[3] <= 100
        for other, (x, y) in enumerate(anchors):
            assert other == at or not (box[0] < x < box[2] and box[1] < y < box[3])


@pytest.mark.parametrize("kind", [Kind.DISTRIBUTION, Kind.SCATTER, Kind.HOURS])
def test_the_chart_of_a_large_map_is_made_beside_the_interface_and_says_the_same(
    desk: Desk, kind: Kind
) -> None:
    shown = page(desk)
    show(desk, kind)
    at_once = shown.chart
    assert at_once is not None
    show(desk, Kind.CHANGE)
    shown.at_once = 0

    shown.show_kind(kind)
    assert shown.chart is not None
    assert shown.chart.kind is Kind.CHANGE
    assert not shown.copy.isEnabled()
    desk.until(lambda: shown.chart is not None and shown.chart.kind is kind)

    assert (shown.chart.title, shown.chart.rows) == (at_once.title, at_once.rows)
    assert shown.chart.summary == at_once.summary


def test_a_newer_wish_silences_the_chart_that_is_still_being_made(desk: Desk) -> None:
    shown = page(desk)
    shown.at_once = 0

    shown.show_kind(Kind.SCATTER)
    shown.show_kind(Kind.DISTRIBUTION)
    shown.choose(Scope.PEOPLE, "out_degree")
    desk.until(lambda: shown.chart is not None and "tells" in shown.chart.title.casefold())

    assert shown.chart is not None
    assert shown.chart.kind is Kind.DISTRIBUTION


def test_an_axis_marks_no_more_numbers_than_have_room() -> None:
    axis = Axis("People", 0, 15, whole=True)

    places = [at for at, _ in (ticks(axis, 3) or [[]])[0]]

    assert places == [0, 5, 10, 15]
    assert len((ticks(axis) or [[]])[0]) == 8


def test_numbers_on_an_axis_are_written_as_everywhere_else() -> None:
    whole = ticks(Axis("Lines", 0, 12_000, whole=True)) or [[]]

    assert "10\N{NARROW NO-BREAK SPACE}000" in [words for _, words in whole[0]]
    assert numbered([0.0, 12500.0], 1.0, 2500.0) == ["0", "12\N{NARROW NO-BREAK SPACE}500"]
    assert numbered([0.0, 4e-06], 1.0, 2e-06) == ["0", "0.000004"]
    assert numbered([0.2, 0.25], 1.0, 0.05) == ["0.20", "0.25"]


def test_a_curve_that_cannot_be_worked_out_says_so_and_is_asked_for_again(desk: Desk) -> None:
    shown = page(desk)
    shown.show_kind(Kind.ROBUSTNESS)
    assert "is being worked out" in shown.waiting

    desk.analyst.untold.emit(Withstand())
    assert "could not be worked out" in shown.waiting
    show(desk, Kind.DISTRIBUTION)
    show(desk, Kind.ROBUSTNESS)

    desk.until(lambda: shown.chart is not None and shown.chart.kind is Kind.ROBUSTNESS)
