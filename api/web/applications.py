"""An application as a page: for the applicant, and for those who decide."""

from api.web.application_views import ApplicationPage, AssessedShown, DecisionShown
from api.web.explained import term_name
from api.web.frames import Asked
from api.web.lines import named
from api.web.pieces import Choice
from api.web.typed import Typed
from matchmaker.accounts.queries import ALLIANCE_ROLES
from matchmaker.membership.assessment_queries import assessments_seen
from matchmaker.membership.conflicts import may_judge
from matchmaker.membership.models import Application
from matchmaker.membership.office import Office
from matchmaker.membership.queries import FullApplication, get_application
from matchmaker.membership.rules import JUDGED
from matchmaker.membership.states import ApplicationState, Outcome
from matchmaker.membership.voters import deciders, voters, votes_of
from matchmaker.profiles.speaking import speaks_for
from matchmaker.taxonomy.models import Concern

NOTHING = Typed()


def application_page(
    asked: Asked, application_id: int, *, typed: Typed = NOTHING, done: str = "", confirms: str = ""
) -> ApplicationPage:  # fmt: skip
    """One application, with the form as it was filled in. Raises `sign_in_needed`, `application_unknown`."""
    office, acting = asked.service.admission_office(), asked.signed_in()
    full = get_application(asked.session, office=office, acting=acting, application_id=application_id)
    row, profile, appeal = full.application, full.profile.profile, full.appeal
    is_own = speaks_for(asked.session, acting=acting, profile_id=row.profile_id)
    own = _own_acts(full, office) if is_own else frozenset()
    return ApplicationPage(
        language=asked.language,
        frame=asked.frame("applications", form="page-form" if typed.errors or confirms else ""),
        id=application_id,
        applicant=named(profile),
        kind=term_name(asked.service.taxonomy, Concern.KINDS, profile.kind, asked.language),
        spoken=profile.language,
        summary=profile.summary,
        is_own=is_own,
        may_open=is_own or acting.is_secretariat,
        state=row.state,
        submitted_at=row.submitted_at,
        said=row.words,
        decisions=tuple(
            DecisionShown(made.round, made.outcome, made.body, made.reason, made.decided_at) for made in full.decisions
        ),
        assessed=() if is_own else _assessed(asked, row, office),
        appeal=appeal.words if appeal else "",
        appealed_at=appeal.made_at if appeal else None,
        appeal_until=full.appeal_until,
        acts=own | _deciding_acts(asked, row, office),
        verdicts=tuple(Choice(each, each, typed.get("verdict") == each) for each in Outcome),
        typed=typed,
        edited=typed if "words" in typed.values else Typed({"words": row.words}),
        done=done,
        is_queued=not is_own and acting.role in ALLIANCE_ROLES,
        confirms=confirms,
    )


def _assessed(asked: Asked, row: Application, office: Office) -> tuple[AssessedShown, ...]:
    """What assessors said, for those who decide; an assessor's own for that assessor."""
    found = assessments_seen(asked.session, office=office, acting=asked.acting, application_id=row.id or 0)
    names, has_power = {}, asked.acting.is_secretariat or asked.acting.is_administrator
    if found:
        criteria = office.charter.criteria_of(row.criteria_version).criteria
        names = {each.code: each.name[asked.language] for each in criteria}
    return tuple(
        AssessedShown(
            full.assessment.id or 0,
            full.assessment.account_id == asked.acting.account_id,
            full.percent is None and row.state in JUDGED and has_power,
            full.percent,
            tuple((names.get(item.criterion, item.criterion), item.points, item.reason) for item in full.scores),
        )
        for full in found
    )


def _own_acts(full: FullApplication, office: Office) -> frozenset[str]:
    """What the applicant may do now."""
    state = ApplicationState(full.application.state)
    if state is ApplicationState.DRAFT:
        return frozenset({"edit", "withdraw"})
    if state in JUDGED:
        return frozenset({"withdraw"})
    is_open = full.appeal_until is not None and office.now <= full.appeal_until
    return frozenset({"appeal"} if is_open else ())


def _deciding_acts(asked: Asked, row: Application, office: Office) -> frozenset[str]:
    """What the secretariat, or a member of the committee, may do now."""
    session, acting = asked.session, asked.acting
    if row.state not in JUDGED:
        return frozenset()
    allowed = voters(session, office=office, row=row) if row.has_committee else []
    if acting.account_id in allowed:
        cast = {ballot.account_id for ballot in votes_of(session, row=row, allowed=allowed)}
        return frozenset(() if acting.account_id in cast else {"vote"})
    if not acting.is_secretariat:
        return frozenset()
    is_apart = not may_judge(session, office.conflicts, account_id=acting.account_id, profile_id=row.profile_id)
    if allowed:
        return frozenset({"count"})
    return frozenset(() if is_apart or acting.account_id in deciders(session, row) else {"decide"})
