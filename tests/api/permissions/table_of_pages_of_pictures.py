"""Who may what: pictures, guides and invitations, which everyone may read."""

from tests.api.permissions.callers import EVERYONE
from tests.api.permissions.table import Line

PAGES_OF_PICTURES = (
    Line("GET /{language}/map", EVERYONE),
    Line("GET /{language}/areas", EVERYONE),
    Line("GET /{language}/guides", EVERYONE),
    Line("GET /{language}/guides/{role=guide}", EVERYONE),
    Line("GET /{language}/invitations", EVERYONE),
)
