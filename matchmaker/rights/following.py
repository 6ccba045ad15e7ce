"""What follows a request beside its answer: its letters answered by link, and reminders of those that are due."""

from datetime import timedelta

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting, Role
from matchmaker.errors import NotFoundError
from matchmaker.rights.letters import Kind, tell_secretariat
from matchmaker.rights.models import Request, State, Subject
from matchmaker.rights.office import Office
from matchmaker.rights.requests import held_request, note_request
from matchmaker.rights.rules import OPEN


def prove_identity(session: Session, *, office: Office, acting: Acting, request_id: int) -> Request:
    """Whoever has the letter says that it was them: the request goes on. Safe to repeat. Raises `request_unknown`."""
    row = held_request(session, request_id)
    if row.state == State.IDENTITY_ASKED:
        row.state = State.RECEIVED
        session.add(row)
        note_request(session, row, acting=acting, now=office.now)
    return row


def of_the_letter(session: Session, *, request_id: int, acting: Acting) -> Acting:
    """On whose behalf a link of a letter acts: its account, or the blocked person to whose address it went."""
    row = session.get(Request, request_id)
    if row is None:
        raise NotFoundError("request_unknown", request_id=request_id)
    if acting.account_id is None and row.subject == Subject.ACCOUNT:
        return Acting(account_id=row.subject_id, role=Role.SUPPLIER)
    return acting


def remind_of_requests(session: Session, *, office: Office) -> int:
    """Write to the secretariat of requests that are due soon, and once more when they are late; how many letters."""
    soon = office.now + timedelta(days=office.deadlines.remind_days_before)
    chosen = select(Request).where(col(Request.state).in_(OPEN), col(Request.due_at) <= soon)
    written = 0
    for row in session.exec(chosen.order_by(col(Request.due_at))).all():
        word = "late" if row.due_at < office.now else "soon"
        key = f"{Kind.DUE}:{row.id}:{row.due_at.date().isoformat()}:{word}"
        written += tell_secretariat(session, Kind.DUE, subject_id=row.id or 0, key=key, now=office.now)
    return written
