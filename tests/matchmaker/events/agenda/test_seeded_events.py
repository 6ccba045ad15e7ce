"""The seeded events: quality, speed of the first draft, stopping, what a published agenda keeps, the figures told."""

import json
from dataclasses import replace

import pytest

from matchmaker.events.agenda.instance import Mode, Policy, Schedule, Step
from matchmaker.events.agenda.reading import plain_instance, plain_schedule, read_instance, read_schedule
from matchmaker.events.agenda.reoptimising import reoptimise
from matchmaker.events.agenda.solving import solve
from matchmaker.events.agenda.verify import verify
from tests.agenda_instances import cancelled, event

ASKED_AFTERWARDS = 10  # times that a search asks whether to stop once it has been told to


@pytest.mark.parametrize(("size", "tight", "quality"), [("S", False, 0.995), ("S", True, 0.98), ("M", False, 0.995)])
def test_quality_is_proven_and_every_rule_kept(size: str, tight: bool, quality: float) -> None:  # noqa: FBT001
    instance = event(size, tight=tight)
    made = solve(instance)
    assert verify(instance, made) == []
    assert made.quality >= quality
    assert made.shortfalls == ()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("size", "tight", "quality"),
    [("S", False, 0.995), ("S", True, 0.98), ("M", False, 0.995), ("M", True, 0.98), ("L", False, 0.999),
     ("L", True, 0.98), ("XL", False, 0.999), ("XL", True, 0.98)],
)  # fmt: skip
def test_quality_of_all_sizes_and_seeds(size: str, tight: bool, quality: float, seed: int) -> None:  # noqa: FBT001
    instance = event(size, seed, tight=tight)
    made = solve(instance)
    assert verify(instance, made) == []
    assert made.quality >= quality


@pytest.mark.parametrize(("size", "tight"), [("S", True), ("L", False)])
def test_the_same_seed_gives_the_same_agenda_of_a_large_event(size: str, tight: bool) -> None:  # noqa: FBT001
    instance = event(size, tight=tight)
    assert solve(instance, Policy(seed=7)) == solve(event(size, tight=tight), Policy(seed=7))


def test_stopping_a_search_keeps_the_first_draft_of_a_large_event() -> None:
    instance = event("L")
    heard: list[Step] = []
    made = solve(instance, stop=lambda: bool(heard), progress=heard.append)
    first = heard[0]
    assert first.draft is not None
    assert verify(instance, first.draft) == []
    assert made.fit == first.draft.fit
    assert verify(instance, made) == []


def test_stopping_does_not_wait_for_a_solver() -> None:
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(len(asked) >= 2)
        return asked[-1]

    instance = event("L")
    made = solve(instance, stop=stop)
    assert asked.count(True) <= ASKED_AFTERWARDS
    assert verify(instance, made) == []


AFTERWARDS = [(Mode.FROZEN, 0.0, 0.97), (Mode.LOCKED, 0.005, 0.98), (Mode.BONUS, 0.05, 0.995)]


@pytest.mark.parametrize(("mode", "moved", "quality"), AFTERWARDS)
def test_a_published_agenda_stays_after_cancellations(mode: Mode, moved: float, quality: float) -> None:
    stays("M", 0, mode, moved=moved, quality=quality)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("size", ["M", "L"])
@pytest.mark.parametrize(("mode", "moved", "quality"), AFTERWARDS)
def test_published_agendas_stay(size: str, seed: int, mode: Mode, moved: float, quality: float) -> None:
    stays(size, seed, mode, moved=moved, quality=quality)


def stays(size: str, seed: int, mode: Mode, *, moved: float, quality: float) -> None:
    instance = event(size, seed)
    published, changed = solve(instance), cancelled(instance, seed=seed + 1)
    made = reoptimise(changed, published, mode)
    assert verify(changed, made) == []
    assert made.diff is not None
    tables = {placed.id: placed.table for placed in published.placed}
    elsewhere = [placed.id for placed in made.placed if tables.get(placed.id, placed.table) != placed.table]
    assert len(elsewhere) <= 0.005 * len(tables)  # where a newcomer needs a zone
    lost = len(made.diff.moved) + len(made.diff.dropped)
    assert lost <= moved * (lost + len(made.diff.kept))
    assert made.quality >= quality


def test_instances_and_schedules_are_read_as_they_are_written() -> None:
    instance = event("S")
    made = solve(instance)
    assert read_instance(_in_a_file(plain_instance(instance))) == instance
    assert read_schedule(_in_a_file(plain_schedule(made))) == replace(made, attainable=0.0)


def test_nobody_sees_from_a_reason_that_two_must_not_meet() -> None:
    instance = event("S")
    apart = {frozenset(pair) for pair in instance.forbidden}
    made = solve(instance)
    members = {meeting.id: frozenset(meeting.members) for meeting in instance.meetings}
    hidden = {one.reason for one in made.unplaced if members[one.id] in apart}
    assert hidden <= {one.reason for one in made.unplaced if members[one.id] not in apart}


def _in_a_file(document: object) -> object:
    return json.loads(json.dumps(document))


def test_a_wrong_figure_is_a_violation() -> None:
    instance = event("S")
    made = solve(instance)
    broken: list[Schedule] = [
        replace(made, fit=made.fit + 1), replace(made, objective=made.objective - 1),
        replace(made, bound=made.objective - 1), replace(made, placed=made.placed[1:]),
        replace(made, placed=(*made.placed, made.placed[0])),
        replace(made, placed=(replace(made.placed[0], slot="nowhere"), *made.placed[1:])),
    ]  # fmt: skip
    assert [bool(verify(instance, one)) for one in broken] == [True] * 6
