"""Do other programs read what is written here, and is what they write read here?

    python -m checks.programs [FILE ...] [--pictures DIR]

With the programs of this machine: SocNetV opens GraphML and Pajek with the same counts; LibreOffice
converts the workbook and the tables and every cell comes back as it was, none of them worked out, and what
it writes as ODS is read as the same map; pdftotext finds every name in the PDF; Chromium opens the page
(`checks.page`). `FILE`: maps to try, else three samples and a map of names that are formulas, dates and
markup. Prints what was counted. Ends with 0 if all is well, 1 if something differs, each on a line, and 3
if nothing differs but a program was not there to be asked.

Needs (Debian): socnetv and what `checks.socnetv` names, libreoffice-calc, poppler-utils, chromium.
Takes some two minutes.
"""

from __future__ import annotations

import argparse
import csv
import io
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from checks import socnetv
from checks.round_trips import differences
from orgmap.assets import asset
from orgmap.files import formats, table_writer
from orgmap.files.elements import as_text
from orgmap.model.document import Document
from orgmap.model.entities import Link, LinkId, LinkKind, Node, NodeId

SAMPLES = 3
PATIENCE = 180  # seconds for one conversion
CALC = 'csv:"Text - txt - csv (StarCalc)":44,34,76,1,,0,false,true,false,false,false,{sheet}'
ODD: tuple[str, ...] = (
    "=1+1",
    "+1",
    "-1",
    "@x",
    '=HYPERLINK("http://a.example")',
    "007",
    "1/2",
    "3.5.24",
    "TRUE",
    "1e5",
)
ODD += ("R&D <b>x</b>", "Łukasz Żółć", "  two  spaces", "a;b", 'say "hi"', "'quoted", "one, two", "50%")
GUESSED = ("1/2", "3.5.24", "50%")  # what a spreadsheet takes for a date or number in any table of text
BY_HAND = [("ana", "ben", 3.0, "2024-03-01"), ("ana", "cy", 7.0, "2024-03-02 09:30")]
_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}"'
    for name, space in (
        *((name, f"{name}:1.0") for name in ("office", "table", "text", "style")),
        ("number", "datastyle:1.0"),
        ("of", "of:1.2"),
    )
)
_DAY = '<number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>'
_DAY += '<number:text>-</number:text><number:day number:style="long"/>'
_TIME = "<number:text> </number:text><number:hours/><number:text>:</number:text><number:minutes/>"
_CELL = '<table:table-cell office:value-type="string"'
HAND = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_NAMES} office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:automatic-styles>
<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>
<number:date-style style:name="N1">{_DAY}</number:date-style>
<number:date-style style:name="N2">{_DAY}{_TIME}</number:date-style>
<style:style style:name="d" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="t" style:family="table-cell" style:data-style-name="N2"/>
</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Talks">
<table:table-row>
{_CELL}><text:p>from</text:p></table:table-cell>
{_CELL}><text:p>to</text:p></table:table-cell>
{_CELL}><text:p>per week</text:p></table:table-cell>
{_CELL}><text:p>since</text:p></table:table-cell>
</table:table-row><table:table-row>
{_CELL} table:number-rows-spanned="2"><text:p>ana</text:p></table:table-cell>
{_CELL}><text:p>ben</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="3"/>
<table:table-cell table:style-name="d" office:value-type="date" office:date-value="2024-03-01"/>
</table:table-row><table:table-row>
<table:covered-table-cell/>
{_CELL}><text:p>cy</text:p></table:table-cell>
<table:table-cell table:formula="of:=[.C2]+4" office:value-type="float" office:value="7"/>
<table:table-cell table:style-name="t" office:value-type="date" office:date-value="2024-03-02T09:30:00"/>
</table:table-row></table:table><table:table table:name="Old" table:style-name="h"><table:table-row>
{_CELL}><text:p>x</text:p></table:table-cell>
{_CELL}><text:p>y</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document>
"""


def main(arguments: list[str]) -> int:
    """See the docstring."""
    parser = argparse.ArgumentParser(prog="python -m checks.programs", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--pictures", type=Path)
    asked = parser.parse_args(arguments)
    maps = [(path.stem, formats.read(path).document) for path in asked.files or _samples()]
    maps.append(("odd", odd_map()))
    missing: list[str] = []
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="orgmap-programs-") as folder:
        if lacking := socnetv.missing():
            missing.append(f"SocNetV ({', '.join(lacking)})")
        if shutil.which("soffice") is None:
            missing.append("LibreOffice (soffice)")
        if shutil.which("pdftotext") is None:
            missing.append("pdftotext (poppler-utils)")
        for name, document in maps:
            place = Path(folder) / name
            place.mkdir()
            if not lacking:
                wrong += in_socnetv(name, document, place, asked.pictures)
            if shutil.which("soffice"):
                wrong += in_libreoffice(name, document, place)
            if shutil.which("pdftotext"):
                wrong += in_pdf(name, document, place)
        if shutil.which("soffice"):
            wrong += by_hand(Path(folder))
    wrong += _page(missing)
    for line in wrong:
        print(f"WRONG {line}")
    for each in missing:
        print(f"not asked, because it is not installed: {each}")
    return 1 if wrong else 3 if missing else 0


def _samples() -> list[Path]:
    return sorted(asset("samples").glob("*.orgmap"))[:SAMPLES]


def odd_map() -> Document:
    """People whose names a spreadsheet would run, work out, or take for a date."""
    ids = [NodeId(f"n{at}") for at in range(1, len(ODD) + 1)]
    nodes = {key: Node(id=key, name=name, title=name) for key, name in zip(ids, ODD, strict=True)}
    kinds = (LinkKind.TALKS, LinkKind.REPORTS, LinkKind.NEEDS)
    links = [
        Link(
            id=LinkId(f"l{at}"),
            source=ids[at],
            target=ids[at + 1],
            kind=kinds[at % 3],
            two_way=not at % 6,
            purpose=ODD[at],
        )
        for at in range(len(ids) - 1)
    ]
    return Document(nodes=nodes, links={link.id: link for link in links})


def in_socnetv(name: str, document: Document, place: Path, pictures: Path | None) -> Iterator[str]:
    """Everybody, and an arc for each way of a line; several between the same two are one there."""
    for suffix in (".graphml", ".net"):
        path = place / f"map{suffix}"
        formats.write(document, path)
        people = len(document.nodes) + len(document.modules)
        if suffix == ".net":
            ends = {end for link in document.links.values() for end in (link.source, link.target)}
            people = len(document.nodes) + len(ends & set(document.modules))
        lines = {(*_outside(link), link.two_way) for link in document.links.values()}
        ways = {(a, b) for a, b, _ in lines} | {(b, a) for a, b, both in lines if both}
        whole = all(both for _, _, both in lines)
        arcs = len(ways) // 2 if whole else len(ways)
        if suffix == ".net":  # where a line both ways is none of the arcs
            arcs = sum(1 for _, _, both in lines if not both)
            arcs += 2 * len({frozenset((a, b)) for a, b, both in lines if both})
        expected = (people, arcs)
        if pictures is not None:
            pictures.mkdir(exist_ok=True)
        picture = pictures / f"socnetv-{name}{suffix}.png" if pictures is not None else None
        found = socnetv.counts(path, picture) or socnetv.counts(path, picture)  # a busy machine: once more
        print(f"SocNetV, {name}{suffix}: {found}, expected {expected}")
        if found != expected:
            yield f"SocNetV, {name}{suffix}: {found} nodes and arcs, and the map has {expected}"


def _outside(link: Link) -> tuple[str, str]:
    """The ends in a file: a report comes before the boss."""
    ends = (str(link.source), str(link.target))
    return ends[::-1] if link.kind is LinkKind.REPORTS else ends


def in_libreoffice(name: str, document: Document, place: Path) -> Iterator[str]:
    """The cells of workbook and tables after LibreOffice had them, and its ODS read as a map."""
    people, modules, links = table_writer.rows_of(document)
    rows = {"people": people, "links": links, "modules": modules}
    book = place / "book.xlsx"
    formats.write(document, book)
    compared = 0
    for at, (sheet, wanted) in enumerate(rows.items(), 1):
        if not wanted:
            continue
        found = _cells(_converted(book, CALC.format(sheet=at), place / f"x{at}", "csv"))
        wanted = [{k: v for k, v in each.items() if (sheet, k) != ("modules", "kind")} for each in wanted]
        names = found[0] if found else []
        lacking = {key for each in wanted for key in each}.difference(names)
        yield from (f"LibreOffice, {name}.xlsx, {sheet}: no column {key}" for key in sorted(lacking))
        expected = [names, *([as_text(each.get(key)) for key in names] for each in wanted)]
        compared += sum(map(len, expected))
        yield from _compared(f"LibreOffice, {name}.xlsx, {sheet}", expected, found)
    table = place / "table.csv"
    formats.write(document, table)
    for path in (table, table_writer.people_path(table)):
        expected = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        found = _cells(_converted(path, CALC.format(sheet=0), place / "c", "csv", text=True))
        compared += sum(map(len, expected))
        for line in _compared(f"LibreOffice, {path.name} of {name}", expected, found):
            if not any(f": {each!r}, and" in line for each in GUESSED):
                yield line
    again = formats.read(_converted(book, "ods", place / "o", "ods")).document
    lost = differences(formats.left(document, book), again)
    print(
        f"LibreOffice, {name}: {compared} cells; its ODS: {len(again.nodes)} people, {len(lost)} differences"
    )
    yield from (f"LibreOffice, ODS of {name}: {line}" for line in lost)


def by_hand(folder: Path) -> Iterator[str]:
    """A table with a date, merged cells, a formula and a hidden sheet, as LibreOffice saves it."""
    raw = folder / "hand.fods"
    raw.write_text(HAND, encoding="utf-8")
    for ending in ("ods", "xlsx"):
        opened = formats.read(_converted(raw, ending, folder / f"hand-{ending}", ending))
        lines = [
            (link.source, link.target, link.per_week, link.extra.get("since"))
            for link in opened.document.links.values()
        ]
        print(f"LibreOffice, made by hand, {ending}: {len(lines)} links, {len(opened.notes)} notes")
        if lines != BY_HAND:
            yield f"LibreOffice, made by hand, {ending}: {lines}, and not {BY_HAND}"
        if not any("hidden" in str(note.message) for note in opened.notes):
            yield f"LibreOffice, made by hand, {ending}: the hidden sheet is not told"


def in_pdf(name: str, document: Document, place: Path) -> Iterator[str]:
    """Every name, as text; one too long for its room is cut in the middle, as on the screen."""
    path = place / "map.pdf"
    formats.write(document, path)
    words = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True).stdout
    found, lines = _letters(words.decode()), words.decode().splitlines()
    short = [tuple(map(_letters, line.split("…"))) for line in lines if line.count("…") == 1]
    lost = [
        name
        for name in (node.name for node in document.nodes.values())
        if _letters(name) not in found
        and not any(_letters(name).startswith(a) and _letters(name).endswith(b) for a, b in short)
    ]
    print(f"pdftotext, {name}: {len(document.nodes) - len(lost)} of {len(document.nodes)} names")
    yield from (f"pdftotext, {name}: {each!r} is not in the PDF" for each in lost)


def _letters(words: str) -> str:
    """Without spaces and line ends, which a drawing has where it breaks a name."""
    return "".join(unicodedata.normalize("NFKC", words).split())


def _page(missing: list[str]) -> list[str]:
    """What the check of the page says, which has its own words for what is missing."""
    done = subprocess.run(
        [sys.executable, "-m", "checks.page"], capture_output=True, text=True, check=False, timeout=600
    )
    print("Chromium:", *(done.stdout.strip().splitlines()[-1:] or ["nothing said"]))
    print(done.stderr[-2_000:], file=sys.stderr)
    if done.returncode == 2:
        missing.append("Chromium")
        return []
    return [f"checks.page ended with {done.returncode}"] if done.returncode else []


def _converted(path: Path, to: str, place: Path, ending: str, *, text: bool = False) -> Path:
    """What LibreOffice makes of a file; a text is read as a spreadsheet reads what is double-clicked."""
    place.mkdir(exist_ok=True)
    read = ["--infilter=CSV:44,34,76,1"] if text else []
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = ["soffice", profile, "--headless", *read, "--convert-to", to.replace('"', ""), "--outdir"]
    done = subprocess.run(
        [*command, str(place), str(path)], capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    found = sorted(place.glob(f"{path.stem}*.{ending}"))
    if not found:
        raise RuntimeError(f"soffice wrote nothing for {path.name}: {done.stdout}{done.stderr}")
    return found[0]


def _cells(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def _compared(where: str, expected: list[list[str]], found: list[list[str]]) -> Iterator[str]:
    if len(expected) != len(found):
        yield f"{where}: {len(found)} rows, and {len(expected)} were written"
    for number, (wanted, got) in enumerate(zip(expected, found, strict=False), 1):
        for column, (old, new) in enumerate(zip(wanted, [*got, *[""] * len(wanted)], strict=False), 1):
            if old != new and not _same_number(old, new):
                yield f"{where}, row {number}, column {column}: {old!r}, and there it is {new!r}"


def _same_number(old: str, new: str) -> bool:
    """A spreadsheet shows a number with the digits that fit."""
    try:
        return abs(float(old) - float(new)) <= 1e-9 * max(1.0, abs(float(old)))
    except ValueError:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
