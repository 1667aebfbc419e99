"""The small sign of each channel, so that a dash is never alone in saying which it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from orgmap.drawing.plain import shown
from orgmap.model.entities import Channel, ChannelId

LONGEST = 2  # letters of a sign that the user chose
_KNOWN = {ChannelId("mail"): "@", ChannelId("ticket"): "#"}  # signs everybody knows them by
_PLAIN = ChannelId("face")  # the talk that needs no sign: a plain line


def channel_signs(channels: Mapping[ChannelId, Channel], called: Sequence[str]) -> list[str]:
    """A sign per channel, no two alike but for those the user made so: the one that was chosen,
    else none for talk face to face, else one that is known, else a letter of its name as it is
    `called`, else a number.
    """
    chosen = [shown(channel.sign)[:LONGEST] for channel in channels.values()]
    taken = {sign for sign in chosen if sign}
    found = []
    for key, own, name in zip(channels, chosen, called, strict=True):
        sign = own or next(each for each in _proposed(key, name) if each not in taken)
        taken.add(sign)
        found.append(sign)
    return found


def _proposed(key: ChannelId, name: str) -> Iterator[str]:
    """Signs for a channel, the best first, without end."""
    if key == _PLAIN:
        yield ""
    if key in _KNOWN:
        yield _KNOWN[key]
    yield from (word[0].upper() for word in name.split() if word[0].isalpha())
    yield from (letter.upper()[:1] for letter in name if letter.isalpha())
    number = 1
    while True:
        yield str(number)
        number += 1
