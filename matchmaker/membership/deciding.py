"""Decisions: by one secretary, or by the votes of the committee; on appeal by other people than before."""

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.errors import ConflictError, NotAllowedError
from matchmaker.membership.assessing import assessments_of
from matchmaker.membership.ballots import outcome_of
from matchmaker.membership.committee_queries import sits
from matchmaker.membership.conflicts import may_judge
from matchmaker.membership.models import Application, Assessment, Decision, Vote
from matchmaker.membership.office import DECIDED, Office
from matchmaker.membership.queries import get_application, representatives
from matchmaker.membership.rules import VERDICTS, StandingAct, next_state, round_of
from matchmaker.membership.standing import change_standing
from matchmaker.membership.states import ApplicationState, Body, Outcome
from matchmaker.membership.voters import deciders, voters, votes_of
from matchmaker.profiles.models import Profile

STANDING_ACTS = {Outcome.ADMITTED: StandingAct.ADMIT, Outcome.REFUSED: StandingAct.REFUSE}


def decide(
    session: Session, *, office: Office, acting: Acting, application_id: int, outcome: Outcome, reason: str
) -> Decision:
    """Decide as one secretary, where no committee can.

    Raises `secretariat_only`, `application_unknown`, `application_state`, `committee_decides`, `assessments_missing`,
    `conflict_of_interest`, `decided_by_you`, `standing_state`.
    """
    if not acting.is_secretariat:
        raise NotAllowedError("secretariat_only")
    row = _waiting(session, office=office, acting=acting, application_id=application_id, outcome=outcome)
    if row.has_committee and voters(session, office=office, row=row):
        raise ConflictError("committee_decides", application_id=application_id)
    if not may_judge(session, office.conflicts, account_id=acting.account_id, profile_id=row.profile_id):
        raise NotAllowedError("conflict_of_interest")
    if acting.account_id in deciders(session, row):
        raise NotAllowedError("decided_by_you")
    return _conclude(
        session, office=office, acting=acting, row=row, outcome=outcome, reason=reason, body=Body.SECRETARIAT
    )


def vote(
    session: Session, *, office: Office, acting: Acting, application_id: int, outcome: Outcome, reason: str
) -> Vote:
    """Vote once; the decision falls with the vote that nothing outstanding can overturn.

    Raises `seat_needed`, `application_unknown`, `application_state`, `secretary_decides`, `assessments_missing`,
    `decided_by_you`, `conflict_of_interest`, `vote_cast`, `standing_state`.
    """
    if not sits(session, acting=acting):
        raise NotAllowedError("seat_needed")
    row = _waiting(session, office=office, acting=acting, application_id=application_id, outcome=outcome)
    if not row.has_committee:
        raise ConflictError("secretary_decides", application_id=application_id)
    allowed = voters(session, office=office, row=row)
    if acting.account_id not in allowed:
        is_before = acting.account_id in deciders(session, row)
        raise NotAllowedError("decided_by_you" if is_before else "conflict_of_interest")
    cast = votes_of(session, row=row, allowed=allowed)
    if any(ballot.account_id == acting.account_id for ballot in cast):
        raise ConflictError("vote_cast", application_id=application_id)
    ballot = Vote(
        application_id=application_id, round=round_of(row), account_id=acting.account_id, outcome=outcome,
        reason=reason, cast_at=office.now,
    )  # fmt: skip
    session.add(ballot)
    session.flush()
    office.note(
        session, acting=acting, act="application.vote", subject="application", subject_id=row.id, outcome=outcome
    )
    _count(session, office=office, acting=acting, row=row, is_closed=False)
    return ballot


def close_vote(session: Session, *, office: Office, acting: Acting, application_id: int) -> Decision:
    """Decide by the votes cast so far, once they are enough for the quorum.

    Raises `secretariat_only`, `application_unknown`, `application_state`, `secretary_decides`, `quorum_missing`.
    """
    if not acting.is_secretariat:
        raise NotAllowedError("secretariat_only")
    row = _waiting(session, office=office, acting=acting, application_id=application_id, outcome=Outcome.REFUSED)
    if not row.has_committee:
        raise ConflictError("secretary_decides", application_id=application_id)
    decision = _count(session, office=office, acting=acting, row=row, is_closed=True)
    if decision is None:
        raise ConflictError("quorum_missing", percent=office.charter.policy.quorum_percent)
    return decision


def _waiting(session: Session, *, office: Office, acting: Acting, application_id: int, outcome: Outcome) -> Application:
    """An application that can be decided now, held until the commit."""
    row = get_application(session, office=office, acting=acting, application_id=application_id).application
    session.refresh(row, with_for_update=True)
    next_state(row, VERDICTS[outcome])
    given = assessments_of(session, application_id=row.id)
    pending = [found for found in given if not _counts(session, office=office, row=row, given=found)]
    if row.state == ApplicationState.IN_ASSESSMENT and pending:
        raise ConflictError("assessments_missing", count=len(pending))
    return row


def _counts(session: Session, *, office: Office, row: Application, given: Assessment) -> bool:
    """Whether an assessment is there, by someone in whom no conflict was found since."""
    is_apart = not may_judge(session, office.conflicts, account_id=given.account_id, profile_id=row.profile_id)
    return given.completed_at is not None and not is_apart


def _count(session: Session, *, office: Office, acting: Acting, row: Application, is_closed: bool) -> Decision | None:
    allowed = voters(session, office=office, row=row)
    cast = votes_of(session, row=row, allowed=allowed)
    said = [Outcome(ballot.outcome) for ballot in cast]
    outcome = outcome_of(said, eligible=len(allowed), policy=office.charter.policy, is_closed=is_closed)
    if outcome is None:
        return None
    reason = "\n\n".join(ballot.reason for ballot in cast if ballot.outcome == outcome)
    return _conclude(
        session, office=office, acting=acting, row=row, outcome=outcome, reason=reason, body=Body.COMMITTEE
    )


def _conclude(
    session: Session, *, office: Office, acting: Acting, row: Application, outcome: Outcome, reason: str, body: Body
) -> Decision:
    round_ = round_of(row)
    row.state, row.changed_at = next_state(row, VERDICTS[outcome]), office.now
    decision = Decision(
        application_id=row.id or 0, round=round_, outcome=outcome, body=body, reason=reason,
        account_id=acting.account_id if body is Body.SECRETARIAT else None, decided_at=office.now,
    )  # fmt: skip
    session.add_all([row, decision])
    session.flush()
    office.note(
        session, acting=acting, act="application.decide", subject="application", subject_id=row.id, outcome=outcome,
        round=round_, body=body,
    )  # fmt: skip
    profile = session.get_one(Profile, row.profile_id)
    change_standing(session, office=office, acting=acting, profile=profile, act=STANDING_ACTS[outcome], reason=reason)
    accounts = representatives(session, profile_id=row.profile_id)
    office.tell(session, kind=DECIDED, accounts=accounts, subject_id=row.id or 0, once=round_)
    return decision
