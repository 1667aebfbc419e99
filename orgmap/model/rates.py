"""How often and how long, as people say it: "daily", "twice a week", "2/w", "10m", "1h30"."""

from __future__ import annotations

import re

WORDS = {
    "daily": 5.0,
    "weekly": 1.0,
    "fortnightly": 0.5,
    "biweekly": 0.5,
    "monthly": 0.25,
    "quarterly": 1 / 13,
    "yearly": 1 / 52,
    "never": 0.0,
}
"""Contacts per week; a week has five working days, a month four weeks."""

_PER = {"d": 5.0, "w": 1.0, "m": 0.25, "q": 1 / 13, "y": 1 / 52}
_UNITS = {
    "d": "d", "day": "d", "w": "w", "wk": "w", "week": "w", "m": "m", "mo": "m", "mth": "m", "month": "m",
    "q": "q", "quarter": "q", "y": "y", "yr": "y", "year": "y",
}  # fmt: skip
_TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0, "every": 1.0, "each": 1.0}
_RATE = re.compile(
    r"(?P<times>once|twice|thrice|every|each|\d{1,9}(?:[.,]\d+)?)(?:\s*(?:x|times))?"
    r"\s*(?:/|per\b|an?\b)?\s*(?P<unit>[a-z]+?)s?",
    re.IGNORECASE,
)
_OFTEN = re.compile(r"[/x]|per|times|\ba", re.IGNORECASE)
_EVERY = re.compile(r"(?:every|each)\s+(?P<n>\d{1,9})\s+(?P<unit>[a-z]+?)s?", re.IGNORECASE)
_SPAN = re.compile(
    r"(?:(?P<hours>\d{1,9}(?:[.,]\d+)?)\s*(?:h|hrs?|hours?))?\s*"
    r"(?:(?P<minutes>\d{1,9}(?:[.,]\d+)?)\s*(?:m|mins?|minutes?|'|\N{PRIME})?)?",
    re.IGNORECASE,
)


def per_week(words: str) -> float | None:
    """Contacts per week: "daily", "2/w", "3x week", "once a month", "every 2 weeks"; None for other words."""
    plain = words.strip().casefold().replace("-", "")
    if plain in WORDS:
        return WORDS[plain]
    every = _EVERY.fullmatch(words.strip())
    if every is not None and every["unit"].casefold() in _UNITS:
        number = float(every["n"])
        return _PER[_UNITS[every["unit"].casefold()]] / number if number else None
    found = _RATE.fullmatch(words.strip())
    if found is None or found["unit"].casefold() not in _UNITS:
        return None
    times = found["times"].casefold()
    # "10m" is a length, so a bare number needs a sign or word between it and the unit
    if times[0].isdigit() and not _OFTEN.search(words, found.end("times")):
        return None
    number = _TIMES[times] if times in _TIMES else float(times.replace(",", "."))
    return number * _PER[_UNITS[found["unit"].casefold()]]


def minutes(words: str) -> float | None:
    """Minutes of "10m", "15 min", "1h", "1h30", "1.5 hours"; None for other words."""
    plain = words.strip()
    found = _SPAN.fullmatch(plain)
    if found is None or (found["hours"] is None and (found["minutes"] is None or plain.isdigit())):
        return None
    hours, rest = (float((found[part] or "0").replace(",", ".")) for part in ("hours", "minutes"))
    return hours * 60 + rest
