"""Crash the real window in every way there is, and reopen it: is the work there, and nobody named?

    python -m checks.crashed [--only KIND,...]

Each time the program opens a map full of markers, by way of a path with a marker in it, somebody is
added, and then it falls: an exception in a slot, in painting, in a thread, a hundred in a row; or the
process itself ends, by SIGSEGV, SIGABRT or SIGKILL. After an exception there has to be one question;
"Start again with my work" is pressed, and the process that comes has to have the map with the edit. After
the end of a process the next start has to offer the map, and to have it as it was when that is pressed.
No report may hold a marker.

Ends with 0 if all that held, else with 1 and what was wrong. Needs a system with POSIX signals.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from orgmap.files import journal, native
from orgmap.files.claims import claim_file
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import Node, NodeId
from orgmap.ui.app import run
from orgmap.ui.canvas.view import CanvasView
from orgmap.ui.main_window import MainWindow

ROOT = Path(__file__).parent.parent
MARK = "Zyxw"
ADDED = f"{MARK}added"
RAISED = ("slot", "paint", "thread", "storm")
ENDED = {"segv": signal.SIGSEGV, "abort": signal.SIGABRT, "kill": signal.SIGKILL}
WITHIN = 60.0  # seconds for each step on a busy machine
STORM = 100  # exceptions in a row


def marked() -> Document:
    """A map in which every word is a marker."""
    ids = [NodeId(f"{MARK}{n}") for n in range(5)]
    nodes = {
        key: Node(
            id=key, name=f"{MARK}name{n}", title=f"{MARK}title", notes=f"{MARK}notes", x=90.0 * n, y=0.0
        )
        for n, key in enumerate(ids)
    }
    document = Document(nodes=nodes)
    return replace(document, info=replace(document.info, title=f"{MARK}map", purpose=f"{MARK}purpose"))


class Driver(QObject):
    """In the process that falls or that comes after: looks every few milliseconds what there is to do."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self._step: Callable[[MainWindow], None] = self._edit
        if kind == "reopen":
            self._step = self._reopen
        self._clock = QTimer(self, interval=20)
        self._clock.timeout.connect(self._look)
        self._clock.start()

    def _look(self) -> None:
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]
        if windows:
            self._step(windows[0])

    def _edit(self, window: MainWindow) -> None:
        if window.on_start_page:
            return
        change, _ = edits.add_node(window.session.document, ADDED, (0.0, 200.0))
        window.session.edit(verbatim("Add"), change)
        self._step = self._written
        self._due = monotonic() + (1.0 if self._kind in ENDED else 0.0)  # a killed one may lose a second

    def _written(self, window: MainWindow) -> None:
        if monotonic() > self._due:
            self._step = self._ask if self._kind in RAISED else self._wait
            self._fall(window)

    def _fall(self, window: MainWindow) -> None:
        if self._kind in ENDED:
            os.kill(os.getpid(), ENDED[self._kind])
        elif self._kind == "thread":
            threading.Thread(target=_failed, args=(window.session.document,)).start()
        elif self._kind == "paint":
            setattr(CanvasView, "_paint", _painted)  # noqa: B010 - a fault is put in
            window.canvas.update()
        else:
            for _ in range(STORM if self._kind == "storm" else 1):
                QTimer.singleShot(0, self._failing)

    def _failing(self) -> None:
        _failed(marked())

    def _ask(self, _window: MainWindow) -> None:
        asked = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]
        if asked:
            print(json.dumps({"asked": len(asked)}), flush=True)
            self._step = self._wait
            again = next(b for b in asked[0].findChildren(QPushButton) if "Start again" in b.text())
            again.click()

    def _wait(self, _window: MainWindow) -> None:
        pass

    def _reopen(self, window: MainWindow) -> None:
        offers = [b for b in window.notices.findChildren(QPushButton) if b.text() == "Reopen it"]
        if offers:
            offers[0].click()
            self._step = self._reopened

    def _reopened(self, window: MainWindow) -> None:
        names = [node.name for node in window.session.document.nodes.values()]
        if names:
            print(json.dumps({"names": names, "modified": window.session.modified}), flush=True)
            self._step = self._wait
            os.kill(os.getpid(), signal.SIGTERM)


def _failed(document: Document) -> None:
    """An exception with names in its message, in its locals and in where it came from."""
    name = next(iter(document.nodes.values())).name
    try:
        raise KeyError(name)
    except KeyError as error:
        raise RuntimeError(f"nobody is called {name}") from error


def _painted(_view: CanvasView, _painter: object) -> None:
    _failed(marked())


class Run:
    """One crash in a folder of its own."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind = kind
        self.folder = folder / f"{MARK}user"
        lib = self.folder / "lib"
        lib.mkdir(parents=True)
        for name in ("orgmap", "resources", "checks"):
            (lib / name).symlink_to(ROOT / name)
        self.path = self.folder / f"{MARK}plan.orgmap"
        native.save(marked(), self.path)
        self.env = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")} | {
            "HOME": str(self.folder),
            "USER": f"{MARK}user",
            "PYTHONPATH": str(lib),
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
            "PYTHONFAULTHANDLER": "",
            **{f"XDG_{name}_HOME": str(self.folder / name) for name in ("CONFIG", "STATE", "CACHE", "DATA")},
        }

    def wrong(self) -> list[str]:
        """What was not as it has to be."""
        first = self._child(self.kind, str(self.path))
        found = self._after_exception(first) if self.kind in RAISED else self._after_end(first)
        reports = sorted((self.folder / "STATE" / "orgmap" / "crashes").iterdir())
        if not any(path.suffix == ".txt" for path in reports) and self.kind != "kill":
            found.append("there is no report")
        found += [f"{path.name} holds a marker" for path in reports if MARK in path.read_text()]
        found += [
            f"{path.name} is no report" for path in reports if path.suffix != ".txt" and path.read_text()
        ]
        if native.load(self.path) != marked():
            found.append("the file was written over")
        return found

    def _after_exception(self, first: subprocess.Popen[str]) -> list[str]:
        out, _ = first.communicate(timeout=WITHIN)
        found = [] if first.returncode == 0 else [f"it ended with {first.returncode}"]
        if out.split("\n") != ['{"asked": 1}', ""]:
            found.append(f"the questions: {out!r}")
        pid = self._successor(first.pid)
        if pid is None:
            return [*found, "nobody started again"]
        names = self._in_journal()
        os.kill(pid, signal.SIGTERM)
        if ADDED not in names:
            found.append(f"what was reopened is {names}")
        return found

    def _after_end(self, first: subprocess.Popen[str]) -> list[str]:
        first.communicate(timeout=WITHIN)
        found = [] if first.returncode == -ENDED[self.kind] else [f"it ended with {first.returncode}"]
        second = self._child("reopen")
        out, _ = second.communicate(timeout=WITHIN)
        told = json.loads(out or "{}")
        if ADDED not in told.get("names", []) or not told.get("modified"):
            found.append(f"what was reopened is {told}")
        return found

    def _successor(self, before: int) -> int | None:
        """The process that has the map open now."""
        limit = monotonic() + WITHIN
        while monotonic() < limit:
            try:
                pid = int(json.loads(claim_file(self.path).read_text())["pid"])
                if pid != before and self._in_journal():
                    return pid
            except (OSError, ValueError, KeyError):
                pass
            sleep(0.05)
        return None

    def _in_journal(self) -> list[str]:
        files = sorted((self.folder / "STATE" / "orgmap" / "journals").glob("*.journal"))
        return [node.name for node in journal.restored(files[-1]).document.nodes.values()] if files else []

    def _child(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "checks.crashed", "--inside", *words],
            env=self.env,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )


def main(argv: Sequence[str] | None = None) -> int:
    """Crash in each way and say what was found."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["--inside"]:
        app = QApplication(["orgmap"])
        driver = Driver(words[1])
        driver.setParent(app)
        return run(words[2:])
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", default=",".join((*RAISED, *ENDED)))
    kinds = parser.parse_args(words).only.split(",")
    bad = 0
    for kind in kinds:
        folder = Path(tempfile.mkdtemp(prefix="orgmap-crashed-"))
        found = Run(kind, folder).wrong()
        shutil.rmtree(folder, ignore_errors=True)
        bad += bool(found)
        print(f"{kind}: {'; '.join(found) or 'as it has to be'}", flush=True)
    print(f"{len(kinds)} crashes, {bad} went wrong")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
