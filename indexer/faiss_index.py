"""The one door to FAISS: inner products over the rows that a predicate has selected.

Which way pays was measured (README, "Numbers"): up to `SCAN_ROWS` selected rows an exact scan, above it and only over
a large index a graph (HNSW) that walks with the selection as a filter. The graph grows with what is added; what is
removed or replaced leaves a blank place in it.
"""

from pathlib import Path
from typing import Any

import faiss  # noqa: TID251 - this is the door
import numpy as np
from numpy.typing import NDArray

from indexer.settings import SCAN_ROWS
from indexer.vectors import Vectors

Rows = NDArray[np.int64]
GRAPH_NEIGHBOURS = 16  # HNSW M
GRAPH_BUILD_BREADTH = 80  # efConstruction
GRAPH_SEARCH_BREADTH = 1_024  # efSearch under a filter, for a recall of .99
BLANK_SHARE = 0.25  # of the places of a graph, from which building it anew pays


class VectorIndex:
    """Vectors (n, d) in row order; a graph beside them when there are many.

    `places` (n,) says where in the graph each row stands, ascending. What was removed leaves a blank place there.
    """

    def __init__(self, flat: Any, graph: Any = None, places: Rows | None = None) -> None:
        self._flat = flat
        self._graph = graph
        self._places = np.arange(flat.ntotal) if places is None else places
        self.dimension = int(flat.d)

    @staticmethod
    def of(vectors: Vectors, *, graph_from_rows: int) -> "VectorIndex":
        """An index of vectors (n, d), with a graph from that many rows on."""
        flat = _flat(vectors)
        if flat.ntotal < graph_from_rows:
            return VectorIndex(flat)
        graph = faiss.IndexHNSWFlat(flat.d, GRAPH_NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
        graph.hnsw.efConstruction = GRAPH_BUILD_BREADTH
        graph.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return VectorIndex(flat, graph)

    @property
    def vectors(self) -> Vectors:
        """All vectors (n, d), as a view into the index: not to be changed, valid while the index lives."""
        return _view(self._flat)

    @property
    def blank_places(self) -> int:
        """How many places of the graph no row stands at any more."""
        return 0 if self._graph is None else int(self._graph.ntotal) - len(self._places)

    def changed(self, stays: NDArray[np.bool_], new: Vectors, *, graph_from_rows: int) -> "VectorIndex":
        """Another index: the rows that stay, in their order, and then new ones (k, d). This one is left as it is.

        The graph grows, which takes a moment, until a fourth of its places are blank; then it is built anew. Of what
        was removed it keeps the way through, and no number.
        """
        rows = np.vstack([self.vectors[stays], new]) if len(new) else self.vectors[stays]
        places = self._places[stays]
        blank = 0 if self._graph is None else 1 - len(places) / self._graph.ntotal
        if self._graph is None or len(rows) < graph_from_rows or blank > BLANK_SHARE:
            return VectorIndex.of(rows, graph_from_rows=graph_from_rows)
        graph = faiss.clone_index(self._graph)
        _view(graph.storage)[self._places[~stays]] = 0
        if len(new):
            graph.add(np.ascontiguousarray(new, dtype=np.float32))
        added = np.arange(graph.ntotal - len(new), graph.ntotal)
        return VectorIndex(_flat(rows), graph, np.concatenate([places, added]).astype(np.int64))

    def nearest(self, queries: Vectors, rows: Rows, count: int, *, scan_rows: int = SCAN_ROWS) -> Rows:
        """Of `rows`, those that are among the `count` best of any query (m, d); ascending, each once.

        Up to `scan_rows` of them are scanned; more are sought by the graph, if there is one.
        """
        if len(rows) <= count:
            return rows
        if self._graph is not None and len(rows) > scan_rows:
            return self._walked(queries, rows, count)
        parameters = faiss.SearchParameters(sel=faiss.IDSelectorArray(rows))
        _, found = self._flat.search(queries, count, params=parameters)
        return np.unique(found[found >= 0]).astype(np.int64)

    def _walked(self, queries: Vectors, rows: Rows, count: int) -> Rows:
        selector = faiss.IDSelectorBitmap(_bitmap(self._places[rows], self._graph.ntotal))
        parameters = faiss.SearchParametersHNSW(sel=selector, efSearch=max(GRAPH_SEARCH_BREADTH, count))
        _, found = self._graph.search(queries, count, params=parameters)
        return np.searchsorted(self._places, np.unique(found[found >= 0])).astype(np.int64)

    def save(self, directory: Path) -> None:
        """Write the index, and its graph if there is one."""
        faiss.write_index(self._flat, str(directory / "vectors.faiss"))
        if self._graph is not None:
            faiss.write_index(self._graph, str(directory / "graph.faiss"))
            np.save(directory / "places.npy", self._places)

    @staticmethod
    def load(directory: Path) -> "VectorIndex":
        """Read what `save` wrote; workers share the pages of the file."""
        flat = faiss.read_index(str(directory / "vectors.faiss"))
        if not (directory / "graph.faiss").is_file():
            return VectorIndex(flat)
        return VectorIndex(flat, faiss.read_index(str(directory / "graph.faiss")), np.load(directory / "places.npy"))


def graph_walks() -> int:
    """How many queries the graphs of this process have answered, by FAISS's own count."""
    return int(faiss.cvar.hnsw_stats.n1)


def _flat(vectors: Vectors) -> Any:
    rows = np.ascontiguousarray(vectors, dtype=np.float32)
    flat = faiss.IndexFlatIP(rows.shape[1])
    flat.add(rows)
    return flat


def _view(flat: Any) -> Vectors:
    stored = faiss.rev_swig_ptr(faiss.downcast_index(flat).get_xb(), flat.ntotal * flat.d)
    return np.asarray(stored).reshape(flat.ntotal, flat.d)


def _bitmap(rows: Rows, total: int) -> NDArray[np.uint8]:
    marks = np.zeros(total, dtype=bool)
    marks[rows] = True
    return np.packbits(marks, bitorder="little")
