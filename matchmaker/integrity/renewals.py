"""What comes round by itself: letters that ask for signatures and declarations; conflicts and incidents that end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Account, Acting
from matchmaker.audit.actions import record_act
from matchmaker.integrity.incidents import close_unappealed
from matchmaker.integrity.models import Conflict, ConflictState, Declaration, Ground, Signature
from matchmaker.integrity.rulebook import DeclarationTerms, Rulebook, load_rulebook
from matchmaker.integrity.rules import declaration_ends_at, is_declaration_asked, is_past, signature_due_at
from matchmaker.letters.actions import write_letter
from matchmaker.letters.models import Letter
from matchmaker.profiles.models import Profile, Representation, Visibility
from matchmaker.profiles.speaking import is_speaker

CODE_RENEWAL, DECLARATION_RENEWAL = "code_of_ethics_renewal", "declaration_renewal"
NOBODY = Acting()


@dataclass(frozen=True)
class _Representative:
    account_id: int
    profile_id: int
    member_since: datetime


def send_renewals(session: Session, *, now: datetime, rulebook: Rulebook | None = None) -> int:
    """Ask by letter for signatures and declarations that are due, and remind once; says how many letters were left.

    Safe to repeat, as often as one likes: each letter has a key and is written once.
    """
    rules = rulebook or load_rulebook()
    people = _representatives(session)
    return _ask_signatures(session, people, rules, now=now) + _ask_declarations(session, people, rules, now=now)


def close_what_is_over(session: Session, *, now: datetime, rulebook: Rulebook | None = None) -> int:
    """End conflicts whose declared ties are all past, and decisions on incidents that nobody appealed in time."""
    ended = _ended_conflicts(session, now=now)
    for conflict in ended:
        conflict.state, conflict.reason, conflict.decided_by_id, conflict.decided_at = (
            ConflictState.DISMISSED, "", None, now,
        )  # fmt: skip
        session.add(conflict)
        record_act(
            session, acting=NOBODY, act="conflict_ended", subject="conflict", subject_id=conflict.id or 0, now=now
        )
    return len(ended) + close_unappealed(session, now=now, rulebook=rulebook or load_rulebook())


def count_signing(session: Session) -> int:
    """Of how many members a new version of the code is asked."""
    return len({person.profile_id for person in _representatives(session)})


def _representatives(session: Session) -> list[_Representative]:
    """Everyone who speaks for a member that takes part."""
    statement = (
        select(Representation.account_id, Representation.profile_id, Profile.created_at)
        .join(Profile, col(Profile.id) == col(Representation.profile_id))
        .join(Account, col(Account.id) == col(Representation.account_id))
        .where(
            is_speaker(),
            Profile.visibility == Visibility.VISIBLE,
            col(Account.ended_at).is_(None),
        )
        .order_by(col(Representation.profile_id), col(Representation.account_id))
    )
    return [_Representative(*row) for row in session.exec(statement).all()]


def _ask_signatures(session: Session, people: Iterable[_Representative], rules: Rulebook, *, now: datetime) -> int:
    code = rules.in_force(now)
    if code.in_force_from > now.date():
        return 0
    signed = set(session.exec(select(Signature.profile_id).where(Signature.version == code.version)).all())
    letters = [
        write_letter(
            session, kind=CODE_RENEWAL, account_id=person.account_id, subject_id=person.profile_id, now=now,
            codes={"version": code.version,
                   "due_at": signature_due_at(code, member_since=person.member_since).isoformat()},
            key=f"{CODE_RENEWAL}:{code.version}:{person.profile_id}:{person.account_id}",
        )
        for person in people
        if person.profile_id not in signed
    ]  # fmt: skip
    return len([letter for letter in letters if letter is not None])


def _ask_declarations(session: Session, people: Iterable[_Representative], rules: Rulebook, *, now: datetime) -> int:
    last = _last_declarations(session)
    written = 0
    for person in people:
        number, declared_at = last.get((person.profile_id, person.account_id), (0, None))
        ends_at = declaration_ends_at(declared_at, member_since=person.member_since, terms=rules.declaration)
        if is_declaration_asked(ends_at, terms=rules.declaration, now=now):
            key = f"{DECLARATION_RENEWAL}:{person.profile_id}:{person.account_id}:{number}"
            written += _ask_declaration(session, person, ends_at, key=key, terms=rules.declaration, now=now)
    return written


def _ask_declaration(
    session: Session, person: _Representative, ends_at: datetime, *, key: str, terms: DeclarationTerms, now: datetime
) -> bool:
    """Ask, or remind once when the first letter is old enough."""
    asked_at = session.exec(select(Letter.created_at).where(Letter.key == key)).first()
    is_reminder = asked_at is not None
    if asked_at is not None and now < asked_at + timedelta(days=terms.reminder_after_days):
        return False
    letter = write_letter(
        session, kind=DECLARATION_RENEWAL, account_id=person.account_id, subject_id=person.profile_id, now=now,
        codes={"ends_at": ends_at.isoformat(), "is_reminder": is_reminder},
        key=f"{key}:reminder" if is_reminder else key,
    )  # fmt: skip
    return letter is not None


def _last_declarations(session: Session) -> dict[tuple[int, int], tuple[int, datetime]]:
    newest = select(func.max(Declaration.id)).group_by(col(Declaration.profile_id), col(Declaration.account_id))
    rows = session.exec(select(Declaration).where(col(Declaration.id).in_(newest))).all()
    return {(row.profile_id, row.account_id): (row.id or 0, row.declared_at) for row in rows}


def _ended_conflicts(session: Session, *, now: datetime) -> list[Conflict]:
    """Those of which every ground was declared with a last day, and that day has passed."""
    over = select(Ground.conflict_id).where(col(Ground.until) < now.date())
    rows = session.exec(
        select(Conflict).where(col(Conflict.id).in_(over), Conflict.state != ConflictState.DISMISSED)
    ).all()
    ended = []
    for conflict in rows:
        grounds = session.exec(select(Ground).where(Ground.conflict_id == conflict.id)).all()
        if all(is_past(ground.until, now=now) for ground in grounds):
            ended.append(conflict)
    return ended
