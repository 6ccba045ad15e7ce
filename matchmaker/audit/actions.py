"""Writing and verifying the audit log."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.audit.models import AuditEntry

FIRST_DIGEST = "0" * 64


def record_act(
    session: Session,
    *,
    acting: Acting,
    act: str,
    subject: str,
    subject_id: int,
    now: datetime,
    codes: Mapping[str, str | int | bool | None] | None = None,
) -> AuditEntry:
    """Append one act. `act` and the values of `codes` are codes and ids, never words of people."""
    session.flush()
    last = session.exec(select(AuditEntry.digest).order_by(col(AuditEntry.id).desc()).limit(1)).first()
    entry = AuditEntry(
        at=now, account_id=acting.account_id, act=act, subject=subject, subject_id=subject_id, codes=dict(codes or {}),
        digest="",
    )  # fmt: skip
    entry.digest = digest_of(entry, previous=last or FIRST_DIGEST)
    session.add(entry)
    session.flush()
    return entry


def digest_of(entry: AuditEntry, *, previous: str) -> str:
    """SHA-256 in hexadecimal of an entry and the digest before it."""
    said = [previous, entry.at.isoformat(), entry.account_id, entry.act, entry.subject, entry.subject_id, entry.codes]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
