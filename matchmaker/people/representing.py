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
from matchmaker.letters.actions import write_letter
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
    rows = _people(session, profile_id)
    if not (acting.is_secretariat or acting.account_id in {row.account_id for row in rows}):
        raise NotAllowedError("not_your_profile", profile_id=profile_id)
    return [_person(session.get_one(Account, row.account_id), row) for row in rows]


def add_person(
    session: Session, *, acting: Acting, profile_id: int, invited: Invited, part: Part, now: datetime
) -> MemberPerson:
    """Let someone act for a member, or give them another part. Someone new gets an account and a letter.

    The address of an account that has ended is taken like any other, and nobody acts through it.
    Raises `profile_unknown`, `not_representative`, `last_representative`, `scope_missing`.
    """
    rows = _held(session, acting=acting, profile_id=profile_id)
    account = known_or_new(session, invited=invited, role=_role_beside(acting), now=now)
    row = next((row for row in rows if row.account_id == account.id), None)
    if row is not None and row.part == part:
        return _person(account, row)
    if row is not None and part is Part.EDITOR:
        _check_another(session, leaving=row)
    row = row or Representation(account_id=account.id or 0, profile_id=profile_id, called=invited.name)
    row.part = part
    session.add(row)
    detect_conflicts(session, profile_id=profile_id, now=now)
    codes = {"account_id": account.id, "part": part.value}
    record_act(session, acting=acting, act="person.add", subject=SUBJECT, subject_id=profile_id, now=now, codes=codes)
    write_letter(session, kind=INVITED, account_id=account.id, subject_id=profile_id, codes={"part": part}, now=now)
    return _person(account, row)


def remove_person(session: Session, *, acting: Acting, profile_id: int, account_id: int, now: datetime) -> None:
    """Let someone no longer act for a member; everyone may take leave, but not the last representative.

    Raises `profile_unknown`, `not_representative`, `person_unknown`, `last_representative`, `scope_missing`.
    """
    rows = _held(session, acting=acting, profile_id=profile_id, leaving=account_id)
    row = _row_of(rows, account_id=account_id, profile_id=profile_id)
    _check_another(session, leaving=row)
    session.delete(row)
    detect_conflicts(session, profile_id=profile_id, now=now)
    codes = {"account_id": account_id}
    record_act(
        session, acting=acting, act="person.remove", subject=SUBJECT, subject_id=profile_id, now=now, codes=codes
    )


def name_successor(
    session: Session, *, acting: Acting, profile_id: int, account_id: int, invited: Invited, now: datetime
) -> MemberPerson:
    """Let someone speak for a member in another's place. Challenges and introductions are the member's: they follow.

    Raises `profile_unknown`, `not_representative`, `person_unknown`, `successor_same`, `account_ended`,
    `scope_missing`.
    """
    rows = _held(session, acting=acting, profile_id=profile_id)
    leaving = _row_of(rows, account_id=account_id, profile_id=profile_id)
    account = invite(session, invited=invited, role=_role_beside(acting), now=now)
    if account.id == account_id:
        raise ConflictError("successor_same")
    row = next((row for row in rows if row.account_id == account.id), None)
    row = row or Representation(account_id=account.id or 0, profile_id=profile_id, called=invited.name)
    row.part = Part.REPRESENTATIVE
    session.add(row)
    session.delete(leaving)
    detect_conflicts(session, profile_id=profile_id, now=now)
    codes = {"account_id": account_id, "successor_id": account.id}
    record_act(
        session, acting=acting, act="successor.name", subject=SUBJECT, subject_id=profile_id, now=now, codes=codes
    )
    part = Part.REPRESENTATIVE
    write_letter(session, kind=INVITED, account_id=account.id, subject_id=profile_id, codes={"part": part}, now=now)
    return _person(account, row)


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


def _held(session: Session, *, acting: Acting, profile_id: int, leaving: int | None = None) -> Sequence[Representation]:
    """The people of a member, which nobody else changes until the commit, for whoever may change them."""
    check_people_scope(acting)
    get_profile(session, acting=acting, profile_id=profile_id)
    session.exec(select(Profile.id).where(Profile.id == profile_id).with_for_update())
    rows = _people(session, profile_id)
    is_leave = leaving is not None and leaving == acting.account_id
    if not (acting.is_secretariat or is_leave or speaks(rows, account_id=acting.account_id)):
        raise NotAllowedError("not_representative", profile_id=profile_id)
    return rows


def _people(session: Session, profile_id: int) -> Sequence[Representation]:
    rows = select(Representation).where(Representation.profile_id == profile_id)
    return session.exec(rows.order_by(col(Representation.account_id))).all()


def _row_of(rows: Sequence[Representation], *, account_id: int, profile_id: int) -> Representation:
    found = next((row for row in rows if row.account_id == account_id), None)
    if found is None:
        raise NotFoundError("person_unknown", account_id=account_id, profile_id=profile_id)
    return found


def _check_another(session: Session, *, leaving: Representation) -> None:
    """Raise `last_representative` unless somebody else speaks for the member, through an account that holds."""
    profile_id = leaving.profile_id
    others = [account for account in speakers_of(session, profile_id=profile_id) if account.id != leaving.account_id]
    if is_speaking(leaving) and not others:
        raise ConflictError("last_representative", profile_id=profile_id)


def _role_beside(acting: Acting) -> Role:
    """New people of a city are of a city too; of all others, suppliers."""
    return Role.CITY if acting.role is Role.CITY else Role.SUPPLIER
