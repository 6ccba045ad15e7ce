"""What circumstances and time do."""

from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Role
from matchmaker.audit.models import AuditEntry
from matchmaker.challenges.actions import edit_needs
from matchmaker.challenges.drafts import NeedsDraft
from matchmaker.challenges.models import Challenge, Procurement, Status
from matchmaker.errors import ConflictError, NotAllowedError, NotFoundError
from matchmaker.introductions.advancing import advance
from matchmaker.introductions.answering import answer, ask, read_contacts, reply
from matchmaker.introductions.drafts import OutcomeDraft
from matchmaker.introductions.meeting import report_outcome, settle_meeting
from matchmaker.introductions.models import Introduction, IntroductionSide, Outcome, Phase, Side
from matchmaker.introductions.proposing import withdraw
from matchmaker.introductions.queries import confirmed_outcomes, list_introductions, view_introduction
from matchmaker.introductions.rules import QUESTIONS_AT_MOST
from matchmaker.introductions.sight import Seen
from matchmaker.introductions.telephone import record_by_phone
from matchmaker.letters.models import Letter
from matchmaker.matching.models import Showing, ShownMatch
from matchmaker.profiles.models import Part, Representation
from matchmaker.profiles.passages import passages_of
from matchmaker.profiles.queries import get_profile
from matchmaker.sentences import Level
from tests.factories import NOW, desk, saved_profile, signed_in
from tests.matchmaker.introductions.worlds import NO, NOT_NOW, YES, World


def go(here: World, days: float = 0) -> None:
    here.pass_days(days)
    with here.database.transaction() as session:
        advance(session, office=here.office)


def kinds(here: World) -> list[tuple[int | None, str]]:
    with here.database.reading() as session:
        rows = session.exec(select(Letter).order_by(col(Letter.id))).all()
        return [(row.account_id, row.kind.removeprefix("introduction_")) for row in rows]


def phase(here: World, number: int) -> str:
    with here.database.reading() as session:
        return session.get_one(Introduction, number).phase


def procure(here: World, procurement: Procurement) -> None:
    with here.database.transaction() as session:
        session.get_one(Challenge, here.challenge_id).procurement = procurement


def say_yes(session: Session, here: World, number: int) -> None:
    answer(session, **here.who(here.firm, number), draft=YES)


def test_silence_ends_on_its_date_and_never_says_yes(here: World) -> None:
    number = here.proposed(here.city)
    go(here, 10)
    assert kinds(here) == [(here.firm.account_id, "proposed")]
    go(here, 1)
    assert kinds(here)[1:] == [(here.firm.account_id, "reminder")]
    go(here, 3)
    assert phase(here, number) == Phase.ENDED
    assert kinds(here)[2:] == [(here.city.account_id, "closed"), (here.firm.account_id, "expired")]
    go(here)
    go(here, 40)
    assert len(kinds(here)) == 4


def test_a_no_is_told_on_the_same_date_in_the_same_words(here: World) -> None:
    number = here.proposed(here.city)
    assert here.done(lambda s: answer(s, **here.who(here.firm, number), draft=NO)) == ""
    go(here, 12)
    assert phase(here, number) == Phase.WAITING
    go(here, 2)
    assert kinds(here)[1:] == [(here.city.account_id, "closed"), (here.firm.account_id, "closed")]


def test_not_now_may_become_a_yes_and_is_reminded(here: World) -> None:
    number = here.proposed(here.city)
    here.done(lambda s: answer(s, **here.who(here.firm, number), draft=NOT_NOW))
    go(here, 12)
    assert kinds(here)[1:] == [(here.firm.account_id, "reminder")]
    here.done(lambda s: say_yes(s, here, number))
    assert phase(here, number) == Phase.OPEN


def test_procurement_refuses_pauses_and_gives_the_time_back(here: World) -> None:
    number = here.proposed(here.city)
    go(here, 10)
    procure(here, Procurement.OPEN)
    go(here)
    assert here.done(lambda s: say_yes(s, here, number)) == "procurement_open"
    assert here.done(lambda s: here.propose(s, here.firm)) == "procurement_open"
    with here.database.reading() as session:
        view = view_introduction(session, acting=here.firm, introduction_id=number)
        assert (view.state, view.kept.row.expires_at) == (Seen.PAUSED, NOW + timedelta(days=14))
    go(here, 100)
    procure(here, Procurement.CLOSED)
    go(here)
    assert (phase(here, number), kinds(here)[1:]) == (Phase.WAITING, [])
    go(here, 3)
    assert here.done(lambda s: say_yes(s, here, number)) == ""
    assert phase(here, number) == Phase.OPEN


def test_public_bodies_may_meet_while_procurement_is_open(here: World) -> None:
    with here.database.transaction() as session:
        peer = saved_profile(session, acting=signed_in(session), kind="local_government", name="Otra ciudad")
    procure(here, Procurement.OPEN)
    assert here.done(lambda s: here.propose(s, here.city, profile_id=peer.id or 0)) == ""


def test_an_unknown_conflict_holds_and_the_side_not_asked_knows_nothing(here: World) -> None:
    here.conflicts.is_held = True
    number = here.proposed(here.city)
    with here.database.reading() as session:
        assert list_introductions(session, acting=here.firm, limit=9) == []
        assert view_introduction(session, acting=here.city, introduction_id=number).state is Seen.WAITING
        with pytest.raises(NotFoundError):
            view_introduction(session, acting=here.firm, introduction_id=number)
    assert here.done(lambda s: say_yes(s, here, number)) == "introduction_unknown"
    assert here.done(lambda s: here.propose(s, here.firm)) == "introduction_not_possible"
    assert kinds(here) == []
    here.conflicts.is_held = False
    go(here, 1)
    assert kinds(here) == [(here.firm.account_id, "proposed")]


def test_a_second_yes_waits_while_a_conflict_is_looked_at(here: World) -> None:
    number = here.proposed(here.city)
    here.conflicts.is_held = True
    assert here.done(lambda s: say_yes(s, here, number)) == ""
    assert phase(here, number) == Phase.HELD
    here.conflicts.is_held = False
    go(here)
    assert phase(here, number) == Phase.OPEN


def test_a_confirmed_conflict_is_refused_as_any_other_cause_nobody_is_told(here: World) -> None:
    here.conflicts.is_apart = True
    for who in (here.city, here.firm, here.rosa):
        assert here.done(partial(here.propose, acting=who)) == "introduction_not_possible"


def test_a_conflict_confirmed_later_looks_like_silence(here: World) -> None:
    number = here.proposed(here.city)
    here.conflicts.is_apart = True
    assert here.done(lambda s: say_yes(s, here, number)) == ""
    assert phase(here, number) == Phase.SEALED
    here.conflicts.is_apart = False
    go(here, 14)
    assert (phase(here, number), {kind for _, kind in kinds(here)[1:]}) == (Phase.ENDED, {"closed"})


def test_a_conflict_confirmed_after_the_opening_closes_the_contacts(here: World) -> None:
    number = here.proposed(here.city)
    here.done(lambda s: say_yes(s, here, number))
    here.conflicts.is_apart = True
    assert here.done(lambda s: read_contacts(s, **here.who(here.city, number))) == "contacts_not_open"


def test_references_closed_challenges_and_ones_own_profile_are_refused(here: World) -> None:
    assert here.done(lambda s: here.propose(s, here.city, profile_id=here.owner_id)) == "introduction_with_oneself"
    with here.database.transaction() as session:
        session.get_one(Challenge, here.challenge_id).status = Status.CLOSED
    assert here.done(lambda s: here.propose(s, here.city)) == "challenge_not_open"
    with here.database.transaction() as session:
        session.get_one(Challenge, here.challenge_id).is_reference = True
    assert here.done(lambda s: here.propose(s, here.city)) == "reference_not_contacted"


def test_one_account_does_not_sit_on_both_sides(here: World) -> None:
    with here.database.transaction() as session:
        session.add(Representation(account_id=here.city.account_id or 0, profile_id=here.profile_id))
    assert here.done(lambda s: here.propose(s, here.city)) == "introduction_with_oneself"


def test_an_editor_reads_but_does_not_speak(here: World) -> None:
    number = here.proposed(here.city)
    with here.database.transaction() as session:
        editor = signed_in(session, role=Role.SUPPLIER, name="Eva")
        session.add(Representation(account_id=editor.account_id or 0, profile_id=here.profile_id, part=Part.EDITOR))
    assert here.done(lambda s: view_introduction(s, acting=editor, introduction_id=number)) == ""
    assert here.done(lambda s: answer(s, **here.who(editor, number), draft=YES)) == "only_representatives"
    assert (editor.account_id, "proposed") not in kinds(here)


def test_whoever_asks_withdraws_at_once_and_rests(here: World) -> None:
    number = here.proposed(here.firm)
    assert here.done(lambda s: withdraw(s, **here.who(here.firm, number))) == ""
    assert kinds(here)[1:] == [(here.city.account_id, "closed"), (here.firm.account_id, "closed")]
    assert here.done(lambda s: here.propose(s, here.firm)) == "introduction_not_possible"
    go(here, 60)
    assert here.done(lambda s: here.propose(s, here.firm)) == ""


def test_questions_are_few_and_answered_by_the_other_side(here: World) -> None:
    number = here.proposed(here.city)
    for word in [*map(str, range(QUESTIONS_AT_MOST)), "0"]:  # the first once more, which is no other
        text = f"¿Cuándo {word}?"
        assert here.done(partial(ask, **here.who(here.firm, number), text=text)) == ""
    assert here.done(lambda s: ask(s, **here.who(here.firm, number), text="¿Y?")) == "questions_used_up"
    own = here.done(lambda s: reply(s, **here.who(here.firm, number), question_id=1, text="Yo"))
    assert own == "question_unknown"


def test_a_yes_by_telephone_is_told_sealed_in_the_log_and_never_over_ones_own_word(here: World) -> None:
    number = here.proposed(here.city)
    rosa = here.who(here.rosa, number)
    assert here.done(lambda s: record_by_phone(s, **rosa, side=Side.OWNER, draft=NO)) == "already_answered"
    assert here.done(lambda s: record_by_phone(s, **rosa, side=Side.PROFILE, draft=YES)) == ""
    assert kinds(here)[1:] == [(here.firm.account_id, "recorded_by_phone")]
    with here.database.reading() as session:
        entry = session.exec(select(AuditEntry)).one()
        assert (entry.act, entry.codes) == ("introduction_recorded_by_phone", {"side": "profile", "answer": "yes"})
    go(here, 14)
    assert phase(here, number) == Phase.ENDED


def test_what_the_secretariat_proposes_needs_two_yeses(here: World) -> None:
    number = here.proposed(here.rosa)
    assert {kind for _, kind in kinds(here)} == {"proposed"}
    here.done(lambda s: say_yes(s, here, number))
    with here.database.reading() as session:
        seen = view_introduction(session, acting=here.city, introduction_id=number)
        assert [said.side for said in seen.answers] == [Side.OWNER]
    assert phase(here, number) == Phase.WAITING


def test_an_outcome_counts_when_both_say_it_and_is_read_as_news(here: World) -> None:
    number = here.proposed(here.city)
    here.done(lambda s: say_yes(s, here, number))
    go(here, 95)
    for who in (here.city, here.firm):
        for days, outcome in ((30, Outcome.PILOT), (90, Outcome.LESSON if who is here.city else Outcome.NOTHING)):
            draft = OutcomeDraft(days=days, outcome=outcome)
            assert here.done(partial(report_outcome, **here.who(who, number), draft=draft)) == ""
    with here.database.reading() as session:
        news = confirmed_outcomes(session, limit=9)
        assert [(row.introduction_id, row.days, row.outcome) for row in news] == [(number, 30, "pilot")]
        assert confirmed_outcomes(session, after=news[0].id or 0, limit=9) == []
    unknown = OutcomeDraft(days=31, outcome=Outcome.PILOT)
    assert here.done(lambda s: report_outcome(s, **here.who(here.city, number), draft=unknown)) == "unknown_code"


def test_only_a_disagreement_is_settled_and_only_by_the_secretariat(here: World) -> None:
    number = here.proposed(here.city)
    with here.database.transaction() as session, pytest.raises(NotAllowedError):
        settle_meeting(session, **here.who(here.city, number), has_met=True)
    with here.database.transaction() as session, pytest.raises(ConflictError):
        settle_meeting(session, **here.who(here.rosa, number), has_met=True)


def test_the_reasons_of_the_match_are_digests_quoted_anew_and_alike_for_both(here: World) -> None:
    with here.database.transaction() as session:
        full = get_profile(session, acting=here.rosa, profile_id=here.profile_id)
        sentence = next(
            each for each in passages_of(full.profile, full.offers, full.experience) if each.level is Level.SENTENCE
        )
        showing = Showing(
            challenge_id=here.challenge_id, challenge_version=1, model="m", generation=1, correction="c", ranking="r",
            shown_at=NOW,
        )  # fmt: skip
        session.add(showing)
        session.flush()
        session.add(
            ShownMatch(
                showing_id=showing.id or 0, profile_id=here.profile_id, profile_version=1, place=1, points=70,
                quoted=[sentence.digest, None],
            )
        )  # fmt: skip
    number = here.proposed(here.city)
    with here.database.transaction() as session:
        proposed = session.get_one(Introduction, number).needs
        assert proposed
        draft = NeedsDraft(needs=["Otra cosa muy distinta", *proposed])
        edit_needs(session, desk=desk(), acting=here.city, challenge_id=here.challenge_id, draft=draft)
    with here.database.reading() as session:
        views = [view_introduction(session, acting=who, introduction_id=number) for who in (here.city, here.firm)]
    assert views[0].evidence == views[1].evidence
    assert [(each.digest, each.text) for each in views[0].evidence] == [
        (sentence.digest, sentence.text),
        (None, None),
    ]
    assert [each.asked for each in views[0].evidence] == [*proposed, None][:2]
    with here.database.reading() as session:
        kept = [
            str(row.model_dump()) for table in (Introduction, IntroductionSide) for row in session.exec(select(table))
        ]
    assert sentence.text not in "".join(kept)


def test_a_list_of_other_words_of_the_challenge_gives_no_reasons(here: World) -> None:
    with here.database.transaction() as session:
        showing = Showing(
            challenge_id=here.challenge_id, challenge_version=99, model="m", generation=1, correction="c", ranking="r",
            shown_at=NOW,
        )  # fmt: skip
        session.add(showing)
        session.flush()
        session.add(
            ShownMatch(
                showing_id=showing.id or 0, profile_id=here.profile_id, profile_version=1, place=1, points=70,
                quoted=["d"],
            )
        )  # fmt: skip
    number = here.proposed(here.city)
    with here.database.reading() as session:
        row = session.get_one(Introduction, number)
        assert (row.showing_id, row.quoted, row.needs) == (showing.id, [], [])
