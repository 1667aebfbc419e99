"""Where lines run: from rim to rim, parallel ones fanned out, round what stands in their way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from orgmap.drawing.columns import KINDS, Flags, Floats, Ints, Links, Nodes
from orgmap.drawing.frames import COLLAPSED, Frames
from orgmap.drawing.strokes import Veil, gathered
from orgmap.model.entities import NodeKind
from orgmap.model.frames import NAME_DROP, NAME_HEIGHT, RADIUS

GAP = 3.0  # map units between a rim and the tip of a line
FAN = 16.0  # map units between the middles of parallel lines
NAMED = NAME_DROP + NAME_HEIGHT / 2 - RADIUS  # map units that a name reaches below the rim of a node
MODULE_NAMED = 24.0  # and below a collapsed module
LOOKED = 100.0  # map units beside a straight way in which a bow is to meet nobody either
PASSING = 6.0  # map units from the rim of a node at which a line passes too near
WIDEST_BOW = 0.16  # of the length: a wider bow is harder to follow than a line behind a node
MOST_TESTED = 400_000  # lines times nodes up to which lines give way to nodes

_ROUND, _DIAMOND, _BOX = 0, 1, 2


@dataclass(frozen=True, eq=False)
class Arcs:
    """One row per link: a quadratic curve from `start` over `control` to `end`, map units.

    `curved` is false where the three lie on a line; `shown` is false for a link with an end that
    has no place, inside a collapsed module, left out by the view, or drawn by another. `ends`:
    rows of what it is drawn between, as in Links. `stands`: the row that is drawn in its place, -1
    for none; `count`: the links for which a drawn one stands.
    """

    start: Floats
    control: Floats
    end: Floats
    curved: Flags
    shown: Flags
    ends: Ints
    stands: Ints
    count: Ints

    def within(self, x0: float, y0: float, x1: float, y1: float) -> Ints:
        """The rows of the drawn curves that may pass through a rectangle: few others are among them."""
        left, top, right, bottom = self._boxes
        rows = np.flatnonzero(self.shown & (left <= x1) & (right >= x0) & (top <= y1) & (bottom >= y0))
        start, along = self.start[rows], self.end[rows] - self.start[rows]
        bow = np.abs(_cross(along, self.control[rows] - start))
        middle, half = np.array(((x0 + x1) / 2, (y0 + y1) / 2)), ((x1 - x0) / 2, (y1 - y0) / 2)
        reach = np.abs(along[:, 1]) * half[0] + np.abs(along[:, 0]) * half[1]
        return rows[np.abs(_cross(along, middle - start)) <= reach + bow].astype(np.int32)

    @cached_property
    def _boxes(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Left, top, right and bottom of each curve, map units."""
        low = np.minimum(np.minimum(self.start, self.end), self.control)
        high = np.maximum(np.maximum(self.start, self.end), self.control)
        left, top, right, bottom = np.concatenate((low, high), axis=1).T.copy()
        return left, top, right, bottom

    def at(self, share: float) -> Floats:
        """The point of every curve at `share` of its way."""
        rest = 1 - share
        return rest * rest * self.start + 2 * rest * share * self.control + share * share * self.end


def _cross(one: Floats, other: Floats) -> Floats:
    area: Floats = one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]
    return area


def gives_way(nodes: Nodes, links: Links) -> bool:
    """Do lines bow round nodes that stand in their way? On a large map that would take too long."""
    return len(nodes.ids) * len(links.ids) <= MOST_TESTED


def standing(links: Links, nodes: Nodes, frames: Frames) -> Ints:
    """What is drawn in place of the ends of each link, (n, 2): rows as in Links."""
    ends = (_standing(links.source, nodes, frames), _standing(links.target, nodes, frames))
    return np.stack(ends, axis=1)


def laid(
    nodes: Nodes,
    links: Links,
    frames: Frames,
    veil: Veil,
    *,
    bundled: bool = False,
    yielding: bool | None = None,
) -> Arcs:
    """The way of every link. O(links), plus links times nodes while that is small.

    Links at a collapsed module gather, those of one kind between the same two being one line;
    `bundled`: so do all others, of whatever kind. `yielding`: do lines bow round nodes, if that is
    not to be judged by these links?
    """
    ends = standing(links, nodes, frames)
    centre, half, shape = _ends(nodes, frames)
    centre[: len(nodes.ids)][veil.nodes_gone] = np.nan
    at = slots(ends, len(nodes.ids))
    a, b = centre[at[:, 0]], centre[at[:, 1]]
    shown = ~(np.isnan(a[:, 0]) | np.isnan(b[:, 0])) & (ends[:, 0] != ends[:, 1]) & ~veil.links_gone
    together = np.ones(len(shown), dtype=bool) if bundled else _at_collapsed(ends, frames)
    stands, count = gathered(ends, links, shown, together, bundled)
    shown &= count > 0
    a, b = _landing(a, half[at[:, 0]], shape[at[:, 0]], b), _landing(b, half[at[:, 1]], shape[at[:, 1]], a)
    bend, spread = _fan(ends, shown)
    if gives_way(nodes, links) if yielding is None else yielding:
        side = _side(ends)
        one, other = np.where(side[:, None] > 0, a, b), np.where(side[:, None] > 0, b, a)
        bend += side * _bow(_obstacles(nodes, frames, veil), one, other, ends, shown, spread)
    along = b - a
    length = np.hypot(along[:, 0], along[:, 1])
    unit = along / np.where(length > 0, length, 1.0)[:, None]
    normal = np.stack((-unit[:, 1], unit[:, 0]), axis=1)
    control = (a + b) / 2 + normal * (2 * bend)[:, None]
    start = a + _trim(control - a, half[at[:, 0]], shape[at[:, 0]])
    end = b + _trim(control - b, half[at[:, 1]], shape[at[:, 1]])
    turned = ((end - start) * along).sum(axis=1) <= 0  # nodes so near that nothing is left between
    middle = (a + b) / 2
    start[turned], end[turned] = middle[turned], middle[turned]
    curved = (np.abs(bend) > 0.5) & ~turned
    control = np.where(curved[:, None], control, (start + end) / 2)
    shown &= ~turned
    return Arcs(
        start=start,
        control=control,
        end=end,
        curved=curved & shown,
        shown=shown,
        ends=ends,
        stands=stands,
        count=count,
    )


def _standing(ends: Ints, nodes: Nodes, frames: Frames) -> Ints:
    """The node or module that is drawn in place of each end."""
    if not frames.ids:
        return ends
    shut = frames.shut_in
    home = np.where(ends >= 0, nodes.home[np.maximum(ends, 0)] if len(nodes.ids) else -1, -1 - ends)
    stand = np.where(home >= 0, shut[np.maximum(home, 0)], -1)
    return np.where(stand >= 0, -1 - stand, ends).astype(np.int32)


def slots(ends: Ints, nodes: int) -> Ints:
    """Rows of nodes, then of modules, in one count."""
    return np.where(ends >= 0, ends, nodes - 1 - ends).astype(np.int32)


def _ends(nodes: Nodes, frames: Frames) -> tuple[Floats, Floats, Ints]:
    round_kinds = np.array([_SHAPES[kind] for kind in KINDS], dtype=np.int32)
    middle = (frames.rect[:, :2] + frames.rect[:, 2:]) / 2
    size = (frames.rect[:, 2:] - frames.rect[:, :2]) / 2
    return (
        np.concatenate((nodes.centre, middle)),
        np.concatenate((np.repeat(nodes.radius[:, None], 2, axis=1), size)),
        np.concatenate((round_kinds[nodes.kind], np.full(len(frames.ids), _BOX, dtype=np.int32))),
    )


_SHAPES = {
    NodeKind.PERSON: _ROUND,
    NodeKind.ROLE: _ROUND,
    NodeKind.OUTSIDE: _DIAMOND,
    NodeKind.SOURCE: _BOX,
}


def _landing(own: Floats, half: Floats, shape: Ints, other: Floats) -> Floats:
    """Where a line aims: the middle of a node; of a large frame the part of it nearest by."""
    reach = np.where((shape == _BOX)[:, None], np.maximum(half - 40.0, 0.0), 0.0)
    return own + np.clip(other - own, -reach, reach)


def _trim(toward: Floats, half: Floats, shape: Ints) -> Floats:
    """The way from the middle of an end to its rim, and a gap, in a direction."""
    length = np.maximum(np.hypot(toward[:, 0], toward[:, 1]), 1e-9)
    unit = toward / length[:, None]
    x, y = np.abs(unit[:, 0]), np.abs(unit[:, 1])
    wide = np.minimum(half[:, 0], 1e9)
    reach = np.where(shape == _DIAMOND, wide / np.maximum(x + y, 1e-9), wide)
    inner = np.minimum(half, 40.0)  # what `_landing` leaves of a frame
    box = np.minimum(inner[:, 0] / np.maximum(x, 1e-9), inner[:, 1] / np.maximum(y, 1e-9))
    reach = np.where(shape == _BOX, box, reach)
    trimmed: Floats = unit * (reach + GAP)[:, None]
    return trimmed


def _at_collapsed(ends: Ints, frames: Frames) -> Flags:
    """Which of the links end on a module that is drawn collapsed."""
    if not frames.collapsed.any():
        return np.zeros(len(ends), dtype=bool)
    shut = np.append(frames.collapsed > 0, False)
    on = shut[np.where(ends < 0, -1 - ends, -1)]
    either: Flags = on[:, 0] | on[:, 1]
    return either


def _side(ends: Ints) -> Floats:
    """1, or -1 for a line that runs against the others between the same two."""
    return np.where(ends[:, 0] <= ends[:, 1], 1.0, -1.0)


def _fan(ends: Ints, shown: Flags) -> tuple[Floats, Floats]:
    """How far the middle of each line lies beside the straight way, seen from its own start; and
    how far at most any line between the same two does."""
    bend, spread = np.zeros(len(ends)), np.zeros(len(ends))
    rows = np.flatnonzero(shown)
    if not len(rows):
        return bend, spread
    low = ends[rows].min(axis=1).astype(np.int64)
    high = ends[rows].max(axis=1).astype(np.int64)
    _, group, count = np.unique(low * (1 << 32) + high, return_inverse=True, return_counts=True)
    order = np.argsort(group, kind="stable")
    first = np.concatenate(([0], np.cumsum(count)[:-1]))
    place = np.empty(len(rows), dtype=np.int64)
    place[order] = np.arange(len(rows)) - first[group[order]]
    bend[rows] = (place - (count[group] - 1) / 2) * FAN * _side(ends[rows])
    spread[rows] = (count[group] - 1) / 2 * FAN
    return bend, spread


class _Obstacles(NamedTuple):
    """What lines give way to: as an end of a line, its middle (n, 2), its radius, how far below
    that its name reaches."""

    end: Ints
    centre: Floats
    radius: Floats
    name: Floats


def _obstacles(nodes: Nodes, frames: Frames, veil: Veil) -> _Obstacles:
    """The nodes and the collapsed modules that are drawn."""
    rows = _visible(nodes, frames, veil)
    shut = np.flatnonzero((frames.collapsed > 0) & (frames.hidden_in < 0) & ~np.isnan(frames.rect[:, 0]))
    middle = (frames.rect[shut, :2] + frames.rect[shut, 2:]) / 2
    return _Obstacles(
        np.concatenate((rows, -1 - shut)),
        np.concatenate((nodes.centre[rows], middle)),
        np.concatenate((nodes.radius[rows], np.full(len(shut), COLLAPSED))),
        np.concatenate((np.full(len(rows), NAMED), np.full(len(shut), MODULE_NAMED))),
    )


def _bow(stands: _Obstacles, a: Floats, b: Floats, ends: Ints, shown: Flags, spread: Floats) -> Floats:
    """How far lines from `a` to `b` must bow so as not to pass through something, all lines between
    the same two alike; `spread`: how far these are fanned out."""
    bend = np.zeros(len(ends))
    rows = np.flatnonzero(shown)
    if not len(rows):
        return bend
    along = b[rows] - a[rows]
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)
    unit = along / length[:, None]
    line, node = _touching(a[rows], unit, length, stands.centre, stands.radius)
    own = (ends[rows[line]] == stands.end[node, None]).any(axis=1)
    line, node = line[~own], node[~own]
    if not len(line):
        return bend
    to = stands.centre[node] - a[rows[line]]
    ahead = (to * unit[line]).sum(axis=1)
    beside = to[:, 1] * unit[line, 0] - to[:, 0] * unit[line, 1]
    near = stands.radius[node] + PASSING + spread[rows[line]]
    share = np.clip(ahead / length[line], 0.08, 0.92)
    rise = 4 * share * (1 - share)  # the curve's height there, of its height in the middle
    low = stands.name[node] * unit[line, 0]  # farther where the line would pass below the node, for its name
    most = WIDEST_BOW * length
    bows: list[Floats] = []
    for name in (low, 0.0 * low):
        left, right = np.zeros(len(rows)), np.zeros(len(rows))
        np.maximum.at(left, line, (near + np.maximum(name, 0.0) + beside) / rise)
        np.maximum.at(right, line, (near + np.maximum(-name, 0.0) - beside) / rise)
        bows += [np.where(side <= most, sign * side, 0.0) for sign, side in ((1, left), (-1, right))]
    of = np.unique(line)
    tried = np.stack([*(bow[of] for bow in bows), np.zeros(len(of))])
    at = rows[of]
    met = _met(stands, a[at], unit[of], length[of], ends[at], spread[at], tried)
    through = np.array((0.0, 0.0, 0.4, 0.4, 0.0))[:, None]  # shares of a hit: these may cross a name
    cost = (met + through) * length[of] + np.abs(tried)  # a bow is never longer than its line
    bend[at] = tried[np.argmin(cost, axis=0), np.arange(len(of))]
    return bend


def _met(
    stands: _Obstacles, start: Floats, unit: Floats, length: Floats, ends: Ints, spread: Floats, tried: Floats
) -> Ints:
    """How many obstacles near the straight way each of the lines (n) runs into when it bows as far
    as is `tried` (k, n)."""
    to = stands.centre[None] - start[:, None]
    ahead = to[..., 0] * unit[:, :1] + to[..., 1] * unit[:, 1:]
    beside = to[..., 1] * unit[:, :1] - to[..., 0] * unit[:, 1:]
    share = ahead / length[:, None]
    asked = (share > 0) & (share < 1) & (np.abs(beside) < LOOKED)
    asked &= (ends[:, 0, None] != stands.end) & (ends[:, 1, None] != stands.end)
    line, node = np.nonzero(asked)
    rise = 4 * share[line, node] * (1 - share[line, node])
    room = stands.radius[node] + PASSING / 2 + spread[line]
    met = np.zeros(tried.shape, dtype=np.int64)
    for found, bow in zip(met, tried, strict=True):
        hit = np.abs(beside[line, node] - bow[line] * rise) < room
        found += np.bincount(line[hit], minlength=len(start))
    return met


def _touching(
    start: Floats, unit: Floats, length: Floats, centre: Floats, radius: Floats
) -> tuple[Ints, Ints]:
    """Which lines pass too near to which nodes: rows of lines, rows of nodes. In single precision,
    for it is looked at for every line and node."""
    x, y = centre[:, 0].astype(np.float32), centre[:, 1].astype(np.float32)
    ux, uy = (unit[:, axis, None].astype(np.float32) for axis in (0, 1))
    sx, sy = (start[:, axis, None].astype(np.float32) for axis in (0, 1))
    beside = y * ux
    beside -= x * uy
    beside -= sy * ux - sx * uy
    close = np.abs(beside, out=beside) < (radius + PASSING).astype(np.float32)
    line, node = np.nonzero(close)
    ahead = ((centre[node] - start[line]) * unit[line]).sum(axis=1)
    between = (ahead > radius[node]) & (ahead < length[line] - radius[node])
    return line[between], node[between]


def _visible(nodes: Nodes, frames: Frames, veil: Veil) -> Ints:
    shown = ~np.isnan(nodes.centre[:, 0]) & ~veil.nodes_gone
    if frames.ids:
        shut = frames.shut_in
        shown &= ~((nodes.home >= 0) & (shut[np.maximum(nodes.home, 0)] >= 0))
    return np.flatnonzero(shown).astype(np.int32)
