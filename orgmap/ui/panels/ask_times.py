"""Spans of time in words: as much as one can keep in mind, no more."""

from __future__ import annotations

from orgmap.i18n import Said, text

HOUR, DAY = 60, 24 * 60  # minutes
FEW_HOURS, FEW_DAYS = 2 * HOUR, 2 * DAY  # from there on hours, and days, say enough

_MINUTES = text("how long", "{n} minute", "{n} minutes")
_HOURS = text("how long", "{n} hour", "{n} hours")
_DAYS = text("how long", "{n} day", "{n} days")
_AT_ONCE = text("how long", "no wait")
_WEEKLY = text("how long", "{n} hour a week", "{n} hours a week")
_MINUTES_WEEKLY = text("how long", "{n} minute a week", "{n} minutes a week")


def span(minutes: int) -> Said:
    """A wait in whole minutes, hours or days."""
    if minutes <= 0:
        return _AT_ONCE()
    if minutes < FEW_HOURS:
        return _MINUTES(n=minutes)
    if minutes < FEW_DAYS:
        return _HOURS(n=round(minutes / HOUR))
    return _DAYS(n=round(minutes / DAY))


def hours_said(hours: float) -> Said:
    """Hours of talk a week, to a tenth; below one in minutes."""
    return _WEEKLY(n=whole(round(hours, 1))) if hours >= 1 else _MINUTES_WEEKLY(n=round(hours * HOUR))


def hours_short(hours: float) -> Said:
    """The same where it is clear that it is a week."""
    return _HOURS(n=whole(round(hours, 1))) if hours >= 1 else _MINUTES(n=round(hours * HOUR))


def whole(number: float) -> float | int:
    """The same number, so that 1.0 is one and not several."""
    return int(number) if float(number).is_integer() else number
