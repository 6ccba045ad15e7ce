"""What the alliance has laid down on membership, read from `data/membership` and from the sectors beside the taxonomy.

All of it has a version, and codes keep their meaning across versions.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matchmaker.errors import InvalidInputError
from matchmaker.membership.states import Sector
from matchmaker.taxonomy.models import Words
from matchmaker.taxonomy.queries import versions


@dataclass(frozen=True)
class Criterion:
    """One thing by which an applicant is judged; weights count against each other."""

    code: str
    weight: int
    name: Words
    description: Words


@dataclass(frozen=True)
class Criteria:
    """One version of the criteria, with the points that an assessor may give."""

    version: str
    provisional: bool
    source: Words
    lowest: int
    highest: int
    criteria: tuple[Criterion, ...]

    @property
    def weights(self) -> dict[str, int]:
        """Weight by code."""
        return {item.code: item.weight for item in self.criteria}


@dataclass(frozen=True)
class Policy:
    """The numbers of admission. Percentages are of the seats that may vote, and of the votes for or against."""

    version: str
    provisional: bool
    source: Words
    assessors_per_application: int
    quorum_percent: int
    majority_percent: int  # more than this share of the votes admits
    appeal_days: int
    first_assembly_months: int
    seats: Mapping[Sector, int]
    invitations_per_hour: int
    invitations_at_once: int
    invitation_days: int


@dataclass(frozen=True)
class Sectors:
    """Which of the four sectors each kind of agent belongs to, by a version of the taxonomy."""

    version: str
    provisional: bool
    source: Words
    of_kind: Mapping[str, Sector]


@dataclass(frozen=True)
class Charter:
    """All of it: the newest policy and sectors, every version of the criteria."""

    policy: Policy
    sectors: Sectors
    criteria: Mapping[str, Criteria]

    def criteria_of(self, version: str) -> Criteria:
        """One version of the criteria. Raises `unknown_code`."""
        if version not in self.criteria:
            known = sorted(self.criteria)
            raise InvalidInputError("unknown_code", field="criteria_version", value=version, known=known)
        return self.criteria[version]


def load_charter(directory: Path) -> Charter:
    """Read `membership` and `taxonomy/sectors` of a data directory."""
    kept = directory / "membership" / "criteria"
    criteria = parse_criteria(_read(kept, version) for version in versions(kept))
    policies, sectors = directory / "membership" / "policy", directory / "taxonomy" / "sectors"
    return Charter(
        policy=_policy(_read(policies, versions(policies)[-1])),
        sectors=_sectors(_read(sectors, versions(sectors)[-1])),
        criteria=criteria,
    )


def parse_criteria(documents: Iterable[Mapping[str, Any]]) -> dict[str, Criteria]:
    """Versions of the criteria from their JSON form, in their order, by number."""
    return {data["version"]: _criteria(data) for data in documents}


def _read(directory: Path, version: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((directory / f"{version}.json").read_text(encoding="utf-8"))
    return found


def _criteria(data: Mapping[str, Any]) -> Criteria:
    items = tuple(Criterion(**item) for item in data["criteria"])
    return Criteria(**{**data, "criteria": items})


def _policy(data: dict[str, Any]) -> Policy:
    return Policy(**{**data, "seats": {Sector(code): number for code, number in data["seats"].items()}})


def _sectors(data: dict[str, Any]) -> Sectors:
    return Sectors(**{**data, "of_kind": {kind: Sector(code) for kind, code in data["of_kind"].items()}})
