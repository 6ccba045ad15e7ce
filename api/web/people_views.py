"""Views of pages about oneself: coming in, one's account."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from api.web.event_views import ComingLine
from api.web.pieces import Choice, Named
from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class SignInPage(Page):
    """Asks for an e-mail address. `wanted`: where the browser wanted to go; `lead`: why it must sign in first."""

    template: ClassVar[str] = "sign_in.html"
    typed: Typed
    providers: tuple[Choice, ...]
    wanted: str
    lead: str


@dataclass(frozen=True)
class CodePage(Page):
    """Asks for the digits of a letter. `is_sent`: the letter was just asked for; `minutes`: how long it holds."""

    template: ClassVar[str] = "code.html"
    typed: Typed
    is_sent: bool
    is_other_browser: bool
    minutes: int


@dataclass(frozen=True)
class LinkPage(Page):
    """A link of a letter was opened: nothing happens before a person says so."""

    template: ClassVar[str] = "link.html"
    secret: str


@dataclass(frozen=True)
class SessionShown:
    """A browser in which one is signed in."""

    id: int
    device: str
    created_at: datetime
    seen_at: datetime
    is_present: bool


@dataclass(frozen=True)
class TokenShown:
    """A key of a program, without the key."""

    id: int
    label: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True)
class MemberShown:
    """A member for which one acts."""

    member: Named
    part: str
    is_shown: bool


@dataclass(frozen=True)
class AccountPage(Page):
    """Oneself. `done`: what was just done; `key`: a new token's key, shown this once."""

    template: ClassVar[str] = "account.html"
    email: str
    role: str
    oneself: Typed
    languages: tuple[Choice, ...]
    coming: tuple[ComingLine, ...]
    members: tuple[MemberShown, ...]
    assesses: bool
    letters: Typed
    groups: tuple[Choice, ...]
    hours_from: tuple[Choice, ...]
    hours_until: tuple[Choice, ...]
    sessions: tuple[SessionShown, ...]
    tokens: tuple[TokenShown, ...]
    token: Typed
    scopes: tuple[Choice, ...]
    key: str
    done: str


@dataclass(frozen=True)
class Design(Page):
    """All components on one sheet, for who develops."""

    template: ClassVar[str] = "design.html"
    typed: Typed
    wrong: Typed
    choices: tuple[Choice, ...]


VIEWS: tuple[type[Page], ...] = (SignInPage, CodePage, LinkPage, AccountPage, Design)
