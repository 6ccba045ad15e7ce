"""Which request, which session still holds, at a given moment."""

from datetime import datetime, timedelta

from matchmaker.accounts.models import AccountSession, SignInRequest
from matchmaker.accounts.seals import digest_of, is_same

REQUEST_LIFE = timedelta(minutes=15)
OPERATOR_LINK_LIFE = timedelta(hours=24)  # of a link that a command prints: whoever reads it may have to pass it on
CODE_ATTEMPTS = 5
OPEN_REQUESTS = 5  # of one address at a time; more are asked for only by someone who guesses or floods
IDLE_LIFE = timedelta(days=14)
SESSION_LIFE = timedelta(days=90)
SEEN_EVERY = timedelta(minutes=5)  # a read then costs no write


def is_open(request: SignInRequest, *, now: datetime) -> bool:
    """Whether a request can still be answered by its link."""
    return request.used_at is None and now < request.expires_at


def takes_codes(request: SignInRequest, *, now: datetime) -> bool:
    """Whether a request can still be answered by its code."""
    return is_open(request, now=now) and request.attempts < CODE_ATTEMPTS


def is_browser_of(request: SignInRequest, *, browser: str) -> bool:
    """Whether the browser with this secret asked; an operator's link opens in any."""
    return request.browser_digest == "" or is_same(request.browser_digest, digest_of(browser))


def holds(row: AccountSession, *, now: datetime) -> bool:
    """Whether someone is still signed in."""
    return row.ended_at is None and now < row.seen_at + IDLE_LIFE and now < row.created_at + SESSION_LIFE


def is_seen_late(row: AccountSession, *, now: datetime) -> bool:
    """Whether the last visit should be noted again."""
    return now >= row.seen_at + SEEN_EVERY
