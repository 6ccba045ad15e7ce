"""How often one caller may ask, search, and try to sign in."""

import math
import time
from dataclasses import dataclass, field

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from api.settings import Settings
from matchmaker.accounts.seals import digest_of
from matchmaker.errors import DomainError

NETWORK_FACTOR = 6  # people of one office ask from one address


class TooManyRequestsError(DomainError):
    """The caller asked too often; `values["seconds"]` says how long to wait."""


@dataclass(frozen=True)
class Pace:
    """How often one caller may ask; counted in this process, forgotten at its end."""

    requests: RateLimitItem
    tries: RateLimitItem
    sign_ins: RateLimitItem
    sign_ins_of_network: RateLimitItem
    limiter: MovingWindowRateLimiter = field(default_factory=lambda: MovingWindowRateLimiter(MemoryStorage()))

    def count_request(self, caller: str) -> None:
        """Count one request of a caller. Raises TooManyRequestsError."""
        self._count(self.requests, "request", caller)

    def count_try(self, caller: str) -> None:
        """Count one search of a caller without a token. Raises TooManyRequestsError."""
        self._count(self.tries, "try", caller)

    def count_sign_in(self, kind: str, *, caller: str, address: str) -> None:
        """Count one try to sign in with an e-mail address, known or not. Raises TooManyRequestsError."""
        self._count(self.sign_ins_of_network, kind, caller)
        if address:
            self._count(self.sign_ins, kind, digest_of(address.lower()))

    def _count(self, limit: RateLimitItem, kind: str, caller: str) -> None:
        if not self.limiter.hit(limit, kind, caller):
            ends_at = self.limiter.get_window_stats(limit, kind, caller).reset_time
            seconds = max(1, math.ceil(ends_at - time.time()))
            raise TooManyRequestsError("too_many_requests", seconds=seconds, limit=limit.amount)


def pace_of(settings: Settings) -> Pace:
    """The pace that an operator has set."""
    return Pace(
        RateLimitItemPerMinute(settings.requests_per_minute),
        RateLimitItemPerMinute(settings.tries_per_minute),
        RateLimitItemPerHour(settings.sign_ins_per_hour),
        RateLimitItemPerHour(settings.sign_ins_per_hour * NETWORK_FACTOR),
    )
