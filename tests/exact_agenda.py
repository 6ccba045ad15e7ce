"""The best objective of a small event by CP-SAT, written from the rules alone."""

from itertools import combinations

from ortools.sat.python import cp_model

from matchmaker.events.agenda.instance import Instance, Meeting, Participant

SCALE = 1_000_000


def best_objective(event: Instance) -> float | None:
    """The optimum; nothing for an event in which not all pinned meetings can be held."""
    model = cp_model.CpModel()
    slots = [slot for day in event.days for slot in day]
    here = {
        (meeting.id, slot): model.new_bool_var("")
        for meeting in event.meetings
        for slot in slots
        if _may_be(event, meeting, slot)
    }
    gains: list[cp_model.LinearExprT] = []
    for meeting in event.meetings:
        own = [here[meeting.id, slot] for slot in slots if (meeting.id, slot) in here]
        model.add(sum(own) == 1 if meeting.pinned else sum(own) <= 1)
        gains += [round(SCALE * meeting.fit) * one for one in own]
    for slot in slots:
        _add_tables(model, event, [(m, here[m.id, slot]) for m in event.meetings if (m.id, slot) in here])
    gains += [_add_person(model, event, who, here) for who in event.participants]
    model.maximize(sum(gains))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    return solver.objective_value / SCALE


def _add_tables(model: cp_model.CpModel, event: Instance, at: list[tuple[Meeting, cp_model.IntVar]]) -> None:
    model.add(sum(one for _, one in at) <= len(event.tables))
    for zone in {who.zone for who in event.participants} - {None}:
        inside = [one for meeting, one in at if zone in _zones(event, meeting)]
        model.add(sum(inside) <= sum(table.zone == zone for table in event.tables))


def _add_person(
    model: cp_model.CpModel, event: Instance, who: Participant, here: dict[tuple[str, str], cp_model.IntVar]
) -> cp_model.LinearExprT:
    own = {meeting.id for meeting in event.meetings if who.id in meeting.members}
    busy = {
        slot: sum(one for (meeting, at), one in here.items() if meeting in own and at == slot)
        for day in event.days
        for slot in day
    }
    for one in busy.values():
        model.add(one <= 1)
    model.add(sum(busy.values()) <= who.max_meetings)
    missing = model.new_int_var(0, max(0, who.min_meetings), "")
    model.add(missing >= who.min_meetings - sum(busy.values()))
    runs = [
        day[start : start + who.max_in_row + 1]
        for day in event.days
        if who.max_in_row is not None
        for start in range(len(day) - who.max_in_row)
    ]
    for slots in [*who.breaks, *runs]:
        model.add(sum(busy[slot] for slot in slots) <= len(slots) - 1)
    return -10 * SCALE * missing


def _zones(event: Instance, meeting: Meeting) -> set[str]:
    return {who.zone for who in event.participants if who.id in meeting.members and who.zone is not None}


def _may_be(event: Instance, meeting: Meeting, slot: str) -> bool:
    never = {frozenset(pair) for pair in event.forbidden}
    return (
        all(slot in who.available for who in event.participants if who.id in meeting.members)
        and not any(frozenset(pair) in never for pair in combinations(meeting.members, 2))
        and len(_zones(event, meeting)) <= 1
        and meeting.slot in {None, slot}
    )
