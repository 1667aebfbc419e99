"""Tidying the map: places come from the worker, people glide there, undo takes it back in one step.

A hand on the canvas, or any key, while they glide brings everybody home at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import count

from PySide6.QtCore import QEasingCurve, QEvent, QObject, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QKeyEvent

from orgmap.i18n import Said, text
from orgmap.model import edits
from orgmap.model.document import Change, Document
from orgmap.model.entities import EndId, Module, Node, NodeId
from orgmap.ui.analyst import Analyst, Placing
from orgmap.ui.session import Session

GLIDE = 220  # milliseconds
MOST_GLIDING = 1_500  # things; more would only stutter

Place = tuple[float, float]
Places = Mapping[EndId, Place]

LABELS = {
    "modules": text("edit", "Tidy by module"),
    "together": text("edit", "Tidy by closeness"),
    "force": text("edit", "Tidy by closeness alone"),
    "levels": text("edit", "Tidy by level"),
    "flow": text("edit", "Tidy by flow of talk"),
    "circle": text("edit", "Tidy in a circle"),
    "rings": text("edit", "Tidy in rings"),
}
_HANDS = (  # what ends a gliding at once
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.TouchBegin,
    QEvent.Type.KeyPress,
)


class Arranger(QObject):
    """Moves people to where the worker says. What the user moved in the meantime stays there.

    `reduced`: no gliding. `settled` rings when everybody stands where they will stand.
    """

    settled = Signal()

    def __init__(self, session: Session, analyst: Analyst, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.reduced = False
        self._session = session
        self._analyst = analyst
        self._asked_from: Places = {}
        self._from: Places = {}
        self._to: Places = {}
        self._of: frozenset[EndId] = frozenset()  # what was laid out, whether or not it moves
        self._label: Said = LABELS["modules"]()
        self._keys = count(1)
        self._merge = ""
        self._moving = False  # our own edit is ringing
        self._glide = QVariantAnimation(self)
        self._glide.setDuration(GLIDE)
        self._glide.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.valueChanged.connect(self._on_step)
        self._watched: tuple[QObject, ...] = ()
        analyst.placing_ready.connect(self._on_placing)
        session.changed.connect(self._on_changed)
        session.opened.connect(self._stop)

    @property
    def gliding(self) -> bool:
        """Are people on their way?"""
        return bool(self._to)

    @property
    def moving(self) -> bool:
        """Is the edit that rings just now its own?"""
        return self._moving

    def watch(self, *objects: QObject) -> None:
        """A press or a key on one of these ends a gliding; Esc does nothing else then."""
        self._watched = objects

    def tidy(
        self, style: str = "modules", only: Collection[str] | None = None, around: NodeId | None = None
    ) -> None:
        """Ask the worker for places, for `only` these nodes and what is in these modules, or for all.

        `around`: who stands in the middle, where the style has a middle.
        """
        self._finish()
        self._asked_from = _places(self._session.document)
        self._analyst.place(style, frozenset(only) if only is not None else None, around)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Somebody takes hold of the map: everybody gets home at once, and the hand is heard."""
        if not self._to or event.type() not in _HANDS:
            return False
        self._finish()
        return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape

    def _on_placing(self, placing: Placing) -> None:
        now = _places(self._session.document)
        document = self._session.document
        self._of = frozenset(placing.positions)
        self._to = {
            node: place
            for node, place in placing.positions.items()
            if _movable(document, node)
            and now.get(node) == self._asked_from.get(node)
            and now.get(node) != place
        }
        if not self._to:
            self.settled.emit()
            return
        self._from = {node: now.get(node, self._to[node]) for node in self._to}
        self._label = LABELS[placing.style]()
        self._merge = f"tidy-{next(self._keys)}"
        if self.reduced or len(self._to) > MOST_GLIDING:
            self._finish()
            return
        for each in self._watched:
            each.installEventFilter(self)
        self._glide.start()

    def _on_step(self, share: float) -> None:
        if not self._to:
            return
        if share >= 1.0:
            self._finish()
        elif share > 0.0:
            self._move({node: _between(self._from[node], self._to[node], share) for node in self._to})

    def _finish(self) -> None:
        """Put everybody where they go, and let the next step be one of its own."""
        to = self._to
        self._stop()
        if to:
            self._move(to)
            self._session.seal()
            self.settled.emit()

    def _stop(self) -> None:
        self._to = {}
        self._glide.stop()
        for each in self._watched:
            each.removeEventFilter(self)

    def _move(self, to: Places) -> None:
        self._moving = True
        try:
            change = edits.lay_out(self._session.document, to, self._of)
            self._session.edit(self._label, change, self._merge)
        finally:
            self._moving = False

    def _on_changed(self, change: Change) -> None:
        """Somebody else edits while people glide: they get home at once, without what was touched.

        After an undo the whole of it is off.
        """
        if self._moving or not self._to:
            return
        undone = self._session.history.redo_label is not None
        left = {} if undone else {key: to for key, to in self._to.items() if key not in set(change.touched())}
        self._stop()
        if left:
            self._to = left
            self._merge = f"tidy-{next(self._keys)}"
            QTimer.singleShot(0, self._finish)


def _places(document: Document) -> dict[EndId, Place]:
    """Where nodes stand, and the middles of frames that were drawn."""
    found: dict[EndId, Place] = {
        n.id: (n.x, n.y) for n in document.nodes.values() if n.x is not None and n.y is not None
    }
    for module in document.modules.values():
        if module.frame is not None:
            frame = module.frame
            found[module.id] = (frame.x + frame.width / 2, frame.y + frame.height / 2)
    return found


def _movable(document: Document, key: EndId) -> bool:
    found = document.end(key)
    return (isinstance(found, Node) and not found.pinned) or isinstance(found, Module)


def _between(one: Place, other: Place, share: float) -> Place:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share
