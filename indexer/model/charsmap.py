"""Builds a SentencePiece `precompiled_charsmap`: which code points a normaliser replaces, as a double array.

Layout, little-endian: the size of the array in bytes, its 32-bit units, then the replacements, each ended by a zero
byte. The array is a trie over UTF-8 bytes as in Darts-clone (https://github.com/s-yata/darts-clone): the child of the
node at `index` for a byte stands at `base ^ byte`, where `base = index ^ offset`, and says that byte as its label. At
`base` itself stands the value, when the node ends a key: the place of the replacement, marked by the highest bit.

A reader knows a child by its label alone. Two nodes with the same base would see each other's children, and a
character that is not in the map would be read as one that is; so every base is given out once.
"""

import struct
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

HAS_VALUE: Final = 1 << 8
IS_VALUE: Final = 1 << 31
OFFSET_SHIFT: Final = 10
OFFSET_LIMIT: Final = 1 << 21  # larger offsets need the extended form, which no map of code points reaches
VALUE_LABEL: Final = 0  # no key holds a zero byte, so the value takes its place
BYTE_VALUES: Final = 256
SURROGATES: Final = range(0xD800, 0xE000)


@dataclass
class _Node:
    value: int | None = None
    children: dict[int, "_Node"] = field(default_factory=dict)

    def labels(self) -> list[int]:
        own = [] if self.value is None else [VALUE_LABEL]
        return own + sorted(self.children)


@dataclass
class _DoubleArray:
    units: list[int] = field(default_factory=lambda: [0] * BYTE_VALUES)
    taken: set[int] = field(default_factory=lambda: {0})  # the root
    bases: set[int] = field(default_factory=set)
    searched: dict[int, int] = field(default_factory=dict)  # by first label: places before are not tried again

    def place(self, node: _Node, index: int) -> int:
        """Reserve the units of a node's children and value, write its unit's offset, return its base."""
        labels = node.labels()
        base = self._free_base(labels, index)
        self.bases.add(base)
        self.taken.update(base ^ label for label in labels)
        self._grow_to(base | (BYTE_VALUES - 1))
        self.units[index] |= (base ^ index) << OFFSET_SHIFT
        for byte in node.children:
            self.units[base ^ byte] = byte
        if node.value is not None:
            self.units[index] |= HAS_VALUE
            self.units[base] = node.value | IS_VALUE
        return base

    def _free_base(self, labels: Sequence[int], index: int) -> int:
        place = self.searched.get(labels[0], 1)
        while not self._is_free(place ^ labels[0], labels):
            place += 1
        self.searched[labels[0]] = place
        base = place ^ labels[0]
        if base ^ index >= OFFSET_LIMIT:
            raise ValueError("too many code points for one double array")
        return base

    def _is_free(self, base: int, labels: Sequence[int]) -> bool:
        return base not in self.bases and not any(base ^ label in self.taken for label in labels)

    def _grow_to(self, last: int) -> None:
        """Whole blocks of 256: a reader looks at `base ^ byte` for every byte, without a check."""
        missing = (last | (BYTE_VALUES - 1)) + 1 - len(self.units)
        self.units.extend([0] * missing)


def build_charsmap(replacements: Mapping[int, Sequence[int]]) -> bytes:
    """The charsmap that replaces each code point by the given code points and leaves every other one alone.

    U+0000 and surrogates cannot be written in it, as keys or in replacements: ValueError.
    """
    values, texts = _write_texts(replacements)
    root = _Node()
    for source, value in values.items():
        _insert(root, chr(source).encode(), value)
    array = _DoubleArray()
    if root.children:
        _place_all(array, root)
    units = struct.pack(f"<{len(array.units)}I", *array.units)
    return struct.pack("<I", len(units)) + units + texts


def _write_texts(replacements: Mapping[int, Sequence[int]]) -> tuple[dict[int, int], bytes]:
    """The place of each code point's replacement, and all replacements, each text written once."""
    places: dict[bytes, int] = {}
    values, texts = {}, bytearray()
    for source, target in replacements.items():
        for point in (source, *target):
            if point == 0 or point in SURROGATES:
                raise ValueError(f"a charsmap cannot hold U+{point:04X}")
        text = "".join(map(chr, target)).encode()
        if text not in places:
            places[text] = len(texts)
            texts += text + b"\0"
        values[source] = places[text]
    return values, bytes(texts)


def _insert(root: _Node, key: bytes, value: int) -> None:
    node = root
    for byte in key:
        node = node.children.setdefault(byte, _Node())
    node.value = value


def _place_all(array: _DoubleArray, root: _Node) -> None:
    waiting = deque([(root, 0)])
    while waiting:
        node, index = waiting.popleft()
        base = array.place(node, index)
        waiting.extend((child, base ^ byte) for byte, child in node.children.items())
