"""What is to be solved, what came out, and the values that travel between the modules. No algorithm."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

MISSING_PRICE = 10.0  # of one missing guaranteed meeting, in units of fit
LARGEST_GROUP = 5
SMALLEST_GROUP = 2


@dataclass(frozen=True)
class Table:
    """A table; one in a zone (interpretation, accessible …) is open to all and the only kind for who needs the zone."""

    id: str
    zone: str | None = None


@dataclass(frozen=True)
class Participant:
    """Who takes part: where free (`available`), most and least meetings, most in a row, lists that keep a slot free."""

    id: str
    available: tuple[str, ...]
    max_meetings: int
    min_meetings: int = 0
    max_in_row: int | None = None
    breaks: tuple[tuple[str, ...], ...] = ()
    zone: str | None = None


@dataclass(frozen=True)
class Meeting:
    """A candidate of two to five members; a pinned one must be placed, in `slot` where that is given."""

    id: str
    members: tuple[str, ...]
    fit: float
    pinned: bool = False
    slot: str | None = None


@dataclass(frozen=True)
class Instance:
    """An event to be solved: slots in order by day, tables, participants, candidates, pairs that never meet."""

    days: tuple[tuple[str, ...], ...]
    tables: tuple[Table, ...]
    participants: tuple[Participant, ...]
    meetings: tuple[Meeting, ...]
    forbidden: tuple[tuple[str, str], ...] = ()


class Reason(StrEnum):
    """Why a meeting has no place. No code tells a refusal or a conflict: such meetings get the code they would get."""

    NO_COMMON_SLOT = "no_common_slot"  # no slot in which all its members are there
    ZONES_DIFFER = "zones_differ"  # its members need tables of different zones
    ZONE_WITHOUT_TABLE = "zone_without_table"  # no table has the zone that a member needs
    TIME_TAKEN = "time_taken"  # the time of those concerned went to other meetings
    TABLES_FULL = "tables_full"  # they had time, but no table of theirs was left then


@dataclass(frozen=True)
class Placed:
    """A meeting at its slot and table."""

    id: str
    slot: str
    table: str


@dataclass(frozen=True)
class Unplaced:
    """A meeting without a place, and why."""

    id: str
    reason: str


@dataclass(frozen=True)
class Shortfall:
    """How many guaranteed meetings a participant lacks."""

    participant: str
    missing: int


@dataclass(frozen=True)
class Diff:
    """What a new schedule does to a published one; `moved` counts slots, not tables."""

    kept: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(frozen=True)
class Schedule:
    """An agenda. `objective` is `fit` less 10 for each missing guaranteed meeting; `bound` is proven above every one.

    `attainable` is the bound without penalties; it is not part of the file format (0 where it was not computed).
    """

    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]
    fit: float
    objective: float
    bound: float
    shortfalls: tuple[Shortfall, ...] = ()
    diff: Diff | None = None
    attainable: float = 0.0

    @property
    def gap(self) -> float:
        """What the best agenda could have more, at most."""
        return max(0.0, self.bound - self.objective)

    @property
    def quality(self) -> float:
        """1 for an agenda that is proven to be the best one."""
        return 1.0 - self.gap / max(1.0, self.attainable)


class Mode(StrEnum):
    """How much of a published agenda stays: all of it, its meetings (slots may move), or what is worth keeping."""

    FROZEN = "frozen"
    LOCKED = "locked"
    BONUS = "bonus"


@dataclass(frozen=True)
class Policy:
    """What the secretariat may set.

    `seconds` limits the search after the first draft; without it the same seed gives the same agenda. `exposure` is
    the worth of a participant's first meeting above its fit, falling as the logarithm of their number does.
    `keep_bonus` is what a published meeting is worth more in its slot (mode bonus).
    """

    seed: int = 0
    seconds: float | None = None
    exposure: float = 0.002
    keep_bonus: float = 0.1
    rounds: int = 8
    target: float = 0.9999


@dataclass(frozen=True)
class Step:
    """Where the solver is: the stage, rounds done of all, and the best verified draft so far."""

    stage: str
    done: int
    total: int
    draft: Schedule | None = field(default=None, repr=False)


Stop = Callable[[], bool]
Progress = Callable[[Step], None]


def never() -> bool:
    """The answer of who does not want to stop."""
    return False


def silent(_: Step) -> None:
    """Hears and says nothing."""
