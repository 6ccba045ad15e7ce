"""Alerts and what they found, as answers."""

from datetime import datetime

from pydantic import BaseModel

from api.rest.shapes import ChallengeLine, PlaceShape, challenge_line, place_shape, plain_fields
from matchmaker.alerts.models import Alert
from matchmaker.alerts.queries import Found


class AlertShape(BaseModel):
    """An alert. Without a text it looks for what the profile could answer. `has_feed`: a secret address is in use."""

    id: int
    profile_id: int
    name: str
    text: str
    language: str
    countries: list[str]
    areas: list[str]
    languages: list[str]
    sizes: list[str]
    place: PlaceShape | None
    radius_kilometres: int | None
    frequency: str
    is_paused: bool
    has_feed: bool
    looked_at: datetime | None
    digest_at: datetime | None
    created_at: datetime
    updated_at: datetime


class AlertsShape(BaseModel):
    """The account's own alerts."""

    alerts: list[AlertShape]


class QuotedShape(BaseModel):
    """A sentence as it stands: of the profile beside the need that it answers; of the challenge where need is null."""

    need: str | None
    text: str
    language: str


class FindingShape(BaseModel):
    """A challenge that an alert found. While its `procurement` is open, nobody is introduced on it."""

    challenge: ChallengeLine
    procurement: str
    points: int
    quoted: list[QuotedShape]
    found_at: datetime
    sent_at: datetime | None


class FindingsShape(BaseModel):
    """What an alert found, newest first. A match is neither preference nor award."""

    findings: list[FindingShape]


class FeedShape(BaseModel):
    """The secret address of a feed, told once; a new one ends it."""

    address: str


def alert_shape(alert: Alert) -> AlertShape:
    """An alert as an answer."""
    own = {"place": place_shape(alert), "has_feed": alert.feed_digest is not None}
    return AlertShape.model_validate(plain_fields(alert, AlertShape) | own)


def finding_shape(found: Found) -> FindingShape:
    """A finding as an answer."""
    row, challenge = found.finding, found.full.challenge
    return FindingShape(
        challenge=challenge_line(challenge),
        procurement=challenge.procurement,
        points=row.points,
        quoted=[QuotedShape(need=one.need or None, text=one.text, language=one.language) for one in found.quoted],
        found_at=row.found_at,
        sent_at=row.sent_at,
    )
