"""Is the kept map, whatever is done to it, what a fresh drawing would be? 20 walks of 200 steps; minutes.

`python -m checks.kept`: edits, lifts, marks, looks, pans and zooms by chance, at four scales. Exit code 1
and the step where a pixel differs. Short walks are a test too (`tests/ui/test_canvas_ground.py`).
"""

from __future__ import annotations

import os
import sys

SEEDS = range(1, 6)
STEPS = 200


def main() -> int:
    """Walk them all; one line for each walk."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from tests.ui.test_canvas_ground import SCALES, walked

    application = QApplication.instance() or QApplication([])
    wrong = 0
    for seed in SEEDS:
        for scale in SCALES:
            found = walked(seed, scale, STEPS)
            wrong += bool(found)
            print(f"seed {seed} at {scale}: {found or 'the same'}", flush=True)
    application.quit()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
