"""What one can do to what is selected, by key or menu. Each is one step of undo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QRectF

from orgmap.i18n import Said, names, text
from orgmap.model import edits
from orgmap.model.document import Change, Document, Draft
from orgmap.model.entities import (
    ChannelId,
    EndId,
    Frame,
    LinkId,
    LinkKind,
    ModuleId,
    NodeId,
    NodeKind,
)
from orgmap.model.frames import EMPTY
from orgmap.model.query import home, inside, name_of
from orgmap.ui.canvas.naming import Naming
from orgmap.ui.canvas.places import ACROSS, DOWN, Place, Way
from orgmap.ui.canvas.stage import Stage

NUDGE = 8.0  # map units; with Shift ten times as far

_MOVE = text("undo", "Move {who}")
_DELETE = text("undo", "Delete {who}")
_DELETE_LINKS = text("undo", "Delete {n} link", "Delete {n} links")
_TURN = text("undo", "Turn {n} link round", "Turn {n} links round")
_TWO_WAY = text("undo", "Make {n} link go both ways", "Make {n} links go both ways")
_ONE_WAY = text("undo", "Make {n} link go one way", "Make {n} links go one way")
_DUPLICATE = text("undo", "Duplicate {who}")
_LINK = text("undo", "Link {source} and {target}")
_KIND = text("undo", "Change the kind of {who}")
_LINK_KIND = text("undo", "Change the kind of {n} link", "Change the kind of {n} links")
_CHANNEL = text("undo", "Change the channel of {n} link", "Change the channel of {n} links")
_LEAVE = text("undo", "Take {who} out of the module")
_OPEN = text("undo", "Expand {who}")
_SHUT = text("undo", "Collapse {who}")
MODULE = text("module", "Module {number}")


class Verbs:
    """The verbs of one canvas; each acts on the selection of its stage unless told otherwise."""

    def __init__(self, stage: Stage, naming: Naming) -> None:
        self._stage = stage
        self._naming = naming
        self._nudges = 0
        self._nudged: frozenset[str] | None = None

    # -- making -------------------------------------------------------------------------------

    def person(self) -> None:
        """A new person beside what is selected, or in the middle of the view; named at once."""
        document = self._document
        node = document.nodes.get(NodeId(self._stage.focused or ""))
        if (
            node is not None
            and node.id in self._stage.selection
            and node.x is not None
            and node.y is not None
        ):
            self._naming.new_node(self._stage.beside((node.x, node.y), home(node)), home(node))
            return
        module = document.modules.get(ModuleId(self._stage.focused or ""))
        rect = self._stage.frame(module.id) if module is not None else None
        if module is not None and rect is not None:
            start = (rect.left() + ACROSS / 2, rect.center().y())
            self._naming.new_node(self._free(start, module.id), module.id)
            return
        camera = self._stage.camera
        self._naming.new_node(self._free((camera.x, camera.y), None))

    def linked_person(self, way: Way) -> None:
        """A new person that way, linked to the node the keyboard is on; named at once."""
        node = self._document.nodes.get(NodeId(self._stage.focused or ""))
        if node is None or node.x is None or node.y is None:
            self.person()
            return
        place = self._stage.beside((node.x, node.y), home(node), way)
        self._naming.new_node(place, home(node), linked_to=[node.id])

    def module(self) -> None:
        """A module round the selection, or an empty one in the middle of the view; named at once."""
        self._module(None)

    def module_in(self, rect: QRectF) -> None:
        """A module of whom a drawn frame encloses, or an empty one where it was drawn; map units."""
        self._module(rect)

    def _module(self, rect: QRectF | None) -> None:
        document, stage = self._document, self._stage
        nodes = stage.selected_nodes if rect is None else stage.scene.nodes_in(rect)
        nested = stage.selected_modules if rect is None else []
        held = {m for module in nested for m in inside(document, module)}
        loose = [key for key in nodes if home(document.nodes[key]) not in held]
        outer = {home(document.nodes[key]) for key in loose} | {document.modules[m].parent for m in nested}
        parent = next(iter(outer)) if len(outer) == 1 else None
        if rect is None or rect.width() < EMPTY[0] / 3 or rect.height() < EMPTY[1] / 3:
            camera = stage.camera
            x, y = (camera.x, camera.y) if rect is None else (rect.center().x(), rect.center().y())
            rect = QRectF(x - EMPTY[0] / 2, y - EMPTY[1] / 2, *EMPTY)
        frame = None
        if not loose and not nested:
            frame = Frame(x=rect.x(), y=rect.y(), width=rect.width(), height=rect.height())
        name = str(MODULE(number=len(document.modules) + 1))
        change, made = edits.add_module(document, name, loose, frame=frame, parent=parent)
        for module in nested:
            change = change.then(edits.nest(document.apply(change), module, made))
        self._naming.new_module(standing(stage, change), made)

    def link(self, source: EndId, target: EndId) -> None:
        """A two-way link; the link is selected."""
        if source == target or self._document.end(source) is None or self._document.end(target) is None:
            return
        change, made = edits.add_link(self._document, source, target)
        said = _LINK(source=name_of(self._document, source), target=name_of(self._document, target))
        self._stage.session.edit(said, change)
        self._stage.select([made])

    def duplicate(self) -> None:
        """Copies of the selected nodes, with the links among them, a step away and selected."""
        nodes = self._stage.selected_nodes
        if not nodes:
            return
        change, made = edits.duplicate(self._document, nodes, (ACROSS / 3, DOWN / 3))
        self._stage.session.edit(_DUPLICATE(who=self._who(nodes)), change)
        self._stage.select(made)

    # -- changing -----------------------------------------------------------------------------

    def rename(self) -> None:
        """Open the name of the node or module the keyboard is on; a link is opened as a whole."""
        self.retype("")

    def retype(self, typed: str) -> None:
        """As `rename`, with the first letter of the new name typed already."""
        stage = self._stage
        wanted = stage.focused if stage.focused in stage.selection else None
        if wanted is None:
            wanted = next(iter([*stage.selected_nodes, *stage.selected_modules]), None)
        if wanted is not None and self._document.end(NodeId(wanted)) is not None:
            self._naming.rename(NodeId(wanted), typed)
        elif stage.selected_links and not typed:
            stage.link_opened.emit(stage.selected_links[0])

    def delete(self) -> None:
        """Remove what is selected, with the links that hang on it."""
        ids = self._stage.selection
        ends = [*self._stage.selected_nodes, *self._stage.selected_modules]
        if not ids:
            return
        label = _DELETE(who=self._who(ends)) if ends else _DELETE_LINKS(n=len(ids))
        self._stage.session.edit(label, standing(self._stage, edits.delete(self._document, ids)))

    def nudge(self, way: Way, steps: int = 1) -> None:
        """Move the selection a little; nudges of the same things in a row are one step of undo."""
        dx, dy = (NUDGE * steps * part for part in way.value)
        nodes, modules = self._stage.selected_nodes, self._stage.selected_modules
        change = moved(self._document, nodes, modules, dx, dy)
        if not change:
            return
        if self._nudged != self._stage.selection:
            self._nudges += 1
            self._nudged = self._stage.selection
        key = f"nudge-{id(self)}-{self._nudges}"
        self._stage.session.edit(_MOVE(who=self._who([*nodes, *modules])), change, key)

    def turn_round(self) -> None:
        """Let the selected links point the other way."""
        links = self.links
        if links:
            self._stage.session.edit(_TURN(n=len(links)), edits.turn_round(self._document, links))

    def both_ways(self) -> None:
        """Make the selected talk go both ways; if all of it does already, one way."""
        links = [key for key in self.links if self._document.links[key].kind is LinkKind.TALKS]
        two_way = not all(self._document.links[key].two_way for key in links)
        if links:
            label = _TWO_WAY(n=len(links)) if two_way else _ONE_WAY(n=len(links))
            self._stage.session.edit(label, edits.set_two_way(self._document, links, two_way))

    def node_kind(self, kind: NodeKind) -> None:
        """Make the selected nodes persons, roles, outside parties or sources."""
        nodes = self._stage.selected_nodes
        change = edits.set_fields(self._document, nodes, kind=kind)
        self._stage.session.edit(_KIND(who=self._who(nodes)), change)

    def link_kind(self, kind: LinkKind) -> None:
        """Make the selected links talk, formal lines or needs."""
        links = self.links
        change = edits.set_fields(self._document, links, kind=kind)
        self._stage.session.edit(_LINK_KIND(n=len(links)), change)

    def channel(self, channel: ChannelId | None) -> None:
        """Carry the selected links on a channel."""
        links = self.links
        change = edits.set_fields(self._document, links, channel=channel)
        self._stage.session.edit(_CHANNEL(n=len(links)), change)

    def leave_module(self) -> None:
        """Take the selected nodes out of their home module."""
        nodes = [key for key in self._stage.selected_nodes if home(self._document.nodes[key]) is not None]
        change = standing(self._stage, edits.join(self._document, nodes, None))
        self._stage.session.edit(_LEAVE(who=self._who(nodes)), change)

    def collapse(self, shut: bool) -> None:
        """Collapse or expand the selected modules; nobody is moved."""
        modules = self._stage.selected_modules
        change = edits.set_fields(self._document, modules, collapsed=shut)
        self._stage.session.edit((_SHUT if shut else _OPEN)(who=self._who(modules)), change)

    # -- selecting ----------------------------------------------------------------------------

    def select_all(self) -> None:
        """Select every node and module."""
        self._stage.select([*self._document.nodes, *self._document.modules])

    def select_people(self) -> None:
        """Select the people of the selected modules."""
        held = {m for module in self._stage.selected_modules for m in inside(self._document, module)}
        self._stage.select(n.id for n in self._document.nodes.values() if home(n) in held)

    @property
    def links(self) -> list[LinkId]:
        """The links a link verb acts on: the selected ones, else those among the selected nodes."""
        chosen = self._stage.selected_links
        ends = {*self._stage.selected_nodes, *self._stage.selected_modules}
        if chosen or len(ends) < 2:
            return chosen
        listed = self._document.links.values()
        return [link.id for link in listed if link.source in ends and link.target in ends]

    @property
    def _document(self) -> Document:
        return self._stage.document

    def _free(self, start: Place, module: ModuleId | None) -> Place:
        """`start` itself if there is room, else beside it."""
        before = (start[0] - ACROSS, start[1])
        return self._stage.beside(before, module)

    def _who(self, ends: Iterable[str]) -> Said:
        return who(self._document, ends)


_SOME = text("undo", "{names}")


def who(document: Document, ends: Iterable[str]) -> Said:
    """The names of nodes and modules, a few of them."""
    return _SOME(names=names((name_of(document, NodeId(end)) for end in ends), most=3))


def moved(
    document: Document, nodes: Iterable[NodeId], modules: Iterable[ModuleId], dx: float, dy: float
) -> Change:
    """Move nodes, and modules with all in them, by the same way; nothing moves twice."""
    return edits.shift(document, dict.fromkeys((*nodes, *modules), (dx, dy)))


def standing(stage: Stage, change: Change) -> Change:
    """`change`, with a frame for each module it empties: it stays where it stood."""
    before = stage.document
    after = before.apply(change)
    lived = {home(node) for node in before.nodes.values()} | {m.parent for m in before.modules.values()}
    live = {home(node) for node in after.nodes.values()} | {m.parent for m in after.modules.values()}
    draft = Draft(after)
    for key in lived - live:
        module = after.modules.get(key) if key is not None else None
        rect = stage.frame(key) if key is not None else None
        if module is not None and rect is not None:
            frame = Frame(x=rect.x(), y=rect.y(), width=rect.width(), height=rect.height())
            draft.put(replace(module, frame=frame))
    return change.then(draft.change())
