"""Keeping what was shown, whoever showed it: the API or a page."""

from collections.abc import Sequence

from api.wiring import Service
from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge, Status
from matchmaker.matching.actions import Match, MatchList
from matchmaker.matching.exposure import record_showing


def keep_showing(
    service: Service, *, acting: Acting, challenge: Challenge, found: MatchList, shown: Sequence[Match]
) -> int:
    """Keep the list as it is shown, in a transaction as short as can be: the search held none. Gives its number.

    Nothing is kept of a draft, and the number is 0: nobody is told in which lists of it they would stand.
    """
    if challenge.status == Status.DRAFT:
        return 0
    with service.database.transaction() as session:
        showing = record_showing(
            session, acting=acting, challenge=challenge, result=found.result,
            matches=[match.ranked for match in shown], now=service.clock(),
        )  # fmt: skip
        return showing.id or 0
