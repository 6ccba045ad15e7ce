"""Seeded events like those of a regional congress: uneven popularity, late arrivals, early departures, panels."""

from dataclasses import dataclass, replace

import numpy as np

from matchmaker.events.agenda.instance import Instance, Meeting, Participant, Table

DAY_SLOTS = 10
ZONE = "interpreted"
THEMES = 12
CANCELLED = 0.05


@dataclass(frozen=True)
class Size:
    """How many of everything; `best` candidates are kept of each participant."""

    cities: int
    suppliers: int
    slots: int
    tables: int
    best: int
    city_cap: tuple[int, int]
    city_floor: int


SIZES = {
    "S": Size(30, 60, 12, 18, 20, (6, 9), 4),
    "M": Size(100, 200, 20, 50, 30, (8, 13), 6),
    "L": Size(300, 600, 30, 120, 40, (10, 16), 8),
    "XL": Size(1_000, 3_000, 30, 400, 50, (10, 16), 8),
}


def event(name: str, seed: int = 0, *, tight: bool = False, peers: bool = True, zones: bool = True) -> Instance:
    """An event; a tight one has people there 50–100 % of the time (else 70–100 %) and caps at all attainable slots."""
    size, draw = SIZES[name], np.random.default_rng(seed)
    days = _days(size.slots)
    slots = [slot for day in days for slot in day]
    fit, likeness = _fits(size, draw)
    candidates = _pairs(size, name, fit)
    if peers:
        candidates += _peers(size, likeness, draw) + _groups(size, draw)
    names = [f"c{n}" for n in range(size.cities)] + [f"p{n}" for n in range(size.suppliers)]
    available = [_available(slots, draw, 0.5 if tight else 0.7) for _ in names]
    caps = [*draw.integers(*size.city_cap, size.cities), *draw.integers(3, 9, size.suppliers)]
    caps = [_attainable(own, days) if tight else min(int(cap), _attainable(own, days))
            for own, cap in zip(available, caps, strict=True)]  # fmt: skip
    offered = np.zeros(len(names), int)
    for members, _ in candidates:
        if set.intersection(*(available[member] for member in members)):
            offered[list(members)] += 1
    small = draw.random(size.suppliers) < 0.5
    floors = [size.city_floor] * size.cities + [int(one) for one in small]
    zone = [ZONE if zones and one else None for one in draw.random(size.cities) < 0.15] + [None] * size.suppliers
    breaks = tuple(tuple(day[len(day) // 2 - 1 : len(day) // 2 + 1]) for day in days)
    participants = tuple(
        Participant(
            name, tuple(slot for slot in slots if slot in own), cap, int(min(floor, cap, count)), 4, breaks, needs
        )
        for name, own, cap, floor, count, needs in zip(names, available, caps, floors, offered, zone, strict=True)
    )
    pinned = _pinned(size, candidates, available, slots, draw)
    meetings = tuple(
        Meeting(f"m{number}", tuple(names[member] for member in members), worth, number in pinned)
        for number, (members, worth) in enumerate(candidates)
    )
    zoned = max(2, round(0.2 * size.tables))
    tables = tuple(Table(f"t{number}", ZONE if zones and number < zoned else None) for number in range(size.tables))
    return Instance(days, tables, participants, meetings, _forbidden(meetings, draw))


def cancelled(instance: Instance, *, seed: int) -> Instance:
    """The event without 5 % of its people."""
    draw = np.random.default_rng(seed).random(len(instance.participants))
    gone = {who.id for who, one in zip(instance.participants, draw, strict=True) if one < CANCELLED}
    people = tuple(
        replace(who, available=(), min_meetings=0) if who.id in gone else who for who in instance.participants
    )
    return replace(
        instance, participants=people, meetings=tuple(one for one in instance.meetings if not gone & set(one.members))
    )


def _days(slots: int) -> tuple[tuple[str, ...], ...]:
    length = DAY_SLOTS if slots > 12 else 12
    names = [f"s{number + 1}" for number in range(slots)]
    return tuple(tuple(names[at : at + length]) for at in range(0, slots, length))


def _fits(size: Size, draw: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Fit of each city and supplier (-1 where one of them said no), and likeness of cities."""
    need = draw.dirichlet(np.full(THEMES, 0.25), size.cities)
    offer = draw.dirichlet(np.full(THEMES, 0.25), size.suppliers)
    need /= np.linalg.norm(need, axis=1, keepdims=True)
    offer /= np.linalg.norm(offer, axis=1, keepdims=True)
    sought = draw.pareto(1.6, size.suppliers)
    sought = sought / (1 + sought)
    known = draw.pareto(1.3, size.cities)[:, None]
    known = known / (1 + known)
    shape = (size.cities, size.suppliers)
    of_city = np.clip(0.65 * need @ offer.T + 0.25 * sought + 0.1 * draw.random(shape), 0, 1)
    of_supplier = np.clip(0.55 * need @ offer.T + 0.35 * known + 0.1 * draw.random(shape), 0, 1)
    wishes = (draw.random(shape) < 0.04 * (1 + 2 * sought)).astype(float) + (
        draw.random(shape) < 0.04 * (1 + 2 * known)
    )
    fit = np.clip(np.sqrt(of_city * of_supplier) + 0.08 * wishes, 0, 1)
    return np.where(draw.random(shape) < 0.06, -1, fit), need @ need.T


def _pairs(size: Size, name: str, fit: np.ndarray) -> list[tuple[tuple[int, ...], float]]:
    keep = np.zeros_like(fit, dtype=bool)
    keep[np.arange(size.cities)[:, None], np.argsort(-fit, axis=1)[:, : size.best]] = True
    of_supplier = size.best if name == "XL" else max(8, size.best // 2)
    keep[np.argsort(-fit, axis=0)[: min(of_supplier, size.cities)], np.arange(size.suppliers)] = True
    cities, suppliers = np.nonzero(keep & (fit > 0.02))
    return [((int(city), size.cities + int(supplier)), round(float(fit[city, supplier]), 4))
            for city, supplier in zip(cities, suppliers, strict=True)]  # fmt: skip


def _peers(size: Size, likeness: np.ndarray, draw: np.random.Generator) -> list[tuple[tuple[int, ...], float]]:
    found: dict[tuple[int, ...], float] = {}
    for city in range(size.cities):
        for other in np.argsort(-likeness[city] + 0.3 * draw.random(size.cities))[1:6].tolist():
            pair = (min(city, other), max(city, other))
            if city != other and pair not in found and draw.random() > 0.06:
                worth = 0.7 * likeness[city, other] + 0.2 * draw.random() + 0.1 * draw.random()
                found[pair] = round(float(np.clip(worth, 0, 1)), 4)
    return list(found.items())


def _groups(size: Size, draw: np.random.Generator) -> list[tuple[tuple[int, ...], float]]:
    found = []
    for _ in range(max(2, size.cities // 10)):
        count = int(draw.integers(3, 6))
        cities = int(draw.integers(1, count))
        members = [*draw.choice(size.cities, cities, replace=False),
                   *(size.cities + draw.choice(size.suppliers, count - cities, replace=False))]  # fmt: skip
        found.append((tuple(sorted(map(int, members))), round(float(0.25 * count * (0.6 + 0.4 * draw.random())), 4)))
    return found


def _available(slots: list[str], draw: np.random.Generator, least: float) -> set[str]:
    missing = round((1 - draw.uniform(least, 1)) * len(slots))
    manner = int(draw.integers(3))
    if manner < 2:
        return set(slots[missing:] if manner else slots[: len(slots) - missing])
    gone: set[str] = set()
    while len(gone) < missing:
        start = int(draw.integers(len(slots)))
        gone |= set(slots[start : start + min(2, missing - len(gone))])
    return set(slots) - gone


def _attainable(own: set[str], days: tuple[tuple[str, ...], ...]) -> int:
    """The most meetings with four in a row and one of the two middle slots of a day free, from the first slot on."""
    total = 0
    for day in days:
        middle, row = set(day[len(day) // 2 - 1 : len(day) // 2 + 1]), 0
        taken: set[str] = set()
        for slot in day:
            if slot in own and row < 4 and not middle <= taken | {slot}:
                taken.add(slot)
                row += 1
            else:
                row = 0
        total += len(taken)
    return total


def _pinned(size: Size, candidates: list[tuple[tuple[int, ...], float]], available: list[set[str]],
            slots: list[str], draw: np.random.Generator) -> set[int]:  # fmt: skip
    found: set[int] = set()
    used = np.zeros(len(available), int)
    pairs = [n for n, (members, _) in enumerate(candidates) if len(members) == 2 and max(members) >= size.cities]
    for number in draw.permutation(pairs)[: max(3, size.cities // 5)].tolist():
        members = candidates[number][0]
        common = available[members[0]] & available[members[1]]
        if len(common) >= len(slots) // 3 and max(used[list(members)]) < 2:
            found.add(number)
            used[list(members)] += 1
    return found


def _forbidden(meetings: tuple[Meeting, ...], draw: np.random.Generator) -> tuple[tuple[str, str], ...]:
    """Conflicts of interest that nobody took off the list of candidates."""
    open_pairs = [meeting.members for meeting in meetings if len(meeting.members) == 2 and not meeting.pinned]
    chosen = sorted(draw.choice(len(open_pairs), max(1, len(open_pairs) // 100), replace=False).tolist())
    return tuple((open_pairs[number][0], open_pairs[number][1]) for number in chosen)
