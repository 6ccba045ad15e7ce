"""Letters about admission."""

from api.letters.asking import LetterAsk, Phrase, Values
from matchmaker.errors import NotFoundError
from matchmaker.membership.committee_queries import sits
from matchmaker.membership.models import Committee
from matchmaker.membership.office import ARRIVED, ASSIGNED, DECIDED, RECEIVED
from matchmaker.membership.queries import FullApplication, decision_of, get_application, representatives
from matchmaker.membership.reminding import ASSEMBLY_DUE
from matchmaker.membership.rules import assembly_stage, is_overdue
from matchmaker.membership.states import ApplicationState, Round

APPEALED = "appealed"
JUDGED = frozenset({ApplicationState.SUBMITTED, ApplicationState.IN_ASSESSMENT, ApplicationState.APPEALED})
"""States in which somebody still has to say something."""


def _application(ask: LetterAsk) -> FullApplication | None:
    office, number = ask.service.admission_office(), ask.letter.subject_id
    try:
        return get_application(ask.session, office=office, acting=ask.acting, application_id=number)
    except NotFoundError:
        return None


def _own(ask: LetterAsk) -> FullApplication | None:
    """The application of a member for which the reader still acts."""
    full = _application(ask)
    if full is None or ask.acting.account_id not in representatives(
        ask.session, profile_id=full.application.profile_id
    ):
        return None
    return full


def _received(ask: LetterAsk) -> Values | None:
    full = _own(ask)
    if full is None or full.application.state == ApplicationState.WITHDRAWN:
        return None
    return _from_whom(ask, full)


def _arrived(ask: LetterAsk) -> Values | None:
    """Nothing once it was taken back or decided; an appeal has a letter of its own."""
    full = _application(ask)
    is_appeal = ask.letter.codes.get("occasion") == APPEALED
    if full is None or full.application.state not in JUDGED:
        return None
    return _from_whom(ask, full) if is_appeal == (full.application.state == ApplicationState.APPEALED) else None


def _from_whom(ask: LetterAsk, full: FullApplication) -> Values:
    name = "appellant" if ask.letter.codes.get("occasion") == APPEALED else "applicant"
    return {"link": ask.page(f"applications/{full.application.id}"), name: full.profile.profile.name}


def _decided(ask: LetterAsk) -> Values | None:
    full, occasion = _own(ask), str(ask.letter.codes.get("occasion") or Round.FIRST)
    decision = None if full is None else decision_of(
        ask.session, application_id=full.application.id, round_=Round(occasion)
    )  # fmt: skip
    if full is None or decision is None:
        return None
    is_first = decision.round == Round.FIRST
    return {
        "link": ask.page(f"applications/{full.application.id}"),
        "applicant": full.profile.profile.name,
        "decision": Phrase(f"word.{decision.outcome}"),
        "reason": decision.reason,
        "appeal_until": full.appeal_until if is_first else None,
    }


def _assigned(ask: LetterAsk) -> Values | None:
    """Nothing once the application was taken back, decided, or given to someone else."""
    full = _application(ask)
    if full is None or full.application.state not in JUDGED:
        return None
    return {"link": ask.page(f"applications/{full.application.id}"), "applicant": full.profile.profile.name}


def _assembly_due(ask: LetterAsk) -> Values | None:
    """Nothing once the assembly was held, nor for those who sit no more."""
    committee = ask.session.get(Committee, ask.letter.subject_id)
    if committee is None or assembly_stage(committee, ask.now.date()) != ask.letter.codes.get("stage"):
        return None
    if not (ask.acting.is_secretariat or sits(ask.session, acting=ask.acting)):
        return None
    is_late = is_overdue(committee, ask.now.date())
    name = "overdue_since" if is_late else "due"
    return {"link": ask.page("alliance"), name: committee.first_assembly_by}


VALUES = {
    RECEIVED: _received,
    ARRIVED: _arrived,
    DECIDED: _decided,
    ASSIGNED: _assigned,
    ASSEMBLY_DUE: _assembly_due,
}
