"""Finding: candidates from FAISS, exact scores of their passages, fusion with the lexical leg, evidence per need."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from indexer.correction import language_group
from indexer.embedding_cache import EmbeddingCache
from indexer.encoder import Encoder
from indexer.faiss_index import Rows
from indexer.generation import Generation, Marks
from indexer.generations import Generations
from indexer.lexical import terms
from indexer.scoring import (
    TIE_DECIMALS,
    Scored,
    document_scores,
    falling,
    feedback_passages,
    hits_of,
    reordered,
    score_rows,
    with_query,
)
from indexer.settings import CANDIDATE_ROWS, SCAN_ROWS
from indexer.smoothing import smoothed
from indexer.trial import alone_in
from indexer.vectors import Vectors
from matchmaker.errors import NotReadyError
from matchmaker.matching.ports import Document, Hit, Query, SearchRequest, SearchResult
from matchmaker.sentences import Level

BUILDING_SECONDS = 30  # after which it is worth asking again for an index that is being built
WHOLE_WEIGHT = 0.65  # of the whole challenge, fed back, beside the mean of its needs; ablation in README


class MeaningIndex:
    """The search index of the matchmaker: answers `matching.ports.SearchIndex`.

    `scan_rows` and `candidate_rows` as in `IndexerSettings`.
    """

    def __init__(
        self,
        generations: Generations,
        encoder: Encoder,
        cache: EmbeddingCache,
        *,
        scan_rows: int = SCAN_ROWS,
        candidate_rows: int = CANDIDATE_ROWS,
    ) -> None:
        self._generations = generations
        self._encoder = encoder
        self._cache = cache
        self._scan_rows = scan_rows
        self._candidate_rows = candidate_rows

    def search(self, request: SearchRequest) -> SearchResult:
        """See the port. Costs the encoding of the texts that are not stored, and a scan of the selected rows."""
        generation = self._readable()
        manifest = generation.manifest
        selected = generation.select(request) if request.needs else np.zeros(0, dtype=bool)
        hits = self._hits(generation, request, selected) if selected.any() else ()
        return SearchResult(hits, manifest.model, manifest.number, manifest.correction)

    def examine(self, document_id: int, requests: Sequence[SearchRequest]) -> list[Hit | None]:
        """See the port."""
        return self._examine(self._readable(), document_id, requests)

    def try_out(self, document: Document, requests: Sequence[SearchRequest]) -> list[Hit | None]:
        """See the port. The document alone is a generation for the moment, under the means of the live one."""
        alone = alone_in(self._readable(), document, self._encoder)
        return self._examine(alone, document.id, requests)

    def _examine(self, generation: Generation, document_id: int, requests: Sequence[SearchRequest]) -> list[Hit | None]:
        numbers = [generation.admitted(request, document_id) if request.needs else None for request in requests]
        admitted = [request for request, number in zip(requests, numbers, strict=True) if number is not None]
        number = next((number for number in numbers if number is not None), 0)
        queries = iter(self._queries(generation, [query for request in admitted for query in _texts(request)]))
        asked = [_asked(request, np.stack([next(queries) for _ in _texts(request)])) for request in admitted]
        hits = iter(_examined(generation, number, asked))
        return [None if number is None else next(hits) for number in numbers]

    def compare(self, query: Query, options: Sequence[Query]) -> list[float]:
        """See the port. Options are taken as sections of their language; their vectors are kept."""
        generation = self._readable()
        if not options:
            return []
        correction = generation.correction
        languages = [option.language for option in options]
        passages = self._cache.passages([option.text for option in options])
        centred = correction.centre_passages(passages, languages, [Level.SECTION] * len(options))
        asked = self._queries(generation, [query])
        groups = [language_group(language) for language in languages]
        deviations = {group: float(correction.deviation(asked, group)[0]) for group in set(groups)}
        return [float(score) / deviations[group] for score, group in zip(centred @ asked[0], groups, strict=True)]

    def _readable(self) -> Generation:
        """The live generation. Raises `index_being_built` where there is none, or another model made it.

        Distances between two models mean nothing, and an empty list would say that nobody fits.
        """
        generation = self._generations.current()
        if generation is None or generation.manifest.model != self._encoder.fingerprint:
            raise NotReadyError("index_being_built", seconds=BUILDING_SECONDS)
        return generation

    def _hits(self, generation: Generation, request: SearchRequest, selected: Marks) -> tuple[Hit, ...]:
        needs = len(request.needs)
        asked = _asked(request, self._queries(generation, _texts(request)))
        scored = self._scored(generation, asked, selected)
        relevance = _relevance(generation, request, scored, needs)
        fed = generation.correction.feed_back(asked[-1], feedback_passages(generation, scored, relevance))
        final = with_query(generation, scored, fed)
        relevance = smoothed(generation, scored.documents, _relevance(generation, request, final, needs))
        relevance = np.round(relevance, TIE_DECIMALS)
        ids = generation.ids[scored.documents]
        best = falling(relevance, ids)
        best = (best if request.only is None else best[np.isin(ids[best], list(request.only))])[: request.limit]
        return tuple(hits_of(generation, scored, best, relevance))

    def _scored(self, generation: Generation, queries: Vectors, selected: Marks) -> Scored:
        """Every row of the candidate documents against every query."""
        eligible = _rows_of(generation, selected)
        near = generation.index.nearest(queries, eligible, self._candidate_rows, scan_rows=self._scan_rows)
        if len(near) < len(eligible):
            candidates = np.zeros(len(generation.entries), dtype=bool)
            candidates[generation.document_of_row[near]] = True
            eligible = _rows_of(generation, candidates)
        return score_rows(generation, eligible, queries)

    def _queries(self, generation: Generation, queries: Sequence[Query]) -> Vectors:
        """Centred vectors; those of stored texts come from the cache."""
        if not queries:
            return np.zeros((0, generation.index.dimension), np.float32)
        known = [query.text for query in queries if query.is_stored]
        tried = [query.text for query in queries if not query.is_stored]
        vectors = dict(zip(known, self._cache.queries(known), strict=True)) if known else {}
        if tried:
            vectors |= dict(zip(tried, self._encoder.queries(tried), strict=True))
        stacked = np.stack([vectors[query.text] for query in queries])
        languages, texts = [query.language for query in queries], [query.text for query in queries]
        return generation.correction.centre_queries(stacked, languages, texts)


def _texts(request: SearchRequest) -> list[Query]:
    """All that is encoded for a request, the whole last."""
    return [*request.needs, *request.also, *([request.whole] if request.whole else [])]


def _asked(request: SearchRequest, queries: Vectors) -> Vectors:
    """What passages are scored against: the needs, what is sought also, and the topic, which is the whole or a mean."""
    return queries if request.whole else np.vstack([queries, queries[: len(request.needs)].mean(axis=0)])


def _examined(generation: Generation, number: int, asked: Sequence[Vectors]) -> Iterator[Hit]:
    """How one entry answers each of several questions (queries, d), scored in one go."""
    if not asked:
        return
    only = np.arange(len(generation.entries)) == number
    scored = score_rows(generation, _rows_of(generation, only), np.vstack(asked))
    start = 0
    for queries in asked:
        own = replace(scored, row_scores=scored.row_scores[:, start : start + len(queries)])
        yield from hits_of(generation, own, np.zeros(1, np.int64), np.zeros(1, np.float32))
        start += len(queries)


def _relevance(generation: Generation, request: SearchRequest, scored: Scored, needs: int) -> Vectors:
    """Relevance (documents,): the topic, last of the queries, beside the mean of the needs; BM25 has its say."""
    scores = document_scores(generation, scored)
    mixed = WHOLE_WEIGHT * scores[:, -1] + (1 - WHOLE_WEIGHT) * scores[:, :needs].mean(axis=1)
    spoken = request.whole or request.needs[0]
    text = request.whole.text if request.whole else " ".join(need.text for need in request.needs)
    return reordered(generation, scored.documents, mixed, terms(text, spoken.language), spoken.language)


def _rows_of(generation: Generation, documents: Marks) -> Rows:
    return np.flatnonzero(documents[generation.document_of_row]).astype(np.int64)
