"""The vocabulary of an E5S1 weight file: pieces with their scores, and what the normaliser replaces."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from indexer.model.byte_reader import ByteReader, WeightsFileError

LAST_CODE_POINT: Final = 0x10FFFF
SURROGATES: Final = range(0xD800, 0xE000)


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """Pieces with their log-probabilities, in token id order, and the ids of the special pieces."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    start: int
    end: int
    padding: int
    unknown: int


def read_vocabulary(reader: ByteReader) -> Vocabulary:
    """The pieces of a weight file, with the reader at their sizes. Raises WeightsFileError."""
    count, *special, text_size = map(int, reader.unpack("5iQ", "the sizes of the vocabulary"))
    if count <= 0 or not all(0 <= token < count for token in special):
        raise WeightsFileError(f"{count} pieces with the special ids {special} make no sense")
    offsets = reader.array("<u4", count + 1, "the piece offsets").astype(np.int64)
    scores = reader.array("<f4", count, "the piece scores")
    text = reader.take(text_size, "the pieces")
    if offsets[0] or offsets[-1] != text_size or (np.diff(offsets) < 0).any() or not np.isfinite(scores).all():
        raise WeightsFileError("the piece offsets or scores make no sense: the file is corrupted")
    start, end, padding, unknown = special
    return Vocabulary(
        pieces=_decode_pieces(text, offsets.tolist()),
        scores=tuple(scores.tolist()),
        start=start,
        end=end,
        padding=padding,
        unknown=unknown,
    )


def _decode_pieces(text: bytes, offsets: list[int]) -> tuple[str, ...]:
    try:
        return tuple(text[a:b].decode() for a, b in pairwise(offsets))
    except UnicodeDecodeError as error:
        raise WeightsFileError(f"a piece of the vocabulary is not UTF-8: {error}") from error


def read_replacements(reader: ByteReader) -> dict[int, tuple[int, ...]]:
    """The normalisation of a weight file: a code point to those that stand for it. Raises WeightsFileError."""
    count, size = reader.unpack("iI", "the size of the normalisation")
    end = reader.position + int(size)
    replacements = {}
    for _ in range(int(count)):
        source, length = reader.unpack("IB", "the normalisation")
        replacements[int(source)] = tuple(map(int, reader.unpack(f"{length}I", "the normalisation")))
    points = [*replacements, *(point for target in replacements.values() for point in target)]
    if reader.position != end or not all(map(_is_character, points)):
        raise WeightsFileError("the normalisation is longer or shorter than it says, or names no code point")
    return replacements


def _is_character(point: int) -> bool:
    return 0 < point <= LAST_CODE_POINT and point not in SURROGATES
