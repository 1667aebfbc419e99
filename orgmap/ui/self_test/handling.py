"""The real window, drawn in by key, answered by its worker process, saved and left."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from orgmap.drawing.style import theme as theme_named
from orgmap.files import native
from orgmap.i18n import Said, text
from orgmap.model.document import Document, difference
from orgmap.ui import theme as looks
from orgmap.ui.main_window import MainWindow
from orgmap.ui.notices import Kind
from orgmap.ui.panels.finding_advice import Advised, Deed
from orgmap.ui.self_test.shipped import shipped_maps
from orgmap.ui.self_test.waiting import Failed, demand, until
from orgmap.ui.settings import Settings

_WINDOW = text("self-test", "the window opens on its start page")
_SAMPLE = text("self-test", "the window shows a sample")
_FINDINGS = text(
    "self-test", "the worker process answers: {n} finding", "the worker process answers: {n} findings"
)
_LIT = text("self-test", "a finding chosen lights its evidence")
_TRIED = text("self-test", "its advice can be tried and taken back")
_DRAWN = text("self-test", "a person drawn by key, undone and done again")
_FOLLOWED = text("self-test", "the findings follow the edit")
_SAVED = text("self-test", "what was drawn is saved and opened the same")
_CLOSED = text("self-test", "the window closes and its worker ends")
_PROBLEM = text("self-test", "the window reported a problem: {words}")


def application() -> QApplication:
    """The one application of this process."""
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else QApplication(["orgmap"])


@contextmanager
def opened(folder: Path, theme: str = "light") -> Iterator[MainWindow]:
    """A window with settings of its own; it is closed afterwards, whatever happened."""
    app = application()
    dressed = theme_named(theme)
    looks.apply(app, dressed)
    window = MainWindow(Settings(folder / "settings.ini"), dressed)
    window.resize(1600, 1000)
    window.show()
    window.begin()
    fallen: list[BaseException] = []
    before, sys.excepthook = sys.excepthook, lambda _kind, error, _trace: fallen.append(error)
    try:
        yield window
    finally:
        window.session.open(Document())  # what is not saved here is not to be asked about
        window.close()
        window.deleteLater()
        app.clipboard().clear()
        app.processEvents()
        sys.excepthook = before
    if fallen:  # in a slot, where Qt lets nothing through
        raise fallen[0]


def a_session(folder: Path) -> Iterator[Said]:
    """Open a sample, read the findings, try an advice, draw by key, undo, save, close."""
    with opened(folder) as window:
        demand(window.isVisible() and window.on_start_page, _WINDOW())
        yield _WINDOW()
        session, findings = window.session, window.side.findings
        path = folder / "sample.orgmap"
        shutil.copyfile(shipped_maps()[0], path)
        window.open_path(path)
        until(lambda: session.path == path and not window.on_start_page, _SAMPLE())
        yield _SAMPLE()
        until(lambda: window.analyst.fresh and findings.count, _FINDINGS(n=0))
        yield _FINDINGS(n=findings.count)
        yield from _an_advice(window)
        yield from _a_person(window)
        demand(session.modified, _SAVED())
        window.actions_table["save"].trigger()
        until(lambda: not session.modified and not window.keeper.saving, _SAVED())
        demand(not difference(session.document, native.load(path)), _SAVED())
        yield _SAVED()
        _no_problem(window)
    until(lambda: not window.isVisible() and window.analyst.pid is None, _CLOSED())
    yield _CLOSED()


def _an_advice(window: MainWindow) -> Iterator[Said]:
    session, findings = window.session, window.side.findings
    report = window.analyst.report
    chosen = next((f for f in report.judged if f.advice), None) if report is not None else None
    if chosen is None:
        raise Failed(str(_LIT()))
    findings.choose(chosen)
    demand(window.canvas.lit == chosen, _LIT())
    yield _LIT()
    before = session.document
    findings.advised.emit(Advised(chosen.advice[0], Deed.TRY))
    demand(bool(difference(before, session.document)), _TRIED())
    window.actions_table["undo"].trigger()
    demand(not difference(before, session.document), _TRIED())
    findings.choose(None)
    yield _TRIED()


def _a_person(window: MainWindow) -> Iterator[Said]:
    session, canvas = window.session, window.canvas
    before = session.document
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_N)
    until(lambda: canvas.naming.active, _DRAWN())
    QTest.keyClicks(canvas.naming.field, "Newcomer")
    QTest.keyClick(canvas.naming.field, Qt.Key.Key_Return)
    canvas.naming.dismiss()  # Return asks for the next name
    demand(_names(window) == [*(node.name for node in before.nodes.values()), "Newcomer"], _DRAWN())
    drawn = session.document
    while difference(before, session.document) and session.history.undo_label is not None:
        window.actions_table["undo"].trigger()
    demand(not difference(before, session.document), _DRAWN())
    while session.history.redo_label is not None:
        window.actions_table["redo"].trigger()
    demand(not difference(drawn, session.document), _DRAWN())
    yield _DRAWN()
    until(lambda: window.analyst.fresh, _FOLLOWED())
    yield _FOLLOWED()


def _names(window: MainWindow) -> list[str]:
    return [node.name for node in window.session.document.nodes.values()]


def _no_problem(window: MainWindow) -> None:
    notice = window.notices.current
    if notice is not None and notice.kind is Kind.PROBLEM:
        raise Failed(str(_PROBLEM(words=notice.words())))
