"""Pins that cannot be: each error names who stands in the way."""

from dataclasses import replace

import pytest

from matchmaker.events.agenda.board import Board
from matchmaker.events.agenda.floors import Obstacle, check_floors
from matchmaker.events.agenda.instance import Instance, Meeting, Participant, Table
from matchmaker.events.agenda.model import compile_instance
from matchmaker.events.agenda.pins import InfeasibleError
from matchmaker.events.agenda.solving import solve

EVENT = Instance(
    (("s1", "s2"),),
    (Table("t1"),),
    tuple(Participant(name, ("s1", "s2"), 2) for name in ("a", "b", "c", "d")),
    (Meeting("ab", ("a", "b"), 0.5, pinned=True), Meeting("ac", ("a", "c"), 0.5, pinned=True)),
)


def _with(event: Instance, name: str, **changes: object) -> Instance:
    people = tuple(replace(who, **changes) if who.id == name else who for who in event.participants)  # type: ignore[arg-type]
    return replace(event, participants=people)


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (replace(EVENT, forbidden=(("b", "a"),)), "pin_forbidden"),
        (_with(EVENT, "a", max_meetings=1), "pin_cap"),
        (_with(EVENT, "a", max_in_row=1), "pin_time"),
        (_with(_with(EVENT, "a", available=("s1",)), "b", available=("s2",)), "pin_no_slot"),
        (_with(EVENT, "a", zone="quiet"), "pin_no_table"),
        (_with(_with(EVENT, "a", zone="quiet"), "b", zone="loud"), "pin_zones"),
        (_with(_with(EVENT, "b", available=("s1",)), "c", available=("s1",)), "pin_clash"),
        (replace(EVENT, tables=()), "pin_no_table"),
    ],
)
def test_the_culprit_is_named(event: Instance, code: str) -> None:
    with pytest.raises(InfeasibleError) as raised:
        solve(event)
    assert raised.value.code == code


def test_two_pins_are_placed_where_they_can_be() -> None:
    assert {placed.id for placed in solve(EVENT).placed} == {"ab", "ac"}


def test_whoever_cannot_reach_a_floor_is_known_before() -> None:
    event = _with(_with(EVENT, "a", min_meetings=3, max_meetings=5), "d", min_meetings=1)
    found = {low.participant: (low.obstacle, low.reachable, low.lacking) for low in check_floors(event)}
    assert found == {"a": (Obstacle.CANDIDATES, 2, 1), "d": (Obstacle.CANDIDATES, 0, 1)}


def test_undoing_brings_a_board_back_to_what_it_was() -> None:
    model = compile_instance(EVENT)
    board = Board(model, [0, -1])
    before = (board.busy[:], board.count[:], [row[:] for row in board.at], board.full, board.slot_of[:])
    board.take(0)
    board.put(1, 0)
    board.put(0, 1)
    board.undo(0)
    assert (board.busy, board.count, board.at, board.full, board.slot_of) == before
