"""A batch of drafts saved in one transaction; what cannot be saved does not spoil the others."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.exc import DataError, IntegrityError, InterfaceError
from sqlmodel import Session, col, select

from matchmaker.challenges.actions import import_challenge
from matchmaker.challenges.drafts import ChallengeDraft
from matchmaker.errors import DomainError, InvalidInputError
from matchmaker.exchange.drafting import Prepared
from matchmaker.exchange.report import Problem, Tally, shown
from matchmaker.integrity.actions import detect_conflicts
from matchmaker.profiles.actions import Desk, import_profile
from matchmaker.profiles.drafts import ProfileDraft, keeping
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.profiles.queries import profile_by_external_id
from matchmaker.profiles.refusals import OWNED_BY_ITS_AUTHOR, REFUSED_BY_OWNER
from matchmaker.store.outbox import Topic, leave_message

KEPT_AWAY = frozenset({REFUSED_BY_OWNER, OWNED_BY_ITS_AUTHOR})
"""The owner has spoken: the row is skipped with a notice, and nothing is wrong with the file."""


@dataclass(frozen=True)
class Terms:
    """What holds for every row of a file. `fields`: those with a column; the others that exports leave out stay."""

    visibility: Visibility
    is_demo: bool
    is_reference: bool
    fields: frozenset[str]


def save_batch(session: Session, *, desk: Desk, rows: Sequence[Prepared], terms: Terms, tally: Tally) -> None:
    """Save every row that can be, each under a savepoint; count them and refuse the others."""
    for row in rows:
        with _refusing(row, tally), session.begin_nested():
            is_new, changed = _save(session, desk=desk, row=row, terms=terms)
            session.flush()
            tally.count(is_new=is_new, changed=changed)


@contextmanager
def _refusing(row: Prepared, tally: Tally) -> Iterator[None]:
    try:
        yield
    except DomainError as error:
        values = error.values
        if error.code in KEPT_AWAY:
            tally.count(is_new=False, changed=False)
            value = shown(values.get("value", ""))
            tally.notice([Problem(row.line, "external_id", value, error.code, shown(values.get("known", "")))])
            return
        known = values.get("known") or values.get("candidates") or ""
        expected = ", ".join(map(str, known)) if isinstance(known, list) else str(known)
        column, value = str(values.get("field", "")), shown(values.get("value", ""))
        tally.refuse([Problem(row.line, column, value, error.code, expected)])
    except (DataError, IntegrityError, InterfaceError, OverflowError) as error:
        tally.refuse([Problem(row.line, "", shown(row.draft.external_id), "not_saved", type(error).__name__)])


def _save(session: Session, *, desk: Desk, row: Prepared, terms: Terms) -> tuple[bool, bool]:
    """Whether the row is new, and whether anything changed."""
    if isinstance(row.draft, ProfileDraft):
        return _save_profile(session, desk=desk, row=row, draft=row.draft, terms=terms)
    return _save_challenge(session, desk=desk, row=row, draft=row.draft, terms=terms)


def _save_profile(
    session: Session, *, desk: Desk, row: Prepared, draft: ProfileDraft, terms: Terms
) -> tuple[bool, bool]:
    if draft.external_id:
        known = profile_by_external_id(session, source=row.source, external_id=draft.external_id)
        draft = keeping(draft, known, given=terms.fields | row.given) if known else draft
    profile, changed = import_profile(
        session, desk=desk, source=row.source, draft=draft, visibility=terms.visibility, is_demo=terms.is_demo
    )
    if changed:
        detect_conflicts(session, profile_id=profile.id or 0, now=desk.now)
    return changed and profile.version == 1, changed


def _save_challenge(
    session: Session, *, desk: Desk, row: Prepared, draft: ChallengeDraft, terms: Terms
) -> tuple[bool, bool]:
    owner_id = _owner_id(session, row=row) if row.owner else None
    challenge, changed = import_challenge(
        session, desk=desk, source=row.source, owner_id=owner_id, draft=draft, is_reference=terms.is_reference,
        is_demo=terms.is_demo,
    )  # fmt: skip
    is_new = changed and challenge.version == 1
    if owner_id is not None and challenge.owner_id != owner_id:
        challenge.owner_id, challenge.updated_at = owner_id, desk.now
        session.add(challenge)
        leave_message(session, topic=Topic.INDEX_CHALLENGE, subject_id=challenge.id or 0, now=desk.now)
        return is_new, True
    return is_new, changed


def _owner_id(session: Session, *, row: Prepared) -> int:
    """The profile of this external id: of the same source, else the only one of any. Raises `owner_unknown`."""
    found = session.exec(select(Profile).where(col(Profile.external_id) == row.owner).limit(20)).all()
    own = [profile for profile in found if profile.source == row.source]
    chosen = own or list(found)
    if len(chosen) != 1:
        known = [f"{profile.source}: {profile.name}" for profile in chosen]
        raise InvalidInputError("owner_unknown", field=row.owner_column, value=row.owner, known=known)
    return chosen[0].id or 0
