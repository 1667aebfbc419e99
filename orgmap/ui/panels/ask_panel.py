"""The tab "Ask": where somebody fits, how a question reaches an answer, what if somebody were away."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from orgmap.analysis.answers import Absence, Aftermath, Fitting, Journey
from orgmap.analysis.findings import Report
from orgmap.analysis.questions import AwayFindings, Question, RouteTo
from orgmap.drawing.lighting import Lit
from orgmap.drawing.style import Theme
from orgmap.i18n import say
from orgmap.model.document import Change
from orgmap.ui.panels.ask_asking import Asking, Kind, asked_by_hand, following, standing
from orgmap.ui.panels.ask_away_words import after_section, away_sections, lit_without
from orgmap.ui.panels.ask_fit_words import fit_sections
from orgmap.ui.panels.ask_head import AskHead
from orgmap.ui.panels.ask_route_words import lit_on, lit_words, route_sections
from orgmap.ui.panels.ask_section import Section, SectionView, as_text
from orgmap.ui.panels.card_area import CardArea
from orgmap.ui.panels.finding_links import FindingLinks
from orgmap.ui.session import Session
from orgmap.ui.widgets.flow import FlowLayout
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.segments import follow_the_eye
from orgmap.ui.widgets.words import Words, WordsButton


class AskPanel(QWidget):
    """Follows the selection, or is told names. Asks only while somebody looks at it; edits nothing."""

    asked = Signal(object)  # Question
    selection_asked = Signal(object)  # frozenset of ids
    finding_asked = Signal(object)  # Finding
    lit_changed = Signal(object)  # Lit | None: what of the answer is to be lit on the map

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._asking = Asking()
        self._selected: frozenset[str] = frozenset()
        self._telling = False  # a row of the answer is selecting what it names
        self._question: Question | None = None  # the one asked last
        self._answer: object = None
        self._after: Aftermath | None = None
        self._answered = self._stale = self._gone = False
        self._report: Report | None = None
        self._bright = False  # is the answer to be lit?
        self._lit: Lit | None = None
        self._sections: tuple[Section, ...] = ()
        self._views: dict[str, SectionView] = {}
        self._build()
        session.changed.connect(self._map_changed)
        session.opened.connect(self._map_opened)

    # -- what others tell it --------------------------------------------------------------------

    @property
    def asking(self) -> Asking:
        """The question in view."""
        return self._asking

    @property
    def sections(self) -> tuple[Section, ...]:
        """What the answer says."""
        return self._sections

    def set_selection(self, ids: Collection[str]) -> None:
        """What is selected on the map: the question follows, unless the answer itself selected it."""
        before, self._selected = self._selected, frozenset(ids)
        if not self._telling:
            document = self._session.document
            self._turn(following(self._asking, document, ids, before, self._spoken_of()))

    def ask(self, kind: Kind) -> None:
        """This question, about what is selected; what it lacks is typed next."""
        self._turn(asked_by_hand(self._asking, self._session.document, kind, self._selected))
        if self._asking.question is None:
            self.head.focus_missing()
        else:
            self.head.choice.buttons[kind].setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_again(self) -> None:
        """The map has been judged anew: so are answers to what was asked before its last edit."""
        if self._gone:
            self._stale = True
            self._ask()

    def show_answer(self, question: Question, answer: object) -> None:
        """An answer came; one to what nobody asks any more is let go."""
        if question == self._question:
            self._answer, self._answered = answer, True
        elif isinstance(question, AwayFindings) and isinstance(answer, Aftermath | None):
            if self._asking.kind is not Kind.AWAY or question.ids != self._asking.away:
                return
            self._after = answer
        else:
            return
        self._show_answer()

    def show_report(self, report: Report) -> None:
        """Tell the findings of this report about the person."""
        self._report = report
        self._show_findings()

    def dim(self) -> None:
        """The map let go of the light."""
        self._bright, self._lit = False, None
        self.light.setChecked(False)

    def rename(self) -> None:
        """Names are hidden now, or shown again."""
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self._theme = theme
        self._show()

    # -- Qt -------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent, /) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        self._show()
        self._ask()

    def hideEvent(self, event: QHideEvent, /) -> None:
        """Nothing is lit that nobody sees the reason of."""
        super().hideEvent(event)
        self._shine()

    def changeEvent(self, event: QEvent, /) -> None:
        """Another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
            self._show()
        super().changeEvent(event)

    # -- inside ---------------------------------------------------------------------------------

    def _build(self) -> None:
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        page = QWidget()
        set_role(page, "page")
        self.head = AskHead(self._session)
        self.head.turned.connect(self._turn)
        self._state = Words(role="body-quiet")
        self._answers = QVBoxLayout()
        self._answers.setSpacing(12)
        self._findings = FindingLinks(self._theme)
        self._findings.finding_asked.connect(self.finding_asked)
        self.light, self.copy = WordsButton(), WordsButton()
        self.light.setCheckable(True)
        self.light.clicked.connect(self._light)
        self.copy.clicked.connect(self._copy)
        self._deeds = QWidget()
        deeds = FlowLayout(self._deeds, gap=8)
        deeds.addWidget(self.light)
        deeds.addWidget(self.copy)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 16, 16, 24)
        column.setSpacing(12)
        for part in (self.head, self._state):
            column.addWidget(part)
        column.addLayout(self._answers)
        column.addWidget(self._findings)
        column.addWidget(self._deeds)
        column.addStretch(1)
        self.area = CardArea(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)
        self._say()
        self._show()

    def _say(self) -> None:
        self.setAccessibleName(say("panel", "Ask"))
        self.head.say()
        self.light.set_words(say("ask", "Show on the map"))
        self.copy.set_words(say("ask", "Copy as text"))

    def _turn(self, asking: Asking) -> None:
        """Ask something else, or the same."""
        asking = standing(asking, self._session.document)
        if asking != self._asking:
            if asking.question != self._asking.question:
                self._bright = asking.kind is not Kind.FIT
                self.area.verticalScrollBar().setValue(0)
            self._asking = asking
            self._show()
        self._ask()

    def _ask(self) -> None:
        if not self.isVisible():
            return
        question = self._asking.question
        if question == self._question and not self._stale:
            return
        if question != self._question:
            self._answered, self._answer, self._after = False, None, None
        self._question, self._stale, self._gone = question, False, False
        if question is not None:
            self.asked.emit(question)
            if self._asking.kind is Kind.AWAY:
                self.asked.emit(AwayFindings(self._asking.away))
        self._show_answer()

    # -- what is shown --------------------------------------------------------------------------

    def _show(self) -> None:
        if not self.isVisible():
            return
        self.head.show_asking(self._asking, self._selected)
        self._show_answer()

    def _show_answer(self) -> None:
        if not self.isVisible():
            return
        asking = self._asking
        missing = asking.question is None
        self._sections = () if missing or not self._answered else self._told()
        state = ""
        if missing:
            state = self._missing()
        elif not self._answered:
            state = say("ask", "Looking\N{HORIZONTAL ELLIPSIS}")
        elif not self._sections:
            state = say("ask", "This is not on the map any more.")
        self._state.setText(state)
        self._state.setVisible(bool(state))
        if self._answered or missing:  # until then what stands there is left standing
            self._show_sections()
        self.light.setVisible(self._light_of() is not None)
        self._deeds.setVisible(bool(self._sections))
        self._show_findings()
        shown = [self._views[part.key] for part in self._sections]
        rows = [stop for view in shown for stop in view.listing.stops]
        follow_the_eye([self.head.turn, *rows, *self._findings.rows, self.light, self.copy])
        self._shine()

    def _missing(self) -> str:
        if self._asking.kind is Kind.ROUTE and self._asking.person is not None:
            return say("ask", "Say to whom: a person, a module or a topic. Or select two people on the map.")
        if self._asking.kind is Kind.AWAY:
            return say("ask", "Select people, a module or a line on the map, or type names.")
        return say("ask", "Select somebody on the map, or type a name.")

    def _told(self) -> tuple[Section, ...]:
        document, hidden = self._session.shown, self._session.names_hidden
        match self._answer:
            case Fitting() as fit if fit.person in document.nodes:
                return fit_sections(document, fit, hidden=hidden)
            case Journey() as way if isinstance(self._question, RouteTo):
                return route_sections(document, self._question, way)
            case Absence() as away:
                told = away_sections(document, self._asking.away, away, hidden=hidden)
                if self._after is None:
                    return told
                masked = [self._session.told(Report(findings=f)) for f in (self._after.new, self._after.gone)]
                return (*told, after_section(Aftermath(masked[0].findings, masked[1].findings)))
        return ()

    def _show_sections(self) -> None:
        still = next((v for v in self._views.values() if v.isVisible() and v.visibleRegion()), None)
        if still is not None and self.area.verticalScrollBar().value():
            self.area.keep_still(still, self._fill)
        else:
            self._fill()

    def _fill(self) -> None:
        for place, part in enumerate(self._sections):
            if part.key not in self._views:
                view = SectionView(part.key)
                view.selection_asked.connect(self._select)
                self._views[part.key] = view
            if self._answers.indexOf(self._views[part.key]) != place:
                self._answers.insertWidget(place, self._views[part.key])
            self._views[part.key].show_section(self._theme, part)
        told = {part.key for part in self._sections}
        for key, view in self._views.items():
            view.setVisible(key in told)

    def _show_findings(self) -> None:
        person = self._asking.person if self._asking.kind is Kind.FIT and self._answered else None
        found = self._report.judged if self._report is not None and person is not None else ()
        self._findings.show_findings(self._theme, [f for f in found if person in f.people])

    # -- what it does ---------------------------------------------------------------------------

    def _select(self, ids: frozenset[str]) -> None:
        self._telling = True
        try:
            self.selection_asked.emit(ids)
        finally:
            self._telling = False

    def _spoken_of(self) -> frozenset[str]:
        """What the way in view passes: to look at one of these is not to ask something else."""
        way = self._answer
        if self._asking.kind is not Kind.ROUTE or not isinstance(way, Journey) or not way.routes:
            return frozenset()
        light = lit_on(way)
        return frozenset[str]((*light.lit_nodes, *light.lit_links)) - {self._asking.person, self._asking.goal}

    def _light(self, on: bool) -> None:
        self._bright = on
        self._shine()

    def _shine(self) -> None:
        """Light the answer on the map, or let it go."""
        lit = self._light_of() if self._bright and self._answered and self.isVisible() else None
        self.light.setChecked(lit is not None)
        if lit != self._lit:
            self._lit = lit
            self.lit_changed.emit(lit)

    def _light_of(self) -> Lit | None:
        document = self._session.shown
        match self._answer:
            case Journey() as way if way.routes:
                return Lit(lit_words(document, way), lit_on(way))
            case Absence() as away:
                return lit_without(document, self._asking.away, away)
        return None

    def _copy(self) -> None:
        heading = self.head.questions()[self._asking.kind]
        QGuiApplication.clipboard().setText(as_text(heading, self._sections))

    def _map_changed(self, change: Change) -> None:
        if not change.structural():
            return
        self._gone = True
        self._asking = standing(self._asking, self._session.document)
        if self._asking.question is None and self._question is not None:
            self._question, self._answered, self._answer = None, False, None
        self._show()

    def _map_opened(self) -> None:
        self._asking, self._selected, self._report = Asking(), frozenset(), None
        self._question, self._answered, self._answer, self._after = None, False, None, None
        self._stale = self._gone = self._bright = False
        self._lit = None
        self._show()
