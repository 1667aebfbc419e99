"""Giving commands other keys: choose one, press the keys; whoever has them already is named."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from orgmap.i18n import say
from orgmap.model.matching import folded
from orgmap.ui.actions import Actions, plain, usual_keys
from orgmap.ui.keymap import CUSTOM, Fault, custom_keys, judged, keep
from orgmap.ui.menu_order import menu_paths
from orgmap.ui.placing import open_wide
from orgmap.ui.settings import Settings
from orgmap.ui.shortcuts import shown
from orgmap.ui.widgets.roles import set_role
from orgmap.ui.widgets.words import Words

KEYS_WIDE = 190  # px, of the column of keys
_ID = Qt.ItemDataRole.UserRole
_MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_unknown,
)


class KeyField(QLineEdit):
    """Shows the keys pressed in it. Tab and Esc stay what they are everywhere."""

    pressed = Signal(object)  # QKeySequence

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def event(self, event: QEvent, /) -> bool:
        """No shortcut of the program fires while its keys are asked for."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Any keys but those that lead out of the field."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            super().keyPressEvent(event)
        elif key not in _MODIFIERS:
            self.pressed.emit(QKeySequence(event.keyCombination()))
            event.accept()


class ShortcutEditor(QDialog):
    """Every command with its keys; what is changed holds at once and is remembered."""

    def __init__(self, settings: Settings, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("change-keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("keys", "Change keys"))
        open_wide(self, 80, 38)
        self._settings, self._actions = settings, actions
        self._taken: tuple[QKeySequence, str] | None = None  # keys asked for, and who has them
        self._build()
        self._fill()
        settings.changed.connect(self._on_settings)
        self.sought.setFocus()

    @property
    def chosen(self) -> str:
        """The id of the command chosen; empty if none is."""
        index = self.table.currentIndex()
        return str(index.siblingAtColumn(0).data(_ID) or "") if index.isValid() else ""

    def choose(self, action_id: str) -> None:
        """Choose a command."""
        for row in range(self._model.rowCount()):
            if self._model.index(row, 0).data(_ID) == action_id:
                self.table.setCurrentIndex(self._model.index(row, 0))

    # -- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(say("keys", "Find a command or its keys"))
        self.sought.setAccessibleName(say("keys", "Find a command or its keys"))
        self.sought.textChanged.connect(self._narrow)
        self._model = QStandardItemModel(0, 3, self)
        self._model.setHorizontalHeaderLabels(
            [say("keys", "Command"), say("keys", "Menu"), say("keys", "Keys")]
        )
        self.table = QTableView()
        self.table.setModel(self._model)
        self.table.setAccessibleName(say("keys", "Commands and their keys"))
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        head.resizeSection(2, KEYS_WIDE)
        self.table.selectionModel().currentChanged.connect(self._on_chosen)
        self._what = Words("", "body")
        self.field = KeyField()
        self.field.setPlaceholderText(say("keys", "Press the new keys here"))
        self.field.pressed.connect(self._on_pressed)
        self._told = Words("", "quiet")
        self.instead = QPushButton(say("keys", "Take them away there"))
        self.none = QPushButton(say("keys", "No keys"))
        self.usual = QPushButton(say("keys", "Usual keys"))
        self.instead.clicked.connect(self._take_away)
        self.none.clicked.connect(self._clear)
        self.usual.clicked.connect(self._reset)
        asked = QHBoxLayout()
        asked.setSpacing(8)
        asked.addWidget(self.field, 1)
        for button in (self.none, self.usual):
            button.setAutoDefault(False)
            asked.addWidget(button)
        answer = QHBoxLayout()
        answer.setSpacing(8)
        answer.addWidget(self._told, 1)
        answer.addWidget(self.instead)
        self.instead.setAutoDefault(False)
        buttons = QDialogButtonBox()
        self.all = buttons.addButton(say("keys", "Usual keys for all"), QDialogButtonBox.ButtonRole.ResetRole)
        self.all.setAutoDefault(False)
        self.all.clicked.connect(self._reset_all)
        close = buttons.addButton(say("dialog", "Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.sought)
        column.addWidget(self.table, 1)
        column.addWidget(self._what)
        column.addLayout(asked)
        column.addLayout(answer)
        column.addWidget(buttons)
        set_role(self._what, "section")

    def _fill(self) -> None:
        """All commands in the order of the menus; the one chosen stays chosen."""
        before = self.chosen
        paths, keys, usual = menu_paths(), self._actions.keys(), usual_keys()
        told = self._actions.told_keys()
        by_id = dict(self._actions_by_id())
        self._model.removeRows(0, self._model.rowCount())
        for action_id in [*(key for key in paths if key in by_id), *(k for k in by_id if k not in paths)]:
            cells = [
                QStandardItem(by_id[action_id]),
                QStandardItem(" \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} ".join(
                    plain(str(title())) for title in paths.get(action_id, ()))),
                QStandardItem(shown(told[action_id])),
            ]  # fmt: skip
            cells[0].setData(action_id, _ID)
            if keys[action_id] != usual[action_id]:
                font = self.font()
                font.setBold(True)
                cells[2].setFont(font)
                cells[2].setAccessibleText(
                    say("keys", "{keys}, changed", keys=shown(told[action_id]) or say("keys", "none"))
                )
            self._model.appendRow(cells)
        self._narrow(self.sought.text())
        self.choose(before)
        if not self.chosen:
            self._on_chosen(QModelIndex())
        self.all.setEnabled(bool(custom_keys(self._settings)))

    def _actions_by_id(self) -> list[tuple[str, str]]:
        return [(entry.id, plain(str(entry.label()))) for entry, _ in self._actions]

    def _narrow(self, typed: str) -> None:
        words = folded(typed).split()
        first = -1
        for row in range(self._model.rowCount()):
            told = folded(" ".join(str(self._model.index(row, column).data()) for column in range(3)))
            hit = all(word in told for word in words)
            self.table.setRowHidden(row, not hit)
            first = row if hit and first < 0 else first
        if words and first >= 0 and self.table.isRowHidden(max(self.table.currentIndex().row(), 0)):
            self.table.setCurrentIndex(self._model.index(first, 0))

    # -- choosing and pressing ----------------------------------------------------------------

    def _on_chosen(self, _index: QModelIndex) -> None:
        action_id = self.chosen
        self._say("")
        self.field.clear()
        name = dict(self._actions_by_id()).get(action_id, "")
        self._what.setText(name or say("keys", "Choose a command above"))
        self.field.setEnabled(bool(action_id))
        self.field.setAccessibleName(say("keys", "New keys for {name}", name=name) if name else "")
        keys = self._actions.keys().get(action_id, [])
        self.none.setEnabled(bool(keys))
        self.usual.setEnabled(bool(action_id) and keys != usual_keys()[action_id])

    def _on_pressed(self, key: QKeySequence) -> None:
        action_id = self.chosen
        if not action_id:
            return
        self.field.setText(shown([key]))
        fault, other = judged(self._actions, action_id, key)
        match fault:
            case Fault.NONE:
                self._give(action_id, [key])
                self._say(say("keys", "{keys} it is.", keys=shown([key])))
            case Fault.RESERVED:
                self._say(say("keys", "{keys} is needed by the map and by fields.", keys=shown([key])))
            case Fault.SINGLE:
                self._say(say("keys", "This command works everywhere: take Ctrl, Alt or an F key with it."))
            case Fault.TAKEN:
                name = dict(self._actions_by_id())[other]
                self._say(say("keys", "{keys} belongs to: {name}.", keys=shown([key]), name=name))
                self._taken = (key, other)
                self.instead.show()

    def _take_away(self) -> None:
        if self._taken is None:
            return
        (key, other), action_id = self._taken, self.chosen
        left = [one for one in self._actions.keys()[other] if one != key]
        custom = custom_keys(self._settings) | {other: left, action_id: [key]}
        keep(self._settings, custom)
        self._say(say("keys", "{keys} it is.", keys=shown([key])))
        self.field.setFocus()

    def _clear(self) -> None:
        self._give(self.chosen, [])

    def _reset(self) -> None:
        """The usual keys again, unless another command has been given them meanwhile."""
        action_id = self.chosen
        usual = usual_keys()[action_id]
        free = [key for key in usual if judged(self._actions, action_id, key)[0] is not Fault.TAKEN]
        custom = custom_keys(self._settings)
        custom.pop(action_id, None)
        keep(self._settings, custom if free == usual else custom | {action_id: free})
        if free != usual:
            self._say(say("keys", "What another command has now stays there."))

    def _reset_all(self) -> None:
        self._settings.forget(CUSTOM)

    def _give(self, action_id: str, keys: list[QKeySequence]) -> None:
        keep(self._settings, custom_keys(self._settings) | {action_id: keys})

    def _say(self, words: str) -> None:
        self._taken = None
        self.instead.hide()
        self._told.setText(words)
        self.field.setAccessibleDescription(words)

    def _on_settings(self, key: str) -> None:
        if key == CUSTOM:
            typed, told = self.field.text(), self._told.text()
            self._fill()
            self.field.setText(typed)
            self._told.setText(told)
