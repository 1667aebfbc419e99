"""What is remembered, and that a spoilt file never stops the start (rows 77, 79 and 41 of the faults)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from orgmap.ui.recent import MOST, Recent
from orgmap.ui.settings import Settings, ThemeChoice
from orgmap.ui.shares import there


def test_what_is_put_is_there_after_a_new_start(tmp_path: Path) -> None:
    first = Settings(tmp_path / "s.ini")

    first.theme = ThemeChoice.DARK
    first.language = "cs"
    first.reduced_motion = True
    first.put_data("window/state", QByteArray(b"\x00\xffstate"))
    first.put_listing("files/recent", ["/a, b/ž.orgmap", "@home", 'c"d'])

    second = Settings(tmp_path / "s.ini")
    assert (second.theme, second.language, second.reduced_motion) == (ThemeChoice.DARK, "cs", True)
    assert second.data("window/state").data() == b"\x00\xffstate"
    assert second.listing("files/recent") == ["/a, b/ž.orgmap", "@home", 'c"d']
    assert second.put_aside is None


SPOILT = {
    "random bytes": bytes(range(256)) * 4,
    "UTF-16": "[look]\ntheme=dark\n".encode("utf-16"),
    "five megabytes": b"[look]\ntheme=" + b"x" * 5_000_000,
    "a variant of no known type": b"[look]\ntheme=@Variant(\\0\\0\\0\\x7f\\0\\0)\n",
    "half a byte array": b"[look]\ntheme=@ByteArray(\\xff\n",
    "no key at all": b"[look]\nfoo\n",
    "padded with zeros": b"[look]\ntheme=dark\n" + b"\0" * 100,
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_file_is_put_aside_and_the_defaults_hold(tmp_path: Path, name: str) -> None:
    path = tmp_path / "s.ini"
    path.write_bytes(SPOILT[name])

    settings = Settings(path)
    settings.theme = ThemeChoice.LIGHT

    assert settings.put_aside is not None
    assert settings.put_aside.read_bytes() == SPOILT[name]
    assert Settings(path).theme is ThemeChoice.LIGHT


@pytest.mark.parametrize("words", ["", "[look]\ntheme=42\nlanguage=../../etc\nreduced_motion=abc\n"])
def test_an_empty_file_and_wrong_values_give_the_defaults(tmp_path: Path, words: str) -> None:
    path = tmp_path / "s.ini"
    path.write_text(words + "[window]\nstate=zz\n[files]\nrecent={}\n")

    settings = Settings(path)

    assert settings.theme is ThemeChoice.SYSTEM
    assert settings.language == "en"
    assert settings.reduced_motion is False
    assert settings.data("window/state").isEmpty()
    assert Recent(settings).paths == ()


def test_a_folder_in_place_of_the_file_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "s.ini").mkdir()

    settings = Settings(tmp_path / "s.ini")
    settings.theme = ThemeChoice.DARK

    assert settings.theme is ThemeChoice.DARK
    assert (tmp_path / "s.ini.bad").is_dir()


def test_where_no_file_can_be_made_the_choice_holds_for_this_run(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("not a folder")

    settings = Settings(tmp_path / "blocked" / "s.ini")
    settings.theme = ThemeChoice.DARK

    assert settings.theme is ThemeChoice.DARK
    assert settings.trouble


def test_the_same_value_put_twice_rings_once(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "s.ini")
    rung: list[str] = []
    settings.changed.connect(rung.append)

    settings.theme = ThemeChoice.DARK
    settings.theme = ThemeChoice.DARK

    assert rung == ["look/theme"]


def test_recent_maps_stand_newest_first_and_each_once(tmp_path: Path) -> None:
    recent = Recent(Settings(tmp_path / "s.ini"))

    for number in [*range(MOST + 3), 5]:
        recent.add(tmp_path / f"{number}.orgmap")

    assert [path.stem for path in recent.paths][:3] == ["5", str(MOST + 2), str(MOST + 1)]
    assert len(recent.paths) == MOST
    assert len(set(recent.paths)) == MOST


def test_a_recent_map_that_is_gone_stays_until_it_is_taken_out(tmp_path: Path) -> None:
    recent = Recent(Settings(tmp_path / "s.ini"))
    here, gone = tmp_path / "here.orgmap", tmp_path / "gone.orgmap"
    here.write_text("{}")
    recent.add(here)
    recent.add(gone)

    listed = [(path.name, there(path)) for path in recent.paths]
    recent.remove_gone()

    assert listed == [("gone.orgmap", False), ("here.orgmap", True)]
    assert recent.paths == (here,)


def test_settings_lie_in_the_configuration_folder_of_the_user() -> None:
    settings = Settings()

    assert settings.path.is_relative_to(os.environ["XDG_CONFIG_HOME"])
