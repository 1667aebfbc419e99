"""Work that never looks up is stopped all the same; what holds a lock or writes is done first.

Signals belong to the main thread, which here is pytest's: so this runs in processes of its own.
"""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from orgmap.analysis.stopping import Stoppable

BEGIN = """
import threading, time
from orgmap.analysis.stopping import Stoppable
from orgmap.progress import Cancelled
stoppable, over = Stoppable(), threading.Event()
def later():
    over.set()
    stoppable.look()
def for_ever():
    while True:
        sum(range(1_000))
"""


def told(program: str) -> list[str]:
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", BEGIN + program],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.stderr == ""
    return ran.stdout.splitlines()


def test_work_without_a_checkpoint_ends_once_it_is_pointless() -> None:
    lines = told(
        """
for _ in range(2):
    over.clear()
    threading.Timer(0.2, later).start()
    try:
        with stoppable.unless(over.is_set):
            for_ever()
    except Cancelled:
        print("stopped")
print("goes on")
"""
    )

    assert lines == ["stopped", "stopped", "goes on"]


def test_work_that_was_pointless_before_it_began_ends_too() -> None:
    lines = told(
        """
over.set()
try:
    with stoppable.unless(over.is_set):
        for_ever()
except Cancelled:
    print("stopped")
"""
    )

    assert lines == ["stopped"]


def test_what_is_shielded_is_done_whole() -> None:
    lines = told(
        """
def message():
    later()
    for _ in range(300_000):
        pass
    print("written")
try:
    with stoppable.unless(over.is_set):
        stoppable.shielded(message)()
        for_ever()
except Cancelled:
    print("stopped")
"""
    )

    assert lines == ["written", "stopped"]


def test_nothing_is_interrupted_outside_and_ctrl_c_is_for_the_window() -> None:
    lines = told(
        """
import signal
with stoppable.unless(over.is_set):
    signal.raise_signal(signal.SIGINT)
later()
signal.raise_signal(signal.SIGINT)
try:
    with stoppable.unless(over.is_set):  # ends only once the other thread has had its turn
        for_ever()
except Cancelled:
    print("untouched")
"""
    )

    assert lines == ["untouched"]


def test_elsewhere_than_in_the_main_thread_it_does_nothing() -> None:
    made: list[Stoppable] = []
    thread = threading.Thread(target=lambda: made.append(Stoppable()))
    thread.start()
    thread.join()

    with made[0].unless(lambda: True):
        made[0].look()
    assert made[0].shielded(pytest.approx)(1.0) == 1.0
