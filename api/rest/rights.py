"""Rights over one's data: requests, the copy of everything, consents, disclosures, how one was ranked."""

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import NEVER_KEPT, page_of, read_answer, saved_answer
from api.rest.consent_shapes import ConsentBody, ConsentShape, ConsentsShape, PurposeShape
from api.rest.deadline_shapes import DeadlinesShape, deadlines_shape
from api.rest.dependencies import PAGE_ITEMS, After, CallerLanguage, Limit, Number, Reading, Transaction, only_json
from api.rest.documents import CREATED, LISTED, READ, SAVED, Responses
from api.rest.ranking_shapes import NoticeShape, RankingsShape, SectionShape, ranking_shape
from api.rest.rights_shapes import (
    DisclosureShape,
    DisclosuresShape,
    NextStateBody,
    OptionalProfile,
    ProfileNumber,
    RequestBody,
    RequestShape,
    RequestsShape,
    SubjectNumber,
    SubjectQuery,
    request_shape,
)
from api.security import Caller, CurrentService, SignedIn
from api.wiring import Service
from matchmaker.accounts.models import Acting
from matchmaker.languages import WorkingLanguage
from matchmaker.matching.ranking import RANKING_VERSION
from matchmaker.matching.strength import STRENGTH_VERSION
from matchmaker.rights.actions import say
from matchmaker.rights.deadlines import load_deadlines
from matchmaker.rights.export import export
from matchmaker.rights.models import Channel
from matchmaker.rights.notice import load_notice
from matchmaker.rights.purposes import Purpose
from matchmaker.rights.queries import Which, consents_of, get_request, list_disclosures, list_requests
from matchmaker.rights.rankings import rankings_of, rankings_of_request
from matchmaker.rights.requests import answer_request, file_request, withdraw_request

router = APIRouter(prefix="/rights", tags=["rights"])
ZIP = "application/zip"
ARCHIVE: Responses = {
    200: {"description": "Everything, as JSON and CSV", "content": {ZIP: {"schema": {"type": "string"}}}}
}


class ZipResponse(Response):
    """An archive."""

    media_type = ZIP


@router.get("/notice", response_model=NoticeShape, responses=READ)
def read_notice(request: Request, service: CurrentService, _caller: Caller, language: CallerLanguage) -> Response:
    """What is ranked by a machine, with which data, by which criteria, and how to ask for a person."""
    notice = load_notice(service.settings.data_directory / "rights")
    parts = [SectionShape(code=one.code, title=one.title[language], text=one.text[language]) for one in notice.sections]
    made_by = {"ranking": RANKING_VERSION, "strength": STRENGTH_VERSION}
    return read_answer(request, NoticeShape(version=notice.version, sections=parts, **made_by))


@router.get("/deadlines", response_model=DeadlinesShape, responses=READ)
def read_deadlines(request: Request, service: CurrentService, _caller: Caller) -> Response:
    """Until when each country wants an answer, with law and article."""
    return read_answer(request, deadlines_shape(load_deadlines(service.settings.data_directory / "rights")))


@router.get("/consents", response_model=ConsentsShape, responses=READ)
def read_consents(
    request: Request, session: Reading, service: CurrentService, caller: SignedIn, language: CallerLanguage
) -> Response:
    """For what the caller's data is used, and the caller's word on it."""
    return read_answer(request, _consents(session, service, caller, language))


@router.post("/consents", response_model=ConsentsShape, responses=SAVED, dependencies=[Depends(only_json)])
def post_consent(
    session: Transaction, service: CurrentService, caller: SignedIn, language: CallerLanguage, body: ConsentBody
) -> Response:
    """Grant or withdraw consent to a purpose; it takes effect at once."""
    say(
        session, acting=caller, purposes=service.purposes, purpose=body.purpose, is_granted=body.is_granted,
        channel=Channel.API, now=service.clock(),
    )  # fmt: skip
    return saved_answer(_consents(session, service, caller, language))


@router.get("/requests", response_model=RequestsShape, responses=LISTED)
def read_requests(
    request: Request,
    session: Reading,
    service: CurrentService,
    caller: SignedIn,
    which: Which = "all",
    after: After = 0,
    limit: Limit = PAGE_ITEMS,
) -> Response:
    """Requests of the caller and the members it speaks for; all of them for the secretariat."""
    now = service.clock()
    found = list_requests(session, acting=caller, now=now, which=which, after=after, limit=limit + 1)
    rows, headers = page_of(request, found, limit=limit, numbers=[row.id or 0 for row in found])
    return read_answer(request, RequestsShape(requests=[request_shape(row, now=now) for row in rows]), headers=headers)


@router.post(
    "/requests",
    status_code=CREATED_STATUS,
    response_model=RequestShape,
    responses=CREATED,
    dependencies=[Depends(only_json)],
)
def post_request(session: Transaction, service: CurrentService, caller: SignedIn, body: RequestBody) -> Response:
    """Use a right, for oneself or for a member that one speaks for."""
    row = file_request(session, office=service.rights_office(), acting=caller, draft=body)
    return saved_answer(request_shape(row, now=service.clock()), location=f"/v1/rights/requests/{row.id}")


@router.get("/requests/{request_id}", response_model=RequestShape, responses=READ)
def read_request(
    request: Request, session: Reading, service: CurrentService, caller: SignedIn, request_id: Number
) -> Response:
    """One request."""
    row = get_request(session, acting=caller, request_id=request_id)
    return read_answer(request, request_shape(row, now=service.clock()))


@router.get("/requests/{request_id}/rankings", response_model=RankingsShape, responses=READ)
def read_request_rankings(request: Request, session: Reading, caller: SignedIn, request_id: Number) -> Response:
    """What was recorded of the list that is to be reviewed, explained."""
    row = get_request(session, acting=caller, request_id=request_id)
    found = rankings_of_request(session, acting=caller, row=row, limit=PAGE_ITEMS)
    return read_answer(request, RankingsShape(rankings=[ranking_shape(one) for one in found]))


@router.post(
    "/requests/{request_id}/steps", response_model=RequestShape, responses=SAVED, dependencies=[Depends(only_json)]
)
def post_step(
    session: Transaction, service: CurrentService, caller: SignedIn, request_id: Number, body: NextStateBody
) -> Response:
    """Ask for identity, extend where the law allows it, grant or refuse with reasons, as the secretariat."""
    row = answer_request(
        session, office=service.rights_office(), acting=caller, request_id=request_id, to=body.to, reason=body.reason
    )
    return saved_answer(request_shape(row, now=service.clock()))


@router.post("/requests/{request_id}/withdrawal", response_model=RequestShape, responses=SAVED)
def post_withdrawal(session: Transaction, service: CurrentService, caller: SignedIn, request_id: Number) -> Response:
    """Take a request back: an erasure that waits is undone, what was blocked is shown again."""
    row = withdraw_request(session, office=service.rights_office(), acting=caller, request_id=request_id)
    return saved_answer(request_shape(row, now=service.clock()))


@router.get("/export", response_class=ZipResponse, response_model=None, responses=ARCHIVE)
def read_export(
    session: Transaction, service: CurrentService, caller: SignedIn, subject: SubjectQuery, subject_id: SubjectNumber
) -> Response:
    """Everything about a person or a member; `about.json` says what is left out and why."""
    now = service.clock()
    content = export(session, acting=caller, subject=subject, subject_id=subject_id, now=now)
    named = {"Content-Disposition": f'attachment; filename="{subject}-{subject_id}-{now.date()}.zip"'}
    return ZipResponse(content, headers={**NEVER_KEPT, **named})


@router.get("/disclosures", response_model=DisclosuresShape, responses=LISTED)
def read_disclosures(
    request: Request,
    session: Reading,
    caller: SignedIn,
    profile_id: OptionalProfile = None,
    after: After = 0,
    limit: Limit = PAGE_ITEMS,
) -> Response:
    """Who received whose contact and when: the caller's own, and of members it speaks for; all for the secretariat."""
    found = list_disclosures(session, acting=caller, profile_id=profile_id, after=after, limit=limit + 1)
    rows, headers = page_of(request, found, limit=limit, numbers=[row.id or 0 for row in found])
    shapes = [DisclosureShape.model_validate(row) for row in rows]
    return read_answer(request, DisclosuresShape(disclosures=shapes), headers=headers)


@router.get("/rankings", response_model=RankingsShape, responses=LISTED)
def read_rankings(
    request: Request,
    session: Reading,
    caller: SignedIn,
    profile_id: ProfileNumber,
    after: After = 0,
    limit: Limit = PAGE_ITEMS,
) -> Response:
    """In which lists a profile was shown: place, strength, sentences quoted, versions. Who looked is not told."""
    found = rankings_of(session, acting=caller, profile_id=profile_id, after=after, limit=limit + 1)
    rows, headers = page_of(request, found, limit=limit, numbers=[one.match.id or 0 for one in found])
    return read_answer(request, RankingsShape(rankings=[ranking_shape(one) for one in rows]), headers=headers)


def _consents(session: Session, service: Service, caller: Acting, language: WorkingLanguage) -> ConsentsShape:
    ledger = [ConsentShape.model_validate(row) for row in consents_of(session, acting=caller)]
    last = {row.purpose: row for row in ledger}

    def shape(one: Purpose) -> PurposeShape:
        text = one.text[language]
        return PurposeShape(code=one.code, is_necessary=one.is_necessary, text=text, last=last.get(one.code))

    shapes = [shape(one) for one in service.purposes.purposes]
    return ConsentsShape(
        version=service.purposes.version,
        necessary=[one for one in shapes if one.is_necessary],
        voluntary=[one for one in shapes if not one.is_necessary],
        ledger=ledger,
    )
