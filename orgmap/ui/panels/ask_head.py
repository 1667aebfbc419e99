"""The upper part of the tab "Ask": which question, and whom it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from orgmap.i18n import say
from orgmap.model.document import Document
from orgmap.model.entities import EndId, NodeId
from orgmap.model.query import name_of
from orgmap.ui.labels import labels
from orgmap.ui.panels.ask_asking import Asking, Kind, all_topics
from orgmap.ui.panels.ask_away_words import called
from orgmap.ui.panels.ask_fields import KindChoice, NameLine
from orgmap.ui.panels.link_words import line_words
from orgmap.ui.session import Session
from orgmap.ui.widgets.flow import FlowLayout
from orgmap.ui.widgets.segments import Segments
from orgmap.ui.widgets.words import WordsButton

_STEPS, _WAITING = "steps", "waiting"
_UNSAID = "\N{HORIZONTAL ELLIPSIS}"  # in place of whom a question is not yet about


class AskHead(QWidget):
    """Says what is asked in full, and lets a hand ask something else. Names are those that are shown."""

    turned = Signal(object)  # Asking

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asking = Asking()
        self._labels: tuple[Document, dict[str, EndId]] | None = None
        self.choice = KindChoice()
        self.choice.chosen.connect(self._choose)
        self.who, self.goal, self.gone = NameLine(), NameLine(), NameLine(several=True)
        self.who.named.connect(self._name_person)
        self.goal.named.connect(self._name_goal)
        self.gone.named.connect(self._name_away)
        self.measure = Segments((_STEPS, _WAITING))
        self.measure.chosen.connect(self._measure)
        self.turn = WordsButton(role="quiet")
        self.turn.clicked.connect(self._turn_round)
        self._way = QWidget()
        way = FlowLayout(self._way, gap=8)
        way.addWidget(self.measure)
        way.addWidget(self.turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.choice, self.who, self.goal, self.gone, self._way):
            column.addWidget(part)
        self.say()

    def say(self) -> None:
        """What never changes, in the language in use."""
        self.goal.call(say("ask", "To whom, or about what"), say("ask", "To whom: a person, module or topic"))
        self.gone.call(say("ask", "Who or what is away"), say("ask", "Type a name, or click on the map"))
        self.measure.say(
            say("ask", "Best is"),
            ((_STEPS, say("ask", "Fewest steps")), (_WAITING, say("ask", "Least waiting"))),
        )
        self.turn.set_words(say("ask", "Turn round"))
        self.turn.setToolTip(say("ask", "Ask for the way from the other end"))

    def show_asking(self, asking: Asking) -> None:
        """Show this question, and the others about the same."""
        self._asking = asking
        document = self._session.shown
        ends = self._ends(document)
        people = {label: end for label, end in ends.items() if end in document.nodes}
        route = asking.kind is Kind.ROUTE
        self.choice.show_kind(asking.kind, self.questions())
        self.who.setVisible(asking.kind is not Kind.AWAY)
        self.goal.setVisible(route)
        self._way.setVisible(route)
        self.gone.setVisible(asking.kind is Kind.AWAY)
        hint = say("ask", "From whom") if route else say("ask", "Type a name, or click on the map")
        self.who.call(say("ask", "From whom") if route else say("ask", "Who"), hint)
        self.who.show_names(people, [asking.person])
        goals: dict[str, object] = {label: (end, "") for label, end in ends.items() if end != asking.person}
        for topic in dict.fromkeys((*all_topics(document), *filter(None, [asking.topic]))):
            goals[say("ask", "about {topic}", topic=self._topic(topic))] = (None, topic)
        self.goal.show_names(goals, [(asking.goal, asking.topic)])
        lines = {line_words(document, key): key for key in document.links if key in asking.away}
        self.gone.show_names({**ends, **lines}, sorted(asking.away))
        self.measure.set_value(_WAITING if asking.waiting else _STEPS)
        self.turn.setEnabled(asking.person is not None and asking.goal in document.nodes)

    def questions(self) -> dict[Kind, str]:
        """The three questions with the names they are about."""
        asking, document = self._asking, self._session.shown
        who = name_of(document, asking.person) if asking.person is not None else _UNSAID
        goal = name_of(document, asking.goal) if asking.goal is not None else _UNSAID
        if asking.topic:
            topic = self._topic(asking.topic)
            reach = say("ask", "How does {who} find out about {topic}?", who=who, topic=topic)
        else:
            reach = say("ask", "How does {who} reach {goal}?", who=who, goal=goal)
        away = str(called(document, asking.away)) if asking.away else _UNSAID
        return {
            Kind.FIT: say("ask", "Where does {who} fit?", who=who),
            Kind.ROUTE: reach,
            Kind.AWAY: say("ask", "What if {what} were away?", what=away),
        }

    def focus_missing(self) -> None:
        """The keyboard to the first line that lacks a name."""
        route = self._asking.kind is Kind.ROUTE
        if self._asking.kind is Kind.AWAY:
            self.gone.setFocus()
        else:
            (self.goal if route and self._asking.person is not None else self.who).setFocus()

    def _ends(self, document: Document) -> dict[str, EndId]:
        if self._labels is None or self._labels[0] is not document:
            self._labels = (document, labels(document))
        return self._labels[1]

    def _topic(self, topic: str) -> str:
        return say("ask", "a topic") if self._session.names_hidden else topic

    def _choose(self, kind: Kind) -> None:
        self.turned.emit(replace(self._asking, kind=kind))  # about whom its words name

    def _measure(self, value: str) -> None:
        self.turned.emit(replace(self._asking, waiting=value == _WAITING))

    def _turn_round(self) -> None:
        self.turned.emit(self._asking.turned())

    def _name_person(self, ends: Sequence[NodeId]) -> None:
        person = ends[0] if ends else None
        goal = self._asking.goal if self._asking.goal != person else None
        asking = replace(self._asking, person=person, goal=goal)
        if person is not None and asking.kind is Kind.FIT:
            asking = replace(asking, away=frozenset((person,)))
        self.turned.emit(asking)

    def _name_goal(self, ends: Sequence[tuple[EndId | None, str]]) -> None:
        goal, topic = ends[0] if ends else (None, "")
        self.turned.emit(replace(self._asking, goal=goal, topic=topic))

    def _name_away(self, ends: Sequence[str]) -> None:
        self.turned.emit(replace(self._asking, away=frozenset(ends)))
