"""Reads an E5S1 weight file: a BERT encoder in 4 bits with its Unigram vocabulary and its text normalisation.

Little-endian, in this order: magic `E5S1`, version, nine header numbers, vocabulary (offsets, scores, UTF-8 pieces),
normalisation (code point to code points), tensor directory (name, kind, count, offset, size), tensors. Large matrices
are Q4_0 as in llama.cpp: blocks of 32 weights, one fp16 scale and 16 bytes; the low halves of the bytes are the first
16 weights, the high halves the last 16, each stored plus 8.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.model.byte_reader import ByteReader, WeightsFileError
from indexer.model.vocabulary import Vocabulary, read_replacements, read_vocabulary

MAGIC: Final = b"E5S1"
VERSION: Final = 1
BLOCK_WEIGHTS: Final = 32
BLOCK: Final = np.dtype([("scale", "<f2"), ("halves", "u1", BLOCK_WEIGHTS // 2)])
PLAIN, FOUR_BIT = 0, 1


@dataclass(frozen=True, kw_only=True)
class EncoderShape:
    """Sizes of the encoder, all counts; `epsilon` is added to the variance in layer normalisation."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    embeddings: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, kw_only=True)
class _Tensor:
    kind: int
    count: int
    offset: int
    size: int


@dataclass(frozen=True, kw_only=True)
class WeightsFile:
    """A read weight file; `replacements` maps a code point to the code points that stand for it."""

    shape: EncoderShape
    vocabulary: Vocabulary
    replacements: Mapping[int, tuple[int, ...]]
    _data: bytes
    _tensors: Mapping[str, _Tensor]

    def array(self, name: str, *shape: int) -> NDArray[np.float32]:
        """The tensor of that name as float32 of that shape.

        Raises WeightsFileError when it is missing, of another size, or holds values that are not finite.
        """
        tensor = self._tensors.get(name)
        if tensor is None:
            raise WeightsFileError(f"the weight file has no tensor {name!r}")
        if tensor.count != math.prod(shape):
            raise WeightsFileError(f"tensor {name!r} has {tensor.count} values where {shape} are expected")
        values = self._four_bit(tensor) if tensor.kind == FOUR_BIT else self._plain(tensor)
        if not np.isfinite(values).all():
            raise WeightsFileError(f"tensor {name!r} holds values that are not finite: the file is corrupted")
        return values.reshape(shape)

    def _plain(self, tensor: _Tensor) -> NDArray[np.float32]:
        return np.frombuffer(self._data, "<f4", tensor.count, tensor.offset).astype(np.float32)

    def _four_bit(self, tensor: _Tensor) -> NDArray[np.float32]:
        blocks = np.frombuffer(self._data, BLOCK, tensor.count // BLOCK_WEIGHTS, tensor.offset)
        values = np.empty((len(blocks), BLOCK_WEIGHTS), np.float32)
        values[:, : BLOCK_WEIGHTS // 2] = blocks["halves"] & 0x0F
        values[:, BLOCK_WEIGHTS // 2 :] = blocks["halves"] >> 4
        values -= 8
        with np.errstate(invalid="ignore"):  # an infinite scale times zero; `array` refuses the result
            values *= blocks["scale"].astype(np.float32)[:, None]
        return values


def read_weights(data: bytes) -> WeightsFile:
    """Read a whole weight file; tensors are checked here and unpacked by `WeightsFile.array`.

    Raises WeightsFileError, with the place and the reason, when the file is cut short or contradicts itself.
    """
    reader = ByteReader(data)
    if reader.take(len(MAGIC), "the magic bytes") != MAGIC:
        raise WeightsFileError("not an E5S1 weight file: the first four bytes differ")
    (version,) = reader.unpack("I", "the version")
    if version != VERSION:
        raise WeightsFileError(f"E5S1 version {version} is not known, only version {VERSION}")
    shape = _read_shape(reader)
    vocabulary = read_vocabulary(reader)
    if len(vocabulary.pieces) > shape.embeddings:
        raise WeightsFileError(f"{len(vocabulary.pieces)} pieces for {shape.embeddings} embeddings")
    replacements = read_replacements(reader)
    tensors = _read_directory(reader)
    return WeightsFile(shape=shape, vocabulary=vocabulary, replacements=replacements, _data=data, _tensors=tensors)


def _read_shape(reader: ByteReader) -> EncoderShape:
    *sizes, epsilon, block = reader.unpack("7ifi", "the sizes of the encoder")
    hidden, layers, heads, feed_forward, embeddings, positions, token_types = map(int, sizes)
    if min(map(int, sizes)) <= 0 or hidden % heads or not 0 < epsilon < 1:
        raise WeightsFileError(f"the sizes of the encoder make no sense: {sizes}, epsilon {epsilon}")
    if block != BLOCK_WEIGHTS:
        raise WeightsFileError(f"blocks of {block} weights are not known, only of {BLOCK_WEIGHTS}")
    return EncoderShape(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        embeddings=embeddings,
        positions=positions,
        token_types=token_types,
        epsilon=float(f"{epsilon:.6g}"),  # stored as float32; the decimal it came from
    )


def _read_directory(reader: ByteReader) -> dict[str, _Tensor]:
    (count,) = reader.unpack("i", "the tensor directory")
    tensors = {}
    for _ in range(int(count)):
        (length,) = reader.unpack("H", "the tensor directory")
        name = reader.take(int(length), "the tensor directory").decode("ascii", "replace")
        kind, values, offset, size = map(int, reader.unpack("BIQQ", "the tensor directory"))
        tensors[name] = _checked(name, _Tensor(kind=kind, count=values, offset=offset, size=size), reader.size)
    return tensors


def _checked(name: str, tensor: _Tensor, file_size: int) -> _Tensor:
    sizes = {PLAIN: tensor.count * 4, FOUR_BIT: tensor.count // BLOCK_WEIGHTS * BLOCK.itemsize}
    if tensor.size != sizes.get(tensor.kind) or (tensor.kind == FOUR_BIT and tensor.count % BLOCK_WEIGHTS):
        raise WeightsFileError(
            f"tensor {name!r} says {tensor.size} bytes for {tensor.count} values of kind {tensor.kind}"
        )
    if tensor.offset + tensor.size > file_size:
        raise WeightsFileError(
            f"the weight file is cut short: tensor {name!r} ends at byte {tensor.offset + tensor.size} of {file_size}"
        )
    return tensor
