"""What stands on a picture of a map: the scene and its evidence, the heading, what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from PySide6.QtCore import QRectF

from orgmap.drawing.camera import Camera
from orgmap.drawing.hidden import nameless, new_ids
from orgmap.drawing.lighting import Lighting
from orgmap.drawing.looks import Looks, Sight
from orgmap.drawing.plain import shown
from orgmap.drawing.scene import Scene
from orgmap.drawing.style import Theme
from orgmap.drawing.style import theme as theme_named
from orgmap.i18n import say
from orgmap.model.document import Document
from orgmap.model.query import counts

_AROUND = (-24.0, -8.0, 24.0, 8.0)  # map units round everything that is drawn
_NOBODY = QRectF(0, 0, 400, 120)  # map units: the room for a word that nobody is there


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the map: its title, what the organization is for, how large it is."""

    title: str = ""
    purpose: str = ""
    size: str = ""


NO_HEADING = Heading()


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """All that a picture shows, wherever it is drawn. `view`: what a window shows; None: everything.

    `said`: sentences below the legend: which finding is lit, what is left out.
    """

    scene: Scene
    theme: Theme
    lighting: Lighting
    heading: Heading = NO_HEADING
    said: tuple[str, ...] = ()
    view: Camera | None = None

    @property
    def bounds(self) -> QRectF:
        """What is to be seen, map units; never empty."""
        if self.view is not None:
            return self.view.seen
        return _NOBODY if self.scene.empty else self.scene.bounds.adjusted(*_AROUND)


def content_of(document: Document, theme: str, sight: Sight, *, hide_names: bool = False) -> Content:
    """What a picture of the document shows. Without names its ids are others, too: nothing of the
    original may be found in a file."""
    looks, lighting = sight.looks, sight.lighting
    lighting = lighting.pointing(selected=frozenset(), hovered=None, focused=None)
    if hide_names or not looks.names:
        new = new_ids(document, hidden := nameless(document, looks.numbers))
        lighting, looks = _followed(lighting, new), _seen_so(looks, new)
        document = hidden
    scene = Scene.of(document, looks)
    said = (*_lit_words(lighting), *sight.left_out)
    return Content(scene, theme_named(theme), lighting, heading_of(document), said, sight.view)


def _lit_words(lighting: Lighting) -> tuple[str, ...]:
    """Which finding is lit, by the name of its code, which names nobody."""
    if not lighting.code:
        return ()
    from orgmap.analysis.catalogue import named  # seldom needed, and not while the window starts

    return (say("picture", "Showing: {what}", what=named(lighting.code)),)


def heading_of(document: Document) -> Heading:
    """The heading of a picture of the document; its purpose and size only below a title."""
    title = shown(document.info.title)
    if not title:
        return NO_HEADING
    people, modules, links = counts(document)
    sizes = (
        (say("picture", "{n} person", "{n} people", n=people), people),
        (say("picture", "{n} module", "{n} modules", n=modules), modules),
        (say("picture", "{n} link", "{n} links", n=links), links),
    )
    return Heading(title, shown(document.info.purpose), ", ".join(words for words, there in sizes if there))


def _seen_so(looks: Looks, new: Mapping[str, str]) -> Looks:
    """The looks with other ids; the names are stand-ins already."""
    hidden = frozenset(new[key] for key in looks.hidden if key in new)
    faded = frozenset(new[key] for key in looks.faded if key in new)
    measured = {
        name: replace(one, values={new[key]: value for key, value in one.values.items() if key in new})
        for name in ("colour", "size", "lines", "grounds")
        if (one := getattr(looks, name)) is not None
    }
    return replace(looks, hidden=hidden, faded=faded, names=True, **measured)


def _followed(lighting: Lighting, new: Mapping[str, str]) -> Lighting:
    """The lighting with other ids."""

    def those(ids: frozenset[Any]) -> frozenset[Any]:
        return frozenset(new[key] for key in ids if key in new)

    return replace(
        lighting,
        lit_nodes=those(lighting.lit_nodes),
        lit_links=those(lighting.lit_links),
        lit_modules=those(lighting.lit_modules),
        subjects=those(lighting.subjects),
        away=those(lighting.away),
        steps=tuple(cast("Any", new[key]) for key in lighting.steps if key in new),
        proposed=tuple(
            cast("Any", (new[a], new[b], both)) for a, b, both in lighting.proposed if a in new and b in new
        ),
    )
