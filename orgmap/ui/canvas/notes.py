"""Sticky notes written on the map itself: put and typed at once, and changed in place.

Putting a note and writing it is one step of undo; a new one that stays empty is taken away again.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from PySide6.QtCore import QObject, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from orgmap.drawing.style import Theme
from orgmap.drawing.things import NOTE_PADDING, NOTE_SIZE
from orgmap.i18n import say, text
from orgmap.model import edits, scenery
from orgmap.model.document import Change
from orgmap.model.entities import StickyId
from orgmap.ui.canvas.editor import BORROWED
from orgmap.ui.canvas.places import Place
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.widgets.fields import PAUSE
from orgmap.ui.widgets.words import fill

LONGEST = 10_000  # characters; what is pasted beyond it is cut
SMALLEST = (140, 72)  # pixels of the field, however small the note is seen
LEAST_LETTERS = 11  # pixels
CASCADE = 24.0  # map units from a note to one put on the same spot

ADD = text("undo", "Add a note")
WRITE = text("undo", "Write on a note")
_HIDDEN = text("canvas", "Names are hidden. Show them before you write on a note.")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NoteField(QPlainTextEdit):
    """Several lines of plain text above a note. No key typed here reaches the canvas."""

    ended = Signal(bool)  # was it by key, so that the canvas has the keyboard again?

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Ctrl+Enter end; everything else is text, and stays here."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ctrl_enter = event.key() in _ENTER and held == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape or ctrl_enter:
            event.accept()
            self.ended.emit(True)
            return
        super().keyPressEvent(event)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A popup or another window only borrows the focus."""
        super().focusOutEvent(event)
        if event.reason() not in BORROWED and self.isVisible():
            self.ended.emit(False)


@dataclass(frozen=True, slots=True)
class _Task:
    note: StickyId
    added: Change | None  # what put it there; None for an old one
    merge: str


class Notes(QObject):
    """One field, at work or hidden."""

    def __init__(self, stage: Stage, host: QWidget, theme: Theme) -> None:
        super().__init__(host)
        self._stage = stage
        self._host = host
        self._theme = theme
        self._numbers = count(1)
        self._task: _Task | None = None
        self.field = NoteField(host)
        self.field.ended.connect(self._typed)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._keep)
        self.field.textChanged.connect(self._pause.start)
        stage.scene_changed.connect(self._map_changed)
        stage.camera_changed.connect(self.follow)
        stage.locked_changed.connect(self.leave)
        stage.session.names_changed.connect(self.leave)

    @property
    def active(self) -> bool:
        """Is a note being written?"""
        return self._task is not None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self.follow()

    def new(self, at: Place) -> None:
        """Put a note with its middle at a place, and write on it at once."""
        self.leave()
        stage = self._stage
        if stage.refuses():
            return
        lying = {(note.x, note.y) for note in stage.document.stickies.values()}
        wide, high = scenery.NOTE
        while (at[0] - wide / 2, at[1] - high / 2) in lying:
            at = (at[0] + CASCADE, at[1] + CASCADE)
        change, made = scenery.add_sticky(stage.document, at, colour=self._last_colour())
        task = _Task(made, change, self._key())
        stage.session.edit(ADD(), change, task.merge)
        stage.select([made], focus=made)
        stage.reveal(made)
        self._open(task)

    def edit(self, note: StickyId, typed: str = "") -> None:
        """Open the field on a note; `typed` is put at its end."""
        self.leave()
        if note not in self._stage.scene.stickies.rects or self._stage.refuses():
            return
        if self._stage.session.names_hidden:
            self._stage.refused.emit(_HIDDEN())
            return
        self._stage.reveal(note)
        self._open(_Task(note, None, self._key()), typed)

    def leave(self) -> None:
        """End writing; what was typed is kept."""
        self._typed(False)

    def follow(self) -> None:
        """Keep the field on the note while the map moves below it."""
        if self._task is not None:
            self._lay()

    def _open(self, task: _Task, typed: str = "") -> None:
        note = self._stage.document.stickies[task.note]
        self._task = task
        fill(self.field, note.text + typed)
        self.field.setAccessibleName(say("canvas", "Text of the note"))
        self.field.setPlaceholderText(say("canvas", "Write a note"))
        self._lay()
        self.field.show()
        self.field.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        if note.text and not typed:
            self.field.selectAll()
        else:
            self.field.moveCursor(self.field.textCursor().MoveOperation.End)

    def _typed(self, by_key: bool) -> None:
        task, self._task = self._task, None
        if task is None:
            return
        self._pause.stop()
        self.field.hide()
        document = self._stage.document
        if task.added is not None and not self._words() and task.note in document.stickies:
            self._stage.session.edit(ADD(), edits.delete(document, [task.note]), task.merge)
        else:
            self._write(task)
        if by_key:
            self._host.setFocus()

    def _words(self) -> str:
        return self.field.toPlainText()[:LONGEST].strip()

    def _keep(self) -> None:
        """The typing pauses: a crash takes no more than what comes now."""
        if self._task is not None and self._words():
            self._write(self._task)

    def _write(self, task: _Task) -> None:
        document, words = self._stage.document, self._words()
        note = document.stickies.get(task.note)
        if note is not None and words != note.text:
            label = ADD() if task.added is not None else WRITE()
            change = edits.set_fields(document, [task.note], text=words)
            self._stage.session.edit(label, change, task.merge)

    def _map_changed(self) -> None:
        task = self._task
        if task is None:
            return
        if task.note not in self._stage.scene.stickies.rects:  # undone, another map, or hidden
            self._task = None
            self.field.hide()
            self._host.setFocus()
        else:
            self.follow()

    def _lay(self) -> None:
        task = self._task
        rect = self._stage.scene.stickies.rects.get(task.note) if task is not None else None
        if task is None or rect is None:
            return
        camera, colours = (
            self._stage.camera,
            self._theme.note(self._stage.document.stickies[task.note].colour),
        )
        place = QRectF(camera.to_screen(rect.x(), rect.y()), rect.size() * camera.scale).toRect()
        inset = round(NOTE_PADDING * camera.scale) - 2
        letters = max(round(NOTE_SIZE * camera.scale), LEAST_LETTERS)
        self.field.setStyleSheet(
            f"QPlainTextEdit {{ background: {colours.fill.name()}; color: {self._theme['text'].name()};"
            f" border: 2px solid {self._theme['accent'].name()}; padding: {max(inset, 2)}px;"
            f" font-size: {letters}px; selection-background-color: {self._theme['accent'].name()};"
            f" selection-color: {self._theme['panel'].name()}; }}"
        )
        wide, high = max(place.width(), SMALLEST[0]), max(place.height(), SMALLEST[1])
        self.field.setGeometry(QRect(place.x(), place.y(), wide, high))

    def _last_colour(self) -> int:
        """That of the note made last: a group keeps a colour for a while."""
        notes = list(self._stage.document.stickies.values())
        return notes[-1].colour if notes else 0

    def _key(self) -> str:
        return f"note-{id(self)}-{next(self._numbers)}"
