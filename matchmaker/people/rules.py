"""Who may speak for a member, and which invitations can still be answered."""

from collections.abc import Sequence
from datetime import datetime

from matchmaker.people.models import InvitationState, PersonInvitation
from matchmaker.profiles.models import Representation
from matchmaker.profiles.speaking import speaks as is_speaking


def speaks(rows: Sequence[Representation], *, account_id: int | None) -> bool:
    """Whether an account is among the representatives."""
    return any(row.account_id == account_id and is_speaking(row) for row in rows)


def is_waiting(row: PersonInvitation, *, now: datetime) -> bool:
    """Whether an invitation can be answered."""
    return state_of(row, now=now) is InvitationState.PENDING


def state_of(row: PersonInvitation, *, now: datetime) -> InvitationState:
    """What became of an invitation; one that nobody answered in time has run out."""
    if row.state == InvitationState.PENDING and row.expires_at <= now:
        return InvitationState.EXPIRED
    return InvitationState(row.state)
