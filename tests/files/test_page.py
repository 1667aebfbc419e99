"""The page is whole in itself, says what the map says, and lets nothing of a name become code."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree

from orgmap import i18n
from orgmap.analysis import registry
from orgmap.analysis.findings import Report
from orgmap.assets import asset
from orgmap.drawing.lighting import lighting_of
from orgmap.drawing.looks import Looks, Sight
from orgmap.drawing.scene import Scene
from orgmap.errors import UsageError, WriteError
from orgmap.files import formats, native, page
from orgmap.files.page_frame import SCRIPTS
from orgmap.model import remarks
from orgmap.model.document import Document
from orgmap.model.edits import set_fields
from orgmap.model.entities import (
    Backdrop,
    BackdropId,
    ChannelId,
    LinkId,
    MapInfo,
    ModuleId,
    Node,
    NodeId,
    StickyId,
    StickyNote,
)
from orgmap.progress import Cancelled, Progress
from tests.drawing.maps import placed, two_teams
from tests.hostile import photo
from tests.words import org

pytestmark = pytest.mark.usefixtures("qapp")

NORTHLIGHT = asset("samples", "1-northlight-12.orgmap")
MILLBROOK = asset("samples", "2-millbrook-40.orgmap")
HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    "]]> & &lt;b&gt; \"quoted\" 'too'",
    "line\u2028sep\u2029arator",
    "javascript:alert(1)",
    "{{7*7}} ${alert(1)}",
)


class Parsed(HTMLParser):
    """The elements of a page in their order, and the text inside script, style and title."""

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.raw: dict[str, list[str]] = {}
        self.text: list[str] = []
        self._inside = ""
        self.feed(data.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it; the void elements of HTML have no end."""
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag in ("script", "style", "title"):
            self._inside = tag
            self.raw.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        """Note that it ended."""
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        """Keep the text by where it stands."""
        if self._inside:
            self.raw[self._inside][-1] += data
        else:
            self.text.append(data)

    @property
    def data(self) -> dict[str, Any]:
        """What the script reads."""
        found: dict[str, Any] = json.loads(self.raw["script"][0])
        return found

    @property
    def said(self) -> str:
        """All words outside scripts and styles."""
        return " ".join(" ".join(self.text).split())


def made(document: Document, **options: Any) -> Parsed:  # noqa: ANN401 - those of page_bytes
    """The page, read; without findings unless a report is given."""
    return Parsed(page.page_bytes(document, **{"report": Report(), **options}))


def spread(value: Any) -> list[str]:  # noqa: ANN401 - a word, a list or words by name
    """The words in it."""
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else [value]


@pytest.fixture(scope="module")
def told() -> tuple[Document, Report]:
    """A sample and what the analysis says of it."""
    document = native.load(MILLBROOK)
    return document, registry.run(document, measures=False)


def with_names(*names: str) -> Document:
    """People in one module who talk in a row."""
    chain = " <> ".join(f"p{n}" for n in range(len(names)))
    document = org(chain, modules={"Team": " ".join(f"p{n}" for n in range(len(names)))})
    nodes = {
        key: replace(node, name=name) for (key, node), name in zip(document.nodes.items(), names, strict=True)
    }
    return replace(document, nodes=nodes)


def test_a_page_needs_no_other_file_and_no_address(told: tuple[Document, Report]) -> None:
    document, report = told

    data = page.page_bytes(document, report=report)

    found = Parsed(data)
    fetched = [each for each in found.attributes if each[1] in ("src", "href", "action", "data", "srcset")]

    assert re.findall(rb"[hH][tT][tT][pP][sS]?:|\burl\(|@import", data) == []
    assert fetched == []
    assert found.tags.count("script") == 2
    assert len(data) < 150_000


def test_the_policy_forbids_everything_but_the_very_script_and_style_of_the_page() -> None:
    found = made(two_teams())
    policy = next(value for tag, name, value in found.attributes if tag == "meta" and "default-src" in value)

    def code(words: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()}'"

    assert policy.split("; ") == [
        "default-src 'none'",
        f"script-src {code(found.raw['script'][1])}",
        f"style-src {code(found.raw['style'][0])}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert not any(name.startswith("on") or name == "style" for _, name, _ in found.attributes)


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_script_makes_html_from_text_or_reaches_out_of_the_page(name: str) -> None:
    words = asset("page", name).read_text("utf-8")

    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|fetch\(|import\(|"
    )
    forbidden += r"XMLHttpRequest|WebSocket|localStorage|sessionStorage|cookie|https?:"

    assert re.findall(forbidden, words) == []
    assert words.count("\n") <= 450


def test_whatever_stands_in_a_name_stays_a_name() -> None:
    plain = with_names(*("name" for _ in HOSTILE))
    title = replace(plain.info, title=HOSTILE[0], purpose=HOSTILE[2])
    note = StickyNote(id=StickyId("s"), text=HOSTILE[2])

    calm = made(replace(plain, info=MapInfo(title="Calm", purpose="Calm")))
    wild = made(replace(with_names(*HOSTILE), info=title, stickies={note.id: note}))

    names = wild.data["people"]["name"]
    assert wild.tags == calm.tags
    assert [each[:2] for each in wild.attributes] == [each[:2] for each in calm.attributes]
    assert names[:4] == list(HOSTILE[:4])
    assert names[4] == "line sep arator"
    assert wild.raw["title"] == [HOSTILE[0]]
    assert HOSTILE[2] in wild.said
    assert wild.data["notes"][0]["lines"]


def test_the_page_holds_every_person_line_and_frame_where_the_scene_has_them() -> None:
    document = native.load(MILLBROOK)
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


def test_every_finding_is_told_with_question_and_advice_and_lights_its_evidence(
    told: tuple[Document, Report],
) -> None:
    document, report = told

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


def test_a_finding_left_aside_is_told_apart_with_its_reason(told: tuple[Document, Report]) -> None:
    document, report = told
    first, second = report.leading[:2]
    document = document.apply(remarks.dismiss(document, first.subject, "We know that"))
    document = document.apply(remarks.set_note(document, second.subject, "Ask in spring"))

    found = made(document, report=report)

    assert len(found.data["findings"]) == len(report.leading) - 1
    assert "1 finding left aside" in found.said
    assert "We know that" in found.said
    assert "Ask in spring" in found.said


def test_who_is_hidden_in_the_view_is_not_in_the_page_and_it_says_so() -> None:
    document = org("ana > ben, ana > cy, ana > di, ana > eve, ana > fay, ben <> cy")
    view = Sight(Looks(hidden=frozenset({"ana"})), left_out=("Not shown: 1 person",))

    found = made(document, sight=view, report=registry.run(document, measures=False))

    assert found.data["people"]["name"] == ["ben", "cy", "di", "eve", "fay"]
    assert len(found.data["links"]["a"]) == 1
    assert "ana" not in re.findall(r"\w+", found.said)
    assert "Not shown: 1 person" in found.said
    assert "finding speaks of somebody" in found.said or "findings speak of somebody" in found.said


@pytest.mark.parametrize("name", ["Anton", "Rosa", "Greta", "Bakery", "Quality"])
def test_nobody_learns_from_the_page_of_whom_the_view_hides(name: str, told: tuple[Document, Report]) -> None:
    document, report = told
    purposes = {key: replace(module, purpose=module.name) for key, module in document.modules.items()}
    document = replace(document, modules=purposes)
    named: dict[str, str] = {node.name: key for key, node in document.nodes.items()}
    named |= {module.name: key for key, module in purposes.items()}

    found = made(document, sight=Sight(Looks(hidden=frozenset({named[name]}))), report=report)

    assert name not in re.findall(r"\w+", found.said + json.dumps(found.data))


def test_without_names_nothing_that_was_said_of_the_real_map_is_told() -> None:
    document = native.load(NORTHLIGHT)
    report = registry.run(document, measures=False)

    data = page.page_bytes(document, report=report, sight=Sight(Looks(names=False)))

    found = Parsed(data)
    names = {node.name for node in document.nodes.values()} | {m.name for m in document.modules.values()}
    words = set(re.findall(r"\w+", found.said + json.dumps(found.data)))
    assert not names & words
    assert b"Northlight" not in data
    assert found.raw["title"] == ["The map"]
    assert "Person 1" in found.data["people"]["name"]
    assert "Person" in found.said


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


def test_a_picture_behind_the_map_comes_along_without_the_words_in_its_file() -> None:
    sound = base64.b64encode(photo("Holiday at Ana's")).decode()
    backdrops = {
        BackdropId("b1"): Backdrop(id=BackdropId("b1"), data=sound),
        BackdropId("b2"): Backdrop(id=BackdropId("b2"), data="no picture"),
    }

    first, second = made(replace(two_teams(), backdrops=backdrops)).data["pictures"]

    assert first["data"].startswith("data:image/png;base64,")
    assert b"Holiday" not in base64.b64decode(first["data"].partition(",")[2])
    assert first["strength"] == 0.6
    assert second["data"] == ""


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


def test_the_same_map_makes_the_same_page(told: tuple[Document, Report]) -> None:
    document, report = told

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
