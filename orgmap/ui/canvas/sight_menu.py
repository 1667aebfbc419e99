"""What the context menu offers for showing and hiding what lies there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu

from orgmap.i18n import say
from orgmap.ui.canvas.shown import Shown
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.reasons import value_name
from orgmap.ui.showing import FARTHEST
from orgmap.ui.sieve import Facet
from orgmap.ui.widgets.words import in_entry

Command = Callable[[], None]


class SightMenu:
    """Adds to the context menus of one canvas. `open_filter` opens the card."""

    def __init__(self, stage: Stage, shown: Shown, open_filter: Command) -> None:
        self._stage = stage
        self._shown = shown
        self._open_filter = open_filter

    def add_to(self, menu: QMenu, add: Callable[..., object], *, ground: bool) -> None:
        """Entries for the selection, or for the ground; none where there is nothing to hide.

        `add(menu, words, command, usual keys)` adds an entry, with the keys it has now.
        """
        shown, stage = self._shown, self._stage
        if not stage.document.nodes and not stage.document.modules:
            return
        menu.addSeparator()
        if ground:
            add(menu, say("menu", "Filter…"), self._open_filter, "Ctrl+Shift+F")
            if shown.showing.narrowed or shown.showing.modules_only:
                add(menu, say("menu", "Show all"), shown.show_everything, "Ctrl+Shift+A")
            return
        made = QMenu(say("menu", "Show and hide"), menu)
        menu.addMenu(made)
        several = len(stage.selection) > 1
        hide = say("menu", "Hide these") if several else say("menu", "Hide this")
        only = say("menu", "Show only these") if several else say("menu", "Show only this")
        add(made, hide, shown.hide_selected)
        add(made, only, shown.only_selected)
        channels = {stage.document.links[key].channel or "" for key in stage.selected_links}
        if len(channels) == 1:
            name = value_name(stage.session.shown, Facet.CHANNEL, next(iter(channels)))
            add(made, say("menu", "Hide all links: {channel}", channel=in_entry(name)), shown.hide_channel)
        if stage.selected_nodes or stage.selected_modules:
            made.addSeparator()
            for steps in range(1, FARTHEST + 1):
                words = say("menu", "Focus: {n} step", "Focus: {n} steps", n=steps)
                add(made, words, partial(shown.focus, steps), str(steps))
            if shown.showing.focus is not None:
                add(made, say("menu", "Focus: everybody"), partial(shown.focus, 0), "0")
