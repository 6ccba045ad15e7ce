"""From a working copy to an agenda that people rely on, back to an earlier one, and on when somebody is absent."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, select

from matchmaker.accounts.models import Acting
from matchmaker.errors import ConflictError
from matchmaker.events.agenda.editing import settle
from matchmaker.events.agenda.instance import Instance, Placed, Schedule
from matchmaker.events.agenda.verify import verify
from matchmaker.events.candidates import Candidate
from matchmaker.events.certificates import certificate_of
from matchmaker.events.instances import past_of
from matchmaker.events.issuing import check_agreed, check_kept, event_to_issue, issue
from matchmaker.events.models import AgendaVersion, Event, Ruling, RulingKind
from matchmaker.events.runs import Asked, asked_of
from matchmaker.events.versions import meetings_of, newest_version, placed_of, version_numbered
from matchmaker.events.working import keep_working, load_working
from matchmaker.introductions.terms import Lists


def publish(
    session: Session, *, acting: Acting, event_id: int, lists: Lists, now: datetime, leaves_out_awaiting: bool = False
) -> AgendaVersion:
    """Freeze the working copy as the next version and write to those whose meetings changed, and to nobody else.

    Nothing is published that not both sides have agreed to; with `leaves_out_awaiting` those meetings are taken out
    first and what is free is used.
    Raises `only_secretariat`, `event_unknown`, `agenda_not_made`, `agenda_run_active`, `agenda_violates`,
    `agenda_awaits_agreement`, `agenda_outdated`, `event_not_for_agenda`.
    """
    event = event_to_issue(session, acting=acting, event_id=event_id, now=now)
    working = load_working(session, event_id=event_id, is_held=True)
    asked = asked_of(session, event=event, lists=lists, now=now)
    instance, schedule = working.instance, working.schedule
    if leaves_out_awaiting:
        instance, schedule = _without_awaiting(instance, schedule, asked.candidates)
        price = working.row.fairness_price
        keep_working(session, event_id=event_id, instance=instance, schedule=schedule, price=price, now=now)
    check_kept(verify(instance, schedule), "agenda_violates")
    check_agreed(schedule.placed, asked)
    certificate = certificate_of(instance, schedule, asked.ground, price=working.row.fairness_price)
    return issue(session, acting=acting, asked=asked, placed=schedule.placed, certificate=certificate, now=now)


def publish_again(
    session: Session, *, acting: Acting, event_id: int, number: int, lists: Lists, now: datetime
) -> AgendaVersion:
    """Undo: an earlier version comes back as the next one, if everything in it can still be held.

    What was taken out or pinned by hand since then is undone with it; what was forbidden stays so. Once the event
    runs, what has begun stays as it was, and time to come is that of the earlier version.
    Raises as `publish`, and `agenda_version_unknown`.
    """
    event = event_to_issue(session, acting=acting, event_id=event_id, now=now)
    earlier = version_numbered(session, event_id=event_id, number=number)
    placed = _brought_back(session, event, earlier, now)
    _lift_rulings(session, event_id=event_id, placed=placed)
    asked = asked_of(session, event=event, lists=lists, now=now)
    check_agreed(placed, asked)
    return _settled(session, acting=acting, asked=asked, base=earlier, placed=placed, again=True, now=now)


def refill(session: Session, *, acting: Acting, event_id: int, lists: Lists, now: datetime) -> AgendaVersion:
    """Publish what the absent left free to those who are here, without moving anyone: a few tenths of a second.

    Raises as `publish`, and `agenda_not_published`.
    """
    event = event_to_issue(session, acting=acting, event_id=event_id, now=now)
    newest = newest_version(session, event_id=event_id)
    if newest is None:
        raise ConflictError("agenda_not_published", event_id=event_id)
    asked = asked_of(session, event=event, lists=lists, now=now)
    placed = placed_of(meetings_of(session, newest))
    return _settled(session, acting=acting, asked=asked, base=newest, placed=placed, again=False, now=now)


def _settled(
    session: Session, *, acting: Acting, asked: Asked, base: AgendaVersion, placed: Sequence[Placed], again: bool,
    now: datetime,
) -> AgendaVersion:  # fmt: skip
    """What was placed in a version, as it is when that comes back, else with what is free used: kept and issued."""
    instance, price = only_agreed(asked), base.certificate.get("fairness_price")
    schedule = settle(instance, Schedule(tuple(placed), (), 0.0, 0.0, 0.0), fills=not again)
    if again:
        schedule = replace(schedule, placed=tuple(placed))  # its own tables, though others would save a walk
    check_kept(verify(instance, schedule), "agenda_violates")
    keep_working(session, event_id=base.event_id, instance=instance, schedule=schedule, price=price, now=now)
    certificate = certificate_of(instance, schedule, asked.ground, price=price)
    return issue(
        session, acting=acting, asked=asked, placed=schedule.placed, certificate=certificate, now=now,
        again_number=base.number if again else None,
    )  # fmt: skip


def only_agreed(asked: Asked) -> Instance:
    """The instance without what awaits someone's yes."""
    agreed = {one.key for one in asked.candidates if one.is_agreed}
    meetings = tuple(meeting for meeting in asked.instance.meetings if meeting.id in agreed)
    return replace(asked.instance, meetings=meetings)


def awaiting(schedule: Schedule, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Meetings of a draft that not all of their members have agreed to."""
    placed = {one.id for one in schedule.placed}
    return [one for one in candidates if one.key in placed and not one.is_agreed]


def _without_awaiting(
    instance: Instance, schedule: Schedule, candidates: Sequence[Candidate]
) -> tuple[Instance, Schedule]:
    agreed = {one.key for one in candidates if one.is_agreed}
    meetings = tuple(meeting for meeting in instance.meetings if meeting.id in agreed)
    rest = replace(instance, meetings=meetings)
    return rest, settle(rest, schedule, fills=True)


def _brought_back(session: Session, event: Event, earlier: AgendaVersion, now: datetime) -> list[Placed]:
    """What has begun as the version in force has it, then what the earlier one has for time to come."""
    in_force = placed_of(meetings_of(session, newest_version(session, event_id=event.id or 0)))
    begun = past_of(event, {}, now).begun
    past = [one for one in in_force if one.slot in begun]
    held = {one.id for one in past}
    to_come = placed_of(meetings_of(session, earlier))
    return past + [one for one in to_come if one.slot not in begun and one.id not in held]


def _lift_rulings(session: Session, *, event_id: int, placed: Sequence[Placed]) -> None:
    """Undo what was laid down by hand and stands against an agenda, but for what is forbidden."""
    slot_of = {one.id: one.slot for one in placed}
    for row in session.exec(select(Ruling).where(Ruling.event_id == event_id)).all():
        if _stands_against(row, slot_of):
            session.delete(row)
    session.flush()


def _stands_against(row: Ruling, slot_of: Mapping[str, str]) -> bool:
    if row.kind == RulingKind.PIN:
        return row.key not in slot_of or row.slot not in {None, slot_of[row.key]}
    return row.kind == RulingKind.REMOVE and row.key in slot_of
