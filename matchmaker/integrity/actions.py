"""Signing the code, declaring interests and conflicts, deciding on conflicts."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.accounts.queries import secretaries
from matchmaker.audit.actions import record_act
from matchmaker.errors import ConflictError, InvalidInputError
from matchmaker.integrity.detection import detect_all, detect_conflicts
from matchmaker.integrity.drafts import ConflictDraft, InterestDraft
from matchmaker.integrity.grounds import add_ground
from matchmaker.integrity.models import (
    Conflict,
    ConflictState,
    Decision,
    Declaration,
    Ground,
    Interest,
    Nature,
    Signature,
)
from matchmaker.integrity.permissions import check_secretariat, check_speaks
from matchmaker.integrity.queries import get_conflict, interests_of, signature_of
from matchmaker.integrity.renewals import close_what_is_over, send_renewals
from matchmaker.integrity.rulebook import Rulebook
from matchmaker.integrity.rules import is_past
from matchmaker.letters.actions import write_letter
from matchmaker.profiles.queries import get_profile

__all__ = [
    "close_what_is_over",
    "decide_conflict",
    "declare_conflict",
    "declare_interests",
    "detect_all",
    "detect_conflicts",
    "send_renewals",
    "sign_code",
]  # fmt: skip
CONFLICT_DECLARED = "conflict_declared"
TWICE = timedelta(minutes=1)  # within which the same, said again by the same person, is one form sent twice


def sign_code(
    session: Session, *, acting: Acting, profile_id: int, version: str, rulebook: Rulebook, now: datetime
) -> Signature:
    """Sign a version for a member; a second signature of the same version changes nothing.

    Raises `profile_unknown`, `representative_needed`, `code_of_ethics_unknown`, `code_of_ethics_replaced`.
    """
    account_id = check_speaks(session, acting=acting, profile_id=profile_id)
    current = rulebook.in_force(now)
    if rulebook.code(version).in_force_from < current.in_force_from:
        raise ConflictError("code_of_ethics_replaced", version=version, current=current.version)
    known = signature_of(session, profile_id=profile_id, version=version)
    if known is not None:
        return known
    signature = Signature(profile_id=profile_id, account_id=account_id, version=version, signed_at=now)
    session.add(signature)
    session.flush()
    return signature


def declare_interests(
    session: Session, *, acting: Acting, profile_id: int, interests: Sequence[InterestDraft], now: datetime
) -> Declaration:
    """Declare all interests of a representative, none included; it holds for a year and replaces the one before.

    An interest that is not over, with a profile of the service, is a conflict for the secretariat to look at.
    Raises `profile_unknown`, `representative_needed`, `interest_party`, `conflict_with_itself`, `dates_turned`.
    """
    account_id = check_speaks(session, acting=acting, profile_id=profile_id)
    for number, interest in enumerate(interests):
        _check_interest(session, acting=acting, profile_id=profile_id, interest=interest, number=number)
    if before := _just_declared(session, account_id=account_id, profile_id=profile_id, interests=interests, now=now):
        return before
    declaration = Declaration(profile_id=profile_id, account_id=account_id, declared_at=now)
    session.add(declaration)
    session.flush()
    session.add_all(_row(declaration, interest) for interest in interests)
    for interest in interests:
        if interest.with_profile_id is not None and not is_past(interest.until, now=now):
            _declare(session, profile_id, interest.with_profile_id, interest.nature, interest.until, now=now)
    session.flush()
    return declaration


def declare_conflict(
    session: Session, *, acting: Acting, profile_id: int, draft: ConflictDraft, now: datetime
) -> Ground:
    """Declare that a member should not meet another one.

    Raises `profile_unknown`, `representative_needed`, `conflict_with_itself`, `tie_is_over`.
    """
    check_speaks(session, acting=acting, profile_id=profile_id)
    _check_other(session, acting=acting, profile_id=profile_id, other_id=draft.with_profile_id, field="with_profile_id")
    if is_past(draft.until, now=now):
        raise InvalidInputError("tie_is_over", field="until", value=str(draft.until))
    return _declare(session, profile_id, draft.with_profile_id, draft.nature, draft.until, now=now)


def decide_conflict(
    session: Session, *, acting: Acting, conflict_id: int, decision: Decision, reason: str, now: datetime
) -> Conflict:
    """Confirm or dismiss a conflict, with a reason; either can be decided anew.

    Raises `secretariat_needed`, and `conflict_unknown` also for members that the account represents.
    """
    check_secretariat(acting)
    conflict = get_conflict(session, acting=acting, conflict_id=conflict_id)
    said = ConflictState(decision), reason, acting.account_id
    if said == (conflict.state, conflict.reason, conflict.decided_by_id) and _is_just_now(conflict.decided_at, now):
        return conflict
    conflict.state, conflict.reason = ConflictState(decision), reason
    conflict.decided_by_id, conflict.decided_at = acting.account_id, now
    session.add(conflict)
    record_act(
        session, acting=acting, act=f"conflict_{decision}", subject="conflict", subject_id=conflict_id, now=now,
        codes={"first_id": conflict.first_id, "second_id": conflict.second_id},
    )  # fmt: skip
    return conflict


def _just_declared(
    session: Session, *, account_id: int, profile_id: int, interests: Sequence[InterestDraft], now: datetime
) -> Declaration | None:
    """The same, declared by the same person a moment ago: a form that was sent twice."""
    own = select(Declaration).where(Declaration.profile_id == profile_id, Declaration.account_id == account_id)
    last = session.exec(own.order_by(col(Declaration.id).desc()).limit(1)).first()
    if last is None or not _is_just_now(last.declared_at, now):
        return None
    declared = [_said(interest) for interest in interests_of(session, [last])[last.id or 0]]
    return last if declared == [_said(_row(last, interest)) for interest in interests] else None


def _said(interest: Interest) -> dict[str, object]:
    return interest.model_dump(exclude={"id"})


def _is_just_now(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and now - moment < TWICE


def _declare(
    session: Session, profile_id: int, other_id: int, nature: Nature, until: date | None, *, now: datetime
) -> Ground:
    ground, is_new = add_ground(
        session, profile_id=profile_id, other_id=other_id, code=nature, declared_by_id=profile_id, until=until, now=now
    )
    for account_id in secretaries(session) if is_new else ():
        write_letter(
            session, kind=CONFLICT_DECLARED, account_id=account_id, subject_id=ground.conflict_id, now=now,
            codes={"profile_id": profile_id, "nature": nature}, key=f"{CONFLICT_DECLARED}:{ground.id}:{account_id}",
        )  # fmt: skip
    return ground


def _check_interest(session: Session, *, acting: Acting, profile_id: int, interest: InterestDraft, number: int) -> None:
    at = f"interests/{number}"
    if (interest.with_profile_id is None) == (interest.with_name is None):
        raise InvalidInputError("interest_party", field=at)
    if interest.since and interest.until and interest.since > interest.until:
        raise InvalidInputError("dates_turned", field=f"{at}/until", value=str(interest.until))
    if interest.with_profile_id is not None:
        field = f"{at}/with_profile_id"
        _check_other(session, acting=acting, profile_id=profile_id, other_id=interest.with_profile_id, field=field)


def _check_other(session: Session, *, acting: Acting, profile_id: int, other_id: int, field: str) -> None:
    if other_id == profile_id:
        raise InvalidInputError("conflict_with_itself", field=field, value=other_id)
    get_profile(session, acting=acting, profile_id=other_id)


def _row(declaration: Declaration, interest: InterestDraft) -> Interest:
    return Interest(
        declaration_id=declaration.id or 0,
        nature=interest.nature,
        with_profile_id=interest.with_profile_id,
        with_name=interest.with_name or "",
        since=interest.since,
        until=interest.until,
    )
