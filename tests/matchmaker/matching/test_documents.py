import pytest

from matchmaker.accounts.models import OPERATOR
from matchmaker.challenges.models import Status
from matchmaker.challenges.queries import get_challenge
from matchmaker.matching.documents import (
    all_ids,
    challenge_document,
    countries_reached,
    delivers_to,
    load_documents,
    profile_document,
)
from matchmaker.matching.ports import Subject
from matchmaker.places.regions import MACRO_REGIONS, MacroRegionCode
from matchmaker.profiles.models import Visibility
from matchmaker.profiles.queries import get_profile
from matchmaker.sentences import Level
from tests.matchmaker.matching.conftest import LEAKS, SECTORS, Scene
from tests.matchmaker.matching.ranked import profile


def test_a_profile_can_be_filtered_by_what_it_says_of_itself(scene: Scene) -> None:
    made = scene.agent(LEAKS, delivery_area=["CO", "PE"], languages=["es", "pt"])
    found = profile_document(get_profile(scene.session, acting=OPERATOR, profile_id=made.id or 0))
    assert found.facets == {
        "visibility:visible", "kind:company", "country:CO", "area:energy_environment", "language:es", "language:pt",
        "reach:CO", "reach:PE",
    }  # fmt: skip
    assert (found.subject, found.id, found.version, found.language) == (Subject.PROFILE, made.id, 1, "es")
    assert [passage.text for passage in found.passages if passage.level is Level.SENTENCE] == [f"{LEAKS}."]


def test_a_challenge_can_be_filtered_by_what_it_says_of_itself(scene: Scene) -> None:
    made = scene.challenge(LEAKS, SECTORS)
    found = challenge_document(get_challenge(scene.session, acting=OPERATOR, challenge_id=made.id or 0))
    assert found.facets == {
        "country:CO", "language:es", "reference:False", "area:energy_environment", "size:small_city",
        f"owner:{scene.town.id}",
    }  # fmt: skip
    needs = [p.text for p in found.passages if p.field == "need" and p.level is Level.SECTION]
    assert needs == [LEAKS, SECTORS]


def test_a_challenge_without_an_owner_has_no_owner_to_filter_by(scene: Scene) -> None:
    made = scene.challenge(LEAKS)
    made.owner_id = None
    found = challenge_document(get_challenge(scene.session, acting=OPERATOR, challenge_id=made.id or 0))
    assert not [facet for facet in found.facets if facet.startswith("owner:")]


@pytest.mark.parametrize("region", list(MacroRegionCode))
def test_a_macro_region_is_opened_into_its_countries(region: MacroRegionCode) -> None:
    assert countries_reached(profile(delivery_area=[region])) == set(MACRO_REGIONS[region].countries)


def test_delivery_may_mix_countries_regions_and_anywhere() -> None:
    assert countries_reached(profile(delivery_area=["CL", "ANDEAN"])) == {"CL", "BO", "CO", "EC", "PE"}
    assert countries_reached(profile(delivery_area=["*"])) == {"*"}
    assert countries_reached(profile(country="BR", delivery_area=[])) == {"BR"}


def test_who_delivers_anywhere_delivers_to_each_country() -> None:
    assert delivers_to("PE") == {"reach:PE", "reach:*"}


def test_hidden_profiles_and_closed_challenges_do_not_belong_in_an_index(scene: Scene) -> None:
    agents = {shown: scene.agent(LEAKS, visibility=shown).id or 0 for shown in Visibility}
    opened, closed = scene.challenge(LEAKS), scene.challenge(LEAKS)
    closed.status = Status.CLOSED
    scene.session.flush()
    kept = {scene.town.id, agents[Visibility.VISIBLE], agents[Visibility.UNCLAIMED]}
    assert set(all_ids(scene.session, subject=Subject.PROFILE)) == kept
    assert set(all_ids(scene.session, subject=Subject.CHALLENGE)) == {opened.id}
    everyone = [*agents.values(), scene.town.id or 0, 999]
    assert set(load_documents(scene.session, subject=Subject.PROFILE, ids=everyone)) == kept
    both = [opened.id or 0, closed.id or 0]
    assert set(load_documents(scene.session, subject=Subject.CHALLENGE, ids=both)) == {opened.id}
    assert load_documents(scene.session, subject=Subject.PROFILE, ids=[]) == {}
