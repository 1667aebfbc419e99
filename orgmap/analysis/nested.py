"""Frames in frames: nobody on anybody, no frame on another, no stranger in a frame.

Works on the middles (n, 2) of the pieces of a `Board`. A frame is moved as a whole, with what is in it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orgmap.analysis.apart import Bools, Floats, Ints, apart, overlapping
from orgmap.analysis.board import FRAME_GAP, Board
from orgmap.analysis.ground import GAP
from orgmap.model.entities import ModuleId
from orgmap.model.frames import padded
from orgmap.progress import SILENT, Progress

_WIDEN = 0.03  # see `apart`: few boxes need few widenings
_CLOSER, _DRAWN = 0.94, 10
_MANY = 400  # frames and strangers up to which they are drawn together again

Span = tuple[Floats, Floats]  # upper left and lower right corner


@dataclass(frozen=True, eq=False)
class Unit:
    """What moves as one inside a frame: a piece, or a module (then `module`) with all its pieces."""

    rows: Ints
    module: ModuleId | None = None


def units_in(board: Board, module: ModuleId | None) -> list[Unit]:
    """What stands directly in a module; None: on the ground."""
    single = [Unit(np.array([row], dtype=np.intp)) for row in board.inside.get(module, ())]
    return single + [Unit(everybody_in(board, child), child) for child in board.below.get(module, ())]


def everybody_in(board: Board, module: ModuleId) -> Ints:
    """The pieces inside a module, however deep."""
    rows = [np.array(board.inside.get(module, ()), dtype=np.intp)]
    rows += [everybody_in(board, child) for child in board.below.get(module, ())]
    return np.concatenate(rows)


def span(board: Board, at: Floats, rows: Ints) -> Span:
    """The corners of what the boxes of these pieces cover, without their gaps."""
    half = board.half[rows] - GAP / 2
    return (at[rows] - half).min(axis=0), (at[rows] + half).max(axis=0)


def outline(board: Board, at: Floats, module: ModuleId) -> Span:
    """The corners of the frame of a module, with the frames in it."""
    held = [outline(board, at, child) for child in board.below.get(module, ())]
    own = board.inside.get(module)
    if own:
        held.append(span(board, at, np.array(own, dtype=np.intp)))
    left, top = np.min([low for low, _ in held], axis=0)
    right, bottom = np.max([high for _, high in held], axis=0)
    frame = padded(board.document.modules[module], (float(left), float(top), float(right), float(bottom)))
    return np.array([frame.x, frame.y]), np.array([frame.x + frame.width, frame.y + frame.height])


def boxes(board: Board, at: Floats, units: list[Unit], gap: float) -> tuple[Floats, Floats]:
    """Middles and halves of the units; a frame keeps `gap` from other frames."""
    middles, halves = np.empty((len(units), 2)), np.empty((len(units), 2))
    for number, unit in enumerate(units):
        if unit.module is None:
            middles[number], halves[number] = at[unit.rows[0]], board.half[unit.rows[0]]
        else:
            low, high = outline(board, at, unit.module)
            middles[number], halves[number] = (low + high) / 2, (high - low + gap) / 2
    return middles, halves


def frames_apart(board: Board, at: Floats, progress: Progress = SILENT) -> Floats:
    """The middles where frames keep clear of one another and of strangers, from the innermost out.

    A frame that holds a pinned piece is set where that piece is and stays; notes stay, too.
    """
    at = at.copy()
    outer = board.below.get(None, [])
    for number, child in enumerate(outer):
        _inside_apart(board, at, child)
        progress.at(0.5 * number / len(outer))
    units = units_in(board, None)
    stays = np.array([not board.free[unit.rows].all() for unit in units], dtype=bool)
    _align(board, at, units, stays)
    middles, halves = boxes(board, at, units, FRAME_GAP)
    notes = list(board.document.stickies.values())
    middles = np.concatenate(
        [middles, [(s.x + s.width / 2, s.y + s.height / 2) for s in notes]] if notes else [middles]
    )
    halves = np.concatenate(
        [halves, [((s.width + GAP) / 2, (s.height + GAP) / 2) for s in notes]] if notes else [halves]
    )
    fixed = np.concatenate([stays, np.ones(len(notes), dtype=bool)])
    moved = _close(middles, halves, fixed if fixed.any() else None, progress.part(0.5, 1.0))
    for unit, before, after in zip(units, middles, moved, strict=False):
        at[unit.rows] += after - before
    return at


def _inside_apart(board: Board, at: Floats, module: ModuleId) -> None:
    for child in board.below.get(module, ()):
        _inside_apart(board, at, child)
    units = units_in(board, module)
    middles, halves = boxes(board, at, units, FRAME_GAP / 2)
    for unit, before, after in zip(units, middles, _close(middles, halves), strict=True):
        at[unit.rows] += after - before


def _close(
    middles: Floats, halves: Floats, fixed: Bools | None = None, progress: Progress = SILENT
) -> Floats:
    """Apart, but no further than need be: drawn together again while that leaves room for all."""
    moved = apart(middles, halves, fixed, widen=_WIDEN, progress=progress)
    if fixed is not None or len(middles) > _MANY or len(overlapping(middles, halves)) == 0:
        return moved
    best, size = moved, _size(moved, halves)
    for _ in range(_DRAWN):
        moved = apart(moved * _CLOSER, halves, widen=_WIDEN)
        if _size(moved, halves) < size:
            best, size = moved, _size(moved, halves)
    return best


def _size(middles: Floats, halves: Floats) -> float:
    low, high = (middles - halves).min(axis=0), (middles + halves).max(axis=0)
    return float((high - low).sum())


def _align(board: Board, at: Floats, units: list[Unit], stays: Bools) -> None:
    """Bring everything in step with the pieces that stay: first as a whole, then frame by frame."""
    fixed = np.flatnonzero(~board.free & ~np.isnan(board.at[:, 0]))
    if not len(fixed):
        return
    at += (board.at[fixed] - at[fixed]).mean(axis=0)
    for unit, stay in zip(units, stays, strict=True):
        if stay:
            held = np.intersect1d(unit.rows, fixed)
            if len(held):
                at[unit.rows] += (board.at[held] - at[held]).mean(axis=0)
