"""The cells of a picture that are drawn anew, and what touches them."""

from __future__ import annotations

import numpy as np

from orgmap.drawing.mosaic import Mosaic

NOWHERE = float("nan")


def test_what_has_no_place_touches_no_cell() -> None:
    mosaic = Mosaic.of(np.array([[100.0, 100.0, 220.0, 220.0]]), 320, 320)
    low = np.array([[NOWHERE, NOWHERE], [110.0, 110.0]])
    high = np.array([[NOWHERE, NOWHERE], [120.0, 120.0]])

    touched = mosaic.touched(low, high)
    near = mosaic.near(low, 4.0)

    assert touched.tolist() == [False, True]
    assert near.tolist() == [False, True]
