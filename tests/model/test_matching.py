"""Finding names by a few letters."""

from __future__ import annotations

from random import Random

from orgmap.model.matching import INSIDE, SPREAD, START, WORD, Names, folded, spans

PEOPLE = ("Ana Novak", "Łukasz Bień", "Hannah", "José Ángel", "Fit everything", "Tidy by module", "Dana")


def found(typed: str, names: tuple[str, ...] = PEOPLE, **more: object) -> list[str]:
    first = more.get("first", ())
    assert isinstance(first, tuple)
    return [names[hit.row] for hit in Names(names).found(typed, first=first)]


def test_a_beginning_is_better_than_a_word_and_that_than_letters_inside() -> None:
    names = ("banana", "the an", "ana", "big anaconda")

    hits = Names(names).found("ana")

    assert [(names[hit.row], hit.fit) for hit in hits] == [
        ("ana", START), ("big anaconda", WORD), ("banana", INSIDE),
    ]  # fmt: skip


def test_letters_in_order_are_found_last_those_that_begin_words_first() -> None:
    names = ("Time but many", "The bottom", "Tidy by module")

    hits = Names(names).found("tbm")

    assert [(names[hit.row], hit.fit) for hit in hits] == [
        ("Time but many", SPREAD), ("Tidy by module", SPREAD), ("The bottom", SPREAD),
    ]  # fmt: skip


def test_accents_and_letter_case_are_left_aside() -> None:
    assert found("lukasz") == ["Łukasz Bień"]
    assert found("JOSE ang") == ["José Ángel"]
    assert found("ÁNGEL") == ["José Ángel"]
    assert folded("Straße  Ünïcode") == "strasse unicode"


def test_every_word_typed_has_to_be_there_in_any_order() -> None:
    assert found("novak ana") == ["Ana Novak"]
    assert found("ana xyz") == []


def test_what_was_used_lately_comes_first_among_those_that_fit_as_well() -> None:
    names = ("Ana", "Anabel", "Anatol", "Diana")

    assert found("ana", names, first=(2, 3)) == ["Anatol", "Ana", "Anabel", "Diana"]


def test_nothing_typed_finds_nothing_and_signs_of_patterns_are_letters_like_others() -> None:
    assert found("  ") == []
    assert found(".*") == []
    assert found("(", ("a (b)", "c")) == ["a (b)"]
    assert found("[^", ("x[^]", "c")) == ["x[^]"]
    assert Names(()).found("a") == []


def test_the_search_finds_just_what_looking_at_every_name_finds() -> None:
    dice = Random(4)
    names = tuple("".join(dice.choice("ab c") for _ in range(dice.randint(1, 7))) for _ in range(300))
    index = Names(names, spread=0)

    for typed in ("a", "ab", "ab c", "cab", "b a", "aa bb"):
        words = typed.split()
        rows = {row for row, name in enumerate(names) if all(word in folded(name) for word in words)}
        assert {hit.row for hit in index.found(typed, most=1_000)} == rows, typed


def test_the_letters_that_were_found_can_be_shown() -> None:
    assert spans("José Ángel", "ang") == [(5, 3)]
    assert spans("Tidy by module", "tbm") == [(0, 1), (5, 1), (8, 1)]
    assert spans("Straße", "str") == []
    assert spans("Ana", "xyz") == []
