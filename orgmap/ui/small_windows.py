"""The windows beside the map that show or set something: there is at most one of each that edits it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QMainWindow

from orgmap.drawing.style import Theme
from orgmap.files.reading import Note
from orgmap.model.entities import ChannelId
from orgmap.ui.actions import Actions
from orgmap.ui.dialogs.about import AboutDialog
from orgmap.ui.dialogs.channels import ChannelsDialog
from orgmap.ui.dialogs.notes import NotesDialog
from orgmap.ui.dialogs.preferences import PreferencesDialog
from orgmap.ui.dialogs.shortcut_editor import ShortcutEditor
from orgmap.ui.dialogs.shortcut_sheet import ShortcutSheet
from orgmap.ui.dialogs.thresholds import ThresholdsDialog
from orgmap.ui.session import Session
from orgmap.ui.settings import Settings


class SmallWindows(QObject):
    """Opens them over `window`. `commands` has a slot for each action that does, by its id."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        actions: Actions,
        theme: Theme,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._actions = actions
        self._theme = theme
        self._window = window
        self.commands: dict[str, Callable[..., object]] = {
            "channels": self.show_channels,
            "thresholds": self.show_thresholds,
            "preferences": self._show_preferences,
            "shortcuts": self._show_shortcuts,
            "change_keys": self._change_keys,
            "about": self._show_about,
        }

    def set_theme(self, theme: Theme) -> None:
        """Dress those that are opened from now on in another theme."""
        self._theme = theme

    def show_channels(self, wanted: object = None) -> None:
        """The list of channels, with the one of the id `wanted` chosen."""
        dialog = self._window.findChild(ChannelsDialog)
        if dialog is None:
            dialog = ChannelsDialog(self._session, self._theme, self._window)
        _show_in_front(dialog)
        if isinstance(wanted, str):
            dialog.choose(ChannelId(wanted))

    def show_thresholds(self, code: object = None) -> None:
        """All cut-offs, with those of the finding `code` chosen."""
        dialog = self._window.findChild(ThresholdsDialog) or ThresholdsDialog(self._session, self._window)
        _show_in_front(dialog)
        if isinstance(code, str):
            dialog.choose(code)

    def show_notes(self, notes: tuple[Note, ...]) -> None:
        """What reading a file has to say."""
        NotesDialog(notes, self._window).show()

    def _show_preferences(self) -> None:
        PreferencesDialog(self._settings, self._window).show()

    def _show_shortcuts(self) -> None:
        sheet = ShortcutSheet(self._actions, self._window)
        sheet.change_asked.connect(self._change_keys)
        sheet.show()

    def _change_keys(self) -> None:
        ShortcutEditor(self._settings, self._actions, self._window).show()

    def _show_about(self) -> None:
        AboutDialog(self._window).show()


def _show_in_front(dialog: QDialog) -> None:
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
