"""Blocking a person or a member: kept, and used for nothing, until it is unblocked or erased."""

from datetime import datetime

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Account, Role
from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.people.appointing import close_account
from matchmaker.profiles.blocking import block_profile, unblock_profile
from matchmaker.profiles.models import Profile
from matchmaker.rights.models import Subject


def hold(session: Session, *, subject: Subject, subject_id: int) -> None:
    """Let nobody else use a right of this subject until the commit. Raises `subject_unknown`."""
    table = Account if subject is Subject.ACCOUNT else Profile
    if session.exec(select(table.id).where(table.id == subject_id).with_for_update()).first() is None:
        raise NotFoundError("subject_unknown", subject_id=subject_id)


def block(session: Session, *, subject: Subject, subject_id: int, now: datetime) -> bool:
    """Block, and say whether it was not before. Raises `subject_unknown`, `last_administrator`."""
    if subject is Subject.ACCOUNT:
        return _block_account(session, account_id=subject_id, now=now)
    profile = session.get(Profile, subject_id, with_for_update=True)
    if profile is None:
        raise NotFoundError("subject_unknown", subject_id=subject_id)
    return block_profile(session, profile=profile, now=now)


def _block_account(session: Session, *, account_id: int, now: datetime) -> bool:
    row = session.get(Account, account_id, with_for_update=True)
    if row is None:
        raise NotFoundError("subject_unknown", subject_id=account_id)
    if row.ended_at is not None:
        return False
    _check_not_last_administrator(session, row)
    close_account(session, account=row, now=now)
    return True


def unblock(session: Session, *, subject: Subject, subject_id: int, now: datetime) -> None:
    """Give a blocked subject back; its keys and sessions stay ended."""
    if subject is Subject.PROFILE:
        unblock_profile(session, profile=session.get_one(Profile, subject_id), now=now)
        return
    account = session.get_one(Account, subject_id)
    account.ended_at = None
    session.add(account)
    session.flush()


def _check_not_last_administrator(session: Session, account: Account) -> None:
    chosen = select(Account.id).where(Account.role == Role.ADMINISTRATOR, col(Account.ended_at).is_(None))
    if account.role == Role.ADMINISTRATOR and list(session.exec(chosen).all()) == [account.id]:
        raise ConflictError("last_administrator")
