"""What to say when the system lacks the libraries Qt loads. Imports no Qt."""

from __future__ import annotations

import os

from orgmap.errors import OrgmapError
from orgmap.i18n import text

OFFSCREEN = ("libgl1", "libegl1", "libxkbcommon0", "libdbus-1-3", "libfontconfig1", "libglib2.0-0")
WINDOWS = (
    "libxcb-cursor0",
    "libxkbcommon-x11-0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
)

_MISSING = text("qt", "A library that Qt needs is missing on this system: {cause}.")
_INSTALL = text("qt", "On Debian and Ubuntu, this installs it: {line}")


def install_line() -> str:
    """The command that installs everything Qt needs here on Debian and its kin."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0  # who may lack sudo
    packages = " ".join((*OFFSCREEN, *WINDOWS))
    return f"{'' if root else 'sudo '}apt-get install -y --no-install-recommends {packages}"


def missing(error: ImportError) -> OrgmapError:
    """The error to raise in place of a failed `import PySide6.QtGui`."""
    cause = str(error).split(":")[0].strip() or type(error).__name__
    return OrgmapError(_MISSING(cause=cause), hint=_INSTALL(line=install_line()))


def explain(error: ImportError) -> str:
    """The same in words, for whoever has no place to raise it to."""
    return str(missing(error))
