"""Which sheets of a workbook are imported: a box to tick for each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from orgmap.drawing.plain import middle_cut
from orgmap.drawing.plain import shown as in_one_line
from orgmap.files.reading import Form
from orgmap.i18n import say, text
from orgmap.ui.dialogs.importing.words import FORMS

LONGEST = 40  # characters of a name
_IS = text("import", "{name}: {form}")
_LEFT = text("import", "{name}: left out")


class SheetChoice(QWidget):
    """The sheets found at the first look; `told` when the user ticks one or takes a tick away."""

    told = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: list[tuple[str, QCheckBox]] = []
        self._touched = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.setAccessibleName(say("import", "Sheets"))

    @property
    def several(self) -> bool:
        """Is there anything to choose?"""
        return len(self._boxes) > 1

    @property
    def chosen(self) -> tuple[str, ...]:
        """The sheets that are ticked; none at all while the user has not spoken."""
        return tuple(name for name, box in self._boxes if box.isChecked()) if self._touched else ()

    def show_sheets(self, sheets: Sequence[tuple[str, Form | None]]) -> None:
        """Show them once, ticked if they are read; a later look knows fewer."""
        if self._boxes:
            return
        for name, form in sheets:
            shown = in_one_line(middle_cut(name, LONGEST))
            words = _LEFT(name=shown) if form is None else _IS(name=shown, form=FORMS[form]())
            box = QCheckBox(str(words).replace("&", "&&"), self)
            box.setObjectName(f"sheet-{len(self._boxes)}")
            box.setMinimumHeight(24)
            box.setChecked(form is not None)
            box.toggled.connect(self._on_toggled)
            self._boxes.append((name, box))
            self._column.addWidget(box)

    def _on_toggled(self, checked: bool) -> None:
        if not checked and not any(box.isChecked() for _, box in self._boxes):
            sender = self.sender()
            if isinstance(sender, QCheckBox):
                sender.setChecked(True)  # one sheet at least
            return
        self._touched = True
        self.told.emit()
