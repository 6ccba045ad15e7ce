"""Invitations to the owners of imported profiles: seen first, then sent."""

from datetime import datetime

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from starlette.responses import Response

from api.letters.previewing import invitation_text
from api.rest.admission_inputs import SendingBody, WantedOwners, WantedOwnersBody
from api.rest.answers import page_of, read_answer, saved_answer, tried_answer
from api.rest.dependencies import PAGE_ITEMS, After, Limit, Reading, Transaction, only_json
from api.rest.documents import LISTED, SAVED, TRIED
from api.security import CurrentService, SignedIn
from api.wiring import Service
from matchmaker.accounts.models import Account
from matchmaker.languages import WorkingLanguage
from matchmaker.membership.inviting import (
    Addressee,
    Preview,
    Wanted,
    list_invitations,
    preview_invitations,
    send_invitations,
)
from matchmaker.membership.models import Invitation

router = APIRouter(tags=["membership"])


class AddresseeShape(BaseModel):
    """Who would be written to, when and in which language; of the address only as much as tells them apart."""

    profile_id: int
    name: str
    address: str
    language: str
    send_at: datetime


class LetterText(BaseModel):
    """What the letter says in one language, as its first reader would get it; its link is made when it leaves."""

    language: str
    subject: str
    text: str


class PreviewShape(BaseModel):
    """Invitations that would be sent; `left` are for a later time. `digest` sends exactly these."""

    count: int
    left: int
    digest: str
    letters: list[LetterText]
    addressees: list[AddresseeShape]


class InvitationShape(BaseModel):
    """An invitation; `answer` is empty until its owner has spoken."""

    id: int
    profile_id: int
    language: str
    send_at: datetime
    expires_at: datetime
    answer: str
    answered_at: datetime | None


class InvitationsShape(BaseModel):
    """Invitations, by number."""

    invitations: list[InvitationShape]


@router.post("/invitations/preview", response_model=PreviewShape, responses=TRIED, dependencies=[Depends(only_json)])
def preview(session: Reading, service: CurrentService, caller: SignedIn, body: WantedOwnersBody) -> Response:
    """Who would be written to, in which words; nothing is sent."""
    office = service.admission_office()
    found = preview_invitations(session, office=office, acting=caller, wanted=_wanted(body))
    inviter = session.get(Account, caller.account_id)
    return tried_answer(_preview(service, found, inviter))


@router.post("/invitations", response_model=InvitationsShape, responses=SAVED, dependencies=[Depends(only_json)])
def send(session: Transaction, service: CurrentService, caller: SignedIn, body: SendingBody) -> Response:
    """Send the invitations of a preview, spread over the hours."""
    office = service.admission_office()
    sent = send_invitations(session, office=office, acting=caller, wanted=_wanted(body), digest=body.digest)
    return saved_answer(InvitationsShape(invitations=[_shape(row) for row in sent]))


@router.get("/invitations", response_model=InvitationsShape, responses=LISTED)
def read_invitations(
    request: Request, session: Reading, caller: SignedIn, after: After = 0, limit: Limit = PAGE_ITEMS
) -> Response:
    """What was sent, and what owners answered."""
    found = list_invitations(session, acting=caller, after=after, limit=limit + 1)
    rows, headers = page_of(request, found, limit=limit, numbers=[row.id or 0 for row in found])
    return read_answer(request, InvitationsShape(invitations=[_shape(row) for row in rows]), headers=headers)


def _letter_text(service: Service, addressee: Addressee, inviter: Account | None) -> LetterText:
    """The invitation as it would leave, but for its secret."""
    subject, text = invitation_text(service, addressee, inviter)
    return LetterText(language=addressee.language, subject=subject, text=text)


def _preview(service: Service, found: Preview, inviter: Account | None) -> PreviewShape:
    first: dict[WorkingLanguage, Addressee] = {}
    for addressee in found.addressees:
        first.setdefault(addressee.language, addressee)
    letters = [_letter_text(service, addressee, inviter) for _, addressee in sorted(first.items())]
    return PreviewShape(
        count=len(found.addressees),
        left=found.left,
        digest=found.digest,
        letters=letters,
        addressees=[_addressee(addressee) for addressee in found.addressees],
    )


def _addressee(addressee: Addressee) -> AddresseeShape:
    row = addressee.profile
    local, _, host = row.email.rpartition("@")
    return AddresseeShape(
        profile_id=row.id or 0,
        name=row.name,
        address=f"{local[:1]}…@{host}",
        language=addressee.language,
        send_at=addressee.send_at,
    )


def _wanted(body: WantedOwners) -> Wanted:
    return Wanted(sources=body.sources, kinds=body.kinds, countries=body.countries)


def _shape(row: Invitation) -> InvitationShape:
    return InvitationShape.model_validate(row, from_attributes=True)
