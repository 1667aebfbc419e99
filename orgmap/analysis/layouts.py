"""Where everybody stands: layouts of a map. Deterministic; pinned people never move.

`place` answers with new places (map units) for what it moved; what the user does with them is an
edit like any other. `missing` and `free_spot` find places for those who come new.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from orgmap.analysis.ground import Ground, Place, linked_places
from orgmap.analysis.packing import packed
from orgmap.errors import UsageError
from orgmap.i18n import names, text
from orgmap.model.document import Document
from orgmap.model.entities import EndId, ModuleId, Node, NodeId
from orgmap.model.frames import PADDING, TAB
from orgmap.model.query import inside
from orgmap.progress import SILENT, Progress

if TYPE_CHECKING:
    from orgmap.analysis.board import Board
    from orgmap.analysis.ground import Floats

__all__ = ["STYLES", "Place", "Places", "free_spot", "missing", "place", "rough"]

Places = dict[EndId, Place]

STYLES: Final = ("modules", "levels", "flow", "force", "together", "circle", "rings")
LARGE = 2_000  # people; from here on a missing place is given roughly
_ACROSS, _DOWN = 142.0, 88.0  # map units between neighbours in rows

_UNKNOWN = text("layout", "There is no layout called {style}.")
_KNOWN = text("layout", "Known are {styles}.")


def place(
    document: Document,
    style: str = "modules",
    *,
    only: Collection[str] | None = None,
    around: EndId | None = None,
    progress: Progress = SILENT,
) -> Places:
    """New places for everybody who is not pinned, or for `only` those (nodes, or modules: who is in them).

    `modules`: people untangled inside their module, frames packed so that linked ones are near.
    `levels`: the levels said, else reporting lines, from the top down. `flow`: as one-way talk goes,
    from the top down. `force`: distance follows the lines alone, whatever becomes of the frames.
    `together`: as `force`, with the people of one module together. `circle`: on one circle, module
    by module.
    `rings`: in steps round `around`, or round the one with most links.
    The place of a module without people, or of a collapsed one, is the middle of its frame.
    Raises UsageError for an unknown style.
    """
    if style not in STYLES:
        raise UsageError(_UNKNOWN(style=style), hint=_KNOWN(styles=names(STYLES)))
    from orgmap.analysis.board import Board  # scipy, which a free spot does not need

    board = Board(document, None if only is None else _with_people(document, only))
    if not board.free.any():
        return {}
    laid = board if board.whole else board.part()
    at = _way(style, around)(laid, progress.part(0.0, 0.9))
    return board.settled(board.spread(laid, at), progress.part(0.9, 1.0))


def _way(style: str, around: EndId | None) -> Callable[[Board, Progress], Floats]:
    from orgmap.analysis.by_module import by_module
    from orgmap.analysis.closeness import by_closeness, modules_together
    from orgmap.analysis.levels import by_level
    from orgmap.analysis.round import on_a_circle, on_rings

    ways: dict[str, Callable[[Board, Progress], Floats]] = {
        "modules": by_module,
        "levels": partial(by_level, formal=True),
        "flow": partial(by_level, formal=False),
        "force": by_closeness,
        "together": modules_together,
        "circle": on_a_circle,
        "rings": partial(on_rings, around=around),
    }
    return ways[style]


def missing(document: Document, progress: Progress = SILENT) -> Places:
    """Places for the nodes that have none, near their links and in their module; nobody else moves."""
    lost = [node for _, node in sorted(document.nodes.items()) if node.x is None]
    if not lost:
        return {}
    if len(lost) == len(document.nodes):
        if len(lost) > LARGE:
            return rough(document)
        return place(document, "modules" if document.modules else "force", progress=progress)
    ground, linked = Ground(document), linked_places(document, {node.id for node in lost})
    found: Places = {}
    for done, node in enumerate(sorted(lost, key=lambda n: (-len(linked.get(n.id, ())), n.id))):
        progress.at(done / len(lost))
        found[node.id] = ground.take(node, _wanted(node, ground, linked.get(node.id, [])))
    return found


def free_spot(document: Document, near: Place, name: str = "", module: ModuleId | None = None) -> Place:
    """The spot nearest to `near` at which a node with this name lies on nobody and on no note.

    With `module` it lies in the frame of that module, if there is room; else in no frame.
    """
    made = Node(id=NodeId(""), name=name or "Somebody", modules=() if module is None else (module,))
    return Ground(document).take(made, near)


def rough(document: Document) -> Places:
    """Places in rows, module by module: at once, for a first picture of a large map."""
    groups: dict[ModuleId | None, list[NodeId]] = defaultdict(list)
    for node in document.nodes.values():
        if not node.pinned:
            groups[node.modules[0] if node.modules else None].append(node.id)
    sizes, blocks = [], []
    for members in groups.values():
        columns = max(1, math.ceil(math.sqrt(len(members) * 0.75)))
        rows = math.ceil(len(members) / columns)
        sizes.append((columns * _ACROSS + 2 * PADDING, rows * _DOWN + TAB + PADDING))
        blocks.append((members, columns))
    places: Places = {}
    for (members, columns), (x, y), (w, h) in zip(blocks, packed(sizes, {}, gap=64.0), sizes, strict=True):
        for k, v in enumerate(members):
            row, column = divmod(k, columns)
            places[v] = (
                x - w / 2 + PADDING + (column + 0.5) * _ACROSS,
                y - h / 2 + TAB + (row + 0.5) * _DOWN,
            )
    return places


def _with_people(document: Document, only: Collection[str]) -> set[str]:
    """What is chosen, and for a module everything in it."""
    chosen = set(only)
    modules: set[str] = set()
    for module in document.modules.keys() & chosen:
        modules |= inside(document, ModuleId(module))
    if modules:
        chosen |= modules
        chosen |= {n.id for n in document.nodes.values() if n.modules and n.modules[0] in modules}
    return chosen


def _wanted(node: Node, ground: Ground, linked: list[Place]) -> Place:
    """Where somebody would best stand, were there room."""
    frame = ground.frame(node.modules[0] if node.modules else None)
    if linked:
        x, y = np.mean(linked, axis=0)
        if frame is None:
            return float(x), float(y)
        low, high = frame.y + TAB + PADDING, frame.y + frame.height - PADDING
        return (
            min(max(float(x), frame.x + PADDING), frame.x + frame.width - PADDING),
            min(max(float(y), low), max(low, high)),
        )
    if frame is not None:
        return frame.x + frame.width / 2, frame.y + frame.height - PADDING
    return ground.below()
