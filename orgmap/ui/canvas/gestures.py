"""What a gesture is, and what lies under the pointer when one begins."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from orgmap.drawing.frames import TAB
from orgmap.drawing.style import Theme
from orgmap.model.entities import LinkId, ModuleId
from orgmap.ui.canvas.stage import Stage

SLACK = 4.0  # pixels a pressed pointer may tremble and still click
TOUCH = 6.0  # pixels round a line, rim or border that still hit it
OFF_RIM = 12.0  # pixels between the end of a selected link and where it is taken hold of
SMALLEST_SIGN = 9.0  # pixels, radius below which a node has no rim of its own to pull from
CHEVRON = 24.0  # pixels, side of the square in a tab that collapses and expands
ROOMY = 60.0  # pixels of width from which a tab has room for it

Part = Literal[
    "ground", "node", "rim", "link", "end", "tab", "chevron", "border", "inside", "note", "grip", "picture"
]
ENDS = ("node", "rim", "tab", "chevron", "border")  # parts of what a link may end on
NODE = ("node", "rim")


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the pointer is: pixel and map point, with the keys held."""

    x: float
    y: float
    map_x: float
    map_y: float
    shift: bool = False
    ctrl: bool = False
    alt: bool = False

    @property
    def at(self) -> tuple[float, float]:
        """The map point."""
        return self.map_x, self.map_y


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under the pointer. `side`: of a grip "left", "bottom-right" and the like; of an end
    of a link "source" or "target".
    """

    part: Part
    id: str | None = None
    side: str = ""


def hit(stage: Stage, at: Pointer) -> Hit:
    """The thing one would grab here: notes lie on top, then the ends of the selected link, rims,
    nodes, tabs, lines, borders, the inside of frames, and at the bottom pictures that are not locked.
    """
    scene, scale = stage.scene, stage.camera.scale
    reach = TOUCH / scale
    note = scene.sticky_part_at(at.map_x, at.map_y, reach)
    if note is not None:
        return Hit("note", note[0]) if note[1] == "inside" else Hit("grip", note[0], note[1])
    end = _end_at(stage, at)
    if end is not None:
        return end
    node = scene.node_at(at.map_x, at.map_y, 2.0 / scale)
    if node is None or scale * scene.nodes.radius[scene.nodes.index[node]] >= SMALLEST_SIGN:
        rim = scene.rim_at(at.map_x, at.map_y, reach)
        if rim is not None and scale * scene.nodes.radius[scene.nodes.index[rim]] >= SMALLEST_SIGN:
            return Hit("rim", rim)
    if node is not None:
        return Hit("node", node)
    module = scene.module_part_at(at.map_x, at.map_y, reach)
    if module is not None and module[1] == "tab":
        shut = chevron(stage, module[0])
        return Hit("chevron" if shut is not None and shut.contains(at.x, at.y) else "tab", module[0])
    link = scene.link_at(at.map_x, at.map_y, reach)
    if link is not None:
        return Hit("link", link)
    if module is not None:
        side = _empty_side(stage, module[0], at, reach) if module[1] == "border" else ""
        return Hit("grip", module[0], side) if side else Hit(module[1], module[0])
    picture = scene.backdrop_part_at(at.map_x, at.map_y, reach)
    if picture is not None:
        return Hit("picture", picture[0]) if picture[1] == "inside" else Hit("grip", picture[0], picture[1])
    return Hit("ground")


def chevron(stage: Stage, module: ModuleId) -> QRectF | None:
    """The pixels of a module's tab that collapse and expand it; None where there is no room."""
    rect = stage.frame(module)
    if rect is None:
        return None
    camera = stage.camera
    corner = camera.to_screen(rect.right(), rect.top())
    high = TAB * camera.scale
    if rect.width() * camera.scale < ROOMY or high < CHEVRON / 2:
        return None
    side = min(CHEVRON, rect.height() * camera.scale / 2)
    drop = max((high - side) / 2, 2.0)
    return QRectF(corner.x() - side - 4.0, corner.y() + drop, side, side)


def end_points(stage: Stage) -> dict[str, QPointF]:
    """The pixels of "source" and "target" of the link that alone is selected, where one takes it.

    They lie off the rims, from which one pulls the next link: the one just pulled is selected.
    """
    links = stage.selected_links if len(stage.selection) == 1 else []
    if not links or stage.locked:
        return {}
    row = stage.scene.links.index.get(LinkId(links[0]))
    if row is None or not stage.scene.arcs.shown[row]:
        return {}
    arcs, camera = stage.scene.arcs, stage.camera
    start, end = (camera.to_screen(float(p[row, 0]), float(p[row, 1])) for p in (arcs.start, arcs.end))
    along = end - start
    length = math.hypot(along.x(), along.y())
    inwards = along * (min(OFF_RIM, length / 4) / length) if length else QPointF()
    return {"source": start + inwards, "target": end - inwards}


def _end_at(stage: Stage, at: Pointer) -> Hit | None:
    for side, spot in end_points(stage).items():
        if max(abs(spot.x() - at.x), abs(spot.y() - at.y)) <= TOUCH:
            return Hit("end", stage.selected_links[0], side)
    return None


def _empty_side(stage: Stage, module: ModuleId, at: Pointer, reach: float) -> str:
    """By which side or corner the frame of an empty module is taken to be resized, "" for others."""
    rect = stage.frame(module)
    if rect is None or not stage.stands_alone(module):
        return ""
    across = "left" if abs(at.map_x - rect.left()) <= reach else ""
    across = across or ("right" if abs(at.map_x - rect.right()) <= reach else "")
    down = "top" if abs(at.map_y - rect.top()) <= reach else ""
    down = down or ("bottom" if abs(at.map_y - rect.bottom()) <= reach else "")
    return "-".join(filter(None, (down, across)))


class Gesture:
    """What happens between press and release. `cursor` is shown meanwhile."""

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.start = Pointer(0.0, 0.0, 0.0, 0.0)
        self.moving = False  # has the pointer left the place where it was pressed?

    def press(self, at: Pointer) -> None:
        """A button went down."""
        self.start = at

    def move(self, at: Pointer) -> None:
        """The pointer moved, or a modifier key went down or up."""
        if not self.moving:
            self.moving = max(abs(at.x - self.start.x), abs(at.y - self.start.y)) > SLACK
        if self.moving:
            self.drag(at)

    def drag(self, at: Pointer) -> None:
        """The pointer moved far enough to be meant."""

    def release(self, at: Pointer) -> None:
        """The button went up: the gesture takes effect."""

    def cancel(self) -> None:
        """As if it had not begun."""

    def alive(self) -> bool:
        """Is what it holds still on the map? It may be undone or deleted meanwhile."""
        return True

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """What it shows above the map, in pixels of the view."""


def paint_rectangle(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    """A rectangle that is being drawn: accent, with a breath of colour."""
    if rect.isEmpty():
        return
    fill = theme["accent"].toRgb()
    fill.setAlphaF(0.10)
    painter.setPen(QPen(theme["accent"], 1.0))
    painter.setBrush(fill)
    painter.drawRoundedRect(rect, 3, 3)
