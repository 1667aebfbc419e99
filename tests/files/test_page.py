"""The page says what the map says, as the view shows it, and every word of it can be translated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree

from orgmap import i18n
from orgmap.analysis.findings import Report
from orgmap.drawing.lighting import lighting_of
from orgmap.drawing.looks import Looks, Sight
from orgmap.drawing.scene import Scene
from orgmap.errors import UsageError, WriteError
from orgmap.files import formats, page
from orgmap.model import remarks
from orgmap.model.document import Document
from orgmap.model.edits import set_fields
from orgmap.model.entities import ChannelId, LinkId, ModuleId, Node, NodeId
from orgmap.progress import Cancelled, Progress
from tests.drawing.maps import placed, two_teams
from tests.files.parsed_page import analysed, made, with_names
from tests.words import org

pytestmark = pytest.mark.usefixtures("qapp")


def spread(value: Any) -> list[str]:  # noqa: ANN401 - a word, a list or words by name
    """The words in it."""
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else [value]


def test_the_page_holds_every_person_line_and_frame_where_the_scene_has_them() -> None:
    document = analysed()[0]
    scene = Scene.of(document)

    data = made(document).data

    assert data["people"]["name"] == scene.names
    assert data["people"]["x"] == [round(x * 10) for x in scene.nodes.centre[:, 0].tolist()]
    assert data["links"]["a"] == scene.links.source.tolist()
    assert data["links"]["b"] == scene.links.target.tolist()
    assert len(data["links"]["way"]) == 4 * len(document.links)
    assert data["links"]["way"][2:4] == [round(v * 10) for v in scene.arcs.end[0].tolist()]
    assert data["links"]["bent"] == [row for row, bent in enumerate(scene.arcs.curved) if bent]
    assert [module["name"] for module in data["modules"]] == scene.module_names
    assert data["modules"][0]["rect"] == [round(v * 10) for v in scene.frames.rect[0].tolist()]
    assert [entry["words"] for entry in data["legend"]]


def test_a_line_says_how_and_how_often_each_sentence_once() -> None:
    document = org("ana > ben, ben > cy, cy > ana")
    said = set_fields(document, [LinkId("l1"), LinkId("l3")], channel=ChannelId("chat"), per_week=5.0)

    links = made(document.apply(said)).data["links"]

    assert [links["says"][row] for row in links["said"]] == ["chat, daily", "", "chat, daily"]
    assert len(links["says"]) == 2


def test_every_finding_is_told_with_question_and_advice_and_lights_its_evidence() -> None:
    document, report = analysed()

    found = made(document, report=report)

    for place, finding in enumerate(report.leading):
        evidence = found.data["findings"][place]
        lighting = lighting_of(finding)
        assert str(finding.claim) in found.said
        assert str(finding.question) in found.said
        assert all(str(advice.text) in found.said for advice in finding.advice)
        assert len(evidence["people"]) == len(lighting.lit_nodes)
        assert evidence["token"] == finding.weight.value
        assert len(evidence["ways"]) == len(lighting.proposed)
    assert len(found.data["findings"]) == len(report.leading)


@pytest.mark.parametrize("names", [True, False])
def test_the_finding_that_is_lit_in_the_view_is_lit_when_the_page_opens(names: bool) -> None:
    document, report = analysed()
    wanted = report.leading[2]
    looks = Looks(names=names)

    lit = made(document, report=report, sight=Sight(looks, lighting=lighting_of(wanted)))
    unlit = made(document, report=report, sight=Sight(looks))

    evidence = lit.data["findings"][lit.data["lit"]]
    assert evidence["token"] == wanted.weight.value
    assert len(evidence["people"]) == len(lighting_of(wanted).lit_nodes)
    assert not names or lit.data["lit"] == 2
    assert unlit.data["lit"] is None


def test_a_lit_finding_that_the_page_does_not_hold_leaves_it_unlit() -> None:
    document, report = analysed()

    page = made(document, report=Report(), sight=Sight(lighting=lighting_of(report.leading[0])))

    assert page.data["lit"] is None


def test_letters_are_drawn_as_they_were_typed() -> None:
    style = made(two_teams()).raw["style"][0]

    assert 'font-feature-settings: "calt" 0' in style  # else the typeface writes 3x4 and -> as other signs


def test_a_finding_left_aside_is_told_apart_with_its_reason() -> None:
    document, report = analysed()
    first, second = report.leading[:2]
    document = document.apply(remarks.dismiss(document, first.subject, "We know that"))
    document = document.apply(remarks.set_note(document, second.subject, "Ask in spring"))

    found = made(document, report=report)

    assert len(found.data["findings"]) == len(report.leading) - 1
    assert "1 finding left aside" in found.said
    assert "We know that" in found.said
    assert "Ask in spring" in found.said


def test_a_collapsed_module_stands_for_its_people_and_their_lines() -> None:
    document = two_teams()
    shut = document.apply(set_fields(document, [ModuleId("Support")], collapsed=True))

    data = made(shut).data

    assert data["modules"][1]["shut"] == 1
    assert data["people"]["shut"] == {"2": 1, "3": 1}
    assert data["links"]["ends"] == {"1": [0, -2]}
    assert data["links"]["stands"] == {"2": -1}


def test_who_has_no_place_is_given_one() -> None:
    data = made(org("ana > ben, ben > cy")).data

    assert len(set(zip(data["people"]["x"], data["people"]["y"], strict=True))) == 3


@pytest.mark.parametrize(
    ("theme", "held", "scheme"),
    [
        (None, ["light", "dark", "contrast", "print"], "light dark"),
        ("dark", ["dark", "print"], "dark"),
        ("print", ["print"], "light"),
    ],
)
def test_a_page_keeps_to_its_theme_or_follows_its_reader(
    theme: str | None, held: list[str], scheme: str
) -> None:
    found = made(two_teams(), theme=theme)

    assert list(found.data["themes"]) == held
    assert ("meta", "content", scheme) in found.attributes
    assert ("prefers-color-scheme: dark" in found.raw["style"][0]) is (theme is None)


def test_an_unknown_theme_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no theme called"):
        page.write(two_teams(), tmp_path / "map.html", theme="neon")

    assert list(tmp_path.iterdir()) == []


def test_every_word_of_the_page_can_be_translated() -> None:
    before = i18n.language().code
    i18n.use(i18n.PSEUDO)
    try:
        found = made(with_names("1", "2", "3", "4", "5", "6"))
    finally:
        i18n.use(before)

    words = found.data["words"]
    flat = [word for value in words.values() for word in spread(value)]
    spoken = [value for _, name, value in found.attributes if name in ("aria-label", "title", "placeholder")]
    assert [word for word in flat if word.strip(", ") and not word.startswith("⟦")] == []
    assert [word for word in spoken if not word.startswith("⟦")] == []
    assert ("html", "lang", "en") in found.attributes


def test_the_same_map_makes_the_same_page() -> None:
    document, report = analysed()

    assert page.page_bytes(document, report=report) == page.page_bytes(document, report=report)


def test_called_off_it_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    path.write_text("before")
    asked: list[int] = []

    def later() -> bool:
        asked.append(1)
        return len(asked) > 4

    with pytest.raises(Cancelled):
        page.write(two_teams(), path, progress=Progress(cancelled=later))

    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_where_nothing_can_be_written_it_is_said_before_any_work_is_done(tmp_path: Path) -> None:
    told: list[float] = []

    with pytest.raises(WriteError):
        page.write(two_teams(), tmp_path / "nowhere" / "map.html", progress=Progress(told.append))

    assert told == []


def test_the_list_of_formats_knows_pages_and_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[float] = []

    formats.write(two_teams(), tmp_path / "map.html", Progress(told.append))

    assert (tmp_path / "map.html").read_bytes().startswith(b"<!DOCTYPE html>")
    assert told == sorted(told)
    assert told[0] < 0.1 < 0.9 < told[-1]


def test_where_no_script_runs_the_map_is_a_plain_drawing_with_every_name() -> None:
    document = two_teams()

    page_of_it = page.page_bytes(document, report=Report()).decode()
    inside = page_of_it.partition("<noscript>")[2].partition("</noscript>")[0]

    assert ElementTree.fromstring(inside.partition("</p>")[2]).get("viewBox")
    assert [f">{name}</text>" in inside for name in ("ana", "ben", "cy", "di", "Sales")] == [True] * 5
    assert inside.count('class="who"') == len(document.nodes)
    assert inside.partition('class="head" d="')[2].count("Z") - len(document.nodes) == 2 + 1 + 2


def test_a_map_of_many_lines_is_not_drawn_twice() -> None:
    pairs = ", ".join(f"p{a} > p{b}" for a in range(33) for b in range(33) if a != b)

    found = page.page_bytes(org(pairs), report=Report())

    assert b"<svg" not in found


def test_an_empty_map_makes_a_page_too() -> None:
    found = made(Document())

    assert found.data["people"]["name"] == []
    assert found.raw["title"] == ["The map"]


def test_a_person_of_many_words_and_signs_is_kept_to_one_line() -> None:
    node = Node(
        id=NodeId("n"), name="a\x00b\nc" + "\ud800" + "x" * 300, title="Head\n of \x07 all", x=0.0, y=0.0
    )

    data = made(Document(nodes={node.id: node})).data

    assert data["people"]["name"][0].startswith("a b c")
    assert len(data["people"]["name"][0]) <= 120
    assert data["people"]["title"]["0"] == "Head of all"


def test_places_of_a_moved_person_move_the_page() -> None:
    before, after = made(two_teams()).data, made(placed(two_teams(), ana=(-50, 20))).data

    assert before["people"]["x"][0] == 0
    assert after["people"]["x"][0] == -500
    assert before["modules"][0]["rect"] != after["modules"][0]["rect"]
