"""Whatever happens to a file, the answer is words or a sound map; never a traceback, never half a map."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from orgmap.errors import OrgmapError
from orgmap.files import formats, graphml, native, node_link, pajek_writer, table_writer, workbook_writer
from orgmap.model.document import Document, problems
from tests.files.workbooks import cell, ods, ods_table, packed, unpacked
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
    "plan.graphml": graphml.encoded(SMALL),
    "plan.json": node_link.encoded(SMALL),
}
GEXF = b"""<gexf><graph defaultedgetype="directed"><attributes class="node"><attribute id="0" title="level"
 type="integer"/></attributes><nodes><node id="a" label="Ana">
<attvalues><attvalue for="0" value="2"/></attvalues>
<viz:position xmlns:viz="v" x="1.5" y="2"/><nodes><node id="b"/></nodes></node><node id="c" pid="a"/></nodes>
<edges><edge id="1" source="a" target="b" weight="2"/><edge source="b" target="c" type="mutual"/></edges>
</graph></gexf>"""
FILES |= {"plan.gexf": GEXF, "plan.net": pajek_writer.encoded(SMALL)}
BOOKS = {
    "plan.xlsx": workbook_writer.encoded(SMALL),
    "plan.ods": ods(
        ods_table(
            "links",
            cell("from") + cell("to"),
            cell("ana", number_rows_spanned="2") + cell("ben"),
            "<table:covered-table-cell/>" + cell("cy", number_columns_repeated="2"),
        )
    ),
}
CLAIMS = (b"0", b"-1", b"16384", b"1048576", b"4294967296", b"99999999999", b"18446744073709551616")
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


@pytest.mark.parametrize("name", BOOKS)
def test_a_workbook_with_a_part_changed_or_a_number_blown_up_is_refused_or_sound(name: str) -> None:
    parts = unpacked(BOOKS[name])
    told = [part for part in parts if part not in ("mimetype", "xl/theme/theme1.xml", "xl/styles.xml")]
    read = 0
    for seed in range(MUTATIONS):
        draw = random.Random(seed)
        part = draw.choice(told)
        content = mutated(parts[part], draw)
        numbers = list(re.finditer(rb"\d+", content))
        if seed % 2 and numbers:
            number = draw.choice(numbers)
            content = content[: number.start()] + draw.choice(CLAIMS) + content[number.end() :]

        read += survives(packed({**parts, part: content}), name) is not None

    assert 0 < read < MUTATIONS


@pytest.mark.parametrize("name", BOOKS)
def test_a_workbook_cut_off_or_with_bytes_changed_is_refused_or_sound(name: str) -> None:
    data = BOOKS[name]

    for length in range(0, len(data), max(len(data) // 100, 1)):
        survives(data[:length], name)
    for seed in range(MUTATIONS):
        survives(mutated(data, random.Random(seed)), name)

    assert survives(data, name) is not None


@pytest.mark.parametrize(
    "name",
    [
        "plan.orgmap",
        "plan.csv",
        "plan.graphml",
        "plan.json",
        "plan.gexf",
        "plan.net",
        "plan.xlsx",
        "plan.ods",
    ],
)
def test_bytes_of_chance_are_refused_or_sound(name: str) -> None:
    draw = random.Random(1)
    for length in (1, 2, 3, 10, 100, 3_000):
        survives(draw.randbytes(length), name)
        survives(bytes(draw.choices(b'{}[]",:<>/=*ab01\n', k=length)), name)
        survives(b"PK\x03\x04" + draw.randbytes(length), name)


@pytest.mark.parametrize(
    "name", ["plan.orgmap", "plan.csv", "plan.graphml", "plan.json", "plan.gexf", "plan.net"]
)
def test_a_line_of_ten_megabytes_is_refused_or_sound(name: str) -> None:
    words = {
        "plan.orgmap": b'{"orgmap": 1, "nodes": [{"id": "a", "name": "%s"}]}',
        "plan.csv": b"from,to\na,%s\n",
        "plan.graphml": b'<graphml><graph><node id="%s"/></graph></graphml>',
        "plan.json": b'{"nodes": [{"id": "a", "name": "%s"}], "links": []}',
        "plan.gexf": b'<gexf><graph><nodes><node id="a" label="%s"/></nodes></graph></gexf>',
        "plan.net": b'*Vertices 1\n1 "%s"\n',
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
