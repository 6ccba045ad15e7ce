"""Reports of a breach of the code: received, examined, decided, perhaps appealed, closed."""

from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Account, Acting, Role
from matchmaker.audit.actions import record_act
from matchmaker.errors import ConflictError, InvalidInputError, NotAllowedError, NotFoundError
from matchmaker.integrity.drafts import IncidentDraft
from matchmaker.integrity.incident_queries import Side, viewer_of
from matchmaker.integrity.models import Incident, IncidentState, IncidentStep, Measure
from matchmaker.integrity.rulebook import Rulebook
from matchmaker.integrity.rules import may_follow
from matchmaker.profiles.queries import get_profile

NOBODY = Acting()


def report_breach(
    session: Session, *, acting: Acting, draft: IncidentDraft, rulebook: Rulebook, now: datetime
) -> Incident:
    """Report a breach; it goes at once to the member of the committee without a conflict who has least to do.

    Raises `sign_in_needed`, `profile_unknown`, `unknown_code`.
    """
    if acting.account_id is None:
        raise NotAllowedError("sign_in_needed")
    get_profile(session, acting=acting, profile_id=draft.about_id)
    code = rulebook.in_force(now)
    code.check_article(draft.article)
    incident = Incident(**draft.model_dump(), reporter_id=acting.account_id, code_version=code.version, created_at=now)
    session.add(incident)
    session.flush()
    _enter(session, incident, IncidentState.RECEIVED, acting=acting, reason="", rulebook=rulebook, now=now)
    _assign(session, incident, acting=NOBODY, now=now)
    return incident


def assign_incident(session: Session, *, acting: Acting, incident_id: int, account_id: int, now: datetime) -> Incident:
    """Give an open incident to another member of the committee, one without a conflict.

    Raises `office_needed`, `incident_unknown`, `incident_closed`, `assignee_not_possible`.
    """
    if not (acting.is_secretariat or acting.is_administrator):
        raise NotAllowedError("office_needed")
    incident = _held(session, acting, incident_id)
    if incident.state in {IncidentState.DECIDED, IncidentState.CLOSED}:
        raise ConflictError("step_not_possible", state=incident.state, to="assigned")
    if account_id not in may_examine(session, incident):
        raise ConflictError("assignee_not_possible", account_id=account_id)
    _note_assignment(session, incident, account_id, acting=acting, now=now)
    return incident


def take_step(
    session: Session,
    *,
    acting: Acting,
    incident_id: int,
    to: IncidentState,
    reason: str,
    measure: Measure | None,
    rulebook: Rulebook,
    now: datetime,
) -> Incident:
    """Bring an incident on: the person to whom it is assigned examines, decides and closes; the member appeals.

    An appeal goes to somebody who has not decided on it. What nobody appeals in time closes by itself.
    Raises `incident_unknown`, `not_your_incident`, `step_not_possible`, `appeal_too_late`, `measure_needed`.
    """
    incident = _held(session, acting, incident_id)
    is_appealed = incident.state == IncidentState.APPEALED
    _check_hands(session, acting, incident, to)
    if not may_follow(incident.state, to) or (to is IncidentState.CLOSED and not is_appealed):
        raise ConflictError("step_not_possible", state=incident.state, to=to)
    if to is IncidentState.APPEALED and incident.due_at is not None and now >= incident.due_at:
        raise ConflictError("appeal_too_late", due_at=incident.due_at.isoformat())
    if (measure is None) == (to in {IncidentState.DECIDED, IncidentState.CLOSED}):
        raise InvalidInputError("measure_needed", field="measure", value=measure)
    incident.measure = measure or incident.measure
    _enter(session, incident, to, acting=acting, reason=reason, rulebook=rulebook, now=now)
    if to is IncidentState.APPEALED:
        _assign(session, incident, acting=NOBODY, now=now)
    return incident


def close_unappealed(session: Session, *, now: datetime, rulebook: Rulebook) -> int:
    """Close what was decided and not appealed in time; says how many."""
    statement = select(Incident).where(Incident.state == IncidentState.DECIDED, col(Incident.due_at) <= now)
    found = session.exec(statement.order_by(col(Incident.id)).with_for_update()).all()
    for incident in found:
        _enter(session, incident, IncidentState.CLOSED, acting=NOBODY, reason="", rulebook=rulebook, now=now)
    return len(found)


def may_examine(session: Session, incident: Incident) -> list[int]:
    """Members of the committee without a conflict who have not decided on it before, those with least to do first."""
    accounts = session.exec(
        select(Account).where(Account.role == Role.COMMITTEE, col(Account.ended_at).is_(None)).order_by(col(Account.id))
    ).all()
    decided = set(
        session.exec(
            select(IncidentStep.account_id).where(
                IncidentStep.incident_id == incident.id, IncidentStep.state == IncidentState.DECIDED
            )
        ).all()
    )
    free = [
        account.id
        for account in accounts
        if account.id is not None
        and account.id not in decided
        and viewer_of(session, _as_committee(account.id)).side(incident) is Side.COMMITTEE
    ]
    load = dict(
        session.exec(
            select(Incident.assigned_id, func.count())
            .where(Incident.state != IncidentState.CLOSED)
            .group_by(col(Incident.assigned_id))
        ).all()
    )
    return sorted(free, key=lambda number: (load.get(number, 0), number))


def _check_hands(session: Session, acting: Acting, incident: Incident, to: IncidentState) -> None:
    """Raise `not_your_incident` unless the step is this account's to take."""
    if to is IncidentState.APPEALED:
        is_theirs = incident.about_id in viewer_of(session, acting).speaks_for
    else:
        is_assigned = incident.assigned_id is not None and incident.assigned_id == acting.account_id
        is_theirs = is_assigned and viewer_of(session, acting).side(incident) is Side.COMMITTEE
    if not is_theirs:
        raise NotAllowedError("not_your_incident", incident_id=incident.id)


def _enter(
    session: Session, incident: Incident, state: IncidentState, *, acting: Acting, reason: str, rulebook: Rulebook,
    now: datetime,
) -> None:  # fmt: skip
    days = rulebook.incident_days.get(state)
    incident.state, incident.due_at = state, None if days is None else now + timedelta(days=days)
    measure = incident.measure if state in {IncidentState.DECIDED, IncidentState.CLOSED} else None
    session.add(incident)
    session.add(
        IncidentStep(
            incident_id=incident.id or 0, account_id=acting.account_id, state=state, measure=measure, reason=reason,
            at=now,
        )
    )  # fmt: skip
    session.flush()
    if state is not IncidentState.RECEIVED:  # the log would name a protected reporter
        record_act(
            session, acting=acting, act=f"incident_{state}", subject="incident", subject_id=incident.id or 0, now=now,
            codes={"measure": measure},
        )  # fmt: skip


def _assign(session: Session, incident: Incident, *, acting: Acting, now: datetime) -> None:
    """Give it to whoever may examine it and has least to do; to nobody when there is none."""
    free = may_examine(session, incident)
    _note_assignment(session, incident, free[0] if free else None, acting=acting, now=now)


def _note_assignment(
    session: Session, incident: Incident, account_id: int | None, *, acting: Acting, now: datetime
) -> None:
    incident.assigned_id = account_id
    session.add(incident)
    record_act(
        session, acting=acting, act="incident_assigned", subject="incident", subject_id=incident.id or 0, now=now,
        codes={"account_id": account_id},
    )  # fmt: skip


def _held(session: Session, acting: Acting, incident_id: int) -> Incident:
    """The incident, held until the commit: of two who act on it at once the second sees what the first did."""
    row = session.get(Incident, incident_id, with_for_update=True)
    if row is None or viewer_of(session, acting).side(row) is None:
        raise NotFoundError("incident_unknown", incident_id=incident_id)
    return row


def _as_committee(account_id: int) -> Acting:
    return Acting(account_id=account_id, role=Role.COMMITTEE)
