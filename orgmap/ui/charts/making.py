"""All that a chart is made of as one value, so that a thread can make the chart of a large map."""

from __future__ import annotations

from dataclasses import dataclass

from orgmap.analysis.findings import Report
from orgmap.analysis.measure_catalogue import Scope
from orgmap.analysis.questions import Withstanding
from orgmap.model.document import Document
from orgmap.progress import SILENT, Progress
from orgmap.ui.charts.change import Kept, change
from orgmap.ui.charts.chart import Chart, Kind
from orgmap.ui.charts.distribution import distribution
from orgmap.ui.charts.hours import hours
from orgmap.ui.charts.robustness import robustness
from orgmap.ui.charts.scatter import scatter
from orgmap.ui.measured import Things


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A chart that is wanted. `document`: the map as it is shown; `rows`: of names that have room.

    `kept`: what is compared with, `held`: what holds while people leave; None while there is none.
    """

    kind: Kind
    document: Document
    report: Report
    scope: Scope
    keys: tuple[str, str]
    rows: int
    kept: Kept | None = None
    held: Withstanding | None = None

    @property
    def size(self) -> int:
        """How many people, modules or links there are to go through."""
        match self.scope:
            case Scope.PEOPLE:
                return len(self.report.people)
            case Scope.MODULES:
                return len(self.report.modules)
            case _:
                return len(self.report.links)


def made(recipe: Recipe, _progress: Progress = SILENT) -> Chart | None:
    """The chart; None where what holds is not known yet."""
    document, scope = recipe.document, recipe.scope
    if recipe.kind is Kind.ROBUSTNESS:
        return robustness(recipe.held, document) if recipe.held is not None else None
    things = Things(document, recipe.report, scope)
    first, second = recipe.keys
    match recipe.kind:
        case Kind.DISTRIBUTION:
            return distribution(things, first)
        case Kind.SCATTER:
            return scatter(things, first, second)
        case Kind.CHANGE:
            kept = recipe.kept
            before = Things(kept.document, kept.report, scope) if kept is not None else None
            return change(things, before, first, recipe.rows)
        case _:
            return hours(things, document, recipe.rows)
