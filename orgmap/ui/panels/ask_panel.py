"""The tab "Ask": where somebody fits, how a question reaches an answer, what if somebody were away."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from orgmap.analysis.answers import Absence, Aftermath, Fitting, Journey
from orgmap.analysis.findings import Report
from orgmap.analysis.questions import Away, AwayFindings, Question, RouteTo
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
from orgmap.ui.panels.ask_state import AskState, looking
from orgmap.ui.panels.card_area import CardArea
from orgmap.ui.panels.finding_links import FindingLinks
from orgmap.ui.session import Session
from orgmap.ui.widgets.flow import FlowLayout
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.segments import follow_the_eye
from orgmap.ui.widgets.words import WordsButton


class AskPanel(QWidget):
    """Follows the selection, or is told names. Asks only while somebody looks at it; edits nothing."""

    asked = Signal(object)  # Question
    selection_asked = Signal(object)  # frozenset of ids
    finding_asked = Signal(object)  # Finding
    dropped = Signal(object)  # Question of which nobody awaits the answer any more
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
        self._shares: dict[type, float] = {}  # how far answers are that take their time
        self._failed: set[type] = set()
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
        """What is selected on the map: the question follows, unless it is kept or the answer selected it."""
        before, self._selected = self._selected, frozenset(ids)
        if not self._telling and not self.keep.isChecked():
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
            self._failed.discard(type(question))
        elif question == self._question_after and isinstance(answer, Aftermath | None):
            self._after = answer
        else:
            return
        self._show_answer()

    def show_share(self, question: Question, share: float) -> None:
        """How far an answer is that takes its time; what stood there is no longer true."""
        if question in (self._question, self._question_after):
            self._shares[type(question)] = share
            self._show_answer()

    def show_failure(self, question: Question) -> None:
        """No answer comes: the run was stopped, or went wrong."""
        if question in (self._question, self._question_after):
            self._failed.add(type(question))
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
        self.keep = QCheckBox()
        self._state = AskState()
        self._state.pressed.connect(self._stop_or_repeat)
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
        for part in (self.head, self.keep, self._state):
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
        self.keep.setText(say("ask", "Keep this question"))
        self.keep.setAccessibleName(self.keep.text())
        self.keep.setToolTip(say("ask", "It stays, whatever is selected on the map"))
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
        self._shares.clear()
        self._failed.clear()
        if question is not None:
            self.asked.emit(question)
        if self._question_after is not None:
            self.asked.emit(self._question_after)
        self._show_answer()

    @property
    def _question_after(self) -> AwayFindings | None:
        """What is asked besides an absence, and takes longer."""
        return AwayFindings(self._question.ids) if isinstance(self._question, Away) else None

    def _stop_or_repeat(self) -> None:
        """Stop waiting; or, where nothing came, ask once more."""
        question = self._question
        if question is None:
            return
        if type(question) in self._failed:
            self._stale = True
            self._ask()
            return
        for each in filter(None, (question, self._question_after)):
            self.dropped.emit(each)
            self._failed.add(type(each))
        self._show_answer()

    # -- what is shown --------------------------------------------------------------------------

    def _show(self) -> None:
        if not self.isVisible():
            return
        self.head.show_asking(self._asking)
        self._show_answer()

    def _show_answer(self) -> None:
        if not self.isVisible():
            return
        asking = self._asking
        missing = asking.question is None
        self._sections = () if missing or not self._answered else self._told()
        kind, share = type(self._question), self._shares.get(type(self._question))
        if missing:
            self._state.tell(self._missing())
        elif kind in self._failed:
            self._state.failed()
        elif not self._answered:
            self._state.looking(share)
        else:
            self._state.tell("" if self._sections else say("ask", "This is not on the map any more."))
        if self._answered or missing or share is not None or kind in self._failed:
            self._show_sections()  # until then what stands there is left standing
        self.light.setVisible(self._light_of() is not None)
        self._deeds.setVisible(bool(self._sections))
        self._show_findings()
        shown = [self._views[part.key] for part in self._sections]
        rows = [stop for view in shown for stop in view.listing.stops]
        follow_the_eye(
            [
                self.head.turn,
                self.keep,
                self._state.button,
                *rows,
                *self._findings.rows,
                self.light,
                self.copy,
            ]
        )
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
                    return told + self._still_looking()
                masked = [self._session.told(Report(findings=f)) for f in (self._after.new, self._after.gone)]
                return (*told, after_section(Aftermath(masked[0].findings, masked[1].findings)))
        return ()

    def _still_looking(self) -> tuple[Section, ...]:
        """The findings take longer than the rest: how far they are, once that is known."""
        share = self._shares.get(AwayFindings)
        if share is None or AwayFindings in self._failed:
            return ()
        return (Section("after", say("ask", "Findings"), (looking(share),)),)

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
