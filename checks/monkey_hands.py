"""The gestures of the monkey: what one can do at a window with a mouse, a keyboard and fingers."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QImage,
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QWidget,
)

from checks import monkey_words as given
from checks.monkey_words import CTRL, LEFT, MIDDLE, NONE, RIGHT, SHIFT
from orgmap.i18n import ENGLISH, PSEUDO
from orgmap.ui.main_window import MainWindow
from orgmap.ui.pages import PAGES
from orgmap.ui.settings import ThemeChoice

FOREIGN = frozenset({"quit", "close", "print"})  # end the window, or leave it for another program
TIDYING = ("tidy", "tidy_force", "tidy_levels", "tidy_flow", "tidy_circle", "tidy_rings", "tidy_alone")
SCALES = (100, 100, 125, 150, 200)
TURNS = 400  # of the event loop that a gliding is waited for
FILLED = (
    QAbstractButton, QLineEdit, QComboBox, QTabBar, QAbstractItemView, QPlainTextEdit, QAbstractSpinBox
)  # fmt: skip
_screens: list[QPointingDevice] = []  # Qt keeps a touch screen as long as the program runs

Tell = Callable[[str], None]


class Hands:
    """Does one thing after the other at a window, the same for the same chance."""

    def __init__(self, window: MainWindow, chance: random.Random, folder: Path, tell: Tell) -> None:
        self.window, self.chance, self.tell = window, chance, tell
        self.plan = _picture(folder / "plan.png")
        for name in FOREIGN:
            window.actions_table[name].blockSignals(True)
        if not _screens:
            _screens.append(QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen))

    def choose(self) -> Callable[[], None]:
        """What to do next. On a page that is not the drawing, mostly something with its cells."""
        kinds: tuple[tuple[Callable[[], None], float], ...] = (
            (self.drag, 24), (self.click, 14), (self.double_click, 6), (self.key, 16), (self.type, 6),
            (self.act, 11), (self.undo, 8), (self.wheel, 3), (self.menu, 3), (self.widget, 9),
            (self.touch, 3), (self.enter, 6), (self.seek, 3), (self.clipboard, 5), (self.page, 4),
            (self.travel, 2), (self.filter, 3), (self.picture, 0.5), (self.look, 1), (self.glide, 1.5),
            (self.hover, 2),
        )  # fmt: skip
        if self.window.room.pages.page != "map" and self.chance.random() < 0.75:
            return self.cells
        return self.chance.choices([kind for kind, _ in kinds], [weight for _, weight in kinds])[0]

    # -- on the drawing -----------------------------------------------------------------------

    def drag(self) -> None:
        """With a button down from one place to another; now and then a key comes in between."""
        canvas = self.window.canvas
        held, button = self.chance.choice(given.HELD), self.chance.choices((LEFT, MIDDLE), (9, 1))[0]
        start, end = self._pixel(), self._pixel()
        self.tell(f"drag {start.x()},{start.y()} to {end.x()},{end.y()} {held} {button}")
        self._send(canvas, QEvent.Type.MouseButtonPress, start, held, button)
        for share in (0.1, 0.5, 1.0):
            at = start + (end - start) * share
            self._send(canvas, QEvent.Type.MouseMove, at, held, button)
            if self.chance.random() < 0.1:
                QApplication.processEvents()
            if self.chance.random() < 0.06:
                self._meanwhile()
        if self.chance.random() < 0.98:  # a button let go over another window never comes up here
            self._send(canvas, QEvent.Type.MouseButtonRelease, end, held, button)

    def _meanwhile(self) -> None:
        key = self.chance.choice(given.KEYS)
        self.tell(f"  meanwhile {key}")
        if self.chance.random() < 0.6:
            QTest.keyClick(self.window.canvas, key)
        else:
            self.chance.choice((self.undo, self.act, self.look, self.page))()

    def click(self) -> None:
        """One click."""
        at, held = self._pixel(), self.chance.choice(given.HELD)
        self.tell(f"click {at.x()},{at.y()} {held}")
        QTest.mouseClick(self.window.canvas, LEFT, held, at)

    def double_click(self) -> None:
        """Two clicks."""
        at = self._pixel()
        self.tell(f"double-click {at.x()},{at.y()}")
        QTest.mouseClick(self.window.canvas, LEFT, NONE, at)
        self._send(self.window.canvas, QEvent.Type.MouseButtonDblClick, at, NONE, LEFT)
        self._send(self.window.canvas, QEvent.Type.MouseButtonRelease, at, NONE, LEFT)

    def hover(self) -> None:
        """The pointer moves over the map, or leaves it."""
        at = self._pixel()
        self.tell(f"hover {at.x()},{at.y()}")
        self._send(self.window.canvas, QEvent.Type.MouseMove, at, NONE, Qt.MouseButton.NoButton)
        if self.chance.random() < 0.2:
            QApplication.sendEvent(self.window.canvas, QEvent(QEvent.Type.Leave))

    def wheel(self) -> None:
        """The wheel turns."""
        canvas, at = self.window.canvas, QPointF(self._pixel())
        turn = QPoint(0, self.chance.choice((-240, -120, 120, 240)))
        self.tell(f"wheel {turn.y()}")
        QApplication.sendEvent(
            canvas,
            QWheelEvent(
                at, canvas.mapToGlobal(at), QPoint(), turn, Qt.MouseButton.NoButton,
                self.chance.choice((NONE, CTRL)), Qt.ScrollPhase.NoScrollPhase, False,
            ),
        )  # fmt: skip

    def menu(self) -> None:
        """The menu of what lies under the pointer."""
        canvas, at = self.window.canvas, self._pixel()
        self.tell(f"context menu at {at.x()},{at.y()}")
        reason = self.chance.choice((QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard))
        QApplication.sendEvent(canvas, QContextMenuEvent(reason, at, canvas.mapToGlobal(at)))

    def touch(self) -> None:
        """One finger, or two of them; sometimes one held still."""
        canvas = self.window.canvas
        fingers = {number: self._pixel() for number in range(self.chance.choice((1, 1, 2)))}
        self.tell(f"{len(fingers)} fingers from {[(at.x(), at.y()) for at in fingers.values()]}")
        self._fingers("press", fingers)
        if self.chance.random() < 0.2:
            canvas.touch.wait_is_over()
        for _ in range(self.chance.randrange(3)):
            fingers = {number: self._pixel() for number in fingers}
            self._fingers("move", fingers)
            if self.chance.random() < 0.1:
                QApplication.processEvents()
        self._fingers("release", fingers)

    def _fingers(self, what: str, fingers: dict[int, QPoint]) -> None:
        sequence = QTest.touchEvent(self.window.canvas, _screens[0], False)
        for number, at in fingers.items():
            getattr(sequence, what)(number, at, self.window.canvas)
        sequence.commit()

    def glide(self) -> None:
        """Tidy, and go on with something else while people are under way."""
        name = self.chance.choice(TIDYING)
        self.tell(f"{name}, and in the middle of it")
        arranger = self.window.room.arranger
        arranger.reduced = False
        self.window.actions_table[name].trigger()
        for _ in range(TURNS):
            if arranger.gliding:
                break
            QTest.qWait(5)  # the worker is another process: this cannot be waited for by an event
        for _ in range(self.chance.randrange(3)):
            QApplication.processEvents()
            self.chance.choice((self.drag, self.click, self.key, self.undo, self.act, self.page, self.look))()

    def picture(self) -> None:
        """A picture comes behind the map."""
        self.tell("a picture behind the map")
        self.window.room.handling.backdrops.put(self.plan)

    # -- keys and fields ----------------------------------------------------------------------

    def key(self) -> None:
        """One key, mostly on the drawing."""
        key, held = self.chance.choice(given.KEYS), self.chance.choice(given.HELD)
        if self.chance.random() < 0.7:
            self.window.canvas.setFocus()
        self.tell(f"key {held} {key}")
        QTest.keyClick(self._focus(), key, held)

    def type(self) -> None:
        """Some words, wherever the keyboard is."""
        self._type(self.chance.choice(given.WORDS))
        if self.chance.random() < 0.7:
            QTest.keyClick(self._focus(), Qt.Key.Key_Return)

    def enter(self) -> None:
        """A line in the one-line entry, or several of them pasted."""
        self.window.actions_table["entry"].trigger()
        if self.chance.random() < 0.25:
            self._hold(self.chance.choice(given.PASTED))
            QTest.keyClick(self._focus(), Qt.Key.Key_V, CTRL)
        else:
            self._type(self.chance.choice(given.LINES))
        for _ in range(self.chance.randrange(1, 4)):
            key, held = self.chance.choice(given.FIELD_KEYS)
            self.tell(f"  {held} {key}")
            QTest.keyClick(self._focus(), key, held)
            if self.chance.random() < 0.3:
                QApplication.processEvents()

    def seek(self) -> None:
        """The palette, or the field that finds on the map."""
        name = self.chance.choice(("palette", "find"))
        self.tell(name)
        self.window.actions_table[name].trigger()
        QApplication.processEvents()
        self._type(self.chance.choice(given.SOUGHT))
        for _ in range(self.chance.randrange(4)):
            QTest.keyClick(self._focus(), self.chance.choice(given.LIST_KEYS))
        QTest.keyClick(self._focus(), self.chance.choice((Qt.Key.Key_Escape, Qt.Key.Key_Return)))

    def clipboard(self) -> None:
        """Copy, cut and paste, of one's own or from elsewhere."""
        if self.chance.random() < 0.7:
            self.window.canvas.setFocus()
        if self.chance.random() < 0.3:
            self._hold(self.chance.choice(given.PASTED))
        for _ in range(self.chance.randrange(1, 4)):
            key = self.chance.choice((Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_V, Qt.Key.Key_V, Qt.Key.Key_D))
            self.tell(f"Ctrl and {key}")
            QTest.keyClick(self._focus(), key, CTRL)
            if self.chance.random() < 0.5:
                QApplication.processEvents()

    def travel(self) -> None:
        """Through the list of the history."""
        self.tell("travel in the history")
        self.window.actions_table["history"].trigger()
        listed = self.window.room.commanding.history.list
        for _ in range(self.chance.randrange(5)):
            QTest.keyClick(listed, self.chance.choice(given.LIST_KEYS))
            if self.chance.random() < 0.5:
                QTest.keyClick(listed, Qt.Key.Key_Return)
        QTest.keyClick(listed, Qt.Key.Key_Escape)

    # -- the rest of the window ---------------------------------------------------------------

    def act(self) -> None:
        """Any action that can be used."""
        usable = [a for e, a in self.window.actions_table if e.id not in FOREIGN and a.isEnabled()]
        action = self.chance.choice(usable)
        self.tell(f"action {action.objectName()}")
        action.trigger()

    def undo(self) -> None:
        """Some steps back, or on."""
        name = "undo" if self.chance.random() < 0.65 else "redo"
        self.tell(name)
        for _ in range(self.chance.choice((1, 1, 1, 2, 5))):
            self.window.actions_table[name].trigger()

    def page(self) -> None:
        """Another form of the map."""
        name = self.chance.choice(PAGES)
        self.tell(f"page {name}")
        self.window.actions_table[f"view_{name}"].trigger()

    def cells(self) -> None:
        """A cell of the table or matrix in view: gone to, edited, filled, emptied, pasted into."""
        view = self.window.room.pages.currentWidget().findChild(QTableView)
        if view is None or view.model().rowCount() == 0:
            self.chance.choice((self.page, self.undo, self.widget))()
            return
        index = view.model().index(
            self.chance.randrange(view.model().rowCount()), self.chance.randrange(view.model().columnCount())
        )
        view.scrollTo(index)
        at = view.visualRect(index).center()
        self.tell(f"cell {index.row()},{index.column()} of {type(view).__name__}")
        area = view.viewport()
        match self.chance.randrange(10):
            case 0 | 1 | 2 | 3:
                QTest.mouseClick(area, LEFT, self.chance.choice((NONE, NONE, SHIFT, CTRL)), at)
            case 4:
                QTest.mouseClick(area, LEFT, NONE, at)
                self._send(area, QEvent.Type.MouseButtonDblClick, at, NONE, LEFT)
                self._send(area, QEvent.Type.MouseButtonRelease, at, NONE, LEFT)
            case 5:
                view.customContextMenuRequested.emit(at)
            case 6:
                head = self.chance.choice((view.horizontalHeader(), view.verticalHeader())).viewport()
                spot = QPoint(
                    self.chance.randrange(head.width() + 1), self.chance.randrange(head.height() + 1)
                )
                QTest.mouseClick(head, self.chance.choice((LEFT, LEFT, RIGHT)), NONE, spot)
            case 7:
                self.chance.choice((self.page, self.undo, self.widget, self.act, self.look))()
            case _:
                view.setFocus()
        if self.chance.random() < 0.4:
            self._type(self.chance.choice((*given.WORDS, *given.LINES[:6])))
        if self.chance.random() < 0.15:
            self._hold(self.chance.choice(given.PASTED))
        for _ in range(self.chance.randrange(4)):
            key, held = self.chance.choice(given.CELL_KEYS)
            self.tell(f"  {held} {key}")
            QTest.keyClick(self._focus(), key, held)
            if self.chance.random() < 0.3:
                QApplication.processEvents()

    def filter(self) -> None:
        """The card of filters, and boxes and chips pressed on it."""
        self.tell("filter")
        canvas = self.window.canvas
        if not canvas.overlay.card.isVisible():
            self.window.actions_table["filter"].trigger()
            QApplication.processEvents()
        parts = canvas.overlay.card.findChildren(QAbstractButton)
        usable = [b for b in (*parts, *canvas.overlay.chips) if isinstance(b, QAbstractButton) and _usable(b)]
        for button in self.chance.sample(usable, min(len(usable), self.chance.randrange(1, 4))):
            self.tell(f"  press {type(button).__name__} {button.accessibleName()!r}")
            QTimer.singleShot(0, self._close_popup)
            if _usable(button):
                button.click()
        if self.chance.random() < 0.3:
            field = canvas.overlay.card.findChild(QLineEdit)
            if field is not None:
                field.setFocus()
                self._type(self.chance.choice(given.SOUGHT))
        if self.chance.random() < 0.5:
            self.window.actions_table["show_all"].trigger()

    def look(self) -> None:
        """Another theme, language or size of text."""
        settings = self.window.settings
        match self.chance.randrange(4):
            case 0 | 1:
                settings.theme = self.chance.choice(list(ThemeChoice))
            case 2:
                settings.language = self.chance.choice((ENGLISH, PSEUDO))
            case 3:
                settings.text_scale = self.chance.choice(SCALES)
        self.tell(f"look {settings.theme} {settings.language} {settings.text_scale}")

    def widget(self) -> None:
        """Press or fill anything of the window that is not the canvas."""
        usable = [child for kind in FILLED for child in self.window.findChildren(kind) if _usable(child)]
        child = self.chance.choice(usable)
        self.tell(f"press {type(child).__name__} {child.objectName()}")
        self.press(child)

    def press(self, part: QWidget) -> None:
        """A click somewhere on a part of the window, and now and then some words."""
        area = part.viewport() if isinstance(part, QAbstractItemView | QPlainTextEdit) else part
        at = QPoint(self.chance.randrange(max(area.width(), 1)), self.chance.randrange(max(area.height(), 1)))
        QTimer.singleShot(0, self._close_popup)  # a button with a menu waits in a loop of its own
        QTest.mouseClick(area, self.chance.choice((LEFT, LEFT, LEFT, RIGHT)), NONE, at)
        if self.chance.random() < 0.4:
            self._type(self.chance.choice(given.WORDS))

    # -- inside -------------------------------------------------------------------------------

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def _pixel(self) -> QPoint:
        """A pixel of the canvas, half of the time at somebody, a frame or a note."""
        canvas = self.window.canvas
        chosen = self.chance.random()
        document = canvas.stage.document
        if chosen < 0.4 and document.nodes:
            centre = canvas.stage.scene.centre(self.chance.choice(list(document.nodes)))
            near = (centre.x(), centre.y(), 22) if centre is not None else None
        elif chosen < 0.55 and document.modules:
            frame = canvas.stage.frame(self.chance.choice(list(document.modules)))
            corners = () if frame is None else (
                (frame.left() + 40, frame.top() + 14, 3), (frame.left(), frame.top(), 4),
                (frame.right(), frame.bottom(), 4), (frame.center().x(), frame.bottom(), 4),
            )  # fmt: skip
            near = self.chance.choice(corners) if corners else None
        elif chosen < 0.62 and document.stickies:
            note = self.chance.choice(list(document.stickies.values()))
            near = (note.x, note.y, 30)
        else:
            near = None
        if near is not None:
            at = canvas.camera.to_screen(near[0], near[1]).toPoint()
            at += QPoint(self.chance.randint(-near[2], near[2]), self.chance.randint(-near[2], near[2]))
            if canvas.rect().contains(at):
                return at
        return QPoint(self.chance.randrange(canvas.width()), self.chance.randrange(canvas.height()))

    def _type(self, words: str) -> None:
        self.tell(f"type {words!r} into {type(self._focus()).__name__}")
        for letter in words:
            self._letter(letter)

    def _letter(self, letter: str) -> None:
        """Press and let go a key that types this letter; QTest knows those of ASCII alone."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = Qt.Key(ord(letter.upper())) if letter.isascii() and letter.isalnum() else Qt.Key.Key_unknown
            QApplication.sendEvent(self._focus(), QKeyEvent(kind, key, NONE, letter))

    def _hold(self, words: str) -> None:
        self.tell(f"on the clipboard: {words[:60]!r}")
        QGuiApplication.clipboard().setText(words)

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

    def _close_popup(self) -> None:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()


def _usable(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and widget.size().isValid()


def _picture(path: Path) -> Path:
    """A small picture, invented."""
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 180, 120))
    for at in range(30):
        image.setPixelColor(at, at, QColor(20, 60, 90))
    image.save(str(path))
    return path
