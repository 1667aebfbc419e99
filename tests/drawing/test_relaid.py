"""Lines laid anew after an edit are where they would be if all had been laid."""

from __future__ import annotations

import random

import numpy as np
import pytest

from benchmarks.timing import organization
from orgmap.drawing import arcs
from orgmap.drawing.looks import Looks
from orgmap.drawing.scene import Scene
from orgmap.model import edits
from orgmap.model.document import Change, Document
from orgmap.model.entities import LinkKind

pytestmark = pytest.mark.usefixtures("qapp")

COLUMNS = ("start", "control", "end", "curved", "shown", "ends", "stands", "count")


def edited(document: Document, draw: random.Random) -> Change:
    """Something done to a few lines or nodes of a large map."""
    nodes, links, modules = list(document.nodes), list(document.links), list(document.modules)
    place = (draw.uniform(0, 1_500), draw.uniform(0, 1_500))
    match draw.randrange(9):
        case 0:
            return edits.move(document, {draw.choice(nodes): place})
        case 1:
            return edits.add_link(document, *draw.sample(nodes, 2))[0]
        case 2:
            link = document.links[draw.choice(links)]
            return edits.add_link(document, link.target, link.source, kind=LinkKind.NEEDS)[0]
        case 3:
            return edits.delete(document, [draw.choice(nodes)])
        case 4:
            return edits.delete(document, draw.sample(links, 2))
        case 5:
            module = draw.choice(modules)
            return edits.set_fields(document, [module], collapsed=not document.modules[module].collapsed)
        case 6:
            return edits.set_fields(document, [draw.choice(nodes)], level=draw.choice([1, 2, None]))
        case 7:
            return edits.add_node(document, "Zoe", place)[0]
        case _:
            link = document.links[draw.choice(links)]
            other = draw.choice([key for key in nodes if key not in (link.source, link.target)])
            return edits.reattach(document, link.id, source=other)


@pytest.mark.parametrize("bundled", [False, True])
@pytest.mark.parametrize("tested", [400_000, 0])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_edit_lays_every_line_as_a_fresh_scene_would(
    monkeypatch: pytest.MonkeyPatch, seed: int, tested: int, bundled: bool
) -> None:
    monkeypatch.setattr(arcs, "MOST_TESTED", tested)
    draw = random.Random(seed)
    document = organization(60, 260, seed)
    scene = Scene.of(document, Looks(bundled=bundled))
    undone: list[Change] = []

    for step in range(40):
        change = undone.pop().inverse() if undone and draw.random() < 0.25 else edited(document, draw)
        undone = [change] if draw.random() < 0.3 else []
        document = document.apply(change)
        scene = scene.updated(document, change)
        fresh = arcs.laid(scene.nodes, scene.links, scene.frames, scene.veil, bundled=bundled)
        for column in COLUMNS:
            one, other = getattr(scene.arcs, column), getattr(fresh, column)
            rows = np.ones(len(one), dtype=bool) if one.dtype.kind != "f" else fresh.shown
            assert np.array_equal(one[rows], other[rows]), f"{column} after step {step}"
