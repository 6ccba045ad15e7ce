"""Whom the owners of a challenge consider, with their notes. Those considered are never told, nor is anybody else."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.queries import own_challenge
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
