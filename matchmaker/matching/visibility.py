"""How a profile is seen: how often it was shown, for what, and why it is not, from what was recorded of showings.

What is told is the profile's own: who looked, who said no, with whom a conflict stands and what others keep to
themselves are none of it. Looks of those who act for the profile do not count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge, Status
from matchmaker.challenges.queries import FullChallenge, full_challenges
from matchmaker.challenges.sight import may_see as may_see_challenges
from matchmaker.errors import NotAllowedError
from matchmaker.matching.documents import countries_reached
from matchmaker.matching.models import Showing, ShownMatch
from matchmaker.profiles.drafts import ANYWHERE
from matchmaker.profiles.models import Profile, Representation, Visibility
from matchmaker.profiles.queries import get_profile, represents
from matchmaker.store.database import UtcDateTime

SHOWN_CHALLENGES = 20  # named on one page, most often shown first


@dataclass(frozen=True)
class ShownFor:
    """A challenge in whose lists a profile stood, with the needs for which a sentence of it was quoted last."""

    full: FullChallenge
    times: int
    best_place: int
    needs: tuple[int, ...]
    shown_at: datetime


@dataclass(frozen=True)
class Quoted:
    """What was quoted of a profile for a version of a challenge: per need the digest of a sentence, or nothing."""

    version: int
    digests: Sequence[str | None]


@dataclass(frozen=True)
class Unmet:
    """Open challenges in reach of nothing that the profile says: by country outside its area, by language."""

    open_challenges: int
    countries: Mapping[str, int]
    languages: Mapping[str, int]


@dataclass(frozen=True)
class OwnVisibility:
    """How a profile is seen. `unnamed`: challenges that count, and that the reader may not, or no longer, see."""

    profile: Profile
    times: int
    challenges: int
    askers: int
    shown_for: tuple[ShownFor, ...]
    unnamed: int
    unmet: Unmet

    @property
    def is_shown(self) -> bool:
        """Whether others see the profile at all."""
        return self.profile.visibility == Visibility.VISIBLE


def own_visibility(session: Session, *, acting: Acting, profile_id: int) -> OwnVisibility:
    """How a profile is seen, for those who act for it. Raises `profile_unknown`, `not_your_profile`."""
    profile = get_profile(session, acting=acting, profile_id=profile_id).profile
    if not (acting.is_secretariat or represents(session, acting=acting, profile_id=profile_id)):
        raise NotAllowedError("not_your_profile", profile_id=profile_id)
    counted = _counted(session, profile_id)
    numbers = [number for number, *_ in counted]
    owners = select(Challenge.owner_id).where(col(Challenge.id).in_(numbers), col(Challenge.owner_id).is_not(None))
    seen = full_challenges(session, acting=acting, challenge_ids=numbers)
    named = [row for row in counted if row[0] in seen][:SHOWN_CHALLENGES]
    quoted = _quoted(session, profile_id, [number for number, *_ in named])
    return OwnVisibility(
        profile=profile,
        times=sum(times for _, times, _, _ in counted),
        challenges=len(counted),
        askers=len(set(session.exec(owners).all())),
        shown_for=tuple(
            ShownFor(seen[number], times, best, _needs(seen[number], quoted.get(number)), last)
            for number, times, best, last in named
        ),
        unnamed=len(counted) - len(seen),
        unmet=_unmet(session, acting, profile),
    )


def _counted(session: Session, profile_id: int) -> Sequence[tuple[int, int, int, datetime]]:
    """Per challenge how often the profile stood in its lists, where it stood best, and when last; most often first."""
    own = select(Representation.account_id).where(Representation.profile_id == profile_id)
    times = func.count()
    last: datetime = func.max(Showing.shown_at, type_=UtcDateTime())  # type: ignore[assignment]
    statement = (
        select(Showing.challenge_id, times, func.min(ShownMatch.place), last)
        .join(ShownMatch, col(ShownMatch.showing_id) == col(Showing.id))
        .where(ShownMatch.profile_id == profile_id)
        .where(or_(col(Showing.account_id).is_(None), col(Showing.account_id).not_in(own)))
        .group_by(col(Showing.challenge_id))
        .order_by(times.desc(), col(Showing.challenge_id))
    )
    return session.exec(statement).all()


def _quoted(session: Session, profile_id: int, challenge_ids: Sequence[int]) -> dict[int, Quoted]:
    """Per challenge the version and the quotations of the newest list in which the profile stood."""
    newest = (
        select(func.max(ShownMatch.id))
        .join(Showing, col(Showing.id) == col(ShownMatch.showing_id))
        .where(ShownMatch.profile_id == profile_id, col(Showing.challenge_id).in_(challenge_ids))
        .group_by(col(Showing.challenge_id))
    )
    statement = (
        select(Showing.challenge_id, Showing.challenge_version, ShownMatch.quoted)
        .join(ShownMatch, col(ShownMatch.showing_id) == col(Showing.id))
        .where(col(ShownMatch.id).in_(newest))
    )
    return {number: Quoted(version, quoted) for number, version, quoted in session.exec(statement).all()}


def _needs(full: FullChallenge, quoted: Quoted | None) -> tuple[int, ...]:
    """The needs, from 0, for which a sentence was quoted, while the challenge still says them."""
    if quoted is None or quoted.version != full.challenge.version:
        return ()
    return tuple(number for number, digest in enumerate(quoted.digests) if digest and number < len(full.needs))


def _unmet(session: Session, acting: Acting, profile: Profile) -> Unmet:
    """Open challenges of others outside the profile's area, and in languages that it does not name."""
    statement = (
        select(Challenge.country, Challenge.language, func.count())
        .where(may_see_challenges(acting), Challenge.status == Status.OPEN)
        .where(or_(col(Challenge.owner_id).is_(None), Challenge.owner_id != profile.id))
        .group_by(col(Challenge.country), col(Challenge.language))
    )
    reached = countries_reached(profile)
    countries: dict[str, int] = {}
    languages: dict[str, int] = {}
    total = 0
    for country, language, count in session.exec(statement).all():
        total += count
        if country and ANYWHERE not in reached and country not in reached:
            countries[country] = countries.get(country, 0) + count
        if profile.languages and language not in profile.languages:
            languages[language] = languages.get(language, 0) + count
    return Unmet(total, countries, languages)
