"""Who may what: sign-in, people, admission, integrity, letters, the audit log."""

from matchmaker.accounts.models import Scope
from matchmaker.taxonomy.models import AllianceList
from tests.api.permissions.callers import (
    ADMINISTRATOR,
    APPLICANT,
    ASSESSOR,
    COMMITTEE,
    COUNTERPART,
    EVERYONE,
    NOBODY,
    OFFICE,
    OWN,
    POWER,
    SECRETARIAT,
    SIGNED_IN,
    SPEAKER,
    STRANGER,
    SUSPENDED,
)
from tests.api.permissions.table import PEOPLE, READ, Line, Name
from tests.matchmaker.publishing.documents import shipped

ANA = {"email": "ana@nueva.example", "name": "Ana"}
REASON, WORDS = {"reason": "Acta del lunes"}, {"words": "Por el agua"}
LAID_DOWN = shipped(AllianceList.CRITERIA, "2027.1")
VERDICT = {"outcome": "admitted", "reason": "Cuenta lo que hizo"}
CRITERIA = ("quality_of_life", "working_together", "sharing_lessons", "experience", "participation_inclusion",
            "ethics_transparency")  # fmt: skip
SCORES = {"scores": [{"criterion": code, "points": 3, "reason": "Sí"} for code in CRITERIA]}
ACT = {"constituted_on": "2027-01-10", "text_version": "2017.1"}
READ_PEOPLE = READ | frozenset({Scope.PEOPLE})

SIGN_IN = (
    Line("POST /v1/sign-in", EVERYONE, {"email": "nadie@nadie.example"}, frozenset()),
    Line("POST /v1/sign-in/link", EVERYONE, {"secret": Name("link")}, frozenset()),
    Line("POST /v1/sign-in/code", EVERYONE, {"email": Name("address"), "code": Name("digits")}, frozenset()),
    Line("POST /v1/sign-out", SIGNED_IN),
    Line("GET /v1/sign-in/openid", EVERYONE),
    Line("GET /v1/sign-in/openid/{provider=none}", NOBODY),  # this world knows no provider
    Line("GET /v1/sign-in/openid/{provider=none}/callback", NOBODY),
    Line("GET /v1/me", SIGNED_IN),
    Line("GET /v1/sessions", SIGNED_IN),
    Line("DELETE /v1/sessions", SIGNED_IN, needs=PEOPLE),
    Line("DELETE /v1/sessions/{session_id=session}", SPEAKER, needs=PEOPLE),
    Line("GET /v1/tokens", SIGNED_IN),
    Line("POST /v1/tokens", SIGNED_IN, {"label": "Tablero", "scopes": ["people"]}, PEOPLE),
    Line("DELETE /v1/tokens/{token_id=token}", SPEAKER, needs=PEOPLE),
)

ACCOUNTS = (
    Line("GET /v1/accounts", ADMINISTRATOR, needs=READ_PEOPLE),
    Line("POST /v1/accounts", ADMINISTRATOR, ANA | {"role": "committee"}, PEOPLE),
    Line("GET /v1/accounts/{account_id=leaver}", ADMINISTRATOR, needs=READ_PEOPLE),
    Line("DELETE /v1/accounts/{account_id=leaver}", ADMINISTRATOR, needs=PEOPLE),
    Line("PUT /v1/accounts/{account_id=leaver}/role", ADMINISTRATOR, {"role": "committee"}, PEOPLE),
    Line("GET /v1/audit", ADMINISTRATOR),
    Line("GET /v1/profiles/{profile_id=city}/people", OWN | SECRETARIAT),
    Line("POST /v1/profiles/{profile_id=city}/people", SPEAKER | SECRETARIAT, ANA, PEOPLE),
    Line("GET /v1/profiles/{profile_id=city}/people/invitations", SPEAKER | SECRETARIAT, needs=READ_PEOPLE),
    Line("DELETE /v1/profiles/{profile_id=city}/people/invitations/{invitation_id=asked}", SPEAKER | SECRETARIAT,
         needs=PEOPLE),
    Line("GET /v1/me/invitations", SIGNED_IN),
    Line("POST /v1/me/invitations/{invitation_id=asked_stranger}/acceptance", STRANGER, needs=PEOPLE),
    Line("POST /v1/me/invitations/{invitation_id=asked_stranger}/refusal", STRANGER, needs=PEOPLE),
    Line("DELETE /v1/profiles/{profile_id=city}/people/{account_id=editor}", OWN | SECRETARIAT, needs=PEOPLE),
    Line(
        "POST /v1/profiles/{profile_id=city}/people/{account_id=representative}/successor",
        SPEAKER | SECRETARIAT, ANA, PEOPLE,
    ),
)  # fmt: skip

LETTERS = (
    Line("GET /v1/answers/{token=answer}", EVERYONE),  # whoever holds the letter
    Line("POST /v1/answers/{token=answer}", EVERYONE),
    Line("GET /v1/letters/habits", SIGNED_IN),
    Line("PUT /v1/letters/habits", SIGNED_IN, {"quiet_from": 19}),
    Line("GET /v1/letters/bounces", SECRETARIAT),
    Line("POST /v1/letters/bounces", SECRETARIAT, {"account_id": Name("leaver")}),
    Line("POST /v1/letters/renewals", SPEAKER | SECRETARIAT, {"account_id": Name("representative")}),
)

ADMISSION = (
    Line("GET /v1/admission", EVERYONE),
    Line("PUT /v1/admission", POWER, REASON),
    Line("GET /v1/criteria", EVERYONE),
    Line("GET /v1/lists", POWER),
    Line("GET /v1/lists/{list=taxonomy}/{version=shipped_version}", POWER),
    Line("POST /v1/lists/trial", POWER, LAID_DOWN),
    Line("POST /v1/lists", POWER, LAID_DOWN),
    Line("GET /v1/register", EVERYONE),
    Line("GET /v1/members/{profile_id=barred}/history", SUSPENDED | POWER),
    Line("POST /v1/members/{profile_id=firm}/suspension", POWER, REASON),
    Line("POST /v1/members/{profile_id=barred}/reinstatement", POWER, REASON),
    Line("POST /v1/members/{profile_id=firm}/withdrawal", COUNTERPART | POWER, REASON),
    Line("GET /v1/applications", SIGNED_IN),
    Line("POST /v1/applications", APPLICANT, WORDS | {"profile_id": Name("unapplied")}),
    Line("GET /v1/applications/{application_id=drafting_application}", APPLICANT | POWER),
    Line("GET /v1/applications/{application_id=assessed_application}", APPLICANT | ASSESSOR | COMMITTEE | POWER),
    Line("GET /v1/applications/{application_id=voted_application}", APPLICANT | COMMITTEE | POWER),
    Line("PUT /v1/applications/{application_id=drafting_application}", APPLICANT, WORDS),
    Line("POST /v1/applications/{application_id=drafting_application}/submission", APPLICANT),
    Line("POST /v1/applications/{application_id=applying_application}/withdrawal", APPLICANT),
    Line("POST /v1/applications/{application_id=refused_application}/appeal", APPLICANT, WORDS),
    Line("POST /v1/applications/{application_id=applying_application}/decision", SECRETARIAT, VERDICT),
    Line("POST /v1/applications/{application_id=voted_application}/votes", COMMITTEE, VERDICT),
    Line("POST /v1/applications/{application_id=voted_application}/count", SECRETARIAT),
    Line("GET /v1/assessments", SIGNED_IN),
    Line(
        "GET /v1/applications/{application_id=assessed_application}/assessments",
        APPLICANT | ASSESSOR | COMMITTEE | POWER,  # for the applicant an empty list
    ),
    Line("PUT /v1/assessments/{assessment_id=assessment}", ASSESSOR, SCORES),
    Line("POST /v1/assessments/{assessment_id=assessment}/replacement", POWER),
    Line("GET /v1/assessors", POWER),
    Line("POST /v1/assessors", POWER, {"account_id": Name("leaver")}),
    Line("POST /v1/assessors/{account_id=other_assessor}/dismissal", POWER),
    Line("GET /v1/committees", EVERYONE),
    Line("POST /v1/committees", POWER, {"kind": "governance"}, then=409),
    Line("GET /v1/committees/{committee_id=founding}", EVERYONE),
    Line("POST /v1/committees/{committee_id=forming}/seats", POWER,
         {"profile_id": Name("jury"), "account_id": Name("committee")}),
    Line("POST /v1/committees/{committee_id=founding}/constitution", POWER, ACT, then=409),
    Line("POST /v1/committees/{committee_id=founding}/assembly", POWER,
         {"held_on": "2027-01-11", "text_version": "2017.1"}, then=409),
    Line("POST /v1/seats/{seat_id=seat}/vacancy", POWER),
    Line("GET /v1/invitations", POWER),
    Line("POST /v1/invitations/preview", POWER, {}),
    Line("POST /v1/invitations", POWER, {"digest": Name("preview")}),
    Line("POST /v1/claims/preview", EVERYONE, {"secret": Name("claim")}, READ),  # whoever holds the letter
    Line("POST /v1/claims", EVERYONE, {"secret": Name("claim"), "answer": "claimed"}, READ),
)  # fmt: skip

INTEGRITY = (
    Line("GET /v1/code-of-ethics", EVERYONE),
    Line("GET /v1/code-of-ethics/{version=code}", EVERYONE),
    Line("GET /v1/profiles/{profile_id=city}/signature", SPEAKER | OFFICE),
    Line("POST /v1/profiles/{profile_id=city}/signatures", SPEAKER, {"version": Name("code")}),
    Line("GET /v1/profiles/{profile_id=city}/declarations", SPEAKER | OFFICE),
    Line("POST /v1/profiles/{profile_id=city}/declarations", SPEAKER, {"interests": []}),
    Line("GET /v1/profiles/{profile_id=firm}/conflicts", COUNTERPART | OFFICE),
    Line("POST /v1/profiles/{profile_id=firm}/conflicts", COUNTERPART,
         {"with_profile_id": Name("jury"), "nature": "family"}),
    Line("GET /v1/conflicts", OFFICE),
    Line("GET /v1/conflicts/{conflict_id=conflict}", OFFICE),
    Line("POST /v1/conflicts/{conflict_id=conflict}/decision", SECRETARIAT, {"decision": "confirmed"} | REASON),
    Line("GET /v1/incidents", SIGNED_IN),
    Line("POST /v1/incidents", SIGNED_IN,
         {"about_id": Name("firm"), "article": "honest_words", "text": "No es cierto"}),
    Line("GET /v1/incidents/{incident_id=incident}", STRANGER | OFFICE),
    Line("GET /v1/incidents/{incident_id=decided_incident}", COUNTERPART | STRANGER | OFFICE),
    Line("POST /v1/incidents/{incident_id=incident}/steps", COMMITTEE, {"to": "examined"} | REASON),
    Line("POST /v1/incidents/{incident_id=decided_incident}/steps", COUNTERPART, {"to": "appealed"} | REASON),
    Line("POST /v1/incidents/{incident_id=incident}/assignment", POWER, {"account_id": Name("examiner")}),
)  # fmt: skip

TRUST = SIGN_IN + ACCOUNTS + LETTERS + ADMISSION + INTEGRITY
