"""Everything about a person or a member as one archive: a JSON and a CSV file for each table."""

import csv
import io
import json
import zipfile
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, String, Table, and_, false, func, not_, or_, select
from sqlmodel import AutoString, Session, SQLModel

from matchmaker.accounts.models import OPERATOR, Acting
from matchmaker.audit.actions import record_act
from matchmaker.errors import NotAllowedError
from matchmaker.formulas import guarded
from matchmaker.rights.models import Subject
from matchmaker.rights.permission import check_speaks_for
from matchmaker.rights.policies import POLICIES
from matchmaker.rights.queries import has_asked
from matchmaker.rights.sight import SIGHTS
from matchmaker.rights.walk import Belongings

SECRETS = ("digest", "nonce")
"""What the names of columns end with that hold no knowledge for their owner and a risk for everyone."""
WORDS_FROM = 100
"""Texts of fewer characters are codes."""


def export(session: Session, *, acting: Acting, subject: Subject, subject_id: int, now: datetime) -> bytes:
    """The archive, as the bytes of a zip file; `about.json` says what it leaves out and why.

    The alliance's own people open one of others only while a request of theirs waits or is within its term; whoever
    holds the machine holds the data. Raises `not_your_data`, `export_not_asked`.
    """
    check_speaks_for(session, acting=acting, subject=subject, subject_id=subject_id)
    if not (acting == OPERATOR or has_asked(session, acting=acting, subject=subject, subject_id=subject_id, now=now)):
        raise NotAllowedError("export_not_asked", subject_id=subject_id)
    belongings, written, told = Belongings(subject, subject_id), io.BytesIO(), []
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in SQLModel.metadata.sorted_tables:
            sight = SIGHTS.get(table.name)
            rows = _rows(session, belongings, table) if sight is None else sight(session, subject, subject_id)
            if rows:
                told.append(table.name)
                archive.writestr(f"{table.name}.json", _json(rows))
                archive.writestr(f"{table.name}.csv", _csv(rows))
        archive.writestr("about.json", _json(_about(subject, subject_id, told=told)))
    codes = {"by_itself": acting.account_id == subject_id if subject is Subject.ACCOUNT else None}
    record_act(
        session, acting=acting, act="data_exported", subject=subject, subject_id=subject_id, now=now, codes=codes
    )
    return written.getvalue()


def _about(subject: Subject, subject_id: int, *, told: Sequence[str]) -> dict[str, Any]:
    """What the archive is of, and what it leaves out: the same for everyone, lest a gap say that there is something."""
    policies = {name: POLICIES[name] for name in SQLModel.metadata.tables}
    return {
        "subject": subject,
        "id": subject_id,
        "told": told,
        "told_in_part": {name: policy.seen_by for name, policy in policies.items() if policy.seen_by},
        "withheld": {name: policy.withheld for name, policy in policies.items() if policy.withheld},
        "columns_left_out": {name: dict(policy.hidden) for name, policy in policies.items() if policy.hidden},
        "rows_of_others_that_name_the_subject": "told in numbers, codes and dates, without the words of others",
    }


def _rows(session: Session, belongings: Belongings, table: Table) -> list[dict[str, Any]]:
    """The subject's own rows, then those that only name it; none twice."""
    policy = POLICIES[table.name]
    if policy.withheld:
        return []
    own = [part for part in (belongings.told(table), belongings.about(table)) if part is not None]
    is_own: ColumnElement[bool] = or_(false(), *own)
    rows, named = _read(session, table, is_own, without=policy.hidden), belongings.named(table)
    if named is None:
        return rows
    words = [column.name for column in table.columns if _holds_words(column)]
    return rows + _read(session, table, and_(named, not_(func.coalesce(is_own, false()))), without=words)


def _read(
    session: Session, table: Table, chosen: ColumnElement[bool], *, without: Collection[str]
) -> list[dict[str, Any]]:
    columns = [column for column in table.columns if not column.name.endswith(SECRETS) and column.name not in without]
    found = session.connection().execute(select(*columns).where(chosen).order_by(*table.primary_key))
    return [dict(row) for row in found.mappings()]


def _holds_words(column: Column[Any]) -> bool:
    """Whether a column may hold words of people: a long text or a list."""
    length = getattr(column.type, "length", None) or WORDS_FROM
    return isinstance(column.type, JSON) or (isinstance(column.type, (String, AutoString)) and length >= WORDS_FROM)


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, default=str)


def _csv(rows: Sequence[Mapping[str, Any]]) -> str:
    lines = io.StringIO(newline="")
    writer = csv.DictWriter(lines, fieldnames=list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return lines.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, (list, dict)):
        return guarded(json.dumps(value, ensure_ascii=False))
    return guarded(value) if isinstance(value, str) else value
