"""Lines laid anew after an edit: those that it touches, and all that run between the same two."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from orgmap.drawing.alike import same_rows
from orgmap.drawing.arcs import LOOKED, Arcs, gives_way, laid, slots, standing
from orgmap.drawing.columns import Flags, Floats, Ints, Links, Nodes
from orgmap.drawing.frames import Frames
from orgmap.drawing.strokes import Veil

NEAR = LOOKED + 80.0  # map units from a line at which something may stand in its way, and then some
WORTH = 0.5  # share of all lines from which all are laid anew

Keys = NDArray[np.int64]


class Standing(NamedTuple):
    """What lines are laid between."""

    nodes: Nodes
    links: Links
    frames: Frames
    veil: Veil


def relaid(arcs: Arcs, before: Standing, now: Standing, moved: Ints, *, bundled: bool) -> Arcs:
    """What `laid` gives for `now`; `arcs` is what it gave for `before`.

    `moved`: for every old row of nodes its new one, -1 for none. The modules are the same, and so
    is the order of the links that stayed; new ones come last.
    """
    yielding = gives_way(now.nodes, now.links)
    if yielding != gives_way(before.nodes, before.links):
        return laid(*now, bundled=bundled)
    was = _rows_before(before.links, now.links)
    old, new = was[was >= 0], np.flatnonzero(was >= 0)
    ends = standing(now.links, now.nodes, now.frames)
    stood = _moved(arcs.ends, moved)
    count = len(now.nodes.ids)
    touched, spots = _touched(before, now, moved)
    affected = np.ones(len(was), dtype=bool)
    affected[new] = (
        (ends[new, 0] != stood[old, 0])
        | (ends[new, 1] != stood[old, 1])
        | (before.links.kind[old] != now.links.kind[new])
        | (before.veil.links_gone[old] != now.veil.links_gone[new])
    )
    for side in slots(ends, count).T:
        affected |= touched[side]
    if yielding:
        affected[new] |= _near(arcs, spots)[old]
    left = np.ones(len(arcs.shown), dtype=bool)
    left[old[~affected[new]]] = False  # gone, or no longer where they were
    affected |= _among(_pairs(ends), _pairs(np.concatenate((ends[affected], stood[left]))))
    rows = np.flatnonzero(affected)
    if len(rows) > WORTH * len(was):
        return laid(*now, bundled=bundled)
    veil = Veil(
        now.veil.nodes_gone, now.veil.nodes_pale, now.veil.links_gone[rows], now.veil.links_pale[rows]
    )
    part = laid(now.nodes, now.links.at(rows), now.frames, veil, bundled=bundled, yielding=yielding)
    columns: dict[str, Any] = {}
    for name in ("start", "control", "end", "curved", "shown", "count", "stands"):
        column = getattr(arcs, name)
        made = np.zeros((len(was), *column.shape[1:]), dtype=column.dtype)
        made[new] = column[old]
        if name == "stands":
            now_at = np.full(len(column) + 1, -1, dtype=np.int64)
            now_at[old] = new
            made = now_at[made].astype(np.int32)
            made[rows] = np.where(part.stands >= 0, rows[part.stands], -1)
        else:
            made[rows] = getattr(part, name)
        columns[name] = made
    return Arcs(ends=ends, **columns)


def _rows_before(before: Links, now: Links) -> Ints:
    """Per link its row before, -1 for a new one."""
    if before.ids is now.ids:
        return np.arange(len(now.ids))
    rows = np.full(len(now.ids), -1, dtype=np.int64)
    there, here = same_rows(before, now)
    rows[here] = there
    return rows


def _moved(ends: Ints, moved: Ints) -> Ints:
    """The ends with the new rows of nodes; those of a node that is gone are nobody's."""
    if not len(moved):
        return ends
    nobody = np.iinfo(np.int32).max
    rows = np.where(moved >= 0, moved, nobody)
    return np.where(ends >= 0, rows[np.maximum(ends, 0)], ends).astype(np.int32)


def _touched(before: Standing, now: Standing, moved: Ints) -> tuple[Flags, Floats]:
    """Which nodes and modules, in one count, lines see differently; where altered nodes stood and stand."""
    count = len(now.nodes.ids)
    touched = np.ones(count + len(now.frames.ids), dtype=bool)
    old = np.flatnonzero(moved >= 0)
    new = moved[old]
    touched[new] = (
        _differ(before.nodes.centre[old], now.nodes.centre[new])
        | (before.nodes.radius[old] != now.nodes.radius[new])
        | (before.nodes.kind[old] != now.nodes.kind[new])
        | (before.veil.nodes_gone[old] != now.veil.nodes_gone[new])
        | (_hidden(before)[old] != _hidden(now)[new])
    )
    touched[count:] = _differ(before.frames.rect, now.frames.rect)
    touched[count:] |= before.frames.collapsed != now.frames.collapsed
    altered = np.ones(len(moved), dtype=bool)
    altered[old] = touched[new]
    shut = (before.frames.collapsed > 0) | (now.frames.collapsed > 0)
    modules = np.flatnonzero(touched[count:] & shut)
    places = [
        before.nodes.centre[altered],
        now.nodes.centre[np.flatnonzero(touched[:count])],
        *((here.frames.rect[modules, :2] + here.frames.rect[modules, 2:]) / 2 for here in (before, now)),
    ]
    spots = np.concatenate(places)
    return touched, spots[~np.isnan(spots[:, 0])]


def _hidden(here: Standing) -> Flags:
    """Which nodes are inside collapsed modules."""
    home = here.nodes.home
    if not here.frames.ids:
        return np.zeros(len(home), dtype=bool)
    hidden: Flags = (home >= 0) & (here.frames.shut_in[np.maximum(home, 0)] >= 0)
    return hidden


def _differ(one: Floats, other: Floats) -> Flags:
    differ: Flags = (one != other) & ~(np.isnan(one) & np.isnan(other))
    found: Flags = np.logical_or.reduce(differ.T)  # over few columns: ten times faster this way round
    return found


def _near(arcs: Arcs, spots: Floats) -> Flags:
    """Which lines run so near to a spot that a node there may be in their way."""
    near = np.zeros(len(arcs.shown), dtype=bool)
    along = arcs.end - arcs.start
    length = np.maximum((along**2).sum(axis=1), 1e-9)
    for spot in spots:
        to = spot - arcs.start
        share = np.clip((to * along).sum(axis=1) / length, 0.0, 1.0)
        off = to - along * share[:, None]
        near |= (off**2).sum(axis=1) < NEAR**2
    return near


def _pairs(ends: Ints) -> Keys:
    """A number for the two between which each line runs, whichever way."""
    low, high = np.minimum(ends[:, 0], ends[:, 1]), np.maximum(ends[:, 0], ends[:, 1])
    pairs: Keys = low.astype(np.int64) * (1 << 32) + high
    return pairs


def _among(keys: Keys, wanted: Keys) -> Flags:
    wanted = np.unique(wanted)
    place = np.minimum(np.searchsorted(wanted, keys), max(len(wanted) - 1, 0))
    return wanted[place] == keys if len(wanted) else np.zeros(len(keys), dtype=bool)
