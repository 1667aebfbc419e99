"""Files made to harm: packed bombs, entities, paths that lead out, cells at the end of the world.

Nothing outside the file is read, nothing is written, and it is said what is wrong with it.
"""

from __future__ import annotations

import contextlib
import io
import os
import socket
import stat
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from orgmap.errors import ReadError
from orgmap.files import formats
from orgmap.model.document import problems
from tests.files.rows import arrows, notes
from tests.files.workbooks import SPREADSHEET, cell, ods, ods_table, packed, row, unpacked, xlsx

LINKS = row("from", "to") + row("ana", "ben")
BOOK = xlsx({"a": LINKS})
ODS = ods(ods_table("a", cell("from") + cell("to"), cell("ana") + cell("ben")))
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
BODY = "<graphml><graph><node id='a'>%s</node></graph></graphml>"
DOCTYPES = {
    "billion laughs": f"<!DOCTYPE g [{LAUGHS}]>" + BODY % "&l9;",
    "one long entity many times": f'<!DOCTYPE g [<!ENTITY x "{"a" * 50_000}">]>' + BODY % ("&x;" * 50_000),
    "only a doctype": "<!DOCTYPE graphml>" + BODY % "",
    "a file": '<!DOCTYPE g [<!ENTITY x SYSTEM "file://{file}">]>' + BODY % "&x;",
    "a file by a parameter": '<!DOCTYPE g [<!ENTITY % x SYSTEM "file://{file}"> %x;]>'
    + BODY.replace("%s", ""),
    "an outside DTD": '<!DOCTYPE graphml SYSTEM "file://{file}">' + BODY % "",
    "a DTD of the net": '<!DOCTYPE graphml PUBLIC "-//x" "http://example.invalid/x.dtd">' + BODY % "",
}


@pytest.fixture
def silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks for another machine fails the test."""

    def refused(*_args: object, **_more: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refused)
    monkeypatch.setattr(socket.socket, "connect", refused)


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Path]:
    """A pipe that nobody writes to: whoever opens it to read waits for ever, and the test with them."""
    path = tmp_path / "trap"
    os.mkfifo(path)
    yield path
    assert stat.S_ISFIFO(path.lstat().st_mode)


needs_pipes = pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")


@needs_pipes
@pytest.mark.usefixtures("silence")
@pytest.mark.parametrize("words", DOCTYPES.values(), ids=DOCTYPES)
@pytest.mark.parametrize("name", ["plan.graphml", "plan.gexf", "plan.xml"])
def test_entities_of_a_graph_are_never_looked_up(words: str, name: str, trap: Path) -> None:
    if name == "plan.gexf":
        words = words.replace("<graphml>", "<gexf>").replace("</graphml>", "</gexf>")
    data = words.replace("{file}", str(trap)).encode()

    with pytest.raises(
        ReadError, match="has a DOCTYPE or entities, which can be used to attack; it was not read"
    ):
        formats.read_bytes(
            data, Path(name).with_suffix(".graphml" if name == "plan.xml" else Path(name).suffix)
        )


@needs_pipes
@pytest.mark.usefixtures("silence")
@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_an_entity_in_another_encoding_is_refused_too(encoding: str, trap: Path) -> None:
    words = DOCTYPES["a file"].replace("{file}", str(trap))

    with pytest.raises(ReadError, match="DOCTYPE"):
        formats.read_bytes(words.encode(encoding), Path("plan.graphml"))


@needs_pipes
@pytest.mark.usefixtures("silence")
@pytest.mark.parametrize(
    ("name", "part"),
    [
        *(("plan.xlsx", part) for part in unpacked(BOOK)),
        ("plan.xlsx", "xl/sharedStrings.xml"),
        ("plan.xlsx", "xl/externalLinks/externalLink1.xml"),
        ("plan.ods", "content.xml"),
        ("plan.ods", "META-INF/manifest.xml"),
    ],
)
def test_entities_in_any_part_of_a_workbook_are_never_looked_up(name: str, part: str, trap: Path) -> None:
    parts = unpacked(BOOK if name == "plan.xlsx" else ODS)
    entity = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{trap}">]>'.encode()

    data = packed({**parts, part: entity + parts.get(part, b"<x>&a;</x>")})

    with pytest.raises(ReadError, match="has a DOCTYPE or entities"):
        formats.read_bytes(data, Path(name))


@needs_pipes
@pytest.mark.usefixtures("silence")
def test_links_to_other_files_are_not_followed_and_macros_not_looked_at(trap: Path) -> None:
    outside = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath"'
        f' Target="file://{trap}" TargetMode="External"/></Relationships>'
    )
    formula = f'<row r="3"><c r="A3" t="str"><f>[1]Sheet1!A1</f><v>cy</v></c><c r="B3"><f>WEBSERVICE("http://{trap}")</f></c></row>'
    parts = unpacked(xlsx({"a": LINKS + formula}))
    data = packed(
        {
            **parts,
            "xl/externalLinks/externalLink1.xml": "<externalLink><externalBook/></externalLink>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": outside,
            "xl/vbaProject.bin": b"Sub Auto_Open()",
        }
    )

    found = formats.read_bytes(data, Path("plan.xlsm"))

    assert arrows(found.document) == ["ana > ben"]
    assert [number for number, _ in notes(found)] == [3, 3]
    assert "has no result saved with it" in notes(found)[0][1]


def _with_links_out(data: bytes, target: Path) -> bytes:
    """The workbook, and members that would be written outside its folder by whoever unpacks them there."""
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        for name in ("../escaped.xml", f"{target}/absolute.xml", "..\\back.xml", "xl/../../up.xml"):
            archive.writestr(name, "<x/>")
        link = zipfile.ZipInfo("xl/link.xml")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, str(target / "secret"))
    return stream.getvalue()


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.ods"])
def test_members_of_a_packed_file_whose_paths_lead_out_write_and_read_nothing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret").write_text("<x/>")
    monkeypatch.chdir(tmp_path / "inside")
    data = _with_links_out(BOOK if name == "plan.xlsx" else ODS, tmp_path)

    if name == "plan.ods":
        assert arrows(formats.read_bytes(data, Path(name)).document) == ["ana > ben"]
    else:
        with pytest.raises(
            ReadError, match=r"The XML of xl/link\.xml is broken"
        ):  # it holds a path, and no XML
            formats.read_bytes(data, Path(name))
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["inside", "secret"]


@pytest.mark.parametrize(
    "target", ["../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "\\\\host\\x"]
)
@pytest.mark.usefixtures("silence")
def test_a_sheet_that_is_said_to_lie_outside_is_not_there(target: str) -> None:
    parts = unpacked(BOOK)
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"worksheets/sheet1.xml", target.encode()
    )

    with pytest.raises(
        ReadError, match=r"nothing on the sheets|cannot be read|no workbook|do not make a workbook"
    ):
        formats.read_bytes(packed(parts), Path("plan.xlsx"))


def test_a_workbook_with_a_password_on_its_members_is_called_locked() -> None:
    data = bytearray(BOOK)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 1)

    with pytest.raises(ReadError, match="protected by a password"):
        formats.read_bytes(bytes(data), Path("plan.xlsx"))


@pytest.mark.parametrize(
    "said",
    [
        'office:value-type="float" office:value="1e400"',
        'office:value-type="float" office:value="NaN"',
        'office:value-type="float" office:value="-0"',
        f'office:value-type="float" office:value="{"9" * 5_000}"',
        'office:value-type="date" office:date-value="2024-13-45"',
        'office:value-type="date" office:date-value="+12024-01-01"',
        'office:value-type="time" office:time-value="PT99999999999H"',
        'office:value-type="boolean" office:boolean-value="perhaps"',
        'office:value-type="nonsense" office:value="x"',
        'office:value-type="string"',
    ],
)
def test_a_value_that_no_cell_can_have_spoils_no_other_cell_or_is_refused(said: str) -> None:
    odd = f"<table:table-cell {said}><text:p>x</text:p></table:table-cell>"
    data = ods(ods_table("a", cell("from") + cell("to") + cell("since"), cell("ana") + cell("ben") + odd))

    found: list[str] = []
    with contextlib.suppress(ReadError):
        document = formats.read_bytes(data, Path("plan.ods")).document
        assert problems(document) == []
        found = arrows(document)

    assert found == ([] if "nonsense" in said else ["ana > ben"])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('attr.type="int"', 'attr.type="complex"', []),
        ("<graph ", '<graph parse.nodes="99999999999" ', []),
        (
            ">2<",
            ">1e400<",
            [
                "level: 1e400 is not of the type int; kept as text.",
                "level: 1e400 is too large; the value was left out.",
            ],
        ),
        ('target="b"', 'target="nobody"', ["nobody is not among the people; a person of that name was put"]),
        ('id="b"', 'id="a"', ["a was there already", "b is not among the people; a person of that name"]),
    ],
)
def test_what_a_graph_says_wrongly_is_told_and_the_rest_is_read(old: str, new: str, said: list[str]) -> None:
    words = (
        '<graphml><key id="d" for="node" attr.name="level" attr.type="int"/><graph edgedefault="directed">'
        '<node id="a"><data key="d">2</data></node><node id="b"/><edge source="a" target="b"/></graph>'
        "</graphml>"
    )
    assert old in words

    found = formats.read_bytes(words.replace(old, new, 1).encode(), Path("plan.graphml"))

    told = [words for _, words in notes(found)]
    assert len(told) == len(said)
    assert all(any(part in each for each in told) for part in said)
    assert len(found.document.links) == 1


def test_a_packed_file_called_open_document_has_to_hold_one() -> None:
    with pytest.raises(ReadError, match="a packed file without a workbook in it"):
        formats.read_bytes(packed({"mimetype": SPREADSHEET, "../content.xml": "<x/>"}), Path("plan.ods"))
