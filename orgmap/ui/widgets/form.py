"""A form over one kind of thing on the map: rows of label and field, bound to what is selected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from orgmap.drawing.masked import TEXTS
from orgmap.drawing.style import Theme
from orgmap.i18n import Said, Text, say, text
from orgmap.model import edits
from orgmap.model.document import Change, Document
from orgmap.ui.session import Session
from orgmap.ui.widgets.fields import Field, LineField, NotesField
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import Words

_OF_ONE = text("undo", "{field} of {name}")
_OF_SEVERAL = text("undo", "{field} of {n} thing", "{field} of {n} things")
_LABEL_LETTERS = 14  # average letters in the column of labels
_STACK_LETTERS = 36  # a form narrower than this puts labels above their fields

Read = Callable[[Any], object]  # an entity to the value of the field
Write = Callable[[Document, Sequence[str], Any], Change]


class Rows(QWidget):
    """Labels left of their fields, or above them where the panel is narrow or the text large."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[Words | None, QWidget]] = []
        self._stacked: bool | None = None

    def add(self, label: str, field: QWidget) -> None:
        """Append a row; without a label the field stands where fields stand, as wide as it needs."""
        words = Words(label, "body-quiet") if label else None
        if words is not None:
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
            words.setContentsMargins(0, 6, 0, 0)
        self._rows.append((words, field))
        self._arrange(bool(self._stacked))

    def set_shown(self, field: QWidget, shown: bool) -> None:
        """Show or hide a row with its label."""
        for label, other in self._rows:
            if other is field:
                other.setVisible(shown)
                if label is not None:
                    label.setVisible(shown)

    @property
    def _widest(self) -> int:
        """Px that the widest field needs."""
        return max((field.minimumSizeHint().width() for _, field in self._rows), default=0)

    def minimumSizeHint(self) -> QSize:
        """No wider than a field: labels can stand above."""
        return QSize(self._widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Choose between side by side and stacked."""
        letter = max(1, self.fontMetrics().averageCharWidth())
        beside = _LABEL_LETTERS * letter + self._grid.horizontalSpacing() + self._widest
        stacked = event.size().width() < max(_STACK_LETTERS * letter, beside)
        if stacked != self._stacked:
            self._arrange(stacked)
        super().resizeEvent(event)

    def _arrange(self, stacked: bool) -> None:
        self._stacked = stacked
        letter = self.fontMetrics().averageCharWidth()
        width = 0 if stacked else _LABEL_LETTERS * letter
        self._grid.setColumnMinimumWidth(0, width)
        line = 0
        for label, field in self._rows:
            if label is not None:
                label.setFixedWidth(width) if not stacked else label.setMaximumWidth(16_777_215)
                label.setMinimumWidth(width)
                self._grid.addWidget(label, line, 0, 1, 2 if stacked else 1, Qt.AlignmentFlag.AlignTop)
                line += 1 if stacked else 0
            self._grid.addWidget(field, line, 0 if stacked else 1, 1, 2 if stacked else 1)
            line += 1


class Binding(QObject):
    """One field and the part of an entity that it shows and edits."""

    def __init__(self, form: Form, field: Field, label: Text, read: Read, write: Write) -> None:
        super().__init__(field)
        self._form, self.field, self._label, self._read, self._write = form, field, label, read, write
        self.secret = False  # what a person writes freely: closed while names are hidden
        self.tip: Text | None = None
        field.committed.connect(self._committed)
        if isinstance(field, NotesField):
            field.paused.connect(self._committed)

    def show(self, entities: Iterable[object]) -> None:
        """Show what the entities say."""
        shut = self.secret and self._form.session.names_hidden
        self.field.setEnabled(not shut)
        tip = str(self.tip()) if self.tip is not None else ""
        if shut:
            tip = say("field", "Names and texts are hidden. Show them to change this.")
        self.field.explain(tip)
        self.field.show_values([self._read(entity) for entity in entities])

    def _committed(self, value: object) -> None:
        field = self.field
        writing = f"{id(self)} {field.writing}" if isinstance(field, NotesField) else None
        self._form.edit(self._label(), self._write, value, writing)


class Form(QWidget):
    """Shows `ids` of one session; every committed field is one step of undo."""

    selection_asked = Signal(object)  # frozenset of ids

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.theme = session, theme
        self.ids: tuple[str, ...] = ()
        self.bindings: list[Binding] = []
        self._editing = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.told = QVBoxLayout()  # below the heading: room for what concerns the thing shown

    @property
    def document(self) -> Document:
        """The map as it is shown now; while an edit is under way, as it is."""
        return self.session.document if self._editing else self.session.shown

    table = ""  # of the document, in which what it shows is listed

    def entities(self) -> list[Any]:
        """What is selected, as it is now."""
        listed: Mapping[str, Any] = getattr(self.document, self.table)
        return [listed[key] for key in self.ids if key in listed]

    def name(self) -> str:
        """What the first selected thing is called, for the label of undo."""
        found = self.entities()
        return found[0].name if found else ""

    def show_ids(self, ids: Sequence[str]) -> None:
        """Show other things; half-typed words belong to the old ones and are committed first."""
        if tuple(ids) != self.ids:
            self.ids = tuple(ids)
            for binding in self.bindings:
                binding.field.restore()
        self.refresh()

    def commit(self) -> None:
        """Take what is half typed."""
        for binding in self.bindings:
            binding.field.commit()

    def refresh(self) -> None:
        """Show what the map says now."""
        entities = self.entities()
        for binding in self.bindings:
            binding.show(entities)

    def bind(
        self,
        field: Field,
        label: Text,
        attribute: str = "",
        read: Read | None = None,
        write: Write | None = None,
        tip: Text | None = None,
    ) -> Field:
        """Let a field show and edit an attribute of the entities, or what `read` and `write` say.

        `tip`: what the field is about, on hovering and for a screen reader.
        """

        def plain_read(entity: object) -> object:
            return getattr(entity, attribute)

        def plain_write(document: Document, ids: Sequence[str], value: object) -> Change:
            return edits.set_fields(document, ids, **{attribute: value})

        made = Binding(self, field, label, read or plain_read, write or plain_write)
        made.secret = attribute in TEXTS
        made.tip = tip
        self.bindings.append(made)
        return field

    def head(self, label: Text, hint: str, attribute: str = "name", write: Write | None = None) -> LineField:
        """What the thing is called, in larger letters above all else."""
        field = LineField(str(label()), hint)
        set_role(field.line, "name")
        self.bind(field, label, attribute, write=write)
        self.column.addWidget(field)
        return field

    def row(
        self,
        rows: Rows,
        field: Field,
        label: Text,
        attribute: str = "",
        tip: Text | None = None,
        read: Read | None = None,
        write: Write | None = None,
    ) -> Field:
        """Bind a field and let it stand in a row beside its label; one that has its label stands alone."""
        own = isinstance(field.editor, QCheckBox)
        rows.add("" if own else str(label()), self.bind(field, label, attribute, read, write, tip))
        return field

    def edit(self, field: Said, write: Write, value: object, writing: str | None = None) -> None:
        """One committed field, one step of undo; all of the same `writing` are one."""
        self._editing = True
        try:
            change = write(self.document, self.ids, value)
            several, n = len(self.ids) > 1, len(self.ids)
            label = _OF_SEVERAL(field=field, n=n) if several else _OF_ONE(field=field, name=self.name())
        finally:
            self._editing = False
        self.session.edit(label, change, writing)
