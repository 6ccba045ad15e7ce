"""Instances and schedules in their file format, read strictly and written as they are read."""

import json
from collections.abc import Mapping
from pathlib import Path

from matchmaker.events.agenda.fields import (
    BadInstanceError,
    count,
    distinct,
    items,
    known,
    name,
    name_or_nothing,
    names,
    number,
    record,
    truth,
)
from matchmaker.events.agenda.instance import (
    LARGEST_GROUP,
    SMALLEST_GROUP,
    Diff,
    Instance,
    Meeting,
    Participant,
    Placed,
    Schedule,
    Shortfall,
    Table,
    Unplaced,
)


def read_instance(document: object) -> Instance:
    """An instance whose references are sound. Raises `BadInstanceError` (`agenda_…`)."""
    found = record(document, "INSTANCE", needed=("days", "tables", "participants", "meetings"), optional=("forbidden",))
    days = tuple(names(day, f"days[{at}]") for at, day in enumerate(items(found["days"], "days")))
    slots = [slot for day in days for slot in day]
    distinct(slots, "days")
    tables = tuple(_table(one, f"tables[{at}]") for at, one in enumerate(items(found["tables"], "tables")))
    distinct((table.id for table in tables), "tables")
    slot_set = frozenset(slots)
    participants = tuple(
        _participant(one, f"participants[{at}]", slot_set)
        for at, one in enumerate(items(found["participants"], "participants"))
    )
    distinct((participant.id for participant in participants), "participants")
    people = frozenset(participant.id for participant in participants)
    meetings = tuple(
        _meeting(one, f"meetings[{at}]", people, slot_set)
        for at, one in enumerate(items(found["meetings"], "meetings"))
    )
    distinct((meeting.id for meeting in meetings), "meetings")
    forbidden = tuple(
        _pair(one, f"forbidden[{at}]", people) for at, one in enumerate(items(found.get("forbidden", []), "forbidden"))
    )
    return Instance(days, tables, participants, meetings, forbidden)


def read_schedule(document: object) -> Schedule:
    """A schedule as it is told; whether it is right is for `verify` to say. Raises `BadInstanceError`."""
    found = record(
        document, "SCHEDULE", needed=("placed", "unplaced", "fit", "objective", "bound", "shortfalls"),
        optional=("diff",),
    )  # fmt: skip
    placed = [record(one, f"placed[{at}]", needed=("id", "slot", "table")) for at, one in _each(found, "placed")]
    unplaced = [record(one, f"unplaced[{at}]", needed=("id", "reason")) for at, one in _each(found, "unplaced")]
    missing = [
        record(one, f"shortfalls[{at}]", needed=("participant", "missing")) for at, one in _each(found, "shortfalls")
    ]
    return Schedule(
        tuple(Placed(*(name(row[key], f"placed.{key}") for key in ("id", "slot", "table"))) for row in placed),
        tuple(Unplaced(*(name(row[key], f"unplaced.{key}") for key in ("id", "reason"))) for row in unplaced),
        number(found["fit"], "fit"),
        number(found["objective"], "objective"),
        number(found["bound"], "bound"),
        tuple(
            Shortfall(name(row["participant"], "shortfalls.participant"), count(row["missing"], "shortfalls.missing"))
            for row in missing
        ),
        _diff(found["diff"]) if found.get("diff") is not None else None,
    )


def plain_instance(instance: Instance) -> dict[str, object]:
    """An instance as a document, with lists for tuples: as JSON gives it back."""
    return {
        "days": [list(day) for day in instance.days],
        "tables": [dict(vars(table)) for table in instance.tables],
        "participants": [
            {**vars(who), "available": list(who.available), "breaks": [list(one) for one in who.breaks]}
            for who in instance.participants
        ],
        "meetings": [{**vars(meeting), "members": list(meeting.members)} for meeting in instance.meetings],
        "forbidden": [list(pair) for pair in instance.forbidden],
    }


def plain_schedule(schedule: Schedule) -> dict[str, object]:
    """A schedule as a document, in the same way; `diff` only where there is one."""
    found: dict[str, object] = {
        "placed": [dict(vars(placed)) for placed in schedule.placed],
        "unplaced": [dict(vars(unplaced)) for unplaced in schedule.unplaced],
        "fit": schedule.fit,
        "objective": schedule.objective,
        "bound": schedule.bound,
        "shortfalls": [dict(vars(shortfall)) for shortfall in schedule.shortfalls],
    }
    if schedule.diff is not None:
        found["diff"] = {name: list(ids) for name, ids in vars(schedule.diff).items()}
    return found


def write_schedule(schedule: Schedule, path: Path) -> None:
    """Write a schedule to a file, whole or not at all. Raises OSError."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(json.dumps(plain_schedule(schedule), ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(path)


def _each(found: Mapping[str, object], key: str) -> list[tuple[int, object]]:
    return list(enumerate(items(found[key], key)))


def _table(value: object, at: str) -> Table:
    found = record(value, at, needed=("id",), optional=("zone",))
    return Table(name(found["id"], f"{at}.id"), name_or_nothing(found.get("zone"), f"{at}.zone"))


def _participant(value: object, at: str, slots: frozenset[str]) -> Participant:
    found = record(
        value, at, needed=("id", "available", "max_meetings", "min_meetings"), optional=("max_in_row", "breaks", "zone")
    )
    who = name(found["id"], f"{at}.id")
    at = f"{at} ({who})"
    available = names(found["available"], f"{at}.available")
    breaks = tuple(
        names(one, f"{at}.breaks[{place}]") for place, one in enumerate(items(found.get("breaks", []), f"{at}.breaks"))
    )
    for own, part in [(available, "available"), *((one, "breaks") for one in breaks)]:
        for slot in own:
            known(slot, slots, f"{at}.{part}")
    if not all(breaks):
        raise BadInstanceError("agenda_break_empty", at=f"{at}.breaks")
    in_row = found.get("max_in_row")
    return Participant(
        who, available, count(found["max_meetings"], f"{at}.max_meetings"),
        count(found["min_meetings"], f"{at}.min_meetings"),
        None if in_row is None else count(in_row, f"{at}.max_in_row"), breaks,
        name_or_nothing(found.get("zone"), f"{at}.zone"),
    )  # fmt: skip


def _meeting(value: object, at: str, people: frozenset[str], slots: frozenset[str]) -> Meeting:
    found = record(value, at, needed=("id", "members", "fit"), optional=("pinned", "slot"))
    own = name(found["id"], f"{at}.id")
    at = f"{at} ({own})"
    members = names(found["members"], f"{at}.members")
    if not SMALLEST_GROUP <= len(members) <= LARGEST_GROUP:
        raise BadInstanceError("agenda_group_size", at=at, count=len(members))
    for member in members:
        known(member, people, f"{at}.members")
    fit = number(found["fit"], f"{at}.fit")
    most = 1.0 if len(members) == SMALLEST_GROUP else float(LARGEST_GROUP)
    if not 0 <= fit <= most:
        raise BadInstanceError("agenda_fit_wrong", at=f"{at}.fit", value=fit, most=f"{most:g}")
    pinned = truth(found.get("pinned", False), f"{at}.pinned")
    slot = name_or_nothing(found.get("slot"), f"{at}.slot")
    if slot is not None:
        known(slot, slots, f"{at}.slot")
        if not pinned:
            raise BadInstanceError("agenda_slot_not_pinned", at=f"{at}.slot", value=slot)
    return Meeting(own, members, fit, pinned, slot)


def _pair(value: object, at: str, people: frozenset[str]) -> tuple[str, str]:
    pair = names(value, at)
    if len(pair) != SMALLEST_GROUP:
        raise BadInstanceError("agenda_pair_wrong", at=at, count=len(pair))
    for member in pair:
        known(member, people, at)
    return pair[0], pair[1]


def _diff(value: object) -> Diff:
    found = record(value, "diff", needed=("kept", "moved", "dropped", "added"))
    return Diff(*(names(found[key], f"diff.{key}") for key in ("kept", "moved", "dropped", "added")))
