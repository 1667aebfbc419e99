"""Who tells whom, row by column, and what a struck cell does."""

from __future__ import annotations

import random

import pytest

from orgmap.model.crossing import (
    NO_MODULE,
    Crossing,
    Grain,
    both_ways,
    cycled,
    emptied,
    nested,
    number,
    one_way,
    parted,
    tie,
    turned,
)
from orgmap.model.document import Document, problems
from orgmap.model.edits import add_node, delete, join, nest, set_fields
from orgmap.model.entities import LinkKind, ModuleId, NodeId
from tests.words import org
from tests.workshop import WORKSHOP

A, B = NodeId("ana"), NodeId("ben")
TALKS = LinkKind.TALKS


def lines(document: Document) -> list[str]:
    return [
        f"{link.source} {'<>' if link.two_way else '>'} {link.target}" for link in document.links.values()
    ]


def test_a_row_tells_a_column_and_a_two_way_link_stands_in_both_cells() -> None:
    table = Crossing(org("ana > ben, ben <> cy"), Grain.PEOPLE)

    filled = {(row, column) for row, line in table.rows.items() for column in line}

    assert filled == {("ana", "ben"), ("ben", "cy"), ("cy", "ben")}


def test_people_stand_by_module_with_nested_modules_after_their_outer_one() -> None:
    document = org("", modules={"Out": "a", "Other": "b", "In": "c"}, people="d")
    document = document.apply(nest(document, ModuleId("In"), ModuleId("Out")))

    assert Crossing(document, Grain.PEOPLE).keys == ["a", "c", "b", "d"]
    assert nested(document) == [("Out", 0), ("In", 1), ("Other", 0)]


def test_modules_count_what_their_people_say_and_the_diagonal_what_stays_inside() -> None:
    table = Crossing(WORKSHOP, Grain.MODULES)

    inside = {key: len(table.rows[key][key].links) for key in table.keys}
    product, factory = ModuleId("Product"), ModuleId("Factory")

    assert inside == {"Sales": 5, "Product": 6, "Support": 5, "Factory": 5}
    out, back = table.cell(product, factory), table.cell(factory, product)
    assert out is not None
    assert back is not None
    assert (len(out.links), len(back.links)) == (6, 2)


def test_contact_is_summed_and_links_that_do_not_say_make_it_vague() -> None:
    table = Crossing(WORKSHOP, Grain.MODULES)

    cell = table.cell(ModuleId("Sales"), ModuleId("Factory"))

    assert cell is not None
    assert number(cell, contact=True) == pytest.approx(1.25)
    assert cell.vague is False


def test_people_without_a_module_have_a_row_only_if_they_talk() -> None:
    silent = org("a > b", modules={"X": "a b"}, people="c")
    talking = org("a > c", modules={"X": "a"}, people="c")

    assert NO_MODULE not in Crossing(silent, Grain.MODULES).keys
    assert Crossing(talking, Grain.MODULES).cell(ModuleId("X"), NO_MODULE) is not None


def test_an_empty_cell_between_two_who_need_one_another_asks() -> None:
    document = org(
        "Sales needs Finance, Sales > Works, Works needs Sales",
        modules=dict.fromkeys(("Sales", "Finance", "Works"), ""),
    )
    table = Crossing(document, Grain.MODULES)
    sales, finance, works = (ModuleId(name) for name in ("Sales", "Finance", "Works"))

    assert table.questions == {(sales, finance), (finance, sales), (works, sales)}
    assert not table.asked(sales, works)


def test_needs_among_people_ask_between_their_modules() -> None:
    table = Crossing(org("a needs b", modules={"X": "a", "Y": "b"}), Grain.MODULES)

    assert table.asked(ModuleId("X"), ModuleId("Y"))


def test_a_struck_cell_goes_from_nothing_to_telling_to_both_ways_and_back() -> None:
    document = org("", people="ana ben")
    seen = []
    for _ in range(4):
        document = document.apply(cycled(document, A, B, TALKS))
        assert problems(document) == []
        seen.append(lines(document))

    assert seen == [["ana > ben"], ["ana <> ben"], ["ana > ben"], ["ana <> ben"]]


def test_striking_where_only_the_other_tells_makes_it_both_ways() -> None:
    document = org("ben > ana")

    assert lines(document.apply(cycled(document, A, B, TALKS))) == ["ben <> ana"]


def test_one_way_takes_the_way_back_whatever_it_ran_on() -> None:
    for drawn in ("ana <> ben", "ana > ben, ben > ana", "ben > ana", "ana <> ben, ben > ana", ""):
        document = org(drawn, people="ana ben")

        after = document.apply(one_way(document, A, B))

        assert lines(after) == ["ana > ben"], drawn


def test_emptying_a_cell_leaves_what_the_other_says() -> None:
    document = org("ana <> ben, ana > ben, ben > ana")

    after = document.apply(emptied(document, A, B, TALKS))

    assert lines(after) == ["ben > ana", "ben > ana"]
    assert not tie(after, A, B, TALKS).tells


def test_both_ways_on_nothing_draws_one_line_and_on_a_line_keeps_what_it_says() -> None:
    document = org("ana > ben")
    document = document.apply(set_fields(document, ["l1"], topic="pay"))

    after = document.apply(both_ways(document, A, B))
    fresh = org("", people="ana ben")

    assert [(link.two_way, link.topic) for link in after.links.values()] == [(True, "pay")]
    assert lines(fresh.apply(both_ways(fresh, A, B))) == ["ana <> ben"]


def test_turning_and_parting_touch_only_their_kind() -> None:
    document = org("ana > ben, ana ^ ben")

    talk = document.apply(turned(document, A, B, TALKS))
    none = document.apply(parted(document, A, B, LinkKind.REPORTS))

    assert lines(talk) == ["ben > ana", "ana > ben"]
    assert [link.kind for link in none.links.values()] == [TALKS]


def test_a_formal_line_is_struck_into_being_and_turned_by_the_next_stroke() -> None:
    document = org("", people="ana ben")

    once = document.apply(cycled(document, A, B, LinkKind.REPORTS))
    twice = once.apply(cycled(once, A, B, LinkKind.REPORTS))

    assert (lines(once), lines(twice)) == (["ana > ben"], ["ben > ana"])


def test_nobody_is_linked_to_themselves() -> None:
    document = org("", people="ana")

    assert not cycled(document, A, A, TALKS)


def test_an_outer_module_speaks_for_those_nested_in_it() -> None:
    document = org("a > c, a > b, b > c, d > a", modules={"In": "a", "Other": "b", "Out": "d", "Far": "c"})
    for inner in ("In", "Other"):
        document = document.apply(nest(document, ModuleId(inner), ModuleId("Out")))
    table = Crossing(document, Grain.MODULES)

    counts = {
        (row, column): len(cell.links) for row, line in table.rows.items() for column, cell in line.items()
    }

    assert counts == {
        ("In", "Far"): 1,
        ("Other", "Far"): 1,
        ("Out", "Far"): 2,
        ("In", "Other"): 1,
        ("Out", "Out"): 2,  # a > b and d > a
        ("Out", "In"): 1,  # d is in Out itself
    }


@pytest.mark.parametrize("grain", list(Grain))
@pytest.mark.parametrize("seed", range(4))
def test_a_table_that_follows_changes_is_the_table_made_anew(grain: Grain, seed: int) -> None:
    draw = random.Random(seed)
    document = WORKSHOP
    table = Crossing(document, grain)
    names = list(document.nodes)
    followed = 0
    for _ in range(40):
        one, other = draw.sample(names, 2)
        verb = draw.choice([cycled, emptied, turned, parted])
        change = verb(document, one, other, draw.choice([TALKS, TALKS, LinkKind.REPORTS]))
        if draw.random() < 0.2:
            change = set_fields(document, [draw.choice(list(document.links))], per_week=draw.random())
        document = document.apply(change)
        if table.followed(document, change):
            followed += 1
        else:
            table = Crossing(document, grain)
        fresh = Crossing(document, grain)

        assert _plain(table) == _plain(fresh)
        assert table.questions == fresh.questions

    assert followed > 30


def test_a_table_does_not_follow_people_who_come_go_or_change_their_module() -> None:
    document = org("ana > ben", modules={"X": "ana"})
    table = Crossing(document, Grain.MODULES)
    for change in (
        delete(document, ["ana"]),
        join(document, [B], ModuleId("X")),
        add_node(document, "cy")[0],
    ):
        assert not table.followed(document.apply(change), change)


def _plain(table: Crossing) -> dict[tuple[str, str], tuple[list[str], list[str], float, bool, bool]]:
    return {
        (row, column): (
            sorted(cell.links),
            sorted(cell.direct),
            round(cell.per_week or -1.0, 9),
            cell.vague,
            cell.proposed,
        )
        for row, line in table.rows.items()
        for column, cell in line.items()
    }
