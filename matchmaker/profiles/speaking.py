"""Who speaks for a profile: its representatives consent, sign and declare. An editor only writes its words."""

from collections.abc import Collection

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Account, Acting
from matchmaker.profiles.models import Part, Representation


def is_speaker() -> ColumnElement[bool]:
    """Of the rows of a statement on `Representation`, those of representatives."""
    return col(Representation.part) == Part.REPRESENTATIVE


def speaks(row: Representation | None) -> bool:
    """Whether a row is that of a representative."""
    return row is not None and row.part == Part.REPRESENTATIVE


def speaks_for(session: Session, *, acting: Acting, profile_id: int) -> bool:
    """Whether the account is a representative of the profile."""
    return speaks(session.get(Representation, (acting.account_id, profile_id)) if acting.account_id else None)


def profiles_spoken_for(session: Session, *, acting: Acting) -> frozenset[int]:
    """The profiles for which the account speaks."""
    statement = select(Representation.profile_id).where(Representation.account_id == acting.account_id, is_speaker())
    return frozenset(session.exec(statement).all())


def speakers_of(session: Session, *, profile_id: int) -> list[Account]:
    """The accounts that speak for a profile and have not ended, by number."""
    return [account for _, account in speakers(session, profile_ids=[profile_id])]


def speakers(session: Session, *, profile_ids: Collection[int]) -> list[tuple[int, Account]]:
    """Those of several profiles, each with the profile for which it speaks, by number of the account."""
    statement = (
        select(Representation.profile_id, Account)
        .join(Account, col(Representation.account_id) == col(Account.id))
        .where(col(Representation.profile_id).in_(profile_ids), is_speaker(), col(Account.ended_at).is_(None))
    )
    return list(session.exec(statement.order_by(col(Account.id))).all())
