"""Arithmetic on the scores of passages: documents, fusion with the lexical leg, evidence. Pure numpy."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.correction import language_group
from indexer.faiss_index import Rows
from indexer.generation import Entry, Generation
from indexer.vectors import Vectors
from matchmaker.matching.ports import Evidence, Hit
from matchmaker.matching.strength import breadth

SENTENCE_WEIGHT = 0.4  # of the best sentence beside the best section; ablation in README
LEXICAL_WEIGHT = 0.6  # of BM25's z-score beside that of meaning, when it re-orders documents of the query's language
SCORE_NOISE = 1e-6  # of a product of two unit vectors in single precision, which depends on where a row stands
TIE_DECIMALS = 4  # of z-scores: nearer than that, the order of two documents would be that of noise
FEEDBACK_DOCUMENTS = 4  # most relevant at first sight; ablation in README
EVIDENCE_PER_NEED = 3  # sentences; the first is quoted, the others stand in when the text has changed since


@dataclass(frozen=True)
class Scored:
    """Candidates: entries (ascending), their rows, the start of each in `rows`, vectors, scores (rows, queries).

    Scores are in standard deviations of the row's language (see `correction`).
    """

    documents: Rows
    rows: Rows
    starts: Rows
    vectors: Vectors
    row_scores: Vectors


def document_scores(generation: Generation, scored: Scored) -> Vectors:
    """Best section and best sentence of each document for each query, mixed; (documents, queries)."""
    is_sentence = generation.is_sentence[scored.rows][:, None]
    sentences = np.maximum.reduceat(np.where(is_sentence, scored.row_scores, -np.inf), scored.starts, axis=0)
    sections = np.maximum.reduceat(np.where(is_sentence, -np.inf, scored.row_scores), scored.starts, axis=0)
    sentences = np.where(np.isneginf(sentences), sections, sentences)
    sections = np.where(np.isneginf(sections), sentences, sections)
    return np.asarray(SENTENCE_WEIGHT * sentences + (1 - SENTENCE_WEIGHT) * sections, dtype=np.float32)


def reordered(
    generation: Generation, documents: Rows, relevance: Vectors, query_terms: Sequence[str], language: str
) -> Vectors:
    """Let BM25 re-order the documents of the query's language over their own sorted scores.

    The scores of that language stay the same set, so that as many of them as before stand above each document of
    another language; only documents that are equal in all share the mean of theirs.
    """
    group = language_group(language)
    places = np.flatnonzero(generation.languages[documents] == group)
    if group not in generation.lexical or not len(places):
        return relevance
    members, lexical = generation.lexical[group]
    scores = lexical.scores(query_terms)[np.searchsorted(members, documents[places])]
    mixed = standardised(relevance[places]) + LEXICAL_WEIGHT * standardised(scores)
    order = falling(mixed, generation.ids[documents[places]])
    given = np.empty_like(relevance[places])
    given[order] = np.sort(relevance[places])[::-1]
    result = relevance.copy()
    result[places] = _shared(given, np.round(mixed, TIE_DECIMALS).astype(np.float32))
    return result


def _shared(values: Vectors, keys: Vectors) -> Vectors:
    """Each value replaced by the mean of those with its key: equals stay equal."""
    _, groups = np.unique(keys, return_inverse=True)
    return np.asarray((np.bincount(groups, values) / np.bincount(groups))[groups], dtype=np.float32)


def standardised(values: Vectors) -> Vectors:
    """The values as z-scores among themselves; zeros when they are all equal, nothing for none."""
    deviation = float(values.std()) if len(values) else 0.0
    return (values - values.mean()) / deviation if deviation > SCORE_NOISE else np.zeros_like(values)


def falling(values: Vectors, numbers: Rows) -> Rows:
    """The places of z-scores from high to low; equals by their numbers, so that chance decides nothing."""
    return np.lexsort((numbers, -np.round(values, TIE_DECIMALS))).astype(np.int64)


def score_rows(generation: Generation, rows: Rows, queries: Vectors) -> Scored:
    """Score rows (ascending) against queries (m, d)."""
    documents, starts = np.unique(generation.document_of_row[rows], return_index=True)
    vectors = generation.index.vectors[rows]
    scores = _row_scores(generation, rows, vectors, queries)
    return Scored(documents, rows, starts.astype(np.int64), vectors, scores)


def with_query(generation: Generation, scored: Scored, query: Vectors) -> Scored:
    """The same candidates with the scores of their last query replaced by those of another one (d,)."""
    last = _row_scores(generation, scored.rows, scored.vectors, query[None, :])
    return replace(scored, row_scores=np.hstack([scored.row_scores[:, :-1], last]))


def _row_scores(generation: Generation, rows: Rows, vectors: Vectors, queries: Vectors) -> Vectors:
    """Scores (rows, queries) in standard deviations of each query's scores in the language of the row."""
    scores = vectors @ queries.T
    languages = generation.languages[generation.document_of_row[rows]]
    for language in np.unique(languages):
        scores[languages == language] /= generation.correction.deviation(queries, str(language))
    return np.asarray(scores, dtype=np.float32)


def feedback_passages(generation: Generation, scored: Scored, relevance: Vectors) -> Vectors:
    """The section (k, d) of each of the most relevant documents that is nearest to the last query."""
    best = falling(relevance, generation.ids[scored.documents])[:FEEDBACK_DOCUMENTS]
    is_section = ~generation.is_sentence[scored.rows]
    ends = np.append(scored.starts[1:], len(scored.rows))
    chosen = []
    for place in best:
        rows = np.arange(scored.starts[place], ends[place])
        sections = rows[is_section[rows]]
        if len(sections):
            chosen.append(sections[np.argmax(scored.row_scores[sections, -1])])
    return scored.vectors[np.array(chosen, dtype=np.int64)]


def hits_of(generation: Generation, scored: Scored, places: Rows, relevance: Vectors) -> Iterator[Hit]:
    """Per document how near it is to the last query, and its best sentences per other query."""
    for place in places:
        entry = generation.entries[int(scored.documents[place])]
        start = int(scored.starts[place])
        rows = slice(start, start + len(entry.digests))
        scores, is_sentence = scored.row_scores[rows], generation.is_sentence[scored.rows[rows]]
        sections = scores[~is_sentence, -1]
        likeness = float(sections.max()) if len(sections) else 0.0
        width = breadth(scores[is_sentence, -1].tolist())  # a document holds each of its sentences once
        evidence = _best(entry, scores[is_sentence, :-1], np.flatnonzero(is_sentence))
        yield Hit(entry.id, entry.version, float(relevance[place]), likeness, width, evidence)


def _best(entry: Entry, scores: Vectors, sentences: Rows) -> tuple[tuple[Evidence, ...], ...]:
    """Per query its best sentences, from scores (sentences, queries)."""
    order = np.argsort(-scores, axis=0, kind="stable")[:EVIDENCE_PER_NEED]
    rows, values = sentences[order].T.tolist(), np.take_along_axis(scores, order, axis=0).T.tolist()
    return tuple(
        tuple(Evidence(entry.digests[row], value) for row, value in zip(places, found, strict=True))
        for places, found in zip(rows, values, strict=True)
    )
