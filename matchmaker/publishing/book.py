"""Everything the alliance has laid down, as of one moment: the versions that came with the service and those since.

The database is the truth: where both have a number, what was published holds.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
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
    """All versions, oldest first, and what is read from them. `number`: of the newest published version it knows."""

    number: int
    editions: tuple[Edition, ...]
    taxonomy: Taxonomy
    rulebook: Rulebook
    charter: Charter
    lists: Lists

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
        known = {each.version: each for each in self.editions_of(AllianceList.TAXONOMY)}
        if version is None:
            return self.taxonomy
        if version not in known:
            raise NotFoundError("taxonomy_version_unknown", version=version, known=", ".join(known))
        return parse_taxonomy(known[version].document)


def open_book(directory: Path, published: Sequence[PublishedVersion]) -> Book:
    """Read a data directory and what was published since."""
    rows = [
        Edition(AllianceList(row.list), row.version, row.document, row.published_at, row.account_id)
        for row in published
    ]  # fmt: skip
    by_number = {(each.list, each.version): each for each in (*shipped(directory), *rows)}
    editions = tuple(sorted(by_number.values(), key=lambda each: (each.list, version_order(each.version))))
    documents = {of: [each.document for each in editions if each.list is of] for of in AllianceList}
    charter, rulebook = load_charter(directory), load_rulebook(directory / "integrity")
    of_kind = _sectors(documents[AllianceList.TAXONOMY], charter.sectors.of_kind)
    lists = load_lists(directory / "introductions")
    return Book(
        number=max((row.id or 0 for row in published), default=0),
        editions=editions,
        taxonomy=parse_taxonomy(documents[AllianceList.TAXONOMY][-1]),
        rulebook=replace(rulebook, codes=parse_codes(documents[AllianceList.CODE])),
        charter=replace(
            charter,
            sectors=replace(charter.sectors, of_kind=of_kind),
            criteria=parse_criteria(documents[AllianceList.CRITERIA]),
        ),
        lists=replace(lists, supplying_kinds=lists.supplying_kinds | _bidders(of_kind, charter.sectors.of_kind)),
    )


def shipped(directory: Path) -> Iterable[Edition]:
    """The versions that came with the service."""
    for of, folder in FOLDERS.items():
        for path in (directory / folder).glob("*.json"):
            yield Edition(of, path.stem, json.loads(path.read_text(encoding="utf-8")))


def _sectors(taxonomies: Iterable[Document], known: Mapping[str, Sector]) -> dict[str, Sector]:
    """The sector of each kind: as the newest version says that names one, else as it came with the service."""
    kinds = (kind for each in taxonomies for kind in each["kinds"])
    return {**known, **{kind["code"]: Sector(kind["sector"]) for kind in kinds if kind.get("sector")}}


def _bidders(of_kind: Mapping[str, Sector], known: Mapping[str, Sector]) -> frozenset[str]:
    """New kinds that could bid in a purchase: all but public bodies."""
    return frozenset(kind for kind, sector in of_kind.items() if kind not in known and sector != Sector.PUBLIC_BODIES)
