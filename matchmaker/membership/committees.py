"""Committees: seats filled by sector, the act of constitution, the first assembly that passes the rights on."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from matchmaker.accounts.models import OPERATOR, Account, Acting, Role
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.membership.committee_queries import get_committee, seats_of
from matchmaker.membership.models import Committee, Seat
from matchmaker.membership.office import Office, check_power
from matchmaker.membership.rules import is_in_force, months_after
from matchmaker.membership.states import CommitteeKind, Sector
from matchmaker.profiles.queries import get_profile
from matchmaker.profiles.speaking import speaks_for


def open_committee(session: Session, *, office: Office, acting: Acting, kind: CommitteeKind) -> Committee:
    """Make a committee whose seats can be filled. Raises `secretariat_only`, `committee_exists`."""
    check_power(acting)
    if session.exec(select(Committee.id).where(Committee.kind == kind)).first() is not None:
        raise ConflictError("committee_exists", kind=kind)
    row = Committee(kind=kind, created_at=office.now)
    session.add(row)
    session.flush()
    office.note(session, acting=acting, act="committee.open", subject="committee", subject_id=row.id, kind=kind)
    return row


def fill_seat(
    session: Session, *, office: Office, acting: Acting, committee_id: int, profile_id: int, account_id: int
) -> Seat:
    """Give an agent's person a seat of the agent's sector.

    Raises `secretariat_only`, `committee_unknown`, `committee_state`, `profile_unknown`, `account_unknown`,
    `account_not_committee`, `seat_needs_representation`, `seat_taken`, `sector_full`.
    """
    check_power(acting)
    committee = _not_ended(session, committee_id)
    sector = office.charter.sectors.of_kind[get_profile(session, acting=OPERATOR, profile_id=profile_id).profile.kind]
    _check_person(session, account_id=account_id, profile_id=profile_id)
    held = seats_of(session, committee_id=committee.id)
    if any(seat.account_id == account_id or seat.profile_id == profile_id for seat in held):
        raise ConflictError("seat_taken", profile_id=profile_id, account_id=account_id)
    if sum(seat.sector == sector for seat in held) >= office.charter.policy.seats[sector]:
        raise ConflictError("sector_full", sector=sector, count=office.charter.policy.seats[sector])
    seat = Seat(
        committee_id=committee_id, sector=sector, profile_id=profile_id, account_id=account_id, filled_at=office.now
    )
    session.add(seat)
    session.flush()
    office.note(session, acting=acting, act="seat.fill", subject="seat", subject_id=seat.id, sector=sector)
    return seat


def vacate_seat(session: Session, *, office: Office, acting: Acting, seat_id: int) -> Seat:
    """Take someone out of a seat, and out of the committee's role.

    Raises `secretariat_only`, `seat_unknown`, `committee_state`.
    """
    check_power(acting)
    seat = session.get(Seat, seat_id)
    if seat is None:
        raise NotFoundError("seat_unknown", seat_id=seat_id)
    _not_ended(session, seat.committee_id)
    if seat.vacated_at is not None:
        return seat
    seat.vacated_at = office.now
    session.add(seat)
    session.flush()
    _take_role(session, office=office, acting=acting, seats=[seat])
    office.note(session, acting=acting, act="seat.vacate", subject="seat", subject_id=seat.id)
    return seat


def constitute(
    session: Session, *, office: Office, acting: Acting, committee_id: int, constituted_on: date, text_version: str
) -> Committee:
    """The act of constitution of the founding committee: from now on it decides, and its time to an assembly runs.

    Raises `secretariat_only`, `committee_unknown`, `committee_state`, `date_in_future`, `sectors_missing`.
    """
    check_power(acting)
    committee = _not_ended(session, committee_id)
    if committee.kind != CommitteeKind.FOUNDING or committee.constituted_on is not None:
        raise ConflictError("committee_state", committee_id=committee_id)
    _check_past(constituted_on, office, field="constituted_on")
    _check_sectors(session, committee)
    committee.constituted_on, committee.text_version = constituted_on, text_version
    committee.first_assembly_by = months_after(constituted_on, office.charter.policy.first_assembly_months)
    session.add(committee)
    session.flush()
    _note_constitution(session, office=office, acting=acting, committee=committee)
    return committee


def hold_first_assembly(
    session: Session, *, office: Office, acting: Acting, committee_id: int, held_on: date, text_version: str
) -> Committee:
    """End the founding committee; the governance body, whose seats the assembly filled, has its rights from now on.

    Who sat in the one and does not in the other decides and reads no more than any member.

    Raises `secretariat_only`, `committee_unknown`, `committee_state`, `date_in_future`, `date_too_early`,
    `governance_needed`, `sectors_missing`.
    """
    check_power(acting)
    founding = _not_ended(session, committee_id)
    if founding.kind != CommitteeKind.FOUNDING or founding.constituted_on is None or not is_in_force(founding):
        raise ConflictError("committee_state", committee_id=committee_id)
    _check_past(held_on, office, field="held_on")
    if held_on < founding.constituted_on:
        raise InvalidInputError("date_too_early", field="held_on", value=held_on, earliest=founding.constituted_on)
    governing = session.exec(select(Committee).where(Committee.kind == CommitteeKind.GOVERNANCE)).first()
    if governing is None:
        raise ConflictError("governance_needed")
    _check_sectors(session, governing)
    founding.ended_on = held_on
    governing.constituted_on, governing.text_version = held_on, text_version
    session.add_all([founding, governing])
    session.flush()
    office.note(session, acting=acting, act="committee.end", subject="committee", subject_id=founding.id)
    _take_role(session, office=office, acting=acting, seats=seats_of(session, committee_id=founding.id))
    _note_constitution(session, office=office, acting=acting, committee=governing)
    return governing


def _take_role(session: Session, *, office: Office, acting: Acting, seats: Sequence[Seat]) -> None:
    """Give back the role that they had as members of their agents to those who have no seat any more."""
    living = select(Seat.account_id).join(Committee, col(Committee.id) == col(Seat.committee_id))
    still = set(session.exec(living.where(col(Seat.vacated_at).is_(None), col(Committee.ended_on).is_(None))).all())
    for seat in seats:
        account = None if seat.account_id is None else session.get(Account, seat.account_id)
        if account is None or account.id in still or account.role != Role.COMMITTEE:
            continue
        account.role = Role.CITY if seat.sector == Sector.PUBLIC_BODIES else Role.SUPPLIER
        session.add(account)
        office.note(
            session, acting=acting, act="role.give", subject="account", subject_id=account.id,
            **{"from": Role.COMMITTEE.value, "to": account.role},
        )  # fmt: skip
    session.flush()


def _not_ended(session: Session, committee_id: int) -> Committee:
    committee = get_committee(session, committee_id=committee_id)
    session.refresh(committee, with_for_update=True)
    if committee.ended_on is not None:
        raise ConflictError("committee_state", committee_id=committee_id)
    return committee


def _check_person(session: Session, *, account_id: int, profile_id: int) -> None:
    account = session.exec(select(Account).where(Account.id == account_id, col(Account.ended_at).is_(None))).first()
    if account is None:
        raise NotFoundError("account_unknown", account_id=account_id)
    if account.role != Role.COMMITTEE:
        raise ConflictError("account_not_committee", account_id=account_id)
    if not speaks_for(session, acting=Acting(account_id=account_id), profile_id=profile_id):
        raise ConflictError("seat_needs_representation", account_id=account_id, profile_id=profile_id)


def _check_sectors(session: Session, committee: Committee) -> None:
    filled = {seat.sector for seat in seats_of(session, committee_id=committee.id)}
    missing = [sector for sector in Sector if sector not in filled]
    if missing:
        raise ConflictError("sectors_missing", sectors=missing)


def _check_past(day: date, office: Office, *, field: str) -> None:
    today = office.now.date()
    if day > today:
        raise InvalidInputError("date_in_future", field=field, value=day, latest=today)


def _note_constitution(session: Session, *, office: Office, acting: Acting, committee: Committee) -> None:
    seats = seats_of(session, committee_id=committee.id)
    office.note(
        session, acting=acting, act="committee.constitute", subject="committee", subject_id=committee.id,
        **{str(sector): sum(seat.sector == sector for seat in seats) for sector in Sector},
    )  # fmt: skip
