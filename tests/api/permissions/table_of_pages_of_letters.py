"""Who may what: the pages to which letters lead."""

from tests.api.permissions.callers import (
    APPLICANT,
    ASSESSOR,
    COMMITTEE,
    COUNTERPART,
    EVERYONE,
    OFFICE,
    OWN,
    POWER,
    SECRETARIAT,
    SIDES,
    SIGNED_IN,
    SPEAKER,
    SUSPENDED,
)
from tests.api.permissions.table import Line

WORDS = {"words": "Queremos aprender de otras ciudades"}
VERDICT = {"verdict": "admitted", "reason": "Cumple lo que el texto pide", "then": "sure"}

LESSONS_AND_MENTORS = (
    Line("GET /{language}/lessons/{lesson_id=lesson}", EVERYONE),
    Line("GET /{language}/lessons/{lesson_id=withdrawn_lesson}", OWN | SECRETARIAT),
    Line("GET /{language}/lessons/{lesson_id=suspended_lesson}", SUSPENDED | SECRETARIAT),
    Line("GET /{language}/mentors", EVERYONE),
)

ANSWERED_BY_ONE = (
    Line("POST /{language}/lessons/{lesson_id=lesson}/partner", COUNTERPART, form={"answer": "agree"}),
    Line("GET /{language}/mentorings/{mentoring_id=asked_mentor}", OWN | COUNTERPART | SECRETARIAT),
    Line("POST /{language}/mentorings/{mentoring_id=asked_mentor}/answer", SIDES, form={"answer": "yes"}),
    Line("POST /{language}/mentorings/{mentoring_id=agreed_mentor}/result", SIDES, form={"result": "helped"}),
    Line("POST /{language}/mentorings/{mentoring_id=asked_mentor}/withdrawal", SPEAKER),
    Line("POST /{language}/mentorings/{mentoring_id=agreed_mentor}/contacts", SIDES),
    Line("GET /{language}/alerts", SIGNED_IN),
    Line("GET /{language}/alerts/{alert_id=alert}", SPEAKER),
    Line("POST /{language}/alerts/{alert_id=alert}/pause", SPEAKER, form={"rests": "yes"}),
    Line("POST /{language}/alerts/{alert_id=alert}/feed", SPEAKER),
    Line("POST /{language}/alerts/{alert_id=alert}/feed/end", SPEAKER),
    Line("POST /{language}/alerts/{alert_id=alert}/deletion", SPEAKER),
    Line("GET /{language}/applications/{application_id=drafting_application}", APPLICANT | POWER),
    Line(
        "GET /{language}/applications/{application_id=assessed_application}", APPLICANT | ASSESSOR | COMMITTEE | POWER
    ),
    Line("POST /{language}/applications/{application_id=drafting_application}/words", APPLICANT, form=WORDS),
    Line("POST /{language}/applications/{application_id=applying_application}/withdrawal", APPLICANT),
    Line(
        "POST /{language}/applications/{application_id=refused_application}/appeal",
        APPLICANT,
        form={"appeal": "No es así"},
    ),
    Line("POST /{language}/applications/{application_id=applying_application}/decision", SECRETARIAT, form=VERDICT),
    Line("POST /{language}/applications/{application_id=voted_application}/vote", COMMITTEE, form=VERDICT),
    Line("POST /{language}/applications/{application_id=voted_application}/count", SECRETARIAT),
    Line("GET /{language}/conflicts/{conflict_id=conflict}", OFFICE),
    Line(
        "POST /{language}/conflicts/{conflict_id=conflict}/decision",
        SECRETARIAT,
        form={"decision": "confirmed", "reason": "Consta en el registro"},
    ),
)
"""Pages of whoever is signed in in a browser."""

PAGES_OF_LETTERS = LESSONS_AND_MENTORS + ANSWERED_BY_ONE
