"""What an open card says besides: the question, what could be tried, where it comes from, how sure."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from orgmap.analysis import catalogue
from orgmap.analysis.definitions import definition
from orgmap.analysis.findings import Firmness
from orgmap.i18n import Text, say, text
from orgmap.model.entities import Remark
from orgmap.ui.panels.finding_advice import AdviceList
from orgmap.ui.panels.finding_remark import RemarkPart
from orgmap.ui.panels.finding_words import evidence_words
from orgmap.ui.panels.standing import Standing
from orgmap.ui.session import Session
from orgmap.ui.widgets.cutoffs import Cutoffs
from orgmap.ui.widgets.folds import Fold
from orgmap.ui.widgets.words import Words, WordsButton

_FIRMNESS: dict[Firmness, Text] = {  # where it was not judged, the words say why
    Firmness.FIRM: text("firmness", "firm"),
    Firmness.FEW_LINES: text("firmness", "rests on a few lines"),
}


class Detail(QWidget):
    """The open part of one card. `noted` and `dismissed` tell what the room says of the finding."""

    advised = Signal(object)  # Advised
    noted = Signal(str)
    dismissed = Signal(str)
    cutoffs_asked = Signal(str)  # the code whose cut-offs, among all others, are wanted
    released = Signal()  # no hand is on a cut-off any more

    def __init__(self, session: Session, code: str) -> None:
        super().__init__()
        self._session, self._code = session, code
        self._row: Standing | None = None
        self._ask, self._question = Words(role="section"), Words(role="body")
        self._also = Words(role="body-quiet")
        self._advice = AdviceList()
        self._meaning_words, self._facts = Words(role="quiet"), Words(role="quiet")
        self._meaning, self._found = Fold(self._meaning_words), Fold(self._facts)
        self.cutoffs = Cutoffs(session, catalogue.cutoffs(code))
        self._all = WordsButton(role="quiet")
        inside = QWidget()
        within = QVBoxLayout(inside)
        within.setContentsMargins(8, 0, 0, 4)
        within.setSpacing(8)
        within.addWidget(self.cutoffs)
        within.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)
        self._from = Fold(inside)
        self._remark = RemarkPart()
        self._sure = Words(role="quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._ask)
        column.addWidget(self._question)
        column.addWidget(self._also)
        column.addSpacing(8)
        column.addWidget(self._advice)
        column.addSpacing(4)
        for part in (self._meaning, self._found, self._from, self._remark):
            column.addWidget(part)
        column.addWidget(self._sure)  # last: it comes later than the rest, and moves nothing
        self._advice.advised.connect(self.advised)
        self._remark.noted.connect(self.noted)
        self._remark.dismissed.connect(self.dismissed)
        self.cutoffs.released.connect(self.released)
        self._all.clicked.connect(self._on_all)
        self._meaning.unfolded.connect(self._tell_meaning)
        self._found.unfolded.connect(self._tell_found)

    def show_row(self, row: Standing, *, open_: bool) -> bool:
        """Fill in; not `open_`: it is resolved. Did a button go that had the keyboard?"""
        finding, session = row.finding, self._session
        self._ask.setText(say("finding", "Ask the room"))
        self._question.setText(str(finding.question))
        also = " ".join(map(str, finding.also))
        self._also.setText(say("finding", "Of the same cause: {claims}", claims=also) if also else "")
        self._also.setVisible(bool(also))
        lost = self._advice.show_advice(finding.advice, session.document, session.shown, open_=open_)
        self._meaning.set_words(say("finding", "What this means"))
        self._tell_meaning()
        self._found.set_words(say("finding", "How this was found"))
        self._row = row
        self._tell_found()
        self._from.set_words(say("finding", "From where on this is said"))
        self._from.setVisible(bool(self.cutoffs.rows))
        self._all.set_words(say("finding", "All cut-offs …"))
        self._remark.show_remark(self._shown_remark(row.remark), secret=session.names_hidden)
        self._remark.setEnabled(open_)
        sure = finding.sure
        firm = _FIRMNESS.get(finding.firmness) if finding.firmness is not None else None
        words = ""
        if sure is not None and firm is not None:
            words = say("finding", "How sure: {firm}. {words}", firm=firm(), words=sure)
        elif sure is not None:
            words = say("finding", "How sure: {words}", words=sure)
        self._sure.setText(words)
        self._sure.setVisible(bool(words))
        return lost

    def retell(self) -> None:
        """Say the cut-offs in the language in use; the rest comes with the next `show_row`."""
        self.cutoffs.retell()

    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        """A click beside a field is not one on the card, which would close."""
        event.accept()

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        stops = [*self._advice.stops(), self._meaning.head, self._found.head, self._from.head]
        if self._from.is_open:
            stops += [*self.cutoffs.stops(), self._all]
        return [*stops, *self._remark.stops()]

    def _shown_remark(self, remark: Remark | None) -> Remark | None:
        return self._session.shown.remarks.get(remark.id) if remark is not None else None

    def _tell_meaning(self) -> None:
        """What the handbook says of it; nobody waits for that who has not asked."""
        if self._meaning.is_open:
            entry = catalogue.ENTRIES.get(self._code)
            meaning = str(entry.meaning()) if entry is not None else ""
            step = say("finding", "One step leads from a person to somebody they have a line to.")
            readable = definition(self._code).readable
            self._meaning_words.setText("\n\n".join(filter(None, (meaning, readable, step))))

    def _tell_found(self) -> None:
        """The facts, the exact definition, and where that comes from."""
        if self._found.is_open and self._row is not None:
            finding = self._row.finding
            source = finding.source
            parts = [
                "\n".join(evidence_words(finding, self._session.shown)),
                definition(self._code).exact,
                say("finding", "Where this comes from: {source}", source=source) if source else "",
            ]
            self._facts.setText("\n\n".join(filter(None, parts)))

    def _on_all(self) -> None:
        self.cutoffs_asked.emit(self._code)
