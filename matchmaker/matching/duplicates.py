"""Profiles and challenges that may be there twice, for the secretariat to look at; what is not one is told apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.audit.actions import record_act
from matchmaker.challenges.models import Challenge, Status
from matchmaker.challenges.queries import load_full
from matchmaker.errors import NotAllowedError, NotFoundError
from matchmaker.integrity.models import Evidence, Trait
from matchmaker.matching.actions import stored_ask
from matchmaker.matching.likeness import Mark, name_key, pairs_alike, site_key
from matchmaker.matching.models import ChallengesApart, ProfilesApart
from matchmaker.matching.peers import DUPLICATE_LIKENESS, PEERS_EXAMINED
from matchmaker.matching.ports import SearchIndex, SearchRequest, Subject
from matchmaker.profiles.models import Profile
from matchmaker.store.turns import Turn, take_turn
from matchmaker.taxonomy.models import Taxonomy

Told = type[ProfilesApart] | type[ChallengesApart]


class Twice(StrEnum):
    """What may be there twice."""

    PROFILE = "profile"
    CHALLENGE = "challenge"


APART: dict[Twice, Told] = {Twice.PROFILE: ProfilesApart, Twice.CHALLENGE: ChallengesApart}


@dataclass(frozen=True)
class ProfilesAlike:
    """Two profiles, the older first, and what they share."""

    first: Profile
    second: Profile
    marks: frozenset[Mark]


@dataclass(frozen=True)
class ChallengesAlike:
    """Two open challenges that say the same, the older first."""

    first: Challenge
    second: Challenge


@dataclass(frozen=True)
class Looked:
    """What was found among so many challenges; `next_after` is 0 when none is left to be looked at."""

    pairs: tuple[ChallengesAlike, ...]
    looked_at: int
    next_after: int


def alike_profiles(session: Session, *, acting: Acting, after: int = 0, limit: int) -> list[ProfilesAlike]:
    """Pairs of profiles of which the newer is after a number, by that number. Raises `only_secretariat`."""
    found = sorted(_pairs(session, acting).items(), key=lambda each: (each[0][1], each[0][0]))
    chosen = [(pair, marks) for pair, marks in found if pair[1] > after][:limit]
    numbers = {number for pair, _ in chosen for number in pair}
    rows = {row.id: row for row in session.exec(select(Profile).where(col(Profile.id).in_(numbers))).all()}
    return [ProfilesAlike(rows[first], rows[second], marks) for (first, second), marks in chosen]


def waiting_alike(session: Session, *, acting: Acting) -> tuple[int, datetime | None]:
    """How many pairs of profiles wait for a look, and since when the oldest does. Raises `only_secretariat`."""
    pairs = _pairs(session, acting)
    newer = {second for _, second in pairs}
    dates = session.exec(select(Profile.created_at).where(col(Profile.id).in_(newer))).all() if newer else []
    return len(pairs), min(dates, default=None)


def alike_challenges(
    session: Session, *, index: SearchIndex, taxonomy: Taxonomy, acting: Acting, after: int = 0, limit: int
) -> Looked:
    """Open challenges that say the same as an older one, among `limit` after a number; one search for each.

    Raises `only_secretariat`, `index_being_built`.
    """
    _check_secretariat(acting)
    opened = (col(Challenge.status) == Status.OPEN, col(Challenge.is_reference).is_(False))
    statement = select(Challenge).where(*opened, col(Challenge.id) > after).order_by(col(Challenge.id))
    rows = session.exec(statement.limit(limit + 1)).all()
    chosen, apart = rows[:limit], _told_apart(session, Twice.CHALLENGE)
    alike: list[tuple[int, int]] = []
    for full in load_full(session, chosen):
        ask, number = stored_ask(full, taxonomy=taxonomy), full.challenge.id or 0
        request = SearchRequest(
            needs=ask.needs, whole=ask.whole, subject=Subject.CHALLENGE, excluded=frozenset({number}),
            limit=PEERS_EXAMINED,
        )  # fmt: skip
        hits = index.search(request).hits
        alike += [(hit.id, number) for hit in hits if hit.likeness >= DUPLICATE_LIKENESS and hit.id < number]
    wanted = {first for first, _ in alike} - {row.id for row in chosen}
    others = session.exec(select(Challenge).where(*opened, col(Challenge.id).in_(wanted))).all() if wanted else []
    known = {row.id or 0: row for row in (*chosen, *others)}
    pairs = [pair for pair in alike if pair[0] in known and pair not in apart]
    return Looked(
        tuple(ChallengesAlike(known[first], known[second]) for first, second in pairs),
        len(chosen),
        (chosen[-1].id or 0) if len(rows) > limit else 0,
    )


def tell_apart(session: Session, *, acting: Acting, twice: Twice, first_id: int, second_id: int, now: datetime) -> None:
    """Note that two are not the same: the pair waits no longer.

    Raises `only_secretariat`, `profile_unknown`, `challenge_unknown`.
    """
    _check_secretariat(acting)
    first, second = sorted((first_id, second_id))
    table = Profile if twice is Twice.PROFILE else Challenge
    for number in (first, second):
        if first == second or session.get(table, number) is None:
            raise NotFoundError(f"{twice}_unknown", **{f"{twice}_id": number})
    take_turn(session, Turn.AUDIT)  # two who tell them apart at once do so one after the other
    if session.get(APART[twice], (first, second)) is None:
        session.add(APART[twice](first_id=first, second_id=second, told_at=now))
        _record(session, acting, "told_apart", twice, first, second, now)


def ask_again(session: Session, *, acting: Acting, twice: Twice, first_id: int, second_id: int, now: datetime) -> None:
    """Undo `tell_apart`: the pair waits again. Raises `only_secretariat`."""
    _check_secretariat(acting)
    first, second = sorted((first_id, second_id))
    row = session.get(APART[twice], (first, second))
    if row is not None:
        session.delete(row)
        _record(session, acting, "asked_again_whether_same", twice, first, second, now)


def _record(session: Session, acting: Acting, act: str, twice: Twice, first: int, second: int, now: datetime) -> None:
    record_act(
        session, acting=acting, act=act, subject=twice, subject_id=first, now=now, codes={"other_id": second}
    )  # fmt: skip


def _pairs(session: Session, acting: Acting) -> dict[tuple[int, int], frozenset[Mark]]:
    _check_secretariat(acting)
    return dict(pairs_alike(_marks(session), apart=_told_apart(session, Twice.PROFILE)))


def _marks(session: Session) -> Iterator[tuple[Mark, str, int]]:
    """What profiles may share; those that are blocked or say nothing any more take no part."""
    named = (col(Profile.name) != "", col(Profile.visibility_unblocked) == "")
    rows = session.exec(select(Profile.id, Profile.name, Profile.country, Profile.website).where(*named)).all()
    for number, name, country, website in rows:
        yield Mark.SAME_NAME, name_key(name, country=country), number or 0
        yield Mark.SAME_SITE, site_key(website), number or 0
    registered = select(Trait.digest, Trait.profile_id).join(Profile, col(Profile.id) == col(Trait.profile_id))
    same = registered.where(Trait.evidence == Evidence.SAME_REGISTRATION_NUMBER, *named)
    yield from ((Mark.SAME_NUMBER, digest, number) for digest, number in session.exec(same).all())


def _told_apart(session: Session, twice: Twice) -> frozenset[tuple[int, int]]:
    table = APART[twice]
    return frozenset(session.exec(select(col(table.first_id), col(table.second_id))).all())


def _check_secretariat(acting: Acting) -> None:
    if not acting.is_secretariat:
        raise NotAllowedError("only_secretariat")
