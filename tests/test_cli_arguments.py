"""What a command accepts."""

from __future__ import annotations

import pytest

from orgmap.commands.arguments import (
    Arguments,
    Command,
    Option,
    help_of,
    nearest,
    one_of,
    parse,
    whole_number,
)
from orgmap.errors import UsageError
from orgmap.i18n import text

_NOTHING = text("test", "nothing")
COMMAND = Command(
    name="try",
    help=_NOTHING,
    files=("IN", "OUT"),
    options=(
        Option(name="--json", help=_NOTHING),
        Option(name="--links", value="FILE", help=_NOTHING),
        Option(name="--kind", value="KIND", read=one_of("talks", "needs"), per_links=True, help=_NOTHING),
        Option(name="--width", value="PX", read=whole_number(1, 99), help=_NOTHING),
    ),
    run=lambda _: 0,
)


def _refusal(*words: str) -> str:
    with pytest.raises(UsageError) as caught:
        parse(COMMAND, words)
    return str(caught.value)


def test_files_and_options_may_stand_in_any_order() -> None:
    wanted = Arguments(("a", "b"), {"--json": True, "--width": 9})

    assert parse(COMMAND, ["a", "--json", "b", "--width", "9"]) == wanted
    assert parse(COMMAND, ["--width=9", "--json", "a", "b"]) == wanted


def test_each_table_of_links_has_the_options_after_it() -> None:
    words = ["--kind", "talks", "a", "b", "--links", "c", "--kind", "needs", "--links", "d", "--json"]

    arguments = parse(COMMAND, words)

    assert arguments.options == {"--kind": "talks", "--json": True}
    assert arguments.links == (("c", {"--kind": "needs"}), ("d", {}))


def test_after_two_dashes_everything_is_a_file() -> None:
    assert parse(COMMAND, ["--", "--json", "-x"]).files == ("--json", "-x")


def test_a_single_dash_is_a_file() -> None:
    assert parse(COMMAND, ["-", "-"]).files == ("-", "-")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("a b --jsn", "Did you mean --json?"),
        ("a b --zzz", "orgmap try --help"),
        ("a b --width", "--width needs a value after it: PX"),
        ("a b --json=yes", "--json takes no value"),
        ("a b --json --json", "twice"),
        ("a b --kind tlaks", "Did you mean talks?"),
        ("a b --kind x", "talks and needs"),
        ("a b --width 12.5", "whole number"),
        ("a b --width 0", "between 1 and 99"),
        ("a b --width " + "9" * 5_000, "between 1 and 99"),
        ("a", "OUT is missing. Write: orgmap try IN OUT"),
        ("a b c", "c is one file too many"),
    ],
)
def test_a_wrong_word_is_answered_with_what_to_write_instead(words: str, told: str) -> None:
    assert told in _refusal(*words.split())


def test_the_help_names_every_option() -> None:
    told = help_of(COMMAND)

    assert all(option.name in told for option in COMMAND.options)


def test_nothing_near_is_not_guessed() -> None:
    assert nearest("qqq", ["analyze", "convert"]) is None
