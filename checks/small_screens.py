"""Does every screen fit 800 x 600 at twice the text, at any density of pixels? Half a minute for each.

`python -m checks.small_screens`: every page, panel, card, finding, question, list, menu and dialog, with
words of every kind on the map, on screens of one, one and a half and three pixels to each of Qt's. Exit
code 1 if anything is larger than the screen, sticks out or is cut off. The pages and dialogs are a test
too (`tests/ui/test_small_screens.py`).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.ui.small_screen import walked

DENSITIES = (1, 1.5, 3)
WALKS = ("test_every_screen", "test_pages_and_dialogs")


def main() -> int:
    """Walk them all; one line for each walk."""
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for density in DENSITIES:
            for walk in WALKS:
                code, told = walked(walk, density, Path(folder))
                wrong += code != 0
                print(f"{walk} at {density}: {'everything fits' if code == 0 else told}", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
