"""What an author keeps to some is found by nobody else, in whatever way they look."""

from matchmaker.accounts.models import ANYONE, Acting
from matchmaker.challenges.models import Audience, Challenge, CoOwner
from matchmaker.challenges.readers import admit_guest
from matchmaker.matching.actions import Wanted, matches_of_challenge
from matchmaker.matching.opportunities import find_by_text, find_opportunities
from matchmaker.matching.peers import find_near_duplicates, find_peers
from matchmaker.matching.ports import Query
from matchmaker.profiles.models import Profile
from tests.factories import NOW, saved_profile, signed_in, taxonomy
from tests.matchmaker.matching.conftest import LEAKS, SECTORS, Scene


def found(scene: Scene, acting: Acting, profile: Profile, like: Challenge) -> set[str]:
    """The titles that a profile's opportunities, a search by text, peers and near-duplicates have; all the same."""
    number, ask = profile.id or 0, scene.ask(like)
    _, fitting = find_opportunities(
        scene.session, index=scene.index, acting=acting, taxonomy=taxonomy(), profile_id=number
    )
    said = find_by_text(scene.session, index=scene.index, acting=acting, query=Query(LEAKS, "es"), profile_id=number)
    peers = find_peers(scene.session, index=scene.index, acting=acting, ask=ask, challenge_id=like.id)
    alike = find_near_duplicates(scene.session, index=scene.index, acting=acting, ask=ask, challenge_id=like.id)
    lists = [{each.full.challenge.title for each in listed} - {like.title} for listed in (fitting, said, peers)]
    assert lists[0] == lists[1] == lists[2]
    assert {each.full.challenge.title for each in alike} <= lists[0]
    return lists[0]


def test_what_is_kept_to_members_or_to_some_is_found_by_them_alone(scene: Scene) -> None:
    like = scene.challenge(LEAKS, SECTORS, title="parecido")
    rows = {each: scene.challenge(LEAKS, SECTORS, title=each, audience=each) for each in Audience}
    member = signed_in(scene.session, name="Luís")
    firm = saved_profile(scene.session, acting=member, offers=[{"title": "", "text": f"{LEAKS}. {SECTORS}."}])
    scene.read()
    assert found(scene, ANYONE, firm, like) == {"public"}
    assert found(scene, member, firm, like) == {"public", "members"}
    admit_guest(scene.session, challenge_id=rows[Audience.INVITED].id or 0, profile_id=firm.id or 0)
    assert found(scene, member, firm, like) == {"public", "members", "invited"}


def test_those_who_have_a_challenge_together_neither_answer_it_nor_are_told_of_it(scene: Scene) -> None:
    firm, other = scene.agent(LEAKS), scene.agent(LEAKS)
    row = scene.challenge(LEAKS, SECTORS)
    scene.session.add(CoOwner(challenge_id=row.id or 0, profile_id=firm.id or 0, asked_at=NOW, joined_at=NOW))
    scene.session.flush()
    _, matches = matches_of_challenge(
        scene.session, index=scene.index, acting=scene.city, taxonomy=taxonomy(), challenge_id=row.id or 0,
        wanted=Wanted(),
    )  # fmt: skip
    assert [match.full.profile.id for match in matches.matches] == [other.id]
    for profile, expected in ((firm, []), (other, [row.id])):
        _, fitting = find_opportunities(
            scene.session, index=scene.index, acting=scene.city, taxonomy=taxonomy(), profile_id=profile.id or 0
        )
        assert [each.full.challenge.id for each in fitting] == expected
