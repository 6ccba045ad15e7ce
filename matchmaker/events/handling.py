"""The secretariat's hand on the working copy: tried, then done; what it lays down holds for every agenda to come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, select

from matchmaker.accounts.models import Acting
from matchmaker.audit.actions import record_act
from matchmaker.errors import ConflictError, InvalidInputError
from matchmaker.events.agenda.instance import LARGEST_GROUP, SMALLEST_GROUP, Meeting
from matchmaker.events.candidates import Candidate, candidates_of
from matchmaker.events.ground import pair_key, participant_of
from matchmaker.events.models import Participant, Ruling, RulingKind
from matchmaker.events.queries import event_for_desk
from matchmaker.events.runs import Asked, asked_of, check_no_run
from matchmaker.events.workbench import Act, Deed, Tried, try_deed
from matchmaker.events.working import Working, keep_working, load_working
from matchmaker.introductions.terms import Lists

RULED = {Act.PIN: RulingKind.PIN, Act.FORBID: RulingKind.FORBID, Act.REMOVE: RulingKind.REMOVE, Act.ADD: RulingKind.ADD}


@dataclass(frozen=True)
class Told:
    """An act as the secretariat asks for it; `participant_ids` are those of a meeting to be added."""

    act: Act
    key: str = ""
    slot: str | None = None
    table: str | None = None
    participant_ids: tuple[int, ...] = ()


def try_act(session: Session, *, acting: Acting, event_id: int, told: Told, lists: Lists, now: datetime) -> Tried:
    """What an act would cost and whom it would touch. Nothing is kept.

    Raises `only_secretariat`, `event_unknown`, `agenda_not_made`, `agenda_run_active`, `agenda_meeting_unknown`,
    `agenda_meeting_cannot`, `participant_unknown`.
    """
    return _tried(session, acting=acting, event_id=event_id, told=told, lists=lists, now=now)[1]


def do_act(session: Session, *, acting: Acting, event_id: int, told: Told, lists: Lists, now: datetime) -> Tried:
    """Do an act on the working copy. Raises as `try_act`, and `agenda_violates`."""
    working, tried = _tried(session, acting=acting, event_id=event_id, told=told, lists=lists, now=now)
    if tried.violations:
        raise ConflictError(
            "agenda_violates", count=len(tried.violations), codes=sorted({each.code for each in tried.violations})
        )
    keep_working(
        session, event_id=event_id, instance=tried.instance, schedule=tried.schedule,
        price=working.row.fairness_price, now=now,
    )  # fmt: skip
    _rule(session, event_id=event_id, told=told)
    codes = {"act": str(told.act), "key": told.key or None, "slot": told.slot}
    record_act(session, acting=acting, act="agenda_changed", subject="event", subject_id=event_id, now=now, codes=codes)
    return tried


def _tried(
    session: Session, *, acting: Acting, event_id: int, told: Told, lists: Lists, now: datetime
) -> tuple[Working, Tried]:
    event = event_for_desk(session, acting=acting, event_id=event_id, is_held=True)
    check_no_run(session, event_id=event_id, now=now)
    working = load_working(session, event_id=event_id, is_held=True)
    needs_rows = told.act in {Act.ADD, Act.REFRESH}
    asked = asked_of(session, event=event, lists=lists, now=now) if needs_rows else None
    deed = Deed(told.act, told.key, told.slot, told.table, _new_meeting(session, asked, told))
    now_is = None if asked is None else asked.instance
    return working, try_deed(working.instance, working.schedule, deed, now_is=now_is)


def _new_meeting(session: Session, asked: Asked | None, told: Told) -> Meeting | None:
    """The meeting of those who are named; a pair that may not meet is refused without saying why."""
    if asked is None or told.act is not Act.ADD:
        return None
    numbers = tuple(sorted(set(told.participant_ids)))
    if len(numbers) != SMALLEST_GROUP:
        raise InvalidInputError("agenda_add_two", field="participant_ids", most=LARGEST_GROUP)
    known = session.exec(select(Participant.id).where(Participant.event_id == asked.event.id)).all()
    missing = next((number for number in numbers if number not in known), None)
    if missing is not None:
        raise InvalidInputError("participant_unknown", field="participant_ids", participant_id=missing)
    candidate = candidate_of_two(asked, numbers)
    if candidate is None:
        raise ConflictError("agenda_meeting_cannot", meeting=pair_key(frozenset(numbers)), slot=told.slot)
    members = tuple(f"p{number}" for number in candidate.members)
    return Meeting(candidate.key, members, candidate.fit)


def candidate_of_two(asked: Asked, numbers: Sequence[int]) -> Candidate | None:
    """Two as a candidate, as if the secretariat had added them already."""
    ruling = Ruling(event_id=asked.event.id or 0, key="", kind=RulingKind.ADD, members=list(numbers))
    key = pair_key(frozenset(numbers))
    others = tuple(row for row in asked.ground.rulings if row.key != key)
    ground = replace(asked.ground, rulings=(*others, ruling))
    return next((one for one in candidates_of(ground, includes_suggestions=True) if one.key == key), None)


def _rule(session: Session, *, event_id: int, told: Told) -> None:
    """Lay down what holds for agendas to come; the last word on a meeting counts."""
    key = told.key or pair_key(frozenset(told.participant_ids))
    if told.act is Act.UNPIN:
        _forget(session, event_id, key, {RulingKind.PIN})
        return
    kind = RULED.get(told.act)
    if kind is None:
        return
    others = {RulingKind.PIN, RulingKind.ADD} if kind in {RulingKind.FORBID, RulingKind.REMOVE} else set()
    undone = {RulingKind.FORBID, RulingKind.REMOVE} if kind is RulingKind.ADD else set()
    _forget(session, event_id, key, others | undone | {kind})
    members = sorted(set(told.participant_ids)) if kind is RulingKind.ADD else []
    session.add(Ruling(event_id=event_id, key=key, kind=kind, slot=told.slot, members=members))
    session.flush()


def _forget(session: Session, event_id: int, key: str, kinds: set[RulingKind]) -> None:
    for kind in kinds:
        row = session.get(Ruling, (event_id, key, kind))
        if row is not None:
            session.delete(row)
    session.flush()


def people_touched(tried: Tried) -> list[int]:
    """The numbers of participants whose meetings an act changes."""
    return sorted({participant_of(member) for touched in tried.touched for member in touched.members})
