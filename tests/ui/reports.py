"""Reports made by hand, for panels that show what an analysis says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from orgmap.analysis.findings import Advice, Finding, Report, Weight
from orgmap.i18n import Said, text, verbatim
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import NodeId
from tests.words import org

WORKSHOP = org(
    "Goran > Quentin, Goran > Rosa, Goran > Dov, Farah <> Goran, Farah <> Pia, Pia <> Quentin",
    modules={"Factory": "Pia Quentin Rosa", "Product": "Farah Goran", "Sales": "Dov"},
)
"""Part of the workshop map of docs/findings-seen.md."""

OWN = ("Goran", "Quentin", "Rosa", "Dov", "Farah", "Pia", "Factory", "Product", "Sales")
"""Every word of it that is the user's."""

_SAYS = text("finding", "What {name} says reaches many who cannot answer.")
_WHY = text("finding", "Each way back runs over {over}.")
_ASK = text("finding", "How would {name} find out?")
_LET = text("advice", "Let {source} tell {target}.")


def finding(who: str = "Goran", weight: Weight = Weight.ACT, **fields: Any) -> Finding:  # noqa: ANN401
    """One finding about one person, in words that can be translated."""
    made: dict[str, Any] = {
        "code": "broadcast-only",
        "weight": weight,
        "severity": 0.3,
        "claim": _SAYS(name=who),
        "because": _WHY(over="Farah"),
        "question": _ASK(name=who),
        "people": (NodeId(who),),
        "lit_nodes": (NodeId(who),),
        "source": "",
    }
    return Finding(**(made | fields))


def note(because: Said, code: str = "only-listens") -> Finding:
    """A check that could not judge."""
    said = text("finding", "Not judged: {title}.")(title=verbatim(code))
    return finding(code=code, weight=Weight.NOTE, claim=said, because=because, people=(), judged=False)


def advice(document: Document, source: str, target: str) -> Advice:
    """The line from one to the other as something to try."""
    change, _ = edits.add_link(document, NodeId(source), NodeId(target), two_way=False)
    return Advice(_LET(source=source, target=target), change)


def report(findings: Sequence[Finding] = (), **fields: Any) -> Report:  # noqa: ANN401
    """A report with these findings."""
    return Report(findings=tuple(findings), **fields)
