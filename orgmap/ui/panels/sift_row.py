"""The row above the findings: of which kind, about which module and whom; and what that hides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar, cast

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from orgmap.analysis.catalogue import named
from orgmap.analysis.findings import Finding
from orgmap.i18n import Text, say, text
from orgmap.model.document import Document
from orgmap.model.entities import ModuleId, NodeId
from orgmap.model.query import name_of
from orgmap.ui.panels.sifting import Sift, occurring
from orgmap.ui.widgets.choices import ChoiceField
from orgmap.ui.widgets.choices import Option as Choice
from orgmap.ui.widgets.flow import FlowLayout
from orgmap.ui.widgets.words import Words, WordsButton, plain_tip

K = TypeVar("K")

_COUNTED = text("list", "{name} ({n})")
_HIDDEN = text("finding", "{n} of {all} findings is hidden.", "{n} of {all} findings are hidden.")
_HIDDEN_NEW = text(
    "finding",
    "{n} of {all} findings is hidden, {new} of them new.",
    "{n} of {all} findings are hidden, {new} of them new.",
)


class SiftRow(QWidget):
    """Three choices, and below them how many findings they hide, with the way to see all."""

    changed = Signal(object)  # Sift

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sift = Sift()
        self.kind, self.module, self.person = ChoiceField(""), ChoiceField(""), ChoiceField("")
        choices = QWidget()
        self._flow = FlowLayout(choices, gap=4, even=1)
        for field in (self.kind, self.module, self.person):
            self._flow.addWidget(field)
        self._hidden = Words(role="quiet")
        self.show_all = WordsButton(role="quiet")
        self._said = QWidget()
        row = QHBoxLayout(self._said)
        row.setContentsMargins(4, 0, 0, 0)
        row.addWidget(self._hidden, 1)
        row.addWidget(self.show_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 4, 0)
        column.setSpacing(4)
        column.addWidget(choices)
        column.addWidget(self._said)
        self.kind.committed.connect(self._on_kind)
        self.module.committed.connect(self._on_module)
        self.person.committed.connect(self._on_person)
        self.show_all.clicked.connect(self.clear)

    @property
    def sift(self) -> Sift:
        """What is chosen."""
        return self._sift

    def clear(self) -> None:
        """Show every finding."""
        self._take(Sift())

    def show_findings(self, findings: Sequence[Finding], shown: Document) -> None:
        """Offer what these findings speak of, with how often; names as in `shown`."""
        codes, modules, people = occurring(findings, shown)
        chosen = self._sift
        kinds: list[Choice] = [(None, say("filter", "Any kind"))]
        kinds += _counted(codes, [(code, str(named(code))) for code in _with(codes, chosen.code)])
        places: list[Choice] = [(None, say("filter", "Any module"))]
        places += _counted(modules, [(key, name_of(shown, key)) for key in _with(modules, chosen.module)])
        persons: list[Choice] = [(None, say("filter", "Anybody"))]
        persons += _counted(people, [(key, name_of(shown, key)) for key in _with(people, chosen.person)])
        for field, label, options, value in (
            (self.kind, text("filter", "Kind of finding"), kinds, chosen.code),
            (self.module, text("filter", "About which module"), places, chosen.module),
            (self.person, text("filter", "About whom"), persons, chosen.person),
        ):
            _offer(field, label, options, value)
        self._make_room()

    def show_hidden(self, hidden: int, of: int, new: int) -> None:
        """Say how many findings the choices hide, and how many of these are new."""
        said = _HIDDEN_NEW(n=hidden, all=of, new=new) if new else _HIDDEN(n=hidden, all=of)
        self._hidden.setText(str(said) if hidden else say("finding", "Nothing is hidden by this choice."))
        self.show_all.set_words(say("finding", "Show all"))
        self._said.setVisible(bool(self._sift))

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [self.kind.box, self.module.box, self.person.box, self.show_all]

    def changeEvent(self, event: QEvent, /) -> None:
        """Larger letters need wider choices."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._make_room()

    def _make_room(self) -> None:
        """No choice narrower than what it says before anything is chosen; what has no room goes below."""
        boxes = [field.box for field in (self.kind, self.module, self.person)]
        widest = max(box.fontMetrics().horizontalAdvance(box.itemText(0)) + box.chrome() for box in boxes)
        self._flow.set_even(widest)

    def _take(self, sift: Sift) -> None:
        if sift != self._sift:
            self._sift = sift
            self.changed.emit(sift)

    def _on_kind(self, value: object) -> None:
        self._take(replace(self._sift, code=cast("str | None", value)))

    def _on_module(self, value: object) -> None:
        self._take(replace(self._sift, module=cast("ModuleId | None", value)))

    def _on_person(self, value: object) -> None:
        self._take(replace(self._sift, person=cast("NodeId | None", value)))


def _offer(field: ChoiceField, label: Text, options: Sequence[Choice], value: object) -> None:
    field.box.setAccessibleName(str(label()))
    field.set_options(options)
    field.show_values([value])
    field.box.setToolTip(plain_tip(field.box.currentText() if value is not None else str(label())))
    field.box.setEnabled(len(options) > 1)


def _with(counted: dict[K, int], chosen: K | None) -> list[K]:
    """What occurs, and what is chosen though it occurs no more."""
    return [*counted, *([chosen] if chosen is not None and chosen not in counted else [])]


def _counted(counted: dict[K, int], called: list[tuple[K, str]]) -> list[Choice]:
    """Choices by name, each with its number."""
    ordered = sorted(called, key=lambda pair: pair[1].casefold())
    return [(key, str(_COUNTED(name=name, n=counted.get(key, 0)))) for key, name in ordered]
