"""Owners who do not want the profile that an import made of them: it is emptied, and no later import brings it back."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, delete, select

from matchmaker.errors import ConflictError
from matchmaker.profiles.models import (
    Experience,
    ImportRefusal,
    Offer,
    Profile,
    Representation,
    Visibility,
    WorkingCopy,
)
from matchmaker.store.outbox import Topic, leave_message

REFUSED_BY_OWNER = "refused_by_owner"
OWNED_BY_ITS_AUTHOR = "owned_by_its_author"
EMPTY_TEXTS = ("name", "summary", "description", "website", "email", "registration_number", "address",
               "import_digest", "place_name", "country", "region", "language", "taxonomy_version")  # fmt: skip
EMPTY_LISTS = ("languages", "delivery_area", "areas", "facts")
EMPTY_NUMBERS = ("geonameid", "territory_id", "population", "latitude", "longitude", "external_id")


def refuse_imports(session: Session, *, profile: Profile, now: datetime) -> None:
    """Erase the words of an imported profile, hide it, and keep the digest of its number so that it stays away."""
    if profile.external_id is not None:
        note_refusal(session, source=profile.source, external_id=profile.external_id, now=now)
    erase_words(session, profile=profile, now=now)


def note_refusal(session: Session, *, source: str, external_id: str, now: datetime) -> None:
    """Keep what `source` calls by this number away from now on; twice is as once."""
    if not is_refused(session, source=source, external_id=external_id):
        session.add(ImportRefusal(source=source, digest=_digest(source, external_id), refused_at=now))
        session.flush()


def is_refused(session: Session, *, source: str, external_id: str) -> bool:
    """Whether an owner does not want what `source` calls by this number."""
    asked = select(ImportRefusal.id).where(
        ImportRefusal.source == source, ImportRefusal.digest == _digest(source, external_id)
    )
    return session.exec(asked).first() is not None


def refused_among(session: Session, *, source: str, external_ids: Collection[str]) -> frozenset[str]:
    """Those of `external_ids` that owners do not want; in one statement."""
    refused = set(session.exec(select(ImportRefusal.digest).where(ImportRefusal.source == source)).all())
    return frozenset(number for number in external_ids if refused and _digest(source, number) in refused)


def sources_refused(session: Session) -> list[str]:
    """The sources of which owners have refused something."""
    return sorted(session.exec(select(ImportRefusal.source).distinct()).all())


def erase_words(session: Session, *, profile: Profile, now: datetime) -> None:
    """Leave of a profile no more than its number and kind, hidden from everyone."""
    for table in (Offer, Experience, WorkingCopy):
        session.exec(delete(table).where(col(table.profile_id) == profile.id))
    for name in EMPTY_TEXTS:
        setattr(profile, name, "")
    for name in EMPTY_LISTS:
        setattr(profile, name, [])
    for name in EMPTY_NUMBERS:
        setattr(profile, name, None)
    profile.visibility, profile.updated_at = Visibility.HIDDEN, now
    profile.version += 1
    session.add(profile)
    session.flush()
    leave_message(session, topic=Topic.INDEX_PROFILE, subject_id=profile.id or 0, now=now)


def check_import(session: Session, *, source: str, external_id: str | None, known: Profile | None) -> None:
    """Raise `refused_by_owner` or `owned_by_its_author` when an import may not write this profile."""
    if external_id is not None and is_refused(session, source=source, external_id=external_id):
        raise ConflictError(REFUSED_BY_OWNER, field="external_id", value=external_id)
    if known is not None:
        owners = select(Representation.account_id).where(Representation.profile_id == known.id)
        if session.exec(owners).first() is not None:
            raise ConflictError(OWNED_BY_ITS_AUTHOR, field="external_id", value=external_id, known=known.name)


def _digest(source: str, external_id: str) -> str:
    return hashlib.sha256(f"{source}\x00{external_id}".encode("utf-8", "surrogatepass")).hexdigest()
