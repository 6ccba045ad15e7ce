"""Who may what: the pages of the alliance's own desk."""

from tests.api.permissions.callers import ADMINISTRATOR, ASSESSOR, COMMITTEE, OFFICE, POWER, SECRETARIAT, SIGNED_IN
from tests.api.permissions.table import Line, Name

STEP = {"to": "refused", "reason": "No procede"}
APPOINTED = {"name": "Zoé", "email": "zoe@alianza.example", "role": "committee", "language": "es"}
STANDING = {"act": "suspend", "reason": "Incumplió lo acordado"}

QUEUES = (
    Line("GET /{language}/desk", OFFICE),
    Line("GET /{language}/desk/applications", OFFICE),
    Line("GET /{language}/desk/applications/after/{number=assessed_application}", OFFICE),
    Line("GET /{language}/desk/applications/before/{number=assessed_application}", OFFICE),
    Line("GET /{language}/desk/conflicts/after/{number=conflict}", OFFICE),
    Line("GET /{language}/desk/conflicts/before/{number=conflict}", OFFICE),
    Line("GET /{language}/desk/incidents/after/{number=incident}", OFFICE),
    Line("GET /{language}/desk/incidents/before/{number=incident}", OFFICE),
    Line("GET /{language}/desk/rights/after/{number=request}", POWER),
    Line("GET /{language}/desk/rights/before/{number=request}", POWER),
    Line("GET /{language}/desk/conflicts", OFFICE),
    Line("GET /{language}/desk/incidents", OFFICE),
    Line("GET /{language}/desk/incidents/{incident_id=incident}", OFFICE),
    Line("POST /{language}/desk/incidents/{incident_id=incident}/step", COMMITTEE,
         form={"to": "examined", "reason": "Se examina"}),
    Line("GET /{language}/desk/rights", POWER),
    Line("GET /{language}/desk/rights/{request_id=request}", POWER),
    Line("POST /{language}/desk/rights/{request_id=request}/step", POWER, form=STEP),
    Line("GET /{language}/desk/letters", SECRETARIAT),
    Line("POST /{language}/desk/letters/{account_id=bounced}/renewal", SECRETARIAT),
    Line("POST /{language}/desk/letters/{account_id=bounced}/bounce", SECRETARIAT),
)  # fmt: skip

TWINS = {"twice": "profile", "first": Name("city"), "second": Name("firm")}
TELEPHONED = {"side": "profile", "answer": "yes"}

CURATION = (
    Line("GET /{language}/desk/duplicates", SECRETARIAT),
    Line("POST /{language}/desk/duplicates/apart", SECRETARIAT, form=TWINS),
    Line("POST /{language}/desk/duplicates/again", SECRETARIAT, form=TWINS),
    Line("POST /{language}/introductions/{introduction_id=waiting}/telephone", SECRETARIAT, form=TELEPHONED),
    Line("GET /{language}/desk/curation", SECRETARIAT),
    Line("GET /{language}/desk/curation/{challenge_id=open_challenge}", SECRETARIAT),
    Line("POST /{language}/desk/curation/review", SECRETARIAT, form={"pair": "1-1"}),
    Line("POST /{language}/desk/curation/introductions", SECRETARIAT, form={"pair": "1-1", "message": "Conózcanse"}),
)

ASSESSED = (
    Line("GET /{language}/assessments", SIGNED_IN),
    Line("GET /{language}/assessments/{assessment_id=assessment}", ASSESSOR),
    Line("POST /{language}/assessments/{assessment_id=assessment}", ASSESSOR, then=422),
    Line("POST /{language}/assessments/{assessment_id=assessment}/replacement", POWER),
)

COMMITTEES = (
    Line("GET /{language}/desk/committees", POWER),
    Line("POST /{language}/desk/committees", POWER, form={"kind": "governance"}, then=409),
    Line("POST /{language}/desk/committees/{committee_id=forming}/seats", POWER, then=422),
    Line("POST /{language}/desk/committees/{committee_id=founding}/constitution", POWER, then=422),
    Line("POST /{language}/desk/committees/{committee_id=founding}/assembly", POWER, then=422),
    Line("POST /{language}/desk/seats/{seat_id=seat}/vacancy", POWER),
)

PEOPLE = (
    Line("GET /{language}/desk/people", ADMINISTRATOR),
    Line("POST /{language}/desk/people", ADMINISTRATOR, form=APPOINTED),
    Line("GET /{language}/desk/people/{account_id=leaver}", ADMINISTRATOR),
    Line("POST /{language}/desk/people/{account_id=leaver}/role", ADMINISTRATOR, form={"role": "committee"}),
    Line("POST /{language}/desk/people/{account_id=leaver}/sign-out", ADMINISTRATOR),
    Line("POST /{language}/desk/people/{account_id=representative}/tokens/{token_id=token}/end", ADMINISTRATOR),
    Line("POST /{language}/desk/people/{account_id=leaver}/end", ADMINISTRATOR),
    Line("GET /{language}/desk/audit", ADMINISTRATOR),
)

MEMBERS = (
    Line("GET /{language}/desk/members", POWER),
    Line("GET /{language}/desk/members/{profile_id=firm}", POWER),
    Line("POST /{language}/desk/members/{profile_id=city}/standing", POWER, form=STANDING),
    Line("GET /{language}/desk/lists", POWER),
    Line("POST /{language}/desk/lists/process", POWER, form={"reason": "Sin comité por ahora"}),
    Line("GET /{language}/desk/lists/{list=taxonomy}/{version=shipped_version}", POWER),
    Line("GET /{language}/desk/lists/trial", POWER),
    Line("POST /{language}/desk/lists/trial", POWER, form={"document": "{}"}, then=422),
    Line("POST /{language}/desk/lists/publication", POWER, form={"document": "{}"}, then=422),
)

FILES = (
    Line("GET /{language}/desk/invitations", SECRETARIAT),
    Line("POST /{language}/desk/invitations", SECRETARIAT, then=409),
    Line("GET /{language}/desk/import", SECRETARIAT),
    Line("POST /{language}/desk/import", SECRETARIAT, then=422),
    Line("GET /{language}/desk/import/{key=file}", SECRETARIAT),
    Line("POST /{language}/desk/import/{key=file}/check", SECRETARIAT, then=409),
    Line("POST /{language}/desk/import/{key=file}/run", SECRETARIAT, then=409),
    Line("POST /{language}/desk/import/{key=file}/removal", SECRETARIAT, then=409),
    Line("GET /{language}/desk/export", SECRETARIAT),
    Line("POST /{language}/desk/export", SECRETARIAT, form={"format": "jsonl"}),
)

PAGES_OF_SECRETARIAT = QUEUES + CURATION + ASSESSED + COMMITTEES + PEOPLE + MEMBERS + FILES
