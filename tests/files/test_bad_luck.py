"""Whatever happens to a file, the answer is words or a sound map; never a traceback, never half a map."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from orgmap.errors import OrgmapError
from orgmap.files import formats, graphml, native, node_link, table_writer
from orgmap.model.document import Document, problems
from tests.words import org

SMALL = org(
    "ana <> ben, ben > cy, ana ^ ben, cy needs dov",
    modules={"Sales": "ana ben", "Łódź": "ben cy"},
    levels={"ana": 1},
    title="Größe",
)
FILES = {
    "plan.orgmap": native.encoded(SMALL),
    "plan.csv": table_writer.encoded(SMALL)[1],
    "plan-people.csv": table_writer.encoded(SMALL)[0],
    "plan.graphml": graphml.encoded(SMALL)[0],
    "plan.json": node_link.encoded(SMALL)[0],
}
MUTATIONS = 300
NASTY = (
    b"\0",
    b"\xff\xfe",
    b'"',
    b"'",
    b"{",
    b"}",
    b"[",
    b",",
    b"\n",
    b"\r",
    b"-1",
    b"NaN",
    b"1e999",
    b"\\ud800",
)


def survives(data: bytes, name: str) -> Document | None:
    """The map, None if it was refused in words; anything else fails the test."""
    try:
        document = formats.read_bytes(data, Path(name)).document
    except OrgmapError:
        return None
    assert problems(document) == []
    native.encoded(document)
    return document


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_off_at_any_byte_is_refused_or_sound(name: str) -> None:
    data = FILES[name]

    for length in range(len(data)):
        survives(data[:length], name)

    assert survives(data, name) is not None


@pytest.mark.parametrize("name", FILES)
def test_a_file_with_bytes_changed_added_or_lost_is_refused_or_sound(name: str) -> None:
    read = 0
    for seed in range(MUTATIONS):
        read += survives(mutated(FILES[name], random.Random(seed)), name) is not None

    assert 0 < read < MUTATIONS


@pytest.mark.parametrize("name", ["plan.orgmap", "plan.csv", "plan.graphml", "plan.json"])
def test_bytes_of_chance_are_refused_or_sound(name: str) -> None:
    draw = random.Random(1)
    for length in (1, 2, 3, 10, 100, 3_000):
        survives(draw.randbytes(length), name)
        survives(bytes(draw.choices(b'{}[]",:<>/=ab01\n', k=length)), name)


@pytest.mark.parametrize("name", ["plan.orgmap", "plan.csv", "plan.graphml", "plan.json"])
def test_a_line_of_ten_megabytes_is_refused_or_sound(name: str) -> None:
    words = {
        "plan.orgmap": b'{"orgmap": 1, "nodes": [{"id": "a", "name": "%s"}]}',
        "plan.csv": b"from,to\na,%s\n",
        "plan.graphml": b'<graphml><graph><node id="%s"/></graph></graphml>',
        "plan.json": b'{"nodes": [{"id": "a", "name": "%s"}], "links": []}',
    }

    document = survives(words[name] % (b"x" * 10_000_000), name)

    if document is not None:
        assert all(len(node.name) <= 1_000 for node in document.nodes.values())


def mutated(data: bytes, draw: random.Random) -> bytes:
    """One to three bytes flipped, pieces doubled, cut out or replaced by something nasty."""
    found = bytearray(data)
    for _ in range(draw.randint(1, 3)):
        at = draw.randrange(len(found))
        match draw.randrange(5):
            case 0:
                found[at] ^= 1 << draw.randrange(8)
            case 1:
                del found[at : at + draw.randint(1, 20)]
            case 2:
                found[at:at] = draw.choice(NASTY)
            case 3:
                found[at:at] = found[at : at + draw.randint(1, 60)]
            case 4:
                other = draw.randrange(len(found))
                found[at : at + 8] = found[other : other + 8]
        if not found:
            return b""
    return bytes(found)
