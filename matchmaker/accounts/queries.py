"""Reads of accounts."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, or_, select

from matchmaker.accounts.models import Account, Acting, Role, Scope
from matchmaker.errors import NotAllowedError, NotFoundError

ALLIANCE_ROLES = (Role.SECRETARIAT, Role.COMMITTEE, Role.ADMINISTRATOR)


def account_by_address(session: Session, address: str) -> Account | None:
    """The account with this e-mail address, however its letters are written."""
    return session.exec(select(Account).where(Account.email == address.lower())).first()


def own_account(session: Session, *, acting: Acting) -> Account:
    """The account that asks. Raises `sign_in_needed`."""
    if acting.account_id is None:
        raise NotAllowedError("sign_in_needed")
    return session.get_one(Account, acting.account_id)


def get_account(session: Session, *, acting: Acting, account_id: int) -> Account:
    """An account, for an administrator. Raises `administrator_needed`, `account_unknown`."""
    check_administrator(acting)
    row = session.get(Account, account_id)
    if row is None:
        raise NotFoundError("account_unknown", account_id=account_id)
    return row


def list_accounts(
    session: Session, *, acting: Acting, roles: Sequence[Role] = (), words: str = "", after: int = 0, limit: int
) -> Sequence[Account]:
    """Accounts by number, from the one after `after`, for an administrator; those with `words` in name or address.

    Raises `administrator_needed`.
    """
    check_administrator(acting)
    statement = select(Account).where(col(Account.id) > after)
    if roles:
        statement = statement.where(col(Account.role).in_(list(roles)))
    if words:
        said = (func.lower(column).contains(words.lower(), autoescape=True) for column in (Account.name, Account.email))
        statement = statement.where(or_(*said))
    return session.exec(statement.order_by(col(Account.id)).limit(limit)).all()


def secretaries(session: Session) -> list[int]:
    """The accounts of the secretariat that have not ended."""
    statement = select(Account.id).where(Account.role == Role.SECRETARIAT, col(Account.ended_at).is_(None))
    return [number for number in session.exec(statement.order_by(col(Account.id))).all() if number is not None]


def check_administrator(acting: Acting) -> None:
    """Raise `administrator_needed` for everyone else, and `scope_missing` for a token that is for other things."""
    if not acting.is_administrator:
        raise NotAllowedError("administrator_needed")
    check_people_scope(acting)


def check_people_scope(acting: Acting) -> None:
    """Raise `scope_missing` for a token that is for other things."""
    if Scope.PEOPLE not in acting.scopes:
        raise NotAllowedError("scope_missing", scope=Scope.PEOPLE)
