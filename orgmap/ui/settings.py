"""What the program remembers for the person who uses it, in an INI file of their own.

Every value is kept as text and read with a check, so that a file which another program, a full
disk or a curious hand has spoilt never stops the start: it is put aside as `.bad` and the
defaults hold.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from platformdirs import user_config_path
from PySide6.QtCore import QByteArray, QLocale, QObject, QSettings, Signal

from orgmap.assets import asset
from orgmap.i18n import ENGLISH

MOST_BYTES = 256 * 1024  # a sound file has about one kilobyte
_FOREIGN = ("@Variant(", "@ByteArray(")  # we never write them, and Qt can stumble over them


class ThemeChoice(StrEnum):
    """Which look: one of ours, or what the desktop shows."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    PRINT = "print"
    CONTRAST = "contrast"


class Settings(QObject):
    """Read and written by key; `changed` rings with the key after a write that differs.

    `path`: the file, by default `settings.ini` in the user's configuration folder. Nothing is
    raised: what cannot be written is kept for this run, and `trouble` says so.
    """

    changed = Signal(str)

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path if path is not None else user_config_path("orgmap", appauthor=False) / "settings.ini"
        self.put_aside: Path | None = None
        self.trouble = ""
        self._unsaved: dict[str, str] = {}
        self._open_file()

    # the choices of the user

    @property
    def theme(self) -> ThemeChoice:
        """The look chosen; the desktop's unless the user said otherwise."""
        return ThemeChoice(self.one_of("look/theme", tuple(ThemeChoice), ThemeChoice.SYSTEM))

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self.put("look/theme", choice)

    @property
    def language(self) -> str:
        """Code of the language of the interface, such as "en"."""
        code = self.text("look/language", ENGLISH)
        return code if code.replace("_", "").isalpha() and len(code) <= 8 else ENGLISH

    @language.setter
    def language(self, code: str) -> None:
        self.put("look/language", code)

    @property
    def reduced_motion(self) -> bool:
        """Nothing glides: things are at once where they will be."""
        return self.flag("look/reduced_motion", False)

    @reduced_motion.setter
    def reduced_motion(self, reduced: bool) -> None:
        self.put_flag("look/reduced_motion", reduced)

    @property
    def single_keys(self) -> bool:
        """May single letters act on the canvas? WCAG 2.1.4 asks that they can be switched off."""
        return self.flag("keys/single", True)

    @single_keys.setter
    def single_keys(self, on: bool) -> None:
        self.put_flag("keys/single", on)

    @property
    def wheel_zooms(self) -> bool:
        """Does the wheel of a mouse zoom, or scroll?"""
        return self.flag("keys/wheel_zooms", True)

    @wheel_zooms.setter
    def wheel_zooms(self, on: bool) -> None:
        self.put_flag("keys/wheel_zooms", on)

    @property
    def legend_folded(self) -> bool:
        """Is the legend on the canvas folded away?"""
        return self.flag("canvas/legend_folded", False)

    @legend_folded.setter
    def legend_folded(self, folded: bool) -> None:
        self.put_flag("canvas/legend_folded", folded)

    @property
    def snapping(self) -> bool:
        """Does what is dragged fall into line with its neighbours?"""
        return self.flag("canvas/snapping", True)

    @snapping.setter
    def snapping(self, on: bool) -> None:
        self.put_flag("canvas/snapping", on)

    @property
    def text_scale(self) -> int:
        """Size of the text of the interface, percent, 100 to 200."""
        found = self.text("look/text_scale", "100")
        return (
            min(max(int(found), 100), 200) if found.isascii() and found.isdigit() and len(found) < 4 else 100
        )

    @text_scale.setter
    def text_scale(self, percent: int) -> None:
        self.put("look/text_scale", str(percent))

    # typed reading and writing

    def text(self, key: str, default: str = "") -> str:
        """The text kept under `key`."""
        if key in self._unsaved:
            return self._unsaved[key]
        found = self._file.value(key) if self._file is not None else None
        return found if isinstance(found, str) else default

    def one_of(self, key: str, allowed: Sequence[str], default: str) -> str:
        """The text under `key` if it is one of `allowed`."""
        found = self.text(key, default)
        return found if found in allowed else default

    def flag(self, key: str, default: bool) -> bool:
        """The yes or no under `key`."""
        return {"yes": True, "no": False}.get(self.text(key), default)

    def put_flag(self, key: str, on: bool) -> None:
        """Keep a yes or no."""
        self.put(key, "yes" if on else "no")

    def listing(self, key: str) -> list[str]:
        """The list of texts under `key`; empty if there is none or it is not one."""
        try:
            found = json.loads(self.text(key, "[]"))
        except (ValueError, RecursionError):
            return []
        return [word for word in found if isinstance(word, str)] if isinstance(found, list) else []

    def put_listing(self, key: str, words: Sequence[str]) -> None:
        """Keep a list of texts."""
        self.put(key, json.dumps(list(words)))

    def data(self, key: str) -> QByteArray:
        """The bytes under `key`, such as the state of a window; empty if there are none."""
        found = self.text(key)
        try:
            return QByteArray(bytes.fromhex(found))
        except ValueError:
            return QByteArray()

    def put_data(self, key: str, data: QByteArray) -> None:
        """Keep bytes."""
        self.put(key, bytes(data.data()).hex())

    def put(self, key: str, value: str) -> None:
        """Keep a text; written to disk at once if that is possible."""
        if self.text(key, "\0") == value:
            return
        if self._file is not None:
            self._file.setValue(key, str(value))
            self._file.sync()
        if self._file is None or self._file.status() is not QSettings.Status.NoError:
            self._unsaved[key] = str(value)
            self.trouble = str(self.path)
        self.changed.emit(key)

    def forget(self, key: str) -> None:
        """Back to the default."""
        self._unsaved.pop(key, None)
        if self._file is not None:
            self._file.remove(key)
        self.changed.emit(key)

    def _open_file(self) -> None:
        self._file: QSettings | None = None
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self.path.exists() and not _sound(self.path):
                self.put_aside = self.path.with_name(self.path.name + ".bad")
                self.path.replace(self.put_aside)
        except OSError:
            self.trouble = str(self.path)
            return
        self._file = QSettings(str(self.path), QSettings.Format.IniFormat)


def languages() -> dict[str, str]:
    """The languages there are words for: code to the language's own name."""
    found = {ENGLISH: "English"}
    folder = asset("i18n")
    if folder.is_dir():
        for path in sorted(folder.glob("*/LC_MESSAGES/orgmap.mo")):
            code = path.parent.parent.name
            found[code] = QLocale(code).nativeLanguageName() or code
    return found


def _sound(path: Path) -> bool:
    """Could this file have been written by us? OSError if it cannot be looked at."""
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        return False
    try:
        words = path.read_text("utf-8")
    except UnicodeDecodeError:
        return False
    if "\0" in words or any(mark in words for mark in _FOREIGN):
        return False
    lines = [line for line in words.splitlines() if line.strip() and not line.startswith(";")]
    return all(line.startswith("[") or "=" in line for line in lines)
