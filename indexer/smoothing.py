"""Relevance lent by neighbours: documents that say similar things deserve similar scores.

Regularisation of scores over the graph of nearest documents (Diaz 2005, "Regularizing ad hoc retrieval scores"). What
documents say of each other does not depend on the language of the query, so that the same question in another language
ends with more of the same answers. A document that stands out by itself keeps its own score: where one answer alone is
right, its neighbours are wrong.
"""

import numpy as np

from indexer.faiss_index import Rows
from indexer.generation import Generation
from indexer.scoring import falling, standardised
from indexer.vectors import Vectors

NEIGHBOURS = 10
DOCUMENTS_PER_NEIGHBOUR = 16  # among fewer documents the nearest of the others may well be far
NEIGHBOUR_WEIGHT = 0.8  # at most, of the mean score of its neighbours beside a document's own; ablation in README
OWN_DEVIATIONS = 2.1  # z-score at which half of that weight is left
OWN_SLOPE = 4.0  # how fast it falls there, per deviation
SMOOTHED_DOCUMENTS = 200  # of the first at first sight; the rest keep their places


def smoothed(generation: Generation, documents: Rows, relevance: Vectors) -> Vectors:
    """Relevance (documents,) with the help of neighbours, as z-scores.

    Costs a product of the vectors of the first documents with those of all.
    """
    own = standardised(relevance)
    neighbours = min(NEIGHBOURS, len(documents) // DOCUMENTS_PER_NEIGHBOUR)
    if not neighbours:
        return own
    ids = generation.ids[documents]
    first = falling(own, ids)[:SMOOTHED_DOCUMENTS]
    weight = NEIGHBOUR_WEIGHT / (1 + np.exp(OWN_SLOPE * (own[first] - OWN_DEVIATIONS)))
    mixed = (1 - weight) * own[first] + weight * _lent(generation.centres[documents], own, first, count=neighbours)
    result = np.minimum(own, mixed.min())
    result[first] = mixed
    return standardised(result)


def _lent(centres: Vectors, own: Vectors, first: Rows, *, count: int) -> Vectors:
    """The mean score of each first document's nearest others, weighted by how near they are."""
    nearness = centres[first] @ centres.T
    nearness[np.arange(len(first)), first] = -np.inf
    nearest = np.argpartition(-nearness, count - 1, axis=1)[:, :count]
    weights = np.maximum(np.take_along_axis(nearness, nearest, axis=1), 0)
    lent = (weights * own[nearest]).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
    return np.asarray(lent, dtype=np.float32)
