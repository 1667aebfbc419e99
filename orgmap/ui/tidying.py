"""The ways to tidy a map, as actions: all of it, or what is selected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import chain

from PySide6.QtCore import QObject

from orgmap.model.document import Change
from orgmap.model.entities import NodeId
from orgmap.ui.arranging import LABELS, Arranger
from orgmap.ui.canvas.view import CanvasView
from orgmap.ui.session import Session

ALTERING = (
    "tidy", "tidy_force", "tidy_levels", "tidy_flow", "tidy_circle", "tidy_rings", "tidy_alone"
)  # fmt: skip


class Tidying(QObject):
    """Asks the arranger for what the user chose; when a whole map was tidied, shows all of it."""

    def __init__(self, session: Session, canvas: CanvasView, arranger: Arranger, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._canvas = canvas
        self._arranger = arranger
        self._whole = False
        self.commands: Mapping[str, Callable[..., object]] = {
            "tidy": partial(self.tidy, "modules"),
            "tidy_force": partial(self.tidy, "together"),
            "tidy_levels": partial(self.tidy, "levels"),
            "tidy_flow": partial(self.tidy, "flow"),
            "tidy_circle": partial(self.tidy, "circle"),
            "tidy_rings": partial(self.tidy, "rings"),
            "tidy_alone": partial(self.tidy, "force"),
        }
        arranger.watch(canvas)
        arranger.settled.connect(self._on_settled)
        session.changed.connect(self._on_changed)

    def tidy(self, style: str, *_: object) -> None:
        """Tidy what is selected, if that is several people or a module; else everybody.

        One selected person is the middle of the rings.
        """
        document, selected = self._session.document, self._canvas.selection
        people = [key for key in document.nodes if key in selected]
        modules = [key for key in document.modules if key in selected]
        only = [*people, *modules] if len(people) > 1 or modules else None
        around: NodeId | None = people[0] if style == "rings" and len(people) == 1 else None
        self._whole = only is None
        self._arranger.tidy(style, only, around)

    def everybody(self) -> None:
        """Tidy the whole map by module, whatever is selected."""
        self._whole = True
        self._arranger.tidy("modules")

    def _on_settled(self) -> None:
        """Everybody stands elsewhere now: show where. Among a few, the view stays as it is."""
        if self._whole:
            self._canvas.zoom_to_fit()

    def _on_changed(self, change: Change) -> None:
        """A tidy was taken back or done again: who saw the whole map sees the whole of this one."""
        history = self._session.history
        tidied = {label() for label in LABELS.values()} & {history.undo_label, history.redo_label}
        if tidied and change.nodes and not self._arranger.moving and self._saw_whole(change):
            self._canvas.zoom_to_fit()

    def _saw_whole(self, change: Change) -> bool:
        """Was everybody in view before this change?"""
        seen = self._canvas.camera.seen
        unmoved = (node for key, node in self._session.document.nodes.items() if key not in change.nodes)
        before = chain(unmoved, (old for old, _ in change.nodes.values()))
        return all(
            seen.contains(node.x, node.y)
            for node in before
            if node is not None and node.x is not None and node.y is not None
        )
