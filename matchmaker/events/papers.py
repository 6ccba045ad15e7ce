"""Instances and schedules as they are kept in rows: the file format, and what is attainable beside it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from matchmaker.events.agenda.instance import Instance, Schedule
from matchmaker.events.agenda.reading import plain_instance, plain_schedule, read_schedule

INSTANCE, PUBLISHED, MADE, FIGURES = "instance", "published", "made", "figures"
"""Papers of a run: what it works on, the best agenda that it has made so far, and the figures of that."""
ATTAINABLE = "attainable"


def write_plain(schedule: Schedule) -> dict[str, Any]:
    """A schedule as it is kept."""
    return {**plain_schedule(schedule), ATTAINABLE: schedule.attainable}


def read_plain(content: Mapping[str, Any]) -> Schedule:
    """A schedule that was kept."""
    told = dict(content)
    attainable = float(told.pop(ATTAINABLE, 0.0))
    return replace(read_schedule(told), attainable=attainable)


def write_instance(instance: Instance) -> dict[str, Any]:
    """An instance as it is kept."""
    return plain_instance(instance)
