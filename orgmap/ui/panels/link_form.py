"""The inspector of links; one or several."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from orgmap.drawing.style import Theme
from orgmap.i18n import Text, say, text
from orgmap.model import edits
from orgmap.model.document import Change, Document
from orgmap.model.entities import Link, LinkId, LinkKind, Module, Status
from orgmap.model.query import listed_channels, name_of
from orgmap.ui.panels.link_words import LINK_KINDS, line_words
from orgmap.ui.panels.listing import Item, Listing
from orgmap.ui.session import Session
from orgmap.ui.widgets.choices import ChoiceField, FlagField
from orgmap.ui.widgets.fields import LineField, NotesField, NumberField
from orgmap.ui.widgets.form import Form, Rows
from orgmap.ui.widgets.words import Words, WordsButton

STATUSES: dict[Status, Text] = {
    Status.CONFIRMED: text("status of a link", "confirmed by both"),
    Status.CLAIMED: text("status of a link", "claimed by one"),
    Status.ASSUMED: text("status of a link", "assumed"),
    Status.DISPUTED: text("status of a link", "disputed"),
    Status.PROPOSED: text("status of a link", "proposed"),
}
_KIND = text("field", "Kind")
_DIRECTION = text("field", "Direction")
_CHANNEL = text("field", "Channel")
_OFTEN = text("field", "How often")
_LENGTH = text("field", "How long")
_FORMAL = text("field", "Formality")
_STATUS = text("field", "Status")
_PURPOSE = text("field", "Purpose")
_TOPIC = text("field", "Topic")
_STEP = text("field", "Step of the work")
_ANSWERS = text("field", "Answers needed")
_NO_ANSWER = text("field", "No answer needed")
_WITHIN = text("field", "Needed within")
_NOTES = text("field", "Notes")
_TURN = text("undo", "Turn round")


class LinkForm(Form):
    """Ends, direction, how it is carried, and what is said of it."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self.heading = Words(role="title")
        self.column.addWidget(self.heading)
        self.column.addLayout(self.told)
        self.ends = Listing(say("inspector", "Between"))
        self.ends.selection_asked.connect(self.selection_asked)
        self.column.addWidget(self.ends)
        self.rows = Rows()
        self.column.addWidget(self.rows)
        unsaid = say("field", "not said")
        kinds = [(kind, str(LINK_KINDS[kind]())) for kind in LinkKind]
        ways = [(True, say("field", "both ways")), (False, say("field", "one way"))]
        formal = [(None, unsaid), (True, say("field", "formal")), (False, say("field", "informal"))]
        self._ways, self._channel = ChoiceField(str(_DIRECTION()), ways), ChoiceField(str(_CHANNEL()))
        self.turn = WordsButton(say("inspector", "Turn round"))
        self.turn.clicked.connect(self._turned)
        self._step = NumberField(str(_STEP()), whole=True, least=1, example=2)
        self._answers = NumberField(str(_ANSWERS()), say("field", "people"), whole=True, example=10)
        self._no_answer = FlagField(str(_NO_ANSWER()))
        often = NumberField(str(_OFTEN()), say("field", "times a week"), example=5)
        length = NumberField(str(_LENGTH()), say("field", "minutes each"), example=30)
        within = NumberField(str(_WITHIN()), say("field", "days"), example=2)
        statuses = [(status, str(STATUSES[status]())) for status in Status]
        add, bind = self.rows.add, self.bind
        add(str(_KIND()), bind(ChoiceField(str(_KIND()), kinds), _KIND, "kind"))
        add(str(_DIRECTION()), bind(self._ways, _DIRECTION, "two_way"))
        turning = QHBoxLayout()
        turning.addWidget(self.turn)
        turning.addStretch(1)
        self._turning = QWidget()
        turning.setContentsMargins(0, 0, 0, 0)
        self._turning.setLayout(turning)
        add("", self._turning)
        add(str(_CHANNEL()), bind(self._channel, _CHANNEL, "channel"))
        add(str(_OFTEN()), bind(often, _OFTEN, "per_week"))
        add(str(_LENGTH()), bind(length, _LENGTH, "minutes"))
        add(str(_FORMAL()), bind(ChoiceField(str(_FORMAL()), formal), _FORMAL, "formal"))
        add(str(_STATUS()), bind(ChoiceField(str(_STATUS()), statuses), _STATUS, "status"))
        add(str(_PURPOSE()), bind(LineField(str(_PURPOSE())), _PURPOSE, "purpose"))
        add(str(_TOPIC()), bind(LineField(str(_TOPIC())), _TOPIC, "topic"))
        add(str(_STEP()), bind(self._step, _STEP, "step"))
        add(str(_ANSWERS()), bind(self._answers, _ANSWERS, "answers_needed"))
        add("", bind(self._no_answer, _NO_ANSWER, "no_answer_needed"))
        add(str(_WITHIN()), bind(within, _WITHIN, "needed_within"))
        add(str(_NOTES()), bind(NotesField(str(_NOTES())), _NOTES, "notes"))

    def entities(self) -> list[Link]:
        """The links."""
        links = self.document.links
        return [links[LinkId(key)] for key in self.ids if key in links]

    def name(self) -> str:
        """The first link by its ends."""
        found = self.entities()
        return line_words(self.document, found[0].id) if found else ""

    def refresh(self) -> None:
        """Fields, channels to choose from, and the ends of a single link."""
        document, links = self.document, self.entities()
        channels: list[tuple[object, str]] = [(c.id, c.name) for c in listed_channels(document)]
        self._channel.set_options([(None, say("field", "not said")), *channels])
        super().refresh()
        one = links[0] if len(links) == 1 else None
        self.heading.setText(line_words(document, one.id) if one is not None else "")
        self.heading.setVisible(one is not None)
        talks = bool(links) and all(link.kind is LinkKind.TALKS for link in links)
        needs = bool(links) and all(link.kind is LinkKind.NEEDS for link in links)
        self.rows.set_shown(self._ways, talks)
        self.rows.set_shown(self._answers, talks)
        self.rows.set_shown(self._no_answer, talks)
        self.rows.set_shown(self._step, needs)
        self.rows.set_shown(self._turning, any(not link.two_way for link in links))
        self.ends.show_items(self.theme, self._both_ends(one) if one is not None else [])

    def _both_ends(self, link: Link) -> list[Item]:
        items = []
        for end, spoken in ((link.source, _FROM), (link.target, _TO)):
            name = name_of(self.document, end)
            icon = "panel-top" if isinstance(self.document.end(end), Module) else "user-round"
            said = spoken if not link.two_way else _WITH
            items.append(Item(frozenset([end]), icon, name, str(said()), str(_END(how=said(), name=name))))
        return items

    def _turned(self) -> None:
        self.edit(_TURN(), _turn, None)


_FROM = text("end of a link", "from")
_TO = text("end of a link", "to")
_WITH = text("end of a link", "both ways")
_END = text("end of a link", "{how}: {name}")


def _turn(document: Document, ids: Sequence[str], _value: object) -> Change:
    """Two-way lines have no other way round."""
    links = (LinkId(key) for key in ids)
    return edits.turn_round(document, [key for key in links if not document.links[key].two_way])
