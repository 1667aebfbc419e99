"""What tables hold and hardly mean: told by name, kept where a map can keep it, broken where it cannot."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from orgmap.analysis import registry
from orgmap.errors import ReadError
from orgmap.files import assembly, delimited
from orgmap.files.reading import Opened
from orgmap.model.entities import LinkKind, ModuleId
from orgmap.progress import Cancelled, Progress
from tests.files.rows import PLAIN, notes, reading

ORG = "name,team,manager\nana,Sales,\nben,Sales,ana\ncy,IT,ben;ana\ndan,IT,eva\neva,IT,fay\nfay,IT,dan\n"


def told(opened: Opened) -> list[str]:
    return [message for _, message in notes(opened)]


def test_two_bosses_and_a_ring_of_bosses_are_told_by_name_and_kept() -> None:
    opened = reading(ORG, name="people.csv")

    reporting = [link for link in opened.document.links.values() if link.kind is LinkKind.REPORTS]
    assert len(reporting) == 6
    assert "1 person reports to more than one boss: cy. All these lines are kept." in told(opened)
    (ring,) = [line for line in told(opened) if "in a ring" in line]
    assert all(name in ring for name in ("dan", "eva", "fay"))
    assert "ana" not in ring.split(" report")[0]


def test_a_person_in_twelve_modules_is_in_all_of_them_and_told() -> None:
    teams = ";".join(f"team {number}" for number in range(12))
    opened = reading(f"name,team\nana,{teams}\nben,team 1\n", name="people.csv")

    assert len(next(iter(opened.document.nodes.values())).modules) == 12
    assert told(opened) == ["1 person is in more than 8 modules: ana. They are kept in all of them."]


def test_modules_that_contain_each_other_are_broken_at_a_named_place() -> None:
    opened = reading("name,kind,parent\na,team,b\nb,team,a\n", name="modules.csv")

    assert opened.document.modules[ModuleId("a")].parent is None
    assert "a was taken out to the top" in told(opened)[-1]


def test_an_analysis_of_bosses_in_a_ring_and_people_in_many_modules_comes_to_an_end() -> None:
    teams = ";".join(f"team {number}" for number in range(12))
    opened = reading(ORG + f'gil,"{teams}",ana\n', name="people.csv")

    report = registry.run(opened.document, chance=False)

    assert len(report.people) == len(opened.document.nodes)
    assert all(str(finding.claim) for finding in report.findings)


def test_bosses_in_many_rings_are_found_in_one_walk() -> None:
    rows = "".join(f"p{at},p{(at * 7 + 1) % 3_000}\np{at},p{(at + 1) % 3_000}\n" for at in range(3_000))

    opened = reading("name,manager\n" + rows, name="people.csv")  # by far too slow, were each way walked

    assert any("in a ring" in line for line in told(opened))


@pytest.mark.parametrize("rows", ["ana,ben\nana,cy\nana,dan\n", "ana,ben\nben,ana\nana,ben\n"])
def test_more_than_a_map_can_hold_is_refused_with_the_row(rows: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembly, "MOST_LINKS", 2)
    monkeypatch.setattr(assembly, "MOST_NODES", 3)

    with pytest.raises(ReadError, match=r"links\.csv:4: There are more than"):
        reading("from,to\n" + rows)


def test_a_table_of_too_many_rows_is_refused_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MOST_ROWS", 5)

    with pytest.raises(ReadError, match="more than 5 rows"):
        reading("from,to\n" + "ana,ben\n" * 6)
    assert len(reading("from,to\n" + "ana,ben\n" * 5).document.links) == 5


@pytest.mark.parametrize("called_off_after", [1, 6, 10, 15])
def test_reading_tells_how_far_it_is_to_the_very_end_and_can_be_called_off_anywhere(
    called_off_after: int,
) -> None:
    from orgmap.files import tables

    shares: list[float] = []
    data = ("from,to\n" + "".join(f"p{at % 90},p{at % 89 + 1}\n" for at in range(12_000))).encode()
    tables.read(data, Path("links.csv"), PLAIN, Progress(shares.append))

    assert shares == sorted(shares)
    assert max(later - before for before, later in pairwise(shares)) <= 0.25
    assert shares[-1] == 1.0
    heard: list[float] = []
    progress = Progress(heard.append, lambda: len(heard) >= called_off_after)
    with pytest.raises(Cancelled):
        tables.read(data, Path("links.csv"), PLAIN, progress)
    assert len(heard) == called_off_after < len(shares)
