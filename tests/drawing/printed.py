"""What stands in a PDF of ours, read without a reader of PDFs: its words and the sizes of its pages."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_STREAM = re.compile(rb">>\s*stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_WORD = re.compile(rb"\nBT\n/F(\d+) (.*?)\nET", re.DOTALL)
_SIGN = re.compile(rb"<([0-9a-fA-F]{4})> Tj")
_LETTERS = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]{4})> (?:\[([^\]]*)\]|<([0-9a-fA-F]{4})>)")


def words_of(data: bytes) -> list[list[str]]:
    """What is written on each page, in the order of drawing."""
    objects = {int(number): body for number, body in _OBJECT.findall(data)}
    letters = {number: _alphabet(objects, body) for number, body in objects.items() if b"/ToUnicode" in body}
    pages = []
    for body in objects.values():
        if re.search(rb"/Type\s*/Page\b", body) is None:
            continue
        contents = re.search(rb"/Contents (\d+) 0 R", body)
        assert contents is not None
        pages.append(list(_written(_unpacked(objects[int(contents[1])]), letters)))
    return pages


def sizes_of(data: bytes) -> list[tuple[float, float]]:
    """Width and height of each page, millimetres."""
    boxes = re.findall(rb"/MediaBox \[([^\]]+)\]", data)
    corners = [[float(side) for side in box.split()] for box in boxes]
    return [((x1 - x0) / 72 * 25.4, (y1 - y0) / 72 * 25.4) for x0, y0, x1, y1 in corners]


def _written(content: bytes, letters: dict[int, dict[int, str]]) -> Iterator[str]:
    for font, word in _WORD.findall(content):
        yield "".join(letters[int(font)].get(int(sign, 16), "?") for sign in _SIGN.findall(word))


def _alphabet(objects: dict[int, bytes], font: bytes) -> dict[int, str]:
    number = re.search(rb"/ToUnicode (\d+) 0 R", font)
    assert number is not None
    found: dict[int, str] = {}
    for first, last, listed, begin in _LETTERS.findall(_unpacked(objects[int(number[1])])):
        signs = re.findall(rb"<([0-9a-fA-F]+)>", listed)
        if begin:
            signs = [b"%04X" % (int(begin, 16) + step) for step in range(int(last, 16) - int(first, 16) + 1)]
        for step, sign in enumerate(signs):
            found[int(first, 16) + step] = bytes.fromhex(sign.decode()).decode("utf-16-be")
    return found


def _unpacked(body: bytes) -> bytes:
    stream = _STREAM.search(body)
    assert stream is not None
    return zlib.decompress(stream[1]) if b"FlateDecode" in body else stream[1]
