"""What guarantees cost: the most that could be reached without them, beside the most with them."""

from dataclasses import replace

from matchmaker.events.agenda.aside import run_aside
from matchmaker.events.agenda.bound import find_bound
from matchmaker.events.agenda.instance import Instance, Schedule, Stop, never
from matchmaker.events.agenda.model import compile_instance
from matchmaker.events.agenda.sides import find_sides


def price_of_guarantees(instance: Instance, made: Schedule, stop: Stop = never) -> float | None:
    """The share of the attainable fit that goes to keeping guarantees; nothing where `stop` came first."""
    if not any(who.min_meetings for who in instance.participants):
        return 0.0
    free = replace(instance, participants=tuple(replace(who, min_meetings=0) for who in instance.participants))
    model = compile_instance(free)
    found = run_aside(lambda: find_bound(model, find_sides(model)), stop)
    if found is None:
        return None
    without = max(found.attainable, made.fit)
    return max(0.0, without - max(made.attainable, made.fit)) / max(1.0, without)
