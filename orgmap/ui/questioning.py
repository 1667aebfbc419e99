"""Questions about the map on their way: from tab and menus to the analysis, and back onto the map."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from orgmap.drawing.lighting import Lit
from orgmap.ui.analyst import Analyst
from orgmap.ui.canvas.view import CanvasView
from orgmap.ui.panels.ask_asking import Kind
from orgmap.ui.session import Session
from orgmap.ui.side import SidePanel
from orgmap.ui.viewing import Viewing

_KINDS = {"where_fits": Kind.FIT, "route": Kind.ROUTE, "what_if_away": Kind.AWAY}


class Questioning(QObject):
    """Connects the tab "Ask" of one window. `commands`: a slot for each question, by the id of its action."""

    def __init__(
        self,
        session: Session,
        analyst: Analyst,
        canvas: CanvasView,
        side: SidePanel,
        viewing: Viewing,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._analyst, self._canvas = session, analyst, canvas
        self._side, self._panel, self._viewing = side, side.ask, viewing
        self._lighting = False
        self._panel.asked.connect(analyst.ask)
        self._panel.dropped.connect(analyst.drop)
        self._panel.lit_changed.connect(self._light)
        analyst.told.connect(self._panel.show_answer)
        analyst.untold.connect(self._panel.show_failure)
        analyst.pondered.connect(self._panel.show_share)
        analyst.busy_changed.connect(self._on_busy)
        canvas.selection_changed.connect(self._panel.set_selection)
        canvas.lit_changed.connect(self._on_lit)
        canvas.question_asked.connect(self._ask)
        session.names_changed.connect(self._on_names)

    @property
    def commands(self) -> dict[str, Callable[..., object]]:
        """What the actions do."""
        return {action_id: partial(self._ask, action_id) for action_id in _KINDS}

    def _ask(self, action_id: str, *_: object) -> None:
        """Turn to the tab, with this question about what is selected."""
        self._viewing.show_side(True)
        self._side.setCurrentWidget(self._panel)
        self._panel.ask(_KINDS[action_id])

    def _on_busy(self, busy: bool) -> None:
        """The findings come first, then answers to what was asked before the edit."""
        if not busy:
            self._panel.ask_again()

    def _light(self, lit: Lit | None) -> None:
        if lit is None and not isinstance(self._canvas.stage.lit, Lit):
            return
        self._lighting = True
        try:
            self._canvas.light(None)  # a card that is open closes first
            self._canvas.light(lit)
        finally:
            self._lighting = False

    def _on_lit(self, lit: object) -> None:
        if not isinstance(lit, Lit) and not self._lighting:
            self._panel.dim()

    def _on_names(self, _shown: bool) -> None:
        self._panel.rename()
