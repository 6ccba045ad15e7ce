"""Letters that ask for signatures and declarations, and tell the secretariat of conflicts."""

from datetime import UTC, datetime

from sqlmodel import Session, col, select

from api.letters.asking import LetterAsk, Phrase, Values
from matchmaker.integrity.actions import CONFLICT_DECLARED
from matchmaker.integrity.models import Conflict, ConflictState, Declaration, Signature
from matchmaker.integrity.renewals import CODE_RENEWAL, DECLARATION_RENEWAL
from matchmaker.profiles.models import Profile
from matchmaker.profiles.speaking import speaks_for

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def _member(ask: LetterAsk) -> Profile | None:
    """The member for which the reader signs, if it still does."""
    if not speaks_for(ask.session, acting=ask.acting, profile_id=ask.letter.subject_id):
        return None
    return ask.session.get(Profile, ask.letter.subject_id)


def _code_renewal(ask: LetterAsk) -> Values | None:
    """Nothing once the member has signed this version."""
    member, version = _member(ask), str(ask.letter.codes.get("version") or "")
    if member is None or _is_signed(ask.session, profile_id=member.id or 0, version=version):
        return None
    page = ask.page(f"profiles/{member.id}/ethics")
    values = {"link": page, "version": version, "member": member.name, "deadline": ask.day("due_at")}
    signed = ask.session.exec(select(Signature.id).where(Signature.profile_id == member.id)).first()
    return values if signed is not None else {**values, **_first_time(CODE_RENEWAL, "subject", "body")}


def _is_signed(session: Session, *, profile_id: int, version: str) -> bool:
    signed = select(Signature.id).where(Signature.profile_id == profile_id, Signature.version == version)
    return session.exec(signed).first() is not None


def _declaration_renewal(ask: LetterAsk) -> Values | None:
    """Nothing once the reader has declared since the letter was asked for."""
    member = _member(ask)
    if member is None or _has_declared(ask, since=ask.letter.created_at):
        return None
    values = {"link": ask.page(f"profiles/{member.id}/declaration"), "deadline": ask.day("ends_at")}
    if _has_declared(ask):
        return values
    return {**values, **_first_time(DECLARATION_RENEWAL, "subject", "body", "until", "advice", "open")}


def _first_time(kind: str, *parts: str) -> Values:
    """Sentences for who never did before what others do again."""
    return {f"first_{part}": Phrase(f"{kind}.first_{part}") for part in parts}


def _has_declared(ask: LetterAsk, *, since: datetime = LONG_AGO) -> bool:
    newer = select(Declaration.id).where(
        Declaration.profile_id == ask.letter.subject_id,
        Declaration.account_id == ask.letter.account_id,
        col(Declaration.declared_at) >= since,
    )
    return ask.session.exec(newer).first() is not None


def _conflict_declared(ask: LetterAsk) -> Values | None:
    """For the secretariat alone; nothing once it was decided."""
    row = ask.session.get(Conflict, ask.letter.subject_id)
    if row is None or row.state != ConflictState.UNKNOWN or not ask.acting.is_secretariat:
        return None
    declarer_id = ask.letter.codes.get("profile_id")
    pair = (row.first_id, row.second_id)
    declarer, other = pair if declarer_id == row.first_id else pair[::-1]
    return {
        "link": ask.page(f"conflicts/{row.id}"),
        "declarer": ask.session.get_one(Profile, declarer).name,
        "other": ask.session.get_one(Profile, other).name,
    }


VALUES = {
    CODE_RENEWAL: _code_renewal,
    DECLARATION_RENEWAL: _declaration_renewal,
    CONFLICT_DECLARED: _conflict_declared,
}
