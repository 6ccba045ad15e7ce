"""Invitations to owners of imported profiles: shown first, then sent so many an hour."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.errors import ConflictError
from matchmaker.languages import WorkingLanguage
from matchmaker.letters.actions import write_letter
from matchmaker.membership.claim_secrets import digest_of, new_nonce, secret_of
from matchmaker.membership.models import Invitation
from matchmaker.membership.office import Office, check_power
from matchmaker.profiles.models import Profile, Representation, Visibility

INVITATION = "invitation_to_claim"
PORTUGUESE_COUNTRIES = frozenset({"BR", "PT", "AO", "MZ"})
SECONDS_AN_HOUR = 3600


@dataclass(frozen=True)
class Wanted:
    """Whom to invite: imported profiles that nobody claimed; empty filters keep all."""

    sources: Collection[str] = ()
    kinds: Collection[str] = ()
    countries: Collection[str] = ()


@dataclass(frozen=True)
class Addressee:
    """One profile with the address that it would be written to, when, and in which language."""

    profile: Profile
    language: WorkingLanguage
    send_at: datetime


@dataclass(frozen=True)
class Preview:
    """Who would be written to. `digest` names exactly these, so that only what was seen is sent; `left` come later."""

    addressees: tuple[Addressee, ...]
    left: int
    digest: str


def preview_invitations(session: Session, *, office: Office, acting: Acting, wanted: Wanted) -> Preview:
    """Say who would be invited, when and in which language; nothing is sent. Raises `secretariat_only`."""
    check_power(acting)
    policy = office.charter.policy
    rows = _uninvited(session, wanted)
    chosen = rows[: policy.invitations_at_once]
    pause = timedelta(seconds=SECONDS_AN_HOUR / policy.invitations_per_hour)
    first = _first_slot(session, office.now, pause)
    addressees = tuple(Addressee(row, language_for(row), first + place * pause) for place, row in enumerate(chosen))
    return Preview(addressees, len(rows) - len(chosen), _digest(addressees))


def send_invitations(
    session: Session, *, office: Office, acting: Acting, wanted: Wanted, digest: str
) -> list[Invitation]:
    """Write the letters that a preview showed, spread over the hours. Raises `secretariat_only`, `preview_changed`."""
    preview = preview_invitations(session, office=office, acting=acting, wanted=wanted)
    if preview.digest != digest:
        raise ConflictError("preview_changed")
    sent = [_send(session, office=office, acting=acting, addressee=found) for found in preview.addressees]
    office.note(session, acting=acting, act="invitation.send", subject="invitation", subject_id=0, count=len(sent))
    return sent


def list_invitations(session: Session, *, acting: Acting, after: int = 0, limit: int) -> Sequence[Invitation]:
    """Invitations by number. Raises `secretariat_only`."""
    check_power(acting)
    statement = select(Invitation).where(col(Invitation.id) > after).order_by(col(Invitation.id)).limit(limit)
    return session.exec(statement).all()


def language_for(profile: Profile) -> WorkingLanguage:
    """In which language an owner is written to: the profile's own, else that of its country."""
    for language in (profile.language, *profile.languages):
        if language in set(WorkingLanguage):
            return WorkingLanguage(language)
    return WorkingLanguage.PT if profile.country in PORTUGUESE_COUNTRIES else WorkingLanguage.ES


def _uninvited(session: Session, wanted: Wanted) -> Sequence[Profile]:
    claimed, invited = select(Representation.profile_id), select(Invitation.profile_id)
    statement = select(Profile).where(
        Profile.visibility == Visibility.UNCLAIMED,
        col(Profile.email).contains("@"),
        col(Profile.id).not_in(claimed),
        col(Profile.id).not_in(invited),
    )
    for column, kept in (
        (col(Profile.source), wanted.sources),
        (col(Profile.kind), wanted.kinds),
        (col(Profile.country), wanted.countries),
    ):
        statement = statement.where(column.in_(list(kept))) if kept else statement
    return session.exec(statement.order_by(col(Profile.id))).all()


def _first_slot(session: Session, now: datetime, pause: timedelta) -> datetime:
    """When the next letter may leave: never sooner than a pause after the last one."""
    last = session.exec(select(Invitation.send_at).order_by(col(Invitation.send_at).desc()).limit(1)).first()
    return now if last is None else max(now, last + pause)


def _send(session: Session, *, office: Office, acting: Acting, addressee: Addressee) -> Invitation:
    nonce = new_nonce()
    row = Invitation(
        profile_id=addressee.profile.id or 0, address=addressee.profile.email.strip(), language=addressee.language,
        nonce=nonce, digest=digest_of(secret_of(office.signing_key, nonce=nonce)), account_id=acting.account_id,
        send_at=addressee.send_at,
        expires_at=addressee.send_at + timedelta(days=office.charter.policy.invitation_days),
    )  # fmt: skip
    session.add(row)
    session.flush()
    letter = write_letter(
        session, kind=INVITATION, address=row.address, subject_id=row.id or 0,
        codes={"language": row.language, "country": addressee.profile.country},
        key=f"{INVITATION}:{row.profile_id}", now=office.now,
    )  # fmt: skip
    if letter is not None:
        letter.not_before = addressee.send_at
        session.add(letter)
    return row


def _digest(addressees: Sequence[Addressee]) -> str:
    named = ";".join(f"{found.profile.id} {found.profile.version} {found.language}" for found in addressees)
    return hashlib.sha256(named.encode()).hexdigest()
