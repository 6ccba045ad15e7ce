"""Accounts, sessions, tokens and people as answers. Secrets are never among them, but for a new token, once."""

from datetime import datetime

from pydantic import BaseModel
from sqlmodel import Session

from matchmaker.accounts.models import Account, AccountSession, Acting, ApiToken
from matchmaker.accounts.queries import own_account
from matchmaker.people.models import PersonInvitation
from matchmaker.people.representing import MemberPerson
from matchmaker.people.rules import state_of
from matchmaker.profiles.queries import represented_with_parts


class RepresentedShape(BaseModel):
    """A member for which an account acts, and what it may do."""

    profile_id: int
    part: str


class MeShape(BaseModel):
    """Who is signed in. `csrf_token` goes with every request but reads; with a token none is needed."""

    account_id: int
    name: str
    email: str | None
    role: str
    language: str
    scopes: list[str]
    represents: list[RepresentedShape]
    csrf_token: str | None


class SessionShape(BaseModel):
    """A browser in which one is signed in."""

    id: int
    device: str
    created_at: datetime
    seen_at: datetime
    is_present: bool


class SessionsShape(BaseModel):
    """One's own sessions, newest first."""

    sessions: list[SessionShape]


class TokenShape(BaseModel):
    """A token without its key."""

    id: int
    label: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None


class TokensShape(BaseModel):
    """One's own tokens, oldest first."""

    tokens: list[TokenShape]


class NewTokenShape(TokenShape):
    """A new token with its key, which is shown this once."""

    key: str


class PersonShape(BaseModel):
    """Someone who acts for a member."""

    account_id: int
    name: str
    email: str | None
    part: str


class PeopleShape(BaseModel):
    """Who acts for a member."""

    people: list[PersonShape]


class PersonInvitationShape(BaseModel):
    """Someone who was asked to act for a member, as the inviter typed them.

    `state` is pending, accepted, declined, withdrawn or expired. `leaving_id` is the account that hands over then.
    """

    id: int
    name: str
    email: str
    part: str
    state: str
    leaving_id: int | None
    created_at: datetime
    expires_at: datetime


class PersonInvitationsShape(BaseModel):
    """Who was asked to act for a member, newest first."""

    invitations: list[PersonInvitationShape]


class OwnInvitationShape(BaseModel):
    """A member that asks the caller to act for it."""

    id: int
    profile_id: int
    member: str
    part: str
    expires_at: datetime


class OwnInvitationsShape(BaseModel):
    """What the caller may answer, oldest first."""

    invitations: list[OwnInvitationShape]


class AccountShape(BaseModel):
    """An account, as an administrator sees it."""

    id: int
    name: str
    email: str | None
    role: str
    language: str
    created_at: datetime
    ended_at: datetime | None


class AccountsShape(BaseModel):
    """A page of accounts, by number."""

    accounts: list[AccountShape]


def me_shape(session: Session, acting: Acting, *, csrf_token: str | None) -> MeShape:
    """Who is signed in. Raises `sign_in_needed`."""
    account = own_account(session, acting=acting)
    parts = represented_with_parts(session, acting=acting)
    return MeShape(
        account_id=account.id or 0,
        name=account.name,
        email=account.email,
        role=account.role,
        language=account.language,
        scopes=sorted(acting.scopes),
        represents=[RepresentedShape(profile_id=profile_id, part=part) for profile_id, part in parts],
        csrf_token=csrf_token,
    )


def session_shape(row: AccountSession, *, acting: Acting) -> SessionShape:
    """A session, and whether it is the one that asks."""
    return SessionShape(
        id=row.id or 0, device=row.device, created_at=row.created_at, seen_at=row.seen_at,
        is_present=row.id == acting.session_id,
    )  # fmt: skip


def token_shape(row: ApiToken) -> TokenShape:
    """A token without its key."""
    return TokenShape(
        id=row.id or 0, label=row.label, scopes=row.scopes, created_at=row.created_at, expires_at=row.expires_at
    )


def person_shape(person: MemberPerson) -> PersonShape:
    """Someone who acts for a member."""
    account = person.account
    return PersonShape(account_id=account.id or 0, name=person.name, email=account.email, part=person.part)


def person_invitation_shape(row: PersonInvitation, *, now: datetime) -> PersonInvitationShape:
    """Someone who was asked to act for a member; nothing of the account that the address may have."""
    return PersonInvitationShape(
        id=row.id or 0, name=row.name, email=row.address, part=row.part, state=state_of(row, now=now),
        leaving_id=row.leaving_id, created_at=row.created_at, expires_at=row.expires_at,
    )  # fmt: skip


def account_shape(row: Account) -> AccountShape:
    """An account, as an administrator sees it."""
    return AccountShape(
        id=row.id or 0, name=row.name, email=row.email, role=row.role, language=row.language,
        created_at=row.created_at, ended_at=row.ended_at,
    )  # fmt: skip
