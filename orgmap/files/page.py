"""The map as one HTML page that needs nothing else: no other file, no network, nothing installed.

The page holds the numbers of the scene, so that it is the same drawing as on the screen, the findings as
plain HTML, and a script and a style of ours (`resources/page`), let in by their hashes alone: its policy
forbids everything else. `docs/format.md` describes it. Import it only once `qt_ready.demand` has agreed.
"""

from __future__ import annotations

from pathlib import Path

from orgmap.analysis import layouts, registry
from orgmap.analysis.findings import Report
from orgmap.drawing import portable
from orgmap.drawing.content import content_of
from orgmap.drawing.lighting import Lighting, lighting_of
from orgmap.drawing.looks import WHOLE, Sight
from orgmap.drawing.picture import ensure_application
from orgmap.files import disk, page_words
from orgmap.files.page_findings import Told, findings_html
from orgmap.files.page_frame import framed
from orgmap.i18n import Said
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.progress import SILENT, Progress

FOLLOWED = ("light", "dark", "contrast", "print")  # what a page without a theme of its own chooses from
MOST_SHUFFLED = 1_000  # people up to which it is worked out how sure the findings are, if nobody has


def write(
    document: Document,
    path: Path,
    *,
    report: Report | None = None,
    sight: Sight = WHOLE,
    theme: str | None = None,
    progress: Progress = SILENT,
) -> list[Said]:
    """Write what `sight` shows of the map as a page at `path`, whole or not at all; answers with warnings.

    `report`: what the analysis said of just this document; without it, or where names are hidden, the
    analysis is run. `theme`: one of `style.THEMES`; None follows the reader's system. Raises WriteError,
    UsageError for an unknown theme, Cancelled; what was there before is untouched then.
    """
    disk.check_target(path)
    data = page_bytes(document, report=report, sight=sight, theme=theme, progress=progress.part(0.0, 0.97))
    progress.at(0.97)
    return disk.write_bytes(path, data, previous=False)


def page_bytes(
    document: Document,
    *,
    report: Report | None = None,
    sight: Sight = WHOLE,
    theme: str | None = None,
    progress: Progress = SILENT,
) -> bytes:
    """The page that `write` puts in a file. Same map, view, report and language: same bytes."""
    ensure_application()
    progress.at(0.0)
    placed = document.apply(edits.move(document, layouts.missing(document)))
    content = content_of(placed, "light", sight)
    scene = content.scene
    document = scene.document
    if not sight.looks.names:
        report = None  # what was said of the real map may hold words of the user's
    if report is None:
        chance = len(document.nodes) <= MOST_SHUFFLED
        report = registry.run(document, measures=False, chance=chance, progress=progress.part(0.02, 0.7))
    rows = portable.Rows.of(scene)
    told = Told.of(document, report, scene.looks.hidden)
    data = portable.scene_data(scene, rows, progress.part(0.7, 0.9))
    data["findings"] = []
    for place, (finding, _) in enumerate(told.findings):
        progress.at(0.9 + 0.05 * place / len(told.findings))
        data["findings"].append(portable.lighting_data(scene, rows, lighting_of(finding)))
    themes = FOLLOWED if theme is None else dict.fromkeys((theme, "print"))
    heading = page_words.heading(document)
    data |= {
        "themes": portable.themes_data(scene, themes),
        "theme": theme,
        "lit": _lit(told, content.lighting),
        "words": page_words.words(len(document.modules)),
        "size": heading.size,
    }
    progress.at(0.95)
    found = framed(heading, findings_html(told), len(told.findings), sight.left_out, data)
    progress.at(1.0)
    return found


def _lit(told: Told, lighting: Lighting) -> int | None:
    """Which of the findings is lit in the view, to be chosen when the page opens; None: none of them."""
    lit = (lighting.code, lighting.subjects)
    found = ((finding.code, lighting_of(finding).subjects) for finding, _ in told.findings)
    return next((place for place, one in enumerate(found) if one == lit), None)
