"""What matching asks of an index. `indexer` answers; the tests have a small answer of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from matchmaker.sentences import Passage


class Subject(StrEnum):
    """What an index holds."""

    PROFILE = "profile"
    CHALLENGE = "challenge"
    LESSON = "lesson"


@dataclass(frozen=True)
class Document:
    """A profile, a challenge or a lesson as an index sees it.

    `facets` are strings such as `kind:company`, `country:CO`, `reach:CO`, `area:…`, `language:es`; filters name them.
    """

    subject: Subject
    id: int
    version: int
    language: str
    facets: frozenset[str]
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Query:
    """A text to be answered, with its language code.

    `is_stored` says that the service holds the text anyway, so that its vector may be kept; of a tried one it never is.
    """

    text: str
    language: str
    is_stored: bool = False


@dataclass(frozen=True)
class SearchRequest:
    """What is sought.

    `needs` are answered one by one; `whole` is the challenge in full, left out when the needs say everything.
    `also` is sought as evidence without counting for relevance (the principles that a challenge names).
    `filters` are met when, of each set, the document has at least one facet; `excluded` are numbers of
    documents that take no part; `only` are those returned, scored among all. `limit` is a number of documents.
    """

    needs: tuple[Query, ...]
    subject: Subject
    whole: Query | None = None
    also: tuple[Query, ...] = ()
    filters: tuple[frozenset[str], ...] = ()
    only: frozenset[int] | None = None
    excluded: frozenset[int] = frozenset()
    limit: int = 200


@dataclass(frozen=True)
class Evidence:
    """A sentence that may answer a need: its digest, and how far it stands above texts of its language.

    `deviations` is a z-score: standard deviations above the mean sentence of that language, for this need; it means
    the same in every pair of languages.
    """

    digest: str
    deviations: float


@dataclass(frozen=True)
class Hit:
    """A document with its relevance (higher first) and its best sentences, best first, per need and then per `also`.

    `relevance` is a z-score over the candidates of this search. `likeness` is how near the whole is to the document's
    nearest section, `breadth` how much its sentences have to do with it (`strength.breadth`); both are standard
    deviations of the document's language.
    """

    id: int
    version: int
    relevance: float
    likeness: float
    breadth: float
    evidence: tuple[tuple[Evidence, ...], ...]


@dataclass(frozen=True)
class SearchResult:
    """Hits by falling relevance, and by what they were found: enough to explain a result later."""

    hits: tuple[Hit, ...]
    model: str
    generation: int
    correction: str


class SearchIndex(Protocol):
    """An index of documents that finds by meaning. Every question raises `index_being_built` until there is one."""

    def search(self, request: SearchRequest) -> SearchResult:
        """Find documents for a request. A request without needs finds nothing."""
        ...

    def examine(self, document_id: int, requests: Sequence[SearchRequest]) -> list[Hit | None]:
        """How one document answers each of many requests: as in `search`, without relevance (0).

        None where a request leaves the document out. Nothing else is scored, and all texts are encoded in one go.
        """
        ...

    def try_out(self, document: Document, requests: Sequence[SearchRequest]) -> list[Hit | None]:
        """As `examine`, for a document that the index does not hold; nothing of it is kept."""
        ...

    def compare(self, query: Query, options: Sequence[Query]) -> list[float]:
        """How near `query` is to each option, as a z-score over texts of the option's language."""
        ...
