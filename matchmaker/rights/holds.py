"""What must be settled before a member is erased: a report about it, contacts that have just been opened."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlmodel import Session, col, or_, select

from matchmaker.integrity.models import Incident, IncidentState
from matchmaker.introductions.models import Introduction, Phase
from matchmaker.rights.models import Erasure, Subject
from matchmaker.rights.purposes import Hold, Retention


def hold_of(session: Session, erasure: Erasure, *, retention: Retention, now: datetime) -> Hold | None:
    """The first reason to wait with an erasure; a person, who is in no report and no introduction, never waits."""
    if erasure.subject != Subject.PROFILE:
        return None
    return next((hold for hold in retention.holds if _OPEN[hold.code](session, erasure.subject_id, hold, now)), None)


def held_until(erasure: Erasure, hold: Hold, *, answer_due_at: datetime | None) -> datetime:
    """Until when at most it waits."""
    latest = erasure.asked_at + timedelta(days=hold.days)
    return latest if hold.beyond_deadline or answer_due_at is None else min(latest, answer_due_at)


def _has_open_incident(session: Session, profile_id: int, _hold: Hold, _now: datetime) -> bool:
    is_open = (Incident.about_id == profile_id, Incident.state != IncidentState.CLOSED)
    return session.exec(select(Incident.id).where(*is_open)).first() is not None


def _has_open_introduction(session: Session, profile_id: int, hold: Hold, now: datetime) -> bool:
    mine = or_(col(Introduction.owner_id) == profile_id, col(Introduction.profile_id) == profile_id)
    is_new = col(Introduction.opened_at) > now - timedelta(days=hold.days)
    found = select(Introduction.id).where(mine, Introduction.phase == Phase.OPEN, is_new)
    return session.exec(found).first() is not None


_OPEN: Mapping[str, Callable[[Session, int, Hold, datetime], bool]] = MappingProxyType(
    {"open_incident": _has_open_incident, "open_introduction": _has_open_introduction}
)
"""How each code of the retention list is looked up."""
