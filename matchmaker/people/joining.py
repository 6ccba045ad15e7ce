"""Answering an invitation to act for a member: only the person's own yes makes them act."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Account, Acting, Role
from matchmaker.accounts.queries import account_by_address, check_people_scope, own_account
from matchmaker.audit.actions import record_act
from matchmaker.errors import NotFoundError
from matchmaker.integrity.detection import detect_conflicts
from matchmaker.letters.actions import forget_letters
from matchmaker.people.models import InvitationState, PersonInvitation
from matchmaker.people.representing import SUBJECT, Invited, invite, people_of
from matchmaker.people.rules import is_waiting
from matchmaker.profiles.models import Profile, Representation

PERSON_INVITED = "person_invited"


def waiting_invitations(session: Session, *, address: str, now: datetime) -> Sequence[PersonInvitation]:
    """What an address may still answer, oldest first."""
    asked = select(PersonInvitation).where(
        PersonInvitation.address == address.lower(),
        PersonInvitation.state == InvitationState.PENDING,
        col(PersonInvitation.expires_at) > now,
    )
    return session.exec(asked.order_by(col(PersonInvitation.id))).all() if address else []


def own_invitations(session: Session, *, acting: Acting, now: datetime) -> Sequence[tuple[PersonInvitation, Profile]]:
    """What the caller is asked to act for. Raises `sign_in_needed`."""
    account = own_account(session, acting=acting)
    rows = waiting_invitations(session, address=account.email or "", now=now)
    return [(row, session.get_one(Profile, row.profile_id)) for row in rows]


def answer_own(
    session: Session, *, acting: Acting, invitation_id: int, answer: InvitationState, now: datetime
) -> PersonInvitation:
    """Accept or decline what one's own address was asked.

    Raises `sign_in_needed`, `person_invitation_unknown`, `scope_missing`.
    """
    check_people_scope(acting)
    row = session.get(PersonInvitation, invitation_id)
    if row is None or row.address != (own_account(session, acting=acting).email or "").lower():
        raise NotFoundError("person_invitation_unknown")
    return answer_invitation(session, invitation_id=invitation_id, answer=answer, now=now)


def open_invitation(session: Session, *, invitation_id: int, now: datetime) -> PersonInvitation:
    """An invitation that can still be answered. Raises `person_invitation_unknown`."""
    row = session.get(PersonInvitation, invitation_id)
    if row is None or not is_waiting(row, now=now):
        raise NotFoundError("person_invitation_unknown")
    return row


def answer_invitation(
    session: Session, *, invitation_id: int, answer: InvitationState, now: datetime
) -> PersonInvitation:
    """Answer for the address, which the caller has proved to hold; a yes makes its account when there is none.

    Raises `person_invitation_unknown`, `account_ended`.
    """
    session.get(PersonInvitation, invitation_id, with_for_update=True, populate_existing=True)
    row = open_invitation(session, invitation_id=invitation_id, now=now)
    row.state, row.answered_at = answer, now
    session.add(row)
    if answer is InvitationState.ACCEPTED:
        invited = Invited(address=row.address, name=row.name, language=row.language)
        account = invite(session, invited=invited, role=Role(row.role), now=now)
        join(session, row, account=account, acting=Acting(account.id, Role(account.role)), now=now)
        return row
    forget_letters(session, kind=PERSON_INVITED, subject_id=invitation_id)
    account_known = account_by_address(session, row.address)
    acting = Acting(None if account_known is None else account_known.id)
    codes = {"invitation_id": row.id}
    record_act(
        session, acting=acting, act="person.decline", subject=SUBJECT, subject_id=row.profile_id, now=now, codes=codes
    )
    return row


def join(session: Session, row: PersonInvitation, *, account: Account, acting: Acting, now: datetime) -> None:
    """Let an account act as an invitation says; whoever it follows hands over in the same moment."""
    session.exec(select(Profile.id).where(Profile.id == row.profile_id).with_for_update())
    people = {person.account_id: person for person in people_of(session, row.profile_id)}
    number = account.id or 0
    person = people.get(number) or Representation(account_id=number, profile_id=row.profile_id, called=row.name)
    person.part = row.part
    session.add(person)
    leaving = people.get(row.leaving_id or 0)
    if leaving is not None and leaving is not person:
        session.delete(leaving)
    session.flush()
    detect_conflicts(session, profile_id=row.profile_id, now=now)
    act, codes = "person.add", dict[str, str | int | bool | None](account_id=number, part=row.part)
    if row.leaving_id is not None:
        act, codes = "successor.name", {"account_id": row.leaving_id, "successor_id": number}
    record_act(session, acting=acting, act=act, subject=SUBJECT, subject_id=row.profile_id, now=now, codes=codes)
