"""What candidates rest on: who takes part, what was wished, agreed, suggested, laid down. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from matchmaker.events.models import Degree, Group, Participant, Ruling
from matchmaker.places.sizes import SMALL_CITY_INHABITANTS

SMALL_KINDS = frozenset({"entrepreneur", "expert"})

Pair = frozenset[int]


@dataclass(frozen=True)
class Seat:
    """A participant with what an agenda may know of its member. No label of a sponsor is among it."""

    who: Participant
    kind: str
    is_supplying: bool
    population: int | None = None
    is_procuring: bool = False  # has a challenge whose purchase is open

    @property
    def id(self) -> int:
        """Its number."""
        return self.who.id or 0

    @property
    def is_small(self) -> bool:
        """A small place, or a supplier who works alone or nearly so."""
        if self.is_supplying:
            return self.kind in SMALL_KINDS
        return self.population is not None and self.population < SMALL_CITY_INHABITANTS


@dataclass(frozen=True)
class Consented:
    """An introduction to which both said yes, of two participants."""

    introduction_id: int
    pair: Pair
    points: int | None
    is_procuring: bool


@dataclass(frozen=True)
class Gathering:
    """A group with who is in it, and what each answered."""

    group: Group
    answers: Mapping[int, bool | None]


@dataclass(frozen=True)
class Ground:
    """All that candidates rest on; numbers are those of participants."""

    seats: tuple[Seat, ...]
    consented: tuple[Consented, ...] = ()
    wishes: Mapping[tuple[int, int], Degree] = field(default_factory=dict)
    suggested: Mapping[Pair, int] = field(default_factory=dict)  # points of a match
    groups: tuple[Gathering, ...] = ()
    apart: frozenset[Pair] = frozenset()
    rulings: tuple[Ruling, ...] = ()

    @cached_property
    def buying(self) -> frozenset[Pair]:
        """Those between whom a purchase is open: a challenge of the one, on which they were introduced."""
        return frozenset(each.pair for each in self.consented if each.is_procuring)

    @cached_property
    def introduced(self) -> dict[Pair, list[Consented]]:
        """Introductions by pair."""
        found: dict[Pair, list[Consented]] = {}
        for each in self.consented:
            found.setdefault(each.pair, []).append(each)
        return found

    def by_id(self) -> dict[int, Seat]:
        """Seats by participant."""
        return {seat.id: seat for seat in self.seats}


def participant_key(participant_id: int) -> str:
    """The name of a participant in an agenda."""
    return f"p{participant_id}"


def participant_of(key: str) -> int:
    """The number of a participant by its name in an agenda."""
    return int(key.removeprefix("p"))


def pair_key(pair: Pair) -> str:
    """The name of a meeting of two: the same whatever brings them together."""
    return "-".join(participant_key(number) for number in sorted(pair))


def group_key(group_id: int) -> str:
    """The name of a meeting of a group."""
    return f"g{group_id}"
