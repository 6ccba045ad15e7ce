"""The one door to FAISS: inner products over the rows that a predicate has selected.

Which way pays was measured (README, "Numbers"): up to `SCAN_ROWS` selected rows an exact scan, above it and only over
a large index a graph (HNSW) that walks with the selection as a filter.
"""

from pathlib import Path
from typing import Any

import faiss  # noqa: TID251 - this is the door
import numpy as np
from numpy.typing import NDArray

from indexer.vectors import Vectors

Rows = NDArray[np.int64]
SCAN_ROWS = 50_000  # selected rows up to which the exact scan is quicker than a filtered graph of equal recall
GRAPH_NEIGHBOURS = 16  # HNSW M
GRAPH_BUILD_BREADTH = 80  # efConstruction
GRAPH_SEARCH_BREADTH = 1_024  # efSearch under a filter, for a recall of .99


class VectorIndex:
    """Vectors (n, d) in row order; a graph beside them when there are many."""

    def __init__(self, flat: Any, graph: Any = None) -> None:
        self._flat = flat
        self._graph = graph
        self.dimension = int(flat.d)

    @staticmethod
    def of(vectors: Vectors, *, graph_from_rows: int) -> "VectorIndex":
        """An index of vectors (n, d), with a graph from that many rows on."""
        rows = np.ascontiguousarray(vectors, dtype=np.float32)
        flat = faiss.IndexFlatIP(rows.shape[1])
        flat.add(rows)
        if len(rows) < graph_from_rows:
            return VectorIndex(flat)
        graph = faiss.IndexHNSWFlat(rows.shape[1], GRAPH_NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
        graph.hnsw.efConstruction = GRAPH_BUILD_BREADTH
        graph.add(rows)
        return VectorIndex(flat, graph)

    @property
    def vectors(self) -> Vectors:
        """All vectors (n, d), as a view into the index: not to be changed, valid while the index lives."""
        stored = faiss.rev_swig_ptr(self._flat.get_xb(), self._flat.ntotal * self.dimension)
        return np.asarray(stored).reshape(self._flat.ntotal, self.dimension)

    def nearest(self, queries: Vectors, rows: Rows, count: int, *, scan_rows: int = SCAN_ROWS) -> Rows:
        """Of `rows`, those that are among the `count` best of any query (m, d); ascending, each once."""
        if len(rows) <= count:
            return rows
        parameters: Any
        if self._graph is not None and len(rows) > scan_rows:
            selector = faiss.IDSelectorBitmap(_bitmap(rows, self._flat.ntotal))
            parameters = faiss.SearchParametersHNSW(sel=selector, efSearch=max(GRAPH_SEARCH_BREADTH, count))
            _, found = self._graph.search(queries, count, params=parameters)
        else:
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorArray(rows))
            _, found = self._flat.search(queries, count, params=parameters)
        return np.unique(found[found >= 0]).astype(np.int64)

    def save(self, directory: Path) -> None:
        """Write the index, and its graph if there is one."""
        faiss.write_index(self._flat, str(directory / "vectors.faiss"))
        if self._graph is not None:
            faiss.write_index(self._graph, str(directory / "graph.faiss"))

    @staticmethod
    def load(directory: Path) -> "VectorIndex":
        """Read what `save` wrote; workers share the pages of the file."""
        graph = directory / "graph.faiss"
        return VectorIndex(
            faiss.read_index(str(directory / "vectors.faiss")),
            faiss.read_index(str(graph)) if graph.is_file() else None,
        )


def _bitmap(rows: Rows, total: int) -> NDArray[np.uint8]:
    marks = np.zeros(total, dtype=bool)
    marks[rows] = True
    return np.packbits(marks, bitorder="little")
