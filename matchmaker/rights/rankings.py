"""Rankings by machine explained from what was recorded: place, strength, versions, and the sentences quoted.

A record keeps digests of sentences: words are read from the profile as it is now, and one that its owner has changed
or erased since is not quoted any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, or_, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.queries import full_challenges
from matchmaker.errors import NotFoundError
from matchmaker.integrity.queries import confirmed_with
from matchmaker.matching.models import Showing, ShownMatch
from matchmaker.profiles.models import Profile
from matchmaker.profiles.passages import passages_of
from matchmaker.profiles.queries import load_full
from matchmaker.rights.models import Request, Subject
from matchmaker.rights.permission import check_speaks_for
from matchmaker.sentences import Level


@dataclass(frozen=True)
class Ranking:
    """How a member was ranked once. `challenge_title` is empty for a challenge that the reader may no longer see.

    `quoted`: per need the member's sentence; nothing where none was quoted, or it no longer stands.
    """

    showing: Showing
    match: ShownMatch
    of: int
    challenge_title: str
    quoted: tuple[str | None, ...]


def rankings_of(
    session: Session, *, acting: Acting, profile_id: int, after: int = 0, limit: int, showing_id: int | None = None
) -> list[Ranking]:
    """In which lists a member was shown, by number. Raises `not_your_data`.

    Who looked is not told, nor lists of those whom it must not meet.
    """
    check_speaks_for(session, acting=acting, subject=Subject.PROFILE, subject_id=profile_id)
    apart = sorted(confirmed_with(session, profile_id))
    statement = (
        select(ShownMatch, Showing)
        .join(Showing, col(Showing.id) == col(ShownMatch.showing_id))
        .join(Challenge, col(Challenge.id) == col(Showing.challenge_id))
        .where(ShownMatch.profile_id == profile_id, col(ShownMatch.id) > after)
        .where(or_(col(Challenge.owner_id).is_(None), col(Challenge.owner_id).not_in(apart)))
    )
    if showing_id is not None:
        statement = statement.where(Showing.id == showing_id)
    rows = session.exec(statement.order_by(col(ShownMatch.id)).limit(limit)).all()
    sentences = _sentences(session, profile_id)
    titles = full_challenges(session, acting=acting, challenge_ids=[showing.challenge_id for _, showing in rows])
    lengths = _lengths(session, [showing.id or 0 for _, showing in rows])
    return [
        Ranking(
            showing=showing,
            match=match,
            of=lengths[showing.id or 0],
            challenge_title=titles[showing.challenge_id].challenge.title if showing.challenge_id in titles else "",
            quoted=tuple(sentences.get(digest or "") for digest in match.quoted),
        )
        for match, showing in rows
    ]


def rankings_of_request(session: Session, *, acting: Acting, row: Request, limit: int) -> list[Ranking]:
    """The record that a request for review is about; all of its lists where it names none. Empty for a person."""
    if row.subject != Subject.PROFILE:
        return []
    return rankings_of(session, acting=acting, profile_id=row.subject_id, limit=limit, showing_id=row.showing_id)


def check_shown(session: Session, *, showing_id: int, subject: Subject, subject_id: int) -> None:
    """Raise `showing_unknown` unless a member stands in a list, or the list is of its challenge."""
    mine = (
        select(Showing.id)
        .join(Challenge, col(Challenge.id) == col(Showing.challenge_id))
        .outerjoin(ShownMatch, col(ShownMatch.showing_id) == col(Showing.id))
        .where(Showing.id == showing_id)
        .where(or_(col(ShownMatch.profile_id) == subject_id, col(Challenge.owner_id) == subject_id))
    )
    if subject is not Subject.PROFILE or session.exec(mine).first() is None:
        raise NotFoundError("showing_unknown", showing_id=showing_id)


def _sentences(session: Session, profile_id: int) -> dict[str, str]:
    profile = session.get(Profile, profile_id)
    if profile is None:
        return {}
    (full,) = load_full(session, [profile])
    passages = passages_of(full.profile, full.offers, full.experience)
    return {passage.digest: passage.text for passage in passages if passage.level is Level.SENTENCE}


def _lengths(session: Session, numbers: Sequence[int]) -> dict[int, int]:
    """How many matches each list had."""
    rows = session.exec(select(ShownMatch.showing_id).where(col(ShownMatch.showing_id).in_(numbers))).all()
    return {number: rows.count(number) for number in numbers}
