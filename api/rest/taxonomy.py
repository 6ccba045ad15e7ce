"""The alliance's lists."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from api.rest.answers import read_answer
from api.rest.documents import READ
from api.security import Caller, CurrentService
from matchmaker.taxonomy.models import Taxonomy, Term

router = APIRouter(tags=["taxonomy"])
Version = Annotated[str | None, Query(max_length=20, examples=["2017.1"], description="the newest when left out")]


class TermShape(BaseModel):
    """An entry with its words by language."""

    code: str
    name: dict[str, str]
    description: dict[str, str]
    sub_terms: list["TermShape"]


class TaxonomyShape(BaseModel):
    """One version of the lists: kinds of agents, areas with sub-areas, guiding principles."""

    version: str
    provisional: bool
    source: dict[str, str]
    kinds: list[TermShape]
    areas: list[TermShape]
    principles: list[TermShape]


@router.get("/taxonomy", response_model=TaxonomyShape, responses=READ)
def read_taxonomy(request: Request, service: CurrentService, _caller: Caller, version: Version = None) -> Response:
    """Kinds of agents, areas and guiding principles, in Spanish, Portuguese and English."""
    return read_answer(request, taxonomy_shape(service.shelf.book.taxonomy_of(version)))


def taxonomy_shape(taxonomy: Taxonomy) -> TaxonomyShape:
    """A taxonomy as an answer."""
    return TaxonomyShape(
        version=taxonomy.version,
        provisional=taxonomy.provisional,
        source=_words(taxonomy.source),
        kinds=_terms(taxonomy.kinds),
        areas=_terms(taxonomy.areas),
        principles=_terms(taxonomy.principles),
    )


def _terms(terms: Sequence[Term]) -> list[TermShape]:
    return [
        TermShape(
            code=term.code,
            name=_words(term.name),
            description=_words(term.description),
            sub_terms=_terms(term.sub_terms),
        )
        for term in terms
    ]


def _words(words: Mapping[str, str]) -> dict[str, str]:
    return dict(words)
