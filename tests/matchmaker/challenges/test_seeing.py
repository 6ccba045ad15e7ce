import pytest
from sqlmodel import Session

from matchmaker.accounts.models import ANYONE, OPERATOR, Acting
from matchmaker.challenges.actions import set_status
from matchmaker.challenges.models import Status
from matchmaker.challenges.queries import count_challenges, full_challenges, get_challenge, list_challenges
from matchmaker.errors import NotFoundError
from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Visibility
from matchmaker.store.database import Database
from tests.databases import statements
from tests.factories import NOW, desk, saved_challenge, saved_profile, signed_in

POSTED = [status for status in Status if status is not Status.DRAFT]


def titles(session: Session, acting: Acting) -> set[str]:
    listed = {row.title for row in list_challenges(session, acting=acting, limit=20)}
    loaded = full_challenges(session, acting=acting, challenge_ids=range(1, 20)).values()
    assert {full.challenge.title for full in loaded} == listed
    assert count_challenges(session, acting=acting) == len(listed)
    return listed


def test_every_read_shows_an_account_what_it_may_see(database: Database) -> None:
    with database.transaction() as session:
        acting, stranger = signed_in(session), signed_in(session, name="Luís")
        for visibility in Visibility:
            owner = saved_profile(session, acting=acting, name=visibility)
            for status in POSTED:
                made = saved_challenge(session, acting=acting, owner=owner, title=f"{status} of {visibility}")
                set_status(session, desk=desk(), acting=acting, challenge_id=made.id or 0, status=status)
            set_visibility(session, profile=owner, visibility=visibility, now=NOW)
    everything = {f"{status} of {visibility}" for status in POSTED for visibility in Visibility}
    with database.reading() as session:
        assert titles(session, ANYONE) == {"open of visible"}
        assert titles(session, stranger) == {"open of visible"}
        assert titles(session, acting) == everything
        assert titles(session, OPERATOR) == everything


def test_a_hidden_owner_hides_its_challenge_at_once(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session)
        owner = saved_profile(session, acting=acting)
        made = saved_challenge(session, acting=acting, owner=owner)
    with database.transaction() as session:
        assert get_challenge(session, acting=ANYONE, challenge_id=made.id or 0).challenge.id == made.id
        set_visibility(session, profile=owner, visibility=Visibility.HIDDEN, now=NOW)
        session.flush()
        with pytest.raises(NotFoundError) as refused:
            get_challenge(session, acting=ANYONE, challenge_id=made.id or 0)
        assert get_challenge(session, acting=acting, challenge_id=made.id or 0).challenge.id == made.id
    assert (refused.value.code, refused.value.values) == ("challenge_unknown", {"challenge_id": made.id})


def test_a_list_goes_on_after_the_last_one_and_filters(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session)
        owner = saved_profile(session, acting=acting)
        saved_challenge(session, acting=acting, owner=owner, title="1")
        saved_challenge(session, acting=acting, owner=owner, title="2", place={"name": "Curitiba", "country": "BR"})
        saved_challenge(session, acting=acting, owner=owner, title="3")
    with database.reading() as session:
        pages = [
            [row.title for row in list_challenges(session, acting=ANYONE, after=after, limit=2)] for after in (0, 2, 3)
        ]
        brazil = [row.title for row in list_challenges(session, acting=ANYONE, countries=["BR"], limit=9)]
    assert (pages, brazil) == ([["1", "2"], ["3"], []], ["2"])


@pytest.mark.parametrize("items", [1, 12])
def test_reads_of_many_take_as_many_statements_as_reads_of_one(database: Database, items: int) -> None:
    with database.transaction() as session:
        acting = signed_in(session)
        owner = saved_profile(session, acting=acting)
        ids = [saved_challenge(session, acting=acting, owner=owner).id or 0 for _ in range(items)]
    with database.reading() as session:
        session.connection()
        with statements(database) as sent:
            assert len(list_challenges(session, acting=acting, limit=50)) == items
            assert len(sent) == 1
        with statements(database) as sent:
            assert len(full_challenges(session, acting=acting, challenge_ids=ids)) == items
            assert len(sent) == 3
