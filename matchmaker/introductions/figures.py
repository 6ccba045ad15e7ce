"""Figures on introductions for the secretariat. Introductions alone are no success: confirmed outcomes are."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.errors import NotAllowedError
from matchmaker.introductions.models import ConfirmedOutcome, Introduction, IntroductionSide, Outcome, Phase, Side
from matchmaker.introductions.rules import Meeting, meeting_of


@dataclass(frozen=True)
class Figures:
    """How many were proposed, how many opened contacts, what became of the meetings, which outcomes were confirmed.

    `succeeded`: introductions with at least one confirmed outcome other than nothing.
    """

    proposed: int
    by_phase: dict[str, int]
    opened: int
    meetings: dict[str, int]
    outcomes: dict[int, dict[str, int]]
    succeeded: int


@dataclass(frozen=True)
class Encounters:
    """What everyone may know: how many introductions led to a meeting, and to an outcome that both sides confirmed."""

    met: int
    confirmed: int


def encounters_so_far(session: Session) -> Encounters:
    """Two numbers that name nobody."""
    return Encounters(met=_meetings(session)[Meeting.MET], confirmed=_succeeded(session))


def figures(session: Session, *, acting: Acting) -> Figures:
    """All introductions so far. Raises `only_secretariat`."""
    if not acting.is_secretariat:
        raise NotAllowedError("only_secretariat")
    by_phase = session.exec(select(Introduction.phase, func.count()).group_by(col(Introduction.phase))).all()
    counted = dict(by_phase)
    return Figures(
        proposed=sum(counted.values()),
        by_phase={phase: counted.get(phase, 0) for phase in Phase},
        opened=counted.get(Phase.OPEN, 0) + counted.get(Phase.CLOSED, 0),
        meetings=_meetings(session),
        outcomes=_outcomes(session),
        succeeded=_succeeded(session),
    )


def _meetings(session: Session) -> dict[str, int]:
    statement = (
        select(Introduction.id, Introduction.settled_met, IntroductionSide.side, IntroductionSide.has_met)
        .join(IntroductionSide, col(IntroductionSide.introduction_id) == col(Introduction.id))
        .where(col(Introduction.opened_at).is_not(None))
    )
    said: dict[int, dict[str, bool | None]] = {}
    for number, settled, side, has_met in session.exec(statement).all():
        said.setdefault(number or 0, {"settled": settled})[side] = has_met
    found = Counter(
        meeting_of(owner=each[Side.OWNER], profile=each[Side.PROFILE], settled=each["settled"])
        for each in said.values()
    )
    return {meeting: found[meeting] for meeting in Meeting}


def _outcomes(session: Session) -> dict[int, dict[str, int]]:
    statement = select(ConfirmedOutcome.days, ConfirmedOutcome.outcome, func.count()).group_by(
        col(ConfirmedOutcome.days), col(ConfirmedOutcome.outcome)
    )
    found: dict[int, dict[str, int]] = {}
    for days, outcome, number in session.exec(statement).all():
        found.setdefault(days, {})[outcome] = number
    return dict(sorted(found.items()))


def _succeeded(session: Session) -> int:
    statement = select(func.count(func.distinct(col(ConfirmedOutcome.introduction_id)))).where(
        ConfirmedOutcome.outcome != Outcome.NOTHING
    )
    return session.exec(statement).one()
