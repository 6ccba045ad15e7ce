"""Reads little-endian values from bytes, in order, and says what was missing when they end too early."""

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike, NDArray


class WeightsFileError(ValueError):
    """A weight file that is cut short, corrupted, or of another kind."""


@dataclass
class ByteReader:
    """A position in bytes; every read is checked against their end and raises WeightsFileError."""

    data: bytes
    position: int = 0

    @property
    def size(self) -> int:
        """Number of bytes in all."""
        return len(self.data)

    def take(self, count: int, purpose: str) -> bytes:
        """The next `count` bytes."""
        start = self._advance(count, purpose)
        return self.data[start : start + count]

    def unpack(self, layout: str, purpose: str) -> tuple[int | float, ...]:
        """The next values of a `struct` layout, little-endian and unpadded."""
        packed = struct.Struct(f"<{layout}")
        return packed.unpack_from(self.data, self._advance(packed.size, purpose))

    def array(self, kind: DTypeLike, count: int, purpose: str) -> NDArray[np.generic]:
        """The next `count` numbers of a dtype, as a read-only view."""
        start = self._advance(count * np.dtype(kind).itemsize, purpose)
        return np.frombuffer(self.data, kind, count, start)

    def _advance(self, count: int, purpose: str) -> int:
        start, end = self.position, self.position + count
        if count < 0 or end > self.size:
            raise WeightsFileError(
                f"the weight file is cut short: {purpose} should be at bytes {start} to {end} of {self.size}"
            )
        self.position = end
        return start
