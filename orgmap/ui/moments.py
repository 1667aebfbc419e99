"""When something was, in few words: "14:32", "yesterday, 14:32", "2026-11-03, 14:32"."""

from __future__ import annotations

from datetime import datetime, timedelta

from orgmap.i18n import say


def moment(at: datetime, now: datetime | None = None) -> str:
    """`at` by the clock on the wall here. A clock that was put back makes no difference to the words."""
    there = at.astimezone()
    here = now.astimezone() if now is not None else datetime.now().astimezone()
    clock = f"{there:%H:%M}"
    if there.date() == here.date():
        return clock
    if there.date() == (here - timedelta(days=1)).date():
        return say("time", "yesterday, {clock}", clock=clock)
    return say("time", "{day}, {clock}", day=f"{there:%Y-%m-%d}", clock=clock)
