"""Files spoilt with sense: blocks and words of a format moved, repeated, nested, replaced by nasty ones.

A byte flipped at random mostly ends at the first line of a parser. So what is written here still looks
like the format it came from: tags stay tags, rows stay rows, and a checksum can be made anew by whoever
calls (`checks.fuzz_targets`).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from checks.mutated_trees import json_spoilt, xml_spoilt

MOST = 24_000  # bytes of a usual mutated input
VAST = 200_000  # bytes of one that was blown up, to find what grows faster than its input
_TOKEN = re.compile(
    rb"\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'|</?[\w:.-]+|/?>|[-+]?\d+(?:\.\d+)?|\w+|\s+|.", re.DOTALL
)
_TAG = re.compile(rb"<(/?)([\w:.-]+)[^<>]*?(/?)>")

NUMBERS = (
    *(
        b"0",
        b"-0",
        b"-1",
        b"1",
        b"2",
        b"7.5",
        b"0,5",
        b"1e5",
        b"1e308",
        b"1e400",
        b"-1e400",
        b"1e-400",
        b"5e-324",
    ),
    *(b"NaN", b"nan", b"Infinity", b"-inf", b"1_000", b"0x10", b"1.", b".5", b"+3", b"--1", b"1/0", b"1'000"),
    *(b"255", b"16384", b"65536", b"1048577", b"2147483648", b"4294967295", b"9007199254740993"),
    *(b"9223372036854775808", b"18446744073709551616", b"1" * 400, b"9" * 5_000),
    *("٣".encode(), "²".encode(), "Ⅷ".encode(), "\uff11\uff12".encode()),
)
TEXTS = (
    *(
        b"",
        b" ",
        b"\t",
        b"\n",
        b"\r",
        b"\r\n",
        b"\0",
        b"\x01",
        b"\x0b",
        b"\x0c",
        b"\x1b",
        b"\x1c",
        b"\x7f",
        b"\xc2\x85",
    ),
    *(
        b"\xff",
        b"\xfe\xff",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\xc0\x80",
        b"\xf4\x90\x80\x80",
        b"\xe2",
    ),
    *(
        b"\\ud800",
        b"\\u0000",
        b"\\uffff",
        b"&#0;",
        b"&#xD800;",
        b"&#x10FFFF;",
        b"&lt;",
        b"&amp;",
        b"&undefined;",
    ),
    *("\u2028".encode(), "\u202e".encode(), "\u200b".encode(), "\ufeff".encode(), "\ufffe".encode()),
    *("e\u0301".encode(), "\u00e9".encode(), "\u0130".encode(), "\u00df".encode(), "\ufb01".encode()),
    *("\U0001f469\u200d\U0001f680".encode(), "\u0627\u0644".encode(), b"a" * 1_001, "\u0301".encode() * 500),
    *(
        b"=1+1",
        b"@x",
        b"-",
        b"'",
        b'"',
        b"''",
        b'""',
        b"\\",
        b'\\"',
        b";",
        b"\\;",
        b"a;b;;c",
        b",",
        b"|",
        b":",
        b"::",
    ),
    *(
        b"<",
        b">",
        b"<>",
        b"]]>",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"<?x?>",
        b"{",
        b"}",
        b"[",
        b"]",
        b"null",
        b"true",
    ),
    *(
        b"yes",
        b"no",
        b"None",
        b"extra:x",
        b"talks",
        b"reports",
        b"needs",
        b"member",
        b"part of",
        b"module",
        b"role",
    ),
)
CODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp1250", "shift_jis", "utf-7")


def mutated(data: bytes, draw: random.Random, words: Sequence[bytes], other: bytes) -> bytes:
    """`data` after some mutations. `words`: those of its format; `other`: a second file to borrow from."""
    most = VAST if draw.random() < 0.004 else MOST
    if draw.random() < 0.6 and (tree := _as_tree(data, draw, words)) is not None:
        if most == MOST and draw.random() < 0.8:
            return tree
        data = tree[:most]
    for _ in range(min(draw.choice((1, 1, 1, 2, 2, 3, 4, 6)), 6)):
        chosen = draw.choices(_WAYS, _WEIGHTS)[0]
        data = chosen(data, draw, words, other)[:most]
    if most == VAST:
        data = _blown_up(data, draw)
    return data


def _as_tree(data: bytes, draw: random.Random, words: Sequence[bytes]) -> bytes | None:
    start = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        return xml_spoilt(data, draw, words)
    return json_spoilt(data, draw, words) if start.startswith((b"{", b"[")) else None


def blocks(data: bytes) -> list[tuple[int, int]]:
    """Where the parts lie that belong together: elements of XML, objects and lists of JSON, else lines."""
    start = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n")
    found: list[tuple[int, int]] = []
    waiting: list[tuple[bytes, int]] = []
    if start.startswith(b"<"):
        for tag in _TAG.finditer(data):
            if tag[3]:
                found.append(tag.span())
            elif not tag[1]:
                waiting.append((tag[2], tag.start()))
            elif waiting and waiting[-1][0] == tag[2]:
                found.append((waiting.pop()[1], tag.end()))
    elif start.startswith((b"{", b"[")):
        for at, sign in enumerate(data):
            if sign in b"{[":
                waiting.append((b"", at))
            elif sign in b"}]" and waiting:
                found.append((waiting.pop()[1], at + 1))
    if not found:
        at = 0
        for line in data.splitlines(keepends=True):
            found.append((at, at + len(line)))
            at += len(line)
    return found


def _span(data: bytes, draw: random.Random) -> tuple[int, int]:
    """A block, a word or any piece."""
    if not data:
        return 0, 0
    match draw.randrange(3):
        case 0:
            found = blocks(data)
            return draw.choice(found) if found else (0, len(data))
        case 1:
            return _token(data, draw)
        case _:
            at = draw.randrange(len(data))
            return at, min(at + 1 + int(draw.expovariate(1 / 20)), len(data))


def _token(data: bytes, draw: random.Random) -> tuple[int, int]:
    at = draw.randrange(len(data)) if data else 0
    start = max(data.rfind(b"\n", 0, at), at - 200, 0)
    for found in _TOKEN.finditer(data, start):
        if found.end() > at:
            return found.span()
    return at, len(data)


def _cut(data: bytes, draw: random.Random, _words: Sequence[bytes], _other: bytes) -> bytes:
    first, last = _span(data, draw)
    return data[:first] + data[last:]


def _doubled(data: bytes, draw: random.Random, _words: Sequence[bytes], _other: bytes) -> bytes:
    first, last = _span(data, draw)
    often = draw.choice((1, 1, 1, 2, 5, 30))
    return data[:last] + data[first:last] * often + data[last:]


def _swapped(data: bytes, draw: random.Random, _words: Sequence[bytes], _other: bytes) -> bytes:
    (a, b), (c, d) = sorted((_span(data, draw), _span(data, draw)))
    return data if c < b else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _moved(data: bytes, draw: random.Random, _words: Sequence[bytes], _other: bytes) -> bytes:
    """A piece of the file in the place of another: a value twice, an id that is an end."""
    (a, b), (c, d) = _span(data, draw), _span(data, draw)
    return data[:a] + data[c:d] + (data[b:] if draw.random() < 0.6 else data[a:])


def _borrowed(data: bytes, draw: random.Random, _words: Sequence[bytes], other: bytes) -> bytes:
    (a, b), (c, d) = _span(data, draw), _span(other, draw)
    return data[:a] + other[c:d] + (data[b:] if draw.random() < 0.6 else data[a:])


def _spoken(data: bytes, draw: random.Random, words: Sequence[bytes], _other: bytes) -> bytes:
    """A word of the format where another stood, with or without its quotes."""
    a, b = _token(data, draw)
    word = draw.choice(words or TEXTS)
    if data[a : a + 1] in (b'"', b"'") and b - a > 1 and draw.random() < 0.8:
        a, b = a + 1, b - 1
    return data[:a] + word + (data[b:] if draw.random() < 0.7 else data[a:])


def _nasty(data: bytes, draw: random.Random, _words: Sequence[bytes], _other: bytes) -> bytes:
    return _spoken(data, draw, TEXTS, b"")


def _numbered(data: bytes, draw: random.Random, _words: Sequence[bytes], _other: bytes) -> bytes:
    """Another number in the place of one."""
    found = [each.span() for each in re.finditer(rb"[-+]?\d+(?:[.,]\d+)?", data)]
    a, b = draw.choice(found) if found else _token(data, draw)
    return data[:a] + draw.choice(NUMBERS) + data[b:]


def _nested(data: bytes, draw: random.Random, _words: Sequence[bytes], _other: bytes) -> bytes:
    """A block within itself, deep."""
    a, b = draw.choice(blocks(data) or [(0, len(data))])
    block = data[a:b]
    deep = draw.choice((2, 5, 50, 500, 3_000))
    middle = len(block) // 2
    opening = block.find(b">") + 1 if block.startswith(b"<") else 1
    closing = block.rfind(b"</") if block.startswith(b"<") else len(block) - 1
    if not 0 < opening <= closing:
        opening = closing = middle
    deep = max(min(deep, MOST // max(len(block), 1)), 1)
    inner = block[opening:closing]
    return data[:a] + block[:opening] * deep + inner + block[closing:] * deep + data[b:]


def _flipped(data: bytes, draw: random.Random, _words: Sequence[bytes], _other: bytes) -> bytes:
    if not data:
        return data
    found = bytearray(data)
    found[draw.randrange(len(found))] ^= 1 << draw.randrange(8)
    return bytes(found)


def _ended(data: bytes, draw: random.Random, _words: Sequence[bytes], _other: bytes) -> bytes:
    return data[: draw.randrange(len(data) + 1)]


def _recoded(data: bytes, draw: random.Random, _words: Sequence[bytes], _other: bytes) -> bytes:
    """In another encoding, with other line ends, or in capitals."""
    match draw.randrange(5):
        case 0:
            return data.decode("utf-8", "replace").encode(draw.choice(CODINGS), "replace")
        case 1:
            return draw.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0", b"\n\n", b"sep=;\n")) + data
        case 2:
            return data.replace(b"\n", draw.choice((b"\r", b"\r\n", b"\n\n", b"\n\0", b"\x85", b" ")))
        case 3:
            old, new = draw.choice(
                ((b",", b";"), (b",", b"\t"), (b'"', b"'"), (b'"', b""), (b" ", b""), (b";", b"|"))
            )
            return data.replace(old, new)
        case _:
            return draw.choice((data.upper, data.lower, data.swapcase, data.title))()


def _blown_up(data: bytes, draw: random.Random) -> bytes:
    """One block or piece again and again, some of them told apart by a number."""
    first, last = draw.choice(blocks(data) or [(0, len(data))]) if draw.random() < 0.7 else _span(data, draw)
    piece = data[first:last]
    if not piece:
        return data
    often = draw.choice((100, 1_000, 10_000, 100_000))
    often = max(min(often, (VAST - len(data)) // len(piece)), 1)
    if draw.random() < 0.5 and len(piece) > 4:
        numbers = re.split(rb"(\d+)", piece)
        at = draw.randrange(1, len(numbers), 2) if len(numbers) > 1 else None
        if at is not None:
            before, after = b"".join(numbers[:at]), b"".join(numbers[at + 1 :])
            told = b"".join(before + str(number).encode() + after for number in range(often))
            return data[:last] + told + data[last:]
    return data[:last] + piece * often + data[last:]


_Way = Callable[[bytes, random.Random, Sequence[bytes], bytes], bytes]
_WAYS: tuple[_Way, ...] = (
    *(_cut, _doubled, _swapped, _moved, _borrowed, _spoken, _nasty, _numbered),
    *(_nested, _flipped, _ended, _recoded),
)
_WEIGHTS = (12, 10, 8, 12, 8, 16, 10, 10, 2, 5, 3, 3)
