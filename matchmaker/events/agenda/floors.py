"""Who cannot reach a guaranteed number of meetings, before any agenda is made: why, and the smallest change."""

from dataclasses import dataclass
from enum import StrEnum

from matchmaker.events.agenda.instance import Instance
from matchmaker.events.agenda.model import compile_instance


class Obstacle(StrEnum):
    """What keeps someone below the floor. Candidates that may not be held are not told apart from absent ones."""

    CAP = "cap"  # the cap is below the floor
    TIME = "time"  # too few slots once breaks are kept
    CANDIDATES = "candidates"  # too few candidates that can be held


@dataclass(frozen=True)
class LowCeiling:
    """Someone whose floor is above what can be reached; `lacking` is by how much the obstacle has to give way."""

    participant: str
    floor: int
    reachable: int
    obstacle: Obstacle

    @property
    def lacking(self) -> int:
        """The smallest change: so much more of the obstacle, or so much less floor."""
        return self.floor - self.reachable


def check_floors(instance: Instance) -> list[LowCeiling]:
    """All who cannot reach their floor whatever the agenda."""
    model = compile_instance(instance)
    found = []
    for who, told in enumerate(instance.participants):
        candidates = sum(model.allowed[meeting] != 0 for meeting in model.meetings_of[who])
        ways = [
            (told.max_meetings, Obstacle.CAP), (candidates, Obstacle.CANDIDATES),
        ]  # fmt: skip
        if model.most[who] < told.max_meetings:
            ways.append((model.most[who], Obstacle.TIME))
        reachable, obstacle = min(ways, key=lambda way: way[0])
        if reachable < told.min_meetings:
            found.append(LowCeiling(told.id, told.min_meetings, reachable, obstacle))
    return found
