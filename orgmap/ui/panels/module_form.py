"""The inspector of modules, one or several, and of the map as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from orgmap.drawing.style import Theme
from orgmap.i18n import say, text
from orgmap.model import edits
from orgmap.model.document import Change, Document
from orgmap.model.entities import MapInfo, Module, ModuleId, NodeId, NodeKind
from orgmap.model.query import counts, inside, members
from orgmap.ui.kinds import MODULE_COLOURS
from orgmap.ui.panels.extra_row import EXTRA, TIP_EXTRA, show_extra
from orgmap.ui.panels.listing import Item, Listing
from orgmap.ui.session import Session
from orgmap.ui.widgets.choices import ChoiceField, FlagField
from orgmap.ui.widgets.extras import ExtraField
from orgmap.ui.widgets.fields import NotesField
from orgmap.ui.widgets.form import Form, Rows, Write
from orgmap.ui.widgets.swatches import SwatchField
from orgmap.ui.widgets.words import Words

_NAME = text("field", "Name")
_PURPOSE = text("field", "Purpose")
_LEAD = text("field", "Lead")
_PARENT = text("field", "Inside")
_NOTES = text("field", "Notes")
_TITLE = text("field", "Title")
_TALK = text("field", "Reporting lines count as talk")
_ASKED = text("field", "Everybody was asked")
_COLOUR = text("field", "Colour")
_COLLAPSED = text("field", "Collapsed")
_TIP_PURPOSE = text("tip", "What the module is there for. A purpose can be shared, checked and argued with.")
_TIP_LEAD = text("tip", "Who speaks for it where a link ends at the module itself.")
_TIP_PARENT = text("tip", "The module whose frame it lies in.")
_TIP_COLOUR = text("tip", "The colour of its frame and of its people. Names stay beside it.")
_TIP_COLLAPSED = text("tip", "Drawn as one sign with a count; everybody in it stays where they are.")
_TIP_WHOLE = text("tip", "Mission and goals: what all of it is for.")
_TIP_TALK = text("tip", "Then a formal line carries news both ways, as talk does.")
_TIP_ASKED = text("tip", "The lines come from asking each person. Who has none may only not have answered.")
_PEOPLE = text("count", "{n} person", "{n} people")
_MODULES = text("count", "{n} module", "{n} modules")
_LINKS = text("count", "{n} link", "{n} links")
_COUNTS = text("count", "{people}, {modules}, {links}")


class ModuleForm(Form):
    """Name, purpose, lead, where it lies, and who is in it."""

    table = "modules"

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self.name_field = self.head(_NAME, say("field", "Name"))
        self.column.addLayout(self.told)
        self.rows = Rows()
        self.column.addWidget(self.rows)
        self._lead, self._parent_field = ChoiceField(str(_LEAD())), ChoiceField(str(_PARENT()))
        purpose = NotesField(str(_PURPOSE()), say("field", "What is it there for?"))
        row, rows = self.row, self.rows
        row(rows, purpose, _PURPOSE, "purpose", _TIP_PURPOSE)
        row(rows, self._lead, _LEAD, "lead", _TIP_LEAD)
        row(rows, self._parent_field, _PARENT, "parent", _TIP_PARENT, write=_nested)
        hues: list[tuple[int | None, str]] = [(None, say("colour", "as it comes"))]
        hues += [(hue, str(words())) for hue, words in enumerate(MODULE_COLOURS)]
        self._colour = SwatchField(str(_COLOUR()), hues)
        row(rows, self._colour, _COLOUR, "colour", _TIP_COLOUR)
        row(rows, FlagField(str(_COLLAPSED())), _COLLAPSED, "collapsed", _TIP_COLLAPSED)
        row(rows, NotesField(str(_NOTES())), _NOTES, "notes")
        self._extra = ExtraField(str(EXTRA()))
        row(rows, self._extra, EXTRA, "extra", TIP_EXTRA)
        self.people = Listing(say("inspector", "People"))
        self.people.selection_asked.connect(self.selection_asked)
        self.column.addWidget(self.people)

    def refresh(self) -> None:
        """Fields, who could lead, where it could lie, and the people of a single module."""
        document, modules = self.document, self.entities()
        nobody = (None, say("field", "nobody"))
        self._parent_field.set_options([(None, say("field", "no other module")), *_outer(document, modules)])
        one = modules[0] if len(modules) == 1 else None
        people = _people(document, one) if one is not None else []
        leads = [(item.lead, item.words) for item in people]
        if one is not None and one.lead is not None and one.lead not in dict(leads):
            node = document.nodes.get(one.lead)
            leads.append((one.lead, node.name if node is not None else one.lead))
        self._lead.set_options([nobody, *leads])
        self._colour.set_colours(self.theme.modules, self.theme["accent"])
        super().refresh()
        show_extra(self.rows, self._extra, modules)
        self.name_field.setVisible(one is not None)
        self.rows.set_shown(self._lead, one is not None)
        self.people.show_items(self.theme, [item.item for item in people])


class MapForm(Form):
    """What is said of the map, while nothing is selected."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self.head(_TITLE, say("field", "Title of the map"), "title", _info("title"))
        self.counts = Words(role="body-quiet")
        self.counts.setContentsMargins(10, 0, 0, 0)
        self.column.addWidget(self.counts)
        rows = Rows()
        self.column.addWidget(rows)
        purpose = NotesField(str(_PURPOSE()), say("field", "What is the organization for?"))
        row = self.row
        row(rows, purpose, _PURPOSE, "purpose", _TIP_WHOLE, write=_info("purpose"))
        row(rows, NotesField(str(_NOTES())), _NOTES, "notes", write=_info("notes"))
        for label, attribute, tip in ((_TALK, "reporting_is_talk", _TIP_TALK), (_ASKED, "asked", _TIP_ASKED)):
            row(rows, FlagField(str(label())), label, attribute, tip, write=_info(attribute))

    def entities(self) -> list[MapInfo]:
        """There is one."""
        return [self.document.info]

    def name(self) -> str:
        """The title."""
        return self.document.info.title or say("inspector", "the map")

    def refresh(self) -> None:
        """Fields and counts."""
        super().refresh()
        people, modules, links = counts(self.document)
        said = _COUNTS(people=_PEOPLE(n=people), modules=_MODULES(n=modules), links=_LINKS(n=links))
        self.counts.setText(str(said))


def _info(attribute: str) -> Write:
    def write(document: Document, _ids: Sequence[str], value: object) -> Change:
        fields: dict[str, Any] = {attribute: value}
        return edits.set_info(document, replace(document.info, **fields))

    return write


class _Person:
    """Somebody in a module: as a row, and as one who could lead it."""

    def __init__(self, node: NodeId, item: Item) -> None:
        self.lead: object = node
        self.item = item
        self.words = item.words


def _people(document: Document, module: Module) -> list[_Person]:
    found = []
    for key in members(document)[module.id]:
        node = document.nodes[key]
        aside = say("inspector", "leads") if key == module.lead else node.title
        icon = "user-round" if node.kind in (NodeKind.PERSON, NodeKind.ROLE) else "square"
        found.append(_Person(key, Item(frozenset([key]), icon, node.name or key, aside)))
    return sorted(found, key=lambda person: person.words.casefold())


def _outer(document: Document, modules: Sequence[Module]) -> list[tuple[object, str]]:
    """The modules that could hold all of `modules` without a ring."""
    barred = {inner for module in modules for inner in inside(document, module.id)}
    listed = sorted((m.name or m.id, m.id) for m in document.modules.values() if m.id not in barred)
    return [(key, name) for name, key in listed]


def _nested(document: Document, ids: Sequence[str], value: ModuleId | None) -> Change:
    change = Change()
    for key in ids:
        change = change.then(edits.nest(document.apply(change), ModuleId(key), value))
    return change
