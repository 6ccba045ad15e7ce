"""Rows as they stand in a list, with the names of those who ask read at once, however many they are."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlmodel import Session

from api.web.explained import term_name
from api.web.pieces import ChallengeLine, Named, Where
from api.web.shown import ProfileLine
from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge
from matchmaker.places.models import Located
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import full_profiles
from matchmaker.taxonomy.models import Concern, Taxonomy

PAGE_LINES = 25  # of a list; a screen and a half
Row = TypeVar("Row")


def where_of(row: Located) -> Where:
    """The place of a row."""
    return Where(row.place_name, row.region, row.country)


def named(profile: Profile) -> Named:
    """A profile by its name."""
    return Named(profile.id or 0, profile.name, where_of(profile))


def profile_line(profile: Profile, *, taxonomy: Taxonomy, language: str) -> ProfileLine:
    """A profile in a list."""
    kind = term_name(taxonomy, Concern.KINDS, profile.kind, language)
    where, said = where_of(profile), profile.summary
    return ProfileLine(profile.id or 0, profile.name, kind, where, said, profile.language, profile.is_demo)


def challenge_line(challenge: Challenge, owners: dict[int, str]) -> ChallengeLine:
    """A challenge in a list, with who asks."""
    return ChallengeLine(
        id=challenge.id or 0,
        title=challenge.title,
        language=challenge.language,
        asker=owners.get(challenge.owner_id or 0, challenge.buyer),
        where=where_of(challenge),
        is_reference=challenge.is_reference,
        is_demo=challenge.is_demo,
    )


def owners_of(session: Session, challenges: Iterable[Challenge], *, acting: Acting) -> dict[int, str]:
    """The names of those who ask, by number."""
    wanted = {challenge.owner_id for challenge in challenges if challenge.owner_id is not None}
    found = full_profiles(session, acting=acting, profile_ids=wanted) if wanted else {}
    return {key: full.profile.name for key, full in found.items()}


def one_page(rows: Sequence[Row]) -> tuple[Sequence[Row], bool]:
    """The rows of one page, of one more that were read; whether there are others."""
    return rows[:PAGE_LINES], len(rows) > PAGE_LINES
