"""What is taken for what when rows are pasted from elsewhere."""

from __future__ import annotations

import pytest

from orgmap.errors import ReadError
from orgmap.files import fragments as files_fragments
from orgmap.files import pasted
from orgmap.files.pasted import recognized, sentences
from orgmap.model import fragments
from orgmap.model.document import Document, problems
from orgmap.model.query import name_of
from tests.words import org

MAP = org("Ana > Ben", modules={"Sales": "Ana", "Support": "Ben"})


def read(plain: str, html: str = "", document: Document = MAP) -> Document:
    """The map of rows about which there is no doubt."""
    rows = recognized(plain, html, document)
    assert rows.clear
    found = pasted.read(rows).document
    assert problems(found) == []
    return found


def people(document: Document) -> list[str]:
    named = [(n.name, [name_of(document, m) for m in n.modules]) for n in document.nodes.values()]
    return [f"{name} @{','.join(inside)}" if inside else name for name, inside in named]


def lines(document: Document) -> list[str]:
    listed = document.links.values()
    return [
        f"{name_of(document, link.source)} > {name_of(document, link.target)}"
        + (f" {link.channel}" if link.channel else "")
        + (f" {link.per_week:g}" if link.per_week is not None else "")
        for link in listed
    ]


def test_a_list_of_names_is_people_bullets_and_numbers_aside() -> None:
    assert people(read("Cy\nDov Levi\n")) == ["Cy", "Dov Levi"]
    assert people(read("- Cy\r\n- Dov\r\n\r\n• Eva")) == ["Cy", "Dov", "Eva"]
    assert people(read("1. Cy\n2) Dov")) == ["Cy", "Dov"]
    assert people(read("Name\nCy\nDov")) == ["Cy", "Dov"]


def test_a_table_of_people_with_a_header_is_read_as_an_import_would() -> None:
    found = read("Name\tTeam\tLevel\nCy\tSales\t2\nDov\tLegal\t1")

    assert people(found) == ["Cy @Sales", "Dov @Legal"]
    assert [n.level for n in found.nodes.values()] == [2, 1]


def test_two_columns_without_a_header_are_people_and_their_modules_if_the_map_says_so() -> None:
    assert people(read("Cy\tSales\nDov\tSupport")) == ["Cy @Sales", "Dov @Support"]
    assert people(read("Cy\tSales\nDov\tLegal\nEva\tLab")) == ["Cy @Sales", "Dov @Legal", "Eva @Lab"]
    assert people(read("a\tX\nb\tX\nc\tX\nd\tY\ne\tY\nf\tY")) == [
        *("a @X", "b @X", "c @X", "d @Y", "e @Y", "f @Y"),
    ]


def test_two_columns_of_the_same_people_are_links() -> None:
    assert lines(read("Cy\tDov\nDov\tEva\nEva\tCy")) == ["Cy > Dov", "Dov > Eva", "Eva > Cy"]
    assert lines(read("Ana\tBen")) == ["Ana > Ben"]


def test_a_third_column_of_channels_and_one_of_frequencies_say_what_they_are() -> None:
    found = read("Cy\tDov\tchat\tdaily\nDov\tEva\tmail\tweekly")

    assert lines(found) == ["Cy > Dov chat 5", "Dov > Eva mail 1"]


def test_a_matrix_is_links() -> None:
    assert lines(read("\tCy\tDov\tEva\nCy\t0\t1\t0\nDov\t0\t0\t1\nEva\t1\t0\t0")) == [
        *("Cy > Dov", "Dov > Eva", "Eva > Cy"),
    ]


def test_what_could_be_either_is_not_clear() -> None:
    for doubtful in (
        "Cy\tDov\nEva\tFinn",  # people and modules, or links?
        "Cy\tDov\tthree\nEva\tFinn\tfour",
        "from\tasks\nCy\tDov",  # which way does it flow?
        "Dear all, the meeting is on Monday. Please bring the numbers.",
        "Cy, Dov\nEva",
    ):
        assert not recognized(doubtful, "", MAP).clear, doubtful


def test_a_table_in_a_page_is_read_and_not_the_text_run_together() -> None:
    page = """<html><style>td {color: red}</style><table><tr><td>
      <table><tr><th>Name<th>Team</tr><tr><td><p>Cy</p><td><b>Sales</b> </tr>
      <tr><td>Dov &amp; Co</td><td>Support</td></tr></table></td></tr></table>"""

    assert people(read("Name\nTeam\nCy\nSales\nDov & Co\nSupport", page)) == [
        "Cy @Sales",
        "Dov & Co @Support",
    ]


def test_whom_a_mail_is_for_is_a_list_of_people() -> None:
    assert people(read("Cy Low <cy@example.org>, Dov <dov@example.org>")) == ["Cy Low", "Dov"]
    assert people(read("Cy <cy@example.org>;\nDov <dov@example.org>;")) == ["Cy", "Dov"]


def test_lines_of_the_one_line_entry_are_told_from_prose_tables_and_quoted_mails() -> None:
    for said in (
        "Ana > Ben: chat daily",
        "Ana, Ben @Sales\n\nAna <> Cy",
        "Cy, Dov, Eva",
        "Ana reports to Ben",
    ):
        assert sentences(said) is not None, said
    for other in (
        "Cy\nDov",
        "Cy, Dov\nEva, Finn",
        "> Hello\n> Ana > Ben",
        "a\tb > c",
        "See you. Ana > Ben\nBye.",
    ):
        assert sentences(other) is None, other


def test_a_page_without_a_table_gives_way_to_its_text() -> None:
    assert people(read("Cy\nDov", "<p>Cy</p><p>Dov</p>")) == ["Cy", "Dov"]


def test_the_table_that_copying_offers_comes_back_as_the_same_map() -> None:
    base = org("ana <> ben, ana > cy", modules={"Sales": "ana ben"})
    fragment = fragments.taken(base, base.nodes)

    found = read(files_fragments.as_table(fragment), document=Document())

    assert people(found) == ["ana @Sales", "ben @Sales", "cy"]
    assert [link.two_way for link in found.links.values()] == [True, False]


@pytest.mark.parametrize("nonsense", [" " * 400_000, "<" + "@" * 400_000, "<" * 400_000, "\t " * 200_000])
def test_a_long_run_of_one_sign_is_read_in_one_pass(nonsense: str) -> None:
    assert sentences(f"Ana{nonsense}Ben") is None  # by far too slow for the tests, were it looked at twice

    assert not recognized(f"Ana{nonsense}Ben", "", Document()).clear


def test_nothing_and_too_much_are_refused() -> None:
    with pytest.raises(ReadError, match="no text"):
        recognized(" \n", "", MAP)
    with pytest.raises(ReadError, match="too large"):
        recognized("x" * (pasted.MOST_CHARACTERS + 1), "", MAP)


def test_a_fragment_is_read_as_strictly_as_a_file() -> None:
    fragment = fragments.taken(MAP, ["Ana"])
    data = files_fragments.encoded(fragment)

    assert files_fragments.read(data) == fragment
    for bad in (b"", b"{}", b"[1]", data[:-20], data.replace(b'"name": "Ana"', b'"name": 7'), b"\xff\xfe"):
        with pytest.raises(ReadError):
            files_fragments.read(bad)
    with pytest.raises(ReadError, match="nothing of a map"):
        files_fragments.read(b'{"orgmap": 1}')


def test_no_cell_of_the_table_that_copying_offers_can_start_a_formula() -> None:
    base = org("=cmd > @x, +y > -z")

    table = files_fragments.as_table(fragments.taken(base, base.nodes))

    cells = [cell for line in table.splitlines() for cell in line.split("\t")]
    assert [cell for cell in cells if cell[:1] in ("=", "@", "+", "-")] == []
