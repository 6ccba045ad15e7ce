"""A saved search as it is written: new from a search or from opportunities, or one of one's own corrected."""

from typing import Any

from fastapi import Request
from pydantic import BaseModel, Field

from api.web.alert_views import SizeShown
from api.web.choices import OFFERED_LANGUAGES, country_choices, language_choices, term_choices, town_choices
from api.web.frames import Asked
from api.web.pieces import Choice
from api.web.profile_step_forms import StepForm, read_place
from api.web.supply_views import AlertForm
from api.web.typed import Typed, Wrong
from api.web.typing import understood
from matchmaker.alerts.drafts import AlertDraft
from matchmaker.alerts.models import Alert, Frequency
from matchmaker.alerts.queries import get_alert
from matchmaker.places.place import Ambiguous
from matchmaker.places.sizes import SizeBand, inhabitants_of
from matchmaker.profiles.queries import full_profiles, represented_by

SHOWN_TOWNS = 8


class AlertTyped(BaseModel):
    """A saved search as it was typed, or as the address of a search has it."""

    name: str = ""
    profile: str = ""
    text: str = ""
    countries: list[str] = Field(default_factory=list)
    areas: list[str] = Field(default_factory=list)
    languages: list[str] = Field(default_factory=list)
    sizes: list[str] = Field(default_factory=list)
    town: str = ""
    country: str = ""
    geonameid: str = ""
    radius: str = ""
    frequency: str = Frequency.DAILY


def typed_from(request: Request) -> AlertTyped:
    """What the address of a search, or of opportunities, says (`q`, `country`, `area`, `language`, `profile`)."""
    asked = request.query_params
    return AlertTyped(
        text=asked.get("q", "")[:400],
        profile=asked.get("profile", ""),
        countries=asked.getlist("country")[:60],
        areas=asked.getlist("area")[:20],
        languages=asked.getlist("language")[:20],
    )


def typed_of(row: Alert) -> AlertTyped:
    """A saved search as it would be typed."""
    return AlertTyped(
        name=row.name, profile=str(row.profile_id), text=row.text, countries=row.countries, areas=row.areas,
        languages=row.languages, sizes=row.sizes, town=row.place_name if row.radius_kilometres else "",
        country=row.country if row.radius_kilometres else "", geonameid=str(row.geonameid or ""),
        radius=str(row.radius_kilometres or ""), frequency=row.frequency,
    )  # fmt: skip


def draft_from(asked: Asked, form: AlertTyped) -> tuple[AlertDraft | None, Typed]:
    """The draft that a form makes; nothing, and what is wrong, where it cannot be read."""
    place, wrong = read_place(asked, StepForm(town=form.town, country=form.country, geonameid=form.geonameid))
    errors = [wrong] if wrong else []
    radius = form.radius.strip()
    if wrong is None and bool(radius) != bool(place):
        errors.append(Wrong("radius", asked.say("form.radius")))
    values: dict[str, Any] = form.model_dump(include={"name", "text", "countries", "areas", "languages", "sizes"})
    values |= {"frequency": form.frequency, "place": place, "radius_kilometres": radius or None}
    around = {"place": None, "radius_kilometres": None} if errors else {}
    draft, found = understood(asked, AlertDraft, values | around)
    errors += [_beside(asked, each) for each in found.errors]
    return (None if errors else draft), Typed(form.model_dump(), tuple(errors))


def _beside(asked: Asked, wrong: Wrong) -> Wrong:
    """What is wrong as it is said beside a field of this form."""
    if wrong.field == "radius_kilometres":
        return Wrong("radius", asked.say("form.radius"))
    return Wrong("name", asked.say("form.alert_name")) if wrong.field == "name" else wrong


def new_alert_page(asked: Asked, typed: Typed) -> AlertForm:
    """A new saved search. Raises `sign_in_needed`."""
    asked.signed_in()
    return _page(asked, 0, "", typed)


def edit_alert_page(asked: Asked, alert_id: int, typed: Typed | None = None) -> AlertForm:
    """A saved search of one's own, corrected. Raises `sign_in_needed`, `alert_unknown`."""
    row = get_alert(asked.session, acting=asked.signed_in(), alert_id=alert_id)
    return _page(asked, alert_id, row.name, typed or Typed(typed_of(row).model_dump()))


def _page(asked: Asked, alert_id: int, name: str, typed: Typed) -> AlertForm:
    form = AlertTyped.model_validate(dict(typed.values)) if typed.values else AlertTyped()
    language, taxonomy = asked.language, asked.service.taxonomy
    countries = country_choices(language, chosen="")
    tongues = [each for each in language_choices(language, chosen="") if each.value in OFFERED_LANGUAGES[:3]]
    return AlertForm(
        language=language,
        frame=asked.frame("alerts", form="page-form" if typed.errors else ""),
        id=alert_id,
        name=name,
        typed=Typed(form.model_dump(), typed.errors),
        choices={
            "profile": () if alert_id else _profiles(asked, form.profile),
            "countries": tuple(Choice(each.value, each.label, each.value in form.countries) for each in countries),
            "areas": term_choices(taxonomy.areas, name=lambda term: term.name[language], chosen=form.areas),
            "languages": tuple(Choice(each.value, each.label, each.value in form.languages) for each in tongues),
            "sizes": tuple(Choice(size, size, size in form.sizes) for size in SizeBand if size != SizeBand.UNKNOWN),
            "country": country_choices(language, chosen=form.country),
            "towns": _towns(asked, form),
            "frequency": tuple(Choice(each, each, each == form.frequency) for each in Frequency),
        },
        sizes={str(size): SizeShown(*inhabitants_of(size)) for size in SizeBand if size != SizeBand.UNKNOWN},
    )


def _profiles(asked: Asked, chosen: str) -> tuple[Choice, ...]:
    numbers = represented_by(asked.session, acting=asked.acting)
    found = full_profiles(asked.session, acting=asked.acting, profile_ids=numbers)
    return tuple(Choice(str(key), found[key].profile.name, str(key) == chosen) for key in sorted(found))


def _towns(asked: Asked, form: AlertTyped) -> tuple[Choice, ...]:
    if not form.town:
        return ()
    found = asked.service.gazetteer.resolve(form.town, country=form.country or None)
    towns = found.candidates[:SHOWN_TOWNS] if isinstance(found, Ambiguous) else ()
    return town_choices(towns, asked.language, chosen=form.geonameid)
