"""The inspector: what is selected, every field editable; the map itself while nothing is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from orgmap.analysis.findings import Finding, Report
from orgmap.drawing.style import Theme
from orgmap.i18n import names, say, text
from orgmap.model.document import Change, Document
from orgmap.model.entities import NodeId, NodeKind
from orgmap.ui.panels.finding_links import FindingLinks
from orgmap.ui.panels.link_form import LinkForm
from orgmap.ui.panels.measure_words import told
from orgmap.ui.panels.module_form import MapForm, ModuleForm
from orgmap.ui.panels.node_form import NodeForm
from orgmap.ui.panels.sticky_form import PictureForm, StickyForm
from orgmap.ui.session import Session
from orgmap.ui.widgets.form import Form
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import Words, plain_tip

_PEOPLE = text("count", "{n} person", "{n} people")
_NODES = text("count", "{n} node", "{n} nodes")
_MODULES = text("count", "{n} module", "{n} modules")
_LINKS = text("count", "{n} link", "{n} links")
_NOTES = text("count", "{n} note", "{n} notes")
_PICTURES = text("count", "{n} picture", "{n} pictures")
_SELECTED = text("inspector", "{things} selected")

_ORDER: tuple[type[Form], ...] = (MapForm, NodeForm, ModuleForm, LinkForm, StickyForm, PictureForm)


class Inspector(QWidget):
    """Follows the selection and the map. Edits go through the session, one step of undo each."""

    selection_asked = Signal(object)  # frozenset of ids
    finding_asked = Signal(object)  # Finding
    channel_made = Signal(object)  # ChannelId: it has a name to be given

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._ids: frozenset[str] = frozenset()
        self._report: Report | None = None
        self._revision = session.revision
        self._forms: dict[type[Form], Form] = {}
        self._stale = True
        self._build()
        session.changed.connect(self._map_changed)
        session.opened.connect(self._map_opened)

    @property
    def selection(self) -> frozenset[str]:
        """The ids it shows; empty: the map."""
        return self._ids

    def set_selection(self, ids: Collection[str]) -> None:
        """Show these nodes, modules and links. What is half typed in a field is committed first."""
        if self._revision == self._session.revision:  # never an edit in the middle of another one
            for form in self._shown_forms():
                form.commit()
        self._ids = frozenset(ids)
        self._show()
        self._area.verticalScrollBar().setValue(0)

    def rename(self) -> None:
        """Names are hidden now, or shown again."""
        self._show()

    def show_report(self, report: Report) -> None:
        """Tell measures and findings of what is selected from this report on."""
        self._report = report
        self._show_told()

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self._theme = theme
        for form in self._forms.values():
            form.theme = theme
        self._show()

    def showEvent(self, event: QShowEvent, /) -> None:
        """Catch up with what happened while nobody looked; forms are built when first needed."""
        super().showEvent(event)
        if self._stale:
            self._show()

    def changeEvent(self, event: QEvent, /) -> None:
        """Another language: build every form anew, for their labels."""
        if event.type() == QEvent.Type.LanguageChange:
            self._rebuild()
        super().changeEvent(event)

    def _build(self) -> None:
        self.setAccessibleName(say("panel", "Inspector"))
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)
        self._area.setWidget(self._page())

    def _page(self) -> QWidget:
        page = QWidget()
        set_role(page, "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 16, 20, 24)
        column.setSpacing(12)
        self._several = Words(role="title")
        column.addWidget(self._several)
        self._forms = {}
        self._forms_column = QVBoxLayout()
        self._forms_column.setSpacing(12)
        column.addLayout(self._forms_column)
        self._measures_heading = Words(say("inspector", "What the links say"), "section")
        self._measures = QWidget()
        lines = QVBoxLayout(self._measures)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        self._measure_lines: list[Words] = []
        self._findings = FindingLinks(self._theme)
        self._findings.finding_asked.connect(self.finding_asked)
        self._above = QVBoxLayout()
        column.insertLayout(1, self._above)
        self._above.addWidget(self._findings)
        column.addWidget(self._measures_heading)
        column.addWidget(self._measures)
        column.addStretch(1)
        return page

    def _rebuild(self) -> None:
        old = self._area.takeWidget()
        if old is not None:
            old.deleteLater()
        self._area.setWidget(self._page())
        self._show()

    def _form(self, kind: type[Form]) -> Form:
        """The form of this kind, built when it is first needed."""
        if kind not in self._forms:
            form = kind(self._session, self._theme)
            form.selection_asked.connect(self.selection_asked)
            if isinstance(form, LinkForm):
                form.channel_made.connect(self.channel_made)
            place = sum(_ORDER.index(other) < _ORDER.index(kind) for other in self._forms)
            self._forms[kind] = form
            self._forms_column.insertWidget(place, form)
        return self._forms[kind]

    def _shown_forms(self) -> list[Form]:
        return [form for form in self._forms.values() if not form.isHidden()]

    def _show(self) -> None:
        self._stale = not self.isVisible()
        if self._stale:
            return
        document = self._session.document
        self._revision = self._session.revision
        self._ids = frozenset(key for key in self._ids if _stands(document, key))
        nodes = [key for key in document.nodes if key in self._ids]
        modules = [key for key in document.modules if key in self._ids]
        links = [key for key in document.links if key in self._ids]
        notes = [key for key in document.stickies if key in self._ids]
        pictures = [key for key in document.backdrops if key in self._ids]
        wanted: tuple[tuple[type[Form], Sequence[str]], ...] = (
            (MapForm, () if self._ids else ("map",)),
            (NodeForm, nodes),
            (ModuleForm, modules),
            (LinkForm, links),
            (StickyForm, notes),
            (PictureForm, pictures),
        )
        for kind, ids in wanted:
            if ids:
                self._form(kind).show_ids(ids)
            if kind in self._forms:
                self._forms[kind].setVisible(bool(ids))
        persons = all(document.nodes[key].kind is NodeKind.PERSON for key in nodes)
        kinds = (
            (_PEOPLE if persons else _NODES, nodes),
            (_MODULES, modules),
            (_LINKS, links),
            (_NOTES, notes),
            (_PICTURES, pictures),
        )
        things = names([str(entry(n=len(ids))) for entry, ids in kinds if ids])
        self._several.setText(str(_SELECTED(things=things)) if len(self._ids) > 1 else "")
        self._several.setVisible(len(self._ids) > 1)
        place = self._shown_forms()[0].told if len(self._ids) == 1 else self._above
        place.addWidget(self._findings)
        self._show_told()

    def _show_told(self) -> None:
        """Measures of a single person, and the findings that concern the selection."""
        if self._stale:
            return
        one = NodeId(next(iter(self._ids))) if len(self._ids) == 1 else None
        lines = told(self._report, one) if self._report is not None and one is not None else []
        layout = self._measures.layout()
        while len(self._measure_lines) < len(lines) and layout is not None:
            made = Words(role="body")
            layout.addWidget(made)
            self._measure_lines.append(made)
        for place, words in enumerate(self._measure_lines):
            words.setVisible(place < len(lines))
            if place < len(lines):
                words.setText(str(lines[place].line))
                definition = str(lines[place].definition)
                words.setToolTip(plain_tip(definition))
                words.setAccessibleDescription(definition)
        self._measures.setVisible(bool(lines))
        self._measures_heading.setVisible(bool(lines))
        found = self._report.judged if self._report is not None else ()
        self._findings.show_findings(self._theme, [f for f in found if _concerns(f, self._ids)])

    def _map_changed(self, change: Change) -> None:
        self._revision = self._session.revision
        gone = not all(_stands(self._session.document, key) for key in self._ids)
        if gone or change.structural() or _seen(change, self._ids):
            self._show()

    def _map_opened(self) -> None:
        self._ids, self._report = frozenset(), None
        self._show()


def _stands(document: Document, key: str) -> bool:
    return key not in document.channels and document.has(key)


def _seen(change: Change, ids: frozenset[str]) -> bool:
    """Does a change that no analysis can see alter what the forms show? Places they do not show."""
    shown = {*change.modules, *change.stickies, *change.backdrops}
    pinned = {key for key, (old, new) in change.nodes.items() if old and new and old.pinned != new.pinned}
    return not ids.isdisjoint(shown | pinned)


def _concerns(finding: Finding, ids: frozenset[str]) -> bool:
    return not ids.isdisjoint((*finding.people, *finding.modules, *finding.links))
