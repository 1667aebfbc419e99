"""Pictures of a map in files: everybody placed, drawn as on the screen, written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from orgmap.analysis import layouts
from orgmap.files import disk
from orgmap.i18n import Said
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.progress import SILENT, Progress

if TYPE_CHECKING:
    from orgmap.drawing.looks import Sight
    from orgmap.drawing.paper import Page

SUFFIXES = (".png", ".svg", ".pdf")
WIDTH = 1_600  # pixels, as of `orgmap picture`


def write(
    document: Document,
    path: Path,
    *,
    width: int = WIDTH,
    theme: str = "light",
    sight: Sight | None = None,
    page: Page | None = None,
    progress: Progress = SILENT,
) -> list[Said]:
    """Write a picture in the format of the suffix; see `drawn`. Answers with warnings, usually none.

    Raises WriteError too; what was there before is untouched then, and when it is called off.
    """
    disk.check_target(path)
    data = drawn(
        document, path, width=width, theme=theme, sight=sight, page=page, progress=progress.part(0.0, 0.95)
    )
    progress.at(0.95)
    return disk.write_bytes(path, data, previous=False)


def drawn(
    document: Document,
    path: Path,
    *,
    width: int = WIDTH,
    theme: str = "light",
    sight: Sight | None = None,
    page: Page | None = None,
    progress: Progress = SILENT,
) -> bytes:
    """The bytes of the picture that `write` would put at `path`.

    `sight`: what it shows, None for the whole map; `page`: of a PDF. Raises UsageError for what
    cannot be made.
    """
    from orgmap.drawing import qt_ready

    qt_ready.demand()
    from orgmap.drawing.looks import WHOLE
    from orgmap.drawing.picture import form_of, picture_bytes

    return picture_bytes(
        placed(document),
        form_of(path),
        width=width,
        theme=theme,
        sight=sight or WHOLE,
        page=page,
        progress=progress,
    )


def placed(document: Document) -> Document:
    """The map with a place for everybody who has none."""
    return document.apply(edits.move(document, layouts.missing(document)))
