"""Profiles: the list, one profile, and the open challenges that it could answer."""

from urllib.parse import urlencode

from api.pages import link
from api.web.choices import country_choices, term_choices
from api.web.explained import term_names
from api.web.frames import Asked
from api.web.lines import PAGE_LINES, one_page, profile_line, where_of
from api.web.numbers import countries_of
from api.web.shown import ExperienceShown, FactShown, OfferShown
from api.web.views import ProfilePage, Profiles
from matchmaker.profiles.models import Experience, Profile
from matchmaker.profiles.queries import count_profiles, get_profile, list_profiles
from matchmaker.sentences import paragraphs
from matchmaker.taxonomy.models import Concern


def profiles_page(asked: Asked, *, kind: str, country: str, after: int) -> Profiles:
    """One page of the list, narrowed by kind and country."""
    session, acting, taxonomy = asked.session, asked.acting, asked.service.taxonomy
    known = countries_of(session, acting=acting)
    kinds = [kind] if kind in taxonomy.codes(Concern.KINDS) else []
    countries = [country] if country in known else []
    rows, has_more = one_page(
        list_profiles(
            session, acting=acting, kinds=kinds, countries=countries, after=max(after, 0), limit=PAGE_LINES + 1
        )
    )
    narrowed = {"kind": "".join(kinds), "country": "".join(countries)}
    return Profiles(
        language=asked.language,
        frame=asked.frame("profiles"),
        lines=tuple(profile_line(row, taxonomy=taxonomy, language=asked.language) for row in rows),
        total=count_profiles(session, acting=acting),
        kinds=term_choices(taxonomy.kinds, name=lambda term: term.plural[asked.language], chosen=kinds),
        countries=country_choices(asked.language, chosen=narrowed["country"], among=known),
        is_first=after <= 0,
        next_query=next_query(rows[-1].id, narrowed) if has_more else "",
    )


def profile_page(asked: Asked, profile_id: int) -> ProfilePage:
    """One profile. Raises `profile_unknown`."""
    full = get_profile(asked.session, acting=asked.acting, profile_id=profile_id)
    profile, taxonomy = full.profile, asked.service.taxonomy
    return ProfilePage(
        language=asked.language,
        frame=asked.frame("profiles"),
        line=profile_line(profile, taxonomy=taxonomy, language=asked.language),
        paragraphs=tuple(paragraphs(profile.description)),
        offers=tuple(OfferShown(offer.title, offer.text) for offer in full.offers),
        experience=tuple(_done(item) for item in full.experience),
        spoken=tuple(profile.languages),
        areas=term_names(taxonomy, Concern.AREAS, profile.areas, asked.language),
        delivers_in=tuple(profile.delivery_area),
        website=link(profile.website),
        facts=_facts(profile),
    )


def next_query(last_id: int | None, narrowed: dict[str, str]) -> str:
    """The address of the next page of a list, with what narrows it."""
    kept = {name: value for name, value in narrowed.items() if value}
    return "?" + urlencode({**kept, "after": last_id or 0})


def _done(item: Experience) -> ExperienceShown:
    return ExperienceShown(item.title, where_of(item), item.year, item.text, item.result)


def _facts(profile: Profile) -> tuple[FactShown, ...]:
    return tuple(FactShown(fact.get("text", ""), fact.get("source", "")) for fact in profile.facts)
