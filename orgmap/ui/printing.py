"""The map on paper: how it lies there, and a printer that draws it sheet by sheet."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from orgmap.drawing.looks import Sight
from orgmap.errors import WriteError
from orgmap.files import pictures
from orgmap.i18n import text
from orgmap.model.document import Document
from orgmap.progress import Progress
from orgmap.ui.orders import Order

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from orgmap.drawing.content import Content
    from orgmap.drawing.paper import Page, Sheets

SCREEN = 96  # pixels per inch on which the drawing's own sizes are based
WHITE = ("light", "print")  # themes whose ground is left to the paper

_NO_PRINTER = text("notice", "The printer did not take the map. Try another one, or export a PDF.")


def laid(
    document: Document, order: Order, sight: Sight, page: Page, _progress: Progress
) -> tuple[Content, Sheets]:
    """What is to be printed, and how the paper lies for it."""
    from orgmap.drawing.content import content_of
    from orgmap.drawing.poster import sheets_of

    content = content_of(pictures.placed(document), order.theme, sight)
    return content, sheets_of(content, page)


def printed(printer: QPrinter, content: Content, page: Page, progress: Progress) -> int:
    """Print, on the paper that was chosen in the end; how many sheets there were."""
    painter = QPainter()
    if not painter.begin(printer):
        raise WriteError(_NO_PRINTER())
    through = False
    try:
        count = print_on(painter, printer, content, page, progress)
        through = True
    finally:
        if not through:
            printer.abort()
        painter.end()
    return count


def print_on(painter: QPainter, printer: QPrinter, content: Content, page: Page, progress: Progress) -> int:
    """Draw on the paper that the printer has, which may be another than was asked for."""
    from orgmap.drawing.paper import Turn
    from orgmap.drawing.poster import on_paper, sheets_of

    layout = printer.pageLayout()
    size = layout.pageSize().size(QPageSize.Unit.Millimeter)
    lying = layout.orientation() == QPageLayout.Orientation.Landscape
    unprintable: QMarginsF = layout.minimumMargins()
    points = max(unprintable.left(), unprintable.top(), unprintable.right(), unprintable.bottom())
    least = points * 25.4 / 72 if layout.units() is QPageLayout.Unit.Point else points
    page = replace(
        page,
        width=size.width(),
        height=size.height(),
        turn=Turn.LANDSCAPE if lying else Turn.PORTRAIT,
        margin=max(page.margin, least),
    )
    sheets = sheets_of(content, page)
    painter.scale(printer.resolution() / SCREEN, printer.resolution() / SCREEN)
    ground = content.theme.name not in WHITE
    with closing(on_paper(painter, content, sheets, printer.newPage, ground=ground)) as steps:
        for share in steps:
            progress.at(share)
    return sheets.across * sheets.down + sheets.poster
