"""The form of a challenge: what was typed, and what can be made of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from api.web.pieces import FieldError
from matchmaker.challenges.drafts import ChallengeDraft, TriedChallenge
from matchmaker.places.actions import PlaceFinder
from matchmaker.places.drafts import PlaceDraft
from matchmaker.places.place import Ambiguous, Place
from matchmaker.sentences import digest_of
from matchmaker.taxonomy.models import Concern, Taxonomy

FORM_FIELDS = ("description", "title", "needs", "town")
"""Fields that can be wrong, in their order on the page."""
SHOWN_TOWNS = 8  # of one name, to choose from


class TryForm(BaseModel):
    """What a visitor typed, as typed: nothing is refused here, so that everything can be given back."""

    description: str = ""
    title: str = ""
    needs: str = ""  # one a line
    suggested: str = ""  # digest of the needs that the service suggested: unchanged, they follow the description
    spoken: str = ""  # language code; empty is detected
    town: str = ""
    country: str = ""
    geonameid: str = ""  # of the town, when its name means several
    principles: list[str] = Field(default_factory=list)
    kinds: list[str] = Field(default_factory=list)
    shown: str = ""  # how many candidates; empty is the first look
    delivering: str = ""  # anything: only those who deliver at the place


@dataclass(frozen=True)
class ReadForm:
    """A form as it was understood: a draft, or errors; towns to choose from when the name means several."""

    draft: TriedChallenge | None
    errors: tuple[FieldError, ...] = ()
    towns: tuple[Place, ...] = ()
    country: str = ""


@dataclass
class _Reading:
    errors: list[FieldError] = field(default_factory=list)
    towns: tuple[Place, ...] = ()


def read_form(
    form: TryForm, *, taxonomy: Taxonomy, finder: PlaceFinder, languages: Sequence[str], countries: Sequence[str]
) -> ReadForm:
    """Understand a form; what no list of the page offers (an unknown code) is left out."""
    reading = _Reading()
    country = form.country if form.country in countries else ""
    place = _read_place(form, reading, finder=finder, country=country)
    values: dict[str, Any] = {
        "title": form.title,
        "description": form.description,
        "needs": own_needs(form),
        "language": form.spoken if form.spoken in languages else None,
        "principles": known(form.principles, taxonomy, Concern.PRINCIPLES),
        "place": place,
    }
    try:
        draft = TriedChallenge.model_validate(values)
    except ValidationError as refusal:
        reading.errors += _errors(refusal)
        draft = None
    ordered = sorted(reading.errors, key=lambda error: FORM_FIELDS.index(error.field))
    return ReadForm(None if ordered else draft, tuple(ordered), reading.towns, country)


def own_needs(form: TryForm) -> list[str] | None:
    """The author's own needs; nothing while they are those suggested, so that a new description gives new ones."""
    lines = [line.strip() for line in form.needs.splitlines() if line.strip()]
    if not lines or needs_digest(lines) == form.suggested:
        return None
    return lines


def needs_digest(needs: Sequence[str]) -> str:
    """A mark of a list of needs, equal when the list is."""
    return digest_of(" ".join(" ".join(need.split()) for need in needs))


def known(codes: Sequence[str], taxonomy: Taxonomy, concern: Concern) -> list[str]:
    """Those of `codes` that are in the list, once each."""
    return [term.code for term in taxonomy.terms(concern) if term.code in codes]


def _read_place(form: TryForm, reading: _Reading, *, finder: PlaceFinder, country: str) -> PlaceDraft | None:
    if not form.town.strip():
        return None
    try:
        asked = PlaceDraft.model_validate({"name": form.town, "country": country or None})
    except ValidationError as refusal:
        reading.errors += [FieldError("town", error.code, error.values) for error in _errors(refusal)]
        return None
    found = finder.resolve(asked.name or "", country=asked.country)
    if isinstance(found, Ambiguous):
        reading.towns = found.candidates[:SHOWN_TOWNS]
        found = next((place for place in reading.towns if str(place.geonameid) == form.geonameid), None)
        if found is None:
            reading.errors.append(FieldError("town", "place_ambiguous", {"town": asked.name}))
    elif found is None:
        reading.errors.append(FieldError("town", "place_unknown", {"town": asked.name, "country": country}))
    return None if found is None else PlaceDraft(geonameid=found.geonameid)


def _errors(refusal: ValidationError) -> list[FieldError]:
    """The first error of each field, with the numbers that its sentence needs."""
    found: dict[str, FieldError] = {}
    for error in refusal.errors(include_input=False, include_url=False):
        name = str(error["loc"][0]) if error["loc"] else "description"
        name = name if name in ChallengeDraft.model_fields and name in FORM_FIELDS else "description"
        code, values = _code(error["type"], error["loc"]), dict(error.get("ctx", {}))
        found.setdefault(name, FieldError(name, code, values))
    return list(found.values())


def _code(kind: str, place: tuple[int | str, ...]) -> str:
    """The library has one word for long texts and long lists, and two for long texts; pages have one for each."""
    if kind == "too_long" and place == ("needs",):
        return "too_many"
    return "too_long" if kind == "string_too_long" else kind
