"""Fields in which one chooses: one of several, yes or no, a handful of modules."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from orgmap.i18n import say
from orgmap.ui.widgets.fields import MIXED, Field, mixed_word
from orgmap.ui.widgets.flow import FlowLayout
from orgmap.ui.widgets.words import WordsButton

Option = tuple[object, str]  # a value and the words for it


class ChoiceBox(QComboBox):
    """A closed list that ends words it has no room for with an ellipsis, where Qt cuts a letter in two.

    The wheel scrolls what it stands in, and never chooses.
    """

    def wheelEvent(self, event: QWheelEvent, /) -> None:
        """For whoever scrolls."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """As Qt paints it, but for the words."""
        option = self._drawn()
        if self.currentIndex() < 0 and self.placeholderText():
            words = option.palette.brush(QPalette.ColorRole.PlaceholderText)
            option.palette.setBrush(QPalette.ColorRole.ButtonText, words)
            option.currentText = self.placeholderText()
        room = self.width() - self.chrome()
        elide = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(option.currentText, elide, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def chrome(self) -> int:
        """How much of its width is not for words, px."""
        control, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        return self.width() - self.style().subControlRect(control, self._drawn(), field, self).width() + 2

    def _drawn(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return option


class ChoiceField(Field):
    """One of a list; choosing commits. The wheel scrolls the panel, not the value."""

    def __init__(self, label: str, options: Sequence[Option] = (), parent: QWidget | None = None) -> None:
        self.box = ChoiceBox()
        self._options: tuple[Option, ...] = ()
        super().__init__(self.box, label, parent)
        self.box.setPlaceholderText(mixed_word())
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(6)
        self.box.activated.connect(self._chosen)
        self.set_options(options)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other choices; the value shown stays."""
        if tuple(options) == self._options:
            return
        self._options = tuple(options)
        self.box.clear()
        for _, words in self._options:
            self.box.addItem(words)
        if not isinstance(self._shown, type(MIXED)):
            self.display(self._shown)

    def display(self, value: object) -> None:
        """Show the choice; none for mixed and for a value that is not offered."""
        values = [option for option, _ in self._options]
        self.box.setCurrentIndex(values.index(value) if value is not MIXED and value in values else -1)

    def value(self) -> object:
        """The value chosen."""
        return self._options[self.box.currentIndex()][0]

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Keep the wheel for the panel."""
        return _of_the_list(self.editor, watched, event) or super().eventFilter(watched, event)

    def _chosen(self, _index: int) -> None:
        self.touch()
        self.commit()


class FlagField(Field):
    """Yes or no; partly while the selected things differ."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        self.check = QCheckBox(label)
        super().__init__(self.check, label, parent)
        self.check.clicked.connect(self._clicked)

    def display(self, value: object) -> None:
        """Ticked, not ticked, or partly for mixed and for "nobody said"."""
        if value is MIXED:
            self.check.setCheckState(Qt.CheckState.PartiallyChecked)
        else:
            self.check.setTristate(False)
            self.check.setChecked(bool(value))

    def value(self) -> object:
        """Ticked or not."""
        return self.check.checkState() is Qt.CheckState.Checked

    def ends_on(self, _event: object) -> bool:
        """A click is enough."""
        return False

    def _clicked(self, checked: bool) -> None:
        self.check.setTristate(False)
        self.check.setChecked(checked)
        self.touch()
        self.commit()


class SeveralField(Field):
    """A handful out of a list, as chips; clicking a chip takes it out, the box adds another."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        self.box = QComboBox()
        self.chips = QWidget()
        self._flow = FlowLayout(self.chips, gap=4)
        self._options: tuple[Option, ...] = ()
        self._chosen: tuple[object, ...] = ()
        super().__init__(self.box, label, parent)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(6)
        self.box.activated.connect(self._added)
        self.column.insertWidget(0, self.chips)

    def set_options(self, options: Sequence[Option]) -> None:
        """What there is to choose from."""
        if tuple(options) != self._options:
            self._options = tuple(options)
            self._rebuild(self._shown is MIXED)

    def display(self, value: object) -> None:
        """One chip for each; "mixed" instead while the selected things differ."""
        self._chosen = value if isinstance(value, tuple) else ()
        self._rebuild(value is MIXED)

    def value(self) -> object:
        """The values in order."""
        return self._chosen

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Keep the keys for the list itself, and the wheel for the panel."""
        return _of_the_list(self.editor, watched, event) or super().eventFilter(watched, event)

    def _rebuild(self, mixed: bool) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        words = dict(self._options)
        for value in self._chosen:
            if value in words:
                self._flow.addWidget(_Chip(value, words[value], self))
        self.chips.setVisible(bool(self._chosen))
        self.box.clear()
        self.box.setPlaceholderText(mixed_word() if mixed else say("field", "Add ..."))
        for value, name in self._options:
            if value not in self._chosen:
                self.box.addItem(name, value)
        self.box.setCurrentIndex(-1)
        self.box.setEnabled(self.box.count() > 0)

    def _added(self, index: int) -> None:
        self._take((*self._chosen, self.box.itemData(index)))

    def take_out(self, value: object) -> None:
        """A chip was clicked."""
        self._take(tuple(one for one in self._chosen if one != value))

    def _take(self, chosen: tuple[object, ...]) -> None:
        self._chosen = chosen
        self.touch()
        self.commit()


class _Chip(WordsButton):
    """One value chosen; a click takes it out."""

    def __init__(self, value: object, words: str, field: SeveralField) -> None:
        super().__init__(f"{words}  ×", "chip", field.chips)
        self.setAccessibleName(say("field", "Remove {name}", name=words))
        self._value, self._field = value, field
        self.clicked.connect(self._clicked)

    def _clicked(self) -> None:
        self._field.take_out(self._value)


def _of_the_list(editor: QWidget, watched: QObject, event: QEvent) -> bool:
    """Swallow the wheel over a closed list, so that scrolling the panel never changes a value."""
    if watched is editor and event.type() == QEvent.Type.Wheel:
        event.ignore()
        return True
    return False
