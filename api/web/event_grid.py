"""The working copy as a grid: people down, slots across; one meeting chosen, with what each act on it would cost."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from babel.dates import format_date, format_time

from api.documents.words import Speech
from api.i18n import dates_in
from api.web.event_desk import working_shown
from api.web.event_grid_views import ActTried, Cell, Chosen, DayHead, Grid, RowShown
from api.web.events import SECTION, event_line, when
from api.web.frames import Asked
from api.web.pieces import Choice
from api.web.typed import Typed
from matchmaker.events.agenda.instance import Meeting, Participant, Placed
from matchmaker.events.handling import Told
from matchmaker.events.models import Event
from matchmaker.events.queries import event_for_desk, list_attendees
from matchmaker.events.rules import slot_named, slots_of
from matchmaker.events.runs import asked_of
from matchmaker.events.workbench import Tried
from matchmaker.events.working import Working, load_working
from matchmaker.places.keys import search_key

SHOWN = ("cities", "suppliers", "all", "lacking")
UNPLACED_SHOWN = 200


@dataclass(frozen=True)
class _Member:
    """Someone in the grid: by name, on which side of the agenda, whether here."""

    name: str
    is_supplying: bool
    presence: str


def grid_page(
    asked: Asked, event_id: int, *, shown: str = "", found: str = "", meeting: str = "", typed: Typed | None = None,
    tried: tuple[Told, Tried] | None = None, done: str = "",
) -> Grid:  # fmt: skip
    """The grid. Raises `sign_in_needed`, `only_secretariat`, `event_unknown`, `agenda_not_made`."""
    event = event_for_desk(asked.session, acting=asked.signed_in(), event_id=event_id)
    working = load_working(asked.session, event_id=event_id)
    solver = asked_of(asked.session, event=event, lists=asked.service.lists, now=asked.service.clock())
    members = _members(asked, event_id)
    names = {key: member.name for key, member in members.items()}
    agreed = {one.key for one in solver.candidates if one.is_agreed}
    shown = shown if shown in SHOWN else SHOWN[0]
    told = {one.id: one for one in working.instance.meetings}
    return Grid(
        language=asked.language,
        frame=asked.frame(SECTION),
        line=event_line(event, asked.language),
        working=working_shown(working.schedule, solver.candidates),
        heads=tuple(_heads(asked, event, working)),
        rows=tuple(_rows(working, members, agreed, shown=shown, found=found)),
        shown=shown,
        found=found,
        kinds=tuple(Choice(each, each, each == shown) for each in SHOWN),
        everyone=tuple(
            Choice(key.removeprefix("p"), names[key]) for key in sorted(names, key=lambda key: search_key(names[key]))
        ),
        chosen=_chosen(asked, event, working, names, meeting) if meeting in told else None,
        tried=None if tried is None else _tried(asked, event, names, *tried),
        unplaced=tuple(
            (one.id, _names(told[one.id], names), one.reason) for one in working.schedule.unplaced[:UNPLACED_SHOWN]
        ),
        typed=typed or Typed(),
        done=done,
    )


def _slots(working: Working) -> list[str]:
    return list(chain.from_iterable(working.instance.days))


def _members(asked: Asked, event_id: int) -> dict[str, _Member]:
    """All of them, the absent too: their meetings stand in the working copy until it is brought up to date."""
    attendees = list_attendees(asked.session, acting=asked.acting, event_id=event_id)
    supplying = asked.service.lists.supplying_kinds
    return {
        f"p{each.number}": _Member(each.profile.name, each.profile.kind in supplying, each.who.presence)
        for each in attendees
    }


def _heads(asked: Asked, event: Event, working: Working) -> Iterator[DayHead]:
    for slots in working.instance.days:
        starts = [slot_named(event, slot).starts_at for slot in slots]
        if starts:
            day = format_date(starts[0], "EEE d MMM", locale=dates_in(asked.language))
            yield DayHead(day, tuple(format_time(start, "HH:mm", locale=asked.language) for start in starts))


def _rows(
    working: Working, members: Mapping[str, _Member], agreed: set[str], *, shown: str, found: str
) -> list[RowShown]:
    names = {key: member.name for key, member in members.items()}
    told = {one.id: one for one in working.instance.meetings}
    at: dict[str, dict[str, Placed]] = defaultdict(dict)
    for placed in working.schedule.placed:
        for member in told[placed.id].members:
            at[member][placed.slot] = placed
    missing = {one.participant: one.missing for one in working.schedule.shortfalls}
    key = search_key(found)
    rows = [
        RowShown(
            int(who.id[1:]), seen.name, seen.is_supplying, seen.presence, len(at[who.id]),
            missing.get(who.id, 0), _cells(who, _slots(working), at[who.id], told, names, agreed),
        )
        for who in working.instance.participants
        if (seen := members.get(who.id)) is not None and key in search_key(seen.name)
        and _is_shown(shown, seen, is_lacking=who.id in missing or not at[who.id])
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (search_key(row.name), row.participant_id))


def _is_shown(shown: str, member: _Member, *, is_lacking: bool) -> bool:
    if shown == "lacking":
        return is_lacking
    return shown == "all" or member.is_supplying == (shown == "suppliers")


def _cells(
    who: Participant, slots: Sequence[str], at: Mapping[str, Placed], told: Mapping[str, Meeting],
    names: Mapping[str, str], agreed: set[str],
) -> tuple[Cell, ...]:  # fmt: skip
    there = set(who.available)

    def cell(slot: str) -> Cell:
        placed = at.get(slot)
        if placed is None:
            return Cell("", "", "", is_pinned=False, is_away=slot not in there, awaits=False)
        meeting = told[placed.id]
        others = ", ".join(names.get(member, member) for member in meeting.members if member != who.id)
        return Cell(placed.id, others, placed.table, meeting.pinned, is_away=False, awaits=placed.id not in agreed)

    return tuple(cell(slot) for slot in slots)


def _chosen(asked: Asked, event: Event, working: Working, names: Mapping[str, str], key: str) -> Chosen:
    meeting = next(one for one in working.instance.meetings if one.id == key)
    placed = next((one for one in working.schedule.placed if one.id == key), None)
    reason = next((one.reason for one in working.schedule.unplaced if one.id == key), "")
    current = placed.slot if placed else ""
    return Chosen(
        key, _names(meeting, names), _time(asked, event, placed), placed.table if placed else "", meeting.fit,
        meeting.pinned, reason,
        tuple(
            Choice(slot.id, when(slot.starts_at, asked.language), slot.id == current)
            for day in slots_of(event)
            for slot in day
        ),
        tuple(
            Choice(table["id"], table["id"], placed is not None and table["id"] == placed.table)
            for table in event.tables
        ),
    )  # fmt: skip


def _tried(asked: Asked, event: Event, names: Mapping[str, str], told: Told, tried: Tried) -> ActTried:
    return ActTried(
        told.act, told.slot or "", told.table or "", told.participant_ids, tried.fit_change, tried.missing_change,
        tuple(
            (
                ", ".join(names.get(member, member) for member in each.members),
                _time(asked, event, each.before), _time(asked, event, each.after),
            )
            for each in tried.touched
        ),
        not tried.violations,
    )  # fmt: skip


def _time(asked: Asked, event: Event, placed: Placed | None) -> str:
    if placed is None:
        return ""
    table = Speech(asked.spoken, event.time_zone).say("meeting.table", table=placed.table)
    return f"{when(slot_named(event, placed.slot).starts_at, asked.language)} · {table}"


def _names(meeting: Meeting, names: Mapping[str, str]) -> str:
    return " – ".join(names.get(member, member) for member in meeting.members)
