"""Letters about rights: who gets one, of which kind. A blocked account is written to by its address."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Account, Role
from matchmaker.introductions.models import Disclosure
from matchmaker.letters.actions import write_letter
from matchmaker.letters.models import Letter
from matchmaker.profiles.models import Part, Representation
from matchmaker.rights.models import Request, Subject

Codes = Mapping[str, str | int | bool | None]


class Kind(StrEnum):
    """Kinds of letters about rights."""

    RECEIVED = "rights_received"
    IDENTITY = "rights_identity_asked"
    EXTENDED = "rights_extended"
    HELD = "rights_held"
    ANSWERED = "rights_answered"
    DUE = "rights_due"  # to the secretariat
    CONTACT_CHANGED = "rights_contact_changed"  # to who received a contact
    EXPORT_READY = "data_export_ready"
    ERASED = "erasure_done"


def tell(session: Session, request: Request, kind: Kind, *, now: datetime) -> None:
    """Write to whom a request is of."""
    for account in people_of(session, request):
        write_to(session, account, kind, subject_id=request.id or 0, codes=_codes(request), now=now)


def write_to(
    session: Session, account: Account, kind: Kind, *, subject_id: int, codes: Codes, now: datetime
) -> Letter | None:
    """A letter to an account; to its address where it is blocked, for then it reads nothing else."""
    if account.ended_at is None:
        return write_letter(session, kind=kind, account_id=account.id, subject_id=subject_id, codes=codes, now=now)
    if not account.email:
        return None
    spoken = {**codes, "language": account.language}
    return write_letter(session, kind=kind, address=account.email, subject_id=subject_id, codes=spoken, now=now)


def tell_secretariat(session: Session, kind: Kind, *, subject_id: int, key: str, now: datetime) -> int:
    """Write to every secretary, once for each `key`; how many letters that were."""
    chosen = select(Account.id).where(Account.role == Role.SECRETARIAT, col(Account.ended_at).is_(None))
    written = [
        write_letter(session, kind=kind, account_id=number, subject_id=subject_id, key=f"{key}:{number}", now=now)
        for number in session.exec(chosen.order_by(col(Account.id))).all()
    ]
    return sum(letter is not None for letter in written)


def tell_receivers(session: Session, *, profile_id: int, is_erased: bool, now: datetime) -> None:
    """Write to everyone who received a member's contact that it was corrected or erased."""
    rows = session.exec(select(Disclosure).where(Disclosure.of_profile_id == profile_id)).all()
    codes: Codes = {"is_erased": is_erased}
    for row in rows:
        if session.get(Account, row.to_account_id) is not None:
            write_letter(
                session, kind=Kind.CONTACT_CHANGED, account_id=row.to_account_id, subject_id=row.id or 0, codes=codes,
                now=now,
            )  # fmt: skip


def people_of(session: Session, request: Request) -> list[Account]:
    """Who is told of a request: the person; who asked for its member, else all who speak for the member."""
    if request.subject == Subject.ACCOUNT:
        found = session.get(Account, request.subject_id)
        return [] if found is None else [found]
    speakers = (
        select(Account)
        .join(Representation, col(Representation.account_id) == col(Account.id))
        .where(Representation.profile_id == request.subject_id, Representation.part == Part.REPRESENTATIVE)
        .order_by(col(Account.id))
    )
    found_all = list(session.exec(speakers).all())
    asker = [account for account in found_all if account.id == request.asked_by_id]
    return asker or found_all


def _codes(request: Request) -> Codes:
    return {"right": request.kind, "due_at": request.due_at.isoformat(), "cause": request.cause}
