"""Who is let in to which page of events."""

from tests.api.permissions.callers import COMMITTEE, COUNTERPART, EVERYONE, OWN, SECRETARIAT, SPEAKER, STRANGER
from tests.api.permissions.table import Line, Name

ONE, DESK = "/{language}/events/{event_id=event}", "/{language}/desk/events/{event_id=event}"
BUSY = "/{language}/desk/events/{event_id=busy_event}"
PLAN = {
    "name": "Encuentro", "time_zone": "America/Bogota", "days": "2027-03-10 09:00-12:00", "tables": "1; Salón A",
    "opens_at": "2027-01-01T00:00", "closes_at": "2027-03-01T00:00",
}  # fmt: skip
SEAT = {"participant_id": Name("city_seat")}
SPEAKS = SPEAKER | SECRETARIAT

OPEN = (
    Line("GET /{language}/events", EVERYONE),
    Line(f"GET {ONE}", EVERYONE),
    Line(f"GET {ONE}/agenda", OWN | COUNTERPART | COMMITTEE | SECRETARIAT),
)
PERSONAL_OF_EVENTS = (
    Line(f"POST {ONE}/participants", STRANGER | SECRETARIAT, form={"profile_id": Name("other")}),
    Line(f"POST {ONE}/cancellation", SPEAKS, form=SEAT),
    Line(f"POST {ONE}/wishes", SPEAKS, form=SEAT | {"about": Name("firm"), "degree": "must"}),
    Line(f"POST {ONE}/groups", SPEAKS, form=SEAT | {"group_id": Name("group"), "is_coming": "yes"}),
    Line(f"POST {ONE}/meetings", SPEAKS, form=SEAT | {"key": Name("met"), "has_met": "yes"}),
    Line("GET /{language}/desk/events/new", SECRETARIAT),
    Line("POST /{language}/desk/events/new", SECRETARIAT, form=PLAN),
    Line(f"GET {DESK}", SECRETARIAT),
    Line(f"GET {DESK}/edit", SECRETARIAT),
    Line(f"POST {DESK}/edit", SECRETARIAT, form=PLAN),
    Line(f"POST {DESK}/state", SECRETARIAT, form={"state": "closed"}),
    Line(f"POST {DESK}/suggestions", SECRETARIAT),
    Line(f"POST {BUSY}/runs", SECRETARIAT, form={"mode": ""}, then=409),
    Line(f"GET {BUSY}/runs/{{run_id=run}}", SECRETARIAT),
    Line(f"POST {BUSY}/runs/{{run_id=run}}/stop", SECRETARIAT),
    Line(f"POST {DESK}/offers", SECRETARIAT),
    Line(f"POST {DESK}/versions", SECRETARIAT),
    Line(f"POST {DESK}/versions/{{number=first_version}}/again", SECRETARIAT),
    Line(f"GET {DESK}/agenda", SECRETARIAT),
    Line(f"POST {DESK}/agenda", SECRETARIAT, form={"act": "fill", "is_trial": "1"}),
    Line(f"GET {DESK}/arrivals", SECRETARIAT),
    Line(f"POST {DESK}/arrivals", SECRETARIAT, form=SEAT | {"presence": "arrived"}),
    Line(f"POST {DESK}/walk-ins", SECRETARIAT, form={"member": "Other", "name": "Eva"}),
    Line(f"POST {DESK}/refill", SECRETARIAT),
    Line(f"GET {DESK}/report", SECRETARIAT),
)
PAGES_OF_EVENTS = OPEN + PERSONAL_OF_EVENTS
