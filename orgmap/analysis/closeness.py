"""By closeness: the distance on the map follows the distance along the lines.

By the lines alone, or with the people of one module together, so that no frame lies on another.
"""

from __future__ import annotations

import numpy as np

from orgmap.analysis import stress
from orgmap.analysis.apart import Floats, Ints, apart
from orgmap.analysis.board import Board
from orgmap.analysis.ground import GAP
from orgmap.analysis.nested import frames_apart
from orgmap.analysis.packing import packed
from orgmap.model.query import above
from orgmap.progress import SILENT, Progress

STEP = 118.0  # least length of a line, map units
FULL = 0.22  # share of the ground that boxes may cover before they are pushed apart
WIDE = 1.6  # a screen is so many times as wide as high
ASUNDER = (0.8, 0.4)  # steps further apart for another outermost module, for another home module


def by_closeness(board: Board, progress: Progress = SILENT) -> Floats:
    """Middles for all pieces, by the lines alone. O(n^2) a step up to 1,300 linked people, O(n + m) above."""
    return untangled(board, np.arange(len(board)), full=FULL, progress=progress)


def modules_together(board: Board, progress: Progress = SILENT) -> Floats:
    """As `by_closeness`, but people of one module stand together: no frame on another or round strangers.

    That lengthens lines between modules, so that distances follow the lines less well.
    """
    if not board.below:
        return by_closeness(board, progress)
    groups, ties = _groups(board), _ties(board)
    rows = np.arange(len(board))
    at = untangled(board, rows, full=FULL, groups=groups, ties=ties, progress=progress.part(0.0, 0.6))
    laid = frames_apart(board, at, progress.part(0.6, 0.8))
    upright = frames_apart(board, at[:, ::-1] * (1.0, -1.0), progress.part(0.8, 1.0))
    return min(laid, upright, key=lambda places: _screen(board, places))


def _screen(board: Board, at: Floats) -> float:
    """How high a screen must be to show it all."""
    wide, high = (at + board.half).max(axis=0) - (at - board.half).min(axis=0)
    return max(float(wide) / WIDE, float(high))


def untangled(
    board: Board,
    rows: Ints,
    *,
    full: float,
    groups: Ints | None = None,
    ties: Ints | None = None,
    progress: Progress = SILENT,
) -> Floats:
    """Middles (k, 2) for some pieces by the lines among them, centred on 0, nobody on anybody.

    Components stand side by side; `ties` (m, 2) hold further pieces together. `full`: see `FULL`.
    """
    number = np.full(len(board), -1, dtype=np.intp)
    number[rows] = np.arange(len(rows))
    pairs = number[board.pairs if ties is None else np.concatenate([board.pairs, ties])]
    pairs = pairs[(pairs >= 0).all(axis=1)]
    half = board.half[rows]
    parts = stress.components(len(rows), pairs)
    part_of, place_in = np.empty(len(rows), dtype=np.intp), np.empty(len(rows), dtype=np.intp)
    for k, part in enumerate(parts):
        part_of[part], place_in[part] = k, np.arange(len(part))
    order = np.argsort(part_of[pairs[:, 0]], kind="stable")
    cuts = np.cumsum(np.bincount(part_of[pairs[:, 0]], minlength=len(parts)))[:-1]
    inside = np.split(place_in[pairs[order]], cuts)
    at = np.zeros((len(rows), 2))
    sizes = []
    done = 0
    for part, lines in zip(parts, inside, strict=True):
        share = progress.part(done / len(rows), (done + len(part)) / len(rows))
        share.at(0.0)
        done += len(part)
        if len(part) > 1:
            spread = stress.shape(
                len(part),
                lines.reshape(-1, 2),
                groups=None if groups is None else groups[rows[part]],
                apart=ASUNDER,
                progress=share.part(0.0, 0.9),
            )
            at[part] = apart(spread * _step(spread, half[part], full), half[part])
        low, high = (at[part] - half[part]).min(axis=0), (at[part] + half[part]).max(axis=0)
        at[part] -= (low + high) / 2
        sizes.append((float(high[0] - low[0]), float(high[1] - low[1])))
    for part, spot in zip(parts, packed(sizes, {}, gap=GAP), strict=True):
        at[part] += spot
    return at


def _step(spread: Floats, half: Floats, full: float) -> float:
    """How long a line must be for the boxes to cover no more than `full` of the ground."""
    room = max(float(np.prod(spread.max(axis=0) - spread.min(axis=0))), 1e-9)
    covered = 4.0 * float(half.prod(axis=1).sum())
    long_side = float((spread.max(axis=0) - spread.min(axis=0)).max())
    enough = 2.0 * float(half.sum()) / max(long_side, 1e-9)  # all in one row
    return max(STEP, min(float((covered / room / full) ** 0.5), enough))


def _groups(board: Board) -> Ints:
    """The modules round each piece by number, outermost first, (n, 2); -1: in none."""
    ways = [
        [] if home is None else [module.id for module in above(board.document, home)][::-1]
        for home in board.home
    ]
    known = {key: k for k, key in enumerate(sorted({key for way in ways for key in way}))}
    return np.array([[known[way[0]], known[way[-1]]] if way else [-1, -1] for way in ways], dtype=np.intp)


def _ties(board: Board) -> Ints:
    """Lines that nobody drew, from the part of a module that hangs together to its other parts."""
    parts = stress.components(len(board), board.pairs)
    if len(parts) < 2:
        return np.empty((0, 2), dtype=np.intp)
    seen: dict[object, int] = {}
    made = []
    lines = np.bincount(board.pairs.ravel(), minlength=len(board))
    for part in parts:
        ranked = part[np.argsort(-lines[part], kind="stable")]
        for row in ranked:
            home = board.home[int(row)]
            if home is None:
                continue
            first = seen.setdefault(home, int(row))
            if first != row and len(part) < len(parts[0]):
                made.append((first, int(row)))
                break
    return np.array(made, dtype=np.intp).reshape(-1, 2)
