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

    paths = [crash.save_report(error) for _ in range(crash.MOST_REPORTS + 5)]

    kept = sorted(crash.crash_folder().iterdir())
    assert len(kept) == crash.MOST_REPORTS
    assert kept[-1] == paths[-1]


def test_a_report_that_cannot_be_written_is_no_second_error(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = tmp_path_factory.mktemp("state") / "file"
    in_the_way.write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(in_the_way))

    assert crash.save_report(_failed("Ana")) is None
