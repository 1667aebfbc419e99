"""Where what is dragged would come to belong, said before it is let go and done when it is.

The one that was grabbed decides for all that move with it, so that one sign says everything: into
the frame it lies over, or out of the frame it leaves.
"""

from __future__ import annotations

from dataclasses import dataclass

from orgmap.drawing.scene import Scene
from orgmap.i18n import Said, text
from orgmap.model import edits
from orgmap.model.document import Change, Document
from orgmap.model.entities import ModuleId, NodeId
from orgmap.model.query import above, home, inside

INTO_TAB = 12.0  # map units below the upper edge of a frame that is dragged: the point that decides

_JOINS = text("canvas", "Into {module}")
_LEAVES = text("canvas", "Out of {module}")
_ALSO = text("canvas", "Also in {module}, stays here")


@dataclass(frozen=True, slots=True)
class Belonging:
    """What letting go would change: `people` and `modules` go from `leaving` to `joining`.

    `also`: `joining` becomes a further module of `people`, who stay where they are.
    """

    people: tuple[NodeId, ...] = ()
    modules: tuple[ModuleId, ...] = ()
    joining: ModuleId | None = None
    leaving: ModuleId | None = None
    also: bool = False

    def __bool__(self) -> bool:
        return bool(self.people or self.modules)

    def said(self, scene: Scene) -> Said | None:
        """The sign at the pointer, with names as the map shows them."""
        key = self.joining if self.joining is not None else self.leaving
        row = scene.frames.index.get(key) if self and key is not None else None
        if row is None:
            return None
        words = _ALSO if self.also else _JOINS if self.joining is not None else _LEAVES
        return words(module=scene.module_names[row])

    def change(self, document: Document) -> Change:
        """The change of memberships; places apart."""
        if self.also and self.joining is not None:
            return edits.also_in(document, self.people, self.joining)
        change = edits.join(document, self.people, self.joining)
        for module in self.modules:
            change = change.then(edits.nest(document.apply(change), module, self.joining))
        return change


NOTHING = Belonging()


def belonging(
    document: Document, scene: Scene, held: list[str], grabbed: str, dx: float, dy: float, *, also: bool
) -> Belonging:
    """What would change if `held` (outermost first, `grabbed` among what moves) were let go here.

    `also`: a further module is meant, not another home.
    """
    people = [NodeId(key) for key in held if key in document.nodes]
    modules = [ModuleId(key) for key in held if key in document.modules]
    moving = {inner for module in modules for inner in inside(document, module)}
    lead = grabbed if grabbed in held else next((m for m in modules if _holds(document, m, grabbed)), "")
    if lead in document.modules:
        return _of_module(document, scene, ModuleId(lead), people, modules, moving, dx, dy, also=also)
    if lead not in document.nodes:
        return NOTHING
    node = document.nodes[NodeId(lead)]
    if node.x is None or node.y is None:
        return NOTHING
    under = innermost(scene, node.x + dx, node.y + dy, moving)
    if also:
        new = [key for key in people if under is not None and under not in document.nodes[key].modules]
        return Belonging(people=tuple(new), joining=under, also=True) if new else NOTHING
    if under == home(node):
        return NOTHING
    if under is None:
        sharing = tuple(key for key in people if home(document.nodes[key]) == home(node))
        return Belonging(people=sharing, leaving=home(node))
    return _into(document, under, people, modules, home(node))


def _of_module(
    document: Document,
    scene: Scene,
    lead: ModuleId,
    people: list[NodeId],
    modules: list[ModuleId],
    moving: set[ModuleId],
    dx: float,
    dy: float,
    *,
    also: bool,
) -> Belonging:
    row = scene.frames.index.get(lead)
    if row is None or also:
        return NOTHING
    rect, parent = scene.frames.of_row(row), document.modules[lead].parent
    under = innermost(scene, rect.center().x() + dx, rect.top() + dy + INTO_TAB, moving)
    if under == parent:
        return NOTHING
    if under is None:
        sharing = tuple(key for key in modules if document.modules[key].parent == parent)
        return Belonging(modules=sharing, leaving=parent)
    return _into(document, under, people, modules, parent)


def _into(
    document: Document,
    under: ModuleId,
    people: list[NodeId],
    modules: list[ModuleId],
    before: ModuleId | None,
) -> Belonging:
    joining = tuple(key for key in people if home(document.nodes[key]) != under)
    nesting = tuple(key for key in modules if document.modules[key].parent != under)
    around = set(_above(document, under))
    return Belonging(joining, nesting, under, before if before not in around else None)


def innermost(scene: Scene, x: float, y: float, but: set[ModuleId]) -> ModuleId | None:
    """The innermost frame that holds a point, as the frames stand before the drag."""
    for row in reversed(scene.frames.shown):
        if scene.frames.ids[row] not in but and scene.frames.of_row(row).contains(x, y):
            return scene.frames.ids[row]
    return None


def _above(document: Document, module: ModuleId) -> list[ModuleId]:
    return [each.id for each in above(document, module)]


def _holds(document: Document, module: ModuleId, any_id: str) -> bool:
    inner = inside(document, module)
    node = document.nodes.get(NodeId(any_id))
    return any_id in inner if node is None else home(node) in inner
