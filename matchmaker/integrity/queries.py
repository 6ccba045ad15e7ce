"""Reads of integrity with the permission of the account. Who must not meet whom is answered to the domain alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, exists, select

from matchmaker.accounts.models import Acting
from matchmaker.errors import NotAllowedError, NotFoundError
from matchmaker.integrity.models import Conflict, ConflictState, Declaration, Ground, Interest, Signature
from matchmaker.integrity.pairs import apart_from, confirmed_of, confirmed_with, entangled_with, is_held
from matchmaker.integrity.permissions import check_reads, is_office
from matchmaker.integrity.rulebook import CodeOfEthics, Rulebook
from matchmaker.integrity.rules import (
    DeclarationState,
    SignatureState,
    declaration_ends_at,
    declaration_state,
    signature_due_at,
    signature_state,
    state_shown,
)
from matchmaker.profiles.models import Representation
from matchmaker.profiles.queries import get_profile
from matchmaker.profiles.speaking import is_speaker

__all__ = [
    "apart_from", "confirmed_of", "confirmed_with", "declarations_of", "declared_conflicts", "duties_of",
    "entangled_with", "get_conflict", "grounds_of", "interests_of", "is_held", "list_conflicts", "signature_of",
    "standing_of",
]  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """Where a member stands with the code of ethics in force."""

    code: CodeOfEthics
    state: SignatureState
    due_at: datetime
    signature: Signature | None


def signature_of(session: Session, *, profile_id: int, version: str) -> Signature | None:
    """A member's signature of one version."""
    statement = select(Signature).where(Signature.profile_id == profile_id, Signature.version == version)
    return session.exec(statement).first()


def standing_of(session: Session, *, acting: Acting, profile_id: int, rulebook: Rulebook, now: datetime) -> Standing:
    """Where a member stands with the code. Raises `profile_unknown`, `representative_needed`."""
    check_reads(session, acting=acting, profile_id=profile_id)
    profile = get_profile(session, acting=acting, profile_id=profile_id).profile
    code = rulebook.in_force(now)
    signature = signature_of(session, profile_id=profile_id, version=code.version)
    due_at = signature_due_at(code, member_since=profile.created_at)
    state = signature_state(signature.signed_at if signature else None, due_at=due_at, now=now)
    return Standing(code, state, due_at, signature)


@dataclass(frozen=True)
class Duty:
    """Where a representative stands with the yearly declaration."""

    account_id: int
    state: DeclarationState
    ends_at: datetime


def duties_of(session: Session, *, acting: Acting, profile_id: int, rulebook: Rulebook, now: datetime) -> list[Duty]:
    """Where the representatives of a member stand: oneself, all for the office.

    Raises `profile_unknown`, `representative_needed`.
    """
    check_reads(session, acting=acting, profile_id=profile_id)
    since = get_profile(session, acting=acting, profile_id=profile_id).profile.created_at
    last = (
        select(func.max(Declaration.declared_at))
        .where(
            Declaration.profile_id == profile_id,
            col(Declaration.account_id) == col(Representation.account_id),
        )
        .scalar_subquery()
    )
    statement = select(Representation.account_id, last).where(Representation.profile_id == profile_id, is_speaker())
    if not is_office(acting):
        statement = statement.where(Representation.account_id == acting.account_id)
    rows = session.exec(statement.order_by(col(Representation.account_id))).all()
    terms = rulebook.declaration
    ends = [(number, declaration_ends_at(at, member_since=since, terms=terms)) for number, at in rows]
    return [Duty(number, declaration_state(end, terms=terms, now=now), end) for number, end in ends]


def declarations_of(
    session: Session, *, acting: Acting, profile_id: int, after: int = 0, limit: int
) -> list[tuple[Declaration, list[Interest]]]:
    """What representatives of a member declared, by number: one's own, all for the office.

    Raises `profile_unknown`, `representative_needed`.
    """
    check_reads(session, acting=acting, profile_id=profile_id)
    statement = select(Declaration).where(Declaration.profile_id == profile_id, col(Declaration.id) > after)
    if not is_office(acting):
        statement = statement.where(Declaration.account_id == acting.account_id)
    rows = session.exec(statement.order_by(col(Declaration.id)).limit(limit)).all()
    interests = interests_of(session, rows)
    return [(row, interests[row.id or 0]) for row in rows]


def interests_of(session: Session, declarations: Sequence[Declaration]) -> dict[int, list[Interest]]:
    """The interests of declarations that were read, by declaration; in one statement."""
    numbers = [row.id or 0 for row in declarations]
    statement = select(Interest).where(col(Interest.declaration_id).in_(numbers)).order_by(col(Interest.id))
    found = session.exec(statement).all()
    return {number: [item for item in found if item.declaration_id == number] for number in numbers}


def list_conflicts(
    session: Session, *, acting: Acting, state: ConflictState | None, after: int = 0, limit: int
) -> Sequence[Conflict]:
    """Conflicts by number, for the office. Unknown are also those of which something new is said since the decision.

    Raises `office_needed`.
    """
    statement = select(Conflict).where(_may_read(acting), col(Conflict.id) > after)
    if state is ConflictState.UNKNOWN:
        statement = statement.where(or_(col(Conflict.state) == state, _has_news()))
    elif state is not None:
        statement = statement.where(col(Conflict.state) == state)
    return session.exec(statement.order_by(col(Conflict.id)).limit(limit)).all()


def waiting_conflicts(session: Session, *, acting: Acting) -> tuple[int, datetime | None]:
    """How many conflicts wait for the secretariat, and since when the oldest does. Raises `office_needed`."""
    waits = or_(col(Conflict.state) == ConflictState.UNKNOWN, _has_news())
    return session.exec(select(func.count(), func.min(Conflict.created_at)).where(_may_read(acting), waits)).one()


def get_conflict(session: Session, *, acting: Acting, conflict_id: int) -> Conflict:
    """One conflict, for the office. Raises `office_needed`, `conflict_unknown`."""
    row = session.exec(select(Conflict).where(_may_read(acting), Conflict.id == conflict_id)).first()
    if row is None:
        raise NotFoundError("conflict_unknown", conflict_id=conflict_id)
    return row


def grounds_of(session: Session, conflicts: Sequence[Conflict]) -> dict[int, list[Ground]]:
    """The grounds of conflicts that were read, oldest first, by conflict; in one statement."""
    numbers = [row.id or 0 for row in conflicts]
    statement = select(Ground).where(col(Ground.conflict_id).in_(numbers)).order_by(col(Ground.id))
    found = session.exec(statement).all()
    return {number: [ground for ground in found if ground.conflict_id == number] for number in numbers}


def declared_conflicts(
    session: Session, *, acting: Acting, profile_id: int, after: int = 0, limit: int
) -> list[tuple[Ground, int, ConflictState]]:
    """What a member itself declared, with whom, and what came of it; never what others said or the service found.

    Raises `profile_unknown`, `representative_needed`.
    """
    check_reads(session, acting=acting, profile_id=profile_id)
    statement = (
        select(Ground, Conflict)
        .join(Conflict, col(Conflict.id) == col(Ground.conflict_id))
        .where(Ground.declared_by_id == profile_id, col(Ground.id) > after)
        .order_by(col(Ground.id))
        .limit(limit)
    )
    return [(ground, _other(row, profile_id), _shown(ground, row)) for ground, row in session.exec(statement).all()]


def _may_read(acting: Acting) -> ColumnElement[bool]:
    """The office reads conflicts, but for those of members for which it acts itself. Raises `office_needed`."""
    if not is_office(acting):
        raise NotAllowedError("office_needed")
    own = select(Representation.profile_id).where(Representation.account_id == acting.account_id)
    return ~or_(col(Conflict.first_id).in_(own), col(Conflict.second_id).in_(own))


def _has_news() -> ColumnElement[bool]:
    return exists().where(col(Ground.conflict_id) == col(Conflict.id), col(Ground.added_at) > col(Conflict.decided_at))


def _other(conflict: Conflict, profile_id: int) -> int:
    return conflict.second_id if conflict.first_id == profile_id else conflict.first_id


def _shown(ground: Ground, conflict: Conflict) -> ConflictState:
    return state_shown(conflict.state, decided_at=conflict.decided_at, declared_at=ground.added_at)
