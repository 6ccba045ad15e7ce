"""Who may what about data: requests, consents, archives of everything, disclosures, rankings, silent members."""

from tests.api.permissions.callers import (
    APPLICANT,
    COUNTERPART,
    EDITOR,
    EVERYONE,
    NOBODY,
    POWER,
    SIGNED_IN,
    SPEAKER,
    STRANGER,
    SUSPENDED,
)
from tests.api.permissions.table import Line, Name

CORRECTION = {"right": "correct", "words": "El nombre"}
EXPORT = "GET /v1/rights/export?subject="

RIGHTS = (
    Line("GET /v1/rights/notice", EVERYONE),
    Line("GET /v1/rights/deadlines", EVERYONE),
    Line("GET /v1/rights/consents", SIGNED_IN),
    Line("POST /v1/rights/consents", SIGNED_IN, {"purpose": "feeds", "is_granted": True}),
    Line("GET /v1/rights/requests", SIGNED_IN),
    Line("POST /v1/rights/requests", SPEAKER | POWER, CORRECTION | {"subject": "profile", "subject_id": Name("city")}),
    Line("POST /v1/rights/requests", SPEAKER | POWER,
         CORRECTION | {"subject": "account", "subject_id": Name("representative")}),
    Line("GET /v1/rights/requests/{request_id=request}", SPEAKER | POWER),
    Line("GET /v1/rights/requests/{request_id=own_request}", SPEAKER | POWER),
    Line("GET /v1/rights/requests/{request_id=editors_request}", EDITOR | POWER),
    Line("GET /v1/rights/requests/{request_id=request}/rankings", SPEAKER | POWER),
    Line("POST /v1/rights/requests/{request_id=request}/steps", POWER, {"to": "refused", "reason": "No procede"}),
    Line("POST /v1/rights/requests/{request_id=request}/withdrawal", SPEAKER | POWER),
    Line("POST /v1/rights/requests/{request_id=editors_request}/withdrawal", EDITOR | POWER),
    # the alliance's own people open those whose owners have asked for something
    Line(EXPORT + "profile&subject_id={subject_id=city}", SPEAKER | POWER),
    Line(EXPORT + "profile&subject_id={subject_id=firm}", COUNTERPART),
    Line(EXPORT + "profile&subject_id={subject_id=other}", STRANGER),
    Line(EXPORT + "profile&subject_id={subject_id=barred}", SUSPENDED),
    Line(EXPORT + "profile&subject_id={subject_id=drafting}", APPLICANT),
    Line(EXPORT + "profile&subject_id={subject_id=invited}", NOBODY),
    Line(EXPORT + "account&subject_id={subject_id=representative}", SPEAKER | POWER),
    Line(EXPORT + "account&subject_id={subject_id=editor}", EDITOR | POWER),
    Line(EXPORT + "account&subject_id={subject_id=counterpart}", COUNTERPART),
    Line(EXPORT + "account&subject_id={subject_id=stranger}", STRANGER),
    Line("GET /v1/rights/disclosures", SIGNED_IN),
    Line("GET /v1/rights/disclosures?profile_id={profile_id=city}", SPEAKER | POWER),
    Line("GET /v1/rights/rankings?profile_id={profile_id=firm}", COUNTERPART | POWER),
    Line("GET /v1/members/silent", POWER),
)  # fmt: skip
