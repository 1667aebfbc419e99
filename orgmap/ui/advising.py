"""Advice carried out: tried as a proposal, made real, taken back. Each is one step of undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from orgmap.i18n import Said, text
from orgmap.model import proposals
from orgmap.model.document import Change
from orgmap.ui.canvas.view import CanvasView
from orgmap.ui.notices import Kind, Notice, NoticeBar
from orgmap.ui.panels.finding_advice import Advised, Deed
from orgmap.ui.session import Session

_TRY = text("edit", "Try: {advice}")
_APPLY = text("edit", "Apply: {advice}")
_TAKE_BACK = text("edit", "Take back: {advice}")
_STALE = text("notice", "The map has changed since this was proposed. The list will follow in a moment.")


class Advising(QObject):
    """Does what a card of a finding was asked for."""

    def __init__(
        self, session: Session, canvas: CanvasView, notices: NoticeBar, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._canvas, self._notices = session, canvas, notices

    def follow(self, wanted: Advised) -> None:
        """Try, apply or take back. What is real now is selected; a proposal is seen by its dashes."""
        change, label = self._change(wanted)
        if not proposals.fits(self._session.document, change):
            self._notices.tell(Notice(_STALE(), Kind.INFO, key="advice"))
            return
        self._session.edit(label(advice=wanted.advice.text), change)
        self._session.seal()
        if wanted.deed is Deed.APPLY:
            self._canvas.set_selection(key for key in change.touched() if self._canvas.stage.exists(key))

    def _change(self, wanted: Advised) -> tuple[Change, Callable[..., Said]]:
        document, change = self._session.document, wanted.advice.change
        drawn = proposals.tried(document, change)
        match wanted.deed:
            case Deed.TRY:
                return (Change() if drawn else proposals.proposed(change)), _TRY
            case Deed.TAKE_BACK:
                return proposals.withdrawn(document, drawn), _TAKE_BACK
            case Deed.APPLY:
                return (proposals.made_real(document, drawn) if drawn else change), _APPLY
