"""What hands do to one cell of the matrix, each one step of undo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from orgmap.drawing.captions import OFTEN
from orgmap.i18n import Text, say, text
from orgmap.model import crossing, edits
from orgmap.model.crossing import NO_MODULE, Tie
from orgmap.model.document import Change, Document
from orgmap.model.entities import ChannelId, EndId, LinkId, LinkKind
from orgmap.model.query import listed_channels
from orgmap.ui.session import Session
from orgmap.ui.tables.cell_words import called
from orgmap.ui.tables.matrix_model import MatrixModel
from orgmap.ui.widgets.words import in_entry

CHOICES: tuple[tuple[float | None, Text], ...] = ((None, text("how often", "not said")), *OFTEN.items())
_TELL = text("undo", "{row} tells {column}")
_BOTH = text("undo", "{row} and {column} talk both ways")
_NOTHING = text("undo", "{row} tells {column} nothing")
_PART = text("undo", "Nothing between {row} and {column}")
_TURN = text("undo", "Turn round {row} and {column}")
_CHANNEL = text("undo", "Change the channel of {n} link", "Change the channel of {n} links")
_OFTEN = text("undo", "Change how often on {n} link", "Change how often on {n} links")


class CellHands(QObject):
    """Alters the map of a session by the cells of its matrix; `edited` rings with the cell."""

    edited = Signal(int, int)

    def __init__(self, session: Session, model: MatrixModel, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._model = session, model

    @property
    def _kind(self) -> LinkKind:
        return self._model.table.kind

    def _ends(self, row: int, column: int) -> tuple[EndId, EndId]:
        return self._model.keys[row], self._model.keys[column]

    def _tie(self, row: int, column: int) -> Tie:
        return crossing.tie(self._session.document, *self._ends(row, column), self._kind)

    def strike(self, row: int, column: int) -> None:
        """Nothing becomes row tells column, that becomes both ways, and that row tells column."""
        drawn = self._tie(row, column)
        label = _BOTH if drawn.tells is not drawn.hears else _TELL
        self._alter(row, column, label, crossing.cycled)

    def empty(self, row: int, column: int) -> None:
        """Row tells column nothing any more."""
        self._alter(row, column, _NOTHING, crossing.emptied)

    def _part(self, row: int, column: int) -> None:
        self._alter(row, column, _PART, crossing.parted)

    def _turn(self, row: int, column: int) -> None:
        self._alter(row, column, _TURN, crossing.turned)

    def _both(self, row: int, column: int) -> None:
        self._between(row, column, _BOTH, crossing.both_ways)

    def _one(self, row: int, column: int) -> None:
        self._between(row, column, _TELL, crossing.one_way)

    def _between(
        self, row: int, column: int, label: Text, verb: Callable[[Document, EndId, EndId], Change]
    ) -> None:
        one, other = self._ends(row, column)
        self._edit(row, column, label, verb(self._session.document, one, other))

    def _alter(
        self, row: int, column: int, label: Text, verb: Callable[[Document, EndId, EndId, LinkKind], Change]
    ) -> None:
        one, other = self._ends(row, column)
        self._edit(row, column, label, verb(self._session.document, one, other, self._kind))

    def _edit(self, row: int, column: int, label: Text, change: Change) -> None:
        if row == column or NO_MODULE in self._ends(row, column):
            return
        document = self._session.document
        one, other = self._ends(row, column)
        self._session.edit(label(row=called(document, one), column=called(document, other)), change)
        self.edited.emit(row, column)

    def _links(self, row: int, column: int) -> list[LinkId]:
        cell = self._model.cell(row, column)
        return list(cell.links) if cell is not None else []

    def key(self, row: int, column: int, key: str) -> None:
        """R turns round, B makes both ways or one, a digit chooses a channel, 0 none."""
        if key == "R":
            self._turn(row, column)
        elif key == "B" and self._kind is LinkKind.TALKS:
            drawn = self._tie(row, column)
            (self._one if drawn.tells and drawn.hears else self._both)(row, column)
        elif key.isdigit():
            channels = [channel.id for channel in listed_channels(self._session.document)]
            if int(key) <= len(channels):
                self._set(row, column, _CHANNEL, channel=channels[int(key) - 1] if key != "0" else None)

    def _set(self, row: int, column: int, label: Text, **fields: object) -> None:
        links = self._links(row, column)
        if links:
            self._session.edit(label(n=len(links)), edits.set_fields(self._session.document, links, **fields))

    def _set_channel(self, row: int, column: int, channel: ChannelId | None) -> None:
        self._set(row, column, _CHANNEL, channel=channel)

    def _set_often(self, row: int, column: int, per_week: float | None) -> None:
        self._set(row, column, _OFTEN, per_week=per_week)

    def fill(self, menu: QMenu, row: int, column: int) -> None:
        """What can be done with a cell, as entries of a menu."""
        one, other = self._ends(row, column)
        who = {
            "row": in_entry(called(self._session.shown, one)),
            "column": in_entry(called(self._session.shown, other)),
        }
        drawn = self._tie(row, column)
        apart = row != column and NO_MODULE not in (one, other)
        if apart and self._kind is LinkKind.TALKS:
            for words, command, on in (
                (say("matrix", "{row} tells {column}", **who), self._one, drawn.tells and not drawn.hears),
                (say("matrix", "Both ways"), self._both, drawn.tells and drawn.hears),
                (say("matrix", "Nothing between them"), self._part, not drawn.tells and not drawn.hears),
            ):
                _entry(menu, words, partial(command, row, column), checked=on)
        elif apart:
            _entry(menu, say("matrix", "Link, or turn round"), partial(self.strike, row, column))
            _entry(menu, say("matrix", "Nothing between them"), partial(self._part, row, column))
        links = [self._session.document.links[key] for key in self._links(row, column)]
        if links:
            menu.addSeparator()
            channels = _submenu(menu, say("menu", "Channel"))
            carried = {link.channel for link in links}
            listed: list[tuple[ChannelId | None, str]] = [(None, say("menu", "not said"))]
            listed += [(c.id, in_entry(c.name)) for c in listed_channels(self._session.shown)]
            for key, words in listed:
                command = partial(self._set_channel, row, column, key)
                _entry(channels, words, command, checked=carried == {key})
            times = _submenu(menu, say("menu", "How often"))
            said = {link.per_week for link in links}
            for per_week, label in CHOICES:
                command = partial(self._set_often, row, column, per_week)
                _entry(times, str(label()), command, checked=said == {per_week})


def _submenu(menu: QMenu, words: str) -> QMenu:
    made = QMenu(words, menu)
    menu.addMenu(made)
    return made


def _entry(menu: QMenu, words: str, command: Callable[[], object], *, checked: bool | None = None) -> QAction:
    action = menu.addAction(words)
    if checked is not None:
        action.setCheckable(True)
        action.setChecked(checked)
    action.triggered.connect(partial(_without_more, command))
    return action


def _without_more(command: Callable[[], object], *_: object) -> None:
    """A command, without what the signal says."""
    command()
