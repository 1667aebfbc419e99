"""The inspector of what lies above and below the map: sticky notes, background pictures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from orgmap.drawing.style import Theme
from orgmap.i18n import say, text
from orgmap.model import edits
from orgmap.model.document import Change, Document
from orgmap.model.entities import Backdrop, BackdropId
from orgmap.ui.kinds import NOTE_COLOURS
from orgmap.ui.session import Session
from orgmap.ui.widgets.choices import FlagField
from orgmap.ui.widgets.fields import NotesField, NumberField
from orgmap.ui.widgets.form import Form, Rows
from orgmap.ui.widgets.swatches import SwatchField
from orgmap.ui.widgets.words import Words

_TEXT = text("field", "Text")
_COLOUR = text("field", "Colour")
_STRENGTH = text("field", "Strength")
_LOCKED = text("field", "Locked")
_TIP_STRENGTH = text("tip", "How clearly it shows below the map, 0 to 100.")
_TIP_LOCKED = text("tip", "No hand on the map touches it.")
_TIP = text("tip", "What stands on the note. It means nothing to the findings.")


class StickyForm(Form):
    """The text and the colour of notes."""

    table = "stickies"

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self.heading = Words(say("inspector", "Note"), "title")
        self.column.addWidget(self.heading)
        self.column.addLayout(self.told)
        rows = Rows()
        self.column.addWidget(rows)
        hues = [(hue, str(words())) for hue, words in enumerate(NOTE_COLOURS)]
        self._colour = SwatchField(str(_COLOUR()), hues)
        self.row(rows, NotesField(str(_TEXT())), _TEXT, "text", _TIP)
        self.row(rows, self._colour, _COLOUR, "colour")

    def name(self) -> str:
        """A note has no name."""
        return say("inspector", "the note")

    def refresh(self) -> None:
        """Fields in the colours of the theme."""
        self._colour.set_colours(self.theme.notes, self.theme["accent"])
        super().refresh()
        self.heading.setVisible(len(self.ids) == 1)


class PictureForm(Form):
    """How clearly a background picture shows, and whether hands can move it."""

    table = "backdrops"

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self.column.addWidget(Words(say("inspector", "Background picture"), "title"))
        self.column.addLayout(self.told)
        rows = Rows()
        self.column.addWidget(rows)
        strength = NumberField(str(_STRENGTH()), say("field", "percent"), whole=True, example=60)
        self.row(rows, strength, _STRENGTH, tip=_TIP_STRENGTH, read=_percent, write=_set_percent)
        self.row(rows, FlagField(str(_LOCKED())), _LOCKED, "locked", _TIP_LOCKED)

    def name(self) -> str:
        """A picture has no name."""
        return say("inspector", "the background picture")


def _percent(picture: Backdrop) -> object:
    return round(100 * picture.strength)


def _set_percent(document: Document, ids: Sequence[str], value: int | None) -> Change:
    """More than all is all; an empty field is what pictures begin with."""
    share = Backdrop(id=BackdropId(""), data="").strength if value is None else min(value, 100) / 100
    return edits.set_fields(document, ids, strength=share)
