"""Does every map come back from every format as it was told that it would?

    python -m checks.round_trips [FOLDER ...] [--random N] [--seed N]

Takes each sample, template and data set through every format that can be read and written, and through
all ways over two and three of them. What is read back is compared field by field with the map as
`formats.left` says it is left, and each loss with what was told of it (`checks.announced`): nothing may be
lost that was not told, nothing told that is not lost.
What is written twice has to be the same bytes, also from what was read back. `FOLDER`: data sets as they
stand beside the checkout (`nodes.csv`, `edges_*.csv`), which are skipped where they are not. `--random`:
so many maps besides, else 30, with everything on them that a map can hold; they come first, and for each
format the first that is not as it was told is named as it was made, without looking for a smaller one.

Ends with 0 if all is as it was told, with 1 otherwise, each difference on a line. Takes some minutes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import permutations
from pathlib import Path

from checks import announced
from orgmap.assets import asset
from orgmap.files import formats
from orgmap.files.reading import Arrows, ReadOptions, RowKind
from orgmap.model.document import TABLES, Document, Entity

BESIDE = Path(__file__).resolve().parent.parent.parent / "shared" / "datasets"
SUFFIXES = tuple(each.suffix for each in formats.WRITABLE if each.read is not None and not each.picture)
RANDOM = 30  # maps
_SHOWN = 60  # characters of a value
_MOST = 6  # differences of one way that are named
_EDGES: dict[str, ReadOptions] = {
    "edges_friendship": ReadOptions(arrows=Arrows.ASKS),
    "edges_contact": ReadOptions(undirected=True),
    "edges_membership": ReadOptions(kind=RowKind.MEMBER),
    "edges_subteam_of": ReadOptions(kind=RowKind.PART_OF),
    "edges_reports_to": ReadOptions(kind=RowKind.REPORTS),
}


def main(arguments: list[str]) -> int:
    """See the docstring."""
    parser = argparse.ArgumentParser(prog="python -m checks.round_trips", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[BESIDE])
    parser.add_argument("--random", type=int, default=RANDOM, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    wrong = ways = maps = 0
    with tempfile.TemporaryDirectory(prefix="orgmap-round-trips-") as folder:
        if options.random:
            for suffix, lines in at_random(options.random, options.seed, Path(folder)):
                wrong += 1
                for line in lines[:_MOST]:
                    print(f"random, {suffix}: {line}")
        for name, document in (*shipped(), *foreign(options.folders)):
            maps += 1
            for way in (*((suffix,) for suffix in SUFFIXES), *chains()):
                found = walked(document, way, Path(folder))
                ways += 1
                wrong += bool(found)
                for line in found[:_MOST]:
                    print(f"{name}, {' '.join(way)}: {line}")
    print(f"{maps} maps, {ways} ways, {options.random} random maps: {wrong or 'nothing'} wrong")
    return 1 if wrong else 0


def shipped() -> Iterator[tuple[str, Document]]:
    """The samples and templates, by name."""
    for folder in ("samples", "templates"):
        for path in sorted(asset(folder).glob("*.orgmap")):
            yield path.stem, formats.read(path).document


def foreign(folders: Sequence[Path]) -> Iterator[tuple[str, Document]]:
    """The data sets in these folders, by name."""
    for path in sorted(path for folder in folders for path in folder.glob("*/nodes.csv")):
        edges = [(each, _EDGES[each.stem]) for each in sorted(path.parent.glob("edges_*.csv"))]
        (first, own), *others = edges
        asked = ReadOptions(
            people=path,
            links=tuple(others),
            kind=own.kind,
            arrows=own.arrows,
            undirected=own.undirected,
        )
        yield path.parent.name, formats.read(first, asked).document


def chains() -> Iterator[tuple[str, ...]]:
    """Ways over two formats and back to the first."""
    yield from ((a, b, a) for a, b in permutations(SUFFIXES, 2))


def walked(document: Document, way: Sequence[str], folder: Path) -> list[str]:
    """What is wrong when the map is written and read in each of these formats, one after another."""
    for suffix in way:
        path = folder / f"map{suffix}"
        expected = formats.left(document, path)
        if not expected.nodes and not expected.modules:  # a file of nobody is refused
            return []
        told = formats.losses(document, path)
        warned = formats.write(document, path)
        wrong = [f"told before {told}, after {warned}"] if told != warned else []
        wrong += announced.told_wrongly(document, path, told)
        written = _bytes(path)
        again = formats.read(path).document
        wrong += differences(expected, again)
        formats.write(again, path)
        if formats.left(again, path) == again and _bytes(path) != written and again == document:
            wrong.append("written again it is other bytes")
        if wrong:
            return wrong
        document = again
    return []


def differences(expected: Document, found: Document) -> list[str]:
    """Field by field, what is other in `found`; the type of a value counts, 1 is not true."""
    lines = [
        f"{name}: {_brief(getattr(expected, name))}, and it came back as {_brief(getattr(found, name))}"
        for name in ("info", "unread")
        if getattr(expected, name) != getattr(found, name)
    ]
    for table in TABLES:
        before, after = getattr(expected, table), getattr(found, table)
        if list(before) != list(after) and table in ("nodes", "modules") and set(before) == set(after):
            lines.append(f"{table}: in another order")
        for key in dict.fromkeys([*before, *after]):
            if key not in after:
                lines.append(f"{table} {key}: lost")
            elif key not in before:
                lines.append(f"{table} {key}: came from nowhere")
            elif before[key] != after[key] or repr(before[key]) != repr(after[key]):
                lines += [f"{table} {key}.{line}" for line in _fields(before[key], after[key])]
    return lines


def _fields(before: Entity, after: Entity) -> Iterator[str]:
    for each in fields(before):
        old, new = getattr(before, each.name), getattr(after, each.name)
        if not _same(old, new):
            yield f"{each.name}: {_brief(old)}, and it came back as {_brief(new)}"


def _same(old: object, new: object) -> bool:
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(_same(value, new[key]) for key, value in old.items())
    numbers = isinstance(old, int | float) and isinstance(new, int | float)
    alike = isinstance(old, bool) == isinstance(new, bool) if numbers else type(old) is type(new)
    return old == new and alike


def _brief(value: object) -> str:
    words = repr(value)
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"


def _bytes(path: Path) -> list[bytes]:
    return [each.read_bytes() for each in sorted(path.parent.glob("map*")) if each.suffix == path.suffix]


def at_random(count: int, seed: int, folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Each format from which one of so many random maps does not come back as told, and what differs."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded

    from tests.files.documents import documents

    asked = settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=(Phase.generate,),  # to look for the smallest takes many times as long
        suppress_health_check=list(HealthCheck),
    )
    found: dict[str, list[str]] = {}

    def walk(document: Document) -> None:
        for suffix in SUFFIXES:
            if suffix not in found and (lines := walked(document, (suffix,), folder)):
                found[suffix] = lines

    seeded(seed)(asked(given(documents())(walk)))()
    yield from found.items()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
