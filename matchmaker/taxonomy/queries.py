"""Reading a taxonomy from its folder of versions, and the versions published since."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, func, select

from matchmaker.errors import NotFoundError
from matchmaker.taxonomy.models import PublishedVersion, Taxonomy, Term
from matchmaker.taxonomy.rules import version_order


def versions(directory: Path) -> list[str]:
    """The versions there are, oldest first (numbers compared as numbers: 2017.10 comes after 2017.9)."""
    return sorted((path.stem for path in directory.glob("*.json")), key=version_order)


def newest_number(session: Session) -> int:
    """The number of the newest version published of any list; 0 while there is none. By it others notice a new one."""
    return session.exec(select(func.max(PublishedVersion.id))).one() or 0


def published_versions(session: Session) -> Sequence[PublishedVersion]:
    """Every version published, oldest first."""
    return session.exec(select(PublishedVersion).order_by(col(PublishedVersion.id))).all()


def load_taxonomy(directory: Path, version: str | None = None) -> Taxonomy:
    """One version, the newest when none is named. Raises `taxonomy_version_unknown`."""
    known = versions(directory)
    wanted = version or (known[-1] if known else "")
    if wanted not in known:
        raise NotFoundError("taxonomy_version_unknown", version=wanted, known=", ".join(known))
    return parse_taxonomy(json.loads((directory / f"{wanted}.json").read_text(encoding="utf-8")))


def parse_taxonomy(data: Mapping[str, Any]) -> Taxonomy:
    """A taxonomy from its JSON form (see data/taxonomy/README.md)."""
    return Taxonomy(
        version=data["version"],
        provisional=data["provisional"],
        source=data["source"],
        kinds=tuple(_term(item) for item in data["kinds"]),
        areas=tuple(_term(item) for item in data["areas"]),
        principles=tuple(_term(item) for item in data["principles"]),
    )


def _term(item: Mapping[str, Any]) -> Term:
    return Term(
        code=item["code"],
        name=item["name"],
        description=item["description"],
        sub_terms=tuple(_term(child) for child in item.get("sub_areas", ())),
        plural=item.get("plural", {}),
    )
