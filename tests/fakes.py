"""Small stand-ins for what the domain asks of the outside."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from matchmaker.matching.ports import Document, Evidence, Hit, Query, SearchRequest, SearchResult
from matchmaker.matching.strength import breadth
from matchmaker.places.place import Ambiguous, Place
from matchmaker.sentences import Level, Passage

SOGAMOSO = Place(3667873, "Sogamoso", "CO", "Boyacá", 111_336, 5.71434, -72.93391)
CURITIBA = Place(3464975, "Curitiba", "BR", "Paraná", 1_773_718, -25.42778, -49.27306)
SAN_CARLOS_SUR = Place(101, "San Carlos", "CL", "Ñuble", 50_000, -36.42477, -71.958)
SAN_CARLOS_NORTE = Place(102, "San Carlos", "CL", None, 40_000, -30.0, -71.0)
FEW_TOWNS = (SOGAMOSO, CURITIBA, SAN_CARLOS_SUR, SAN_CARLOS_NORTE)


@dataclass(frozen=True)
class FakePlaceFinder:
    """A gazetteer of a few towns, found by their exact name, case aside."""

    towns: tuple[Place, ...] = FEW_TOWNS

    def get(self, geonameid: int) -> Place | None:
        return next((town for town in self.towns if town.geonameid == geonameid), None)

    def resolve(self, name: str, *, country: str | None, region: str | None = None) -> Place | Ambiguous | None:
        bearers = tuple(
            town
            for town in self.towns
            if town.name.casefold() == name.casefold()
            and town.country == (country or town.country)
            and town.region == (region or town.region)
        )
        return Ambiguous(bearers) if len(bearers) > 1 else next(iter(bearers), None)

    def find(self, text: str, *, country: str | None, limit: int) -> list[Place]:
        started = text.casefold()
        found = [town for town in self.towns if town.name.casefold().startswith(started)]
        return [town for town in found if country in {None, town.country}][:limit]


FAKE_DIMENSIONS = 384
FAKE_SCALE = 8.0  # deviations of a text that holds every word of the query
_WORDS = re.compile(r"\w{3,}")


def words(text: str) -> list[str]:
    """Words of three letters and more, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORDS.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


@dataclass
class HashingEncoder:
    """Unit vectors by the words of a text: the same words, the same vector, in every process.

    `asked` and `told` keep what was encoded as queries and as passages, in order.
    """

    fingerprint: str = "fake-1"
    dimensions: int = FAKE_DIMENSIONS
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.extend(texts)
        return self._vectors(texts, "query")

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.told.extend(texts)
        return self._vectors(texts, "passage")

    def _vectors(self, texts: Sequence[str], role: str) -> NDArray[np.float32]:
        rows = [self._vector(text, role) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dimensions), np.float32)

    def _vector(self, text: str, role: str) -> NDArray[np.float32]:
        summed = sum(
            (_word_vector(word, self.dimensions) for word in words(text)), 0.3 * _word_vector(role, self.dimensions)
        )
        return np.asarray(summed / np.linalg.norm(summed), dtype=np.float32)


@cache
def _word_vector(word: str, dimensions: int) -> NDArray[np.float64]:
    seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())
    return np.random.default_rng(seed).standard_normal(dimensions)


@dataclass(frozen=True)
class InMemoryIndex:
    """A search index of a few documents, by shared words. Held to `search_contract` as the real one is."""

    documents: tuple[Document, ...] = ()

    def search(self, request: SearchRequest) -> SearchResult:
        chosen = [document for document in self.documents if request.needs and _passes(document, request)]
        wholes = [request.whole] if request.whole else []
        scores = np.array([_relevance(document, [*request.needs, *wholes]) for document in chosen])
        spread = float(scores.std()) if chosen else 0.0
        scaled = (scores - scores.mean()) / spread if spread > 0 else np.zeros(len(chosen))
        pairs = sorted(zip(scaled.tolist(), chosen, strict=True), key=lambda pair: (-round(pair[0], 6), pair[1].id))
        asked = [*request.needs, *request.also]
        last = [*request.needs, *wholes][-1] if request.needs else None
        hits = tuple(
            Hit(
                found.id,
                found.version,
                score,
                max((_nearness(last, passage) for passage in found.passages), default=0.0) if last else 0.0,
                breadth([_nearness(last, passage) for passage in found.passages]) if last else 0.0,
                tuple(_evidence(found, query) for query in asked),
            )
            for score, found in pairs
            if request.only is None or found.id in request.only
        )
        return SearchResult(hits[: request.limit], "words", 1, "none")

    def examine(self, document_id: int, requests: Sequence[SearchRequest]) -> list[Hit | None]:
        found = [self.search(replace(request, limit=len(self.documents))).hits for request in requests]
        alone = [next((hit for hit in hits if hit.id == document_id), None) for hits in found]
        return [hit and replace(hit, relevance=0.0) for hit in alone]

    def try_out(self, document: Document, requests: Sequence[SearchRequest]) -> list[Hit | None]:
        others = tuple(held for held in self.documents if (held.subject, held.id) != (document.subject, document.id))
        return replace(self, documents=(*others, document)).examine(document.id, requests)

    def compare(self, query: Query, options: Sequence[Query]) -> list[float]:
        return [_shared(query.text, option.text) if self.documents else 0.0 for option in options]


def _passes(document: Document, request: SearchRequest) -> bool:
    if document.subject is not request.subject or document.id in request.excluded:
        return False
    return all(document.facets & facets for facets in request.filters)


def _relevance(document: Document, queries: Sequence[Query]) -> float:
    best = [max((_nearness(query, passage) for passage in document.passages), default=0.0) for query in queries]
    return sum(best) / len(best)


def _nearness(query: Query, passage: Passage) -> float:
    return _shared(query.text, passage.text)


def _shared(query: str, text: str) -> float:
    """The share of the query's words that the text holds, 0 to FAKE_SCALE, a little less for every other word."""
    asked, told = set(words(query)), set(words(text))
    return FAKE_SCALE * len(asked & told) / (len(asked) + 0.01 * len(told - asked)) if asked else 0.0


def _evidence(document: Document, query: Query) -> tuple[Evidence, ...]:
    sentences = [passage for passage in document.passages if passage.level is Level.SENTENCE]
    found = [Evidence(passage.digest, _nearness(query, passage)) for passage in sentences]
    return tuple(sorted(found, key=lambda evidence: -evidence.deviations)[:3])


@dataclass
class FakeConflicts:
    """Conflicts as they are declared: pairs of profiles, confirmed or still unknown."""

    confirmed: set[frozenset[int]] = field(default_factory=set)
    held: set[frozenset[int]] = field(default_factory=set)

    def confirmed_with(self, _session: Session, profile_id: int, /) -> frozenset[int]:
        return frozenset(number for pair in self.confirmed if profile_id in pair for number in pair - {profile_id})

    def is_held(self, _session: Session, profile_id: int, other_id: int, /) -> bool:
        return frozenset({profile_id, other_id}) in self.held
