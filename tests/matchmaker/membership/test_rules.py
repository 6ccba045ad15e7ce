from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.errors import ConflictError
from matchmaker.membership.models import Application, Committee, Decision
from matchmaker.membership.rules import (
    APPLICATION_MOVES,
    OPEN_STATES,
    STANDING_MOVES,
    Admission,
    ApplicationAct,
    StandingAct,
    check_appeal,
    claimed_visibility,
    first_visibility,
    is_overdue,
    months_after,
    next_state,
    next_status,
    visibility_of,
)
from matchmaker.membership.states import ApplicationState, CommitteeKind, Outcome, Status
from matchmaker.profiles.models import Visibility
from tests.factories import NOW
from tests.matchmaker.membership.scenes import charter


def application(state: ApplicationState = ApplicationState.DRAFT) -> Application:
    return Application(id=1, profile_id=1, state=state, created_at=NOW, changed_at=NOW)


@pytest.mark.parametrize(("state", "act"), list(product(ApplicationState, ApplicationAct)))
def test_an_application_moves_by_the_table_alone(state: ApplicationState, act: ApplicationAct) -> None:
    if (state, act) in APPLICATION_MOVES:
        assert next_state(application(state), act) is APPLICATION_MOVES[state, act]
    else:
        with pytest.raises(ConflictError) as refused:
            next_state(application(state), act)
        assert refused.value.code == "application_state"


@given(st.lists(st.sampled_from(ApplicationAct), max_size=30))
def test_no_order_of_acts_decides_what_was_not_submitted_or_appeals_twice(acts: list[ApplicationAct]) -> None:
    row, done = application(), [ApplicationState.DRAFT]
    made: list[ApplicationAct] = []
    for act in acts:
        if (ApplicationState(row.state), act) in APPLICATION_MOVES:
            row.state = next_state(row, act)
            made.append(act)
            done.append(row.state)
    verdicts = [act for act in made if act in {ApplicationAct.ADMIT, ApplicationAct.REFUSE}]
    assert made.count(ApplicationAct.APPEAL) <= 1
    assert len(verdicts) <= 1 + made.count(ApplicationAct.APPEAL)
    assert verdicts.count(ApplicationAct.ADMIT) <= 1
    assert not verdicts or made[0] is ApplicationAct.SUBMIT
    assert len(set(done)) == len(done)


def test_who_is_done_goes_nowhere() -> None:
    ends = set(ApplicationState) - OPEN_STATES - {ApplicationState.REFUSED}
    assert {state for state, _act in APPLICATION_MOVES} & ends == set()
    assert ends == {ApplicationState.ADMITTED, ApplicationState.REFUSED_FINALLY, ApplicationState.WITHDRAWN}


@given(st.lists(st.sampled_from(StandingAct), max_size=30))
def test_after_any_order_of_acts_an_agent_is_shown_only_while_it_is_admitted_and_not_held_back(
    acts: list[StandingAct],
) -> None:
    status: Status | None = None
    is_shown = False
    for act in acts:
        if (status, act) not in STANDING_MOVES:
            with pytest.raises(ConflictError):
                next_status(status, act, profile_id=1)
            continue
        status = next_status(status, act, profile_id=1)
        is_shown = act in {StandingAct.ADMIT, StandingAct.REINSTATE}
        assert (visibility_of(status) is Visibility.VISIBLE) == is_shown


def test_an_appeal_has_a_deadline() -> None:
    policy = charter().policy
    decision = Decision(
        application_id=1, round="first", outcome=Outcome.REFUSED, body="secretariat", reason="", decided_at=NOW
    )
    last = NOW + timedelta(days=policy.appeal_days)
    check_appeal(decision, policy, last)
    with pytest.raises(ConflictError) as refused:
        check_appeal(decision, policy, last + timedelta(seconds=1))
    assert (refused.value.code, refused.value.values) == ("appeal_too_late", {"deadline": last.date().isoformat()})


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2027, 1, 11), 6, date(2027, 7, 11)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 12, 1), 1, date(2028, 1, 1)),
        (date(2027, 12, 31), 12, date(2028, 12, 31)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_one(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


def test_a_founding_committee_is_overdue_from_the_day_after_its_deadline() -> None:
    row = Committee(
        kind=CommitteeKind.FOUNDING, constituted_on=date(2027, 1, 11), first_assembly_by=date(2027, 7, 11),
        created_at=NOW,
    )  # fmt: skip
    days = (date(2027, 7, 11), date(2027, 7, 12))
    assert [is_overdue(row, day) for day in days] == [False, True]
    row.ended_on = date(2027, 8, 1)
    assert not is_overdue(row, date(2027, 9, 1))


def test_a_policy_says_how_new_and_claimed_profiles_are_seen() -> None:
    seen = [first_visibility(policy, is_secretariat=power) for policy in Admission for power in (False, True)]
    assert seen == [Visibility.VISIBLE, Visibility.VISIBLE, Visibility.HIDDEN, Visibility.VISIBLE]
    assert [claimed_visibility(policy) for policy in Admission] == [Visibility.VISIBLE, Visibility.HIDDEN]
