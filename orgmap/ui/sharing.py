"""Pictures, data and paper, as the screen shows the map: what is hidden there is not sent unasked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QWidget

from orgmap.analysis.findings import Report
from orgmap.drawing.lighting import UNLIT
from orgmap.drawing.looks import PLAIN, Looks, Sight
from orgmap.drawing.masked import Mask
from orgmap.drawing.paper import PIXELS
from orgmap.drawing.style import Theme
from orgmap.errors import OrgmapError, UsageError
from orgmap.files import formats, pictures
from orgmap.i18n import Said, text
from orgmap.model.document import Document
from orgmap.progress import Progress
from orgmap.ui.canvas.view import CanvasView
from orgmap.ui.exporting import Exporter, as_seen
from orgmap.ui.gauging import gauges
from orgmap.ui.jobs import Errand
from orgmap.ui.orders import (
    AS_SHOWN,
    COPY,
    HTML,
    PAPER,
    PDF,
    PICTURES,
    PNG,
    SEEN,
    SVG,
    Order,
    Part,
    last_folder,
    last_kind,
    remember,
    remember_folder,
    remembered,
)
from orgmap.ui.reasons import reasons
from orgmap.ui.settings import Settings
from orgmap.ui.showing import Showing, looks_of
from orgmap.ui.sieve import Sieve

if TYPE_CHECKING:
    from orgmap.drawing.paper import Page
    from orgmap.drawing.picture import Glimpse
    from orgmap.ui.dialogs.export import ExportDialog

_SIZE = text("export", "{width} x {height} pixels")
_MILLIMETRES = text("export", "{width} x {height} mm")
_SHEETS = text("export", "{n} sheet, {width} x {height} mm", "{n} sheets, put together {width} x {height} mm")
_HOLDS_ALL = text("export", "This format holds all of the map.")
_HOLDS_REST = text("export", "This format holds all the rest of the map.")
_NAMELESS = text(
    "export", "Names, notes and all other texts are left out, and ids as well; everybody gets a number."
)
_HOLDS_LESS = text("export", "This format cannot hold everything. What is lost:")
_HTML = text(
    "export",
    "One file that opens in any browser, also from a mail: the map to move about in and to search, and what "
    "was found. It needs no network.",
)


class Sharing(QObject):
    """Sends the map of one window away, as somebody chooses in a dialog.

    `commands`: its slots by the ids of `ui.actions`. `report`: what the analysis says of the map as
    it is, if it has said it already.
    """

    def __init__(
        self,
        canvas: CanvasView,
        exporter: Exporter,
        settings: Settings,
        report: Callable[[], Report | None],
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._canvas = canvas
        self._stage = canvas.stage
        self._exporter = exporter
        self._settings = settings
        self._report = report
        self._theme = theme
        self._window = window
        self._dialog: ExportDialog | None = None
        self._looking = Errand(self)
        self._asking = Errand(self)
        exporter.target_chosen.connect(self._on_target)

    @property
    def commands(self) -> dict[str, Callable[..., object]]:
        """What the actions do."""
        return {"export": self.export, "print": self.paper, "copy_picture": self.copy}

    def set_theme(self, theme: Theme) -> None:
        """The window has another theme, and so have pictures as on the screen."""
        self._theme = theme

    def export(self) -> None:
        """A file for somebody else: a picture, a page, or data."""
        self._open(last_kind(self._settings))

    def paper(self) -> None:
        """The map on paper."""
        self._open(PAPER)

    def copy(self) -> None:
        """A picture on the clipboard: of what is selected, else of everything; as on the screen."""
        part = Part.SELECTION if self._selected else Part.WHOLE
        self._on_copy(Order(kind=PNG, part=part, names=self._stage.looks.names))

    def stop(self) -> None:
        """The window goes."""
        self._looking.close()
        self._asking.close()

    def _open(self, kind: str) -> None:
        from orgmap.ui.dialogs.export import ExportDialog

        names = self._stage.looks.names
        kinds = (PNG, SVG, PDF, HTML, PAPER, *_data())
        orders = {key: replace(remembered(self._settings, key), names=names) for key in kinds}
        view = self._canvas.camera
        dialog = self._dialog = ExportDialog(
            orders,
            kind,
            differs=self._differs,
            left_out=self._left_out(self._canvas.shown.showing, names=names),
            selected=bool(self._selected),
            screen=round(view.width * self._canvas.devicePixelRatioF()),
            parent=self._window,
        )
        dialog.changed.connect(self._on_changed)
        dialog.chosen.connect(self._on_chosen)
        dialog.copy_asked.connect(self._on_copy)
        dialog.finished.connect(self._on_finished)
        dialog.open()
        dialog.ask()

    @property
    def _selected(self) -> frozenset[str]:
        """What is selected and can stand on a picture by itself."""
        stage = self._stage
        return frozenset[str]((*stage.selected_nodes, *stage.selected_modules))

    @property
    def _differs(self) -> bool:
        """Does the screen show the map otherwise than it is, names apart?"""
        stage = self._stage
        lighting = stage.lighting.pointing(selected=frozenset(), hovered=None, focused=None)
        return replace(stage.looks, names=True) != PLAIN or lighting != UNLIT

    # -- what is shown ------------------------------------------------------------------------

    def sight_of(self, order: Order) -> Sight:
        """What the order shows of the map as it is now."""
        stage, shown = self._stage, self._canvas.shown
        session = stage.session
        as_shown = order.as_shown and order.kind in SEEN
        showing = shown.showing if as_shown else Showing()
        if order.part is Part.SELECTION:
            showing = replace(showing, chosen=stage.selection, spared=frozenset())
        looks = self._looks(showing, as_shown=as_shown, part=order.part)
        numbers = None if order.names else session.numbers.of_map(session.document)  # for a thread
        lighting = stage.lighting if as_shown else UNLIT
        ratio = self._canvas.devicePixelRatioF()
        return Sight(
            replace(looks, names=order.names, numbers=numbers),
            self._left_out(showing, names=order.names) if order.kind in SEEN else (),
            lighting.pointing(selected=frozenset(), hovered=None, focused=None),
            self._canvas.camera.snapped(ratio) if order.part is Part.WINDOW else None,
        )

    def _looks(self, showing: Showing, *, as_shown: bool, part: Part) -> Looks:
        if part is not Part.SELECTION:
            return self._stage.looks if as_shown else PLAIN
        looks = looks_of(self._stage.document, showing)
        return replace(looks, **gauges(self._canvas.shown.numbers, dict(showing.measured)))

    def _left_out(self, showing: Showing, *, names: bool) -> tuple[str, ...]:
        """What a picture says is missing from it. `names`: may it name anybody?"""
        session = self._stage.session
        named = session.shown if names else Mask(session.document, session.numbers).document
        listed = reasons(session.document, named, showing, Sieve())
        return tuple(str(reason.exported) for reason in listed if reason.exported is not None)

    # -- the dialog ---------------------------------------------------------------------------

    def _on_changed(self, order: Order) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        try:
            page = order.paper.page
        except UsageError as error:
            dialog.show_problem(_words(error))
            return
        dialog.show_problem("")
        document, sight = self._stage.document, self.sight_of(order)
        if order.kind in PICTURES:
            ratio = self._canvas.devicePixelRatioF()
            work = partial(_glimpsed, document, self._themed(order), sight, page, ratio)
            self._looking.run(work, partial(self._on_glimpse, order), self._on_problem)
        elif order.kind == HTML:
            dialog.show_words(_paragraphs(*_nameless(order), _HTML()))
        else:
            losing = partial(_lost, document, order.kind, sight)
            self._asking.run(losing, partial(self._on_losses, order), self._on_problem)

    def _on_glimpse(self, order: Order, found: Glimpse) -> None:
        if self._dialog is not None and self._dialog.order.kind == order.kind:
            self._dialog.show_glimpse(found.image, _measured(order, found))

    def _on_losses(self, order: Order, losses: list[Said]) -> None:
        if self._dialog is None or self._dialog.order.kind in SEEN:
            return
        lines = (f"•  {loss}" for loss in losses)
        holds = _HOLDS_LESS() if losses else _HOLDS_ALL() if order.names else _HOLDS_REST()
        self._dialog.show_words(_paragraphs(*_nameless(order), holds, *lines))

    def _on_problem(self, error: Exception) -> None:
        if not isinstance(error, OrgmapError):
            raise error
        if self._dialog is not None:
            self._dialog.show_problem(_words(error))

    def _on_finished(self, _result: int) -> None:
        self._dialog = None
        self._looking.stop()
        self._asking.stop()

    def _on_chosen(self, order: Order) -> None:
        remember(self._settings, order)
        sight = self.sight_of(order)
        if order.kind == PAPER:
            self._exporter.print_map(self._themed(order), sight)
        else:
            folder = last_folder(self._settings)
            self._exporter.ask(self._themed(order), sight, self._report(), folder)

    def _on_target(self, path: Path) -> None:
        remember_folder(self._settings, path.parent)

    def _on_copy(self, order: Order) -> None:
        self._exporter.copy(self._themed(order), self.sight_of(order))

    def _themed(self, order: Order) -> Order:
        """The order with the theme of the window, where it is to be that; a page follows its reader."""
        follows = order.theme == AS_SHOWN and order.kind != HTML
        return replace(order, theme=self._theme.name) if follows else order


def _data() -> list[str]:
    """The kinds that hold data, in the order in which they are offered."""
    found = [each.suffix for each in formats.WRITABLE if not each.picture and each.suffix != HTML]
    return sorted(found, key=COPY.__eq__)  # the copy last


def _nameless(order: Order) -> tuple[Said, ...]:
    """What is to be said first of an order without names."""
    return () if order.names else (_NAMELESS(),)


def _paragraphs(*sentences: Said | str) -> str:
    return "\n\n".join(map(str, sentences))


def _words(error: OrgmapError) -> str:
    return " ".join(str(part) for part in (error.message, error.hint) if part is not None)


def _measured(order: Order, found: Glimpse) -> str:
    """How large it will be."""
    if order.kind == PNG:
        return str(_SIZE(width=round(found.width), height=round(found.height)))
    width, height = round(found.width / PIXELS), round(found.height / PIXELS)
    if found.sheets > 1:
        return str(_SHEETS(n=found.sheets, width=width, height=height))
    return str(_MILLIMETRES(width=width, height=height))


def _glimpsed(
    document: Document, order: Order, sight: Sight, page: Page | None, ratio: float, progress: Progress
) -> Glimpse:
    from orgmap.drawing.picture import glimpse
    from orgmap.ui.dialogs.export_glimpse import GLIMPSE

    return glimpse(
        pictures.placed(document),
        QSize(round(GLIMPSE.width() * ratio), round(GLIMPSE.height() * ratio)),
        width=order.width,
        theme=order.theme,
        sight=sight,
        vector=order.kind != PNG,
        page=page if order.kind in (PDF, PAPER) else None,
        progress=progress,
    )


def _lost(document: Document, suffix: str, sight: Sight, _progress: Progress) -> list[Said]:
    """What a file of this kind could not hold."""
    return formats.losses(as_seen(document, sight), Path(f"map{suffix}"))
