"""Members whom a confirmed conflict keeps apart do not mentor each other, and are told nothing of it."""

from matchmaker.accounts.models import OPERATOR
from matchmaker.integrity.actions import decide_conflict
from matchmaker.integrity.grounds import add_ground
from matchmaker.integrity.models import Decision, Nature
from matchmaker.mentoring.models import Answer
from matchmaker.mentoring.rules import State, state_of
from tests.factories import NOW
from tests.matchmaker.mentoring.conftest import Pair, refused


def decide(pair: Pair, decision: Decision) -> None:
    ground, _ = add_ground(
        pair.session, profile_id=pair.mentor_profile.id or 0, other_id=pair.mentee_profile.id or 0,
        code=Nature.FAMILY, declared_by_id=None, now=NOW,
    )  # fmt: skip
    decide_conflict(
        pair.session, acting=OPERATOR, conflict_id=ground.conflict_id, decision=decision, reason="-", now=NOW
    )


def test_nobody_asks_a_mentor_from_whom_a_conflict_keeps_it_apart(pair: Pair) -> None:
    decide(pair, Decision.CONFIRMED)
    assert refused(pair.propose) == "mentor_unknown"
    assert refused(lambda: pair.propose(pair.mentor)) == "mentor_unknown"
    assert pair.letters() == []


def test_a_conflict_confirmed_after_asking_leaves_room_for_a_no_alone(pair: Pair) -> None:
    asked = pair.propose()
    decide(pair, Decision.CONFIRMED)
    assert refused(lambda: pair.answer(pair.mentor, asked)) == "mentor_unknown"
    assert state_of(asked, now=NOW) is State.OPEN
    pair.answer(pair.mentor, asked, Answer.NO)
    assert state_of(asked, now=NOW) is State.DECLINED


def test_a_dismissed_conflict_keeps_nobody_apart(pair: Pair) -> None:
    decide(pair, Decision.DISMISSED)
    assert state_of(pair.agreed(), now=NOW) is State.AGREED
