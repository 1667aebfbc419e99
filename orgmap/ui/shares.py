"""Small questions to a disk that may not answer, as a share that hangs: nobody waits for long."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

PATIENCE = 0.035  # seconds for the first folder that does not answer, a quarter for each after it:
# all of them together keep the window for less than a twentieth of a second

_silent: dict[Path, threading.Thread] = {}  # folders that did not answer, with the thread that still asks


def there(path: Path) -> bool:
    """Is the file on disk? A folder that may not be looked into or does not answer counts as no."""
    return _answer(path.is_file, path.parent)


def folder_there(folder: Path) -> bool:
    """Is this a folder? One that does not answer counts as no."""
    return _answer(folder.is_dir, folder)


def _answer(ask: Callable[[], bool], folder: Path) -> bool:
    before = _silent.get(folder)
    if before is not None and before.is_alive():
        return False  # asked once is enough
    _silent.pop(folder, None)
    answers: list[bool] = []

    def work() -> None:
        try:
            answers.append(ask())
        except OSError:
            answers.append(False)

    thread = threading.Thread(target=work, name="asking", daemon=True)
    thread.start()
    thread.join(PATIENCE / 4 ** sum(each.is_alive() for each in _silent.values()))
    if not answers:
        _silent[folder] = thread
    return bool(answers and answers[0])
