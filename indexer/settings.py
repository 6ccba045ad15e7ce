"""Where the indexer finds its model and keeps its files."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class IndexerSettings:
    """Paths and the few numbers that a machine may want otherwise.

    `model` is a folder or a name that sentence-transformers knows; prompts come with the model. `threads` are those of
    one encoding. `graph_from_rows`: below it FAISS scans exactly, which is quick enough and never wrong.
    """

    model: str
    index_directory: Path
    background_directory: Path
    threads: int = 2
    graph_from_rows: int = 200_000
