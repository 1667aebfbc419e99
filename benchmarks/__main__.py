"""`python -m benchmarks NAME [--people N --links M] [--json] [--pictures DIR]`: one JSON object per line.

A case module `benchmarks/NAME.py` has `run(people, links, pictures) -> Iterator[Case]`; people and
links are None where the caller leaves the sizes to the case, pictures is None or a folder.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

CASES = ("canvas", "analysis", "layout", "files", "startup", "edit", "keys")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one benchmark; results to standard output, one line each as soon as it is there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=CASES)
    parser.add_argument("--people", type=_count, help="people on the map, instead of the usual sizes")
    parser.add_argument("--links", type=_count, help="links of talk on the map (default: 7 for each person)")
    parser.add_argument("--json", action="store_true", help="JSON lines, which is what is printed anyway")
    parser.add_argument("--pictures", type=Path, help="keep what was drawn, ours and the rival's, as PNG")
    chosen = parser.parse_args(arguments)
    links = chosen.links if chosen.links is not None or chosen.people is None else 7 * chosen.people
    module = importlib.import_module(f"benchmarks.{chosen.name}")
    for case in module.run(chosen.people, links, chosen.pictures):
        print(json.dumps(case.record()), flush=True)
    return 0


def _count(words: str) -> int:
    number = int(words)
    if number < 0:
        raise argparse.ArgumentTypeError("a number of people or links is 0 or more")
    return number


if __name__ == "__main__":
    sys.exit(main())
