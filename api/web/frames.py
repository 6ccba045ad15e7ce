"""What every route takes: the service, a session that reads as whoever asks, the language of the address."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session

from api.cookies import SAFE_METHODS, cookies_of, csrf_token_of, masked
from api.i18n import refusal_told, words
from api.pages import View, render
from api.security import CurrentService, who_calls
from api.web.navigation import NOWHERE, Navigation, navigation_of
from api.web.pieces import Frame, Person
from api.wiring import Service
from matchmaker.accounts.models import ANYONE, Account, Acting
from matchmaker.accounts.queries import ALLIANCE_ROLES
from matchmaker.errors import NotAllowedError
from matchmaker.languages import WorkingLanguage
from matchmaker.letters.habits import habits_of
from matchmaker.letters.zones import zone_of
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import represented_by

OK, SEE_OTHER = 200, 303
NEVER_KEPT = {"Cache-Control": "no-store"}
KEPT_FOR_THE_WAY_BACK = {"Cache-Control": "private, no-cache"}
"""For what a form was answered and no address leads to: else the way back would ask to send the form again."""
OWN_SITES = ("", "same-origin", "none")
"""What a browser says of where a form stands (Fetch Metadata); old browsers say nothing."""


@dataclass(frozen=True)
class Asked:
    """A request for a page."""

    service: Service
    session: Session
    language: str
    path: str
    query: str
    acting: Acting = ANYONE
    person: Person | None = None
    navigation: Navigation = NOWHERE

    @property
    def origin(self) -> str:
        """Where the service is reached, for addresses that leave it."""
        return self.service.settings.public_url.rstrip("/")

    @property
    def address(self) -> str:
        """Where others find this page."""
        return f"{self.origin}/{self.language}{self.path}"

    @property
    def spoken(self) -> WorkingLanguage:
        """The language of the page."""
        return WorkingLanguage(self.language)

    def frame(self, section: str, *, form: str = "") -> Frame:
        """What stands around a page of this section; `form` is the one that a change of language posts again."""
        return Frame(self.path, self.query, section, bool(form), form, self.person, self.navigation, self.origin)

    def here(self, path: str) -> RedirectResponse:
        """Lead to another page in the same language, after something was done."""
        return RedirectResponse(f"/{self.language}{path}", SEE_OTHER, NEVER_KEPT)

    def signed_in(self) -> Acting:
        """Who asks, when somebody is signed in. Raises `sign_in_needed`."""
        if self.person is None:
            raise NotAllowedError("sign_in_needed")
        return self.acting

    def say(self, key: str, values: Mapping[str, object] | None = None) -> str:
        """A sentence on an error, in the language of the page."""
        return words(self.spoken, key, values or {})

    def say_refusal(self, code: str, values: Mapping[str, object] | None = None) -> str:
        """Why something was not done and what to do, to whoever reads a page."""
        return refusal_told(self.spoken, code, values or {})


def asked_page(
    request: Request, service: CurrentService, acting: Annotated[Acting, Depends(who_calls)]
) -> Iterator[Asked]:
    """The request for a page, with a session that is closed when the answer is made. Raises `csrf_missing`."""
    if request.method not in SAFE_METHODS and request.headers.get("sec-fetch-site", "") not in OWN_SITES:
        raise NotAllowedError("csrf_missing")
    _, language, rest = f"{request.scope['path']}/".split("/", 2)
    query = f"?{request.url.query}" if request.url.query else ""
    with service.database.reading() as session:
        person = request.state.person = person_of(request, service, session, acting)
        navigation = navigation_of(request.app, person)
        yield Asked(service, session, language, f"/{rest}"[:-1] or "/", query, acting, person, navigation)


def page(view: View, *, status: int = OK, keeping: dict[str, str] | None = None) -> HTMLResponse:
    """A page that nobody keeps, for it may hold what only its reader may see; but what says what is wrong in a form."""
    usual = NEVER_KEPT if status == OK else KEPT_FOR_THE_WAY_BACK
    return HTMLResponse(render(view), status, keeping or usual)


def person_of(request: Request, service: Service, session: Session, acting: Acting) -> Person | None:
    """Who is signed in in a browser, as pages show it."""
    if acting.session_id is None or acting.account_id is None:
        return None
    name = session.get_one(Account, acting.account_id).name
    token = masked(csrf_token_of(cookies_of(service.settings).session_of(request)))
    represented = represented_by(session, acting=acting)
    zone = _time_zone(session, acting, represented)
    is_alliance = acting.role in ALLIANCE_ROLES
    return Person(name, token, bool(represented), acting.is_secretariat, is_alliance, zone)


def _time_zone(session: Session, acting: Acting, represented: Sequence[int]) -> str:
    """The zone that the account chose for its letters, else that of the country of the first member it acts for."""
    chosen = habits_of(session, acting=acting).time_zone
    first = session.get(Profile, represented[0]) if represented and not chosen else None
    return zone_of(time_zone=chosen, country=first.country if first else "").key


AskedPage = Annotated[Asked, Depends(asked_page, scope="function")]
