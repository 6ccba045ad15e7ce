"""What comes between the second yes and the outcome: a conflict, a purchase, a suspension, a change of mind."""

from functools import partial

import pytest
from sqlmodel import col, select

from api.rest.introduction_shapes import introduction_shape
from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge, Procurement
from matchmaker.integrity.actions import decide_conflict, declare_conflict
from matchmaker.integrity.drafts import ConflictDraft
from matchmaker.integrity.models import Decision, Nature
from matchmaker.introductions.advancing import advance
from matchmaker.introductions.answering import answer, read_contacts
from matchmaker.introductions.conflicts import KnownConflicts
from matchmaker.introductions.drafts import OutcomeDraft
from matchmaker.introductions.meeting import report_outcome, say_met
from matchmaker.introductions.models import Disclosure, Introduction, Outcome, Phase
from matchmaker.introductions.proposing import withdraw
from matchmaker.introductions.queries import view_introduction
from matchmaker.languages import WorkingLanguage
from matchmaker.letters.models import Letter
from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Profile, Visibility
from tests.factories import saved_challenge
from tests.matchmaker.introductions.worlds import NO, YES, Deed, World

PILOT = OutcomeDraft(days=30, outcome=Outcome.PILOT)


@pytest.fixture
def real(here: World) -> World:
    """The same people, whose conflicts are those that integrity keeps."""
    here.kept = KnownConflicts()
    return here


def opened(here: World) -> int:
    number = here.proposed(here.city)
    assert here.done(partial(answer, **here.who(here.firm, number), draft=YES)) == ""
    return number


def go(here: World, days: float = 0) -> None:
    here.pass_days(days)
    with here.database.transaction() as session:
        advance(session, office=here.office)


def confirm_conflict(here: World) -> None:
    """The firm says that it should not meet the city; the secretariat finds that it is so."""
    draft = ConflictDraft(with_profile_id=here.owner_id, nature=Nature.FAMILY)
    with here.database.transaction() as session:
        ground = declare_conflict(session, acting=here.firm, profile_id=here.profile_id, draft=draft, now=here.now)
        number = ground.conflict_id
    with here.database.transaction() as session:
        decide_conflict(
            session, acting=here.rosa, conflict_id=number, decision=Decision.CONFIRMED, reason="Sí", now=here.now
        )


def read(here: World, who: Acting, number: int) -> dict[str, object]:
    """An introduction as an account reads it."""
    with here.database.reading() as session:
        view = view_introduction(session, acting=who, introduction_id=number)
        return introduction_shape(view, WorkingLanguage.ES).model_dump(mode="json")


def kinds(here: World) -> list[str]:
    with here.database.reading() as session:
        return list(session.exec(select(Letter.kind).order_by(col(Letter.id))).all())


def after_opening(here: World, who: Acting, number: int) -> list[Deed]:
    """All that can be done once contacts are open."""
    said = here.who(who, number)
    return [
        partial(read_contacts, **said),
        partial(say_met, **said, has_met=True),
        partial(report_outcome, **said, draft=PILOT),
    ]


def purchase(here: World, procurement: Procurement) -> None:
    with here.database.transaction() as session:
        session.get_one(Challenge, here.challenge_id).procurement = procurement


def show(here: World, visibility: Visibility) -> None:
    with here.database.transaction() as session:
        profile = session.get_one(Profile, here.profile_id)
        set_visibility(session, profile=profile, visibility=visibility, now=here.now)


def test_a_conflict_confirmed_after_the_opening_looks_like_a_side_that_closed_it(real: World) -> None:
    first = opened(real)
    with real.database.transaction() as session:
        owner = session.get_one(Profile, real.owner_id)
        second = saved_challenge(session, acting=real.city, owner=owner).id or 0
    with real.database.transaction() as session:
        taken_back = real.propose(session, real.city, challenge_id=second).id
    assert real.done(partial(answer, **real.who(real.firm, taken_back), draft=YES)) == ""
    assert real.done(partial(withdraw, **real.who(real.firm, taken_back))) == ""
    confirm_conflict(real)
    go(real, 31)
    seen = [read(real, real.city, number) for number in (first, taken_back)]
    assert {key for key in seen[0] if seen[0][key] != seen[1][key]} == {"id", "challenge_id"}
    refused = [[real.done(deed) for deed in after_opening(real, real.city, each)] for each in (first, taken_back)]
    assert refused == [["contacts_not_open"] * 3] * 2
    assert [kind for kind in kinds(real) if kind in {"meeting_met_question", "outcome_question"}] == []
    assert kinds(real).count("contacts_closed") == 4


def test_contacts_are_closed_between_the_confirmation_and_the_next_round(real: World) -> None:
    number = opened(real)
    confirm_conflict(real)
    assert real.done(partial(read_contacts, **real.who(real.city, number))) == "contacts_not_open"
    with real.database.reading() as session:
        assert session.exec(select(Disclosure)).all() == []


def test_a_conflict_still_unknown_leaves_open_contacts_open(here: World) -> None:
    number = opened(here)
    here.conflicts.is_held = True
    go(here, 1)
    assert here.done(partial(read_contacts, **here.who(here.firm, number))) == ""


def test_either_side_closes_and_what_was_said_stays_its_own(here: World) -> None:
    number = opened(here)
    assert here.done(partial(withdraw, **here.who(here.city, number))) == ""
    for who, own in ((here.city, "owner"), (here.firm, "profile")):
        seen = read(here, who, number)
        assert seen["state"] == "closed"
        assert [each["side"] for each in seen["answers"]] == [own]  # type: ignore[attr-defined]
    assert here.done(partial(withdraw, **here.who(here.firm, number))) == "introduction_over"
    assert here.done(lambda s: here.propose(s, here.city)) == "introduction_not_possible"


def test_a_purchase_that_opens_after_the_second_yes_stops_contacts_meeting_and_outcome_until_it_closes(
    here: World,
) -> None:
    number = opened(here)
    purchase(here, Procurement.OPEN)
    go(here, 31)
    assert [here.done(deed) for deed in after_opening(here, here.firm, number)] == ["procurement_open"] * 3
    assert read(here, here.firm, number)["state"] == "paused"
    assert "outcome_question" not in kinds(here)
    purchase(here, Procurement.CLOSED)
    go(here)
    assert [here.done(deed) for deed in after_opening(here, here.firm, number)] == [""] * 3
    assert kinds(here).count("introduction_answered_both_yes") == 4  # again, now that contacts can be read
    assert kinds(here).count("outcome_question") == 2


def test_a_purchase_is_nobodys_way_to_keep_contacts_that_a_side_closes(here: World) -> None:
    number = opened(here)
    purchase(here, Procurement.OPEN)
    go(here)
    assert here.done(partial(withdraw, **here.who(here.city, number))) == ""
    assert read(here, here.firm, number)["state"] == "closed"


@pytest.mark.parametrize("said", ["nothing", "no", "yes"])
def test_a_member_held_back_closes_nothing_that_was_open_and_opens_nothing(here: World, said: str) -> None:
    number = here.proposed(here.city)
    if said != "nothing":
        draft = YES if said == "yes" else NO
        assert here.done(partial(answer, **here.who(here.firm, number), draft=draft)) == ""
    show(here, Visibility.HIDDEN)
    go(here, 14.5)
    assert here.done(partial(read_contacts, **here.who(here.city, number))) == "contacts_not_open"
    assert "meeting_met_question" not in kinds(here)
    assert phase(here, number) == (Phase.OPEN if said == "yes" else Phase.ENDED)


def test_a_member_reinstated_finds_its_contacts_and_the_questions_that_were_due(here: World) -> None:
    number = opened(here)
    show(here, Visibility.HIDDEN)
    go(here, 31)
    show(here, Visibility.VISIBLE)
    go(here)
    assert [here.done(deed) for deed in after_opening(here, here.city, number)] == [""] * 3
    assert (kinds(here).count("meeting_met_question"), kinds(here).count("outcome_question")) == (2, 2)


def phase(here: World, number: int) -> str:
    with here.database.reading() as session:
        return session.get_one(Introduction, number).phase
