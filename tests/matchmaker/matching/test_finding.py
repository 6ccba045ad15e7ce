from collections.abc import Sequence
from typing import Any

import pytest
from sqlmodel import select

from matchmaker.accounts.models import ANYONE, Acting, Role
from matchmaker.challenges.models import Status
from matchmaker.errors import NotFoundError
from matchmaker.matching.actions import Wanted, matches_of_challenge, visible_challenges
from matchmaker.matching.models import Showing
from matchmaker.matching.ports import Query, SearchRequest, Subject
from matchmaker.profiles.models import Representation, Visibility
from matchmaker.store.database import Database
from tests.databases import statements
from tests.factories import signed_in, taxonomy
from tests.matchmaker.matching.conftest import LAMPS, LEAKS, SECTORS, Scene


def test_who_answers_the_needs_comes_first_with_sentences_of_its_own(scene: Scene) -> None:
    lamps, leaks = scene.agent(LAMPS), scene.agent(LEAKS, "También damos cursos de verano")
    found = scene.find(scene.challenge(LEAKS, SECTORS))
    assert [match.full.profile.id for match in found.matches] == [leaks.id, lamps.id]
    answers = found.matches[0].ranked.candidate.reasons.answers
    assert (answers[0].text if answers[0] else None) == f"{LEAKS}."
    assert found.matches[0].ranked.candidate.reasons.missing == (1,)
    assert (found.needs, found.language) == ((LEAKS, SECTORS), "es")


def test_finding_on_either_database(database: Database) -> None:
    with database.transaction() as session:
        scene = Scene(session)
        leaks = scene.agent(LEAKS)
        challenge = scene.challenge(LEAKS, principles=["urban_service_efficiency"])
        _full, found = matches_of_challenge(
            session, index=scene.index, acting=ANYONE, taxonomy=taxonomy(), challenge_id=challenge.id or 0,
            wanted=Wanted(),
        )  # fmt: skip
        assert [match.full.profile.id for match in found.matches] == [leaks.id]
        assert [code for code, _ in found.matches[0].ranked.candidate.reasons.principles] == [
            "urban_service_efficiency"
        ]


def test_the_owner_is_not_among_the_matches_of_its_own_challenge(scene: Scene) -> None:
    challenge = scene.challenge(LEAKS)
    assert scene.found(challenge) == []
    other = scene.agent(LAMPS)
    assert scene.found(challenge) == [other.id]


@pytest.mark.parametrize("role", [None, Role.CITY, Role.SUPPLIER, Role.SECRETARIAT])
def test_hidden_and_unclaimed_profiles_are_never_seen_by_others(scene: Scene, role: Role | None) -> None:
    shown = scene.agent(LEAKS)
    unclaimed = scene.agent(LEAKS, visibility=Visibility.UNCLAIMED)
    scene.agent(LEAKS, visibility=Visibility.HIDDEN)
    acting = Acting() if role is None else signed_in(scene.session, role=role)
    expected = [shown.id, unclaimed.id] if role is Role.SECRETARIAT else [shown.id]
    assert scene.found(scene.challenge(LEAKS), acting=acting) == expected


@pytest.mark.parametrize("role", [None, Role.CITY, Role.SECRETARIAT])
def test_what_was_hidden_since_the_index_was_brought_up_to_date_is_not_shown(scene: Scene, role: Role | None) -> None:
    stays, goes = scene.agent(LAMPS), scene.agent(LEAKS)
    challenge = scene.challenge(LEAKS)
    scene.show(goes, Visibility.HIDDEN)
    acting = Acting() if role is None else signed_in(scene.session, role=role)
    assert scene.found(challenge, acting=acting) == [stays.id]


def test_not_even_who_acts_for_a_hidden_profile_finds_it(scene: Scene) -> None:
    goes = scene.agent(LEAKS)
    challenge = scene.challenge(LEAKS)
    scene.show(goes, Visibility.HIDDEN)
    own = scene.session.exec(select(Representation.account_id).where(Representation.profile_id == goes.id)).one()
    assert scene.found(challenge, acting=Acting(own, Role.SUPPLIER)) == []


def test_a_sentence_that_is_no_longer_said_is_not_quoted(scene: Scene) -> None:
    agent = scene.agent(LEAKS)
    challenge, before = scene.challenge(LEAKS), scene.index
    scene.session.delete(scene.find(challenge).matches[0].full.offers[0])
    agent.summary = f"{LAMPS}."
    scene.session.flush()
    assert scene.index is before
    assert scene.find(challenge).matches[0].ranked.candidate.reasons.answers == (None,)


def test_matches_can_be_wanted_by_kind_country_area_language_and_delivery(scene: Scene) -> None:
    colombian = scene.agent(LEAKS)
    brazilian = scene.agent(
        LEAKS, kind="academic", place={"name": "Curitiba", "country": "BR"}, languages=["pt"], areas=[],
        delivery_area=["BR"],
    )  # fmt: skip
    challenge = scene.challenge(LEAKS)
    wishes: list[tuple[dict[str, Any], Sequence[int | None]]] = [
        ({"kinds": frozenset({"academic"})}, [brazilian.id]),
        ({"countries": frozenset({"CO"})}, [colombian.id]),
        ({"countries": frozenset({"BR", "CO"})}, sorted([colombian.id or 0, brazilian.id or 0])),
        ({"areas": frozenset({"energy_environment"})}, [colombian.id]),
        ({"languages": frozenset({"pt"})}, [brazilian.id]),
        ({"delivering_only": True}, [colombian.id]),
        ({"kinds": frozenset({"company"}), "languages": frozenset({"pt"})}, []),
    ]
    assert [sorted(scene.found(challenge, **wish)) for wish, _ in wishes] == [found for _, found in wishes]


def test_where_the_place_is_unknown_nobody_is_left_out_for_delivery(scene: Scene) -> None:
    agent = scene.agent(LEAKS, delivery_area=["BR"], place={"name": "Curitiba", "country": "BR"})
    assert scene.found(scene.challenge(LEAKS, place=None), delivering_only=True) == [agent.id]


def test_no_more_are_given_than_wanted_and_nobody_fits_without_evidence(scene: Scene) -> None:
    for _ in range(3):
        scene.agent("Tejemos mantas de lana")
    found = scene.find(scene.challenge(LEAKS), limit=2)
    assert (len(found.matches), found.nobody_fits) == (2, True)
    scene.agent(LEAKS)
    assert scene.find(scene.challenge(LEAKS)).nobody_fits is False


def test_finding_writes_nothing(scene: Scene) -> None:
    scene.agent(LEAKS)
    scene.find(scene.challenge(LEAKS))
    assert scene.session.exec(select(Showing)).all() == []


def test_statements_do_not_grow_with_the_matches(sqlite_database: Database) -> None:
    counts = []
    for agents in (2, 12):
        with sqlite_database.transaction() as session:
            scene = Scene(session)
            for _ in range(agents):
                scene.agent(LEAKS)
            challenge = scene.challenge(LEAKS)
            with statements(sqlite_database) as sent:
                assert len(scene.find(challenge).matches) >= agents
            counts.append(len(sent))
    assert counts[0] == counts[1]


def test_a_challenge_that_may_not_be_seen_is_unknown(scene: Scene) -> None:
    challenge = scene.challenge(LEAKS)
    challenge.status = Status.WITHDRAWN
    scene.session.flush()
    with pytest.raises(NotFoundError) as refused:
        matches_of_challenge(
            scene.session, index=scene.index, acting=ANYONE, taxonomy=taxonomy(), challenge_id=challenge.id or 0,
            wanted=Wanted(),
        )  # fmt: skip
    assert refused.value.code == "challenge_unknown"


def test_challenges_closed_since_the_index_was_brought_up_to_date_are_not_shown(scene: Scene) -> None:
    opened, closed = scene.challenge(LEAKS), scene.challenge(LEAKS)
    closed.status = Status.CLOSED
    scene.session.flush()
    asked = SearchRequest((Query(LEAKS, "es"),), Subject.CHALLENGE)
    hits = scene.index.search(asked).hits
    for acting in (ANYONE, scene.city, signed_in(scene.session, role=Role.SECRETARIAT)):
        seen = visible_challenges(scene.session, acting=acting, hits=hits)
        assert [full.challenge.id for _, full in seen] == [opened.id]
