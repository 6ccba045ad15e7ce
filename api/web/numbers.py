"""The live numbers of the first page, in one statement each."""

from sqlmodel import Session, col, select

from api.web.shown import Numbers
from matchmaker.accounts.models import Acting
from matchmaker.challenges.queries import count_challenges
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import count_profiles, may_see


def numbers_of(session: Session, *, acting: Acting) -> Numbers:
    """How much there is that the account may see."""
    return Numbers(
        profiles=count_profiles(session, acting=acting),
        challenges=count_challenges(session, acting=acting),
        countries=len(_distinct(session, "country", acting=acting)),
        languages=len(_distinct(session, "language", acting=acting)),
        has_demo=has_demo(session, acting=acting),
    )


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
