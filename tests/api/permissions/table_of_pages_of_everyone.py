"""Who is let in to pages on the alliance and to one's own data."""

from tests.api.permissions.callers import EVERYONE, POWER, SIGNED_IN, SPEAKER
from tests.api.permissions.table import Line

PUBLIC = (
    Line("GET /robots.txt", EVERYONE, needs=frozenset()),
    Line("GET /sitemap.xml", EVERYONE),
    Line("GET /{language}/register", EVERYONE),
    Line("GET /{language}/privacy", EVERYONE),
    Line("GET /{language}/ethics", EVERYONE),
    Line("GET /{language}/ethics/{version=code}", EVERYONE),
)
OWN_DATA = (
    Line("GET /{language}/account/data", SIGNED_IN),
    Line("POST /{language}/account/data", SIGNED_IN, form={"right": "access", "about": "account-0"}, then=422),
    Line("POST /{language}/account/data/{request_id=request}/withdrawal", SPEAKER | POWER),
)
PAGES_OF_EVERYONE = PUBLIC + OWN_DATA
