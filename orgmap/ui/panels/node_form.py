"""The inspector of people, roles, outside parties and sources; one or several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from orgmap.drawing.style import Theme
from orgmap.i18n import say, text
from orgmap.model import edits
from orgmap.model.document import Change, Document, Draft
from orgmap.model.entities import Link, ModuleId, Node, NodeId, NodeKind
from orgmap.model.query import links_of, name_of
from orgmap.ui.kinds import NODE_KINDS
from orgmap.ui.panels.extra_row import EXTRA, TIP_EXTRA, show_extra
from orgmap.ui.panels.link_words import carried
from orgmap.ui.panels.listing import Item, Listing
from orgmap.ui.session import Session
from orgmap.ui.widgets.choices import ChoiceField, FlagField, SeveralField
from orgmap.ui.widgets.extras import ExtraField
from orgmap.ui.widgets.fields import LineField, ListField, NotesField, NumberField
from orgmap.ui.widgets.form import Form, Rows

_NAME = text("field", "Name")
_KIND = text("field", "Kind")
_TITLE = text("field", "Title")
_HOME = text("field", "Module")
_ALSO = text("field", "Also in")
_LEVEL = text("field", "Level")
_HOURS = text("field", "Time for talk")
_DECIDES = text("field", "Decides")
_PURPOSE = text("field", "Holds the purpose")
_NEWCOMER = text("field", "Newcomer")
_VACANT = text("field", "Vacant")
_KNOWS = text("field", "Knows")
_SEEKS = text("field", "Seeks")
_PINNED = text("field", "Pinned")
_NOTES = text("field", "Notes")
_TIP_KIND = text("tip", "A person; a role, perhaps vacant; somebody outside; or a source such as a wiki.")
_TIP_VACANT = text("tip", "A role nobody fills at present.")
_TIP_TITLE = text("tip", "Their post or trade.")
_TIP_HOME = text("tip", "The home module, whose frame holds them.")
_TIP_ALSO = text("tip", "Further modules they belong to; a click on one takes them out.")
_TIP_LEVEL = text("tip", "1 is the top. Empty: nobody said.")
_TIP_HOURS = text("tip", "Hours a week they can spend on talking. Empty: nobody said.")
_TIP_DECIDES = text("tip", "May say yes or no.")
_TIP_PURPOSE = text("tip", "Keeps in mind what the whole is for.")
_TIP_NEWCOMER = text("tip", "New here and still learning their way.")
_TIP_KNOWS = text("tip", "Topics others may ask them about, separated by commas.")
_TIP_SEEKS = text("tip", "Topics they need an answer on, separated by commas.")
_TIP_PINNED = text("tip", "Stays where it is when the map is tidied.")


class NodeForm(Form):
    """Every field of a node that a person fills in, and the lines that end there."""

    table = "nodes"

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self.name_field = self.head(_NAME, say("field", "Name"))
        self.column.addLayout(self.told)
        self.rows = Rows()
        self.column.addWidget(self.rows)
        self._kind = ChoiceField(str(_KIND()), [(kind, str(NODE_KINDS[kind]())) for kind in NodeKind])
        self._home, self._also = ChoiceField(str(_HOME())), SeveralField(str(_ALSO()))
        self._vacant = FlagField(str(_VACANT()))
        comma = say("field", "separated by commas")
        level = NumberField(str(_LEVEL()), say("field", "1 is the top"), whole=True, least=1, example=2)
        hours = NumberField(str(_HOURS()), say("field", "hours a week"), example=6)
        row, rows = self.row, self.rows
        row(rows, self._kind, _KIND, "kind", _TIP_KIND)
        row(rows, self._vacant, _VACANT, "vacant", _TIP_VACANT)
        row(rows, LineField(str(_TITLE())), _TITLE, "title", _TIP_TITLE)
        row(rows, self._home, _HOME, tip=_TIP_HOME, read=_home, write=_set_home)
        row(rows, self._also, _ALSO, tip=_TIP_ALSO, read=_also, write=_set_also)
        row(rows, level, _LEVEL, "level", _TIP_LEVEL)
        row(rows, hours, _HOURS, "hours", _TIP_HOURS)
        row(rows, FlagField(str(_DECIDES())), _DECIDES, "decides", _TIP_DECIDES)
        row(rows, FlagField(str(_PURPOSE())), _PURPOSE, "holds_purpose", _TIP_PURPOSE)
        row(rows, FlagField(str(_NEWCOMER())), _NEWCOMER, "newcomer", _TIP_NEWCOMER)
        row(rows, ListField(str(_KNOWS()), comma), _KNOWS, "knows", _TIP_KNOWS)
        row(rows, ListField(str(_SEEKS()), comma), _SEEKS, "seeks", _TIP_SEEKS)
        row(rows, FlagField(str(_PINNED())), _PINNED, "pinned", _TIP_PINNED)
        row(rows, NotesField(str(_NOTES())), _NOTES, "notes")
        self._extra = ExtraField(str(EXTRA()))
        row(rows, self._extra, EXTRA, "extra", TIP_EXTRA)
        self.links = Listing(say("inspector", "Links"))
        self.links.selection_asked.connect(self.selection_asked)
        self.column.addWidget(self.links)

    def refresh(self) -> None:
        """Fields, what there is to choose from, and the lines of a single node."""
        document, nodes = self.document, self.entities()
        listed = sorted((m.name or m.id, m.id) for m in document.modules.values())
        options: list[tuple[object, str]] = [(key, name) for name, key in listed]
        self._home.set_options([(None, say("field", "none")), *options])
        self._also.set_options(options)
        super().refresh()
        show_extra(self.rows, self._extra, nodes)
        one = nodes[0] if len(nodes) == 1 else None
        self.name_field.setVisible(one is not None)
        self.rows.set_shown(self._vacant, any(node.kind is NodeKind.ROLE for node in nodes))
        housed = bool(nodes) and all(node.modules for node in nodes)
        self.rows.set_shown(self._also, housed and len(document.modules) > 1)
        self.links.show_items(self.theme, _lines(document, one.id) if one is not None else [])


def _home(node: Node) -> object:
    return node.modules[0] if node.modules else None


def _also(node: Node) -> object:
    return node.modules[1:]


def _set_home(document: Document, ids: Sequence[str], value: ModuleId | None) -> Change:
    return edits.join(document, [NodeId(key) for key in ids], value)


def _set_also(document: Document, ids: Sequence[str], value: tuple[ModuleId, ...]) -> Change:
    draft = Draft(document)
    for key in ids:
        node = document.nodes[NodeId(key)]
        if node.modules:
            rest = tuple(module for module in value if module != node.modules[0])
            draft.put(replace(node, modules=(node.modules[0], *rest)))
    return draft.change()


def _lines(document: Document, node: NodeId) -> list[Item]:
    """The lines of a node: first both ways, then out, then in; by name."""
    items = [(_rank(link, node), _line(document, link, node)) for link in links_of(document, [node])]
    return [item for _, item in sorted(items, key=lambda pair: (pair[0], pair[1].words.casefold()))]


def _rank(link: Link, node: NodeId) -> int:
    return 0 if link.two_way else 1 if link.source == node else 2


def _line(document: Document, link: Link, node: NodeId) -> Item:
    out = link.source == node
    other = name_of(document, link.target if out else link.source)
    sign = "arrow-left-right" if link.two_way else "arrow-right" if out else "arrow-left"
    aside = carried(document, link)
    if link.two_way:
        spoken = say("link spoken", "both ways with {name}, {how}", name=other, how=aside)
    elif out:
        spoken = say("link spoken", "to {name}, {how}", name=other, how=aside)
    else:
        spoken = say("link spoken", "from {name}, {how}", name=other, how=aside)
    return Item(frozenset([link.id]), sign, other, aside, spoken)
