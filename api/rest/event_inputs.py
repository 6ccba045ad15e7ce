"""What callers send about events, with an example of each."""

from typing import Annotated, Any

from fastapi import Body
from fastapi.openapi.models import Example
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.rest.dependencies import LARGEST_NUMBER
from matchmaker.events.agenda.instance import Mode
from matchmaker.events.drafts import (
    CSV_CHARACTERS,
    WISHES_AT_MOST,
    Code,
    EncounterDraft,
    EventDraft,
    GroupDraft,
    Number,
    ParticipantDraft,
    WishDraft,
)
from matchmaker.events.models import EventState, Presence
from matchmaker.events.workbench import Act


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewEventState(_Input):
    """Where an event stands from now on."""

    state: EventState


class NewParticipant(ParticipantDraft):
    """A member to be registered. A walk-in has arrived; who comes by a ticket is known by it."""

    profile_id: Number
    is_walk_in: bool = False


class NewPresence(_Input):
    """Whether someone has come."""

    presence: Presence


class Wishes(_Input):
    """All that a participant says of others."""

    wishes: list[WishDraft] = Field(max_length=WISHES_AT_MOST)


class Tickets(_Input):
    """The list of a ticketing service as CSV; a dry run keeps nothing."""

    csv: Annotated[str, StringConstraints(max_length=CSV_CHARACTERS)]
    dry_run: bool = True


class GroupAnswer(_Input):
    """Whether one comes to a group."""

    is_coming: bool


class NewRun(_Input):
    """A search: from nothing, or of the published agenda in one of three modes."""

    mode: Mode | None = Field(default=None, description="frozen, locked or bonus; an agenda from nothing when left out")
    seed: int | None = Field(default=None, ge=0, le=LARGEST_NUMBER)
    seconds: float | None = Field(default=None, ge=1, le=600, allow_inf_nan=False)


class AgendaAct(_Input):
    """An act on the working copy. `is_trial` shows what it costs and whom it touches, and changes nothing."""

    act: Act
    key: Code = Field(default="", description="of a meeting: for every act but add, refresh and fill")
    slot: Code | None = None
    table: Code | None = None
    participant_ids: list[Number] = Field(default_factory=list, max_length=5, description="two, to be added")
    is_trial: bool = True


class Publication(_Input):
    """How a working copy is published."""

    leaves_out_awaiting: bool = Field(default=False, description="take out what not all have agreed to, and refill")


def _one(summary: str, value: Any) -> dict[str, Example]:
    return {"example": Example(summary=summary, value=value)}


EVENT: dict[str, Any] = {
    "name": "Encuentro de ciudades 2027",
    "city": "Bogotá",
    "country": "CO",
    "time_zone": "America/Bogota",
    "languages": ["es", "pt"],
    "slot_minutes": 20,
    "pause_minutes": 5,
    "days": [
        {
            "on": "2027-05-12",
            "starts": "09:00",
            "ends": "17:00",
            "keeps_free": [{"starts": "12:00", "ends": "14:00"}],
        }
    ],
    "tables": [{"id": "1", "room": "Salón A"}, {"id": "2", "room": "Salón A", "zone": "señas"}],
    "opens_at": "2027-01-01T00:00:00Z",
    "closes_at": "2027-05-01T00:00:00Z",
}
PARTICIPANT = {"name": "Ana Pérez", "arrives_at": "2027-05-12T15:00:00Z", "most_meetings": 8}
WISHES = {"wishes": [{"profile_id": 7, "degree": "must"}]}
TICKETS = {"csv": "Pedido;Nombre;Organización\n881;Ana Pérez;Sogamoso\n", "dry_run": True}
GROUP = {"topic": "Agua no contabilizada", "participant_ids": [1, 2, 3]}

EventBody = Annotated[EventDraft, Body(openapi_examples=_one("A day with two tables", EVENT))]
EventStateBody = Annotated[NewEventState, Body(openapi_examples=_one("Open it", {"state": "open"}))]
NewParticipantBody = Annotated[NewParticipant, Body(openapi_examples=_one("A member", PARTICIPANT | {"profile_id": 7}))]
ParticipantBody = Annotated[ParticipantDraft, Body(openapi_examples=_one("Arrives at ten", PARTICIPANT))]
PresenceBody = Annotated[NewPresence, Body(openapi_examples=_one("Has come", {"presence": "arrived"}))]
WishesBody = Annotated[Wishes, Body(openapi_examples=_one("One", WISHES))]
TicketsBody = Annotated[Tickets, Body(openapi_examples=_one("One ticket", TICKETS))]
GroupBody = Annotated[GroupDraft, Body(openapi_examples=_one("Three on a topic", GROUP))]
GroupAnswerBody = Annotated[GroupAnswer, Body(openapi_examples=_one("Comes", {"is_coming": True}))]
RunBody = Annotated[NewRun, Body(openapi_examples=_one("From nothing", {"seconds": 60}))]
ActBody = Annotated[
    AgendaAct,
    Body(openapi_examples=_one("Try a move", {"act": "move", "key": "p1-p2", "slot": "2027-05-12T09:00"})),
]
PublicationBody = Annotated[Publication, Body(openapi_examples=_one("As it is", {"leaves_out_awaiting": False}))]
EncounterBody = Annotated[EncounterDraft, Body(openapi_examples=_one("They met", {"has_met": True}))]
