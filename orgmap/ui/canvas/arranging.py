"""Where and how things stand: nudged, in line, pinned; notes in colours, pictures behind the map.

Each acts on the selection of the stage, or on what it is given, and is one step of undo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from orgmap.i18n import text
from orgmap.model import edits, scenery
from orgmap.model.aligning import Side, align, distribute
from orgmap.model.document import Change, Document
from orgmap.model.entities import BackdropId, Frame
from orgmap.ui.canvas.places import Way
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.canvas.verbs import who

NUDGE = 8.0  # map units; with Shift ten times as far

_MOVE = text("undo", "Move {who}")
_PIN = text("undo", "Pin {who}")
_UNPIN = text("undo", "Let go of {who}")
_ALIGN = text("undo", "Align {who}")
_DISTRIBUTE = text("undo", "Distribute {who}")
_COLOUR = text("undo", "Colour {who}")
_LOCK = text("undo", "Lock the background picture")
_UNLOCK = text("undo", "Unlock the background picture")
_STRENGTH = text("undo", "Change the strength of the background picture")
_FIT = text("undo", "Fit the background picture to the map")
_SIZE = text("undo", "Resize {who}")
_MAGNIFY = text("undo", "Resize the background picture")
_DELETE = text("undo", "Delete {who}")


class Arranging:
    """The verbs of one canvas that concern places and looks."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._nudges = 0
        self._nudged: frozenset[str] | None = None

    @property
    def commands(self) -> dict[str, Callable[[], None]]:
        """Those that are actions, by the ids of `ui.actions`."""
        return {
            "pin": self.pin,
            **{f"align_{side.value}": partial(self.align, side) for side in Side},
            "distribute_across": partial(self.distribute, across=True),
            "distribute_down": partial(self.distribute, across=False),
        }

    def nudge(self, way: Way, steps: int = 1) -> None:
        """Move the selection a little; nudges of the same things in a row are one step of undo."""
        dx, dy = (NUDGE * steps * part for part in way.value)
        stage = self._stage
        free = [key for key in stage.selected_pictures if not self._document.backdrops[key].locked]
        held = [*stage.movable, *free]
        change = edits.shift(self._document, dict.fromkeys(held, (dx, dy)))
        if not change:
            return
        if self._nudged != self._stage.selection:
            self._nudges += 1
            self._nudged = self._stage.selection
        key = f"nudge-{id(self)}-{self._nudges}"
        self._stage.edit(_MOVE(who=who(self._document, held)), change, key)

    def pin(self) -> None:
        """Pin the selected nodes, so that no layout moves them; if all are pinned, let go of them."""
        nodes = self._stage.selected_nodes
        pinned = not all(self._document.nodes[key].pinned for key in nodes)
        change = edits.set_fields(self._document, nodes, pinned=pinned)
        self._stage.edit((_PIN if pinned else _UNPIN)(who=who(self._document, nodes)), change)

    def note_colour(self, colour: int) -> None:
        """Give the selected notes a colour of the theme."""
        notes = self._stage.selected_notes
        change = edits.set_fields(self._document, notes, colour=colour)
        self._stage.edit(_COLOUR(who=who(self._document, notes)), change)

    def size(self, width: float, height: float) -> None:
        """Give the selected notes a size, map units, without dragging a corner; the text may need more."""
        notes = self._stage.selected_notes
        change = edits.set_fields(self._document, notes, width=width, height=height)
        self._stage.edit(_SIZE(who=who(self._document, notes)), change)

    def magnify(self, pictures: Iterable[BackdropId], factor: float) -> None:
        """Make pictures behind the map larger or smaller about their middle."""
        change = Change()
        for key in pictures:
            own = self._document.backdrops[key]
            wide, high = own.width * factor, own.height * factor
            x, y = own.x - (wide - own.width) / 2, own.y - (high - own.height) / 2
            frame = Frame(x=x, y=y, width=wide, height=high)
            change = change.then(scenery.resize(self._document, key, frame))
        self._stage.edit(_MAGNIFY(), change)

    def align(self, side: Side) -> None:
        """Bring what is selected in line."""
        chosen = self._stage.movable
        self._stage.edit(_ALIGN(who=who(self._document, chosen)), align(self._document, chosen, side))

    def distribute(self, *, across: bool) -> None:
        """Set what is selected at even distances."""
        chosen = self._stage.movable
        self._stage.edit(
            _DISTRIBUTE(who=who(self._document, chosen)), distribute(self._document, chosen, across=across)
        )

    def lock_pictures(self, pictures: Iterable[BackdropId], locked: bool) -> None:
        """Keep pictures behind the map from being touched, or let them be moved."""
        change = edits.set_fields(self._document, pictures, locked=locked)
        self._stage.edit((_LOCK if locked else _UNLOCK)(), change)

    def picture_strength(self, pictures: Iterable[BackdropId], strength: float) -> None:
        """How strongly pictures show, 0..1."""
        self._stage.edit(_STRENGTH(), edits.set_fields(self._document, pictures, strength=strength))

    def fit_pictures(self, pictures: Iterable[BackdropId]) -> None:
        """Let pictures cover all people and modules, in their proportions."""
        around = self._stage.extent([*self._document.nodes, *self._document.modules])
        change = Change()
        for key in pictures:
            own = self._document.backdrops[key]
            if not around.isEmpty():
                frame = Frame(x=around.x(), y=around.y(), width=around.width(), height=around.height())
                fitted = scenery.fitted(own.width, own.height, frame)
                change = change.then(scenery.resize(self._document, key, fitted))
        self._stage.edit(_FIT(), change)

    def take_pictures(self, pictures: Iterable[BackdropId]) -> None:
        """Take pictures from behind the map."""
        self._stage.edit(_DELETE(who=who(self._document, pictures)), edits.delete(self._document, pictures))

    @property
    def _document(self) -> Document:
        return self._stage.document
