from pathlib import Path

import numpy as np
import pytest

from indexer.faiss_index import Rows, VectorIndex
from indexer.vectors import Vectors

SIZE = 16
NEVER = 10**9


def drawn(count: int, *, seed: int) -> Vectors:
    return np.random.default_rng(seed).standard_normal((count, SIZE)).astype(np.float32)


def some_rows(total: int, count: int) -> Rows:
    chosen = np.random.default_rng(5).choice(total, count, replace=False)
    return np.sort(chosen).astype(np.int64)


def exact(vectors: Vectors, queries: Vectors, rows: Rows, count: int) -> set[int]:
    """The union over queries of the best `count` of `rows`, by numpy."""
    scores = vectors[rows] @ queries.T
    return {int(row) for column in scores.T for row in rows[np.argsort(-column)[:count]]}


@pytest.mark.parametrize(("selected", "count"), [(400, 10), (400, 399), (11, 10), (2_000, 50)])
def test_a_scan_of_selected_rows_is_exact(selected: int, count: int) -> None:
    vectors, queries = drawn(2_000, seed=1), drawn(3, seed=2)
    rows = some_rows(2_000, selected)
    found = VectorIndex.of(vectors, graph_from_rows=NEVER).nearest(queries, rows, count)
    assert found.tolist() == sorted(exact(vectors, queries, rows, count))


def test_all_rows_are_given_back_when_no_more_than_asked_for_are_selected() -> None:
    index = VectorIndex.of(drawn(50, seed=1), graph_from_rows=NEVER)
    rows = some_rows(50, 20)
    assert index.nearest(drawn(2, seed=2), rows, 20).tolist() == rows.tolist()
    assert index.nearest(drawn(2, seed=2), rows[:0], 20).tolist() == []


@pytest.mark.parametrize("share", [0.3, 0.03])
def test_a_graph_under_a_random_filter_finds_nearly_all(share: float) -> None:
    vectors, queries = drawn(4_000, seed=1), drawn(20, seed=2)
    index = VectorIndex.of(vectors, graph_from_rows=1_000)
    rows = some_rows(4_000, int(4_000 * share))
    found = [set(index.nearest(query[None], rows, 10, scan_rows=50).tolist()) for query in queries]
    wanted = [exact(vectors, query[None], rows, 10) for query in queries]
    assert set().union(*found) <= set(rows.tolist())
    assert sum(len(one & other) for one, other in zip(found, wanted, strict=True)) / 200 >= 0.95


def test_few_selected_rows_of_a_large_index_are_scanned_exactly() -> None:
    vectors, queries = drawn(4_000, seed=1), drawn(5, seed=2)
    rows = some_rows(4_000, 300)
    found = VectorIndex.of(vectors, graph_from_rows=1_000).nearest(queries, rows, 10)
    assert set(found.tolist()) == exact(vectors, queries, rows, 10)


@pytest.mark.parametrize("graph_from_rows", [NEVER, 100])
def test_what_is_read_from_disk_answers_as_what_was_written(tmp_path: Path, graph_from_rows: int) -> None:
    made = VectorIndex.of(drawn(500, seed=1), graph_from_rows=graph_from_rows)
    made.save(tmp_path)
    read, queries, rows = VectorIndex.load(tmp_path), drawn(4, seed=2), some_rows(500, 200)
    assert (tmp_path / "graph.faiss").is_file() is (graph_from_rows == 100)
    assert read.dimension == SIZE
    assert np.array_equal(read.vectors, made.vectors)
    for scan_rows in (NEVER, 10):
        one, other = (index.nearest(queries, rows, 9, scan_rows=scan_rows) for index in (made, read))
        assert one.tolist() == other.tolist()


def test_an_index_without_rows_can_be_kept(tmp_path: Path) -> None:
    VectorIndex.of(np.zeros((0, SIZE), np.float32), graph_from_rows=NEVER).save(tmp_path)
    assert VectorIndex.load(tmp_path).vectors.shape == (0, SIZE)
