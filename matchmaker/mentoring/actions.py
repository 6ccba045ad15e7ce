"""Asking for a mentor, answering, ending. Contacts open on the second yes and not before."""

from datetime import datetime

from sqlmodel import Session, col, select

from matchmaker.accounts.models import ANYONE, Acting
from matchmaker.audit.actions import record_act
from matchmaker.challenges.queries import get_challenge
from matchmaker.errors import ConflictError, InvalidInputError, NotAllowedError, NotFoundError
from matchmaker.integrity.queries import confirmed_with
from matchmaker.letters.actions import write_letter
from matchmaker.mentoring.drafts import MentoringDraft
from matchmaker.mentoring.models import Answer, Mentoring, MentorOffer, Result, Side
from matchmaker.mentoring.queries import get_mentoring, requests_of_mentor, sides_of
from matchmaker.mentoring.rules import (
    EXPIRES_AFTER,
    State,
    check_new,
    give_answer,
    give_result,
    hours_left,
    is_to_be_reminded,
    profile_of,
    silent_sides,
    state_of,
    withdraw,
)
from matchmaker.profiles.queries import get_profile
from matchmaker.profiles.speaking import speakers_of

PROPOSED, AGREED, REMINDER = "mentoring_proposed", "mentoring_agreed", "mentoring_reminder"
DECLINED, RESULT_ASKED = "mentoring_declined", "mentoring_result_asked"


def propose_mentoring(session: Session, *, acting: Acting, draft: MentoringDraft, now: datetime) -> Mentoring:
    """Ask for hours of a mentor, offer them, or bring two together as the secretariat.

    Who speaks for a side has thereby said its yes. Raises `sign_in_needed`, `profile_unknown`, `not_your_profile`,
    `challenge_unknown`, `mentoring_with_oneself`, `mentor_unknown`, `mentor_at_capacity`, `mentoring_asked_already`,
    `mentoring_quota`.
    """
    if draft.mentor_id == draft.mentee_id:
        raise InvalidInputError("mentoring_with_oneself", field="mentor_id")
    for number in (draft.mentor_id, draft.mentee_id):
        get_profile(session, acting=ANYONE, profile_id=number)
    if draft.challenge_id is not None:
        get_challenge(session, acting=acting, challenge_id=draft.challenge_id)
    request = Mentoring(
        **draft.model_dump(), proposed_by=acting.account_id, created_at=now, expires_at=now + EXPIRES_AFTER
    )
    own = sides_of(session, acting=acting, request=request)
    if not (own or acting.is_secretariat):
        raise NotAllowedError("not_your_profile", profile_id=draft.mentee_id)
    _check_may_meet(session, request)
    _check_hours(session, request=request, now=now)
    _check_new(session, acting=acting, request=request, now=now)
    for side in own:
        give_answer(request, side=side, answer=Answer.YES, now=now)
    session.add(request)
    session.flush()
    for side in silent_sides(request):
        _tell(session, request, side, PROPOSED, now=now)
    _note_agreement(session, acting=acting, request=request, now=now)
    return request


def answer_mentoring(
    session: Session, *, acting: Acting, mentoring_id: int, answer: Answer, now: datetime
) -> Mentoring:
    """Say yes, not now or no for the side that the account speaks for.

    Raises `mentoring_unknown`, `not_your_answer`, `mentoring_closed`, `mentor_unknown`, `mentor_at_capacity`.
    """
    request = _held(session, acting=acting, mentoring_id=mentoring_id)
    own = _own_sides(session, acting=acting, request=request)
    if answer is Answer.YES:
        _check_may_meet(session, request)
        _check_hours(session, request=request, now=now)
    for side in own:
        state = give_answer(request, side=side, answer=answer, now=now)
    session.add(request)
    session.flush()
    _note_agreement(session, acting=acting, request=request, now=now)
    if state is State.DECLINED:
        _tell_proposer(session, request, now=now)
    return request


def withdraw_mentoring(session: Session, *, acting: Acting, mentoring_id: int, now: datetime) -> Mentoring:
    """Take back what one has proposed. Raises `mentoring_unknown`, `not_your_answer`, `mentoring_closed`."""
    request = _held(session, acting=acting, mentoring_id=mentoring_id)
    if acting.account_id is None or request.proposed_by != acting.account_id:
        raise NotAllowedError("not_your_answer", mentoring_id=mentoring_id)
    withdraw(request, now=now)
    session.add(request)
    return request


def tell_result(session: Session, *, acting: Acting, mentoring_id: int, result: Result, now: datetime) -> Mentoring:
    """Say what came of it; the first to tell ends it, and the other side is asked too.

    Raises `mentoring_unknown`, `not_your_answer`, `mentoring_not_agreed`.
    """
    request = _held(session, acting=acting, mentoring_id=mentoring_id)
    for side in _own_sides(session, acting=acting, request=request):
        give_result(request, side=side, result=result, now=now)
    session.add(request)
    session.flush()
    told = ((Side.MENTOR, request.mentor_result), (Side.MENTEE, request.mentee_result))
    for side in [side for side, said in told if said is None]:
        _tell(session, request, side, RESULT_ASKED, now=now)
    return request


def remind_of_mentorings(session: Session, *, now: datetime) -> int:
    """Remind, once, the sides that have not answered what soon expires; how many letters were asked for."""
    unanswered = select(Mentoring).where(col(Mentoring.agreed_at).is_(None), col(Mentoring.expires_at) > now)
    soon = [request for request in session.exec(unanswered).all() if is_to_be_reminded(request, now=now)]
    pairs = [(request, side) for request in soon for side in silent_sides(request)]
    return sum(_tell(session, request, side, REMINDER, now=now) for request, side in pairs)


def _held(session: Session, *, acting: Acting, mentoring_id: int) -> Mentoring:
    """The request, which nobody else can change until the commit."""
    session.exec(select(Mentoring.id).where(Mentoring.id == mentoring_id).with_for_update())
    request = get_mentoring(session, acting=acting, mentoring_id=mentoring_id)
    session.refresh(request)
    return request


def _own_sides(session: Session, *, acting: Acting, request: Mentoring) -> tuple[Side, ...]:
    own = sides_of(session, acting=acting, request=request)
    if not own:
        raise NotAllowedError("not_your_answer", mentoring_id=request.id)
    return own


def _check_may_meet(session: Session, request: Mentoring) -> None:
    """Raise `mentor_unknown`, as for one that offers nothing, when a conflict between the two is confirmed."""
    if request.mentor_id in confirmed_with(session, request.mentee_id):
        raise NotFoundError("mentor_unknown", profile_id=request.mentor_id)


def _check_hours(session: Session, *, request: Mentoring, now: datetime) -> None:
    """Hold the mentor's offer and raise unless it has the hours: two yeses at once cannot promise them twice."""
    offer = session.exec(
        select(MentorOffer).where(MentorOffer.profile_id == request.mentor_id).with_for_update()
    ).first()
    if offer is None:
        raise NotFoundError("mentor_unknown", profile_id=request.mentor_id)
    left = hours_left(offer, requests_of_mentor(session, mentor_id=request.mentor_id), now=now)
    if left < request.hours_a_month:
        raise ConflictError("mentor_at_capacity", hours=left)


def _check_new(session: Session, *, acting: Acting, request: Mentoring, now: datetime) -> None:
    pair = select(Mentoring).where(Mentoring.mentor_id == request.mentor_id, Mentoring.mentee_id == request.mentee_id)
    account = select(Mentoring).where(Mentoring.proposed_by == acting.account_id)
    counted = [] if acting.is_secretariat else session.exec(account).all()
    check_new(of_the_pair=session.exec(pair).all(), by_the_account=counted, now=now)


def _note_agreement(session: Session, *, acting: Acting, request: Mentoring, now: datetime) -> None:
    """Open the contacts to both and say so in the log, when this was the second yes."""
    if state_of(request, now=now) is not State.AGREED:
        return
    codes = {"mentor_id": request.mentor_id, "mentee_id": request.mentee_id}
    record_act(session, acting=acting, act="contacts_opened", subject="mentoring", subject_id=request.id or 0,
               now=now, codes=codes)  # fmt: skip
    for side in Side:
        _tell(session, request, side, AGREED, now=now)


def _tell(session: Session, request: Mentoring, side: Side, kind: str, *, now: datetime) -> int:
    """Ask for a letter to everyone who speaks for a side, once for each kind; how many there are."""
    letters = [
        write_letter(
            session, kind=kind, account_id=account.id, subject_id=request.id or 0, now=now,
            codes={"side": str(side)}, key=f"{kind}-{request.id}-{side}-{account.id}",
        )
        for account in speakers_of(session, profile_id=profile_of(request, side))
    ]  # fmt: skip
    return sum(letter is not None for letter in letters)


def _tell_proposer(session: Session, request: Mentoring, *, now: datetime) -> None:
    """That it will not be: not who said so, nor why."""
    if request.proposed_by is not None:
        write_letter(session, kind=DECLINED, account_id=request.proposed_by, subject_id=request.id or 0, now=now,
                     key=f"{DECLINED}-{request.id}")  # fmt: skip
