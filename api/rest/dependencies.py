"""What routes take: sessions, the caller's language, numbers in addresses, filters."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Path, Query, Request
from pydantic import BaseModel, Field
from sqlmodel import Session, select

from api.i18n import language_of
from api.security import CurrentService
from matchmaker.alerts.models import Alert
from matchmaker.challenges.models import Challenge
from matchmaker.errors import DomainError
from matchmaker.languages import WorkingLanguage
from matchmaker.lessons.models import Lesson
from matchmaker.matching.actions import Wanted
from matchmaker.profiles.models import Profile
from matchmaker.taxonomy.models import Concern, Taxonomy
from matchmaker.taxonomy.rules import check_code
from matchmaker.texts import CountryCode, LanguageCode, Line

LARGEST_NUMBER = 2_147_483_647  # of a row: PostgreSQL's integer
PAGE_ITEMS, PAGE_ITEMS_AT_MOST = 20, 100
HeldTable = type[Challenge] | type[Profile] | type[Lesson] | type[Alert]
FILTERS_AT_MOST = 60  # values of one filter; the countries of the continent fit


class UnsupportedMediaError(DomainError):
    """A body that is not JSON."""


def open_transaction(service: CurrentService) -> Iterator[Session]:
    """A session that commits before the answer leaves, or rolls back."""
    with service.database.transaction() as session:
        yield session


def open_reading(service: CurrentService) -> Iterator[Session]:
    """A session that never writes."""
    with service.database.reading() as session:
        yield session


def hold_row(session: Session, table: HeldTable, number: int) -> None:
    """Let nobody else change a row until the commit: what `If-Match` is compared with is then what is replaced."""
    session.exec(select(table.id).where(table.id == number).with_for_update())


def caller_language(request: Request) -> WorkingLanguage:
    """The language in which the caller reads."""
    return language_of(request.headers.get("accept-language", ""))


def paper_language(
    request: Request,
    language: Annotated[WorkingLanguage | None, Query(description="Instead of what the caller accepts")] = None,
) -> WorkingLanguage:
    """The language of a paper to which a page leads: that of the page, whatever the browser asks for."""
    return language or caller_language(request)


async def only_json(request: Request) -> None:
    """Raise `media_type` for a body that says it is something else; an empty one is told what it lacks later."""
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    is_json = sent == "application/json" or (sent.startswith("application/") and sent.endswith("+json"))
    if not is_json and await request.body():
        raise UnsupportedMediaError("media_type", value=sent)


class WantedMatches(BaseModel):
    """Filters of a list of matches."""

    kind: list[Line] = Field(default_factory=list, max_length=FILTERS_AT_MOST, description="kinds of agents")
    country: list[CountryCode] = Field(
        default_factory=list, max_length=FILTERS_AT_MOST, description="countries in which the agents are, ISO 3166-1"
    )
    area: list[Line] = Field(default_factory=list, max_length=FILTERS_AT_MOST, description="areas of the taxonomy")
    language: list[LanguageCode] = Field(
        default_factory=list, max_length=FILTERS_AT_MOST, description="languages in which the agents work"
    )
    delivering_only: bool = Field(default=False, description="only agents who deliver in the challenge's country")
    limit: int = Field(default=PAGE_ITEMS, ge=1, le=PAGE_ITEMS_AT_MOST)

    def checked(self, taxonomy: Taxonomy) -> Wanted:
        """The filters in terms of the domain. Raises `unknown_code`."""
        for kind in self.kind:
            check_code(taxonomy, Concern.KINDS, kind, field="kind")
        for area in self.area:
            check_code(taxonomy, Concern.AREAS, area, field="area")
        return Wanted(
            kinds=frozenset(self.kind),
            countries=frozenset(self.country),
            areas=frozenset(self.area),
            languages=frozenset(self.language),
            delivering_only=self.delivering_only,
            limit=self.limit,
        )


Transaction = Annotated[Session, Depends(open_transaction, scope="function")]
Reading = Annotated[Session, Depends(open_reading, scope="function")]
CallerLanguage = Annotated[WorkingLanguage, Depends(caller_language)]
PaperLanguage = Annotated[WorkingLanguage, Depends(paper_language)]
WantedQuery = Annotated[WantedMatches, Query()]
Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
After = Annotated[int, Query(ge=0, le=LARGEST_NUMBER, description="the last number of the page before")]
Limit = Annotated[int, Query(ge=1, le=PAGE_ITEMS_AT_MOST)]
Countries = Annotated[list[CountryCode] | None, Query(max_length=FILTERS_AT_MOST, description="ISO 3166-1 alpha-2")]
Codes = Annotated[list[Line] | None, Query(max_length=FILTERS_AT_MOST, description="codes of the taxonomy")]
