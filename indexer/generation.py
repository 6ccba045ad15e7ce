"""One generation of the index: documents, their rows, and what is needed to search them. Never changed once made."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from indexer.correction import LANGUAGES, Correction, language_group
from indexer.faiss_index import Rows, VectorIndex
from indexer.lexical import LexicalIndex
from indexer.vectors import Vectors
from matchmaker.matching.ports import SearchRequest
from matchmaker.sentences import Level

Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Entry:
    """A document of the index: who it is, its facets, its lexical terms, and the fingerprints of its passages."""

    subject: str
    id: int
    version: int
    language: str
    facets: tuple[str, ...]
    terms: tuple[str, ...]
    digests: tuple[str, ...]
    levels: tuple[str, ...]

    @property
    def key(self) -> tuple[str, int]:
        """What tells documents apart."""
        return self.subject, self.id


@dataclass(frozen=True)
class Manifest:
    """By what a generation was made. `reason` says why a correction changed, so that no score jumps unexplained."""

    number: int
    model: str
    correction: str
    corrected_at_documents: int
    reason: str


class Generation:
    """Entries in row order with their centred vectors (n, d)."""

    def __init__(
        self, *, manifest: Manifest, entries: Sequence[Entry], vectors: VectorIndex, correction: Correction
    ) -> None:
        self.manifest = manifest
        self.entries = tuple(entries)
        self.index = vectors
        self.correction = correction

    @cached_property
    def document_of_row(self) -> Rows:
        """The number of the entry that each row belongs to; ascending."""
        return np.repeat(np.arange(len(self.entries)), [len(entry.digests) for entry in self.entries]).astype(np.int64)

    @cached_property
    def is_sentence(self) -> Marks:
        """Which rows are sentences; the others are sections."""
        return np.array([level == Level.SENTENCE for entry in self.entries for level in entry.levels], dtype=bool)

    @cached_property
    def digests(self) -> list[str]:
        """The fingerprint of each row's text."""
        return [digest for entry in self.entries for digest in entry.digests]

    @cached_property
    def ids(self) -> Rows:
        """The number of each entry's profile or challenge."""
        return np.array([entry.id for entry in self.entries], dtype=np.int64)

    @cached_property
    def languages(self) -> NDArray[np.str_]:
        """The language group of each entry."""
        return np.array([language_group(entry.language) for entry in self.entries], dtype="<U5")

    @cached_property
    def lexical(self) -> Mapping[str, tuple[Rows, LexicalIndex]]:
        """By language group: the entries of that language, and BM25 over them in that order."""
        found = {}
        for language in LANGUAGES:
            members = np.flatnonzero(self.languages == language).astype(np.int64)
            if len(members):
                found[str(language)] = (members, LexicalIndex([self.entries[member].terms for member in members]))
        return found

    @cached_property
    def centres(self) -> Vectors:
        """Unit vectors (entries, d): the mean of an entry's sections, or of its sentences when it has no other."""
        centres = np.zeros((len(self.entries), self.index.dimension), np.float32)
        documents, starts = np.unique(self.document_of_row, return_index=True)
        if len(documents):
            sections = np.add.reduceat(~self.is_sentence, starts, dtype=np.int64)
            counted = ~self.is_sentence | (np.repeat(sections, np.diff(starts, append=len(self.is_sentence))) == 0)
            sums = np.add.reduceat(self.index.vectors * counted[:, None], starts, axis=0)
            centres[documents] = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
        return centres

    def select(self, request: SearchRequest) -> Marks:
        """Which entries are of the subject, pass every filter and are not excluded."""
        chosen = self._having({f"subject:{request.subject}"})
        for facets in request.filters:
            chosen &= self._having(facets)
        if request.excluded:
            chosen &= ~np.isin(self.ids, list(request.excluded))
        return chosen

    def admitted(self, request: SearchRequest, document_id: int) -> int | None:
        """The number of the entry of this document, if the request lets it take part."""
        number = self._numbers.get((str(request.subject), document_id))
        if number is None or document_id in request.excluded:
            return None
        if request.only is not None and document_id not in request.only:
            return None
        facets = self.entries[number].facets
        return number if all(wanted.intersection(facets) for wanted in request.filters) else None

    @cached_property
    def _numbers(self) -> dict[tuple[str, int], int]:
        return {entry.key: number for number, entry in enumerate(self.entries)}

    def _having(self, facets: Collection[str]) -> Marks:
        marks = np.zeros(len(self.entries), dtype=bool)
        for facet in facets:
            marks[self._postings.get(facet, [])] = True
        return marks

    @cached_property
    def _postings(self) -> dict[str, list[int]]:
        postings: dict[str, list[int]] = {}
        for number, entry in enumerate(self.entries):
            for facet in (f"subject:{entry.subject}", *entry.facets):
                postings.setdefault(facet, []).append(number)
        return postings

    def warm(self) -> Self:
        """Make everything that a search needs, before the first one waits for it."""
        _ = (self.document_of_row, self.is_sentence, self.centres, self.digests, self.ids, self.lexical, self._postings)
        return self

    def save(self, directory: Path) -> None:
        """Write all files of the generation into an existing empty folder."""
        self.index.save(directory)
        self.correction.save(directory / "correction.npz")
        with (directory / "entries.jsonl").open("w", encoding="utf-8") as lines:
            lines.writelines(json.dumps(vars(entry), ensure_ascii=False) + "\n" for entry in self.entries)
        (directory / "manifest.json").write_text(json.dumps(vars(self.manifest), indent=1), encoding="utf-8")

    @staticmethod
    def load(directory: Path) -> "Generation":
        """Read what `save` wrote."""
        with (directory / "entries.jsonl").open(encoding="utf-8") as lines:
            entries = [_entry(json.loads(line)) for line in lines]
        return Generation(
            manifest=Manifest(**json.loads((directory / "manifest.json").read_text(encoding="utf-8"))),
            entries=entries,
            vectors=VectorIndex.load(directory),
            correction=Correction.load(directory / "correction.npz"),
        )


def _entry(row: dict[str, object]) -> Entry:
    return Entry(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})  # type: ignore[arg-type]
