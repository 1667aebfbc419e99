"""Copy, cut and paste: parts of a map between windows and programs, rows from anywhere."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QObject, QPointF, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from orgmap.drawing.hidden import Numbers, without_names
from orgmap.errors import ReadError
from orgmap.files import fragments as files_fragments
from orgmap.files.fragments import MIME
from orgmap.i18n import Said, text
from orgmap.model import edits, fragments
from orgmap.model.document import Change, Document
from orgmap.model.entities import ModuleId, NodeId
from orgmap.model.fragments import Fragment, Place
from orgmap.progress import SILENT, Progress
from orgmap.ui.canvas.landing import landed
from orgmap.ui.canvas.verbs import standing, who
from orgmap.ui.canvas.view import CanvasView
from orgmap.ui.jobs import Task
from orgmap.ui.notices import NoticeBar
from orgmap.ui.pasting import Pasting
from orgmap.ui.session import Session

ORIGIN = "application/x-orgmap-origin"  # which copy of which map it is
_CUT = text("undo", "Cut {what}")
_PASTE = text("undo", "Paste {what}")
_LINKS = text("undo", "{n} link", "{n} links")
_THINGS = text("undo", "{n} note or picture", "{n} notes and pictures")
_WORK = text("work", "Copying and pasting")
QUICK = 400  # people and links that are taken or put in no time
QUICK_BYTES = 200_000
T = TypeVar("T")
_COPIED = text("clipboard", "Copied: {what}")


@dataclass(frozen=True, slots=True)
class _Cut:
    """What the last cut took out of the map that is open, and the mark it left on the clipboard."""

    mark: bytes
    change: Change


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was copied while names were hidden. Other programs get it without them, this map whole."""

    mark: bytes
    fragment: Fragment


@dataclass(frozen=True, slots=True)
class _Landed:
    """A fragment with room found for it on `base`, and the ids of what is new."""

    base: Document
    fragment: Fragment
    change: Change
    made: list[str]


class Clipboard(QObject):
    """The clipboard as one canvas uses it. In a text field the same commands are the field's."""

    working = Signal(object, object)  # Said, Task
    files_pasted = Signal(object)  # tuple[Path, ...]: files were copied in another program

    def __init__(
        self, session: Session, canvas: CanvasView, pasting: Pasting, notices: NoticeBar, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._canvas, self._pasting = session, canvas, pasting
        self._notices, self._window = notices, window
        self._map = uuid.uuid4().hex  # this map, as long as it is open
        self._copies = 0
        self._cut: _Cut | None = None
        self._kept: _Kept | None = None
        self._taking: Task | None = None  # what goes on the clipboard
        self._putting: Task | None = None  # what comes from it
        self._waiting: list[Place | None] = []  # where else to paste, as soon as that is through
        self._rested: QPointF | None = None  # where the pointer was at the last copy or paste
        canvas.clipboard_asked.connect(self._on_asked)
        session.opened.connect(self._on_opened)

    def copy(self) -> None:
        """Put what is selected on the clipboard, for maps and for spreadsheets."""
        field = self._text_field()
        if field is not None:
            field.copy()
        else:
            self._take()

    def cut(self) -> None:
        """Copy what is selected, and take it off the map."""
        field = self._text_field()
        if field is not None:
            field.cut()
            return
        taken = None if self._canvas.stage.refuses() else self._take()
        if taken is None:
            return
        fragment, mark = taken
        document = self._session.document
        change = standing(self._canvas.stage, edits.delete(document, fragment.chosen))
        self._canvas.stage.edit(_CUT(what=self._what(fragment)), change)
        self._session.seal()
        self._cut = _Cut(mark, change)

    def paste(self) -> None:
        """Put on the map what is on the clipboard: at the pointer, else beside where it came from."""
        field = self._text_field()
        if field is not None:
            field.paste()
        else:
            self._paste(None)

    # -- taking -------------------------------------------------------------------------------

    def _take(self) -> tuple[Fragment, bytes] | None:
        fragment = fragments.taken(self._session.document, self._canvas.selection)
        if not fragment:
            return None
        self._copies += 1
        mark = f"{self._map}-{self._copies}".encode()
        if self._taking is not None:
            self._taking.cancel()
        hidden = self._session.names_hidden
        numbers = self._session.numbers.of_map(self._session.document) if hidden else None
        self._kept = _Kept(mark, fragment) if hidden else None
        self._taking = self._begun(partial(_packed, fragment, numbers, mark), _offer, large=_large(fragment))
        self._rested = self._canvas.hands.pointer
        said = str(self._session.said(_COPIED(what=self._what(fragment))))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._canvas, said))
        return fragment, mark

    def _what(self, fragment: Fragment) -> Said:
        parts = fragment.parts
        ends = [key for key in fragment.chosen if parts.end(NodeId(key)) is not None]
        if ends:
            return who(parts, ends)
        if parts.links:
            return _LINKS(n=len(parts.links))
        return _THINGS(n=len(fragment.chosen))

    # -- putting ------------------------------------------------------------------------------

    def _paste(self, at: Place | None) -> None:
        if self._canvas.stage.refuses():
            return
        if self._busy:  # what was copied last is what is meant, and one thing is put after the other
            self._waiting.append(at)
            return
        held = _held()
        if held is None:
            return
        files = tuple(Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile())
        if files:
            self.files_pasted.emit(files)
            return
        if not held.hasFormat(MIME):
            self._pasting.paste(held.text() if held.hasText() else "", held.html() if held.hasHtml() else "")
            return
        data, mark = bytes(held.data(MIME).data()), bytes(held.data(ORIGIN).data())
        if self._kept is not None and self._kept.mark == mark:
            self._aimed(mark, at, self._kept.fragment)
            return
        try:
            self._put(partial(_read, data), partial(self._aimed, mark, at), large=len(data) > QUICK_BYTES)
        except ReadError as error:
            self._on_failed(error)

    def _aimed(self, mark: bytes, at: Place | None, fragment: Fragment) -> None:
        """Where it shall go is known: find room for it there."""
        canvas = self._canvas
        pointed = at is not None
        if at is None:
            at = self._aim()
            pointed = at is not None
        here = mark.startswith(self._map.encode())
        if at is None and not (here and self._seen(fragment)):
            camera = canvas.camera
            at = (camera.x, camera.y)
        self._rested = canvas.hands.pointer
        self._land(mark, at, fragment, pointed=pointed)

    def _land(self, mark: bytes, at: Place | None, fragment: Fragment, *, pointed: bool) -> None:
        """Find room at a place on the map as it is now, and put the fragment there."""
        into = self._under(at) if pointed and at is not None else None
        away = pointed and into is None
        leaving = frozenset(self._canvas.stage.frames()) if away else frozenset[ModuleId]()
        back = self._cut.change if self._cut is not None and self._cut.mark == mark else None
        work = partial(_landed, self._session.document, fragment, at, into, leaving, back)
        again = partial(self._land, mark, at, fragment, pointed=pointed)
        self._put(work, partial(self._show, again), large=_large(fragment))

    def _show(self, again: Callable[[], None], landed: _Landed) -> None:
        canvas = self._canvas
        if canvas.stage.refuses():  # locked while room was looked for
            return
        if landed.base is not self._session.document:
            again()  # edited meanwhile: once more, on the map as it is now
            return
        canvas.stage.edit(_PASTE(what=self._what(landed.fragment)), landed.change)
        self._session.seal()
        canvas.set_selection(landed.made)
        if landed.made:
            whole, seen = canvas.stage.extent(landed.made), canvas.stage.clear
            if whole.width() > seen.width() or whole.height() > seen.height():
                canvas.zoom_to(landed.made)
            else:
                canvas.stage.reveal(landed.made[0])

    # -- beside the interface -----------------------------------------------------------------

    @property
    def _busy(self) -> bool:
        return self._taking is not None or self._putting is not None

    def _put(self, work: Callable[[Progress], T], then: Callable[[T], object], *, large: bool) -> None:
        task = self._begun(work, then, large=large)
        if task is not None:
            self._putting = task

    def _begun(
        self, work: Callable[[Progress], T], then: Callable[[T], object], *, large: bool
    ) -> Task | None:
        """Do the work, and then the rest: what is large beside the interface, with the task it is now.

        Raises what `work` does if it is not large.
        """
        if not large:
            then(work(SILENT))
            return None
        task = Task(work, self)
        task.done.connect(then)
        task.failed.connect(self._on_failed)
        task.ended.connect(self._on_ended)
        task.ended.connect(task.deleteLater)
        self.working.emit(_WORK(), task)
        task.start()
        return task

    def stop(self) -> None:
        """The window goes: nobody waits for what is under way."""
        self._waiting = []
        for task in (self._taking, self._putting):
            if task is not None:
                task.cancel()
                task.wait(1.0)

    def _on_ended(self) -> None:
        ended = self.sender()
        if ended is self._taking:
            self._taking = None
        if ended is self._putting:
            self._putting = None
        while self._waiting and not self._busy:
            self._paste(self._waiting.pop(0))

    def _on_failed(self, error: Exception) -> None:
        self._notices.tell_error(error, key="clipboard")

    def _aim(self) -> Place | None:
        """The map point under the pointer, if it was moved there since the last copy or paste."""
        pointer = self._canvas.hands.pointer
        if pointer is None or pointer == self._rested:
            return None
        at = self._canvas.camera.to_map(pointer.x(), pointer.y())
        return at.x(), at.y()

    def _seen(self, fragment: Fragment) -> bool:
        """Is any of it in view where it came from?"""
        camera = self._canvas.camera
        places = [(n.x, n.y) for n in fragment.parts.nodes.values() if n.x is not None and n.y is not None]
        places += [(s.x, s.y) for s in fragment.parts.stickies.values()]
        places += [(m.frame.x, m.frame.y) for m in fragment.parts.modules.values() if m.frame is not None]
        return not places or any(camera.seen.contains(x, y) for x, y in places)

    def _under(self, at: Place) -> ModuleId | None:
        """The innermost module whose frame lies under a point."""
        frames = self._canvas.stage.frames()
        under = [key for key, frame in frames.items() if frame.contains(*at)]
        return min(under, key=lambda key: frames[key].width() * frames[key].height(), default=None)

    def _on_asked(self, command: str, at: Place | None) -> None:
        if command == "paste":
            self._paste(at)
        elif command == "cut":
            self.cut()
        else:
            self.copy()

    def _on_opened(self) -> None:
        self._map = uuid.uuid4().hex
        self._cut = self._kept = None
        self._waiting = []
        if self._putting is not None:  # it was for the map before
            self._putting.cancel()

    def _text_field(self) -> QLineEdit | QTextEdit | QPlainTextEdit | None:
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit | QTextEdit | QPlainTextEdit) and field.window() is self._window:
            return field
        return None


def _held() -> QMimeData | None:
    """What is on the clipboard, from whatever program; None if there is nothing."""
    return QGuiApplication.clipboard().mimeData()


def _large(fragment: Fragment) -> bool:
    return len(fragment.parts.nodes) + len(fragment.parts.links) > QUICK


def _packed(
    fragment: Fragment, numbers: Numbers | None, mark: bytes, _: Progress
) -> tuple[bytes, bytes, str]:
    """What goes on the clipboard: the fragment, which copy it is, and a table of it.

    `numbers`: of the stand-ins if names are hidden, else None.
    """
    if numbers is not None:
        fragment = without_names(fragment, numbers)
    return files_fragments.encoded(fragment), mark, files_fragments.as_table(fragment)


def _offer(packed: tuple[bytes, bytes, str]) -> None:
    data = QMimeData()
    data.setData(MIME, packed[0])
    data.setData(ORIGIN, packed[1])
    data.setText(packed[2])
    QGuiApplication.clipboard().setMimeData(data)


def _read(data: bytes, progress: Progress) -> Fragment:
    return files_fragments.read(data, progress)


def _landed(
    base: Document,
    fragment: Fragment,
    at: Place | None,
    into: ModuleId | None,
    leaving: frozenset[ModuleId],
    back: Change | None,
    _: Progress,
) -> _Landed:
    fragment = landed(base, fragment, at, [into] if into is not None else [])
    change, made = fragments.put(base, fragment, into=into, leaving=leaving, back=back)
    return _Landed(base, fragment, change, made)
