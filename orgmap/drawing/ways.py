"""The ways of lines in pixels, and what they are cut into before they are drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orgmap.drawing.columns import Flags, Floats, Ints

FLAT = 0.12  # pixels by which the pieces of a curve may leave it
MOST_PIECES = 24


@dataclass(frozen=True, eq=False)
class Way:
    """Curves in pixels, one row each."""

    start: Floats
    control: Floats
    end: Floats
    curved: Flags

    def of(self, rows: Flags | Ints | slice) -> Way:
        """Some of the ways."""
        return Way(self.start[rows], self.control[rows], self.end[rows], self.curved[rows])

    def beside(self, distance: float) -> Way:
        """The same ways, moved sideways by pixels."""
        toward = direction(self.end - self.start)
        off = np.stack((-toward[:, 1], toward[:, 0]), axis=1) * distance
        return Way(self.start + off, self.control + off, self.end + off, self.curved)

    def shortened(self, at_end: Floats, at_start: Floats) -> Way:
        """The ways without a stretch (n,) of pixels at either end."""
        start = self.start + direction(self.control - self.start) * at_start[:, None]
        end = self.end + direction(self.control - self.end) * at_end[:, None]
        return Way(start, self.control, end, self.curved)

    def middle(self) -> Floats:
        """The points (n, 2) half way."""
        return (self.start + 2 * self.control + self.end) / 4

    def at(self, share: Floats) -> Floats:
        """Points (n, k, 2) at shares (n, k) of the ways."""
        on = share[:, :, None]
        start, control, end = (part[:, None, :] for part in (self.start, self.control, self.end))
        points: Floats = (1 - on) ** 2 * start + 2 * (1 - on) * on * control + on**2 * end
        return points

    def length(self) -> Floats:
        """How far apart the ends (n,) are."""
        return np.hypot(self.end[:, 0] - self.start[:, 0], self.end[:, 1] - self.start[:, 1])

    def box(self, margin: float) -> tuple[Floats, Floats]:
        """The corners (n, 2) of boxes round the ways, and pixels round about."""
        low = np.minimum(np.minimum(self.start, self.end), self.control)
        high = np.maximum(np.maximum(self.start, self.end), self.control)
        return low - margin, high + margin

    def straight(self) -> Floats:
        """The ends as lines (n, 4)."""
        return np.concatenate((self.start, self.end), axis=1)

    def pieces(self, overlap: float) -> Floats:
        """The curves as short lines (n, 4), each longer by `overlap` pixels at both ends."""
        bow = np.abs(self.control - (self.start + self.end) / 2)
        count = np.ceil(np.sqrt(np.maximum(bow[:, 0], bow[:, 1]) / (2 * FLAT)))
        points = np.clip(count, 2, MOST_PIECES).astype(np.int64) + 1
        row = np.repeat(np.arange(len(points)), points)
        place = np.arange(len(row)) - np.repeat(np.cumsum(points) - points, points)
        at = self.of(row).at((place / (points[row] - 1))[:, None])[:, 0]
        a, b = at[:-1][place[1:] > 0], at[1:][place[1:] > 0]
        more = direction(b - a) * overlap
        return np.concatenate((a - more, b + more), axis=1)

    def sampled(self, step: float) -> tuple[Ints, Floats]:
        """Points (m, 2) along the ways, about `step` pixels apart, and the way (m,) of each."""
        points = np.ceil(self.length() / step).astype(np.int64) + 1
        row = np.repeat(np.arange(len(points)), points)
        place = np.arange(len(row)) - np.repeat(np.cumsum(points) - points, points)
        return row, self.of(row).at((place / np.maximum(points[row] - 1, 1))[:, None])[:, 0]

    def dashes(self, pattern: Floats) -> Floats:
        """The dashes of the curves as lines (n, 4); `pattern`: pixels on, off, on, off ..."""
        edges = np.concatenate(([0.0], np.cumsum(pattern)))
        period = float(edges[-1])
        length = np.maximum(self.length(), 1e-6)
        times = np.ceil(length / period).astype(np.int64)
        row = np.repeat(np.arange(len(times)), times)
        turn = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
        found: list[Floats] = []
        for begin, end in zip(edges[0:-1:2], edges[1::2], strict=False):
            share = np.stack((turn * period + begin, turn * period + end), axis=1) / length[row, None]
            kept = share[:, 0] < 1.0
            points = self.of(row[kept]).at(np.minimum(share[kept], 1.0))
            found.append(points.reshape(-1, 4))
        return np.concatenate(found)


def direction(toward: Floats) -> Floats:
    """Vectors (n, 2) of length 1; of length 0 where there was none."""
    length = np.maximum(np.hypot(toward[:, 0], toward[:, 1]), 1e-9)
    unit: Floats = toward / length[:, None]
    return unit
