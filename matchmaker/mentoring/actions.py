"""Asking for a mentor, answering, ending. Contacts open on the second yes and not before."""

from datetime import datetime

from sqlmodel import Session, col, select

from matchmaker.accounts.models import ANYONE, Acting
from matchmaker.audit.actions import record_act
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.queries import get_challenge
from matchmaker.challenges.readers import admit_guest
from matchmaker.errors import ConflictError, InvalidInputError, NotAllowedError, NotFoundError
from matchmaker.introductions.terms import Lists
from matchmaker.letters.actions import write_letter
from matchmaker.mentoring.drafts import MentoringDraft
from matchmaker.mentoring.meeting import check_may_meet, is_kept_apart, may_meet
from matchmaker.mentoring.models import Answer, Mentoring, MentorOffer, Proposer, Result, Side
from matchmaker.mentoring.queries import get_mentoring, requests_of_mentor, sides_of
from matchmaker.mentoring.rules import (
    EXPIRES_AFTER,
    State,
    check_new,
    give_answer,
    give_result,
    has_both,
    hours_left,
    is_to_be_reminded,
    profile_of,
    settle,
    silent_sides,
    state_of,
    withdraw,
)
from matchmaker.profiles.queries import get_profile
from matchmaker.profiles.speaking import speakers_of

PROPOSED, AGREED, REMINDER = "mentoring_proposed", "mentoring_agreed", "mentoring_reminder"
DECLINED, RESULT_ASKED = "mentoring_declined", "mentoring_result_asked"


def propose_mentoring(
    session: Session, *, acting: Acting, draft: MentoringDraft, lists: Lists, now: datetime
) -> Mentoring:
    """Ask for hours of a mentor, offer them, or bring two together as the secretariat.

    Who speaks for a side has thereby said its yes. Where a conflict is confirmed or waits for a person, nobody is told
    and nothing comes of it; to whoever asked this looks like silence.
    Raises `sign_in_needed`, `profile_unknown`, `not_your_profile`, `profile_not_shown`,
    `challenge_unknown`, `mentoring_with_oneself`, `mentor_unknown`, `mentor_at_capacity`, `mentoring_asked_already`,
    `mentoring_quota`, `procurement_open`.
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
    request.proposer = Proposer(own[0]) if own else Proposer.SECRETARIAT
    check_may_meet(session, request, lists=lists)
    _check_hours(session, request=request, now=now)
    _check_new(session, acting=acting, request=request, now=now)
    is_free = not is_kept_apart(session, request)
    for side in own:
        give_answer(request, side=side, answer=Answer.YES, now=now, is_free=is_free)
    session.add(request)
    session.flush()
    if is_free:
        _tell_proposed(session, request, now=now)
    _note_agreement(session, acting=acting, request=request, now=now)
    return request


def answer_mentoring(
    session: Session, *, acting: Acting, mentoring_id: int, answer: Answer, lists: Lists, now: datetime
) -> Mentoring:
    """Say yes, not now or no for the side that the account speaks for.

    The second yes opens contacts, unless a conflict keeps the two apart: it then waits for a person's decision.
    Raises `mentoring_unknown`, `not_your_answer`, `mentoring_closed`, `mentor_unknown`, `mentor_at_capacity`,
    `profile_not_shown`, `procurement_open`.
    """
    request = _held(session, acting=acting, mentoring_id=mentoring_id)
    own = _own_sides(session, acting=acting, request=request)
    if answer is Answer.YES:
        check_may_meet(session, request, lists=lists)
        _check_hours(session, request=request, now=now)
    is_free = not is_kept_apart(session, request)
    for side in own:
        state = give_answer(request, side=side, answer=answer, now=now, is_free=is_free)
    session.add(request)
    session.flush()
    _note_agreement(session, acting=acting, request=request, now=now)
    if state is State.DECLINED:
        _tell_proposer(session, request, now=now)
    return request


def withdraw_mentoring(session: Session, *, acting: Acting, mentoring_id: int, now: datetime) -> Mentoring:
    """Take back what was proposed, as whoever speaks for that side now, or as the secretariat for its own.

    Raises `mentoring_unknown`, `not_your_answer`, `mentoring_closed`.
    """
    request = _held(session, acting=acting, mentoring_id=mentoring_id)
    own: tuple[str, ...] = sides_of(session, acting=acting, request=request)
    if request.proposer not in (*own, *((Proposer.SECRETARIAT,) if acting.is_secretariat else ())):
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


def advance_mentorings(session: Session, *, lists: Lists, now: datetime) -> int:
    """Bring requests up to the moment: what a dismissed conflict held back goes on; who is silent is reminded, once.

    Says how many letters of reminder were asked for. Safe to repeat.
    """
    waiting = select(Mentoring).where(col(Mentoring.agreed_at).is_(None), col(Mentoring.expires_at) > now)
    rows = session.exec(waiting.order_by(col(Mentoring.id)).with_for_update()).all()
    live = [row for row in rows if state_of(row, now=now) is State.OPEN and may_meet(session, row, lists=lists)]
    for request in live:
        _release(session, request, now=now)
    soon = [request for request in live if is_to_be_reminded(request, now=now)]
    pairs = [(request, side) for request in soon for side in silent_sides(request)]
    return sum(_tell(session, request, side, REMINDER, now=now) for request, side in pairs)


def _release(session: Session, request: Mentoring, *, now: datetime) -> None:
    """Tell who was not told, and let two yeses count that a conflict held back, while the mentor has the hours."""
    if request.told_at is None:
        _tell_proposed(session, request, now=now)
    left = _hours_left(session, request=request, now=now) if has_both(request) else None
    if left is not None and left >= request.hours_a_month:
        settle(request, now=now)
        session.add(request)
        session.flush()
        _note_agreement(session, acting=ANYONE, request=request, now=now)


def _tell_proposed(session: Session, request: Mentoring, *, now: datetime) -> None:
    request.told_at = now
    session.add(request)
    session.flush()
    _admit(session, request)
    for side in silent_sides(request):
        _tell(session, request, side, PROPOSED, now=now)


def _admit(session: Session, request: Mentoring) -> None:
    """Let the mentor read the challenge of the member that is helped with it."""
    if request.challenge_id is None:
        return
    is_its_own = session.get_one(Challenge, request.challenge_id).owner_id == request.mentee_id
    if is_its_own and request.proposer == Proposer.MENTEE:
        admit_guest(session, challenge_id=request.challenge_id, profile_id=request.mentor_id)


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


def _check_hours(session: Session, *, request: Mentoring, now: datetime) -> None:
    """Hold the mentor's offer and raise unless it has the hours: two yeses at once cannot promise them twice."""
    left = _hours_left(session, request=request, now=now)
    if left is None:
        raise NotFoundError("mentor_unknown", profile_id=request.mentor_id)
    if left < request.hours_a_month:
        raise ConflictError("mentor_at_capacity", hours=left)


def _hours_left(session: Session, *, request: Mentoring, now: datetime) -> int | None:
    """Hours that the mentor has not promised; nothing once it mentors no more."""
    offer = session.exec(
        select(MentorOffer).where(MentorOffer.profile_id == request.mentor_id).with_for_update()
    ).first()
    if offer is None:
        return None
    return hours_left(offer, requests_of_mentor(session, mentor_id=request.mentor_id), now=now)


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
    """That it will not be: not who said so, nor why. A side is told whoever speaks for it by now."""
    if request.proposer != Proposer.SECRETARIAT:
        _tell(session, request, Side(request.proposer), DECLINED, now=now)
    elif request.proposed_by is not None:
        write_letter(session, kind=DECLINED, account_id=request.proposed_by, subject_id=request.id or 0, now=now,
                     key=f"{DECLINED}-{request.id}")  # fmt: skip
