"""Choosing what to work on: all, the others, neighbours, what is like it, what it leads to."""

from __future__ import annotations

from collections.abc import Callable

from orgmap.model.document import Document
from orgmap.model.entities import EndId, LinkId, ModuleId, NodeId
from orgmap.model.query import home, inside, links_of
from orgmap.ui.canvas.places import Place
from orgmap.ui.canvas.stage import Stage


class Selecting:
    """The ways to select on one canvas that need no pointing."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    @property
    def commands(self) -> dict[str, Callable[[], None]]:
        """The ways that are actions, by the ids of `ui.actions`."""
        return {
            "select_all": self.everything,
            "select_others": self.others,
            "select_neighbours": self.neighbours,
            "select_links": self.links_among,
            "select_alike": self.alike,
            "select_module": self.module,
            "select_people": self.people,
            "other_end": self.other_end,
        }

    def everything(self) -> None:
        """Every node, module and note that is drawn."""
        self._stage.select(self._drawn())

    def others(self) -> None:
        """What is drawn and was not selected, instead of what was."""
        self._stage.select(self._drawn() - self._stage.selection)

    def neighbours(self) -> None:
        """Those linked to the selected ones in addition; asked again, one step further."""
        stage, ends = self._stage, self._ends
        found: set[str] = set(ends)
        for link in links_of(self._document, ends):
            found |= {link.source, link.target}
        stage.select({*stage.selection, *(found & self._drawn())})

    def links_among(self) -> None:
        """The links between the selected ones; with one alone, all of its links."""
        ends = self._ends
        listed = links_of(self._document, ends)
        both = len(ends) > 1
        found = [link.id for link in listed if not both or (link.source in ends and link.target in ends)]
        if found:
            self._stage.select(self._shown(found))

    def alike(self) -> None:
        """With links selected all on the same channels, with people all of the same kinds."""
        stage, document = self._stage, self._document
        links = stage.selected_links
        if links:
            channels = {(document.links[key].kind, document.links[key].channel) for key in links}
            found = [link.id for link in document.links.values() if (link.kind, link.channel) in channels]
            stage.select(self._shown(found))
            return
        kinds = {document.nodes[key].kind for key in stage.selected_nodes}
        stage.select({n.id for n in document.nodes.values() if n.kind in kinds} & self._drawn())

    def people(self) -> None:
        """The people of the selected modules, those of nested ones too."""
        modules = self._stage.selected_modules
        held = {m for module in modules for m in inside(self._document, module)}
        found = {n.id for n in self._document.nodes.values() if home(n) in held}
        if found:
            self._stage.select(found & self._drawn() or found)

    def module(self) -> None:
        """Out to the modules that hold the selected ones; asked again, to those round them."""
        stage, document = self._stage, self._document
        around: list[ModuleId | None] = [home(document.nodes[key]) for key in stage.selected_nodes]
        around += [document.modules[key].parent for key in stage.selected_modules]
        found = list(dict.fromkeys(key for key in around if key is not None))
        if found:
            stage.select(found, focus=found[0])
            stage.reveal(found[0])

    def other_end(self) -> None:
        """Along the selected link to its other end: where one did not come from, else its target."""
        stage = self._stage
        links = stage.selected_links
        if not links:
            return
        link = self._document.links[links[0]]
        came = stage.came_from
        end = link.source if came == link.target else link.target
        self.go(end)

    def go(self, end: EndId) -> None:
        """Select a node or module and bring it into view."""
        drawn = self._stage.standing_for(end)
        self._stage.select([drawn], focus=drawn)
        self._stage.reveal(drawn)

    def walkable(self) -> dict[str, Place]:
        """What one walks over with the keyboard: nodes, notes, and frames one cannot walk into."""
        stage, scene = self._stage, self._stage.scene
        found: dict[str, Place] = {}
        for row, key in enumerate(scene.nodes.ids):
            if scene.visible[row]:
                x, y = scene.nodes.centre[row]
                found[key] = (float(x), float(y))
        for module, rect in stage.frames().items():
            if scene.frames.collapsed[scene.frames.index[module]] or stage.stands_alone(module):
                found[module] = (rect.center().x(), rect.center().y())
        for note, rect in scene.stickies.rects.items():
            found[note] = (rect.center().x(), rect.center().y())
        return found

    @property
    def _document(self) -> Document:
        return self._stage.document

    @property
    def _ends(self) -> set[EndId]:
        return {*self._stage.selected_nodes, *self._stage.selected_modules}

    def _drawn(self) -> set[str]:
        scene = self._stage.scene
        nodes = {key for row, key in enumerate(scene.nodes.ids) if scene.visible[row]}
        return {*nodes, *self._stage.frames(), *scene.stickies.rects}

    def _shown(self, links: list[LinkId]) -> list[LinkId]:
        scene = self._stage.scene
        return [key for key in links if key in scene.links.index and scene.arcs.shown[scene.links.index[key]]]


def nodes_only(places: dict[str, Place], document: Document) -> dict[str, Place]:
    """Of what one walks over, what a link can end on."""
    return {key: at for key, at in places.items() if document.end(NodeId(key)) is not None}
