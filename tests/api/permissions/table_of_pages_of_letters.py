"""Who may what: the pages to which letters lead."""

from tests.api.permissions.callers import COUNTERPART, EVERYONE, OWN, SECRETARIAT, SUSPENDED
from tests.api.permissions.table import Line

PAGES_OF_LETTERS = (
    Line("GET /{language}/lessons/{lesson_id=lesson}", EVERYONE),
    Line("GET /{language}/lessons/{lesson_id=withdrawn_lesson}", OWN | SECRETARIAT),
    Line("GET /{language}/lessons/{lesson_id=suspended_lesson}", SUSPENDED | SECRETARIAT),
    Line("POST /{language}/lessons/{lesson_id=lesson}/partner", COUNTERPART, form={"answer": "agree"}),
)
