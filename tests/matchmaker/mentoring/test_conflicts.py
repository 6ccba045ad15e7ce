"""Members whom a conflict keeps apart do not mentor each other, and learn nothing of it: it looks like silence."""

from datetime import timedelta

import pytest

from matchmaker.accounts.models import OPERATOR, Acting
from matchmaker.challenges.models import Challenge
from matchmaker.integrity.actions import decide_conflict
from matchmaker.integrity.grounds import add_ground
from matchmaker.integrity.models import Decision, Nature
from matchmaker.mentoring.actions import advance_mentorings, tell_result, withdraw_mentoring
from matchmaker.mentoring.models import Answer, Mentoring, Result
from matchmaker.mentoring.queries import contacts_for, list_mentorings
from matchmaker.mentoring.rules import EXPIRES_AFTER, State, state_of
from matchmaker.people.inviting import name_successor
from matchmaker.people.representing import Invited
from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Visibility
from tests.factories import NOW, accepted, lists, saved_challenge
from tests.matchmaker.mentoring.conftest import Pair, refused


def doubt(pair: Pair) -> int:
    """A conflict on which nobody has decided."""
    ground, _ = add_ground(
        pair.session, profile_id=pair.mentor_profile.id or 0, other_id=pair.mentee_profile.id or 0,
        code=Nature.FAMILY, declared_by_id=None, now=NOW,
    )  # fmt: skip
    return ground.conflict_id


def decide(pair: Pair, decision: Decision) -> None:
    number = doubt(pair)
    decide_conflict(pair.session, acting=OPERATOR, conflict_id=number, decision=decision, reason="-", now=NOW)


def advance(pair: Pair, days: int = 0) -> int:
    return advance_mentorings(pair.session, lists=lists(), now=NOW + timedelta(days=days))


def contacts(pair: Pair, acting: Acting, asked: Mentoring) -> int:
    return len(contacts_for(pair.session, acting=acting, mentoring_id=asked.id or 0, now=NOW))


def seen(pair: Pair, acting: Acting) -> list[int | None]:
    return [row.id for row in list_mentorings(pair.session, acting=acting, limit=10)]


def test_who_asks_across_a_confirmed_conflict_meets_silence(pair: Pair) -> None:
    decide(pair, Decision.CONFIRMED)
    asked = pair.propose()
    assert (seen(pair, pair.mentee), seen(pair, pair.mentor)) == ([asked.id], [])
    assert refused(lambda: pair.answer(pair.mentor, asked)) == "mentoring_unknown"
    advance(pair, days=15)
    assert pair.letters() == []
    assert state_of(asked, now=NOW) is State.OPEN
    assert state_of(asked, now=NOW + EXPIRES_AFTER) is State.EXPIRED


def test_a_conflict_that_nobody_decided_holds_back_proposal_and_second_yes(pair: Pair) -> None:
    asked = pair.propose()
    doubt(pair)
    pair.answer(pair.mentor, asked)
    assert [kind for kind, _ in pair.letters()] == ["mentoring_proposed"]
    for acting in (pair.mentor, pair.mentee):
        told = refused(lambda acting=acting: contacts(pair, acting, asked))
        assert told == "mentoring_not_agreed"
    assert state_of(asked, now=NOW) is State.OPEN
    advance(pair)
    assert state_of(asked, now=NOW) is State.OPEN
    decide(pair, Decision.DISMISSED)
    advance(pair)
    assert state_of(asked, now=NOW) is State.AGREED
    assert [kind for kind, _ in pair.letters()] == ["mentoring_proposed", "mentoring_agreed", "mentoring_agreed"]


def test_a_proposal_held_back_reaches_the_other_side_when_the_conflict_is_dismissed(pair: Pair) -> None:
    doubt(pair)
    asked = pair.propose()
    assert (pair.letters(), seen(pair, pair.mentor)) == ([], [])
    decide(pair, Decision.DISMISSED)
    advance(pair)
    advance(pair)
    assert pair.letters() == [("mentoring_proposed", pair.mentor.account_id)]
    assert state_of(pair.answer(pair.mentor, asked), now=NOW) is State.AGREED


def test_a_yes_after_a_conflict_was_confirmed_opens_nothing_and_a_no_is_a_no(pair: Pair) -> None:
    asked = pair.propose()
    decide(pair, Decision.CONFIRMED)
    assert state_of(pair.answer(pair.mentor, asked), now=NOW) is State.OPEN
    assert state_of(pair.answer(pair.mentor, asked, Answer.NO), now=NOW) is State.DECLINED


def test_a_held_yes_that_the_mentor_has_no_hours_for_any_more_waits(pair: Pair) -> None:
    asked = pair.propose(hours_a_month=6)
    doubt(pair)
    pair.answer(pair.mentor, asked)
    decide(pair, Decision.DISMISSED)
    pair.offer(hours_a_month=5)
    advance(pair)
    assert state_of(asked, now=NOW) is State.OPEN
    pair.offer(hours_a_month=6)
    advance(pair)
    assert state_of(asked, now=NOW) is State.AGREED


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_who_is_suspended_says_no_yes_and_reads_no_contacts(pair: Pair, side: str) -> None:
    asked = pair.propose(pair.mentee if side == "mentor" else pair.mentor)
    acting, profile = getattr(pair, side), getattr(pair, f"{side}_profile")
    set_visibility(pair.session, profile=profile, visibility=Visibility.HIDDEN, now=NOW)
    assert refused(lambda: pair.answer(acting, asked)) == "profile_not_shown"
    assert advance(pair, days=15) == 0
    set_visibility(pair.session, profile=profile, visibility=Visibility.VISIBLE, now=NOW)
    pair.answer(acting, asked)
    set_visibility(pair.session, profile=profile, visibility=Visibility.HIDDEN, now=NOW)
    told = refused(lambda: contacts_for(pair.session, acting=acting, mentoring_id=asked.id or 0, now=NOW))
    assert told == "profile_not_shown"


def test_while_a_purchase_is_open_nobody_who_could_bid_mentors_on_it(pair: Pair) -> None:
    owner = pair.mentee_profile
    challenge = saved_challenge(pair.session, acting=pair.mentee, owner=owner, procurement="open")
    assert pair.propose(challenge_id=challenge.id).challenge_id == challenge.id  # another city cannot bid
    pair.mentor_profile.kind = "company"
    pair.session.flush()
    asked = list_mentorings(pair.session, acting=pair.mentor, limit=1)[0]
    assert refused(lambda: pair.answer(pair.mentor, asked)) == "procurement_open"
    withdraw_mentoring(pair.session, acting=pair.mentee, mentoring_id=asked.id or 0, now=NOW)
    assert refused(lambda: pair.propose(challenge_id=challenge.id)) == "procurement_open"
    pair.session.get_one(Challenge, challenge.id).procurement = "closed"
    assert state_of(pair.answer(pair.mentor, pair.propose(challenge_id=challenge.id)), now=NOW) is State.AGREED


def test_a_successor_takes_back_answers_and_ends_what_another_began(pair: Pair) -> None:
    def succeed(acting: Acting, number: int | None, name: str) -> Acting:
        made = name_successor(
            pair.session, acting=acting, profile_id=number or 0, account_id=acting.account_id or 0, now=NOW,
            invited=Invited(address=f"{name}@{name}.example", name=name, language="es"),
        )  # fmt: skip
        return Acting(account_id=accepted(pair.session, made), role=acting.role)

    asked = pair.propose()
    left, heir = pair.mentee, succeed(pair.mentee, pair.mentee_profile.id, "eva")
    told = refused(lambda: withdraw_mentoring(pair.session, acting=left, mentoring_id=asked.id or 0, now=NOW))
    assert told == "mentoring_unknown"
    pair.answer(pair.mentor, asked, Answer.NO)
    assert pair.letters()[-1] == ("mentoring_declined", heir.account_id)
    again = pair.propose(heir)
    mentor = succeed(pair.mentor, pair.mentor_profile.id, "luz")
    pair.answer(mentor, again)
    for acting in (heir, mentor):
        tell_result(pair.session, acting=acting, mentoring_id=again.id or 0, result=Result.HELPED, now=NOW)
    assert state_of(again, now=NOW) is State.ENDED
    third = pair.propose(heir)
    withdraw_mentoring(pair.session, acting=heir, mentoring_id=third.id or 0, now=NOW)
    assert state_of(third, now=NOW) is State.WITHDRAWN
