"""The view of invitations to owners of imported profiles."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from api.web.desk_views import Room
from api.web.pieces import Choice, Named
from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class InvitedShown:
    """Who would be written to, when and in which language."""

    agent: Named
    kind: str
    language: str
    send_at: datetime


@dataclass(frozen=True)
class LetterShown:
    """What the letter says in one language."""

    language: str
    subject: str
    text: str


@dataclass(frozen=True)
class Invitations(Room):
    """Whom the next press would invite; `left` come later. `digest` names exactly these. `sent` were just sent."""

    template: ClassVar[str] = "inviting.html"
    invited: tuple[InvitedShown, ...]
    left: int
    digest: str
    letters: tuple[LetterShown, ...]
    countries: tuple[Choice, ...]
    country: str
    kinds: tuple[Choice, ...]
    kind: str
    typed: Typed
    sent: int | None


VIEWS: tuple[type[Page], ...] = (Invitations,)
