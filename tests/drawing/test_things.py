"""Sticky notes above the map and pictures below it."""

from __future__ import annotations

import base64
import struct
import zlib
from dataclasses import replace
from threading import Thread
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QImageWriter, QPainter

from orgmap.drawing.backdrops import LARGEST, make_ready, picture_of
from orgmap.drawing.fonts import font
from orgmap.drawing.lighting import UNLIT
from orgmap.drawing.looks import Looks
from orgmap.drawing.picture import picture_bytes
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import theme
from orgmap.drawing.things import NOTE_PADDING, NOTE_SIZE, note_lines, note_rect
from orgmap.model.document import Change, Document
from orgmap.model.entities import Backdrop, BackdropId, StickyId, StickyNote
from tests.drawing.maps import at, close, drawn, two_teams

pytestmark = pytest.mark.usefixtures("qapp")
LIGHT = theme("light")


def picture(colour: str = "#FF0000", wide: int = 8, high: int = 6, form: str = "PNG") -> str:
    """A picture of one colour in base64."""
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return encoded(image, form)


def encoded(image: QImage, form: str = "PNG") -> str:
    """A picture as a file in base64."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(form.encode())).write(image)
    return base64.b64encode(buffer.data().data()).decode()


def with_things(document: Document, *things: StickyNote | Backdrop) -> Document:
    """The document with these notes and backdrops."""
    return replace(
        document,
        stickies={thing.id: thing for thing in things if isinstance(thing, StickyNote)},
        backdrops={thing.id: thing for thing in things if isinstance(thing, Backdrop)},
    )


def note(**fields: Any) -> StickyNote:  # noqa: ANN401 - fields of StickyNote
    """A note at (100, 100), 180 x 120."""
    return replace(StickyNote(id=StickyId("s1"), text="Ask Ana", x=100.0, y=100.0), **fields)


def backdrop(**fields: Any) -> Backdrop:  # noqa: ANN401 - fields of Backdrop
    """A red picture at (-300, -200), 400 x 300, not locked."""
    made = Backdrop(id=BackdropId("b1"), data=picture(), x=-300.0, y=-200.0, width=400.0, height=300.0)
    return replace(made, **{"locked": False, "strength": 1.0, **fields})


def test_a_note_is_hit_inside_and_at_its_corners() -> None:
    scene = Scene.of(with_things(two_teams(), note()))

    assert scene.sticky_at(150, 150) == "s1"
    assert scene.sticky_at(50, 150) is None
    assert scene.sticky_part_at(150, 150) == ("s1", "inside")
    assert scene.sticky_part_at(284, 223) == ("s1", "bottom-right")
    assert scene.sticky_part_at(97, 103) == ("s1", "top-left")
    assert scene.rect_of(["s1"]) == QRectF(100, 100, 180, 120)


def test_of_two_notes_the_one_drawn_last_is_hit() -> None:
    scene = Scene.of(with_things(two_teams(), note(), note(id=StickyId("s2"), x=150.0)))

    assert scene.sticky_at(200, 150) == "s2"


def test_a_locked_backdrop_is_left_alone_by_hands() -> None:
    free, locked = (Scene.of(with_things(two_teams(), backdrop(locked=on))) for on in (False, True))

    assert free.backdrops.at(0, 50) == "b1"
    assert free.backdrop_part_at(-300, 100) == ("b1", "bottom-left")
    assert locked.backdrops.at(0, 50) is None
    assert locked.backdrops.at(0, 50, fixed=True) == "b1"


def test_the_bounds_hold_notes_and_backdrops() -> None:
    things = (note(x=2_000.0), backdrop(y=-3_000.0))

    bounds = Scene.of(with_things(two_teams(), *things)).bounds

    assert bounds.right() >= 2_180
    assert bounds.top() <= -3_000
    assert not Scene.of(with_things(Document(), note())).empty


def test_a_note_grows_downwards_with_its_text() -> None:
    short, long = note(), note(text="What does the day shift hear of it, and when? " * 8)

    assert note_rect(short).height() == 120
    assert note_rect(long).height() > 200
    assert note_rect(long).topLeft() == note_rect(short).topLeft()


@pytest.mark.usefixtures("qapp")
def test_no_line_of_a_note_is_wider_than_the_note() -> None:
    words = "Two shifts\nhear nothing " + "Donaudampfschifffahrtsgesellschaft" * 3 + " \u202eabc\x00def"
    metrics = QFontMetricsF(font(NOTE_SIZE))

    lines = note_lines(words, 180.0)

    assert lines[0] == "Two shifts"
    assert all(metrics.horizontalAdvance(line) <= 180 - 2 * NOTE_PADDING for line in lines)
    assert "Donau" in "".join(lines)
    assert not any("\u202e" in line or "\x00" in line for line in lines)


def test_a_note_without_end_is_cut() -> None:
    assert len(note_lines("a\n" * 100_000, 180.0)) <= 200
    assert len("".join(note_lines("x" * 1_000_000, 180.0))) <= 5_000
    assert len(note_lines("W" * 1_000_000, 1.0)) <= 200


def test_notes_and_backdrops_follow_an_edit() -> None:
    base = with_things(two_teams(), note(), backdrop())
    change = Change(
        stickies={StickyId("s1"): (note(), note(x=500.0))},
        backdrops={BackdropId("b1"): (backdrop(), None)},
    )

    scene = Scene.of(base).updated(base.apply(change), change)

    assert scene.sticky_at(600, 150) == "s1"
    assert scene.sticky_at(150, 150) is None
    assert scene.backdrops.at(0, 50) is None


def test_hidden_ones_are_neither_drawn_nor_hit() -> None:
    document = with_things(two_teams(), note(), backdrop())

    scene = Scene.of(document, Looks(hidden=frozenset(("s1", "b1"))))

    assert scene.sticky_at(150, 150) is None
    assert scene.backdrops.at(0, 50) is None


def test_without_names_no_text_or_picture_of_the_users_is_shown() -> None:
    document = with_things(two_teams(), note(), backdrop())

    scene = Scene.of(document, Looks(names=False))

    assert not scene.stickies.rects
    assert not scene.backdrops.rects


def test_a_note_lies_above_people_in_its_colour() -> None:
    document = with_things(two_teams(), note(x=-90.0, y=-60.0, colour=3, text=""))

    image = drawn(document)

    assert close(at(image, 0, 0), LIGHT.note(3).fill)
    assert close(at(image, -90, 0), LIGHT.note(3).line, 90)


def test_a_backdrop_lies_below_frames_and_people_as_strong_as_it_says() -> None:
    document = with_things(two_teams(), backdrop(), backdrop(id=BackdropId("b2"), y=150.0, strength=0.5))

    image = drawn(document)

    assert close(at(image, -200, -100), QColor("#FF0000"))
    assert close(at(image, -200, 250), QColor("#FA7A79"), 8)  # half of the ground
    assert close(at(image, 30, 60), LIGHT.modules[0].fill)  # the frame of Sales, above the picture


@pytest.mark.parametrize(
    "data",
    [
        "",
        "no base64!",
        base64.b64encode(b"GIF89a" + bytes(50)).decode(),
        base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>').decode(),
        picture()[:60],
    ],
)
def test_what_is_no_picture_leaves_a_quiet_place(data: str) -> None:
    image = drawn(with_things(two_teams(), backdrop(data=data, x=-480.0, width=300.0)))

    assert picture_of(data) is None
    assert close(at(image, -470, -150), LIGHT["ground"])
    frame = [image.pixelColor(x, 100) for x in range(20, 60)]
    assert any(close(pixel, LIGHT["quiet"], 40) for pixel in frame)


def test_a_small_file_that_says_it_is_enormous_is_not_read() -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))

    assert picture_of(base64.b64encode(bomb).decode()) is None


@pytest.mark.parametrize("form", ["PNG", "JPG"])
def test_a_large_picture_is_kept_smaller(form: str) -> None:
    image = picture_of(picture(wide=LARGEST * 2, high=100, form=form))

    assert image is not None
    assert image.width() == LARGEST


def test_a_fine_picture_is_drawn_small_without_losing_its_colour() -> None:
    image = QImage(2_048, 1_024, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    for x in range(0, 2_048, 2):  # every other column is black: grey from afar
        painter.fillRect(x, 0, 1, 1_024, QColor("black"))
    painter.end()
    document = with_things(two_teams(), backdrop(data=encoded(image), width=128.0, height=64.0, x=-400.0))

    seen = {at(drawn(document), x, y).lightness() for x in range(-390, -290, 7) for y in (-190, -160)}

    assert all(100 < lightness < 155 for lightness in seen)


def test_exports_show_notes_and_backdrops_but_for_nameless_ones() -> None:
    document = with_things(two_teams(), note(text="Ask the night shift"), backdrop())

    plain = picture_bytes(document, "svg").decode()
    bare = picture_bytes(document, "svg", hide_names=True).decode()

    assert "Ask the night shift" in plain
    assert "<image" in plain
    assert "night" not in bare
    assert "<image" not in bare


def test_a_selected_note_has_handles_on_its_corners() -> None:
    document = with_things(two_teams(), note(x=-300.0, y=-200.0))
    lighting = UNLIT.pointing(selected=frozenset(("s1",)), hovered=None, focused=None)

    image = drawn(document, lighting)

    assert close(at(image, -300, -200), LIGHT["node"])
    assert close(at(image, -210, -200), LIGHT["accent"], 40)


def test_a_picture_made_ready_in_a_thread_is_not_read_again_to_be_drawn() -> None:
    data = picture("#0000FF", 300, 200)
    thread = Thread(target=make_ready, args=([data],))
    thread.start()
    thread.join()
    before = picture_of.cache_info().misses

    image = drawn(with_things(two_teams(), backdrop(data=data)))

    assert close(at(image, -200, -100), QColor("#0000FF"))
    assert picture_of.cache_info().misses == before
