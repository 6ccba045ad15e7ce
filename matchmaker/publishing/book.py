"""Everything the alliance has laid down, as of one moment: the versions that came with the service and those since.

The database is the truth: where both have a number, what was published holds.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from matchmaker.errors import NotFoundError
from matchmaker.integrity.rulebook import Rulebook, load_rulebook, parse_codes
from matchmaker.introductions.terms import Lists, load_lists
from matchmaker.membership.charter import Charter, load_charter, parse_criteria
from matchmaker.membership.states import Sector
from matchmaker.publishing.models import Document
from matchmaker.taxonomy.models import AllianceList, PublishedVersion, Taxonomy
from matchmaker.taxonomy.queries import parse_taxonomy
from matchmaker.taxonomy.rules import version_order

FOLDERS: Mapping[AllianceList, str] = {
    AllianceList.TAXONOMY: "taxonomy",
    AllianceList.CRITERIA: "membership/criteria",
    AllianceList.CODE: "integrity/code_of_ethics",
}
"""Where in the data directory the first versions are."""


@dataclass(frozen=True)
class Edition:
    """One version of a list. Without `published_at` it came with the service."""

    list: AllianceList
    version: str
    document: Document
    published_at: datetime | None = None
    account_id: int | None = None


@dataclass(frozen=True)
class Book:
    """All versions, oldest first, and what is read from them when it is first asked for.

    `number`: of the newest published version it knows. `directory`: the data directory.
    """

    number: int
    directory: Path
    editions: tuple[Edition, ...]

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """The newest version of kinds, areas and principles. Raises `taxonomy_version_unknown` when there is none."""
        return self.taxonomy_of(None)

    @cached_property
    def rulebook(self) -> Rulebook:
        """Every version of the code of ethics; terms and public mail hosts."""
        codes = parse_codes(self._documents(AllianceList.CODE))
        return replace(load_rulebook(self.directory / "integrity"), codes=codes)

    @cached_property
    def charter(self) -> Charter:
        """Every version of the criteria, and the sector of each kind; the numbers of admission."""
        found = load_charter(self.directory)
        of_kind = _sectors(self._documents(AllianceList.TAXONOMY), found.sectors.of_kind)
        criteria = parse_criteria(self._documents(AllianceList.CRITERIA))
        return replace(found, sectors=replace(found.sectors, of_kind=of_kind), criteria=criteria)

    @cached_property
    def lists(self) -> Lists:
        """Reasons for a no, and who could bid in a purchase: of new kinds all but public bodies."""
        found, known = load_lists(self.directory / "introductions"), load_charter(self.directory).sectors.of_kind
        more = {
            kind for kind, sector in self.charter.sectors.of_kind.items()
            if kind not in known and sector != Sector.PUBLIC_BODIES
        }  # fmt: skip
        return replace(found, supplying_kinds=found.supplying_kinds | more)

    def editions_of(self, of: AllianceList) -> list[Edition]:
        """The versions of one list, oldest first."""
        return [each for each in self.editions if each.list is of]

    def edition(self, of: AllianceList, version: str) -> Edition:
        """One version. Raises `list_version_unknown`."""
        known = self.editions_of(of)
        found = next((each for each in known if each.version == version), None)
        if found is None:
            raise NotFoundError("list_version_unknown", version=version, known=", ".join(e.version for e in known))
        return found

    def taxonomy_of(self, version: str | None) -> Taxonomy:
        """One version of the taxonomy, the newest when none is named. Raises `taxonomy_version_unknown`."""
        known = {each["version"]: each for each in self._documents(AllianceList.TAXONOMY)}
        wanted = version or next(reversed(known), "")
        if wanted not in known:
            raise NotFoundError("taxonomy_version_unknown", version=wanted, known=", ".join(known))
        return parse_taxonomy(known[wanted])

    def _documents(self, of: AllianceList) -> list[Document]:
        return [each.document for each in self.editions_of(of)]


def open_book(directory: Path, published: Sequence[PublishedVersion]) -> Book:
    """The versions in a data directory and those published since."""
    rows = [
        Edition(AllianceList(row.list), row.version, row.document, row.published_at, row.account_id)
        for row in published
    ]  # fmt: skip
    by_number = {(each.list, each.version): each for each in (*shipped(directory), *rows)}
    editions = sorted(by_number.values(), key=lambda each: (each.list, version_order(each.version)))
    return Book(max((row.id or 0 for row in published), default=0), directory, tuple(editions))


def shipped(directory: Path) -> Iterable[Edition]:
    """The versions that came with the service."""
    for of, folder in FOLDERS.items():
        for path in (directory / folder).glob("*.json"):
            yield Edition(of, path.stem, json.loads(path.read_text(encoding="utf-8")))


def _sectors(taxonomies: Iterable[Document], known: Mapping[str, Sector]) -> dict[str, Sector]:
    """The sector of each kind: as the newest version says that names one, else as it came with the service."""
    kinds = (kind for each in taxonomies for kind in each["kinds"])
    return {**known, **{kind["code"]: Sector(kind["sector"]) for kind in kinds if kind.get("sector")}}
