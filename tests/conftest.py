"""What every test stands on: a screen that is not there, and a settings folder of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_ACCESSIBILITY", "1")

DATASETS = Path(__file__).parent.parent.parent / "shared" / "datasets"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, state and cache of a test never touch those of the person who runs it."""
    base = tmp_path_factory.mktemp("home")
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(base / name.lower()))


@pytest.fixture
def datasets() -> Path:
    """Real organizations, where they are present."""
    if not DATASETS.is_dir():
        pytest.skip("the data sets are not beside this checkout")
    return DATASETS
