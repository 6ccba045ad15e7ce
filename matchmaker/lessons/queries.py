"""Reads of lessons, each with the permission of the account that asks: whoever sees the author sees its lessons."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.queries import full_challenges
from matchmaker.errors import NotFoundError
from matchmaker.lessons.models import Lesson, LessonState
from matchmaker.profiles.models import Profile, Representation, Visibility
from matchmaker.profiles.queries import full_profiles, represented_by
from matchmaker.profiles.queries import may_see as may_see_profile


@dataclass(frozen=True)
class FullLesson:
    """A lesson with its author, and its partner when that is a member that may be seen and has agreed to be named.

    Until it agrees the two of them and the secretariat see whom the author would name.

    `challenge_id` is that of a challenge that may be seen.
    """

    lesson: Lesson
    author: Profile
    partner: Profile | None
    challenge_id: int | None


def may_see(acting: Acting) -> ColumnElement[bool]:
    """Shown lessons of authors that the account may see; those withdrawn for their author and the secretariat."""
    if acting.is_secretariat:
        return col(Lesson.id).is_not(None)
    authors = select(Profile.id).where(may_see_profile(acting))
    shown = and_(col(Lesson.state) == LessonState.SHOWN, col(Lesson.author_id).in_(authors))
    if acting.account_id is None:
        return shown
    own = select(Representation.profile_id).where(Representation.account_id == acting.account_id)
    return or_(shown, col(Lesson.author_id).in_(own))


def get_lesson(session: Session, *, acting: Acting, lesson_id: int) -> FullLesson:
    """One lesson. Raises `lesson_unknown`, also for one that the account may not see."""
    row = session.exec(select(Lesson).where(Lesson.id == lesson_id, may_see(acting))).first()
    if row is None:
        raise NotFoundError("lesson_unknown", lesson_id=lesson_id)
    return load_full(session, [row], acting=acting)[0]


def list_lessons(
    session: Session,
    *,
    acting: Acting,
    author_id: int | None = None,
    countries: Collection[str] = (),
    is_failure: bool | None = None,
    after: int = 0,
    limit: int,
) -> list[FullLesson]:
    """Lessons by number, from the one after `after`, at most `limit`."""
    statement = select(Lesson).where(may_see(acting), col(Lesson.id) > after)
    if author_id is not None:
        statement = statement.where(Lesson.author_id == author_id)
    if countries:
        statement = statement.where(col(Lesson.country).in_(list(countries)))
    if is_failure is not None:
        statement = statement.where(Lesson.is_failure == is_failure)
    rows = session.exec(statement.order_by(col(Lesson.id)).limit(limit)).all()
    return load_full(session, rows, acting=acting)


def full_lessons(session: Session, *, acting: Acting, lesson_ids: Collection[int]) -> dict[int, FullLesson]:
    """Those of `lesson_ids` that the account may see, by number; in as many statements however many they are."""
    rows = session.exec(select(Lesson).where(col(Lesson.id).in_(list(lesson_ids)), may_see(acting))).all()
    return {full.lesson.id or 0: full for full in load_full(session, rows, acting=acting)}


def load_full(session: Session, rows: Sequence[Lesson], *, acting: Acting) -> list[FullLesson]:
    """Rows with those whom they name, in the order of `rows`."""
    numbers = {number for row in rows for number in (row.author_id, row.partner_id) if number is not None}
    profiles = {key: full.profile for key, full in full_profiles(session, acting=acting, profile_ids=numbers).items()}
    about = {row.challenge_id for row in rows if row.challenge_id is not None}
    challenges = full_challenges(session, acting=acting, challenge_ids=about)
    own = set(represented_by(session, acting=acting))
    return [
        FullLesson(
            lesson=row,
            author=profiles[row.author_id],
            partner=_shown(profiles.get(row.partner_id or 0)) if _is_named_to(row, acting=acting, own=own) else None,
            challenge_id=row.challenge_id if row.challenge_id in challenges else None,
        )
        for row in rows
    ]


def _is_named_to(row: Lesson, *, acting: Acting, own: set[int]) -> bool:
    return row.partner_agreed_at is not None or acting.is_secretariat or bool({row.author_id, row.partner_id} & own)


def _shown(profile: Profile | None) -> Profile | None:
    """A partner that was suspended or has left is named to nobody."""
    return profile if profile is not None and profile.visibility == Visibility.VISIBLE else None
