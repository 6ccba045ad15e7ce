"""Opens all parts of the index for a process."""

from dataclasses import dataclass

from indexer.background import load_background
from indexer.build import Builder
from indexer.embedding_cache import EmbeddingCache
from indexer.encoder import Encoder, SentenceEncoder
from indexer.generations import Generations
from indexer.search import MeaningIndex
from indexer.settings import IndexerSettings


@dataclass(frozen=True)
class Engine:
    """What a process needs to search and to write: the port, the folder of generations, the builder."""

    encoder: Encoder
    generations: Generations
    index: MeaningIndex
    builder: Builder
    cache: EmbeddingCache

    def close(self) -> None:
        """Close files."""
        self.cache.close()


def open_engine(settings: IndexerSettings, encoder: Encoder | None = None) -> Engine:
    """Open the index of `settings`; `encoder` stands in for the model in tests."""
    encoder = encoder or SentenceEncoder(settings.model, threads=settings.threads)
    cache = EmbeddingCache(settings.index_directory / "embeddings.sqlite", encoder)
    generations = Generations(settings.index_directory)
    builder = Builder(
        cache=cache,
        background=load_background(settings.background_directory),
        model=encoder.fingerprint,
        graph_from_rows=settings.graph_from_rows,
    )
    index = MeaningIndex(
        generations, encoder, cache, scan_rows=settings.scan_rows, candidate_rows=settings.candidate_rows
    )
    return Engine(encoder, generations, index, builder, cache)
