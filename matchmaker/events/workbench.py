"""Acts on a working copy, tried before they are done: what each costs in fit and whom it touches. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from matchmaker.errors import ConflictError
from matchmaker.events.agenda.editing import Wanted, rebased, settle
from matchmaker.events.agenda.instance import MISSING_PRICE, Instance, Meeting, Placed, Schedule
from matchmaker.events.agenda.verify import Violation, verify


class Act(StrEnum):
    """What the secretariat does with a meeting, or with all."""

    MOVE = "move"
    PIN = "pin"
    UNPIN = "unpin"
    FORBID = "forbid"
    REMOVE = "remove"
    ADD = "add"
    REFRESH = "refresh"  # to the event as it is now: what can no longer be held goes
    FILL = "fill"  # what is free is used


@dataclass(frozen=True)
class Deed:
    """An act on a meeting; `meeting` is a new one's, `slot` and `table` are for move, pin and add."""

    act: Act
    key: str = ""
    slot: str | None = None
    table: str | None = None
    meeting: Meeting | None = None


@dataclass(frozen=True)
class Touched:
    """A meeting that an act puts elsewhere, brings in or takes out; nowhere is nothing."""

    key: str
    members: tuple[str, ...]
    before: Placed | None
    after: Placed | None


@dataclass(frozen=True)
class Tried:
    """What an act would lead to. `violations` is empty for what may be done."""

    instance: Instance
    schedule: Schedule
    fit_change: float
    missing_change: int  # guaranteed meetings
    touched: tuple[Touched, ...]
    violations: tuple[Violation, ...]


def try_deed(instance: Instance, schedule: Schedule, deed: Deed, *, now_is: Instance | None = None) -> Tried:
    """The working copy after an act; `now_is` the event as it is now, for a refresh.

    Raises `agenda_meeting_unknown`, `agenda_meeting_cannot`.
    """
    if deed.act is Act.REFRESH:
        fresh = now_is or instance
        return _told(instance, fresh, schedule, rebased(fresh, schedule.placed))
    known = {meeting.id: meeting for meeting in instance.meetings}
    if deed.act not in {Act.ADD, Act.FILL} and deed.key not in known:
        raise ConflictError("agenda_meeting_unknown", meeting=deed.key)
    changed = _instance_after(instance, deed)
    after = settle(
        changed, schedule, wanted=_wanted(deed, schedule),
        out={deed.key} if deed.act in {Act.FORBID, Act.REMOVE} else (), fills=deed.act is Act.FILL,
        ceiling=_ceiling(schedule, deed),
    )  # fmt: skip
    return _told(instance, changed, schedule, after)


def _instance_after(instance: Instance, deed: Deed) -> Instance:
    meetings = instance.meetings
    if deed.act is Act.ADD and deed.meeting is not None:
        rest = tuple(meeting for meeting in meetings if meeting.id != deed.meeting.id)
        return replace(instance, meetings=(*rest, deed.meeting))
    if deed.act in {Act.FORBID, Act.REMOVE}:
        return replace(instance, meetings=tuple(meeting for meeting in meetings if meeting.id != deed.key))
    if deed.act in {Act.PIN, Act.UNPIN}:
        is_pinned, slot = deed.act is Act.PIN, deed.slot if deed.act is Act.PIN else None
        return replace(
            instance,
            meetings=tuple(
                replace(meeting, pinned=is_pinned, slot=slot) if meeting.id == deed.key else meeting
                for meeting in meetings
            ),
        )
    return instance


def _wanted(deed: Deed, schedule: Schedule) -> tuple[Wanted, ...]:
    if deed.act is Act.ADD and deed.meeting is not None:
        return (Wanted(deed.meeting.id, deed.slot, deed.table),)
    if deed.act in {Act.MOVE, Act.PIN}:
        here = next((placed for placed in schedule.placed if placed.id == deed.key), None)
        return (Wanted(deed.key, deed.slot or (here.slot if here else None), deed.table),)
    return ()


def _ceiling(schedule: Schedule, deed: Deed) -> tuple[float, float] | None:
    """What was a bound stays one when nothing is allowed that was not; a new meeting adds its fit and what it keeps.

    An earlier agenda without the new meeting lacks its fit, and one guaranteed meeting of each member at most.
    """
    if not schedule.attainable:
        return None
    if deed.act is Act.ADD and deed.meeting is not None:
        most = deed.meeting.fit + MISSING_PRICE * len(deed.meeting.members)
        return schedule.bound + most, schedule.attainable + deed.meeting.fit
    return None if deed.act is Act.UNPIN else (schedule.bound, schedule.attainable)


def _told(before_instance: Instance, instance: Instance, before: Schedule, after: Schedule) -> Tried:
    return Tried(
        instance, after, after.fit - before.fit, _missing(after) - _missing(before),
        tuple(_touched(before_instance.meetings + instance.meetings, before, after)),
        tuple(verify(instance, after)),
    )  # fmt: skip


def _missing(schedule: Schedule) -> int:
    return sum(shortfall.missing for shortfall in schedule.shortfalls)


def _touched(meetings: Sequence[Meeting], before: Schedule, after: Schedule) -> list[Touched]:
    members = {meeting.id: meeting.members for meeting in meetings}
    old, new = ({placed.id: placed for placed in each.placed} for each in (before, after))
    keys = sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
    return [Touched(key, members[key], old.get(key), new.get(key)) for key in keys]
