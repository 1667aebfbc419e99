"""What SocNetV counts in a file: opens it under a virtual screen and reads its panel as a screen reader does.

    python -m checks.socnetv FILE [--picture PNG]

Prints two numbers, nodes and arcs, as the program shows them when the file is loaded. Ends with 2 if a
tool is not installed, with 1 if the file was not loaded within a minute.

Needs (Debian): socnetv xvfb at-spi2-core dbus-daemon dbus-x11 python3-pyatspi; imagemagick for a picture.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

HERE = Path(__file__).resolve()
SYSTEM_PYTHON = "/usr/bin/python3"  # pyatspi is a package of the system, not of the environment
SOCKETS = Path("/tmp/.X11-unix")
PATIENCE = 60.0  # seconds until the counts have to be there
STILL = 1.5  # seconds for which they do not change any more
TOOLS = ("socnetv", "dbus-run-session", "Xvfb", SYSTEM_PYTHON)


def main(arguments: list[str]) -> int:
    """Choose the part to play; see the docstring."""
    match arguments:
        case ["--inside", screen, file, *picture]:
            return inside(screen, file, picture)
        case ["--read"]:
            return read()
        case [file, *rest] if rest in ([], ["--picture", *rest[1:]]):
            if missing():
                print(f"not installed: {', '.join(missing())}")
                return 2
            found = counts(Path(file), Path(rest[1]) if rest else None)
            print("not loaded" if found is None else f"{found[0]} nodes, {found[1]} arcs")
            return 0 if found is not None else 1
    print(__doc__)
    return 2


def missing() -> list[str]:
    """The tools that are not there."""
    found = [tool for tool in TOOLS if shutil.which(tool) is None]
    if not found and subprocess.run([SYSTEM_PYTHON, "-c", "import pyatspi"], check=False).returncode:
        found.append("python3-pyatspi")
    return found


def counts(path: Path, picture: Path | None = None) -> tuple[int, int] | None:
    """Nodes and arcs as SocNetV counts them; None if it does not load the file."""
    taken = {each.name for each in SOCKETS.glob("X*")}
    screen = next(f":{number}" for number in range(90, 1_000) if f"X{number}" not in taken)
    command = ["dbus-run-session", "--", sys.executable, str(HERE), "--inside", screen, str(path)]
    command += [str(picture)] if picture is not None else []
    done = subprocess.run(command, check=False, timeout=4 * PATIENCE, capture_output=True, text=True)
    last = done.stdout.strip().splitlines()[-1:] if done.returncode == 0 else []
    nodes, arcs = json.loads(last[0]) if last else (0, 0)
    return (nodes, arcs) if last else None


def inside(screen: str, file: str, picture: list[str]) -> int:
    """Within the session bus: start the screen, the program, and the client that reads it."""
    started: list[subprocess.Popen[bytes]] = []
    quiet = subprocess.DEVNULL
    with tempfile.TemporaryDirectory(prefix="orgmap-socnetv-") as home:
        environment = os.environ | {
            "DISPLAY": screen,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "HOME": home,  # nothing of what was opened before, and no socket of a bus that is gone
            "XDG_RUNTIME_DIR": home,
        }
        try:
            server = ["Xvfb", screen, "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
            started.append(subprocess.Popen(server, stderr=quiet))
            end = time.monotonic() + PATIENCE
            while not (SOCKETS / f"X{screen[1:]}").exists() and time.monotonic() < end:
                time.sleep(0.05)
            started.append(subprocess.Popen(["socnetv", file], env=environment, stdout=quiet, stderr=quiet))
            client = [SYSTEM_PYTHON, str(HERE), "--read"]
            result = subprocess.run(client, env=environment, check=False, timeout=2 * PATIENCE).returncode
            if picture:
                subprocess.run(["import", "-window", "root", picture[0]], env=environment, check=False)
            return result
        finally:
            for process in reversed(started):
                process.terminate()
                process.wait(timeout=10)


def read() -> int:
    """The client, run by the system's Python: agree to the encoding, then wait for counts that stay."""
    import pyatspi

    end = time.monotonic() + PATIENCE
    agreed, before, since = False, (0, 0), time.monotonic()
    while time.monotonic() < end:
        try:
            agreed, found = _looked(pyatspi, agreed)
        except RuntimeError:  # something went while it was looked at
            time.sleep(0.2)
            continue
        if found != before:
            before, since = found, time.monotonic()
        if agreed and before != (0, 0) and time.monotonic() - since > STILL:
            print(json.dumps(before))
            return 0
        time.sleep(0.2)
    return 1


def _looked(pyatspi: ModuleType, agreed: bool) -> tuple[bool, tuple[int, int]]:
    items = list(_items(pyatspi))
    if not agreed:
        agreed = any(_pressed(item) for item in items if item.name == "OK")
    return agreed, _counts([item.name for item in items if item.getRoleName() == "label"])


def _counts(labels: list[str]) -> tuple[int, int]:
    """What stands behind "Nodes:" and the line below it, which is of arcs or edges, first of all there."""
    try:
        at = labels.index("Nodes:")
        return int(labels[at + 1]), int(labels[at + 3])
    except (ValueError, IndexError):
        return 0, 0


def _pressed(item: Any) -> bool:  # noqa: ANN401 - of pyatspi, which has no types
    try:
        return bool(item.queryAction().doAction(0))
    except (NotImplementedError, RuntimeError):
        return False


def _items(pyatspi: ModuleType) -> Iterator[Any]:
    """Everything the programs of this desktop show."""
    waiting = list(reversed(list(pyatspi.Registry.getDesktop(0))))
    while waiting:
        item = waiting.pop()
        if item is not None:
            yield item
            waiting += reversed(list(item))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
