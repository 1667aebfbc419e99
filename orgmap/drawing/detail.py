"""How much of the map is drawn at a magnification."""

from __future__ import annotations

from enum import Enum


class Detail(Enum):
    """AUTO leaves out what could not be read; FULL draws every name and head; LINES only lines
    and nodes."""

    AUTO = "auto"
    FULL = "full"
    LINES = "lines"
