"""The table of people, roles, outside parties and sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from orgmap.files import values
from orgmap.i18n import Said, text
from orgmap.model.document import Change, Document
from orgmap.model.entities import Module, Node, NodeId
from orgmap.model.query import name_of
from orgmap.model.rows import Writing
from orgmap.ui.kinds import NODE_KINDS
from orgmap.ui.tables.columns import (
    ChoiceColumn,
    Column,
    CountColumn,
    FlagColumn,
    ListColumn,
    LongColumn,
    NumberColumn,
    Shape,
    Source,
    parted,
)

_ADD = text("undo", "Add {name}")
_ADD_PASTED = text("undo", "Add {n} person", "Add {n} people")


class NameColumn(Column):
    """The name of a node."""

    def write(self, writing: Writing, key: str, value: object) -> None:
        """Rename it."""
        writing.rename(NodeId(key), str(value))


class HomeColumn(Column):
    """The home module by its name; a name nobody bears makes a new module."""

    @property
    def shape(self) -> Shape:
        """A list to choose from, or to write a new one into."""
        return Shape.CHOICE

    def value(self, source: Source, entity: Node) -> object:
        """The name of the module."""
        return name_of(source.document, entity.modules[0]) if entity.modules else ""

    def write(self, writing: Writing, key: str, value: object) -> None:
        """Move it there."""
        writing.set_home(NodeId(key), str(value))

    def options(self, source: Source) -> Sequence[str]:
        """All modules."""
        return module_names(source.document)


class AlsoColumn(ListColumn):
    """Further modules, by name."""

    def value(self, source: Source, entity: Node) -> object:
        """Their names in order."""
        return tuple(name_of(source.document, module) for module in entity.modules[1:])

    def parsed(self, _source: Source, typed: str) -> object:
        """The names."""
        return parted(typed)

    def write(self, writing: Writing, key: str, value: object) -> None:
        """Belong to these."""
        writing.set_also(NodeId(key), cast("tuple[str, ...]", value))

    def options(self, source: Source) -> Sequence[str]:
        """All modules."""
        return module_names(source.document)


def module_names(document: Document) -> list[str]:
    """The names of all modules, sorted."""
    modules: Iterable[Module] = document.modules.values()
    return sorted({module.name for module in modules if module.name}, key=str.casefold)


def _out(source: Source, node: Node) -> int:
    return source.out[node.id]


def _into(source: Source, node: Node) -> int:
    return source.into[node.id]


class People:
    """What the table of people lists and how a new row becomes a person."""

    id = "people"
    title = text("table", "People")
    empty = text("table", "Type a name")
    columns: tuple[Column, ...] = (
        NameColumn(
            id="name", label=text("field", "Name"), tip=text("tip", "What they are called."), width=22
        ),
        ChoiceColumn(
            id="kind",
            label=text("field", "Kind"),
            tip=text(
                "tip", "A person; a role, perhaps vacant; somebody outside; or a source such as a wiki."
            ),
            choices=NODE_KINDS,
            width=9,
        ),
        HomeColumn(
            id="home",
            label=text("field", "Module"),
            tip=text("tip", "The home module. A new name makes a new module."),
            width=16,
        ),
        AlsoColumn(
            id="also",
            label=text("field", "Also in"),
            tip=text("tip", "Further modules, separated by commas."),
            width=14,
        ),
        NumberColumn(
            id="level",
            label=text("field", "Level"),
            tip=text("tip", "1 is the top. Empty: nobody said."),
            parse=values.count,
            least=1,
            width=6,
        ),
        Column(id="title", label=text("field", "Title"), tip=text("tip", "Their post or trade."), width=18),
        NumberColumn(
            id="hours",
            label=text("field", "Time for talk"),
            tip=text("tip", "Hours a week they can spend on talking. Empty: nobody said."),
            width=11,
        ),
        ListColumn(
            id="knows",
            label=text("field", "Knows"),
            tip=text("tip", "Topics others may ask them about, separated by commas."),
            width=18,
        ),
        ListColumn(
            id="seeks",
            label=text("field", "Seeks"),
            tip=text("tip", "Topics they need an answer on, separated by commas."),
            width=18,
        ),
        FlagColumn(
            id="newcomer",
            label=text("field", "Newcomer"),
            tip=text("tip", "New here and still learning their way."),
            width=9,
        ),
        FlagColumn(
            id="decides", label=text("field", "Decides"), tip=text("tip", "May say yes or no."), width=8
        ),
        FlagColumn(
            id="holds_purpose",
            label=text("field", "Holds the purpose"),
            tip=text("tip", "Keeps in mind what the whole is for."),
            width=15,
        ),
        FlagColumn(
            id="vacant",
            label=text("field", "Vacant"),
            tip=text("tip", "A role nobody fills at present."),
            width=7,
        ),
        CountColumn(
            id="out",
            label=text("field", "Links out"),
            tip=text("tip", "Lines on which they tell others something. Counted, not typed."),
            count=_out,
            width=8,
        ),
        CountColumn(
            id="in",
            label=text("field", "Links in"),
            tip=text("tip", "Lines on which they hear something. Counted, not typed."),
            count=_into,
            width=8,
        ),
        LongColumn(id="notes", label=text("field", "Notes"), tip=text("tip", "Anything else."), width=24),
    )

    def ids(self, document: Document) -> list[str]:
        """Every node."""
        return list(document.nodes)

    def get(self, document: Document, key: str) -> Node | None:
        """The node of a row."""
        return document.nodes.get(NodeId(key))

    def name(self, document: Document, key: str) -> str:
        """What the row is called."""
        return name_of(document, NodeId(key))

    def concerned(self, change: Change, document: Document) -> set[str]:
        """Rows whose words a change may alter, beyond the entities it names."""
        if not change.modules:
            return set()
        touched = change.modules.keys()
        return {n.id for n in document.nodes.values() if not touched.isdisjoint(n.modules)}

    def changed(self, change: Change) -> Iterable[tuple[str, bool, bool]]:
        """Per row that a change names: its id, was it there, is it there."""
        return ((key, old is not None, new is not None) for key, (old, new) in change.nodes.items())

    def made(self, writing: Writing, draft: dict[str, str]) -> str | None:
        """The new row that these cells make; None while they are too few."""
        name = draft.get("name", "").strip()
        return writing.person(name) if name else None

    def added(self, document: Document, keys: Sequence[str]) -> Said:
        """What undo calls rows that were added."""
        if len(keys) == 1:
            return _ADD(name=name_of(document, NodeId(keys[0])))
        return _ADD_PASTED(n=len(keys))
