"""What one can do to what is selected, by key or menu. Each is one step of undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import QRectF

from orgmap.errors import EditError
from orgmap.i18n import Said, names, text
from orgmap.model import edits, scenery
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
    StickyId,
)
from orgmap.model.fragments import moved, put, taken
from orgmap.model.frames import EMPTY
from orgmap.model.query import home, inside, name_of
from orgmap.model.spots import Spots
from orgmap.ui.canvas.joining import innermost
from orgmap.ui.canvas.landing import clearing, landed
from orgmap.ui.canvas.naming import Naming
from orgmap.ui.canvas.notes import Notes
from orgmap.ui.canvas.places import ACROSS, DOWN, Place, Way, beside
from orgmap.ui.canvas.stage import Stage

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
_LEAVE = text("undo", "Take {who} out of {module}")
_ALSO = text("undo", "Put {who} in {module} too")
_REATTACH = text("undo", "Lead a link to {who}")
_OUT = text("undo", "Move {who} out")
_HOME = text("undo", "Move {who} to {module}")
_OPEN = text("undo", "Expand {who}")
_SHUT = text("undo", "Collapse {who}")
MODULE = text("module", "Module {number}")


class Verbs:
    """The verbs of one canvas; each acts on the selection of its stage unless told otherwise."""

    def __init__(self, stage: Stage, naming: Naming, notes: Notes) -> None:
        self._stage = stage
        self._naming = naming
        self._notes = notes

    @property
    def commands(self) -> dict[str, Callable[[], None]]:
        """The verbs that are actions, by the ids of `ui.actions`."""
        return {
            "rename": self.rename,
            "duplicate": self.duplicate,
            "delete": self.delete,
            "turn_round": self.turn_round,
            "two_way": self.both_ways,
            "person": self.person,
            "module": self.module,
            "note": self.note,
            "collapse": self.toggle_collapsed,
        }

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
        self._naming.leave()  # a name that is being typed is an edit, and comes first
        document, stage = self._document, self._stage
        nodes = stage.selected_nodes if rect is None else stage.scene.nodes_in(rect)
        whole = stage.selected_modules if rect is None else stage.modules_in(rect)
        nested = [ModuleId(key) for key in edits.outermost(document, whole)]
        held = {m for module in nested for m in inside(document, module)}
        loose = [key for key in nodes if home(document.nodes[key]) not in held]
        outer = {home(document.nodes[key]) for key in loose} | {document.modules[m].parent for m in nested}
        parent = next(iter(outer)) if len(outer) == 1 else None
        if rect is not None and not loose and not nested:
            middle = rect.center()
            parent = innermost(stage.scene, middle.x(), middle.y(), set())
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

    def note(self) -> None:
        """A note under the pointer, or on free ground near the middle of the view; written at once."""
        camera = self._stage.camera
        at = self._stage.pointed or clearing(self._document, (camera.x, camera.y), scenery.NOTE)
        self._notes.new(at)

    def link(self, source: EndId, target: EndId) -> None:
        """A two-way link; the link is selected."""
        if source != target and self._document.end(source) is not None:
            self.link_all([source], [target])

    def link_all(self, sources: Iterable[EndId], targets: Iterable[EndId], new: Iterable[str] = ()) -> None:
        """Two-way links from all of these to all of those, and to new people of these names; one step."""
        ends, wanted, document = list(sources), list(targets), self._document
        change = Change()
        for name in new:
            now = document.apply(change)
            node = now.nodes.get(NodeId(ends[0]))
            centre = self._stage.scene.centre(ends[0])
            module = home(node) if node is not None else None
            start = (centre.x(), centre.y()) if centre is not None else (0.0, 0.0)
            added, made = edits.add_node(now, name, beside(now, start, module, Way.RIGHT), module=module)
            change = change.then(added)
            wanted.append(made)
        after = document.apply(change)
        linked, links = edits.link_each(after, ends, (end for end in wanted if after.end(end) is not None))
        if not links:
            return
        others = names((name_of(after, target) for target in wanted), most=3)
        self._stage.edit(_LINK(source=self._who(ends), target=others), change.then(linked))
        self._stage.select(links if len(links) == 1 else ends)

    def duplicate(self) -> None:
        """Copies of the selected nodes, modules and notes, with the links among them, beside them."""
        chosen = self._stage.movable
        if not chosen:
            return
        fragment = taken(self._document, chosen)
        aside = moved(fragment, dict.fromkeys(fragment.chosen, (ACROSS / 3, DOWN / 3)))
        change, made = put(self._document, landed(self._document, aside, None, ()))
        self._stage.edit(_DUPLICATE(who=self._who(chosen)), change)
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
            wanted = next(iter([*stage.selected_nodes, *stage.selected_modules, *stage.selected_notes]), None)
        if wanted in stage.document.stickies:
            self._notes.edit(StickyId(wanted or ""), typed)
        elif wanted is not None and self._document.end(NodeId(wanted)) is not None:
            self._naming.rename(NodeId(wanted), typed)
        elif stage.selected_links and not typed:
            stage.link_opened.emit(stage.selected_links[0])

    def delete(self) -> None:
        """Remove what is selected, with the links that hang on it."""
        stage, ids = self._stage, self._stage.selection
        things: list[str] = [*stage.selected_nodes, *stage.selected_modules, *stage.selected_notes]
        things += stage.selected_pictures
        if not ids:
            return
        label = _DELETE(who=self._who(things)) if things else _DELETE_LINKS(n=len(ids))
        stage.edit(label, standing(stage, edits.delete(self._document, ids)))

    def turn_round(self) -> None:
        """Let the selected links point the other way."""
        links = self.links
        if links:
            self._stage.edit(_TURN(n=len(links)), edits.turn_round(self._document, links))

    def both_ways(self) -> None:
        """Make the selected talk go both ways; if all of it does already, one way."""
        links = [key for key in self.links if self._document.links[key].kind is LinkKind.TALKS]
        two_way = not all(self._document.links[key].two_way for key in links)
        if links:
            label = _TWO_WAY(n=len(links)) if two_way else _ONE_WAY(n=len(links))
            self._stage.edit(label, edits.set_two_way(self._document, links, two_way))

    def node_kind(self, kind: NodeKind) -> None:
        """Make the selected nodes persons, roles, outside parties or sources."""
        nodes = self._stage.selected_nodes
        change = edits.set_fields(self._document, nodes, kind=kind)
        self._stage.edit(_KIND(who=self._who(nodes)), change)

    def link_kind(self, kind: LinkKind) -> None:
        """Make the selected links talk, formal lines or needs."""
        links = self.links
        change = edits.set_fields(self._document, links, kind=kind)
        self._stage.edit(_LINK_KIND(n=len(links)), change)

    def channel(self, channel: ChannelId | None) -> None:
        """Carry the selected links on a channel."""
        links = self.links
        change = edits.set_fields(self._document, links, channel=channel)
        self._stage.edit(_CHANNEL(n=len(links)), change)

    def home_in(self, module: ModuleId) -> None:
        """Let a module be the home of the selected nodes; those outside its frame find a place in it."""
        document, frame = self._document, self._stage.frame(module)
        nodes, spots = self._stage.selected_nodes, Spots(document)
        placed = [node for node in map(document.nodes.__getitem__, nodes) if node.x is not None]
        away = [n.id for n in placed if frame is not None and not frame.contains(n.x or 0.0, n.y or 0.0)]
        to = {key: spots.take(module) for key in away}
        change = edits.move(document, to)
        change = change.then(edits.join(document.apply(change), nodes, module))
        change = standing(self._stage, change)
        label = _HOME(who=self._who(nodes), module=name_of(self._document, module))
        self._stage.edit(label, change)

    def also_in(self, module: ModuleId) -> None:
        """Let the selected nodes belong to a further module; if all of them do, no longer."""
        nodes, document = self._stage.selected_nodes, self._document
        if all(module in document.nodes[key].modules for key in nodes):
            self.take_out(module)
            return
        label = _ALSO(who=self._who(nodes), module=name_of(document, module))
        self._stage.edit(label, edits.also_in(document, nodes, module))

    def take_out(self, module: ModuleId) -> None:
        """End the membership of the selected nodes in a module."""
        document = self._document
        nodes = [key for key in self._stage.selected_nodes if module in document.nodes[key].modules]
        change = standing(self._stage, edits.take_out(document, nodes, module))
        self._stage.edit(_LEAVE(who=self._who(nodes), module=name_of(document, module)), change)

    def reattach(self, link: LinkId, side: str, target: EndId) -> None:
        """Let the "source" or "target" of a link be another node or module."""
        source = target if side == "source" else None
        try:
            change = edits.reattach(
                self._document, link, source=source, target=None if source is not None else target
            )
        except EditError:
            return  # both ends would be the same, or one has just gone: nothing to do
        self._stage.edit(_REATTACH(who=self._who([target])), change)
        self._stage.select([link])

    def collapse(self, shut: bool) -> None:
        """Collapse or expand the selected modules; nobody is moved."""
        modules = self._stage.selected_modules
        change = edits.set_fields(self._document, modules, collapsed=shut)
        self._stage.edit((_SHUT if shut else _OPEN)(who=self._who(modules)), change)

    def toggle_collapsed(self) -> None:
        """Collapse the selected modules, or those that hold the selected nodes; if all are, expand."""
        stage, document = self._stage, self._document
        modules = stage.selected_modules
        if not modules:
            homes = [home(document.nodes[key]) for key in stage.selected_nodes]
            modules = list(dict.fromkeys(key for key in homes if key is not None))
            stage.select(modules)
        if modules:
            self.collapse(not all(document.modules[key].collapsed for key in modules))

    def nest(self, parent: ModuleId | None) -> None:
        """Lay the selected modules into another, or with None into none; nobody is moved."""
        document, change = self._document, Change()
        modules = edits.outermost(document, self._stage.selected_modules)
        for key in modules:
            if parent is None or parent not in inside(document, ModuleId(key)):
                change = change.then(edits.nest(document.apply(change), ModuleId(key), parent))
        change = standing(self._stage, change)
        place = name_of(document, parent) if parent is not None else ""
        label = _HOME(who=self._who(modules), module=place) if place else _OUT(who=self._who(modules))
        self._stage.edit(label, change)

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
_PICTURE = text("undo", "the background picture")
_NOTES = text("undo", "{n} note", "{n} notes")


def who(document: Document, ids: Iterable[str]) -> Said:
    """The names of nodes and modules, a few of them, and how many notes; what notes say stays on them."""
    ends: list[str] = []
    notes = 0
    for key in ids:
        if key in document.stickies:
            notes += 1
        else:
            ends.append(str(_PICTURE()) if key in document.backdrops else name_of(document, NodeId(key)))
    if notes:
        ends.insert(2 if len(ends) > 2 else len(ends), str(_NOTES(n=notes)))
    return _SOME(names=names(ends, most=3))


def standing(stage: Stage, change: Change) -> Change:
    """`change`, with a frame for each module it empties: it stays where it stood."""
    left = {
        home(old) for old, new in change.nodes.values() if old and (new is None or home(new) != home(old))
    }
    left |= {
        old.parent
        for old, new in change.modules.values()
        if old and (new is None or new.parent != old.parent)
    }
    if not left - {None}:
        return change
    after = stage.document.apply(replace(change, links={}))  # to copy those of a large map takes long
    for node in after.nodes.values():
        left.discard(home(node))
    left -= {module.parent for module in after.modules.values()}
    draft = Draft(after)
    for key in left:
        module = after.modules.get(key) if key is not None else None
        rect = stage.frame(key) if key is not None else None
        if module is not None and rect is not None:
            frame = Frame(x=rect.x(), y=rect.y(), width=rect.width(), height=rect.height())
            draft.put(replace(module, frame=frame))
    return change.then(draft.change())
