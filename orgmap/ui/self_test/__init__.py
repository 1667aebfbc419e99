"""`orgmap self-test`: the installed program tried from end to end on what ships with it.

waiting    turning the event loop until something is so
shipped    samples, templates and files, without a window
handling   the window, drawn in and left as a person would
pictures   every screen, as a file
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import PySide6
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion

from orgmap import __version__
from orgmap.errors import OrgmapError
from orgmap.i18n import Said, text
from orgmap.ui import recovery
from orgmap.ui.self_test.handling import a_session, application
from orgmap.ui.self_test.pictures import every_screen
from orgmap.ui.self_test.shipped import drawn, formats_both_ways, maps, tables
from orgmap.ui.self_test.waiting import Failed

Tell = Callable[[str], None]
Step = Callable[[Path], Iterator[Said]]

STEPS: tuple[Step, ...] = (maps, tables, formats_both_ways, drawn, a_session)

_ON = text("self-test", "orgmap {orgmap}, PySide6 {pyside}, Qt {qt}")
_OK = text("self-test", "ok      {what}")
_FAILED = text("self-test", "FAILED  {what}")
_ALL = text("self-test", "Everything works.")
_SOME = text("self-test", "{n} step failed.", "{n} steps failed.")
_PICTURES = text("self-test", "{n} picture in {folder}", "{n} pictures in {folder}")


def run(folder_of_pictures: Path | None = None, *, tell: Tell = print) -> int:
    """Go through all steps, a line for each thing that works; the exit code.

    Nothing of the user's is read or written: settings, maps, journals and previous versions of this
    run live in a folder that is gone afterwards. No window is seen unless QT_QPA_PLATFORM asks for one.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    before = qInstallMessageHandler(_heard)
    try:
        return _run(folder_of_pictures, tell)
    finally:
        qInstallMessageHandler(before)


def _run(folder_of_pictures: Path | None, tell: Tell) -> int:
    app = application()
    tell(str(_ON(orgmap=__version__, pyside=PySide6.__version__, qt=qVersion())))
    failures = 0
    app.setQuitOnLastWindowClosed(False)
    with tempfile.TemporaryDirectory(prefix="orgmap-") as name, recovery.kept_in(Path(name) / "state"):
        for number, step in enumerate(STEPS):
            folder = Path(name) / str(number)
            folder.mkdir()
            failures += _went_wrong(step(folder), tell)
        if folder_of_pictures is not None:
            failures += _went_wrong(_pictures(folder_of_pictures, Path(name)), tell)
    tell(str(_SOME(n=failures) if failures else _ALL()))
    return 1 if failures else 0


def _heard(kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    """Qt's own messages, but for the one with which the offscreen platform greets every window."""
    if "propagateSizeHints" not in words:
        print(f"Qt, {kind.name}: {words}", file=sys.stderr)


def _went_wrong(told: Iterator[Said], tell: Tell) -> int:
    try:
        for said in told:
            tell(str(_OK(what=said)))
    except (Failed, OrgmapError, OSError) as error:
        tell(str(_FAILED(what=str(error))))
        return 1
    return 0


def _pictures(folder: Path, scratch: Path) -> Iterator[Said]:
    folder.mkdir(parents=True, exist_ok=True)
    made = every_screen(folder, scratch)
    yield _PICTURES(n=len(made), folder=str(folder))
