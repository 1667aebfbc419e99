"""A system on which Qt cannot run is answered with a sentence and the line that mends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgmap.drawing import qt_missing
from orgmap.files import native
from tests.program import ROOT, Ended, orgmap
from tests.words import TEST_ORGANIZATION

MISSING = 'raise ImportError("libGL.so.1: cannot open shared object file: No such file or directory")\n'
ABSENT = "raise ModuleNotFoundError(\"No module named 'PySide6'\", name='PySide6')\n"
SOUND = '__version__ = "6.10.3"\n'


def _with(folder: Path, *words: str | Path, package: str = SOUND, gui: str = MISSING) -> Ended:
    """Run the program where PySide6 is a package of these two modules."""
    (folder / "PySide6").mkdir(parents=True)
    (folder / "PySide6" / "__init__.py").write_text(package, encoding="utf-8")
    (folder / "PySide6" / "QtGui.py").write_text(gui, encoding="utf-8")
    return orgmap(*words, env={"PYTHONPATH": f"{folder}:{ROOT}", "QT_QPA_PLATFORM": "offscreen"})


@pytest.mark.parametrize("words", [(), ("self-test",), ("picture", "map.orgmap", "map.png")])
def test_a_missing_system_library_is_answered_with_the_line_that_installs_it(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    ended = _with(tmp_path, *words)

    assert (ended.code, ended.out) == (2, "")
    assert "libGL.so.1" in ended.err
    assert qt_missing.install_line() in ended.err
    assert len(ended.err.splitlines()) == 1


def test_an_absent_pyside_is_answered_with_the_line_that_installs_it(tmp_path: Path) -> None:
    ended = _with(tmp_path, "self-test", package=ABSENT)

    assert (ended.code, ended.out) == (2, "")
    assert "pip install 'PySide6-Essentials" in ended.err


def test_the_analysis_does_not_need_qt(tmp_path: Path) -> None:
    path = tmp_path / "map.orgmap"
    native.save(TEST_ORGANIZATION, path)

    ended = _with(tmp_path / "stub", "analyze", path, package=ABSENT)

    assert (ended.code, ended.err) == (0, "")
