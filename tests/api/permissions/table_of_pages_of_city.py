"""Who may what with a challenge: writing it, choosing among its answers, sharing it; by page and by the API."""

from tests.api.permissions.callers import (
    ASSESSOR,
    COMMITTEE,
    COUNTERPART,
    EVERYONE,
    OWN,
    SECRETARIAT,
    SIGNED_IN,
    SPEAKER,
    STRANGER,
)
from tests.api.permissions.table import Line, Name

MEMBERS = OWN | COUNTERPART | STRANGER | COMMITTEE | ASSESSOR  # whoever acts for a member that is shown
ONE, DRAFT = "{challenge_id=challenge_challenge}", "{challenge_id=draft_challenge}"
SHARED = "{challenge_id=shared_challenge}"
PAGE, REST = "/{language}/challenges/", "/v1/challenges/"
FIRM = {"profile_id": Name("firm")}

READ_BY_ALL = (
    Line(f"GET {PAGE}{ONE}/compare", EVERYONE),
    Line(f"GET {PAGE}{ONE}/peers", EVERYONE),
    Line(f"GET {PAGE}{{challenge_id=members_challenge}}", MEMBERS | SECRETARIAT),
    Line(f"GET {PAGE}{{challenge_id=invited_challenge}}", OWN | STRANGER | SECRETARIAT),
    Line(f"GET {PAGE}{{challenge_id=members_challenge}}/peers", MEMBERS | SECRETARIAT),
    Line(f"GET {PAGE}{{challenge_id=invited_challenge}}/compare", OWN | STRANGER | SECRETARIAT),
    Line(f"GET {PAGE}{DRAFT}", OWN),
)

OF_CITY = (
    Line("GET /{language}/work", SIGNED_IN),
    Line(f"GET {PAGE}new", SIGNED_IN),
    Line(f"POST {PAGE}new", OWN, form={"owner": Name("city"), "title": "Agua", "description": "Falta agua."}),
    Line(f"GET {PAGE}{DRAFT}/edit/check", OWN),
    Line(f"GET {PAGE}{DRAFT}/edit/alike", OWN),
    Line(f"GET {PAGE}{DRAFT}/edit/areas", OWN),
    Line(f"GET {PAGE}{DRAFT}/edit/{{step=step}}", OWN),
    Line(f"GET {PAGE}{ONE}/edit/{{step=step}}", OWN),
    Line(f"POST {PAGE}{DRAFT}/edit/{{step=step}}", OWN, form={"title": "Agua"}),
    Line(f"POST {PAGE}{DRAFT}/publication", OWN),
    Line(f"POST {PAGE}{ONE}/status", OWN, form={"status": "close"}),
    Line(f"POST {PAGE}{DRAFT}/discard", OWN),
    Line(f"GET {PAGE}{ONE}/shortlist", OWN),
    Line(f"POST {PAGE}{ONE}/shortlist", OWN, form={"profile": Name("firm"), "note": "Llamar"}),
    Line(f"GET {PAGE}{ONE}/mentors", OWN),
    Line(f"GET {PAGE}{ONE}/propose?profile=2", OWN | SECRETARIAT),
    Line(f"POST {PAGE}{ONE}/propose", SPEAKER | SECRETARIAT, form={"profile": Name("firm"), "message": "Hola"}),
    Line(f"GET {PAGE}{SHARED}/conversations", OWN | COMMITTEE),
    Line(f"GET {PAGE}{SHARED}/owners", OWN | COMMITTEE | ASSESSOR | SECRETARIAT),
    Line(f"POST {PAGE}{SHARED}/owners", OWN | COMMITTEE | SECRETARIAT, form={"profile": Name("other")}),
    Line(f"POST {PAGE}{SHARED}/owners/{{profile_id=assessing}}/answer", ASSESSOR, form={"answer": "yes"}),
    Line(f"POST {PAGE}{SHARED}/owners/{{profile_id=city}}/end", SPEAKER | SECRETARIAT, form={"act": "leave"}),
)

OF_CHALLENGES = (
    Line("POST /v1/challenge-drafts", OWN, {"owner_id": Name("city"), "title": "Agua"}),
    Line(f"GET {REST}{DRAFT}", OWN),
    Line(f"PATCH {REST}{DRAFT}", OWN, {"beneficiaries": "Los vecinos"}),
    Line(f"PATCH {REST}{ONE}", OWN | SECRETARIAT, {"beneficiaries": "Los vecinos"}),
    Line(f"DELETE {REST}{DRAFT}", OWN),
    Line(f"GET {REST}{DRAFT}/advice", OWN),
    Line(f"GET {REST}{DRAFT}/matches", OWN),
    Line(f"GET {REST}{{challenge_id=members_challenge}}", MEMBERS | SECRETARIAT),
    Line(f"GET {REST}{{challenge_id=members_challenge}}/matches", MEMBERS | SECRETARIAT),
    Line(f"GET {REST}{{challenge_id=invited_challenge}}", OWN | STRANGER | SECRETARIAT),
    Line(f"GET {REST}{{challenge_id=invited_challenge}}/peers", OWN | STRANGER | SECRETARIAT),
    Line(f"GET {REST}{{challenge_id=invited_challenge}}/readers", OWN | SECRETARIAT),
    Line(f"POST {REST}{{challenge_id=invited_challenge}}/readers", OWN | SECRETARIAT, FIRM),
    Line(f"DELETE {REST}{{challenge_id=invited_challenge}}/readers/{{profile_id=other}}", OWN | SECRETARIAT),
    Line(f"GET {REST}{SHARED}/owners", OWN | COMMITTEE | ASSESSOR | SECRETARIAT),
    Line(f"POST {REST}{SHARED}/owners", OWN | COMMITTEE | SECRETARIAT, FIRM),
    Line(f"PUT {REST}{SHARED}/owners/{{profile_id=assessing}}", ASSESSOR, {"agrees": True}),
    Line(f"DELETE {REST}{SHARED}/owners/{{profile_id=jury}}", COMMITTEE | SECRETARIAT),
    Line(f"DELETE {REST}{SHARED}/owners/{{profile_id=assessing}}", OWN | COMMITTEE | SECRETARIAT),
    Line(f"GET {REST}{ONE}/shortlist", OWN),
    Line(f"PUT {REST}{ONE}/shortlist/{{profile_id=firm}}", OWN, {"note": "Llamar"}),
    Line(f"DELETE {REST}{ONE}/shortlist/{{profile_id=firm}}", OWN),
)
