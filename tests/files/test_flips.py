"""One bit of a saved map is flipped: it is refused in words or a sound map, a thousand times."""

from __future__ import annotations

import random

from orgmap.files import native
from tests.files.test_bad_luck import survives
from tests.words import org

SAVED = native.encoded(org("ana <> ben, ben > cy", title="Plan", modules={"Sales": "ana ben"}))


def test_a_flipped_bit_is_refused_or_a_sound_map_a_thousand_times() -> None:
    read = 0
    for seed in range(1_000):
        draw = random.Random(seed)
        data = bytearray(SAVED)
        data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
        read += survives(bytes(data), "plan.orgmap") is not None

    assert 0 < read < 1_000
