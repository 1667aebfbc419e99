"""Pictures are whole, the same each time, and keep names to themselves when asked to."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtGui import QImage

from orgmap.analysis.catalogue import ENTRIES, named
from orgmap.drawing.content import NO_HEADING, Heading, content_of, heading_of
from orgmap.drawing.hidden import letters, nameless
from orgmap.drawing.lighting import Lighting
from orgmap.drawing.looks import WHOLE
from orgmap.drawing.picture import FORMATS, picture_bytes
from orgmap.drawing.plan import planned
from orgmap.drawing.scene import Scene
from orgmap.errors import UsageError, WriteError
from orgmap.files import pictures
from orgmap.model.document import Document, problems
from orgmap.model.edits import set_fields
from orgmap.model.entities import LinkId, MapInfo, Node, NodeId, NodeKind
from tests.drawing.maps import placed, two_teams, with_fields
from tests.words import org

pytestmark = pytest.mark.usefixtures("qapp")

SECRETS = ("ana", "ben", "Sales", "Support", "Lumen", "whisper", "Head of")


def _secret() -> Document:
    document = with_fields(
        two_teams(),
        {
            "ana": {"title": "Head of", "notes": "whisper", "extra": {"phone": "whisper"}},
            "l1": {"notes": "whisper", "purpose": "whisper", "topic": "whisper"},
        },
    )
    return replace(document, info=MapInfo(title="Lumen Works", notes="whisper", purpose="whisper"))


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_what_its_name_says(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"map.{form}"

    pictures.write(two_teams(), path)

    begins = {"png": b"\x89PNG\r\n", "svg": b"<?xml", "pdf": b"%PDF-"}
    assert path.read_bytes().startswith(begins[form])
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_map_gives_the_same_bytes(form: str) -> None:
    assert picture_bytes(two_teams(), form) == picture_bytes(two_teams(), form)


@pytest.mark.parametrize("form", FORMATS)
def test_hidden_names_are_nowhere_in_the_file(form: str) -> None:
    lighting = Lighting(lit_nodes=frozenset((NodeId("ana"),)), lit_links=frozenset((LinkId("l1"),)))

    data = picture_bytes(_secret(), form, hide_names=True, lighting=lighting)

    for secret in SECRETS:
        assert not re.search(rb"\b" + secret.encode() + rb"\b", data), secret


def test_names_stand_in_the_svg_as_text_and_escaped() -> None:
    marked_up = '<script>x</script> & "R\x00\x1b"'
    document = with_fields(two_teams(), {"ana": {"name": marked_up}, "Sales": {"name": "A & B"}})

    data = picture_bytes(document, "svg")

    root = ET.fromstring(data)
    words = [part.text or "" for part in root.iter("{http://www.w3.org/2000/svg}text")]
    assert any("script" in word for word in words)
    assert "A & B" in words
    assert b"<script" not in data
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", data)


def test_hidden_names_are_numbered_by_kind() -> None:
    hidden = nameless(_secret())

    assert [node.name for node in hidden.nodes.values()] == [f"Person {n}" for n in range(1, 5)]
    assert [module.name for module in hidden.modules.values()] == ["Module A", "Module B"]
    assert hidden.info.title == ""
    assert problems(hidden) == []


def test_a_map_without_names_was_asked_for_in_the_same_way() -> None:
    document = replace(_secret(), info=MapInfo(title="Lumen", asked=True, reporting_is_talk=True))

    hidden = nameless(document)

    assert hidden.info == MapInfo(asked=True, reporting_is_talk=True)


def test_letters_go_on_after_z() -> None:
    assert [letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_a_map_without_names_has_the_same_shape() -> None:
    before, after = Scene.of(two_teams()), Scene.of(nameless(two_teams()))

    assert before.arcs.start.tolist() == after.arcs.start.tolist()
    assert before.nodes.centre.tolist() == after.nodes.centre.tolist()


def test_the_width_is_the_one_asked_for() -> None:
    for width in (64, 900, 3_000):
        image = QImage.fromData(picture_bytes(two_teams(), "png", width=width))
        assert image.width() == width


def test_an_empty_map_gives_a_picture_that_says_so() -> None:
    data = picture_bytes(Document(), "svg")

    assert b"There is nobody on this map yet." in data
    assert not QImage.fromData(picture_bytes(Document(), "png")).isNull()


def test_a_map_of_one_person_gives_a_picture() -> None:
    document = two_teams()
    alone = replace(document, nodes={NodeId("ana"): document.nodes[NodeId("ana")]}, links={})

    assert not QImage.fromData(picture_bytes(alone, "png")).isNull()


@pytest.mark.parametrize("width", [0, -5, 60_000])
def test_a_width_that_cannot_be_made_is_refused_in_words(width: int) -> None:
    with pytest.raises(UsageError, match="pixels cannot be made"):
        picture_bytes(two_teams(), "png", width=width)


def test_a_picture_too_high_for_memory_is_bounded() -> None:
    document = two_teams()
    far = document.apply(set_fields(document, ["di"], y=1e7))

    image = QImage.fromData(picture_bytes(far, "png", width=200))

    assert image.height() <= 5 * image.width() + 400


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="PNG, SVG and PDF"):
        pictures.write(two_teams(), tmp_path / "map.bmp")


@pytest.mark.parametrize("form", FORMATS)
def test_where_a_picture_cannot_be_written_it_is_told_and_nothing_is_left_behind(
    form: str, tmp_path: Path
) -> None:
    target = tmp_path / f"map.{form}"
    target.mkdir()

    with pytest.raises(WriteError):
        pictures.write(two_teams(), tmp_path / "nowhere" / f"map.{form}")
    with pytest.raises(WriteError):
        pictures.write(two_teams(), target)

    assert target.is_dir()
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("form", FORMATS)
def test_what_was_there_before_survives_a_full_disk(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"map.{form}"
    path.write_bytes(b"before")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match="full"):
        pictures.write(two_teams(), path)

    assert path.read_bytes() == b"before"
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.svg", tmp_path / "link.svg"
    real.write_text("before")
    link.symlink_to(real)

    pictures.write(two_teams(), link)

    assert link.is_symlink()
    assert real.read_bytes().startswith(b"<?xml")


def test_the_pictures_of_two_themes_differ() -> None:
    assert picture_bytes(two_teams(), "png", theme="light") != picture_bytes(two_teams(), "png", theme="dark")


def test_a_picture_needs_neither_a_screen_nor_an_application(tmp_path: Path) -> None:
    path = tmp_path / "map.png"
    program = (
        "from pathlib import Path; from orgmap.files import pictures;"
        "from orgmap.model.document import Document; import sys;"
        "pictures.write(Document(), Path(sys.argv[1])); assert 'PySide6.QtWidgets' not in sys.modules"
    )
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {key: value for key, value in os.environ.items() if key not in hidden}

    subprocess.run([sys.executable, "-c", program, str(path)], check=True, env=environment, timeout=60)

    assert path.read_bytes().startswith(b"\x89PNG")


def test_title_and_legend_grow_with_a_poster() -> None:
    small = placed(org("ana <> ben", modules={"A": "ana", "B": "ben"}), ana=(0, 0), ben=(300, 0))
    large = placed(org("ana <> ben", modules={"A": "ana", "B": "ben"}), ana=(0, 0), ben=(3_000, 0))
    contents = [
        content_of(
            replace(document, info=MapInfo(title="Lumen Works", purpose="Light for all")), "light", WHOLE
        )
        for document in (small, large)
    ]
    plans = [planned(content, 3_000) for content in contents]

    assert plans[0].letters == 1.0
    assert plans[1].letters == 2.0
    assert plans[1].legend.height() == pytest.approx(2 * plans[0].legend.height())


def test_the_heading_says_what_the_map_is_for_and_how_large_it_is() -> None:
    document = replace(two_teams(), info=MapInfo(title="Lumen Works", purpose="Light for all"))
    guests = Node(id=NodeId("guests"), name="Guests", kind=NodeKind.OUTSIDE)
    document = replace(document, nodes={**document.nodes, guests.id: guests})  # no people of Lumen

    heading = heading_of(document)

    assert heading == Heading("Lumen Works", "Light for all", "4 people, 2 modules, 3 links")
    assert heading_of(two_teams()) == NO_HEADING


@pytest.mark.parametrize("names", [True, False])
def test_a_picture_says_which_finding_is_lit_and_names_nobody_by_that(names: bool) -> None:
    document = two_teams()
    code = next(iter(ENTRIES))
    lighting = Lighting(lit_nodes=frozenset({NodeId("ben")}), code=code)
    title = str(named(code))

    data = picture_bytes(document, "svg", lighting=lighting, hide_names=not names)
    unlit = picture_bytes(document, "svg", hide_names=not names)

    words = [part.text or "" for part in ET.fromstring(data).iter("{http://www.w3.org/2000/svg}text")]
    assert f"Showing: {title}" in words
    assert ("ben" in words) is names
    assert title.encode() not in unlit
