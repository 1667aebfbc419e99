"""Who is away leaves a gap that can be seen, and a way is numbered."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from orgmap.drawing.columns import RADIUS
from orgmap.drawing.legend import entries
from orgmap.drawing.lighting import UNLIT, Lighting
from orgmap.drawing.picture import picture_bytes
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import THEMES, contrast, theme
from orgmap.model.entities import LinkId, NodeId
from tests.drawing.maps import at, close, count, drawn, placed, two_teams
from tests.words import org

pytestmark = pytest.mark.usefixtures("qapp")
RIM = RADIUS - 0.8  # within the stroke


@pytest.mark.parametrize("name", THEMES)
def test_whoever_is_away_and_their_lines_are_pale_and_the_rest_is_as_it_was(name: str) -> None:
    away = Lighting(away=frozenset(("ana", "l1")))

    before, image = drawn(two_teams(), name=name), drawn(two_teams(), away, name=name)

    colours = theme(name)
    assert count(image, colours["link"]) < count(before, colours["link"])
    assert not close(at(image, 0, -RIM), colours.module(0).line, 40)
    assert close(at(image, 400, -RIM), colours.module(1).line, 40)


def test_the_rim_of_whoever_is_away_is_broken_so_that_no_colour_is_needed() -> None:
    document = placed(org(people="ana"), ana=(0, 0))
    round_it = [(RIM * x, RIM * y) for x, y in _circle()]

    whole = [at(drawn(document, UNLIT), x, y) for x, y in round_it]
    image = drawn(document, Lighting(away=frozenset(("ana",))))
    gone = [at(image, x, y) for x, y in round_it]

    ground = theme("light")["node"]
    assert not any(close(each, ground, 8) for each in whole)
    assert any(close(each, ground, 8) for each in gone)
    assert not all(close(each, ground, 8) for each in gone)


def test_a_bundle_is_pale_only_if_all_in_it_are_away() -> None:
    document = placed(org("ana > ben, ana > ben"), ana=(-200, 0), ben=(200, 0))
    bundled = replace(Scene.of(document).looks, bundled=True)

    def ink(*away: str) -> int:
        return count(drawn(document, Lighting(away=frozenset(away)), looks=bundled), theme("light")["link"])

    assert ink("l1") == ink() > ink("l1", "l2")


def test_those_cut_off_are_ringed_while_nobody_else_is_faded() -> None:
    lighting = Lighting(away=frozenset(("ana", "l1")), subjects=frozenset(("cy",)))

    image = drawn(two_teams(), lighting)

    words = [entry.words for entry in entries(Scene.of(two_teams()), lighting)]
    assert words[:2] == ["away for the moment", "cut off then"]
    assert "the rest" not in words
    assert count(image, theme("light")["accent"]) > 20


@pytest.mark.parametrize("name", THEMES)
def test_the_people_along_a_way_are_numbered_after_the_first(name: str) -> None:
    document = placed(org("ana <> ben, ben <> cy"), ana=(-200, 0), ben=(0, 0), cy=(200, 0))
    people = tuple(map(NodeId, ("ana", "ben", "cy")))
    lit = Lighting(lit_nodes=frozenset(people), lit_links=frozenset(map(LinkId, ("l1", "l2"))))

    plain, numbered = drawn(document, lit, name=name), drawn(document, replace(lit, steps=people), name=name)

    accent = theme(name)["accent"]
    beside = [(x + RADIUS + 3, 6.0) for x in (-200, 0, 200)]
    assert [close(at(plain, *spot), accent, 30) for spot in beside] == [False, False, False]
    assert [close(at(numbered, *spot), accent, 30) for spot in beside] == [False, True, True]
    assert max(contrast(accent, theme(name)[ink]) for ink in ("text", "ground")) >= 4.5


def test_the_legend_calls_a_way_a_way() -> None:
    people = (NodeId("ana"), NodeId("ben"))
    lighting = Lighting(lit_nodes=frozenset(people), steps=people)

    assert entries(Scene.of(two_teams()), lighting)[0].words == "the way, step by step"


def test_a_picture_without_names_keeps_who_is_away_and_the_numbers() -> None:
    document = placed(org("ana <> ben"), ana=(-200, 0), ben=(200, 0))
    people = (NodeId("ana"), NodeId("ben"))
    away, steps = Lighting(away=frozenset(("ana",))), Lighting(lit_nodes=frozenset(people), steps=people)

    for lighting in (away, steps):
        named, hidden = (
            picture_bytes(document, "svg", hide_names=hide, lighting=lighting) for hide in (False, True)
        )
        bare = picture_bytes(document, "svg", hide_names=True)
        assert hidden != bare
        assert named.count(b"<path") == hidden.count(b"<path")


def test_all_that_an_answer_is_about_can_be_found() -> None:
    lighting = Lighting(lit_nodes=frozenset((NodeId("ana"),)), away=frozenset(("ben", "l1")))

    assert set(lighting.concerned) == {"ana", "ben", "l1"}


def _circle() -> list[tuple[float, float]]:
    return [(math.cos(i * math.tau / 60), math.sin(i * math.tau / 60)) for i in range(60)]
