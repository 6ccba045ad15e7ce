"""Who is let in to which page: by the session of a browser, with the token of that session in every form."""

from tests.api.permissions.callers import (
    COUNTERPART,
    EVERYONE,
    OFFICE,
    OWN,
    SECRETARIAT,
    SIDES,
    SIGNED_IN,
    SPEAKER,
    SUSPENDED,
)
from tests.api.permissions.table import READ, WRITE, Line, Name

TRIED = {"description": "Queremos encontrar las fugas que no se ven."}
ONE, CLAIM = "/{language}/introductions/{introduction_id=", "/{language}/claims/{secret=claim}"

PUBLIC = (
    Line("GET /", EVERYONE, needs=frozenset()),
    Line("GET /static/{name=style}", EVERYONE, needs=frozenset()),
    Line("GET /{language}", EVERYONE),
    Line("GET /{language}/", EVERYONE),
    Line("GET /{language}/try", EVERYONE),
    Line("POST /{language}/try", EVERYONE, form=TRIED, needs=READ | WRITE),
    Line("GET /{language}/alliance", EVERYONE),
    Line("GET /{language}/design", EVERYONE),  # only where developers are: tests/api/web
    Line("GET /{language}/profiles", EVERYONE),
    Line("GET /{language}/profiles/{profile_id=city}", EVERYONE),
    Line("GET /{language}/profiles/{profile_id=barred}", SUSPENDED | SECRETARIAT),
    Line("GET /{language}/profiles/{profile_id=unclaimed}", SECRETARIAT),
    Line("GET /{language}/profiles/{profile_id=firm}/opportunities", EVERYONE),
    Line("GET /{language}/profiles/{profile_id=barred}/opportunities", SUSPENDED | SECRETARIAT),
    Line("GET /{language}/challenges", EVERYONE),
    Line("GET /{language}/challenges/{challenge_id=challenge_challenge}", EVERYONE),
    Line("GET /{language}/challenges/{challenge_id=withdrawn_challenge}", OWN | SECRETARIAT),
    Line("GET /{language}/challenges/{challenge_id=suspended_challenge}", SUSPENDED | SECRETARIAT),
    Line("GET /{language}/answers/{token=answer}", EVERYONE),  # whoever holds the letter
    Line("POST /{language}/answers/{token=answer}", EVERYONE),
    Line(f"GET {CLAIM}", EVERYONE),  # whoever holds the letter
    Line(f"POST {CLAIM}", EVERYONE, form={"answer": "refused"}),
    Line("GET /{language}/sign-in", EVERYONE),
    Line("POST /{language}/sign-in", EVERYONE, form={"email": "nadie@nadie.example"}),
    Line("GET /{language}/sign-in/code", EVERYONE),
    Line("POST /{language}/sign-in/code", EVERYONE, form={"email": Name("address"), "code": Name("digits")}),
    Line("GET /{language}/sign-in/{secret=link}", EVERYONE),
    Line("POST /{language}/sign-in/{secret=link}", EVERYONE),
    Line("POST /{language}/sign-out", EVERYONE),
)

ONESELF = (
    Line("GET /{language}/account", SIGNED_IN),
    Line("POST /{language}/account", SIGNED_IN, form={"name": "Ana", "language": "pt"}),
    Line("POST /{language}/account/letters", SIGNED_IN, form={"time_zone": "America/Bogota"}),
    Line("POST /{language}/account/sessions/end", SPEAKER, form={"session_id": Name("session")}),
    Line("POST /{language}/account/sessions/end-others", SIGNED_IN),
    Line("POST /{language}/account/tokens", SIGNED_IN, form={"label": "Tablero", "scopes": "read"}),
    Line("POST /{language}/account/tokens/end", SPEAKER, form={"token_id": Name("token")}),
)

SHARED = (
    Line("GET /{language}/introductions", SIGNED_IN),
    Line(f"GET {ONE}waiting}}", OWN | COUNTERPART | SECRETARIAT),
    Line(f"POST {ONE}waiting}}/answer", SIDES, form={"answer": "yes"}),
    Line(f"POST {ONE}waiting}}/message", SPEAKER, form={"message": "Hola"}),
    Line(f"POST {ONE}waiting}}/questions", SIDES, form={"question": "¿Cuándo?"}),
    Line(f"POST {ONE}waiting}}/questions/{{question_id=question}}", SPEAKER, form={"reply": "En mayo"}),
    Line(f"POST {ONE}waiting}}/withdrawal", SIDES),
    Line(f"POST {ONE}telephoned}}/undo", SIDES),
    Line(f"POST {ONE}open}}/met", SIDES, form={"has_met": "yes"}),
    Line(f"POST {ONE}open}}/outcome", SIDES, form={"days": "30", "outcome": "pilot"}),
    Line(f"POST {ONE}open}}/contacts", SIDES),
    Line(f"POST {ONE}waiting}}/contacts", SIDES, then=409),
    Line(f"POST {ONE}declined}}/contacts", SIDES, then=409),
    Line("GET /{language}/profiles/{profile_id=city}/ethics", SPEAKER | OFFICE),
    Line("POST /{language}/profiles/{profile_id=city}/ethics", SPEAKER, form={"version": Name("code")}),
    Line("GET /{language}/profiles/{profile_id=city}/declaration", SPEAKER | OFFICE),
    Line("POST /{language}/profiles/{profile_id=city}/declaration", SPEAKER, form={"kept": "yes"}),
)

PAGES = PUBLIC + ONESELF + SHARED
PERSONAL = ONESELF + SHARED
"""Pages of whoever is signed in in a browser: the key of a program opens none."""
