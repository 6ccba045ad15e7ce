"""What waits for whoever speaks for a member: a successor is asked for with this list."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Mapped
from sqlmodel import Session, SQLModel, and_, col, func, or_, select

from matchmaker.challenges.models import Challenge, Status
from matchmaker.introductions.models import Introduction, Phase
from matchmaker.membership.models import Application
from matchmaker.membership.rules import OPEN_STATES
from matchmaker.mentoring.models import Answer, Mentoring


@dataclass(frozen=True)
class Duties:
    """How much of each kind is open."""

    challenges: int
    introductions: int
    mentorings: int
    applications: int


def duties_of_member(session: Session, *, profile_id: int) -> Duties:
    """Open challenges, introductions not ended, mentoring asked for or agreed, applications not decided."""
    declined = {Answer.NO, Answer.NOT_NOW}
    answers = (col(Mentoring.mentor_answer), col(Mentoring.mentee_answer))
    silent = and_(*(or_(said.is_(None), said.not_in(declined)) for said in answers))
    return Duties(
        challenges=_count(
            session, Challenge, col(Challenge.owner_id) == profile_id, col(Challenge.status) == Status.OPEN
        ),
        introductions=_count(
            session, Introduction, _either(col(Introduction.owner_id), col(Introduction.profile_id), profile_id),
            col(Introduction.phase) != Phase.ENDED,
        ),
        mentorings=_count(
            session, Mentoring, _either(col(Mentoring.mentor_id), col(Mentoring.mentee_id), profile_id),
            col(Mentoring.withdrawn_at).is_(None), col(Mentoring.ended_at).is_(None), silent,
        ),
        applications=_count(
            session, Application, col(Application.profile_id) == profile_id, col(Application.state).in_(OPEN_STATES)
        ),
    )  # fmt: skip


def _either(one: Mapped[int], other: Mapped[int], profile_id: int) -> ColumnElement[bool]:
    return or_(one == profile_id, other == profile_id)


def _count(session: Session, table: type[SQLModel], *chosen: ColumnElement[bool]) -> int:
    return session.exec(select(func.count()).select_from(table).where(*chosen)).one()
