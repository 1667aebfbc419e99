"""Twice the text on a small screen: everything fits (row 82); every screen: `checks.small_screens`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.small_screen import WITHIN, walked


@pytest.mark.timeout(WITHIN + 20)
def test_at_twice_the_text_every_page_and_dialog_fits_a_screen_of_800_by_600(tmp_path: Path) -> None:
    code, told = walked("test_pages_and_dialogs", 3, tmp_path)

    assert code == 0, told[-6_000:]
