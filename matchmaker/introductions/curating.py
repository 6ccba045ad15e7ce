"""Suggestions of the matcher that become introductions: challenges to curate, candidates with what is to be known."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge, Status
from matchmaker.challenges.queries import FullChallenge
from matchmaker.errors import NotAllowedError
from matchmaker.introductions.keeping import is_blocked_by_procurement
from matchmaker.introductions.models import AskingPolicy, Introduction, Phase
from matchmaker.introductions.terms import Office
from matchmaker.matching.actions import RANKED_HITS, Match, MatchList, Wanted, matches_of_challenge
from matchmaker.matching.exposure import times_shown
from matchmaker.matching.ports import SearchIndex
from matchmaker.matching.strength import Strength
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.taxonomy.models import Taxonomy

CANDIDATES = 5  # of a challenge on the board: those worth a look
SELDOM_SHOWN = 3  # times; whoever was shown no more than so often is pointed out


class Notice(StrEnum):
    """What is to be known before two are introduced."""

    PROCUREMENT_OPEN = "procurement_open"  # the purchase is open and this agent could bid: it will be refused
    NOT_CLAIMED = "not_claimed"  # nobody speaks for it yet: it cannot be proposed
    IN_OTHERS = "in_others"  # waits in other introductions already
    SELDOM_SHOWN = "seldom_shown"


@dataclass(frozen=True)
class Uncurated:
    """An open challenge with how many introductions it has that are not over, and who asks."""

    challenge: Challenge
    owner: Profile
    introductions: int


@dataclass(frozen=True)
class Suggestion:
    """A candidate with what is to be known of it. `shown`: in how many lists it stood; `others`: introductions."""

    match: Match
    notices: tuple[Notice, ...]
    shown: int
    others: int


@dataclass(frozen=True)
class Suggested:
    """The candidates of a challenge that were never introduced to it; `introduced`: how many were."""

    full: FullChallenge
    found: MatchList = field(repr=False)
    suggestions: tuple[Suggestion, ...]
    introduced: int


def waiting_challenges(session: Session, *, acting: Acting) -> tuple[int, datetime | None]:
    """How many open challenges have no introduction, and since when the oldest has none. Raises `only_secretariat`."""
    check_secretariat(acting)
    bare = col(Challenge.id).not_in(select(Introduction.challenge_id).where(Introduction.phase != Phase.ENDED))
    counted = select(func.count(), func.min(Challenge.created_at)).join(Profile, _owns())
    return session.exec(counted.where(*_curated(), bare)).one()


def list_uncurated(
    session: Session, *, acting: Acting, countries: Collection[str] = (), only_bare: bool = False, limit: int
) -> list[Uncurated]:
    """Open challenges of members, those with the fewest introductions first, among equals the smallest place.

    Raises `only_secretariat`.
    """
    check_secretariat(acting)
    counts = (
        select(Introduction.challenge_id, func.count().label("made"))
        .where(Introduction.phase != Phase.ENDED)
        .group_by(col(Introduction.challenge_id))
        .subquery()
    )
    made = func.coalesce(counts.c.made, 0)
    statement = (
        select(Challenge, Profile, made)
        .join(Profile, _owns())
        .outerjoin(counts, counts.c.challenge_id == Challenge.id)
        .where(*_curated())
    )
    if countries:
        statement = statement.where(col(Challenge.country).in_(list(countries)))
    if only_bare:
        statement = statement.where(made == 0)
    smallest = func.coalesce(Challenge.population, 0)
    rows = session.exec(statement.order_by(made, smallest, col(Challenge.id)).limit(limit)).all()
    return [Uncurated(challenge, owner, number) for challenge, owner, number in rows]


def suggest(
    session: Session, *, index: SearchIndex, taxonomy: Taxonomy, office: Office, acting: Acting, challenge_id: int,
    only: Collection[int] = (),
) -> Suggested:  # fmt: skip
    """The best candidates of a challenge that were not introduced to it, or those `only`.

    A conflict of interest never shows: who is kept apart takes no part in matching.
    Raises `only_secretariat`, `challenge_unknown`.
    """
    check_secretariat(acting)
    full, found = matches_of_challenge(
        session, index=index, acting=acting, taxonomy=taxonomy, challenge_id=challenge_id,
        wanted=Wanted(limit=RANKED_HITS),
    )  # fmt: skip
    known = _introduced(session, challenge_id)
    fitting = [match for match in found.matches if _is_worth_a_look(match) and match.full.profile.id not in known]
    chosen = [match for match in fitting if match.full.profile.id in only] if only else fitting[:CANDIDATES]
    numbers = [match.full.profile.id or 0 for match in chosen]
    shown, others = times_shown(session, profile_ids=numbers), _in_others(session, numbers)
    takes_none = _takes_none(session, numbers)
    suggestions = tuple(
        Suggestion(
            match,
            _notices(full.challenge, match.full.profile, office, shown=shown.get(number, 0), others=others[number]),
            shown.get(number, 0),
            others[number],
        )
        for number, match in zip(numbers, chosen, strict=True)
        if number not in takes_none
    )
    return Suggested(full, found, suggestions, len(known))


def check_secretariat(acting: Acting) -> None:
    """Raise `only_secretariat` for everyone else."""
    if not acting.is_secretariat:
        raise NotAllowedError("only_secretariat")


def _owns() -> ColumnElement[bool]:
    return col(Profile.id) == col(Challenge.owner_id)


def _curated() -> tuple[ColumnElement[bool], ...]:
    """Challenges that can be proposed to someone: open, of a member that everyone sees, not read from a portal."""
    return (
        col(Challenge.status) == Status.OPEN,
        col(Challenge.is_reference).is_(False),
        col(Profile.visibility) == Visibility.VISIBLE,
    )


def _is_worth_a_look(match: Match) -> bool:
    return match.ranked.strength is not Strength.NONE and match.ranked.candidate.reasons.answered > 0


def _introduced(session: Session, challenge_id: int) -> frozenset[int]:
    """Everyone who was ever introduced to a challenge, however it ended."""
    return frozenset(
        session.exec(select(Introduction.profile_id).where(Introduction.challenge_id == challenge_id)).all()
    )


def _in_others(session: Session, profile_ids: Sequence[int]) -> dict[int, int]:
    live = col(Introduction.phase) != Phase.ENDED
    either = or_(col(Introduction.profile_id).in_(profile_ids), col(Introduction.owner_id).in_(profile_ids))
    found: defaultdict[int, int] = defaultdict(int)
    for owner_id, profile_id in session.exec(
        select(Introduction.owner_id, Introduction.profile_id).where(live, either)
    ).all():
        found[owner_id] += 1
        found[profile_id] += 1
    return found


def _takes_none(session: Session, profile_ids: Sequence[int]) -> frozenset[int]:
    """Who takes no introductions for now; nobody is told which."""
    kept = select(AskingPolicy.profile_id).where(
        col(AskingPolicy.profile_id).in_(profile_ids), col(AskingPolicy.takes_none)
    )
    return frozenset(session.exec(kept).all())


def _notices(challenge: Challenge, profile: Profile, office: Office, *, shown: int, others: int) -> tuple[Notice, ...]:
    said = {
        Notice.PROCUREMENT_OPEN: is_blocked_by_procurement(challenge=challenge, kind=profile.kind, lists=office.lists),
        Notice.NOT_CLAIMED: profile.visibility != Visibility.VISIBLE,
        Notice.IN_OTHERS: others > 0,
        Notice.SELDOM_SHOWN: shown <= SELDOM_SHOWN,
    }
    return tuple(notice for notice, holds in said.items() if holds)
