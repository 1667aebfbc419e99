"""A person who looks at everything the window can show: every page, panel, card, list, menu and dialog."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QToolTip

from orgmap.errors import ReadError
from orgmap.i18n import verbatim
from orgmap.ui.asking import ask_unsaved
from orgmap.ui.charts.chart import Kind
from orgmap.ui.charts.page import ChartsPage
from orgmap.ui.file_names import shown_title
from orgmap.ui.sieve import Facet
from tests.desk import CTRL, SHIFT, Desk
from tests.ui.hand import Hand

Key = Qt.Key


def rounds(desk: Desk, typed: str = "a") -> Iterator[str]:
    """Go through the window, saying where it is. `typed`: what is sought wherever one can seek."""
    yield from _selected(desk)
    yield from pages(desk)
    yield from _above_the_canvas(desk, typed)
    yield from _menus(desk)
    yield from _dialogs(desk)


def _selected(desk: Desk) -> Iterator[str]:
    window, document = desk.window, desk.document
    side = window.side
    tables = (document.nodes, document.links, document.modules, document.stickies)
    chosen: list[list[str]] = [[], *([*table][:1] for table in tables), [*document.nodes, *document.modules]]
    for ids in chosen:
        window.canvas.set_selection(ids)
        side.setCurrentWidget(side.inspector)
        yield f"inspector of {len(ids)} of {ids[:1]}"
    report = desk.analyst.report
    for finding in report.judged if report is not None else ():
        side.show_finding(finding)
        yield f"finding {finding.code}"
    window.canvas.set_selection(list(document.nodes)[:2])
    for question in ("where_fits", "route", "what_if_away"):
        window.actions_table[question].trigger()
        desk.until(lambda: desk.analyst.fresh)
        yield f"question {question}"


def pages(desk: Desk) -> Iterator[str]:
    """Every page beside the map, and every kind of chart; back to the map."""
    for number, name in enumerate(("people", "links", "matrix", "measures", "charts"), 2):
        desk.key(Key(Key.Key_0 + number), CTRL)
        desk.until(desk.window.room.pages.table(name).isVisible)
        yield f"page {name}"
    charts = desk.window.room.pages.table("charts")
    assert isinstance(charts, ChartsPage)
    desk.until(lambda: charts.view is not None and charts.chart is not None)
    for kind in Kind:
        charts.show_kind(kind)
        yield f"chart {kind.value}"
    desk.key(Key.Key_1, CTRL)
    desk.window.canvas.setFocus()


def _above_the_canvas(desk: Desk, typed: str) -> Iterator[str]:
    window, canvas = desk.window, desk.window.canvas
    shown, before = canvas.shown, canvas.shown.showing
    topic = next((topic for node in desk.document.nodes.values() for topic in node.knows), "")
    for facet, value in (
        (Facet.MODULE, next(iter(desk.document.modules), "")),
        (Facet.TOPIC, topic.casefold()),
        (Facet.CHANNEL, next(iter(desk.document.channels), "")),
    ):
        shown.set(shown.showing.filtered(facet, [value]))
        yield f"chips of {facet.value}"
    desk.key(Key.Key_F, CTRL | SHIFT)
    yield "filters"
    desk.key(Key.Key_Escape)
    shown.set(before)
    for action in ("gauges", "find", "entry"):
        canvas.setFocus()
        window.actions_table[action].trigger()
        desk.type(typed)
        yield action
        desk.key(Key.Key_Escape)
    for action in ("palette", "history"):
        canvas.setFocus()
        window.actions_table[action].trigger()
        if action == "palette":
            desk.type(typed)
        yield action
        desk.key(Key.Key_Escape)
    canvas.setFocus()
    canvas.set_selection(list(desk.document.nodes)[:1])
    window.actions_table["rename"].trigger()
    yield "naming"
    desk.key(Key.Key_Escape)
    window.notices.tell_error(ReadError(verbatim(typed), place=typed, hint=verbatim(typed)))
    yield "notice"
    window.notices.clear()


def _menus(desk: Desk) -> Iterator[str]:
    window, document = desk.window, desk.document
    for action in window.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        for inner in menu.findChildren(QMenu):
            inner.aboutToShow.emit()
        yield f"menu {action.text()}"
    canvas = window.canvas
    window.actions_table["fit"].trigger()
    hand, node, link = Hand(canvas), next(iter(document.nodes)), next(iter(document.links.values()))
    scene = canvas.stage.scene
    ends = [scene.centre(end) for end in (link.source, link.target)]
    middle = tuple(sum(at) / 2 for at in zip(*((p.x(), p.y()) for p in ends if p is not None), strict=True))
    for spot in (node, (middle[0], middle[1]), hand.tab(next(iter(document.modules))), QPoint(5, 300)):
        menu = hand.menu(spot)
        yield f"menu at {spot}"
        menu.close()
    for node_id in document.nodes:
        QApplication.sendEvent(canvas, QHelpEvent(QEvent.Type.ToolTip, hand.pixel(node_id), QPoint(0, 0)))
        yield f"tip of {node_id}"
    QToolTip.hideText()


def _dialogs(desk: Desk) -> Iterator[str]:
    window = desk.window
    for name in ("channels", "thresholds", "versions", "change_keys", "export"):
        window.actions_table[name].trigger()
        desk.until(lambda: not desk.no_dialog())
        yield f"dialog {name}"
        _close_all(desk)
    ask_unsaved(window, shown_title(window.session), _nothing, _nothing)
    yield "question"
    _close_all(desk)


def _close_all(desk: Desk) -> None:
    for dialog in desk.window.findChildren(QDialog):
        if dialog.isVisible():
            dialog.reject()
    desk.back()


def _nothing() -> None:
    """The answer to a question nobody asked."""
