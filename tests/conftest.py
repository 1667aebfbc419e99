"""What every test stands on: a screen that is not there, a settings folder of its own, garbage in order.

Python collects garbage in whichever thread allocates, and with it destroys widgets: Qt crashes then. The
program keeps it in the thread of the interface (`orgmap.ui.collecting`). Here, too, there are threads
beside a test: pytest-timeout starts one for each, xdist has one that listens.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_ACCESSIBILITY", "1")

DATASETS = Path(__file__).parent.parent.parent / "shared" / "datasets"


def pytest_configure() -> None:
    """From here on garbage is collected only where it is asked for, which is between two tests."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Modules and tests stay to the end: no collection need look through these 300,000 objects again."""
    gc.collect()
    gc.freeze()


def pytest_runtest_logfinish() -> None:
    """Collect the generations that are due."""
    counted = zip(gc.get_count(), gc.get_threshold(), strict=True)
    due = [generation for generation, (count, most) in enumerate(counted) if count > most]
    if due:
        gc.collect(due[-1])


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
