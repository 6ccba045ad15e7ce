"""What has come of challenges: how their introductions stand, for those who have them, in few reads."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.sight import is_own
from matchmaker.introductions.models import ConfirmedOutcome, Introduction
from matchmaker.introductions.queries import may_see
from matchmaker.introductions.sight import Seen, seen_state


@dataclass(frozen=True)
class Stand:
    """How many introductions of a challenge wait (or rest), are open, are over."""

    waiting: int = 0
    open: int = 0
    over: int = 0


OF_STATE = {Seen.WAITING: "waiting", Seen.PAUSED: "waiting", Seen.OPEN: "open"}


def stands_of(session: Session, *, acting: Acting, challenge_ids: Collection[int]) -> dict[int, Stand]:
    """How the introductions stand on those of `challenge_ids` that the account has; one statement for all."""
    mine = select(Challenge.id).where(is_own(acting))
    statement = select(Introduction).where(
        may_see(acting), col(Introduction.challenge_id).in_(challenge_ids), col(Introduction.challenge_id).in_(mine)
    )
    counted: dict[int, Counter[str]] = {}
    for row in session.exec(statement).all():
        counted.setdefault(row.challenge_id, Counter())[OF_STATE.get(seen_state(row), "over")] += 1
    return {number: Stand(**found) for number, found in counted.items()}


def last_outcomes(session: Session, *, introduction_ids: Collection[int]) -> dict[int, str]:
    """What both sides confirmed last, by introduction."""
    statement = select(ConfirmedOutcome).where(col(ConfirmedOutcome.introduction_id).in_(introduction_ids))
    rows = session.exec(statement.order_by(col(ConfirmedOutcome.days))).all()
    return {row.introduction_id: row.outcome for row in rows}


def introductions_of(session: Session, *, acting: Acting, challenge_id: int) -> dict[int, int]:
    """By profile the number of its newest introduction on a challenge, as far as the account may see."""
    statement = select(Introduction).where(may_see(acting), Introduction.challenge_id == challenge_id)
    return {row.profile_id: row.id or 0 for row in session.exec(statement.order_by(col(Introduction.id))).all()}
