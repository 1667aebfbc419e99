"""From an older form of the native file to the present one, on plain data, before anything is built.

`STEPS[i]` takes the data of format version i + 1 to version i + 2. A step is a pure function: it
answers with new data and leaves what it was given alone. A version that has ever been written stays
readable for ever, and an example of it stays in `tests/files/old`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Plain = dict[str, Any]
Step = Callable[[Plain], Plain]

STEPS: tuple[Step, ...] = ()  # version 1 is the first
CURRENT = len(STEPS) + 1


def migrated(data: Plain, version: int, steps: Sequence[Step] = STEPS) -> Plain:
    """The data as the present version has it. `version` is that of `data`, from 1 to CURRENT."""
    for step in steps[version - 1 :]:
        data = step(data)
    return data
