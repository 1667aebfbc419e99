"""networkx alone and nx-rustworkx say the same of every map, to 1e-9; and twice the same bytes.

`python -m checks.engines [FOLDER OF DATASETS]`: all samples, templates, the workshop map, long chains
and rings, a map with every kind of defect, and each real organization in the folder. Exit code 1 if
anything differs. The small ones are a test too (`tests/analysis/test_engines.py`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from checks.defects import PLANTERS
from checks.healthy import healthy
from orgmap.analysis import engine
from orgmap.analysis.record import Plain, as_json
from orgmap.analysis.registry import run
from orgmap.assets import asset
from orgmap.files import native
from orgmap.model.document import Document
from tests.files.test_datasets import CHARTS, chart, faculty, rust, workplace
from tests.words import FEEDBACK_EXAMPLE, TEST_ORGANIZATION, org
from tests.workshop import WORKSHOP

NEAR = 1e-9
APART = ("no-way-back", "disconnected-middle", "apex-dependence", "chart-and-talk")  # each takes much away
CHAIN = [f"p{i:03}" for i in range(90)]  # long enough that the engine is asked at all


def shipped() -> Iterator[tuple[str, Document]]:
    """The maps that come with the program."""
    for folder in ("samples", "templates"):
        for path in sorted(asset(folder).glob("*.orgmap")):
            yield path.stem, native.load(path)


def small() -> Iterator[tuple[str, Document]]:
    """Maps of the documents, and long ones."""
    yield "test organization", TEST_ORGANIZATION
    yield "feedback example", FEEDBACK_EXAMPLE
    yield "workshop", WORKSHOP
    yield "chain", org(" <> ".join(CHAIN))
    yield "chain of command", org(" > ".join(CHAIN))
    yield "tail", org(" <> ".join(CHAIN) + ", p000 <> p003, p001 <> p004, p002 > p000, p089 > p080")


def faulty() -> Iterator[tuple[str, Document]]:
    """Organizations in which something is wrong: nearly everything at once, then what hides the rest."""
    together = healthy(12, 60)
    for code, planter in PLANTERS.items():
        if code not in APART:
            planter(together)
    yield "much at once", together.document
    for code in APART:
        made = healthy(12, 60)
        PLANTERS[code](made)
        yield code, made.document


def real(folder: Path) -> Iterator[tuple[str, Document]]:
    """The organizations in the folder of datasets."""
    for name in CHARTS:
        yield name, chart(folder, name).document
    yield "faculty", faculty(folder).document
    yield "workplace", workplace(folder).document
    yield "rust", rust(folder).document


@contextmanager
def without_backend() -> Iterator[None]:
    """As on a machine on which nx-rustworkx is not installed: networkx knows no backend of the name."""
    named = engine.BACKEND
    engine.BACKEND = "absent"
    try:
        yield
    finally:
        engine.BACKEND = named


def record(document: Document, *, chance: bool = False) -> dict[str, Plain]:
    """Everything `analyze --json` says of the map."""
    return as_json(run(document, chance=chance), document)


def differences(one: Plain, other: Plain, where: str = "") -> Iterator[str]:
    """Where two records differ by more than rounding."""
    if isinstance(one, dict) and isinstance(other, dict):
        if list(one) != list(other):
            yield f"{where}: {list(one)} and {list(other)}"
        for key in one.keys() & other.keys():
            yield from differences(one[key], other[key], f"{where}/{key}")
    elif isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            yield f"{where}: {len(one)} and {len(other)} entries"
        for place, (left, right) in enumerate(zip(one, other, strict=False)):
            yield from differences(left, right, f"{where}/{place}")
    elif isinstance(one, float) and isinstance(other, float):
        if abs(one - other) > NEAR:
            yield f"{where}: {one} and {other}"
    elif one != other:
        yield f"{where}: {one} and {other}"


def bytes_of(path: Path, hash_seed: int) -> bytes:
    """What the command line says of a file, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "orgmap", "analyze", str(path), "--json", "--seed", "7"],
        env={**os.environ, "PYTHONHASHSEED": str(hash_seed)},
        capture_output=True,
        check=True,
    ).stdout


def main(arguments: list[str]) -> int:
    """Compare all; one line for each map."""
    maps = [*shipped(), *small(), *faulty(), *(real(Path(arguments[0])) if arguments else ())]
    wrong = 0
    for name, document in maps:
        fast = record(document, chance=True)
        with without_backend():
            plain = record(document, chance=True)
        found = list(differences(fast, plain))
        wrong += len(found)
        print(f"{name}: {len(json.dumps(fast))} bytes, {len(found)} differences", *found[:5], sep="\n  ")
    for path in sorted(asset("samples").glob("*.orgmap")):
        same = bytes_of(path, 1) == bytes_of(path, 4_711)
        wrong += not same
        print(f"{path.stem}: {'the same' if same else 'other'} bytes in two processes")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
