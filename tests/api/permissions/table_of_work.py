"""Who may what: profiles, challenges, matches, introductions, mentoring, lessons, alerts."""

from tests.api.permissions.callers import (
    COUNTERPART,
    EVERYONE,
    OWN,
    SECRETARIAT,
    SIDES,
    SIGNED_IN,
    SPEAKER,
    STRANGER,
    SUSPENDED,
)
from tests.api.permissions.table import READ, Line, Name
from tests.factories import challenge_draft, lesson_draft, profile_draft

PROFILE = profile_draft(place=None).model_dump(mode="json", exclude_unset=True)
CHALLENGE = challenge_draft().model_dump(mode="json", exclude_unset=True)
LESSON = lesson_draft().model_dump(mode="json", exclude_unset=True)
TRIED = {"description": "Queremos encontrar las fugas que no se ven."}
TOLD = lesson_draft().model_dump(mode="json", exclude_unset=True) | {"names_partner": True}
TEXT = {"text": "Queremos encontrar las fugas que no se ven."}
YES, MET, NEW_OUTCOME = {"answer": "yes"}, {"has_met": True}, {"days": 30, "outcome": "pilot"}
PROPOSED = {"challenge_id": Name("challenge_challenge"), "profile_id": Name("firm"), "message": "Hola"}
ASKED_MENTOR = {"mentor_id": Name("other"), "mentee_id": Name("city"), "hours_a_month": 2, "message": "Hola"}
OFFER = {"areas": ["energy_environment"], "languages": ["es"], "hours_a_month": 6}
POLICY = {"kinds": ["company"], "per_week": 3}
ALERT = {"name": "Agua", "text": "fugas"}
TERRITORY = {"kind": "indigenous", "name": "Resguardo de Guambía", "country": "CO"}

WORK = (
    # profiles
    Line("GET /v1/profiles", EVERYONE),
    Line("POST /v1/profiles", SIGNED_IN, PROFILE),
    Line("GET /v1/profiles/{profile_id=city}", EVERYONE),
    Line("GET /v1/profiles/{profile_id=barred}", SUSPENDED | SECRETARIAT),
    Line("GET /v1/profiles/{profile_id=unclaimed}", SECRETARIAT),
    Line("PUT /v1/profiles/{profile_id=city}", OWN | SECRETARIAT, PROFILE),
    Line("PUT /v1/profiles/{profile_id=barred}", SUSPENDED | SECRETARIAT, PROFILE),
    Line("GET /v1/profiles/{profile_id=firm}/opportunities", EVERYONE),
    Line("GET /v1/profiles/{profile_id=barred}/opportunities", SUSPENDED | SECRETARIAT),
    Line("GET /v1/profiles/{profile_id=city}/copy", OWN | SECRETARIAT),
    Line("PUT /v1/profiles/{profile_id=city}/copy", OWN | SECRETARIAT, PROFILE),
    Line("DELETE /v1/profiles/{profile_id=city}/copy", OWN | SECRETARIAT),
    Line("POST /v1/profile-drafts", SIGNED_IN, PROFILE),
    Line("POST /v1/profiles/{profile_id=city}/copy/preview", OWN | SECRETARIAT, {"problem": {"description": "Agua"}}),
    Line("POST /v1/profiles/{profile_id=city}/copy/publication", OWN | SECRETARIAT, then=409),  # nothing was written
    Line("GET /v1/profiles/{profile_id=city}/visibility", OWN | SECRETARIAT),
    Line("GET /v1/profiles/{profile_id=city}/asks-left", OWN | SECRETARIAT),
    Line("GET /v1/profiles/{profile_id=city}/asking-policy", EVERYONE),
    Line("GET /v1/profiles/{profile_id=barred}/asking-policy", SUSPENDED | SECRETARIAT),
    Line("PUT /v1/profiles/{profile_id=city}/asking-policy", SPEAKER, POLICY),
    # challenges and what is found for them
    Line("GET /v1/challenges", EVERYONE),
    Line("POST /v1/challenges", OWN | SECRETARIAT, CHALLENGE | {"owner_id": Name("city")}),
    Line("GET /v1/challenges/{challenge_id=challenge_challenge}", EVERYONE),
    Line("GET /v1/challenges/{challenge_id=withdrawn_challenge}", OWN | SECRETARIAT),
    Line("GET /v1/challenges/{challenge_id=suspended_challenge}", SUSPENDED | SECRETARIAT),
    Line("PUT /v1/challenges/{challenge_id=challenge_challenge}", OWN | SECRETARIAT, CHALLENGE),
    Line("PUT /v1/challenges/{challenge_id=challenge_challenge}/needs", OWN | SECRETARIAT, {"needs": ["hallar fugas"]}),
    Line("PUT /v1/challenges/{challenge_id=challenge_challenge}/status", OWN | SECRETARIAT, {"status": "closed"}),
    Line("GET /v1/challenges/{challenge_id=challenge_challenge}/matches", EVERYONE),
    Line("GET /v1/challenges/{challenge_id=withdrawn_challenge}/matches", OWN | SECRETARIAT),
    Line("GET /v1/challenges/{challenge_id=challenge_challenge}/lessons", EVERYONE),
    Line("GET /v1/challenges/{challenge_id=challenge_challenge}/mentors", EVERYONE),
    Line("GET /v1/challenges/{challenge_id=challenge_challenge}/near-duplicates", EVERYONE),
    Line("GET /v1/challenges/{challenge_id=challenge_challenge}/peers", EVERYONE),
    Line("GET /v1/challenges/{challenge_id=challenge_challenge}/showings", OWN | SECRETARIAT),
    Line("GET /v1/showings/{showing_id=showing}", OWN | SECRETARIAT),
    Line("POST /v1/try", EVERYONE, TRIED, READ),
    Line("POST /v1/needs", EVERYONE, TEXT, READ),
    Line("POST /v1/areas", EVERYONE, TEXT, READ),
    # introductions: the city has proposed, the firm is asked
    Line("GET /v1/introductions", SIGNED_IN),
    Line("POST /v1/introductions", SIDES | SECRETARIAT, PROPOSED),
    Line("GET /v1/introductions/reasons", EVERYONE),
    Line("GET /v1/introductions/figures", SECRETARIAT),
    Line("GET /v1/introductions/{introduction_id=waiting}", OWN | COUNTERPART | SECRETARIAT),
    Line("GET /v1/introductions/{introduction_id=open}/contacts", SIDES),
    Line("GET /v1/introductions/{introduction_id=waiting}/contacts", SIDES, then=409),
    Line("GET /v1/introductions/{introduction_id=declined}/contacts", SIDES, then=409),
    Line("GET /v1/introductions/{introduction_id=telephoned}/contacts", SIDES, then=409),
    Line("PUT /v1/introductions/{introduction_id=waiting}/message", SPEAKER, TEXT),
    Line("PUT /v1/introductions/{introduction_id=waiting}/answer", SIDES, YES),
    Line("POST /v1/introductions/{introduction_id=waiting}/withdrawal", SIDES),
    Line("POST /v1/introductions/{introduction_id=waiting}/questions", SIDES, TEXT),
    Line("PUT /v1/introductions/{introduction_id=waiting}/questions/{question_id=question}/reply", SPEAKER, TEXT),
    Line("PUT /v1/introductions/{introduction_id=waiting}/recorded/{side=side}", SECRETARIAT, YES),
    Line("POST /v1/introductions/{introduction_id=telephoned}/undo", SIDES),
    Line("PUT /v1/introductions/{introduction_id=open}/met", SIDES, MET),
    Line("PUT /v1/introductions/{introduction_id=disputed}/met/settled", SECRETARIAT, MET),
    Line("PUT /v1/introductions/{introduction_id=open}/outcome", SIDES, NEW_OUTCOME),
    Line("POST /v1/introductions/{introduction_id=open}/lesson", SIDES, TOLD),
    # mentoring: the city asks, the firm mentors
    Line("GET /v1/profiles/{profile_id=firm}/mentor-offer", EVERYONE),
    Line("GET /v1/profiles/{profile_id=barred}/mentor-offer", SUSPENDED | SECRETARIAT),
    Line("PUT /v1/profiles/{profile_id=firm}/mentor-offer", COUNTERPART, OFFER),
    Line("DELETE /v1/profiles/{profile_id=firm}/mentor-offer", COUNTERPART),
    Line("GET /v1/profiles/{profile_id=city}/mentors", EVERYONE),
    Line("GET /v1/mentorings", SIGNED_IN),
    Line("POST /v1/mentorings", SPEAKER | STRANGER | SECRETARIAT, ASKED_MENTOR),
    Line("GET /v1/mentorings/{mentoring_id=asked_mentor}", OWN | COUNTERPART | SECRETARIAT),
    Line("GET /v1/mentorings/{mentoring_id=untold_mentor}", OWN | SECRETARIAT),
    Line("PUT /v1/mentorings/{mentoring_id=asked_mentor}/answer", SIDES, YES),
    Line("DELETE /v1/mentorings/{mentoring_id=asked_mentor}", SPEAKER),
    Line("PUT /v1/mentorings/{mentoring_id=agreed_mentor}/result", SIDES, {"result": "helped"}),
    Line("GET /v1/mentorings/{mentoring_id=agreed_mentor}/contacts", SIDES),
    Line("GET /v1/mentorings/{mentoring_id=asked_mentor}/contacts", SIDES, then=409),
    # lessons: the city tells one of the firm
    Line("GET /v1/lessons", EVERYONE),
    Line("POST /v1/lessons", OWN, LESSON | {"author_id": Name("city")}),
    Line("GET /v1/lessons/{lesson_id=lesson}", EVERYONE),
    Line("GET /v1/lessons/{lesson_id=withdrawn_lesson}", OWN | SECRETARIAT),
    Line("GET /v1/lessons/{lesson_id=suspended_lesson}", SUSPENDED | SECRETARIAT),
    Line("PUT /v1/lessons/{lesson_id=lesson}", OWN, LESSON),
    Line("PUT /v1/lessons/{lesson_id=lesson}/state", OWN, {"state": "withdrawn"}),
    Line("DELETE /v1/lessons/{lesson_id=lesson}", OWN),
    Line("PUT /v1/lessons/{lesson_id=lesson}/partner", COUNTERPART),
    Line("DELETE /v1/lessons/{lesson_id=lesson}/partner", COUNTERPART),
    Line("GET /v1/lessons/{lesson_id=unasked_lesson}", EVERYONE),
    Line("PUT /v1/lessons/{lesson_id=unasked_lesson}/partner", STRANGER),
    Line("DELETE /v1/lessons/{lesson_id=unasked_lesson}/partner", STRANGER),
    # alerts are their account's, whoever else acts for the profile
    Line("GET /v1/alerts", SIGNED_IN),
    Line("POST /v1/alerts", OWN, ALERT | {"profile_id": Name("city")}),
    Line("GET /v1/alerts/{alert_id=alert}", SPEAKER),
    Line("PUT /v1/alerts/{alert_id=alert}", SPEAKER, ALERT),
    Line("PUT /v1/alerts/{alert_id=alert}/pause", SPEAKER, {"is_paused": True}),
    Line("GET /v1/alerts/{alert_id=alert}/findings", SPEAKER),
    Line("POST /v1/alerts/{alert_id=alert}/feed", SPEAKER),
    Line("DELETE /v1/alerts/{alert_id=alert}/feed", SPEAKER),
    Line("DELETE /v1/alerts/{alert_id=alert}", SPEAKER),
    Line("GET /v1/feeds/{secret=feed}.atom", EVERYONE),  # whoever has the secret reads
    # what is the same for all
    Line("GET /v1/health", EVERYONE),
    Line("GET /v1/taxonomy", EVERYONE),
    Line("GET /v1/places?q=Sogamoso", EVERYONE),
    Line("POST /v1/territories", SIGNED_IN, TERRITORY),
    Line("GET /v1/territories/{territory_id=territory}", EVERYONE),
)
