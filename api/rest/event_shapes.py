"""Events and groups as answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from api.rest.shapes import plain_fields
from matchmaker.events.drafts import PolicyDraft
from matchmaker.events.models import Event, Group, GroupMember
from matchmaker.events.rules import slots_of


class SlotShape(BaseModel):
    """A slot, by its beginning on the clock of the place."""

    id: str
    starts_at: datetime
    ends_at: datetime


class EventShape(BaseModel):
    """An event with its slots by day."""

    id: int
    name: str
    description: str
    venue: str
    city: str
    country: str
    time_zone: str
    languages: list[str]
    slot_minutes: int
    pause_minutes: int
    days: list[dict[str, Any]]
    tables: list[dict[str, str]]
    slots: list[list[SlotShape]]
    policy: PolicyDraft
    opens_at: datetime
    closes_at: datetime
    state: str
    agenda_sight: str
    version: int


class EventsShape(BaseModel):
    """A page of events, by number."""

    events: list[EventShape]


class GroupShape(BaseModel):
    """A group with what each said, for the secretariat."""

    id: int
    topic: str
    fit: float
    answers: dict[int, bool | None]


class GroupsShape(BaseModel):
    """All groups of an event."""

    groups: list[GroupShape]


def event_shape(event: Event) -> EventShape:
    """An event as an answer."""
    slots = [
        [SlotShape(id=slot.id, starts_at=slot.starts_at, ends_at=slot.ends_at) for slot in day]
        for day in slots_of(event)
    ]
    return EventShape.model_validate(plain_fields(event, EventShape) | {"slots": slots})


def group_shape(group: Group, members: Sequence[GroupMember]) -> GroupShape:
    """A group with its answers."""
    answers = {row.participant_id: row.is_coming for row in members}
    return GroupShape(id=group.id or 0, topic=group.topic, fit=group.fit, answers=answers)
