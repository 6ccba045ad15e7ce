"""Members for which nobody speaks any more, because the last representative's account has ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Account, Acting
from matchmaker.accounts.queries import get_account, secretaries
from matchmaker.letters.actions import write_letter
from matchmaker.profiles.models import Part, Profile, Representation
from matchmaker.profiles.speaking import is_speaker

SILENT = "member_silent"


@dataclass(frozen=True)
class Acted:
    """A member for which an account acts. `is_last`: nobody else speaks for it."""

    profile: Profile
    part: Part
    is_last: bool


def silent_members(session: Session, *, after: int = 0, limit: int | None = None) -> Sequence[Profile]:
    """Members that someone spoke for, and nobody does now, by number, from the one after `after`."""
    had = select(Representation.profile_id).where(is_speaker())
    holds = (
        select(Representation.profile_id)
        .join(Account, col(Account.id) == col(Representation.account_id))
        .where(is_speaker(), col(Account.ended_at).is_(None))
    )
    silent = select(Profile).where(col(Profile.id).in_(had), col(Profile.id).not_in(holds), Profile.name != "")
    return session.exec(silent.where(col(Profile.id) > after).order_by(col(Profile.id)).limit(limit)).all()


def tell_of_silence(session: Session, *, now: datetime) -> int:
    """Ask the secretariat, and the editors of each such member, for a successor; how many letters were asked for.

    Safe to repeat: who fell silent is told once, and again after a successor has ended too.
    """
    written = 0
    for profile in silent_members(session):
        last = max(representatives_of(session, profile_id=profile.id or 0))
        for account_id in (*secretaries(session), *_others(session, profile_id=profile.id or 0)):
            key = f"{SILENT}:{profile.id}:{last}:{account_id}"
            letter = write_letter(
                session, kind=SILENT, account_id=account_id, subject_id=profile.id or 0, key=key, now=now
            )
            written += letter is not None
    return written


def representatives_of(session: Session, *, profile_id: int) -> Sequence[int]:
    """The accounts that spoke for a member, ended or not: one of them is followed by a successor."""
    statement = select(Representation.account_id).where(Representation.profile_id == profile_id, is_speaker())
    return session.exec(statement.order_by(col(Representation.account_id))).all()


def acted_for(session: Session, *, acting: Acting, account_id: int) -> list[Acted]:
    """The members for which an account acts, for an administrator who thinks of ending it.

    Raises `administrator_needed`, `account_unknown`.
    """
    get_account(session, acting=acting, account_id=account_id)
    own = select(Profile, Representation).where(
        Representation.profile_id == Profile.id, Representation.account_id == account_id
    )
    rows = session.exec(own.order_by(col(Profile.id))).all()
    numbers = [profile.id for profile, _ in rows]
    spoken = (
        select(Representation.profile_id)
        .join(Account, col(Account.id) == col(Representation.account_id))
        .where(col(Representation.profile_id).in_(numbers), is_speaker(), col(Account.ended_at).is_(None))
        .where(Representation.account_id != account_id)
    )
    by_others = set(session.exec(spoken).all())
    return [
        Acted(profile, Part(row.part), row.part == Part.REPRESENTATIVE and profile.id not in by_others)
        for profile, row in rows
    ]


def _others(session: Session, *, profile_id: int) -> Sequence[int]:
    """Who acts for a member without speaking for it."""
    statement = (
        select(Representation.account_id)
        .join(Account, col(Account.id) == col(Representation.account_id))
        .where(Representation.profile_id == profile_id, col(Account.ended_at).is_(None))
    )
    return session.exec(statement.order_by(col(Representation.account_id))).all()
