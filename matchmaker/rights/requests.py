"""Using a right: asked, served at once or by the secretariat within the term of the law, told by letter."""

from datetime import datetime

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.audit.actions import record_act
from matchmaker.errors import ConflictError, InvalidInputError, NotAllowedError, NotFoundError
from matchmaker.letters.zones import zone_of
from matchmaker.rights.blocking import block, hold
from matchmaker.rights.drafts import RequestDraft
from matchmaker.rights.erasing import ask_erasure, undo_erasure
from matchmaker.rights.in_force import release
from matchmaker.rights.letters import Kind, tell, tell_receivers
from matchmaker.rights.models import Channel, Request, Right, State, Subject
from matchmaker.rights.office import Office
from matchmaker.rights.permission import check_speaks_for
from matchmaker.rights.queries import country_of, waiting_erasure
from matchmaker.rights.rankings import check_shown
from matchmaker.rights.rules import AT_ONCE, OPEN, due_at, extended_until, may_follow

SUBJECT = "rights_request"
NEED_WORDS = frozenset({Right.CORRECT, Right.OBJECT})
NEED_REASONS = frozenset({State.DONE, State.REFUSED, State.EXTENDED})
LETTERS = {
    State.IDENTITY_ASKED: Kind.IDENTITY,
    State.EXTENDED: Kind.EXTENDED,
    State.DONE: Kind.ANSWERED,
    State.REFUSED: Kind.ANSWERED,
}


def file_request(
    session: Session, *, office: Office, acting: Acting, draft: RequestDraft, channel: Channel = Channel.API
) -> Request:
    """Use a right for oneself or for a member that one speaks for; a copy and a block are served at once.

    Raises `not_your_data`, `subject_unknown`, `request_words_missing`, `showing_unknown`, `last_administrator`.
    """
    subject, subject_id = draft.subject, draft.subject_id
    check_speaks_for(session, acting=acting, subject=subject, subject_id=subject_id)
    hold(session, subject=subject, subject_id=subject_id)
    if draft.right in NEED_WORDS and not draft.words:
        raise InvalidInputError("request_words_missing", field="words", right=draft.right)
    if draft.showing_id is not None:
        check_shown(session, showing_id=draft.showing_id, subject=subject, subject_id=subject_id)
    known = waiting_erasure(session, subject=subject, subject_id=subject_id)
    if draft.right is Right.ERASE and known is not None and known.request_id is not None:
        return session.get_one(Request, known.request_id)
    row = _filed(session, office=office, acting=acting, draft=draft, channel=channel)
    if draft.right is Right.ERASE:
        ask_erasure(
            session, acting=acting, subject=subject, subject_id=subject_id, retention=office.retention,
            now=office.now, request=row,
        )  # fmt: skip
    tell(session, row, Kind.RECEIVED, now=office.now)
    if draft.right in AT_ONCE:
        _serve(session, office=office, acting=acting, row=row)
    return row


def answer_request(
    session: Session, *, office: Office, acting: Acting, request_id: int, to: State, reason: str = ""
) -> Request:
    """Bring a request on, as the secretariat: ask for identity, extend once, grant or refuse with reasons.

    Raises `secretariat_only`, `request_unknown`, `request_step`, `request_reason_missing`, `request_not_extendable`.
    """
    _check_secretariat(acting)
    row = held_request(session, request_id)
    is_by_itself = row.kind == Right.ERASE and to in {State.DONE, State.EXTENDED}  # as the erasure itself goes on
    if to is State.WITHDRAWN or is_by_itself or not may_follow(row.state, to, kind=row.kind):
        raise ConflictError("request_step", state=row.state, to=to, right=row.kind)
    if to in NEED_REASONS and not reason:
        raise InvalidInputError("request_reason_missing", field="reason", to=to)
    if to is State.EXTENDED:
        _extend(row, office)
    row.state, row.answer, row.answered_by_id = to, reason, acting.account_id
    row.closed_at = None if to in OPEN else office.now
    session.add(row)
    if to in LETTERS:
        tell(session, row, LETTERS[to], now=office.now)
    _settle(session, office=office, acting=acting, row=row)
    note_request(session, row, acting=acting, now=office.now)
    return row


def withdraw_request(session: Session, *, office: Office, acting: Acting, request_id: int) -> Request:
    """Take a request back: an erasure is undone while it waits, what is blocked is shown again.

    Raises `request_unknown`, `not_your_data`, `request_step`.
    """
    row = held_request(session, request_id)
    subject = Subject(row.subject)
    try:
        check_speaks_for(session, acting=acting, subject=subject, subject_id=row.subject_id)
    except NotAllowedError as error:
        raise NotFoundError("request_unknown", request_id=request_id) from error
    if not may_follow(row.state, State.WITHDRAWN, kind=row.kind):
        raise ConflictError("request_step", state=row.state, to=State.WITHDRAWN, right=row.kind)
    if row.kind == Right.ERASE:
        undo_erasure(session, acting=acting, subject=subject, subject_id=row.subject_id, now=office.now)
    was_granted = row.state == State.DONE
    row.state, row.closed_at = State.WITHDRAWN, office.now
    session.add(row)
    session.flush()
    if was_granted:
        release(session, subject=subject, subject_id=row.subject_id, now=office.now)
    note_request(session, row, acting=acting, now=office.now)
    return row


def _filed(session: Session, *, office: Office, acting: Acting, draft: RequestDraft, channel: Channel) -> Request:
    now = office.now
    country = draft.country or country_of(session, subject=draft.subject, subject_id=draft.subject_id)
    zone = zone_of(time_zone="", country=country)
    law = office.deadlines.law_for(draft.right, country=country, day=now.astimezone(zone).date())
    term = law.terms[draft.right]
    row = Request(
        kind=draft.right, subject=draft.subject, subject_id=draft.subject_id, asked_by_id=acting.account_id,
        channel=channel, showing_id=draft.showing_id, words=draft.words, country=country, law=law.law,
        article=term.article, deadlines_version=office.deadlines.version, received_at=now,
        due_at=due_at(now, term, zone=zone),
    )  # fmt: skip
    session.add(row)
    session.flush()
    note_request(session, row, acting=acting, now=now)
    return row


def _serve(session: Session, *, office: Office, acting: Acting, row: Request) -> None:
    row.state, row.closed_at = State.DONE, office.now
    session.add(row)
    _settle(session, office=office, acting=acting, row=row)
    tell(session, row, Kind.EXPORT_READY if row.kind == Right.ACCESS else Kind.ANSWERED, now=office.now)
    note_request(session, row, acting=acting, now=office.now)


def _settle(session: Session, *, office: Office, acting: Acting, row: Request) -> None:
    """What follows from an answer, beside its letter."""
    subject, number = Subject(row.subject), row.subject_id
    if row.state == State.REFUSED and row.kind == Right.ERASE:
        undo_erasure(session, acting=acting, subject=subject, subject_id=number, now=office.now)
        row.state = State.REFUSED
    if row.state == State.DONE and row.kind in {Right.BLOCK, Right.OBJECT}:
        block(session, subject=subject, subject_id=number, now=office.now)
    if row.state == State.DONE and row.kind == Right.CORRECT and subject is Subject.PROFILE:
        tell_receivers(session, profile_id=number, is_erased=False, now=office.now)
    session.flush()


def _extend(row: Request, office: Office) -> None:
    zone = zone_of(time_zone="", country=row.country)
    day = row.received_at.astimezone(zone).date()
    term = office.deadlines.law_for(Right(row.kind), country=row.country, day=day).terms[Right(row.kind)]
    if not term.extension:
        raise ConflictError("request_not_extendable", law=row.law or "-", country=row.country or "-")
    row.due_at = extended_until(row.due_at, term, zone=zone)


def held_request(session: Session, request_id: int) -> Request:
    """A request that nobody else changes until the commit. Raises `request_unknown`."""
    row = session.get(Request, request_id, with_for_update=True)
    if row is None:
        raise NotFoundError("request_unknown", request_id=request_id)
    return row


def _check_secretariat(acting: Acting) -> None:
    if not (acting.is_secretariat or acting.is_administrator):
        raise NotAllowedError("secretariat_only")


def note_request(session: Session, row: Request, *, acting: Acting, now: datetime) -> None:
    """Record where a request stands now."""
    codes: dict[str, str | int | bool | None] = {
        "right": row.kind, "of": row.subject, "of_id": row.subject_id, "due_at": row.due_at.isoformat()
    }  # fmt: skip
    record_act(
        session,
        acting=acting,
        act=f"request_{row.state}",
        subject=SUBJECT,
        subject_id=row.id or 0,
        now=now,
        codes=codes,
    )
