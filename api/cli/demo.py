"""The demo data: imported once, and again when its files change."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sqlmodel import col, func, select

from api.cli.outlets import Stages
from api.importing import desk_at
from matchmaker.exchange.importer import ImportOptions, import_file
from matchmaker.exchange.vocabulary import CHALLENGES, PROFILES
from matchmaker.profiles.models import Profile

if TYPE_CHECKING:
    from api.wiring import Service

SOURCE = "demo"
FOLDERS = {"public_bodies": PROFILES, "profiles": PROFILES, "challenges": CHALLENGES}
"""Folders of `data/demo` with what their files hold; those who ask come before their challenges."""
STATE_FILE = "demo.json"


def import_demo(service: "Service", progress: Stages) -> int | None:
    """Import the demo data unless the database has it; how many rows changed, or nothing when no file was read."""
    files = demo_files(service.settings.data_directory / "demo")
    state = service.settings.var_directory / STATE_FILE
    stamp = stamp_of(files, service.settings.database_url)
    if _has_demo(service) and _read(state) == stamp:
        return None
    changed = sum(_import(service, path, kind, progress) for path, kind in files)
    state.write_text(json.dumps({"stamp": stamp}), encoding="utf-8")
    return changed


def demo_files(folder: Path) -> list[tuple[Path, str]]:
    """The files with what they hold, in the order in which they can be imported."""
    return [(path, kind) for name, kind in FOLDERS.items() for path in sorted((folder / name).glob("*.jsonl"))]


def stamp_of(files: Sequence[tuple[Path, str]], database_url: str) -> str:
    """A digest of which files went into which database."""
    digest = hashlib.blake2b(database_url.encode(), digest_size=16)
    for path, kind in files:
        digest.update(f"{kind} {path.name} {path.stat().st_size}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def _import(service: "Service", path: Path, kind: str, progress: Stages) -> int:
    options = ImportOptions(
        kind=kind, source=SOURCE, is_demo=True, vocabulary=service.settings.data_directory / "mappings"
    )
    report = import_file(service.database, desk_of=desk_at(service), path=path, options=options)
    progress.tell(
        progress.say("note.demo_file", file=f"{path.parent.name}/{path.name}", rows=report.rows,
                     refused=report.refused_rows)
    )  # fmt: skip
    return report.created + report.updated


def _has_demo(service: "Service") -> bool:
    with service.database.reading() as session:
        counted = select(func.count()).select_from(Profile).where(Profile.source == SOURCE, col(Profile.is_demo))
        return session.exec(counted).one() > 0


def _read(state: Path) -> str:
    try:
        return str(json.loads(state.read_text(encoding="utf-8"))["stamp"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
