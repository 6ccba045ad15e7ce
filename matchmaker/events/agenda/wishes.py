"""Wishes that no agenda can grant, before any is made: why, and the smallest change that would help."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from matchmaker.events.agenda.instance import Instance
from matchmaker.events.agenda.model import NO_ZONE, ZONES_DIFFER, Model, compile_instance


class Hindrance(StrEnum):
    """What stands in the way of wishes."""

    NO_COMMON_SLOT = "no_common_slot"  # it would do if those who are `away` were there in `slot`
    ZONES_DIFFER = "zones_differ"  # it would do if one of those `away` did without its zone
    ZONE_WITHOUT_TABLE = "zone_without_table"  # it would do to have one such table
    CAP = "cap"  # more wishes than meetings it may have: it would do to raise that by `lacking`
    TIME = "time"  # more wishes than free slots: it would do to free `lacking` more


@dataclass(frozen=True)
class UnmetWish:
    """A wish of a participant for a meeting; no meeting where it is about too many wishes of one participant."""

    participant: str
    hindrance: Hindrance
    meeting: str | None = None
    slot: str | None = None
    away: tuple[str, ...] = ()
    lacking: int = 0


def check_wishes(
    instance: Instance, wishes: Mapping[str, Collection[str]], closed: Collection[str] = ()
) -> list[UnmetWish]:
    """What cannot be granted whatever the agenda, of meetings wished by participant; `closed` slots help nobody."""
    model = compile_instance(instance)
    place = {meeting.id: number for number, meeting in enumerate(instance.meetings)}
    found: list[UnmetWish] = []
    told_of: set[int] = set()  # a meeting that both sides wish is told once
    for who, told in enumerate(instance.participants):
        wished = [place[name] for name in sorted(wishes.get(told.id, ())) if name in place]
        for meeting in wished:
            if not model.allowed[meeting] and meeting not in told_of:
                found += _alone(model, told.id, meeting, closed)
                told_of.add(meeting)
        excess = sum(model.allowed[meeting] != 0 for meeting in wished) - model.most[who]
        if excess > 0:
            is_cap = model.most[who] == told.max_meetings
            found.append(UnmetWish(told.id, Hindrance.CAP if is_cap else Hindrance.TIME, lacking=excess))
    return found


def _alone(model: Model, who: str, meeting: int, closed: Collection[str]) -> Iterator[UnmetWish]:
    """What makes one meeting impossible by itself; nothing of those who are forbidden to meet."""
    name, zone = model.instance.meetings[meeting].id, model.zones[meeting]
    if zone == ZONES_DIFFER:
        zoned = [member for member in model.members[meeting] if model.needs[member] != NO_ZONE]
        yield UnmetWish(who, Hindrance.ZONES_DIFFER, name, away=_names(model, zoned))
    elif zone != NO_ZONE and not model.tables_by_zone[zone]:
        yield UnmetWish(who, Hindrance.ZONE_WITHOUT_TABLE, name)
    elif not model.together[meeting]:
        yield _apart(model, who, meeting, closed)


def _apart(model: Model, who: str, meeting: int, closed: Collection[str]) -> UnmetWish:
    """Members who are never there together, and the slot for which the fewest of them would have to come."""
    name = model.instance.meetings[meeting].id
    to_come = [slot for slot in range(model.slot_count) if model.slots[slot] not in closed]
    nearest = min(to_come, key=lambda slot: len(_away(model, meeting, slot)), default=None)
    if nearest is None:
        return UnmetWish(who, Hindrance.NO_COMMON_SLOT, name)
    away = _names(model, _away(model, meeting, nearest))
    return UnmetWish(who, Hindrance.NO_COMMON_SLOT, name, model.slots[nearest], away)


def _away(model: Model, meeting: int, slot: int) -> list[int]:
    return [member for member in model.members[meeting] if not model.available[member] >> slot & 1]


def _names(model: Model, members: list[int]) -> tuple[str, ...]:
    return tuple(model.instance.participants[member].id for member in members)
