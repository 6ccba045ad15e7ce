"""The door of an event: who has come, who has not, who stands there without registration, who could step in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Form, Path
from fastapi.responses import HTMLResponse, Response

from api.web.doing import CONFLICT, Act, refusal_of
from api.web.event_desk import in_the_way, presence_of
from api.web.event_views import EventLine
from api.web.events import SECTION, event_line
from api.web.frames import Asked, AskedPage, page
from api.web.typed import Typed
from api.web.views import Page
from matchmaker.events.actions import Registration, register, set_presence
from matchmaker.events.drafts import ParticipantDraft
from matchmaker.events.encounters import stand_by
from matchmaker.events.models import Arrival, Presence
from matchmaker.events.publishing import refill
from matchmaker.events.queries import Attendee, event_for_desk, list_attendees, member_called
from matchmaker.events.versions import newest_version
from matchmaker.places.keys import search_key

LARGEST_NUMBER = 2**31 - 1
BADGE = re.compile(r"/profiles/\d+\?participant=(\d{1,10})$", re.ASCII)
Address = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
Typing = Annotated[str, Form()]
Number = Annotated[int, Form(ge=0, le=LARGEST_NUMBER)]
event_door = APIRouter(prefix="/desk/events", default_response_class=HTMLResponse)


@dataclass(frozen=True)
class ArrivalShown:
    """Someone at the door."""

    participant_id: int
    member: str
    name: str
    companions: str
    presence: str


@dataclass(frozen=True)
class StandbyShown:
    """Someone who could step in."""

    name: str
    held: int
    free_slots: int
    waiting: int


@dataclass(frozen=True)
class Arrivals(Page):
    """The arrival desk."""

    template: ClassVar[str] = "event_arrivals.html"
    line: EventLine
    found: str
    lines: tuple[ArrivalShown, ...]
    presence: Mapping[str, int]
    standbys: tuple[StandbyShown, ...]
    is_published: bool
    typed: Typed
    done: str


@event_door.get("/{event_id}/arrivals")
def read_arrivals(asked: AskedPage, event_id: Address, found: str = "", done: str = "") -> Response:
    """The door."""
    return page(arrivals_page(asked, event_id, found=found, done=done))


@event_door.post("/{event_id}/arrivals")
def post_arrival(
    asked: AskedPage, event_id: Address, presence: Annotated[Presence, Form()], participant_id: Number = 0,
    found: Typing = "",
) -> Response:  # fmt: skip
    """Note who has come and who has not."""
    now = asked.service.clock()
    return _at_door(
        asked, event_id, "noted", found,
        lambda session, acting: set_presence(
            session, acting=acting, event_id=event_id, participant_id=participant_id, presence=presence, now=now
        ),
    )  # fmt: skip


@event_door.post("/{event_id}/walk-ins")
def post_walk_in(asked: AskedPage, event_id: Address, member: Typing = "", name: Typing = "") -> Response:
    """Register whoever stands at the door."""
    now = asked.service.clock()
    return _at_door(
        asked, event_id, "registered", "",
        lambda session, acting: register(
            session, acting=acting, event_id=event_id, now=now, draft=ParticipantDraft(name=name[:200]),
            registration=Registration(member_called(session, acting=acting, name=member).id or 0, Arrival.WALK_IN),
        ),
    )  # fmt: skip


@event_door.post("/{event_id}/refill")
def post_refill(asked: AskedPage, event_id: Address) -> Response:
    """Give the places of the absent to those who wait."""
    lists, now = asked.service.lists, asked.service.clock()
    return _at_door(
        asked, event_id, "refilled", "",
        lambda session, acting: refill(session, acting=acting, event_id=event_id, lists=lists, now=now),
    )  # fmt: skip


def arrivals_page(
    asked: Asked, event_id: int, *, found: str = "", typed: Typed | None = None, done: str = ""
) -> Arrivals:
    """The door. Raises `sign_in_needed`, `only_secretariat`, `event_unknown`."""
    acting, office = asked.signed_in(), asked.service.introduction_office()
    event = event_for_desk(asked.session, acting=acting, event_id=event_id)
    lines = [
        ArrivalShown(each.number, each.profile.name, each.who.name, ", ".join(each.who.companions), each.who.presence)
        for each in list_attendees(asked.session, acting=acting, event_id=event_id)
        if _is_found(each, found)
    ]
    is_published = newest_version(asked.session, event_id=event_id) is not None
    standbys = stand_by(asked.session, acting=acting, event_id=event_id, office=office) if is_published else []
    return Arrivals(
        asked.language, asked.frame(SECTION), event_line(event, asked.language), found,
        tuple(sorted(lines, key=lambda line: (line.presence != Presence.EXPECTED, search_key(line.member)))),
        presence_of(asked, event_id),
        tuple(StandbyShown(one.attendee.profile.name, one.held, one.free_slots, one.waiting) for one in standbys),
        is_published, typed or Typed(), done,
    )  # fmt: skip


def _is_found(attendee: Attendee, found: str) -> bool:
    """By a part of a name or a ticket, or by the code of a badge, which a reader of codes types as an address."""
    scanned = BADGE.search(found)
    if scanned:
        return attendee.number == int(scanned[1])
    who = attendee.who
    return search_key(found) in search_key(" ".join([attendee.profile.name, who.name, who.ticket, *who.companions]))


def _at_door(asked: Asked, event_id: int, done: str, found: str, act: Act) -> Response:
    refusal = refusal_of(asked, act)
    if refusal:
        return page(arrivals_page(asked, event_id, found=found, typed=in_the_way(refusal)), status=CONFLICT)
    return asked.here(f"/desk/events/{event_id}/arrivals?done={done}#done")
