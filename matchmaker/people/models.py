"""Invitations to act for a member, which count for nothing until the person accepts."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from matchmaker.store.database import UtcDateTime
from matchmaker.texts import LINE_CHARACTERS


class InvitationState(StrEnum):
    """What became of an invitation. `EXPIRED` is read from the clock and never kept."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class PersonInvitation(SQLModel, table=True):
    """Someone is asked to act for a member: as the inviter typed them, whether or not the address has an account."""

    __tablename__ = "person_invitation"

    id: int | None = Field(default=None, primary_key=True)
    profile_id: int = Field(foreign_key="profile.id", index=True, ondelete="CASCADE")
    address: str = Field(max_length=LINE_CHARACTERS, index=True)  # in lower case
    name: str = Field(max_length=200)
    language: str = Field(max_length=3)
    role: str = Field(max_length=20)  # of the account that is made when there is none
    part: str = Field(max_length=20)
    leaving_id: int | None = Field(default=None, foreign_key="account.id", index=True, ondelete="SET NULL")
    invited_by_id: int | None = Field(default=None, foreign_key="account.id", index=True, ondelete="SET NULL")
    state: str = Field(default=InvitationState.PENDING, max_length=20)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
