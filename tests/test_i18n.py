"""Texts are said late, in the language in use; the user's words are never translated or obeyed."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from orgmap.errors import ReadError
from orgmap.i18n import ENGLISH, PSEUDO, names, say, text, use, verbatim

REACH = text("test", "{name} reaches {n} person.", "{name} reaches {n} people.")


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    use(ENGLISH)


def test_the_number_chooses_the_form() -> None:
    assert str(REACH(name="Ana", n=1)) == "Ana reaches 1 person."
    assert str(REACH(name="Ana", n=2)) == "Ana reaches 2 people."


def test_lists_are_joined_as_one_speaks() -> None:
    assert say("test", "{who}", who=names(["Ana"])) == "Ana"
    assert say("test", "{who}", who=names(["Ana", "Ben"])) == "Ana and Ben"
    assert say("test", "{who}", who=names(["Ana", "Ben", "Cy"])) == "Ana, Ben and Cy"
    assert say("test", "{who}", who=names(["Ana", "Ben", "Cy", "Di"], most=2)) == "Ana, Ben and 2 more"


def test_numbers_have_at_most_two_decimals_and_grouped_thousands() -> None:
    assert say("test", "{x}", x=0.12345) == "0.12"
    assert say("test", "{x}", x=2.0) == "2"
    assert say("test", "{x}", x=12345) == "12\N{NARROW NO-BREAK SPACE}345"
    assert say("test", "{x}", x=12345.678) == "12\N{NARROW NO-BREAK SPACE}345.68"


def test_small_numbers_keep_two_digits_and_are_written_out() -> None:
    assert say("test", "{x}", x=0.0123) == "0.012"
    assert say("test", "{x}", x=5.6e-06) == "0.0000056"
    assert say("test", "{x}", x=-0.00052) == "-0.00052"
    assert say("test", "{x}", x=0.0996) == "0.1"
    assert say("test", "{x}", x=5.6e-09) == "<0.000001"


def test_braces_in_a_name_are_only_braces() -> None:
    assert str(REACH(name="{n} {0} {}", n=1)) == "{n} {0} {} reaches 1 person."
    assert str(verbatim("{oops}")) == "{oops}"


def test_what_was_said_is_said_again_in_the_next_language() -> None:
    said = REACH(name="Ana", n=3)

    use(PSEUDO)

    assert str(said) == "⟦Ana ŕéáçhéš 3 péópíé.⟧".replace("pí", "pl")
    assert str(verbatim("Ana")) == "Ana"


def test_said_texts_cross_processes() -> None:
    said = REACH(name=names(["Ana", "Ben"]), n=2)

    assert pickle.loads(pickle.dumps(said)) == said


def test_errors_cross_processes_with_their_words() -> None:
    error = ReadError(verbatim("It is empty."), place="a.csv", hint=verbatim("Choose another."))

    again = pickle.loads(pickle.dumps(error))

    assert isinstance(again, ReadError)
    assert str(again) == "a.csv: It is empty. Choose another."


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gpj.\u202eana", "gpj.ana is away"),
        ("\u2067\u200fana\u2069", "ana is away"),
        ("דנה", "\u2068דנה\u2069 is away"),
        ("\u2068דנה\u2069", "\u2068דנה\u2069 is away"),
        ("می\u200cخواهم", "\u2068می\u200cخواهم\u2069 is away"),
        ("Žofie", "Žofie is away"),
    ],
)
def test_a_name_never_turns_the_rest_of_a_sentence_round(name: str, said: str) -> None:
    assert str(text("test", "{name} is away")(name=name)) == said
    assert str(text("test", "{names} is away")(names=names([name]))) == said


def test_each_name_of_a_list_is_set_apart() -> None:
    assert str(text("test", "{all}")(all=names(["דנה", "Ana", "a\u202eb"]))) == "\u2068דנה\u2069, Ana and ab"
