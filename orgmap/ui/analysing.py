"""What the window says of the worker process, and what of its answer counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from orgmap.analysis import worker
from orgmap.analysis.findings import Report
from orgmap.i18n import text
from orgmap.model.document import Document
from orgmap.model.remarks import matched
from orgmap.ui.analyst import Health
from orgmap.ui.notices import Kind, Notice, Offer

KEY = "worker"

_AGAIN = text("notice", "The analysis had stopped and was started again. Your map is unharmed.")
_OFF = text("notice", "The analysis stopped several times in a row and is now off. Your map is unharmed.")
_START = text("notice", "Start it again")
_BUG = text("notice", "The analysis met a mistake of its own in this map. Everything else works on.")


def notice_of_health(health: Health, restart: Callable[[], object]) -> Notice | None:
    """Said once when the worker died, and when it is given up."""
    match health:
        case Health.RESTARTING:
            return Notice(_AGAIN(), Kind.INFO, key=KEY)
        case Health.GIVEN_UP:
            return Notice(_OFF(), Kind.WARNING, offers=(Offer(_START, restart),), key=KEY)
        case _:
            return None


def notice_of_failure(failed: worker.Failed) -> Notice:
    """Why there is no answer."""
    said = failed.said if failed.said is not None else _BUG()
    return Notice(said, Kind.WARNING, key="analysis")


def counted(report: Report, document: Document) -> Report:
    """The report without what the room has left aside."""
    said = matched(document, [finding.subject for finding in report.findings])
    kept = (
        f for f, remark in zip(report.findings, said, strict=True) if remark is None or not remark.dismissed
    )
    return replace(report, findings=tuple(kept))
