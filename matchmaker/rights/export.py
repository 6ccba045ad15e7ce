"""Everything about a person or a member as one archive: a JSON and a CSV file for each table."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, select
from sqlmodel import Session, SQLModel

from matchmaker.accounts.models import Acting
from matchmaker.formulas import guarded
from matchmaker.rights.models import Subject
from matchmaker.rights.permission import check_speaks_for
from matchmaker.rights.walk import Belongings

WITHHELD_TABLES = frozenset(
    {
        "incident", "incident_step", "conflict", "conflict_ground", "interest", "assessment", "score", "vote",
        "introduction", "introduction_side", "introduction_question", "outcome_report", "mentoring", "lesson",
    }
)  # fmt: skip
"""Tables that also hold words or secrets of others; the secretariat answers on them by hand. Named in the archive."""
SECRETS = ("digest", "nonce")
"""What the names of columns end with that hold no knowledge for their owner and a risk for everyone."""


def export(session: Session, *, acting: Acting, subject: Subject, subject_id: int) -> bytes:
    """The archive, as the bytes of a zip file. Raises `not_your_data`."""
    check_speaks_for(session, acting=acting, subject=subject, subject_id=subject_id)
    belongings, written, withheld = Belongings(subject, subject_id), io.BytesIO(), []
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in SQLModel.metadata.sorted_tables:
            rows = _rows(session, belongings, table)
            if rows and table.name in WITHHELD_TABLES:
                withheld.append(table.name)
            elif rows:
                archive.writestr(f"{table.name}.json", _json(rows))
                archive.writestr(f"{table.name}.csv", _csv(rows))
        archive.writestr("about.json", _json({"subject": subject, "id": subject_id, "withheld": withheld}))
    return written.getvalue()


def _rows(session: Session, belongings: Belongings, table: Table) -> list[dict[str, Any]]:
    told = belongings.told(table)
    if told is None:
        return []
    columns = [column for column in table.columns if not column.name.endswith(SECRETS)]
    found = session.connection().execute(select(*columns).where(told).order_by(*table.primary_key))
    return [dict(row) for row in found.mappings()]


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, default=str)


def _csv(rows: Sequence[Mapping[str, Any]]) -> str:
    lines = io.StringIO(newline="")
    writer = csv.DictWriter(lines, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return lines.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, (list, dict)):
        return guarded(json.dumps(value, ensure_ascii=False))
    return guarded(value) if isinstance(value, str) else value
