"""What has one cause is one finding."""

from __future__ import annotations

from orgmap.analysis.grouping import by_cause, joined, same


def test_the_cause_that_explains_most_takes_its_things_first() -> None:
    pairs = ["ab", "ac", "ad", "bc", "be"]

    groups, rest = by_cause(pairs, lambda pair: pair)

    assert groups == [("a", ["ab", "ac", "ad"]), ("b", ["bc", "be"])]
    assert rest == []


def test_of_causes_that_explain_equally_many_the_preferred_one_wins() -> None:
    groups, rest = by_cause(["ab", "ac", "bc"], lambda pair: pair, prefer=lambda cause: cause != "c")

    assert groups == [("c", ["ac", "bc"])]
    assert rest == ["ab"]


def test_what_nothing_explains_twice_is_left_over_in_its_order() -> None:
    groups, rest = by_cause(["yz", "ab"], lambda pair: pair)

    assert groups == []
    assert rest == ["yz", "ab"]


def test_things_with_the_same_cause_stand_together_in_order_of_the_first() -> None:
    assert same([3, 1, 5, 2, 4], lambda n: n % 2) == [(1, [3, 1, 5]), (0, [2, 4])]


def test_sets_that_overlap_over_others_are_one_group() -> None:
    sets = [frozenset("ab"), frozenset("x"), frozenset("bc"), frozenset("cd")]

    assert joined(sets) == [[0, 2, 3], [1]]
