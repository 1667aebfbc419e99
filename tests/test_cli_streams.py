"""Standard input, output and error; being told to stop; a terminal that knows only ASCII."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orgmap.__main__ import main
from orgmap.commands import interrupts, output
from orgmap.files import native
from tests.program import environment, orgmap
from tests.words import TEST_ORGANIZATION, org


@pytest.fixture
def company(tmp_path: Path) -> Path:
    """The nine people with known numbers, in a file."""
    path = tmp_path / "company.orgmap"
    native.save(TEST_ORGANIZATION, path)
    return path


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A table that takes seconds to analyse: 6,000 people, 48,000 lines."""
    path = tmp_path / "large.csv"
    rows = [f"p{i},p{(i + k * k * 31 + k) % 6_000}" for i in range(6_000) for k in range(1, 9)]
    path.write_text("from,to\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_results_go_to_standard_output_and_nothing_to_standard_error(company: Path) -> None:
    ended = orgmap("analyze", company)

    assert (ended.code, ended.err) == (0, "")
    assert "Answers hardly get back" in ended.out


def test_a_map_can_come_in_on_standard_input(company: Path) -> None:
    from_file = json.loads(orgmap("analyze", company, "--json").out)

    from_stdin = json.loads(orgmap("analyze", "-", "--json", stdin=company.read_bytes()).out)

    assert from_stdin == from_file | {"file": "-"}


def test_a_table_can_come_in_on_standard_input() -> None:
    ended = orgmap("analyze", "-", "--json", stdin=b"from,to\nana,ben\nben,cy\n")

    assert [person["id"] for person in json.loads(ended.out)["people"]] == ["ana", "ben", "cy"]


def test_empty_standard_input_is_said() -> None:
    ended = orgmap("analyze", "-")

    assert (ended.code, ended.out) == (2, "")
    assert len(ended.err.splitlines()) == 1


def test_standard_input_cannot_be_two_files() -> None:
    ended = orgmap("analyze", "-", "--people", "-", stdin=b"from,to\na,b\n")

    assert (ended.code, ended.out) == (2, "")
    assert "only once" in ended.err


def test_a_map_can_go_out_on_standard_output(company: Path, tmp_path: Path) -> None:
    ended = orgmap("layout", company, "-")

    again = tmp_path / "again.orgmap"
    again.write_text(ended.out, encoding="utf-8")
    assert (ended.code, ended.err) == (0, "")
    assert all(node.x is not None for node in native.load(again).nodes.values())


def test_a_map_can_come_in_and_go_out_on_the_standard_streams(company: Path) -> None:
    ended = orgmap("convert", "-", "-", stdin=company.read_bytes())

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.encode() == company.read_bytes()


def test_the_table_of_people_that_has_no_place_on_standard_output_is_a_loss(company: Path) -> None:
    ended = orgmap("convert", company, "-", "--as", "csv")

    assert ended.code == 3
    assert "The people and modules, which stand in a second table, are not kept" in ended.err


def test_a_reader_that_goes_away_is_no_error(company: Path) -> None:
    command = [sys.executable, "-m", "orgmap", "analyze", str(company), "--json"]

    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        told = running.stderr.read()
        code = running.wait(timeout=30)

    assert (code, told) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only where there is a full device")
def test_a_full_disk_behind_standard_output_is_said(company: Path) -> None:
    command = [sys.executable, "-m", "orgmap", "analyze", str(company)]

    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment(), check=False)

    assert ended.returncode == 2
    assert b"could not be written" in ended.stderr
    assert b"Traceback" not in ended.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_being_told_to_stop_ends_the_work_within_a_second_and_quietly(
    large: Path, tmp_path: Path, number: signal.Signals
) -> None:
    before = sorted(tmp_path.iterdir())
    command = [sys.executable, "-m", "orgmap", "analyze", str(large), "--json"]
    code = (
        "import sys\nfrom orgmap.analysis import registry\nfrom orgmap.__main__ import main\n"
        "run = registry.run\n"
        "def told(*words, **named):\n    print('analysing', flush=True)\n    return run(*words, **named)\n"
        f"registry.run = told\nsys.exit(main({command[3:]!r}))"
    )

    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() == b"analysing\n"
        running.send_signal(number)
        asked = time.monotonic()
        ended = running.wait(timeout=30)
        took = time.monotonic() - asked
        told = running.stdout.read() + running.stderr.read()

    assert ended == -number
    assert took < 1.0
    assert told == b""
    assert sorted(tmp_path.iterdir()) == before


def test_being_told_to_stop_while_writing_clears_away_what_was_begun(
    company: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.orgmap"
    out.write_bytes(b"what was there")
    fsync = os.fsync

    def stopped(descriptor: int) -> None:
        fsync(descriptor)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(os, "fsync", stopped)
    code = main(["layout", str(company), str(out)])

    assert code == 128 + signal.SIGINT
    assert out.read_bytes() == b"what was there"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["company.orgmap", "out.orgmap"]
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("words", [("picture", "out.png"), ("picture", "out.pdf"), ("convert", "out.svg")])
def test_being_told_to_stop_while_drawing_ends_the_drawing_at_once_and_leaves_what_was_there(
    words: tuple[str, str], company: Path, tmp_path: Path
) -> None:
    command, out = words[0], tmp_path / words[1]
    out.write_bytes(b"what was there")
    code = (
        "import sys\nfrom orgmap.drawing import inking\nfrom orgmap.__main__ import main\n"
        "painted = inking.painted\n"
        "def painting_on(sheet):\n    print('drawing', flush=True)\n"
        "    while True:\n        list(painted(sheet))\n"
        "    yield\n"
        f"inking.painted = painting_on\nsys.exit(main({[command, str(company), str(out)]!r}))"
    )

    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() == b"drawing\n"
        running.send_signal(signal.SIGINT)
        asked = time.monotonic()
        ended = running.wait(timeout=30)
        took = time.monotonic() - asked
        told = running.stdout.read() + running.stderr.read()

    assert ended == -signal.SIGINT
    assert took < 1.0
    assert told == b""
    assert sorted(tmp_path.iterdir()) == [company, out]
    assert out.read_bytes() == b"what was there"


@pytest.mark.usefixtures("qapp")
def test_being_told_to_stop_while_a_picture_is_written_clears_away_what_was_begun(
    company: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.svg"
    out.write_bytes(b"what was there")
    fsync = os.fsync

    def stopped(descriptor: int) -> None:
        fsync(descriptor)
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(os, "fsync", stopped)
    code = main(["picture", str(company), str(out)])

    assert code == 128 + signal.SIGTERM
    assert out.read_bytes() == b"what was there"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["company.orgmap", "out.svg"]
    assert capsys.readouterr() == ("", "")


def test_the_handlers_of_signals_are_put_back() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]

    with interrupts.at_once(), interrupts.tidily():
        pass

    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


def test_a_terminal_that_knows_only_ascii_is_given_plain_signs(tmp_path: Path) -> None:
    path = tmp_path / "map.orgmap"
    native.save(org("José > Zoë, José > Łukasz, José > 李", title="Größe → klein"), path)

    ended = orgmap("analyze", path, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})

    assert ended.code == 0
    assert ended.out.isascii()
    assert ended.out.startswith("Groe -> klein") or ended.out.startswith("Gro\\u00dfe -> klein")
    assert "Jose" in ended.out


def test_a_locale_without_utf_8_is_drawn_in_without_a_word(tmp_path: Path) -> None:
    native.save(org("Žofia <> Ben"), tmp_path / "plan.orgmap")

    ended = orgmap("picture", "plan.orgmap", "plan.svg", env={"LC_ALL": "C"}, folder=tmp_path)

    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert "Žofia" in (tmp_path / "plan.svg").read_text("utf-8")


def test_signs_that_could_move_the_cursor_are_not_printed(tmp_path: Path) -> None:
    path = tmp_path / "map.orgmap"
    native.save(org("a > b, a > c, a > d", title="one\x1b[2Jtwo\u202ethree\nfour"), path)

    ended = orgmap("analyze", path)

    first = ended.out.splitlines()[0]
    assert first.endswith("[2Jtwothree four")
    assert not {"\x1b", "\u202e"} & set(ended.out)


def test_a_message_is_one_line_whatever_the_name_of_a_file_holds(tmp_path: Path) -> None:
    ended = orgmap("analyze", tmp_path / "no\n\x1b[2Jsuch.csv")

    assert ended.code == 2
    assert len(ended.err.splitlines()) == 1
    assert "\x1b" not in ended.err


def test_a_bug_is_a_short_message_and_a_report_without_names(
    company: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("Ana Novak")

    monkeypatch.setattr("orgmap.analysis.registry.run", broken)
    code = main(["analyze", str(company)])

    told = capsys.readouterr().err
    report = Path(told.split(" is in ")[1].strip().rstrip("."))
    assert code == 1
    assert "Traceback" not in told
    assert "builtins.KeyError" in report.read_text(encoding="utf-8")
    assert "Ana" not in report.read_text(encoding="utf-8")


def test_text_is_as_wide_as_the_terminal_within_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    narrow = output.width()
    monkeypatch.setenv("COLUMNS", "9")
    tiny = output.width()
    monkeypatch.setenv("COLUMNS", "900")
    wide = output.width()

    assert (narrow, tiny, wide) == (72, 40, 100)
