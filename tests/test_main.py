"""The front door: command, window, or a word of explanation."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from orgmap import __version__, cli
from orgmap.__main__ import main
from tests.program import environment, orgmap


def _loaded(*words: str) -> set[str]:
    """The modules that are loaded after the program ran with these words."""
    code = (
        "import json, sys\nfrom orgmap.__main__ import main\n"
        f"main({list(words)!r})\nprint('\\n' + json.dumps(sorted(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment())
    return set(json.loads(ran.stdout.decode().splitlines()[-1]))


@pytest.mark.parametrize("word", ["--version", "-V"])
def test_the_version_is_one_line_on_standard_output(word: str) -> None:
    ended = orgmap(word)

    assert (ended.code, ended.out, ended.err) == (0, f"orgmap {__version__}\n", "")


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--help"])

    told = capsys.readouterr().out
    assert code == 0
    assert all(f"orgmap {name}" in told for name in cli.COMMANDS)


@pytest.mark.parametrize("name", list(cli.COMMANDS))
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main([name, "--help"])

    told = capsys.readouterr().out
    assert code == 0
    assert told.startswith(f"orgmap {name}")
    assert all(option.name in told for option in cli.command(name, lambda _: 0).options)
    assert max(map(len, told.splitlines())) <= 100


def test_version_and_help_load_nothing_heavy() -> None:
    loaded = _loaded("--version") | _loaded("--help")

    assert not loaded & {"PySide6", "networkx", "numpy", "scipy", "pyqtgraph", "orgmap.model.document"}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("anlyze", "analyze"),
        ("analyse", "analyze"),
        ("Compare", "compare"),
        ("selftest", "self-test"),
        ("--versoin", "--version"),
    ],
)
def test_a_word_that_is_neither_command_nor_file_is_answered_without_a_window(word: str, meant: str) -> None:
    ended = orgmap(word, env={"QT_QPA_PLATFORM": "offscreen"})

    assert (ended.code, ended.out) == (2, "")
    assert f"Did you mean {meant}?" in ended.err


def test_a_file_that_is_not_there_is_answered_with_the_one_that_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sales.csv").write_text("from,to\na,b\n")

    code = main([str(tmp_path / "sale.csv")])

    assert code == 2
    assert "Did you mean sales.csv?" in capsys.readouterr().err


@pytest.mark.parametrize("word", ["", "a\0b", "x" * 5_000, "/dev/null/x.csv"])
def test_an_impossible_name_is_no_file(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main([word])

    assert code == 2
    assert capsys.readouterr().err.startswith("orgmap: ")


def test_a_folder_is_no_map(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main([str(tmp_path)])

    assert code == 2
    assert "is a folder" in capsys.readouterr().err


def test_without_a_screen_the_window_says_so() -> None:
    ended = orgmap()

    assert (ended.code, ended.out) == (2, "")
    assert "no screen" in ended.err


def test_with_a_screen_that_does_not_answer_the_window_says_so() -> None:
    ended = orgmap(env={"DISPLAY": ":4711"})

    assert (ended.code, ended.out) == (2, "")
    assert "no screen" in ended.err
