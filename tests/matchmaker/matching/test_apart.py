"""Members whom a conflict keeps apart never meet, equal scores or not, and no list is shorter for it."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchmaker.accounts.models import OPERATOR, Acting
from matchmaker.challenges.models import Challenge
from matchmaker.integrity.actions import decide_conflict
from matchmaker.integrity.grounds import add_ground
from matchmaker.integrity.models import Conflict, Decision, Nature
from matchmaker.matching.actions import Wanted, find_matches
from matchmaker.matching.opportunities import find_opportunities
from matchmaker.matching.peers import find_near_duplicates, find_peers
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import represented_by
from matchmaker.store.database import Database
from tests.databases import SqliteDatabases
from tests.factories import NOW, taxonomy
from tests.matchmaker.matching.conftest import LAMPS, LEAKS, Scene

MEMBERS = 5


@pytest.fixture
def either(database: Database) -> Iterator[Scene]:
    """The scene, on both databases."""
    with database.transaction() as session:
        yield Scene(session)


def declare(scene: Scene, one: Profile, other: Profile, decision: Decision | None = Decision.CONFIRMED) -> None:
    ground, _ = add_ground(
        scene.session, profile_id=one.id or 0, other_id=other.id or 0, code=Nature.OWNERSHIP, declared_by_id=one.id,
        now=NOW,
    )  # fmt: skip
    if decision is not None:
        decide_conflict(
            scene.session, acting=OPERATOR, conflict_id=ground.conflict_id, decision=decision, reason="-", now=NOW
        )
    scene.session.flush()
    assert scene.session.get(Conflict, ground.conflict_id) is not None


def peers(scene: Scene, challenge_id: int, owner: Profile, *, duplicates: bool = False) -> list[int | None]:
    """The owners of similar challenges."""
    ask = scene.ask(scene.session.get_one(Challenge, challenge_id))
    find = find_near_duplicates if duplicates else find_peers
    found = find(
        scene.session, index=scene.index, acting=OPERATOR, ask=ask, owner_id=owner.id, challenge_id=challenge_id
    )
    return [peer.full.challenge.owner_id for peer in found]


def opportunities(scene: Scene, profile: Profile) -> list[int | None]:
    """The owners of the challenges that fit a profile."""
    _, found = find_opportunities(
        scene.session, index=scene.index, acting=OPERATOR, taxonomy=taxonomy(), profile_id=profile.id or 0
    )
    return [opportunity.full.challenge.owner_id for opportunity in found]


def test_a_confirmed_conflict_is_in_no_match_although_all_scores_are_equal(either: Scene) -> None:
    agents = [either.agent(LEAKS) for _ in range(4)]
    challenge = either.challenge(LEAKS)
    points = {match.ranked.points for match in either.find(challenge).matches}
    assert len(points) == 1
    declare(either, agents[0], either.town)
    assert sorted(either.found(challenge)) == [agent.id for agent in agents[1:]]


def test_unknown_and_dismissed_conflicts_stay_in_the_matches(either: Scene) -> None:
    agents = [either.agent(LEAKS) for _ in range(3)]
    challenge = either.challenge(LEAKS)
    declare(either, either.town, agents[0], None)
    declare(either, either.town, agents[1], Decision.DISMISSED)
    assert sorted(either.found(challenge)) == [agent.id for agent in agents]


def test_the_list_is_filled_up_so_that_no_count_tells_of_a_conflict(either: Scene) -> None:
    agents = [either.agent(LEAKS, visits) for visits in ("Uno", "Dos", "Tres", "Cuatro", "Cinco")]
    challenge = either.challenge(LEAKS)
    before = either.found(challenge, limit=3)
    declare(either, either.town, agents[0])
    after = either.found(challenge, limit=3)
    assert len(before) == len(after) == 3
    assert agents[0].id not in after


def test_the_secretariat_sees_no_match_between_them_either(either: Scene) -> None:
    agent, other = either.agent(LEAKS), either.agent(LEAKS)
    challenge = either.challenge(LEAKS)
    declare(either, either.town, agent)
    assert either.found(challenge, acting=OPERATOR) == [other.id]


def test_opportunities_know_of_the_conflict_too(either: Scene) -> None:
    agent, other = either.agent(LEAKS), either.agent(LAMPS)
    either.challenge(LEAKS)
    either.challenge(LEAKS, owner=other)
    declare(either, agent, either.town)
    assert opportunities(either, agent) == [other.id]


def test_what_a_profile_sees_is_still_what_the_city_sees_of_it(either: Scene) -> None:
    agents = [either.agent(LEAKS), either.agent(LEAKS, LAMPS), either.agent(LAMPS)]
    challenge = either.challenge(LEAKS, LAMPS)
    declare(either, either.town, agents[0])
    seen = {match.full.profile.id: match.ranked.points for match in either.find(challenge).matches}
    assert seen.keys() == {agents[1].id, agents[2].id}
    for agent in agents[1:]:
        [own] = find_opportunities(
            either.session, index=either.index, acting=OPERATOR, taxonomy=taxonomy(), profile_id=agent.id or 0
        )[1]
        assert own.ranked.points == seen[agent.id]


@pytest.mark.parametrize("duplicates", [False, True])
def test_peers_and_near_duplicates_of_a_confirmed_conflict_are_not_named(either: Scene, duplicates: bool) -> None:  # noqa: FBT001
    apart, peer = either.agent(LAMPS), either.agent(LAMPS)
    own = either.challenge(LEAKS)
    for owner in (apart, peer):
        either.challenge(LEAKS, owner=owner)
    assert sorted(peers(either, own.id or 0, either.town, duplicates=duplicates), key=int) == [apart.id, peer.id]  # type: ignore[arg-type]
    declare(either, apart, either.town)
    assert peers(either, own.id or 0, either.town, duplicates=duplicates) == [peer.id]


def test_a_challenge_that_is_tried_is_tried_for_the_members_of_the_account(either: Scene) -> None:
    apart, free = either.agent(LEAKS), either.agent(LEAKS)
    declare(either, apart, either.town)
    ask = either.ask(either.challenge(LEAKS))

    def tried(acting: Acting) -> list[int | None]:
        found = find_matches(
            either.session, index=either.index, acting=acting, ask=ask, wanted=Wanted(),
            asked_by=represented_by(either.session, acting=acting),
        )  # fmt: skip
        return sorted(match.full.profile.id or 0 for match in found.matches)  # type: ignore[return-value]

    assert tried(either.city) == [free.id]
    assert tried(OPERATOR) == sorted([either.town.id or 0, apart.id or 0, free.id or 0])


PAIRS = [(one, other) for one in range(MEMBERS) for other in range(one + 1, MEMBERS)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.dictionaries(st.sampled_from(PAIRS), st.sampled_from([*Decision, None]), max_size=len(PAIRS)))
def test_whatever_is_declared_a_confirmed_pair_never_meets_and_every_other_pair_does(
    sqlite_databases: SqliteDatabases, said: dict[tuple[int, int], Decision | None]
) -> None:
    database = Database(sqlite_databases.migrated())
    with database.transaction() as session:
        scene = Scene(session)
        members = [scene.agent(LEAKS) for _ in range(MEMBERS)]
        posted = [scene.challenge(LEAKS, owner=member) for member in members]
        for (one, other), decision in said.items():
            declare(scene, members[one], members[other], decision)
        apart = {frozenset(pair) for pair, decision in said.items() if decision is Decision.CONFIRMED}
        for number, (member, challenge) in enumerate(zip(members, posted, strict=True)):
            others = {
                members[other].id
                for other in range(MEMBERS)
                if other != number and frozenset({number, other}) not in apart
            }
            assert set(scene.found(challenge)) - {scene.town.id} == others
            assert set(opportunities(scene, member)) == others
            assert set(peers(scene, challenge.id or 0, member)) == others
            assert set(peers(scene, challenge.id or 0, member, duplicates=True)) == others
    database.close()
