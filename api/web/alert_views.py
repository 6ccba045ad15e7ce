"""Views of alerts: what is searched, and what was found."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from api.web.pieces import ChallengeLine, Named, Where
from api.web.views import Page


@dataclass(frozen=True)
class AlertLine:
    """An alert in the list of one's own."""

    id: int
    name: str
    frequency: str
    is_paused: bool


@dataclass(frozen=True)
class SizeShown:
    """A size of place by its inhabitants: from the first number on, up to the second; 0 where there is no end."""

    at_least: int
    below: int


@dataclass(frozen=True)
class Narrowing:
    """What narrows an alert; all of it is empty when it looks everywhere."""

    countries: tuple[str, ...]
    areas: tuple[str, ...]
    languages: tuple[str, ...]
    sizes: tuple[SizeShown, ...]
    where: Where
    radius_kilometres: int | None


@dataclass(frozen=True)
class SentenceShown:
    """A sentence that was found, beside the need that it answers; a search by words has no need."""

    need: str
    text: str
    language: str


@dataclass(frozen=True)
class FindingShown:
    """A challenge that was found, with the sentences that speak for it."""

    challenge: ChallengeLine
    is_buying: bool
    quoted: tuple[SentenceShown, ...]
    found_at: datetime


@dataclass(frozen=True)
class AlertPage(Page):
    """One alert. `address`: of its feed, shown the once that it is made."""

    template: ClassVar[str] = "alert.html"
    line: AlertLine
    member: Named | None
    text: str
    spoken: str
    narrowing: Narrowing
    looked_at: datetime | None
    findings: tuple[FindingShown, ...]
    has_feed: bool
    address: str
    done: str


@dataclass(frozen=True)
class Alerts(Page):
    """One's own alerts."""

    template: ClassVar[str] = "alerts.html"
    lines: tuple[AlertLine, ...]
    done: str


VIEWS: tuple[type[Page], ...] = (AlertPage, Alerts)
