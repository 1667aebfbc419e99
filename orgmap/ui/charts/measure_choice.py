"""Of whom, and which measures: what a chart is made of, chosen from lists."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from orgmap.analysis.measure_catalogue import MEASURES, Measure, Scope
from orgmap.i18n import say
from orgmap.ui.measured import about
from orgmap.ui.widgets.flow import FlowLayout
from orgmap.ui.widgets.words import plain_tip

SCOPES = (Scope.PEOPLE, Scope.MODULES, Scope.LINKS)
AT_FIRST = {Scope.PEOPLE: "betweenness", Scope.MODULES: "ei_index", Scope.LINKS: "betweenness"}
SECOND = {Scope.PEOPLE: "in_degree", Scope.MODULES: "people", Scope.LINKS: "return_length"}


class MeasureChoice(QWidget):
    """Three lists in a row; further widgets may stand behind them."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = FlowLayout(self, gap=8)
        self._scope, self._first, self._second = QComboBox(), QComboBox(), QComboBox()
        for box in self.boxes:
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            self._row.addWidget(box)
        self._scope.activated.connect(self._scope_chosen)
        self._first.activated.connect(self._chosen)
        self._second.activated.connect(self._chosen)
        self.say()

    @property
    def boxes(self) -> tuple[QComboBox, QComboBox, QComboBox]:
        """Of whom, the measure, and the second measure."""
        return self._scope, self._first, self._second

    @property
    def scope(self) -> Scope:
        """People, modules or links."""
        return Scope(self._scope.currentData())

    @property
    def keys(self) -> tuple[str, str]:
        """The two measures."""
        return str(self._first.currentData()), str(self._second.currentData())

    @property
    def measures(self) -> tuple[Measure, Measure]:
        """What is said of them."""
        first, second = self.keys
        return MEASURES[self.scope][first], MEASURES[self.scope][second]

    def add(self, widget: QWidget) -> None:
        """Put something behind the lists."""
        self._row.addWidget(widget)

    def ask_second(self, wanted: bool) -> None:
        """Is there a second measure to choose?"""
        self._second.setVisible(wanted)

    def choose(self, scope: Scope, first: str, second: str = "") -> None:
        """Choose without ringing; what is not there stays as it is."""
        self._scope.setCurrentIndex(self._scope.findData(scope.value))
        self._offer_measures()
        for box, key in ((self._first, first), (self._second, second)):
            if (at := box.findData(key)) >= 0:
                box.setCurrentIndex(at)

    def say(self) -> None:
        """Every word again."""
        words = (say("scope", "People"), say("scope", "Modules"), say("scope", "Links"))
        scopes = [(scope.value, name) for scope, name in zip(SCOPES, words, strict=True)]
        _fill(self._scope, say("chart", "Of whom"), scopes)
        self._offer_measures()

    def _offer_measures(self) -> None:
        scope = self.scope
        measures = [(key, str(measure.name())) for key, measure in MEASURES[scope].items()]
        names = (say("chart", "Measure"), say("chart", "Second measure"))
        for box, name, usual in zip((self._first, self._second), names, (AT_FIRST, SECOND), strict=True):
            _fill(box, name, measures, usual[scope])
            for at, measure in enumerate(MEASURES[scope].values()):
                box.setItemData(at, plain_tip(str(about(measure))), Qt.ItemDataRole.ToolTipRole)
        self._tell()

    def _scope_chosen(self, *_: object) -> None:
        self._offer_measures()
        self.chosen.emit()

    def _chosen(self, *_: object) -> None:
        self._tell()
        self.chosen.emit()

    def _tell(self) -> None:
        """The tip of a closed list is that of its measure."""
        for box in (self._first, self._second):
            box.setToolTip(str(box.currentData(Qt.ItemDataRole.ToolTipRole) or ""))


def _fill(box: QComboBox, name: str, options: Sequence[tuple[str, str]], usual: str = "") -> None:
    """Offer these; what was chosen stays, if it is still among them."""
    chosen = box.currentData()
    box.setAccessibleName(name)
    box.clear()
    for value, words in options:
        box.addItem(words, value)
    at = box.findData(chosen)
    box.setCurrentIndex(at if at >= 0 else max(box.findData(usual), 0))
