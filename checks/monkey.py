"""Ten thousand random gestures at the real window: does anything break, stay behind or get lost?

    python -m checks.monkey [--gestures 10000] [--seed 1] [--file MAP.orgmap]

Clicks, drags, wheels, touches and types at random places of the window, fills tables and fields, pastes
whatever, looks through palette and history, changes themes, languages and sizes, uses every action of the
table that does not end the program or leave it for a printer, and answers whatever is asked with Esc, or
with some button of it. Between episodes of some hundred gestures it undoes everything (the map has to be
what was opened), does everything again (it has to be what was left), saves, and opens the file (it has to
be the same map once more).

Ends with 0 if no exception came up, Qt warned of nothing, every document was sound and every comparison
held, and the window holds no more objects of any kind at the end than after the first
episode; else with 1 and
what was wrong, with the gestures that led there. Takes some minutes and no foreign program. The tests
hold a seeded sample of it.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import warnings
from collections import Counter, deque
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QWidget

from checks.monkey_census import Census
from checks.monkey_hands import Hands
from checks.watched import watched
from orgmap.files import native
from orgmap.model.document import Document, difference, problems
from orgmap.ui.app import Program
from orgmap.ui.collecting import Collecting
from orgmap.ui.jobs import Task
from orgmap.ui.main_window import MainWindow
from orgmap.ui.settings import Settings

EPISODE = 250  # gestures between two reopenings
PATIENCE = 60.0  # seconds for a file or the worker
REMEMBERED = 25  # gestures told when something broke
DETAIL = 1_500  # letters told of how two maps differ
ANSWERED = 0.3  # share of questions and dialogs in which something is pressed before Esc


class BrokenError(AssertionError):
    """Something is not as it has to be."""


class Monkey:
    """One window and somebody who does anything at all with it, the same for the same seed.

    `troubles`: exceptions and warnings of Qt met so far, in words. `census`: what lives in the window.
    """

    def __init__(self, window: MainWindow, seed: int, folder: Path) -> None:
        self.window = window
        self.chance = random.Random(seed)
        self.path = folder / "monkey.orgmap"
        self.troubles: list[str] = []
        self.done: Counter[str] = Counter()
        self.trail: deque[str] = deque(maxlen=REMEMBERED)
        self.opened = window.session.document
        self.reopened = 0
        self.hands = Hands(window, self.chance, folder, self.trail.append)
        self.census = Census(window, self.hands.plan, self.settle, self._until)
        window.session.opened.connect(self._on_opened)

    def live(self, gestures: int, episode: int = EPISODE, *, counting: bool = False) -> None:
        """Do so many gestures, with a reopening after each episode. Raises BrokenError."""
        for number in range(gestures):
            self.gesture()
            self.check()
            if (number + 1) % episode == 0 or number + 1 == gestures:
                self.reopen(counting=counting)

    def gesture(self) -> None:
        """Do one thing, and answer what is asked."""
        doing = self.hands.choose() if self.chance.random() > 0.004 else self.open_again
        self.done[doing.__name__] += 1
        doing()
        self.settle()

    def check(self) -> None:
        """Is everything as it has to be?"""
        if self.troubles:
            raise BrokenError(self._told(self.troubles[0]))
        wrong = problems(self.window.session.document)
        if wrong:
            raise BrokenError(self._told(f"the document is not sound: {wrong[0]}"))

    def open_again(self) -> None:
        """Save beside, and open that file in the midst of whatever is under way."""
        self.trail.append("open the map in the midst of it")
        session = self.window.session
        left = session.document
        native.save(left, self.path)
        session.open(native.load(self.path), self.path)
        self._same(session.document, left, "the file holds another map than was saved")
        self.settle()
        self._same(session.document, left, "what belonged to the map before came to this one")

    def reopen(self, *, counting: bool = False) -> None:
        """Undo everything, redo everything, save, open, and compare."""
        self.leave_everything()
        session = self.window.session
        left = session.document
        undone = 0
        while session.history.undo_label is not None:
            session.undo()
            undone += 1
        if session.history.complete:
            self._same(session.document, self.opened, "after undoing all, the map is not what was opened")
        for _ in range(undone):
            session.redo()
        self._same(session.document, left, "after redoing all, the map is not what was left")
        self.settle()
        native.save(left, self.path)
        if counting:
            self.census.count()
        session.open(Document())
        self.window.open_path(self.path)
        self._until(lambda: session.path == self.path)
        self._same(session.document, left, "the file holds another map than was saved")
        self.reopened += 1
        self.check()

    def settle(self) -> None:
        """Let the window do what it has to, close others, and answer what is asked: mostly with Esc."""
        QApplication.processEvents()
        for other in [each for each in self._tops() if isinstance(each, MainWindow)]:
            other.close()
            self.window.activateWindow()
        for _ in range(20):
            popup = QApplication.activePopupWidget()
            asking = popup or next((w for w in self._tops() if isinstance(w, QDialog)), None)
            if asking is None:
                break
            if popup is not None and self.chance.random() < 0.5:
                for _ in range(self.chance.randrange(6)):
                    QTest.keyClick(popup, Qt.Key.Key_Down)
                QTest.keyClick(popup, Qt.Key.Key_Return)
            elif isinstance(asking, QDialog):
                self._answer(asking)
            else:
                asking.close()
            QApplication.processEvents()
        else:
            raise BrokenError(self._told("something does not go away with Esc"))

    def leave_everything(self) -> None:
        """End what is being typed or dragged, and let what is under way come to its end."""
        self.settle()
        self.window.room.pages.show_page("map")
        self.window.canvas.setFocus()
        for _ in range(6):
            QTest.keyClick(self.window.canvas, Qt.Key.Key_Escape)
        room = self.window.room
        self._until(lambda: not (room.arranger.gliding or room.analyst.placing))
        self._until(lambda: not self.window.findChildren(Task))
        self.settle()

    # -- inside -------------------------------------------------------------------------------

    def _answer(self, dialog: QDialog) -> None:
        """Press a thing or two of a dialog, then Esc. In one for files, Esc alone: it is a real disk."""
        if not isinstance(dialog, QFileDialog) and self.chance.random() < ANSWERED:
            for _ in range(self.chance.randrange(1, 4)):
                parts = dialog.findChildren(QWidget)
                usable = [w for w in parts if w.isVisible() and w.isEnabled() and w.size().isValid()]
                buttons = [w for w in usable if isinstance(w, QAbstractButton)]
                part = self.chance.choice(buttons if buttons and self.chance.random() < 0.6 else usable)
                self.trail.append(
                    f"  in {type(dialog).__name__}: press {type(part).__name__} {part.objectName()}"
                )
                self.hands.press(part)
                if not dialog.isVisible() or QApplication.activePopupWidget() is not None:
                    return
        dialog.reject()

    def _tops(self) -> Iterator[QWidget]:
        return (w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not self.window)

    def _until(self, true: Callable[[], bool]) -> None:
        begun = monotonic()
        while not true():
            QApplication.processEvents()
            if self.troubles or monotonic() - begun > PATIENCE:
                self.check()
                raise BrokenError(self._told("it does not come to an end"))

    def _same(self, found: Document, wanted: Document, words: str) -> None:
        if found != wanted:
            other = repr(difference(wanted, found))[:DETAIL]
            raise BrokenError(self._told(f"{words}: {other}"))

    def _told(self, words: str) -> str:
        return "\n  ".join([words, f"after {sum(self.done.values())} gestures, the last:", *self.trail])

    def _on_opened(self) -> None:
        self.opened = self.window.session.document


def main(arguments: list[str]) -> int:
    """Let the monkey live; see the docstring."""
    parser = argparse.ArgumentParser(description="Random gestures at the real window.")
    parser.add_argument("--gestures", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--file", type=Path, help="a map to begin with; without it an empty one")
    options = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
            os.environ[variable] = str(folder / variable.lower())
        program = Program(QApplication([]), Settings(folder / "settings.ini"))
        collecting = Collecting(program)
        window = program.open_window()
        window.resize(1280, 800)
        monkey = Monkey(window, options.seed, folder)
        begun = monotonic()
        wrong = ""
        try:
            with warnings.catch_warnings(action="error"), watched(monkey.troubles.append):
                monkey.census.warm()
                window.session.open(native.load(options.file) if options.file else Document())
                monkey.live(options.gestures, counting=True)
        except BrokenError as error:
            wrong = str(error)
        took = monotonic() - begun
        print(f"{sum(monkey.done.values())} gestures in {took:.0f} s: {dict(monkey.done)}")
        print(f"objects after each episode: {monkey.census.sums}")
        grown = monkey.census.grown()
        if grown and not wrong:
            wrong = "\n  ".join(["there are more and more of these after each episode:", *grown])
        window.session.open(Document())
        QApplication.clipboard().clear()
        window.close()
        collecting.close()
        if wrong:
            print(wrong, file=sys.stderr)
        return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
