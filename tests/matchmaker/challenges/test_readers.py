"""Who reads a challenge: its author chooses, and every read holds to it."""

from dataclasses import dataclass

import pytest
from sqlmodel import Session

from matchmaker.accounts.models import ANYONE, OPERATOR, Acting
from matchmaker.challenges.models import Audience, Challenge
from matchmaker.challenges.queries import (
    count_challenges,
    full_challenges,
    get_challenge,
    list_challenges,
    unseen_challenges,
)
from matchmaker.challenges.readers import guests_of, name_guest, unname_guest
from matchmaker.errors import DomainError, NotFoundError
from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.store.database import Database
from tests.factories import NOW, saved_challenge, saved_profile, signed_in


@dataclass
class Town:
    """An owner with a challenge for each audience, a member, one without a member, a member that is not shown."""

    owner: Acting
    member: Acting
    alone: Acting
    hidden: Acting
    firm: Profile
    gone: Profile
    rows: dict[str, Challenge]


def town(session: Session) -> Town:
    owner, member, alone, hidden = (signed_in(session, name=name) for name in ("Ana", "Luís", "Eva", "Ivo"))
    city = saved_profile(session, acting=owner, kind="local_government")
    firm, gone = saved_profile(session, acting=member), saved_profile(session, acting=hidden)
    set_visibility(session, profile=gone, visibility=Visibility.HIDDEN, now=NOW)
    rows = {
        each.value: saved_challenge(session, acting=owner, owner=city, title=each, audience=each) for each in Audience
    }
    return Town(owner, member, alone, hidden, firm, gone, rows)


def seen(session: Session, acting: Acting) -> set[str]:
    """What every read agrees on."""
    listed = {row.title for row in list_challenges(session, acting=acting, limit=9)}
    loaded = full_challenges(session, acting=acting, challenge_ids=range(1, 9))
    assert {full.challenge.title for full in loaded.values()} == listed
    assert count_challenges(session, acting=acting) == len(listed)
    assert unseen_challenges(session, acting=acting) == set(range(1, 4)) - set(loaded)
    for number in range(1, 4):
        if number not in loaded:
            with pytest.raises(NotFoundError):
                get_challenge(session, acting=acting, challenge_id=number)
    return listed


def test_each_reads_what_the_author_lets_it_read(database: Database) -> None:
    with database.transaction() as session:
        all_of_it = town(session)
        assert seen(session, ANYONE) == {"public"}
        assert seen(session, all_of_it.alone) == {"public"}
        assert seen(session, all_of_it.hidden) == {"public"}
        assert seen(session, all_of_it.member) == {"public", "members"}
        assert seen(session, all_of_it.owner) == seen(session, OPERATOR) == {"public", "members", "invited"}


def test_a_member_that_is_named_reads_until_it_is_named_no_more(database: Database) -> None:
    with database.transaction() as session:
        here = town(session)
        number, who = here.rows["invited"].id or 0, here.firm.id or 0
        for _ in range(2):
            name_guest(session, acting=here.owner, challenge_id=number, profile_id=who)
        assert "invited" in seen(session, here.member)
        assert [each.id for each in guests_of(session, acting=here.owner, challenge_id=number)] == [who]
        for _ in range(2):
            unname_guest(session, acting=here.owner, challenge_id=number, profile_id=who)
        assert seen(session, here.member) == {"public", "members"}


def test_a_member_that_is_named_and_no_longer_shown_reads_nothing_by_it(database: Database) -> None:
    with database.transaction() as session:
        here = town(session)
        number = here.rows["invited"].id or 0
        name_guest(session, acting=here.owner, challenge_id=number, profile_id=here.firm.id or 0)
        set_visibility(session, profile=here.firm, visibility=Visibility.HIDDEN, now=NOW)
        session.flush()
        assert seen(session, here.member) == {"public"}


def test_only_owners_name_members_that_they_may_see(database: Database) -> None:
    with database.transaction() as session:
        here = town(session)
        number, firm = here.rows["members"].id or 0, here.firm.id or 0
        codes = []
        for act in (
            lambda: name_guest(session, acting=here.member, challenge_id=number, profile_id=firm),
            lambda: unname_guest(session, acting=here.member, challenge_id=number, profile_id=firm),
            lambda: guests_of(session, acting=here.member, challenge_id=number),
            lambda: name_guest(session, acting=here.owner, challenge_id=number, profile_id=here.gone.id or 0),
        ):
            with pytest.raises(DomainError) as refused:
                act()
            codes.append(refused.value.code)
    assert codes == ["not_your_challenge"] * 3 + ["profile_unknown"]
