"""The kept map: whatever was edited, lifted, marked or panned, it is what a fresh drawing would be."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter

from benchmarks.timing import organization
from orgmap.drawing.camera import Camera
from orgmap.drawing.looks import PLAIN, Presence
from orgmap.drawing.style import theme
from orgmap.i18n import Said, text
from orgmap.model import edits, scenery
from orgmap.model.document import Change, Document
from orgmap.model.entities import LinkKind, NodeId, Status
from orgmap.ui.canvas import ground
from orgmap.ui.canvas.ground import Ground
from orgmap.ui.canvas.lifted import Lifted
from orgmap.ui.canvas.stage import Stage
from orgmap.ui.session import Session

pytestmark = pytest.mark.usefixtures("qapp")

WIDTH, HEIGHT = 700, 500
STEPS = 15  # `checks.kept` takes 200
SCALES = (1.0, 0.5, 0.27, 0.12)
ROUNDING = 8  # of 255: Qt rounds an antialiased line of more than a pixel by where it is clipped
TRACE = 0.02  # share of a tile
FAR, FEW = 32, 4  # by more no pixel may differ, and so many by more than is rounded
LABEL: Said = text("undo", "Move {who}")(who="Ana")


class Desk:
    """A ground that is kept, and the means to draw another beside it."""

    def __init__(self, document: Document, camera: Camera, ratio: float = 1.0) -> None:
        self.session = Session()
        self.session.open(document)
        self.stage = Stage(self.session)
        self.stage.look(camera.resized(WIDTH, HEIGHT))
        self.ratio = ratio
        self.ground = Ground(self.stage, theme("light"))

    def frame(self, other: Ground | None = None, *, moving: bool = False) -> NDArray[np.int16]:
        """What is seen, blue, green and red of each pixel."""
        image = QImage(round(WIDTH * self.ratio), round(HEIGHT * self.ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(self.ratio)
        image.fill(theme("light")["ground"])
        painter = QPainter(image)
        (other or self.ground).paint(painter, moving=moving, ratio=self.ratio)
        painter.end()
        flat = np.frombuffer(image.constBits(), dtype=np.uint8)
        return flat.reshape(image.height(), image.width(), 4)[..., :3].astype(np.int16)

    def fresh(self) -> NDArray[np.int16]:
        """The same, drawn by somebody who remembers nothing."""
        return self.frame(Ground(self.stage, theme("light")))

    def edit(self, change: Change) -> None:
        self.session.edit(LABEL, change)


def unlike(one: NDArray[np.int16], other: NDArray[np.int16]) -> str:
    """Where two frames differ, in words; empty if nowhere."""
    off = np.abs(one - other).max(axis=2)
    rows, columns = np.nonzero(off > ROUNDING)
    if len(rows) <= FEW and off.max() <= FAR:
        return ""
    where = f"x {columns.min()}..{columns.max()}, y {rows.min()}..{rows.max()}"
    return f"{len(rows)} pixels by up to {off.max()} in {where}"


def something(chance: random.Random, desk: Desk) -> str:
    """One thing that happens to a map; its name."""
    document, stage = desk.session.document, desk.stage
    nodes, links, modules = list(document.nodes), list(document.links), list(document.modules)
    x, y = stage.camera.x + chance.uniform(-300, 300), stage.camera.y + chance.uniform(-200, 200)
    which = chance.randrange(20)
    if not nodes:
        which = 0
    match which:
        case 0:
            change, made = edits.add_node(document, f"New {chance.randrange(100)}", (x, y))
            desk.edit(change)
            return f"add {made}"
        case 1 | 2 | 3:
            key = chance.choice(nodes)
            desk.edit(edits.move(document, {key: (x, y)}))
            return f"move {key}"
        case 4 | 5:
            one, other = chance.sample(nodes, 2)
            desk.edit(edits.add_link(document, one, other, two_way=chance.random() < 0.5)[0])
            return f"link {one} {other}"
        case 6:
            gone: str = chance.choice([*nodes, *links])
            desk.edit(edits.delete(document, [gone]))
            return f"delete {gone}"
        case 7:
            key = chance.choice(nodes)
            desk.edit(edits.rename(document, key, chance.choice(["Al", "Wilhelmina Featherstone", "x"])))
            return f"rename {key}"
        case 8 | 9 if links:
            link = chance.choice(links)
            fields: dict[str, object] = chance.choice(
                [
                    {"per_week": 20.0},
                    {"status": Status.DISPUTED},
                    {"status": Status.PROPOSED},
                    {"two_way": True},
                    {"kind": LinkKind.NEEDS},
                ]
            )
            desk.edit(edits.set_fields(document, [link], **fields))
            return f"{fields} of {link}"
        case 10:
            stage.select(chance.sample([*nodes, *links], 2))
            return "select"
        case 11 | 12:
            held = chance.sample(nodes, 2)
            stage.lift(Lifted(nodes=frozenset(held), dx=10.0, dy=5.0))
            return f"lift {held}"
        case 13:
            stage.lift(None)
            return "put down"
        case 14 if modules:
            shut = chance.choice(modules)
            desk.edit(edits.set_fields(document, [shut], collapsed=not document.modules[shut].collapsed))
            return f"collapse {shut}"
        case 15 if modules:
            person, module = chance.choice(nodes), chance.choice(modules)
            desk.edit(edits.join(document, [person], module))
            return f"{person} joins {module}"
        case 16:
            (desk.session.undo if chance.random() < 0.7 else desk.session.redo)()
            return "undo or redo"
        case 17:
            looks = [PLAIN, replace(PLAIN, bundled=True), replace(PLAIN, talk=Presence.FADED)]
            stage.set_looks(
                chance.choice([*looks, replace(PLAIN, hidden=frozenset(chance.sample(nodes, 1)))])
            )
            return "looks"
        case 18:
            desk.edit(scenery.add_sticky(document, (x, y), "A note\nof two lines")[0])
            return "note"
        case _:
            stage.look(stage.camera.panned(chance.uniform(-150, 150), chance.uniform(-150, 150)))
            return "pan"


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_kept_and_mended_is_what_a_fresh_drawing_would_be(seed: int, scale: float) -> None:
    assert walked(seed, scale, STEPS) == ""


def walked(seed: int, scale: float, steps: int) -> str:
    """The first of so many steps by chance after which the kept map is not as it should be, and how."""
    chance = random.Random(seed)
    people = 60 if seed % 2 else 260
    document = organization(people, 4 * people, seed, modules=None if seed % 2 else 0)
    middle = document.nodes[NodeId("n7")]
    desk = Desk(document, Camera(scale, middle.x or 0.0, middle.y or 0.0))
    desk.frame()

    for step in range(steps):
        done = something(chance, desk)
        if off := unlike(desk.frame(), desk.fresh()):
            return f"step {step}, {done}: {off}"
    return ""


def missing(frame: NDArray[np.int16], truth: NDArray[np.int16]) -> int:
    """How many tiles are empty in a frame in which a sharp drawing has more than a trace of ink."""
    colour = theme("light")["ground"]
    ground = np.array((colour.blue(), colour.green(), colour.red()))
    side = 50
    ink = [
        (np.abs(each - ground).max(axis=2) > ROUNDING)
        .reshape(HEIGHT // side, side, WIDTH // side, side)
        .mean(axis=(1, 3))
        for each in (frame, truth)
    ]
    return int(((ink[0] == 0) & (ink[1] > TRACE)).sum())


@pytest.mark.parametrize("quick", [0.0, 60.0])
def test_nothing_blinks_while_the_map_is_panned_zoomed_dragged_and_edited(
    monkeypatch: pytest.MonkeyPatch, quick: float
) -> None:
    monkeypatch.setattr(ground, "QUICK", quick)
    document = organization(120, 600, 5)
    middle = document.nodes[NodeId("n7")]
    desk = Desk(document, Camera(0.8, middle.x or 0.0, middle.y or 0.0))
    stage, at = desk.stage, desk.stage.camera
    lost: list[int] = []

    def seen(*, moving: bool = False) -> None:
        lost.append(missing(desk.frame(moving=moving), desk.fresh()))

    seen()

    for step in range(12):
        stage.look(at.panned(35.0 * step, 20.0 * step))
        seen(moving=True)
    seen()
    for step in range(16):
        stage.look(stage.camera.zoomed(1.2 if step < 6 else 1 / 1.2, 300.0, 200.0))
        seen(moving=True)
        desk.ground.refine(1.0, moving=True)
    while not desk.ground.refine(1.0):
        seen(moving=True)
    seen()
    held = frozenset((NodeId("n7"),))
    for step in range(6):
        stage.lift(Lifted(nodes=held, dx=8.0 * step))
        seen()
    stage.lift(None)
    place = (document.nodes[NodeId("n7")].x or 0.0) + 40.0, middle.y or 0.0
    desk.edit(edits.move(document, {NodeId("n7"): place}))
    seen()
    desk.session.undo()
    seen()

    assert lost == [0] * len(lost)
