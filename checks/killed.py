"""Kill the program at random moments while it edits and saves a map of 500 people: is anything lost?

    python -m checks.killed [--kills 500] [--seed 1] [--people 500]

Each time a process of its own opens a map with the real session, keeper and journal, and makes an edit
every few milliseconds. Half of them save now and then, and are killed (SIGKILL) at a random moment of
their first two seconds and a half. The others never save, or once at the beginning, so that only the
journal holds what they make; they are killed after two to six seconds. Afterwards the file has to be a
whole map, exactly as it was after one of the edits, and not older than the last save that was told to be
done; and what a next start would offer has to be exactly the map after one of the edits, never older than
the file, with all edits but those of at most the last second. Where nothing was saved lately it has to be
newer than the file. Edits are numbered in the title, and the same seed makes the same edits, so "exactly"
means equal in everything.

Ends with 0 if that held every time, else with 1 and what was wrong. Takes half an hour for 500 kills;
needs a system with fork. The tests hold ten seeded kills, and one of a program whose journal keeps nothing.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from time import monotonic, sleep

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from orgmap.drawing.style import theme
from orgmap.errors import OrgmapError
from orgmap.files import journal, native
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.document import Change, Document
from orgmap.model.entities import Link, LinkId, Node, NodeId
from orgmap.ui import recovery
from orgmap.ui.keeping import Keeper
from orgmap.ui.notices import NoticeBar
from orgmap.ui.recent import Recent
from orgmap.ui.session import Session
from orgmap.ui.settings import Settings

LONGEST = 2.5  # seconds of work before the kill, with saves
ALONE = (2.0, 6.0)  # seconds of work before the kill, where the journal alone keeps it
MOST_LOST = 1.0  # seconds
EVERY = 3  # milliseconds between two edits
SAVES = 0.02  # share of edits after which the map is saved
SAVED_ONCE = 5  # the edit after which a process saves that does so once
PATIENCE = 30.0  # seconds for a process to begin


class Saving(Enum):
    """How often a process saves."""

    OFTEN = "now and then"
    NEVER = "never"
    ONCE = "once at the beginning"

    @classmethod
    def of(cls, seed: int) -> Saving:
        """Half of the seeds save now and then."""
        return (cls.OFTEN, cls.NEVER, cls.OFTEN, cls.ONCE)[seed % 4]

    def seconds(self, seed: int) -> float:
        """How long the process works."""
        return random.Random(seed).uniform(*((0.0, LONGEST) if self is Saving.OFTEN else ALONE))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one kill left: edits made, and the number of the edit in the file and in what is offered.

    `safe`: how many edits were made more than a second before the kill. `wrong`: in words, or empty.
    """

    made: int
    safe: int
    saved: int
    in_file: int
    offered: int
    lost: float = 0.0  # seconds before the kill in which the first edit was made that is lost
    wrong: str = ""


def large(people: int) -> Document:
    """A map with so many people and three times as many links."""
    draw = random.Random(people)
    ids = [NodeId(f"p{n}") for n in range(people)]
    nodes = {
        key: Node(id=key, name=f"Person {key}", x=float(n % 25) * 90, y=float(n // 25) * 60)
        for n, key in enumerate(ids)
    }
    links: dict[LinkId, Link] = {}
    for number in range(people * 3):
        source, target = draw.sample(ids, 2)
        key = LinkId(f"l{number}")
        links[key] = Link(id=key, source=source, target=target, per_week=float(draw.randint(1, 9)))
    return Document(nodes=nodes, links=links, serial=100_000)


def edit(document: Document, number: int, seed: int) -> Change:
    """The `number`-th edit, from 1: some verb, and its number as the title."""
    draw = random.Random(seed * 100_003 + number)
    some = list(document.nodes)[draw.randrange(len(document.nodes))]
    match draw.randrange(5):
        case 0:
            change = edits.add_node(document, f"New {number}", (draw.uniform(0, 2_000), 0.0))[0]
        case 1:
            change = edits.delete(document, [next(iter(document.links))])
        case 2:
            change = edits.set_fields(document, [some], notes=f"note {number} " * draw.randint(1, 40))
        case _:
            moved = draw.sample(list(document.nodes), min(40, len(document.nodes)))
            change = edits.move(document, {n: (draw.uniform(0, 2_000), draw.uniform(0, 900)) for n in moved})
    after = document.apply(change)
    return change.then(edits.set_info(after, replace(after.info, title=str(number))))


def state(document: Document, number: int, seed: int) -> Document:
    """The map after so many edits."""
    for each in range(1, number + 1):
        document = document.apply(edit(document, each, seed))
    return document


def work(path: Path, seed: int, told: int) -> None:
    """In the process that is killed: edit and save for ever, telling each edit and each save."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    app = QApplication(["orgmap"])
    session, window = Session(), QWidget()
    settings = Settings(path.with_name("settings.ini"))
    keeper = Keeper(session, Recent(settings), NoticeBar(theme("light")), window)
    draw = random.Random(seed)
    saving = Saving.of(seed)
    made = 0

    def step() -> None:
        nonlocal made
        session.edit(verbatim("Edit"), edit(session.document, made + 1, seed))
        made += 1
        os.write(told, b"e")
        due = draw.random() < SAVES if saving is Saving.OFTEN else made == SAVED_ONCE
        if due and saving is not Saving.NEVER:
            keeper.save()

    clock = QTimer(interval=EVERY)
    clock.timeout.connect(step)

    def stored(done: object) -> None:
        os.write(told, b"s" + getattr(done, "document").info.title.encode() + b";")  # noqa: B009 - Stored

    keeper.stored.connect(stored)
    keeper.opened_file.connect(lambda _path: (os.write(told, b"o"), clock.start()))
    keeper.open_path(path)
    app.exec()


def killed(folder: Path, base: Document, seed: int) -> Outcome:
    """One kill, in an empty folder."""
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(folder / name)
    path = folder / "plan.orgmap"
    native.save(base, path)
    near, far = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(near)
        try:
            work(path, seed, far)
        finally:
            os._exit(3)
    os.close(far)
    events = _watched(near, child, Saving.of(seed).seconds(seed))
    return judged(path, base, seed, events)


def judged(path: Path, base: Document, seed: int, events: Sequence[tuple[float, bytes]]) -> Outcome:
    """Compare what is left with what was made. The last event is the kill."""
    told = b"".join(words for _, words in events)
    made, end = told.count(b"e"), events[-1][0]
    safe = b"".join(words for at, words in events if end - at > MOST_LOST).count(b"e")
    saved = max((int(part.split(b";")[0] or 0) for part in told.split(b"s")[1:] if b";" in part), default=0)
    try:
        in_file = native.load(path)
    except OrgmapError as error:
        return Outcome(made, safe, saved, -1, -1, 0.0, f"the file: {error}")
    found = journal.left_behind(recovery.journals())
    offered = found[0].document if found else in_file
    file_at, offered_at = (int(document.info.title or 0) for document in (in_file, offered))
    wrong = []
    if in_file != state(base, file_at, seed):
        wrong.append("the file is a mixture")
    if offered != state(base, offered_at, seed):
        wrong.append("what is offered is a mixture")
    if file_at < saved:
        wrong.append(f"the file is older than a save that was done ({file_at} < {saved})")
    if max(file_at, offered_at) < safe:
        wrong.append(f"edits of more than a second are lost ({max(file_at, offered_at)} < {safe})")
    if offered_at < file_at:
        wrong.append(f"what is offered is older than the file ({offered_at} < {file_at})")
    if Saving.of(seed) is not Saving.OFTEN:
        if safe <= SAVED_ONCE:
            wrong.append(f"nothing is proved: {safe} edits were more than a second old")
        elif offered_at <= file_at:
            wrong.append(f"what is offered is not newer than the file ({offered_at}, {file_at})")
        if file_at > (SAVED_ONCE if Saving.of(seed) is Saving.ONCE else 0):
            wrong.append(f"something else saved: the file holds edit {file_at}")
    if len(found) > 1:
        wrong.append(f"{len(found)} maps are offered")
    lost = end - _when(events, max(file_at, offered_at) + 1)
    return Outcome(made, safe, saved, file_at, offered_at, lost, "; ".join(wrong))


def _when(events: Sequence[tuple[float, bytes]], number: int) -> float:
    """When the edit with this number was told; that of the kill if it was not."""
    for at, words in events:
        number -= words.count(b"e")
        if number <= 0:
            return at
    return events[-1][0]


def _watched(near: int, child: int, until: float) -> list[tuple[float, bytes]]:
    """What the process told and when, from the opening of the map to the kill `until` seconds later."""
    events: list[tuple[float, bytes]] = []
    limit, kill_at = monotonic() + PATIENCE, None
    while True:
        now = monotonic()
        if kill_at is not None and now >= kill_at:
            break
        if now > limit:
            break
        ready, _, _ = select.select([near], [], [], max((kill_at or limit) - now, 0.0))
        if ready:
            words = os.read(near, 65_536)
            if not words:
                break
            if kill_at is None and b"o" in words:
                kill_at = monotonic() + until
            events.append((monotonic(), words.replace(b"o", b"")))
    os.kill(child, signal.SIGKILL)
    ended = monotonic()
    os.waitpid(child, 0)
    while words := os.read(near, 65_536):
        events.append((ended, words.replace(b"o", b"")))
    os.close(near)
    events.append((ended, b""))
    if kill_at is None:
        raise RuntimeError("the process did not begin")
    return events


def main(argv: Sequence[str] | None = None) -> int:
    """Run so many kills and say what was found."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=500)
    words = parser.parse_args(argv)
    base = large(words.people)
    bad = alone = 0
    lost: list[float] = []
    for number in range(words.kills):
        folder = Path(tempfile.mkdtemp(prefix="orgmap-killed-"))
        found = killed(folder, base, words.seed + number)
        lost.append(found.lost)
        alone += found.offered - found.in_file
        if found.wrong:
            bad += 1
            print(f"seed {words.seed + number}: {found}", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        if sys.stdout.isatty():
            print(f"\r{number + 1} of {words.kills}", end="", flush=True)
            sleep(0)
    average = sum(lost) / max(len(lost), 1)
    print(f"{words.kills} kills, {bad} went wrong")
    print(f"edits that only the journal held: {alone}")
    print(f"seconds lost: at most {max(lost, default=0.0):.2f}, on average {average:.2f}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
