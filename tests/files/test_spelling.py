"""Two spellings of one name are proposed, never merged; names that two people may have are left alone."""

from __future__ import annotations

import csv
import random
import time
from pathlib import Path

import pytest

from orgmap.files.spelling import proposals
from tests.files.rows import reading

SHARED = Path(__file__).parents[3] / "shared" / "datasets"
GIVEN = (
    *("Ana", "Anja", "Maja", "Maria", "Mario", "Marta", "Jan", "Jana", "Janez", "Martin", "Martina"),
    *("Ivan", "Ivana", "Petra", "Peter", "Ema", "Eva", "Luka", "Luca"),
)
FAMILY = (
    *("Kos", "Kosi", "Novak", "Novakova", "Horvat", "Horvath", "Chen", "Cheng", "Wang", "Wong", "Li"),
    *("Lin", "Lee", "Jansen", "Hansen", "Smith", "Schmidt"),
)


def seldom(_name: str) -> int:
    return 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("Ana Kos", "ana kos"), ("Ana Kos", "Ana  Kos"), ("Ana Kos", "Kos, Ana"), ("Ana Kos", "Ana.Kos")),
        *(("Zoë Dan", "Zoe Dan"), ("Jürgen Müller", "Juergen Mueller"), ("Łukasz Nowak", "Lukasz Nowak")),
        *(("Ana M. Kos", "Ana Kos"), ("A. Kos", "Ana Kos"), ("Ana K.", "Ana Kos"), ("Ana K", "Ana Kos")),
        *(("Ana Dvorak", "Ana Dvorka"), ("Ana Petrovic", "Ana Petrovicc"), ("Ana Gregoric", "Ana Gregorc")),
        *(("Daniela Kos", "Daniella Kos"), ("Martin Kos", "Matrin Kos")),
    ],
)
def test_a_slip_of_the_pen_is_proposed(one: str, other: str) -> None:
    assert [set(pair) for pair in proposals([one, "Ben Ban", other], (), seldom)] == [{one, other}]


@pytest.mark.parametrize(
    "names",
    [
        *(["Jan", "Jana"], ["Ana", "Anja"], ["Jan Novak", "Jana Novak"], ["Mario Rossi", "Maria Rossi"]),
        *(["Martin Thomas", "Thomas Martin"], ["Wei Wang", "Wei Yang"], ["Wei Li", "Wei Lin"]),
        *(["Wei Chen", "Wei Cheng"], ["Ana Kos", "Ana Kosi"], ["A. Kos", "Ana Kos", "Alma Kos"]),
        *(["Person 1", "Person 11", "Person 12"], ["Team A", "Team B"], ["n1", "n11"], ["Ana", "Ana Kos"]),
        *(["Support Level I", "Support Level II"], ["Plant V", "Plant IV"]),
        *(
            ["Marina Kos", "Marinka Kos"],
            ["Martin Kos", "Martina Kos"],
            ["Ana M. Kos", "Ana P. Kos", "Ana Kos"],
        ),
    ],
)
def test_names_of_two_people_are_left_alone(names: list[str]) -> None:
    assert proposals(names, (), seldom) == []


def test_a_letter_too_many_counts_in_a_short_name_if_the_other_is_usual() -> None:
    often = {"Ana Kos": 9, "Ana Kosi": 1}

    assert proposals(often, (), often.__getitem__) == [("Ana Kos", "Ana Kosi")]
    assert proposals(often, ("Ana Kos", "Ana Kosi"), often.__getitem__) == []


def test_everybody_of_common_names_is_proposed_to_nobody_when_they_are_all_listed() -> None:
    names = [f"{given} {family}" for given in GIVEN for family in FAMILY]

    assert proposals(names, names, seldom) == []


def test_few_of_many_common_names_are_proposed_wrongly_even_unlisted() -> None:
    rng = random.Random(5)
    names = rng.sample([f"{given} {family}" for given in GIVEN for family in FAMILY], 150)
    often = {name: rng.randint(1, 12) for name in names}

    wrong = proposals(names, (), often.__getitem__)

    assert len(wrong) <= 3


def test_the_one_met_more_often_comes_first_and_each_name_is_doubted_once() -> None:
    opened = reading("from,to\nANA KOS,Ben\nAna Kos,Ben\nBen,Ana Kos\nana kos,Ben\n")

    pairs = [note.spellings for note in opened.notes if note.spellings]
    assert pairs == [("Ana Kos", "ANA KOS"), ("Ana Kos", "ana kos")]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the data sets are not here")
def test_real_organizations_have_hardly_a_wrong_proposal() -> None:
    for table in SHARED.glob("*/nodes.csv"):
        with table.open(encoding="utf-8", newline="") as stream:
            rows = [row for row in csv.reader(stream) if row]
        names = {cell for row in rows[1:] for cell in row[:2]}
        assert len(proposals(names, (), seldom)) <= len(names) // 50, table


def test_five_thousand_names_take_no_longer_for_each_than_five_hundred() -> None:
    rng = random.Random(3)
    made = ["".join(rng.choice("abcdefgiklmnoprstuvz") for _ in range(7)).title() for _ in range(900)]
    names = list({f"{rng.choice(made[:60])} {rng.choice(made)}" for _ in range(6_000)})

    def seconds(listed: list[str]) -> float:
        started = time.process_time()
        proposals(listed, (), seldom)
        return time.process_time() - started

    few = min(seconds(names[:500]) for _ in range(5))
    many = min(seconds(names[:5_000]) for _ in range(3))

    assert many < 60 * few  # ten times as many names; all with all would be a hundred times
