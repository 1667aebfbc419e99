"""The menu bar, made from the table of actions; recent maps and themes are filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from orgmap.i18n import say
from orgmap.ui.actions import Actions, doubled
from orgmap.ui.menu_order import FILLED, MENUS, SUBMENUS, THEMES
from orgmap.ui.recent import Recent
from orgmap.ui.shares import there
from orgmap.ui.widgets.menu_key import MenuKey
from orgmap.ui.widgets.menu_letters import MenuLetters

LONGEST = 60  # letters of a path in a menu


class Menus:
    """Fills the menu bar of one window."""

    def __init__(
        self,
        bar: QMenuBar,
        actions: Actions,
        recent: Recent,
        open_path: Callable[[Path], object],
        window: QWidget,
    ) -> None:
        self._bar = bar
        self._letters = MenuLetters(bar)
        bar.installEventFilter(self._letters)
        self._actions = actions
        self._recent = recent
        self._open_path = open_path
        self._themes = QActionGroup(window)
        for name in THEMES:
            self._themes.addAction(actions[name])
        self._recent_menu = QMenu(bar)
        self._recent_menu.aboutToShow.connect(self._fill_recent)
        self._theme_menu = QMenu(bar)
        self._theme_menu.addActions(self._themes.actions())
        for menu in (self._recent_menu, self._theme_menu):
            menu.installEventFilter(self._letters)
        self._menus: list[QMenu] = []
        self._submenus = {"recent:": self._recent_menu, "theme:": self._theme_menu}
        for name, ids in FILLED.items():
            self._submenus[name] = self._filled(QMenu(bar), ids)
        for group in MENUS:
            menu = self._filled(QMenu(bar), group.ids)
            bar.addMenu(menu)
            self._menus.append(menu)
        MenuKey(window)
        self.say()
        self._fill_recent()

    def _filled(self, menu: QMenu, ids: Iterable[str | None]) -> QMenu:
        menu.setToolTipsVisible(False)
        menu.installEventFilter(self._letters)
        for action_id in ids:
            if action_id is None:
                menu.addSeparator()
            elif action_id in self._submenus:
                menu.addMenu(self._submenus[action_id])
            else:
                menu.addAction(self._actions[action_id])
        return menu

    def say(self) -> None:
        """Say every title again, in the language now in use."""
        for menu, group in zip(self._menus, MENUS, strict=True):
            menu.setTitle(str(group.title()))
        for name, menu in self._submenus.items():
            menu.setTitle(str(SUBMENUS[name]()))

    def _fill_recent(self) -> None:
        menu = self._recent_menu
        menu.clear()
        paths = self._recent.paths
        gone = False
        for path in paths:
            entry = QAction(_entry(path), menu)
            entry.setStatusTip(str(path))
            entry.setEnabled(there(path))
            gone = gone or not entry.isEnabled()
            entry.triggered.connect(partial(_open, self._open_path, path))
            menu.addAction(entry)
        if not paths:
            empty = QAction(say("menu", "None yet"), menu)
            empty.setEnabled(False)
            menu.addAction(empty)
        if gone:
            menu.addSeparator()
            sweep = QAction(say("menu", "Take out what is gone"), menu)
            sweep.triggered.connect(self._recent.remove_gone)
            menu.addAction(sweep)


def _entry(path: Path) -> str:
    """Name first, folder after it: the name is what one looks for."""
    from orgmap.files import disk  # late: the window stands before anything is read

    name = disk.shown(path.with_suffix("")) if path.suffix == ".orgmap" else disk.shown(path)
    folder = disk.shown(path.parent)
    return doubled(f"{name}  \N{EM DASH}  {folder}"[:LONGEST])


def _open(open_path: Callable[[Path], object], path: Path, _checked: bool = False) -> None:
    open_path(path)
