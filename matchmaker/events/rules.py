"""When an event's slots are, who is there when, what may still be said. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from matchmaker.errors import ConflictError
from matchmaker.events.drafts import PolicyDraft
from matchmaker.events.models import AgendaRun, Event, EventState, Participant, Presence, RunState

LOST_AFTER = timedelta(seconds=15)  # without a sign of life; a running search gives one every second
ACTIVE = (RunState.WAITING, RunState.RUNNING)
HERE = (Presence.EXPECTED, Presence.ARRIVED)
NEXT_STATES = {
    EventState.DRAFT: {EventState.OPEN, EventState.CANCELLED},
    EventState.OPEN: {EventState.DRAFT, EventState.CLOSED, EventState.CANCELLED},
    EventState.CLOSED: {EventState.OPEN, EventState.OVER, EventState.CANCELLED},
    EventState.OVER: {EventState.CLOSED},
    EventState.CANCELLED: {EventState.DRAFT},
}


@dataclass(frozen=True)
class Slot:
    """A slot: its name is when it begins on the clock of the place ("2027-05-12T09:00")."""

    id: str
    starts_at: datetime
    ends_at: datetime


def days_of(event: Event) -> list[date]:
    """The days on which it is held."""
    return [date.fromisoformat(day["on"]) for day in event.days]


def is_past(event: Event, now: datetime) -> bool:
    """Whether its last day is over, on the clock of the place."""
    return max(days_of(event)) < now.astimezone(ZoneInfo(event.time_zone)).date()


def slots_of(event: Event) -> list[list[Slot]]:
    """The slots of an event in order, by day. A slot that touches a break is none."""
    return [list(_slots_of_day(event, day)) for day in event.days]


def slot_named(event: Event, name: str) -> Slot:
    """The slot that begins then, whether the event still has it or not."""
    starts_at = datetime.fromisoformat(name).replace(tzinfo=ZoneInfo(event.time_zone))
    return Slot(name, starts_at, starts_at + timedelta(minutes=event.slot_minutes))


def kept_free(event: Event) -> list[tuple[str, ...]]:
    """Lists of slots of which each participant has at least one free: for a meal, for rest."""
    found = []
    for told, slots in zip(event.days, slots_of(event), strict=True):
        for span in told["keeps_free"]:
            starts_at, ends_at = _span(event, told["on"], span)
            found.append(tuple(slot.id for slot in slots if slot.starts_at < ends_at and slot.ends_at > starts_at))
    return [slots for slots in found if slots]


def available(who: Participant, slots: Sequence[Sequence[Slot]]) -> tuple[str, ...]:
    """The slots in which a participant is there and free."""
    taken = [(datetime.fromisoformat(span["starts_at"]), datetime.fromisoformat(span["ends_at"])) for span in who.busy]

    def is_free(slot: Slot) -> bool:
        is_there = (who.arrives_at is None or who.arrives_at <= slot.starts_at) and (
            who.leaves_at is None or slot.ends_at <= who.leaves_at
        )
        return is_there and not any(starts < slot.ends_at and slot.starts_at < ends for starts, ends in taken)

    return tuple(slot.id for day in slots for slot in day if is_free(slot))


def policy_of(event: Event) -> PolicyDraft:
    """What its agendas promise and weigh."""
    return PolicyDraft.model_validate(event.policy)


def check_takes_words(event: Event, now: datetime) -> None:
    """Raise `event_not_open` unless members may register and say whom they would like to meet."""
    if event.state != EventState.OPEN or not event.opens_at <= now < event.closes_at:
        raise ConflictError("event_not_open", event_id=event.id)


def check_next(event: Event, state: EventState) -> None:
    """Raise `event_state_wrong` unless the one state may follow the other."""
    if state != event.state and state not in NEXT_STATES[EventState(event.state)]:
        raise ConflictError("event_state_wrong", state=event.state, wanted=str(state))


def is_here(who: Participant) -> bool:
    """Whether someone takes part in meetings to come."""
    return who.presence in HERE


def state_of(run: AgendaRun, now: datetime) -> RunState:
    """Where a search stands; one whose process gives no sign of life is lost and can be started again."""
    state = RunState(run.state)
    return RunState.LOST if state in ACTIVE and now - run.beat_at > LOST_AFTER else state


def is_active(run: AgendaRun, now: datetime) -> bool:
    """Whether a search is under way."""
    return state_of(run, now) in ACTIVE


def _slots_of_day(event: Event, told: dict[str, object]) -> Iterator[Slot]:
    on = str(told["on"])
    starts_at, end = _span(event, on, told)
    breaks = [_span(event, on, span) for span in told["breaks"]]  # type: ignore[attr-defined]
    length, pause = timedelta(minutes=event.slot_minutes), timedelta(minutes=event.pause_minutes)
    while starts_at + length <= end:
        touched = [until for since, until in breaks if since < starts_at + length and starts_at < until]
        if touched:
            starts_at = max(touched)
            continue
        yield Slot(starts_at.strftime("%Y-%m-%dT%H:%M"), starts_at, starts_at + length)
        starts_at += length + pause


def _span(event: Event, on: str, span: dict[str, object]) -> tuple[datetime, datetime]:
    zone, day = ZoneInfo(event.time_zone), date.fromisoformat(on)
    starts, ends = (
        datetime.combine(day, time.fromisoformat(str(span[name])), tzinfo=zone) for name in ("starts", "ends")
    )
    return starts, ends
