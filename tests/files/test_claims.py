"""Who has a map open is told by a file beside it; what a dead process left is taken over."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from orgmap.files.claims import InUse, claim, claim_file, hold
from tests.program import ROOT, environment

ELSEWHERE = {
    "orgmap": "lock",
    "user": "Ana",
    "host": "far away",
    "pid": 7,
    "since": "2026-11-22T14:32:00+00:00",
}

HOLDER = """
import sys
from pathlib import Path
from orgmap.files.claims import claim
held = claim(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.orgmap"
    path.write_bytes(b"{}")
    return path


def test_a_map_that_is_claimed_cannot_be_claimed_again_and_says_by_whom(plan: Path) -> None:
    first = claim(plan)
    assert first is not None

    with pytest.raises(InUse) as caught:
        claim(plan)

    assert caught.value.holder.ours
    assert caught.value.holder.pid == os.getpid()
    assert caught.value.holder.since is not None
    first.release(remove=True)
    assert not claim_file(plan).exists()
    again = claim(plan)
    assert again is not None
    again.release(remove=True)


def test_another_process_is_named_and_when_it_is_killed_its_claim_is_taken_over(plan: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(plan)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=environment(),
    )
    assert other.stdout is not None
    assert other.stdin is not None
    assert other.stdout.readline() == b"held\n"

    with pytest.raises(InUse) as caught:
        claim(plan)
    other.kill()
    other.communicate()
    taken = claim(plan)

    assert (caught.value.holder.pid, caught.value.holder.ours, caught.value.holder.here) == (
        other.pid,
        False,
        True,
    )
    assert taken is not None
    assert json.loads(claim_file(plan).read_bytes())["pid"] == os.getpid()
    taken.release(remove=True)


def test_a_claim_from_another_machine_counts_until_somebody_says_otherwise(plan: Path) -> None:
    claim_file(plan).write_text(json.dumps(ELSEWHERE))

    with pytest.raises(InUse) as caught:
        claim(plan)
    still_theirs = json.loads(claim_file(plan).read_bytes())
    taken = claim(plan, anyway=True)

    assert (caught.value.holder.user, caught.value.holder.host) == ("Ana", "far away")
    assert not caught.value.holder.here
    assert still_theirs == ELSEWHERE
    assert taken is not None
    taken.release(remove=True)


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"\0" * 200,
        b"{",
        b"[]",
        b'"x"',
        b'{"user": 1, "host": [], "pid": "x"}',
        b"[" * 4_000,
        b"\xfe\x01" * 4_500,
    ],
)
def test_a_lock_file_full_of_rubbish_is_taken_over(plan: Path, rubbish: bytes) -> None:
    claim_file(plan).write_bytes(rubbish)

    taken = claim(plan)

    assert taken is not None
    taken.release(remove=True)


def test_where_no_lock_file_can_be_written_the_map_opens_without_one(tmp_path: Path) -> None:
    plan = tmp_path / "gone" / "plan.orgmap"
    folder = tmp_path / "plan2.orgmap"
    claim_file(folder).mkdir()

    assert claim(plan) is None
    assert claim(folder) is None


def test_a_lock_file_that_is_a_symbolic_link_is_never_followed(plan: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("mine")
    claim_file(plan).symlink_to(precious)

    assert claim(plan) is None
    assert precious.read_text() == "mine"


def test_two_names_of_one_file_are_one_claim(plan: Path, tmp_path: Path) -> None:
    other = tmp_path / "shortcut.orgmap"
    other.symlink_to(plan)

    assert claim_file(other) == claim_file(plan)


def test_the_lock_file_of_a_name_that_fills_its_255_bytes_has_a_name(tmp_path: Path) -> None:
    plan = tmp_path / ("ü" * 123 + ".orgmap"[:9])

    taken = claim(plan)

    assert taken is not None
    assert len(os.fsencode(taken.path.name)) <= 255
    taken.release(remove=True)


def test_a_hold_let_go_without_removing_leaves_the_file_for_the_next(tmp_path: Path) -> None:
    first = hold(tmp_path / "x")
    assert first is not None

    assert hold(tmp_path / "x") is None
    first.release(remove=False)
    first.release(remove=True)  # a second time does nothing
    second = hold(tmp_path / "x", create=False)

    assert second is not None
    second.release(remove=True)
    assert not (tmp_path / "x").exists()
