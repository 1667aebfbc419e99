"""Maps that were not saved when the program ended: which, as they were when, and what to do with each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from orgmap.files import disk
from orgmap.files.journal import Restored
from orgmap.i18n import say
from orgmap.ui.moments import moment
from orgmap.ui.notices import one_line
from orgmap.ui.placing import open_wide
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import Words, WordsButton, plain_tip

NARROWEST = 14  # letters of a column, however large they are


def name_of(restored: Restored) -> str:
    """What the map is called: its file, else its title; nothing of that if its names are hidden."""
    if restored.head.hidden:
        return say("state", "Map without names")
    path = restored.head.path
    title = one_line(" ".join(restored.document.info.title.split()))
    return disk.shown(path) if path is not None else title or say("recovery", "A map without a name")


def ahead_of(restored: Restored) -> str:
    """How far it is from its file, as in "12 edits newer than the file"."""
    if restored.head.path is None:
        return say("recovery", "never saved")
    return say(
        "recovery", "{n} edit newer than the file", "{n} edits newer than the file", n=max(restored.away, 1)
    )


class RecoveredDialog(QDialog):
    """Newest first; stays until it is closed. Closing it forgets nothing: they are offered again."""

    reopen_asked = Signal(object)  # Restored
    discard_asked = Signal(object)  # Restored

    def __init__(self, found: Sequence[Restored], window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("recovered")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("recovery", "Maps that were not saved"))
        open_wide(self, 100, 22)
        self._found = list(found)
        about = Words(
            say(
                "recovery", "They were open when orgmap ended. What is left here is offered again next time."
            ),
            "body-quiet",
        )
        self._model = QStandardItemModel(0, 3, self)
        self._model.setHorizontalHeaderLabels(
            [say("recovery", "Map"), say("recovery", "As of"), say("recovery", "How far it is")]
        )
        for one in self._found:
            cells = [QStandardItem(words) for words in (name_of(one), moment(one.at), ahead_of(one))]
            cells[0].setToolTip(plain_tip(cells[0].text()))
            self._model.appendRow(cells)
        self.table = QTableView()
        self.table.setModel(self._model)
        self.table.setAccessibleName(say("recovery", "Maps that were not saved, newest first"))
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        head = self.table.horizontalHeader()
        head.setMinimumSectionSize(NARROWEST * self.fontMetrics().averageCharWidth())
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.reopen = WordsButton(say("recovery", "Reopen"))
        set_role(self.reopen, "primary")
        self.reopen.clicked.connect(self._reopen)
        self.discard = WordsButton(say("recovery", "Discard"))
        self.discard.clicked.connect(self._discard)
        self.discard.setAutoDefault(False)
        buttons = QDialogButtonBox()
        close = buttons.addButton(say("dialog", "Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.reopen)
        foot.addWidget(self.discard)
        foot.addStretch(1)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(about)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.table.setCurrentIndex(self._model.index(0, 0))

    def _reopen(self) -> None:
        if (one := self._taken()) is not None:
            self.reopen_asked.emit(one)

    def _discard(self) -> None:
        if (one := self._taken()) is not None:
            self.discard_asked.emit(one)

    def _taken(self) -> Restored | None:
        """The map chosen, which leaves the list."""
        row = self.table.currentIndex().row()
        if not 0 <= row < len(self._found):
            return None
        one = self._found.pop(row)
        self._model.removeRow(row)
        if not self._found:
            self.accept()
        return one
