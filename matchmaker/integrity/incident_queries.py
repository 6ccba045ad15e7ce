"""Who sees what of an incident: the committee, the office, who reported, and the member it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Account, Acting
from matchmaker.errors import NotFoundError
from matchmaker.integrity.models import Incident, IncidentState, IncidentStep
from matchmaker.integrity.pairs import entangled_with
from matchmaker.integrity.permissions import is_office
from matchmaker.profiles.queries import represented_by
from matchmaker.profiles.speaking import profiles_spoken_for


class Side(StrEnum):
    """From where somebody looks at an incident."""

    COMMITTEE = "committee"  # sees everything, the reporter's name included
    OFFICE = "office"  # sees everything but a protected name
    REPORTER = "reporter"  # sees what it sent, and what became of it
    ACCUSED = "accused"  # from the examination on: which article, the steps and their reasons


@dataclass(frozen=True)
class Viewer:
    """An account with the members for which it speaks, those for which it acts, and those it must keep away from."""

    acting: Acting
    speaks_for: frozenset[int]
    acts_for: frozenset[int]
    apart_from: frozenset[int]

    def side(self, incident: Incident) -> Side | None:
        """From where the account looks; None when it may not know of the incident. A side of its own comes first."""
        if self.acting.account_id is not None and incident.reporter_id == self.acting.account_id:
            return Side.REPORTER
        if incident.about_id in self.acts_for:
            is_told = incident.about_id in self.speaks_for and incident.state != IncidentState.RECEIVED
            return Side.ACCUSED if is_told else None
        if not is_office(self.acting) or incident.about_id in self.apart_from:
            return None
        return Side.COMMITTEE if self.acting.is_committee else Side.OFFICE


def viewer_of(session: Session, acting: Acting) -> Viewer:
    """Everything that decides what an account sees."""
    if acting.account_id is None:
        return Viewer(acting, frozenset(), frozenset(), frozenset())
    own = frozenset(represented_by(session, acting=acting))
    return Viewer(acting, profiles_spoken_for(session, acting=acting), own, entangled_with(session, own) - own)


@dataclass(frozen=True)
class SeenIncident:
    """What one side sees of an incident; what is not for it is None."""

    incident: Incident
    side: Side
    text: str | None
    reporter: str | None
    assigned_id: int | None
    steps: tuple[IncidentStep, ...]


def get_incident(session: Session, *, acting: Acting, incident_id: int) -> Incident:
    """One incident. Raises `incident_unknown`, also for one of which the account may not know."""
    row = session.get(Incident, incident_id)
    if row is None or viewer_of(session, acting).side(row) is None:
        raise NotFoundError("incident_unknown", incident_id=incident_id)
    return row


def list_incidents(session: Session, *, acting: Acting, after: int = 0, limit: int) -> Sequence[Incident]:
    """The incidents that the account may know of, by number."""
    statement = select(Incident).where(_may_know(viewer_of(session, acting)), col(Incident.id) > after)
    return session.exec(statement.order_by(col(Incident.id)).limit(limit)).all()


def open_incidents(session: Session, *, acting: Acting, after: int = 0, limit: int) -> Sequence[Incident]:
    """Those of the incidents that the account may know of which are not closed, by number."""
    statement = select(Incident).where(*_open(session, acting), col(Incident.id) > after)
    return session.exec(statement.order_by(col(Incident.id)).limit(limit)).all()


def waiting_incidents(session: Session, *, acting: Acting) -> tuple[int, datetime | None]:
    """How many incidents are not closed, of those that the account may know of, and since when the oldest is open."""
    return session.exec(select(func.count(), func.min(Incident.created_at)).where(*_open(session, acting))).one()


def see(session: Session, *, acting: Acting, incidents: Sequence[Incident]) -> list[SeenIncident]:
    """What the account may see of each; those that it may not know of are left out. In four statements."""
    viewer = viewer_of(session, acting)
    names = _names(session, incidents)
    steps = _steps(session, incidents)
    sides = [(row, viewer.side(row)) for row in incidents]
    return [_seen(row, side, names, steps[row.id or 0]) for row, side in sides if side is not None]


def _seen(incident: Incident, side: Side, names: Mapping[int, str], steps: Sequence[IncidentStep]) -> SeenIncident:
    knows_name = side in {Side.COMMITTEE, Side.REPORTER} or not incident.is_protected
    reads_text = side is not Side.ACCUSED or not incident.is_protected  # its words may give away who wrote them
    return SeenIncident(
        incident,
        side,
        incident.text if reads_text else None,
        names.get(incident.reporter_id or 0) if knows_name else None,
        incident.assigned_id if side in {Side.COMMITTEE, Side.OFFICE} else None,
        tuple(steps),
    )


def _names(session: Session, incidents: Sequence[Incident]) -> dict[int, str]:
    numbers = [row.reporter_id for row in incidents if row.reporter_id is not None]
    rows = session.exec(select(Account.id, Account.name).where(col(Account.id).in_(numbers))).all()
    return {number or 0: name for number, name in rows}


def _steps(session: Session, incidents: Sequence[Incident]) -> dict[int, list[IncidentStep]]:
    numbers = [row.id or 0 for row in incidents]
    statement = select(IncidentStep).where(col(IncidentStep.incident_id).in_(numbers)).order_by(col(IncidentStep.id))
    steps = session.exec(statement).all()
    return {number: [step for step in steps if step.incident_id == number] for number in numbers}


def _open(session: Session, acting: Acting) -> tuple[ColumnElement[bool], ...]:
    return _may_know(viewer_of(session, acting)), col(Incident.state) != IncidentState.CLOSED


def _may_know(viewer: Viewer) -> ColumnElement[bool]:
    """The same as `Viewer.side`, for a list."""
    reporter, about = col(Incident.reporter_id), col(Incident.about_id)
    reported = and_(reporter.is_not(None), reporter == viewer.acting.account_id)
    told = and_(about.in_(sorted(viewer.speaks_for)), col(Incident.state) != IncidentState.RECEIVED)
    if not is_office(viewer.acting):
        return or_(reported, told)
    return or_(reported, told, about.not_in(sorted(viewer.acts_for | viewer.apart_from)))
