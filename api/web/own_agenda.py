"""One's own agenda on a phone: the next meeting first, readable without a network after the first opening."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Annotated, ClassVar

from fastapi import APIRouter, Form, Path
from fastapi.responses import HTMLResponse, Response

from api.documents.briefings import own_clock, title_of, where
from api.documents.feed_links import feed_address
from api.documents.models import Meeting, Other, PersonalAgenda, Reason
from api.documents.of_events import Reading, personal_agenda
from api.documents.words import Speech
from api.files import file_of
from api.web.frames import Asked, AskedPage, page
from api.web.views import Page
from matchmaker.events.feeds import edition_of, renew_feed
from matchmaker.events.queries import get_event, get_participant

WORKER = "agenda-worker.js"
NEWEST = {"Cache-Control": "no-cache"}
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
own_agenda = APIRouter(default_response_class=HTMLResponse)
worker = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class OtherShown:
    """Who sits across, and the languages in common."""

    who: str
    shared: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True)
class MeetingShown:
    """One meeting as it is looked at in passing: when, at which table, with whom; then why."""

    key: str
    day: str
    span: str
    own_clock: str
    ends_at: datetime
    is_past: bool
    title: str
    table: str
    hall: str
    link: str
    others: tuple[OtherShown, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class DayShown:
    """The meetings of a day."""

    title: str
    meetings: tuple[MeetingShown, ...]


@dataclass(frozen=True)
class OwnAgendaPage(Page):
    """One's own agenda as it was at a moment."""

    template: ClassVar[str] = "own_agenda.html"
    event_id: int
    event: str
    place: str
    person: str
    member: str
    zone_name: str
    as_of: str
    next_one: MeetingShown | None
    days: tuple[DayShown, ...]
    cancelled: tuple[str, ...]
    feed: str  # the path of the page with the address for calendars
    files: str  # what the addresses of its calendar and its printed form begin with


@dataclass(frozen=True)
class FeedPage(Page):
    """Where a calendar finds one's meetings."""

    template: ClassVar[str] = "own_feed.html"
    event: str
    agenda: str  # the path of its page
    here: str
    address: str
    edition: int
    is_new: bool


@own_agenda.get("/events/{event_id}/mine/{participant_id}")
def read_own_agenda(asked: AskedPage, event_id: Number, participant_id: Number) -> Response:
    """The agenda of one participant, for whoever acts for it."""
    reading = Reading(asked.session, asked.signed_in(), asked.spoken, asked.service.settings.public_url)
    agenda = personal_agenda(reading, event_id=event_id, participant_id=participant_id)
    return page(own_agenda_page(asked, agenda, now=asked.service.clock()))


@own_agenda.get("/events/{event_id}/feeds/{participant_id}")
def read_feed_address(asked: AskedPage, event_id: Number, participant_id: Number, done: str = "") -> Response:
    """The address by which a calendar follows it; a page apart, so that no device keeps the secret with the agenda."""
    return page(feed_page(asked, event_id, participant_id, is_new=done == "renewed"))


@own_agenda.post("/events/{event_id}/feeds/{participant_id}")
def post_feed_address(
    asked: AskedPage, event_id: Number, participant_id: Number, edition: Annotated[int, Form(ge=0, le=2**31 - 1)] = 0
) -> Response:
    """End the address that was shown for a new one."""
    acting, now = asked.signed_in(), asked.service.clock()
    asked.session.close()
    with asked.service.database.transaction() as session:
        renew_feed(session, acting=acting, event_id=event_id, participant_id=participant_id, now=now, ending=edition)
    return asked.here(f"/events/{event_id}/feeds/{participant_id}?done=renewed#done")


@worker.get(f"/{WORKER}")
def read_worker() -> Response:
    """What keeps agendas readable; it stands at the root, since it may answer only for what is below it."""
    found = file_of(WORKER)
    return Response(found.content if found else b"", headers=NEWEST, media_type="text/javascript")


def own_agenda_page(asked: Asked, agenda: PersonalAgenda, *, now: datetime) -> OwnAgendaPage:
    """An agenda as a page."""
    gathering = agenda.gathering
    speech = Speech(agenda.language, gathering.zone)
    shown = [_meeting(each, agenda, speech, now=now) for each in agenda.held]
    return OwnAgendaPage(
        language=asked.language,
        frame=asked.frame("account"),
        event_id=gathering.number,
        event=gathering.name,
        place=", ".join(filter(None, (gathering.venue, gathering.city))),
        person=agenda.person,
        member=agenda.member,
        zone_name=speech.zone_name(now),
        as_of=f"{speech.date(now)}, {speech.time(now)}",
        next_one=next((each for each in shown if not each.is_past), None),
        days=tuple(DayShown(day, tuple(rows)) for day, rows in groupby(shown, key=lambda each: each.day)),
        cancelled=tuple(
            f"{speech.day(each.start)}, {speech.span(each.start, each.end)}: {title_of(each, speech)}"
            for each in agenda.meetings if each.is_cancelled
        ),
        feed=f"/{asked.language}/events/{gathering.number}/feeds/{agenda.participant}",
        files=f"/v1/events/{gathering.number}/participants/{agenda.participant}/agenda",
    )  # fmt: skip


def feed_page(asked: Asked, event_id: int, participant_id: int, *, is_new: bool) -> FeedPage:
    """One's address. Raises `sign_in_needed`, `event_unknown`, `participant_unknown`."""
    acting, service = asked.signed_in(), asked.service
    event = get_event(asked.session, acting=acting, event_id=event_id)
    get_participant(asked.session, acting=acting, event_id=event_id, participant_id=participant_id)
    start = f"/{asked.language}/events/{event_id}"
    address = feed_address(
        asked.session, signing_key=service.signing_key, public_url=service.settings.public_url, event_id=event_id,
        participant_id=participant_id, account_id=acting.account_id or 0,
    )  # fmt: skip
    return FeedPage(
        asked.language, asked.frame("account"), event.name, f"{start}/mine/{participant_id}",
        f"{start}/feeds/{participant_id}", address,
        edition_of(asked.session, participant_id=participant_id, account_id=acting.account_id or 0), is_new,
    )  # fmt: skip


def _meeting(meeting: Meeting, agenda: PersonalAgenda, speech: Speech, *, now: datetime) -> MeetingShown:
    table, hall = where(meeting, speech)
    title = title_of(meeting, speech)
    return MeetingShown(
        meeting.key, speech.day(meeting.start), speech.span(meeting.start, meeting.end),
        own_clock(agenda, meeting, speech), meeting.end, meeting.end <= now, title, table, hall, meeting.link,
        tuple(_other(each, agenda, title) for each in meeting.others), meeting.reasons,
    )  # fmt: skip


def _other(other: Other, agenda: PersonalAgenda, title: str) -> OtherShown:
    """A member that is the title already is not named again."""
    member = "" if other.member == title else other.member
    lines = (f"{member} ({other.place})" if member and other.place else member or other.place, ", ".join(other.people))
    return OtherShown(" · ".join(filter(None, lines)), agenda.shared(other), other.languages)
