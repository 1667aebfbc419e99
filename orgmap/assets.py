"""The files that ship with the program: icons, themes, samples, templates, fonts, translations."""

from __future__ import annotations

from pathlib import Path

_INSTALLED = Path(__file__).parent / "_resources"
_CHECKOUT = Path(__file__).parent.parent / "resources"


def asset(*parts: str) -> Path:
    """The path of a shipped file or folder, e.g. `asset("icons", "plus.svg")`. It may not exist."""
    root = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    return root.joinpath(*parts)


def handbook(name: str) -> Path:
    """The path of a page of the handbook, e.g. `handbook("findings.md")`. It may not exist."""
    return asset("help", name) if _INSTALLED.is_dir() else _CHECKOUT.parent / "docs" / name
