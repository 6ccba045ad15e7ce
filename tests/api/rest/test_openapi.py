"""The OpenAPI document, and answers held against it by random requests."""

from contextlib import suppress
from typing import Any, get_args

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from pydantic import TypeAdapter
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from api.rest.account_inputs import (
    AppointmentBody,
    AskingBody,
    CodeBody,
    LinkBody,
    PersonBody,
    RoleBody,
    SuccessorBody,
    TokenBody,
)
from api.rest.admission_inputs import (
    AppealBody,
    ApplicationBody,
    ApplicationWordsBody,
    AssemblyBody,
    AssessorBody,
    ClaimBody,
    CommitteeBody,
    ConstitutionBody,
    ProcessBody,
    ReasonBody,
    ScoresBody,
    SeatBody,
    SecretBody,
    SendingBody,
    VerdictBody,
    WantedOwnersBody,
)
from api.rest.alerts import AlertBody, AlertDraftBody, PauseBody
from api.rest.inputs import (
    AnswerBody,
    ChallengeBody,
    ChallengeDraftBody,
    HasMetBody,
    NeedsBody,
    OutcomeBody,
    PolicyBody,
    ProfileBody,
    ProposalBody,
    StatusBody,
    TerritoryBody,
    TextBody,
    TriedBody,
    WrittenBody,
)
from api.rest.integrity_inputs import (
    AssignmentBody,
    ConflictBody,
    DecisionBody,
    DeclaredBody,
    IncidentBody,
    SignedBody,
    StepBody,
)
from api.rest.lessons import LessonBody, LessonDraftBody, LessonStateBody
from api.rest.letters import BounceBody, HabitsBody
from api.rest.mentorings import MentoringAnswerBody, MentoringBody, ResultBody
from api.rest.mentors import OfferBody
from api.rest.routes import PREFIX
from api.wiring import Service
from matchmaker.accounts.models import OPERATOR, Role
from matchmaker.membership.actions import begin_application, submit_application
from matchmaker.membership.committees import open_committee
from matchmaker.membership.states import CommitteeKind
from matchmaker.profiles.models import Representation
from tests.api.rest.callers import drain, new_challenge, new_profile, person
from tests.factories import saved_profile, signed_in

EXAMPLES = 10  # random requests of each kind; the whole stays under a minute
CHECKED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
EXPECTED = {
    GenerationMode.POSITIVE: {
        ("POST /v1/try", 200),
        ("POST /v1/sign-in", 202),
        ("POST /v1/territories", 201),
        ("GET /v1/profiles", 200),
    },
    GenerationMode.NEGATIVE: {
        ("POST /v1/try", 422),
        ("POST /v1/sign-in", 422),
        ("POST /v1/territories", 422),
        ("GET /v1/profiles", 422),
    },
}
"""Some of what must have been met, lest the requests all fail before they reach a route."""
AnyCase = schemathesis.Case[Any]
BODIES = (
    MentoringAnswerBody,
    ProfileBody, ChallengeBody, ChallengeDraftBody, NeedsBody, StatusBody, TextBody, TerritoryBody, TriedBody,
    SignedBody, DeclaredBody, ConflictBody, DecisionBody, IncidentBody, StepBody, AssignmentBody,
    LessonBody, LessonDraftBody, LessonStateBody, AlertBody, AlertDraftBody, PauseBody, OfferBody, MentoringBody,
    AnswerBody, ResultBody,
    HabitsBody, BounceBody,
    AppointmentBody, AskingBody, CodeBody, LinkBody, PersonBody, RoleBody, SuccessorBody, TokenBody,
    AppealBody, ApplicationBody, ApplicationWordsBody, AssemblyBody, AssessorBody, ClaimBody, CommitteeBody,
    ConstitutionBody, ProcessBody, ReasonBody, ScoresBody, SeatBody, SecretBody, SendingBody, VerdictBody,
    WantedOwnersBody,
    ProposalBody, AnswerBody, WrittenBody, HasMetBody, OutcomeBody, PolicyBody,
)  # fmt: skip


def test_the_document_names_every_address(client: TestClient) -> None:
    paths = client.get("/v1/openapi.json").json()["paths"]
    assert sorted(f"{method.upper()} {path}" for path, methods in paths.items() for method in methods) == [
        "DELETE /v1/accounts/{account_id}",
        "DELETE /v1/alerts/{alert_id}",
        "DELETE /v1/alerts/{alert_id}/feed",
        "DELETE /v1/lessons/{lesson_id}",
        "DELETE /v1/lessons/{lesson_id}/partner",
        "DELETE /v1/mentorings/{mentoring_id}",
        "DELETE /v1/profiles/{profile_id}/mentor-offer",
        "DELETE /v1/profiles/{profile_id}/people/{account_id}",
        "DELETE /v1/sessions",
        "DELETE /v1/sessions/{session_id}",
        "DELETE /v1/tokens/{token_id}",
        "GET /v1/accounts",
        "GET /v1/accounts/{account_id}",
        "GET /v1/admission",
        "GET /v1/alerts",
        "GET /v1/alerts/{alert_id}",
        "GET /v1/alerts/{alert_id}/findings",
        "GET /v1/answers/{token}",
        "GET /v1/applications",
        "GET /v1/applications/{application_id}",
        "GET /v1/applications/{application_id}/assessments",
        "GET /v1/assessments",
        "GET /v1/assessors",
        "GET /v1/audit",
        "GET /v1/challenges",
        "GET /v1/challenges/{challenge_id}",
        "GET /v1/challenges/{challenge_id}/lessons",
        "GET /v1/challenges/{challenge_id}/matches",
        "GET /v1/challenges/{challenge_id}/mentors",
        "GET /v1/challenges/{challenge_id}/near-duplicates",
        "GET /v1/challenges/{challenge_id}/peers",
        "GET /v1/challenges/{challenge_id}/showings",
        "GET /v1/code-of-ethics",
        "GET /v1/code-of-ethics/{version}",
        "GET /v1/committees",
        "GET /v1/committees/{committee_id}",
        "GET /v1/conflicts",
        "GET /v1/conflicts/{conflict_id}",
        "GET /v1/criteria",
        "GET /v1/feeds/{secret}.atom",
        "GET /v1/health",
        "GET /v1/incidents",
        "GET /v1/incidents/{incident_id}",
        "GET /v1/introductions",
        "GET /v1/introductions/figures",
        "GET /v1/introductions/reasons",
        "GET /v1/introductions/{introduction_id}",
        "GET /v1/introductions/{introduction_id}/contacts",
        "GET /v1/invitations",
        "GET /v1/lessons",
        "GET /v1/lessons/{lesson_id}",
        "GET /v1/letters/bounces",
        "GET /v1/letters/habits",
        "GET /v1/me",
        "GET /v1/members/silent",
        "GET /v1/members/{profile_id}/history",
        "GET /v1/mentorings",
        "GET /v1/mentorings/{mentoring_id}",
        "GET /v1/mentorings/{mentoring_id}/contacts",
        "GET /v1/places",
        "GET /v1/profiles",
        "GET /v1/profiles/{profile_id}",
        "GET /v1/profiles/{profile_id}/asking-policy",
        "GET /v1/profiles/{profile_id}/conflicts",
        "GET /v1/profiles/{profile_id}/declarations",
        "GET /v1/profiles/{profile_id}/mentor-offer",
        "GET /v1/profiles/{profile_id}/mentors",
        "GET /v1/profiles/{profile_id}/opportunities",
        "GET /v1/profiles/{profile_id}/people",
        "GET /v1/profiles/{profile_id}/signature",
        "GET /v1/register",
        "GET /v1/sessions",
        "GET /v1/showings/{showing_id}",
        "GET /v1/sign-in/openid",
        "GET /v1/sign-in/openid/{provider}",
        "GET /v1/sign-in/openid/{provider}/callback",
        "GET /v1/taxonomy",
        "GET /v1/territories/{territory_id}",
        "GET /v1/tokens",
        "POST /v1/accounts",
        "POST /v1/alerts",
        "POST /v1/alerts/{alert_id}/feed",
        "POST /v1/answers/{token}",
        "POST /v1/applications",
        "POST /v1/applications/{application_id}/appeal",
        "POST /v1/applications/{application_id}/count",
        "POST /v1/applications/{application_id}/decision",
        "POST /v1/applications/{application_id}/submission",
        "POST /v1/applications/{application_id}/votes",
        "POST /v1/applications/{application_id}/withdrawal",
        "POST /v1/areas",
        "POST /v1/assessments/{assessment_id}/replacement",
        "POST /v1/assessors",
        "POST /v1/assessors/{account_id}/dismissal",
        "POST /v1/challenges",
        "POST /v1/claims",
        "POST /v1/claims/preview",
        "POST /v1/committees",
        "POST /v1/committees/{committee_id}/assembly",
        "POST /v1/committees/{committee_id}/constitution",
        "POST /v1/committees/{committee_id}/seats",
        "POST /v1/conflicts/{conflict_id}/decision",
        "POST /v1/incidents",
        "POST /v1/incidents/{incident_id}/assignment",
        "POST /v1/incidents/{incident_id}/steps",
        "POST /v1/introductions",
        "POST /v1/introductions/{introduction_id}/questions",
        "POST /v1/introductions/{introduction_id}/undo",
        "POST /v1/introductions/{introduction_id}/withdrawal",
        "POST /v1/invitations",
        "POST /v1/invitations/preview",
        "POST /v1/lessons",
        "POST /v1/letters/bounces",
        "POST /v1/letters/renewals",
        "POST /v1/members/{profile_id}/reinstatement",
        "POST /v1/members/{profile_id}/suspension",
        "POST /v1/members/{profile_id}/withdrawal",
        "POST /v1/mentorings",
        "POST /v1/needs",
        "POST /v1/profiles",
        "POST /v1/profiles/{profile_id}/conflicts",
        "POST /v1/profiles/{profile_id}/declarations",
        "POST /v1/profiles/{profile_id}/people",
        "POST /v1/profiles/{profile_id}/people/{account_id}/successor",
        "POST /v1/profiles/{profile_id}/signatures",
        "POST /v1/seats/{seat_id}/vacancy",
        "POST /v1/sign-in",
        "POST /v1/sign-in/code",
        "POST /v1/sign-in/link",
        "POST /v1/sign-out",
        "POST /v1/territories",
        "POST /v1/tokens",
        "POST /v1/try",
        "PUT /v1/accounts/{account_id}/role",
        "PUT /v1/admission",
        "PUT /v1/alerts/{alert_id}",
        "PUT /v1/alerts/{alert_id}/pause",
        "PUT /v1/applications/{application_id}",
        "PUT /v1/assessments/{assessment_id}",
        "PUT /v1/challenges/{challenge_id}",
        "PUT /v1/challenges/{challenge_id}/needs",
        "PUT /v1/challenges/{challenge_id}/status",
        "PUT /v1/introductions/{introduction_id}/answer",
        "PUT /v1/introductions/{introduction_id}/message",
        "PUT /v1/introductions/{introduction_id}/met",
        "PUT /v1/introductions/{introduction_id}/met/settled",
        "PUT /v1/introductions/{introduction_id}/outcome",
        "PUT /v1/introductions/{introduction_id}/questions/{question_id}/reply",
        "PUT /v1/introductions/{introduction_id}/recorded/{side}",
        "PUT /v1/lessons/{lesson_id}",
        "PUT /v1/lessons/{lesson_id}/partner",
        "PUT /v1/lessons/{lesson_id}/state",
        "PUT /v1/letters/habits",
        "PUT /v1/mentorings/{mentoring_id}/answer",
        "PUT /v1/mentorings/{mentoring_id}/result",
        "PUT /v1/profiles/{profile_id}",
        "PUT /v1/profiles/{profile_id}/asking-policy",
        "PUT /v1/profiles/{profile_id}/mentor-offer",
    ]


def test_every_body_has_an_example_that_is_right(client: TestClient) -> None:
    paths = client.get("/v1/openapi.json").json()["paths"]
    bodies = [operation["requestBody"] for methods in paths.values() for operation in methods.values()
              if "requestBody" in operation]  # fmt: skip
    assert all(body["content"]["application/json"]["examples"] for body in bodies)
    for body in BODIES:
        draft, body_of = get_args(body)
        adapter: TypeAdapter[Any] = TypeAdapter(draft)
        for example in body_of.openapi_examples.values():
            adapter.validate_python(example["value"])


def test_every_refusal_is_documented_as_a_problem(client: TestClient) -> None:
    document = client.get("/v1/openapi.json").json()
    assert {"Problem", "Fault"} <= set(document["components"]["schemas"])
    for methods in document["paths"].values():
        for operation in methods.values():
            assert list(operation["responses"]["4XX"]["content"]) == ["application/problem+json"]
            assert "422" not in operation["responses"]


def begin_admission(service: Service) -> None:
    """An application that waits, and a committee that forms."""
    with service.database.transaction() as session:
        owner, account = signed_in(session), signed_in(session, role=Role.COMMITTEE, name="Iris")
        profile_id = saved_profile(session, acting=owner).id or 0
        session.add(Representation(account_id=account.account_id or 0, profile_id=profile_id))
        office = service.admission_office()
        row = begin_application(session, office=office, acting=owner, profile_id=profile_id, words="Por el agua")
        submit_application(session, office=office, acting=owner, application_id=row.id or 0)
        open_committee(session, office=office, acting=OPERATOR, kind=CommitteeKind.FOUNDING)


@pytest.fixture
def random_requests(service: Service) -> BaseSchema:
    """Requests made of the document, on a service that holds a little."""
    app = create_app(service)
    someone = person(TestClient(app), service, role=Role.SECRETARIAT)
    new_challenge(someone, new_profile(someone))
    new_profile(someone, name="Otra")
    begin_admission(service)
    drain(service)
    schema = schemathesis.openapi.from_asgi(f"{PREFIX}/openapi.json", app)
    schema.config.update(headers={"Authorization": f"Bearer {someone.token}"})
    return schema


@pytest.mark.parametrize("mode", GenerationMode)
def test_answers_to_random_requests_are_as_documented(random_requests: BaseSchema, mode: GenerationMode) -> None:
    operations = [result.ok() for result in random_requests.get_all_operations() if isinstance(result, Ok)]
    answered: set[tuple[str, int]] = set()
    for operation in operations:

        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
                  phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode))
        def answer(case: AnyCase) -> None:
            response = case.call_and_validate(checks=CHECKED)
            answered.add((f"{case.method} {case.path}", response.status_code))

        with suppress(Unsatisfiable):  # a route that takes nothing can be asked nothing wrong
            answer()
    assert answered >= EXPECTED[mode]
