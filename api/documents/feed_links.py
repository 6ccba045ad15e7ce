"""The secret address of a calendar feed: calendars cannot sign in. It holds while its account acts for the member."""

from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer
from sqlmodel import Session

from matchmaker.accounts.models import Account, Acting, Role
from matchmaker.errors import NotFoundError
from matchmaker.events.feeds import FIRST, edition_of
from matchmaker.languages import WorkingLanguage

SALT = "calendar-feed"


def feed_secret(signing_key: str, *, event_id: int, participant_id: int, account_id: int, edition: int = FIRST) -> str:
    """What stands in the address; the same for the same four. The first edition is not named in it."""
    told = [event_id, participant_id, account_id, *([] if edition == FIRST else [edition])]
    return str(URLSafeSerializer(signing_key, SALT).dumps(told))


def feed_address(
    session: Session, *, signing_key: str, public_url: str, event_id: int, participant_id: int, account_id: int
) -> str:
    """Where a calendar finds the meetings of a participant, on behalf of an account."""
    edition = edition_of(session, participant_id=participant_id, account_id=account_id)
    secret = feed_secret(
        signing_key, event_id=event_id, participant_id=participant_id, account_id=account_id, edition=edition
    )
    return f"{public_url.rstrip('/')}/v1/event-feeds/{secret}.ics"


@dataclass(frozen=True)
class Subscribed:
    """On whose behalf a feed is read, in which language, of which event and participant."""

    acting: Acting
    language: WorkingLanguage
    event_id: int
    participant_id: int


def reader_of_feed(session: Session, *, signing_key: str, secret: str) -> Subscribed:
    """Who reads by a secret. Raises `feed_unknown`, also where it was ended for another."""
    try:
        event_id, participant_id, account_id, *more = URLSafeSerializer(signing_key, SALT).loads(secret)
    except BadSignature as error:
        raise NotFoundError("feed_unknown") from error
    account = session.get(Account, account_id)
    in_use = edition_of(session, participant_id=participant_id, account_id=account_id)
    if account is None or account.ended_at is not None or (more or [FIRST]) != [in_use]:
        raise NotFoundError("feed_unknown")
    acting = Acting(account.id, Role(account.role))
    return Subscribed(acting, WorkingLanguage(account.language), event_id, participant_id)
