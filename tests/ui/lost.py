"""A map and its file, and what may happen to both: for tests of what is never lost."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt

from orgmap.files import journal
from orgmap.i18n import verbatim
from orgmap.model import edits
from orgmap.model.document import Document
from orgmap.ui import recovery
from orgmap.ui.main_window import MainWindow
from orgmap.ui.recovering import Recovering
from tests.desk import CTRL, Desk
from tests.ui.hand import laid
from tests.words import org

Key = Qt.Key
MAP = laid(org("ana <> ben", title="Plan"), {"ana": (-80.0, 0.0), "ben": (80.0, 0.0)})
THEIRS = laid(
    org("ana <> ben, ben > zoe", title="Theirs"), {"ana": (0.0, 0.0), "ben": (9.0, 0.0), "zoe": (90.0, 0.0)}
)


def edit(desk: Desk, name: str = "Cy") -> None:
    change, _ = edits.add_node(desk.document, name, (0.0, 120.0))
    desk.window.session.edit(verbatim("Add"), change)


def names(document: Document) -> list[str]:
    return [node.name for node in document.nodes.values()]


def saved(desk: Desk) -> bool:
    return not desk.window.session.modified and not desk.window.keeper.saving


def save(desk: Desk) -> None:
    desk.key(Key.Key_S, CTRL)
    desk.until(lambda: saved(desk))


def journals() -> list[Path]:
    return sorted(recovery.journals().glob("*.journal")) if recovery.journals().is_dir() else []


def look(desk: Desk) -> None:
    desk.window.room.outsiders.watching.look()


def crashed(
    path: Path | None, added: str, base: Document = MAP, lineage: str = "one", *, hidden: bool = False
) -> None:
    """What a crash leaves of a map to which somebody was added, with names hidden or not."""
    digest = journal.digest_of(path.read_bytes()) if path is not None else None
    at = datetime.now(tz=UTC)
    head = journal.Head(lineage=lineage, path=path, digest=digest, away=0, at=at, hidden=hidden)
    writer = journal.Writer(recovery.journals(), head, base)
    writer.add(edits.add_node(base, added, (0.0, 120.0))[0], 1, at)
    writer.close(remove=False)


def offered(desk: Desk) -> Recovering:
    def another() -> MainWindow:
        raise AssertionError("a second window was opened")

    recovering = Recovering(another, desk.window)
    recovering.offer(desk.window)
    return recovering
