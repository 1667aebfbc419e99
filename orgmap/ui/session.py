"""The one door for edits and the one bell: the map that is open, its history and its file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from orgmap.i18n import Said
from orgmap.model.document import Change, Document, difference
from orgmap.model.history import History

if TYPE_CHECKING:
    from orgmap.analysis.findings import Report
    from orgmap.drawing.hidden import Numbers
    from orgmap.drawing.masked import Mask


class Session(QObject):
    """What is open. Everybody reads `document`; only `edit`, `undo`, `redo` and `open` replace it.

    `changed` rings after each replacement; a slot of `changed` never edits. `revision` grows with
    every replacement, so an answer to an older one is known for stale.

    Whoever shows names reads `shown`, `said` and `told` instead of the document, a label and a
    report: while names are hidden they hold stand-ins. Ids are the same, so edits work as ever.
    """

    changed = Signal(object)  # Change
    going = Signal()  # the map that is open is about to go; what is half typed still belongs to it
    opened = Signal()  # another document altogether; rings instead of `changed`
    state_changed = Signal()  # title, path, saved or not, what undo and redo would do
    names_changed = Signal(bool)  # are names shown?

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = Document()
        self._history = History()
        self._path: Path | None = None
        self._revision = 0
        self._retraced = False
        self._names_hidden = False
        self._mask: tuple[Document, Mask] | None = None
        self._numbers: Numbers | None = None

    @property
    def document(self) -> Document:
        """The map as it is now."""
        return self._document

    @property
    def history(self) -> History:
        """For reading: labels and steps."""
        return self._history

    @property
    def path(self) -> Path | None:
        """The native file the map was read from or saved to."""
        return self._path

    @property
    def revision(self) -> int:
        """Grows with every replacement of the document."""
        return self._revision

    @property
    def retraced(self) -> bool:
        """Did undo or redo lead here, and no edit since?"""
        return self._retraced

    @property
    def modified(self) -> bool:
        """Is there anything that the file does not hold?"""
        return not self._history.clean

    @property
    def names_hidden(self) -> bool:
        """Are stand-ins shown for names, in this window?"""
        return self._names_hidden

    def hide_names(self, hidden: bool) -> None:
        """Show "Person 3" for names everywhere in this window, or names again; no edit."""
        if hidden != self._names_hidden:
            self._names_hidden = hidden
            self._mask = None
            self.names_changed.emit(not hidden)
            self.state_changed.emit()

    @property
    def shown(self) -> Document:
        """The map as it is shown: itself, or the same with stand-ins for names and texts."""
        return self._masking().document if self._names_hidden else self._document

    def said(self, said: Said) -> Said:
        """A text as it is shown."""
        return self._masking().said(said) if self._names_hidden else said

    def told(self, report: Report) -> Report:
        """What the analysis says, as it is shown."""
        return self._masking().report(report) if self._names_hidden else report

    @property
    def numbers(self) -> Numbers:
        """The numbers of stand-ins; as long as this map is open, each stays with whom it was given to."""
        if self._numbers is None:
            from orgmap.drawing.hidden import Numbers  # as below

            self._numbers = Numbers()
        return self._numbers

    def _masking(self) -> Mask:
        if self._mask is None or self._mask[0] is not self._document:
            from orgmap.drawing.masked import Mask  # seldom needed, and not while the window starts

            self._mask = (self._document, Mask(self._document, self.numbers))
        return self._mask[1]

    def open(
        self, document: Document, path: Path | None = None, *, saved: bool = True, names_hidden: bool = False
    ) -> None:
        """Show another map, with an empty history. `saved`: nothing would be lost by closing it."""
        self.going.emit()
        renamed, self._names_hidden = names_hidden != self._names_hidden, names_hidden
        self._document = document
        self._path = path
        if self._numbers is not None:
            self._numbers.clear()
        self._history = History()
        if not saved:
            self._history.mark_dirty()
        self._revision += 1
        self._retraced = False
        self.opened.emit()
        if renamed:
            self.names_changed.emit(not names_hidden)
        self.state_changed.emit()

    def edit(self, label: Said, change: Change, merge: str | None = None) -> None:
        """Apply a change as one step of undo; steps in a row with the same `merge` become one.

        Raises ValueError, with nothing altered, if the change was made for another document.
        """
        if not change:
            return
        after = self._document.apply(change)  # before the history hears of it: it may not fit
        self._history.push(label, change, merge)
        self._retraced = False
        self._show(after, change)

    def seal(self) -> None:
        """The gesture is over: what comes next is a step of its own."""
        self._history.seal()

    def undo(self) -> None:
        """Take the last step back."""
        change = self._history.undo()
        if change is not None:
            self._replace(change)

    def redo(self) -> None:
        """Do again what was last taken back."""
        change = self._history.redo()
        if change is not None:
            self._replace(change)

    def travel(self, steps: int) -> None:
        """Undo (negative) or redo (positive) several steps, as one change that rings once."""
        change = self._history.travel(steps)
        if change is not None:
            self._replace(change)

    def saved(self, path: Path, document: Document) -> None:
        """`document` now stands in `path`; the map counts as saved if nothing came since."""
        self._path = path
        if document is self._document or not difference(document, self._document):
            self._history.mark_clean()
        self.state_changed.emit()

    def unsave(self) -> None:
        """The file no longer holds what is here."""
        self._history.mark_dirty()
        self.state_changed.emit()

    def _replace(self, change: Change) -> None:
        after = self._document.apply(change)
        self._retraced = True
        self._show(after, change)

    def _show(self, document: Document, change: Change) -> None:
        self._document = document
        self._revision += 1
        self.changed.emit(change)
        self.state_changed.emit()
