"""Lists with versions: a folder holds a file for each, and the newest counts."""

import json
from pathlib import Path
from typing import Any


def newest(directory: Path) -> dict[str, Any]:
    """The content of the file with the greatest version in its name."""
    path = max(directory.glob("*.json"), key=lambda found: [int(part) for part in found.stem.split(".")])
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data
