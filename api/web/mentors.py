"""Who mentors, as a list."""

from collections.abc import Sequence

from babel import Locale

from api.web.choices import language_choices, term_choices
from api.web.explained import term_names
from api.web.frames import Asked
from api.web.lines import named, one_page, profile_line
from api.web.mentoring_views import MentorLine, Mentors, OwnMentoring
from api.web.pieces import Named
from api.web.profiles import next_query
from matchmaker.mentoring.models import Mentoring, MentorOffer
from matchmaker.mentoring.queries import available_mentors, latest_mentorings
from matchmaker.mentoring.rules import profile_of, silent_sides, state_of
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.profiles.queries import full_profiles, represented_by
from matchmaker.profiles.speaking import profiles_spoken_for
from matchmaker.taxonomy.models import Concern

OWN_AT_MOST = 30


def mentors_page(asked: Asked, *, area: str, language: str, after: int) -> Mentors:
    """Members with hours left that help in an area and a language; all of them where none is named."""
    found = available_mentors(
        asked.session, areas=[area] if area else (), languages=[language] if language else (), now=asked.service.clock()
    )
    later = {number for number in found if number > after}
    loaded = full_profiles(asked.session, acting=asked.acting, profile_ids=later)
    shown = [number for number in sorted(loaded) if loaded[number].profile.visibility == Visibility.VISIBLE]
    rows, has_more = one_page(shown)
    narrowed = {name: value for name, value in (("area", area), ("language", language)) if value}
    return Mentors(
        language=asked.language,
        frame=asked.frame("mentoring"),
        own=_own(asked) if after <= 0 else (),
        members=_members(asked) if after <= 0 else (),
        lines=tuple(_line(asked, loaded[number].profile, *found[number]) for number in rows),
        areas=term_choices(
            asked.service.taxonomy.terms(Concern.AREAS), name=lambda term: term.name[asked.language], chosen=[area]
        ),
        languages=language_choices(asked.language, chosen=language),
        is_narrowed=bool(narrowed),
        is_first=after <= 0,
        next_query=next_query(rows[-1], narrowed) if has_more else "",
    )


def _own(asked: Asked) -> tuple[OwnMentoring, ...]:
    """The latest requests that the reader may read."""
    if asked.person is None:
        return ()
    return own_requests(asked, latest_mentorings(asked.session, acting=asked.acting, limit=OWN_AT_MOST))


def _members(asked: Asked) -> tuple[Named, ...]:
    """The members for which the reader can offer to mentor."""
    numbers = represented_by(asked.session, acting=asked.acting)
    found = full_profiles(asked.session, acting=asked.acting, profile_ids=numbers) if numbers else {}
    return tuple(named(found[number].profile) for number in sorted(found))


def own_requests(asked: Asked, rows: Sequence[Mentoring]) -> tuple[OwnMentoring, ...]:
    """Requests that the reader may read, as they stand in a list."""
    sides = {number for row in rows for number in (row.mentor_id, row.mentee_id)}
    names = {
        number: named(full.profile)
        for number, full in full_profiles(asked.session, acting=asked.acting, profile_ids=sides).items()
    }
    spoken_for, now = profiles_spoken_for(asked.session, acting=asked.acting), asked.service.clock()
    return tuple(
        OwnMentoring(
            id=row.id or 0,
            mentor=names.get(row.mentor_id),
            mentee=names.get(row.mentee_id),
            state=state_of(row, now=now),
            waits_for_you=any(profile_of(row, side) in spoken_for for side in silent_sides(row)),
            expires_at=row.expires_at,
            hours=row.hours_a_month,
        )
        for row in rows
    )


def _line(asked: Asked, profile: Profile, offer: MentorOffer, hours_left: int) -> MentorLine:
    taxonomy, names = asked.service.taxonomy, Locale.parse(asked.language).languages
    return MentorLine(
        profile=profile_line(profile, taxonomy=taxonomy, language=asked.language),
        areas=term_names(taxonomy, Concern.AREAS, offer.areas, asked.language),
        languages=tuple(str(names.get(code, code)) for code in offer.languages),
        hours_left=hours_left,
        words=offer.text,
    )
