"""What `propose` would answer members who propose themselves, foretold for many pairs in as many reads as for one."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Status
from matchmaker.challenges.queries import FullChallenge
from matchmaker.introductions.keeping import is_blocked_by_procurement
from matchmaker.introductions.models import AskingPolicy, Introduction, IntroductionSide, Proposer, Side
from matchmaker.introductions.obstacles import Obstacle, of_earlier, of_quotas
from matchmaker.introductions.quotas import WEEK
from matchmaker.introductions.terms import Office
from matchmaker.profiles.models import Part, Profile, Visibility
from matchmaker.profiles.queries import represented_with_parts

Pair = tuple[int, int]
"""A profile and a challenge, by number."""


@dataclass(frozen=True)
class _Known:
    """Everything that is asked before a proposal, read once for all pairs."""

    office: Office
    parts: Mapping[int, str]
    shown: frozenset[int]
    policies: Mapping[int, AskingPolicy]
    earlier: Mapping[Pair, Sequence[tuple[Introduction, bool]]]  # each with whether the profile was told of it
    asked_by: Counter[int]
    asked_of: Counter[int]
    apart: Mapping[int, frozenset[int]]


def foretold(
    session: Session,
    *,
    office: Office,
    acting: Acting,
    profiles: Collection[Profile],
    challenges: Collection[FullChallenge],
) -> dict[Pair, Obstacle | None]:
    """For each profile for which the account acts, and each challenge: what is in the way of proposing itself now."""
    parts = {} if acting.is_secretariat else dict(represented_with_parts(session, acting=acting))
    own = [profile for profile in profiles if profile.id in parts]
    if not own or not challenges:
        return {}
    known = _read(session, office=office, parts=parts, own=own, challenges=challenges)
    return {
        (profile.id or 0, full.challenge.id or 0): _obstacle(known, profile, full)
        for profile in own
        for full in challenges
    }


def _obstacle(known: _Known, profile: Profile, full: FullChallenge) -> Obstacle | None:
    """The first that `propose` would come upon, in its order."""
    office, number, owner_id = known.office, profile.id or 0, full.challenge.owner_id or 0
    return (
        _of_challenge(profile, full)
        or _of_sides(known, profile, full)
        or of_earlier(
            known.earlier.get((number, full.challenge.id or 0), ()),
            by=Proposer.PROFILE,
            rested=office.now - timedelta(days=office.terms.rest_days),
        )
        or of_quotas(
            known.policies.get(owner_id),
            kind=profile.kind,
            asked_by=known.asked_by[number],
            asked_of=known.asked_of[owner_id],
            limit=office.terms.asks_per_week,
        )
        or _unsaid(known, number, full)
    )


def _of_challenge(profile: Profile, full: FullChallenge) -> Obstacle | None:
    challenge = full.challenge
    if challenge.is_reference or challenge.owner_id is None:
        return Obstacle("reference_not_contacted", {"challenge_id": challenge.id})
    if profile.id in full.owners:
        return Obstacle("introduction_with_oneself")
    if challenge.status != Status.OPEN:
        return Obstacle("challenge_not_open", {"challenge_id": challenge.id})
    return None


def _of_sides(known: _Known, profile: Profile, full: FullChallenge) -> Obstacle | None:
    challenge, number, first = full.challenge, profile.id or 0, full.challenge.owner_id or 0
    own = (each for each in (first, *full.co_owners) if known.parts.get(each) == Part.REPRESENTATIVE)
    owner_id = next(own, first)
    unseen = sorted({owner_id, number} - known.shown)
    if unseen:
        return Obstacle("profile_not_shown", {"profile_id": unseen[0]})
    if owner_id in known.parts:
        return Obstacle("introduction_with_oneself")
    if known.parts[number] != Part.REPRESENTATIVE:
        return Obstacle("only_representatives")
    if is_blocked_by_procurement(challenge=challenge, kind=profile.kind, lists=known.office.lists):
        return Obstacle("procurement_open")
    return None


def _unsaid(known: _Known, profile_id: int, full: FullChallenge) -> Obstacle | None:
    asked = (known.policies.get(number) for number in (full.challenge.owner_id or 0, profile_id))
    takes_none = any(policy.takes_none for policy in asked if policy is not None)
    is_apart = any(profile_id in known.apart[owner] for owner in full.owners)
    return Obstacle("introduction_not_possible") if takes_none or is_apart else None


def _read(
    session: Session, *, office: Office, parts: Mapping[int, str], own: Sequence[Profile],
    challenges: Collection[FullChallenge],
) -> _Known:  # fmt: skip
    mine, owners = {row.id or 0 for row in own}, {number for full in challenges for number in full.owners}
    both = mine | owners
    shown = select(Profile.id).where(col(Profile.id).in_(both), Profile.visibility == Visibility.VISIBLE)
    policies = session.exec(select(AskingPolicy).where(col(AskingPolicy.profile_id).in_(both))).all()
    recent = select(Introduction.profile_id, Introduction.owner_id).where(
        Introduction.proposed_by == Proposer.PROFILE,
        col(Introduction.created_at) > office.now - WEEK,
        col(Introduction.profile_id).in_(mine) | col(Introduction.owner_id).in_(owners),
    )
    asks = session.exec(recent).all()
    return _Known(
        office=office,
        parts=parts,
        shown=frozenset(number or 0 for number in session.exec(shown).all()),
        policies={row.profile_id: row for row in policies},
        earlier=_earlier(session, mine, {full.challenge.id or 0 for full in challenges}),
        asked_by=Counter(profile_id for profile_id, _ in asks),
        asked_of=Counter(owner_id for _, owner_id in asks),
        apart=office.conflicts.apart_of(session, owners),
    )


def _earlier(
    session: Session, profile_ids: Collection[int], challenge_ids: Collection[int]
) -> dict[Pair, list[tuple[Introduction, bool]]]:
    told = col(IntroductionSide.told_at).is_not(None)
    statement = select(Introduction, told).join(
        IntroductionSide,
        (col(IntroductionSide.introduction_id) == col(Introduction.id)) & (col(IntroductionSide.side) == Side.PROFILE),
    )
    statement = statement.where(
        col(Introduction.profile_id).in_(profile_ids), col(Introduction.challenge_id).in_(challenge_ids)
    )
    found: dict[Pair, list[tuple[Introduction, bool]]] = {}
    for row, is_told in session.exec(statement.order_by(col(Introduction.id))).all():
        found.setdefault((row.profile_id, row.challenge_id), []).append((row, bool(is_told)))
    return found
