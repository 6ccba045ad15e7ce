"""What applicants do: begin, edit, submit, withdraw, appeal. And what opens or shuts the way: the process in force."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.accounts.queries import secretaries
from matchmaker.errors import ConflictError
from matchmaker.membership.assessing import assign_assessors
from matchmaker.membership.committee_queries import committee_in_force
from matchmaker.membership.models import AdmissionProcess, Appeal, Application, Standing
from matchmaker.membership.office import ARRIVED, RECEIVED, Office, check_power
from matchmaker.membership.queries import decision_of, get_application, process_in_force, representatives
from matchmaker.membership.rules import OPEN_STATES, ApplicationAct, check_appeal, next_state
from matchmaker.membership.standing import check_speaks_for
from matchmaker.membership.states import ApplicationState, Round, Status
from matchmaker.membership.voters import call_to_vote
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import get_profile


def begin_application(session: Session, *, office: Office, acting: Acting, profile_id: int, words: str) -> Application:
    """Start an application for a profile.

    Raises `profile_unknown`, `not_your_profile`, `application_open`, `member_already`.
    """
    get_profile(session, acting=acting, profile_id=profile_id)
    check_speaks_for(session, acting=acting, profile_id=profile_id)
    _check_free(session, profile_id=profile_id)
    row = Application(
        profile_id=profile_id, account_id=acting.account_id, words=words, created_at=office.now, changed_at=office.now
    )
    session.add(row)
    session.flush()
    return row


def edit_application(
    session: Session, *, office: Office, acting: Acting, application_id: int, words: str
) -> Application:
    """Replace the words of a draft. Raises `application_unknown`, `not_your_profile`, `application_state`."""
    row = _own(session, office=office, acting=acting, application_id=application_id)
    next_state(row, ApplicationAct.SUBMIT)
    row.words, row.changed_at = words, office.now
    session.add(row)
    session.flush()
    return row


def submit_application(session: Session, *, office: Office, acting: Acting, application_id: int) -> Application:
    """Hand an application in; it is decided as the process in force says.

    Raises `application_unknown`, `not_your_profile`, `application_state`.
    """
    row = _own(session, office=office, acting=acting, application_id=application_id)
    _move(session, office=office, row=row, act=ApplicationAct.SUBMIT)
    process = process_in_force(session)
    row.submitted_at = office.now
    if process is not None:
        row.criteria_version = process.criteria_version
        row.has_assessors, row.has_committee = process.has_assessors, process.has_committee
    _tell_of_arrival(session, office=office, row=row, once="submitted")
    if row.has_assessors and assign_assessors(session, office=office, application=row):
        _move(session, office=office, row=row, act=ApplicationAct.ASSESS)
    elif row.has_committee:
        call_to_vote(session, office=office, row=row)
    session.flush()
    return row


def withdraw_application(session: Session, *, office: Office, acting: Acting, application_id: int) -> Application:
    """Take an application back. Raises `application_unknown`, `not_your_profile`, `application_state`."""
    row = _own(session, office=office, acting=acting, application_id=application_id)
    _move(session, office=office, row=row, act=ApplicationAct.WITHDRAW)
    session.flush()
    return row


def appeal(session: Session, *, office: Office, acting: Acting, application_id: int, words: str) -> Application:
    """Ask once for a refusal to be looked at again, by other people.

    Raises `application_unknown`, `not_your_profile`, `application_state`, `appeal_too_late`, `application_open`.
    """
    row = _own(session, office=office, acting=acting, application_id=application_id)
    next_state(row, ApplicationAct.APPEAL)
    first = decision_of(session, application_id=row.id, round_=Round.FIRST)
    if first is not None:
        check_appeal(first, office.charter.policy, office.now)
    _check_free(session, profile_id=row.profile_id)
    _move(session, office=office, row=row, act=ApplicationAct.APPEAL)
    session.add(Appeal(application_id=row.id or 0, words=words, account_id=acting.account_id, made_at=office.now))
    _tell_of_arrival(session, office=office, row=row, once="appealed")
    if row.has_committee:
        call_to_vote(session, office=office, row=row)
    session.flush()
    return row


def switch_process(
    session: Session,
    *,
    office: Office,
    acting: Acting,
    criteria_version: str,
    has_assessors: bool,
    has_committee: bool,
    reason: str,
) -> AdmissionProcess:
    """Say how applications submitted from now on are decided; said once more with the same reason changes nothing.

    Raises `secretariat_only`, `unknown_code`, `criteria_needed`, `committee_needed`.
    """
    check_power(acting)
    if criteria_version:
        office.charter.criteria_of(criteria_version)
    if has_assessors and not criteria_version:
        raise ConflictError("criteria_needed")
    if has_committee and committee_in_force(session) is None:
        raise ConflictError("committee_needed")
    latest = process_in_force(session)
    asked = (criteria_version, has_assessors, has_committee, reason)
    if latest and (latest.criteria_version, latest.has_assessors, latest.has_committee, latest.reason) == asked:
        return latest
    row = AdmissionProcess(
        criteria_version=criteria_version, has_assessors=has_assessors, has_committee=has_committee, reason=reason,
        account_id=acting.account_id, decided_at=office.now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    office.note(
        session, acting=acting, act="admission.switch", subject="admission_process", subject_id=row.id,
        criteria=criteria_version, assessors=has_assessors, committee=has_committee,
    )  # fmt: skip
    return row


def _own(session: Session, *, office: Office, acting: Acting, application_id: int) -> Application:
    row = get_application(session, office=office, acting=acting, application_id=application_id).application
    check_speaks_for(session, acting=acting, profile_id=row.profile_id)
    return hold_application(session, row)


def hold_application(session: Session, row: Application) -> Application:
    """Let nobody else move an application until the commit."""
    session.refresh(row, with_for_update=True)
    return row


def _move(session: Session, *, office: Office, row: Application, act: ApplicationAct) -> None:
    row.state, row.changed_at = next_state(row, act), office.now
    session.add(row)


def _tell_of_arrival(session: Session, *, office: Office, row: Application, once: str) -> None:
    """The applicant, that it came in; the secretariat, that there is work."""
    accounts: Sequence[int] = representatives(session, profile_id=row.profile_id)
    office.tell(session, kind=RECEIVED, accounts=accounts, subject_id=row.id or 0, once=once)
    office.tell(session, kind=ARRIVED, accounts=secretaries(session), subject_id=row.id or 0, once=once)


def _check_free(session: Session, *, profile_id: int) -> None:
    """Raise `application_open` while another one waits, `member_already` for who was admitted; hold the profile."""
    session.exec(select(Profile.id).where(Profile.id == profile_id).with_for_update())
    waiting = select(Application.id, Application.state).where(Application.profile_id == profile_id)
    for number, state in session.exec(waiting.order_by(col(Application.id))).all():
        if ApplicationState(state) in OPEN_STATES:
            raise ConflictError("application_open", profile_id=profile_id, application_id=number)
    standing = session.get(Standing, profile_id)
    if standing is not None and standing.status in {Status.ACTIVE, Status.SUSPENDED}:
        raise ConflictError("member_already", profile_id=profile_id, status=standing.status)
