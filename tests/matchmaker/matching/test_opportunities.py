from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from sqlmodel import select

from matchmaker.accounts.models import ANYONE, OPERATOR, Acting
from matchmaker.challenges.models import Status
from matchmaker.errors import NotFoundError
from matchmaker.matching.opportunities import Among, Opportunity, find_opportunities
from matchmaker.matching.ports import Document, Hit, Query, SearchIndex, SearchRequest, SearchResult
from matchmaker.profiles.models import Profile, Representation, Visibility
from tests.factories import taxonomy
from tests.matchmaker.matching.conftest import LAMPS, LEAKS, SECTORS, Scene


def opportunities(scene: Scene, profile: Profile, **changes: object) -> list[Opportunity]:
    return find_opportunities(
        scene.session, index=scene.index, acting=OPERATOR, taxonomy=taxonomy(), profile_id=profile.id or 0,
        **changes,  # type: ignore[arg-type]
    )[1]  # fmt: skip


def test_a_profile_sees_what_the_city_sees_of_it(scene: Scene) -> None:
    agents = [scene.agent(LEAKS, "Damos cursos de verano"), scene.agent(SECTORS, LAMPS), scene.agent(LAMPS)]
    challenges = [
        scene.challenge(LEAKS, SECTORS, principles=["urban_service_efficiency"]),
        scene.challenge(LAMPS, place=None),
    ]
    for challenge in challenges:
        seen_by_the_city = {match.full.profile.id: match.ranked for match in scene.find(challenge).matches}
        for agent in agents:
            [own] = [found for found in opportunities(scene, agent) if found.full.challenge.id == challenge.id]
            theirs = seen_by_the_city[agent.id]
            assert (own.ranked.points, own.ranked.strength) == (theirs.points, theirs.strength)
            assert own.ranked.candidate.reasons == theirs.candidate.reasons
            assert own.ranked.candidate.circumstances == theirs.candidate.circumstances


def test_the_strongest_opportunity_comes_first(scene: Scene) -> None:
    lamps, leaks, both = scene.challenge(LAMPS), scene.challenge(LEAKS), scene.challenge(LAMPS, LEAKS)
    found = opportunities(scene, scene.agent(LEAKS))
    assert [opportunity.full.challenge.id for opportunity in found] == [leaks.id, both.id, lamps.id]
    points = [opportunity.ranked.points for opportunity in found]
    assert points == sorted(points, reverse=True)
    assert len(opportunities(scene, scene.agent(LEAKS), limit=1)) == 1


@dataclass(frozen=True)
class Counted:
    """An index that counts what it is asked."""

    index: SearchIndex
    asked: list[str]

    def search(self, request: SearchRequest) -> SearchResult:
        self.asked.append("search")
        return self.index.search(request)

    def examine(self, document_id: int, requests: Sequence[SearchRequest]) -> list[Hit | None]:
        self.asked.append("examine")
        return self.index.examine(document_id, requests)

    def try_out(self, document: Document, requests: Sequence[SearchRequest]) -> list[Hit | None]:
        self.asked.append("try_out")
        return self.index.try_out(document, requests)

    def compare(self, query: Query, options: Sequence[Query]) -> list[float]:
        self.asked.append("compare")
        return self.index.compare(query, options)


def test_however_many_challenges_there_are_the_index_is_searched_once_and_examined_once(scene: Scene) -> None:
    agent = scene.agent(LEAKS)
    for _ in range(7):
        scene.challenge(LEAKS, SECTORS)
    counted = Counted(scene.index, [])
    found = find_opportunities(
        scene.session, index=counted, acting=OPERATOR, taxonomy=taxonomy(), profile_id=agent.id or 0
    )[1]
    assert len(found) == 7
    assert counted.asked == ["search", "examine"]


def test_own_challenges_and_closed_ones_are_no_opportunities(scene: Scene) -> None:
    agent = scene.agent(LEAKS)
    scene.challenge(LEAKS, owner=agent)
    closed = scene.challenge(LEAKS)
    closed.status = Status.CLOSED
    scene.session.flush()
    assert opportunities(scene, agent) == []


def test_challenges_of_hidden_owners_are_shown_to_no_stranger(scene: Scene) -> None:
    agent = scene.agent(LEAKS)
    scene.challenge(LEAKS)
    scene.show(scene.town, Visibility.HIDDEN)
    found = find_opportunities(
        scene.session, index=scene.index, acting=ANYONE, taxonomy=taxonomy(), profile_id=agent.id or 0
    )[1]
    assert found == []


def test_opportunities_can_be_filtered(scene: Scene) -> None:
    agent = scene.agent(LEAKS)
    here, _nowhere = scene.challenge(LEAKS), scene.challenge(LEAKS, place=None)
    found = opportunities(scene, agent, among=Among(filters=(frozenset({"country:CO"}),)))
    assert [opportunity.full.challenge.id for opportunity in found] == [here.id]


def test_a_profile_that_the_index_does_not_hold_yet_has_none(scene: Scene) -> None:
    scene.challenge(LEAKS)
    before = scene.index
    agent = scene.agent(LEAKS)
    scene.index = before
    assert opportunities(scene, agent) == []


def test_whoever_waits_for_admission_sees_what_will_fit_and_nobody_sees_it(scene: Scene) -> None:
    challenge = scene.challenge(LEAKS)
    agent = scene.agent(LEAKS)
    [admitted] = opportunities(scene, agent)
    scene.show(agent, Visibility.HIDDEN)
    scene.read()
    owner = select(Representation.account_id).where(Representation.profile_id == agent.id)
    own = Acting(account_id=scene.session.exec(owner).one())
    [waiting] = find_opportunities(
        scene.session, index=scene.index, acting=own, taxonomy=taxonomy(), profile_id=agent.id or 0
    )[1]
    assert (waiting.ranked.points, waiting.ranked.strength) == (admitted.ranked.points, admitted.ranked.strength)
    assert agent.id not in {match.full.profile.id for match in scene.find(challenge).matches}


def test_a_profile_that_only_has_a_name_is_asked_by_its_name(scene: Scene) -> None:
    challenge = scene.challenge(LEAKS)
    found = opportunities(scene, scene.agent(name="Buscar fugas"))
    assert [opportunity.full.challenge.id for opportunity in found] == [challenge.id]


def test_an_unknown_profile_is_refused(scene: Scene) -> None:
    hidden = scene.agent(LEAKS, visibility=Visibility.HIDDEN)
    for number in (999, hidden.id or 0):
        with pytest.raises(NotFoundError) as refused:
            find_opportunities(scene.session, index=scene.index, acting=ANYONE, taxonomy=taxonomy(), profile_id=number)
        assert refused.value.code == "profile_unknown"
