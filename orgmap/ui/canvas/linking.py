"""Linking by keyboard: type a name, choose by arrows, or click the other end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QCompleter, QWidget

from orgmap.drawing.style import Theme
from orgmap.i18n import say
from orgmap.model.entities import EndId, LinkId, NodeId
from orgmap.ui.canvas.editor import Ended, NameField
from orgmap.ui.canvas.naming import Naming
from orgmap.ui.canvas.places import Way, next_that_way
from orgmap.ui.canvas.pulling import preview_link
from orgmap.ui.canvas.selecting import Selecting, nodes_only
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.canvas.verbs import Verbs
from orgmap.ui.labels import labels, meant

ARROWS = {
    Qt.Key.Key_Left: Way.LEFT,
    Qt.Key.Key_Right: Way.RIGHT,
    Qt.Key.Key_Up: Way.UP,
    Qt.Key.Key_Down: Way.DOWN,
}
BELOW = 64  # pixels from the middle of a node to the field under it


def last_name(words: str) -> str:
    """The last of several names, as far as it is typed."""
    return words.rpartition(",")[2].lstrip()


class LastName(QCompleter):
    """Completes the last of several names."""

    def splitPath(self, path: str) -> list[str]:
        """What the list is searched for."""
        return [last_name(path)]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """The line with the name in place of what was typed of it."""
        field = self.widget()
        typed = field.text() if isinstance(field, NameField) else ""
        return typed[: len(typed) - len(last_name(typed))] + str(index.data())


class Linking(QObject):
    """Asks for the other end of a link from `sources`; `changed` when it begins, moves or ends."""

    changed = Signal()

    def __init__(
        self, stage: Stage, naming: Naming, verbs: Verbs, selecting: Selecting, host: QWidget, theme: Theme
    ) -> None:
        super().__init__(host)
        self._stage = stage
        self._naming = naming
        self._verbs = verbs
        self._selecting = selecting
        self._host = host
        self._sources: list[EndId] = []
        self._target: EndId | None = None
        self._moving: tuple[LinkId, str] | None = None  # whose end is given another place, and which
        self._known: dict[str, EndId] = {}
        self.field = NameField(host, theme)
        self.field.ended.connect(self._ended)
        self.field.textEdited.connect(self._typing)
        self._names = QStringListModel(self)
        self._completer = LastName(self._names, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.activated.connect(self._chosen)
        self.field.setCompleter(self._completer)
        self.field.installEventFilter(self)
        stage.scene_changed.connect(self._map_changed)
        stage.camera_changed.connect(self._follow)
        stage.locked_changed.connect(self.cancel)
        stage.session.opened.connect(self.cancel)

    @property
    def active(self) -> bool:
        """Is the other end being asked for?"""
        return bool(self._sources)

    @property
    def target(self) -> EndId | None:
        """The end chosen by arrows so far."""
        return self._target

    def start(self, sources: list[EndId]) -> None:
        """Ask for the other end of links from these."""
        hint = say("canvas", "Link to: names, arrows or click")
        self._open(sources, hint, say("canvas", "Link to"))

    def move(self, link: LinkId, side: str) -> None:
        """Ask to where the "source" or "target" of a link shall go; its other end stays."""
        found = self._stage.document.links[link]
        kept = found.target if side == "source" else found.source
        if side == "source":
            hint, spoken = say("canvas", "From: name, arrows or click"), say("canvas", "The link comes from")
        else:
            hint, spoken = say("canvas", "To: name, arrows or click"), say("canvas", "The link goes to")
        if self._open([self._stage.standing_for(kept)], hint, spoken):
            self._moving = (link, side)

    def _open(self, sources: Sequence[str], hint: str, spoken: str) -> bool:
        self.cancel()
        self._naming.leave()
        ends = [NodeId(source) for source in sources]
        place = self._place(list(ends))
        if place is None or self._stage.refuses():
            return False
        self._sources = list(ends)
        self._target = None
        self._known = self._ends()
        self._names.setStringList(sorted(self._known, key=str.casefold))
        self.field.open("", hint, spoken, place)
        self.changed.emit()
        return True

    def to(self, target: EndId) -> None:
        """Link the sources to `target`, or give the link its new end, and be done."""
        sources, moving = self._sources, self._moving
        self._close()
        if moving is not None:
            self._verbs.reattach(moving[0], moving[1], target)
        else:
            self._verbs.link_all(sources, [target])

    def cancel(self) -> None:
        """Make no link; the focus stays where it is."""
        if self.active:
            self._close(refocus=False)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """The links to be, while a target is chosen."""
        for source in self._sources:
            if self._target is not None and source != self._target:
                preview_link(painter, self._stage, theme, source, self._target, QPoint().toPointF())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows choose a node as long as nothing is typed."""
        if (
            watched is self.field
            and event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and not self.field.text()
            and Qt.Key(event.key()) in ARROWS
        ):
            self._walk(ARROWS[Qt.Key(event.key())])
            return True
        return super().eventFilter(watched, event)

    def _walk(self, way: Way) -> None:
        centre = self._stage.scene.centre(self._target or self._sources[0])
        if centre is None:
            return
        start = (centre.x(), centre.y())
        but = [NodeId(end) for end in (*self._sources, self._target) if end is not None]
        places = nodes_only(self._selecting.walkable(), self._stage.document)
        found = next_that_way(places, start, way, but)
        if found is not None:
            self._target = NodeId(found)
            self._stage.reveal(found)
            self._stage.focus(found)
            self.changed.emit()

    def _typing(self, words: str) -> None:
        if words and self._target is not None:
            self._target = None
            self.changed.emit()

    def _chosen(self, words: str) -> None:
        end = self._known.get(words)
        if end is not None and self.active:
            self.to(end)

    def _completed(self) -> bool:
        """Is the name that is being typed another, longer one now? Only one that begins so is meant."""
        last = last_name(self.field.text())
        found = self._named(last) if last else None
        label = next((label for label, end in self._known.items() if end == found), "")
        if not label or label.casefold() == last.casefold():
            return False
        self.field.setText(self.field.text()[: len(self.field.text()) - len(last)] + label)
        return True

    def _ended(self, how: Ended) -> None:
        if not self.active or (how is Ended.TAB and self._completed()):
            return
        words = " ".join(self.field.text().split())
        if how in (Ended.ESCAPE, Ended.LEFT):
            self._close(refocus=how is Ended.ESCAPE)
            return
        listed = [part for part in (part.strip() for part in words.split(",")) if part]
        target = self._target if not words else self._named(words)
        if target is not None:
            self.to(target)
        elif listed and self._moving is None:
            self._to_each(listed)
        elif words:
            self.field.selectAll()  # nobody has that name, and no new one is made for an old link
        else:
            self._close()

    def _to_each(self, words: list[str]) -> None:
        """One link for each name; whoever is not there yet is put beside the first source."""
        sources, known = self._sources, [self._named(name) for name in words]
        new = list(dict.fromkeys(name for name, end in zip(words, known, strict=True) if end is None))
        self._close()
        self._verbs.link_all(sources, [end for end in known if end is not None], new)

    def _named(self, words: str) -> EndId | None:
        """The end meant: its whole name, or the only one that begins so."""
        return meant(words, self._known)

    def _close(self, *, refocus: bool = True) -> None:
        self._sources = []
        self._target = None
        self._moving = None
        self.field.hide()
        if refocus:
            self._host.setFocus()
        self.changed.emit()

    def _map_changed(self) -> None:
        gone = any(self._stage.document.end(source) is None for source in self._sources)
        if self._moving is not None and self._moving[0] not in self._stage.document.links:
            gone = True
        if self.active and gone:
            self._close(refocus=False)

    def _follow(self) -> None:
        place = self._place(self._sources) if self.active else None
        if place is not None:
            self.field.go(place)

    def _place(self, sources: list[EndId]) -> QPoint | None:
        centre = self._stage.scene.centre(sources[0]) if sources else None
        if centre is None:
            return None
        at = self._stage.camera.to_screen(centre.x(), centre.y()).toPoint()
        return QPoint(at.x(), min(at.y() + BELOW, self._host.height() - 24))

    def _ends(self) -> dict[str, EndId]:
        """Every end but the sources, by a label of its own."""
        return labels(self._stage.session.shown, self._sources)
