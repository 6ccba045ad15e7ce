"""Feeds of alerts: whoever has the secret address reads on behalf of the account that asked for it."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from api.rest.answers import file_answer
from api.rest.atom import MEDIA_TYPE, atom_feed
from api.rest.dependencies import Reading
from api.rest.documents import READ
from api.security import Caller, CurrentService
from matchmaker.accounts.models import Account
from matchmaker.alerts.actions import feed_digest_of
from matchmaker.alerts.queries import alert_of_feed, newest_findings
from matchmaker.languages import WorkingLanguage, is_working_language

router = APIRouter(tags=["alerts"])
Secret = Annotated[str, Path(pattern=r"^[\w-]+$", max_length=100, description="told once, when the feed was opened")]
PRIVATE = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex", "Vary": "Authorization"}


class AtomResponse(Response):
    """An Atom document."""

    media_type = MEDIA_TYPE


@router.get(
    "/feeds/{secret}.atom",
    response_class=AtomResponse,
    response_model=None,
    responses={**READ, 200: READ[200] | {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}},
)
def read_feed(request: Request, session: Reading, service: CurrentService, _caller: Caller, secret: Secret) -> Response:
    """What an alert found, newest first, with the evidence; a match is neither preference nor award."""
    alert, reader = alert_of_feed(session, feed_digest=feed_digest_of(secret))
    spoken = session.get_one(Account, alert.account_id).language
    content = atom_feed(
        alert,
        newest_findings(session, alert=alert, acting=reader),
        language=WorkingLanguage(spoken) if is_working_language(spoken) else WorkingLanguage.ES,
        public_url=service.settings.public_url,
        address=f"{service.settings.public_url}/v1/feeds/{secret}.atom",
    )
    return file_answer(request, content, MEDIA_TYPE, headers=PRIVATE)
