"""Which parts of the window are shown, how it is parted, and where the keyboard goes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

from orgmap.ui.actions import Actions
from orgmap.ui.canvas.overlay import Overlay
from orgmap.ui.settings import Settings
from orgmap.ui.side import USUAL

_SPLITTER = "window/splitter"
_TOOLS, _SIDE = "window/tools", "window/side"


class Viewing(QObject):
    """Shows and hides the parts of one window, and remembers it.

    `splitter` parts the canvas and the side panel.
    """

    def __init__(
        self,
        window: QMainWindow,
        settings: Settings,
        actions: Actions,
        splitter: QSplitter,
        canvas: QWidget,
        side: QWidget,
        tools: QWidget,
        top: QWidget,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._actions = actions
        self._splitter = splitter
        self._canvas, self._side = canvas, side
        self._tools, self._top = tools, top
        self.floating: Overlay | None = None  # what stands above the map

    def restore(self) -> None:
        """Part and show everything as it was when the window was last closed."""
        sizes = self._settings.data(_SPLITTER)
        if sizes.isEmpty() or not self._splitter.restoreState(sizes):
            self._usual_sizes()
        self._splitter.setHandleWidth(1)
        self.show_tools(self._settings.flag(_TOOLS, True))
        self.show_side(self._settings.flag(_SIDE, True))
        self._actions["full_screen"].setChecked(self._window.isFullScreen())

    def remember(self) -> None:
        """Keep how the window is parted."""
        self._settings.put_data(_SPLITTER, self._splitter.saveState())

    def toggle_tools(self) -> None:
        """Show the tool strip, or hide it."""
        self.show_tools(self._tools.isHidden())

    def toggle_side(self) -> None:
        """Show the side panel, or hide it."""
        self.show_side(self._side.isHidden())

    def show_tools(self, shown: bool) -> None:
        """Show or hide the tool strip."""
        self._actions["tools"].setChecked(shown)
        self._tools.setVisible(shown)
        self._settings.put_flag(_TOOLS, shown)

    def show_side(self, shown: bool) -> None:
        """Show or hide the side panel."""
        if not shown and self._side.isAncestorOf(self._window.focusWidget() or self._window):
            self._canvas.setFocus()
        self._actions["panel"].setChecked(shown)
        self._side.setVisible(shown)
        self._settings.put_flag(_SIDE, shown)

    def toggle_legend(self) -> None:
        """Fold the legend on the canvas away, or unfold it."""
        self._settings.legend_folded = not self._settings.legend_folded

    def keep_legend(self, folded: bool) -> None:
        """It was folded or unfolded on the canvas."""
        self._settings.legend_folded = folded

    def show_legend(self, shown: bool) -> None:
        """Show the legend, or only its name."""
        self._actions["legend"].setChecked(shown)
        if self.floating is not None:
            self.floating.fold_legend(not shown)

    def reset(self) -> None:
        """Every part where it was at first."""
        self.show_tools(True)
        self.show_side(True)
        self.keep_legend(False)
        self._usual_sizes()

    def toggle_full_screen(self) -> None:
        """The whole screen for the window, or no longer."""
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)
        self._actions["full_screen"].setChecked(self._window.isFullScreen())

    def leave_full_screen(self) -> None:
        """Esc, when there was nothing else to end."""
        if self._window.isFullScreen():
            self.toggle_full_screen()

    def next_area(self) -> None:
        """From the map to its chips, its filter, the side panel, the tools, the title, and back."""
        above: list[list[QWidget]] = []
        if self.floating is not None:
            above = [[*self.floating.chips], [self.floating.card]]
        parts: tuple[list[QWidget], ...] = ([self._canvas], *above, [self._side], [self._tools], [self._top])
        areas = [[a for a in part if a.isVisible()] for part in parts]
        areas = [area for area in areas if area]
        focus = self._window.focusWidget()
        here = [i for i, area in enumerate(areas) if any(_holds(a, focus) for a in area)]
        if areas:
            _focus_in(areas[((here[-1] if here else -1) + 1) % len(areas)][0])

    def _usual_sizes(self) -> None:
        self._splitter.setSizes([max(self._window.width() - USUAL, USUAL), USUAL])


def _holds(area: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (area is focus or area.isAncestorOf(focus))


def _focus_in(area: QWidget) -> None:
    """Give the keyboard to an area, or to the first thing in it that takes it."""
    reason = Qt.FocusReason.ShortcutFocusReason
    at: QWidget | None = area
    while at is not None:
        reachable = at.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        inside = at is area or area.isAncestorOf(at)
        if reachable and inside and at.isVisible() and at.isEnabled():
            at.setFocus(reason)
            return
        at = at.nextInFocusChain()
        if at is area:
            return
