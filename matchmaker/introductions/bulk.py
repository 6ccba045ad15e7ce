"""Introductions proposed many at once, each by itself."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.errors import DomainError
from matchmaker.introductions.curating import check_secretariat
from matchmaker.introductions.drafts import ProposalDraft
from matchmaker.introductions.matched import Matched
from matchmaker.introductions.proposing import propose
from matchmaker.introductions.terms import Office
from matchmaker.store.database import Database

PAIRS_AT_ONCE = 60  # by one act: what a person can look at in a sitting


@dataclass(frozen=True)
class Pair:
    """A challenge and a profile that should meet."""

    challenge_id: int
    profile_id: int


@dataclass(frozen=True)
class Proposed:
    """What became of a pair: the number of its introduction, new or there before, or why there is none."""

    pair: Pair
    introduction_id: int | None
    refusal: DomainError | None = None

    @property
    def is_made(self) -> bool:
        """Whether this act made it."""
        return self.introduction_id is not None and self.refusal is None


def propose_each(
    database: Database,
    *,
    office: Office,
    acting: Acting,
    pairs: Iterable[Pair],
    message: str,
    matched: Callable[[Session, Pair], Matched | None],
) -> list[Proposed]:
    """Propose each pair in a transaction of its own, once: one refused spoils no other, and a second time makes none.

    Raises `only_secretariat`.
    """
    check_secretariat(acting)
    return [
        _proposed(database, office=office, acting=acting, pair=pair, message=message, matched=matched)
        for pair in list(dict.fromkeys(pairs))[:PAIRS_AT_ONCE]
    ]


def _proposed(
    database: Database, *, office: Office, acting: Acting, pair: Pair, message: str,
    matched: Callable[[Session, Pair], Matched | None],
) -> Proposed:  # fmt: skip
    draft = ProposalDraft(challenge_id=pair.challenge_id, profile_id=pair.profile_id, message=message)
    try:
        with database.reading() as session:
            why = matched(session, pair)
        with database.transaction() as session:
            kept = propose(session, office=office, acting=acting, draft=draft, matched=why)
            return Proposed(pair, kept.row.id)
    except DomainError as refusal:
        known = refusal.values.get("introduction_id")
        return Proposed(pair, known if isinstance(known, int) else None, refusal)
