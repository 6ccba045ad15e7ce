"""The one state machine, without a database."""

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.errors import ConflictError
from matchmaker.introductions.models import Phase, Proposer, Side, Word
from matchmaker.introductions.rules import (
    LIVE,
    TABLE,
    WHILE_PAUSED,
    Act,
    Circumstances,
    Meeting,
    Standing,
    acts_due,
    first_standing,
    may_undo,
    meeting_of,
    milestones_reached,
    step,
)
from tests.factories import NOW

QUIET = Circumstances(is_procurement_open=False, is_possible=True, is_held=False, is_over=False)
standings = st.builds(
    Standing,
    phase=st.sampled_from(Phase),
    is_paused=st.booleans(),
    proposed_by=st.sampled_from(Proposer),
    words=st.fixed_dictionaries({side: st.sampled_from(Word) for side in Side}),
)
deeds = st.fixed_dictionaries(
    {
        "act": st.sampled_from(Act),
        "side": st.none() | st.sampled_from(Side),
        "word": st.none() | st.sampled_from(Word),
        "ends": st.booleans(),
    }
)


def stepped(standing: Standing, deed: dict[str, object]) -> Standing | None:
    try:
        return step(standing, **deed)  # type: ignore[arg-type]
    except ConflictError:
        return None


@given(standing=standings, deed=deeds)
def test_no_act_leads_out_of_the_table(standing: Standing, deed: dict[str, object]) -> None:
    after = stepped(standing, deed)
    if after is not None:
        assert after.phase in TABLE[standing.phase][Act(str(deed["act"]))]


@given(standing=standings, deed=deeds)
def test_contacts_open_on_two_own_yeses_and_on_nothing_else(standing: Standing, deed: dict[str, object]) -> None:
    after = stepped(standing, deed)
    if after is not None and after.phase is Phase.OPEN and standing.phase is not Phase.OPEN:
        assert set(after.words.values()) == {Word.YES}
        assert deed["act"] in {Act.ANSWER, Act.RELEASE}
        assert not standing.is_paused


@given(standing=standings, deed=deeds)
def test_an_act_says_nothing_for_the_other_side(standing: Standing, deed: dict[str, object]) -> None:
    after = stepped(standing, deed)
    if after is not None:
        changed = {side for side in Side if after.words[side] is not standing.words[side]}
        assert changed <= {deed["side"]}


@given(standing=standings, deed=deeds, phases=st.lists(st.sampled_from(LIVE), min_size=2, max_size=2))
def test_what_a_side_may_do_does_not_tell_held_waiting_and_sealed_apart(
    standing: Standing, deed: dict[str, object], phases: list[Phase]
) -> None:
    people = {Act.ANSWER, Act.EDIT, Act.WITHDRAW, Act.ASK, Act.REPLY, Act.RECORD, Act.UNDO}
    if deed["act"] in people:
        found = [
            stepped(Standing(phase, standing.is_paused, standing.proposed_by, standing.words), deed) is None
            for phase in phases
        ]
        assert found[0] == found[1]


def test_open_is_left_only_for_closed_and_nothing_leaves_the_ends() -> None:
    assert (TABLE[Phase.ENDED], TABLE[Phase.CLOSED]) == ({}, {})
    assert {phase for after in TABLE[Phase.OPEN].values() for phase in after} == {Phase.OPEN, Phase.CLOSED}
    assert all(Phase.CLOSED not in after for phase in LIVE for after in TABLE[phase].values())


@pytest.mark.parametrize("proposed_by", Proposer)
def test_whoever_proposes_has_said_yes_and_nobody_else(proposed_by: Proposer) -> None:
    words = first_standing(proposed_by).words
    assert {side.value for side in Side if words[side] is Word.YES} == {proposed_by.value} - {"secretariat"}


def test_only_what_takes_back_is_possible_while_procurement_is_open() -> None:
    paused = Standing(Phase.WAITING, is_paused=True, proposed_by=Proposer.OWNER, words=dict.fromkeys(Side, Word.YES))
    possible = {act for act in TABLE[Phase.WAITING] if stepped(paused, {"act": act}) is not None}
    assert possible == {*WHILE_PAUSED}


@pytest.mark.parametrize(
    ("phase", "is_paused", "outside", "acts"),
    [
        (Phase.WAITING, False, {}, ()),
        (Phase.HELD, False, {}, (Act.RELEASE,)),
        (Phase.WAITING, False, {"is_held": True}, (Act.HOLD,)),
        (Phase.HELD, False, {"is_held": True}, ()),
        (Phase.HELD, False, {"is_possible": False, "is_held": True}, (Act.SEAL,)),
        (Phase.SEALED, False, {"is_possible": False}, ()),
        (Phase.SEALED, False, {"is_over": True}, (Act.EXPIRE,)),
        (Phase.WAITING, False, {"is_procurement_open": True, "is_over": True}, (Act.PAUSE,)),
        (Phase.WAITING, True, {"is_procurement_open": True, "is_over": True}, ()),
        (Phase.WAITING, True, {"is_over": True, "is_possible": False}, (Act.RESUME,)),
        (Phase.OPEN, False, {"is_over": True, "is_held": True}, ()),
        (Phase.OPEN, False, {"is_over": True, "is_possible": False}, (Act.SEAL,)),
        (Phase.OPEN, False, {"is_procurement_open": True, "is_possible": False}, (Act.PAUSE,)),
        (Phase.OPEN, True, {}, (Act.RESUME,)),
        (Phase.CLOSED, False, {"is_procurement_open": True, "is_possible": False}, ()),
        (Phase.ENDED, False, {"is_over": True}, ()),
    ],
)
def test_circumstances_act_one_after_the_other(
    phase: Phase, *, is_paused: bool, outside: dict[str, bool], acts: tuple[Act, ...]
) -> None:
    standing = Standing(phase, is_paused, Proposer.OWNER, dict.fromkeys(Side, Word.SILENT))
    assert acts_due(standing, Circumstances(**(vars(QUIET) | outside))) == acts


def test_circumstances_come_to_rest_from_everywhere() -> None:
    flags = ("is_procurement_open", "is_possible", "is_held", "is_over")
    for phase, is_paused, values in product(Phase, (True, False), product((True, False), repeat=len(flags))):
        outside = Circumstances(**dict(zip(flags, values, strict=True)))
        standing = Standing(phase, is_paused, Proposer.OWNER, dict.fromkeys(Side, Word.YES))
        for _ in Act:
            for act in acts_due(standing, outside):
                standing = step(standing, act)
        assert acts_due(standing, outside) == ()


def test_a_meeting_counts_when_both_say_the_same() -> None:
    said = {
        (owner, profile, settled): meeting_of(owner=owner, profile=profile, settled=settled)
        for owner, profile, settled in product((None, True, False), (None, True, False), (None, True, False))
    }
    assert {meeting for key, meeting in said.items() if None in key[:2]} == {Meeting.NOT_KNOWN}
    assert {meeting for key, meeting in said.items() if key[:2] == (True, True)} == {Meeting.MET}
    assert {meeting for key, meeting in said.items() if key[:2] == (False, False)} == {Meeting.NOT_MET}
    assert [said[True, False, settled] for settled in (None, True, False)] == ["disputed", "met", "not_met"]


def test_days_are_counted_from_the_opening() -> None:
    days = [0, 29, 30, 89, 90, 179, 180, 999]
    assert [len(milestones_reached(NOW, NOW + timedelta(days=day))) for day in days] == [0, 0, 1, 1, 2, 2, 3, 3]


def test_a_recorded_answer_can_be_undone_for_some_days() -> None:
    found = [may_undo(recorded_at=NOW, now=NOW + timedelta(days=day), days=7) for day in (0, 6.9, 7)]
    assert found == [True, True, False]
    assert not may_undo(recorded_at=None, now=NOW, days=7)
