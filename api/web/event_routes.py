"""What members do about an event: register, say whom they would like to meet, answer groups, tell how it went."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, Field

from api.web.doing import CONFLICT, Act, refusal_of
from api.web.events import event_page, events_page, whole_agenda_page
from api.web.frames import Asked, AskedPage, page
from api.web.typed import Typed, Wrong
from api.web.typing import UNPROCESSABLE, understood
from matchmaker.events.actions import Registration, register, say_wishes, set_presence
from matchmaker.events.drafts import WISHES_AT_MOST, EncounterDraft, Number, TakingPart, WishDraft
from matchmaker.events.encounters import say_encounter
from matchmaker.events.models import Presence
from matchmaker.events.offering import answer_group

LARGEST_NUMBER = 2**31 - 1
DONE = frozenset({"registered", "wishes", "group", "met", "cancelled"})
Address = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
After = Annotated[int, Query(ge=0, le=LARGEST_NUMBER)]
Typing = Annotated[str, Form()]
Numbers = Annotated[int, Form(ge=0, le=LARGEST_NUMBER)]
Several = Annotated[list[str] | None, Form(max_length=2 * WISHES_AT_MOST)]
events = APIRouter(prefix="/events", default_response_class=HTMLResponse)


class Joining(TakingPart):
    """A member that registers."""

    profile_id: Number


class Wishes(BaseModel):
    """What a participant says of others."""

    wishes: list[WishDraft] = Field(max_length=WISHES_AT_MOST)


@events.get("")
def read_events(asked: AskedPage, after: After = 0) -> Response:
    """The list."""
    return page(events_page(asked, after=after))


@events.get("/{event_id}")
def read_event(asked: AskedPage, event_id: Address, done: str = "") -> Response:
    """One event."""
    return page(event_page(asked, event_id, done=done if done in DONE else ""))


@events.get("/{event_id}/agenda")
def read_agenda(asked: AskedPage, event_id: Address) -> Response:
    """The whole agenda."""
    return page(whole_agenda_page(asked, event_id))


@events.post("/{event_id}/participants")
def post_participant(
    asked: AskedPage, event_id: Address, profile_id: Typing = "", name: Typing = "", is_remote: Typing = "",
    remote_link: Typing = "", time_zone: Typing = "",
) -> Response:  # fmt: skip
    """Register a member of one's own."""
    asked.signed_in()
    values = {"profile_id": profile_id, "name": name, "is_remote": bool(is_remote), "remote_link": remote_link,
              "time_zone": time_zone}  # fmt: skip
    draft, typed = understood(asked, Joining, values)
    if draft is None:
        return page(event_page(asked, event_id, typed=typed), status=UNPROCESSABLE)
    said = TakingPart(**draft.model_dump(exclude={"profile_id"}))
    told, now = Registration(draft.profile_id), _now(asked)
    return _act(
        asked, event_id, "registered", typed,
        lambda session, acting: register(
            session, acting=acting, event_id=event_id, registration=told, draft=said, now=now
        ),
    )  # fmt: skip


@events.post("/{event_id}/cancellation")
def post_cancellation(asked: AskedPage, event_id: Address, participant_id: Numbers = 0) -> Response:
    """Cancel one's own participation."""
    now = _now(asked)
    return _act(
        asked, event_id, "cancelled", Typed(),
        lambda session, acting: set_presence(
            session, acting=acting, event_id=event_id, participant_id=participant_id, presence=Presence.CANCELLED,
            now=now,
        ),
    )  # fmt: skip


@events.post("/{event_id}/wishes")
def post_wishes(
    asked: AskedPage, event_id: Address, participant_id: Numbers = 0, about: Several = None, degree: Several = None
) -> Response:
    """Say of each what one would like; what is left open is no wish."""
    asked.signed_in()
    said = [
        {"profile_id": number, "degree": word} for number, word in zip(about or [], degree or [], strict=False) if word
    ]
    draft, typed = understood(asked, Wishes, {"wishes": said})
    if draft is None:
        return page(event_page(asked, event_id, typed=typed), status=UNPROCESSABLE)
    now = _now(asked)
    return _act(
        asked, event_id, "wishes", Typed(),
        lambda session, acting: say_wishes(
            session, acting=acting, event_id=event_id, participant_id=participant_id, wishes=draft.wishes, now=now
        ),
    )  # fmt: skip


@events.post("/{event_id}/groups")
def post_group(
    asked: AskedPage, event_id: Address, participant_id: Numbers = 0, group_id: Numbers = 0, is_coming: Typing = ""
) -> Response:
    """Say whether one comes to a group."""
    now = _now(asked)
    return _act(
        asked, event_id, "group", Typed(),
        lambda session, acting: answer_group(
            session, acting=acting, event_id=event_id, participant_id=participant_id, group_id=group_id,
            is_coming=is_coming == "yes", now=now,
        ),
    )  # fmt: skip


@events.post("/{event_id}/meetings")
def post_meeting(
    asked: AskedPage, event_id: Address, participant_id: Numbers = 0, key: Typing = "", has_met: Typing = "",
    outcome: Typing = "",
) -> Response:  # fmt: skip
    """Say whether one met, and what came of it."""
    asked.signed_in()
    draft, typed = understood(asked, EncounterDraft, {"has_met": has_met == "yes", "outcome": outcome or None})
    if draft is None:
        return page(event_page(asked, event_id, typed=typed), status=UNPROCESSABLE)
    office = asked.service.introduction_office()
    return _act(
        asked, event_id, "met", Typed(),
        lambda session, acting: say_encounter(
            session, office=office, acting=acting, event_id=event_id, participant_id=participant_id, key=key,
            draft=draft,
        ),
    )  # fmt: skip


def _now(asked: Asked) -> datetime:
    return asked.service.clock()


def _act(asked: Asked, event_id: int, done: str, typed: Typed, act: Act) -> Response:
    """Do an act and lead back to the event; what cannot be done now is said there."""
    refusal = refusal_of(asked, act)
    if refusal:
        wrong = Typed(typed.values, (Wrong("content", refusal),))
        return page(event_page(asked, event_id, typed=wrong), status=CONFLICT)
    return asked.here(f"/events/{event_id}?done={done}#done")
