"""Blocks in force: begun for members that nobody speaks for any more, ended when nothing blocks a subject."""

from datetime import datetime

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.audit.actions import record_act
from matchmaker.rights.blocking import block, members_left_alone, unblock
from matchmaker.rights.letters import Kind, tell_secretariat
from matchmaker.rights.models import Channel, Request, Right, State, Subject
from matchmaker.rights.queries import LAST_REPRESENTATIVE, blocks_because_alone, is_blocked


def release(session: Session, *, subject: Subject, subject_id: int, now: datetime) -> None:
    """Give a subject back when nothing blocks it any more; with a person the members that were left alone."""
    if is_blocked(session, subject=subject, subject_id=subject_id):
        return
    unblock(session, subject=subject, subject_id=subject_id, now=now)
    for row in blocks_because_alone(session, account_id=subject_id) if subject is Subject.ACCOUNT else ():
        close_request(session, row, State.WITHDRAWN, now=now)
        release(session, subject=Subject.PROFILE, subject_id=row.subject_id, now=now)


def block_members_left_alone(session: Session, *, acting: Acting, account_id: int, now: datetime) -> None:
    """Members for which nobody else speaks are blocked until somebody does; the secretariat is told."""
    for profile_id in members_left_alone(session, account_id=account_id):
        if not block(session, subject=Subject.PROFILE, subject_id=profile_id, now=now):
            continue
        row = Request(
            kind=Right.BLOCK, subject=Subject.PROFILE, subject_id=profile_id, asked_by_id=account_id,
            channel=Channel.API, state=State.DONE, cause=LAST_REPRESENTATIVE, received_at=now, due_at=now,
            closed_at=now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        key = f"{Kind.MEMBER_ALONE}:{row.id}"
        tell_secretariat(session, Kind.MEMBER_ALONE, subject_id=profile_id, key=key, now=now)
        record_act(session, acting=acting, act="member_left_alone", subject="profile", subject_id=profile_id, now=now)


def close_request(session: Session, request: Request, state: State, *, now: datetime) -> None:
    """Bring a request to its end."""
    request.state, request.closed_at = state, now
    session.add(request)
    session.flush()
