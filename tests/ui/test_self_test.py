"""`orgmap self-test`, and what it says of an installation that is not whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from orgmap.i18n import verbatim
from orgmap.ui import self_test
from orgmap.ui.self_test import pictures, shipped, waiting
from orgmap.ui.self_test.handling import opened
from tests.program import orgmap
from tests.quiet import noted, watched

HOMES = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")


def test_the_program_works_here_touches_nothing_of_the_user_and_opens_no_connection(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    beside = tmp_path_factory.mktemp("beside")
    homes = {name: str(tmp_path / name) for name in HOMES}

    ended = orgmap("self-test", env=homes | watched(beside), folder=tmp_path)

    lines = ended.out.splitlines()
    assert (ended.code, ended.err) == (0, "")
    assert lines[-1] == "Everything works."
    assert all(line.startswith("ok ") for line in lines[1:-1])
    assert len(lines) > 20
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert set(noted(beside)) == {"begun"}
    assert len(noted(beside)) > 1, "the worker process is watched too"


@pytest.mark.usefixtures("qapp")
def test_every_screen_is_kept_as_a_picture_of_the_size_of_a_projector(tmp_path: Path) -> None:
    folder, scratch = tmp_path / "pictures", tmp_path / "scratch"
    folder.mkdir()
    scratch.mkdir()

    made = pictures.every_screen(folder, scratch, themes=("dark",))

    names = {path.name for path in made}
    screens = {
        f"{name}-dark.png"
        for name in ("start", "empty", "import", "shortcuts", "preferences", "thresholds", "about")
    }
    samples = [path.stem for path in shipped.shipped_maps() if path.parent.name == "samples"]
    looks = {f"{name}{part}-dark.png" for name in samples for part in ("", "-finding", "-inspector", "-link")}
    assert names == screens | looks
    assert {(QImage(str(path)).width(), QImage(str(path)).height()) for path in made} == {(1600, 1000)}
    assert len({path.read_bytes() for path in made}) == len(made)


@pytest.mark.usefixtures("qapp")
def test_samples_that_are_missing_are_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "asset", tmp_path.joinpath)
    said: list[str] = []

    code = self_test.run(tell=said.append)

    assert code == 1
    assert any(line.startswith("FAILED") and "missing from the installation" in line for line in said)
    assert said[-1].endswith("steps failed.")


@pytest.mark.usefixtures("qapp")
def test_what_never_happens_is_said_after_a_while() -> None:
    with pytest.raises(waiting.Failed, match="the sun rises: did not happen within 0 seconds"):
        waiting.until(lambda: False, verbatim("the sun rises"), patience=0.05)


def test_a_window_of_the_self_test_is_gone_afterwards(qapp: QApplication, tmp_path: Path) -> None:
    with opened(tmp_path) as window:
        visible = window.isVisible()

    waiting.rest(50)
    assert visible
    assert [each for each in qapp.topLevelWidgets() if each.isVisible()] == []
