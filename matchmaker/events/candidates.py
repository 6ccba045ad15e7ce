"""Who may meet whom at an event, and how well it fits. Pure.

Never candidates: those whom a conflict keeps apart unless it was dismissed, whoever is not shown, who said no, who
would sell to a city that is buying. What only one side wants, or only the matcher, awaits agreement: it may stand in a
draft and is never published.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from matchmaker.events.ground import Consented, Ground, Pair, Seat, group_key, pair_key
from matchmaker.events.models import Degree, RulingKind, Source

STRENGTH_SHARE, EAGERNESS_SHARE = 0.7, 0.3  # of the fit: how strong the match is, how much the two want it
UNKNOWN_STRENGTH = 0.4  # of two whom no match has brought together
EAGERNESS = {Degree.MUST: 1.0, Degree.WOULD_LIKE: 0.6}
CONSENTED, SILENT = 0.5, 0.1  # of a side that said yes to an introduction; of one that has said nothing


@dataclass(frozen=True)
class Candidate:
    """A meeting that may be held, by the numbers of its participants."""

    key: str
    members: tuple[int, ...]
    fit: float
    source: Source
    is_agreed: bool
    introduction_id: int | None = None
    topic: str = ""


def candidates_of(ground: Ground, *, includes_suggestions: bool) -> list[Candidate]:
    """All candidates, in an order that depends on their members alone."""
    seats = ground.by_id()
    ruled_out = {row.key for row in ground.rulings if row.kind in {RulingKind.FORBID, RulingKind.REMOVE}}
    found = [candidate for pair in _pairs(ground, includes_suggestions=includes_suggestions)
             if (candidate := _of_pair(ground, seats, pair)) is not None]  # fmt: skip
    found += _of_groups(ground, seats)
    return sorted((one for one in found if one.key not in ruled_out), key=lambda one: (len(one.members), one.members))


def may_meet(ground: Ground, seats: Mapping[int, Seat], pair: Pair, *, is_consented: bool = False) -> bool:
    """Whether nothing keeps two apart. What both agreed on beside a purchase may go on."""
    if len(pair) != len(seats.keys() & pair) or pair in ground.apart or pair in ground.buying:
        return False
    one, other = sorted(pair)
    if Degree.NO in {ground.wishes.get((one, other)), ground.wishes.get((other, one))}:
        return False
    sides = [seats[one], seats[other]]
    is_selling = any(buyer.is_procuring and seller.is_supplying for buyer, seller in (sides, sides[::-1]))
    return is_consented or not is_selling


def fit_of(points: int | None, eagerness: float) -> float:
    """From 0 to 1: how strong the match is and how much the two want to meet."""
    strength = UNKNOWN_STRENGTH if points is None else points / 100
    return round(STRENGTH_SHARE * strength + EAGERNESS_SHARE * eagerness, 4)


def _pairs(ground: Ground, *, includes_suggestions: bool) -> list[Pair]:
    wished = {frozenset(pair) for pair, degree in ground.wishes.items() if degree is not Degree.NO}
    added = {frozenset(row.members) for row in ground.rulings if row.kind == RulingKind.ADD}
    found = wished | added | {each.pair for each in ground.consented}
    return list(found | ground.suggested.keys() if includes_suggestions else found)


def _of_pair(ground: Ground, seats: Mapping[int, Seat], pair: Pair) -> Candidate | None:
    consented = _consented(ground, pair)
    if not may_meet(ground, seats, pair, is_consented=consented is not None):
        return None
    one, other = sorted(pair)
    wishes = [ground.wishes.get((one, other)), ground.wishes.get((other, one))]
    silent = CONSENTED if consented else SILENT
    eagerness = sum(silent if wish is None else max(silent, EAGERNESS[wish]) for wish in wishes) / 2
    points = consented.points if consented and consented.points is not None else ground.suggested.get(pair)
    return Candidate(
        pair_key(pair), (one, other), fit_of(points, eagerness), _source(consented, wishes, ground, pair),
        is_agreed=consented is not None or None not in wishes,
        introduction_id=consented.introduction_id if consented else None,
    )  # fmt: skip


def _consented(ground: Ground, pair: Pair) -> Consented | None:
    """The strongest introduction of two."""
    return max(
        ground.introduced.get(pair, ()), key=lambda each: (each.points or 0, -each.introduction_id), default=None
    )


def _source(consented: Consented | None, wishes: list[Degree | None], ground: Ground, pair: Pair) -> Source:
    if consented:
        return Source.INTRODUCTION
    if any(wishes):
        return Source.WISH
    return Source.SUGGESTION if pair in ground.suggested else Source.ADDED


def _of_groups(ground: Ground, seats: Mapping[int, Seat]) -> Iterator[Candidate]:
    """Groups all of whose members may meet one another; agreed once everyone comes."""
    for told in ground.groups:
        members = tuple(sorted(number for number, is_coming in told.answers.items() if is_coming is not False))
        is_whole = len(members) == len(told.answers) and all(
            may_meet(ground, seats, frozenset(pair)) for pair in combinations(members, 2)
        )
        if is_whole:
            yield Candidate(
                group_key(told.group.id or 0), members, told.group.fit, Source.GROUP,
                is_agreed=all(told.answers.values()), topic=told.group.topic,
            )  # fmt: skip
