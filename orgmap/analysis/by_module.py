"""By module: people untangled inside their frame, frames packed so that linked ones are near."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from orgmap.analysis.apart import Floats, Ints
from orgmap.analysis.board import FRAME_GAP, Board
from orgmap.analysis.closeness import untangled
from orgmap.analysis.crossings import untwisted
from orgmap.analysis.ground import GAP
from orgmap.analysis.nested import everybody_in, frames_apart, outline, span
from orgmap.analysis.packing import packed
from orgmap.model.entities import EndId, ModuleId
from orgmap.progress import SILENT, Progress

FULL = 0.5  # share of the ground inside a frame that boxes may cover before they are pushed apart


def by_module(board: Board, progress: Progress = SILENT) -> Floats:
    """Middles for all pieces; the same as by closeness where there are no modules."""
    at = np.zeros((len(board), 2))
    contacts = _contacts(board)
    done = [0]
    _arrange(board, at, None, contacts, done, progress.part(0.0, 0.5))
    groups = [np.array(rows, dtype=np.intp) for rows in board.inside.values()]
    at = untwisted(board, at, groups, progress.part(0.5, 0.9))
    return frames_apart(board, at, progress.part(0.9, 1.0))


def _arrange(
    board: Board,
    at: Floats,
    module: ModuleId | None,
    contacts: list[tuple[int, int, float]],
    done: list[int],
    progress: Progress,
) -> None:
    """Put what is in a module into place, the frame round it centred on 0."""
    units: list[Ints] = []
    sizes: list[tuple[float, float]] = []
    own = np.array(board.inside.get(module, ()), dtype=np.intp)
    if len(own):
        at[own] = untangled(board, own, full=FULL)
        low, high = span(board, at, own)
        at[own] -= (low + high) / 2
        units.append(own)
        sizes.append((float(high[0] - low[0]), float(high[1] - low[1])))
        done[0] += len(own)
        progress.at(done[0] / len(board))
    for child in board.below.get(module, ()):
        _arrange(board, at, child, contacts, done, progress)
        low, high = outline(board, at, child)
        units.append(everybody_in(board, child))
        sizes.append((float(high[0] - low[0]), float(high[1] - low[1])))
    whose = {int(row): k for k, rows in enumerate(units) for row in rows}
    pulls: dict[tuple[int, int], float] = defaultdict(float)
    for one, other, strength in contacts:
        a, b = whose.get(one, -1), whose.get(other, -1)
        if a >= 0 and b >= 0 and a != b:
            pulls[min(a, b), max(a, b)] += strength
    gap = FRAME_GAP if module is None else max(GAP, FRAME_GAP / 2)
    for rows, spot in zip(units, packed(sizes, pulls, gap=gap), strict=True):
        at[rows] += spot
    if module is not None:
        rows = np.concatenate(units)
        low, high = outline(board, at, module)
        at[rows] -= (low + high) / 2


def _contacts(board: Board) -> list[tuple[int, int, float]]:
    """Who belongs near whom, by number, and how much; a module is spoken for by one of its pieces."""
    speaks: dict[EndId, int] = {}
    for modules in board.below.values():
        for module in modules:
            speaks[module] = int(everybody_in(board, module)[0])
    found = [(int(u), int(v), float(s)) for (u, v), s in zip(board.pairs, board.strength, strict=True)]
    for link in board.document.links.values():
        if link.source in speaks or link.target in speaks:
            one = speaks.get(link.source, board.of.get(link.source))
            other = speaks.get(link.target, board.of.get(link.target))
            if one is not None and other is not None:
                found.append((one, other, 1.0))
    return found
