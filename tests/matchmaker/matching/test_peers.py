from typing import Any

from matchmaker.accounts.models import ANYONE, Acting
from matchmaker.challenges.models import Challenge
from matchmaker.matching.peers import DUPLICATE_LIKENESS, find_near_duplicates, find_peers
from matchmaker.profiles.models import Profile, Visibility
from tests.matchmaker.matching.conftest import LAMPS, LEAKS, SECTORS, Scene


def another_town(scene: Scene, **changes: Any) -> Profile:
    return scene.agent(LAMPS, kind="local_government", **changes)


def peers(scene: Scene, challenge: Challenge, *, acting: Acting = ANYONE, limit: int = 10) -> list[int | None]:
    found = find_peers(
        scene.session, index=scene.index, acting=acting, ask=scene.ask(challenge), owner_id=challenge.owner_id,
        challenge_id=challenge.id, limit=limit,
    )  # fmt: skip
    return [peer.full.challenge.id for peer in found]


def duplicates(scene: Scene, challenge: Challenge) -> list[int | None]:
    found = find_near_duplicates(
        scene.session, index=scene.index, acting=ANYONE, ask=scene.ask(challenge), challenge_id=challenge.id
    )
    assert all(peer.likeness >= DUPLICATE_LIKENESS for peer in found)
    return [peer.full.challenge.id for peer in found]


def test_the_nearest_challenge_of_another_comes_first(scene: Scene) -> None:
    other = another_town(scene)
    own, lamps, leaks = scene.challenge(LEAKS), scene.challenge(LAMPS, owner=other), scene.challenge(LEAKS, owner=other)
    scene.challenge(LEAKS)
    assert peers(scene, own) == [leaks.id, lamps.id]
    assert peers(scene, own, limit=1) == [leaks.id]


def test_a_peer_is_explained_by_the_sentences_in_which_it_is_alike(scene: Scene) -> None:
    own = scene.challenge(LEAKS, SECTORS)
    scene.challenge(LEAKS, owner=another_town(scene))
    [peer] = find_peers(
        scene.session, index=scene.index, acting=ANYONE, ask=scene.ask(own), owner_id=own.owner_id, challenge_id=own.id
    )
    assert [answer.text.rstrip(".") if answer else None for answer in peer.reasons.answers] == [LEAKS, None]
    assert peer.circumstances[0].code == "like_size"
    assert peer.circumstances[0].values["place"] == "Sogamoso"


def test_a_town_of_like_size_comes_first_among_equals(scene: Scene) -> None:
    other = another_town(scene)
    own = scene.challenge(LEAKS)
    far = scene.challenge(LEAKS, owner=other, place={"name": "Curitiba", "country": "BR"})
    like = scene.challenge(LEAKS, owner=other)
    nowhere = scene.challenge(LEAKS, owner=other, place=None)
    assert peers(scene, own) == [like.id, far.id, nowhere.id]


def test_peers_that_may_not_be_seen_are_not_shown(scene: Scene) -> None:
    hidden = another_town(scene)
    own, closed = scene.challenge(LEAKS), scene.challenge(LEAKS, owner=another_town(scene))
    scene.challenge(LEAKS, owner=hidden)
    scene.show(hidden, Visibility.HIDDEN)
    closed.status = "closed"
    scene.session.flush()
    assert peers(scene, own) == []
    assert duplicates(scene, own) == []


def test_a_challenge_that_is_only_tried_has_peers_too(scene: Scene) -> None:
    posted = scene.challenge(LEAKS)
    found = find_peers(scene.session, index=scene.index, acting=ANYONE, ask=scene.ask(posted))
    assert [peer.full.challenge.id for peer in found] == [posted.id]


def test_the_same_challenge_twice_is_a_near_duplicate_also_of_ones_own(scene: Scene) -> None:
    own, again = scene.challenge(LEAKS, SECTORS), scene.challenge(LEAKS, SECTORS)
    scene.challenge(LAMPS)
    assert duplicates(scene, own) == [again.id]


def test_a_challenge_about_something_else_is_no_duplicate(scene: Scene) -> None:
    own = scene.challenge(LEAKS, title="Agua")
    scene.challenge(LAMPS, owner=another_town(scene), title="Luces")
    assert duplicates(scene, own) == []
