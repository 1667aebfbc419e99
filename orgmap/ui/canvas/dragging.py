"""Dragging what is selected: nodes, notes and whole modules, into frames and out of them."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from orgmap.drawing.style import Theme
from orgmap.i18n import text
from orgmap.model import edits
from orgmap.model.entities import ModuleId, NodeId, StickyId
from orgmap.model.fragments import copies
from orgmap.model.query import home, inside, name_of
from orgmap.ui.canvas.gestures import Gesture, Pointer
from orgmap.ui.canvas.joining import NOTHING, Belonging, belonging, innermost
from orgmap.ui.canvas.landing import put_aside
from orgmap.ui.canvas.lifted import Lifted
from orgmap.ui.canvas.naming import Naming
from orgmap.ui.canvas.signs import paint_words
from orgmap.ui.canvas.snapping import NEARBY, Guide, Neighbours, Snapped, neighbours, snapped
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.canvas.verbs import standing, who

TICK = 4.0  # pixels, half the stroke at either end of an equal gap

_MOVE = text("undo", "Move {who}")
_JOIN = text("undo", "Move {who} to {module}")
_ALSO = text("undo", "Put {who} in {module} too")
_COPY = text("undo", "Duplicate {who}")


class Drag(Gesture):
    """Moves the selection with the pointer; a click on the way selects.

    Frames stand still meanwhile, and where the grabbed one is let go decides to which module all
    that is held belongs: into a frame joins, out of its own leaves; with Alt it stays with whom it
    was. With Ctrl people stay where they are and belong to the frame in addition; nothing snaps
    while it is held. Pressed with Alt already, copies are moved. Shift keeps to one axis.
    """

    def __init__(self, stage: Stage, naming: Naming, grabbed: str) -> None:
        super().__init__(stage)
        self._naming = naming
        self._grabbed = grabbed
        self._toggled = False
        self._copies = False
        self._others: Neighbours | None = None
        self._guides: tuple[Guide, ...] = ()
        self._belonging = NOTHING
        self._at = QPointF()

    def press(self, at: Pointer) -> None:
        """What is grabbed is selected; with Shift or Ctrl in addition."""
        super().press(at)
        self._before = self.stage.selection
        self._copies = at.alt
        if self._grabbed in self._before:
            self.stage.focus(self._grabbed)
        elif at.shift or at.ctrl:
            self._toggled = True
            self.stage.toggle(self._grabbed)
        else:
            self.stage.select([self._grabbed])

    def drag(self, at: Pointer) -> None:
        """Hold it above the map, and show where it would come to belong."""
        self._naming.dismiss()
        self._at = QPointF(at.x, at.y)
        way, self._belonging = self._found(at)
        self._guides = way.guides
        also = self._belonging.also
        nodes, modules, notes = self._held()
        self.stage.lift(
            Lifted(
                nodes=nodes,
                modules=modules,
                notes=notes,
                dx=way.dx,
                dy=way.dy,
                joining=self._belonging.joining,
                leaving=self._belonging.leaving,
                copies=self._copies or also,
            )
        )

    def release(self, at: Pointer) -> None:
        """Put it down as one step of undo; back where it was leaves none."""
        self.stage.lift(None)
        if not self.moving:
            self._clicked(at)
            return
        way, belongs = self._found(at)
        if self._copies:
            self._copied(way.dx, way.dy)
            return
        document = self.stage.document
        if belongs.also and belongs.joining is not None:
            label = _ALSO(who=who(document, belongs.people), module=name_of(document, belongs.joining))
            self.stage.edit(label, belongs.change(document))
            return
        held = self.stage.movable
        change = edits.shift(document, dict.fromkeys(held, (way.dx, way.dy)))
        change = standing(self.stage, change.then(belongs.change(document.apply(change))))
        if len(held) == 1:
            change = change.then(put_aside(document.apply(change), NodeId(next(iter(held)))))
        label = _MOVE(who=who(document, held))
        if belongs.joining is not None:
            joined = (*belongs.people, *belongs.modules)
            label = _JOIN(who=who(document, joined), module=name_of(document, belongs.joining))
        self.stage.edit(label, change)

    def cancel(self) -> None:
        """Everything lies where it lay."""
        self.stage.lift(None)
        self.stage.select(self._before)

    def alive(self) -> bool:
        """Is what was grabbed still there?"""
        return self.stage.exists(self._grabbed)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """What it falls into line with, and to which module it would come to belong."""
        if self.stage.lifted is None:
            return
        camera = self.stage.camera
        painter.setPen(QPen(theme["accent"], 1.0))
        for guide in self._guides:
            one, other = camera.to_screen(guide.x1, guide.y1), camera.to_screen(guide.x2, guide.y2)
            painter.drawLine(QLineF(one, other))
            if guide.gap:
                aside = QPointF(0.0, TICK) if one.y() == other.y() else QPointF(TICK, 0.0)
                painter.drawLine(QLineF(one - aside, one + aside))
                painter.drawLine(QLineF(other - aside, other + aside))
        words = self._belonging.said(self.stage.scene)
        if words is not None:
            paint_words(painter, theme, str(words), self._at, self.stage.camera)

    def _clicked(self, at: Pointer) -> None:
        if at.shift or at.ctrl:
            if not self._toggled:
                self.stage.toggle(self._grabbed)
        else:
            self.stage.select([self._grabbed])

    def _held(self) -> tuple[frozenset[NodeId], frozenset[ModuleId], frozenset[StickyId]]:
        """The nodes, modules and notes that move, those inside moved modules included."""
        stage = self.stage
        modules = {m for module in stage.selected_modules for m in inside(stage.document, module)}
        nodes = set(stage.selected_nodes)
        if modules:
            nodes |= {n.id for n in stage.document.nodes.values() if home(n) in modules}
        return frozenset(nodes), frozenset(modules), frozenset(stage.selected_notes)

    def _found(self, at: Pointer) -> tuple[Snapped, Belonging]:
        """How far what is held has come, and where it would come to belong."""
        dx, dy = at.map_x - self.start.map_x, at.map_y - self.start.map_y
        axes = "xy"
        if at.shift:
            axes = "x" if abs(dx) >= abs(dy) else "y"
            dx, dy = (dx, 0.0) if axes == "x" else (0.0, dy)
        document, scene = self.stage.document, self.stage.scene
        if at.alt or self._copies:
            return self._snapped(dx, dy, axes, at), NOTHING
        held = self.stage.movable
        if at.ctrl:
            return Snapped(dx, dy), belonging(document, scene, held, self._grabbed, dx, dy, also=True)
        way = self._snapped(dx, dy, axes, at)
        return way, belonging(document, scene, held, self._grabbed, way.dx, way.dy, also=False)

    def _snapped(self, dx: float, dy: float, axes: str, at: Pointer) -> Snapped:
        stage = self.stage
        box, node = self._box()
        if not stage.snapping or at.ctrl or box.isNull():
            return Snapped(dx, dy)
        if self._others is None:
            self._others = self._around()
        return snapped(box, dx, dy, self._others, NEARBY / stage.camera.scale, node=node, axes=axes)

    def _box(self) -> tuple[QRectF, bool]:
        """Where the grabbed thing lay, and whether it is a node, which snaps by its middle."""
        scene = self.stage.scene
        row = scene.nodes.index.get(NodeId(self._grabbed))
        if row is not None:
            x, y = (float(v) for v in scene.nodes.centre[row])
            half = float(scene.nodes.radius[row])
            return QRectF(x - half, y - half, 2 * half, 2 * half), True
        return scene.rect_of([self._grabbed]), False

    def _around(self) -> Neighbours:
        """What does not move; frames that grow and shrink with what moves are no measure either."""
        nodes, modules, notes = self._held()
        document, scene = self.stage.document, self.stage.scene
        held: set[str] = {*nodes, *modules, *notes} if not self._copies else set()
        for key in (*nodes, *modules):
            at = home(document.nodes[NodeId(key)]) if key in document.nodes else ModuleId(key)
            while at is not None and at not in held and at in document.modules:
                held.add(at)
                at = document.modules[at].parent
        for module in modules:
            at = document.modules[module].parent
            while at is not None and at not in held:
                held.add(at)
                at = document.modules[at].parent
        return neighbours(scene, self.stage.camera.seen, held)

    def _copied(self, dx: float, dy: float) -> None:
        """Copies where the drag ended; each belongs to the frame it lies in."""
        stage, document = self.stage, self.stage.document
        chosen = self.stage.movable
        change, made = copies(document, chosen, (dx, dy))
        copied, new, joining = document.apply(change), set(made), dict[ModuleId | None, list[NodeId]]()
        for node in filter(None, (copied.nodes.get(NodeId(key)) for key in made)):
            if node.x is not None and node.y is not None and home(node) not in new:
                under = innermost(stage.scene, node.x, node.y, set())
                if under != home(node):
                    joining.setdefault(under, []).append(node.id)
        for under, nodes in joining.items():
            change = change.then(edits.join(copied, nodes, under))
        stage.edit(_COPY(who=who(document, chosen)), change)
        stage.select(made)
