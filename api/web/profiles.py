"""Profiles: the list, one profile, and the open challenges that it could answer."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from api.pages import link
from api.web.explained import quote_of, term_names
from api.web.frames import Asked
from api.web.lines import PAGE_LINES, profile_line, where_of
from api.web.linked_data import profile_data
from api.web.member import member_more
from api.web.narrowing import Narrowing, by_country, by_language, by_size, by_terms, narrowing_of, question
from api.web.numbers import countries_of
from api.web.shown import ExperienceShown, FactShown, OfferShown, ProfileFound
from api.web.views import ProfilePage, Profiles
from matchmaker.matching.browsing import FoundProfile, search_profiles
from matchmaker.profiles.browsing import ProfilesWanted, browse_profiles, count_browsed
from matchmaker.profiles.models import Experience, Profile, Visibility
from matchmaker.profiles.queries import get_profile, represents
from matchmaker.sentences import paragraphs
from matchmaker.taxonomy.models import Concern


def profiles_page(asked: Asked, values: Mapping[str, str], *, after: int) -> Profiles:
    """One page of the directory, narrowed and searched by what is asked."""
    session, acting, taxonomy = asked.session, asked.acting, asked.service.taxonomy
    narrowing = narrowing_of(
        values,
        (
            by_terms(asked, "kind", taxonomy.kinds, values),
            by_country(asked, values, countries_of(session, acting=acting)),
            by_terms(asked, "area", taxonomy.areas, values),
            by_language(asked, values),
            by_size(values),
        ),
        after=after,
    )
    found, total = _listed(asked, narrowing)
    rows = found[:PAGE_LINES]
    return Profiles(
        language=asked.language,
        frame=asked.frame("profiles"),
        lines=tuple(
            ProfileFound(profile_line(row.profile, taxonomy=taxonomy, language=asked.language), quote_of(row.quotation))
            for row in rows
        ),
        total=total,
        narrowing=narrowing,
        is_first=after <= 0,
        next_query=narrowing.query(after=after + PAGE_LINES) if after + len(rows) < total else "",
    )


def _listed(asked: Asked, narrowing: Narrowing) -> tuple[Sequence[FoundProfile], int]:
    """The rows of a page, and how many there are in all."""
    session, acting = asked.session, asked.acting
    wanted = ProfilesWanted(
        kinds=narrowing.codes("kind"),
        countries=narrowing.codes("country"),
        areas=narrowing.codes("area"),
        languages=narrowing.codes("language"),
        sizes=narrowing.sizes,
    )
    if narrowing.text:
        query = question(asked, narrowing.text)
        found = search_profiles(session, index=asked.service.index, acting=acting, query=query, wanted=wanted)
        return found[narrowing.after : narrowing.after + PAGE_LINES], len(found)
    rows = browse_profiles(session, acting=acting, wanted=wanted, offset=narrowing.after, limit=PAGE_LINES)
    total = count_browsed(session, acting=acting, wanted=wanted)
    return [FoundProfile(row, None) for row in rows], total


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
        more=member_more(asked, profile),
        is_own=represents(asked.session, acting=asked.acting, profile_id=profile_id),
        is_published=profile.visibility == Visibility.VISIBLE,
        linked=profile_data(full, address=asked.address, website=link(profile.website)),
    )


def next_query(last_id: int | None, narrowed: dict[str, str]) -> str:
    """The address of the next page of a list, with what narrows it."""
    kept = {name: value for name, value in narrowed.items() if value}
    return "?" + urlencode({**kept, "after": last_id or 0})


def _done(item: Experience) -> ExperienceShown:
    return ExperienceShown(item.title, where_of(item), item.year, item.text, item.result)


def _facts(profile: Profile) -> tuple[FactShown, ...]:
    return tuple(FactShown(fact.get("text", ""), fact.get("source", "")) for fact in profile.facts)
