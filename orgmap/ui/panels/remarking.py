"""What the room says of a finding in the list, as edits of the map; each is one step of undo."""

from __future__ import annotations

from orgmap.analysis.catalogue import named
from orgmap.i18n import text
from orgmap.model import remarks
from orgmap.ui.panels.standing import Standing
from orgmap.ui.session import Session

_DISMISS = text("undo", "Dismiss: {title}")
_BRING_BACK = text("undo", "Bring back: {title}")
_NOTE = text("undo", "Note on: {title}")


def dismiss(session: Session, row: Standing, reason: str) -> None:
    """Leave the finding aside, and why."""
    change = remarks.dismiss(session.document, row.finding.subject, reason, row.remark)
    session.edit(_DISMISS(title=named(row.finding.code)), change)


def bring_back(session: Session, row: Standing) -> None:
    """Let a dismissed finding count again."""
    if row.remark is not None:
        change = remarks.take_back(session.document, row.finding.subject, row.remark)
        session.edit(_BRING_BACK(title=named(row.finding.code)), change)


def note(session: Session, row: Standing, words: str) -> None:
    """Note something on the finding; nothing takes the note away."""
    change = remarks.set_note(session.document, row.finding.subject, words, row.remark)
    session.edit(_NOTE(title=named(row.finding.code)), change)
