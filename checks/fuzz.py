"""Is there an input that ends, stops or misleads a reader? Mutated files by the thousand, led by coverage.

Each reader of `checks.fuzz_targets` is given small sound files that were spoilt (`checks.mutations`). What
reaches a line of `orgmap/files` (and of the typed lines) that nothing reached before is kept and spoilt
further. Refusing in words is right; a failure is any other exception, more than 5 s of processor time, more
than a gigabyte, the end of the process, and a map that breaks the rules, differs after saving, or alters
itself when it is imported twice.

    python -m checks.fuzz --runs 20000 [--only graphml,xlsx] [--seed 1] [--folder DIR] [--processes 1]

What was done is in the folder; the same command goes on from there. Each kind of failure leaves the input,
made small, and its traceback in DIR/READER/failures; mended, the input belongs into tests/files/found. Needs
a system with fork. No library for fuzzing is used: those for Python either need a compiled runtime that
does not come for every system (atheris) or hand over bytes without knowing zip files and checksums
(pythonfuzz, no longer kept), and the part they would save is a hundred lines.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import hashlib
import json
import os
import random
import resource
import select
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from checks.fuzz_judged import Hang, judge, marked
from checks.fuzz_seeds import Parts
from checks.fuzz_targets import TARGETS, Target
from checks.mutations import mutated

STUCK = 120.0  # seconds of wall clock in which a process has to finish one input
MEMORY = 1 << 30  # bytes beyond those at the start
BATCH = 500  # inputs of one process
GUIDED = 1_500  # inputs that are all watched; later one in SPARSE is
SPARSE = 10
THOROUGH = 24  # one in so many is also imported, and written in every format
WATCHED_SIZE = 20_000  # bytes; larger inputs would be slow to watch
_OURS = 97  # exit code of a process that ended by a mistake of this check
_ROOT = Path(__file__).parent.parent
_WATCHED = tuple(str(_ROOT / "orgmap" / part) for part in ("files", "model/entry", "ui/settings"))


@dataclass(slots=True)
class State:
    """How far one reader has come; kept on the disk between processes."""

    done: int = 0
    refused: int = 0
    failed: int = 0
    slowest: float = 0.0  # ms of processor time
    peak: float = 0.0  # MB beyond the start of a process
    spent: float = 0.0  # seconds of processor time
    lines: set[str] = field(default_factory=set)  # FILE:LINE
    first: int = 0  # lines that the seeds alone reach
    kinds: dict[str, int] = field(default_factory=dict)  # failures by their mark

    def plain(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in State.__slots__ if name != "lines"} | {
            "lines": sorted(self.lines)
        }


class Coverage:
    """Which lines run. What has no line left that was never reached is not traced any more."""

    def __init__(self, reached: set[str]) -> None:
        self._left: dict[CodeType, set[int]] = {}
        self._off: set[CodeType] = set()
        self.reached = reached
        self.fresh = 0

    def run(self, work: Callable[[], None]) -> None:
        """Do the work and see which lines it reaches."""
        sys.settrace(self._enter)
        try:
            work()
        finally:
            sys.settrace(None)

    def _enter(self, frame: FrameType, _event: str, _arg: object) -> Callable[..., Any] | None:
        code = frame.f_code
        if code in self._off:
            return None
        if code not in self._left:
            lines: set[int] = set()
            if code.co_filename.startswith(_WATCHED):
                known = (line for _, _, line in code.co_lines() if line)
                lines = {
                    line for line in known if f"{Path(code.co_filename).name}:{line}" not in self.reached
                }
            if not lines:
                self._off.add(code)
                return None
            self._left[code] = lines
        return self._line

    def _line(self, frame: FrameType, event: str, _arg: object) -> Callable[..., Any] | None:
        if event == "line":
            code = frame.f_code
            left = self._left.get(code)
            if left is None:
                return None
            if frame.f_lineno in left:
                left.discard(frame.f_lineno)
                self.reached.add(f"{Path(code.co_filename).name}:{frame.f_lineno}")
                self.fresh += 1
                if not left:
                    self._off.add(code)
                    del self._left[code]
        return self._line


def spoilt(target: Target, data: bytes, draw: random.Random, other: bytes) -> bytes:
    """The input made from one of the corpus; `other` is a second one to borrow from."""
    wrap = target.wrap
    parts = wrap.parts(data) if wrap is not None and draw.random() > 0.1 else {}
    if wrap is None or not parts:
        return mutated(data, draw, target.words, other)
    borrowed = wrap.parts(other) or parts
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        name = draw.choice(list(parts))
        source = borrowed.get(name) or draw.choice(list(borrowed.values()))
        parts[name] = mutated(parts[name], draw, target.words, source)
    if len(parts) > 1 and draw.random() < 0.05:
        moved = draw.choice(list(parts))
        names = (
            "../x",
            "/etc/passwd",
            "xl/worksheets/sheet1.xml",
            "XL/Workbook.xml",
            "content.xml",
            "x" * 300,
            "a\\b",
        )
        parts[draw.choice(names)] = parts.pop(moved) if draw.random() < 0.7 else parts[moved]
    return wrap.whole(parts)


def inputs(target: Target, seed: int, number: int) -> Iterator[bytes]:
    """So many inputs made of the seeds alone, the same ones for the same seed."""
    corpus = target.seeds()
    for each in range(number):
        draw = random.Random(f"{seed} {target.name} {each}")
        yield spoilt(target, draw.choice(corpus), draw, draw.choice(corpus))


def wrong_with(target: Target, data: bytes, *, thorough: bool = True) -> BaseException | None:
    """What is wrong with how this input is read; None if nothing is."""
    try:
        judge(target, data, thorough=thorough)
    except (Exception, Hang) as error:  # noqa: BLE001 - whatever it is, it is what was looked for
        return error
    return None


class Worker:
    """One process for some inputs of one reader."""

    def __init__(self, target: Target, folder: Path, seed: int) -> None:
        self._target, self._seed = target, seed
        self._folder = folder / target.name
        for name in ("corpus", "failures"):
            (self._folder / name).mkdir(parents=True, exist_ok=True)
        self._state = loaded(folder, target)
        self._coverage = Coverage(self._state.lines)
        self._corpus = [path.read_bytes() for path in sorted((self._folder / "corpus").iterdir())]
        self._current = self._folder / "current"

    def work(self, until: int) -> None:
        """Try inputs until so many are done."""
        gc.freeze()  # what is there already is no garbage to look for
        start = _memory()
        soft = start + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (soft, resource.getrlimit(resource.RLIMIT_AS)[1]))
        began = time.process_time()
        low = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        if not self._corpus:
            for data in self._target.seeds():
                self._try(data, watched=True, thorough=True)
                self._keep(data)
            self._state.first = len(self._state.lines)
        current = os.open(self._current, os.O_WRONLY | os.O_CREAT, 0o600)
        while self._state.done < until:
            number = self._state.done
            draw = random.Random(f"{self._seed} {self._target.name} {number}")
            recent = self._corpus[-20:] if draw.random() < 0.3 else self._corpus
            data = spoilt(self._target, draw.choice(recent), draw, draw.choice(self._corpus))
            os.ftruncate(current, os.pwrite(current, number.to_bytes(4, "big") + data, 0))
            watched = len(data) < WATCHED_SIZE and (number < GUIDED or number % SPARSE == 0)
            if (
                self._try(data, watched=watched, thorough=number % THOROUGH == 0 and len(data) < WATCHED_SIZE)
                and len(data) < WATCHED_SIZE
            ):
                self._keep(data)
            self._state.done += 1
            if not number % 100:
                gc.collect()
        os.close(current)
        self._state.spent += time.process_time() - began
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - low) / 1024
        self._state.peak = max(self._state.peak, grown)
        self.save()
        self._current.unlink(missing_ok=True)

    def save(self) -> None:
        """Keep how far it is."""
        stored(self._folder.parent, self._target, self._state)

    def _keep(self, data: bytes) -> None:
        self._corpus.append(data)
        (self._folder / "corpus" / f"{len(self._corpus):05d}").write_bytes(data)

    def _try(self, data: bytes, *, watched: bool, thorough: bool) -> bool:
        """Try one input. Does it reach something new?"""
        before = self._coverage.fresh
        began = time.process_time()
        error: BaseException | None = None

        def work() -> None:
            if not judge(self._target, data, thorough=thorough):
                self._state.refused += 1

        try:
            if watched:
                self._coverage.run(work)
            else:
                work()
        except (Exception, Hang) as raised:  # noqa: BLE001 - whatever it is, it is what was looked for
            error = raised
        took = (time.process_time() - began) * 1_000
        if took > self._state.slowest and not watched and not thorough:
            self._state.slowest = took
            (self._folder / "slowest").write_bytes(data)
        if watched and isinstance(error, Hang):  # perhaps only for being watched
            error = wrong_with(self._target, data, thorough=thorough)
        if error is not None:
            self._failed(data, error, thorough=thorough)
        return self._coverage.fresh > before

    def _failed(self, data: bytes, error: BaseException, *, thorough: bool) -> None:
        self._state.failed += 1
        mark = marked(error)
        self._state.kinds[mark] = self._state.kinds.get(mark, 0) + 1
        path = self._folder / "failures" / hashlib.sha256(mark.encode()).hexdigest()[:10]
        if path.exists() or self._state.kinds[mark] > 1:
            return
        words = "".join(traceback.format_exception(error))[-6_000:]
        if not isinstance(error, Hang):
            data = smaller(self._target, data, mark, thorough=thorough)
        path.write_bytes(data)
        path.with_suffix(".txt").write_text(f"{mark}\n\n{words}", "utf-8", errors="backslashreplace")
        print(f"{self._target.name}: {mark}", flush=True)


def smaller(target: Target, data: bytes, mark: str, *, thorough: bool, tries: int = 300) -> bytes:
    """The input without whatever it does not need to fail in the same way."""

    def fails(candidate: bytes) -> bool:
        error = wrong_with(target, candidate, thorough=thorough)
        return error is not None and marked(error) == mark

    parts = target.wrap.parts(data) if target.wrap is not None else {}
    wrap = target.wrap
    if wrap is None or not parts or not fails(wrap.whole(parts)):
        return _shrunk(data, fails, tries)
    for name in list(parts):
        rest = {key: value for key, value in parts.items() if key != name}
        if rest and fails(wrap.whole(rest)):
            parts = rest
    for name in list(parts):
        rest = dict(parts)

        def fails_with(content: bytes, name: str = name, rest: Parts = rest) -> bool:
            return fails(wrap.whole({**rest, name: content}))

        parts[name] = _shrunk(parts[name], fails_with, tries)
    return wrap.whole(parts)


def _shrunk(data: bytes, fails: Callable[[bytes], bool], tries: int) -> bytes:
    size = max(len(data) // 2, 1)
    while size and tries > 0:
        at = 0
        while at < len(data) and tries > 0:
            tries -= 1
            shorter = data[:at] + data[at + size :]
            if fails(shorter):
                data = shorter
            else:
                at += size
        size //= 2
    return data


def loaded(folder: Path, target: Target) -> State:
    """How far this reader is."""
    path = folder / target.name / "state.json"
    if not path.exists():
        return State()
    plain = json.loads(path.read_text("utf-8"))
    return State(**{**plain, "lines": set(plain["lines"])})


def stored(folder: Path, target: Target, state: State) -> None:
    """Keep how far it is, at once or not at all."""
    path = folder / target.name / "state.json"
    part = path.with_suffix(".part")
    part.write_text(json.dumps(state.plain()), "utf-8")
    part.replace(path)


def batch(target: Target, folder: Path, seed: int, until: int) -> int:
    """Begin a process that tries inputs until so many are done; its id."""
    child = os.fork()
    if child:
        return child
    try:
        faulthandler.enable()
        Worker(target, folder, seed).work(until)
    except BaseException:  # noqa: BLE001 - a child never returns into its parent
        traceback.print_exc()
        os._exit(_OURS)
    os._exit(0)


def attend(target: Target, folder: Path, child: int) -> None:
    """Wait for a process; if it ends badly or stays at one input, that input is a failure."""
    current = folder / target.name / "current"
    seen, since = b"", time.monotonic()
    descriptor = os.pidfd_open(child)
    stuck = False
    while not select.select([descriptor], [], [], 5.0)[0]:
        now = current.read_bytes()[:4] if current.exists() else b""
        if now != seen:
            seen, since = now, time.monotonic()
        elif time.monotonic() - since > STUCK:
            stuck = True
            os.kill(child, signal.SIGKILL)
    os.close(descriptor)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == 0:
        return
    if status == _OURS or not current.exists():
        raise SystemExit(f"{target.name}: the check itself went wrong ({status})")
    data = current.read_bytes()
    state = loaded(folder, target)
    mark = "stays at one input" if stuck else f"the process ended with {status}"
    state.failed += 1
    state.kinds[mark] = state.kinds.get(mark, 0) + 1
    state.done = int.from_bytes(data[:4], "big") + 1
    stored(folder, target, state)
    (folder / target.name / "failures" / f"end-{state.done}").write_bytes(data[4:])
    print(f"{target.name}: {mark} at input {state.done - 1}", flush=True)


def _memory() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def table(folder: Path, targets: Sequence[Target]) -> str:
    """What was found, a line for each reader."""
    rows = ["reader        runs   read  lines: seeds  all  failures  kinds  slowest ms  peak MB  CPU s"]
    for target in targets:
        s = loaded(folder, target)
        share = max(s.done - s.refused, 0) / max(s.done, 1)
        rows.append(
            f"{target.name:10}{s.done:8,}  {share:5.0%}  {s.first:12,} {len(s.lines):4,} {s.failed:9,}"
            f" {len(s.kinds):6} {s.slowest:11,.0f} {s.peak:8,.0f} {s.spent:6,.0f}"
        )
    return "\n".join(rows)


def main(argv: Sequence[str] | None = None) -> int:
    """Try so many inputs of each reader and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=20_000, help="inputs of each reader")
    parser.add_argument("--only", default="", help="readers, parted by commas")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--anew", action="store_true", help="forget what was done")
    words = parser.parse_args(argv)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    chosen = [target for target in TARGETS if not words.only or target.name in words.only.split(",")]
    for target in chosen:
        if words.anew:
            shutil.rmtree(words.folder / target.name, ignore_errors=True)
        (words.folder / target.name).mkdir(parents=True, exist_ok=True)
    waiting = list(chosen)
    running: list[tuple[Target, int]] = []
    while waiting or running:
        while waiting and len(running) < words.processes:
            target = waiting.pop(0)
            done = loaded(words.folder, target).done
            if done < words.runs:
                until = min(done + BATCH, words.runs)
                running.append((target, batch(target, words.folder, words.seed, until)))
        if not running:
            break
        target, child = running.pop(0)
        attend(target, words.folder, child)
        waiting.append(target)
    print(table(words.folder, chosen))
    return 1 if any(loaded(words.folder, target).failed for target in chosen) else 0


if __name__ == "__main__":
    sys.exit(main())
