"""The foot of an import: where it goes, what comes of it in one sentence, and the buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from orgmap.i18n import say
from orgmap.ui.bars import hairline
from orgmap.ui.dialogs.importing.outcome import Into
from orgmap.ui.widgets.flow import FlowLayout
from orgmap.ui.widgets.words import Words

SLOW = 300  # milliseconds after which work says how far it is


class Foot(QWidget):
    """The same below every step. `import_button` is what Enter presses, or `doubts_button` before it."""

    into_told = Signal()
    doubts_asked = Signal()
    back_asked = Signal()
    import_asked = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._offered = False
        self._where = QWidget()
        self._where.setAccessibleName(say("import", "Where it goes"))
        flow = FlowLayout(self._where, gap=16)
        words = {
            Into.NEW: say("import", "As a new map"),
            Into.OPEN: say("import", "Into the map that is open"),
            Into.INSTEAD: say("import", "In place of all that is on it"),
        }
        self._into: dict[Into, QRadioButton] = {}
        for into, label in words.items():
            choice = QRadioButton(label)
            choice.setObjectName(f"into-{into.value}")
            choice.setMinimumHeight(24)
            self._into[into] = choice
            self._group.addButton(choice)
            flow.addWidget(choice)
        self._into[Into.NEW].setChecked(True)
        self._group.buttonClicked.connect(self._on_into)
        self._said = Words("", "body")
        self._said.setAccessibleName("")
        self._bar = QProgressBar()
        self._bar.setRange(0, 100)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(say("import", "How much is read"))
        self._bar.hide()
        self._slow = QTimer(self, singleShot=True, interval=SLOW)
        self._slow.timeout.connect(self._bar.show)
        self.back = QPushButton(say("import", "&Back"))
        self.back.clicked.connect(self.back_asked)
        self.doubts_button = QPushButton()
        self.doubts_button.setObjectName("to-doubts")
        self.doubts_button.clicked.connect(self.doubts_asked)
        self.cancel = QPushButton(say("dialog", "Cancel"))
        self.cancel.clicked.connect(self.cancelled)
        self.import_button = QPushButton(say("import", "&Import"))
        self.import_button.setObjectName("do-import")
        self.import_button.clicked.connect(self.import_asked)
        for button in (self.back, self.doubts_button, self.cancel, self.import_button):
            button.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.import_button)
        row.addWidget(self.doubts_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline())
        inner = QVBoxLayout()
        inner.setContentsMargins(24, 12, 24, 16)
        inner.setSpacing(8)
        inner.addWidget(self._where)
        inner.addWidget(self._said)
        inner.addWidget(self._bar)
        inner.addLayout(row)
        column.addLayout(inner)

    @property
    def into(self) -> Into:
        """Where it goes."""
        return next((into for into, button in self._into.items() if button.isChecked()), Into.NEW)

    def set_into(self, into: Into) -> None:
        """Propose a place."""
        self._into[into].setChecked(True)

    def offer_open(self, *, offered: bool) -> None:
        """Is there a map open that it could go into?"""
        self._offered = offered
        if not offered:
            self.set_into(Into.NEW)
        self._where.setVisible(offered)

    def show_doubts(self, still: int, total: int, *, on_them: bool) -> None:
        """How many rows are in doubt, and `still` open: to those Enter goes first, and imports from there."""
        held = self.window().focusWidget() in (self.import_button, self.doubts_button)
        self.back.setVisible(on_them)
        ahead = bool(still) and not on_them
        self.doubts_button.setVisible(bool(total) and not on_them)
        if still:
            words = say("import", "Look at {n} &doubt", "Look at {n} &doubts", n=still)
        else:
            words = say("import", "Look at {n} &answer", "Look at {n} &answers", n=total)
        self.doubts_button.setText(words)
        self.doubts_button.setDefault(ahead)
        self.import_button.setDefault(not ahead)
        if held:
            self.focus()  # the keyboard is where Enter is

    def show_where(self, *, shown: bool) -> None:
        """There is something that could go anywhere."""
        self._where.setVisible(shown and self._offered)

    def show_sentence(self, words: str) -> None:
        """What comes of it."""
        self._said.setText(words)

    def show_work(self, share: float | None) -> None:
        """How far reading is, 0..1; None when nothing is being read. What is quick shows nothing."""
        if share is None:
            self._slow.stop()
            self._bar.hide()
            return
        self._bar.setValue(round(share * 100))
        if not self._bar.isVisible() and not self._slow.isActive():
            self._slow.start()

    def enable_import(self, able: bool) -> None:
        """Can it be imported as it is?"""
        self.import_button.setEnabled(able)
        self.import_button.setToolTip("")

    def focus(self) -> None:
        """To what Enter does."""
        button = self.doubts_button if self.doubts_button.isDefault() else self.import_button
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_into(self, _button: object) -> None:
        self.into_told.emit()
