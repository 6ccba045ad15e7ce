"""Where the indexer finds its model and keeps its files."""

from dataclasses import dataclass
from pathlib import Path

SCAN_ROWS = 50_000  # selected rows up to which the exact scan is quicker than a filtered graph of equal recall
CANDIDATE_ROWS = 8_192  # best rows of each query whose documents are scored in full


@dataclass(frozen=True)
class IndexerSettings:
    """Paths and the few numbers that a machine may want otherwise.

    `model` is a folder or a name that sentence-transformers knows; prompts come with the model. `threads` are those of
    one encoding. `graph_from_rows`: below it FAISS scans exactly, which is quick enough and never wrong. `scan_rows`:
    so many selected rows are scanned even where there is a graph. `candidate_rows` of each query are kept, and their
    documents scored in full; where no more are selected, all are.
    """

    model: str
    index_directory: Path
    background_directory: Path
    threads: int = 2
    graph_from_rows: int = 200_000
    scan_rows: int = SCAN_ROWS
    candidate_rows: int = CANDIDATE_ROWS
