"""The front door: a command goes to the command line, everything else opens the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from orgmap import cli, i18n
from orgmap.errors import OrgmapError

LANGUAGE = "ORGMAP_LANGUAGE"  # in the environment: the code of a language, or "pseudo"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these words (default: those typed) and answer its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if os.environ.get(LANGUAGE):
        i18n.use(os.environ[LANGUAGE])
    if words and cli.knows(words[0]):
        os.environ.setdefault(
            "OPENBLAS_NUM_THREADS", "1"
        )  # small products: threads only wait for one another
        return cli.main(words, _self_test)
    for word in words:
        if not cli.is_file(word):
            return cli.unknown(word)
    return _window(words)


def _window(files: list[str]) -> int:
    from orgmap.drawing import qt_ready

    try:
        qt_ready.demand(screen=True)
    except OrgmapError as error:
        return cli.refused(error)
    from orgmap.ui.app import run

    return run(files)


def _self_test(pictures: Path | None) -> int:
    from orgmap.drawing import qt_ready

    qt_ready.demand()
    from orgmap.ui import self_test

    return self_test.run(pictures)


if __name__ == "__main__":
    raise SystemExit(main())
