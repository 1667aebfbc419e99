"""What the context menu offers for showing and hiding what lies there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from orgmap.drawing.plain import middle_cut
from orgmap.i18n import say
from orgmap.ui.canvas.shown import Shown
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.reasons import value_name
from orgmap.ui.showing import FARTHEST
from orgmap.ui.sieve import Facet

LETTERS = 28  # of a name in an entry

Command = Callable[[], object]


class SightMenu:
    """Adds to the context menus of one canvas. `open_filter` opens the card."""

    def __init__(self, stage: Stage, shown: Shown, open_filter: Command) -> None:
        self._stage = stage
        self._shown = shown
        self._open_filter = open_filter

    def add_to(self, menu: QMenu, *, ground: bool) -> None:
        """Entries for the selection, or for the ground; none where there is nothing to hide."""
        shown, stage = self._shown, self._stage
        if not stage.document.nodes and not stage.document.modules:
            return
        menu.addSeparator()
        if ground:
            _add(menu, say("menu", "Filter…"), self._open_filter, "Ctrl+Shift+F")
            if shown.showing.narrowed or shown.showing.modules_only:
                _add(menu, say("menu", "Show all"), shown.show_everything, "Ctrl+Shift+A")
            return
        made = QMenu(say("menu", "Show and hide"), menu)
        menu.addMenu(made)
        several = len(stage.selection) > 1
        hide = say("menu", "Hide these") if several else say("menu", "Hide this")
        only = say("menu", "Show only these") if several else say("menu", "Show only this")
        _add(made, hide, shown.hide_selected)
        _add(made, only, shown.only_selected)
        channels = {stage.document.links[key].channel or "" for key in stage.selected_links}
        if len(channels) == 1:
            name = value_name(stage.session.shown, Facet.CHANNEL, next(iter(channels)))
            cut = middle_cut(name, LETTERS).replace("&", "&&")
            _add(made, say("menu", "Hide all links: {channel}", channel=cut), shown.hide_channel)
        if stage.selected_nodes or stage.selected_modules:
            made.addSeparator()
            for steps in range(1, FARTHEST + 1):
                words = say("menu", "Focus: {n} step", "Focus: {n} steps", n=steps)
                _add(made, words, partial(shown.focus, steps), str(steps))
            if shown.showing.focus is not None:
                _add(made, say("menu", "Focus: everybody"), partial(shown.focus, 0), "0")


def _add(menu: QMenu, words: str, command: Command, keys: str = "") -> None:
    action = QAction(f"{words}\t{keys}" if keys else words, menu)
    menu.addAction(action)
    action.triggered.connect(partial(_do, command))


def _do(command: Command, _checked: bool = False) -> None:
    command()
