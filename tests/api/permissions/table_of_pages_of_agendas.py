"""Who may open which page of an agenda."""

from tests.api.permissions.callers import EVERYONE, OWN, SECRETARIAT
from tests.api.permissions.table import LANGUAGE, Line

PAGES_OF_AGENDAS = (
    Line(f"GET {LANGUAGE}/events/{{event_id=event}}/mine/{{participant_id=city_seat}}", OWN | SECRETARIAT),
    Line("GET /agenda-worker.js", EVERYONE, needs=frozenset()),
)
