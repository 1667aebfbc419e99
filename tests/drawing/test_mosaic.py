"""The cells of a picture that are drawn anew: whatever is seen in them is found, however it lies."""

from __future__ import annotations

import numpy as np
import pytest

from orgmap.drawing.columns import Floats
from orgmap.drawing.mosaic import CELL, Mosaic

WIDTH, HEIGHT = 400, 300


def somewhere(seed: int) -> tuple[Mosaic, Floats]:
    chance = np.random.default_rng(seed)
    corner = chance.uniform((0, 0), (WIDTH, HEIGHT), (6, 2))
    lines = chance.uniform(-3_000 if seed % 2 else -200, 3_000 if seed % 2 else 600, (300, 4))
    return Mosaic.of(np.concatenate((corner, corner + 30), axis=1), WIDTH, HEIGHT), lines


def inside(mosaic: Mosaic, points: Floats) -> Floats:
    """Those of the points that lie in a taken cell."""
    points = points[((points >= 0) & (points < (WIDTH, HEIGHT))).all(axis=1)]
    column, row = (points // CELL).astype(int).T
    found: Floats = points[mosaic.taken[row, column]]
    return found


@pytest.mark.parametrize("seed", range(6))
def test_what_is_cut_off_a_line_is_in_no_taken_cell(seed: int) -> None:
    mosaic, lines = somewhere(seed)
    share = np.linspace(0, 1, 2_000)[:, None]

    for line in lines:
        parts = mosaic.cut(line[None], 1.0)
        for point in inside(mosaic, line[:2] + (line[2:] - line[:2]) * share):
            start, along = parts[:, :2], parts[:, 2:] - parts[:, :2]
            on = ((point - start) * along).sum(axis=1) / (along**2).sum(axis=1)
            off = np.abs(along[:, 0] * (point - start)[:, 1] - along[:, 1] * (point - start)[:, 0])
            assert ((on >= 0) & (on <= 1) & (off < 0.01 * np.hypot(*along.T))).any()


def test_what_has_no_place_is_in_no_cell() -> None:
    mosaic, _ = somewhere(1)
    nowhere = np.full((2, 2), np.nan)

    assert not mosaic.touched(nowhere, nowhere).any()


def test_a_drawing_is_laid_into_the_taken_cells_alone() -> None:
    mosaic, _ = somewhere(2)
    picture = np.zeros((HEIGHT, WIDTH), dtype=np.uint32)
    rect = mosaic.rect

    mosaic.lay(np.ones((rect.height(), rect.width()), dtype=np.uint32), picture)

    taken = np.repeat(np.repeat(mosaic.taken, CELL, axis=0), CELL, axis=1)[:HEIGHT, :WIDTH]
    assert (picture.astype(bool) == taken).all()
