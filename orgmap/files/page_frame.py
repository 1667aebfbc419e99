"""The HTML round a map: what stands still, the data, and the policy that lets in nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from orgmap.assets import asset
from orgmap.drawing.content import Heading
from orgmap.drawing.plain import shown
from orgmap.files.page_still import still
from orgmap.files.page_words import tongue
from orgmap.i18n import say

SCRIPTS = ("signs.js", "paint.js", "names.js", "view.js", "panels.js", "page.js")  # in this order one script
LONGEST = 2_000  # letters of a sentence
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}  # what could end or begin a tag
_MEDIA = {"dark": "(prefers-color-scheme: dark)", "contrast": "(prefers-contrast: more)", "print": "print"}


def framed(
    heading: Heading, findings: str, count: int, left_out: Sequence[str], data: Mapping[str, Any]
) -> bytes:
    """The page: heading, map, search, people and findings, `count` of them in the HTML `findings`.

    `left_out`: sentences on what the map has and the page does not show. `data`: as `scene_data` and
    what else the script reads.
    """
    style = _colours(data["themes"], data["theme"]) + asset("page", "page.css").read_text("utf-8")
    script = _script()
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    lang, side = tongue()
    title = _safe(heading.title)
    return f"""<!DOCTYPE html>
<html lang="{lang}" dir="{side}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="orgmap">
<meta name="color-scheme" content="{_scheme(data)}">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{_body(heading, findings, count, left_out, still(data))}
<script type="application/json" id="data">{as_json(data)}</script>
<script>{script}</script>
</body>
</html>
""".encode()


def as_json(data: Mapping[str, Any]) -> str:
    """Data as JSON in letters of ASCII, in which nothing can end the element it stands in."""
    plain = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return plain.translate(_UNSAFE)


def _body(heading: Heading, findings: str, count: int, left_out: Sequence[str], drawing: str) -> str:
    word = {key: _safe(said) for key, said in _words(count).items()}
    missing = "".join(f"<li>{_safe(line)}</li>" for line in left_out)
    missing = f'<ul class="missing">{missing}</ul>' if missing else ""
    purpose = f'<p class="purpose">{_safe(heading.purpose)}</p>' if heading.purpose else ""
    return f"""<header>
<div class="heading"><h1>{_safe(heading.title)}</h1><p class="quiet">{_safe(heading.size)}</p>{purpose}</div>
<div class="search" role="search" hidden>
<input id="search" type="search" role="combobox" autocomplete="off" spellcheck="false"
 aria-label="{word["search"]}" placeholder="{word["search"]}" aria-keyshortcuts="/"
 aria-autocomplete="list" aria-expanded="false" aria-controls="results">
<ul id="results" role="listbox" aria-label="{word["results"]}" hidden></ul>
</div>
</header>
<noscript><p class="lead">{word["noscript"]}</p>{drawing}</noscript>
<main>
<section class="map" aria-label="{word["map"]}">
<div id="chips" class="chips" role="status"></div>
<div class="stage">
<canvas id="map" tabindex="0" role="img" aria-describedby="keys"></canvas>
<p id="keys" class="unseen">{word["keys"]}</p>
<div class="zoom" role="group" aria-label="{word["zoom"]}">
<button type="button" id="in" aria-label="{word["in"]}" title="{word["in"]} (+)">+</button>
<button type="button" id="out" aria-label="{word["out"]}" title="{word["out"]} (&minus;)">&minus;</button>
<button type="button" id="fit" title="{word["fit"]} (0)">{word["whole"]}</button>
</div>
</div>
<img id="paper" alt="" hidden>
<details id="legend" class="legend" open><summary>{word["legend"]}</summary><div></div>{missing}</details>
</section>
<div class="side">
<section id="card" class="card" aria-live="polite" hidden></section>
<div class="tabs" role="tablist" hidden>
<button type="button" role="tab" id="tab-findings" aria-controls="findings"
 aria-selected="true">{word["findings"]} <span class="count">{count}</span></button>
<button type="button" role="tab" id="tab-people" aria-controls="people" aria-selected="false"
 tabindex="-1">{word["people"]}</button>
</div>
<section id="findings" role="tabpanel" aria-labelledby="head-findings">
<h2 id="head-findings">{word["findings"]}</h2>
{findings}
</section>
<section id="people" role="tabpanel" class="people" aria-label="{word["people"]}" hidden></section>
</div>
</main>"""


def _words(count: int) -> dict[str, str]:
    return {
        "search": say("page", "Search people and modules"),
        "results": say("page", "What was found"),
        "noscript": say(
            "page",
            "No script runs here, so the map can only be looked at. Save this file and open it in a browser "
            "to move it, search it and see what each finding rests on.",
        ),
        "map": say("page", "Map"),
        "keys": say(
            "page",
            "Arrow keys move the map, plus and minus zoom, 0 shows all of it, the slash key searches. "
            "The list of people holds everything on the map.",
        ),
        "zoom": say("page", "Zoom"),
        "in": say("page", "Zoom in"),
        "out": say("page", "Zoom out"),
        "fit": say("page", "Show the whole map"),
        "whole": say("page", "Whole map"),
        "legend": say("legend", "Legend"),
        "findings": say("page", "Finding", "Findings", n=count),
        "people": say("page", "People and filters"),
    }


def _script() -> str:
    """Our scripts as one, closed off from everything else."""
    parts = "\n".join(asset("page", name).read_text("utf-8") for name in SCRIPTS)
    return f'\n"use strict";\n(() => {{\n{parts}\n}})();\n'


def _colours(themes: Mapping[str, Any], own: str | None) -> str:
    """The colours of the themes as variables: one theme, or as the reader's system is set."""
    rules = []
    for name, theme in themes.items():
        listed = ";".join(f"--{token.replace('_', '-')}:{value}" for token, value in theme["colours"].items())
        rule = f":root{{{listed}}}"
        rules.append(rule if name in (own, "light") else f"@media {_MEDIA[name]}{{{rule}}}")
    return "\n".join(rules) + "\n"


def _scheme(data: Mapping[str, Any]) -> str:
    if data["theme"] is None:
        return "light dark"
    return "dark" if data["themes"][data["theme"]]["dark"] else "light"


def _hash(words: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(words.encode()).digest()).decode('ascii')}"


def _safe(words: str) -> str:
    """A line as HTML shows it literally."""
    return escape(shown(words, LONGEST))
