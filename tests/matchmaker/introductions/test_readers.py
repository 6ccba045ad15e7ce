"""Who is asked about a challenge may read it; those who have it together follow what is proposed on it."""

from dataclasses import dataclass

import pytest
from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.owning import answer_as_owner, ask_owner
from matchmaker.challenges.queries import get_challenge
from matchmaker.errors import DomainError, NotFoundError
from matchmaker.introductions.answering import answer
from matchmaker.introductions.conflicts import KnownConflicts
from matchmaker.introductions.conversations import Stand, introductions_of, last_outcomes, stands_of
from matchmaker.introductions.drafts import AnswerDraft, ProposalDraft
from matchmaker.introductions.keeping import Kept
from matchmaker.introductions.models import Side, Word
from matchmaker.introductions.proposing import propose, withdraw
from matchmaker.introductions.queries import list_introductions, view_introduction
from matchmaker.introductions.terms import Office, Terms
from matchmaker.profiles.models import Profile
from matchmaker.store.database import Database
from tests.factories import NOW, desk, lists, saved_challenge, saved_profile, signed_in

YES = AnswerDraft(answer=Word.YES)


@dataclass
class Together:
    """Water and works have a challenge for those invited; a firm and a stranger are there too."""

    session: Session
    office: Office
    water: Acting
    works: Acting
    firm: Acting
    stranger: Acting
    works_profile: Profile
    firm_profile: Profile
    row: Challenge

    @property
    def number(self) -> int:
        return self.row.id or 0

    def propose(self, acting: Acting, profile: Profile | None = None) -> Kept:
        who = (profile or self.firm_profile).id or 0
        draft = ProposalDraft(challenge_id=self.number, profile_id=who, message="Hola")
        return propose(self.session, office=self.office, acting=acting, draft=draft)


@pytest.fixture
def office() -> Office:
    return Office(lists=lists(), now=NOW, terms=Terms(), conflicts=KnownConflicts())


def together(session: Session, office: Office) -> Together:
    water, works, firm, stranger = (signed_in(session, name=name) for name in ("Ana", "Luís", "Eva", "Ivo"))
    first, second, third = (saved_profile(session, acting=each) for each in (water, works, firm))
    saved_profile(session, acting=stranger)
    row = saved_challenge(session, acting=water, owner=first, audience="invited")
    number, joining = row.id or 0, second.id or 0
    ask_owner(session, desk=desk(), acting=water, challenge_id=number, profile_id=joining)
    answer_as_owner(session, desk=desk(), acting=works, challenge_id=number, profile_id=joining, agrees=True)
    return Together(session, office, water, works, firm, stranger, second, third, row)


def test_who_is_asked_reads_what_it_is_asked_about(database: Database, office: Office) -> None:
    with database.transaction() as session:
        here = together(session, office)
        with pytest.raises(NotFoundError):
            get_challenge(session, acting=here.firm, challenge_id=here.number)
        kept = here.propose(here.water)
        assert get_challenge(session, acting=here.firm, challenge_id=here.number).challenge is here.row
        seen = view_introduction(session, acting=here.firm, introduction_id=kept.id)
        assert seen.challenge is not None
        with pytest.raises(NotFoundError):
            get_challenge(session, acting=here.stranger, challenge_id=here.number)


def test_each_of_those_who_have_it_proposes_for_itself_and_the_others_follow(
    database: Database, office: Office
) -> None:
    with database.transaction() as session:
        here = together(session, office)
        kept = here.propose(here.works)
        assert kept.row.owner_id == here.works_profile.id
        seen = view_introduction(session, acting=here.water, introduction_id=kept.id)
        assert (seen.reader, seen.is_party) == (Side.OWNER, False)
        assert view_introduction(session, acting=here.works, introduction_id=kept.id).is_party
        listed = list_introductions(session, acting=here.water, challenge_id=here.number, limit=9)
        assert [each.kept.id for each in listed] == [kept.id]
        assert list_introductions(session, acting=here.water, challenge_id=here.number + 1, limit=9) == []
        with pytest.raises(DomainError, match="introduction_unknown"):
            withdraw(session, office=office, acting=here.water, introduction_id=kept.id)
        with pytest.raises(DomainError, match="introduction_unknown"):
            answer(session, office=office, acting=here.water, introduction_id=kept.id, draft=YES)


def test_none_of_those_who_have_it_is_proposed_to_the_others(database: Database, office: Office) -> None:
    with database.transaction() as session:
        here = together(session, office)
        with pytest.raises(DomainError, match="introduction_with_oneself"):
            here.propose(here.water, here.works_profile)


def test_how_conversations_stand_is_told_to_those_who_have_the_challenge(database: Database, office: Office) -> None:
    with database.transaction() as session:
        here = together(session, office)
        kept = here.propose(here.water)
        for reader in (here.water, here.works):
            found = stands_of(session, acting=reader, challenge_ids=[here.number])
            assert found == {here.number: Stand(waiting=1)}
            told = introductions_of(session, acting=reader, challenge_id=here.number)
            assert told == {here.firm_profile.id: kept.id}
        answer(session, office=office, acting=here.firm, introduction_id=kept.id, draft=YES)
        assert stands_of(session, acting=here.works, challenge_ids=[here.number]) == {here.number: Stand(open=1)}
        withdraw(session, office=office, acting=here.water, introduction_id=kept.id)
        assert stands_of(session, acting=here.works, challenge_ids=[here.number]) == {here.number: Stand(over=1)}
        for other in (here.firm, here.stranger):
            assert stands_of(session, acting=other, challenge_ids=[here.number]) == {}
        assert last_outcomes(session, introduction_ids=[kept.id]) == {}
