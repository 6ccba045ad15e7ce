"""When an alert looks, when it writes, and what it takes for evidence. Pure."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from matchmaker.alerts.models import Alert, Finding, Frequency
from matchmaker.challenges.models import Challenge
from matchmaker.matching.opportunities import Opportunity, Sought
from matchmaker.matching.strength import POSSIBLE_POINTS, Strength
from matchmaker.places.distance import kilometres_between
from matchmaker.places.models import Located
from matchmaker.places.place import Place
from matchmaker.sentences import digest_of

LOOK_EVERY = timedelta(hours=1)  # feeds are that fresh
PERIODS = {Frequency.DAILY: timedelta(days=1), Frequency.WEEKLY: timedelta(days=7)}
PERIOD_SLACK = timedelta(minutes=30)  # so that a daily digest does not wander through the day
DIGEST_FINDINGS = 10  # in one letter; the rest waits for the next


def is_due(alert: Alert, *, now: datetime) -> bool:
    """Whether it is time to look again."""
    return not alert.is_paused and (alert.looked_at is None or now - alert.looked_at >= LOOK_EVERY)


def writes_now(alert: Alert, *, now: datetime) -> bool:
    """Whether a digest may leave: none is sent twice within its period."""
    period = PERIODS.get(Frequency(alert.frequency))
    if alert.is_paused or period is None:
        return False
    return alert.digest_at is None or now - alert.digest_at >= period - PERIOD_SLACK


def filters_of(alert: Alert) -> tuple[frozenset[str], ...]:
    """The facets of challenges that the alert wants; the place is compared by distance."""
    named = (
        ("country", alert.countries), ("area", alert.areas), ("language", alert.languages), ("size", alert.sizes)
    )  # fmt: skip
    return tuple(frozenset(f"{name}:{value}" for value in values) for name, values in named if values)


def within(alert: Alert, challenges: Collection[Challenge]) -> frozenset[int] | None:
    """The numbers of those in the alert's radius; nothing when it has none. What stands nowhere is not in it."""
    if alert.radius_kilometres is None:
        return None
    distances = {challenge.id or 0: kilometres_between(_place(alert), _place(challenge)) for challenge in challenges}
    return frozenset(number for number, far in distances.items() if far is not None and far <= alert.radius_kilometres)


def finding_of(alert: Alert, found: Opportunity | Sought, *, now: datetime) -> Finding | None:
    """What is kept of a challenge that was found; nothing when nobody would say that it fits."""
    pairs: list[list[str]]
    if isinstance(found, Sought):
        if found.quotation.points < POSSIBLE_POINTS:
            return None
        points, pairs = found.quotation.points, [["", digest_of(found.quotation.text)]]
    else:
        if found.ranked.strength is Strength.NONE:
            return None
        answers = zip(found.full.needs, found.ranked.candidate.reasons.answers, strict=True)
        points = found.ranked.points
        pairs = [[digest_of(need.text), digest_of(quote.text)] for need, quote in answers if quote is not None]
    return Finding(
        alert_id=alert.id or 0, challenge_id=found.full.challenge.id or 0, points=points, evidence=pairs, found_at=now
    )


def digest_findings(unsent: Sequence[Finding]) -> list[Finding]:
    """Those of a digest: the strongest, then the oldest."""
    return sorted(unsent, key=lambda finding: (-finding.points, finding.id or 0))[:DIGEST_FINDINGS]


def _place(row: Located) -> Place:
    return Place(
        row.geonameid, row.place_name, row.country, row.region or None, row.population, row.latitude, row.longitude
    )
