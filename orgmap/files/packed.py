"""Workbooks are zip files of XML: taken apart with limits on every size, so that no bomb goes off.

What a member claims to hold is checked before it is unpacked, and what it does hold while it is. Nothing is
written to the disk, so the paths of members lead nowhere.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from orgmap.errors import ReadError
from orgmap.files import disk
from orgmap.i18n import Text, text
from orgmap.progress import SILENT, Progress

MAGIC = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"  # old Office files, and new ones behind a password
MOST_UNPACKED = 200 * 2**20  # bytes of all members together
MOST_RATIO = 100  # unpacked to packed
_SMALL = 16 * 2**20  # bytes unpacked below which the ratio does not matter
_MOST_MEMBERS = 10_000
_CHUNK = 1 << 20
_ENDINGS = (".xml", ".rels")

_BOMB = text(
    "files",
    "Unpacked, the file would hold {size} MB; more than {most} MB or {ratio} times its size is refused.",
)
_BROKEN = text("files", "The packed file is cut off or damaged: {reason}.")
_MEMBERS = text("files", "The packed file has {n} parts; no workbook has so many.")
_LOCKED = text("files", "The workbook is protected by a password.")
_UNLOCK = text("files", "Save it without the password in the program it came from, and open that.")
_OLD = text("files", "This is a workbook of the old kind, which cannot be read.")
_FOREIGN = text("files", "This is {kind}, which cannot be read.")
_SAVE_AS = text("files", "Save it as XLSX, ODS or CSV in the program it came from, and open that.")
_KINDS: tuple[tuple[str, Text], ...] = (
    ("xl/workbook.bin", text("files", "a workbook of the binary kind")),
    ("word/", text("files", "a text document")),
    ("ppt/", text("files", "a presentation")),
    ("", text("files", "a packed file without a workbook in it")),
)
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"


def kind_of(parts: Mapping[str, bytes], path: Path) -> str:
    """ "xlsx" or "ods". Raises ReadError, with what it is instead, for any other packed file."""
    if "xl/workbook.xml" in parts:
        return "xlsx"
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise ReadError(_LOCKED(), place=disk.shown(path), hint=_UNLOCK())
    if "content.xml" in parts and parts.get("mimetype", _SPREADSHEET).startswith(_SPREADSHEET):
        return "ods"
    kind = next(
        words for start, words in _KINDS if any(name.startswith(start) for name in parts) or not start
    )
    raise ReadError(_FOREIGN(kind=kind()), place=disk.shown(path), hint=_SAVE_AS())


def refuse_ole(data: bytes, path: Path) -> None:
    """Say of an old Office file what it is: locked, or too old. Raises ReadError."""
    locked = "EncryptedPackage".encode("utf-16-le") in data
    message, hint = (_LOCKED(), _UNLOCK()) if locked else (_OLD(), _SAVE_AS())
    raise ReadError(message, place=disk.shown(path), hint=hint)


def parts(data: bytes, path: Path, progress: Progress = SILENT) -> dict[str, bytes]:
    """The XML parts of a packed file by their names; of others only that they are there, as empty bytes.

    Raises ReadError if it is damaged, or would not fit into MOST_UNPACKED.
    """
    name = disk.shown(path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_MEMBERS:
                raise ReadError(_MEMBERS(n=len(members)), place=name)
            wanted = [each for each in members if _is_xml(each.filename)]
            _check(sum(each.file_size for each in wanted), len(data), name)
            found = {each.filename: b"" for each in members}
            total = 0
            for each in wanted:
                if each.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise zipfile.BadZipFile(f"packing method {each.compress_type}")
                pieces: list[bytes] = []
                with archive.open(each) as stream:
                    while piece := stream.read(_CHUNK):
                        total += len(piece)
                        _check(total, len(data), name)
                        progress.at(total / MOST_UNPACKED)
                        pieces.append(piece)
                found[each.filename] = b"".join(pieces)
            return found
    except NotImplementedError as error:
        raise ReadError(_BROKEN(reason=_reason(error)), place=name) from None
    except RuntimeError:  # a member behind a password
        raise ReadError(_LOCKED(), place=name, hint=_UNLOCK()) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, IndexError) as error:
        raise ReadError(_BROKEN(reason=_reason(error)), place=name) from None


def repacked(found: Mapping[str, bytes]) -> bytes:
    """The parts that hold anything as a packed file again: what was not looked at is not in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in found.items():
            if content:
                archive.writestr(name, content)
    return stream.getvalue()


def _is_xml(name: str) -> bool:
    return name.casefold().endswith(_ENDINGS) or name == "mimetype"


def _check(unpacked: int, packed: int, name: str) -> None:
    if unpacked > MOST_UNPACKED or (unpacked > _SMALL and unpacked > MOST_RATIO * packed):
        size, most = round(unpacked / 1e6), round(MOST_UNPACKED / 1e6)
        raise ReadError(_BOMB(size=size, most=most, ratio=MOST_RATIO), place=name)


def _reason(error: Exception) -> str:
    return str(error).rstrip(".") or type(error).__name__
