"""The best objective of a small event by CP-SAT, written from the rules alone."""

from itertools import combinations

from ortools.sat.python import cp_model

from matchmaker.events.agenda.instance import Instance, Meeting

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
        at = {meeting.id: here[meeting.id, slot] for meeting in event.meetings if (meeting.id, slot) in here}
        model.add(sum(at.values()) <= len(event.tables))
        for zone in {who.zone for who in event.participants} - {None}:
            inside = [
                one for name, one in at.items() if zone in _zones(event, next(m for m in event.meetings if m.id == name))
            ]
            model.add(sum(inside) <= sum(table.zone == zone for table in event.tables))
    for who in event.participants:
        busy = {
            slot: sum(
                here[meeting.id, slot]
                for meeting in event.meetings
                if who.id in meeting.members and (meeting.id, slot) in here
            )
            for slot in slots
        }
        for one in busy.values():
            model.add(one <= 1)
        model.add(sum(busy.values()) <= who.max_meetings)
        missing = model.new_int_var(0, max(0, who.min_meetings), "")
        model.add(missing >= who.min_meetings - sum(busy.values()))
        gains.append(-10 * SCALE * missing)
        for pause in who.breaks:
            model.add(sum(busy[slot] for slot in pause) <= len(pause) - 1)
        if who.max_in_row is not None:
            for day in event.days:
                for start in range(len(day) - who.max_in_row):
                    model.add(sum(busy[slot] for slot in day[start : start + who.max_in_row + 1]) <= who.max_in_row)
    model.maximize(sum(gains))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    return solver.objective_value / SCALE


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
