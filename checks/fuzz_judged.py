"""Is what a reader made of an input right? And what kind of failure is it, if not."""

from __future__ import annotations

import contextlib
import signal
import traceback
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from checks.fuzz_seeds import OPEN
from checks.fuzz_targets import MOST_SAID, Target
from orgmap.errors import OrgmapError
from orgmap.files import (
    formats,
    graphml,
    merging,
    native,
    node_link,
    pajek_writer,
    table_writer,
    workbook_writer,
)
from orgmap.model.document import Document, problems

HANG = 5.0  # seconds of processor time
_LARGE = 400  # people and links of a map that is not written in every format


class Hang(BaseException):
    """The reader took longer than it may. No Exception, so that nobody catches it."""


class Broken(Exception):  # noqa: N818 - the word of the report
    """What was read is not sound."""


def judge(target: Target, data: bytes, *, thorough: bool = True) -> bool:
    """Read these bytes; True if they were read, False if they were refused in words.

    Raises whatever the reader should not have raised, and Broken for a map that is not sound.
    `thorough`: also import it, and write it in every format.
    """
    number = zlib.crc32(data)
    try:
        with limited(HANG):
            documents = target.read(data, number)
    except OrgmapError as error:
        words = str(error)
        if not words or len(words) > MOST_SAID:
            raise Broken(f"the message has {len(words)} characters") from error
        words.encode()
        return False
    with limited(4 * HANG):
        for document in documents:
            _sound(document)
            if thorough:
                _travels(document)
    return True


def _sound(document: Document) -> None:
    found = problems(document)
    if found:
        raise Broken(found[0])
    again = native.read(native.encoded(document), Path("again.orgmap"))
    if again.document != document or again.notes:
        noted = [str(note.message) for note in again.notes][:1]
        raise Broken(f"differs after saving {noted}")


def _travels(document: Document) -> None:
    """Through an import and every writer, whose files are refused in words or read, and lose what is told."""
    merged = OPEN.apply(merging.merge(OPEN, document))
    if found := problems(merged):
        raise Broken(f"imported: {found[0]}")
    if merging.merge(merged, document):
        raise Broken("imported twice it changes something")
    if len(document.nodes) + len(document.links) > _LARGE:
        return
    people, links = table_writer.encoded(document)
    written = {
        "a.csv": links,
        "b.csv": people,
        "a.net": pajek_writer.encoded(document),
        "a.graphml": graphml.encoded(document),
        "a.json": node_link.encoded(document),
        "a.xlsx": workbook_writer.encoded(document),
    }
    for name, data in written.items():
        with contextlib.suppress(OrgmapError):
            again = formats.read_bytes(data, Path(name)).document
            alone = name.endswith((".csv", ".net"))  # half of it, or hardly any
            if not alone and again != document and not formats.losses(document, Path(name)):
                raise Broken(f"written as {name} it comes back different, and nobody was told")


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """No more than so many seconds of processor time."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Hang

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def marked(error: BaseException) -> str:
    """What kind of failure it is: what was raised, and where in the program."""
    places = traceback.extract_tb(error.__traceback__)
    own = [place for place in places if "/orgmap/" in place.filename or place.name in ("told", "_setting")]
    at = f"{Path(own[-1].filename).name}:{own[-1].name}" if own else ""
    if isinstance(error, Hang):
        return f"hang in {Path(own[0].filename).name if own else ''}"
    said = " ".join(str(error).split())[:60] if isinstance(error, Broken | AssertionError) else ""
    return f"{type(error).__name__} {at} {''.join(sign for sign in said if not sign.isdigit())}".strip()
