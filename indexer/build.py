"""Making generations: from all documents, or from the live one with what has changed."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.background import Background
from indexer.correction import Correction
from indexer.correction_fit import Sample, fit
from indexer.embedding_cache import EmbeddingCache
from indexer.entries import entry_of
from indexer.faiss_index import VectorIndex
from indexer.generation import Entry, Generation, Manifest
from indexer.vectors import Vectors
from matchmaker.matching.ports import Document, Subject
from matchmaker.sentences import Level, Passage, digest_of

REFIT_GROWTH = 0.25  # share by which the corpus may grow or shrink before its means are taken anew
REFIT_DOCUMENTS = 20  # and at least so many documents
NEED_FIELD = "need"

Progress = Callable[[str, int, int], None]
Changed = Collection[tuple[Subject, int]]


@dataclass(frozen=True)
class Builder:
    """What a generation is made with. `model` is the fingerprint of the encoder behind `cache`."""

    cache: EmbeddingCache
    background: Background
    model: str
    graph_from_rows: int

    def fits(self, generation: Generation | None) -> bool:
        """Whether a generation can go on: made by this model, over this background."""
        if generation is None or generation.manifest.model != self.model:
            return False
        return generation.manifest.correction.startswith(self.background.version)

    def holds(self, generation: Generation, documents: Sequence[Document], changed: Changed) -> bool:
        """Whether the generation already says what these documents say, of all that changed."""
        keys = {(str(subject), number) for subject, number in changed}
        known = {entry.key: entry for entry in generation.entries if entry.key in keys}
        return known == {(str(document.subject), document.id): entry_of(document) for document in documents}

    def whole(self, documents: Sequence[Document], *, number: int, reason: str, progress: Progress) -> Generation:
        """A generation of all documents with means of its own."""
        passages = [passage for document in documents for passage in document.passages]
        raw = self._encoded(passages, progress) if passages else self._no_vectors()
        correction = self._correction(number, documents, passages, raw)
        manifest = Manifest(number, self.model, correction.version, len(documents), reason)
        return self._generation(manifest, [entry_of(document) for document in documents], raw, correction)

    def changed(
        self, current: Generation, documents: Sequence[Document], changed: Changed, progress: Progress
    ) -> Generation:
        """The live generation with some documents added, replaced or removed, under the same means."""
        gone = {(str(subject), number) for subject, number in changed}
        kept = [entry for entry in current.entries if entry.key not in gone]
        stays = np.array([entry.key not in gone for entry in current.entries], dtype=bool)
        passages = [passage for document in documents for passage in document.passages]
        new = _centred(current.correction, self._encoded(passages, progress), passages)
        manifest = replace(current.manifest, number=current.manifest.number + 1)
        entries = kept + [entry_of(document) for document in documents]
        vectors = current.index.changed(stays[current.document_of_row], new, graph_from_rows=self.graph_from_rows)
        return Generation(manifest=manifest, entries=entries, vectors=vectors, correction=current.correction)

    def forget_unheld(self, generation: Generation) -> int:
        """Erase the vectors of all texts that neither this generation nor the background holds; say how many.

        Those of whole challenges and of the alliance's lists go too, and are made again when they are next asked.
        """
        told = {digest for entry in generation.entries for digest in entry.digests}
        asked = {
            digest for entry in generation.entries if entry.subject == Subject.CHALLENGE for digest in entry.digests
        }
        return self.cache.forget_except(
            passages=told | {digest_of(text.text) for text in self.background.passages},
            queries=asked | {digest_of(text.text) for text in self.background.queries},
        )

    def _generation(
        self, manifest: Manifest, entries: Sequence[Entry], raw: Vectors, correction: Correction
    ) -> Generation:
        languages = [entry.language for entry in entries for _ in entry.digests]
        levels = [level for entry in entries for level in entry.levels]
        centred = correction.centre_passages(raw, languages, levels)
        vectors = VectorIndex.of(centred, graph_from_rows=self.graph_from_rows)
        return Generation(manifest=manifest, entries=entries, vectors=vectors, correction=correction)

    def outgrown(self, generation: Generation) -> str:
        """Why the means should be taken anew, in words for the record; empty when they should not."""
        before, now = generation.manifest.corrected_at_documents, len(generation.entries)
        if abs(now - before) < max(REFIT_DOCUMENTS, REFIT_GROWTH * before):
            return ""
        return f"the corpus went from {before} to {now} documents"

    def _correction(
        self, number: int, documents: Sequence[Document], passages: Sequence[Passage], raw: Vectors
    ) -> Correction:
        corpus = Sample(raw, tuple(p.language for p in passages), tuple(str(p.level) for p in passages))
        return fit(
            background_queries=self._background("queries"),
            background_passages=self._background("passages"),
            own_queries=self._own_queries(documents),
            corpus=corpus,
            version=f"{self.background.version}-{number}",
        )

    def _background(self, role: str) -> Sample:
        texts = self.background.queries if role == "queries" else self.background.passages
        encode = self.cache.queries if role == "queries" else self.cache.passages
        written = [text.text for text in texts]
        return Sample(encode(written), tuple(text.language for text in texts), lengths=tuple(map(len, written)))

    def _own_queries(self, documents: Sequence[Document]) -> Sample:
        """The needs of stored challenges, as they ask: the best sample there is of what will be asked."""
        asked = [document for document in documents if document.subject is Subject.CHALLENGE]
        needs = [
            p for document in asked for p in document.passages if p.field == NEED_FIELD and p.level is Level.SECTION
        ]
        vectors = self.cache.queries([need.text for need in needs]) if needs else self._no_vectors()
        return Sample(vectors, tuple(need.language for need in needs), lengths=tuple(len(need.text) for need in needs))

    def _no_vectors(self) -> Vectors:
        """Of no texts, (0, d): the dimension is that of the background."""
        return np.zeros((0, self._background("queries").vectors.shape[1]), np.float32)

    def _encoded(self, passages: Sequence[Passage], progress: Progress) -> Vectors:
        ready = 0

        def count(more: int) -> None:
            nonlocal ready
            ready += more
            progress("embed passages", ready, len(passages))

        return self.cache.passages([passage.text for passage in passages], count)


def _centred(correction: Correction, raw: Vectors, passages: Sequence[Passage]) -> Vectors:
    if not passages:
        return raw
    return correction.centre_passages(raw, [p.language for p in passages], [str(p.level) for p in passages])
