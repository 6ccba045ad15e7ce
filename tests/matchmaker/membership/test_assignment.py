from hypothesis import given
from hypothesis import strategies as st

from matchmaker.membership.assignment import Candidate, assign

LOADS = st.dictionaries(st.integers(1, 40), st.integers(0, 9), max_size=20)


def candidates(loads: dict[int, int]) -> list[Candidate]:
    return [Candidate(account_id, load) for account_id, load in loads.items()]


@given(LOADS, st.integers(0, 5), st.integers(0, 1_000), st.randoms())
def test_the_least_loaded_are_chosen_whatever_the_order(
    loads: dict[int, int], wanted: int, seed: int, chance: object
) -> None:
    given_in = candidates(loads)
    chosen = assign(given_in, wanted=wanted, seed=seed)
    chance.shuffle(given_in)  # type: ignore[attr-defined]
    assert assign(given_in, wanted=wanted, seed=seed) == chosen
    assert len(chosen) == len(set(chosen)) == min(wanted, len(loads))
    rest = [loads[account_id] for account_id in loads.keys() - set(chosen)]
    assert max((loads[account_id] for account_id in chosen), default=0) <= min(rest, default=99)


@given(st.integers(1, 12), st.integers(1, 4), st.integers(0, 60))
def test_without_conflicts_loads_never_differ_by_more_than_one(assessors: int, wanted: int, applications: int) -> None:
    loads = dict.fromkeys(range(1, assessors + 1), 0)
    for seed in range(applications):
        for account_id in assign(candidates(loads), wanted=wanted, seed=seed):
            loads[account_id] += 1
        assert max(loads.values()) - min(loads.values()) <= 1


@given(st.lists(st.sets(st.integers(1, 8), max_size=6), max_size=30), st.integers(1, 3))
def test_nobody_in_conflict_is_chosen_and_no_one_free_is_passed_over(conflicts: list[set[int]], wanted: int) -> None:
    loads = dict.fromkeys(range(1, 9), 0)
    for seed, apart in enumerate(conflicts):
        free = {account_id: load for account_id, load in loads.items() if account_id not in apart}
        chosen = assign(candidates(free), wanted=wanted, seed=seed)
        assert not apart & set(chosen)
        assert len(chosen) == min(wanted, len(free))
        for account_id in chosen:
            assert all(loads[account_id] <= free[other] for other in free.keys() - set(chosen))
            loads[account_id] += 1


def test_chance_decides_among_equals() -> None:
    equals = candidates(dict.fromkeys(range(1, 11), 0))
    first = [assign(equals, wanted=1, seed=seed)[0] for seed in range(300)]
    assert set(first) == set(range(1, 11))
