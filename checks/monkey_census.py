"""Counts what lives in a window: what was made once for good is there already, what grows is a leak."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from checks.monkey_hands import FOREIGN
from orgmap.assets import asset
from orgmap.drawing.backdrop_source import taken_in
from orgmap.files import native
from orgmap.i18n import ENGLISH
from orgmap.model import scenery
from orgmap.model.document import Document
from orgmap.model.entities import Frame
from orgmap.progress import SILENT
from orgmap.ui.main_window import MainWindow
from orgmap.ui.pages import PAGES
from orgmap.ui.settings import ThemeChoice

SPARE = 3  # objects of a kind that may come and go: what Qt or a cache makes for one place or another
FLOATING = ("filter", "palette", "find", "history")
BOUNDED = (  # kept on purpose, up to a number or a size
    "orgmap.drawing.lettering.Hand", "orgmap.ui.sieve.", "orgmap.ui.canvas.chips.Chip"
)  # fmt: skip
PRIVATE = (
    *BOUNDED,
    "orgmap.model.",
    "orgmap.analysis.",
    "orgmap.i18n.",
)  # values: maps and reports, the same for all
Until = Callable[[Callable[[], bool]], None]


class Census:
    """Brings a window into one and the same state, and counts what lives in it by kind."""

    def __init__(self, window: MainWindow, picture: Path, settle: Callable[[], None], until: Until) -> None:
        """`picture`: any. `settle`: answers what is asked. `until`: waits."""
        self.window, self._settle, self._until = window, settle, until
        self._map = _everything(picture)
        self.counts: list[Counter[str]] = []

    def warm(self) -> None:
        """Use every action once, so that what is made when first wanted is there."""
        window = self.window
        window.session.open(self._map)
        for action in [action for entry, action in window.actions_table if entry.id not in FOREIGN]:
            window.canvas.set_selection([next(iter(window.session.document.nodes), "")])
            action.trigger()
            self._settle()
        self.count()
        self.counts.clear()

    def _visit(self) -> None:
        """Look at every page, at the form of everything on the map, and at what floats above it."""
        window = self.window
        document = window.session.document
        tables = (document.nodes, document.modules, document.links, document.stickies, document.backdrops)
        for name in FLOATING:
            window.actions_table[name].trigger()
            self._settle()
            QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
        for page in reversed(PAGES):
            window.room.pages.show_page(page)
            for table in tables:
                window.canvas.set_selection([next(iter(table))])
                QApplication.processEvents()
        window.canvas.set_selection(())
        window.canvas.setFocus()
        QTest.keyClick(window.canvas, Qt.Key.Key_Escape)

    def count(self) -> None:
        """Count, after a look at everything, with an empty map and nothing asked, hidden or under way."""
        window = self.window
        settings, session = window.settings, window.session
        settings.theme, settings.language, settings.text_scale = ThemeChoice.LIGHT, ENGLISH, 100
        session.hide_names(False)
        window.canvas.stage.lock(False)
        window.canvas.entry.field.clear()
        window.actions_table["show_all"].trigger()
        window.actions_table["reset_layout"].trigger()
        window.canvas.overlay.card.hide()
        session.open(self._map)
        window.room.side.setCurrentWidget(window.room.side.inspector)
        self._visit()
        session.open(Document())
        window.canvas.overlay.card.hide()
        window.actions_table["filter"].trigger()  # it keeps what it offered last until it is seen again
        self._settle()
        window.canvas.overlay.card.hide()
        window.notices.clear()
        self._until(lambda: window.analyst.fresh and not window.analyst.busy)
        for _ in range(3):
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            QApplication.processEvents()
            gc.collect()
        found = Counter(f"{_kind(each)} in {_kind(each.parent())}" for each in window.findChildren(QObject))
        found["windows"] = len(QApplication.topLevelWidgets())
        for each in gc.get_objects():
            kind = _kind(each)
            if kind.startswith("orgmap.") and not isinstance(each, QObject):
                found[kind] += 1
        self.counts.append(Counter({k: n for k, n in found.items() if not k.startswith(PRIVATE)}))

    def grown(self) -> list[str]:
        """The kinds of which there are more at the end than at first, in words."""
        if not self.counts:
            return []
        early, late = self.counts[0], self.counts[-1]
        more = {kind: late[kind] - early[kind] for kind in late if late[kind] > early[kind] + SPARE}
        return [f"{kind}: {[c[kind] for c in self.counts]}" for kind in sorted(more, key=more.__getitem__)]

    @property
    def sums(self) -> list[int]:
        """How many objects there were, one number for each count."""
        return [counted.total() for counted in self.counts]


def _kind(each: object) -> str:
    return f"{type(each).__module__}.{type(each).__qualname__}"


def _everything(picture: Path) -> Document:
    """A map with at least one of each thing that can be on one."""
    document = native.load(asset("samples", "2-millbrook-40.orgmap"))
    change, _ = scenery.add_sticky(document, (0.0, 0.0), colour=0)
    document = document.apply(change)
    frame = Frame(x=0.0, y=0.0, width=400.0, height=300.0)
    change, _ = scenery.add_backdrop(document, taken_in(picture, SILENT).data, frame)
    return document.apply(change)
