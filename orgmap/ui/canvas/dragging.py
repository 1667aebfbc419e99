"""Dragging what is selected: nodes and whole modules, into frames and out of them."""

from __future__ import annotations

from orgmap.i18n import text
from orgmap.model import edits
from orgmap.model.document import Change
from orgmap.model.entities import ModuleId, NodeId
from orgmap.model.query import above, home, inside
from orgmap.ui.canvas.naming import Naming
from orgmap.ui.canvas.stage import Lifted, Stage
from orgmap.ui.canvas.tools import Gesture, Pointer
from orgmap.ui.canvas.verbs import moved, standing, who

_MOVE = text("undo", "Move {who}")
_JOIN = text("undo", "Move {who} to {module}")
_COPY = text("undo", "Duplicate {who}")


class Drag(Gesture):
    """Moves the selection with the pointer; a click on the way selects.

    Frames stand still meanwhile, and where a person is let go decides to which module it belongs:
    into a frame joins, out of its own leaves; with Alt it stays with whom it was. Pressed with
    Alt already, the people stay and copies of them are moved. Shift keeps to one axis.
    """

    def __init__(self, stage: Stage, naming: Naming, grabbed: str) -> None:
        super().__init__(stage)
        self._naming = naming
        self._grabbed = grabbed
        self._toggled = False
        self._copies = False

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
        """Hold it above the map, and light the frame that would take it in."""
        self._naming.dismiss()
        nodes, modules = self._held()
        dx, dy = self._way(at)
        joining = None if at.alt or self._copies else self._joining(nodes, modules, at)
        self.stage.lift(
            Lifted(
                nodes=nodes,
                modules=modules,
                dx=dx,
                dy=dy,
                joining=joining,
                copies=self._copies,
            )
        )

    def release(self, at: Pointer) -> None:
        """Put it down as one step of undo; back where it was leaves none."""
        self.stage.lift(None)
        if not self.moving:
            self._clicked(at)
            return
        nodes, modules = self._held()
        dx, dy = self._way(at)
        if not dx and not dy:
            return
        if self._copies:
            self._copied(nodes, dx, dy)
            return
        document = self.stage.document
        change = moved(document, nodes, modules, dx, dy)
        joined: dict[ModuleId | None, list[NodeId]] = {}
        if not at.alt:
            joined = self._changing_home(nodes, modules, dx, dy)
            for module, people in joined.items():
                change = change.then(edits.join(document.apply(change), people, module))
            change = self._nested(change, modules, dx, dy)
        change = standing(self.stage, change)
        ends: list[NodeId | ModuleId] = [end for end in document.nodes if end in nodes]
        ends += [end for end in document.modules if end in modules]
        into = [module for module in joined if module is not None]
        label = _MOVE(who=who(document, self._named(ends)))
        if len(into) == 1:
            label = _JOIN(who=who(document, joined[into[0]]), module=document.modules[into[0]].name)
        self.stage.session.edit(label, change)
        after = self.stage.document.nodes
        self.stage.nodes_moved.emit(tuple(nodes), tuple((after[n].x, after[n].y) for n in nodes))

    def cancel(self) -> None:
        """Everything lies where it lay."""
        self.stage.lift(None)
        self.stage.select(self._before)

    def alive(self) -> bool:
        """Is what was grabbed still there?"""
        return self.stage.exists(self._grabbed)

    def _clicked(self, at: Pointer) -> None:
        if at.shift or at.ctrl:
            if not self._toggled:
                self.stage.toggle(self._grabbed)
        else:
            self.stage.select([self._grabbed])

    def _named(self, ends: list[NodeId | ModuleId]) -> list[NodeId | ModuleId]:
        """The ends to name in the label: not the people of a module that is itself among them."""
        modules = {end for end in ends if end in self.stage.document.modules}
        nodes = self.stage.document.nodes
        return [end for end in ends if end in modules or home(nodes[NodeId(end)]) not in modules]

    def _held(self) -> tuple[frozenset[NodeId], frozenset[ModuleId]]:
        """The nodes and modules that move, those inside moved modules included."""
        document = self.stage.document
        modules = {m for module in self.stage.selected_modules for m in inside(document, module)}
        if self._copies:
            modules = set()
        nodes = {n.id for n in document.nodes.values() if home(n) in modules}
        return frozenset(nodes | set(self.stage.selected_nodes)), frozenset(modules)

    def _way(self, at: Pointer) -> tuple[float, float]:
        dx, dy = at.map_x - self.start.map_x, at.map_y - self.start.map_y
        if at.shift:
            return (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        return dx, dy

    def _joining(
        self, nodes: frozenset[NodeId], modules: frozenset[ModuleId], at: Pointer
    ) -> ModuleId | None:
        """The frame to light: where what is under the pointer would come to belong."""
        dx, dy = self._way(at)
        document = self.stage.document
        grabbed = self._grabbed
        if grabbed in document.modules:
            under = self._parent_at(ModuleId(grabbed), modules, dx, dy)
            return under if under != document.modules[ModuleId(grabbed)].parent else None
        changing = self._changing_home(nodes, modules, dx, dy)
        return next((m for m, who_joins in changing.items() if grabbed in who_joins), None)

    def _changing_home(
        self, nodes: frozenset[NodeId], modules: frozenset[ModuleId], dx: float, dy: float
    ) -> dict[ModuleId | None, list[NodeId]]:
        """Who would come to belong to which module by being let go here."""
        document, found = self.stage.document, dict[ModuleId | None, list[NodeId]]()
        for key in document.nodes:
            node = document.nodes[key]
            if key not in nodes or home(node) in modules or node.x is None or node.y is None:
                continue
            under = self._innermost(node.x + dx, node.y + dy, modules)
            if under != home(node):
                found.setdefault(under, []).append(key)
        return found

    def _parent_at(
        self, module: ModuleId, modules: frozenset[ModuleId], dx: float, dy: float
    ) -> ModuleId | None:
        rect = self.stage.frame(module)
        if rect is None:
            return self.stage.document.modules[module].parent
        return self._innermost(rect.center().x() + dx, rect.top() + dy + 12.0, modules)

    def _nested(self, change: Change, modules: frozenset[ModuleId], dx: float, dy: float) -> Change:
        """Modules let go in another frame nest in it, those drawn out of theirs leave it."""
        document = self.stage.document
        for module in self.stage.selected_modules:
            if any(m.id in self.stage.selection for m in above(document, module) if m.id != module):
                continue
            parent = self._parent_at(module, modules, dx, dy)
            if parent != document.modules[module].parent:
                change = change.then(edits.nest(document.apply(change), module, parent))
        return change

    def _innermost(self, x: float, y: float, but: frozenset[ModuleId]) -> ModuleId | None:
        """The innermost frame that holds a point, as the frames stand before the drag."""
        scene = self.stage.scene
        for row in reversed(scene.frames.shown):
            if scene.frames.ids[row] not in but and scene.frames.of_row(row).contains(x, y):
                return scene.frames.ids[row]
        return None

    def _copied(self, nodes: frozenset[NodeId], dx: float, dy: float) -> None:
        """Copies where the drag ended; each belongs to the frame it lies in."""
        document = self.stage.document
        listed = [key for key in document.nodes if key in nodes]
        change, made = edits.duplicate(document, listed, (dx, dy))
        for key in made:
            copied = document.apply(change)
            node = copied.nodes[key]
            if node.x is not None and node.y is not None:
                under = self._innermost(node.x, node.y, frozenset())
                if under != home(node):
                    change = change.then(edits.join(copied, [key], under))
        self.stage.session.edit(_COPY(who=who(document, listed)), change)
        self.stage.select(made)
