"""What is carried to an event: calendar feeds, printed agendas, table signs, badges."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import Response

from api.documents.agenda import agenda_pdf
from api.documents.badges import badges_pdf
from api.documents.calendar import MEDIA_TYPE, feed
from api.documents.feed_links import feed_address, reader_of_feed
from api.documents.of_events import Reading as Documents
from api.documents.of_events import badges_of, personal_agenda, signs_of
from api.documents.signs import signs_pdf
from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import NEVER_KEPT, file_answer, read_answer, saved_answer
from api.rest.dependencies import Number, PaperLanguage, Reading, Transaction
from api.rest.documents import CREATED, READ, Responses
from api.security import Caller, CurrentService, SignedIn
from api.wiring import Service
from matchmaker.accounts.models import Acting
from matchmaker.errors import NotFoundError
from matchmaker.events.feeds import renew_feed
from matchmaker.events.queries import get_participant

router = APIRouter(tags=["agendas"])
EVENT = "/events/{event_id}"
OWN = f"{EVENT}/participants/{{participant_id}}"
PDF = "application/pdf"
CALENDAR = f"{MEDIA_TYPE}; charset=utf-8"
TEXT = {"schema": {"type": "string"}}
PRINTED: Responses = {**READ, 200: {"description": "A file to be printed", "content": {PDF: TEXT}}}
FED: Responses = {**READ, 200: READ[200] | {"content": {MEDIA_TYPE: TEXT}}}
PRIVATE = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex", "Vary": "Authorization"}
Secret = Annotated[str, Path(pattern=r"^[\w.-]+$", max_length=200)]


class FeedShape(BaseModel):
    """Where a calendar finds one's meetings. Whoever knows the address reads them."""

    address: str


@router.get(f"{OWN}/agenda.pdf", response_class=Response, response_model=None, responses=PRINTED)
def read_printed_agenda(
    session: Reading, service: CurrentService, caller: SignedIn, language: PaperLanguage, event_id: Number,
    participant_id: Number,
) -> Response:  # fmt: skip
    """One's own agenda with what to know before each meeting."""
    reading = Documents(session, caller, language, service.settings.public_url)
    found = personal_agenda(reading, event_id=event_id, participant_id=participant_id)
    return _printed(agenda_pdf(found, made_at=service.clock()))


@router.get(f"{OWN}/agenda.ics", response_class=Response, response_model=None, responses=FED)
def read_calendar(
    request: Request, session: Reading, service: CurrentService, caller: SignedIn, language: PaperLanguage,
    event_id: Number, participant_id: Number,
) -> Response:  # fmt: skip
    """One's own agenda as a calendar."""
    reading = Documents(session, caller, language, service.settings.public_url)
    found = personal_agenda(reading, event_id=event_id, participant_id=participant_id)
    return file_answer(request, feed(found), CALENDAR)


@router.get(f"{OWN}/feed", response_model=FeedShape, responses=READ)
def read_feed_address(
    request: Request, session: Reading, service: CurrentService, caller: SignedIn, event_id: Number,
    participant_id: Number,
) -> Response:  # fmt: skip
    """The secret address to which a calendar subscribes; it ends when the caller no longer acts for the member."""
    get_participant(session, acting=caller, event_id=event_id, participant_id=participant_id)
    address = _feed_address(session, service, caller, event_id=event_id, participant_id=participant_id)
    return read_answer(request, FeedShape(address=address))


@router.post(f"{OWN}/feed", status_code=CREATED_STATUS, response_model=FeedShape, responses=CREATED)
def post_feed_address(
    session: Transaction, service: CurrentService, caller: SignedIn, event_id: Number, participant_id: Number
) -> Response:
    """End the caller's secret address for a new one; those of others stay."""
    renew_feed(session, acting=caller, event_id=event_id, participant_id=participant_id, now=service.clock())
    address = _feed_address(session, service, caller, event_id=event_id, participant_id=participant_id)
    place = f"/v1/events/{event_id}/participants/{participant_id}/feed"
    return saved_answer(FeedShape(address=address), location=place)


@router.get("/event-feeds/{secret}.ics", response_class=Response, response_model=None, responses=FED)
def read_feed(request: Request, session: Reading, service: CurrentService, _caller: Caller, secret: Secret) -> Response:
    """What a calendar that subscribed reads again and again."""
    told = reader_of_feed(session, signing_key=service.signing_key, secret=secret)
    reading = Documents(session, told.acting, told.language, service.settings.public_url)
    try:
        found = personal_agenda(reading, event_id=told.event_id, participant_id=told.participant_id)
    except NotFoundError as error:
        raise NotFoundError("feed_unknown") from error
    return file_answer(request, feed(found), CALENDAR, headers=PRIVATE)


@router.get(f"{EVENT}/badges.pdf", response_class=Response, response_model=None, responses=PRINTED)
def read_badges(
    session: Reading, service: CurrentService, caller: SignedIn, language: PaperLanguage, event_id: Number
) -> Response:
    """Badges of everyone who comes, for the secretariat."""
    reading = Documents(session, caller, language, service.settings.public_url)
    gathering, badges = badges_of(reading, event_id=event_id)
    return _printed(badges_pdf(gathering, badges, language=language, made_at=service.clock()))


@router.get(f"{EVENT}/signs.pdf", response_class=Response, response_model=None, responses=PRINTED)
def read_signs(
    session: Reading, service: CurrentService, caller: SignedIn, language: PaperLanguage, event_id: Number
) -> Response:
    """A sign for each table, for the secretariat."""
    reading = Documents(session, caller, language, service.settings.public_url)
    gathering, signs = signs_of(reading, event_id=event_id)
    return _printed(signs_pdf(gathering, signs, language=language, made_at=service.clock()))


def _feed_address(session: Session, service: Service, caller: Acting, *, event_id: int, participant_id: int) -> str:
    return feed_address(
        session, signing_key=service.signing_key, public_url=service.settings.public_url, event_id=event_id,
        participant_id=participant_id, account_id=caller.account_id or 0,
    )  # fmt: skip


def _printed(content: bytes) -> Response:
    return Response(content, media_type=PDF, headers=NEVER_KEPT)
