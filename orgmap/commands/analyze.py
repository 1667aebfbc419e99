"""`orgmap analyze`: measures and findings of a map, as text or as one JSON object."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from orgmap.analysis import record, registry
from orgmap.commands import output, reading
from orgmap.commands.arguments import Arguments, Command, Option, nearest, whole_number
from orgmap.commands.report_text import report_text
from orgmap.errors import UsageError
from orgmap.i18n import names, text

_NO_CODE = text("command line", "There is no finding called {code}.")
_CODES = text("command line", "There are {codes}.")
_ONLY = text("command line", "only these findings, separated by commas: {codes}")

ALL = names(registry.CODES, most=99)


def a_code(_: str, word: str) -> str:
    """One code. Raises `UsageError` for one that is not built."""
    if word not in registry.CODES:
        known = _CODES(codes=ALL)
        raise UsageError(_NO_CODE(code=word), hint=nearest(word, registry.CODES) or known)
    return word


def codes(option: str, word: str) -> object:
    """Codes separated by commas, each once. Raises `UsageError`."""
    listed = [part.strip() for part in word.split(",") if part.strip()]
    return tuple(dict.fromkeys(a_code(option, code) for code in listed or [""]))


def run(arguments: Arguments) -> int:
    """Analyze one file."""
    opened = reading.read(arguments)
    only = arguments.options.get("--only")
    wanted: Collection[str] | None = only if isinstance(only, tuple) else None
    seed = arguments.whole("--seed", 1)
    chance = not arguments.has("--no-chance")
    report = registry.run(opened.document, seed=seed, only=wanted, chance=chance)
    if arguments.has("--json"):
        output.result_json(record.as_json(report, opened.document, file=arguments.files[0]))
    else:
        everything, file = arguments.has("--all"), arguments.files[0]
        width = output.width()
        output.result(report_text(opened.document, report, width=width, file=file, everything=everything))
    return 0


COMMAND = Command(
    name="analyze",
    help=text(
        "command line", "Say what the map shows: findings with reason, question and advice, and measures."
    ),
    files=("FILE",),
    options=(
        Option(name="--json", help=text("command line", "one JSON object with everything")),
        Option(name="--all", help=text("command line", "all findings, not only the first seven")),
        Option(
            name="--only",
            value="CODE,...",
            read=codes,
            help=partial(_ONLY, codes=ALL),
        ),
        Option(
            name="--no-chance",
            help=text("command line", "without the comparison with chance, which takes the most time"),
        ),
        Option(
            name="--seed",
            value="N",
            read=whole_number(0, 2**31 - 1),
            help=text("command line", "where the dice start; the same number gives the same answer"),
        ),
        *reading.READING,
    ),
    run=run,
)
