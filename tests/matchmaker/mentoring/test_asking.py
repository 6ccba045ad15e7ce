from datetime import timedelta

from sqlmodel import select

from matchmaker.accounts.models import ANYONE, OPERATOR, Role
from matchmaker.audit.models import AuditEntry
from matchmaker.challenges.queries import get_challenge
from matchmaker.mentoring.actions import advance_mentorings, tell_result, withdraw_mentoring
from matchmaker.mentoring.drafts import MentorOfferDraft
from matchmaker.mentoring.load import load_of
from matchmaker.mentoring.models import Answer, Result
from matchmaker.mentoring.offers import end_offer, save_offer
from matchmaker.mentoring.queries import available_mentors, contacts_for, get_mentoring, get_offer, list_mentorings
from matchmaker.mentoring.rules import State, Together, state_of, together
from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Part, Representation, Visibility
from tests.factories import NOW, desk, lists, saved_challenge, signed_in
from tests.matchmaker.mentoring.conftest import Pair, refused, town

LATER = NOW + timedelta(days=15)


def contacts(pair: Pair, acting: object, number: int | None) -> list[str]:
    found = contacts_for(pair.session, acting=acting, mentoring_id=number or 0, now=NOW)  # type: ignore[arg-type]
    return [contact.email for contact in found]


def test_contacts_open_to_both_on_the_second_yes_and_not_before(pair: Pair) -> None:
    asked = pair.propose()
    for acting in (pair.mentor, pair.mentee):
        assert refused(lambda acting=acting: contacts(pair, acting, asked.id)) == "mentoring_not_agreed"
    pair.answer(pair.mentor, asked)
    assert state_of(asked, now=NOW) is State.AGREED
    assert contacts(pair, pair.mentee, asked.id) == [f"curitiba{pair.mentor.account_id}@ciudad.example"]
    assert contacts(pair, pair.mentor, asked.id) == [f"sogamoso{pair.mentee.account_id}@ciudad.example"]
    stranger, _ = town(pair.session, "Lima")
    for acting in (stranger, ANYONE, OPERATOR):
        assert refused(lambda acting=acting: contacts(pair, acting, asked.id)) == "mentoring_unknown"
    [entry] = pair.session.exec(select(AuditEntry)).all()
    assert (entry.act, entry.subject_id) == ("contacts_opened", asked.id)
    assert entry.codes == {"mentor_id": pair.mentor_profile.id, "mentee_id": pair.mentee_profile.id}


def test_each_letter_goes_to_the_side_that_it_concerns(pair: Pair) -> None:
    asked = pair.propose()
    pair.answer(pair.mentor, asked)
    tell_result(pair.session, acting=pair.mentor, mentoring_id=asked.id or 0, result=Result.HELPED, now=NOW)
    mentor, mentee = pair.mentor.account_id, pair.mentee.account_id
    assert pair.letters() == [
        ("mentoring_proposed", mentor),
        ("mentoring_agreed", mentor),
        ("mentoring_agreed", mentee),
        ("mentoring_result_asked", mentee),
    ]


def test_a_no_reaches_the_one_who_asked_and_nothing_can_follow(pair: Pair) -> None:
    asked = pair.propose()
    pair.answer(pair.mentor, asked, Answer.NOT_NOW)
    assert pair.letters()[-1] == ("mentoring_declined", pair.mentee.account_id)
    assert refused(lambda: pair.answer(pair.mentor, asked)) == "mentoring_closed"
    assert refused(lambda: contacts(pair, pair.mentee, asked.id)) == "mentoring_not_agreed"


def test_the_secretariat_brings_two_together_but_says_yes_for_nobody(pair: Pair) -> None:
    secretariat = signed_in(pair.session, role=Role.SECRETARIAT)
    asked = pair.propose(secretariat)
    assert (asked.mentor_answer, asked.mentee_answer) == (None, None)
    assert refused(lambda: pair.answer(secretariat, asked)) == "not_your_answer"
    pair.answer(pair.mentee, asked)
    assert state_of(asked, now=NOW) is State.OPEN
    pair.answer(pair.mentor, asked)
    assert state_of(asked, now=NOW) is State.AGREED


def test_a_mentor_may_offer_its_help_to_a_city(pair: Pair) -> None:
    asked = pair.propose(pair.mentor)
    assert (asked.mentor_answer, asked.mentee_answer) == (Answer.YES, None)
    assert pair.letters() == [("mentoring_proposed", pair.mentee.account_id)]


def test_hours_cannot_be_promised_twice(pair: Pair) -> None:
    other, profile = town(pair.session, "Lima")
    first = pair.propose(hours_a_month=6)
    second = pair.propose(other, mentee_id=profile.id, hours_a_month=6)
    pair.answer(pair.mentor, first)
    assert refused(lambda: pair.answer(pair.mentor, second)) == "mentor_at_capacity"
    assert refused(lambda: pair.propose(other, mentee_id=profile.id, hours_a_month=5)) == "mentor_at_capacity"
    [(_, hours)] = available_mentors(pair.session, now=NOW).values()
    assert hours == 4
    tell_result(pair.session, acting=pair.mentee, mentoring_id=first.id or 0, result=Result.HELPED, now=NOW)
    pair.answer(pair.mentor, second)
    assert state_of(second, now=NOW) is State.AGREED


def test_a_mentor_with_no_hours_left_or_at_rest_is_not_available(pair: Pair) -> None:
    pair.agreed(hours_a_month=10)
    assert available_mentors(pair.session, now=NOW) == {}
    pair.offer(hours_a_month=12)
    assert len(available_mentors(pair.session, now=NOW)) == 1
    pair.offer(hours_a_month=12, is_paused=True)
    assert available_mentors(pair.session, now=NOW) == {}


def test_mentors_can_be_narrowed_by_area_and_language(pair: Pair) -> None:
    for areas, languages, count in (
        (["energy_environment"], ["pt"], 1), (["x"], [], 0), ([], ["en"], 0), ([], ["en", "es"], 1)
    ):  # fmt: skip
        assert len(available_mentors(pair.session, areas=areas, languages=languages, now=NOW)) == count


def test_what_came_of_it_counts_when_both_say_the_same(pair: Pair) -> None:
    asked = pair.agreed()
    for acting, said in ((pair.mentor, Together.ONE_SIDED), (pair.mentee, Together.CONFIRMED)):
        tell_result(pair.session, acting=acting, mentoring_id=asked.id or 0, result=Result.HELPED, now=NOW)
        assert together(asked) is said
    assert state_of(asked, now=NOW) is State.ENDED


def test_a_reminder_is_sent_once_to_whoever_is_silent(pair: Pair) -> None:
    pair.propose()
    assert advance_mentorings(pair.session, lists=lists(), now=NOW) == 0
    assert [advance_mentorings(pair.session, lists=lists(), now=LATER) for _ in range(2)] == [1, 0]
    assert pair.letters()[-1] == ("mentoring_reminder", pair.mentor.account_id)


def test_what_was_proposed_can_be_taken_back_by_its_proposer(pair: Pair) -> None:
    asked = pair.propose()
    for acting, code in ((pair.mentor, "not_your_answer"), (pair.mentee, ""), (pair.mentee, "mentoring_closed")):
        if code:
            told = refused(
                lambda acting=acting: withdraw_mentoring(
                    pair.session, acting=acting, mentoring_id=asked.id or 0, now=NOW
                )
            )
            assert told == code
        else:
            withdraw_mentoring(pair.session, acting=acting, mentoring_id=asked.id or 0, now=NOW)
    assert state_of(asked, now=NOW) is State.WITHDRAWN


def test_who_is_hidden_is_in_no_request_and_gets_none(pair: Pair) -> None:
    asked = pair.propose()
    set_visibility(pair.session, profile=pair.mentee_profile, visibility=Visibility.HIDDEN, now=NOW)
    assert list_mentorings(pair.session, acting=pair.mentor, limit=10) == []
    assert refused(lambda: pair.answer(pair.mentor, asked)) == "mentoring_unknown"
    assert refused(lambda: pair.propose(pair.mentor)) == "profile_unknown"


def test_an_editor_writes_the_offer_but_answers_for_nobody(pair: Pair) -> None:
    editor = signed_in(pair.session, name="Editora")
    pair.session.add(
        Representation(account_id=editor.account_id or 0, profile_id=pair.mentor_profile.id or 0, part=Part.EDITOR)
    )
    pair.session.flush()
    asked = pair.propose()
    assert get_mentoring(pair.session, acting=editor, mentoring_id=asked.id or 0) is asked
    assert refused(lambda: pair.answer(editor, asked)) == "not_your_answer"
    assert refused(lambda: contacts(pair, editor, asked.id)) == "mentoring_unknown"
    draft = MentorOfferDraft(areas=["energy_environment"], languages=["es"], hours_a_month=3)
    made = save_offer(pair.session, desk=desk(), acting=editor, profile_id=pair.mentor_profile.id or 0, draft=draft)
    assert (made.hours_a_month, made.version) == (3, 2)


def test_a_stranger_proposes_nothing_and_nobody_mentors_itself(pair: Pair) -> None:
    stranger, profile = town(pair.session, "Lima")
    assert refused(lambda: pair.propose(stranger)) == "not_your_profile"
    assert refused(lambda: pair.propose(mentor_id=pair.mentee_profile.id)) == "mentoring_with_oneself"
    assert refused(lambda: pair.propose(mentor_id=profile.id)) == "mentor_unknown"
    draft = MentorOfferDraft(areas=["energy_environment"], languages=["es"], hours_a_month=3)
    number = pair.mentor_profile.id or 0
    assert (
        refused(lambda: save_offer(pair.session, desk=desk(), acting=stranger, profile_id=number, draft=draft))
        == "not_your_profile"
    )
    assert refused(lambda: end_offer(pair.session, acting=stranger, profile_id=number)) == "not_your_profile"


def test_one_may_not_ask_twice_at_once_nor_about_what_one_cannot_see(pair: Pair) -> None:
    pair.propose()
    assert refused(pair.propose) == "mentoring_asked_already"
    hidden = saved_challenge(pair.session, acting=pair.mentor, owner=pair.mentor_profile)
    hidden.status = "closed"
    pair.session.flush()
    assert refused(lambda: pair.propose(challenge_id=hidden.id)) == "challenge_unknown"


def test_a_mentor_may_stop_and_what_is_agreed_goes_on(pair: Pair) -> None:
    asked = pair.agreed()
    number = pair.mentor_profile.id or 0
    end_offer(pair.session, acting=pair.mentor, profile_id=number)
    assert refused(lambda: get_offer(pair.session, acting=ANYONE, profile_id=number)) == "mentor_unknown"
    assert refused(lambda: end_offer(pair.session, acting=pair.mentor, profile_id=number)) == "mentor_unknown"
    assert state_of(asked, now=NOW) is State.AGREED


def test_a_mentor_reads_the_challenge_it_is_asked_about_and_of_others_challenges_nothing(pair: Pair) -> None:
    own = saved_challenge(pair.session, acting=pair.mentee, owner=pair.mentee_profile, audience="invited")

    def read() -> int | None:
        return get_challenge(pair.session, acting=pair.mentor, challenge_id=own.id or 0).challenge.id

    assert refused(read) == "challenge_unknown"
    pair.propose(challenge_id=own.id)
    assert read() == own.id


def test_who_acts_for_a_mentor_reads_what_is_promised_asked_and_left(pair: Pair) -> None:
    asked = pair.propose()
    mentor = pair.mentor_profile.id or 0
    before = load_of(pair.session, acting=pair.mentor, profile_id=mentor, now=NOW)
    assert (before.promised, before.asked, list(before.current)) == (0, 4, [asked])
    pair.answer(pair.mentor, asked)
    after = load_of(pair.session, acting=pair.mentor, profile_id=mentor, now=NOW)
    assert (after.promised, after.asked, before.left - after.left) == (4, 0, 4)
    withdrawn = load_of(pair.session, acting=pair.mentor, profile_id=mentor, now=LATER)
    assert withdrawn.promised == 4  # what is agreed does not run out
    assert refused(lambda: load_of(pair.session, acting=pair.mentee, profile_id=mentor, now=NOW)) == "not_your_profile"
