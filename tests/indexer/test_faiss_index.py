from pathlib import Path

import numpy as np
import pytest

from indexer.faiss_index import Rows, VectorIndex, graph_walks
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


def recall(index: VectorIndex, vectors: Vectors, queries: Vectors, rows: Rows) -> float:
    """The share of the ten best of each query that a walk over the graph finds."""
    walks = graph_walks()
    found = [set(index.nearest(query[None], rows, 10, scan_rows=0).tolist()) for query in queries]
    assert graph_walks() == walks + len(queries)
    assert set().union(*found) <= set(rows.tolist())
    wanted = [exact(vectors, query[None], rows, 10) for query in queries]
    return sum(len(one & other) for one, other in zip(found, wanted, strict=True)) / (10 * len(queries))


def walked(index: VectorIndex, rows: int) -> bool:
    """Whether a search over all rows walks."""
    walks = graph_walks()
    index.nearest(drawn(1, seed=9), np.arange(rows), 10, scan_rows=0)
    return graph_walks() > walks


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
    assert recall(index, vectors, queries, rows) >= 0.95


def test_a_graph_whose_nearest_part_is_filtered_out_still_finds_nearly_all() -> None:
    """Every query stands in a cloud of which nothing is selected; what is stands far, between other clouds."""
    centres, chance = drawn(8, seed=3) * 2, np.random.default_rng(4)
    cloud = np.repeat(np.arange(8), 500)
    vectors = (centres[cloud] + chance.standard_normal((4_000, SIZE))).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index = VectorIndex.of(vectors, graph_from_rows=1_000)
    for asked in range(8):
        queries = (centres[asked] + chance.standard_normal((5, SIZE))).astype(np.float32)
        rows = np.flatnonzero((cloud != asked) & (np.arange(4_000) % 3 == 0)).astype(np.int64)
        assert recall(index, vectors, queries, rows) >= 0.95


def test_a_graph_that_grew_shrank_and_was_replaced_in_answers_as_one_built_anew() -> None:
    vectors, queries, chance = drawn(2_000, seed=1), drawn(10, seed=2), np.random.default_rng(6)
    index, blanks = VectorIndex.of(vectors, graph_from_rows=100), []
    for turn in range(12):
        stays = chance.random(len(vectors)) > 0.05
        new = drawn(80, seed=20 + turn)
        before, unchanged = index, index.vectors.copy()
        index, vectors = index.changed(stays, new, graph_from_rows=100), np.vstack([vectors[stays], new])
        blanks.append(index.blank_places)
        assert np.array_equal(before.vectors, unchanged)
        assert np.array_equal(index.vectors, vectors)
        rows = some_rows(len(vectors), len(vectors) // 2)
        assert recall(index, vectors, queries, rows) >= 0.95
    assert blanks[:3] == sorted(set(blanks[:3]))
    assert blanks.count(0) >= 1


def test_nothing_of_a_removed_vector_stays_in_the_files(tmp_path: Path) -> None:
    vectors = drawn(500, seed=1)
    secret = vectors[7].tobytes()
    made = VectorIndex.of(vectors, graph_from_rows=100)
    left = made.changed(np.arange(500) != 7, vectors[:0], graph_from_rows=100)
    for index, is_there in ((made, True), (left, False)):
        index.save(tmp_path)
        assert any(secret in path.read_bytes() for path in tmp_path.iterdir()) is is_there
    assert (left.blank_places, made.blank_places) == (1, 0)


@pytest.mark.parametrize("graph_from_rows", [NEVER, 600])
def test_an_index_that_becomes_small_has_no_graph_and_a_growing_one_gets_one(graph_from_rows: int) -> None:
    vectors = drawn(500, seed=1)
    grown = VectorIndex.of(vectors, graph_from_rows=graph_from_rows).changed(
        np.ones(500, dtype=bool), drawn(200, seed=2), graph_from_rows=graph_from_rows
    )
    shrunk = grown.changed(np.arange(700) < 550, vectors[:0], graph_from_rows=graph_from_rows)
    assert walked(grown, 700) is (graph_from_rows == 600)
    assert not walked(shrunk, 550)


def test_few_selected_rows_of_a_large_index_are_scanned_exactly() -> None:
    vectors, queries = drawn(4_000, seed=1), drawn(5, seed=2)
    rows = some_rows(4_000, 300)
    walks = graph_walks()
    found = VectorIndex.of(vectors, graph_from_rows=1_000).nearest(queries, rows, 10, scan_rows=300)
    assert set(found.tolist()) == exact(vectors, queries, rows, 10)
    assert graph_walks() == walks


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
