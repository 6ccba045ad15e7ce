"""Writing the audit log."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.audit.acts import ACTS, SUBJECTS
from matchmaker.audit.models import AuditEntry
from matchmaker.audit.seals import FIRST_DIGEST, digest_of
from matchmaker.store.turns import Turn, take_turn


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
    """Append one act. `act` and the values of `codes` are codes and ids, never words of people.

    Raises ValueError for an act or a subject for which nobody has words.

    Writers take turns until their commit, so that every entry follows exactly one other. Record an act after the rows
    it is about are changed: whoever waits for a turn should hold nothing that the one before still needs.
    """
    if act not in ACTS or subject not in SUBJECTS:
        raise ValueError(f"{act} {subject}")
    session.flush()
    take_turn(session, Turn.AUDIT)
    last = session.exec(select(AuditEntry.digest).order_by(col(AuditEntry.id).desc()).limit(1)).first()
    entry = AuditEntry(
        at=now, account_id=acting.account_id, act=act, subject=subject, subject_id=subject_id, codes=dict(codes or {}),
        digest="",
    )  # fmt: skip
    entry.digest = digest_of(entry, previous=last or FIRST_DIGEST)
    session.add(entry)
    session.flush()
    return entry
