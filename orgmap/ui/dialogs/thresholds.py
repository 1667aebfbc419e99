"""From where on each finding is said: every cut-off there is, also of findings the map does not have now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from orgmap.analysis.catalogue import CUTOFFS, ENTRIES, cutoff, cutoffs
from orgmap.i18n import say, text
from orgmap.model import edits
from orgmap.model.document import Change
from orgmap.ui.placing import open_wide
from orgmap.ui.session import Session
from orgmap.ui.widgets.cutoffs import Cutoffs
from orgmap.ui.widgets.folds import Fold
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import Words, WordsButton

WHOLE_MAP = ""  # in place of a code: what holds for every finding
_RESET = text("undo", "All cut-offs back to their defaults")


class ThresholdsDialog(QDialog):
    """It stays open beside the map; what is moved holds at once, and undo takes it back."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("thresholds")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._about = Words(role="body-quiet")
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        page = QWidget()
        set_role(page, "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        self.sections: dict[str, _Section] = {}
        general = [name for name in CUTOFFS if "." not in name]
        for code, names in [(WHOLE_MAP, general), *((code, cutoffs(code)) for code in ENTRIES)]:
            if names:
                self.sections[code] = _Section(session, code, names)
                column.addWidget(self.sections[code])
        self._none = Words(role="quiet")
        column.addWidget(self._none)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(page)
        self.reset = WordsButton()
        self.reset.clicked.connect(self._reset)
        self._buttons = QDialogButtonBox()
        self._close = self._buttons.addButton("", QDialogButtonBox.ButtonRole.RejectRole)
        self._buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.reset)
        foot.addStretch(1)
        foot.addWidget(self._buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 24, 12, 16)
        whole.setSpacing(12)
        for part in (self._about, self.search):
            whole.addWidget(part)
        whole.addWidget(self._area, 1)
        whole.addLayout(foot)
        open_wide(self, 60, 40)
        session.changed.connect(self._on_changed)
        session.opened.connect(self._refresh)
        self._say()

    def choose(self, code: str) -> None:
        """Open the section of this code and bring it into view."""
        section = self.sections.get(code)
        if section is not None:
            self.search.clear()
            section.fold.open()
            section.fold.head.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, section, self._bring_into_view)

    def changeEvent(self, event: QEvent, /) -> None:
        """Another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _bring_into_view(self) -> None:
        section = next((s for s in self.sections.values() if s.fold.head.hasFocus()), None)
        if section is not None:
            self._area.ensureWidgetVisible(section, 0, 24)

    def _say(self) -> None:
        self.setWindowTitle(say("cut-off", "Cut-offs of findings"))
        self._about.setText(
            say("cut-off", "From where on something is said. The findings follow at once; the map keeps it.")
        )
        self.search.setPlaceholderText(say("cut-off", "Find a finding or a cut-off"))
        self.search.setAccessibleName(say("cut-off", "Find a finding or a cut-off"))
        self._none.setText(say("cut-off", "No cut-off is called so."))
        self.reset.set_words(say("cut-off", "All back to default"))
        self._close.setText(say("dialog", "Close"))
        for section in self.sections.values():
            section.retell()
        self._refresh()
        self._find(self.search.text())

    def _find(self, words: str) -> None:
        found = [section for section in self.sections.values() if section.sought(words)]
        self._none.setVisible(not found)

    def _on_changed(self, change: Change) -> None:
        if change.info is not None:
            self._refresh()

    def _refresh(self) -> None:
        for section in self.sections.values():
            section.refresh()
        self.reset.setEnabled(bool(self._session.document.info.thresholds))

    def _reset(self) -> None:
        change = Change()
        for name in self._session.document.info.thresholds:
            change = change.then(edits.set_cutoff(self._session.document.apply(change), name, None))
        self._session.edit(_RESET(), change)
        self._session.seal()


class _Section(QWidget):
    """One code: its name, what it says, and its cut-offs; marked while one of them is not the default."""

    def __init__(self, session: Session, code: str, names: Sequence[str]) -> None:
        super().__init__()
        self._session, self._code, self._names = session, code, names
        inside = QWidget()
        self._meaning = Words(role="quiet")
        self.cutoffs = Cutoffs(session, names)
        within = QVBoxLayout(inside)
        within.setContentsMargins(20, 0, 0, 12)
        within.setSpacing(12)
        within.addWidget(self._meaning)
        within.addWidget(self.cutoffs)
        self.fold = Fold(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fold)

    def sought(self, words: str) -> bool:
        """Show it only if it speaks of these words, and open it where they are typed; does it?"""
        wanted = words.strip().casefold()
        said = [self._title(), self._meaning.text(), *(str(CUTOFFS[name].words()) for name in self._names)]
        found = any(wanted in part.casefold() for part in said)
        self.setVisible(found)
        if wanted:
            self.fold.head.setChecked(found)
        return found

    def refresh(self) -> None:
        """Say whether one of them is changed."""
        document = self._session.document
        changed = any(cutoff(document, name) != CUTOFFS[name].value for name in self._names)
        title = self._title()
        self.fold.set_words(say("cut-off", "{title} (changed)", title=title) if changed else title)

    def retell(self) -> None:
        """Say everything in the language in use."""
        entry = ENTRIES.get(self._code)
        self._meaning.setText(str(entry.meaning()) if entry is not None else "")
        self._meaning.setVisible(bool(self._meaning.text()))
        self.cutoffs.retell()

    def _title(self) -> str:
        entry = ENTRIES.get(self._code)
        return str(entry.title()) if entry is not None else say("cut-off", "Every finding")
