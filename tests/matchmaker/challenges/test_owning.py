"""Several have a challenge together: by their own yes, all alike, and never nobody."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from matchmaker.accounts.models import ANYONE, OPERATOR, Acting
from matchmaker.challenges.actions import edit_challenge
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.owning import (
    ASKED,
    answer_as_owner,
    ask_owner,
    leave_challenge,
    owners_of,
    pass_on_all,
)
from matchmaker.challenges.queries import get_challenge, own_challenges
from matchmaker.errors import DomainError, NotFoundError
from matchmaker.letters.models import Letter
from matchmaker.profiles.actions import Desk, set_visibility
from matchmaker.profiles.models import Part, Profile, Representation, Visibility
from matchmaker.store.database import Database
from tests.factories import NOW, challenge_draft, desk, saved_challenge, saved_profile, signed_in


@dataclass
class Town:
    """Two departments, and a challenge that the first keeps to those invited."""

    session: Session
    first: Acting
    second: Acting
    water: Profile
    works: Profile
    row: Challenge

    @property
    def number(self) -> int:
        return self.row.id or 0

    def ask(self, acting: Acting | None = None, profile: Profile | None = None) -> None:
        who = (profile or self.works).id or 0
        ask_owner(self.session, desk=desk(), acting=acting or self.first, challenge_id=self.number, profile_id=who)

    def answer(self, *, agrees: bool, acting: Acting | None = None, at: Desk | None = None) -> None:
        answer_as_owner(
            self.session, desk=at or desk(), acting=acting or self.second, challenge_id=self.number,
            profile_id=self.works.id or 0, agrees=agrees,
        )  # fmt: skip

    def leave(self, acting: Acting, profile: Profile) -> None:
        leave_challenge(self.session, desk=desk(), acting=acting, challenge_id=self.number, profile_id=profile.id or 0)

    def owners(self) -> list[tuple[int | None, bool, bool]]:
        found = owners_of(self.session, acting=self.first, challenge_id=self.number)
        return [(each.profile.id, each.has_joined, each.is_first) for each in found]


def town(session: Session) -> Town:
    first, second = signed_in(session), signed_in(session, name="Luís")
    water, works = (saved_profile(session, acting=each, kind="local_government") for each in (first, second))
    row = saved_challenge(session, acting=first, owner=water, audience="invited")
    return Town(session, first, second, water, works, row)


def may_edit(here: Town, acting: Acting) -> bool:
    try:
        edit_challenge(
            here.session, desk=desk(), acting=acting, challenge_id=here.number, draft=challenge_draft(audience=None)
        )
    except DomainError:
        return False
    return True


def test_who_is_asked_reads_and_edits_only_after_its_yes(database: Database) -> None:
    with database.transaction() as session:
        here = town(session)
        assert not may_edit(here, here.second)
        here.ask()
        here.ask()
        assert get_challenge(session, acting=here.second, challenge_id=here.number)
        assert not may_edit(here, here.second)
        assert [letter.kind for letter in session.exec(select(Letter)).all()] == [ASKED]
        here.answer(agrees=True)
        here.answer(agrees=True)
        assert may_edit(here, here.second)
        assert here.owners() == [(here.water.id, True, True), (here.works.id, True, False)]
        assert get_challenge(session, acting=OPERATOR, challenge_id=here.number).owners == {
            here.water.id, here.works.id
        }  # fmt: skip
        assert [row.id for row in own_challenges(session, acting=here.second, limit=9)] == [here.number]


def test_a_no_leaves_everything_as_it_was(database: Database) -> None:
    with database.transaction() as session:
        here = town(session)
        here.ask()
        here.answer(agrees=False)
        assert here.owners() == [(here.water.id, True, True)]
        with pytest.raises(NotFoundError):
            get_challenge(session, acting=here.second, challenge_id=here.number)


def test_a_question_is_taken_back_by_those_who_asked(database: Database) -> None:
    with database.transaction() as session:
        here = town(session)
        here.ask()
        here.leave(here.first, here.works)
        assert here.owners() == [(here.water.id, True, True)]


def test_when_the_first_leaves_the_next_answers_for_it_and_the_last_cannot_leave(database: Database) -> None:
    with database.transaction() as session:
        here = town(session)
        here.ask()
        here.answer(agrees=True)
        here.leave(here.first, here.water)
        session.refresh(here.row)
        assert here.row.owner_id == here.works.id
        assert not may_edit(here, here.first)
        with pytest.raises(DomainError, match="last_owner"):
            here.leave(here.second, here.works)


def test_one_that_joined_leaves_by_its_own_word(database: Database) -> None:
    with database.transaction() as session:
        here = town(session)
        here.ask()
        here.answer(agrees=True)
        with pytest.raises(DomainError, match="only_representatives"):
            here.leave(here.first, here.works)
        here.leave(here.second, here.works)
        assert here.owners() == [(here.water.id, True, True)]


def test_those_who_came_first_inherit(database: Database) -> None:
    with database.transaction() as session:
        here = town(session)
        third = signed_in(session, name="Eva")
        park = saved_profile(session, acting=third)
        here.ask(profile=park)
        here.ask()
        here.answer(agrees=True, at=desk(NOW))
        answer_as_owner(
            session, desk=desk(NOW + timedelta(days=1)), acting=third, challenge_id=here.number,
            profile_id=park.id or 0, agrees=True,
        )  # fmt: skip
        pass_on_all(session, profile_id=here.water.id or 0)
        session.refresh(here.row)
        assert here.row.owner_id == here.works.id


def test_what_may_not_be_done_is_refused(database: Database) -> None:
    with database.transaction() as session:
        here = town(session)
        hidden = saved_profile(session, acting=here.first)
        set_visibility(session, profile=hidden, visibility=Visibility.HIDDEN, now=NOW)
        writer = signed_in(session, name="Eva")
        session.add(Representation(account_id=writer.account_id or 0, profile_id=here.works.id or 0, part=Part.EDITOR))
        session.flush()

        def code(act: Callable[[], object]) -> str:
            with pytest.raises(DomainError) as refused:
                act()
            return refused.value.code

        assert code(lambda: here.ask(acting=here.second)) == "challenge_unknown"
        assert code(lambda: here.ask(profile=hidden)) == "profile_not_shown"
        assert code(lambda: here.ask(profile=here.water)) == "owner_already"
        assert code(lambda: here.leave(here.first, here.works)) == "owner_not_asked"
        here.ask()
        assert code(lambda: here.answer(agrees=True, acting=writer)) == "only_representatives"
        assert code(lambda: here.answer(agrees=True, acting=here.first)) == "only_representatives"
        here.answer(agrees=True)
        assert code(here.ask) == "owner_already"
        assert code(lambda: here.answer(agrees=False)) == "owner_not_asked"
        assert code(lambda: owners_of(session, acting=ANYONE, challenge_id=here.number)) == "challenge_unknown"
