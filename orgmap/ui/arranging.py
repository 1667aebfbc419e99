"""Tidying the map: places come from the worker, people glide there, undo takes it back in one step."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import count

from PySide6.QtCore import QEasingCurve, QObject, QTimer, QVariantAnimation, Signal

from orgmap.i18n import Said, text
from orgmap.model import edits
from orgmap.model.document import Change, Document
from orgmap.model.entities import NodeId
from orgmap.ui.jobs import Analyst, Placing
from orgmap.ui.session import Session

GLIDE = 220  # milliseconds

Place = tuple[float, float]
Places = Mapping[NodeId, Place]

_LABELS = {
    "modules": text("edit", "Tidy by module"),
    "force": text("edit", "Tidy by closeness"),
}


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
        self._label: Said = _LABELS["modules"]()
        self._keys = count(1)
        self._merge = ""
        self._moving = False  # our own edit is ringing
        self._glide = QVariantAnimation(self)
        self._glide.setDuration(GLIDE)
        self._glide.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.valueChanged.connect(self._on_step)
        analyst.placing_ready.connect(self._on_placing)
        session.changed.connect(self._on_changed)
        session.opened.connect(self._stop)

    @property
    def gliding(self) -> bool:
        """Are people on their way?"""
        return bool(self._to)

    def tidy(self, style: str = "modules", only: Collection[NodeId] | None = None) -> None:
        """Ask the worker for places, for `only` these nodes or for all."""
        self._finish()
        self._asked_from = _places(self._session.document)
        self._analyst.place(style, frozenset(only) if only is not None else None)

    def _on_placing(self, placing: Placing) -> None:
        now = _places(self._session.document)
        document = self._session.document
        self._to = {
            node: place
            for node, place in placing.positions.items()
            if node in document.nodes
            and not document.nodes[node].pinned
            and now.get(node) == self._asked_from.get(node)
            and now.get(node) != place
        }
        if not self._to:
            self.settled.emit()
            return
        self._from = {node: now.get(node, self._to[node]) for node in self._to}
        self._label = _LABELS[placing.style]()
        self._merge = f"tidy-{next(self._keys)}"
        if self.reduced:
            self._finish()
        else:
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
        to, self._to = self._to, {}
        self._glide.stop()
        if to:
            self._move(to)
            self._session.seal()
            self.settled.emit()

    def _stop(self) -> None:
        self._to = {}
        self._glide.stop()

    def _move(self, to: Places) -> None:
        self._moving = True
        try:
            self._session.edit(self._label, edits.move(self._session.document, to), self._merge)
        finally:
            self._moving = False

    def _on_changed(self, change: Change) -> None:
        """Somebody else edits while people glide: they get home at once, without what was touched.

        After an undo the whole of it is off.
        """
        if self._moving or not self._to:
            return
        undone = self._session.history.redo_label is not None
        left = {} if undone else {node: to for node, to in self._to.items() if node not in change.nodes}
        self._stop()
        if left:
            self._to = left
            self._merge = f"tidy-{next(self._keys)}"
            QTimer.singleShot(0, self._finish)


def _places(document: Document) -> dict[NodeId, Place]:
    return {n.id: (n.x, n.y) for n in document.nodes.values() if n.x is not None and n.y is not None}


def _between(one: Place, other: Place, share: float) -> Place:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share
