"""Participants from the list of a ticketing service: who comes for which member. A dry run keeps nothing."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from pydantic import ValidationError
from sqlmodel import Session, select

from matchmaker.accounts.models import Acting
from matchmaker.errors import DomainError, InvalidInputError
from matchmaker.events.actions import Registration, register, registered
from matchmaker.events.drafts import ParticipantDraft
from matchmaker.events.models import Arrival, Presence
from matchmaker.events.queries import event_for_desk
from matchmaker.exchange.csv_reader import delimiter_of
from matchmaker.exchange.names import Names, name_key
from matchmaker.exchange.records import plan_headers
from matchmaker.exchange.report import Problem, shown
from matchmaker.exchange.rows import Row, row_of, unique_headers
from matchmaker.formulas import unguarded
from matchmaker.profiles.models import Profile, Visibility

HEADERS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "ticket": ("ticket id", "ticket number", "order", "pedido", "número de entrada", "entrada", "ingresso",
                   "código"),
        "name": ("nombre", "nome", "attendee", "asistente", "participante", "nombre completo", "nome completo"),
        "email": ("correo", "correo electrónico", "e-mail", "mail"),
        "member": ("organización", "organização", "organization", "organisation", "company", "empresa", "entidad",
                   "institución", "instituição", "ciudad", "cidade", "municipio", "miembro", "membro"),
        "cancelled": ("status", "estado", "situação", "state"),
    }
)  # fmt: skip
CANCELLED = frozenset(name_key(word) for word in ("cancelled", "canceled", "cancelado", "cancelada", "refunded",
                                                  "reembolsado", "anulado"))  # fmt: skip


@dataclass
class TicketReport:
    """What became of the rows. `companions` came for a member that somebody else represents already."""

    rows: int = 0
    registered: int = 0
    companions: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    notices: tuple[Problem, ...] = ()


def import_tickets(session: Session, *, acting: Acting, event_id: int, text: str, now: datetime) -> TicketReport:
    """Register whom a list names; rows that cannot be used are told, the others kept; the same list changes nothing.

    Raises `only_secretariat`, `event_unknown`, `file_empty`, `tickets_columns`.
    """
    event_for_desk(session, acting=acting, event_id=event_id)
    rows, headers = _table(text)
    plan = plan_headers(headers, Names(HEADERS), line=1)
    if not {"name", "member"} <= plan.fields:
        raise InvalidInputError("tickets_columns", field="csv", known=[*HEADERS])
    report = TicketReport(notices=plan.notices)
    members = _members(session)
    for row in rows:
        report.rows += 1
        if isinstance(row, Problem):
            report.problems.append(row)
            continue
        cells = {path[0]: _cell(row.values.get(header)) for header, path in plan.paths.items()}
        columns = {path[0]: header for header, path in plan.paths.items()}
        _take(session, acting=acting, event_id=event_id, row=_Ticket(row.line, cells, columns), members=members,
              report=report, now=now)  # fmt: skip
    return report


@dataclass(frozen=True)
class _Ticket:
    line: int
    cells: Mapping[str, str]
    columns: Mapping[str, str]

    def wrong(self, name: str, code: str, expected: str = "") -> Problem:
        return Problem(self.line, self.columns.get(name, name), shown(self.cells.get(name, "")), code, expected)


def _take(
    session: Session, *, acting: Acting, event_id: int, row: _Ticket, members: Mapping[str, list[Profile]],
    report: TicketReport, now: datetime,
) -> None:  # fmt: skip
    problem = _problem(row, members)
    if problem is not None:
        report.problems.append(problem)
        return
    [profile] = members[name_key(row.cells["member"])]
    known = registered(session, event_id=event_id, profile_id=profile.id or 0)
    if known is not None and known.presence != Presence.CANCELLED:
        if row.cells["name"] in {known.name, *known.companions}:
            report.unchanged += 1
            return
        known.companions = [*known.companions, row.cells["name"]]
        session.add(known)
        session.flush()
        report.companions += 1
        return
    try:
        draft = ParticipantDraft(name=row.cells["name"], email=row.cells.get("email") or None)
        told = Registration(profile.id or 0, Arrival.TICKET, row.cells.get("ticket", ""))
        register(session, acting=acting, event_id=event_id, registration=told, draft=draft, now=now)
        report.registered += 1
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        report.problems.append(row.wrong(name, "malformed"))
    except DomainError as error:
        report.problems.append(row.wrong("member", error.code))


def _problem(row: _Ticket, members: Mapping[str, list[Profile]]) -> Problem | None:
    if name_key(row.cells.get("cancelled", "")) in CANCELLED:
        return row.wrong("cancelled", "ticket_cancelled")
    missing = next((name for name in ("name", "member") if not row.cells.get(name)), None)
    if missing is not None:
        return row.wrong(missing, "missing")
    found = members.get(name_key(row.cells["member"]), [])
    if len(found) == 1:
        return None
    return row.wrong("member", "member_unknown" if not found else "label_ambiguous")


def _members(session: Session) -> dict[str, list[Profile]]:
    """Members that are shown by the key of their name: accents and case do not count."""
    found: dict[str, list[Profile]] = {}
    for profile in session.exec(select(Profile).where(Profile.visibility == Visibility.VISIBLE)).all():
        found.setdefault(name_key(profile.name), []).append(profile)
    return found


def _table(text: str) -> tuple[list[Row | Problem], tuple[str, ...]]:
    delimiter, skipped = delimiter_of(text)
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    for _ in range(skipped):
        lines.readline()
    reader = csv.reader(lines, delimiter=delimiter)
    headers: tuple[str, ...] = ()
    rows: list[Row | Problem] = []
    try:
        for record in reader:
            if not headers:
                headers = unique_headers(list(record))
                continue
            row = row_of(headers, list(record), line=reader.line_num + skipped)
            if row is not None:
                rows.append(row)
    except csv.Error:
        rows.append(Problem(reader.line_num + skipped, "", "", "cell_too_long"))
    if not headers:
        raise InvalidInputError("file_empty", field="csv", value="")
    return rows, headers


def _cell(value: object) -> str:
    return unguarded(str(value)).strip() if value is not None else ""
