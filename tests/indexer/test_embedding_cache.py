import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from matchmaker.sentences import digest_of
from tests.fakes import FAKE_DIMENSIONS, HashingEncoder
from tests.indexer.conftest import OpenCache

ROOT = Path(__file__).parents[2]
TEXTS = [f"frase número {number}" for number in range(150)]
FILL = """
import sys
from pathlib import Path
from indexer.embedding_cache import EmbeddingCache
from tests.fakes import HashingEncoder
cache = EmbeddingCache(Path(sys.argv[1]), HashingEncoder())
cache.passages([f"frase número {number}" for number in range(int(sys.argv[2]), int(sys.argv[3]))])
cache.close()
"""


def test_nothing_is_encoded_twice(open_cache: OpenCache) -> None:
    encoder = HashingEncoder()
    cache = open_cache(encoder)
    cache.passages(["una", "dos", "una"])
    vectors = cache.passages(["tres", "dos", "una", "tres"])
    assert sorted(encoder.told) == ["dos", "tres", "una"]
    assert np.array_equal(vectors, HashingEncoder().passages(["tres", "dos", "una", "tres"]))


def test_what_asks_and_what_answers_are_kept_apart(open_cache: OpenCache) -> None:
    encoder = HashingEncoder()
    cache = open_cache(encoder)
    asked, told = cache.queries(["una frase"]), cache.passages(["una frase"])
    assert (encoder.asked, encoder.told) == (["una frase"], ["una frase"])
    assert not np.array_equal(asked, told)


def test_a_restart_finds_the_same_vectors_and_encodes_nothing(open_cache: OpenCache) -> None:
    first = open_cache()
    before = first.passages(TEXTS)
    first.close()
    encoder = HashingEncoder()
    after = open_cache(encoder).passages(TEXTS)
    assert encoder.told == []
    assert np.array_equal(after, before)


def test_another_model_does_not_get_the_vectors_of_the_first(open_cache: OpenCache) -> None:
    open_cache(HashingEncoder("fake-1")).passages(["una"])
    other = HashingEncoder("fake-2")
    open_cache(other).passages(["una"])
    assert other.told == ["una"]


def test_only_the_passages_that_are_still_held_are_kept(open_cache: OpenCache) -> None:
    encoder = HashingEncoder()
    cache = open_cache(encoder)
    cache.passages(["una", "dos", "tres"])
    cache.queries(["dos"])
    cache.queries(["una"])
    asked = len(encoder.asked)
    kept = [digest_of("una")]
    assert cache.forget_except(passages=kept, queries=kept) == 3
    assert cache.forget_except(passages=kept, queries=kept) == 0
    cache.passages(["una", "dos"])
    cache.queries(["una", "dos"])
    assert (encoder.told[3:], encoder.asked[asked:]) == (["dos"], ["dos"])


def test_forgetting_leaves_no_bytes_behind_and_clears_other_models(open_cache: OpenCache, tmp_path: Path) -> None:
    open_cache(HashingEncoder("fake-1")).passages(["una"])
    cache = open_cache(HashingEncoder("fake-2"))
    vector = cache.passages(["una", "dos"])[1].tobytes()
    cache.queries(["tres"])
    assert cache.forget_except(passages=[digest_of("una")], queries=[]) == 3
    written = b"".join(path.read_bytes() for path in tmp_path.glob("embeddings.sqlite*"))
    assert digest_of("una").encode() in written
    for gone in (digest_of("dos").encode(), digest_of("tres").encode(), b"fake-1", vector):
        assert gone not in written


def test_progress_counts_every_text_once(open_cache: OpenCache) -> None:
    cache = open_cache()
    cache.passages(TEXTS[:10])
    heard: list[int] = []
    cache.passages([*TEXTS, *TEXTS[:5]], heard.append)
    assert (heard[0], sum(heard)) == (15, 155)


def test_no_texts_have_no_vectors(open_cache: OpenCache) -> None:
    cache = open_cache()
    assert (len(cache.passages([])), len(cache.queries([]))) == (0, 0)


@pytest.mark.parametrize("text", ["", " ", "漢字", "a" * 50_000, "x'); DROP TABLE vector; --"])
def test_any_text_has_a_vector(open_cache: OpenCache, text: str) -> None:
    cache = open_cache()
    assert np.array_equal(cache.passages([text]), cache.passages([text]))


def test_two_processes_fill_one_file(open_cache: OpenCache, tmp_path: Path) -> None:
    fillers = [
        subprocess.Popen([sys.executable, "-c", FILL, tmp_path / "embeddings.sqlite", first, last], cwd=ROOT)
        for first, last in (("0", "100"), ("50", "150"))
    ]
    assert [filler.wait(timeout=60) for filler in fillers] == [0, 0]
    encoder = HashingEncoder()
    vectors = open_cache(encoder).passages(TEXTS)
    assert encoder.told == []
    assert vectors.shape == (150, FAKE_DIMENSIONS)
    assert np.array_equal(vectors, HashingEncoder().passages(TEXTS))
