"""Who may be brought together, and who never."""

from dataclasses import replace
from itertools import permutations

import pytest

from matchmaker.events.candidates import Candidate, candidates_of, fit_of
from matchmaker.events.ground import Consented, Gathering, Ground, Seat
from matchmaker.events.instances import floor_of, instance_of
from matchmaker.events.models import Degree, Event, Group, Participant, Ruling, RulingKind, Source
from matchmaker.events.rules import policy_of
from tests.factories import NOW
from tests.matchmaker.events.gatherings import event_draft


def seat(number: int, *, kind: str = "company", **known: object) -> Seat:
    who = Participant(id=number, event_id=1, profile_id=100 + number, created_at=NOW)
    return replace(Seat(who, kind, is_supplying=kind != "local_government"), **known)  # type: ignore[arg-type]


CITY, FIRM, OTHER = seat(1, kind="local_government"), seat(2), seat(3)
YES = Ground(
    seats=(CITY, FIRM, OTHER), wishes={(1, 2): Degree.MUST, (2, 1): Degree.WOULD_LIKE},
    consented=(Consented(7, frozenset({1, 3}), 80, is_procuring=False),),
)  # fmt: skip


def found(ground: Ground, *, includes_suggestions: bool = False) -> dict[str, Candidate]:
    return {one.key: one for one in candidates_of(ground, includes_suggestions=includes_suggestions)}


def event() -> Event:
    plain = event_draft().model_dump(mode="json", exclude={"opens_at", "closes_at"})
    return Event(id=1, **plain, opens_at=NOW, closes_at=NOW, created_at=NOW)


def test_two_yeses_are_agreed_and_one_awaits_the_other() -> None:
    known = found(replace(YES, wishes={**YES.wishes, (3, 2): Degree.WOULD_LIKE}))
    assert {key: (one.source, one.is_agreed) for key, one in known.items()} == {
        "p1-p2": (Source.WISH, True),
        "p1-p3": (Source.INTRODUCTION, True),
        "p2-p3": (Source.WISH, False),
    }
    assert known["p1-p3"].introduction_id == 7


def test_what_the_matcher_finds_is_a_candidate_only_if_the_secretariat_says_so() -> None:
    ground = replace(YES, suggested={frozenset({2, 3}): 70})
    assert "p2-p3" not in found(ground)
    known = found(ground, includes_suggestions=True)["p2-p3"]
    assert (known.source, known.is_agreed, known.fit) == (Source.SUGGESTION, False, fit_of(70, 0.1))


@pytest.mark.parametrize(
    "ground",
    [
        replace(YES, apart=frozenset({frozenset({1, 2})})),
        replace(YES, wishes={(1, 2): Degree.MUST, (2, 1): Degree.NO}),
        replace(YES, wishes={(1, 2): Degree.NO, (2, 1): Degree.MUST}),
        replace(YES, seats=(CITY, OTHER)),
        replace(YES, seats=(replace(CITY, is_procuring=True), FIRM, OTHER)),
        replace(YES, rulings=(Ruling(event_id=1, key="p1-p2", kind=RulingKind.FORBID),)),
    ],
    ids=["conflict", "a no", "the other's no", "not shown", "purchase", "ruled out"],
)
def test_some_are_never_brought_together_whatever_else_is_said(ground: Ground) -> None:
    added = replace(ground, rulings=(*ground.rulings, Ruling(event_id=1, key="x", kind=RulingKind.ADD, members=[1, 2])))
    assert "p1-p2" not in found(replace(added, suggested={frozenset({1, 2}): 99}), includes_suggestions=True)


def test_an_introduction_on_a_challenge_that_is_being_bought_is_no_ground() -> None:
    assert "p1-p3" not in found(replace(YES, consented=(replace(YES.consented[0], is_procuring=True),)))


def test_a_group_is_whole_or_not_at_all_and_agreed_once_everyone_comes() -> None:
    group = Group(id=4, event_id=1, topic="Agua", fit=1.5, created_at=NOW)
    told = replace(YES, groups=(Gathering(group, {1: True, 2: True, 3: None}),))
    assert found(told)["g4"].is_agreed is False
    assert found(replace(YES, groups=(Gathering(group, {1: True, 2: True, 3: True}),)))["g4"].is_agreed
    assert "g4" not in found(replace(YES, groups=(Gathering(group, {1: True, 2: False, 3: True}),)))
    assert "g4" not in found(replace(told, apart=frozenset({frozenset({2, 3})})))


def test_the_same_rows_in_any_order_make_the_same_instance() -> None:
    made = {
        instance_of(event(), replace(YES, seats=seats), candidates_of(YES, includes_suggestions=False))
        for seats in permutations(YES.seats)
    }
    assert len(made) == 1


def test_money_of_a_sponsor_changes_no_fit_no_floor_and_no_agenda() -> None:
    labelled = tuple(
        replace(each, who=each.who.model_copy(update={"sponsor": "Oro"}) if each.id == 2 else each.who)
        for each in YES.seats
    )
    plain, sponsored = (
        instance_of(event(), ground, candidates_of(ground, includes_suggestions=True))
        for ground in (YES, replace(YES, seats=labelled))
    )
    assert labelled[1].who.sponsor
    assert plain == sponsored


@pytest.mark.parametrize(
    ("one", "floor"),
    [
        (seat(1, kind="local_government", population=900_000), 5),
        (seat(1, kind="local_government", population=20_000), 7),
        (seat(1, kind="entrepreneur"), 2),
        (seat(1), 0),
    ],
)
def test_floors_are_higher_where_the_policy_says_so(one: Seat, floor: int) -> None:
    told = event()
    told.policy |= {"city_floor": 5, "small_city_floor": 7, "small_supplier_floor": 2}
    assert floor_of(one, policy_of(told)) == floor
    own = replace(one, who=one.who.model_copy(update={"least_meetings": 3}))
    assert floor_of(own, policy_of(told)) == 3
