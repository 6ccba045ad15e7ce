"""The live numbers of the first page, in one statement each."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from api.web.frames import Asked
from api.web.shown import KindCounted, Numbers
from matchmaker.accounts.models import Acting
from matchmaker.challenges.queries import count_challenges
from matchmaker.introductions.figures import encounters_so_far
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import count_profiles, may_see


def numbers_of(session: Session, *, acting: Acting) -> Numbers:
    """How much there is that the account may see."""
    encounters = encounters_so_far(session)
    return Numbers(
        profiles=count_profiles(session, acting=acting),
        challenges=count_challenges(session, acting=acting),
        countries=len(_distinct(session, "country", acting=acting)),
        languages=len(_distinct(session, "language", acting=acting)),
        has_demo=has_demo(session, acting=acting),
        kinds=_by_kind(session, acting=acting),
        met=encounters.met,
        confirmed=encounters.confirmed,
    )


def _by_kind(session: Session, *, acting: Acting) -> tuple[tuple[str, int], ...]:
    """The kinds that there are, by code, the most frequent first."""
    number = func.count()
    statement = select(Profile.kind, number).where(may_see(acting)).group_by(col(Profile.kind))
    return tuple(session.exec(statement.order_by(number.desc(), col(Profile.kind))).all())


def kinds_counted(asked: Asked, numbers: Numbers) -> tuple[KindCounted, ...]:
    """The kinds by their name; a code that the lists no longer have is not named."""
    named = {term.code: (term.plural or term.name)[asked.language] for term in asked.service.taxonomy.kinds}
    return tuple(KindCounted(code, named[code], count) for code, count in numbers.kinds if code in named)


def has_demo(session: Session, *, acting: Acting) -> bool:
    """Whether any profile is made up for demonstration."""
    made_up = select(Profile.id).where(may_see(acting), col(Profile.is_demo)).limit(1)
    return session.exec(made_up).first() is not None


def countries_of(session: Session, *, acting: Acting) -> list[str]:
    """The countries in which profiles stand, by code."""
    return _distinct(session, "country", acting=acting)


def _distinct(session: Session, name: str, *, acting: Acting) -> list[str]:
    column = col(getattr(Profile, name))
    values = session.exec(select(column).where(may_see(acting), column != "").distinct()).all()
    return sorted(values)
