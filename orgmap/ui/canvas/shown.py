"""What one canvas shows of its map, and every way to alter that: filters, focus, kinds of lines, names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from orgmap.analysis.findings import Report
from orgmap.drawing.lighting import Lit
from orgmap.drawing.looks import PLAIN, Looks, Presence
from orgmap.drawing.masked import Mask
from orgmap.i18n import Said, text
from orgmap.model.document import Change
from orgmap.model.entities import LinkId, LinkKind
from orgmap.model.query import is_person
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.gauging import Gauged, gauges
from orgmap.ui.reach import reached
from orgmap.ui.reasons import Reason, reasons, whom
from orgmap.ui.showing import FARTHEST, PRESENCES, Focus, Showing, looks_of, presence, unseen
from orgmap.ui.sieve import Facet, Sieve

_FOCUS = text("spoken", "Focus: {steps} round {whom}, {people}")
_STEPS = text("spoken", "{n} step", "{n} steps")
_PEOPLE = text("spoken", "{n} person", "{n} people")
_EVERYBODY = text("spoken", "Focus: everybody")
_WHOM = text("spoken", "Select the people first round whom to look.")
_TAKEN = text("spoken", "Taken away: {reason}")
_ALL = text("spoken", "Everything is shown")
_NO_NAMES = text("spoken", "Names are hidden")
_NAMES = text("spoken", "Names are shown")


class Shown(QObject):
    """The `Showing` of one canvas, brought to its stage. Nothing here is an edit.

    What is drawn or altered while a filter would hide it is spared: it stays in sight, and a chip
    says so. What is hidden is no longer selected.
    """

    changing = Signal()  # another view is about to come
    changed = Signal()  # the choices, or what they come to
    numbered = Signal()  # there are other numbers to colour and size by, or none any more
    told = Signal(object)  # Said: worth a word to whoever does not see the canvas

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._sieve = Sieve()
        self._applying = False
        self.showing = Showing()
        self._numbers: Report | None = None
        stage.scene_changed.connect(self._map_changed)
        stage.lit_changed.connect(self._lit)
        stage.focus_asked.connect(self.focus)

    @property
    def commands(self) -> dict[str, Callable[[], None]]:
        """What each action that concerns it does, by the ids of `ui.actions`."""
        return {
            "show_all": self.show_everything,
            "hide_selected": self.hide_selected,
            "only_selected": self.only_selected,
            "hide_channel": self.hide_channel,
            "modules_only": self.toggle_modules,
            "bundled": self.toggle_bundled,
            "labels": self.toggle_labels,
            "hide_names": self.toggle_names,
            "focus_hides": self.toggle_focus_hides,
            **{f"focus_{steps}": partial(self.focus, steps) for steps in range(FARTHEST + 1)},
            **{
                f"{attribute}_{how.value}": partial(self.draw_lines, kind, how)
                for kind, attribute in PRESENCES.items()
                for how in Presence
            },
        }

    @property
    def ticked(self) -> dict[str, bool]:
        """Which of the actions that are ticked hold now, by their ids."""
        showing, focus = self.showing, self.showing.focus
        return {
            "modules_only": showing.modules_only,
            "bundled": showing.bundled,
            "labels": showing.labels,
            "hide_names": not showing.names,
            "focus_hides": focus is not None and focus.hides,
            **{
                f"{attribute}_{how.value}": presence(showing, kind) is how
                for kind, attribute in PRESENCES.items()
                for how in Presence
            },
        }

    # -- what there is to say -----------------------------------------------------------------

    def reasons(self) -> list[Reason]:
        """Why something is not seen as usual."""
        session = self._stage.session
        return reasons(session.document, session.shown, self.showing, self._sieve)

    def left_out(self, *, names: bool = True) -> tuple[str, ...]:
        """What a picture of the view says is missing from it. `names`: may it name anybody?"""
        session = self._stage.session
        named = session.shown if names else Mask(session.document, session.numbers).document
        listed = reasons(session.document, named, self.showing, self._sieve)
        return tuple(str(reason.exported) for reason in listed if reason.exported is not None)

    @property
    def revealed(self) -> int:
        """How many things are seen only because a finding lights them."""
        evidence = self._evidence()
        if not evidence or not self.showing.narrowed:
            return 0
        without = self._looks(self.showing, lit=())
        return sum(unseen(self._stage.document, without, key) for key in set(evidence))

    @property
    def out_of_sight(self) -> frozenset[str]:
        """What is selected and not shown, as from a table."""
        stage = self._stage
        if stage.looks == PLAIN:
            return frozenset()
        return frozenset(k for k in stage.selection if unseen(stage.document, stage.looks, k))

    # -- altering it --------------------------------------------------------------------------

    def set(self, showing: Showing) -> None:
        """Show the map so."""
        if showing == self.showing:
            self.changed.emit()  # whoever shows a tick has to take it back
            return
        self.changing.emit()
        self.showing = showing
        self._stage.session.hide_names(not showing.names)
        self._apply()

    def show_everything(self) -> None:
        """Nothing hidden, nothing paler, everybody in sight."""
        if self.showing != self.showing.everything():
            self.set(self.showing.everything())
            self.told.emit(_ALL())

    def take_away(self, key: str) -> None:
        """One reason less."""
        for reason in self.reasons():
            if reason.key == key:
                self.set(reason.without)
                self.told.emit(_TAKEN(reason=reason.words))

    def hide_selected(self) -> None:
        """Hide what is selected; modules with all in them."""
        selected = self._stage.selection
        if selected:
            spared = self.showing.spared - selected
            self.set(replace(self.showing, picked=self.showing.picked | selected, spared=spared))

    def only_selected(self) -> None:
        """Hide everything but what is selected."""
        if self._stage.selection:
            self.set(replace(self.showing, chosen=self._stage.selection, spared=frozenset()))

    def hide_channel(self) -> None:
        """Hide all links on the channels of the selected ones."""
        document = self._stage.document
        found = {document.links[key].channel or "" for key in self._stage.selected_links}
        before = self.showing.filter_of(Facet.CHANNEL)
        if not found:
            return
        if before is not None and before.only:
            self.set(self.showing.filtered(Facet.CHANNEL, before.values - found, only=True))
        else:
            kept = before.values if before is not None else frozenset[str]()
            self.set(self.showing.filtered(Facet.CHANNEL, kept | found))

    def search(self, words: str) -> None:
        """Show only nodes in whose name, title or topics these words stand; "" shows all."""
        self.set(replace(self.showing, words=words, spared=frozenset()))

    def at_least(self, times: float | None) -> None:
        """Show only talk that happens so often a week; None shows all."""
        self.set(replace(self.showing, least=times, spared=frozenset()))

    def bring(self, ids: Iterable[str]) -> None:
        """Show these whatever the filters say, out of the module picture too."""
        wanted = frozenset(ids)
        showing = self.showing
        if showing.modules_only and any(
            unseen(self._stage.document, Looks(modules_only=True), k) for k in wanted
        ):
            showing = replace(showing, modules_only=False)
        self.set(replace(showing, spared=showing.spared | wanted) if showing.narrowed else showing)

    def draw_lines(self, kind: LinkKind, how: Presence) -> None:
        """Draw lines of a kind in full, pale, or not at all."""
        self.set(self.showing.drawn(kind, how))

    def toggle_modules(self) -> None:
        """The picture of the modules alone, and back."""
        self.set(replace(self.showing, modules_only=not self.showing.modules_only))

    def toggle_bundled(self) -> None:
        """One line with a count between the same two, or each line apart."""
        self.set(replace(self.showing, bundled=not self.showing.bundled))

    def toggle_labels(self) -> None:
        """Write beside the links what they say, or not."""
        self.set(replace(self.showing, labels=not self.showing.labels))

    def measure(self, what: Gauged, key: str | None) -> None:
        """Colour or size by this measure, None for as usual."""
        wanted: dict[str, Any] = {what.value: key}
        self.set(replace(self.showing, **wanted))

    def set_report(self, report: Report | None) -> None:
        """Newer numbers; of a report that has none yet the old ones stay."""
        newer = report is None or bool(report.people)
        if newer:
            self._numbers = report
        if any(key for _, key in self.showing.measured) and self._looks(self.showing) != self._stage.looks:
            self._apply()
            self.changed.emit()
        if newer:
            self.numbered.emit()

    @property
    def numbers(self) -> Report | None:
        """The report whose numbers are shown."""
        return self._numbers

    def toggle_names(self) -> None:
        """Hide all names in this window, or show them."""
        self.set(replace(self.showing, names=not self.showing.names))
        self.told.emit(_NAMES() if self.showing.names else _NO_NAMES())

    # -- focus --------------------------------------------------------------------------------

    def focus(self, steps: int) -> None:
        """Pale what is farther from the selected than so many steps of talk; 0 shows everybody.

        With nobody selected the focus there is becomes wider or narrower.
        """
        stage, before = self._stage, self.showing.focus
        links = (stage.document.links[key] for key in stage.selected_links)
        ends = [end for link in links for end in (link.source, link.target)]
        around = frozenset[str]((*stage.selected_nodes, *stage.selected_modules)) or frozenset[str](ends)
        if not around and before is not None:
            around = before.around
        if steps and not around:
            stage.refused.emit(_WHOM())
            return
        if not steps:
            self.leave_focus()
            return
        hides = before is not None and before.hides
        self._set_focus(Focus(around, min(steps, FARTHEST), hides))

    def widen(self, by: int) -> None:
        """So many steps more, or fewer; one at least."""
        focus = self.showing.focus
        if focus is not None:
            self._set_focus(replace(focus, steps=min(max(focus.steps + by, 1), FARTHEST)))

    def toggle_focus_hides(self) -> None:
        """Hide what is outside the focus, or only pale it."""
        focus = self.showing.focus
        if focus is not None:
            self._set_focus(replace(focus, hides=not focus.hides))
        else:
            self.changed.emit()

    def leave_focus(self) -> None:
        """Everybody again."""
        if self.showing.focus is not None:
            self.set(replace(self.showing, focus=None))
            self.told.emit(_EVERYBODY())

    def escape(self) -> bool:
        """Out of the focus; False if there was none."""
        focused = self.showing.focus is not None
        self.leave_focus()
        return focused

    def focus_words(self) -> Said:
        """As in "Focus: 2 steps round Ana, 9 people"."""
        focus, session = self.showing.focus, self._stage.session
        if focus is None:
            return _EVERYBODY()
        scene = self._stage.scene
        near = reached(session.document, focus.around, focus.steps, (scene.nodes, scene.links))
        nodes = [node for key, node in session.document.nodes.items() if key in near]
        return _FOCUS(
            steps=_STEPS(n=focus.steps),
            whom=whom(session.document, session.shown, focus.around),
            people=_PEOPLE(n=sum(map(is_person, nodes))),
        )

    def _set_focus(self, focus: Focus) -> None:
        self.set(replace(self.showing, focus=focus, spared=frozenset()))
        self.told.emit(self.focus_words())

    # -- following the map --------------------------------------------------------------------

    def _map_changed(self, change: Change | None) -> None:
        if self._applying:
            return
        if change is None:  # another map
            self.showing, self._numbers = Showing(names=not self._stage.session.names_hidden), None
            self._apply()
            return
        document = self._stage.document
        self._sieve.follow(document, change)
        if self.showing.narrowed:
            self._forget_the_gone()
            self._apply(self._sparing(change))
        elif self.showing.modules_only:
            self.changed.emit()

    def _forget_the_gone(self) -> None:
        """Hand-picked things and the middle of the focus may have been deleted."""
        showing, has = self.showing, self._stage.document.has
        if showing.focus is not None and not any(map(has, showing.focus.around)):
            showing = replace(showing, focus=None)
        if showing.chosen and not any(map(has, showing.chosen)):
            showing = replace(showing, chosen=frozenset())
        if showing.picked and not any(map(has, showing.picked)):
            showing = replace(showing, picked=frozenset())
        self.showing = showing

    def _sparing(self, change: Change) -> Looks:
        """The looks after an edit: what somebody draws or alters never vanishes under their hands."""
        document, before = self._stage.document, self._stage.looks
        looks = self._looks(self.showing)
        after = replace(looks, modules_only=False)
        pairs = (*change.nodes.items(), *change.links.items(), *change.modules.items())
        lost = {
            key
            for key, (old, new) in pairs
            if new is not None
            and unseen(document, after, key)
            and (old is None or key not in before.hidden)
            and not (old is not None and self._was_hidden(before, key))
        }
        if not lost:
            return looks
        self.showing = replace(self.showing, spared=self.showing.spared | lost)
        return self._looks(self.showing)

    def _was_hidden(self, before: Looks, key: str) -> bool:
        link = self._stage.document.links.get(LinkId(key))
        if link is None:
            return False
        ends = {link.source, link.target}
        return presence(before, link.kind) is Presence.HIDDEN or not before.hidden.isdisjoint(ends)

    def _lit(self, _lit: object) -> None:
        if self.showing.narrowed:
            self._apply()

    def _evidence(self) -> tuple[str, ...]:
        finding = self._stage.lit
        if isinstance(finding, Lit):
            return finding.lighting.concerned
        if finding is None:
            return ()
        lit = (*finding.lit_nodes, *finding.lit_links, *finding.lit_modules)
        return (*lit, *finding.people, *finding.modules, *finding.links)

    def _looks(self, showing: Showing, lit: Iterable[str] | None = None) -> Looks:
        scene = self._stage.scene
        evidence = self._evidence() if lit is None else tuple(lit)
        columns = scene.nodes, scene.links
        looks = looks_of(self._stage.document, showing, evidence, columns, self._sieve)
        if not looks.names:
            looks = replace(looks, numbers=self._stage.session.numbers)
        chosen = dict(showing.measured)
        return replace(looks, **gauges(self._numbers, chosen)) if any(chosen.values()) else looks

    def _apply(self, looks: Looks | None = None) -> None:
        stage = self._stage
        self._applying = True
        try:
            stage.set_looks(looks if looks is not None else self._looks(self.showing))
        finally:
            self._applying = False
        hidden = self.out_of_sight
        if hidden:
            stage.select(stage.selection - hidden)
        self.changed.emit()
