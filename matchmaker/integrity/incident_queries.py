"""Who sees what of an incident: the committee, the office, who reported, and the member it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.errors import NotFoundError
from matchmaker.integrity.models import Incident, IncidentState, IncidentStep
from matchmaker.integrity.pairs import entangled_with
from matchmaker.integrity.permissions import is_office
from matchmaker.profiles.models import Part, Representation


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
    """Everything that decides what an account sees, in two statements."""
    if acting.account_id is None:
        return Viewer(acting, frozenset(), frozenset(), frozenset())
    statement = select(Representation.profile_id, Representation.part)
    parts = dict(session.exec(statement.where(Representation.account_id == acting.account_id)).all())
    speaks_for = frozenset(number for number, part in parts.items() if part == Part.REPRESENTATIVE)
    return Viewer(acting, speaks_for, frozenset(parts), entangled_with(session, parts) - parts.keys())


def get_incident(session: Session, *, acting: Acting, incident_id: int) -> tuple[Incident, Side]:
    """One incident and from where the account looks. Raises `incident_unknown`."""
    row = session.get(Incident, incident_id)
    side = None if row is None else viewer_of(session, acting).side(row)
    if row is None or side is None:
        raise NotFoundError("incident_unknown", incident_id=incident_id)
    return row, side


def list_incidents(session: Session, *, acting: Acting, after: int = 0, limit: int) -> list[tuple[Incident, Side]]:
    """The incidents that the account may know of, by number."""
    viewer = viewer_of(session, acting)
    statement = select(Incident).where(_may_know(viewer), col(Incident.id) > after)
    rows = session.exec(statement.order_by(col(Incident.id)).limit(limit)).all()
    found = [(row, viewer.side(row)) for row in rows]
    return [(row, side) for row, side in found if side is not None]


def steps_of(session: Session, incidents: Sequence[Incident]) -> dict[int, list[IncidentStep]]:
    """The steps of incidents that were read, oldest first, by incident; in one statement."""
    numbers = [row.id or 0 for row in incidents]
    statement = select(IncidentStep).where(col(IncidentStep.incident_id).in_(numbers)).order_by(col(IncidentStep.id))
    steps = session.exec(statement).all()
    return {number: [step for step in steps if step.incident_id == number] for number in numbers}


def _may_know(viewer: Viewer) -> ColumnElement[bool]:
    """The same as `Viewer.side`, for a list."""
    reporter, about = col(Incident.reporter_id), col(Incident.about_id)
    reported = and_(reporter.is_not(None), reporter == viewer.acting.account_id)
    told = and_(about.in_(sorted(viewer.speaks_for)), col(Incident.state) != IncidentState.RECEIVED)
    if not is_office(viewer.acting):
        return or_(reported, told)
    return or_(reported, told, about.not_in(sorted(viewer.acts_for | viewer.apart_from)))
