"""From a working copy to an agenda that people rely on: verified against the rows as they are now, frozen, told."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.audit.actions import record_act
from matchmaker.errors import ConflictError
from matchmaker.events.agenda.editing import settle
from matchmaker.events.agenda.instance import Instance, Placed, Schedule
from matchmaker.events.agenda.verify import verify
from matchmaker.events.candidates import Candidate
from matchmaker.events.certificates import certificate_of
from matchmaker.events.models import (
    AgendaMeeting,
    AgendaSeat,
    AgendaVersion,
    Event,
    EventState,
    Participant,
    Presence,
    Source,
)
from matchmaker.events.queries import event_for_desk
from matchmaker.events.runs import Asked, asked_of, check_no_run
from matchmaker.events.versions import Change, changes, meetings_of, newest_version, version_numbered
from matchmaker.events.working import keep_working, load_working
from matchmaker.introductions.terms import Lists
from matchmaker.letters.actions import write_letters
from matchmaker.letters.models import Letter
from matchmaker.profiles.speaking import speakers

PUBLISHED, CHANGED = "agenda_published", "agenda_changed"
FIGURES = frozenset({"fit_wrong", "objective_wrong", "bound_below_objective", "shortfalls_wrong", "meeting_missing"})
"""Codes of violations that are about figures and lists, not about people."""


def publish(
    session: Session, *, acting: Acting, event_id: int, lists: Lists, now: datetime, leaves_out_awaiting: bool = False
) -> AgendaVersion:
    """Freeze the working copy as the next version and write to those whose meetings changed, and to nobody else.

    Nothing is published that not both sides have agreed to; with `leaves_out_awaiting` those meetings are taken out
    first and what is free is used.
    Raises `only_secretariat`, `event_unknown`, `agenda_not_made`, `agenda_run_active`, `agenda_violates`,
    `agenda_awaits_agreement`, `agenda_outdated`, `event_not_for_agenda`.
    """
    event = _event(session, acting=acting, event_id=event_id, now=now)
    working = load_working(session, event_id=event_id, is_held=True)
    asked = asked_of(session, event=event, lists=lists, now=now)
    instance, schedule = working.instance, working.schedule
    if leaves_out_awaiting:
        instance, schedule = _without_awaiting(instance, schedule, asked.candidates)
        price = working.row.fairness_price
        keep_working(session, event_id=event_id, instance=instance, schedule=schedule, price=price, now=now)
    _check(verify(instance, schedule), "agenda_violates")
    _check_agreed(schedule.placed, asked)
    certificate = certificate_of(instance, schedule, asked.ground, price=working.row.fairness_price)
    version = _next_version(session, acting=acting, event_id=event_id, certificate=certificate, now=now)
    return _published(session, acting=acting, version=version, placed=schedule.placed, asked=asked, now=now)


def publish_again(
    session: Session, *, acting: Acting, event_id: int, number: int, lists: Lists, now: datetime
) -> AgendaVersion:
    """Undo: an earlier version comes back as the next one, if everything in it can still be held.

    Raises as `publish`, and `agenda_version_unknown`.
    """
    event = _event(session, acting=acting, event_id=event_id, now=now)
    earlier = version_numbered(session, event_id=event_id, number=number)
    placed = [Placed(held.row.key, *held.where) for held in meetings_of(session, earlier)]
    asked = asked_of(session, event=event, lists=lists, now=now)
    _check_agreed(placed, asked)
    version = _next_version(session, acting=acting, event_id=event_id, certificate=earlier.certificate, now=now)
    version.again_number = earlier.number
    return _published(session, acting=acting, version=version, placed=placed, asked=asked, now=now)


def refill(session: Session, *, acting: Acting, event_id: int, lists: Lists, now: datetime) -> AgendaVersion:
    """Publish what the absent left free to those who are here, without moving anyone: a few tenths of a second.

    Raises as `publish`, and `agenda_not_published`.
    """
    event = _event(session, acting=acting, event_id=event_id, now=now)
    newest = newest_version(session, event_id=event_id)
    if newest is None:
        raise ConflictError("agenda_not_published", event_id=event_id)
    asked = asked_of(session, event=event, lists=lists, now=now)
    instance = only_agreed(asked)
    before = Schedule(tuple(Placed(held.row.key, *held.where) for held in meetings_of(session, newest)), (), 0, 0, 0)
    schedule = settle(instance, before, fills=True)
    _check(verify(instance, schedule), "agenda_violates")
    price = newest.certificate.get("fairness_price")
    keep_working(session, event_id=event_id, instance=instance, schedule=schedule, price=price, now=now)
    certificate = certificate_of(instance, schedule, asked.ground, price=price)
    version = _next_version(session, acting=acting, event_id=event_id, certificate=certificate, now=now)
    return _published(session, acting=acting, version=version, placed=schedule.placed, asked=asked, now=now)


def only_agreed(asked: Asked) -> Instance:
    """The instance without what awaits someone's yes."""
    agreed = {one.key for one in asked.candidates if one.is_agreed}
    meetings = tuple(meeting for meeting in asked.instance.meetings if meeting.id in agreed)
    return replace(asked.instance, meetings=meetings)


def awaiting(schedule: Schedule, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Meetings of a draft that not all of their members have agreed to."""
    placed = {one.id for one in schedule.placed}
    return [one for one in candidates if one.key in placed and not one.is_agreed]


def _event(session: Session, *, acting: Acting, event_id: int, now: datetime) -> Event:
    event = event_for_desk(session, acting=acting, event_id=event_id, is_held=True)
    if event.state not in {EventState.OPEN, EventState.CLOSED}:
        raise ConflictError("event_not_for_agenda", state=event.state)
    check_no_run(session, event_id=event_id, now=now)
    return event


def _without_awaiting(
    instance: Instance, schedule: Schedule, candidates: Sequence[Candidate]
) -> tuple[Instance, Schedule]:
    agreed = {one.key for one in candidates if one.is_agreed}
    meetings = tuple(meeting for meeting in instance.meetings if meeting.id in agreed)
    rest = replace(instance, meetings=meetings)
    return rest, settle(rest, schedule, fills=True)


def _check_agreed(placed: Sequence[Placed], asked: Asked) -> None:
    """Raise unless every meeting is agreed by all its members and keeps every rule of the event as it is now."""
    known = {one.key: one for one in asked.candidates}
    stale = [one.id for one in placed if one.id not in known]
    if stale:
        raise ConflictError("agenda_outdated", count=len(stale), meetings=stale[:10])
    silent = [one.id for one in placed if not known[one.id].is_agreed]
    if silent:
        raise ConflictError("agenda_awaits_agreement", count=len(silent), meetings=silent[:10])
    now_is = Schedule(tuple(placed), (), 0.0, 0.0, 0.0)
    broken = [each for each in verify(asked.instance, now_is) if each.code not in FIGURES]
    _check(broken, "agenda_outdated")


def _check(violations: Sequence[object], code: str) -> None:
    if violations:
        codes = sorted({str(getattr(each, "code", "")) for each in violations})
        raise ConflictError(code, count=len(violations), codes=codes)


def _next_version(
    session: Session, *, acting: Acting, event_id: int, certificate: Mapping[str, object], now: datetime
) -> AgendaVersion:
    newest = newest_version(session, event_id=event_id)
    return AgendaVersion(
        event_id=event_id, number=1 if newest is None else newest.number + 1, certificate=dict(certificate),
        published_by_id=acting.account_id, published_at=now,
    )  # fmt: skip


def _published(
    session: Session, *, acting: Acting, version: AgendaVersion, placed: Sequence[Placed], asked: Asked, now: datetime
) -> AgendaVersion:
    newest = newest_version(session, event_id=version.event_id)
    before = meetings_of(session, newest)
    if newest is not None and {Placed(held.row.key, *held.where) for held in before} == set(placed):
        return newest
    session.add(version)
    session.flush()
    known = {one.key: one for one in asked.candidates}
    session.add_all(_meeting(version, one, known[one.id]) for one in placed)
    session.flush()
    session.add_all(
        AgendaSeat(version_id=version.id or 0, key=one.id, participant_id=number)
        for one in placed
        for number in known[one.id].members
    )
    session.flush()
    _tell(session, version, changes(before, meetings_of(session, version)), now=now)
    record_act(
        session, acting=acting, act="agenda_published", subject="event", subject_id=version.event_id, now=now,
        codes={"number": version.number, "again": version.again_number},
    )  # fmt: skip
    return version


def _meeting(version: AgendaVersion, one: Placed, candidate: Candidate) -> AgendaMeeting:
    return AgendaMeeting(
        version_id=version.id or 0, key=one.id, slot=one.slot, table_id=one.table, source=Source(candidate.source),
        fit=candidate.fit, topic=candidate.topic, introduction_id=candidate.introduction_id,
    )  # fmt: skip


def _tell(session: Session, version: AgendaVersion, changed: Mapping[int, Change], *, now: datetime) -> None:
    """Write to each participant whose meetings changed; who cancelled knows it."""
    rows = session.exec(select(Participant).where(col(Participant.id).in_(list(changed)))).all()
    told = [row for row in rows if row.presence != Presence.CANCELLED]
    speaking: dict[int, list[int]] = defaultdict(list)
    for profile_id, account in speakers(session, profile_ids={row.profile_id for row in told if not row.account_id}):
        speaking[profile_id].append(account.id or 0)
    write_letters(session, [
        Letter(
            kind=PUBLISHED if version.number == 1 else CHANGED, account_id=account_id, subject_id=version.event_id,
            codes={"number": version.number, "participant": row.id}, key=f"agenda:{version.id}:{row.id}:{account_id}",
            not_before=now, created_at=now,
        )
        for row in sorted(told, key=lambda each: each.id or 0)
        for account_id in ([row.account_id] if row.account_id else speaking[row.profile_id])
    ])  # fmt: skip
