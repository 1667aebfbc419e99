"""PNG files written row by row, so that a wall-sized picture never stands in memory as a whole.

Qt can only write an image that is complete. The format is that of ISO/IEC 15948: true colour, eight
bits, no time, no words.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_UP = 2  # the filter: each byte less the one above it, which is mostly 0 in drawings
_CHUNK = 1 << 20

Rows = NDArray[np.uint8]  # (rows, width, 3): red, green, blue


class PngWriter:
    """Takes the rows of one picture from top to bottom; `data` is the file when all have come.

    `per_metre`: pixels a metre, for whoever prints it.
    """

    def __init__(self, width: int, height: int, per_metre: int) -> None:
        self.data = bytearray(SIGNATURE)
        self._height = height
        self._above = np.zeros((1, width * 3), dtype=np.uint8)
        self._packer = zlib.compressobj(6)
        self._chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        self._chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))

    def add(self, rows: Rows) -> None:
        """The next rows. The last ones end the file."""
        flat = rows.reshape(len(rows), -1)
        before = np.concatenate((self._above, flat[:-1]))
        filtered = np.empty((len(flat), flat.shape[1] + 1), dtype=np.uint8)
        filtered[:, 0] = _UP
        np.subtract(flat, before, out=filtered[:, 1:])
        self._above = flat[-1:].copy()
        self._height -= len(rows)
        packed = self._packer.compress(filtered.data)
        if self._height <= 0:
            packed += self._packer.flush()
        for begin in range(0, len(packed), _CHUNK):
            self._chunk(b"IDAT", packed[begin : begin + _CHUNK])
        if self._height <= 0:
            self._chunk(b"IEND", b"")

    def _chunk(self, kind: bytes, data: bytes) -> None:
        check = zlib.crc32(data, zlib.crc32(kind))
        self.data += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)
