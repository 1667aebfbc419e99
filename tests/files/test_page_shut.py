"""The page needs nothing and asks nobody, no name becomes code, and what is hidden is not in it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace

import pytest

from orgmap.analysis import registry
from orgmap.assets import asset
from orgmap.drawing.looks import Looks, Sight
from orgmap.files import native, page
from orgmap.files.page_frame import SCRIPTS
from orgmap.model.entities import (
    Backdrop,
    BackdropId,
    MapInfo,
    StickyId,
    StickyNote,
)
from tests.drawing.maps import two_teams
from tests.files.parsed_page import Parsed, analysed, made, with_names
from tests.hostile import photo
from tests.words import org

pytestmark = pytest.mark.usefixtures("qapp")

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    "]]> & &lt;b&gt; \"quoted\" 'too'",
    "line\u2028sep\u2029arator",
    "javascript:alert(1)",
    "{{7*7}} ${alert(1)}",
)


def test_a_page_needs_no_other_file_and_no_address() -> None:
    document, report = analysed()

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
def test_nobody_learns_from_the_page_of_whom_the_view_hides(name: str) -> None:
    document, report = analysed()
    purposes = {key: replace(module, purpose=module.name) for key, module in document.modules.items()}
    document = replace(document, modules=purposes)
    named: dict[str, str] = {node.name: key for key, node in document.nodes.items()}
    named |= {module.name: key for key, module in purposes.items()}

    found = made(document, sight=Sight(Looks(hidden=frozenset({named[name]}))), report=report)

    assert name not in re.findall(r"\w+", found.said + json.dumps(found.data))


def test_without_names_nothing_that_was_said_of_the_real_map_is_told() -> None:
    document = native.load(asset("samples", "1-northlight-12.orgmap"))
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
