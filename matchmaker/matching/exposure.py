"""The ledger of what was shown to whom."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge
from matchmaker.matching.models import Showing, ShownMatch
from matchmaker.matching.ports import SearchResult
from matchmaker.matching.ranking import RANKING_VERSION, Ranked
from matchmaker.sentences import digest_of


def times_shown(session: Session, *, profile_ids: Collection[int]) -> dict[int, int]:
    """How often each profile was shown; one never shown is absent."""
    shown = col(ShownMatch.profile_id)
    statement = select(shown, func.count()).where(shown.in_(list(profile_ids))).group_by(shown)
    return dict(session.exec(statement).all())


def record_showing(
    session: Session,
    *,
    acting: Acting,
    challenge: Challenge,
    result: SearchResult,
    matches: Sequence[Ranked],
    now: datetime,
) -> Showing:
    """Save a list as it was shown."""
    showing = Showing(
        challenge_id=challenge.id or 0,
        challenge_version=challenge.version,
        account_id=acting.account_id,
        model=result.model,
        generation=result.generation,
        correction=result.correction,
        ranking=RANKING_VERSION,
        shown_at=now,
    )
    session.add(showing)
    session.flush()
    session.add_all(_shown(showing.id or 0, place, ranked) for place, ranked in enumerate(matches, start=1))
    return showing


def showings_of(session: Session, *, challenge_id: int, limit: int) -> Sequence[Showing]:
    """The lists shown for a challenge, newest first."""
    statement = select(Showing).where(Showing.challenge_id == challenge_id).order_by(col(Showing.id).desc())
    return session.exec(statement.limit(limit)).all()


def matches_of(session: Session, *, showing_id: int) -> Sequence[ShownMatch]:
    """The matches of a list, in their places."""
    statement = select(ShownMatch).where(ShownMatch.showing_id == showing_id).order_by(col(ShownMatch.place))
    return session.exec(statement).all()


def digests_of(ranked: Ranked) -> list[str | None]:
    """Per need the digest of the sentence quoted, or nothing: what is kept of reasons."""
    return [None if quote is None else digest_of(quote.text) for quote in ranked.candidate.reasons.answers]


def _shown(showing_id: int, place: int, ranked: Ranked) -> ShownMatch:
    hit = ranked.candidate.hit
    return ShownMatch(
        showing_id=showing_id,
        profile_id=hit.id,
        profile_version=hit.version,
        place=place,
        points=ranked.points,
        quoted=digests_of(ranked),
    )
