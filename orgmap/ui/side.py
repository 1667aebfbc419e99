"""The column at the right: what is selected, what the map says, and what one asks of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from orgmap.analysis.findings import Finding
from orgmap.drawing.style import Theme
from orgmap.i18n import say
from orgmap.ui.panels.ask_panel import AskPanel
from orgmap.ui.panels.findings import FindingsPanel
from orgmap.ui.panels.inspector import Inspector
from orgmap.ui.session import Session
from orgmap.ui.widgets.roles import set_role

NARROWEST, USUAL = 280, 392  # pixels


class SidePanel(QTabWidget):
    """Tabs of the inspector, the findings and the questions; the second counts them."""

    selection_asked = Signal(object)  # frozenset of ids
    finding_chosen = Signal(object)  # Finding | None
    advised = Signal(object)  # Advised
    cutoffs_asked = Signal(str)  # code

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        set_role(self, "panel")
        self.setDocumentMode(True)
        self.tabBar().setExpanding(False)
        self.tabBar().setDrawBase(False)
        self._measure()
        self.inspector = Inspector(session, theme)
        self.findings = FindingsPanel(session, theme)
        self.addTab(self.inspector, "")
        self.ask = AskPanel(session, theme)
        self.addTab(self.findings, "")
        self.addTab(self.ask, "")
        self.inspector.selection_asked.connect(self.selection_asked)
        self.inspector.finding_asked.connect(self.show_finding)
        self.ask.selection_asked.connect(self.selection_asked)
        self.ask.finding_asked.connect(self.show_finding)
        self.findings.finding_chosen.connect(self.finding_chosen)
        self.findings.advised.connect(self.advised)
        self.findings.cutoffs_asked.connect(self.cutoffs_asked)
        self.findings.count_changed.connect(self._say)
        self._say()
        self.setCurrentWidget(self.findings)

    def _measure(self) -> None:
        """Room for fields with larger letters, but less than twice for twice as large ones."""
        self.setMinimumWidth(round(NARROWEST * max(1.0, self.fontMetrics().height() / 20)))

    def show_finding(self, finding: Finding) -> None:
        """Turn to this finding and open its card."""
        self.setCurrentWidget(self.findings)
        self.findings.choose(finding)

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self.inspector.set_theme(theme)
        self.findings.set_theme(theme)
        self.ask.set_theme(theme)

    def changeEvent(self, event: QEvent, /) -> None:
        """A change of language, or of the size of text."""
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        elif event.type() == QEvent.Type.FontChange:
            self._measure()
        super().changeEvent(event)

    def _say(self) -> None:
        self.setTabText(0, say("tab", "Inspector"))
        self.setTabText(1, self.findings.title())
        self.setTabText(2, say("tab", "Ask"))
