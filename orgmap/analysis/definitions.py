"""The definition of each finding as a person reads it: its section of `docs/findings.md`.

The same words for whoever reads the handbook and whoever opens a card; there is no second copy. They
are in English whatever the language in use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from orgmap.assets import handbook

_PAGE = "findings.md"
_SECTION = re.compile(r"^## +([a-z-]+)(?::[^\n]*)?\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_GRAPHS = re.compile(r"^- (\*\*F\*\*.*)$", re.MULTILINE)  # the ground rule that says what F, T, R and N are
_NAMED = re.compile(r" ?\(`[^`)]*`\)")  # the names of cut-offs, which stand beside their sliders
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"\*\*|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)|`")
_READABLE = ("**Why it matters", "**What it does not say", "**Where it goes wrong")
_ELSEWHERE = ("**Advice", "**One cause")  # the card shows the one, the list the other


@dataclass(frozen=True, slots=True)
class Definition:
    """What anybody can read of a code, and the exact definition with what its letters stand for.

    Both are paragraphs of plain text, empty where nothing is written.
    """

    readable: str = ""
    exact: str = ""


def definition(code: str) -> Definition:
    """What is written of a code."""
    return _sections().get(code, Definition())


@cache
def _sections() -> dict[str, Definition]:
    page = handbook(_PAGE)
    words = page.read_text(encoding="utf-8") if page.is_file() else ""
    graphs = _GRAPHS.search(words)
    letters = graphs[1] if graphs is not None else ""
    return {found[1]: _parted(found[2], letters) for found in _SECTION.finditer(words)}


def _parted(section: str, letters: str) -> Definition:
    told = [part for part in re.split(r"\n{2,}", section.strip()) if not part.startswith(_ELSEWHERE)]
    readable = [part for part in told if part.startswith(_READABLE)]
    return Definition(_plain(readable), _plain([*(part for part in told if part not in readable), letters]))


def _plain(parts: Iterable[str]) -> str:
    """Markdown without its marks; a table loses its lines, a list keeps its dots."""
    words = "\n\n".join(parts)
    lines = _MARKS.sub("", _LINK.sub(r"\1", _NAMED.sub("", words))).strip().splitlines()
    return "\n".join(_line(line) for line in lines if not _rule(line))


def _line(line: str) -> str:
    if line.startswith("|"):
        return " \N{EN DASH} ".join(cell.strip() for cell in line.strip("|").split("|"))
    if line.startswith("#"):
        return line.lstrip("#").strip()
    return re.sub(r"^(\s*)- ", "\\1\N{BULLET} ", line)


def _rule(line: str) -> bool:
    """The line below the head of a table."""
    return "|" in line and set(line) <= set("|- :")
