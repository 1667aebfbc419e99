"""The report of a bug."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from orgmap import crash
from tests.program import ROOT, environment


def _failed(name: str) -> BaseException:
    try:
        try:
            raise KeyError(name)
        except KeyError as error:
            raise RuntimeError(f"no {name}") from error
    except RuntimeError as error:
        return error


def test_a_report_names_the_places_in_the_code_and_no_person() -> None:
    error = _failed("Ana Novak")

    report = crash.report_of(error, "analyze")

    assert "builtins.RuntimeError" in report
    assert "builtins.KeyError" in report
    assert "test_crash.py" in report
    assert "while: analyze" in report
    assert "Ana" not in report


def test_only_the_newest_reports_are_kept() -> None:
    error = _failed("Ana")

    paths = [crash.save_report(error, f"try {n}") for n in range(crash.MOST_REPORTS + 5)]

    kept = sorted(crash.crash_folder().iterdir())
    assert len(kept) == crash.MOST_REPORTS
    assert kept[-1] == paths[-1]


def test_the_same_error_at_the_same_place_has_one_report_in_a_run() -> None:
    paths = [crash.save_report(_failed(name), "window") for name in ("Ana", "Ben", "Cy")]
    elsewhere = crash.save_report(_failed("Ana"), "analyze")

    assert len(set(paths)) == 1
    assert sorted(crash.crash_folder().iterdir()) == [paths[0], elsewhere]


def test_a_report_that_is_gone_is_written_again() -> None:
    first = crash.save_report(_failed("Ana"))
    assert first is not None
    first.unlink()

    again = crash.save_report(_failed("Ana"))

    assert again is not None
    assert again.is_file()


def test_a_report_that_cannot_be_written_is_no_second_error(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = tmp_path_factory.mktemp("state") / "file"
    in_the_way.write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(in_the_way))

    assert crash.save_report(_failed("Ana")) is None


DYING = """
import os, sys
from orgmap.crash import Fatal
def ana_novak_draws():
    os.kill(os.getpid(), int(sys.argv[1]))
fatal = Fatal()
ana_novak_draws() if sys.argv[1] != "0" else fatal.close()
"""


def _died(folder: Path, how: int) -> None:
    """A process whose code lies in a folder named after its user ends."""
    script = folder / "ana" / "start.py"
    script.parent.mkdir(parents=True)
    script.write_text(DYING)
    ended = subprocess.run(
        [sys.executable, str(script), str(how)], cwd=ROOT, env=environment(), capture_output=True, check=False
    )
    assert ended.returncode == -how


@pytest.mark.parametrize(
    ("how", "words"), [(signal.SIGSEGV, "Segmentation fault"), (signal.SIGABRT, "Aborted")]
)
def test_the_end_of_a_process_becomes_a_report_without_the_folders_of_its_user(
    tmp_path: Path, how: signal.Signals, words: str
) -> None:
    _died(tmp_path, how)

    report = crash.fatal_report()

    assert report is not None
    said = report.read_text()
    assert words in said
    assert f"start.py:{DYING[: DYING.index('    os.kill')].count(chr(10)) + 1} in ana_novak_draws" in said
    assert str(tmp_path) not in said
    assert "ana/" not in said
    assert list(crash.crash_folder().iterdir()) == [report]
    assert crash.fatal_report() is None


def test_a_process_that_ends_by_itself_leaves_no_note(tmp_path: Path) -> None:
    _died(tmp_path, 0)

    assert list(crash.crash_folder().iterdir()) == []


def test_the_note_of_a_killed_process_is_swept_up(tmp_path: Path) -> None:
    _died(tmp_path, signal.SIGKILL)
    (note,) = crash.crash_folder().iterdir()

    assert crash.fatal_report() is None
    assert not note.exists()


def test_a_program_that_runs_for_days_keeps_its_note_and_still_leaves_a_report() -> None:
    waits = DYING.replace("    os.kill", "    print(flush=True), sys.stdin.readline()\n    os.kill")
    long_day = subprocess.Popen(
        [sys.executable, "-c", waits, str(int(signal.SIGSEGV))],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert long_day.stdout is not None
    long_day.stdout.readline()
    (note,) = crash.crash_folder().iterdir()
    os.utime(note, (0, 0))

    assert crash.fatal_report() is None
    assert note.exists()
    long_day.communicate(b"\n", timeout=20)

    report = crash.fatal_report()
    assert report is not None
    assert "Segmentation fault" in report.read_text()


def test_a_place_outside_of_all_modules_is_its_file_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", ["/home", *sys.path])
    error = _compiled("/home/ana/plans/novak.py")

    report = crash.report_of(error)

    assert "novak.py:1" in report
    assert "ana" not in report


def _compiled(filename: str) -> BaseException:
    try:
        exec(compile("1 / 0", filename, "exec"))
    except ZeroDivisionError as error:
        return error
    raise AssertionError
