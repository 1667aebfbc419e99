"""How much room things take on the map: nodes with their names, and the frames of modules.

Shared by the drawing, which paints it, and the layouts, which must leave that room. Map units.
"""

from __future__ import annotations

from collections.abc import Mapping

from orgmap.model.document import Document
from orgmap.model.entities import Frame, Module, ModuleId, Node
from orgmap.model.query import children

RADIUS = 17.0  # of a person's circle
NAME_DROP = 30.0  # from the centre of a node to the middle of its name
NAME_HEIGHT = 18.0
LETTER = 7.2  # mean width of a letter of a name at 13 px
MOST_LETTERS = 22  # a longer name is shortened in the middle

PADDING = 26.0  # between the people of a frame and its border
TAB = 34.0  # at the top of a frame, for its name
EMPTY = (200.0, 120.0)  # size of a frame with nobody in it

Box = tuple[float, float, float, float]  # left, top, right, bottom


def node_box(node: Node) -> Box:
    """Left, top, right, bottom of a node with its name, about its own centre."""
    half = max(RADIUS, min(len(node.name), MOST_LETTERS) * LETTER / 2)
    return -half, -RADIUS, half, NAME_DROP + NAME_HEIGHT / 2


def padded(module: Module, held: Box) -> Frame:
    """The frame of a module round `held`: the boxes of its people and the frames inside it."""
    left, top, right, bottom = held
    name_width = min(len(module.name), 2 * MOST_LETTERS) * LETTER + 2 * PADDING
    spare = max(0.0, name_width - (right - left + 2 * PADDING)) / 2
    left, top = left - PADDING - spare, top - PADDING - TAB + 8
    return Frame(x=left, y=top, width=right + PADDING + spare - left, height=bottom + PADDING - 8 - top)


def frames(document: Document) -> dict[ModuleId, Frame]:
    """The rectangle of each module: round its home members and the frames inside it.

    Its own `frame` is part of it while all of them stand there, by their middles; with nobody in it
    that alone is its rectangle, and without one it has none.
    """
    below = children(document)
    bounds: dict[ModuleId, list[float]] = {}
    astray: set[ModuleId] = set()  # modules with something that stands outside their own frame
    for node in document.nodes.values():
        if node.modules and node.x is not None and node.y is not None:
            left, top, right, bottom = node_box(node)
            _stretch(bounds, node.modules[0], node.x + left, node.y + top, node.x + right, node.y + bottom)
            home = document.modules.get(node.modules[0])
            if home is not None and home.frame is not None and not _holds(home.frame, node.x, node.y):
                astray.add(home.id)
    found: dict[ModuleId, Frame] = {}
    for module in _inner_first(document.modules, below):
        own = bounds.get(module.id)
        for child in below.get(module.id, ()):
            if child in found:
                inner = found[child]
                _stretch(bounds, module.id, inner.x, inner.y, inner.x + inner.width, inner.y + inner.height)
                own = bounds[module.id]
                x, y = inner.x + inner.width / 2, inner.y + inner.height / 2
                if module.frame is not None and not _holds(module.frame, x, y):
                    astray.add(module.id)
        if own is not None:
            tight = padded(module, (own[0], own[1], own[2], own[3]))
            drawn = module.frame if module.id not in astray else None
            found[module.id] = tight if drawn is None else _round(tight, drawn)
        elif module.frame is not None:
            found[module.id] = module.frame
    return found


def _holds(frame: Frame, x: float, y: float) -> bool:
    return frame.x <= x <= frame.x + frame.width and frame.y <= y <= frame.y + frame.height


def _round(one: Frame, other: Frame) -> Frame:
    """The frame round two."""
    left, top = min(one.x, other.x), min(one.y, other.y)
    right = max(one.x + one.width, other.x + other.width)
    bottom = max(one.y + one.height, other.y + other.height)
    return Frame(x=left, y=top, width=right - left, height=bottom - top)


def _stretch(
    bounds: dict[ModuleId, list[float]],
    key: ModuleId,
    left: float,
    top: float,
    right: float,
    bottom: float,
) -> None:
    box = bounds.get(key)
    if box is None:
        bounds[key] = [left, top, right, bottom]
    else:
        box[0], box[1] = min(box[0], left), min(box[1], top)
        box[2], box[3] = max(box[2], right), max(box[3], bottom)


def _inner_first(
    modules: Mapping[ModuleId, Module], below: Mapping[ModuleId | None, list[ModuleId]]
) -> list[Module]:
    order: list[Module] = []
    waiting = list(below.get(None, ()))
    while waiting:
        at = waiting.pop()
        order.append(modules[at])
        waiting += below.get(at, ())
    return order[::-1]
