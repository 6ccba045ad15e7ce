"""Slots for pinned meetings before anything else; where that cannot be, who stands in the way and what would help."""

from random import Random

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from matchmaker.errors import ConflictError
from matchmaker.events.agenda.board import NOWHERE, Board
from matchmaker.events.agenda.hard_rules import hard_rules
from matchmaker.events.agenda.model import NO_ZONE, ZONES_DIFFER, Model
from matchmaker.events.agenda.placing import Placer

STEPS = 4_000  # of chains, before an exact search
SECONDS = 20.0  # of the exact search


class InfeasibleError(ConflictError):
    """No agenda can hold every pinned meeting; the values name the culprit, the code says the smallest change."""


def place_pinned(board: Board, homes: dict[int, int]) -> None:
    """Put every pinned meeting, where it was before if it can be. Raises `InfeasibleError` (`pin_…`)."""
    model = board.model
    pinned = [meeting for meeting, is_pinned in enumerate(model.pinned) if is_pinned]
    for meeting in pinned:
        _check_alone(model, meeting)
    _check_caps(model, pinned)
    draw = Random(0)  # noqa: S311 - the order of tries is no secret
    if not Placer(board, draw, homes=homes, steps=STEPS).place(pinned):
        return
    slot_of = _exact(model, pinned)
    lost = [meeting for meeting in pinned if slot_of[meeting] == NOWHERE]
    if lost:
        names = [model.instance.meetings[meeting].id for meeting in lost]
        raise InfeasibleError("pin_clash", meetings=names, count=len(names), rivals=_rivals(model, pinned, lost[0]))
    for meeting in pinned:
        if board.slot_of[meeting] != NOWHERE:
            board.take(meeting)
    for meeting in pinned:
        board.put(meeting, slot_of[meeting])
    board.journal.clear()


def _check_alone(model: Model, meeting: int) -> None:
    """What makes a pin impossible by itself."""
    told = model.instance.meetings[meeting]
    if model.allowed[meeting]:
        return
    members = set(told.members)
    never = [pair for pair in model.instance.forbidden if members.issuperset(pair)]
    if never:
        raise InfeasibleError("pin_forbidden", meeting=told.id, one=never[0][0], other=never[0][1])
    if model.zones[meeting] == ZONES_DIFFER:
        zoned = [who for who in model.members[meeting] if model.needs[who] != NO_ZONE]
        names = [model.instance.participants[who].id for who in zoned]
        raise InfeasibleError("pin_zones", meeting=told.id, participants=names)
    if not model.together[meeting]:
        raise InfeasibleError("pin_no_slot", meeting=told.id, participants=sorted(members))
    if told.slot is not None and not model.together[meeting] >> model.slots.index(told.slot) & 1:
        bit = 1 << model.slots.index(told.slot)
        away = [model.instance.participants[who].id for who in model.members[meeting] if not model.available[who] & bit]
        raise InfeasibleError("pin_away", meeting=told.id, slot=told.slot, participants=away)
    raise InfeasibleError("pin_no_table", meeting=told.id)


def _check_caps(model: Model, pinned: list[int]) -> None:
    for who, most in enumerate(model.most):
        own = [meeting for meeting in model.meetings_of[who] if model.pinned[meeting]]
        if len(own) > most:
            names = [model.instance.meetings[meeting].id for meeting in own]
            told = model.instance.participants[who]
            is_cap = len(own) > told.max_meetings
            raise InfeasibleError(
                "pin_cap" if is_cap else "pin_time", participant=told.id, count=len(own), most=most,
                excess=len(own) - most, meetings=names,
            )  # fmt: skip
    if len(pinned) > model.table_count * model.slot_count:
        raise InfeasibleError("pin_tables", count=len(pinned), most=model.table_count * model.slot_count)


def _exact(model: Model, pinned: list[int]) -> list[int]:
    """As many pinned meetings as can be held together, in slots; the first ones rather than the last."""
    places = [
        (meeting, slot) for meeting in pinned for slot in range(model.slot_count) if model.allowed[meeting] >> slot & 1
    ]
    rules = hard_rules(Board(model), places)
    found = milp(
        np.array([-1.0 - 1e-4 * (meeting == pinned[0]) for meeting, _ in places]),
        constraints=LinearConstraint(rules.rows, -np.inf, rules.limits), bounds=Bounds(0, 1), integrality=1,
        options={"time_limit": SECONDS},
    )  # fmt: skip
    slot_of = [NOWHERE] * len(model.members)
    for (meeting, slot), value in zip(places, () if found.x is None else found.x, strict=False):
        if value > 0.5:  # noqa: PLR2004 - integral but for rounding
            slot_of[meeting] = slot
    return slot_of


def _rivals(model: Model, pinned: list[int], lost: int) -> list[str]:
    """Pinned meetings with a member of the lost one: whichever is unpinned may make room."""
    members = set(model.members[lost])
    near = [other for other in pinned if other != lost and members.intersection(model.members[other])]
    return [model.instance.meetings[other].id for other in near or pinned if other != lost]
