"""What a view hides, fades, gathers and calls otherwise, without touching the document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from orgmap.drawing.hidden import nameless
from orgmap.drawing.looks import PLAIN, Looks, Presence
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import theme
from orgmap.model import edits
from orgmap.model.document import Change, Document
from orgmap.model.entities import Channel, ChannelId, LinkId, ModuleId, Node, NodeId, NodeKind, Status
from tests.drawing.maps import at, close, drawn, placed, two_teams, with_fields
from tests.words import org

pytestmark = pytest.mark.usefixtures("qapp")
LIGHT = theme("light")


def lines(scene: Scene) -> dict[str, int]:
    """The drawn lines, and for how many links each stands."""
    return {
        scene.links.ids[row]: int(scene.arcs.count[row]) for row in np.flatnonzero(scene.arcs.shown).tolist()
    }


def seen(scene: Scene) -> set[str]:
    """The nodes that are drawn."""
    return {scene.nodes.ids[row] for row in np.flatnonzero(scene.visible).tolist()}


def test_somebody_hidden_is_neither_drawn_nor_hit_and_takes_the_lines_along() -> None:
    scene = Scene.of(two_teams(), Looks(hidden=frozenset(("cy",))))

    assert seen(scene) == {"ana", "ben", "di"}
    assert scene.node_at(400, 0) is None
    assert lines(scene) == {"l1": 1}
    assert scene.link_at(200, 0) is None
    assert scene.nodes_in(QRectF(-500, -500, 2_000, 2_000)) == ["ana", "ben", "di"]


def test_hiding_people_moves_nobody_and_no_frame() -> None:
    plain, veiled = (Scene.of(two_teams(), looks) for looks in (PLAIN, Looks(hidden=frozenset(("di",)))))

    assert np.array_equal(plain.frames.rect, veiled.frames.rect)
    assert np.array_equal(plain.nodes.centre, veiled.nodes.centre)


def test_what_is_hidden_does_not_count_for_the_bounds() -> None:
    document = placed(org(people="ana ben"), ana=(0, 0), ben=(5_000, 0))

    assert Scene.of(document, Looks(hidden=frozenset(("ben",)))).bounds.right() < 100


def test_a_hidden_module_has_no_frame_and_its_people_stay() -> None:
    scene = Scene.of(two_teams(), Looks(hidden=frozenset(("Sales",))))

    assert [scene.frames.ids[row] for row in scene.frames.shown] == ["Support"]
    assert seen(scene) == {"ana", "ben", "cy", "di"}
    assert scene.module_at(0, 60) is None


def test_a_hidden_line_is_left_out() -> None:
    assert lines(Scene.of(two_teams(), Looks(hidden=frozenset(("l2",))))) == {"l1": 1, "l3": 1}


def test_what_is_faded_is_pale_and_so_are_the_lines_to_it() -> None:
    document = two_teams()

    image = drawn(document, looks=Looks(faded=frozenset(("cy",))))

    assert close(at(image, 200, 0), LIGHT["faded"], 40)  # from Ana to Cy
    assert not close(at(image, 0, 70), LIGHT["faded"], 40)  # Ana and Ben
    rim = [at(image, 400 + x, 0) for x in range(14, 20)]
    assert any(close(pixel, LIGHT["faded"]) for pixel in rim)


def kinds_between_two() -> Document:
    """Ana is the boss of Ben, tells him, and he needs her work; 300 units apart."""
    return placed(org("ana ^ ben, ana > ben, ben needs ana"), ana=(-150, 0), ben=(150, 0))


@pytest.mark.parametrize(
    ("without", "pale", "link"),
    [
        (Looks(formal=Presence.HIDDEN), Looks(formal=Presence.FADED), "l1"),
        (Looks(talk=Presence.HIDDEN), Looks(talk=Presence.FADED), "l2"),
        (Looks(needs=Presence.HIDDEN), Looks(needs=Presence.FADED), "l3"),
    ],
)
def test_each_kind_of_line_can_be_hidden_or_faded(without: Looks, pale: Looks, link: str) -> None:
    hidden, faded = (Scene.of(kinds_between_two(), looks) for looks in (without, pale))

    assert set(lines(hidden)) == {"l1", "l2", "l3"} - {link}
    assert [faded.links.ids[row] for row in np.flatnonzero(faded.strokes.pale).tolist()] == [link]


def test_lines_of_three_kinds_between_two_are_drawn_apart() -> None:
    middles = np.sort(Scene.of(kinds_between_two()).arcs.at(0.5)[:, 1])

    assert (np.diff(middles) >= 12).all()


@pytest.mark.parametrize("several", [2, 3, 4, 5])
def test_up_to_five_lines_between_two_are_drawn_apart(several: int) -> None:
    chains = ", ".join("ana > ben" if row % 2 else "ben > ana" for row in range(several))
    document = placed(org(chains), ana=(-150, 0), ben=(150, 0))

    middles = np.sort(Scene.of(document).arcs.at(0.5)[:, 1])

    assert len(middles) == several
    assert (np.diff(middles) >= 12).all()


def test_a_bundle_is_one_line_with_a_count_and_the_heads_of_all() -> None:
    document = placed(org("ana > ben, ben > ana, ana > ben, ana > cy"), ana=(0, 0), ben=(200, 0), cy=(0, 200))

    scene = Scene.of(document, Looks(bundled=True))

    assert lines(scene) == {"l1": 3, "l4": 1}
    row = scene.links.index[LinkId("l1")]
    assert scene.strokes.both[row]
    assert not scene.strokes.both[scene.links.index[LinkId("l4")]]
    assert not scene.arcs.curved[row]
    assert scene.link_at(100, 0) == "l1"
    assert scene.together(LinkId("l2")) == ["l1", "l2", "l3"]


def test_a_bundle_of_one_way_lines_has_one_head() -> None:
    document = placed(org("ana > ben, ana > ben"), ana=(0, 0), ben=(200, 0))

    scene = Scene.of(document, Looks(bundled=True))

    assert not scene.strokes.both.any()


def test_a_bundle_is_as_thick_as_all_the_contact_in_it() -> None:
    document = placed(org("ana > ben, ana > ben, ana > ben"), ana=(0, 0), ben=(200, 0))
    document = with_fields(document, {key: {"per_week": 4.5} for key in ("l1", "l2", "l3")})

    plain, bundled = (Scene.of(document, looks) for looks in (PLAIN, Looks(bundled=True)))

    assert plain.strokes.width.max() == 1
    assert bundled.strokes.width[0] == 3


def test_the_count_of_a_bundle_is_written_on_it() -> None:
    document = placed(org("ana > ben, ben > ana, ana > ben"), ana=(-150, 0), ben=(150, 0))

    plain, bundled = (drawn(document, looks=Looks(bundled=on)) for on in (False, True))

    assert not close(at(plain, -5, 0), LIGHT["node"])
    badge = [at(bundled, x, y) for x in range(-6, 7) for y in range(-6, 7)]
    assert any(close(pixel, LIGHT["node"]) for pixel in badge)
    assert any(close(pixel, LIGHT["text"], 60) for pixel in badge)


def shut() -> Document:
    """Ana tells Cy and Di of the collapsed Support, Di tells Ana; Ana is the boss of Cy."""
    document = org("ana > cy, ana > di, di > ana, ana ^ cy", modules={"Sales": "ana", "Support": "cy di"})
    document = placed(document, ana=(0, 0), cy=(400, 0), di=(400, 150))
    return with_fields(document, {"Support": {"collapsed": True}})


def test_lines_to_a_collapsed_module_gather_by_kind_with_a_count() -> None:
    scene = Scene.of(shut())

    assert lines(scene) == {"l1": 3, "l4": 1}
    assert scene.strokes.both[scene.links.index[LinkId("l1")]]


def test_in_the_module_picture_outermost_modules_alone_are_drawn() -> None:
    document = org(
        "ana <> ben, ana > cy, ben > di", modules={"All": "", "Sales": "ana ben", "Support": "cy di"}
    )
    document = placed(document, ana=(0, 0), ben=(0, 150), cy=(400, 0), di=(400, 150))
    document = document.apply(edits.set_fields(document, ["Sales"], parent=ModuleId("All")))

    scene = Scene.of(document, Looks(modules_only=True))

    assert seen(scene) == set()
    assert [scene.frames.ids[row] for row in scene.frames.shown] == ["All", "Support"]
    assert lines(scene) == {"l2": 2}
    assert not any(module.collapsed for module in document.modules.values())


def test_without_names_everybody_is_numbered_as_in_a_nameless_picture() -> None:
    document = two_teams()
    extra = Node(id=NodeId("wiki"), name="Wiki", kind=NodeKind.SOURCE, x=0.0, y=300.0)
    secret = Channel(id=ChannelId("x"), name="Project Falcon")
    document = replace(
        document,
        nodes={**document.nodes, extra.id: extra},
        channels={**document.channels, secret.id: secret},
    )

    scene, bare = Scene.of(document, Looks(names=False)), Scene.of(nameless(document))

    assert scene.names == bare.names == ["Person 1", "Person 2", "Person 3", "Person 4", "Source 1"]
    assert scene.module_names == bare.module_names == ["Module A", "Module B"]
    assert scene.channel_names == bare.channel_names
    assert "Project Falcon" not in scene.channel_names
    assert scene.node_at(0, 0) == "ana"


@pytest.mark.parametrize(
    "looks",
    [
        Looks(hidden=frozenset(("cy", "Sales", "l1")), faded=frozenset(("di",))),
        Looks(bundled=True, formal=Presence.HIDDEN),
        Looks(modules_only=True, names=False, talk=Presence.FADED),
    ],
)
def test_an_edit_keeps_the_looks_of_the_view(looks: Looks) -> None:
    before = two_teams()
    scene = Scene.of(before, looks)
    steps: list[Callable[[Document], Change]] = [
        lambda document: edits.move(document, {NodeId("ana"): (50.0, 50.0)}),
        lambda document: edits.set_fields(document, ["l2"], two_way=True, status=Status.PROPOSED),
        lambda document: edits.delete(document, ["ben"]),
    ]

    for step in steps:
        change = step(before)
        before = before.apply(change)
        scene = one = scene.updated(before, change)
        other = Scene.of(before, looks)

        assert one.looks is looks
        assert seen(one) == seen(other)
        assert lines(one) == lines(other)
        assert one.names == other.names
        assert np.array_equal(one.frames.rect, other.frames.rect, equal_nan=True)
        assert np.array_equal(one.strokes.both, other.strokes.both)
        assert np.array_equal(one.strokes.pale, other.strokes.pale)


def test_a_line_between_modules_bows_round_one_that_is_between_them() -> None:
    document = org("ana > cy", modules={"Left": "ana", "Middle": "ben", "Right": "cy"})
    document = placed(document, ana=(0, 0), ben=(400, 0), cy=(800, 0))

    scene = Scene.of(document, Looks(modules_only=True))

    half = scene.frames.rect[1, 3] - scene.frames.rect[1, 1]
    offset = abs(float(scene.arcs.at(0.5)[0, 1] - (scene.frames.rect[1, 1] + scene.frames.rect[1, 3]) / 2))
    assert offset > half / 2


def test_several_lines_bow_round_a_module_together() -> None:
    document = org("ana > cy, ana ^ cy", modules={"Left": "ana", "Middle": "ben", "Right": "cy"})
    document = placed(document, ana=(0, 0), ben=(400, 0), cy=(800, 0))

    scene = Scene.of(document, Looks(modules_only=True))

    middle = (scene.frames.rect[1, 1] + scene.frames.rect[1, 3]) / 2
    off = scene.arcs.at(0.5)[:, 1] - middle
    assert (np.abs(off) > 36).all()
    assert off[0] * off[1] > 0
    assert abs(off[0] - off[1]) >= 12
    assert scene.bounds.top() <= scene.arcs.at(0.5)[:, 1].min()


def test_the_name_of_a_collapsed_module_lies_within_the_bounds() -> None:
    scene = Scene.of(two_teams(), Looks(modules_only=True))

    assert scene.bounds.bottom() >= np.nanmax(scene.frames.rect[:, 3]) + 20
