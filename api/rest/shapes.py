"""Profiles, challenges and places as answers. A contact is never among them: contacts open on a second yes."""

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import BaseModel
from sqlmodel import SQLModel

from api.rest.warnings import Warned, language_warnings
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.queries import FullChallenge
from matchmaker.languages import WorkingLanguage
from matchmaker.places.models import Located
from matchmaker.places.place import Place
from matchmaker.profiles.models import Experience, Profile
from matchmaker.profiles.queries import FullProfile


class PlaceShape(BaseModel):
    """A town of the gazetteer or a territory; population in inhabitants, coordinates in degrees."""

    geonameid: int | None
    territory_id: int | None
    name: str
    country: str
    region: str
    population: int | None
    latitude: float | None
    longitude: float | None


class OfferShape(BaseModel):
    """One thing that an agent can do."""

    title: str
    text: str


class ExperienceShape(BaseModel):
    """Something that an agent did."""

    title: str
    place: PlaceShape | None
    year: int | None
    text: str
    result: str
    for_whom: str


class FactShape(BaseModel):
    """A sentence on the place, with its public source."""

    text: str
    source: str


class ProfileLine(BaseModel):
    """A profile in a list."""

    id: int
    kind: str
    name: str
    language: str
    summary: str
    languages: list[str]
    place: PlaceShape | None
    delivery_area: list[str]
    areas: list[str]
    website: str
    visibility: str
    is_demo: bool
    version: int
    updated_at: datetime


class ProfileShape(ProfileLine):
    """A whole profile."""

    external_id: str | None
    description: str
    offers: list[OfferShape]
    experience: list[ExperienceShape]
    facts: list[FactShape]
    taxonomy_version: str
    created_at: datetime
    warnings: list[Warned]


class NeedShape(BaseModel):
    """One thing that a challenge lacks; suggested until its author confirms or edits the list."""

    text: str
    is_suggested: bool


class ChallengeLine(BaseModel):
    """A challenge in a list."""

    id: int
    owner_id: int | None
    status: str
    language: str
    title: str
    place: PlaceShape | None
    areas: list[str]
    is_reference: bool
    buyer: str
    url: str
    is_demo: bool
    version: int
    updated_at: datetime


class ChallengeShape(ChallengeLine):
    """A whole challenge."""

    external_id: str | None
    description: str
    needs: list[NeedShape]
    expected_benefit: str
    beneficiaries: str
    principles: list[str]
    budget_band: str
    starts_on: date | None
    ends_on: date | None
    procurement: str
    taxonomy_version: str
    created_at: datetime
    warnings: list[Warned]


def place_shape(row: Located | Place) -> PlaceShape | None:
    """Where a row stands, or nothing."""
    name = row.name if isinstance(row, Place) else row.place_name
    if not name:
        return None
    return PlaceShape(
        geonameid=row.geonameid,
        territory_id=row.territory_id,
        name=name,
        country=row.country,
        region=row.region or "",
        population=row.population,
        latitude=row.latitude,
        longitude=row.longitude,
    )


def profile_line(row: Profile) -> ProfileLine:
    """A profile in a list."""
    return ProfileLine.model_validate(plain_fields(row, ProfileLine) | {"place": place_shape(row)})


def profile_shape(full: FullProfile, language: WorkingLanguage) -> ProfileShape:
    """A whole profile, with warnings in `language`."""
    row = full.profile
    parts = {
        "place": place_shape(row),
        "offers": [OfferShape(title=offer.title, text=offer.text) for offer in full.offers],
        "experience": _experience(full.experience),
        "warnings": language_warnings(row.language, language),
    }
    return ProfileShape.model_validate(plain_fields(row, ProfileShape) | parts)


def challenge_line(row: Challenge) -> ChallengeLine:
    """A challenge in a list."""
    return ChallengeLine.model_validate(plain_fields(row, ChallengeLine) | {"place": place_shape(row)})


def challenge_shape(full: FullChallenge, language: WorkingLanguage) -> ChallengeShape:
    """A whole challenge, with warnings in `language`."""
    row = full.challenge
    parts = {
        "place": place_shape(row),
        "needs": [NeedShape(text=need.text, is_suggested=need.is_suggested) for need in full.needs],
        "warnings": language_warnings(row.language, language),
    }
    return ChallengeShape.model_validate(plain_fields(row, ChallengeShape) | parts)


def _experience(rows: Sequence[Experience]) -> list[ExperienceShape]:
    return [
        ExperienceShape(
            title=row.title,
            place=place_shape(row),
            year=row.year,
            text=row.text,
            result=row.result,
            for_whom=row.for_whom,
        )
        for row in rows
    ]


def plain_fields(row: SQLModel, shape: type[BaseModel]) -> dict[str, object]:
    """The fields that row and answer call alike; an answer has no field for a contact."""
    return {name: getattr(row, name) for name in shape.model_fields if hasattr(row, name)}
