"""The previous versions of a map: when each was saved, what changed, and the ways back to one."""

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

from orgmap.files.versions import Version
from orgmap.i18n import say
from orgmap.ui.moments import moment
from orgmap.ui.placing import open_wide
from orgmap.ui.tallied import words_of
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import Words, WordsButton, plain_tip


class VersionsDialog(QDialog):
    """Newest first. `looked_at` rings when another one is chosen, so that it can be compared."""

    looked_at = Signal(object)  # Version
    restore_asked = Signal(object)  # Version
    copy_asked = Signal(object)  # Version
    forget_asked = Signal()

    def __init__(self, name: str, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("versions")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("versions", "Previous versions"))
        open_wide(self, 100, 28)
        self._versions: tuple[Version, ...] = ()
        self._about = Words("", "body-quiet")
        self.show_name(name)
        self.table = QTableView()
        self._model = QStandardItemModel(0, 4, self)
        self.table.setModel(self._model)
        self.table.setAccessibleName(say("versions", "Versions, newest first"))
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.compared = Words("", "body-quiet")
        self.restore = WordsButton(say("versions", "Bring it back"))
        set_role(self.restore, "primary")
        self.restore.clicked.connect(self._restore)
        self.copy = WordsButton(say("versions", "Open as a copy"))
        self.copy.clicked.connect(self._copy)
        self.forget = WordsButton(say("versions", "Forget versions…"))
        self.forget.clicked.connect(self.forget_asked)
        for other in (self.copy, self.forget):
            other.setAutoDefault(False)
        buttons = QDialogButtonBox()
        close = buttons.addButton(say("dialog", "Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.restore)
        foot.addWidget(self.copy)
        foot.addWidget(self.forget)
        foot.addStretch(1)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(self._about)
        column.addWidget(self.table, 1)
        column.addWidget(self.compared)
        column.addLayout(foot)
        self.table.selectionModel().currentRowChanged.connect(self._on_chosen)
        self._enable()

    @property
    def chosen(self) -> Version | None:
        """The version chosen."""
        row = self.table.currentIndex().row()
        return self._versions[row] if 0 <= row < len(self._versions) else None

    def show_name(self, name: str) -> None:
        """Say whose versions these are."""
        self._about.setText(
            say("versions", "The last versions of {name}, one for each time it was saved.", name=name)
        )

    def show_versions(self, versions: Sequence[Version], in_file: str | None) -> None:
        """List them. `in_file`: the digest of what stands in the file now."""
        self._versions = tuple(versions)
        self._model.setRowCount(0)
        self._model.setHorizontalHeaderLabels(
            [
                say("versions", "Saved"),
                say("versions", "What changed then"),
                say("versions", "People"),
                say("versions", "Links"),
            ]
        )
        for version in self._versions:
            self._model.appendRow([_cell(words) for words in _row(version, in_file)])
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        if self._versions:
            self.table.setCurrentIndex(self._model.index(min(1, len(self._versions) - 1), 0))
        else:
            self.compared.setText(
                say("versions", "There is none yet. Each time the map is saved, one is kept.")
            )
        self._enable()

    def show_comparison(self, version: Version, words: str, names: str, *, same: bool) -> None:
        """How the chosen version differs from the map as it is now, in numbers and by name."""
        if version != self.chosen:
            return
        if same:
            self.compared.setText(say("versions", "The map is as it was then."))
        else:
            lines = [say("versions", "Bringing it back: {what}.", what=words), names]
            self.compared.setText("\n".join(filter(None, lines)))
        self.restore.setEnabled(not same)

    def show_trouble(self, words: str) -> None:
        """The chosen version cannot be read."""
        self.compared.setText(words)
        self.restore.setEnabled(False)
        self.copy.setEnabled(False)

    def _on_chosen(self) -> None:
        self._enable()
        if self.chosen is not None:
            self.looked_at.emit(self.chosen)

    def _enable(self) -> None:
        self.restore.setEnabled(False)  # until it was compared
        self.copy.setEnabled(self.chosen is not None)
        self.forget.setEnabled(bool(self._versions))

    def _restore(self) -> None:
        if self.chosen is not None:
            self.table.setFocus()  # the button is of no use once it is done
            self.restore_asked.emit(self.chosen)

    def _copy(self) -> None:
        if self.chosen is not None:
            self.copy_asked.emit(self.chosen)


def _row(version: Version, in_file: str | None) -> tuple[str, str, str, str]:
    when = moment(version.at)
    if version.digest == in_file:
        when = say("versions", "{when} (in the file)", when=when)
    what = words_of(version.tally) if version.tally is not None else say("versions", "as it was found")
    return when, what, say("versions", "{n}", n=version.people), say("versions", "{n}", n=version.links)


def _cell(words: str) -> QStandardItem:
    item = QStandardItem(words)
    item.setEditable(False)
    item.setToolTip(plain_tip(words))
    return item
