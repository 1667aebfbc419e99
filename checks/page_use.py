"""What a reader does with an HTML page, and what has to come of it. `checks.page` runs it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from checks.chromium import Tab

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "a < b > c",
    "<b>bold</b>",
    "R&D",
)
SOON = 700.0  # milliseconds until 5,000 people show what was asked
_CANVAS = 'document.getElementById("map")'
_DRAWN = f"{_CANVAS}.toDataURL()"
_PIXELS = f"""(() => {{
  const canvas = {_CANVAS}, copy = document.createElement("canvas");
  [copy.width, copy.height] = [canvas.width, canvas.height];
  const copied = copy.getContext("2d", {{willReadFrequently: true}});
  copied.drawImage(canvas, 0, 0);
  return copied.getImageData(0, 0, canvas.width, canvas.height).data;
}})()"""
_KEEP = f"window.kept = {_PIXELS}, 0"
_SAME = f"""(() => {{  // but for what rounding does to the rim of a letter
  const now = {_PIXELS};
  let other = 0;
  for (let at = 0; at < now.length; at += 4) if (Math.abs(now[at] - window.kept[at]) > 24) other++;
  return now.length === window.kept.length && other < 400;
}})()"""
_CHIPS = '[...document.querySelectorAll(".chip")].map((chip) => chip.textContent)'
_CARD = 'document.getElementById("card").hidden ? "" : document.querySelector("#card h2").textContent'
_FOCUS = """(() => {
  const own = document.activeElement, box = own.getBoundingClientRect(), style = getComputedStyle(own);
  const words = own.getAttribute("aria-label") || own.textContent || own.id;
  return {id: own.id, tag: own.tagName, words: words.trim().slice(0, 60), tall: box.height, wide: box.width,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1};
})()"""


class Checked:
    """What did not hold, and the pages and pictures."""

    def __init__(self, folder: Path, pictures: Path | None) -> None:
        self.folder, self.pictures = folder, pictures
        self.broken: list[str] = []

    def holds(self, what: str, holds: object) -> None:
        """Note what does not hold."""
        if not holds:
            self.broken.append(what)

    def see(self, tab: Tab, name: str) -> None:
        """Keep what is to be seen."""
        if self.pictures is not None:
            tab.picture(self.pictures / f"{name}.png")


def quiet(checked: Checked, tab: Tab, name: str) -> None:
    """Nothing was asked of anybody, and nothing went wrong, since the page was opened."""
    for event in tab.events:
        method, told = event.get("method"), event.get("params", {})
        if method == "Network.requestWillBeSent":
            address = told["request"]["url"]
            checked.holds(f"{name} asks for {address[:80]}", address.startswith(("file:", "data:")))
        elif method in ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled"):
            checked.broken.append(f"{name} says: {str(told)[:300]}")
        elif method == "Page.javascriptDialogOpening":
            checked.broken.append(f"{name} opened a dialog: {told['message']}")


def fresh(checked: Checked, tab: Tab, name: str = "40", width: int = 1280, height: int = 800) -> None:
    """A page opened anew, by somebody without special wishes."""
    tab.size(width, height)
    tab.prefer(color_scheme="light", reduced_motion="reduce")
    tab.open(checked.folder / f"{name}.html")
    tab.settle(0.2)


def middle(tab: Tab, selector: str) -> tuple[float, float]:
    """The middle of an element, scrolled into view."""
    box: list[float] = tab.run(
        f"(() => {{ const own = document.querySelector({selector!r}); "
        "own.scrollIntoView({block: 'center'}); "
        "const box = own.getBoundingClientRect(); "
        "return [box.x + box.width / 2, box.y + box.height / 2]; })()"
    )
    return box[0], box[1]


def searching(checked: Checked, tab: Tab) -> None:
    """A name is found as it is typed, and Enter goes there."""
    fresh(checked, tab)
    before = tab.run(_DRAWN)
    tab.key("/", "/")
    tab.type("dar")
    tab.settle(0.2)
    results = tab.run(
        '[...document.querySelectorAll("#results [role=option]")].map((one) => one.textContent)'
    )
    checked.holds(f"typing lists {results}", results and results[0].startswith("Dario"))
    checked.holds("typing lights what is found", tab.run(_DRAWN) != before)
    checked.see(tab, "search")
    tab.key("Enter", "\r", 13)
    tab.settle(0.3)
    checked.holds("Enter shows whom it found", tab.run(_CARD) == "Dario")
    checked.see(tab, "person")
    tab.key("Escape", code=27)
    checked.holds("Esc lets go", tab.run(_CARD) == "" and tab.run(_CHIPS) == [])
    tab.key("/", "/")
    tab.type("(((")
    checked.holds(
        "signs are taken literally",
        tab.run('document.querySelectorAll("#results [role=option]").length') == 0,
    )
    quiet(checked, tab, "searching")


def searching_loose(checked: Checked, tab: Tab) -> None:
    """Where nobody is in a module a search finds people all the same."""
    fresh(checked, tab, "loose")
    tab.key("/", "/")
    tab.type("dar")
    tab.settle(0.2)
    checked.holds("a chip says what is sought", len(tab.run(_CHIPS)) == 1)
    tab.key("Enter", "\r", 13)
    tab.settle(0.2)
    checked.holds("Enter shows whom it found without modules", tab.run(_CARD) == "Dario")
    quiet(checked, tab, "searching without modules")


def quick(checked: Checked, tab: Tab) -> None:
    """On the largest map a letter typed, somebody chosen and a finding lit are seen at once."""
    fresh(checked, tab, "5000")
    steps = {
        "a letter": "const i = document.getElementById('search'); i.focus(); i.value = 'person 12'; "
        "i.dispatchEvent(new Event('input'));",
        "a finding": "document.querySelector('.pick').click();",
        "a module hidden": "document.querySelector('[data-filter=module-3]').click();",
    }
    for what, step in steps.items():
        took = tab.run(
            f"new Promise((done) => {{ const begun = performance.now(); {step} "
            "requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun))); })"
        )
        print(f"5000: {what} is seen after {took:.0f} ms")
        checked.holds(f"{what} is seen after {took:.0f} ms", took < SOON)
    quiet(checked, tab, "quick")


def filtering(checked: Checked, tab: Tab) -> None:
    """A module that is not wanted goes, a chip says so, and brings it back."""
    fresh(checked, tab)
    before = tab.run(_DRAWN)
    tab.run(_KEEP)
    tab.click(*middle(tab, "#tab-people"))
    tab.click(*middle(tab, '[data-filter="module-2"]'))
    tab.settle(0.2)
    chips = tab.run(_CHIPS)
    checked.holds(f"the chip says {chips}", chips == ["1 module hidden Show all"])
    checked.holds("the module is gone", tab.run(_DRAWN) != before)
    checked.see(tab, "filter")
    tab.click(*middle(tab, ".chip"))
    tab.settle(0.3)
    checked.holds("the chip brings it back", tab.run(_CHIPS) == [] and tab.run(_SAME))
    checked.holds(
        "the box is ticked again", tab.run("document.querySelector('[data-filter=\"module-2\"]').checked")
    )
    tab.key("/", "/")
    tab.type("mila")
    tab.key("Enter", "\r", 13)
    tab.settle(0.3)
    tab.run(
        "document.querySelector('[data-filter=\"module-0\"]').closest('.bar').querySelector('.small').click()"
    )
    tab.settle(0.5)
    bare = f"(() => {{ const all = {_PIXELS}; return all.every((part, at) => part === all[at % 4]); }})()"
    checked.holds("what is left is seen, and no bare ground", not tab.run(bare))
    checked.see(tab, "only")
    quiet(checked, tab, "filtering")


def finding(checked: Checked, tab: Tab) -> None:
    """A click lights the evidence and moves nothing; the button goes there."""
    fresh(checked, tab)
    colour = 'getComputedStyle(document.querySelector(".finding .class")).color.match(/\\d+/g).map(Number)'
    lit = f"""(() => {{
      const [r, g, b] = {colour}, pixels = {_PIXELS};
      let found = 0;
      for (let at = 0; at < pixels.length; at += 4)
        if ([r, g, b].every((part, colour) => Math.abs(pixels[at + colour] - part) < 5)) found++;
      return found;
    }})()"""
    dark = tab.run(lit)
    tab.click(*middle(tab, ".finding .pick"))
    tab.settle(0.3)
    bright = tab.run(lit)
    checked.holds(f"evidence is lit: {dark} pixels, then {bright}", bright > dark + 200)
    checked.holds(
        "the card is open", tab.run('document.querySelector(".finding .pick").ariaExpanded') == "true"
    )
    checked.see(tab, "finding")
    before = tab.run(_DRAWN)
    tab.click(*middle(tab, ".finding.open [data-show]"))
    tab.settle(0.3)
    checked.holds("the button goes there", tab.run(_DRAWN) != before)
    tab.key("Escape", code=27)
    tab.settle(0.2)
    checked.holds("Esc puts it out", tab.run(lit) <= dark + 200 and tab.run(_CHIPS) == [])
    quiet(checked, tab, "finding")


def moving(checked: Checked, tab: Tab) -> None:
    """The hand moves the map, the wheel and a double click magnify it, and all of it comes back."""
    fresh(checked, tab)
    tab.run(_KEEP)
    x, y = middle(tab, "#map")
    moves: dict[str, Callable[[], None]] = {
        "dragging": lambda: tab.drag((x, y), (x + 120, y + 60)),
        "the wheel": lambda: tab.mouse("mouseWheel", x, y, deltaX=0, deltaY=-240),
        "a double click": lambda: twice(tab, x, y),
        "the button": lambda: tab.click(*middle(tab, "#in")),
    }
    for what, move in moves.items():
        before = tab.run(_DRAWN)
        move()
        tab.settle(0.3)
        checked.holds(f"{what} moves the map", tab.run(_DRAWN) != before)
    tab.click(*middle(tab, "#fit"))
    tab.settle(0.4)
    tab.key("Escape", code=27)
    tab.settle(0.2)
    checked.holds("the whole map comes back", tab.run(_SAME))
    quiet(checked, tab, "moving")


def twice(tab: Tab, x: float, y: float) -> None:
    """A double click."""
    tab.click(x, y)
    tab.click(x, y)


def touching(checked: Checked, tab: Tab) -> None:
    """One finger moves, two magnify, on a telephone."""
    tab.size(390, 844, touch=True, ratio=2.0)
    tab.open(checked.folder / "40.html")
    tab.settle(0.3)
    checked.see(tab, "phone")
    wide = tab.run("document.documentElement.scrollWidth")
    checked.holds(f"nothing is wider than the telephone: {wide}", wide <= 390)
    before = tab.run(_DRAWN)
    for spread in (30, 60, 100):
        points = [{"x": 195 - spread, "y": 300, "id": 0}, {"x": 195 + spread, "y": 300, "id": 1}]
        tab.call(
            "Input.dispatchTouchEvent", type="touchStart" if spread == 30 else "touchMove", touchPoints=points
        )
    tab.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
    tab.settle(0.4)
    pinched = tab.run(_DRAWN)
    checked.holds("two fingers magnify", pinched != before)
    for kind, at in (("touchStart", 195), ("touchMove", 230), ("touchMove", 280)):
        tab.call("Input.dispatchTouchEvent", type=kind, touchPoints=[{"x": at, "y": 300, "id": 0}])
    tab.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
    tab.settle(0.4)
    checked.holds("one finger moves", tab.run(_DRAWN) != pinched)
    checked.see(tab, "phone-pinched")
    quiet(checked, tab, "touching")
    tab.size(1280, 800)


def by_keyboard(checked: Checked, tab: Tab) -> None:
    """Tab reaches everything, what has the focus is seen, and keys do what the mouse does."""
    fresh(checked, tab)
    seen: list[dict[str, Any]] = []
    for _ in range(14):
        tab.key("Tab", code=9)
        seen.append(tab.run(_FOCUS))
    ids = [one["id"] for one in seen]
    for wanted in ("search", "map", "in", "out", "fit", "tab-findings"):
        checked.holds(f"Tab reaches {wanted}: {ids}", wanted in ids)
    checked.holds("Tab reaches the legend", any(one["tag"] == "SUMMARY" for one in seen))
    for one in seen:
        if one["tag"] == "BODY":
            continue
        checked.holds(f"the focus on {one['words']} is seen", one["ring"])
        checked.holds(
            f"{one['words']} is {one['wide']:.0f} x {one['tall']:.0f}", min(one["tall"], one["wide"]) >= 24
        )
    checked.see(tab, "focus")
    tab.run('document.querySelector(".pick").focus()')
    tab.key("Enter", "\r", 13)
    checked.holds("Enter opens a finding", tab.run('document.querySelectorAll(".finding.open").length') == 1)
    tab.key("Escape", code=27)
    tab.run('document.getElementById("map").focus()')
    for key, text, code in (("ArrowLeft", "", 37), ("+", "+", 187), ("-", "-", 189), ("ArrowDown", "", 40)):
        before = tab.run(_DRAWN)
        tab.key(key, text, code)
        tab.settle(0.3)
        checked.holds(f"{key} moves the map", tab.run(_DRAWN) != before)
    tab.key("0", "0", 48)
    tab.run('document.getElementById("tab-findings").focus()')
    tab.key("ArrowRight", code=39)
    checked.holds("an arrow changes the tab", not tab.run('document.getElementById("people").hidden'))
    tab.run('document.querySelector(".tree summary").focus()')
    tab.key("Enter", "\r", 13)
    tab.settle(0.2)
    tab.run('document.querySelector(".tree details .ends button").focus()')
    tab.key("Enter", "\r", 13)
    checked.holds("somebody is chosen from the list", tab.run(_CARD) != "")
    tab.run("document.querySelector('#card .ends button').focus()")
    first = tab.run(_CARD)
    tab.key("Enter", "\r", 13)
    checked.holds("and one goes on to whom they talk with", tab.run(_CARD) not in ("", first))
    checked.see(tab, "keyboard")
    quiet(checked, tab, "by keyboard")


def hostile(checked: Checked, tab: Tab) -> None:
    """Names are names, and what somebody would smuggle in does not run."""
    fresh(checked, tab, "hostile")
    checked.holds("no element came from a name", tab.run('document.querySelectorAll("img").length') == 1)
    tab.key("/", "/")
    tab.type("<img")
    tab.settle(0.2)
    found = tab.run('document.querySelector("#results [role=option] span").textContent')
    checked.holds(f"a name is shown as it is: {found}", found == HOSTILE[0])
    tab.key("Enter", "\r", 13)
    tab.settle(0.2)
    checked.holds("on its card, too", tab.run(_CARD) == HOSTILE[0])
    checked.holds("and the title", tab.run("document.title") == HOSTILE[1])
    checked.see(tab, "hostile")
    quiet(checked, tab, "hostile")
    smuggled = tab.run(
        "(() => { const made = document.createElement('script'); made.textContent = 'window.smuggled = 1';"
        " document.body.append(made); return window.smuggled === undefined; })()"
    )
    checked.holds("a foreign script does not run", smuggled)
    asked = tab.run("fetch('data:text/plain,x').then(() => 'answered', () => 'refused')")
    checked.holds(f"asking the network is {asked}", asked == "refused")


def printing(checked: Checked, tab: Tab) -> None:
    """On paper stand the map and the findings, whole."""
    fresh(checked, tab)
    path = (checked.pictures or checked.folder) / "print.pdf"
    tab.paper(path)
    tab.settle(0.3)
    checked.holds("the print has a picture", path.stat().st_size > 40_000)
    if shutil.which("pdftotext"):
        words = subprocess.run(
            ["pdftotext", str(path), "-"], capture_output=True, text=True, check=True
        ).stdout
        for wanted in ("Millbrook Foods", "Single thread", "Ask the room", "Legend"):
            checked.holds(f"the print says {wanted}", wanted in words)
    quiet(checked, tab, "printing")


def looks(checked: Checked, tab: Tab) -> None:
    """Light, dark, strong contrast, narrow: pictures for somebody to look at."""
    for name, width, height, scheme, contrast in (
        ("light-1280", 1280, 800, "light", "no-preference"),
        ("dark-1280", 1280, 800, "dark", "no-preference"),
        ("contrast-1280", 1280, 800, "dark", "more"),
        ("dark-390", 390, 844, "dark", "no-preference"),
    ):
        tab.size(width, height)
        tab.prefer(color_scheme=scheme, contrast=contrast)
        tab.open(checked.folder / "40.html")
        tab.settle(0.4)
        ground = tab.run("getComputedStyle(document.body).backgroundColor")
        checked.holds(f"{name} stands on {ground}", (ground == "rgb(255, 255, 255)") == (scheme == "light"))
        checked.see(tab, name)


USES: tuple[Callable[[Checked, Tab], None], ...] = (
    searching,
    searching_loose,
    quick,
    filtering,
    finding,
    moving,
    touching,
    by_keyboard,
    hostile,
    printing,
    looks,
)
