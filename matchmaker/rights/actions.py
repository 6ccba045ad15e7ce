"""Saying yes or no to a purpose; blocking and erasing; deleting what is past its time."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, SQLModel, col, update

from matchmaker.accounts.models import Account, Acting, ApiToken
from matchmaker.audit.actions import record_act
from matchmaker.errors import ConflictError, NotAllowedError, NotFoundError
from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.rights.models import Channel, Consent, Erasure, Subject
from matchmaker.rights.permission import check_speaks_for
from matchmaker.rights.purposes import Purposes, Retention
from matchmaker.rights.queries import due_erasures, waiting_erasure
from matchmaker.rights.walk import Belongings, erase


def say(
    session: Session,
    *,
    acting: Acting,
    purposes: Purposes,
    purpose: str,
    is_granted: bool,
    channel: Channel,
    now: datetime,
) -> Consent:
    """Grant or withdraw consent. Raises `sign_in_needed`, `unknown_code`, `purpose_necessary` for a withdrawal."""
    if acting.account_id is None:
        raise NotAllowedError("sign_in_needed")
    if purposes.get(purpose).is_necessary and not is_granted:
        raise ConflictError("purpose_necessary", purpose=purpose)
    consent = Consent(
        account_id=acting.account_id, purpose=purpose, text_version=purposes.version, channel=channel,
        is_granted=is_granted, at=now,
    )  # fmt: skip
    session.add(consent)
    session.flush()
    return consent


def ask_erasure(
    session: Session, *, acting: Acting, subject: Subject, subject_id: int, retention: Retention, now: datetime
) -> Erasure:
    """Block a person or a member at once, and erase it after the period; asking again changes nothing.

    Raises `not_your_data`, `subject_unknown`.
    """
    check_speaks_for(session, acting=acting, subject=subject, subject_id=subject_id)
    known = waiting_erasure(session, subject=subject, subject_id=subject_id)
    if known is not None:
        return known
    erasure = Erasure(
        subject=subject, subject_id=subject_id, asked_by_id=acting.account_id, asked_at=now,
        due_at=now + timedelta(days=retention.erase_after_days),
        visibility_before=_block(session, subject=subject, subject_id=subject_id, now=now),
    )  # fmt: skip
    session.add(erasure)
    record_act(session, acting=acting, act="erasure_asked", subject=subject, subject_id=subject_id, now=now)
    return erasure


def undo_erasure(session: Session, *, acting: Acting, subject: Subject, subject_id: int, now: datetime) -> None:
    """Give a blocked subject back; its keys stay ended. Raises `not_your_data`, `no_erasure_waiting`."""
    check_speaks_for(session, acting=acting, subject=subject, subject_id=subject_id)
    erasure = waiting_erasure(session, subject=subject, subject_id=subject_id)
    if erasure is None:
        raise ConflictError("no_erasure_waiting", subject_id=subject_id)
    erasure.undone_at = now
    session.add(erasure)
    if subject is Subject.ACCOUNT:
        session.get_one(Account, subject_id).ended_at = None
    else:
        before = Visibility(erasure.visibility_before)
        set_visibility(session, profile=session.get_one(Profile, subject_id), visibility=before, now=now)
    record_act(session, acting=acting, act="erasure_undone", subject=subject, subject_id=subject_id, now=now)


def erase_due(session: Session, *, acting: Acting, now: datetime) -> int:
    """Erase every subject whose time has come; compact the store and sweep the letters after the commit."""
    due = due_erasures(session, now=now)
    for erasure in due:
        erasure.erased_at = now
        session.add(erasure)
        subject, subject_id = Subject(erasure.subject), erasure.subject_id
        record_act(session, acting=acting, act="erased", subject=subject, subject_id=subject_id, now=now)
        erase(session, Belongings(subject, subject_id), now=now)
    return len(due)


def delete_aged(session: Session, *, retention: Retention, now: datetime) -> int:
    """Delete what is past its time, table by table, and say how many rows that were."""
    deleted = 0
    for age in retention.tables:
        table = SQLModel.metadata.tables.get(age.table)
        if table is not None:
            old = table.c[age.column] < now - timedelta(days=age.days)
            deleted += session.connection().execute(delete(table).where(old)).rowcount
    session.expire_all()
    return deleted


def _block(session: Session, *, subject: Subject, subject_id: int, now: datetime) -> str:
    """Hide the subject and say how visible it was."""
    row = session.get(Account if subject is Subject.ACCOUNT else Profile, subject_id)
    if isinstance(row, Profile):
        before = row.visibility
        set_visibility(session, profile=row, visibility=Visibility.HIDDEN, now=now)
        return before
    if row is None:
        raise NotFoundError("subject_unknown", subject_id=subject_id)
    row.ended_at = now
    session.add(row)
    session.exec(update(ApiToken).where(col(ApiToken.account_id) == subject_id).values(revoked_at=now))
    return ""
