"""What a published agenda can be shown to be worth: figures, from which `api` writes plain sentences. Pure."""

from collections import Counter
from math import floor
from typing import Any

from matchmaker.events.agenda.instance import Instance, Schedule
from matchmaker.events.ground import Ground, participant_key

DIGITS = 10_000  # of quality: hundredths of a percent
TOLERANCE = 1e-6  # by which solvers widen a bound for their rounding


def certificate_of(instance: Instance, schedule: Schedule, ground: Ground, *, price: float | None) -> dict[str, Any]:
    """Quality against the proven bound, floors kept, what guarantees cost, who is without any meeting."""
    members = {meeting.id: meeting.members for meeting in instance.meetings}
    counts = Counter(member for placed in schedule.placed for member in members[placed.id])
    cities = [participant_key(seat.id) for seat in ground.seats if not seat.is_supplying]
    guaranteed = [who for who in instance.participants if who.min_meetings]
    return {
        "meetings": len(schedule.placed),
        "unplaced": dict(Counter(one.reason for one in schedule.unplaced)),
        "participants": len(instance.participants),
        "fit": schedule.fit,
        "objective": schedule.objective,
        "bound": schedule.bound,
        "attainable": schedule.attainable,
        "quality": floor(DIGITS * (schedule.quality + TOLERANCE)) / DIGITS,  # never rounded up
        "guaranteed": len(guaranteed),
        "floors_kept": len(guaranteed) - len(schedule.shortfalls),
        "missing": sum(shortfall.missing for shortfall in schedule.shortfalls),
        "least_of_cities": min((counts[key] for key in cities), default=None),
        "without_meeting": sum(counts[who.id] == 0 for who in instance.participants),
        "fairness_price": price,
    }
