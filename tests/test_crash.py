"""The report of a bug."""

from __future__ import annotations

import pytest

from orgmap import crash


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
