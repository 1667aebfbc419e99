"""Can Qt run here? Asked before anything of Qt is used, so that the answer is a sentence, not a crash."""

from __future__ import annotations

import ctypes
import importlib
import os
import sys
from pathlib import Path

from orgmap.drawing import qt_missing
from orgmap.errors import OrgmapError
from orgmap.i18n import text

WANTED = "PySide6-Essentials>=6.8.3,<6.11"  # as in pyproject.toml; why: docs/architecture.md
_LOSING = (6, 11)  # from here on references to None are lost under Python 3.11, or not proven kept

_ABSENT = text("qt", "PySide6, the library that draws, is not installed for {python}.")
_LOSES = text("qt", "PySide6 {version} ends the program without a word under Python {python}.")
_PIP = text("qt", "This installs one that fits: {line}")
_NO_SCREEN = text("qt", "There is no screen here to open a window on.")
_COMMANDS = text("qt", "The commands need none: orgmap --help.")


def demand(*, screen: bool = False) -> None:
    """Raise `OrgmapError`, with what to install, if Qt cannot draw here; with `screen`, open a window."""
    try:
        version = importlib.import_module("PySide6").__version__
    except ModuleNotFoundError:
        raise OrgmapError(_ABSENT(python=sys.executable), hint=_PIP(line=_pip_line())) from None
    except ImportError as error:
        raise qt_missing.missing(error) from error
    if loses_references(version, sys.version_info[:2]):
        python = ".".join(map(str, sys.version_info[:2]))
        raise OrgmapError(_LOSES(version=version, python=python), hint=_PIP(line=_pip_line()))
    try:
        gui = importlib.import_module("PySide6.QtGui")
    except ImportError as error:
        raise qt_missing.missing(error) from error
    _use_utf8()
    if screen and sys.platform == "linux" and "QT_QPA_PLATFORM" not in os.environ:
        _demand_screen(Path(str(gui.__file__)).parent)


def loses_references(version: str, python: tuple[int, ...]) -> bool:
    """Does this PySide6 lose a reference to None with each call under this Python?

    Measured with `sys.getrefcount(None)` over signals, paints and `parent()`: 6.12.0 does under
    3.11 and aborts after some 570 signals; 6.8 to 6.10 keep all; 3.12 and newer are not affected.
    """
    return python < (3, 12) and tuple(map(int, version.split(".")[:2])) >= _LOSING


def _use_utf8() -> None:
    """Qt wants letters in UTF-8, and where they are not takes `C.UTF-8` with four lines about it.

    How numbers and dates are written stays as the environment says.
    """
    if sys.platform != "linux":
        return
    import locale

    if locale.nl_langinfo(locale.CODESET).upper() in ("UTF-8", "UTF8"):
        return
    everywhere = os.environ.pop("LC_ALL", "")
    if everywhere:
        os.environ["LANG"] = everywhere
    os.environ["LC_CTYPE"] = "C.UTF-8"


def _demand_screen(folder: Path) -> None:
    if os.environ.get("WAYLAND_DISPLAY"):
        return
    if not os.environ.get("DISPLAY"):
        raise OrgmapError(_NO_SCREEN(), hint=_COMMANDS())
    plugin = folder / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    if not plugin.is_file():  # a PySide6 laid out otherwise, such as a distribution's
        return
    try:
        ctypes.CDLL(str(plugin))
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        raise qt_missing.missing(ImportError(str(error))) from error
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if refused:
        raise OrgmapError(_NO_SCREEN(), hint=_COMMANDS())


def _pip_line() -> str:
    return f"{sys.executable} -m pip install '{WANTED}'"
