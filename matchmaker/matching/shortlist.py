"""Whom the owners of a challenge consider, with their notes. Those considered are never told, nor is anybody else."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session, col, func, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.queries import own_challenge
from matchmaker.challenges.sight import is_own
from matchmaker.integrity.queries import apart_from
from matchmaker.matching.models import Shortlisted
from matchmaker.profiles.models import Visibility
from matchmaker.profiles.queries import FullProfile, full_profiles, get_profile
from matchmaker.texts import Text


class NoteDraft(BaseModel):
    """What the owners note of an agent; for their own eyes."""

    model_config = ConfigDict(extra="forbid")

    note: Text = ""


@dataclass(frozen=True)
class Considered:
    """An agent on a shortlist, as it may be seen now."""

    full: FullProfile
    row: Shortlisted


def consider(
    session: Session, *, acting: Acting, challenge_id: int, profile_id: int, draft: NoteDraft, now: datetime
) -> Shortlisted:
    """Put an agent on the shortlist of a challenge, or write its note anew.

    Raises `challenge_unknown`, `not_your_challenge`, `profile_unknown`.
    """
    own_challenge(session, acting=acting, challenge_id=challenge_id)
    get_profile(session, acting=acting, profile_id=profile_id)
    row = session.get(Shortlisted, (challenge_id, profile_id))
    row = row or Shortlisted(challenge_id=challenge_id, profile_id=profile_id, noted_at=now)
    row.note, row.noted_by_id, row.noted_at = draft.note, acting.account_id, now
    session.add(row)
    session.flush()
    return row


def consider_no_longer(session: Session, *, acting: Acting, challenge_id: int, profile_id: int) -> None:
    """Take an agent from the shortlist. Raises `challenge_unknown`, `not_your_challenge`."""
    own_challenge(session, acting=acting, challenge_id=challenge_id)
    row = session.get(Shortlisted, (challenge_id, profile_id))
    if row is not None:
        session.delete(row)
        session.flush()


def shortlist_of(session: Session, *, acting: Acting, challenge_id: int) -> list[Considered]:
    """The shortlist in the order in which it was noted, without those who are no longer shown or in conflict.

    Raises `challenge_unknown`, `not_your_challenge`.
    """
    own = own_challenge(session, acting=acting, challenge_id=challenge_id)
    statement = select(Shortlisted).where(Shortlisted.challenge_id == challenge_id)
    rows = session.exec(statement.order_by(col(Shortlisted.noted_at), col(Shortlisted.profile_id))).all()
    apart = apart_from(session, own.owners)
    found = full_profiles(session, acting=acting, profile_ids=[row.profile_id for row in rows])
    shown = {key for key, full in found.items() if full.profile.visibility == Visibility.VISIBLE} - apart
    return [Considered(found[row.profile_id], row) for row in rows if row.profile_id in shown]


def considered_of(session: Session, *, acting: Acting, challenge_id: int) -> frozenset[int]:
    """The numbers of those on the shortlist of a challenge that the account has; nobody's where it has it not."""
    mine = select(Challenge.id).where(is_own(acting), Challenge.id == challenge_id)
    statement = select(Shortlisted.profile_id).where(col(Shortlisted.challenge_id).in_(mine))
    return frozenset(session.exec(statement).all())


def counts_of(session: Session, *, acting: Acting, challenge_ids: Collection[int]) -> dict[int, int]:
    """How many are considered for those of `challenge_ids` that the account has; one statement for all."""
    mine = select(Challenge.id).where(is_own(acting), col(Challenge.id).in_(challenge_ids))
    number = col(Shortlisted.challenge_id)
    statement = select(number, func.count()).where(number.in_(mine)).group_by(number)
    return dict(session.exec(statement).all())
