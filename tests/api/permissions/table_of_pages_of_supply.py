"""Who may what: the pages of whoever offers answers."""

from tests.api.permissions.callers import COUNTERPART, OWN, SECRETARIAT, SIGNED_IN, SPEAKER
from tests.api.permissions.table import Line, Name

ONE = "/{language}/profiles/{profile_id=city}"
FIRM = "/{language}/profiles/{profile_id=firm}"
SAVED = {"name": "Agua", "text": "fugas", "frequency": "weekly"}

PAGES_OF_SUPPLY = (
    Line("GET /{language}/profiles/new", SIGNED_IN),
    Line("POST /{language}/profiles/new", SIGNED_IN, form={"kind": "company", "name": "Nueva"}),
    Line(f"GET {ONE}/edit/{{step=offers}}", OWN | SECRETARIAT),
    Line(f"POST {ONE}/edit/{{step=offers}}", OWN | SECRETARIAT, form={"text": "Compartimos un método."}),
    Line(f"GET {ONE}/preview", OWN | SECRETARIAT),
    Line(f"POST {ONE}/preview", OWN | SECRETARIAT, form={"problem": "Perdemos agua."}),
    Line(f"GET {ONE}/draft", OWN | SECRETARIAT),
    Line(f"POST {ONE}/draft", OWN | SECRETARIAT, form={"pasted": "Ofrecemos cursos."}),
    Line(f"POST {ONE}/draft/kept", OWN | SECRETARIAT, form={"sentence": "Ofrecemos cursos.", "place": "offer"}),
    Line(f"POST {ONE}/discarding", OWN | SECRETARIAT),
    Line(f"POST {ONE}/publication", OWN | SECRETARIAT, then=409),  # nothing is left to publish
    Line(f"GET {ONE}/visibility", OWN | SECRETARIAT),
    Line(f"GET {FIRM}/propose?challenge={{challenge_id=challenge_challenge}}", COUNTERPART | SECRETARIAT),
    Line(
        f"POST {FIRM}/propose", COUNTERPART | SECRETARIAT, form={"challenge": Name("challenge_challenge")}, then=422
    ),  # without a message
    Line(f"GET {FIRM}/mentoring", SIGNED_IN),
    Line(f"POST {FIRM}/mentoring", SIGNED_IN, form={"mentee": Name("city"), "hours": "1"}, then=422),  # no message
    Line(f"GET {FIRM}/mentoring/offer", COUNTERPART),
    Line(
        f"POST {FIRM}/mentoring/offer",
        COUNTERPART,
        form={"areas": "energy_environment", "hours_a_month": "4"},
        then=422,
    ),  # without a language
    Line(f"POST {FIRM}/mentoring/offer/end", COUNTERPART),
    Line("GET /{language}/alerts/new", SIGNED_IN),
    Line("POST /{language}/alerts/new", OWN, form={**SAVED, "profile": Name("city")}),
    Line("GET /{language}/alerts/{alert_id=alert}/edit", SPEAKER),
    Line("POST /{language}/alerts/{alert_id=alert}/edit", SPEAKER, form=SAVED),
)
"""Pages of whoever is signed in in a browser."""
