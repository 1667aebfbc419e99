"""What floats above the map: chips, the zoom control, the legend, a word when there is nothing to see."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from orgmap.analysis.catalogue import named
from orgmap.analysis.findings import Finding
from orgmap.drawing.camera import CLOSEST, FARTHEST
from orgmap.drawing.lighting import Lit
from orgmap.drawing.style import Theme
from orgmap.i18n import Said, language, say, text
from orgmap.ui.canvas.chips import CLOSE, GAP, Chip, FocusChip, ReasonChips
from orgmap.ui.canvas.filtering import FilterCard
from orgmap.ui.canvas.gauge_card import GaugeCard
from orgmap.ui.canvas.legend import Fold, Legend
from orgmap.ui.canvas.nothing import Nothing
from orgmap.ui.canvas.shown import Shown
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.icons import icon
from orgmap.ui.widgets.roles import set_role

EDGE = 24  # pixels from the border of the canvas, as the chips in `look`
CHIPS_FROM = 12  # pixels above the chips
ZOOM_STEP = 1.25
LEGEND_WIDTHS = (480.0, 640.0, 900.0)  # the first at which it takes a sixth of the height at most
SMALLER = (1.5, 1.25, 1.0)  # sizes of the legend where there is no room for the one asked for
LEAST_HEIGHT = 320  # pixels of canvas below which the legend would be in the way

_REVEALED = text("canvas", "{what}, {n} hidden otherwise", "{what}, {n} hidden otherwise")

Command = Callable[[], object]


class ZoomBar(QFrame):
    """Minus, the scale, plus. `outgrown` rings when the scale needs more room than it has."""

    outgrown = Signal()

    def __init__(self, stage: Stage, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._stage = stage
        set_role(self, "float")
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 3, 4, 3)
        row.setSpacing(2)
        self.out = self._button(self.zoom_out)
        self.scale = self._button(self.real_size)
        self.scale.setMinimumWidth(60)
        self.into = self._button(self.zoom_in)
        self.all = self._button(self.fit)
        for button in (self.out, self.scale, self.into, self.all):
            row.addWidget(button)
        self.set_theme(theme)
        self.relabel()
        stage.camera_changed.connect(self._moved)

    def set_theme(self, theme: Theme) -> None:
        """Icons in the colours of another theme."""
        for button, name in ((self.out, "minus"), (self.into, "plus"), (self.all, "maximize")):
            button.setIcon(icon(name, theme["text"], 16, disabled=theme["faded"]))

    def relabel(self) -> None:
        """Say everything in the language in use."""
        self.setAccessibleName(say("canvas", "Zoom"))
        for button, words in (
            (self.out, say("canvas", "Zoom out")),
            (self.scale, say("canvas", "Real size")),
            (self.into, say("canvas", "Zoom in")),
            (self.all, say("canvas", "Show the whole map")),
        ):
            button.setToolTip(words)
            button.setAccessibleName(words)
        self._moved()

    def zoom_out(self) -> None:
        """One step away."""
        self.zoom(1 / ZOOM_STEP)

    def zoom_in(self) -> None:
        """One step nearer."""
        self.zoom(ZOOM_STEP)

    def real_size(self) -> None:
        """One pixel for one unit of the map."""
        self.zoom(1 / self._stage.camera.scale)

    def fit(self) -> None:
        """The whole map."""
        self._stage.fit()

    def zoom(self, factor: float) -> None:
        """Magnify, the middle of the view staying where it is."""
        camera = self._stage.camera
        self._stage.look(camera.zoomed(factor, camera.width / 2, camera.height / 2))

    def _button(self, command: Command) -> QToolButton:
        button = QToolButton(self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setIconSize(QSize(16, 16))
        button.setMinimumSize(QSize(28, 26))
        button.clicked.connect(command)
        return button

    def _moved(self) -> None:
        scale = self._stage.camera.scale
        share = scale * 100
        number = language().number(round(share) if share >= 1 else share)
        words = say("canvas", "{number} %", number=number)
        self.scale.setText(words)
        self.scale.setAccessibleDescription(words)
        self.out.setEnabled(scale > FARTHEST * 1.001)
        self.into.setEnabled(scale < CLOSEST * 0.999)
        if self.scale.minimumSizeHint().width() > self.scale.width():
            self.outgrown.emit()


class Overlay(QObject):
    """Keeps what floats in its place and up to date."""

    legend_folded = Signal(bool)  # by hand
    arranged = Signal()

    def __init__(self, stage: Stage, shown: Shown, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._stage = stage
        self._shown = shown
        self._host = host
        self._letters = 1.0
        self._asked_for: Finding | Lit | None = None  # whose legend is wanted though it lies over people
        self._foot = 0  # pixels at the lower edge above which the legend stands
        self.showing = Chip(host)  # evidence is lit, the rest faded
        self.elsewhere = Chip(host)  # the evidence, what is selected, or everything, is out of sight
        self.locked = Chip(host)  # the map only shows
        self.reasons = ReasonChips(shown, theme, host)
        self.nothing = Nothing(stage, host)
        self.hint = self.nothing.hint
        self.legend = Legend(stage, theme, host)
        self.fold = Fold(theme, host)
        self.zoom = ZoomBar(stage, theme, host)
        self.zoom.outgrown.connect(self.arrange)
        self.card = FilterCard(stage, shown, theme, host)
        self.gauges = GaugeCard(shown, theme, host)
        self.showing.clicked.connect(self._unlight)
        self.elsewhere.clicked.connect(self._go)
        self.locked.clicked.connect(self._unlock)
        self.fold.clicked.connect(self._fold)
        stage.locked_changed.connect(self.refresh)
        self.nothing.show_all_asked.connect(shown.show_everything)
        self.card.resized.connect(self.arrange)
        self.gauges.resized.connect(self.arrange)
        self.reasons.changed.connect(self.refresh)
        shown.changed.connect(self._clear_the_map)  # once the legend is up to date
        self.gauges.resized.connect(self._clear_the_map)
        stage.lit_changed.connect(self.refresh)
        stage.camera_changed.connect(self._out_of_view)
        stage.selection_changed.connect(self._out_of_view)
        stage.scene_changed.connect(self.refresh)
        self.relabel()

    @property
    def commands(self) -> dict[str, Callable[[], None]]:
        """What the actions do that concern what floats, by the ids of `ui.actions`."""
        return {
            "zoom_in": self.zoom.zoom_in,
            "zoom_out": self.zoom.zoom_out,
            "zoom_full": self.zoom.real_size,
            "filter": self.toggle_filter,
            "gauges": self.toggle_gauges,
        }

    def toggle_filter(self) -> None:
        """The card of filters, in place of the other one."""
        self.gauges.hide()
        self.card.toggle()

    def toggle_gauges(self) -> None:
        """The card of measures, in place of the other one."""
        self.card.hide()
        self.gauges.toggle()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.gauges.set_theme(theme)
        self.legend.set_theme(theme)
        self.fold.set_theme(theme)
        self.zoom.set_theme(theme)
        self.reasons.set_theme(theme)
        self.card.set_theme(theme)

    def set_letters(self, letters: float) -> None:
        """Write larger, 1.0 to 2.0; the rest follows the font of the program."""
        self._letters = letters
        self.refresh()

    def relabel(self) -> None:
        """Say everything in the language in use."""
        self.zoom.relabel()
        self.legend.setAccessibleName(say("canvas", "Legend"))
        self.fold.fold(self.fold.folded)
        self.card.relabel()
        self.gauges.relabel()
        self.reasons.relabel()

    @property
    def chips(self) -> list[Chip | FocusChip]:
        """The chips that are shown, in the order of the eye."""
        own = [chip for chip in (self.locked, self.showing, self.elsewhere) if not chip.isHidden()]
        return [*own, *self.reasons.widgets]

    def refresh(self) -> None:
        """Bring everything up to date and into its place."""
        lit = self._stage.lit
        if lit is None:
            self.showing.hide()
        else:
            what = named(lit.code) if isinstance(lit, Finding) else lit.what
            self.showing.say(
                say("canvas", "Showing: {what} {close}", what=self._with_revealed(what), close=CLOSE),
                say("canvas", "Stop showing: {what}", what=self._with_revealed(what)),
            )
        if self._stage.locked:
            words = say("canvas", "The map is locked {close}", close=CLOSE)
            self.locked.say(words, say("canvas", "Unlock the map"))
        else:
            self.locked.hide()
        self.nothing.refresh()
        self._out_of_view()
        self.arrange()

    def arrange(self) -> None:
        """Put everything into its corner."""
        host = self._host
        self.zoom.adjustSize()
        self.zoom.move(host.width() - self.zoom.width() - EDGE, host.height() - self.zoom.height() - EDGE)
        self.card.arrange(EDGE, self.zoom.height() + EDGE + GAP)
        self.gauges.arrange(EDGE, self.zoom.height() + EDGE + GAP)
        beside = 0 if self.card.isHidden() or self.card.whole else self.card.width() + GAP
        if not self.gauges.isHidden():
            beside = self.gauges.width() + GAP
        bottom = self._arrange_chips(max(host.width() - 2 * EDGE - beside, 1))
        self.nothing.arrange(EDGE)
        free = host.width() - max(self.zoom.width(), beside) - 3 * EDGE
        self.legend.short = False
        size = self._legend_size(free)
        fits = size.isValid() and size.width() <= free and host.height() >= LEAST_HEIGHT
        free_to_see = self.hint.isHidden() and (self.card.isHidden() or not self.card.whole)
        open_card = fits and not self.fold.folded and free_to_see
        self.legend.setVisible(open_card)
        self.fold.setVisible(open_card or (self.fold.folded and size.isValid() and free_to_see))
        self._stage.below = self.zoom.height() + EDGE + GAP
        self._stage.above = bottom + GAP
        self._stage.beside_right = beside
        if open_card:
            self.legend.resize(size)
            self.legend.update()
        self._place_legend()
        self.card.raise_()
        self.gauges.raise_()
        self.arranged.emit()

    def stand_on(self, pixels: int) -> None:
        """Keep the legend above what stands in the lowest `pixels` of the canvas."""
        if pixels != self._foot:
            self._foot = pixels
            self._place_legend()

    def _place_legend(self) -> None:
        foot = self._host.height() - (self._foot + GAP if self._foot else EDGE)
        self._stage.covered = QRectF()
        self.fold.dress(self.fold.folded)
        if not self.legend.isHidden():
            self.legend.move(EDGE, foot - self.legend.height())
            self._give_way()
        if not self.legend.isHidden():
            self.fold.move(self.fold.corner(self.legend.geometry()))
            self.fold.raise_()
            self._stage.covered = QRectF(self.legend.geometry()).adjusted(0, -GAP, GAP, 0)
        elif not self.fold.isHidden():
            self.fold.move(EDGE, foot - self.fold.height())
            self._stage.covered = QRectF(self.fold.geometry()).adjusted(0, -GAP, GAP, 0)

    def _give_way(self) -> None:
        """Evidence makes the legend longer and moves no map: over people it folds, until asked for again.

        What measures mean stays to be read: of such a legend only the rest goes.
        """
        stage = self._stage
        if stage.lit is None or stage.lit is self._asked_for:
            return
        if not stage.lies_below(stage.camera, QRectF(self.legend.geometry())):
            return
        if any(key for _, key in self._shown.showing.measured):
            foot = self.legend.geometry().bottom() + 1
            self.legend.short = True
            self.legend.resize(self.legend.wanted(self.legend.width()))
            self.legend.move(EDGE, foot - self.legend.height())
            self.legend.update()
        else:
            self.legend.hide()
            self.fold.dress(True)

    def _clear_the_map(self) -> None:
        """Measures make the legend longer: a view of the whole map stays one, beside or above it."""
        stage = self._stage
        measured = any(key for _, key in self._shown.showing.measured)
        if not measured or not stage.whole or self.legend.isHidden() or not self.gauges.isHidden():
            return
        if stage.lies_below(stage.camera, QRectF(self.legend.geometry())):
            stage.fit()

    def fold_legend(self, folded: bool) -> None:
        """Fold the legend away, or unfold it; nothing is told to others."""
        if folded != self.fold.folded:
            self.fold.fold(folded)
            self.arrange()

    def _fold(self) -> None:
        if self.legend.isHidden() and not self.fold.folded:  # it gave way: show it all the same
            self._asked_for = self._stage.lit
            self.arrange()
            return
        self.fold_legend(not self.fold.folded)
        self.legend_folded.emit(self.fold.folded)

    def _arrange_chips(self, room: int) -> int:
        """Side by side, in as many rows as it takes; the pixel where the last row ends."""
        x, y, high = EDGE, CHIPS_FROM, 0
        for chip in self.chips:
            width = chip.fitted(room)
            chip.resize(width, chip.sizeHint().height())
            if x > EDGE and x + width > EDGE + room:
                x, y, high = EDGE, y + high + GAP, 0
            chip.move(x, y)
            chip.raise_()
            x += width + GAP
            high = max(high, chip.height())
        return y + high

    def _legend_size(self, free: int) -> QSize:
        """As large as the letters ask for, but smaller before it takes two sevenths of the height; and
        rather wide than high."""
        legend, size = self.legend, QSize()
        for letters in (self._letters, *(step for step in SMALLER if step < self._letters)):
            legend.letters = letters
            for wide in LEGEND_WIDTHS:
                size = legend.wanted(min(wide * letters, free))
                if 6 * size.height() <= self._host.height() or wide * letters >= free:
                    break
            if 3.5 * size.height() <= self._host.height() and size.width() <= free:
                break
        return size

    def _out_of_view(self) -> None:
        """Say it when everything, or all that is lit, lies out of view."""
        stage = self._stage
        was = (self.elsewhere.isHidden(), self.elsewhere.text())
        words = ""
        evidence = self._evidence()
        everything = stage.extent()
        if evidence and stage.looks.modules_only and not any(map(stage.shows, evidence)):
            words = say("canvas", "The evidence is inside the modules. Show it")
        elif evidence and not stage.in_view(stage.extent(evidence)):
            words = say("canvas", "The evidence is out of view. Go there")
        elif self._shown.out_of_sight:
            words = say("canvas", "What is selected is hidden. Show it")
        elif not everything.isEmpty() and not stage.in_view(everything):
            words = say("canvas", "The map is out of view. Show it")
        if words:
            self.elsewhere.say(words, words)
        else:
            self.elsewhere.hide()
        if was != (self.elsewhere.isHidden(), self.elsewhere.text()):
            self.arrange()

    def _evidence(self) -> list[str]:
        return [key for key in self._stage.lighting.concerned if self._stage.exists(key)]

    def _unlock(self) -> None:
        self._stage.lock(False)
        self._host.setFocus()

    def _unlight(self) -> None:
        self._stage.light(None)
        self._host.setFocus()

    def _go(self) -> None:
        evidence = self._evidence()
        hidden = self._shown.out_of_sight
        if evidence and not any(map(self._stage.shows, evidence)):
            self._shown.bring(evidence)
        elif evidence and not self._stage.in_view(self._stage.extent(evidence)):
            self._stage.fit(evidence)
        elif hidden:
            self._shown.bring(hidden)
            for key in sorted(hidden)[:1]:
                self._stage.reveal(key)
        else:
            self._stage.fit()
        self._host.setFocus()

    def _with_revealed(self, what: Said) -> Said:
        """What is lit, and that some of it is hidden otherwise."""
        n = self._shown.revealed
        return _REVEALED(what=what, n=n) if n else what
