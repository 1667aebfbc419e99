"""What a view makes of a map without changing it: what is left out, faded, bundled, drawn as modules."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from orgmap.drawing.camera import Camera
from orgmap.drawing.gauges import Gauge
from orgmap.drawing.hidden import Numbers
from orgmap.drawing.lighting import UNLIT, Lighting


class Presence(Enum):
    """How strongly a kind of line is drawn."""

    FULL = "full"
    FADED = "faded"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """The choices of one view; none of them is in the document.

    `hidden`: ids of nodes, modules and links that are not drawn, and are not hit either; links on
    a hidden node are not drawn. `faded`: ids of nodes and links drawn pale, as outside a focus.
    `bundled`: links between the same two are one line with a count. `modules_only`: every
    outermost module is drawn as if collapsed. `talk`, `formal`, `needs`: how strongly lines of
    talk, reporting lines and needs are drawn. `names`: False shows "Person 1" and "Module A" for
    names and no text of the user's; `numbers`: those given to people already. `labels`: write what
    links say beside them. `colour`, `size`, `lines`, `grounds`: the measures that fill people, size
    them, colour talk, and colour modules.
    """

    hidden: frozenset[str] = frozenset()
    faded: frozenset[str] = frozenset()
    bundled: bool = False
    modules_only: bool = False
    talk: Presence = Presence.FULL
    formal: Presence = Presence.FULL
    needs: Presence = Presence.FULL
    names: bool = True
    numbers: Numbers | None = field(default=None, compare=False)
    labels: bool = False
    colour: Gauge | None = None
    size: Gauge | None = None
    lines: Gauge | None = None
    grounds: Gauge | None = None


PLAIN = Looks()


@dataclass(frozen=True, slots=True)
class Sight:
    """What a picture shows of a map. `left_out`: sentences on what is missing, for its legend;
    `lighting`: the evidence that is lit; `view`: what a window shows, None for everything."""

    looks: Looks = PLAIN
    left_out: tuple[str, ...] = ()
    lighting: Lighting = UNLIT
    view: Camera | None = None


WHOLE = Sight()
