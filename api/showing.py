"""Keeping what was shown, whoever showed it: the API or a page."""

from collections.abc import Sequence

from api.wiring import Service
from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge
from matchmaker.matching.actions import Match, MatchList
from matchmaker.matching.exposure import record_showing


def keep_showing(
    service: Service, *, acting: Acting, challenge: Challenge, found: MatchList, shown: Sequence[Match]
) -> int:
    """Keep the list as it is shown, in a transaction as short as can be: the search held none. Gives its number."""
    with service.database.transaction() as session:
        showing = record_showing(
            session, acting=acting, challenge=challenge, result=found.result,
            matches=[match.ranked for match in shown], now=service.clock(),
        )  # fmt: skip
        return showing.id or 0
