"""The command line: which command, and how its end becomes an exit code. No Qt widgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from orgmap import __version__
from orgmap.commands import interrupts, output
from orgmap.commands.arguments import HELP, Command, help_of, nearest, parse, table
from orgmap.errors import OrgmapError, UsageError
from orgmap.i18n import Text, text
from orgmap.libraries import demanded

DONE, BUG, WRONG = 0, 1, 2  # exit codes, the same for ever; 3 is `writing.LOSSES`

VERSION = ("--version", "-V")
Tried = Callable[[Path | None], int]
_WHAT = text("command line", "Draw who talks to whom. See where it breaks. Try the repair.")
_WINDOW = text("command line", "open the window, with these maps or tables if any are named")
_MORE = text("command line", "Each command tells its options: orgmap analyze --help")
_CODES = text(
    "command line",
    "Exit codes: 0 done, 1 a bug, 2 wrong input or arguments, 3 written but with losses.",
)
_UNKNOWN = text("command line", "{word} is neither a command nor a file.")
_NO_FILE = text("command line", "There is no file {word}.")
_NO_OPTION = text("command line", "There is no option {word}.")
_FOLDER = text("command line", "{word} is a folder, not a map.")
_SEE_HELP = text("command line", "The commands: orgmap --help.")
_SYSTEM = text("command line", "The system says: {reason}.")
_BUG = text("command line", "This is a bug in orgmap, not in your file. No file was left half written.")
_REPORT = text("command line", "What is needed to find it, without any name from the map, is in {path}.")
_NO_REPORT = text("command line", "The crash report could not be written.")


COMMANDS: Mapping[str, tuple[str, Text]] = {  # in the order of the help: files, and what it does
    "analyze": ("FILE", text("command line", "measures and findings, as text or with --json")),
    "compare": ("A B", text("command line", "what differs between two maps")),
    "convert": ("IN OUT", text("command line", "one format into another, by the ends of the names")),
    "picture": ("IN OUT", text("command line", "the map as PNG, SVG or PDF")),
    "layout": ("IN OUT", text("command line", "give everybody a place and write the map")),
    "self-test": (
        "[--pictures DIR]",
        text("command line", "try the installed program on its own samples, from end to end"),
    ),
}


def command(name: str, self_test: Tried) -> Command:
    """The command of this name. Only now is anything loaded that it needs."""
    match name:
        case "analyze":
            from orgmap.commands import analyze

            return analyze.COMMAND
        case "compare":
            from orgmap.commands import compare

            return compare.COMMAND
        case "convert":
            from orgmap.commands import convert

            return convert.COMMAND
        case "picture":
            from orgmap.commands import picture

            return picture.COMMAND
        case "layout":
            from orgmap.commands import layout

            return layout.COMMAND
        case _:
            from orgmap.commands import self_test as trying

            return trying.command(self_test)


def knows(word: str) -> bool:
    """Is this first word for the command line?"""
    return word in COMMANDS or word in HELP or word in VERSION


def main(words: Sequence[str], self_test: Tried) -> int:
    """Run the command and answer the exit code. Errors become words here.

    `self_test` opens a window, so whoever knows windows hands it in.
    """
    output.prepare()
    try:
        with interrupts.at_once(), demanded():
            return _run(words, self_test)
    except OrgmapError as error:
        return refused(error)
    except interrupts.Stopped as stopped:
        return 128 + stopped.number
    except BrokenPipeError:
        output.hang_up()
        return DONE
    except OSError as error:
        return refused(
            OrgmapError(_SYSTEM(reason=error.strerror or str(error)), place=str(error.filename or ""))
        )
    except Exception as error:  # noqa: BLE001 - the border where what is left becomes a crash report
        from orgmap.crash import save_report

        path = save_report(error, words[0])
        told = _REPORT(path=str(path)) if path is not None else _NO_REPORT()
        output.message(f"{_BUG()} {told}")
        return BUG


def unknown(word: str) -> int:
    """Answer a first word that is neither a command nor a file."""
    known = [*COMMANDS, *HELP[:1], *VERSION[:1]]
    path = Path(word)
    if _is(path.is_dir):
        return refused(UsageError(_FOLDER(word=word), hint=_SEE_HELP()))
    if word.startswith("-"):
        return refused(UsageError(_NO_OPTION(word=word), hint=nearest(word, known) or _SEE_HELP()))
    if path.suffix or path.parent != Path():
        beside: list[str] = []
        with suppress(OSError):
            beside = [each.name for each in path.parent.iterdir()]
        return refused(UsageError(_NO_FILE(word=word), hint=nearest(path.name, beside) or _SEE_HELP()))
    return refused(UsageError(_UNKNOWN(word=word), hint=nearest(word, known) or _SEE_HELP()))


def is_file(word: str) -> bool:
    """Is there a file of this name? A name that no file can have is none."""
    return _is(Path(word).is_file)


def refused(error: OrgmapError) -> int:
    """Say why the program cannot do what was asked; the exit code for that."""
    output.prepare()
    output.message(str(error))
    return WRONG


def _is(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except OSError:  # a name too long, a folder closed to us
        return False


def _run(words: Sequence[str], self_test: Tried) -> int:
    first, rest = words[0], words[1:]
    if first in VERSION:
        output.result(f"orgmap {__version__}")
        return DONE
    if first in HELP:
        output.result(help_text(output.width()))
        return DONE
    chosen = command(first, self_test)
    if any(word in HELP for word in rest):
        output.result(help_of(chosen, output.width()))
        return DONE
    return chosen.run(parse(chosen, rest))


def help_text(width: int) -> str:
    """What the program can do."""
    rows = [("orgmap [FILE ...]", str(_WINDOW()))]
    rows += [(f"orgmap {name} {files}", str(does())) for name, (files, does) in COMMANDS.items()]
    head = [f"orgmap {__version__}", str(_WHAT()), ""]
    return "\n".join([*head, *table(rows, width), "", str(_MORE()), str(_CODES())])
