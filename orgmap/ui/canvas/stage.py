"""What the canvas shows and what is picked on it, without a widget: scene, camera, selection, light."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QRectF, Signal

from orgmap.analysis.findings import Finding, Report
from orgmap.drawing.camera import Camera
from orgmap.drawing.lighting import Lighting, Lit, lighting_of, lighting_on
from orgmap.drawing.looks import PLAIN, Looks
from orgmap.drawing.scene import Scene
from orgmap.i18n import Said, text
from orgmap.model.document import Change, Document
from orgmap.model.edits import outermost
from orgmap.model.entities import BackdropId, LinkId, ModuleId, NodeId, StickyId
from orgmap.model.frames import NAME_DROP, NAME_HEIGHT
from orgmap.ui.canvas.lifted import Lifted
from orgmap.ui.canvas.places import Place, Way, beside
from orgmap.ui.canvas.words import Words
from orgmap.ui.session import Session
from orgmap.ui.showing import unseen

TOOLS = ("select", "person", "module", "link", "note")
ROOM = 48.0  # pixels left free round what is fitted
TOP_ROOM = 56.0  # above it, where the chips are
BOTTOM_ROOM = 72.0  # below it, at least, where the zoom control is
LARGEST_FIT = 1.25  # a small map is not blown up further


_LOCKED = text("canvas", "The map is locked. Unlock it to change it.")


class Stage(QObject):
    """The state of one canvas. Gestures, keys and menus act on it; the view shows it.

    `changed` never edits anything: the document is only replaced through the session.
    """

    scene_changed = Signal(object)  # Change, or None when another map was opened
    camera_changed = Signal()
    looks_changed = Signal()  # lighting, pointer or what is lifted
    selection_changed = Signal(object)  # frozenset[str]
    focus_changed = Signal(object)  # str | None
    zoom_changed = Signal(float)
    tool_changed = Signal(str)
    lit_changed = Signal(object)  # Finding | Lit | None
    link_opened = Signal(object)  # LinkId
    focus_asked = Signal(int)  # show people up to so many steps from the selected ones; 0: everybody
    locked_changed = Signal(bool)
    refused = Signal(object)  # Said: why something cannot be done now

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.scene = Scene.of(session.document)
        self.looks = PLAIN
        self.camera = Camera()
        self.report: Report | None = None
        self.covered = QRectF()  # pixels at the lower left that the legend lies over
        self.below = BOTTOM_ROOM  # pixels at the lower edge that the zoom control needs
        self.above = TOP_ROOM  # pixels at the upper edge that the chips need
        self.beside_right = 0.0  # pixels at the right edge that the filter card lies over
        self._seen_whole: Camera | None = None  # the view as fitted, until it or the map is another
        self._selection: frozenset[str] = frozenset()
        self._focused: str | None = None
        self._hovered: str | None = None
        self._keyboard = False
        self._lifted: Lifted | None = None
        self._lit: Finding | Lit | None = None
        self._evidence = lighting_of(None)
        self._sought: Lighting | None = None
        self._tool = TOOLS[0]
        self._words: Words | None = None
        self._locked = False
        self.came_from: str | None = None  # where the keyboard was before
        self.pointed: Place | None = None  # where the pointer is over the map, map units
        self.snapping = False  # does what is dragged fall into line with its neighbours?
        session.changed.connect(self._edited)
        session.opened.connect(self._opened)
        session.names_changed.connect(self._renamed)

    @property
    def document(self) -> Document:
        """The map as it is now."""
        return self.session.document

    @property
    def words(self) -> Words:
        """The sentences about the map as it is now."""
        if self._words is None:
            self._words = Words(self.session.shown, self.report)
        return self._words

    def set_report(self, report: Report | None) -> None:
        """What the analysis says, for tooltips and screen readers."""
        self.report = report
        self._words = None

    # -- selection, pointer, focus ------------------------------------------------------------

    @property
    def selection(self) -> frozenset[str]:
        """The ids of the selected nodes, links, modules, notes and pictures."""
        return self._selection

    @property
    def selected_nodes(self) -> list[NodeId]:
        """The selected nodes in the order of the map."""
        return [key for key in self.document.nodes if key in self._selection]

    @property
    def selected_modules(self) -> list[ModuleId]:
        """The selected modules in the order of the map."""
        return [key for key in self.document.modules if key in self._selection]

    @property
    def selected_links(self) -> list[LinkId]:
        """The selected links, in an order that stays."""
        return sorted(LinkId(key) for key in self._selection if key in self.document.links)

    @property
    def selected_notes(self) -> list[StickyId]:
        """The selected notes in the order of the map."""
        return [key for key in self.document.stickies if key in self._selection]

    @property
    def selected_pictures(self) -> list[BackdropId]:
        """The selected pictures behind the map."""
        return [key for key in self.document.backdrops if key in self._selection]

    @property
    def movable(self) -> list[str]:
        """The selected nodes, modules and notes; not those in a module that moves itself."""
        chosen = [*self.selected_nodes, *self.selected_modules, *self.selected_notes]
        return outermost(self.document, chosen)

    @property
    def focused(self) -> str | None:
        """Where the keyboard is: a node, link or module."""
        return self._focused

    @property
    def hovered(self) -> str | None:
        """What the pointer is over."""
        return self._hovered

    def select(self, ids: Iterable[str], focus: str | None = None) -> None:
        """Select exactly these; the keyboard goes to `focus`, or to the only one."""
        wanted = frozenset(key for key in ids if self.exists(key))
        if focus is None:
            if len(wanted) == 1:
                focus = next(iter(wanted))
            elif self._focused in wanted:
                focus = self._focused
        altered = wanted != self._selection
        self._selection = wanted
        if altered:
            self.selection_changed.emit(wanted)
        self.focus(focus)
        self.looks_changed.emit()

    def toggle(self, any_id: str) -> None:
        """Add to the selection, or take out of it."""
        self.select(self._selection ^ {any_id}, focus=any_id)

    def focus(self, any_id: str | None) -> None:
        """Put the keyboard on a node, link or module."""
        if any_id != self._focused:
            self.came_from = self._focused
            self._focused = any_id
            self.focus_changed.emit(any_id)
            self.looks_changed.emit()

    def show_keyboard(self, on: bool) -> None:
        """Is it seen where the keyboard is? While one works with the pointer alone, it is not."""
        if on != self._keyboard:
            self._keyboard = on
            self.looks_changed.emit()

    def hover(self, any_id: str | None) -> None:
        """The pointer is now over this."""
        if any_id != self._hovered:
            self._hovered = any_id
            self.looks_changed.emit()

    def exists(self, any_id: str) -> bool:
        """Is there anything on the map with this id?"""
        document = self.document
        things = (document.nodes, document.links, document.modules, document.stickies, document.backdrops)
        return any(any_id in table for table in things)

    def shows(self, any_id: str) -> bool:
        """Is it there, and not hidden by a filter, the focus or the module picture?"""
        return self.exists(any_id) and not unseen(self.document, self.looks, any_id)

    @property
    def lifted(self) -> Lifted | None:
        """What is being dragged."""
        return self._lifted

    def edit(self, label: Said, change: Change, merge: str | None = None) -> None:
        """Alter the map by hand, as one step of undo; nothing happens while it is locked."""
        if not self.refuses():
            self.session.edit(label, change, merge)

    def refuses(self) -> bool:
        """Is the map locked, so that nothing may alter it by hand? If so, it is said."""
        if self._locked:
            self.refused.emit(_LOCKED())
        return self._locked

    def lift(self, lifted: Lifted | None) -> None:
        """Hold things above the map, or put them down; the document stays as it is."""
        if lifted != self._lifted:
            self._lifted = lifted
            self.looks_changed.emit()

    # -- tool and light -----------------------------------------------------------------------

    @property
    def tool(self) -> str:
        """The tool in hand, one of `TOOLS`."""
        return self._tool

    def set_tool(self, name: str) -> None:
        """Take another tool in hand. Raises ValueError for a tool there is not."""
        if name not in TOOLS:
            raise ValueError(f"no tool called {name!r}, only {', '.join(TOOLS)}")
        if name != self._tool and not (self._locked and name != TOOLS[0]):
            self._tool = name
            self.tool_changed.emit(name)

    @property
    def locked(self) -> bool:
        """Does the canvas only show? Then no gesture, key or menu of it alters the map."""
        return self._locked

    def lock(self, on: bool) -> None:
        """Keep the map from being altered by a hand on the canvas, or let it again."""
        if on != self._locked:
            self._locked = on
            self.set_tool(TOOLS[0])
            self.locked_changed.emit(on)
            self.looks_changed.emit()

    @property
    def finding(self) -> Finding | None:
        """The finding whose evidence is lit."""
        return self._lit if isinstance(self._lit, Finding) else None

    @property
    def lit(self) -> Finding | Lit | None:
        """What is lit: the evidence of a finding, or an answer."""
        return self._lit

    def light(self, lit: Finding | Lit | None) -> None:
        """Light the evidence of a finding, or an answer, and fade the rest; None lights everything again."""
        if lit is None and self._lit is None:
            return
        self._lit = lit
        self._evidence = lit.lighting if isinstance(lit, Lit) else lighting_of(lit)
        self.lit_changed.emit(lit)
        self.looks_changed.emit()

    def seek(self, ids: Iterable[str] | None) -> None:
        """Light what somebody searches for, before any finding; None: the search is over."""
        was, self._sought = self._sought, None if ids is None else lighting_on(self.document, ids)
        if was != self._sought:
            self.lit_changed.emit(self._lit)
            self.looks_changed.emit()

    @property
    def lighting(self) -> Lighting:
        """What stands out now."""
        focused = self._focused if self._keyboard else None
        lit = self._evidence if self._sought is None else self._sought
        return lit.pointing(selected=self._selection, hovered=self._hovered, focused=focused)

    def set_looks(self, looks: Looks) -> None:
        """Draw the map in other ways; the document stays as it is."""
        if looks != self.looks:
            self.looks = looks
            self.scene = self.scene.seen_as(looks)
            self.scene_changed.emit(None)

    # -- camera -------------------------------------------------------------------------------

    def look(self, camera: Camera) -> None:
        """Show another part of the map, or the same one larger."""
        if camera == self.camera:
            return
        zoomed = camera.scale != self.camera.scale
        self.camera = camera
        self.camera_changed.emit()
        if zoomed:
            self.zoom_changed.emit(camera.scale)

    @property
    def clear(self) -> QRectF:
        """What is in view, and neither below the chips nor what stands at the lower edge, map units."""
        seen, scale = self.camera.seen, self.camera.scale
        most = seen.height() / 3
        return seen.adjusted(
            0, min(self.above / scale, most), -self.beside_right / scale, -min(self.below / scale, most)
        )

    def extent(self, ids: Iterable[str] | None = None) -> QRectF:
        """The rectangle that holds these nodes, modules and links (None: everything), map units."""
        return self.scene.bounds if ids is None else self.scene.rect_of(ids)

    @property
    def whole(self) -> bool:
        """Is the map seen as it was fitted, with nobody having moved the view or edited since?"""
        return self.camera == self._seen_whole

    def release(self) -> None:
        """The map is another now; the view stays where it is."""
        self._seen_whole = None

    def fit(self, ids: Iterable[str] | None = None) -> None:
        """Show the whole of these, or of the map."""
        rect = self.extent(ids)
        if rect.isEmpty():
            if ids is None:
                self.look(Camera(1.0, 0.0, 0.0, self.camera.width, self.camera.height))
                self._seen_whole = self.camera
            return
        camera = self._fitted(rect)
        corner = self.covered
        if corner.height() and self.lies_below(camera, corner):
            above = self._fitted(rect, below=camera.height - corner.top() - max(self.below, BOTTOM_ROOM))
            beside = self._fitted(rect, left=corner.right())
            camera = max(above, beside, key=lambda view: view.scale)
        self.look(camera)
        self._seen_whole = self.camera if ids is None else None

    def _fitted(self, rect: QRectF, *, left: float = 0.0, below: float = 0.0) -> Camera:
        """The view of the whole of `rect`, with pixels left free for what floats above the map."""
        width, height = self.camera.width, self.camera.height
        bottom = max(self.below, BOTTOM_ROOM) + below
        right, top = self.beside_right, max(self.above, TOP_ROOM)
        wide, high = width - 2 * ROOM - left - right, height - top - bottom
        scale = Camera.fitted(rect, wide, high, largest=LARGEST_FIT).scale
        x, y = (
            rect.center().x() - (left - right) / 2 / scale,
            rect.center().y() - (top - bottom) / 2 / scale,
        )
        return Camera(scale, x, y, width, height)

    def lies_below(self, camera: Camera, corner: QRectF) -> bool:
        """Would a node or its name lie under what floats in the corner?"""
        low, high = camera.to_map(corner.left(), corner.top()), camera.to_map(corner.right(), corner.bottom())
        around = NAME_DROP + NAME_HEIGHT
        area, boxes = QRectF(low, high).adjusted(-around, -around, around, around), self.scene.frames
        shut = (row for row in boxes.shown if boxes.collapsed[row])
        return bool(self.scene.nodes_in(area)) or any(boxes.of_row(row).intersects(area) for row in shut)

    def reveal(self, any_id: str) -> None:
        """Pan just so far that this is in view and under nothing that floats; the scale stays."""
        rect = self.scene.rect_of([any_id])
        if rect.isEmpty():
            return
        seen = self.clear
        margin = min(60.0 / self.camera.scale, seen.width() / 4, seen.height() / 4)
        inner = seen.adjusted(margin, margin, -margin, -margin)
        dx = max(rect.right() - inner.right(), 0.0) or min(rect.left() - inner.left(), 0.0)
        dy = max(rect.bottom() - inner.bottom(), 0.0) or min(rect.top() - inner.top(), 0.0)
        corner = self.camera.to_map(self.covered.right(), self.covered.top())
        if self.covered.height() and rect.left() - dx < corner.x() and rect.bottom() - dy > corner.y():
            dy = max(min(rect.bottom() - corner.y(), rect.top() - inner.top()), dy)
        if dx or dy:
            self.look(self.camera.panned(-dx * self.camera.scale, -dy * self.camera.scale))

    def in_view(self, rect: QRectF) -> bool:
        """Does any of this rectangle lie in view?"""
        return self.camera.seen.intersects(rect)

    def frame(self, module: ModuleId) -> QRectF | None:
        """The rectangle of a module as it is drawn, map units; None if it is not."""
        row = self.scene.frames.index.get(module)
        if row is None or row not in self.scene.frames.shown:
            return None
        return self.scene.frames.of_row(row)

    def modules_in(self, rect: QRectF) -> list[ModuleId]:
        """The modules whose frames are drawn wholly inside a rectangle, map units."""
        return [key for key, frame in self.frames().items() if rect.contains(frame)]

    def standing_for(self, end: str) -> str:
        """What is drawn in place of a node or module: itself, or the collapsed module it lies in."""
        frames, nodes = self.scene.frames, self.scene.nodes
        row = nodes.index.get(NodeId(end))
        module = int(nodes.home[row]) if row is not None else frames.index.get(ModuleId(end), -1)
        if module < 0:
            return end
        shut = int(frames.shut_in[module] if row is not None else frames.hidden_in[module])
        return frames.ids[shut] if shut >= 0 else end

    def stands_alone(self, module: ModuleId) -> bool:
        """Does the frame of a module hold nothing, so that it stands where the module itself says?"""
        scene = self.scene
        row = scene.frames.index[module]
        return not scene.held[row] and row not in scene.frames.parent and not scene.frames.collapsed[row]

    def frames(self) -> dict[ModuleId, QRectF]:
        """The rectangle of every module that is drawn, map units."""
        made = self.scene.frames
        return {made.ids[row]: made.of_row(row) for row in made.shown}

    def beside(self, start: Place, module: ModuleId | None, way: Way | None = None) -> Place:
        """A free place near `start` for a new node of `module`; see `places.beside`."""
        return beside(self.document, start, module, way, self.frames())

    # -- the map changed ----------------------------------------------------------------------

    def _edited(self, change: Change) -> None:
        self.scene = self.scene.updated(self.document, change)
        self._words = None
        self._forget_the_gone()
        self.scene_changed.emit(change)

    def _opened(self) -> None:
        self.scene = Scene.of(self.document, self.looks)
        self.report = None
        self._words = None
        self._lifted = None
        self._hovered = None
        self.light(None)
        self.select([])  # ids of another map may be the same, and mean others
        self.scene_changed.emit(None)

    def _renamed(self) -> None:
        self._words = None

    def _forget_the_gone(self) -> None:
        kept = frozenset(key for key in self._selection if self.exists(key))
        if self._hovered is not None and not self.exists(self._hovered):
            self._hovered = None
        focused = self._focused if self._focused is not None and self.exists(self._focused) else None
        if kept != self._selection:
            self.select(kept, focus=focused)
        else:
            self.focus(focused)
