"""The canvas: a widget that shows the map and turns hands into facts.

What is shown and picked is in `stage`, gestures in `tools` and `dragging`, keys in `keys`, what
floats above in `overlay`, the pictures in `layers`; here Qt's events find their way to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from orgmap.analysis.findings import Finding, Report
from orgmap.drawing.camera import Camera
from orgmap.drawing.kept import REST_MS
from orgmap.drawing.lighting import Lit
from orgmap.drawing.style import Theme
from orgmap.model.document import Change
from orgmap.ui.actions import Keymap, canvas_keys
from orgmap.ui.canvas.announcer import Announcer, install
from orgmap.ui.canvas.arranging import Arranging
from orgmap.ui.canvas.editor import BORROWED
from orgmap.ui.canvas.entering import Entering
from orgmap.ui.canvas.entry_bar import EntryBar
from orgmap.ui.canvas.fading import Fading
from orgmap.ui.canvas.ground import Ground
from orgmap.ui.canvas.hands import Hands
from orgmap.ui.canvas.keys import Keys
from orgmap.ui.canvas.layers import Held
from orgmap.ui.canvas.linking import Linking
from orgmap.ui.canvas.menu import ContextMenu
from orgmap.ui.canvas.naming import Naming
from orgmap.ui.canvas.notes import Notes
from orgmap.ui.canvas.overlay import Overlay
from orgmap.ui.canvas.search import SearchBar
from orgmap.ui.canvas.selecting import Selecting
from orgmap.ui.canvas.shown import Shown
from orgmap.ui.canvas.sight_menu import SightMenu
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.canvas.tips import Tips
from orgmap.ui.canvas.touching import Touch
from orgmap.ui.canvas.verbs import Verbs
from orgmap.ui.session import Session
from orgmap.ui.stylesheet import TEXT

Command = Callable[[], None]


class CanvasView(QWidget):
    """Shows the map of a session. Edits go through the session; the signals are facts.

    `commands` has a callable for each action that concerns the canvas, under the ids of `ui.actions`.
    """

    selection_changed = Signal(object)  # frozenset[str]: ids of nodes, links, modules
    zoom_changed = Signal(float)  # pixels per map unit
    tool_changed = Signal(str)
    lit_changed = Signal(object)  # Finding | Lit | None
    link_opened = Signal(object)  # LinkId: double-clicked, or Enter on it
    question_asked = Signal(str)  # the id of its action
    clipboard_asked = Signal(str, object)  # "cut", "copy" or "paste"; the map point to paste at, or None
    escaped = Signal()  # Esc, and nothing was left on the canvas to end

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click takes it in `mousePressEvent`
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._theme = theme
        self._ringed = False
        self.stage = Stage(session, self)
        self.naming = Naming(self.stage, self, theme)
        self.notes = Notes(self.stage, self, theme)
        self.verbs = Verbs(self.stage, self.naming, self.notes)
        self.arranging = Arranging(self.stage)
        self.selecting = Selecting(self.stage)
        self.linking = Linking(self.stage, self.naming, self.verbs, self.selecting, self, theme)
        self.keys = Keys(self.stage, self.verbs, self.arranging, self.selecting, self.linking)
        self.menu = ContextMenu(
            self.stage,
            self.naming,
            self.notes,
            self.verbs,
            self.arranging,
            self.selecting,
            self.keys,
            self,
        )
        self.hands = Hands(self.stage, self.naming, self.notes, self.verbs, self.linking, self.menu, self)
        self._ground = Ground(self.stage, theme)
        self.touch = Touch(self.stage, self.hands, self)
        self.tips = Tips(self.stage, self.hands, self)
        self._held = Held(self.stage, theme)
        self.shown = Shown(self.stage, self)
        self.overlay = Overlay(self.stage, self.shown, theme, self)
        self.menu.sight = SightMenu(self.stage, self.shown, self.overlay.toggle_filter)
        self.fading = Fading(self, self._paint)
        self.search = SearchBar(self.stage, theme, self)
        self.entering = Entering(self.stage, self)
        self.entry = EntryBar(self.stage, self.entering, theme, self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setTimerType(Qt.TimerType.PreciseTimer)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._refine)
        self._slices = QTimer(self)
        self._slices.setSingleShot(True)
        self._slices.timeout.connect(self._refine)
        self._connect(session)
        self._follow_font()
        self.stage.fit()
        install()
        self.announcer = Announcer(self)
        self.shown.told.connect(self.announcer.announce)
        self.entering.announced.connect(self.announcer.announce)
        self.set_keys(canvas_keys())

    def _connect(self, session: Session) -> None:
        stage = self.stage
        stage.selection_changed.connect(self.selection_changed)
        stage.zoom_changed.connect(self.zoom_changed)
        stage.tool_changed.connect(self.tool_changed)
        stage.lit_changed.connect(self.lit_changed)
        stage.link_opened.connect(self.link_opened)
        self.shown.changing.connect(self.fading.begin)
        self.menu.clipboard_asked.connect(self.clipboard_asked)
        self.menu.question_asked.connect(self.question_asked)
        self.naming.started.connect(self.linking.cancel)
        stage.tool_changed.connect(self._tool_taken)
        stage.scene_changed.connect(self._map_changed)
        stage.camera_changed.connect(self._camera_moved)
        stage.looks_changed.connect(self.update)
        self.linking.changed.connect(self.update)
        self.entry.resized.connect(self._arrange_entry)
        stage.locked_changed.connect(self.entry.setDisabled)
        self.overlay.arranged.connect(self._arrange_entry)
        session.opened.connect(self._opened)

    # -- what others may do -------------------------------------------------------------------

    @property
    def selection(self) -> frozenset[str]:
        """The ids of the selected nodes, links and modules."""
        return self.stage.selection

    def set_selection(self, ids: Iterable[str]) -> None:
        """Select exactly these, as chosen elsewhere; the map does not move."""
        self.stage.select(ids)

    @property
    def tool(self) -> str:
        """The tool in hand."""
        return self.stage.tool

    def set_tool(self, name: str) -> None:
        """Take one of `stage.TOOLS` in hand."""
        self.stage.set_tool(name)

    @property
    def camera(self) -> Camera:
        """What is seen of the map."""
        return self.stage.camera

    def set_camera(self, camera: Camera) -> None:
        """Show another part of the map, as a remembered view does."""
        self.stage.look(camera.resized(self.width(), self.height()))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme, at once."""
        self._theme = theme
        self._ground.set_theme(theme)
        self._held.set_theme(theme)
        self.overlay.set_theme(theme)
        self.search.set_theme(theme)
        self.entry.set_theme(theme)
        self.naming.field.set_theme(theme)
        self.linking.field.set_theme(theme)
        self.notes.set_theme(theme)
        self.overlay.refresh()
        self.update()

    def set_keys(self, keys: Keymap) -> None:
        """Listen for these keys, by the ids of `ui.actions`."""
        self.keys.bind(self.commands, keys)

    def set_single_keys(self, on: bool) -> None:
        """May plain letters command? If not, they rename what is selected."""
        self.keys.single = on

    def set_wheel_zooms(self, on: bool) -> None:
        """Does the wheel of a mouse zoom, or scroll?"""
        self.hands.wheel_zooms = on

    def set_report(self, report: Report | None) -> None:
        """What the analysis says, for tooltips and screen readers."""
        self.stage.set_report(report)
        self.shown.set_report(report)
        self.announcer.renamed()

    def relabel(self) -> None:
        """Say everything in the language in use."""
        self.stage.set_report(self.stage.report)
        self.overlay.relabel()
        self.search.relabel()
        self.entry.relabel()
        self.announcer.renamed()

    def light(self, lit: Finding | Lit | None) -> None:
        """Light the evidence of a finding, or an answer, and fade the rest; the map does not move."""
        self.stage.light(lit)

    @property
    def lit(self) -> Finding | None:
        """The finding whose evidence is lit."""
        return self.stage.finding

    def zoom_to_fit(self) -> None:
        """Show the whole map."""
        self.stage.fit()

    def zoom_to(self, ids: Iterable[str]) -> None:
        """Show the whole of these nodes, modules and links."""
        self.stage.fit(ids)

    @property
    def commands(self) -> Mapping[str, Command]:
        """A callable without arguments for each action on the canvas, by the ids of `ui.actions`."""
        return {
            **self.verbs.commands,
            **self.arranging.commands,
            **self.selecting.commands,
            **self.keys.commands,
            "cut": partial(self.clipboard_asked.emit, "cut", None),
            "copy": partial(self.clipboard_asked.emit, "copy", None),
            "paste": partial(self.clipboard_asked.emit, "paste", None),
            **self.overlay.commands,
            "fit": self.zoom_to_fit,
            "find": self.search.open,
            "entry": self.entry.open,
            **self.shown.commands,
        }

    @property
    def moving(self) -> bool:
        """Is the view under way, so that large maps are shown as the picture last drawn?"""
        return self._rest.isActive() or self._slices.isActive()

    # -- painting -----------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The kept map, what is held above it, and what points."""
        painter = QPainter(self)
        try:  # a painter left open by an error would take the process with it
            self._paint(painter)
            self.fading.paint(painter)
        finally:
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        self._ground.paint(painter, moving=self.moving, ratio=ratio)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._held.paint(painter, ratio)
        self.hands.paint(painter, self._theme)
        self.linking.paint(painter, self._theme)
        if self._ringed and self.hasFocus():
            painter.setPen(QPen(self._theme["accent"], 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    # -- mouse --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin the gesture that belongs to what is pressed."""
        self.hands.pressed(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or see what the pointer is over."""
        self.hands.moved(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The gesture takes effect."""
        self.hands.released(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename a node or module, open a link, put a person on the ground."""
        self.hands.double_clicked(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom or pan."""
        self.hands.wheeled(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of what lies there; by key, of what is selected."""
        self.hands.asked(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is over nothing any more."""
        self.hands.left()
        super().leaveEvent(event)

    # -- keys and focus -----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends what is under way; Space pans; the rest is in `keys`."""
        self.stage.show_keyboard(True)
        if event.key() == Qt.Key.Key_Escape:
            if not (self.hands.cancel() or self.keys.escape() or self.shown.escape()):
                self.escaped.emit()
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.hands.hold_space(True)
        elif self.hands.gesture is not None:
            self.hands.modifiers(event.modifiers())
        elif not self.keys.pressed(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space, or a modifier, was let go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.hands.hold_space(False)
        self.hands.modifiers(event.modifiers())
        super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A ring shows the focus if it came by key."""
        self._ringed = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        if event.reason() not in BORROWED:
            self.stage.show_keyboard(event.reason() is not Qt.FocusReason.MouseFocusReason)
        super().focusInEvent(event)
        self.announcer.focused()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing stays half done."""
        self.hands.hold_space(False)
        if event.reason() not in BORROWED:
            self.stage.show_keyboard(False)
        if event.reason() is not Qt.FocusReason.PopupFocusReason and not (
            self.naming.active or self.notes.active
        ):
            self.hands.cancel()
        super().focusOutEvent(event)
        self.update()

    # -- the rest -----------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text: names and legend follow it."""
        if event.type() is QEvent.Type.FontChange:
            self._follow_font()
        super().changeEvent(event)

    def _follow_font(self) -> None:
        letters = min(max(self.fontInfo().pixelSize() / TEXT, 1.0), 2.0)
        self._ground.set_letters(letters)
        self._held.set_letters(letters)
        whole = self.stage.whole
        self.overlay.set_letters(letters)
        if whole:
            self.stage.fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The middle of the view stays the middle; a map shown whole stays whole."""
        whole = self.stage.whole
        self.stage.look(self.camera.resized(self.width(), self.height()))
        self.overlay.arrange()
        if whole:
            self.stage.fit()
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        """As large as one gives it."""
        return QSize(1000, 760)

    def minimumSizeHint(self) -> QSize:
        """Room for a few people and the zoom control."""
        return QSize(240, 160)

    def _arrange_entry(self) -> None:
        zoom, covered = self.overlay.zoom.geometry(), self.stage.covered.toRect()
        under = self.entry.arrange(covered.right() if covered.height() else 0, zoom)
        self.overlay.stand_on(self.height() - self.entry.y() if under else 0)
        if self.entry.isVisibleTo(self):  # what is fitted into the view keeps clear of it
            self.stage.below = max(self.stage.below, self.height() - self.entry.y() + 8)

    def _map_changed(self, change: Change | None) -> None:
        if self.hands.gesture is not None and not self.hands.gesture.alive():
            self.hands.cancel()
        if change is not None:
            self.stage.release()
        self.update()

    def _refine(self) -> None:
        """A sharp picture, worked on between other things, then shown; at rest of just what is seen."""
        ratio, moving = self.devicePixelRatioF(), self._rest.isActive()
        if not self._ground.refine(ratio, moving=moving):
            self._slices.start(0)
            return
        self._slices.stop()
        self.update()

    def _camera_moved(self) -> None:
        self.fading.stop()
        self._rest.start()
        if self._ground.coarse(self.devicePixelRatioF()) and not self._slices.isActive():
            self._slices.start(0)
        self.update()

    def _opened(self) -> None:
        self.hands.cancel()
        self.stage.select([])
        self.stage.fit()

    def _tool_taken(self, name: str) -> None:
        self.setCursor(Qt.CursorShape.ArrowCursor if name == "select" else Qt.CursorShape.CrossCursor)
