"""Pure decisions on applications, standings and committees: the moves there are, and who may make them."""

import calendar
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from matchmaker.errors import ConflictError
from matchmaker.membership.charter import Policy
from matchmaker.membership.models import Application, Committee, Decision
from matchmaker.membership.states import ApplicationState, CommitteeKind, Outcome, Round, Status
from matchmaker.profiles.models import Visibility

MONTHS_A_YEAR = 12
ASSEMBLY_REMINDER_DAYS = (60, 14)  # before the first assembly is due


class ApplicationAct(StrEnum):
    """What can be done to an application."""

    SUBMIT = "submit"
    ASSESS = "assess"
    ADMIT = "admit"
    REFUSE = "refuse"
    APPEAL = "appeal"
    WITHDRAW = "withdraw"


class StandingAct(StrEnum):
    """What can be done to the standing of an agent."""

    ADMIT = "admit"
    REFUSE = "refuse"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    LEAVE = "leave"


class Admission(StrEnum):
    """Whether a new profile is shown at once, or only once it is admitted."""

    OPEN = "open"
    REVIEWED = "reviewed"


_S, _A = ApplicationState, ApplicationAct
APPLICATION_MOVES: Mapping[tuple[ApplicationState, ApplicationAct], ApplicationState] = {
    (_S.DRAFT, _A.SUBMIT): _S.SUBMITTED,
    (_S.DRAFT, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.SUBMITTED, _A.ASSESS): _S.IN_ASSESSMENT,
    (_S.SUBMITTED, _A.ADMIT): _S.ADMITTED,
    (_S.SUBMITTED, _A.REFUSE): _S.REFUSED,
    (_S.SUBMITTED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.IN_ASSESSMENT, _A.ADMIT): _S.ADMITTED,
    (_S.IN_ASSESSMENT, _A.REFUSE): _S.REFUSED,
    (_S.IN_ASSESSMENT, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.REFUSED, _A.APPEAL): _S.APPEALED,
    (_S.APPEALED, _A.ADMIT): _S.ADMITTED,
    (_S.APPEALED, _A.REFUSE): _S.REFUSED_FINALLY,
    (_S.APPEALED, _A.WITHDRAW): _S.WITHDRAWN,
}
"""Every move there is; all others are refused."""
OPEN_STATES = frozenset({_S.DRAFT, _S.SUBMITTED, _S.IN_ASSESSMENT, _S.APPEALED})
"""In which an application still waits for someone."""
JUDGED = OPEN_STATES - {_S.DRAFT}
"""In which somebody still has to decide."""
VERDICTS = {Outcome.ADMITTED: _A.ADMIT, Outcome.REFUSED: _A.REFUSE}

STANDING_MOVES: Mapping[tuple[Status | None, StandingAct], Status] = {
    (None, StandingAct.ADMIT): Status.ACTIVE,
    (Status.REFUSED, StandingAct.ADMIT): Status.ACTIVE,
    (Status.WITHDRAWN, StandingAct.ADMIT): Status.ACTIVE,
    (None, StandingAct.REFUSE): Status.REFUSED,
    (Status.REFUSED, StandingAct.REFUSE): Status.REFUSED,
    (Status.WITHDRAWN, StandingAct.REFUSE): Status.REFUSED,
    (Status.SUSPENDED, StandingAct.REFUSE): Status.REFUSED,
    (None, StandingAct.SUSPEND): Status.SUSPENDED,
    (Status.ACTIVE, StandingAct.SUSPEND): Status.SUSPENDED,
    (Status.SUSPENDED, StandingAct.REINSTATE): Status.ACTIVE,
    (None, StandingAct.LEAVE): Status.WITHDRAWN,
    (Status.ACTIVE, StandingAct.LEAVE): Status.WITHDRAWN,
    (Status.SUSPENDED, StandingAct.LEAVE): Status.WITHDRAWN,
}
"""Every change of a standing; None is an agent on whom nobody has decided. Who left or was refused applies anew."""


def next_state(application: Application, act: ApplicationAct) -> ApplicationState:
    """The state after an act. Raises `application_state` when the present one does not allow it."""
    state = ApplicationState(application.state)
    if (state, act) not in APPLICATION_MOVES:
        raise ConflictError("application_state", application_id=application.id, state=state, act=act)
    return APPLICATION_MOVES[state, act]


def next_status(status: Status | None, act: StandingAct, *, profile_id: int) -> Status:
    """The standing after an act. Raises `standing_state` when the present one does not allow it."""
    if (status, act) not in STANDING_MOVES:
        raise ConflictError("standing_state", profile_id=profile_id, status=status or "none", act=act)
    return STANDING_MOVES[status, act]


def visibility_of(status: Status) -> Visibility:
    """What a standing means for every match, list and feed."""
    return Visibility.VISIBLE if status is Status.ACTIVE else Visibility.HIDDEN


def first_visibility(admission: Admission, *, is_secretariat: bool) -> Visibility:
    """How a profile that someone writes begins; what the secretariat writes was looked at by the secretariat."""
    return Visibility.VISIBLE if admission is Admission.OPEN or is_secretariat else Visibility.HIDDEN


def claimed_visibility(admission: Admission) -> Visibility:
    """How an imported profile goes on once its owner has claimed it."""
    return Visibility.VISIBLE if admission is Admission.OPEN else Visibility.HIDDEN


def round_of(application: Application) -> Round:
    """The round that an application is in, or that comes next."""
    later = {ApplicationState.APPEALED, ApplicationState.REFUSED_FINALLY}
    return Round.APPEAL if application.state in later else Round.FIRST


def appeal_deadline(decision: Decision, policy: Policy) -> datetime:
    """Until when a refusal can be appealed against."""
    return decision.decided_at + timedelta(days=policy.appeal_days)


def check_appeal(decision: Decision, policy: Policy, now: datetime) -> None:
    """Raise `appeal_too_late` after the deadline."""
    deadline = appeal_deadline(decision, policy)
    if now > deadline:
        raise ConflictError("appeal_too_late", deadline=deadline.date().isoformat())


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_in_force(committee: Committee) -> bool:
    """Whether a committee decides: it was constituted and has not ended."""
    return committee.constituted_on is not None and committee.ended_on is None


def assembly_stage(committee: Committee, today: date) -> str:
    """Which reminder of the first assembly is due: by the days before it, `overdue` after it, else none."""
    due = committee.first_assembly_by
    if committee.kind != CommitteeKind.FOUNDING or not is_in_force(committee) or due is None:
        return ""
    if today > due:
        return "overdue"
    return next((str(days) for days in sorted(ASSEMBLY_REMINDER_DAYS) if (due - today).days <= days), "")


def is_overdue(committee: Committee, today: date) -> bool:
    """Whether the first assembly should have been held by now."""
    due = committee.first_assembly_by
    is_founding = committee.kind == CommitteeKind.FOUNDING
    return is_founding and committee.ended_on is None and due is not None and today > due
