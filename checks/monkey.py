"""Ten thousand random gestures at the real window: does anything break, stay behind or get lost?

    python -m checks.monkey [--gestures 10000] [--seed 1] [--file MAP.orgmap]

Clicks, drags, wheels and types at random places of the window, uses every action of the table that
does not end the program or leave it for a printer, and answers whatever is asked with Esc. Between
episodes of some hundred gestures it undoes everything (the map has to be what was opened), does
everything again (it has to be what was left), saves, and opens the file (it has to be the same map
once more).

Ends with 0 if no exception came up, Qt warned of nothing, every document was sound and every
comparison held, and the window holds no more objects at the end than after the first episodes; else
with 1 and what was wrong, with the gestures that led there. Takes some minutes and no foreign program.
The tests hold a seeded sample of it.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import sys
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

from PySide6.QtCore import (
    QEvent,
    QObject,
    QPoint,
    QPointF,
    Qt,
    QTimer,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from checks.watched import watched
from orgmap.drawing.style import theme
from orgmap.files import native
from orgmap.model.document import Document, problems
from orgmap.ui.main_window import MainWindow
from orgmap.ui.settings import Settings

EPISODE = 250  # gestures between two reopenings
SETTLED = 4  # episodes after which nothing new may stay behind
SPARE = 1.02  # share by which the number of objects may differ: caches, and what a popup left for later
PATIENCE = 60.0  # seconds for a file or the worker
REMEMBERED = 25  # gestures told when something broke
FOREIGN = frozenset({"quit", "close", "print"})  # end the window, or leave it for another program

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
HELD = (NONE, NONE, NONE, NONE, SHIFT, CTRL, ALT, CTRL | SHIFT, ALT | SHIFT)
KEYS = (
    Qt.Key.Key_N, Qt.Key.Key_M, Qt.Key.Key_L, Qt.Key.Key_T, Qt.Key.Key_R, Qt.Key.Key_B, Qt.Key.Key_P,
    Qt.Key.Key_F, Qt.Key.Key_H, Qt.Key.Key_V, Qt.Key.Key_0, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3,
    Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right,
    Qt.Key.Key_F2, Qt.Key.Key_F6, Qt.Key.Key_Space, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageDown,
)  # fmt: skip
WORDS = (
    "Zoe", "R&D", "<b>x</b>", "Ana > Ben: chat daily", "Kim, Lars <> Mina weekly 30m", "@", ">", "=1+1",
    "Zoe @Sales", "Sales needs Product", "Ana knows payroll", "\u05d3\u05e0\u05d4", "12", "0", ", ,", "\t",
)  # fmt: skip


class BrokenError(AssertionError):
    """Something is not as it has to be."""


class Monkey:
    """One window and somebody who does anything at all with it, the same for the same seed.

    `troubles`: exceptions and warnings of Qt met so far, in words.
    """

    def __init__(self, window: MainWindow, seed: int, folder: Path) -> None:
        self.window = window
        self.chance = random.Random(seed)
        self.path = folder / "monkey.orgmap"
        self.troubles: list[str] = []
        self.done: Counter[str] = Counter()
        self.trail: deque[str] = deque(maxlen=REMEMBERED)
        self.counts: list[int] = []
        self.opened = window.session.document
        self._seen: object = None
        window.session.opened.connect(self._on_opened)

    # -- a life -------------------------------------------------------------------------------

    def live(self, gestures: int, episode: int = EPISODE) -> None:
        """Do so many gestures, with a reopening after each episode. Raises BrokenError."""
        for number in range(gestures):
            self.gesture()
            self.check()
            if (number + 1) % episode == 0 or number + 1 == gestures:
                self.reopen()

    def gesture(self) -> None:
        """Do one thing, and answer what is asked."""
        kinds = (
            (self._drag, 26), (self._click, 16), (self._double_click, 7), (self._key, 18), (self._type, 7),
            (self._action, 12), (self._undo, 8), (self._wheel, 4), (self._menu, 3), (self._widget, 8),
            (self._save, 1),
        )  # fmt: skip
        doing = self.chance.choices([kind for kind, _ in kinds], [weight for _, weight in kinds])[0]
        self.done[doing.__name__.strip("_")] += 1
        doing()
        self.settle()

    def check(self) -> None:
        """Is everything as it has to be?"""
        if self.troubles:
            raise BrokenError(self._told(self.troubles[0]))
        wrong = problems(self.window.session.document)
        if wrong:
            raise BrokenError(self._told(f"the document is not sound: {wrong[0]}"))

    def reopen(self) -> None:
        """Undo everything, redo everything, save, open, and compare."""
        self.leave_everything()
        session = self.window.session
        left = session.document
        undone = 0
        while session.history.undo_label is not None:
            session.undo()
            undone += 1
        self._same(session.document, self.opened, "after undoing all, the map is not what was opened")
        for _ in range(undone):
            session.redo()
        self._same(session.document, left, "after redoing all, the map is not what was left")
        self.settle()
        native.save(left, self.path)
        session.open(Document())
        self.window.open_path(self.path)
        self._until(lambda: session.path == self.path)
        self._same(session.document, left, "the file holds another map than was saved")
        self.counts.append(self._count())
        self.check()

    def grown(self) -> str:
        """What stayed behind, in words; empty if nothing did. Asks for more than `SETTLED` episodes."""
        settled = self.counts[SETTLED - 1 :]
        if len(settled) < 2 or settled[-1] <= settled[0] * SPARE:
            return ""
        return f"the window holds more and more objects after each episode: {self.counts}"

    def settle(self) -> None:
        """Let the window do what it has to, and answer with Esc whatever is asked."""
        QApplication.processEvents()
        for _ in range(20):
            popup = QApplication.activePopupWidget()
            asking = popup or next((w for w in self._tops() if isinstance(w, QDialog)), None)
            if asking is None:
                break
            if popup is not None and self.chance.random() < 0.5:
                for _ in range(self.chance.randrange(6)):
                    QTest.keyClick(popup, Qt.Key.Key_Down)
                if not self._leads_away():
                    QTest.keyClick(popup, Qt.Key.Key_Return)
            elif isinstance(asking, QDialog):
                asking.reject()
            else:
                asking.close()
            QApplication.processEvents()
        else:
            raise BrokenError(self._told("something does not go away with Esc"))

    def leave_everything(self) -> None:
        """End what is being typed or dragged."""
        self.settle()
        self.window.canvas.setFocus()
        for _ in range(6):
            QTest.keyClick(self.window.canvas, Qt.Key.Key_Escape)
        self.settle()

    # -- gestures -----------------------------------------------------------------------------

    def _drag(self) -> None:
        canvas = self.window.canvas
        held, button = self.chance.choice(HELD), self.chance.choices((LEFT, MIDDLE), (9, 1))[0]
        start, end = self._pixel(), self._pixel()
        self._tell(f"drag {start.x()},{start.y()} to {end.x()},{end.y()} {held} {button}")
        self._send(canvas, QEvent.Type.MouseButtonPress, start, held, button)
        for share in (0.1, 0.5, 1.0):
            at = start + (end - start) * share
            self._send(canvas, QEvent.Type.MouseMove, at, held, button)
            if self.chance.random() < 0.1:
                QApplication.processEvents()
            if self.chance.random() < 0.06:
                key = self.chance.choice(KEYS)
                self._tell(f"  meanwhile {key}")
                QTest.keyClick(canvas, key)
        self._send(canvas, QEvent.Type.MouseButtonRelease, end, held, button)

    def _click(self) -> None:
        at, held = self._pixel(), self.chance.choice(HELD)
        self._tell(f"click {at.x()},{at.y()} {held}")
        QTest.mouseClick(self.window.canvas, LEFT, held, at)

    def _double_click(self) -> None:
        at = self._pixel()
        self._tell(f"double-click {at.x()},{at.y()}")
        QTest.mouseClick(self.window.canvas, LEFT, NONE, at)
        self._send(self.window.canvas, QEvent.Type.MouseButtonDblClick, at, NONE, LEFT)
        self._send(self.window.canvas, QEvent.Type.MouseButtonRelease, at, NONE, LEFT)

    def _key(self) -> None:
        key, held = self.chance.choice(KEYS), self.chance.choice(HELD)
        if self.chance.random() < 0.7:
            self.window.canvas.setFocus()
        self._tell(f"key {held} {key}")
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)

    def _type(self) -> None:
        words = self.chance.choice(WORDS)
        self._tell(f"type {words!r}")
        for letter in words:
            self._letter(letter)
        if self.chance.random() < 0.7:
            QTest.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_Return)

    def _action(self) -> None:
        usable = [a for e, a in self.window.actions_table if e.id not in FOREIGN and a.isEnabled()]
        if usable:
            action = self.chance.choice(usable)
            self._tell(f"action {action.objectName()}")
            action.trigger()

    def _undo(self) -> None:
        name = "undo" if self.chance.random() < 0.65 else "redo"
        self._tell(name)
        for _ in range(self.chance.choice((1, 1, 1, 2, 5))):
            self.window.actions_table[name].trigger()

    def _wheel(self) -> None:
        canvas, at = self.window.canvas, QPointF(self._pixel())
        turn = QPoint(0, self.chance.choice((-240, -120, 120, 240)))
        self._tell(f"wheel {turn.y()}")
        QApplication.sendEvent(
            canvas,
            QWheelEvent(
                at, canvas.mapToGlobal(at), QPoint(), turn, Qt.MouseButton.NoButton,
                self.chance.choice((NONE, CTRL)), Qt.ScrollPhase.NoScrollPhase, False,
            ),
        )  # fmt: skip

    def _menu(self) -> None:
        canvas, at = self.window.canvas, self._pixel()
        self._tell(f"context menu at {at.x()},{at.y()}")
        reason = self.chance.choice((QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard))
        QApplication.sendEvent(canvas, QContextMenuEvent(reason, at, canvas.mapToGlobal(at)))

    def _widget(self) -> None:
        """Press or fill anything of the window that is not the canvas."""
        kinds = (
            QAbstractButton,
            QLineEdit,
            QComboBox,
            QTabBar,
            QAbstractItemView,
            QPlainTextEdit,
            QAbstractSpinBox,
        )
        usable = [
            child
            for kind in kinds
            for child in self.window.findChildren(kind)
            if child.isVisible() and child.isEnabled() and child.size().isValid()
        ]
        if not usable:
            return
        child = self.chance.choice(usable)
        area = child.viewport() if isinstance(child, QAbstractItemView | QPlainTextEdit) else child
        at = QPoint(self.chance.randrange(max(area.width(), 1)), self.chance.randrange(max(area.height(), 1)))
        self._tell(f"press {type(child).__name__} {child.objectName()} at {at.x()},{at.y()}")
        QTimer.singleShot(0, self._close_popup)  # a button with a menu waits in a loop of its own
        QTest.mouseClick(area, LEFT, NONE, at)
        if self.chance.random() < 0.4:
            self._type()

    def _save(self) -> None:
        self._tell("save")
        if self.window.session.path is not None:
            self.window.actions_table["save"].trigger()
            self._until(lambda: not self.window.keeper.saving)

    # -- inside -------------------------------------------------------------------------------

    def _pixel(self) -> QPoint:
        """A pixel of the canvas, half of the time near somebody."""
        canvas = self.window.canvas
        nodes = list(self.window.session.document.nodes)
        if nodes and self.chance.random() < 0.55:
            centre = canvas.stage.scene.centre(self.chance.choice(nodes))
            if centre is not None:
                at = canvas.camera.to_screen(centre.x(), centre.y()).toPoint()
                at += QPoint(self.chance.randint(-22, 22), self.chance.randint(-22, 22))
                if canvas.rect().contains(at):
                    return at
        return QPoint(self.chance.randrange(canvas.width()), self.chance.randrange(canvas.height()))

    def _send(
        self,
        widget: QWidget,
        kind: QEvent.Type,
        at: QPoint,
        held: Qt.KeyboardModifier,
        button: Qt.MouseButton,
    ) -> None:
        place = QPointF(at)
        down = button if kind is not QEvent.Type.MouseButtonRelease else Qt.MouseButton.NoButton
        pressed = button if kind is not QEvent.Type.MouseMove else Qt.MouseButton.NoButton
        event = QMouseEvent(kind, place, QPointF(widget.mapToGlobal(at)), pressed, down, held)
        QApplication.sendEvent(widget, event)

    def _letter(self, letter: str) -> None:
        """Press and let go a key that types this letter; QTest knows those of ASCII alone."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = Qt.Key(ord(letter.upper())) if letter.isascii() and letter.isalnum() else Qt.Key.Key_unknown
            target = QApplication.focusWidget() or self.window
            QApplication.sendEvent(target, QKeyEvent(kind, key, NONE, letter))

    def _tops(self) -> Iterator[QWidget]:
        return (w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not self.window)

    def _close_popup(self) -> None:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()

    def _leads_away(self) -> bool:
        """Is the entry of a menu that is under the keys one that is not to be used?"""
        popup = QApplication.activePopupWidget()
        action = getattr(popup, "activeAction", lambda: None)()
        return action is not None and action.objectName() in FOREIGN

    def _until(self, true: Callable[[], bool]) -> None:
        begun = monotonic()
        while not true():
            QApplication.processEvents()
            if self.troubles or monotonic() - begun > PATIENCE:
                self.check()
                raise BrokenError(self._told("it does not come to an end"))

    def _count(self) -> int:
        """Qt objects of the window and Python objects of ours, with nothing pending."""
        for _ in range(3):
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            QApplication.processEvents()
            gc.collect()
        ours = sum(1 for each in gc.get_objects() if str(type(each).__module__).startswith("orgmap.ui"))
        return len(self.window.findChildren(QObject)) + ours

    def _same(self, found: Document, wanted: Document, words: str) -> None:
        if found != wanted:
            raise BrokenError(self._told(words))

    def _tell(self, words: str) -> None:
        self.trail.append(words)

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
        QApplication([])
        window = MainWindow(Settings(folder / "settings.ini"), theme("light"))
        window.resize(1280, 800)
        window.show()
        window.begin()
        window.session.open(native.load(options.file) if options.file else Document())
        monkey = Monkey(window, options.seed, folder)
        begun = monotonic()
        try:
            with watched(monkey.troubles.append):
                monkey.live(options.gestures)
            wrong = monkey.grown()
        except BrokenError as error:
            wrong = str(error)
        took = monotonic() - begun
        print(f"{sum(monkey.done.values())} gestures in {took:.0f} s: {dict(monkey.done)}")
        print(f"objects after each episode: {monkey.counts}")
        window.session.open(Document())
        QApplication.clipboard().clear()
        window.close()
        if wrong:
            print(wrong, file=sys.stderr)
        return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
