"""What decides the vectors of a model directory, in sixteen characters.

Vectors of two models cannot be compared, so an index remembers the fingerprint of the model it was made with. The
fingerprint covers weights, tokenizer, settings and prompts by their bytes. Notices do not count, nor do other forms of
the same weights (`onnx/`, `openvino/`), nor the versions of the libraries that wrote the settings.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

RECORD_NAME: Final = "build.json"
FINGERPRINT_CHARACTERS: Final = 16
DECIDING_SUFFIXES: Final = frozenset({".json", ".safetensors", ".bin", ".pt", ".model", ".txt", ".py"})
OTHER_FORMS: Final = frozenset({"onnx", "openvino"})
SETTINGS: Final = frozenset({"config.json", "config_sentence_transformers.json"})
LIBRARY_VERSIONS: Final = frozenset({"transformers_version", "__version__"})


@dataclass(frozen=True)
class BuildRecord:
    """What a build left behind: what it was made of, and every file with its size in bytes and its time in ns."""

    recipe: str
    fingerprint: str
    files: dict[str, tuple[int, int]]


def model_fingerprint(directory: Path) -> str:
    """Sixteen hexadecimal characters for any sentence-transformers directory.

    Read from the build's record while the files still are as the build left them; else computed, about a second.
    Raises FileNotFoundError when the directory is no model.
    """
    record = read_record(directory)
    if record is not None and record.files == _sizes_and_times(directory):
        return record.fingerprint
    return compute_fingerprint(directory)


def compute_fingerprint(directory: Path) -> str:
    """As `model_fingerprint`, always from the files."""
    if not (directory / "modules.json").is_file():
        raise FileNotFoundError(f"{directory} is no sentence-transformers directory: it has no modules.json")
    total = hashlib.sha256()
    for path in _deciding_files(directory):
        total.update(f"{path.relative_to(directory).as_posix()}\0{_digest(path)}\n".encode())
    return total.hexdigest()[:FINGERPRINT_CHARACTERS]


def read_record(directory: Path) -> BuildRecord | None:
    """The record of the build that made the directory, or None when there is none that can be read."""
    try:
        content = json.loads((directory / RECORD_NAME).read_text(encoding="utf-8"))
        files = {str(name): (int(size), int(time)) for name, (size, time) in content["files"].items()}
        return BuildRecord(str(content["recipe"]), str(content["fingerprint"]), files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_record(directory: Path, *, recipe: str) -> None:
    """Note what the directory was made of and how its files are now: the last step of a build."""
    content = {
        "recipe": recipe,
        "fingerprint": compute_fingerprint(directory),
        "files": _sizes_and_times(directory),
    }
    (directory / RECORD_NAME).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _files(directory: Path) -> list[Path]:
    """All files but the record, in an order that is the same on every machine."""
    files = (path for path in directory.rglob("*") if path.is_file() and path != directory / RECORD_NAME)
    return sorted(files, key=lambda path: path.relative_to(directory).as_posix())


def _deciding_files(directory: Path) -> list[Path]:
    return [
        path
        for path in _files(directory)
        if path.suffix in DECIDING_SUFFIXES and path.relative_to(directory).parts[0] not in OTHER_FORMS
    ]


def _digest(path: Path) -> str:
    if path.name in SETTINGS:
        settings = json.loads(path.read_bytes())
        kept = {name: value for name, value in settings.items() if name not in LIBRARY_VERSIONS}
        return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _sizes_and_times(directory: Path) -> dict[str, tuple[int, int]]:
    stats = {path.relative_to(directory).as_posix(): path.stat() for path in _files(directory)}
    return {name: (stat.st_size, stat.st_mtime_ns) for name, stat in stats.items()}
