"""Asking someone to act for a member. Nothing counts before they accept (see `joining`)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Account, Acting, Role
from matchmaker.accounts.queries import account_by_address
from matchmaker.audit.actions import record_act
from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.letters.actions import write_letter
from matchmaker.people.joining import PERSON_INVITED, join
from matchmaker.people.models import InvitationState, PersonInvitation
from matchmaker.people.representing import SUBJECT, Invited, check_another, held_people, row_of
from matchmaker.people.rules import is_waiting
from matchmaker.profiles.models import Part, Representation

INVITATION_LIFE = timedelta(days=30)
INVITATIONS_AT_MOST = 20  # of one member that wait for an answer, lest it write to strangers by our letters


def add_person(
    session: Session, *, acting: Acting, profile_id: int, invited: Invited, part: Part, now: datetime
) -> PersonInvitation:
    """Ask someone to act for a member, or give another part to who already does.

    Whether the address has an account, or one that has ended, changes nothing in the answer.
    Raises `profile_unknown`, `not_representative`, `last_representative`, `too_many_invitations`, `scope_missing`.
    """
    rows = held_people(session, acting=acting, profile_id=profile_id)
    row = _row_with(session, rows, invited.address)
    if row is None:
        return _asked(session, acting=acting, profile_id=profile_id, invited=invited, part=part, now=now)
    if row.part != part and part is Part.EDITOR:
        check_another(session, leaving=row)
    made = _new(acting=acting, profile_id=profile_id, invited=invited, part=part, now=now)
    return _joined(session, made, row, acting=acting, now=now)


def name_successor(
    session: Session, *, acting: Acting, profile_id: int, account_id: int, invited: Invited, now: datetime
) -> PersonInvitation:
    """Ask someone to speak for a member in another's place, who hands over when they accept.

    Challenges and introductions are the member's: they follow.
    Raises `profile_unknown`, `not_representative`, `person_unknown`, `successor_same`, `too_many_invitations`,
    `scope_missing`.
    """
    rows = held_people(session, acting=acting, profile_id=profile_id)
    row_of(rows, account_id=account_id, profile_id=profile_id)
    row = _row_with(session, rows, invited.address)
    if row is not None and row.account_id == account_id:
        raise ConflictError("successor_same")
    part = Part.REPRESENTATIVE
    if row is None:
        return _asked(
            session, acting=acting, profile_id=profile_id, invited=invited, part=part, leaving_id=account_id, now=now
        )
    made = _new(acting=acting, profile_id=profile_id, invited=invited, part=part, leaving_id=account_id, now=now)
    return _joined(session, made, row, acting=acting, now=now)


def list_invitations(session: Session, *, acting: Acting, profile_id: int) -> Sequence[PersonInvitation]:
    """Everybody who was asked to act for a member, newest first, told to who speaks for it and to the secretariat.

    Raises `profile_unknown`, `not_representative`, `scope_missing`.
    """
    held_people(session, acting=acting, profile_id=profile_id)
    mine = select(PersonInvitation).where(PersonInvitation.profile_id == profile_id)
    return session.exec(mine.order_by(col(PersonInvitation.id).desc())).all()


def withdraw_invitation(
    session: Session, *, acting: Acting, profile_id: int, invitation_id: int, now: datetime
) -> None:
    """Take back what was not answered yet.

    Raises `profile_unknown`, `not_representative`, `person_invitation_unknown`, `scope_missing`.
    """
    held_people(session, acting=acting, profile_id=profile_id)
    row = session.get(PersonInvitation, invitation_id, with_for_update=True)
    if row is None or row.profile_id != profile_id or not is_waiting(row, now=now):
        raise NotFoundError("person_invitation_unknown")
    row.state, row.answered_at = InvitationState.WITHDRAWN, now
    session.add(row)
    record_act(
        session, acting=acting, act="person.withdraw", subject=SUBJECT, subject_id=profile_id, now=now,
        codes={"invitation_id": row.id},
    )  # fmt: skip


def _asked(
    session: Session,
    *,
    acting: Acting,
    profile_id: int,
    invited: Invited,
    part: Part,
    now: datetime,
    leaving_id: int | None = None,
) -> PersonInvitation:
    """The invitation, with its letter; the one that waits already when it says the same."""
    made = _new(acting=acting, profile_id=profile_id, invited=invited, part=part, leaving_id=leaving_id, now=now)
    asked = session.exec(select(PersonInvitation).where(PersonInvitation.profile_id == profile_id)).all()
    waiting = [row for row in asked if is_waiting(row, now=now)]
    same = [row for row in waiting if row.address == made.address]
    for row in same:
        if (row.part, row.leaving_id) == (part, leaving_id):
            return row
        row.state, row.answered_at = InvitationState.WITHDRAWN, now
        session.add(row)
    if len(waiting) - len(same) >= INVITATIONS_AT_MOST:
        raise ConflictError("too_many_invitations", limit=INVITATIONS_AT_MOST)
    session.add(made)
    session.flush()
    codes = {"invitation_id": made.id, "part": part.value}
    record_act(
        session, acting=acting, act="person.invite", subject=SUBJECT, subject_id=profile_id, now=now, codes=codes
    )
    _write(session, made, now=now)
    return made


def _write(session: Session, made: PersonInvitation, *, now: datetime) -> None:
    """To the account, or to the address; who has ended their account is left in peace."""
    account = account_by_address(session, made.address)
    if account is not None and account.ended_at is not None:
        return
    write_letter(
        session, kind=PERSON_INVITED, account_id=None if account is None else account.id,
        address=made.address if account is None else "", subject_id=made.id or 0,
        codes={"language": made.language}, now=now,
    )  # fmt: skip


def _joined(
    session: Session, made: PersonInvitation, row: Representation, *, acting: Acting, now: datetime
) -> PersonInvitation:
    """Who acts for the member already has agreed to it."""
    session.add(made)
    made.state, made.answered_at = InvitationState.ACCEPTED, now
    session.flush()
    if row.part != made.part or made.leaving_id is not None:
        join(session, made, account=session.get_one(Account, row.account_id), acting=acting, now=now)
    return made


def _new(
    *, acting: Acting, profile_id: int, invited: Invited, part: Part, now: datetime, leaving_id: int | None = None
) -> PersonInvitation:
    """New people of a city are of a city too; of all others, suppliers."""
    return PersonInvitation(
        profile_id=profile_id, address=invited.address.lower(), name=invited.name, language=invited.language,
        role=Role.CITY if acting.role is Role.CITY else Role.SUPPLIER, part=part, leaving_id=leaving_id,
        invited_by_id=acting.account_id, created_at=now, expires_at=now + INVITATION_LIFE,
    )  # fmt: skip


def _row_with(session: Session, rows: Sequence[Representation], address: str) -> Representation | None:
    account = account_by_address(session, address)
    return None if account is None else next((row for row in rows if row.account_id == account.id), None)
