"""People of a member: who speaks for it, who writes its words, who comes after whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Account, Acting, Role
from matchmaker.accounts.queries import account_by_address, check_people_scope
from matchmaker.audit.actions import record_act
from matchmaker.errors import ConflictError, NotAllowedError, NotFoundError
from matchmaker.integrity.detection import detect_conflicts
from matchmaker.people.rules import speaks
from matchmaker.profiles.models import Part, Profile, Representation
from matchmaker.profiles.queries import get_profile
from matchmaker.profiles.speaking import speakers_of
from matchmaker.profiles.speaking import speaks as is_speaking

INVITED = "account_invited"
SUBJECT = "profile"


@dataclass(frozen=True)
class Invited:
    """Someone who is to act, by the address to which letters go. `name` and `language` are for a new account."""

    address: str
    name: str
    language: str


@dataclass(frozen=True)
class MemberPerson:
    """An account that acts for a member, what it may do, and as whom the member knows it.

    `name` is the one that the member gave: adding an address tells nobody whether it was known, nor by which name.
    """

    account: Account
    part: Part
    name: str


def list_people(session: Session, *, acting: Acting, profile_id: int) -> list[MemberPerson]:
    """Who acts for a member, told to those who do and to the secretariat.

    Raises `profile_unknown`, `not_your_profile`.
    """
    get_profile(session, acting=acting, profile_id=profile_id)
    rows = people_of(session, profile_id)
    if not (acting.is_secretariat or acting.account_id in {row.account_id for row in rows}):
        raise NotAllowedError("not_your_profile", profile_id=profile_id)
    return [_person(session.get_one(Account, row.account_id), row) for row in rows]


def remove_person(session: Session, *, acting: Acting, profile_id: int, account_id: int, now: datetime) -> None:
    """Let someone no longer act for a member; everyone may take leave, but not the last representative.

    Raises `profile_unknown`, `not_representative`, `person_unknown`, `last_representative`, `scope_missing`.
    """
    rows = held_people(session, acting=acting, profile_id=profile_id, leaving=account_id)
    row = row_of(rows, account_id=account_id, profile_id=profile_id)
    check_another(session, leaving=row)
    session.delete(row)
    detect_conflicts(session, profile_id=profile_id, now=now)
    codes = {"account_id": account_id}
    record_act(
        session, acting=acting, act="person.remove", subject=SUBJECT, subject_id=profile_id, now=now, codes=codes
    )


def invite(session: Session, *, invited: Invited, role: Role, now: datetime) -> Account:
    """The account of an address, made when there is none. Raises `account_ended`."""
    account = known_or_new(session, invited=invited, role=role, now=now)
    if account.ended_at is not None:
        raise ConflictError("account_ended")
    return account


def known_or_new(session: Session, *, invited: Invited, role: Role, now: datetime) -> Account:
    """The account of an address, ended or not, made when there is none."""
    account = account_by_address(session, invited.address)
    if account is None:
        account = Account(
            name=invited.name, role=role, email=invited.address.lower(), language=invited.language, created_at=now
        )
        session.add(account)
        session.flush()
    return account


def _person(account: Account, row: Representation) -> MemberPerson:
    return MemberPerson(account, Part(row.part), row.called or account.name)


def held_people(
    session: Session, *, acting: Acting, profile_id: int, leaving: int | None = None
) -> Sequence[Representation]:
    """The people of a member, which nobody else changes until the commit, for whoever may change them."""
    check_people_scope(acting)
    get_profile(session, acting=acting, profile_id=profile_id)
    session.exec(select(Profile.id).where(Profile.id == profile_id).with_for_update())
    rows = people_of(session, profile_id)
    is_leave = leaving is not None and leaving == acting.account_id
    if not (acting.is_secretariat or is_leave or speaks(rows, account_id=acting.account_id)):
        raise NotAllowedError("not_representative", profile_id=profile_id)
    return rows


def people_of(session: Session, profile_id: int) -> Sequence[Representation]:
    """Who acts for a member, by number."""
    rows = select(Representation).where(Representation.profile_id == profile_id)
    return session.exec(rows.order_by(col(Representation.account_id))).all()


def row_of(rows: Sequence[Representation], *, account_id: int, profile_id: int) -> Representation:
    """One of these people. Raises `person_unknown`."""
    found = next((row for row in rows if row.account_id == account_id), None)
    if found is None:
        raise NotFoundError("person_unknown", account_id=account_id, profile_id=profile_id)
    return found


def check_another(session: Session, *, leaving: Representation) -> None:
    """Raise `last_representative` unless somebody else speaks for the member, through an account that holds."""
    profile_id = leaving.profile_id
    others = [account for account in speakers_of(session, profile_id=profile_id) if account.id != leaving.account_id]
    if is_speaking(leaving) and not others:
        raise ConflictError("last_representative", profile_id=profile_id)
