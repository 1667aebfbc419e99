"""The findings that concern what is selected, as small links to their cards."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from orgmap.analysis.catalogue import named
from orgmap.analysis.findings import Finding
from orgmap.drawing.style import Theme
from orgmap.i18n import Text, say, text
from orgmap.ui.widgets.rows import RowButton
from orgmap.ui.widgets.signs import NAMES
from orgmap.ui.widgets.words import Words, plain_tip

_SPOKEN: Text = text("finding spoken", "{kind}: {title}. {claim}")


class FindingLinks(QWidget):
    """One row for each finding; hidden without any."""

    finding_asked = Signal(object)  # Finding

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[Finding, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 4)
        self._column.setSpacing(0)
        self._column.addWidget(Words(say("inspector", "Findings"), "section"))
        self.rows: list[_FindingRow] = []
        self.hide()

    def show_findings(self, theme: Theme, findings: Sequence[Finding]) -> None:
        """Show these; an equal list is left as it is."""
        if (tuple(findings), theme) == (self._shown, self._theme):
            return
        self._theme, self._shown = theme, tuple(findings)
        for old in self.rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = []
        for finding in findings:
            row = _FindingRow(theme, finding, self)
            row.asked.connect(self.finding_asked)
            self._column.addWidget(row)
            self.rows.append(row)
        self.setVisible(bool(findings))


class _FindingRow(RowButton):
    asked = Signal(object)  # Finding

    def __init__(self, theme: Theme, finding: Finding, parent: QWidget) -> None:
        title = str(named(finding.code))
        kind = NAMES[finding.weight]()
        spoken = str(_SPOKEN(kind=kind, title=title, claim=finding.claim))
        super().__init__(theme, "", title, spoken=spoken, sign=finding.weight, parent=parent)
        self._finding = finding
        self.setToolTip(plain_tip(str(finding.claim)))
        self.clicked.connect(self._clicked)

    def _clicked(self) -> None:
        self.asked.emit(self._finding)
