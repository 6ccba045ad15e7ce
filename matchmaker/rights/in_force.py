"""Requests brought to their end, and blocks with them."""

from datetime import datetime

from sqlmodel import Session

from matchmaker.rights.blocking import unblock
from matchmaker.rights.models import Request, State, Subject
from matchmaker.rights.queries import is_blocked


def release(session: Session, *, subject: Subject, subject_id: int, now: datetime) -> None:
    """Give a subject back when nothing blocks it any more."""
    if not is_blocked(session, subject=subject, subject_id=subject_id):
        unblock(session, subject=subject, subject_id=subject_id, now=now)


def close_request(session: Session, request: Request, state: State, *, now: datetime) -> None:
    """Bring a request to its end."""
    request.state, request.closed_at = state, now
    session.add(request)
    session.flush()
