"""The desk of the alliance's own people: what waits, oldest first, each queue for those who may read it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from api.web.desk_views import Desk, QueueLine, QueuePage, Waiting
from api.web.frames import Asked
from api.web.lines import PAGE_LINES, one_page
from api.web.profiles import next_query
from api.web.typed import Typed
from matchmaker.accounts.models import OPERATOR
from matchmaker.errors import NotAllowedError
from matchmaker.integrity.incident_queries import open_incidents, waiting_incidents
from matchmaker.integrity.models import ConflictState
from matchmaker.integrity.queries import list_conflicts, waiting_conflicts
from matchmaker.introductions.curating import waiting_challenges
from matchmaker.letters.addresses import list_bounces, waiting_bounces
from matchmaker.matching.duplicates import waiting_alike
from matchmaker.membership.queries import list_applications, waiting_applications
from matchmaker.membership.rules import JUDGED
from matchmaker.profiles.queries import full_profiles
from matchmaker.rights.queries import list_requests, waiting_requests

COMMITTEES_ROOMS = ("desk", "applications", "conflicts", "incidents")
SECRETARIATS_ROOMS = (
    "desk", "applications", "curation", "conflicts", "duplicates", "letters", "rights", "incidents", "members",
    "committees", "events", "lists", "import", "invitations",
    "export",
)  # fmt: skip
ADMINISTRATORS_ROOMS = (
    "desk", "applications", "conflicts", "rights", "incidents", "members", "committees", "lists", "people", "audit",
)  # fmt: skip
DECIDED_AT = {
    "applications": "/applications",
    "conflicts": "/conflicts",
    "rights": "/desk/rights",
    "incidents": "/desk/incidents",
}
"""By queue, where one thing of it is decided."""
NOTHING = Typed()
Counted = tuple[int, datetime | None]


@dataclass(frozen=True)
class Queue:
    """How a queue is counted and read; its lines begin after a number and are at most so many."""

    count: Callable[[Asked], Counted]
    lines: Callable[[Asked, int, int], Sequence[QueueLine]] | None = None


def rooms_of(asked: Asked) -> tuple[str, ...]:
    """The pages of the desk that the reader may open. Raises `sign_in_needed`, `office_needed`."""
    acting = asked.signed_in()
    if acting.is_secretariat:
        return SECRETARIATS_ROOMS
    if acting.is_administrator:
        return ADMINISTRATORS_ROOMS
    if acting.is_committee:
        return COMMITTEES_ROOMS
    raise NotAllowedError("office_needed")


def check_room(asked: Asked, code: str) -> tuple[str, ...]:
    """The reader's rooms, when this is one of them. Raises `sign_in_needed`, `office_needed`, `secretariat_only`."""
    rooms = rooms_of(asked)
    if code not in rooms:
        raise NotAllowedError("administrator_only" if code in {"people", "audit"} else "secretariat_only")
    return rooms


def desk_page(asked: Asked) -> Desk:
    """What waits for the reader. Raises `sign_in_needed`, `office_needed`."""
    rooms = rooms_of(asked)
    waiting = [Waiting(code, *QUEUES[code].count(asked)) for code in rooms if code in QUEUES]
    return Desk(
        language=asked.language,
        frame=asked.frame("desk"),
        rooms=rooms,
        waiting=tuple(sorted(waiting, key=_oldest_first)),
    )


def queue_page(
    asked: Asked, code: str, *, after: int = 0, typed: Typed = NOTHING, done: str = "", undoes: int = 0
) -> QueuePage:
    """One queue. Raises `sign_in_needed`, `office_needed`, `secretariat_only`."""
    rooms = check_room(asked, code)
    found = lines_after(asked, code, after=after, limit=PAGE_LINES + 1)
    lines, has_more = one_page(found)
    return QueuePage(
        language=asked.language,
        frame=asked.frame("desk"),
        rooms=rooms,
        code=code,
        decided_at=DECIDED_AT.get(code, ""),
        lines=tuple(lines),
        count=QUEUES[code].count(asked)[0],
        is_first=after <= 0,
        next_query=next_query(lines[-1].id, {}) if has_more else "",
        typed=typed,
        done=done,
        undoes=undoes,
    )


def lines_after(asked: Asked, code: str, *, after: int, limit: int) -> Sequence[QueueLine]:
    """What waits in a queue from the one after `after`, for who may read it."""
    check_room(asked, code)
    read = QUEUES[code].lines
    return () if read is None else read(asked, after, limit)


def _oldest_first(waiting: Waiting) -> tuple[bool, str]:
    return waiting.count == 0, waiting.oldest_at.isoformat() if waiting.oldest_at else ""


def _applications(asked: Asked, after: int, limit: int) -> Sequence[QueueLine]:
    rows = list_applications(
        asked.session, office=asked.service.admission_office(), acting=asked.acting, states=JUDGED, after=after,
        limit=limit,
    )  # fmt: skip
    names = _names(asked, [row.profile_id for row in rows])
    return [QueueLine(row.id or 0, (names.get(row.profile_id, ""),), row.state, row.submitted_at) for row in rows]


def _conflicts(asked: Asked, after: int, limit: int) -> Sequence[QueueLine]:
    rows = list_conflicts(asked.session, acting=asked.acting, state=ConflictState.UNKNOWN, after=after, limit=limit)
    names = _names(asked, [number for row in rows for number in (row.first_id, row.second_id)])
    return [
        QueueLine(row.id or 0, (names.get(row.first_id, ""), names.get(row.second_id, "")), row.state, row.created_at)
        for row in rows
    ]


def _incidents(asked: Asked, after: int, limit: int) -> Sequence[QueueLine]:
    rows = open_incidents(asked.session, acting=asked.acting, after=after, limit=limit)
    names, now = _names(asked, [row.about_id for row in rows]), asked.service.clock()
    return [
        QueueLine(
            row.id or 0, (names.get(row.about_id, ""),), row.state, row.created_at, row.due_at,
            is_late=row.due_at is not None and row.due_at < now,
        )
        for row in rows
    ]  # fmt: skip


def _letters(asked: Asked, after: int, limit: int) -> Sequence[QueueLine]:
    found = list_bounces(asked.session, acting=asked.acting, after=after, limit=limit)
    return [
        QueueLine(account.id or 0, (account.name, account.email or ""), row.status, row.noted_at)
        for account, row in found
    ]


def _rights(asked: Asked, after: int, limit: int) -> Sequence[QueueLine]:
    now = asked.service.clock()
    rows = list_requests(asked.session, acting=asked.acting, now=now, which="open", after=after, limit=limit)
    return [
        QueueLine(row.id or 0, (row.kind,), row.state, row.received_at, row.due_at, is_late=row.due_at < now)
        for row in rows
    ]


def _names(asked: Asked, profile_ids: Sequence[int]) -> Mapping[int, str]:
    """Names by number, read at once; the committee and administrators read those of agents not shown yet as well."""
    found = full_profiles(asked.session, acting=OPERATOR, profile_ids=profile_ids)
    return {number: full.profile.name for number, full in found.items()}


def _counted_by(count: Callable[..., Counted]) -> Callable[[Asked], Counted]:
    return lambda asked: count(asked.session, acting=asked.acting)


QUEUES: Mapping[str, Queue] = {
    "applications": Queue(
        lambda asked: waiting_applications(asked.session, office=asked.service.admission_office(), acting=asked.acting),
        _applications,
    ),
    "curation": Queue(_counted_by(waiting_challenges)),
    "conflicts": Queue(_counted_by(waiting_conflicts), _conflicts),
    "duplicates": Queue(_counted_by(waiting_alike)),
    "letters": Queue(_counted_by(waiting_bounces), _letters),
    "rights": Queue(_counted_by(waiting_requests), _rights),
    "incidents": Queue(_counted_by(waiting_incidents), _incidents),
}
"""By code. What is curated and what may be there twice have pages of another kind."""
