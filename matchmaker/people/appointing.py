"""Roles of the alliance given and taken, accounts ended, the first administrator."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from matchmaker.accounts.models import OPERATOR, Account, Acting, ApiToken, Role
from matchmaker.accounts.queries import account_by_address, check_administrator, get_account
from matchmaker.accounts.sessions import end_sessions
from matchmaker.accounts.signing_in import close_requests
from matchmaker.audit.actions import record_act
from matchmaker.errors import ConflictError
from matchmaker.letters.actions import write_letter
from matchmaker.people.leaving import tell_of_silence
from matchmaker.people.representing import INVITED, Invited, invite

SUBJECT = "account"


def appoint(session: Session, *, acting: Acting, invited: Invited, role: Role, now: datetime) -> Account:
    """Give someone a role, with an account when they have none, and a letter; who has the role already gets none.

    Raises `administrator_needed`, `account_ended`, `last_administrator`, `scope_missing`.
    """
    check_administrator(acting)
    is_known = account_by_address(session, invited.address) is not None
    account = invite(session, invited=invited, role=role, now=now)
    if not is_known:
        return _give(session, acting=acting, account=account, role=role, now=now)
    return change_role(session, acting=acting, account_id=account.id or 0, role=role, now=now)


def change_role(session: Session, *, acting: Acting, account_id: int, role: Role, now: datetime) -> Account:
    """Give an account another role, from this moment; one that it has changes nothing.

    Raises `administrator_needed`, `account_unknown`, `account_ended`, `last_administrator`, `scope_missing`.
    """
    account = get_account(session, acting=acting, account_id=account_id)
    administrators = _held_administrators(session)
    if account.ended_at is not None:
        raise ConflictError("account_ended")
    if account.role == role:
        return account
    if role is not Role.ADMINISTRATOR:
        _check_another(administrators, leaving=account)
    return _give(session, acting=acting, account=account, role=role, now=now)


def end_account(session: Session, *, acting: Acting, account_id: int, now: datetime) -> Account:
    """End an account, as an administrator (see `close_account`).

    Raises `administrator_needed`, `account_unknown`, `last_administrator`, `scope_missing`.
    """
    account = get_account(session, acting=acting, account_id=account_id)
    if account.ended_at is not None:
        return account
    _check_another(_held_administrators(session), leaving=account)
    close_account(session, account=account, now=now)
    record_act(session, acting=acting, act="account.end", subject=SUBJECT, subject_id=account_id, now=now)
    return account


def close_account(session: Session, *, account: Account, now: datetime) -> None:
    """Let sessions, tokens, links and codes of an account hold no longer, whoever ends it: an office, or its owner.

    What it did for members stays theirs. A member for which nobody else speaks is an institution that outlives its
    person: it stays shown, and the secretariat and its editors are asked for a successor. That opens nothing, since
    silence is never a yes; whoever wants the member gone, too, uses the right for the member.
    """
    account.ended_at = now
    session.add(account)
    end_sessions(session, account_id=account.id or 0, now=now)
    running = (col(ApiToken.account_id) == account.id, col(ApiToken.revoked_at).is_(None))
    session.exec(update(ApiToken).where(*running).values(revoked_at=now))
    close_requests(session, address=account.email or "", now=now)
    session.flush()
    tell_of_silence(session, now=now)


def make_first(session: Session, *, invited: Invited, role: Role, now: datetime) -> Account:
    """Give someone a role by command: whoever holds the machine holds the alliance. Raises `account_ended`."""
    account = invite(session, invited=invited, role=role, now=now)
    account.role = role
    session.add(account)
    record_act(
        session, acting=OPERATOR, act="role.give", subject=SUBJECT, subject_id=account.id or 0, now=now,
        codes={"to": role.value},
    )  # fmt: skip
    return account


def _give(session: Session, *, acting: Acting, account: Account, role: Role, now: datetime) -> Account:
    number, before, account.role = account.id or 0, account.role, role
    session.add(account)
    codes = {"from": before, "to": role.value}
    record_act(session, acting=acting, act="role.give", subject=SUBJECT, subject_id=number, now=now, codes=codes)
    write_letter(session, kind=INVITED, account_id=number, subject_id=number, codes={"role": role}, now=now)
    return account


def _held_administrators(session: Session) -> Sequence[Account]:
    """Administrators who have not ended; two who end each other at once wait for one another."""
    chosen = select(Account).where(Account.role == Role.ADMINISTRATOR, col(Account.ended_at).is_(None))
    return session.exec(chosen.order_by(col(Account.id)).with_for_update()).all()


def _check_another(administrators: Sequence[Account], *, leaving: Account) -> None:
    if [row.id for row in administrators] == [leaving.id]:
        raise ConflictError("last_administrator")
