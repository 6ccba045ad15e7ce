"""Events as the secretariat plans, changes, opens and closes them."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.audit.actions import record_act
from matchmaker.events.drafts import EventDraft
from matchmaker.events.encounters import ask_encounters
from matchmaker.events.models import Event, EventState
from matchmaker.events.queries import check_desk, event_for_desk
from matchmaker.events.rules import check_next


def plan_event(session: Session, *, acting: Acting, draft: EventDraft, now: datetime) -> Event:
    """Write an event down; only the secretariat sees it until it is opened. Written twice alike it is one.

    Raises `only_secretariat`.
    """
    check_desk(acting)
    row = Event(**_fields(draft), created_at=now)
    alike = select(Event).where(Event.name == row.name, Event.state == EventState.DRAFT).order_by(col(Event.id))
    for other in session.exec(alike).all():
        if all(getattr(other, name) == getattr(row, name) for name in _fields(draft)):
            return other
    session.add(row)
    session.flush()
    record_act(session, acting=acting, act="event_planned", subject="event", subject_id=row.id or 0, now=now)
    return row


def change_event(session: Session, *, acting: Acting, event_id: int, draft: EventDraft) -> Event:
    """Write an event anew. Raises `only_secretariat`, `event_unknown`."""
    row = event_for_desk(session, acting=acting, event_id=event_id, is_held=True)
    for name, value in _fields(draft).items():
        setattr(row, name, value)
    row.version += 1
    session.add(row)
    session.flush()
    return row


def set_state(session: Session, *, acting: Acting, event_id: int, state: EventState, now: datetime) -> Event:
    """Open, close, end or cancel an event. Raises `only_secretariat`, `event_unknown`, `event_state_wrong`."""
    row = event_for_desk(session, acting=acting, event_id=event_id, is_held=True)
    session.refresh(row)
    check_next(row, state)
    if row.state != state:
        row.state, row.version = state, row.version + 1
        session.add(row)
        record_act(session, acting=acting, act="event_state_set", subject="event", subject_id=event_id, now=now,
                   codes={"state": str(state)})  # fmt: skip
        if state is EventState.OVER:
            ask_encounters(session, event_id=event_id, now=now)
    return row


def _fields(draft: EventDraft) -> dict[str, Any]:
    """The columns of an event: lists and policy as JSON, moments as they are."""
    plain = draft.model_dump(mode="json", exclude={"opens_at", "closes_at"})
    plain["country"] = plain["country"] or ""
    return {**plain, "opens_at": draft.opens_at, "closes_at": draft.closes_at}
