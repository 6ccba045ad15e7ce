from typing import Any

import pytest

from matchmaker.accounts.models import ANYONE
from matchmaker.matching.asks import Ask
from matchmaker.mentoring.drafts import MentorOfferDraft
from matchmaker.mentoring.finding import FoundMentor, MentorsWanted, ask_of_profile, find_mentors
from matchmaker.mentoring.offers import save_offer
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.profiles.queries import get_profile
from tests.factories import NOW, desk, saved_profile, signed_in
from tests.matchmaker.matching.conftest import LAMPS, LEAKS, SECTORS, Scene


@pytest.fixture
def scene(database: Any) -> Any:
    with database.transaction() as session:
        yield Scene(session)


def mentor(scene: Scene, text: str, **offer: Any) -> Profile:
    acting = signed_in(scene.session, name="Mentora")
    made = saved_profile(
        scene.session, acting=acting, kind="local_government", name=text, summary="", offers=[{"text": f"{text}."}],
        experience=[],
    )  # fmt: skip
    stated = {"areas": ["energy_environment"], "languages": ["es"], "hours_a_month": 8} | offer
    draft = MentorOfferDraft.model_validate(stated)
    save_offer(scene.session, desk=desk(), acting=acting, profile_id=made.id or 0, draft=draft)
    scene.read()
    return made


def found(scene: Scene, ask: Ask, **wanted: Any) -> list[FoundMentor]:
    return find_mentors(
        scene.session, index=scene.index, acting=ANYONE, ask=ask, wanted=MentorsWanted(**wanted),
        owner_id=scene.town.id, now=NOW,
    )  # fmt: skip


def ids(mentors: list[FoundMentor]) -> list[int | None]:
    return [one.match.full.profile.id for one in mentors]


def test_mentors_are_found_for_a_challenge_with_the_reasons_that_its_list_has(scene: Scene) -> None:
    scene.agent(LEAKS)
    leaks, lamps = mentor(scene, LEAKS), mentor(scene, LAMPS)
    asked = scene.challenge(LEAKS, SECTORS)
    mentors = found(scene, scene.ask(asked))
    assert ids(mentors) == [leaks.id, lamps.id]
    in_the_list = {match.full.profile.id: match.ranked for match in scene.find(asked).matches}
    assert mentors[0].match.ranked.candidate.reasons == in_the_list[leaks.id].candidate.reasons
    assert mentors[0].match.ranked.points == in_the_list[leaks.id].points
    assert (mentors[0].hours_left, mentors[0].offer.languages) == (8, ["es"])
    assert len(found(scene, scene.ask(asked), limit=1)) == 1


def test_mentors_are_found_for_a_city_without_challenge_or_lesson(scene: Scene) -> None:
    mentor(scene, LAMPS)
    leaks = mentor(scene, LEAKS)
    ask = ask_of_profile(get_profile(scene.session, acting=ANYONE, profile_id=scene.town.id or 0))
    assert ids(found(scene, ask))[0] == leaks.id


def test_hidden_resting_and_foreign_mentors_are_not_suggested(scene: Scene) -> None:
    hidden = mentor(scene, LEAKS)
    mentor(scene, LEAKS, is_paused=True)
    brazilian = mentor(scene, LEAKS, languages=["pt"])
    scene.show(hidden, Visibility.HIDDEN)
    ask = scene.ask(scene.challenge(LEAKS))
    assert ids(found(scene, ask)) == [brazilian.id]
    assert found(scene, ask, languages=["es"]) == []
    assert found(scene, ask, areas=["economy"]) == []
