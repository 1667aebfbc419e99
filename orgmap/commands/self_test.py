"""`orgmap self-test`: its options. What it does is given to it, because it opens the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from orgmap.commands.arguments import Arguments, Command, Option
from orgmap.i18n import text


def command(run: Callable[[Path | None], int]) -> Command:
    """The command that calls `run` with the folder for pictures, or None."""

    def tried(arguments: Arguments) -> int:
        folder = arguments.text("--pictures")
        return run(Path(folder) if folder else None)

    return Command(
        name="self-test",
        help=text(
            "command line",
            "Try the installed program on its own samples, from end to end: open, analyse, lay out, save,"
            " export, import, and the window with a person drawn by key. Nothing of yours is touched.",
        ),
        files=(),
        options=(
            Option(
                name="--pictures",
                value="DIR",
                help=text("command line", "also keep a picture of each screen there, light and dark"),
            ),
        ),
        run=tried,
    )
