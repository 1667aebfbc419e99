"""The inspector of links; one or several."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from orgmap.drawing.style import Theme
from orgmap.i18n import say, text
from orgmap.model import edits
from orgmap.model.document import Change, Document
from orgmap.model.entities import ChannelId, Link, LinkId, LinkKind, Module, Status
from orgmap.model.query import listed_channels, name_of
from orgmap.ui.kinds import LINK_KINDS, STATUSES
from orgmap.ui.panels.extra_row import EXTRA, TIP_EXTRA, show_extra
from orgmap.ui.panels.link_words import line_words
from orgmap.ui.panels.listing import Item, Listing
from orgmap.ui.session import Session
from orgmap.ui.widgets.choices import ChoiceField, FlagField
from orgmap.ui.widgets.extras import ExtraField
from orgmap.ui.widgets.fields import LineField, NotesField, NumberField
from orgmap.ui.widgets.form import Form, Rows
from orgmap.ui.widgets.words import Words, WordsButton

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
_HEALTH = text("field", "Health")
_STRENGTH = text("field", "Strength")
_NOTES = text("field", "Notes")
_TIP_KIND = text("tip", "Talk, a formal line from boss to report, or work that needs other work.")
_TIP_DIRECTION = text("tip", "Does something come back on the same line?")
_TIP_CHANNEL = text("tip", "How it is carried, such as chat or mail.")
_TIP_OFTEN = text("tip", "How often in a week; once a month is 0.25. Empty: nobody said.")
_TIP_LENGTH = text("tip", "How long one contact takes. Empty: nobody said.")
_TIP_FORMAL = text("tip", "By rule and record, or as it comes.")
_TIP_STATUS = text("tip", "How sure the people in the room are of this link.")
_TIP_PURPOSE = text("tip", "What this talk is for.")
_TIP_TOPIC = text("tip", "What it is about.")
_TIP_HEALTH = text("tip", "How well it works, as somebody in the room would say it.")
_TIP_STEP = text("tip", "The place of this need in the order of the work, 1 is first.")
_TIP_ANSWERS = text("tip", "From how many people an answer is wanted; more are noise.")
_TIP_NO_ANSWER = text("tip", "Said once and done: nothing has to come back.")
_TIP_WITHIN = text("tip", "Days until an answer is needed.")
_TIP_STRENGTH = text("tip", "How thick the line is drawn, as a foreign file said. It means nothing else.")
NEW = ChannelId("")  # the choice that makes a channel
_TURN = text("undo", "Turn round")


class LinkForm(Form):
    """Ends, direction, how it is carried, and what is said of it."""

    channel_made = Signal(object)  # ChannelId: it has a name to be given
    table = "links"

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
        strength = NumberField(str(_STRENGTH()), say("field", "thickness only"), example=1)
        within = NumberField(str(_WITHIN()), say("field", "days"), example=2)
        statuses = [(status, str(STATUSES[status]())) for status in Status]
        row, rows = self.row, self.rows
        row(rows, ChoiceField(str(_KIND()), kinds), _KIND, "kind", _TIP_KIND)
        row(rows, self._ways, _DIRECTION, "two_way", _TIP_DIRECTION)
        turning = QHBoxLayout()
        turning.addWidget(self.turn)
        turning.addStretch(1)
        self._turning = QWidget()
        turning.setContentsMargins(0, 0, 0, 0)
        self._turning.setLayout(turning)
        rows.add("", self._turning)
        row(rows, self._channel, _CHANNEL, "channel", _TIP_CHANNEL, write=_carried_on)
        self._channel.committed.connect(self._channel_chosen)
        row(rows, often, _OFTEN, "per_week", _TIP_OFTEN)
        row(rows, length, _LENGTH, "minutes", _TIP_LENGTH)
        row(rows, ChoiceField(str(_FORMAL()), formal), _FORMAL, "formal", _TIP_FORMAL)
        row(rows, ChoiceField(str(_STATUS()), statuses), _STATUS, "status", _TIP_STATUS)
        row(rows, LineField(str(_PURPOSE())), _PURPOSE, "purpose", _TIP_PURPOSE)
        row(rows, LineField(str(_TOPIC())), _TOPIC, "topic", _TIP_TOPIC)
        row(
            rows,
            LineField(str(_HEALTH()), say("field", "in the words of the room")),
            _HEALTH,
            "health",
            _TIP_HEALTH,
        )
        row(rows, self._step, _STEP, "step", _TIP_STEP)
        row(rows, self._answers, _ANSWERS, "answers_needed", _TIP_ANSWERS)
        row(rows, self._no_answer, _NO_ANSWER, "no_answer_needed", _TIP_NO_ANSWER)
        row(rows, within, _WITHIN, "needed_within", _TIP_WITHIN)
        row(rows, strength, _STRENGTH, "strength", _TIP_STRENGTH)
        row(rows, NotesField(str(_NOTES())), _NOTES, "notes")
        self._extra = ExtraField(str(EXTRA()))
        row(rows, self._extra, EXTRA, "extra", TIP_EXTRA)
        self.steps = Listing(say("inspector", "The order of the work"))
        self.steps.selection_asked.connect(self.selection_asked)
        self.column.addWidget(self.steps)

    def name(self) -> str:
        """The first link by its ends."""
        found = self.entities()
        return line_words(self.document, found[0].id) if found else ""

    def refresh(self) -> None:
        """Fields, channels to choose from, and the ends of a single link."""
        document, links = self.document, self.entities()
        channels: list[tuple[object, str]] = [(c.id, c.name) for c in listed_channels(document)]
        more = [(NEW, say("field", "New channel…"))] if not self.session.names_hidden else []
        self._channel.set_options([(None, say("field", "not said")), *channels, *more])
        super().refresh()
        show_extra(self.rows, self._extra, links)
        one = links[0] if len(links) == 1 else None
        self.heading.setText(line_words(document, one.id) if one is not None else "")
        self.heading.setVisible(one is not None)
        talks = bool(links) and all(link.kind is LinkKind.TALKS for link in links)
        needs = bool(links) and all(link.kind is LinkKind.NEEDS for link in links)
        self.rows.set_shown(self._ways, talks)
        self.rows.set_shown(self._answers, talks)
        self.rows.set_shown(self._no_answer, talks)
        self.rows.set_shown(self._step, needs)
        self.steps.show_items(self.theme, self._order() if needs else [])
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

    def _order(self) -> list[Item]:
        """All work that needs other work, by its steps; what has none comes last."""
        needs = [link for link in self.document.links.values() if link.kind is LinkKind.NEEDS]
        needs.sort(key=lambda link: (link.step is None, link.step or 0))
        return [
            Item(
                frozenset([link.id]),
                "arrow-right",
                line_words(self.document, link.id),
                str(_AT_STEP(step=link.step)) if link.step is not None else say("inspector", "no step"),
            )
            for link in needs
        ]

    def _channel_chosen(self, value: object) -> None:
        """A new channel was made for these links: it wants a name."""
        if value == NEW:
            made = self.entities()[0].channel if self.entities() else None
            if made is not None:
                self.channel_made.emit(made)

    def _turned(self) -> None:
        self.edit(_TURN(), _turn, None)


_AT_STEP = text("inspector", "step {step}")
_FROM = text("end of a link", "from")
_TO = text("end of a link", "to")
_WITH = text("end of a link", "both ways")
_END = text("end of a link", "{how}: {name}")


def _turn(document: Document, ids: Sequence[str], _value: object) -> Change:
    """Two-way lines have no other way round."""
    links = (LinkId(key) for key in ids)
    return edits.turn_round(document, [key for key in links if not document.links[key].two_way])


def _carried_on(document: Document, ids: Sequence[str], value: ChannelId | None) -> Change:
    """Carry links on a channel; on one that is made for them, if that was chosen."""
    if value != NEW:
        return edits.set_fields(document, ids, channel=value)
    change, made = edits.add_channel(document, say("channels", "new channel"))
    return change.then(edits.set_fields(document.apply(change), ids, channel=made))
