"""Counting votes: a decision falls as soon as no outstanding vote can change it."""

from collections.abc import Sequence

from matchmaker.membership.charter import Policy
from matchmaker.membership.states import Outcome

PERCENT = 100


def outcome_of(votes: Sequence[Outcome], *, eligible: int, policy: Policy, is_closed: bool = False) -> Outcome | None:
    """What the committee has decided, or nothing yet.

    `eligible` counts all who may vote, those of `votes` among them; `is_closed` says that no more votes come.
    At least `quorum_percent` of `eligible` must vote; more than `majority_percent` of the votes admits, a tie refuses.
    """
    cast, missing = len(votes), 0 if is_closed else max(0, eligible - len(votes))
    if cast == 0 or cast * PERCENT < eligible * policy.quorum_percent:
        return None
    in_favour = votes.count(Outcome.ADMITTED)
    if in_favour * PERCENT > (cast + missing) * policy.majority_percent:
        return Outcome.ADMITTED
    if (in_favour + missing) * PERCENT <= (cast + missing) * policy.majority_percent:
        return Outcome.REFUSED
    return None


def weighted_percent(points: dict[str, int], *, weights: dict[str, int], lowest: int, highest: int) -> float:
    """Points by criterion as one number from 0 to 100; every criterion of `weights` has points."""
    span = (highest - lowest) * sum(weights.values())
    return PERCENT * sum(weight * (points[code] - lowest) for code, weight in weights.items()) / span
