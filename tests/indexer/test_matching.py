"""Matching on the real index: what a city and an agent see of each other, and what more or less evidence does."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engines import Engine
from indexer.sync import silent
from matchmaker.accounts.models import OPERATOR
from matchmaker.challenges.queries import get_challenge
from matchmaker.matching.actions import Wanted, matches_of_challenge
from matchmaker.matching.opportunities import find_opportunities
from matchmaker.matching.ports import SearchIndex, Subject
from matchmaker.matching.strength import match_points
from matchmaker.store.database import Database
from tests.factories import saved_challenge, saved_profile, signed_in, taxonomy
from tests.indexer.conftest import OpenEngine, publish
from tests.indexer.stores import Store
from tests.search_contract import BUSES, FOUR, LAMPS, LEAKS, WASTE, document, request

SENTENCES = (LEAKS, LAMPS, WASTE, BUSES, "Tejemos mantas de lana", "Medimos el agua de noche en cada sector")


def test_a_profile_sees_what_the_city_sees_of_it(sqlite_database: Database, engine: Engine) -> None:
    store = Store(sqlite_database, engine)
    with store.database.transaction() as session:
        city = signed_in(session)
        town = saved_profile(session, acting=city, kind="local_government", offers=[], experience=[])
        made = saved_challenge(session, acting=city, owner=town, needs=[f"{LEAKS}.", f"{WASTE}."])
    agents = [store.add(f"{text}. {BUSES}.") for text in (LEAKS, WASTE, LAMPS)]
    store.drain()
    index: SearchIndex = engine.index
    with store.database.reading() as session:
        _full, seen = matches_of_challenge(
            session, index=index, acting=OPERATOR, taxonomy=taxonomy(), challenge_id=made.id or 0, wanted=Wanted()
        )
        by_the_city = {match.full.profile.id: match.ranked for match in seen.matches}
        assert set(by_the_city) == set(agents)
        for agent in agents:
            _, [own] = find_opportunities(session, index=index, acting=OPERATOR, taxonomy=taxonomy(), profile_id=agent)
            theirs = by_the_city[agent]
            assert (own.ranked.points, own.ranked.candidate.reasons) == (theirs.points, theirs.candidate.reasons)
        full = get_challenge(session, acting=OPERATOR, challenge_id=made.id or 0)
    assert [need.text for need in full.needs] == list(seen.needs)


@given(said=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4, unique=True), more=st.sampled_from(SENTENCES))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_saying_more_never_weakens_a_match_saying_less_never_strengthens_it_and_twice_is_once(
    open_index: OpenEngine, said: list[str], more: str
) -> None:
    engine = open_index()
    publish(engine, [*FOUR, document(9, *said)], number=engine.generations.current_number() + 1)

    def points() -> int:
        [hit] = engine.index.search(request(LEAKS, WASTE, only=frozenset({9}))).hits
        return match_points([found[0].deviations if found else 0.0 for found in hit.evidence], hit.breadth)

    before, current = points(), engine.generations.current()
    assert current is not None
    longer = [document(9, *dict.fromkeys([*said, more]), version=2)]
    engine.generations.publish(engine.builder.changed(current, longer, {(Subject.PROFILE, 9)}, silent))
    assert points() >= before
    twice = [document(9, *dict.fromkeys([*said, more]), *said, version=3)]
    once, current = points(), engine.generations.current()
    assert current is not None
    engine.generations.publish(engine.builder.changed(current, twice, {(Subject.PROFILE, 9)}, silent))
    assert points() == once
