"""Reads of committees: they are public, but for the accounts behind the seats."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Account, Acting, Role
from matchmaker.errors import NotFoundError
from matchmaker.membership.models import Committee, Seat
from matchmaker.membership.office import check_power
from matchmaker.membership.rules import is_in_force
from matchmaker.profiles.models import Part, Profile, Representation
from matchmaker.profiles.queries import full_profiles


def get_committee(session: Session, *, committee_id: int) -> Committee:
    """One committee. Raises `committee_unknown`."""
    row = session.get(Committee, committee_id)
    if row is None:
        raise NotFoundError("committee_unknown", committee_id=committee_id)
    return row


def list_committees(session: Session) -> Sequence[Committee]:
    """All committees, oldest first."""
    return session.exec(select(Committee).order_by(col(Committee.id))).all()


def seats_of(session: Session, *, committee_id: int | None) -> Sequence[Seat]:
    """The seats that are filled, in the order in which they were."""
    statement = select(Seat).where(Seat.committee_id == committee_id, col(Seat.vacated_at).is_(None))
    return session.exec(statement.order_by(col(Seat.id))).all()


def committee_in_force(session: Session) -> Committee | None:
    """The committee that decides now: an ended one has passed its rights on."""
    return next((row for row in reversed(list_committees(session)) if is_in_force(row)), None)


def sitting(session: Session) -> list[int]:
    """The accounts in the seats of the committee in force, each once."""
    committee = committee_in_force(session)
    if committee is None:
        return []
    statement = select(Account.id).join(Seat, col(Seat.account_id) == Account.id)
    held = statement.where(Seat.committee_id == committee.id, col(Seat.vacated_at).is_(None))
    serving = held.where(Account.role == Role.COMMITTEE, col(Account.ended_at).is_(None))
    return sorted({number for number in session.exec(serving).all() if number is not None})


def sits(session: Session, *, acting: Acting) -> bool:
    """Whether the account has a seat in the committee in force."""
    return acting.is_committee and acting.account_id in sitting(session)


def agents_in_seats(session: Session, *, acting: Acting, committee_id: int | None) -> list[tuple[Seat, Profile | None]]:
    """The seats that are filled, each with its agent where whoever asks may see it; never with who sits there."""
    seats = seats_of(session, committee_id=committee_id)
    seen = full_profiles(session, acting=acting, profile_ids=[seat.profile_id for seat in seats])
    return [(seat, seen[seat.profile_id].profile if seat.profile_id in seen else None) for seat in seats]


@dataclass(frozen=True)
class Sitting:
    """A seat with who sits in it, and for whom."""

    seat: Seat
    profile: Profile
    account: Account | None


def sitting_people(session: Session, *, acting: Acting) -> list[Sitting]:
    """Everyone in a seat of a committee that has not ended, by sector. Raises `secretariat_only`."""
    check_power(acting)
    statement = (
        select(Seat, Profile, Account)
        .join(Committee, col(Committee.id) == col(Seat.committee_id))
        .join(Profile, col(Profile.id) == col(Seat.profile_id))
        .outerjoin(Account, col(Account.id) == col(Seat.account_id))
        .where(col(Seat.vacated_at).is_(None), col(Committee.ended_on).is_(None))
    )
    rows = session.exec(statement.order_by(col(Seat.sector), col(Seat.id))).all()
    return [Sitting(seat, profile, account) for seat, profile, account in rows]


def who_could_sit(session: Session, *, acting: Acting) -> list[tuple[Account, Profile]]:
    """Accounts in the committee's role with the agents that they speak for, by name. Raises `secretariat_only`."""
    check_power(acting)
    statement = (
        select(Account, Profile)
        .join(Representation, col(Representation.account_id) == col(Account.id))
        .join(Profile, col(Profile.id) == col(Representation.profile_id))
        .where(
            Account.role == Role.COMMITTEE, col(Account.ended_at).is_(None), Representation.part == Part.REPRESENTATIVE
        )
    )
    return list(session.exec(statement.order_by(col(Account.name), col(Profile.name))).all())
