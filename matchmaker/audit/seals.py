"""How an entry is sealed by the one before it. Pure."""

import hashlib
import json
from datetime import UTC

from matchmaker.audit.models import AuditEntry

FIRST_DIGEST = "0" * 64


def digest_of(entry: AuditEntry, *, previous: str) -> str:
    """SHA-256 in hexadecimal of an entry and the digest before it."""
    at = entry.at.astimezone(UTC).isoformat()
    said = [previous, at, entry.account_id, entry.act, entry.subject, entry.subject_id, entry.codes]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
