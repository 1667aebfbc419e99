"""What a command accepts, as data; reading the words typed; the help text; "did you mean"."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from orgmap.errors import UsageError
from orgmap.i18n import Said, Text, names, text

HELP = ("--help", "-h")
LINKS = "--links"
STANDARD = "-"  # standard input or output, where a file is wanted

_UNKNOWN = text("command line", "There is no option {option} here.")
_NO_VALUE = text("command line", "{option} needs a value after it: {value}")
_UNWANTED_VALUE = text("command line", "{option} takes no value.")
_TWICE = text("command line", "{option} stands here twice.")
_CHOICE = text("command line", "{option} cannot be {value}.")
_CHOICES = text("command line", "Possible: {choices}.")
_MISSING = text("command line", "{what} is missing.")
_TOO_MANY = text("command line", "{word} is one file too many.")
_USAGE = text("command line", "Write: {usage}")
_DID_YOU_MEAN = text("command line", "Did you mean {word}?")
_SEE = text("command line", "See {command}.")
_WHOLE = text("command line", "{option} needs a whole number, and {value} is none.")
_RANGE = text("command line", "{option} lies between {least} and {most}.")
_OPTIONS = text("command line", "Options")
_HELP = text("command line", "this text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A word that begins with two dashes.

    `value` is how the help calls what stands after it; "" makes it a switch. `read` turns that
    word into a value or raises `UsageError`. `per_links`: written after a `--links FILE` it
    counts for that file only.
    """

    name: str
    help: Callable[[], Said]
    value: str = ""
    read: Callable[[str, str], object] = lambda _, word: word
    per_links: bool = False


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was typed: the files, the options by name, and each `--links FILE` with its own."""

    files: tuple[str, ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)
    links: tuple[tuple[str, Mapping[str, object]], ...] = ()

    def text(self, option: str, default: str = "") -> str:
        """The value of an option that is a word."""
        return str(self.options.get(option, default))

    def whole(self, option: str, default: int) -> int:
        """The value of an option that is a whole number."""
        found = self.options.get(option, default)
        return found if isinstance(found, int) else default

    def has(self, option: str) -> bool:
        """Was the switch given?"""
        return option in self.options


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A subcommand: its files, its options and what it does. `run` answers the exit code."""

    name: str
    help: Text
    files: tuple[str, ...]
    options: tuple[Option, ...]
    run: Callable[[Arguments], int]

    @property
    def usage(self) -> str:
        """How it is written, in one line."""
        return " ".join(["orgmap", self.name, *self.files])


def one_of(*choices: str) -> Callable[[str, str], object]:
    """A reader of values that can only be one of `choices`."""

    def read(option: str, word: str) -> object:
        if word not in choices:
            listed = _CHOICES(choices=names(choices, most=99))
            raise UsageError(_CHOICE(option=option, value=word), hint=nearest(word, choices) or listed)
        return word

    return read


def whole_number(least: int, most: int) -> Callable[[str, str], object]:
    """A reader of whole numbers between `least` and `most`, both included."""

    def read(option: str, word: str) -> object:
        try:
            number = int(word[:20])
        except ValueError:
            raise UsageError(_WHOLE(option=option, value=word)) from None
        if not least <= number <= most:
            raise UsageError(_RANGE(option=option, least=least, most=most))
        return number

    return read


def nearest(word: str, known: Collection[str]) -> Said | None:
    """Did you mean: the known word most like this one, if any is."""
    found = difflib.get_close_matches(word.casefold(), known, n=1, cutoff=0.6)
    return _DID_YOU_MEAN(word=found[0]) if found else None


def parse(command: Command, words: Sequence[str]) -> Arguments:
    """Read the words after the name of the command. Raises `UsageError`."""
    known = {option.name: option for option in command.options}
    files: list[str] = []
    options: dict[str, object] = {}
    links: list[tuple[str, dict[str, object]]] = []
    waiting = list(reversed(words))
    only_files = False
    while waiting:
        word = waiting.pop()
        if only_files or not word.startswith("-") or word == STANDARD:
            files.append(word)
            continue
        if word == "--":
            only_files = True
            continue
        name, sign, given = word.partition("=")
        option = known.get(name)
        if option is None:
            see = _SEE(command=f"orgmap {command.name} --help")
            raise UsageError(_UNKNOWN(option=name), hint=nearest(name, known) or see)
        if not option.value and sign:
            raise UsageError(_UNWANTED_VALUE(option=name))
        if option.value and not sign:
            if not waiting:
                raise UsageError(_NO_VALUE(option=name, value=option.value))
            given = waiting.pop()
        if name == LINKS:
            links.append((given, {}))
            continue
        place = links[-1][1] if links and option.per_links else options
        if name in place:
            raise UsageError(_TWICE(option=name))
        place[name] = option.read(name, given) if option.value else True
    _count(command, files)
    return Arguments(tuple(files), options, tuple(links))


def _count(command: Command, files: Sequence[str]) -> None:
    usage = _USAGE(usage=command.usage)
    if len(files) < len(command.files):
        raise UsageError(_MISSING(what=command.files[len(files)]), hint=usage)
    if len(files) > len(command.files):
        raise UsageError(_TOO_MANY(word=files[len(command.files)]), hint=usage)


def help_of(command: Command, width: int = 96) -> str:
    """What the command does and every option, at most `width` columns."""
    rows = [(f"{o.name} {o.value}".rstrip(), str(o.help())) for o in command.options]
    rows.append((", ".join(HELP), str(_HELP())))
    lines = [command.usage, "", *textwrap.wrap(str(command.help()), width), "", f"{_OPTIONS()}:"]
    return "\n".join([*lines, *table(rows, width)])


def table(rows: Iterable[tuple[str, str]], width: int) -> list[str]:
    """Two columns: a term, and words about it, wrapped beside it."""
    rows = list(rows)
    left = min(max((len(term) for term, _ in rows), default=0), 34) + 4
    lines: list[str] = []
    for term, words in rows:
        wrapped = textwrap.wrap(words, max(width - left, 24), break_on_hyphens=False) or [""]
        if len(term) > left - 2:
            lines.append(f"  {term}")
        else:
            wrapped[0] = f"{'  ' + term:<{left}}{wrapped[0]}"
        first = 0 if len(term) > left - 2 else 1
        lines += wrapped[:first]
        lines += [" " * left + line for line in wrapped[first:]]
    return lines
