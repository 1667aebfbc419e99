"""The matrix with its choices above and the sentence of the cell below."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QMenu, QVBoxLayout, QWidget

from orgmap.analysis.seriation import by_likeness
from orgmap.drawing.style import Theme
from orgmap.i18n import say, text
from orgmap.model.crossing import NO_MODULE, Crossing, Grain, nested
from orgmap.model.document import Change, Document
from orgmap.model.entities import EndId, LinkId, LinkKind
from orgmap.model.query import home
from orgmap.progress import SILENT, Progress
from orgmap.ui.jobs import Errand
from orgmap.ui.session import Session
from orgmap.ui.tables.cell_hands import CellHands
from orgmap.ui.tables.cell_words import called, summary
from orgmap.ui.tables.matrix_model import MatrixModel, Order
from orgmap.ui.tables.matrix_view import MatrixView
from orgmap.ui.widgets.flow import FlowLayout
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.segments import Segments, follow_the_eye
from orgmap.ui.widgets.words import Words

AT_ONCE = 120  # rows that are put in order of likeness without a thread
QUICK = 8_000  # links from which the table is counted in a thread
_LEGEND = text(
    "matrix",
    "A row tells a column; the diagonal is what stays inside. A cut corner: no way back. "
    "A question mark: they need each other's work, and no talk is drawn.",
)
_HINT = text("matrix", "Enter or a second click: row tells column, then both ways. Del empties the cell.")
_LEFT_OUT = text(
    "matrix", "{n} link with a module stands among the modules.", "{n} links with modules stand there."
)


class MatrixPage(QWidget):
    """Follows a session while it is in view. `selection_changed` rings for hands."""

    selection_changed = Signal(object)  # frozenset of ids
    left = Signal()  # Esc
    ordered = Signal()  # rows stand in the order asked for

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._ids: frozenset[str] = frozenset()
        self._owed = False  # somebody waits to stand where the selection is
        self._stale = True
        self._showing = False
        self._pending: Change | None = None  # what has happened since it was shown
        self._anew = True  # the table, its names and their room have to be made anew
        self._kind, self._order = LinkKind.TALKS, Order.MODULE
        self._counting, self._ordering = Errand(self), Errand(self)
        self._likeness: tuple[Grain, list[EndId]] | None = None
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = MatrixModel(self)
        self.view = MatrixView(self.model, theme)
        self.hands = CellHands(session, self.model, self)
        self.view.left.hue = self.view.top.hue = self._hue
        self.view.left.inset = self.view.top.inset = self._inset
        self.grain = Segments([grain.value for grain in Grain])
        self.count = Segments(["links", "contact"])
        self.order, self.kind = QComboBox(), QComboBox()
        self.sentence, self.legend = Words(role="body"), Words(role="quiet")
        self._hues: dict[EndId, int] = {}
        self._insets: dict[EndId, int] = {}
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self.grain.set_value(Grain.PEOPLE.value)
        self.count.set_value("links")
        self.say()
        self._connect()

    def _lay_out(self) -> None:
        choices = QWidget()
        top = FlowLayout(choices, gap=12)  # in a narrow window, or with large letters, in several lines
        for box in (self.kind, self.order):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for part in (self.grain, self.count, self.kind, self.order):
            top.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addWidget(choices)
        column.addWidget(self.view, 1)
        column.addWidget(self.sentence)
        column.addWidget(self.legend)
        self.setFocusProxy(self.view)
        parts = [*self.grain.buttons, *self.count.buttons, self.kind, self.order, self.view]
        follow_the_eye(parts)

    def _connect(self) -> None:
        self.grain.chosen.connect(self._choose)
        self.count.chosen.connect(self._choose)
        self.order.activated.connect(self._reorder)
        self.kind.activated.connect(self._choose)
        self._soon.timeout.connect(self._show)
        view = self.view
        view.cell_entered.connect(self._tell)
        view.cell_chosen.connect(self._chosen)
        view.cell_struck.connect(self.hands.strike)
        view.cell_emptied.connect(self.hands.empty)
        view.key_given.connect(self.hands.key)
        view.name_chosen.connect(self._named)
        view.menu_asked.connect(self._open_menu)
        self.hands.edited.connect(self._edited)
        self._session.changed.connect(self._map_changed)
        self._session.opened.connect(self._map_opened)
        self._session.names_changed.connect(self._later)

    # -- for others ---------------------------------------------------------------------------

    def set_selection(self, ids: Collection[str]) -> None:
        """Mark these people, modules and links; a single link is gone to."""
        self._ids = frozenset(ids)
        if self._stale:
            return
        self.view.mark(self._ids)
        link = self._session.document.links.get(LinkId(next(iter(self._ids), "")))
        if len(self._ids) == 1 and link is not None:
            row, column = self.model.place_of.get(link.source), self.model.place_of.get(link.target)
            if (
                row is not None
                and column is not None
                and self.view.current not in ((row, column), (column, row))
            ):
                self._go(row, column)

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self._theme = theme
        self.view.set_theme(theme)

    def show_grain(self, grain: Grain) -> None:
        """People or modules."""
        self.grain.set_value(grain.value)
        self._choose()

    def say(self) -> None:
        """Every word again, in the language in use."""
        name = say("matrix", "Rows and columns")
        options = (
            (Grain.PEOPLE.value, say("matrix", "People")),
            (Grain.MODULES.value, say("matrix", "Modules")),
        )
        self.grain.say(name, options)
        counts = (("links", say("matrix", "Links")), ("contact", say("matrix", "Contacts a week")))
        self.count.say(say("matrix", "Numbers"), counts)
        _fill(
            self.order,
            say("matrix", "Order"),
            (
                (Order.MODULE, say("matrix", "By module")),
                (Order.LIKENESS, say("matrix", "By likeness")),
                (Order.NAME, say("matrix", "By name")),
            ),
        )
        self.order.setToolTip(
            say("matrix", "By likeness: who talks with the same people stands side by side.")
        )
        _fill(
            self.kind,
            say("matrix", "Kind of link"),
            (
                (LinkKind.TALKS, say("matrix", "Talk")),
                (LinkKind.REPORTS, say("matrix", "Formal lines")),
                (LinkKind.NEEDS, say("matrix", "Work that needs work")),
            ),
        )
        self.kind.setToolTip(say("matrix", "Which links stand in the matrix"))
        self._later()

    def changeEvent(self, event: QEvent, /) -> None:
        """A change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.say()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent, /) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._show()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # -- showing ------------------------------------------------------------------------------

    @property
    def table(self) -> Crossing:
        """What is shown."""
        return self.model.table

    def _map_changed(self, change: Change) -> None:
        if change.structural() or change.modules:
            self._pending = change if self._pending is None else self._pending.then(change)
            self._soon_stale()

    def _map_opened(self) -> None:
        self._likeness = None
        self._later()

    def _later(self) -> None:
        self._anew = True
        self._soon_stale()

    def _soon_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def _choose(self) -> None:
        self._kind = LinkKind(self.kind.currentData() or LinkKind.TALKS)
        self._likeness = None
        self._anew = True
        self._show()

    def _reorder(self) -> None:
        self._order = Order(self.order.currentData() or Order.MODULE)
        self._likeness = None
        self._show()

    def _show(self) -> None:
        self._stale = not self.isVisible()
        if self._stale:
            return
        self._soon.stop()
        change, self._pending = self._pending, None
        table, shown = self.table, self._session.shown
        renamed = self._anew or (change is not None and bool(change.nodes or change.modules))
        if self._anew or (change is not None and not table.followed(shown, change)):
            self._anew = True
            work = partial(_counted, shown, Grain(self.grain.value), self._kind)
            if len(shown.links) > QUICK:
                self._counting.run(work, self._on_counted)
                self.sentence.setText(say("matrix", "Counting who tells whom ..."))
                return
            table = work(SILENT)
        self._lay(table, renamed=renamed)
        if self._owed:
            self._stand()

    def _on_counted(self, table: Crossing) -> None:
        self._lay(table, renamed=True)
        self._stand()

    def _stand(self) -> None:
        """Go to what is selected, else to the first cell; later, if the map has changed meanwhile."""
        self._owed = self._stale
        if not self._stale:
            self.set_selection(self._ids)
            self.view.stand()

    def _lay(self, table: Crossing, *, renamed: bool) -> None:
        """Put the rows of a table in their order."""
        self._anew = False
        self._insets = {}
        if table.grain is Grain.MODULES:
            self._hues = _colours(table.document)
            if self._order is Order.MODULE:
                self._insets = dict(nested(table.document))
        else:
            colours = _colours(table.document)
            homes = ((node.id, home(node)) for node in table.document.nodes.values())
            self._hues = {key: colours[own] if own is not None else -1 for key, own in homes}
        at = self.view.current
        kept, across = (self.model.keys[place] if place >= 0 else NO_MODULE for place in at)
        self._showing = True
        try:
            self.model.place(table, self._ordered(table), contact=self.count.value == "contact")
            row, column = self.model.place_of.get(kept, -1), self.model.place_of.get(across, -1)
            if row >= 0 and column >= 0:
                self.view.setCurrentIndex(self.model.index(row, column))
        finally:
            self._showing = False
        if renamed:
            self.view.measure()
        self.view.mark(self._ids)
        self.view.setAccessibleName(summary(table))
        self._tell(*self.view.current)

    def _ordered(self, table: Crossing) -> list[EndId]:
        keys = table.keys
        if self._order is Order.NAME:
            return sorted(keys, key=lambda key: called(table.document, key).casefold())
        if self._order is Order.LIKENESS:
            if self._likeness is None or self._likeness[0] is not table.grain:
                self._seek_likeness(table, keys)
            if self._likeness is not None:
                there = set(keys)
                known = dict.fromkeys(key for key in self._likeness[1] if key in there)
                return [*known, *(key for key in keys if key not in known)]
        return keys

    def _seek_likeness(self, table: Crossing, keys: Sequence[EndId]) -> None:
        """Put rows that are alike side by side: a few at once, many in a thread."""
        self._ordering.stop()
        if len(keys) <= AT_ONCE:
            self._likeness = _likeness(table, keys, SILENT)
            return
        self._ordering.run(
            partial(_alike, table.document, table.grain, table.kind, list(keys)), self._on_likeness
        )

    def _on_likeness(self, found: tuple[Grain, list[EndId]]) -> None:
        self._likeness = found
        self._show()
        self.ordered.emit()

    def _hue(self, place: int) -> int:
        return self._hues.get(self.model.keys[place], -1) if place < len(self.model.keys) else -1

    def _inset(self, place: int) -> int:
        return self._insets.get(self.model.keys[place], 0) if place < len(self.model.keys) else 0

    def _tell(self, row: int, column: int) -> None:
        there = 0 <= row < len(self.model.keys) and 0 <= column < len(self.model.keys)
        if not self.model.keys:
            self.sentence.setText(say("matrix", "Nobody is on the map yet."))
        else:
            self.sentence.setText(self.model.sentence(row, column) if there else summary(self.table))
        legend = f"{_LEGEND()} {_HINT()}"
        if self.table.left_out:
            legend = f"{legend} {_LEFT_OUT(n=self.table.left_out)}"
        self.legend.setText(legend)

    # -- hands --------------------------------------------------------------------------------

    def _go(self, row: int, column: int) -> None:
        self._showing = True
        try:
            self.view.setCurrentIndex(self.model.index(row, column))
        finally:
            self._showing = False

    def _ends(self, row: int, column: int) -> tuple[EndId, EndId]:
        return self.model.keys[row], self.model.keys[column]

    def _chosen(self, row: int, column: int) -> None:
        """The links of the cell are selected; of an empty one, its two ends."""
        if self._showing:
            return
        cell = self.model.cell(row, column)
        one, other = self._ends(row, column)
        ids = frozenset(cell.links) if cell is not None else frozenset({one, other} - {NO_MODULE})
        self._select(ids)

    def _edited(self, row: int, column: int) -> None:
        self._show()
        self._chosen(row, column)

    def _open_menu(self, row: int, column: int, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.hands.fill(menu, row, column)
        if menu.isEmpty():
            menu.deleteLater()
        else:
            menu.popup(where)

    def _named(self, place: int) -> None:
        key = self.model.keys[place]
        if key != NO_MODULE:
            self._select(frozenset([key]))

    def _select(self, ids: Collection[str]) -> None:
        self._ids = frozenset(ids)
        self.view.mark(self._ids)
        self.selection_changed.emit(self._ids)


def _fill(box: QComboBox, name: str, options: Sequence[tuple[str, str]]) -> None:
    """Words for the values of a box; the value chosen stays."""
    chosen = box.currentData()
    box.clear()
    for value, words in options:
        box.addItem(words, str(value))
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.setAccessibleName(name)


def _colours(document: Document) -> dict[EndId, int]:
    """The hue of every module."""
    modules = document.modules.values()
    return {m.id: place if m.colour is None else m.colour for place, m in enumerate(modules)}


def _counted(document: Document, grain: Grain, kind: LinkKind, _: Progress) -> Crossing:
    return Crossing(document, grain, kind)


def _likeness(table: Crossing, keys: Sequence[EndId], progress: Progress) -> tuple[Grain, list[EndId]]:
    place = {key: at for at, key in enumerate(keys)}
    weights = {
        (place[row], place[column]): float(len(cell.links))
        for row, line in table.rows.items()
        for column, cell in line.items()
        if row in place and column in place
    }
    return table.grain, [keys[at] for at in by_likeness(weights, len(keys), progress)]


def _alike(
    document: Document, grain: Grain, kind: LinkKind, keys: Sequence[EndId], progress: Progress
) -> tuple[Grain, list[EndId]]:
    """In a thread, with a table of its own: the one that is shown follows every edit."""
    return _likeness(Crossing(document, grain, kind), keys, progress)
