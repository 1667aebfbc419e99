"""What holds together while people leave, the busiest first, against anybody by chance."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from orgmap.analysis.questions import Withstanding
from orgmap.drawing.plain import shown
from orgmap.i18n import text
from orgmap.model.document import Document
from orgmap.model.entities import NodeId
from orgmap.model.query import name_of
from orgmap.ui.charts.chart import Axis, Chart, Curve, Kind, Mark
from orgmap.ui.measured import number

FEWEST = 4  # people below whom nothing is drawn
NAMED = 12  # losses with a name

_TITLE = text("chart", "What holds together while people leave")
_ACROSS = text("chart", "People who have left")
_UP = text("chart", "People in the largest part")
_OURS, _CHANCE = text("chart", "the busiest leave first"), text("chart", "anybody leaves")
_POINT = text(
    "chart",
    "{name} leaves as number {n}: {left} of {all} are still joined in the largest part; by chance {chance}.",
)
_TOO_FEW = text("chart", "The map has too few people for a curve.")
_APART = text("chart", "No two people on the map talk both ways, so there is nothing that could fall apart.")
_START = text("chart", "With everybody there, two-way talk joins {n} of {all} people.")
_HALF = text("chart", "That is halved once {ours} have left, the busiest first; by chance it takes {chance}.")
_LOSS = text("chart", "The largest single loss: when {name} leaves, it falls from {before} to {after}.")
_SAMPLE = text("chart", "Who leaves first rests on a sample of paths, because the map is large.")
_HEADS = (
    text("chart", "Left"),
    text("chart", "Name"),
    text("chart", "In the largest part"),
    text("chart", "By chance"),
)


def robustness(found: Withstanding, document: Document) -> Chart:
    """Two curves and a dot for everybody who leaves. `document`: the map as it is shown."""
    title, size = str(_TITLE()), len(found.gone)
    if size < FEWEST or found.whole * size < 2:
        why = _TOO_FEW() if size < FEWEST else _APART()
        return Chart(kind=Kind.ROBUSTNESS, title=title, empty=why, summary=(str(why),))
    ours = [round(found.whole * size), *(round(share * size) for share in found.left)]
    chance = [ours[0] * 1.0, *(share * size for share in found.by_chance)]
    names = [_name(document, key) for key in found.gone]
    marks = tuple(
        Mark(
            ids=(key,),
            x=float(at),
            y=float(ours[at]),
            told=partial(_POINT, name=name, n=at, left=ours[at], all=size, chance=round(chance[at])),
            name=name,
        )
        for at, (key, name) in enumerate(zip(found.gone, names, strict=True), start=1)
    )
    losses = sorted(range(size), key=lambda at: (ours[at + 1] - ours[at], at))
    xs = tuple(float(x) for x in range(size + 1))
    return Chart(
        kind=Kind.ROBUSTNESS,
        title=title,
        across=Axis(str(_ACROSS()), -0.02 * size, size * 1.02, whole=True),
        up=Axis(str(_UP()), -0.02 * size, max(ours[0] * 1.08, 1.0), whole=True),
        marks=marks,
        curves=(
            Curve(str(_CHANCE()), xs, tuple(chance), dashed=True),
            Curve(str(_OURS()), xs, tuple(map(float, ours))),
        ),
        signs=(
            ("\N{BOX DRAWINGS HEAVY HORIZONTAL}" * 2, str(_OURS())),
            ("\N{EN DASH} \N{EN DASH}", str(_CHANCE())),
        ),
        named=tuple(at for at in losses[:NAMED] if ours[at] - ours[at + 1] >= 2),
        summary=_summary(found, ours, chance, names, losses[0]),
        heads=tuple(str(head()) for head in _HEADS),
        rows=tuple(
            (str(at), names[at - 1] if at else "", str(ours[at]), f"{chance[at]:.12g}")
            for at in range(size + 1)
        ),
    )


def _name(document: Document, key: NodeId) -> str:
    return shown(name_of(document, key)) or key


def _summary(
    found: Withstanding, ours: Sequence[int], chance: Sequence[float], names: Sequence[str], worst: int
) -> tuple[str, ...]:
    half = ours[0] / 2
    first = next(at for at, left in enumerate(ours) if left <= half)
    by_chance = next(at for at, left in enumerate(chance) if left <= half)
    said = [
        str(_START(n=ours[0], all=len(names))),
        str(_HALF(ours=first, chance=number(by_chance))),
        str(_LOSS(name=names[worst], before=ours[worst], after=ours[worst + 1])),
    ]
    return (*said, str(_SAMPLE())) if found.sampled else tuple(said)
