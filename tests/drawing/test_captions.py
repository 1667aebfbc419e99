"""What stands on and beside lines: signs of channels, captions, marks."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise

import pytest
from PySide6.QtGui import QImage, QPainter

from orgmap.drawing.camera import Camera
from orgmap.drawing.captions import caption
from orgmap.drawing.channels import channel_signs
from orgmap.drawing.detail import Detail
from orgmap.drawing.labels import Placed, placed_names
from orgmap.drawing.lighting import UNLIT
from orgmap.drawing.linemarks import CLAIMED, COUNT, DISPUTED, ILL, STEP, marks_of
from orgmap.drawing.looks import PLAIN, Looks
from orgmap.drawing.painter import sheet_of
from orgmap.drawing.people import seen_nodes
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import theme
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.model.entities import Channel, ChannelId, Link, LinkId, NodeId, Status, default_channels
from tests.drawing.maps import at, close, drawn, placed, with_fields
from tests.words import org

pytestmark = pytest.mark.usefixtures("qapp")
LIGHT = theme("light")

Box = tuple[float, float, float, float]


def words(document: Document, looks: Looks = PLAIN, scale: float = 1.0) -> tuple[list[tuple[str, Box]], ...]:
    """What is written at a magnification, and where: modules, people, signs, captions."""
    image = QImage(1000, 600, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    camera = Camera(scale, 0.0, 0.0, 1000.0, 600.0)
    scene = Scene.of(document, looks)
    sheet = sheet_of(painter, scene, LIGHT, camera, UNLIT, Detail.AUTO, None, None, frozenset())
    found = placed_names(sheet, seen_nodes(sheet))
    boxes = tuple(_boxes(sheet.pens.lettering.width, group) for group in found)
    painter.end()
    return boxes


def _boxes(width: Callable[..., float], placed_words: Placed) -> list[tuple[str, Box]]:
    found = []
    for look, listed in placed_words.items():
        for word, x, y in listed:
            half, tall = width(word, look.pixels, look.weight) / 2, look.pixels / 2
            found.append((word, (x - half, y - tall, x + half, y + tall)))
    return found


def apart(one: Box, other: Box, slack: float = 4.0) -> bool:
    """Do two boxes keep clear of one another, but for `slack` pixels of the grid?"""
    return (
        one[2] <= other[0] + slack
        or other[2] <= one[0] + slack
        or one[3] <= other[1] + slack
        or other[3] <= one[1] + slack
    )


def one_line(**fields: object) -> Document:
    """Ana tells Ben, 300 units to the right."""
    document = placed(org("ana > ben"), ana=(-150, 0), ben=(150, 0))
    return with_fields(document, {"l1": fields}) if fields else document


def test_every_default_channel_is_told_by_its_dash_and_sign() -> None:
    channels = default_channels()

    signs = channel_signs(channels, [channel.name for channel in channels.values()])

    assert len(set(signs)) == len(signs) == 9
    assert signs[list(channels).index(ChannelId("face"))] == ""
    assert signs[list(channels).index(ChannelId("mail"))] == "@"


def test_the_sign_that_was_chosen_stays_and_no_other_channel_takes_it() -> None:
    channels = {
        ChannelId("a"): Channel(id=ChannelId("a"), name="Radio"),
        ChannelId("b"): Channel(id=ChannelId("b"), name="Rumour", sign="R"),
        ChannelId("c"): Channel(id=ChannelId("c"), name="??"),
    }

    assert channel_signs(channels, ["Radio", "Rumour", "??"]) == ["A", "R", "1"]


def test_a_line_bears_the_sign_of_its_channel_when_it_is_near_enough() -> None:
    document = one_line(channel=ChannelId("mail"))

    near, far = words(document)[2], words(document, scale=0.5)[2]

    assert [word for word, _ in near] == ["@"]
    assert far == []


def test_a_sign_stands_on_its_line_on_a_plate() -> None:
    image = drawn(one_line(channel=ChannelId("mail")))

    assert any(close(at(image, x, y), LIGHT["node"]) for x in range(-9, 10) for y in (-5, 5))


@pytest.mark.parametrize(
    ("fields", "texts", "expected"),
    [
        ({"channel": ChannelId("chat"), "per_week": 5.0}, True, "chat, daily"),
        ({"per_week": 3.0}, True, "3 times a week"),
        ({"purpose": "Release plan", "per_week": 1.0}, True, "Release plan"),
        ({"purpose": "Release plan", "per_week": 1.0}, False, "weekly"),
        ({}, True, ""),
    ],
)
def test_a_caption_says_the_purpose_else_channel_and_frequency(
    fields: dict[str, object], texts: bool, expected: str
) -> None:
    plain = Link(id=LinkId("l"), source=NodeId("a"), target=NodeId("b"))
    link = edits.with_fields(plain, **fields)
    assert isinstance(link, Link)
    channel = "chat" if link.channel else ""

    assert caption(link, channel, texts=texts) == expected


def test_captions_are_only_written_when_asked_for() -> None:
    document = one_line(channel=ChannelId("chat"), per_week=5.0)

    assert words(document)[3] == []
    assert [word for word, _ in words(document, Looks(labels=True))[3]] == ["chat, daily"]


def test_a_caption_stands_beside_its_line_and_not_on_it() -> None:
    document = one_line(channel=ChannelId("chat"), per_week=5.0)

    (_, (_, top, _, bottom)) = words(document, Looks(labels=True))[3][0]

    assert bottom < 299 or top > 301  # the line runs at 300


def crowd() -> Document:
    """Twelve people close together, everybody talking to the next three."""
    names = [f"person{n}" for n in range(12)]
    chains = [f"{names[a]} > {names[(a + step) % 12]}" for a in range(12) for step in (1, 2, 3)]
    document = org(", ".join(chains))
    places = {name: ((n % 4) * 150.0 - 225.0, (n // 4) * 120.0 - 120.0) for n, name in enumerate(names)}
    fields = {"channel": ChannelId("mail"), "per_week": 1.0}
    return with_fields(placed(document, **places), {str(key): fields for key in document.links})


def test_words_cover_neither_one_another_nor_anybody() -> None:
    document = crowd()

    groups = words(document, Looks(labels=True))

    written = [box for group in groups for _, box in group]
    assert len(groups[1]) == 12
    assert len(groups[3]) >= 3
    assert all(apart(one, other) for one, other in combinations(written, 2))
    for node in document.nodes.values():
        assert node.x is not None
        assert node.y is not None
        x, y = node.x + 500, node.y + 300
        around = (x - 12, y - 12, x + 12, y + 12)
        assert all(apart(around, box) for _, box in (*groups[2], *groups[3]))


def test_a_name_gives_way_to_lines_that_come_from_below() -> None:
    document = placed(
        org("ana > ben, ana > cy, ana > di"), ana=(0, 0), ben=(-20, 200), cy=(0, 220), di=(20, 200)
    )

    named = dict(words(document)[1])

    assert named["ana"][3] < 300  # above her sign
    assert named["cy"][1] > 520  # below his


def test_a_single_line_from_below_sends_a_name_above_where_nothing_is() -> None:
    document = placed(org("ana > ben"), ana=(0, 0), ben=(0, 200))

    assert dict(words(document)[1])["ana"][3] < 300


def test_with_lines_from_above_and_below_a_name_stands_beside_but_never_on_a_line() -> None:
    document = placed(
        org("ana <> ben, ana <> cy, ana <> di"), ana=(0, 0), ben=(0, 200), cy=(0, -200), di=(200, 0)
    )

    assert dict(words(document)[1])["ana"][2] < 500  # on the left: di's line goes out on the right


def test_a_name_that_no_line_crosses_stands_below() -> None:
    document = placed(org("ana > ben"), ana=(-150, 0), ben=(150, 0))

    assert all(box[1] > 300 for _, box in words(document)[1])


@pytest.mark.parametrize(
    ("fields", "mark"),
    [
        ({"status": Status.DISPUTED}, DISPUTED),
        ({"status": Status.CLAIMED}, CLAIMED),
        ({"health": "poor"}, ILL),
    ],
)
def test_what_is_said_of_a_line_is_marked_on_it(fields: dict[str, object], mark: int) -> None:
    scene = Scene.of(one_line(**fields))

    marked = marks_of(scene.strokes, scene.across)[0]

    assert marked.nonzero()[0].tolist() == [mark]
    image = drawn(one_line(**fields))
    assert any(close(at(image, x, y), LIGHT["node"]) for x in range(-5, 6) for y in range(-5, 6))


def test_a_confirmed_line_in_good_health_bears_no_mark() -> None:
    scene = Scene.of(one_line(health="good"))

    assert not marks_of(scene.strokes, scene.across).any()


def test_several_marks_stand_beside_one_another() -> None:
    image = drawn(one_line(status=Status.DISPUTED, health="poor"))

    for x in (-7.5, 7.5):
        ring = [at(image, x + dx, dy) for dx in range(-4, 5) for dy in range(-4, 5)]
        assert any(close(pixel, LIGHT["node"]) for pixel in ring)


def test_the_step_of_the_work_is_a_number_on_a_dotted_line() -> None:
    document = with_fields(placed(org("ana needs ben"), ana=(-150, 0), ben=(150, 0)), {"l1": {"step": 2}})
    scene, image = Scene.of(document), drawn(document)

    assert marks_of(scene.strokes, scene.across)[0].nonzero()[0].tolist() == [STEP]
    along = [not close(at(image, x, 0), LIGHT["ground"], 20) for x in range(-110, -20)]
    assert sum(one != other for one, other in pairwise(along)) > 5


def test_a_line_that_needs_no_answer_ends_at_a_bar() -> None:
    plain, closed = drawn(one_line()), drawn(one_line(no_answer_needed=True))

    column = [(x, y) for x in range(105, 120) for y in (-4, 4)]
    assert sum(not close(at(plain, *spot), LIGHT["ground"], 40) for spot in column) == 0
    assert sum(not close(at(closed, *spot), LIGHT["ground"], 40) for spot in column) >= 2


def test_a_bundle_counts_before_anything_else() -> None:
    document = placed(org("ana > ben, ana > ben"), ana=(-150, 0), ben=(150, 0))
    scene = Scene.of(document, Looks(bundled=True))

    assert marks_of(scene.strokes, scene.across)[0].nonzero()[0].tolist() == [COUNT]


def test_formal_lines_and_needs_have_colours_of_their_own() -> None:
    document = placed(org("ana ^ ben"), ana=(-150, 0), ben=(150, 0))

    image = drawn(document)

    assert any(close(at(image, 0, y), LIGHT["formal"], 60) for y in (-3, -2, -1, 1, 2, 3))
    assert not close(at(image, 0, 0), LIGHT["formal"], 60)  # two rails, with ground between them


def test_a_caption_rather_covers_a_line_that_crosses_than_be_left_out() -> None:
    """Of a fan of lines, which cross others wherever they may be written on."""
    across = {f"a{n}": (-400.0, -150.0 + 60.0 * n) for n in range(6)}
    across |= {f"b{n}": (400.0, 150.0 - 60.0 * n) for n in range(6)}
    document = placed(org(", ".join(f"a{n} > b{m}" for n in range(6) for m in (n, (n + 2) % 6))), **across)
    document = document.apply(edits.set_fields(document, document.links, purpose="weekly plans"))

    captions = words(document, Looks(labels=True))[3]

    assert len(captions) == len(document.links)
