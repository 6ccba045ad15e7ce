"""Who may what: events, taking part, agendas. The city and the firm take part; the whole agenda is theirs to read."""

from tests.api.permissions.callers import (
    COMMITTEE,
    COUNTERPART,
    EVERYONE,
    OWN,
    SECRETARIAT,
    SPEAKER,
    STRANGER,
)
from tests.api.permissions.table import Line, Name
from tests.matchmaker.events.gatherings import event_draft

EVENT = event_draft().model_dump(mode="json")
SAID, WISHED = {"name": "Ana"}, {"wishes": [{"profile_id": Name("firm"), "degree": "must"}]}
GROUP = {"topic": "Agua", "participant_ids": [Name("city_seat"), Name("firm_seat"), Name("jury_seat")]}
MET, TRIAL = {"has_met": True}, {"act": "fill"}
TICKETS = {"csv": "name;member\nAna;City\n"}
PRESENT = OWN | COUNTERPART | COMMITTEE | SECRETARIAT
"""Those who act for a member that takes part: the city, the firm, and the one that sits in the committee."""

EVENTS = (
    Line("GET /v1/events", EVERYONE),
    Line("POST /v1/events", SECRETARIAT, EVENT),
    Line("GET /v1/events/{event_id=event}", EVERYONE),
    Line("GET /v1/events/{event_id=planned_event}", SECRETARIAT),
    Line("PUT /v1/events/{event_id=event}", SECRETARIAT, EVENT),
    Line("PUT /v1/events/{event_id=event}/state", SECRETARIAT, {"state": "closed"}),
    Line("GET /v1/events/{event_id=event}/members", PRESENT),
    Line("GET /v1/events/{event_id=event}/participants", SECRETARIAT),
    Line("POST /v1/events/{event_id=event}/participants", STRANGER | SECRETARIAT, SAID | {"profile_id": Name("other")}),
    Line("POST /v1/events/{event_id=event}/tickets", SECRETARIAT, TICKETS),
    Line("GET /v1/events/{event_id=event}/participants/{participant_id=city_seat}", OWN | SECRETARIAT),
    Line("PUT /v1/events/{event_id=event}/participants/{participant_id=city_seat}", SPEAKER | SECRETARIAT, SAID),
    Line(
        "PUT /v1/events/{event_id=event}/participants/{participant_id=city_seat}/presence",
        SPEAKER | SECRETARIAT,
        {"presence": "cancelled"},
    ),
    Line("GET /v1/events/{event_id=event}/participants/{participant_id=city_seat}/wishes", OWN | SECRETARIAT),
    Line("GET /v1/events/{event_id=event}/participants/{participant_id=firm_seat}/wishes", COUNTERPART | SECRETARIAT),
    Line("GET /v1/events/{event_id=event}/participants/{participant_id=jury_seat}/wishes", COMMITTEE | SECRETARIAT),
    Line("GET /v1/events/{event_id=event}/participants/{participant_id=firm_seat}/agenda", COUNTERPART | SECRETARIAT),
    Line(
        "PUT /v1/events/{event_id=event}/participants/{participant_id=city_seat}/wishes", SPEAKER | SECRETARIAT, WISHED
    ),
    Line(
        "PUT /v1/events/{event_id=event}/participants/{participant_id=city_seat}/groups/{group_id=group}",
        SPEAKER | SECRETARIAT,
        {"is_coming": True},
    ),
    Line("GET /v1/events/{event_id=event}/participants/{participant_id=city_seat}/agenda", OWN | SECRETARIAT),
    Line(
        "PUT /v1/events/{event_id=event}/participants/{participant_id=city_seat}/meetings/{key=met}",
        SPEAKER | SECRETARIAT,
        MET,
    ),
    Line("GET /v1/events/{event_id=event}/participants/{participant_id=city_seat}/agenda.pdf", OWN | SECRETARIAT),
    Line("GET /v1/events/{event_id=event}/participants/{participant_id=city_seat}/agenda.ics", OWN | SECRETARIAT),
    Line("GET /v1/events/{event_id=event}/participants/{participant_id=city_seat}/feed", OWN | SECRETARIAT),
    Line("POST /v1/events/{event_id=event}/participants/{participant_id=city_seat}/feed", OWN | SECRETARIAT),
    Line("GET /v1/event-feeds/{secret=calendar}.ics", EVERYONE),
    Line("GET /v1/events/{event_id=event}/badges.pdf", SECRETARIAT),
    Line("GET /v1/events/{event_id=event}/signs.pdf", SECRETARIAT),
    Line("GET /v1/events/{event_id=event}/groups", SECRETARIAT),
    Line("POST /v1/events/{event_id=event}/groups", SECRETARIAT, GROUP),
    Line("DELETE /v1/events/{event_id=event}/groups/{group_id=group}", SECRETARIAT),
    Line("GET /v1/events/{event_id=event}/check", SECRETARIAT),
    Line("POST /v1/events/{event_id=event}/suggestions", SECRETARIAT),
    Line("GET /v1/events/{event_id=event}/runs", SECRETARIAT),
    Line("POST /v1/events/{event_id=busy_event}/runs", SECRETARIAT, {}, then=409),
    Line("GET /v1/events/{event_id=busy_event}/runs/{run_id=run}", SECRETARIAT),
    Line("POST /v1/events/{event_id=busy_event}/runs/{run_id=run}/stop", SECRETARIAT),
    Line("GET /v1/events/{event_id=event}/draft", SECRETARIAT),
    Line("POST /v1/events/{event_id=event}/draft/acts", SECRETARIAT, TRIAL),
    Line("POST /v1/events/{event_id=event}/draft/offers", SECRETARIAT),
    Line("GET /v1/events/{event_id=event}/versions", SECRETARIAT),
    Line("POST /v1/events/{event_id=event}/versions", SECRETARIAT, {}),
    Line("POST /v1/events/{event_id=event}/versions/{number=first_version}/again", SECRETARIAT),
    Line("POST /v1/events/{event_id=event}/refill", SECRETARIAT),
    Line("GET /v1/events/{event_id=event}/standby", SECRETARIAT),
    Line("GET /v1/events/{event_id=event}/agenda", PRESENT),
    Line("GET /v1/events/{event_id=event}/report", SECRETARIAT),
    Line("GET /v1/events/{event_id=event}/report.csv", SECRETARIAT),
    Line("GET /v1/events/{event_id=event}/report.json", SECRETARIAT),
    Line("GET /v1/events/{event_id=event}/report/plots/{plot=plot}.svg", SECRETARIAT),
)
