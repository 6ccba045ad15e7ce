"""Block, wait a few days in which it can be undone, erase."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update

from matchmaker.accounts.models import Account, Acting
from matchmaker.audit.actions import record_act
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.owning import pass_on_all
from matchmaker.challenges.refusals import number_of_challenge
from matchmaker.errors import ConflictError
from matchmaker.profiles.models import Profile
from matchmaker.profiles.refusals import note_refusal
from matchmaker.rights.blocking import block, hold
from matchmaker.rights.holds import held_until, hold_of
from matchmaker.rights.in_force import block_members_left_alone, close_request, release
from matchmaker.rights.letters import Kind, people_of, tell_receivers, write_to
from matchmaker.rights.models import Erasure, Request, Right, State, Subject
from matchmaker.rights.permission import check_speaks_for
from matchmaker.rights.purposes import Retention
from matchmaker.rights.queries import (
    due_erasures,
    is_blocked,
    open_requests,
    waiting_erasure,
)
from matchmaker.rights.walk import Belongings, erase

ALREADY_ENDED = "ended"
"""An account that an administrator had ended before: undone or not, it stays so."""


def ask_erasure(
    session: Session,
    *,
    acting: Acting,
    subject: Subject,
    subject_id: int,
    retention: Retention,
    now: datetime,
    request: Request | None = None,
) -> Erasure:
    """Block a person or a member at once, and erase it after the period; asking again changes nothing.

    Raises `not_your_data`, `subject_unknown`, `last_administrator`.
    """
    check_speaks_for(session, acting=acting, subject=subject, subject_id=subject_id)
    hold(session, subject=subject, subject_id=subject_id)
    known = waiting_erasure(session, subject=subject, subject_id=subject_id)
    if known is not None:
        known.request_id = known.request_id or (None if request is None else request.id)
        return known
    due_at = now + timedelta(days=retention.erase_after_days)
    was_blocked = is_blocked(session, subject=subject, subject_id=subject_id)
    is_new = block(session, subject=subject, subject_id=subject_id, now=now)
    erasure = Erasure(
        subject=subject, subject_id=subject_id, asked_by_id=acting.account_id, asked_at=now,
        due_at=due_at if request is None else min(due_at, request.due_at),
        request_id=None if request is None else request.id,
        visibility_before="" if is_new or was_blocked else ALREADY_ENDED,
    )  # fmt: skip
    session.add(erasure)
    session.flush()
    record_act(session, acting=acting, act="erasure_asked", subject=subject, subject_id=subject_id, now=now)
    if subject is Subject.ACCOUNT:
        block_members_left_alone(session, acting=acting, account_id=subject_id, now=now)
    _is_held(session, erasure, acting=acting, retention=retention, now=now)
    return erasure


def undo_erasure(session: Session, *, acting: Acting, subject: Subject, subject_id: int, now: datetime) -> None:
    """Give a blocked subject back; its keys stay ended. Raises `not_your_data`, `no_erasure_waiting`."""
    check_speaks_for(session, acting=acting, subject=subject, subject_id=subject_id)
    erasure = waiting_erasure(session, subject=subject, subject_id=subject_id)
    if erasure is None:
        raise ConflictError("no_erasure_waiting", subject_id=subject_id)
    erasure.undone_at = now
    session.add(erasure)
    session.flush()
    if erasure.visibility_before != ALREADY_ENDED:
        release(session, subject=subject, subject_id=subject_id, now=now)
    if erasure.request_id is not None:
        close_request(session, session.get_one(Request, erasure.request_id), State.WITHDRAWN, now=now)
    record_act(session, acting=acting, act="erasure_undone", subject=subject, subject_id=subject_id, now=now)


def erase_due(session: Session, *, acting: Acting, retention: Retention, now: datetime) -> int:
    """Erase every subject whose time has come; stores are swept after the commit (`mark_swept`)."""
    due = due_erasures(session, now=now)
    ready = [row for row in due if not _is_held(session, row, acting=acting, retention=retention, now=now)]
    for erasure in ready:
        _erase(session, erasure, acting=acting, now=now)
    return len(ready)


def mark_swept(session: Session, *, erasure_ids: Collection[int], now: datetime) -> None:
    """Note that no other store holds anything of these any more."""
    session.exec(update(Erasure).where(col(Erasure.id).in_(erasure_ids)).values(swept_at=now))


def _erase(session: Session, erasure: Erasure, *, acting: Acting, now: datetime) -> None:
    subject, subject_id = Subject(erasure.subject), erasure.subject_id
    request = None if erasure.request_id is None else session.get_one(Request, erasure.request_id)
    readers = [_copied(account) for account in people_of(session, request or _as_request(erasure, now))]
    erasure.erased_at = now
    session.add(erasure)
    if request is not None:
        close_request(session, request, State.DONE, now=now)
    for other in open_requests(session, subject=subject, subject_id=subject_id):
        close_request(session, other, State.WITHDRAWN, now=now)  # nothing is left that it could be about
    if subject is Subject.PROFILE:
        pass_on_all(session, profile_id=subject_id)
        _keep_away(session, profile_id=subject_id, now=now)
        tell_receivers(session, profile_id=subject_id, is_erased=True, now=now)
    codes = {"held_for": erasure.held_for}
    record_act(session, acting=acting, act="erased", subject=subject, subject_id=subject_id, now=now, codes=codes)
    erase(session, Belongings(subject, subject_id), now=now)
    for account in readers:
        write_to(session, account, Kind.ERASED, subject_id=subject_id, codes={"subject": str(subject)}, now=now)


def _is_held(session: Session, erasure: Erasure, *, acting: Acting, retention: Retention, now: datetime) -> bool:
    """Whether an erasure waits for something; when that begins, the person is told why and until when at most."""
    request = None if erasure.request_id is None else session.get_one(Request, erasure.request_id)
    if request is not None and request.state == State.IDENTITY_ASKED:
        return True
    hold = hold_of(session, erasure, retention=retention, now=now)
    if hold is None:
        return False
    if erasure.held_until is None:
        until = held_until(erasure, hold, answer_due_at=None if request is None else request.due_at)
        erasure.held_for, erasure.held_until = hold.code, until
        session.add(erasure)
        session.flush()
        codes: dict[str, str | int | bool | None] = {"held_for": hold.code, "until": until.isoformat()}
        record_act(
            session, acting=acting, act="erasure_held", subject=erasure.subject, subject_id=erasure.subject_id,
            now=now, codes=codes,
        )  # fmt: skip
        _tell_held(session, erasure, request, now=now)
    return now < erasure.held_until


def _tell_held(session: Session, erasure: Erasure, request: Request | None, *, now: datetime) -> None:
    told = request or _as_request(erasure, now)
    told.cause, until = erasure.held_for, now if erasure.held_until is None else erasure.held_until
    if request is not None:
        if until > request.due_at:
            request.state = State.EXTENDED
        request.due_at = max(until, request.due_at)
        session.add(request)
    codes = {"cause": erasure.held_for, "until": until.isoformat()}
    for account in people_of(session, told):
        write_to(session, account, Kind.HELD, subject_id=told.id or 0, codes=codes, now=now)


def _keep_away(session: Session, *, profile_id: int, now: datetime) -> None:
    """What was imported does not come back with the next import: neither the member nor its challenges."""
    profile = session.get_one(Profile, profile_id)
    if profile.external_id is not None:
        note_refusal(session, source=profile.source, external_id=profile.external_id, now=now)
    for challenge in session.exec(select(Challenge).where(Challenge.owner_id == profile_id)).all():
        if challenge.external_id is not None:
            number = number_of_challenge(challenge.external_id)
            note_refusal(session, source=challenge.source, external_id=number, now=now)


def _as_request(erasure: Erasure, now: datetime) -> Request:
    """Who would be told if it had been asked for by a request; never saved."""
    return Request(
        kind=Right.ERASE, subject=erasure.subject, subject_id=erasure.subject_id, asked_by_id=erasure.asked_by_id,
        received_at=now, due_at=now,
    )  # fmt: skip


def _copied(account: Account) -> Account:
    """What a last letter needs of an account that will be gone."""
    return Account(**account.model_dump())
