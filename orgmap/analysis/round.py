"""Round layouts: everybody on one circle, module by module; or in rings round one person, step by step."""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np

from orgmap.analysis.apart import Floats, Ints
from orgmap.analysis.board import FRAME_GAP, Board
from orgmap.analysis.closeness import FULL, untangled
from orgmap.analysis.lanes import Lane, lanes_of
from orgmap.model.entities import EndId
from orgmap.model.frames import PADDING, TAB
from orgmap.progress import SILENT, Progress

LEAST_RADIUS = 130.0  # map units
_SWAPS = 12  # rounds of exchanging neighbours on the circle
_BETWEEN = np.array([2 * PADDING + FRAME_GAP / 2, 2 * PADDING + TAB + FRAME_GAP / 2])  # two frames


def on_a_circle(board: Board, progress: Progress = SILENT) -> Floats:
    """Everybody on one circle: modules side by side, in them those near each other who talk."""
    rough = untangled(board, np.arange(len(board)), full=FULL, progress=progress.part(0.0, 0.5))
    middle = rough.mean(axis=0)
    angle = np.arctan2(rough[:, 1] - middle[1], rough[:, 0] - middle[0])
    leaves = _round_about(lanes_of(board), angle)
    order = np.concatenate(leaves)
    leaf = np.repeat(np.arange(len(leaves)), [len(rows) for rows in leaves])
    _fewer_crossings(board, order, leaf, progress.part(0.5, 0.9))
    half = board.half[order]
    room = half + np.roll(half, -1, axis=0)  # between each and the next
    room += np.where((leaf != np.roll(leaf, -1))[:, None], _BETWEEN, 0.0) if len(leaves) > 1 else 0.0
    at = np.zeros((len(board), 2))
    radius, angles = _walked(room)
    at[order] = radius * np.column_stack([np.cos(angles), np.sin(angles)])
    return at


def on_rings(board: Board, progress: Progress = SILENT, *, around: EndId | None = None) -> Floats:
    """One piece in the middle, the others in rings by their steps from it; who cannot be reached outside."""
    n = len(board)
    centre = board.of.get(around) if around is not None else None
    if centre is None:
        centre = int(np.bincount(board.pairs.ravel(), minlength=n).argmax())
    rings, parent = _steps_from(board, centre)
    progress.at(0.3)
    wanted = _wedges(board, rings, parent)
    at = np.zeros((n, 2))
    inner = 0.0
    depth = 2 * float(np.quantile(board.half[:, 0], 0.9))
    for number, ring in enumerate(rings[1:], 1):
        progress.at(0.3 + 0.6 * number / len(rings))
        order = np.array(sorted(ring, key=lambda row: (wanted[row], row)), dtype=np.intp)
        widths = 2 * board.half[order, 0]
        outer = inner + max(depth, LEAST_RADIUS)
        rows = 1
        while (
            rows < len(order) and sum(2 * math.pi * (outer + depth * k) for k in range(rows)) < widths.sum()
        ):
            rows += 1
        angles = _spread([wanted[row] for row in order], widths)
        for k, (row, angle) in enumerate(zip(order, angles, strict=True)):
            radius = outer + depth * (k % rows)
            at[row] = radius * math.cos(angle), radius * math.sin(angle)
        inner = outer + depth * (rows - 1)
    stands = board.at[centre]
    return at if np.isnan(stands[0]) else at + stands


def _round_about(lanes: list[Lane], angle: Floats) -> list[Ints]:
    """The pieces of each leaf in their order on the circle, leaf by leaf."""
    found: list[Ints] = []
    if len(lanes) == 1 and not lanes[0].inner:
        return [lanes[0].rows[np.lexsort((lanes[0].rows, angle[lanes[0].rows]))]]
    for lane in sorted(lanes, key=lambda lane: (_mean_angle(angle[lane.rows]), int(lane.rows[0]))):
        if lane.inner:
            turn = _mean_angle(angle[lane.rows])
            found += _round_about(lane.inner, _turned(angle, turn))
        else:
            away = _turned(angle[lane.rows], _mean_angle(angle[lane.rows]))
            found.append(lane.rows[np.lexsort((lane.rows, away))])
    return found


def _mean_angle(angles: Floats) -> float:
    return math.atan2(float(np.sin(angles).mean()), float(np.cos(angles).mean()))


def _turned(angles: Floats, by: float) -> Floats:
    """Angles as seen from `by`, in -pi..pi."""
    return np.asarray((angles - by + np.pi) % (2 * np.pi) - np.pi)


def _fewer_crossings(board: Board, order: Ints, leaf: Ints, progress: Progress) -> None:
    """Exchange neighbours of one leaf while that makes lines cross less. In place."""
    n = len(order)
    near: list[list[int]] = [[] for _ in range(n)]
    for u, v in board.pairs.tolist():
        near[u].append(v)
        near[v].append(u)
    spot = np.empty(n, dtype=np.intp)
    spot[order] = np.arange(n)
    for round_ in range(_SWAPS):
        progress.at(round_ / _SWAPS)
        better = False
        for k in range(n - 1):
            if leaf[k] != leaf[k + 1]:
                continue
            i, j = int(order[k]), int(order[k + 1])
            one = np.sort([(spot[a] - k) % n for a in near[i] if a != j])
            other = np.sort([(spot[b] - k) % n for b in near[j] if b != i])
            if not len(one) or not len(other):
                continue
            # i before j: their lines to a and b cross where b comes after a.
            now = int(np.searchsorted(one, other, side="left").sum())
            then = int(np.searchsorted(other, one, side="left").sum())
            if then < now:
                order[k], order[k + 1] = j, i
                spot[i], spot[j] = k + 1, k
                better = True
        if not better:
            return


def _walked(room: Floats) -> tuple[float, Floats]:
    """The least radius at which all find their `room` (n, 2) to the next, and their angles."""

    def angles(radius: float) -> Floats:
        at = -math.pi / 2  # begin at the top
        found = [at]
        for wide, high in room:
            step = 0.0
            for _ in range(3):
                along = at + step / 2
                across, down = abs(math.sin(along)), abs(math.cos(along))
                chord = min(wide / max(across, 1e-9), high / max(down, 1e-9))
                step = 2 * math.asin(min(1.0, chord / (2 * radius)))
            at += step
            found.append(at)
        return np.array(found)

    low, high = LEAST_RADIUS / 2, LEAST_RADIUS
    while angles(high)[-1] - angles(high)[0] > 2 * math.pi:
        low, high = high, high * 1.5
    for _ in range(18):
        middle = (low + high) / 2
        if angles(middle)[-1] + math.pi / 2 > 2 * math.pi:
            low = middle
        else:
            high = middle
    found = angles(high)
    spare = (2 * math.pi - (found[-1] - found[0])) / len(room)
    return high, found[:-1] + spare * np.arange(len(room))


def _steps_from(board: Board, centre: int) -> tuple[list[list[int]], dict[int, int]]:
    """The pieces by their steps from one, those out of reach last; and each one's way back."""
    near: list[dict[int, float]] = [{} for _ in range(len(board))]
    for (u, v), strength in zip(board.pairs.tolist(), board.strength, strict=True):
        near[u][v] = near[v][u] = float(strength)
    rings, parent = [[centre]], {centre: centre}
    while True:
        found: dict[int, tuple[bool, float, int]] = {}
        for row in rings[-1]:
            for other, strength in near[row].items():
                if other not in parent:
                    claim = (board.home[row] == board.home[other], strength, -row)
                    found[other] = max(found.get(other, claim), claim)
        if not found:
            break
        parent |= {row: -claim[2] for row, claim in found.items()}
        rings.append(sorted(found))
    lost = [row for row in range(len(board)) if row not in parent]
    return rings + ([lost] if lost else []), parent


def _wedges(board: Board, rings: list[list[int]], parent: dict[int, int]) -> dict[int, float]:
    """The angle at which each piece wants to stand: the middle of the wedge of what hangs on it."""
    weight: dict[int, float] = {row: float(board.half[row, 0]) for row in range(len(board))}
    children: dict[int, list[int]] = defaultdict(list)
    for ring in reversed(rings[1:]):
        for row in ring:
            if row in parent:
                weight[parent[row]] = max(weight[parent[row]], 0.0) + weight[row]
                children[parent[row]].append(row)
    angle: dict[int, float] = {}
    begin = {rings[0][0]: (-math.pi / 2, 2 * math.pi)}
    for ring in rings:
        for row in ring:
            if row not in begin:
                angle[row] = math.pi / 2
                continue
            start, wide = begin[row]
            angle[row] = start + wide / 2
            held = sorted(children[row], key=lambda c: (str(board.home[c] or ""), c))
            total = sum(weight[c] for c in held)
            for child in held:
                part = wide * weight[child] / total
                begin[child] = (start, part)
                start += part
    return angle


def _spread(wanted: list[float], widths: Floats) -> Floats:
    """Angles in this order, each with room for its width, turned as near as can be to those wanted."""
    share = 2 * math.pi * widths / float(widths.sum())
    angles = np.cumsum(share) - share / 2
    away = _turned(np.array(wanted), 0.0) - _turned(angles, 0.0)
    return np.asarray(angles + _mean_angle(away))
