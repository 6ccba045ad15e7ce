"""An engine with an encoder that needs no model."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from indexer.embedding_cache import EmbeddingCache
from indexer.encoder import Encoder
from indexer.engines import Engine, open_engine
from indexer.settings import IndexerSettings
from indexer.sync import silent
from matchmaker.matching.ports import Document
from tests.fakes import HashingEncoder

BACKGROUND = Path(__file__).parents[2] / "data" / "background"
EVERY_NTH_TEXT = 12  # a small sample is quicker, and enough where only the order of few documents is asked

OpenEngine = Callable[..., Engine]
OpenCache = Callable[..., EmbeddingCache]


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> Iterator[None]:
    """Small matrices lose more time to threads that wait for each other than they win."""
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="session")
def small_background(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some of the shipped sample, in every language."""
    folder = tmp_path_factory.mktemp("background")
    for name in ("queries.jsonl", "passages.jsonl"):
        lines = (BACKGROUND / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / name).write_text("".join(lines[::EVERY_NTH_TEXT]), encoding="utf-8")
    return folder


@pytest.fixture
def open_index(tmp_path: Path, small_background: Path) -> Iterator[OpenEngine]:
    """Engines over folders of the test, closed at its end; without a name always the same folder."""
    with ExitStack() as opened:

        def open_one(
            encoder: Encoder | None = None, *, folder: str = "index", graph_from_rows: int = 10**6, **rows: int
        ) -> Engine:
            settings = IndexerSettings(
                model="fake",
                index_directory=tmp_path / folder,
                background_directory=small_background,
                graph_from_rows=graph_from_rows,
                **rows,
            )
            engine = open_engine(settings, encoder or HashingEncoder())
            opened.callback(engine.close)
            return engine

        yield open_one


@pytest.fixture
def engine(open_index: OpenEngine) -> Engine:
    return open_index()


@pytest.fixture
def open_cache(tmp_path: Path) -> Iterator[OpenCache]:
    """Caches over one file, closed at the end of the test."""
    with ExitStack() as opened:

        def open_one(encoder: Encoder | None = None) -> EmbeddingCache:
            cache = EmbeddingCache(tmp_path / "embeddings.sqlite", encoder or HashingEncoder())
            opened.callback(cache.close)
            return cache

        yield open_one


def publish(engine: Engine, documents: Sequence[Document], *, number: int = 1) -> None:
    """Build a generation of these documents and make it the live one."""
    with engine.generations.writing:
        engine.generations.publish(engine.builder.whole(documents, number=number, reason="tests", progress=silent))
