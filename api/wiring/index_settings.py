"""What the indexer is told of the settings."""

from pathlib import Path

from api.settings import Settings
from indexer.settings import IndexerSettings


def indexer_settings(settings: Settings, index_directory: Path) -> IndexerSettings:
    """What the indexer needs to know for an index in this folder."""
    return IndexerSettings(
        model=settings.model,
        index_directory=index_directory,
        background_directory=settings.data_directory / "background",
        threads=settings.threads,
        graph_from_rows=settings.graph_from_rows,
    )
