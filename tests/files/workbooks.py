"""Workbooks made by hand: the XML as spreadsheets write it, and packed files with anything in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from orgmap.files import formats
from orgmap.files.reading import Opened, ReadOptions
from orgmap.model.document import problems

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)
_CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The members of a zip file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xlsx(sheets: Mapping[str, str], *, hidden: tuple[str, ...] = ()) -> bytes:
    """A workbook; each sheet is what stands within `sheetData`, or a whole document."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    }
    listed, relations = "", ""
    for number, (name, body) in enumerate(sheets.items(), 1):
        state = ' state="hidden"' if name in hidden else ""
        listed += f'<sheet name="{name}" sheetId="{number}"{state} r:id="rId{number}"/>'
        relations += (
            f'<Relationship Id="rId{number}" Type="{_RELATIONS}/worksheet"'
            f' Target="worksheets/sheet{number}.xml"/>'
        )
        whole = body if body.startswith("<!") else f"<sheetData>{body}</sheetData>"
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            body if body.startswith("<!") else f'<worksheet xmlns="{_MAIN}">{whole}</worksheet>'
        )
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
    )
    return packed(parts)


def row(*cells: str, at: int | None = None) -> str:
    """A row of an XLSX sheet with these texts."""
    number = "" if at is None else f' r="{at}"'
    inside = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' if cell else "<c/>" for cell in cells)
    return f"<row{number}>{inside}</row>"


def ods(body: str, styles: str = "") -> bytes:
    """A workbook of LibreOffice; `body` is what stands within `office:spreadsheet`."""
    content = (
        f"<office:document-content {_ODF} {_CALC}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return packed({"mimetype": SPREADSHEET, "content.xml": content, "META-INF/manifest.xml": manifest})


def cell(words: str, **attributes: str) -> str:
    """A cell of an ODS sheet with this text; attributes of `table` without their prefix, `_` for a dash."""
    said = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<table:table-cell{said} office:value-type="string"><text:p>{words}</text:p></table:table-cell>'


def ods_table(name: str, *rows: str, style: str = "") -> str:
    """A sheet of an ODS workbook; each row is what stands within it."""
    called = f' table:style-name="{style}"' if style else ""
    inside = "".join(f"<table:table-row>{cells}</table:table-row>" for cells in rows)
    return f'<table:table table:name="{name}"{called}>{inside}</table:table>'


LINKS = row("from", "to") + row("ana", "ben") + row("ben", "cy")


def opened(data: bytes, name: str = "plan.xlsx", options: ReadOptions | None = None) -> Opened:
    """What is read from it, which is a sound map."""
    found = formats.read_bytes(data, Path(name), options)
    assert problems(found.document) == []
    return found
