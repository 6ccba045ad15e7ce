"""An agenda becomes a version: verified against the rows as they are now, frozen, told to whom it changes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.audit.actions import record_act
from matchmaker.errors import ConflictError
from matchmaker.events.agenda.instance import Placed, Schedule
from matchmaker.events.agenda.verify import verify
from matchmaker.events.candidates import Candidate
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
from matchmaker.events.runs import Asked, check_no_run
from matchmaker.events.versions import Change, changes, meetings_of, newest_version, placed_of
from matchmaker.letters.actions import write_letters
from matchmaker.letters.models import Letter
from matchmaker.profiles.speaking import speakers

PUBLISHED, CHANGED = "agenda_published", "agenda_changed"
FIGURES = frozenset({"fit_wrong", "objective_wrong", "bound_below_objective", "shortfalls_wrong", "meeting_missing"})
"""Codes of violations that are about figures and lists, not about people."""


def event_to_issue(session: Session, *, acting: Acting, event_id: int, now: datetime) -> Event:
    """An event whose agenda may be published now. Raises as `publishing.publish`."""
    event = event_for_desk(session, acting=acting, event_id=event_id, is_held=True)
    if event.state not in {EventState.OPEN, EventState.CLOSED}:
        raise ConflictError("event_not_for_agenda", state=event.state)
    check_no_run(session, event_id=event_id, now=now)
    return event


def check_agreed(placed: Sequence[Placed], asked: Asked) -> None:
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
    check_kept(broken, "agenda_outdated")


def check_kept(violations: Sequence[object], code: str) -> None:
    """Raise a conflict of that code for an agenda that breaks rules, with which and how many."""
    if violations:
        codes = sorted({str(getattr(each, "code", "")) for each in violations})
        raise ConflictError(code, count=len(violations), codes=codes)


def issue(
    session: Session, *, acting: Acting, asked: Asked, placed: Sequence[Placed], certificate: Mapping[str, object],
    now: datetime, again_number: int | None = None,
) -> AgendaVersion:  # fmt: skip
    """The next version with its certificate; the one in force when that says the same."""
    event_id = asked.event.id or 0
    newest = newest_version(session, event_id=event_id)
    before = meetings_of(session, newest)
    if newest is not None and set(placed_of(before)) == set(placed):
        return newest
    version = AgendaVersion(
        event_id=event_id, number=1 if newest is None else newest.number + 1, again_number=again_number,
        certificate=dict(certificate), published_by_id=acting.account_id, published_at=now,
    )  # fmt: skip
    session.add(version)
    session.flush()
    _freeze(session, version, placed, {one.key: one for one in asked.candidates})
    _tell(session, version, changes(before, meetings_of(session, version)), now=now)
    record_act(
        session, acting=acting, act="agenda_published", subject="event", subject_id=event_id, now=now,
        codes={"number": version.number, "again": version.again_number},
    )  # fmt: skip
    return version


def _freeze(session: Session, version: AgendaVersion, placed: Sequence[Placed], known: Mapping[str, Candidate]) -> None:
    session.add_all(_meeting(version, one, known[one.id]) for one in placed)
    session.flush()
    session.add_all(
        AgendaSeat(version_id=version.id or 0, key=one.id, participant_id=number)
        for one in placed
        for number in known[one.id].members
    )
    session.flush()


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
