"""Owners of imported profiles are invited in bulk: who and in which words is seen first."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from api.letters.previewing import invitation_text
from api.web.choices import country_choices, term_choices
from api.web.desk import check_room
from api.web.doing import CONFLICT, refusal_of
from api.web.explained import term_name
from api.web.frames import Asked, AskedPage, page
from api.web.inviting_views import Invitations, InvitedShown, LetterShown
from api.web.lines import named
from api.web.typed import Typed
from api.web.typing import refused
from matchmaker.accounts.models import Account, Acting
from matchmaker.membership.inviting import Addressee, Preview, Wanted, preview_invitations, send_invitations
from matchmaker.taxonomy.models import Concern

LARGEST_NUMBER = 2**31 - 1
NOTHING = Typed()
Typing = Annotated[str, Form()]
invitations = APIRouter(prefix="/desk/invitations", default_response_class=HTMLResponse)


@invitations.get("")
def read_invitations(
    asked: AskedPage, country: str = "", kind: str = "",
    sent: Annotated[int | None, Query(ge=0, le=LARGEST_NUMBER)] = None,
) -> Response:  # fmt: skip
    """Whom the next press would invite, and in which words."""
    return page(_invitations(asked, country=country, kind=kind, sent=sent))


@invitations.post("")
def post_invitations(asked: AskedPage, digest: Typing = "", country: Typing = "", kind: Typing = "") -> Response:
    """Send exactly those that were seen, spread over the hours; pressed twice, they go once."""
    check_room(asked, "invitations")
    office, sent = asked.service.admission_office(), [0]
    wanted = _wanted(country, kind)

    def act(session: Session, acting: Acting) -> None:
        sent[0] = len(send_invitations(session, office=office, acting=acting, wanted=wanted, digest=digest))

    if refusal := refusal_of(asked, act):
        wrong = refused({}, field="invited", sentence=refusal)
        return page(_invitations(asked, country=country, kind=kind, typed=wrong), status=CONFLICT)
    return asked.here(f"/desk/invitations?sent={sent[0]}#done")


def _wanted(country: str, kind: str) -> Wanted:
    return Wanted(kinds=[kind] if kind else (), countries=[country] if country else ())


def _invitations(
    asked: Asked, *, country: str, kind: str, typed: Typed = NOTHING, sent: int | None = None
) -> Invitations:
    rooms, service = check_room(asked, "invitations"), asked.service
    found = preview_invitations(
        asked.session, office=service.admission_office(), acting=asked.acting, wanted=_wanted(country, kind)
    )
    return Invitations(
        language=asked.language,
        frame=asked.frame("desk", form="page-form" if typed.errors else ""),
        rooms=rooms,
        invited=tuple(_invited(asked, each) for each in found.addressees),
        left=found.left,
        digest=found.digest,
        letters=_letters(asked, found),
        countries=country_choices(asked.language, chosen=country),
        country=country,
        kinds=term_choices(
            service.taxonomy.terms(Concern.KINDS), name=lambda term: term.name[asked.language], chosen={kind}
        ),
        kind=kind,
        typed=typed,
        sent=sent,
    )  # fmt: skip


def _invited(asked: Asked, found: Addressee) -> InvitedShown:
    kind = term_name(asked.service.taxonomy, Concern.KINDS, found.profile.kind, asked.language)
    return InvitedShown(named(found.profile), kind, found.language, found.send_at)


def _letters(asked: Asked, found: Preview) -> tuple[LetterShown, ...]:
    """The letter in each language in which somebody would be written to, as its first reader gets it."""
    inviter = asked.session.get(Account, asked.acting.account_id)
    first = {each.language: each for each in reversed(found.addressees)}
    return tuple(
        LetterShown(language, *invitation_text(asked.service, each, inviter))
        for language, each in sorted(first.items())
    )
