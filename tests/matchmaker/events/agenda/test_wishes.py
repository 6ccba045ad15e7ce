"""Wishes that no agenda can grant: each is named with what would help, and what helps does."""

from dataclasses import replace

from matchmaker.events.agenda.instance import Instance, Meeting, Participant, Table
from matchmaker.events.agenda.solving import solve
from matchmaker.events.agenda.wishes import Hindrance, UnmetWish, check_wishes

SLOTS = ("s1", "s2", "s3")
EVENT = Instance(
    (SLOTS,),
    (Table("t1"), Table("t2", "quiet")),
    tuple(Participant(name, SLOTS, 2) for name in ("a", "b", "c", "d")),
    (Meeting("ab", ("a", "b"), 0.5), Meeting("ac", ("a", "c"), 0.5), Meeting("ad", ("a", "d"), 0.5)),
)


def changed(event: Instance, name: str, **changes: object) -> Instance:
    people = tuple(replace(who, **changes) if who.id == name else who for who in event.participants)  # type: ignore[arg-type]
    return replace(event, participants=people)


def test_wishes_that_can_be_granted_are_not_told() -> None:
    assert check_wishes(EVENT, {"a": ["ab", "ac"], "b": ["ab"], "d": []}) == []


def test_those_who_never_meet_are_told_who_would_have_to_come_and_when() -> None:
    apart = changed(changed(EVENT, "a", available=("s1",)), "b", available=("s3",))
    [unmet] = check_wishes(apart, {"a": ["ab"], "b": ["ab"]})
    assert unmet == UnmetWish("a", Hindrance.NO_COMMON_SLOT, "ab", "s1", ("b",))
    helped = changed(apart, "b", available=("s3", unmet.slot))
    assert check_wishes(helped, {"b": ["ab"]}) == []
    assert "ab" in {placed.id for placed in solve(helped).placed}


def test_a_slot_that_is_closed_helps_nobody() -> None:
    apart = changed(changed(EVENT, "a", available=("s1",)), "b", available=("s3",))
    [unmet] = check_wishes(apart, {"b": ["ab"]}, closed={"s1"})
    assert (unmet.slot, unmet.away) == ("s3", ("a",))
    [unmet] = check_wishes(apart, {"b": ["ab"]}, closed=SLOTS)
    assert (unmet.slot, unmet.away) == (None, ())


def test_zones_that_differ_and_a_zone_without_a_table_are_told_apart() -> None:
    differing = changed(changed(EVENT, "a", zone="quiet"), "b", zone="loud")
    [unmet] = check_wishes(differing, {"a": ["ab"]})
    assert (unmet.hindrance, unmet.away) == (Hindrance.ZONES_DIFFER, ("a", "b"))
    [unmet] = check_wishes(changed(EVENT, "b", zone="loud"), {"a": ["ab"]})
    assert unmet.hindrance is Hindrance.ZONE_WITHOUT_TABLE


def test_more_wishes_than_meetings_are_told_with_how_many() -> None:
    wishes = {"a": ["ab", "ac", "ad"]}
    assert check_wishes(EVENT, wishes) == [UnmetWish("a", Hindrance.CAP, lacking=1)]
    short = changed(changed(EVENT, "a", max_meetings=9), "a", available=("s1",))
    assert check_wishes(short, wishes) == [UnmetWish("a", Hindrance.TIME, lacking=2)]


def test_a_wish_for_whom_one_may_never_meet_is_not_told() -> None:
    assert check_wishes(replace(EVENT, forbidden=(("a", "b"),)), {"a": ["ab"]}) == []
