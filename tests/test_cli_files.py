"""`orgmap convert`, `layout` and `picture`: one file in, one file out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from orgmap.__main__ import main
from orgmap.commands import picture
from orgmap.drawing import picture as drawn
from orgmap.drawing.style import THEMES
from orgmap.files import formats, native
from orgmap.model.document import difference
from orgmap.model.query import counts
from tests.drawing.printed import sizes_of
from tests.files.workbooks import row, xlsx
from tests.program import Ended, environment, orgmap
from tests.words import TEST_ORGANIZATION, org

pytestmark = pytest.mark.usefixtures("qapp")  # or a picture would make an application without widgets

NAMES = ("Annabella", "Bartholomew", "Clementine", "Department of Foo")
SECRET = org(
    "Annabella > Bartholomew, Annabella > Clementine",
    modules={"Department of Foo".replace(" ", "_"): "Annabella Bartholomew"},
    title="Annabella and the others",
    notes="Bartholomew left",
)

Run = Callable[..., Ended]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The program with these words, in this process."""

    def ran(*words: str | Path) -> Ended:
        code = main([str(word) for word in words])
        return Ended(code, *capsys.readouterr())

    return ran


@pytest.fixture
def company(tmp_path: Path) -> Path:
    """The nine people with known numbers, in a file."""
    path = tmp_path / "company.orgmap"
    native.save(TEST_ORGANIZATION, path)
    return path


@pytest.mark.parametrize(
    "suffix", [each.suffix for each in formats.WRITABLE if each.read and not each.picture]
)
def test_what_is_converted_has_the_same_people_and_links(
    suffix: str, company: Path, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / f"out{suffix}"

    ended = run("convert", company, out)

    assert ended.code in (0, 3)
    assert (ended.code == 3) == bool(ended.err)
    people, modules, links = counts(TEST_ORGANIZATION)
    if suffix == ".net":  # which knows no modules, and says so
        assert "Modules, and who is in them, are not kept." in ended.err
        modules = 0
    assert counts(formats.read(out).document) == (people, modules, links)


@pytest.mark.parametrize("first", [each.suffix for each in formats.WRITABLE if each.read])
def test_every_format_is_converted_into_every_other_through_files_and_streams(
    first: str, company: Path, tmp_path: Path, run: Run
) -> None:
    source = tmp_path / f"in{first}"
    run("convert", company, source)
    opened = formats.read(source).document

    for each in formats.WRITABLE:
        if each.picture:
            continue
        out = tmp_path / f"out{each.suffix}"
        ended = run("convert", source, out)

        losses = [f"orgmap: {loss}" for loss in formats.losses(opened, out)]
        assert (ended.code, ended.out) == (3 if losses else 0, "")
        assert ended.err.splitlines()[len(ended.err.splitlines()) - len(losses) :] == losses
        assert formats.read(out).document == formats.left(opened, out)


def test_the_format_of_gephi_is_not_written_and_one_that_gephi_reads_is_named(
    company: Path, tmp_path: Path, run: Run
) -> None:
    ended = run("convert", company, tmp_path / "out.gexf")

    assert ended.code == 2
    assert ".gexf cannot be written" in ended.err
    assert "Did you mean .graphml?" in ended.err
    assert not (tmp_path / "out.gexf").exists()


def test_the_sheets_of_a_workbook_can_be_named(tmp_path: Path, run: Run) -> None:
    book, out = tmp_path / "survey.xlsx", tmp_path / "out.orgmap"
    book.write_bytes(
        xlsx({"May": row("from", "to") + row("ana", "ben"), "June": row("from", "to") + row("ben", "cy")})
    )

    ended = run("convert", book, out, "--sheets", "June")
    wrong = run("convert", book, out, "--sheets", "July")

    assert (ended.code, list(native.load(out).nodes)) == (0, ["ben", "cy"])
    assert (wrong.code, wrong.out) == (2, "")
    assert "There is no sheet called July." in wrong.err


def test_what_is_converted_to_the_native_format_loses_nothing(
    company: Path, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "out.orgmap"

    ended = run("convert", company, out)

    assert (ended.code, ended.err) == (0, "")
    assert not difference(native.load(company), native.load(out))


def test_a_format_that_cannot_hold_everything_is_written_and_the_loss_is_named(
    tmp_path: Path, run: Run
) -> None:
    path, out = tmp_path / "in.orgmap", tmp_path / "out.csv"
    native.save(SECRET, path)

    ended = run("convert", path, out)

    assert ended.code == 3
    assert "title" in ended.err
    assert out.is_file()


@pytest.mark.parametrize("suffix", [".csv", ".graphml", ".orgmap", ".json", ".svg"])
def test_hidden_names_are_nowhere_in_what_is_written(suffix: str, tmp_path: Path, run: Run) -> None:
    path, folder = tmp_path / "in.orgmap", tmp_path / "out"
    folder.mkdir()
    native.save(SECRET, path)

    ended = run("convert", path, folder / f"x{suffix}", "--hide-names")

    written = b"".join(each.read_bytes() for each in folder.iterdir())
    assert ended.code in (0, 3)
    assert not [
        name for name in NAMES if name.encode() in written or name.replace(" ", "_").encode() in written
    ]


@pytest.mark.parametrize(("command", "suffix"), [("convert", ".csv"), ("picture", ".svg")])
def test_without_names_the_notes_say_what_and_where_but_nobodys_name(
    command: str, suffix: str, tmp_path: Path, run: Run
) -> None:
    table, more, out = tmp_path / "survey.csv", tmp_path / "more.csv", tmp_path / f"out{suffix}"
    rows = ("Annabella,,chat,talks", "Bartholomew,Bartholomew,,", "Annabella,Clementine,Jours Fixes,whispers")
    table.write_text("\n".join(("from,to,channel,kind", *rows)))
    more.write_text("from,to\nClementine,Clementine\n")

    told = run(command, table, out, "--links", more).err
    hidden = run(command, table, out, "--links", more, "--hide-names").err

    for word in ("Bartholomew", "Clementine", "Jours Fixes", "whispers"):
        assert word in told
        assert word not in hidden
    assert "survey.csv, row 3: The row links \N{HORIZONTAL ELLIPSIS} to itself" in hidden
    assert "more.csv, row 2: " in hidden
    assert len(hidden.splitlines()) >= len(told.splitlines())


def test_without_names_a_sheet_is_not_named_either(tmp_path: Path, run: Run) -> None:
    book = tmp_path / "staff.xlsx"
    book.write_bytes(xlsx({"Clementine": row("from", "to") + row("Annabella", "Annabella")}))

    hidden = run("convert", book, tmp_path / "out.csv", "--hide-names").err

    assert "staff.xlsx, row 2: " in hidden
    assert "Clementine" not in hidden


def test_layout_gives_everybody_a_place(company: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out.orgmap"

    ended = run("layout", company, out, "--style", "force")

    placed = native.load(out)
    places = {(node.x, node.y) for node in placed.nodes.values()}
    assert (ended.code, ended.err) == (0, "")
    assert len(places) == len(placed.nodes)
    assert (None, None) not in places


def test_layout_is_the_same_each_time(company: Path, tmp_path: Path, run: Run) -> None:
    one, other = tmp_path / "one.orgmap", tmp_path / "other.orgmap"

    run("layout", company, one)
    run("layout", company, other)

    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    "words",
    [
        ("--style", "modules"),
        ("--style", "levels"),
        ("--style", "levels", "--by", "flow"),
        ("--style", "force"),
        ("--style", "circle"),
        ("--style", "rings"),
        ("--style", "rings", "--from", "n"),
    ],
)
def test_every_style_places_everybody_at_a_spot_of_their_own(
    words: tuple[str, ...], company: Path, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "out.orgmap"

    ended = run("layout", company, out, *words)

    assert ended.code == 0
    nodes = formats.read(out).document.nodes.values()
    assert len({(node.x, node.y) for node in nodes if node.x is not None}) == len(TEST_ORGANIZATION.nodes)


def test_the_one_named_stands_in_the_middle_of_the_rings(company: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out.orgmap"

    run("layout", company, out, "--style", "rings", "--from", "X0")

    document = formats.read(out).document
    middle = next(node for node in document.nodes.values() if node.name == "X0")
    away = {
        n.name: abs((n.x or 0) - (middle.x or 0)) + abs((n.y or 0) - (middle.y or 0))
        for n in document.nodes.values()
    }
    assert max(away["A"], away["x1"], away["x2"]) < min(away["Y0"], away["Z0"])


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--style", "spiral"), "modules, levels, force, circle and rings"),
        (("--style", "rings", "--from", "Nobody"), "There is nobody called Nobody"),
        (("--from", "A"), "--from is for --style rings alone"),
        (("--style", "force", "--by", "flow"), "--by is for --style levels alone"),
    ],
)
def test_what_no_layout_can_do_is_refused_by_name(
    words: tuple[str, ...], why: str, company: Path, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "out.orgmap"

    ended = run("layout", company, out, *words)

    assert ended.code == 2
    assert why in ended.err
    assert not out.exists()


@pytest.mark.parametrize("theme", picture.THEMES)
def test_a_picture_is_as_wide_as_asked(theme: str, company: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out.png"

    ended = run("picture", company, out, "--width", "640", "--theme", theme)

    assert (ended.code, ended.err) == (0, "")
    assert QImage(str(out)).width() == 640


def test_no_command_needs_a_screen_or_loads_a_widget(company: Path, tmp_path: Path) -> None:
    code = """
import sys
from orgmap.__main__ import main
for words in (
    "analyze company.orgmap",
    "compare company.orgmap company.orgmap",
    "convert company.orgmap out.csv",
    "layout company.orgmap out.orgmap",
    "picture company.orgmap out.svg",  # the last one: it may load what draws
):
    assert main(words.split()) == 0, words
    assert not {"PySide6.QtWidgets", "pyqtgraph", "orgmap.ui"} & set(sys.modules), words
    assert "PySide6" not in sys.modules or words.startswith("picture"), words
"""

    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env=environment(),
        cwd=tmp_path,
        check=False,
    )

    assert ended.returncode == 0, ended.stderr.decode()
    assert company.is_file()


def test_the_evidence_of_a_finding_can_be_lit(company: Path, tmp_path: Path, run: Run) -> None:
    plain, lit = tmp_path / "plain.svg", tmp_path / "lit.svg"

    run("picture", company, plain)
    ended = run("picture", company, lit, "--overlay", "broadcast-only")

    assert (ended.code, ended.err) == (0, "")
    assert plain.read_bytes() != lit.read_bytes()


def test_a_picture_without_the_finding_it_was_to_light_is_a_loss(
    company: Path, tmp_path: Path, run: Run
) -> None:
    ended = run("picture", company, tmp_path / "out.svg", "--overlay", "isolated")

    assert ended.code == 3
    assert "no finding isolated" in ended.err
    assert (tmp_path / "out.svg").is_file()


def test_a_picture_lies_on_the_page_and_the_sheets_asked_for(company: Path, tmp_path: Path, run: Run) -> None:
    page, poster = tmp_path / "page.pdf", tmp_path / "poster.pdf"

    ended = run("picture", company, page, "--page", "a5", "--portrait")
    tiled = run("picture", company, poster, "--page", "Letter", "--poster", "2x3", "--overlap", "5")

    assert (ended.code, tiled.code) == (0, 0)
    assert [round(side) for side in sizes_of(page.read_bytes())[0]] == [148, 210]
    assert len(sizes_of(poster.read_bytes())) == 7


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("out.png", "--page", "A4"), "Only a PDF has pages"),
        (("out.pdf", "--page", "A44"), "There is no page size A44"),
        (("out.pdf", "--page", "A4", "--width", "900"), "--width and --page do not go together"),
        (("out.pdf", "--landscape", "--portrait"), "--landscape and --portrait do not go together"),
        (("out.pdf", "--poster", "3"), "--poster cannot be 3"),
        (("out.pdf", "--poster", "3x40"), "--poster lies between 1 and 10"),
        (("out.pdf", "--page", "A5", "--margin", "90"), "leave no room"),
    ],
)
def test_a_page_that_cannot_be_is_refused_in_words_and_nothing_is_written(
    words: tuple[str, ...], said: str, company: Path, tmp_path: Path, run: Run
) -> None:
    ended = run("picture", company, tmp_path / words[0], *words[1:])

    assert ended.code == 2
    assert said in ended.err
    assert not (tmp_path / words[0]).exists()


def test_the_choices_of_the_picture_command_are_those_of_the_drawing() -> None:
    assert picture.FORMATS == drawn.FORMATS
    assert picture.WIDTHS == (drawn.NARROWEST, drawn.WIDEST)
    assert picture.THEMES == THEMES


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("convert", "company.orgmap", "out.xyz"), "out.xyz"),
        (("convert", "company.orgmap", "out.cvs"), "Did you mean .csv?"),
        (("convert", "company.orgmap", "nowhere/out.csv"), "nowhere is not there."),
        (("convert", "company.orgma", "out.csv"), "company.orgma"),
        (("convert", ".", "out.csv"), "folder"),
        (("picture", "company.orgmap", "out.gif"), "gif"),
        (("picture", "company.orgmap", "out.png", "--theme", "drak"), "Did you mean dark?"),
        (("analyze", "/dev/null"), "a device"),
        (("layout", "company.orgmap", "/dev/null"), "null:"),
    ],
)
def test_what_cannot_be_done_is_one_message_and_no_file(
    words: tuple[str, ...],
    told: str,
    company: Path,
    tmp_path: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)

    ended = run(*words)

    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err
    assert len(ended.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == [company]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.csv", b""),
        ("header.csv", b"from,to\n"),
        ("binary.orgmap", bytes(range(256)) * 40),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        ("truncated.orgmap", b'{"format": "orgmap", "version": 1, "no'),
        ("newer.orgmap", b'{"format": "orgmap", "version": 999}'),
        ("deep.json", b"[" * 100_000),
        ("bomb.graphml", b'<!DOCTYPE x [<!ENTITY a "b">]><graphml>&a;</graphml>'),
        ("other.json", b'{"hello": 1}'),
    ],
)
def test_a_file_that_is_no_map_is_one_message(name: str, data: bytes, tmp_path: Path, run: Run) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    ended = run("analyze", path)

    assert (ended.code, ended.out) == (2, "")
    assert name in ended.err
    assert len(ended.err.splitlines()) == 1
    assert "Traceback" not in ended.err


def test_a_file_that_was_there_is_replaced_whole_or_not_at_all(
    company: Path, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "out.graphml"
    out.write_bytes(b"before")

    refused = run("convert", company, out, "--kind", "nonsense")
    kept = out.read_bytes()
    done = run("convert", company, out)

    assert (refused.code, kept) == (2, b"before")
    assert done.code in (0, 3)
    assert counts(formats.read(out).document) == counts(TEST_ORGANIZATION)


def test_a_picture_goes_to_standard_output(company: Path) -> None:
    ended = orgmap("picture", company, "-", "--as", "svg")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("<?xml")
    assert ended.out.rstrip().endswith("</svg>")
