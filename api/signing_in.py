"""What every way of signing in has in common: the time an answer takes, and a session begun."""

import asyncio
import time
from collections.abc import AsyncIterator

from fastapi import Request
from sqlmodel import Session

from api.devices import device_of
from api.wiring import Service
from matchmaker.accounts.models import Account
from matchmaker.accounts.sessions import start_session
from matchmaker.errors import NotAllowedError

STEADY_SECONDS = 0.25
"""An answer on signing in takes at least this long: several times what the slowest of them needs, known or not."""


async def steadily() -> AsyncIterator[None]:
    """Answer no sooner than STEADY_SECONDS after the question, so that time tells nothing."""
    due = time.monotonic() + STEADY_SECONDS
    try:
        yield
    finally:
        await asyncio.sleep(max(0.0, due - time.monotonic()))


def begin(request: Request, session: Session, service: Service, account: Account | None) -> str:
    """The secret of a new session. Raises `sign_in_not_valid`."""
    if account is None:
        raise NotAllowedError("sign_in_not_valid")
    device = device_of(request.headers.get("user-agent", ""))
    return start_session(session, account=account, device=device, now=service.clock())
