"""A picture of every screen, light and dark, as a person at the projector would see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QDialog

from orgmap.analysis.findings import Finding
from orgmap.drawing.style import THEMES
from orgmap.i18n import text
from orgmap.ui.main_window import MainWindow
from orgmap.ui.self_test.handling import opened
from orgmap.ui.self_test.shipped import shipped_maps
from orgmap.ui.self_test.waiting import Failed, rest, until

WIDTH, HEIGHT = 1600, 1000
STILL = 400  # milliseconds until what moves has come to rest: the kept picture, a layout, a panel
VEIL = QColor(0, 0, 0, 70)  # over the window behind a dialog

TABLE = """From;To;Channel;Per week
Ana;Ben;chat;5
Ben;Cleo;mail;1
Cleo;Ana;phone;2
;Dov;mail;1
Dov;Edith;newsletter;1
Edith;Ana;face to face;3
"""

_SHOWN = text("self-test", "{title} is shown with its findings")
_IMPORT = text("self-test", "the import dialog shows a table")
_NOT_KEPT = text("self-test", "{path} could not be written")


def every_screen(folder: Path, scratch: Path, themes: Sequence[str] = THEMES[:2]) -> list[Path]:
    """Write the pictures into `folder`, each WIDTH x HEIGHT pixels; answers with their paths."""
    made: list[Path] = []
    for theme in themes:
        settings = scratch / theme
        settings.mkdir()
        with opened(settings, theme) as window:
            window.resize(WIDTH, HEIGHT)
            for name, picture in _screens(window, settings):
                path = folder / f"{name}-{theme}.png"
                if not picture.save(str(path)):
                    raise Failed(str(_NOT_KEPT(path=str(path))))
                made.append(path)
    return made


def _screens(window: MainWindow, scratch: Path) -> Iterator[tuple[str, QPixmap]]:
    yield "start", _grabbed(window)
    window.actions_table["new"].trigger()
    yield "empty", _grabbed(window)
    for path in shipped_maps():
        if path.parent.name != "samples":
            continue
        yield from _a_sample(window, path)
    yield from _dialogs(window, scratch)


def _a_sample(window: MainWindow, path: Path) -> Iterator[tuple[str, QPixmap]]:
    name = path.stem
    before = window.session.revision
    window.keeper.open_copy(path)
    until(lambda: window.session.revision > before and window.analyst.fresh, _SHOWN(title=name))
    window.canvas.zoom_to_fit()
    yield name, _grabbed(window)
    chosen = _telling(window)
    window.side.show_finding(chosen)
    yield f"{name}-finding", _grabbed(window)
    window.side.findings.choose(None)
    window.canvas.set_selection(chosen.people[:1] or chosen.modules[:1] or chosen.links[:1])
    window.side.setCurrentWidget(window.side.inspector)
    yield f"{name}-inspector", _grabbed(window)
    window.canvas.set_selection(list(window.session.document.links)[:1])
    yield f"{name}-link", _grabbed(window)
    window.canvas.set_selection(())
    window.side.setCurrentWidget(window.side.findings)


def _dialogs(window: MainWindow, scratch: Path) -> Iterator[tuple[str, QPixmap]]:
    table = scratch / "survey.csv"
    table.write_text(TABLE, encoding="utf-8")
    window.open_path(table)
    dialog = _dialog(window)
    until(lambda: getattr(dialog, "look", None) is not None, _IMPORT())
    yield "import", _grabbed(window, dialog)
    dialog.close()
    for name in ("shortcuts", "preferences", "thresholds", "about"):
        window.actions_table[name].trigger()
        dialog = _dialog(window)
        yield name, _grabbed(window, dialog)
        dialog.close()


def _telling(window: MainWindow) -> Finding:
    """The finding that shows most: with people lit and an advice."""
    report = window.analyst.report
    judged = report.judged if report is not None else ()
    with_advice = [finding for finding in judged if finding.advice and finding.lit_nodes]
    if not (with_advice or judged):
        raise Failed(str(_SHOWN(title=window.session.document.info.title)))
    return (with_advice or list(judged))[0]


def _dialog(window: MainWindow) -> QDialog:
    """The dialog that stands open over the window."""
    found = [each for each in window.findChildren(QDialog) if each.isVisible()]
    return found[-1]


def _grabbed(window: MainWindow, dialog: QDialog | None = None) -> QPixmap:
    """The window when all is still; with a dialog, that one in the middle above it."""
    rest(STILL)
    picture = window.grab()
    if dialog is not None:
        above = dialog.grab()
        painter = QPainter(picture)
        painter.fillRect(picture.rect(), VEIL)
        painter.drawPixmap(QPoint((WIDTH - above.width()) // 2, (HEIGHT - above.height()) // 2), above)
        painter.end()
    return picture
