"""Does the HTML page work in a real browser? Opens it in Chromium, from a file, as from a mail.

    python -m checks.page [--pictures FOLDER]

Writes pages of the samples, of 500 and 5,000 people and of a map full of hostile names, opens each, and
uses it by mouse, keyboard and finger: searching, filtering, lighting findings, moving, printing. What it
draws is held against what the program draws of the same map. Nothing may
be asked of any network, nothing be said on the console, and no name become code. `--pictures` keeps what
was seen.

Ends with 0 if all held, with 1 and a line for each thing that did not, with 2 if there is no Chromium.
Needs (Debian): chromium; poppler-utils to read the print. Takes about a minute.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

from benchmarks.timing import organization
from checks.chromium import BrowserError, Tab
from checks.page_alike import alike
from checks.page_use import HOSTILE, USES, Checked, quiet
from orgmap.assets import asset
from orgmap.drawing import qt_ready
from orgmap.files import native
from orgmap.model.document import Document

SAMPLES = {"12": "1-northlight-12", "40": "2-millbrook-40", "150": "3-alder-valley-150"}
LARGE = {"500": (500, 3_500), "5000": (5_000, 35_000)}
LARGEST = {"40": 150_000, "5000": 6_000_000}  # bytes
LONGEST = 3.0  # seconds until 5,000 people are seen
STEADY = 1_000 / 45  # milliseconds of the median frame while 500 people move
_FRAMES = """new Promise((done) => {
  const canvas = document.getElementById("map"), frames = [];
  let last = performance.now();
  const step = (now) => {
    frames.push(now - last);
    last = now;
    const key = frames.length % 40 < 20 ? "ArrowLeft" : "ArrowRight";
    canvas.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
    if (frames.length < 60) requestAnimationFrame(step); else done(frames.slice(3));
  };
  requestAnimationFrame(step);
})"""


def main(arguments: list[str]) -> int:
    """See the docstring."""
    if shutil.which("chromium") is None:
        print("There is no chromium here.")
        return 2
    pictures = Path(arguments[arguments.index("--pictures") + 1]) if "--pictures" in arguments else None
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="orgmap-page-", ignore_cleanup_errors=True) as place:
        checked = Checked(Path(place), pictures)
        written(checked)
        tab = Tab(Path(place) / "profile")
        try:
            for name in (*SAMPLES, *LARGE, "hostile"):
                opened(checked, tab, name)
            for check in (*USES, alike):
                tried(checked, tab, check)
        finally:
            tab.close()
    for line in checked.broken:
        print(f"Did not hold: {line}")
    print("All held." if not checked.broken else f"{len(checked.broken)} did not hold.")
    return 1 if checked.broken else 0


def written(checked: Checked) -> None:
    """The pages, and their sizes."""
    qt_ready.demand()
    from orgmap.files import page

    maps: dict[str, Document] = {
        name: native.load(asset("samples", f"{file}.orgmap")) for name, file in SAMPLES.items()
    }
    maps |= {name: organization(*size) for name, size in LARGE.items()}
    loose = {key: replace(node, modules=()) for key, node in maps["40"].nodes.items()}
    ends = {key: link for key, link in maps["40"].links.items() if {link.source, link.target} <= set(loose)}
    maps["loose"] = replace(maps["40"], nodes=loose, modules={}, links=ends)
    names = dict(zip(maps["12"].nodes, HOSTILE, strict=False))
    nodes = {key: replace(node, name=names.get(key, node.name)) for key, node in maps["12"].nodes.items()}
    maps["hostile"] = replace(maps["12"], nodes=nodes, info=replace(maps["12"].info, title=HOSTILE[1]))
    for name, document in maps.items():
        path = checked.folder / f"{name}.html"
        page.write(document, path)
        size = path.stat().st_size
        print(f"{name}: {size / 1e6:.2f} MB")
        checked.holds(f"{name} has {size} bytes", size <= LARGEST.get(name, size))


def opened(checked: Checked, tab: Tab, name: str) -> None:
    """It opens, asks for nothing, and says nothing on the console."""
    tab.size(1920, 1080)
    seconds = tab.open(checked.folder / f"{name}.html")
    tab.settle()
    frames: list[float] = tab.run(_FRAMES)
    print(f"{name}: seen after {seconds:.2f} s, frames of {median(frames):.0f} to {max(frames):.0f} ms")
    checked.holds(f"{name} opened in {seconds:.1f} s", seconds < LONGEST)
    checked.holds(
        f"{name} moves at {median(frames):.0f} ms a frame", name != "500" or median(frames) < STEADY
    )
    quiet(checked, tab, name)
    tab.run('document.getElementById("fit").click()')
    tab.settle()
    checked.see(tab, f"{name}-1920")


def tried(checked: Checked, tab: Tab, check: Callable[[Checked, Tab], None]) -> None:
    """One check; what the browser does not do is noted."""
    try:
        check(checked, tab)
    except BrowserError as error:
        checked.broken.append(f"{check.__name__}: {error}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
