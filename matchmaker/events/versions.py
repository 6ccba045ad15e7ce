"""Published agendas as they are read: versions, meetings with who sits in them, one's own."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from matchmaker.errors import NotFoundError
from matchmaker.events.agenda.instance import Placed, Schedule
from matchmaker.events.models import AgendaMeeting, AgendaSeat, AgendaVersion


@dataclass(frozen=True)
class Held:
    """A meeting of a published agenda with the numbers of its participants."""

    row: AgendaMeeting
    members: tuple[int, ...]

    @property
    def where(self) -> tuple[str, str]:
        """Its slot and its table."""
        return self.row.slot, self.row.table_id


@dataclass(frozen=True)
class Change:
    """What a new version does to one participant, by keys of meetings."""

    added: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()  # other slot or other table
    dropped: tuple[str, ...] = ()


def newest_version(session: Session, *, event_id: int) -> AgendaVersion | None:
    """The version in force; nothing before the first is published."""
    statement = select(AgendaVersion).where(AgendaVersion.event_id == event_id)
    return session.exec(statement.order_by(col(AgendaVersion.number).desc()).limit(1)).first()


def version_numbered(session: Session, *, event_id: int, number: int) -> AgendaVersion:
    """One version. Raises `agenda_version_unknown`."""
    statement = select(AgendaVersion).where(AgendaVersion.event_id == event_id, AgendaVersion.number == number)
    row = session.exec(statement).first()
    if row is None:
        raise NotFoundError("agenda_version_unknown", number=number)
    return row


def list_versions(session: Session, *, event_id: int) -> Sequence[AgendaVersion]:
    """All versions, newest first."""
    statement = select(AgendaVersion).where(AgendaVersion.event_id == event_id)
    return session.exec(statement.order_by(col(AgendaVersion.number).desc())).all()


def meetings_of(session: Session, version: AgendaVersion | None) -> list[Held]:
    """All meetings of a version by slot and key, in two statements; none of no version."""
    if version is None:
        return []
    rows = session.exec(select(AgendaMeeting).where(AgendaMeeting.version_id == version.id)).all()
    seats = session.exec(select(AgendaSeat).where(AgendaSeat.version_id == version.id)).all()
    return _together(rows, seats)


def meetings_of_participants(
    session: Session, version: AgendaVersion | None, *, participant_ids: Collection[int]
) -> list[Held]:
    """Those of a version in which some of these sit."""
    if version is None:
        return []
    own = select(AgendaSeat.key).where(
        AgendaSeat.version_id == version.id, col(AgendaSeat.participant_id).in_(list(participant_ids))
    )
    meetings = select(AgendaMeeting).where(AgendaMeeting.version_id == version.id, col(AgendaMeeting.key).in_(own))
    seats = select(AgendaSeat).where(AgendaSeat.version_id == version.id, col(AgendaSeat.key).in_(own))
    return _together(session.exec(meetings).all(), session.exec(seats).all())


def meetings_in_all(session: Session, *, event_id: int, participant_id: int) -> list[Held]:
    """Those of every version in which somebody sits, in two statements."""
    own = (
        select(AgendaSeat.version_id, AgendaSeat.key)
        .join(AgendaVersion, col(AgendaVersion.id) == col(AgendaSeat.version_id))
        .where(AgendaVersion.event_id == event_id, AgendaSeat.participant_id == participant_id)
        .subquery()
    )
    meetings = select(AgendaMeeting).join(
        own, (col(AgendaMeeting.version_id) == own.c.version_id) & (col(AgendaMeeting.key) == own.c.key)
    )
    seats = select(AgendaSeat).join(
        own, (col(AgendaSeat.version_id) == own.c.version_id) & (col(AgendaSeat.key) == own.c.key)
    )
    members: dict[tuple[int, str], list[int]] = defaultdict(list)
    for seat in session.exec(seats).all():
        members[seat.version_id, seat.key].append(seat.participant_id)
    rows = session.exec(meetings.order_by(col(AgendaMeeting.version_id), col(AgendaMeeting.key))).all()
    return [Held(row, tuple(sorted(members[row.version_id, row.key]))) for row in rows]


def placed_of(meetings: Sequence[Held]) -> tuple[Placed, ...]:
    """Meetings of a version as an agenda has them."""
    return tuple(Placed(held.row.key, *held.where) for held in meetings)


def schedule_of_version(session: Session, version: AgendaVersion) -> Schedule:
    """A version as a schedule: what was placed; the figures are those of its certificate."""
    placed, figures = placed_of(meetings_of(session, version)), version.certificate
    return Schedule(placed, (), figures["fit"], figures["objective"], figures["bound"],
                    attainable=figures["attainable"])  # fmt: skip


def changes(before: Sequence[Held], after: Sequence[Held]) -> dict[int, Change]:
    """What changes for whom between two versions; whoever keeps everything is absent."""
    old, new = _by_participant(before), _by_participant(after)
    found = {number: _change(old.get(number, {}), new.get(number, {})) for number in old.keys() | new.keys()}
    return {number: change for number, change in sorted(found.items()) if change != Change()}


def _change(old: Mapping[str, Held], new: Mapping[str, Held]) -> Change:
    return Change(
        added=tuple(sorted(new.keys() - old.keys())),
        moved=tuple(sorted(key for key in old.keys() & new.keys() if old[key].where != new[key].where)),
        dropped=tuple(sorted(old.keys() - new.keys())),
    )


def _by_participant(meetings: Sequence[Held]) -> dict[int, dict[str, Held]]:
    found: dict[int, dict[str, Held]] = defaultdict(dict)
    for held in meetings:
        for number in held.members:
            found[number][held.row.key] = held
    return found


def _together(rows: Sequence[AgendaMeeting], seats: Sequence[AgendaSeat]) -> list[Held]:
    members: dict[str, list[int]] = defaultdict(list)
    for seat in seats:
        members[seat.key].append(seat.participant_id)
    found = [Held(row, tuple(sorted(members[row.key]))) for row in rows]
    return sorted(found, key=lambda held: (held.row.slot, held.row.key))
