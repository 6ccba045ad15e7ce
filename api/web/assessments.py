"""What an assessor does: the applications given to them, and a score with a reason on every criterion."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import TypeAdapter, ValidationError
from sqlmodel import col, select

from api.web.assessment_views import AssessmentLine, AssessmentPage, Assessments, CriterionAsked
from api.web.doing import CONFLICT, refusal_of
from api.web.explained import term_name
from api.web.frames import Asked, AskedPage, page
from api.web.lines import PAGE_LINES, named, one_page
from api.web.pieces import Choice
from api.web.profiles import next_query
from api.web.typed import Typed, Wrong
from api.web.typing import UNPROCESSABLE, Sent, refused
from matchmaker.accounts.models import OPERATOR
from matchmaker.errors import NotFoundError
from matchmaker.membership.assessing import Scored, replace_assessor, score
from matchmaker.membership.assessment_queries import FullAssessment, assessment_given, my_assessments
from matchmaker.membership.charter import Criteria
from matchmaker.membership.models import Application, Assessment
from matchmaker.membership.queries import get_application
from matchmaker.membership.states import ApplicationState
from matchmaker.profiles.queries import full_profiles
from matchmaker.taxonomy.models import Concern
from matchmaker.texts import Words

LARGEST_NUMBER = 2**31 - 1
SAVED = "saved"
NOTHING = Typed()
REASON = TypeAdapter(Words)
Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
After = Annotated[int, Query(ge=0, le=LARGEST_NUMBER)]
assessments = APIRouter(prefix="/assessments", default_response_class=HTMLResponse)


@assessments.get("")
def read_assessments(asked: AskedPage, after: After = 0) -> Response:
    """What was given to the reader."""
    return page(_list(asked, after=after))


@assessments.get("/{assessment_id}")
def read_assessment(asked: AskedPage, assessment_id: Number, done: str = "") -> Response:
    """One of them, with its form."""
    return page(_one(asked, assessment_id, done=done if done == SAVED else ""))


@assessments.post("/{assessment_id}")
def post_scores(asked: AskedPage, assessment_id: Number, values: Sent) -> Response:
    """Say what one thinks on every criterion; until the decision it can be said again."""
    found, _ = _given(asked, assessment_id)
    scores, typed = _understood(asked, _criteria(asked, found), values)
    if typed.errors:
        return page(_one(asked, assessment_id, typed=typed), status=UNPROCESSABLE)
    office = asked.service.admission_office()
    refusal = refusal_of(
        asked,
        lambda session, acting: score(
            session, office=office, acting=acting, assessment_id=assessment_id, scores=scores
        ),
    )  # fmt: skip
    if refusal:
        again = refused(typed.values, field="scores", sentence=refusal)
        return page(_one(asked, assessment_id, typed=again), status=CONFLICT)
    return asked.here(f"/assessments/{assessment_id}?done={SAVED}#done")


@assessments.post("/{assessment_id}/replacement")
def post_replacement(asked: AskedPage, assessment_id: Number) -> Response:
    """Take an application back from an assessor who does not deliver, and give it to another."""
    acting, office = asked.signed_in(), asked.service.admission_office()
    asked.session.close()
    with asked.service.database.transaction() as session:
        replace_assessor(session, office=office, acting=acting, assessment_id=assessment_id)
        number = session.get_one(Assessment, assessment_id).application_id
    return asked.here(f"/applications/{number}?done=replaced#done")


def _list(asked: Asked, *, after: int) -> Assessments:
    office, acting = asked.service.admission_office(), asked.signed_in()
    found = my_assessments(asked.session, office=office, acting=acting, after=after, limit=PAGE_LINES + 1)
    rows, has_more = one_page(found)
    lines = _lines(asked, rows)
    return Assessments(
        language=asked.language,
        frame=asked.frame("assessments"),
        waiting=tuple(line for line in lines if line.is_open and line.completed_at is None),
        others=tuple(line for line in lines if not line.is_open or line.completed_at is not None),
        is_first=after == 0,
        next_query=next_query(rows[-1].assessment.id or 0, {}) if has_more else "",
    )


def _lines(asked: Asked, rows: Sequence[FullAssessment]) -> list[AssessmentLine]:
    numbers = {full.assessment.application_id for full in rows}
    asking = asked.session.exec(select(Application).where(col(Application.id).in_(numbers))).all()
    known = {row.id: row for row in asking}
    profiles = full_profiles(asked.session, acting=OPERATOR, profile_ids={row.profile_id for row in asking})
    return [
        AssessmentLine(
            id=full.assessment.id or 0,
            application_id=full.assessment.application_id,
            applicant=named(profiles[known[full.assessment.application_id].profile_id].profile),
            assigned_at=full.assessment.assigned_at,
            completed_at=full.assessment.completed_at,
            percent=full.percent,
            is_open=known[full.assessment.application_id].state == ApplicationState.IN_ASSESSMENT,
        )
        for full in rows
        if known[full.assessment.application_id].profile_id in profiles
    ]


def _one(asked: Asked, assessment_id: int, *, typed: Typed | None = None, done: str = "") -> AssessmentPage:
    found, line = _given(asked, assessment_id)
    office, criteria = asked.service.admission_office(), _criteria(asked, found)
    number = found.assessment.application_id
    full = get_application(asked.session, office=office, acting=asked.acting, application_id=number)
    profile, shown = full.profile.profile, typed or _said(found)
    return AssessmentPage(
        language=asked.language,
        frame=asked.frame("assessments", form="page-form" if shown.errors else ""),
        line=line,
        kind=term_name(asked.service.taxonomy, Concern.KINDS, profile.kind, asked.language),
        spoken=profile.language,
        summary=profile.summary,
        said=full.application.words,
        lowest=criteria.lowest,
        highest=criteria.highest,
        criteria=tuple(
            CriterionAsked(
                each.code, each.name[asked.language], each.description[asked.language], each.weight,
                tuple(
                    Choice(str(points), str(points), str(shown.get(f"points-{each.code}")) == str(points))
                    for points in range(criteria.lowest, criteria.highest + 1)
                ),
            )
            for each in criteria.criteria
        ),
        typed=shown,
        done=done,
    )  # fmt: skip


def _given(asked: Asked, assessment_id: int) -> tuple[FullAssessment, AssessmentLine]:
    """An assessment that is the reader's. Raises `sign_in_needed`, `assessment_unknown`."""
    office = asked.service.admission_office()
    found = assessment_given(asked.session, office=office, acting=asked.signed_in(), assessment_id=assessment_id)
    lines = _lines(asked, [found])
    if not lines:
        raise NotFoundError("assessment_unknown", assessment_id=assessment_id)
    return found, lines[0]


def _criteria(asked: Asked, found: FullAssessment) -> Criteria:
    row = asked.session.get_one(Application, found.assessment.application_id)
    return asked.service.admission_office().charter.criteria_of(row.criteria_version)


def _said(found: FullAssessment) -> Typed:
    """What was said before, as the form has it."""
    said = {f"points-{item.criterion}": str(item.points) for item in found.scores}
    return Typed(said | {f"reason-{item.criterion}": item.reason for item in found.scores})


def _understood(asked: Asked, criteria: Criteria, values: Mapping[str, str]) -> tuple[list[Scored], Typed]:
    """A score for every criterion; or what is missing, beside its field."""
    fields = [f"{what}-{each.code}" for each in criteria.criteria for what in ("points", "reason")]
    typed = {name: values.get(name, "") for name in fields}
    scale = {str(points) for points in range(criteria.lowest, criteria.highest + 1)}
    scores, wrong = [], []
    for each in criteria.criteria:
        points, reason = typed[f"points-{each.code}"], _reason(typed[f"reason-{each.code}"])
        if points not in scale:
            wrong.append(Wrong(f"points-{each.code}", asked.say("form.points")))
        if not reason:
            wrong.append(Wrong(f"reason-{each.code}", asked.say("form.reason_of_score")))
        if points in scale and reason:
            scores.append(Scored(each.code, int(points), reason))
    return scores, Typed(typed, tuple(wrong))


def _reason(text: str) -> str:
    """A reason as it can be kept; empty where nothing is said."""
    try:
        return REASON.validate_python(text)
    except ValidationError:
        return ""
