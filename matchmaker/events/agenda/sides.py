"""Two sides of an event (cities and suppliers, say): most meetings of two join one side with the other.

The two sides are not part of an instance; they are found, so that what joins them can be solved as a flow.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from matchmaker.events.agenda.model import NO_ZONE, Model

SWEEPS = 20  # of local search; a clear division settles in three or four


@dataclass(frozen=True)
class Sides:
    """`first[p]` says who is on the first side; the other arrays are the meetings of two across, by number.

    Only meetings whose zone is that of their member on the first side are across: a flow counts zones there.
    """

    first: np.ndarray
    across: np.ndarray
    one: np.ndarray
    other: np.ndarray
    is_across: np.ndarray


def find_sides(model: Model) -> Sides:
    """Divide participants so that many meetings of two go across; whoever needs a zone rather stands first."""
    side = _divided(model)
    zoned = np.array([need != NO_ZONE for need in model.needs], dtype=bool)
    weights = (int(zoned[side].sum()), -int(side.sum())), (int(zoned[~side].sum()), -int((~side).sum()))
    first = side if weights[0] >= weights[1] else ~side
    across, one, other = [], [], []
    for meeting, members in enumerate(model.members):
        if len(members) == 2 and model.allowed[meeting] and first[members[0]] != first[members[1]]:  # noqa: PLR2004
            left, right = members if first[members[0]] else members[::-1]
            if model.zones[meeting] == model.needs[left]:
                across.append(meeting)
                one.append(left)
                other.append(right)
    is_across = np.zeros(len(model.members), dtype=bool)
    is_across[across] = True
    return Sides(first, np.array(across, int), np.array(one, int), np.array(other, int), is_across)


def _divided(model: Model) -> np.ndarray:
    neighbours: list[list[int]] = [[] for _ in model.most]
    for meeting, members in enumerate(model.members):
        if len(members) == 2 and model.allowed[meeting]:  # noqa: PLR2004
            neighbours[members[0]].append(members[1])
            neighbours[members[1]].append(members[0])
    side = _by_distance(neighbours)
    for _ in range(SWEEPS):
        has_moved = False
        for who, others in enumerate(neighbours):
            same = sum(side[other] == side[who] for other in others)
            if 2 * same > len(others):
                side[who] = not side[who]
                has_moved = True
        if not has_moved:
            break
    return np.array(side, dtype=bool)


def _by_distance(neighbours: list[list[int]]) -> list[bool]:
    side: list[bool | None] = [None] * len(neighbours)
    for start in sorted(range(len(neighbours)), key=lambda who: -len(neighbours[who])):
        if side[start] is not None:
            continue
        side[start] = True
        waiting = deque([start])
        while waiting:
            who = waiting.popleft()
            for other in neighbours[who]:
                if side[other] is None:
                    side[other] = not side[who]
                    waiting.append(other)
    return [bool(one) for one in side]
