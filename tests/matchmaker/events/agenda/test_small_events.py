"""Small random events against an exact solver that shares nothing with ours: every rule, the optimum, the bound."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchmaker.events.agenda.instance import Instance, Meeting, Mode, Participant, Policy, Table
from matchmaker.events.agenda.pins import InfeasibleError
from matchmaker.events.agenda.reoptimising import reoptimise
from matchmaker.events.agenda.solving import solve
from matchmaker.events.agenda.verify import verify
from tests.exact_agenda import best_objective

SLOTS = ("a1", "a2", "a3", "b1", "b2")
DAYS = (SLOTS[:3], SLOTS[3:])
ZONES = st.sampled_from([None, None, None, "north", "south"])
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def events(draw: st.DrawFn, *, fits: st.SearchStrategy[float] | None = None, pins: bool = False) -> Instance:
    """An event of up to seven people and fourteen meetings, with every kind of rule."""
    names = [f"p{number}" for number in range(draw(st.integers(2, 7)))]
    slots = st.lists(st.sampled_from(SLOTS), unique=True, min_size=1)
    participants = tuple(
        Participant(
            name, tuple(draw(st.lists(st.sampled_from(SLOTS), unique=True, min_size=2))), draw(st.integers(0, 5)),
            draw(st.integers(0, 3)), draw(st.sampled_from([None, None, 1, 2])),
            tuple(tuple(one) for one in draw(st.lists(slots, max_size=1))), draw(ZONES),
        )
        for name in names
    )  # fmt: skip
    tables = tuple(Table(f"t{number}", draw(ZONES)) for number in range(draw(st.integers(1, 3))))
    groups = st.lists(st.sampled_from(names), min_size=2, max_size=min(5, len(names)), unique=True)
    worth = fits if fits is not None else st.integers(0, 1_000).map(lambda share: share / 1_000)
    meetings = tuple(
        Meeting(f"m{number}", tuple(members), draw(worth), pins and number == 0)
        for number, members in enumerate(draw(st.lists(groups, min_size=1, max_size=14)))
    )
    pairs = st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True).map(lambda pair: (pair[0], pair[1]))
    return Instance(DAYS, tables, participants, meetings, tuple(draw(st.lists(pairs, max_size=2))))


@QUICK
@given(events())
def test_a_small_event_is_solved_to_the_optimum_under_a_true_bound(event: Instance) -> None:
    made = solve(event)
    best = best_objective(event)
    assert best is not None
    assert verify(event, made) == []
    assert made.bound >= best - 1e-6
    quality = 1 - (best - made.objective) / max(1.0, made.attainable)
    assert quality >= 0.99


@QUICK
@given(events(fits=st.sampled_from([0.0])) | events(fits=st.sampled_from([0.5])))
def test_rules_hold_when_all_fits_are_zero_or_equal(event: Instance) -> None:
    assert verify(event, solve(event)) == []


@QUICK
@given(events(pins=True))
def test_a_pinned_meeting_is_placed_or_the_error_says_that_it_cannot_be(event: Instance) -> None:
    if best_objective(event) is None:
        with pytest.raises(InfeasibleError):
            solve(event)
    else:
        assert verify(event, solve(event)) == []


@QUICK
@given(events(), st.sampled_from(list(Mode)), st.sets(st.integers(0, 13)))
def test_reoptimising_keeps_every_rule_and_frozen_moves_nothing(
    event: Instance, mode: Mode, cancelled: set[int]
) -> None:
    published = solve(event)
    left = tuple(meeting for number, meeting in enumerate(event.meetings) if number not in cancelled)
    changed = replace(event, meetings=left)
    made = reoptimise(changed, published, mode)
    assert verify(changed, made) == []
    assert made.diff is not None
    held = {placed.id for placed in published.placed} & {meeting.id for meeting in left}
    assert sorted([*made.diff.kept, *made.diff.moved, *made.diff.dropped]) == sorted(held)
    if mode is Mode.FROZEN:
        assert (made.diff.moved, made.diff.dropped) == ((), ())


@QUICK
@given(events(), st.integers(0, 2**31))
def test_the_same_seed_gives_the_same_agenda(event: Instance, seed: int) -> None:
    assert solve(event, Policy(seed=seed)) == solve(event, Policy(seed=seed))


@pytest.mark.parametrize("fit", [0.0, 0.7])
def test_so_it_does_where_all_meetings_are_equal(fit: float) -> None:
    people = tuple(Participant(f"p{number}", SLOTS, 4) for number in range(6))
    meetings = tuple(
        Meeting(f"m{one}{other}", (f"p{one}", f"p{other}"), fit) for one in range(6) for other in range(one)
    )
    event = Instance(DAYS, (Table("t"), Table("u")), people, meetings)
    assert solve(event, Policy(seed=3)) == solve(event, Policy(seed=3))
