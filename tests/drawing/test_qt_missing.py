"""A missing system library is answered with the line that installs it."""

from __future__ import annotations

from orgmap.drawing.qt_missing import explain, missing


def test_the_library_and_the_remedy_are_named() -> None:
    error = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")

    words = explain(error)

    assert "libEGL.so.1" in words
    assert "apt-get install -y --no-install-recommends" in words
    for package in ("libgl1", "libegl1", "libxkbcommon0", "libdbus-1-3", "libfontconfig1", "libglib2.0-0"):
        assert package in words


def test_it_can_be_raised_as_an_error_of_the_user() -> None:
    error = missing(ImportError("libGL.so.1: cannot open shared object file"))

    assert error.hint is not None
    assert "libgl1" in str(error.hint)
