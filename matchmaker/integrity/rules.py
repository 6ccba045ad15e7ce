"""Decisions on signatures, declarations, conflicts and incidents. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from matchmaker.integrity.models import ConflictState, IncidentState
from matchmaker.integrity.rulebook import CodeOfEthics, DeclarationTerms

FOLLOWING = {
    IncidentState.RECEIVED: frozenset({IncidentState.EXAMINED}),
    IncidentState.EXAMINED: frozenset({IncidentState.DECIDED}),
    IncidentState.DECIDED: frozenset({IncidentState.APPEALED, IncidentState.CLOSED}),
    IncidentState.APPEALED: frozenset({IncidentState.CLOSED}),
    IncidentState.CLOSED: frozenset(),
}
"""The only way in which an incident goes on."""


class SignatureState(StrEnum):
    """Where a member stands with the version of the code that is in force."""

    SIGNED = "signed"
    DUE = "due"
    OVERDUE = "overdue"


class DeclarationState(StrEnum):
    """Where a representative stands with the yearly declaration of interests."""

    DECLARED = "declared"
    DUE = "due"
    OVERDUE = "overdue"


def pair_of(profile_id: int, other_id: int) -> tuple[int, int]:
    """Two profiles in the order in which a conflict keeps them. Raises ValueError for one profile alone."""
    if profile_id == other_id:
        raise ValueError("a conflict needs two profiles")
    return min(profile_id, other_id), max(profile_id, other_id)


def signature_due_at(code: CodeOfEthics, *, member_since: datetime) -> datetime:
    """Until when a member may sign: the days of grace count from the version's first day, or the member's own."""
    begins = datetime.combine(code.in_force_from, time(), tzinfo=UTC)
    return max(begins, member_since) + timedelta(days=code.grace_days)


def signature_state(signed_at: datetime | None, *, due_at: datetime, now: datetime) -> SignatureState:
    """Where a member stands."""
    if signed_at is not None:
        return SignatureState.SIGNED
    return SignatureState.DUE if now < due_at else SignatureState.OVERDUE


def declaration_ends_at(last: datetime | None, *, member_since: datetime, terms: DeclarationTerms) -> datetime:
    """Until when the last declaration holds; without one, since when it is missed."""
    return member_since if last is None else last + timedelta(days=terms.valid_days)


def declaration_state(ends_at: datetime, *, terms: DeclarationTerms, now: datetime) -> DeclarationState:
    """Where a representative stands whose declaration holds until `ends_at`."""
    if now < ends_at:
        return DeclarationState.DECLARED
    return DeclarationState.DUE if now < ends_at + timedelta(days=terms.grace_days) else DeclarationState.OVERDUE


def is_declaration_asked(ends_at: datetime, *, terms: DeclarationTerms, now: datetime) -> bool:
    """Whether it is time to ask for the next declaration."""
    return now >= ends_at - timedelta(days=terms.asked_days_before)


def is_past(until: date | None, *, now: datetime) -> bool:
    """Whether a tie is over: a contract that has ended is shown and never held against anyone."""
    return until is not None and until < now.date()


def state_with_new_ground(state: str) -> ConflictState:
    """A conflict after something new was said or found: what was dismissed is a question again."""
    return ConflictState.UNKNOWN if state == ConflictState.DISMISSED else ConflictState(state)


def state_shown(state: str, *, decided_at: datetime | None, declared_at: datetime) -> ConflictState:
    """What the side that declared is told: a decision made before it spoke was about what others said or did."""
    is_answered = decided_at is not None and decided_at >= declared_at
    return ConflictState(state) if is_answered else ConflictState.UNKNOWN


def may_follow(state: str, following: IncidentState) -> bool:
    """Whether an incident may go from one state to another."""
    return following in FOLLOWING[IncidentState(state)]
