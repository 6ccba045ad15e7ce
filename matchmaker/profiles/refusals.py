"""Owners who do not want the profile that an import made of them: it is emptied, and no later import brings it back."""

import hashlib
from datetime import datetime

from sqlmodel import Session, col, delete, select

from matchmaker.errors import ConflictError
from matchmaker.profiles.models import Experience, ImportRefusal, Offer, Profile, Representation, Visibility
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
        digest = _digest(profile.source, profile.external_id)
        session.add(ImportRefusal(source=profile.source, digest=digest, refused_at=now))
    erase_words(session, profile=profile, now=now)


def erase_words(session: Session, *, profile: Profile, now: datetime) -> None:
    """Leave of a profile no more than its number and kind, hidden from everyone."""
    for table in (Offer, Experience):
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
    if external_id is not None:
        asked = select(ImportRefusal.id).where(
            ImportRefusal.source == source, ImportRefusal.digest == _digest(source, external_id)
        )
        if session.exec(asked).first() is not None:
            raise ConflictError(REFUSED_BY_OWNER, field="external_id", value=external_id)
    if known is not None:
        owners = select(Representation.account_id).where(Representation.profile_id == known.id)
        if session.exec(owners).first() is not None:
            raise ConflictError(OWNED_BY_ITS_AUTHOR, field="external_id", value=external_id, known=known.name)


def _digest(source: str, external_id: str) -> str:
    return hashlib.sha256(f"{source}\x00{external_id}".encode("utf-8", "surrogatepass")).hexdigest()
