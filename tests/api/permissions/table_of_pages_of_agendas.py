"""Who may open which page of an agenda."""

from tests.api.permissions.callers import EVERYONE, OWN, SECRETARIAT
from tests.api.permissions.table import LANGUAGE, Line

PERSONAL_AGENDAS = (
    Line(f"GET {LANGUAGE}/events/{{event_id=event}}/mine/{{participant_id=city_seat}}", OWN | SECRETARIAT),
    Line(f"GET {LANGUAGE}/events/{{event_id=event}}/feeds/{{participant_id=city_seat}}", OWN | SECRETARIAT),
    Line(
        f"POST {LANGUAGE}/events/{{event_id=event}}/feeds/{{participant_id=city_seat}}",
        OWN | SECRETARIAT,
        form={"edition": "1"},
    ),
)
PAGES_OF_AGENDAS = (*PERSONAL_AGENDAS, Line("GET /agenda-worker.js", EVERYONE, needs=frozenset()))
