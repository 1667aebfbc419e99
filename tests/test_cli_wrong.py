"""Every command, told what makes no sense: exit code 2 and one message that says what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from orgmap.__main__ import main
from orgmap.cli import COMMANDS
from orgmap.files import native
from tests.program import Ended, orgmap
from tests.words import TEST_ORGANIZATION

Run = Callable[..., Ended]
POOR = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TERM": "dumb"}
READING = [name for name in COMMANDS if name != "self-test"]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def ran(*words: str | Path) -> Ended:
        code = main([str(word) for word in words])
        return Ended(code, *capsys.readouterr())

    return ran


def files(name: str, first: str | Path, folder: Path) -> list[str | Path]:
    """What is written after the command so that it reads `first`."""
    return [first, *([folder / "out.csv"] if len(COMMANDS[name][0].split()) > 1 else [])]


def refused(ended: Ended, folder: Path, before: list[Path]) -> str:
    """The one message with which nothing was done."""
    assert (ended.code, ended.out) == (2, "")
    assert len(ended.err.splitlines()) == 1
    assert ended.err.startswith("orgmap: ")
    assert "Traceback" not in ended.err
    assert sorted(folder.iterdir()) == before
    return ended.err


@pytest.mark.parametrize("name", COMMANDS)
def test_an_option_nobody_knows_is_refused_by_every_command(name: str, run: Run, tmp_path: Path) -> None:
    ended = run(name, *files(name, tmp_path / "map.orgmap", tmp_path), "--nonsense")

    assert "--nonsense" in refused(ended, tmp_path, [])


@pytest.mark.parametrize("name", COMMANDS)
def test_too_many_files_are_refused_by_every_command(name: str, run: Run, tmp_path: Path) -> None:
    assert "one file too many" in refused(run(name, "a", "b", "c", "d"), tmp_path, [])


@pytest.mark.parametrize("name", READING)
def test_a_file_that_is_missing_or_a_folder_is_refused_by_every_command(
    name: str, run: Run, tmp_path: Path
) -> None:
    missing = refused(run(name, *files(name, tmp_path / "gone.orgmap", tmp_path)), tmp_path, [])
    folder = refused(run(name, *files(name, tmp_path, tmp_path)), tmp_path, [])

    assert "gone.orgmap" in missing
    assert "folder" in folder


@pytest.mark.parametrize("name", READING)
def test_an_empty_file_is_refused_by_every_command(name: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()

    told = refused(
        run(name, *files(name, tmp_path / "empty.csv", tmp_path)), tmp_path, [tmp_path / "empty.csv"]
    )

    assert "empty.csv" in told


def test_in_a_pipe_there_is_no_bar_and_no_sign_that_moves_the_cursor(tmp_path: Path) -> None:
    path, out = tmp_path / "map.orgmap", tmp_path / "out.graphml"
    native.save(TEST_ORGANIZATION, path)

    ended = [orgmap(*words, env=POOR) for words in (("analyze", path), ("convert", path, out))]

    assert ended[0].code == 0
    assert ended[0].err == ""
    assert ended[1].err.isascii()
    assert not {"\r", "\x1b", "\b"} & set(ended[0].out + ended[1].err)
    assert ended[0].out.isascii()
