"""Reads of introductions: each side its own view, the secretariat all but contacts."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.queries import FullChallenge, full_challenges
from matchmaker.challenges.sight import is_own
from matchmaker.errors import NotFoundError
from matchmaker.introductions.keeping import Kept, load, side_told
from matchmaker.introductions.models import (
    ConfirmedOutcome,
    Introduction,
    IntroductionQuestion,
    IntroductionSide,
    OutcomeLesson,
    OutcomeReport,
    Side,
)
from matchmaker.introductions.sight import Said, Seen, readable, seen_state
from matchmaker.profiles.models import Representation
from matchmaker.profiles.passages import passages_of
from matchmaker.profiles.queries import FullProfile, full_profiles, represented_by
from matchmaker.sentences import Level


@dataclass(frozen=True)
class Evidence:
    """A need of the challenge, by its place from 0, with the sentence that the match quoted while it still stands."""

    need: int
    digest: str | None
    text: str | None


@dataclass(frozen=True)
class Glimpse:
    """An introduction in a list. `reader` is the side that reads; nothing for the secretariat.

    Those who have the challenge together with the one on its side read with it, and do nothing: `is_party` is false.
    """

    kept: Kept
    reader: Side | None
    state: Seen
    parties: dict[Side, FullProfile | None]  # nothing for one who is no longer shown
    challenge: FullChallenge | None
    answers: tuple[Said, ...]
    is_party: bool

    def hides(self, side: str) -> bool:
        """Whether the words of a side are withheld, because it is no longer shown."""
        return self.reader is not None and side == self.reader.other and self.parties[self.reader.other] is None


@dataclass(frozen=True)
class View(Glimpse):
    """A whole introduction."""

    evidence: tuple[Evidence, ...]
    questions: tuple[IntroductionQuestion, ...]
    reports: tuple[OutcomeReport, ...]
    confirmed: dict[int, str]
    lesson_id: int | None  # of the side that reads


def may_see(acting: Acting) -> ColumnElement[bool]:
    """Those of profiles for which the account acts, and on challenges that they have, once that side was told.

    All for the secretariat.
    """
    if acting.is_secretariat:
        return col(Introduction.id).is_not(None)
    own = select(Representation.profile_id).where(Representation.account_id == acting.account_id)
    told = {
        side: exists().where(
            col(IntroductionSide.introduction_id) == col(Introduction.id),
            col(IntroductionSide.side) == side,
            col(IntroductionSide.told_at).is_not(None),
        )
        for side in Side
    }
    together = select(Challenge.id).where(is_own(acting))
    on_its_side = or_(col(Introduction.owner_id).in_(own), col(Introduction.challenge_id).in_(together))
    as_owner = and_(on_its_side, told[Side.OWNER])
    return or_(as_owner, and_(col(Introduction.profile_id).in_(own), told[Side.PROFILE]))


def list_introductions(
    session: Session, *, acting: Acting, challenge_id: int | None = None, after: int = 0, limit: int
) -> list[Glimpse]:
    """Introductions by number, or those on one challenge, from the one after `after`, at most `limit`."""
    statement = select(Introduction).where(may_see(acting), col(Introduction.id) > after)
    if challenge_id is not None:
        statement = statement.where(Introduction.challenge_id == challenge_id)
    rows = session.exec(statement.order_by(col(Introduction.id)).limit(limit)).all()
    return _glimpses(session, acting=acting, rows=rows)


def view_introduction(session: Session, *, acting: Acting, introduction_id: int) -> View:
    """One introduction as the account may read it. Raises `introduction_unknown`."""
    row = session.exec(select(Introduction).where(Introduction.id == introduction_id, may_see(acting))).first()
    if row is None:
        raise NotFoundError("introduction_unknown", introduction_id=introduction_id)
    glimpse = _glimpses(session, acting=acting, rows=[row])[0]
    questions = select(IntroductionQuestion).where(IntroductionQuestion.introduction_id == introduction_id)
    reports = select(OutcomeReport).where(OutcomeReport.introduction_id == introduction_id)
    if glimpse.reader is not None:
        reports = reports.where(OutcomeReport.side == glimpse.reader)
    confirmed = select(ConfirmedOutcome).where(ConfirmedOutcome.introduction_id == introduction_id)
    return View(
        **vars(glimpse),
        evidence=_evidence(glimpse),
        questions=tuple(session.exec(questions.order_by(col(IntroductionQuestion.id))).all()),
        reports=tuple(session.exec(reports.order_by(col(OutcomeReport.days), col(OutcomeReport.side))).all()),
        confirmed={found.days: found.outcome for found in session.exec(confirmed).all()},
        lesson_id=_lesson_id(session, glimpse),
    )


def confirmed_outcomes(session: Session, *, after: int = 0, limit: int) -> Sequence[ConfirmedOutcome]:
    """Outcomes that both sides confirmed, as news: those with a larger number than `after`, oldest first."""
    statement = select(ConfirmedOutcome).where(col(ConfirmedOutcome.id) > after)
    return session.exec(statement.order_by(col(ConfirmedOutcome.id)).limit(limit)).all()


def _glimpses(session: Session, *, acting: Acting, rows: Collection[Introduction]) -> list[Glimpse]:
    """In the same number of statements however many rows there are."""
    own = represented_by(session, acting=acting)
    parties = {number for row in rows for number in (row.owner_id, row.profile_id)}
    profiles = full_profiles(session, acting=acting, profile_ids=parties)
    challenges = full_challenges(session, acting=acting, challenge_ids={row.challenge_id for row in rows})
    together = set(session.exec(select(Challenge.id).where(is_own(acting), col(Challenge.id).in_(challenges))).all())
    found = []
    for kept in load(session, rows):
        party = side_told(kept, own)
        with_owner = Side.OWNER if kept.row.challenge_id in together else None
        reader = None if acting.is_secretariat else party or with_owner
        said = (readable(kept.row, kept.sides[side], reader=reader) for side in Side)
        found.append(
            Glimpse(
                kept=kept,
                reader=reader,
                state=seen_state(kept.row),
                parties={side: profiles.get(kept.profile_of(side)) for side in Side},
                challenge=challenges.get(kept.row.challenge_id),
                answers=tuple(each for each in said if each is not None),
                is_party=party is not None,
            )
        )
    return found


def _lesson_id(session: Session, glimpse: Glimpse) -> int | None:
    told = session.get(OutcomeLesson, (glimpse.kept.id, glimpse.reader)) if glimpse.reader else None
    return None if told is None else told.lesson_id


def _evidence(glimpse: Glimpse) -> tuple[Evidence, ...]:
    """What the match quoted, word for word from the profile as it is now; the same for both sides."""
    full = glimpse.parties[Side.PROFILE]
    sentences: dict[str, str] = defaultdict(str)
    if full is not None:
        passages = passages_of(full.profile, full.offers, full.experience)
        sentences.update({each.digest: each.text for each in passages if each.level is Level.SENTENCE})
    quoted = enumerate(glimpse.kept.row.quoted)
    return tuple(Evidence(need, digest, sentences[digest or ""] or None) for need, digest in quoted)
