"""The E5 encoder once more, from the 4-bit file to unit vectors, sharing nothing with `indexer.model` but the file.

Slow and plain on purpose: an own reading of the format, an own tokenizer (normalisation by table, Viterbi over pieces)
and an own forward pass. What `indexer.model` builds is held against it. Uses the lowest 16 and highest 16 weights of a
Q4_0 block as they stand, erf from the standard library, and float32 throughout as the model does.
"""

import math
import struct
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

erf_of_each = np.vectorize(math.erf, otypes=[np.float32])

Array = NDArray[np.float32]
HEADER: Final = struct.Struct("<4sI7ifi5iQ")
LONGEST_PIECE: Final = 16  # characters, in this vocabulary
UNKNOWN_PENALTY: Final = 10.0
EPSILON: Final = 1e-12


@dataclass
class NumpyEncoder:
    """Reads the file once; `encode` takes a text with its prompt already in front."""

    data: bytes

    def __post_init__(self) -> None:
        header = HEADER.unpack_from(self.data)
        self.hidden, self.layers, self.heads = header[2:5]
        count, self.start, self.end, self.unknown = header[11], header[12], header[13], header[15]
        self.scores, position = self._read_pieces(count, header[16])
        position = self._read_table(position)
        self._read_places(position)

    def encode(self, text: str) -> Array:
        """The unit vector of a text."""
        return self.forward(self.token_ids(text))

    def token_ids(self, text: str) -> list[int]:
        """Token ids with start and end, not truncated."""
        points = "".join(self.table.get(character, character) for character in text)
        while "  " in points:
            points = points.replace("  ", " ")
        marked = points.replace(" ", "▁")
        return [self.start, *self._likeliest(marked if marked.startswith("▁") else f"▁{marked}"), self.end]

    def forward(self, token_ids: list[int]) -> Array:
        """Mean of the last layer's token vectors, at unit length."""
        words = np.stack([self._word(token) for token in token_ids])
        places = self._matrix("emb.pos")[: len(token_ids)]
        states = self._norm(words + places + self._matrix("emb.type")[0], "emb.ln")
        for layer in range(self.layers):
            states = self._norm(states + self._attention(states, layer), f"l{layer}.aln")
            wide = self._linear(states, f"l{layer}.fi")
            wide = wide * (erf_of_each(wide / math.sqrt(2)) + 1) / 2
            states = self._norm(states + self._linear(wide, f"l{layer}.fo"), f"l{layer}.oln")
        mean: Array = states.mean(axis=0)
        return mean / np.float32(np.linalg.norm(mean))

    def _attention(self, states: Array, layer: int) -> Array:
        size = self.hidden // self.heads
        query, key, value = (self._linear(states, f"l{layer}.{part}") for part in "qkv")
        seen = np.empty_like(states)
        for head in range(self.heads):
            part = slice(head * size, (head + 1) * size)
            weights = np.exp(query[:, part] @ key[:, part].T / math.sqrt(size))
            seen[:, part] = weights / weights.sum(axis=1, keepdims=True) @ value[:, part]
        return self._linear(seen, f"l{layer}.ao")

    def _linear(self, states: Array, name: str) -> Array:
        bias = self._matrix(f"{name}.b")[0]
        weights = self._matrix(f"{name}.w").reshape(len(bias), -1)
        result: Array = states @ weights.T + bias
        return result

    def _norm(self, states: Array, name: str) -> Array:
        centred = states - states.mean(axis=1, keepdims=True)
        scale = np.sqrt((centred**2).mean(axis=1, keepdims=True) + EPSILON)
        result: Array = centred / scale * self._matrix(f"{name}.w")[0] + self._matrix(f"{name}.b")[0]
        return result

    def _word(self, token: int) -> Array:
        row_size = self.hidden // 32 * 18
        _, offset, _ = self.places["emb.word"]
        return _unpack(self.data[offset + token * row_size : offset + (token + 1) * row_size])

    def _matrix(self, name: str) -> Array:
        """Rows of the hidden size where that divides the tensor, else one row."""
        kind, offset, size = self.places[name]
        raw = self.data[offset : offset + size]
        values = _unpack(raw) if kind else np.frombuffer(raw, "<f4")
        is_vector = name.endswith((".b", "ln.w"))
        return values.reshape(1, -1) if is_vector else values.reshape(-1, self.hidden)

    def _read_pieces(self, count: int, text_size: int) -> tuple[list[float], int]:
        position = HEADER.size
        offsets = struct.unpack_from(f"<{count + 1}I", self.data, position)
        position += 4 * (count + 1)
        scores = list(struct.unpack_from(f"<{count}f", self.data, position))
        position += 4 * count
        text = self.data[position : position + text_size]
        self.piece_ids = {text[offsets[i] : offsets[i + 1]].decode(): i for i in range(count)}
        return scores, position + text_size

    def _read_table(self, position: int) -> int:
        (count,) = struct.unpack_from("<i4x", self.data, position)
        position += 8
        self.table: dict[str, str] = {}
        for _ in range(count):
            point, length = struct.unpack_from("<IB", self.data, position)
            self.table[chr(point)] = "".join(map(chr, struct.unpack_from(f"<{length}I", self.data, position + 5)))
            position += 5 + 4 * length
        return position

    def _read_places(self, position: int) -> None:
        (count,) = struct.unpack_from("<i", self.data, position)
        position += 4
        self.places: dict[str, tuple[int, int, int]] = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self.data, position)
            name = self.data[position + 2 : position + 2 + length].decode()
            kind, offset, size = struct.unpack_from("<B4xQQ", self.data, position + 2 + length)
            self.places[name] = (kind, offset, size)
            position += 2 + length + 21

    def _likeliest(self, text: str) -> list[int]:
        best: list[tuple[float, int, int]] = [(0.0, 0, 0)]  # score, token, start; one for each end
        unknown_score = min(self.scores) - UNKNOWN_PENALTY
        for end in range(1, len(text) + 1):
            options = [(best[end - 1][0] + unknown_score, self.unknown, end - 1)]
            for start in range(max(0, end - LONGEST_PIECE), end):
                token = self.piece_ids.get(text[start:end])
                if token is not None:
                    options.append((best[start][0] + self.scores[token], token, start))
            best.append(max(options))
        tokens, end = [], len(text)
        while end:
            _, token, start = best[end]
            tokens.append(token)
            end = start
        return _unknowns_joined(tokens[::-1], self.unknown)


def _unknowns_joined(tokens: list[int], unknown: int) -> list[int]:
    """SentencePiece gives neighbouring unknown characters one token."""
    return [token for i, token in enumerate(tokens) if token != unknown or i == 0 or tokens[i - 1] != unknown]


def _unpack(raw: bytes) -> Array:
    """Q4_0 blocks of 18 bytes, 32 weights each, as one vector."""
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, 18)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    halves = blocks[:, 2:].astype(np.int16)
    weights: Array = np.concatenate([halves % 16, halves // 16], axis=1) - np.float32(8)
    return (weights * scales).ravel()
