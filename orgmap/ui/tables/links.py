"""The table of links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from orgmap.files import values
from orgmap.i18n import Said, text
from orgmap.model.document import Change, Document
from orgmap.model.entities import ChannelId, EndId, Link, LinkId
from orgmap.model.query import listed_channels, name_of
from orgmap.model.rows import Writing
from orgmap.ui.kinds import LINK_KINDS, STATUSES, line_said
from orgmap.ui.tables.columns import (
    ChoiceColumn,
    Column,
    FlagColumn,
    LongColumn,
    NumberColumn,
    Shape,
    Source,
    chosen,
)

_ADD = text("undo", "Link {name}")
_ADD_PASTED = text("undo", "Add {n} link", "Add {n} links")
_NOT_SAID = text("field", "not said")
_FORMALITY = {None: _NOT_SAID, True: text("field", "formal"), False: text("field", "informal")}


class EndColumn(Column):
    """Where a link begins or ends, by name; a name nobody bears makes a new person."""

    @property
    def shape(self) -> Shape:
        """A list to choose from, or to write a new name into."""
        return Shape.CHOICE

    def value(self, source: Source, entity: Link) -> object:
        """The name of the end."""
        end: EndId = getattr(entity, self.id)
        return name_of(source.document, end)

    def write(self, writing: Writing, key: str, value: object) -> None:
        """Let it begin or end there."""
        if str(value).strip():
            writing.set_end(LinkId(key), self.id, str(value))

    def options(self, source: Source) -> Sequence[str]:
        """Everybody and every module."""
        document = source.document
        named = {node.name for node in document.nodes.values()}
        named |= {module.name for module in document.modules.values()}
        return sorted(named - {""}, key=str.casefold)


class ChannelColumn(Column):
    """The channel by its name."""

    @property
    def shape(self) -> Shape:
        """A list to choose from."""
        return Shape.CHOICE

    def value(self, source: Source, entity: Link) -> object:
        """The id of the channel."""
        return entity.channel if entity.channel in source.document.channels else None

    def typed(self, source: Source, value: object) -> str:
        """Its name."""
        channel = source.document.channels.get(cast(ChannelId, value))
        return channel.name if channel is not None else ""

    def parsed(self, source: Source, typed: str) -> object:
        """The channel of this name; None for an empty cell."""
        listed = [(c.id, c.name) for c in listed_channels(source.document)]
        return chosen(typed, [*listed, (None, str(_NOT_SAID()))])

    def options(self, source: Source) -> Sequence[str]:
        """All channels."""
        return [*(c.name for c in listed_channels(source.document)), str(_NOT_SAID())]


class FormalColumn(ChoiceColumn):
    """Formal, informal, or nobody said."""

    def words(self, source: Source, value: object) -> str:
        """What nobody said is an empty cell."""
        return "" if value is None else super().words(source, value)


class Links:
    """What the table of links lists and how a new row becomes a link."""

    id = "links"
    title = text("table", "Links")
    empty = text("table", "Type who tells")
    columns: tuple[Column, ...] = (
        EndColumn(
            id="source",
            label=text("field", "From"),
            tip=text("tip", "Who tells; for a formal line the boss; for a need whose work waits."),
            width=18,
        ),
        EndColumn(
            id="target",
            label=text("field", "To"),
            tip=text(
                "tip", "Who is told; for a formal line who reports; for a need whose work is waited for."
            ),
            width=18,
        ),
        ChoiceColumn(
            id="kind",
            label=text("field", "Kind"),
            tip=text("tip", "Talk, a formal line from boss to report, or work that needs other work."),
            choices=LINK_KINDS,
            width=14,
        ),
        FlagColumn(
            id="two_way",
            label=text("field", "Both ways"),
            tip=text("tip", "Does something come back on the same line? Only talk goes both ways."),
            width=9,
        ),
        ChannelColumn(
            id="channel",
            label=text("field", "Channel"),
            tip=text("tip", "How it is carried, such as chat or mail."),
            width=13,
        ),
        NumberColumn(
            id="per_week",
            label=text("field", "Times a week"),
            tip=text("tip", "How often in a week. Words such as daily or monthly will do."),
            parse=values.often,
            width=11,
        ),
        NumberColumn(
            id="minutes",
            label=text("field", "Minutes"),
            tip=text("tip", "How long one contact takes, in minutes."),
            width=8,
        ),
        ChoiceColumn(
            id="status",
            label=text("field", "Status"),
            tip=text("tip", "How sure the people in the room are of this link."),
            choices=STATUSES,
            width=15,
        ),
        FormalColumn(
            id="formal",
            label=text("field", "Formality"),
            tip=text("tip", "By rule and record, or as it comes."),
            choices=_FORMALITY,
            width=9,
        ),
        Column(
            id="purpose",
            label=text("field", "Purpose"),
            tip=text("tip", "What this talk is for."),
            width=18,
        ),
        Column(id="topic", label=text("field", "Topic"), tip=text("tip", "What it is about."), width=14),
        Column(
            id="health",
            label=text("field", "Health"),
            tip=text("tip", "How well it works, in the words of the room."),
            width=12,
        ),
        NumberColumn(
            id="step",
            label=text("field", "Step of the work"),
            tip=text("tip", "The place of this need in the order of the work, 1 is first."),
            parse=values.count,
            least=1,
            width=13,
        ),
        NumberColumn(
            id="needed_within",
            label=text("field", "Needed within"),
            tip=text("tip", "Days until an answer is needed."),
            width=12,
        ),
        NumberColumn(
            id="answers_needed",
            label=text("field", "Answers needed"),
            tip=text("tip", "From how many people an answer is wanted; more are noise."),
            parse=values.count,
            width=13,
        ),
        FlagColumn(
            id="no_answer_needed",
            label=text("field", "No answer needed"),
            tip=text("tip", "Said once and done: nothing has to come back."),
            width=14,
        ),
        LongColumn(id="notes", label=text("field", "Notes"), tip=text("tip", "Anything else."), width=24),
    )

    def ids(self, document: Document) -> list[str]:
        """Every link."""
        return list(document.links)

    def get(self, document: Document, key: str) -> Link | None:
        """The link of a row."""
        return document.links.get(LinkId(key))

    def name(self, document: Document, key: str) -> str:
        """What the row is called."""
        link = document.links.get(LinkId(key))
        return str(line_said(document, link)) if link is not None else ""

    def concerned(self, change: Change, document: Document) -> set[str]:
        """Rows whose words a change may alter, beyond the links it names."""
        ends: set[EndId] = {*change.nodes, *change.modules}
        if not ends and not change.channels:
            return set()
        return {
            link.id
            for link in document.links.values()
            if link.channel in change.channels or link.source in ends or link.target in ends
        }

    def changed(self, change: Change) -> Iterable[tuple[str, bool, bool]]:
        """Per row that a change names: its id, was it there, is it there."""
        return ((key, old is not None, new is not None) for key, (old, new) in change.links.items())

    def made(self, writing: Writing, draft: dict[str, str]) -> str | None:
        """The new row that these cells make; None while an end is missing."""
        source, target = draft.get("source", "").strip(), draft.get("target", "").strip()
        return writing.link(source, target) if source and target else None

    def added(self, document: Document, keys: Sequence[str]) -> Said:
        """What undo calls rows that were added."""
        if len(keys) == 1:
            return _ADD(name=line_said(document, document.links[LinkId(keys[0])]))
        return _ADD_PASTED(n=len(keys))
