"""The few choices that are the user's: they hold at once, there is nothing to confirm."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from orgmap.i18n import say
from orgmap.ui.settings import Settings, ThemeChoice, languages

SCALES = (100, 110, 125, 150, 175, 200)  # percent


class PreferencesDialog(QDialog):
    """Writes straight into the settings; whoever shows them follows `Settings.changed`."""

    def __init__(self, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("preferences")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("preferences", "Preferences"))
        self._settings = settings
        self._theme = QComboBox()
        for choice, words in (
            (ThemeChoice.SYSTEM, say("preferences", "as the system")),
            (ThemeChoice.LIGHT, say("preferences", "light")),
            (ThemeChoice.DARK, say("preferences", "dark")),
            (ThemeChoice.PRINT, say("preferences", "as printed")),
            (ThemeChoice.CONTRAST, say("preferences", "high contrast")),
        ):
            self._theme.addItem(words, choice.value)
        self._theme.setCurrentIndex(self._theme.findData(settings.theme.value))
        self._theme.currentIndexChanged.connect(self._on_theme)
        self._scale = QComboBox()
        for percent in SCALES:
            self._scale.addItem(say("preferences", "{n} %", n=percent), percent)
        self._scale.setCurrentIndex(max(self._scale.findData(settings.text_scale), 0))
        self._scale.currentIndexChanged.connect(self._on_scale)
        self._language = QComboBox()
        for code, name in languages().items():
            self._language.addItem(name, code)
        self._language.setCurrentIndex(max(self._language.findData(settings.language), 0))
        self._language.currentIndexChanged.connect(self._on_language)
        self._motion = QCheckBox(say("preferences", "Less motion: things are at once where they will be"))
        self._motion.setChecked(settings.reduced_motion)
        self._motion.toggled.connect(self._on_motion)
        self._keys = QCheckBox(say("preferences", "Single letters act on the map, as N for a person"))
        self._keys.setChecked(settings.single_keys)
        self._keys.toggled.connect(self._on_keys)
        self._wheel = QCheckBox(say("preferences", "The mouse wheel zooms; otherwise it moves the view"))
        self._wheel.setChecked(settings.wheel_zooms)
        self._wheel.toggled.connect(self._on_wheel)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.addRow(say("preferences", "Theme"), self._theme)
        form.addRow(say("preferences", "Size of text"), self._scale)
        if self._language.count() > 1:
            form.addRow(say("preferences", "Language"), self._language)
        buttons = QDialogButtonBox()
        close = buttons.addButton(say("dialog", "Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addLayout(form)
        for box in (self._motion, self._keys, self._wheel):
            column.addWidget(box)
        column.addStretch(1)
        column.addWidget(buttons)

    def _on_theme(self) -> None:
        self._settings.theme = ThemeChoice(self._theme.currentData())

    def _on_scale(self) -> None:
        self._settings.text_scale = self._scale.currentData()

    def _on_language(self) -> None:
        self._settings.language = self._language.currentData()

    def _on_motion(self, on: bool) -> None:
        self._settings.reduced_motion = on

    def _on_keys(self, on: bool) -> None:
        self._settings.single_keys = on

    def _on_wheel(self, on: bool) -> None:
        self._settings.wheel_zooms = on
