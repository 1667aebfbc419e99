"""What somebody wants to have outside the program, in which form; remembered for each kind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from orgmap.drawing.paper import MARGIN, OVERLAP, SIZES, Page, Turn, size_named
from orgmap.drawing.style import THEMES
from orgmap.errors import UsageError
from orgmap.i18n import Text, text
from orgmap.ui.settings import Settings

PNG, SVG, PDF, PAPER, HTML, COPY = ".png", ".svg", ".pdf", "paper", ".html", ".orgmap"
PICTURES = (PNG, SVG, PDF, PAPER)
SEEN = (*PICTURES, HTML)  # kinds that show the map, so that it matters how
AS_SHOWN = "screen"  # the theme of the window
AS_MAP, OWN = "map", "own"  # sizes of pages beside those of SIZES
WIDTH = 1_600  # pixels
_KEY, _LAST, _FOLDER = "export/{}", "export/last", "export/folder"

NAMES: Mapping[str, Text] = {
    PNG: text("export", "Picture (PNG)"),
    SVG: text("export", "Drawing (SVG)"),
    PDF: text("export", "PDF"),
    PAPER: text("export", "Paper, by the printer"),
    HTML: text("export", "A page for the browser (HTML)"),
    ".xlsx": text("export", "Workbook (XLSX)"),
    ".csv": text("export", "Tables (CSV)"),
    ".tsv": text("export", "Tables with tabs (TSV)"),
    ".graphml": text("export", "GraphML, for yEd, Gephi, Cytoscape"),
    ".net": text("export", "Pajek network"),
    ".json": text("export", "JSON of nodes and links"),
    COPY: text("export", "A copy of the map (ORGMAP)"),
}


class Part(StrEnum):
    """How much of the map."""

    WHOLE = "whole"
    WINDOW = "window"
    SELECTION = "selection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The page as somebody chooses it; not all of it is possible. `size`: AS_MAP, OWN or of SIZES.

    `width`, `height`: of a size of one's own, millimetres, as `margin` and `overlap`.
    """

    size: str = AS_MAP
    width: float = 300.0
    height: float = 400.0
    turn: Turn = Turn.AUTO
    margin: float = MARGIN
    across: int = 1
    down: int = 1
    overlap: float = OVERLAP

    @property
    def page(self) -> Page | None:
        """The page; None for one as large as the map. Raises UsageError for what cannot be."""
        if self.size == AS_MAP:
            return None
        width, height = (self.width, self.height) if self.size == OWN else size_named(self.size)
        return Page(
            width=width,
            height=height,
            turn=self.turn,
            margin=self.margin,
            across=self.across,
            down=self.down,
            overlap=self.overlap,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One export. `kind`: a suffix, or PAPER; `as_shown`: with the filters, colours and evidence of
    the window; `theme`: of THEMES or AS_SHOWN; `width`: pixels of a PNG."""

    kind: str
    part: Part = Part.WHOLE
    as_shown: bool = True
    names: bool = True
    theme: str = AS_SHOWN
    width: int = WIDTH
    paper: Paper = field(default_factory=Paper)

    @property
    def picture(self) -> bool:
        """Is it drawn?"""
        return self.kind in PICTURES


def remembered(settings: Settings, kind: str) -> Order:
    """What was chosen for this kind the last time; names are never remembered, and no part."""
    start = Order(kind=kind)
    if kind == PAPER:
        start = replace(start, theme=THEMES[2], paper=Paper(size="A4"))
    try:
        found = json.loads(settings.text(_KEY.format(kind.lstrip(".")), "{}"))
        paper = found.get("paper", {})
        return replace(
            start,
            theme=_one_of(found.get("theme"), (AS_SHOWN, *THEMES), start.theme),
            width=_between(found.get("width"), 64, 20_000, start.width),
            paper=_paper(paper, start.paper),
        )
    except (ValueError, AttributeError, RecursionError):  # somebody else wrote it
        return start


def remember(settings: Settings, order: Order) -> None:
    """Keep what was chosen."""
    paper = order.paper
    kept = {
        "theme": order.theme,
        "width": order.width,
        "paper": {name: getattr(paper, name) for name in Paper.__slots__},
    }
    settings.put(_KEY.format(order.kind.lstrip(".")), json.dumps(kept))
    if order.kind != PAPER:
        settings.put(_LAST, order.kind)


def last_kind(settings: Settings) -> str:
    """The kind that was exported last."""
    return settings.one_of(_LAST, tuple(NAMES), PNG)


def remember_folder(settings: Settings, folder: Path) -> None:
    """Something was exported there."""
    settings.put(_FOLDER, str(folder.absolute()))


def last_folder(settings: Settings) -> Path | None:
    """Where something was exported the last time; nobody has looked whether it is there still."""
    found = settings.text(_FOLDER)
    return Path(found) if found else None


def _paper(found: Mapping[str, Any], start: Paper) -> Paper:
    sizes = (*SIZES, OWN) if start.size != AS_MAP else (AS_MAP, *SIZES, OWN)
    made = Paper(
        size=_one_of(found.get("size"), sizes, start.size),
        width=float(_between(found.get("width"), 50, 5_000, round(start.width))),
        height=float(_between(found.get("height"), 50, 5_000, round(start.height))),
        turn=Turn(_one_of(found.get("turn"), tuple(Turn), start.turn)),
        margin=float(_between(found.get("margin"), 0, 100, round(start.margin))),
        across=_between(found.get("across"), 1, 10, 1),
        down=_between(found.get("down"), 1, 10, 1),
        overlap=float(_between(found.get("overlap"), 0, 50, round(start.overlap))),
    )
    try:
        _ = made.page
    except UsageError:
        return start
    return made


def _one_of(found: object, allowed: tuple[str, ...], start: str) -> str:
    return found if isinstance(found, str) and found in allowed else start


def _between(found: object, least: int, most: int, start: int) -> int:
    known = isinstance(found, int | float) and not isinstance(found, bool) and least <= found <= most
    return int(found) if known and isinstance(found, int | float) else start
