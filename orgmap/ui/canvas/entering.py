"""From a typed line to an edit: what it means, where new people go, and what to say of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Signal

from orgmap.drawing.plain import shown
from orgmap.i18n import Said, text
from orgmap.model.document import Change, Document
from orgmap.model.entities import EndId
from orgmap.model.entry import KnownNames, Reading, understood, understood_all
from orgmap.model.entry_completion import Completion, Completions
from orgmap.ui.canvas.settling import settled
from orgmap.ui.canvas.stage import Stage

LONGEST_LABEL = 48  # letters of a line in the history
MOST_REMEMBERED = 200  # lines
SMALLER = 0.6  # of the scale now: a view of the whole map that would be smaller is not taken
MOST_REVEALED = 20  # newcomers into whose direction the view is moved

_TYPE = text("undo", "Type: {line}")
_TYPE_MANY = text("undo", "Type {n} line", "Type {n} lines")
_MEAN = text("entry", "Did you mean {name}?")
_LEFT = text(
    "entry", "{message} {n} more line was not understood.", "{message} {n} more lines were not understood."
)


class Entering(QObject):
    """The typed lines of one canvas. `told` says what the last one did."""

    announced = Signal(object)  # Said, for screen readers

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._known: tuple[Document, KnownNames] | None = None
        self._completions: tuple[Document, Completions] | None = None
        self._meant: dict[str, EndId] = {}
        self._as_typed: set[str] = set()
        self.lines: list[str] = []
        self.told: Said | None = None
        stage.session.changed.connect(self._follow)
        stage.session.names_changed.connect(self._forget_names)
        stage.session.opened.connect(self._forget)

    def completions(self, line: str, cursor: int) -> Completion:
        """How the line could go on at the cursor."""
        document = self._stage.session.shown
        if self._completions is None or self._completions[0] is not document:
            self._completions = (document, Completions(document))
        return self._completions[1].of(line, cursor)

    def preview(self, line: str) -> Said | None:
        """What Enter would do; None for a line that is empty, unfinished or to be asked about."""
        found = self._read(line)
        return None if found.wrong is not None or found.doubts or not found.touched else found.says()

    def enter(self, line: str) -> Reading:
        """Do what the line says, unless something is wrong with it or to be asked first."""
        found = self._read(line)
        if found.wrong is not None or found.doubts:
            return found
        self._remember(line)
        self._meant.clear()  # the next time it may be somebody else
        self._do(found, _TYPE(line=_brief(line)))
        return found

    def enter_all(self, lines: str) -> list[Reading]:
        """Do what these lines say as one step; those that are not understood come back."""
        found, left = understood_all(self._stage.document, lines)
        done = sum(1 for line in lines.splitlines() if line.strip()) - len(left)
        self._do(found, _TYPE_MANY(n=done))
        return left

    def mean(self, typed: str, meant: EndId | None) -> None:
        """What was typed stands for somebody; with None it is a new name."""
        if meant is None:
            self._as_typed.add(typed)
        else:
            self._meant[typed] = meant

    def refused(self) -> bool:
        """Is the map locked? Then it is said, and nothing is done."""
        return self._stage.refuses()

    def did_you_mean(self, name: str) -> Said:
        """The question about a name that looks like a slip."""
        return _MEAN(name=name)

    def left_over(self, message: Said, more: int) -> Said:
        """What is wrong with a pasted line, and how many more there are."""
        return _LEFT(message=message, n=more) if more else message

    # -- inside -------------------------------------------------------------------------------

    def _read(self, line: str) -> Reading:
        document, named = self._stage.document, self._stage.session.shown
        if self._known is None or self._known[0] is not named:
            self._known = (named, KnownNames(named, document if named is not document else None))
        meant = {typed: end for typed, end in self._meant.items() if document.end(end) is not None}
        return understood(document, line, self._known[1], as_typed=self._as_typed, meant=meant)

    def _follow(self, change: Change) -> None:
        """Keep up with an edit: to gather all names and lines anew would hold up the next key."""
        session = self._stage.session
        if self._known is None or session.names_hidden:
            self._known = None
            return
        self._known[1].follow(session.document, change)
        self._known = (session.document, self._known[1])

    def _do(self, found: Reading, label: Said) -> None:
        self.told = found.says() if found.touched else None
        if not found.change:
            if self.told is not None:
                self.announced.emit(self.told)
            return
        stage = self._stage
        seen_whole = stage.whole or stage.scene.empty
        change = found.change.then(settled(stage.document.apply(found.change)))
        stage.session.edit(label, change)
        stage.session.seal()
        self.told = found.done(stage.session.shown)
        stage.select(found.nodes or found.modules or found.links or found.touched)
        self._show(found, seen_whole)
        self.announced.emit(self.told)

    def _show(self, found: Reading, seen_whole: bool) -> None:
        """A map seen whole stays so. Else new people are seen: the whole map, unless it would become
        small; then only where they are."""
        stage = self._stage
        new: list[str] = [*found.nodes, *found.modules]
        rect: QRectF = stage.extent(new)
        before = stage.camera
        if not seen_whole and (rect.isEmpty() or stage.clear.contains(rect)):
            return
        stage.fit()
        if not seen_whole and stage.camera.scale < SMALLER * before.scale:
            stage.look(before)
            for key in new[:MOST_REVEALED]:
                stage.reveal(key)

    def forget_lines(self) -> None:
        """What was typed does not come back any more, and nothing is said of it."""
        self.lines, self.told = [], None

    def _remember(self, line: str) -> None:
        if not self.lines or self.lines[-1] != line:
            self.lines = [*self.lines, line][-MOST_REMEMBERED:]

    def _forget(self) -> None:
        self._meant.clear()
        self._as_typed.clear()
        self._forget_names()

    def _forget_names(self) -> None:
        self._known = self._completions = None


def _brief(line: str) -> str:
    words = shown(" ".join(line.split()))
    return words if len(words) <= LONGEST_LABEL else words[: LONGEST_LABEL - 1] + "\N{HORIZONTAL ELLIPSIS}"
